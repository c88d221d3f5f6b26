/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of Redwood High. */
#include "benchmarks/redwood/redwood.h"

enum { LOAD = 6, PREPS = 3, CONTACTS = 192, SIZE = 32, N_HEADS = 4 };

static const struct {
        const char *pool, *heading, *credentials;
} pools[] = {
        {"english", "English", "english"},
        {"math", "Mathematics", "mathematics"},
        {"science", "Science", ""},
        {"social", "Social science", "social-science"},
        {"health-ed", "Health", "health-education, physical-education"},
        {"pe", "Physical education", "physical-education"},
        {"spanish", "World languages", "spanish"},
        {"french", NULL, "french"},
        {"asl", NULL, "asl"},
        {"art", "Arts", "art"},
        {"music", NULL, "music"},
        {"theater", NULL, "theater"},
        {"dance", NULL, "dance"},
        {"business", "Business, family and consumer sciences", "business"},
        {"home-ec", NULL, "home-economics"},
        {"eld", "English learners and special education", "english"},
        {"special", NULL, "education-specialist"},
        {"cte-food", "Career technical education, some of it part time", "cte-hospitality"},
        {"cte-auto", NULL, "cte-transportation"},
        {"cte-health", NULL, "cte-health"},
        {"cte-media", NULL, "cte-media"},
        {"cte-ict", NULL, "cte-ict"},
        {"cte-engineering", NULL, "cte-engineering"},
};
enum { N_POOLS = sizeof pools / sizeof *pools };

static bool same(const char *a, const char *b)
{
        return strcmp(a, b) == 0;
}

static void put_head(FILE *f)
{
        fputs("# Redwood High, 1,200 students: an A/B block, six pathways, and what makes "
              "schedules hard.\n"
              "# Written by benchmarks/make_redwood; all names are invented.\n"
              "msched: 1\n"
              "school: {name: Redwood High, year: 2027-28}\n"
              "\n"
              "bell:\n"
              "  terms: [S1, S2]\n"
              "  periods:\n",
                f);
        static const char *const times[][2] = {
                {"08:30", "09:55"}, {"10:05", "11:30"}, {"12:10", "13:35"}, {"13:45", "15:10"}};
        for (int p = 0; p < N_PERIODS; p++)
                fprintf(f, "    - {id: %s, day: %c, start: \"%s\", end: \"%s\"%s}\n", period_ids[p],
                        period_ids[p][1], times[p % 4][0], times[p % 4][1],
                        p % 4 == 1 ? ", break_after: true" : "");
        fprintf(f,
                "\n"
                "contract:\n"
                "  load: %d                # of 8\n"
                "  preps: %d\n"
                "  contacts: %d\n"
                "  size: {min: 8, target: 30, max: %d}\n"
                "  full_day: {9: 8, 10: 8, 11: 7, 12: 6}\n",
                LOAD, PREPS, CONTACTS, SIZE);
}

/* The credentials of what the teacher teaches, each once, after those of the pool. */
static void put_credentials(FILE *f, const struct staff *t, const char *first)
{
        const char *put[MAX_COURSES];
        int n = 0;

        fprintf(f, "credentials: [%s", first);
        for (int i = 0; i < t->n_taught; i++) {
                const char *c = catalog[t->taught[i]].credential;
                bool known = c == NULL || same(c, "el-auth") || strstr(first, c) != NULL;
                for (int k = 0; k < n && !known; k++)
                        known = same(put[k], c);
                if (known)
                        continue;
                put[n++] = c;
                fprintf(f, "%s%s", n > 1 || *first != '\0' ? ", " : "", c);
        }
        fprintf(f, "%s]", t->el_auth ? ", el-auth" : "");
}

static void put_teacher(FILE *f, const struct redwood *r, const struct staff *t, const char *first)
{
        int largest = 0, preps = same(t->pool, "special") ? 5 : t->preps;

        for (int i = 0; i < t->n_taught; i++)
                if (catalog[t->taught[i]].max > largest)
                        largest = catalog[t->taught[i]].max;
        fprintf(f, "  - {id: %s, name: %s, ", t->id, t->name);
        put_credentials(f, t, first);
        if (t->home >= 0)
                fprintf(f, ", home: %s", r->rooms[t->home].id);
        if (t->load != LOAD)
                fprintf(f, ", load: %d", t->load);
        if (preps > PREPS)
                fprintf(f, ", preps: %d", preps);
        if (largest > SIZE)
                fprintf(f, ", contacts: %d", largest * LOAD);
        if (t->stated != NULL)
                fprintf(f, ",\n     available: %s", t->stated);
        fputs("}\n", f);
}

static void put_teachers(FILE *f, const struct redwood *r)
{
        fputs("\nteachers:\n", f);
        for (int p = 0; p < N_POOLS; p++) {
                if (pools[p].heading != NULL)
                        fprintf(f, "  # %s\n", pools[p].heading);
                for (int i = 0; i < r->n_staff; i++)
                        if (same(r->staff[i].pool, pools[p].pool))
                                put_teacher(f, r, &r->staff[i], pools[p].credentials);
        }
}

static void put_rooms(FILE *f, const struct redwood *r)
{
        fputs("\nrooms:\n", f);
        for (int i = 0; i < r->n_rooms; i++) {
                const struct room_type *t = &room_types[r->rooms[i].type];
                fprintf(f, "  - {id: %s, types: [%s%s%s], capacity: %d}\n", r->rooms[i].id, t->type,
                        t->also != NULL ? ", " : "", t->also != NULL ? t->also : "", t->capacity);
        }
}

/* Quoted where YAML needs it. */
static void put_text(FILE *f, const char *text)
{
        const char *quote = strpbrk(text, ",:") != NULL ? "\"" : "";

        fprintf(f, "%s%s%s", quote, text, quote);
}

/* The pathway and level of a CTE course; its capstone is for the pathway's own students. */
static void put_level(FILE *f, const char *id)
{
        for (int w = 0; w < N_PATHWAYS; w++) {
                const struct pathway *p = &pathways[w];
                bool capstone = same(id, p->third) || (same(id, "INTERN") && same(p->id, "health"));
                if (!same(id, p->first) && !same(id, p->second) && !capstone)
                        continue;
                fprintf(f, ",\n     pathway: %s, level: %s", p->id,
                        same(id, p->first)    ? "introductory"
                        : same(id, p->second) ? "concentrator"
                                              : "capstone");
                if (capstone)
                        fprintf(f, ", only: {pathway: %s}", p->id);
        }
}

static void put_grades(FILE *f, int grades)
{
        if (grades == 15)
                return;
        fputs(", grades: [", f);
        for (int g = 0, n = 0; g < 4; g++)
                if (grades >> g & 1)
                        fprintf(f, "%s%d", n++ > 0 ? ", " : "", 9 + g);
        fputc(']', f);
}

static void put_at(FILE *f, const struct course *c)
{
        const char *term = same(c->id, "EMR") ? "S1" : same(c->id, "INTERN") ? "S2" : NULL;

        if (c->starts == 0)
                return;
        fputs("at: {periods: [", f);
        for (int p = 0, n = 0; p < N_PERIODS; p++)
                if (c->starts >> p & 1)
                        fprintf(f, "%s%s", n++ > 0 ? ", " : "", period_ids[p]);
        fputc(']', f);
        if (term != NULL)
                fprintf(f, ", terms: [%s]", term);
        fputc('}', f);
}

/* A course of a pair that takes one term, whichever of the two it is. */
static bool is_one_term(const struct course *c)
{
        for (int i = 0; i < n_catalog; i++) {
                const struct course *a = &catalog[i];
                if ((a->form == TERMS || a->form == WAVES || a->form == SEQUEL) &&
                        (a == c || same(a->partner, c->id)))
                        return true;
        }
        return false;
}

static void put_course(FILE *f, const struct redwood *r, const struct course *c)
{
        int sections = 0, periods = c->periods == 2 ? 2 : 1, terms = is_one_term(c) ? 1 : 2;

        for (int i = 0; i < r->plan.n_planned; i++)
                sections += same(r->plan.planned[i].course, c->id);
        fprintf(f, "  - {id: %s, title: ", c->id);
        put_text(f, c->title);
        fputs(", subject: ", f);
        put_text(f, c->subject);
        if (c->area != NULL)
                fprintf(f, ", area: %s", c->area);
        put_grades(f, c->grades);
        fputs(",\n     ", f);
        if (c->credential != NULL)
                fprintf(f, "credential: %s, ", c->credential);
        if (c->room != NULL)
                fprintf(f, "room: %s, ", c->room);
        fprintf(f, "sections: %d", sections);
        if (c->max != SIZE)
                fprintf(f, ", size: %d", c->max);
        if (periods > 1)
                fprintf(f, ", periods: %d, credits: %d", periods, 10 * periods * terms / 2);
        if (terms == 1)
                fputs(", terms: 1", f);
        if (c->starts != 0)
                fputs(",\n     ", f);
        put_at(f, c);
        if (c->co_taught > 0)
                fprintf(f,
                        ",\n     support: {flag: iep, credential: education-specialist, sections: "
                        "%d}",
                        c->co_taught);
        if (c->extra != NULL)
                fprintf(f, ", %s", c->extra);
        put_level(f, c->id);
        fputs("}\n", f);
}

/* Subject by subject, each where it comes first. */
static void put_courses(FILE *f, const struct redwood *r)
{
        fputs("\ncourses:\n", f);
        for (int i = 0; i < n_catalog; i++) {
                bool seen = false;
                for (int k = 0; k < i && !seen; k++)
                        seen = same(catalog[k].subject, catalog[i].subject);
                if (seen)
                        continue;
                fprintf(f, "  # %s\n", catalog[i].subject);
                for (int k = i; k < n_catalog; k++)
                        if (same(catalog[k].subject, catalog[i].subject))
                                put_course(f, r, &catalog[k]);
        }
}

static void put_cohort(FILE *f, const struct group *g)
{
        fprintf(f, "      - {id: %s, grade: %d, courses: [", g->cohort, g->grade);
        for (int i = 0; i < MAX_LISTED && g->courses[i] != NULL; i++) {
                const struct course *c = &catalog[course_find(g->courses[i])];
                fprintf(f, "%s%s", i > 0 ? ", " : "", c->id);
                if (c->form == BLOCK)
                        fprintf(f, ", %s", c->partner);
        }
        fputs("], purity: 0.75}\n", f);
}

static void put_pathways(FILE *f, const struct redwood *r)
{
        fputs("\npathways:\n", f);
        for (int w = 0; w < N_PATHWAYS; w++) {
                fprintf(f, "  - id: %s\n    title: ", pathways[w].id);
                put_text(f, pathways[w].title);
                fputs("\n    sector: ", f);
                put_text(f, pathways[w].sector);
                fputs("\n    team: [", f);
                for (int i = 0, n = 0; i < r->n_staff; i++)
                        if (r->staff[i].pathway == w)
                                fprintf(f, "%s%s", n++ > 0 ? ", " : "", r->staff[i].id);
                fputs("]\n    common_planning: 1\n    cohorts:\n", f);
                for (int g = 0; g < N_GROUPS; g++)
                        if (groups[g].pathway == w &&
                                (g == 0 || !same(groups[g].cohort, groups[g - 1].cohort)))
                                put_cohort(f, &groups[g]);
        }
}

static void put_requirements(FILE *f)
{
        fputs("\nrequirements:\n"
              "  - {id: A-G A History, area: A, years_by_grade: {10: 1, 11: 2}}\n"
              "  - {id: A-G B English, area: B, years_by_grade: {9: 1, 10: 2, 11: 3, 12: 4}}\n"
              "  - {id: A-G C Mathematics, area: C, years_by_grade: {9: 1, 10: 2, 11: 3}}\n"
              "  - {id: A-G D Science, area: D, years_by_grade: {9: 1, 10: 2}}\n"
              "  - {id: A-G F Arts, area: F, years_by_grade: {12: 1}}    # years_F in "
              "students.csv\n"
              "  - {id: Civics, courses: [GOV, ECON], years_by_grade: {12: 1}}\n"
              "  - {id: Health science, courses: [CHEM, ANAT], years_by_grade: {10: 1, 11: 2},\n"
              "     for: {pathway: health}}\n"
              "\n"
              "students: {file: students.csv}\n"
              "requests: {file: requests.csv}\n",
                f);
}

static const struct planned *find_planned(const struct redwood *r, const char *course)
{
        for (int i = 0; i < r->plan.n_planned; i++)
                if (same(r->plan.planned[i].course, course))
                        return &r->plan.planned[i];
        fail("no section of", course);
        return NULL;
}

static unsigned busy_periods(const struct redwood *r, const struct staff *t)
{
        unsigned busy = 0;

        for (int i = 0; i < r->plan.n_planned; i++) {
                const struct planned *s = &r->plan.planned[i];
                if (s->teacher == t->id || s->co_teacher == t->id)
                        busy |= ((1u << s->periods) - 1) << s->period;
        }
        return busy;
}

/* Heads of four departments, full-time and free in one of the periods of the mask. */
static bool find_heads(const struct redwood *r, unsigned mask, const char *heads[N_HEADS])
{
        static const char *const departments[N_HEADS] = {"english", "math", "science", "social"};

        for (int i = 0; i < N_HEADS; i++) {
                heads[i] = NULL;
                for (int t = 0; t < r->n_staff && heads[i] == NULL; t++)
                        if (same(r->staff[t].pool, departments[i]) && r->staff[t].load == LOAD &&
                                (busy_periods(r, &r->staff[t]) & mask) != mask)
                                heads[i] = r->staff[t].id;
                if (heads[i] == NULL)
                        return false;
        }
        return true;
}

/* They meet in one of two periods, which suit the plan. */
static void put_meeting(FILE *f, const struct redwood *r)
{
        const char *h[N_HEADS];

        for (int p = 0; p < N_PERIODS; p++)
                for (int q = p + 1; q < N_PERIODS; q++) {
                        if (!find_heads(r, 1u << p | 1u << q, h))
                                continue;
                        fprintf(f,
                                "  - free: {of: [%s, %s, %s, %s], periods: [%s, %s], count: 1}"
                                "    # heads of department\n",
                                h[0], h[1], h[2], h[3], period_ids[p], period_ids[q]);
                        return;
                }
        fail("no time for", "the heads of department");
}

static bool together(const struct redwood *r, int a, int b)
{
        for (int i = 0; i < r->plan.n_planned; i++) {
                const struct planned *s = &r->plan.planned[i];
                int n = 0;
                for (int k = 0; k < s->n; k++)
                        n += s->seats[k] == a || s->seats[k] == b;
                if (n == 2)
                        return true;
        }
        return false;
}

/* Two neighbours on the roll who ask for much the same, and are never together in the plan. */
static void put_apart(FILE *f, const struct redwood *r, int first)
{
        for (int a = first; a < r->plan.n_people; a++)
                for (int b = a + 1; b < a + 20 && b < r->plan.n_people; b++) {
                        int common = 0;
                        for (int i = 0; i < r->plan.people[a].n_asked; i++)
                                common +=
                                        asks(&r->plan.people[b], r->plan.people[a].asked[i].course);
                        if (common < 4 || together(r, a, b))
                                continue;
                        fprintf(f, "  - apart: [S%04d, S%04d]\n", a + 1, b + 1);
                        return;
                }
        fail("nobody to keep", "apart");
}

/* A student of the first section of the course, kept from the teacher of its last. */
static void put_avoid(FILE *f, const struct redwood *r, const char *course)
{
        const struct planned *s = find_planned(r, course), *last = s;
        int who = s->seats[0];

        for (int i = 0; i < r->plan.n_planned; i++)
                if (same(r->plan.planned[i].course, course))
                        last = &r->plan.planned[i];
        for (int i = 0; i < r->plan.n_planned; i++)
                for (int k = 0; k < r->plan.planned[i].n; k++)
                        if (r->plan.planned[i].seats[k] == who &&
                                r->plan.planned[i].teacher == last->teacher)
                                fail("nobody to avoid in", course);
        fprintf(f, "  - avoid: {student: S%04d, teacher: %s}\n", who + 1, last->teacher);
}

static void put_rules(FILE *f, const struct redwood *r)
{
        fputs("\nrules:\n"
              "  - stack: [FREN3, FREN4]\n"
              "  - same_period: [GOV, ECON]\n"
              "  - same_teacher: [GOV, ECON]\n"
              "  - same_students: [GOV, ECON]\n"
              "  - adjacent: [AMSENG, AMSHIS]          # American Studies, a double block\n"
              "  - same_students: [AMSENG, AMSHIS]\n"
              "  - before: [EMR, INTERN]               # the certificate comes first\n"
              "  - separate: [BAND, ORCH, CHOIR, DRAMA2]\n"
              "  - needs: {flag: el, credential: el-auth}\n"
              "  - limit: {flag: iep, share: 0.34, courses: [ENG9, ENG10, ALG1, GEOM]}\n"
              "  - limit: {flag: at-risk, share: 0.3}\n",
                f);
        put_apart(f, r, 20);
        put_apart(f, r, 640);
        put_avoid(f, r, "BIO");
        put_meeting(f, r);
}

static void put_locks(FILE *f, const struct redwood *r)
{
        static const char *const in_period[] = {"BAND", "ASB", "YEARBK"};
        const struct planned *emr = find_planned(r, "EMR"), *calc = find_planned(r, "CALCBC"),
                             *eld = find_planned(r, "ELD1"), *cohort = find_planned(r, "MED2");

        fputs("\nlocks:\n", f);
        for (int i = 0; i < 3; i++)
                fprintf(f, "  - {course: %s, section: 1, period: %s}\n", in_period[i],
                        period_ids[find_planned(r, in_period[i])->period]);
        fprintf(f, "  - {course: EMR, section: 1, teacher: %s, room: %s, period: %s, term: S1}\n",
                emr->teacher, emr->room, period_ids[emr->period]);
        fprintf(f, "  - {course: CALCBC, section: 1, teacher: %s}\n", calc->teacher);
        fprintf(f, "  - {course: MED2, section: 1, cohort: %s}\n", cohort->cohort);
        fprintf(f, "  - {student: S%04d, course: ELD1, section: 1}\n", eld->seats[0] + 1);
}

/* Years of area F before this one: seniors who take none now have theirs. */
static int years_of_arts(const struct redwood *r, int who)
{
        for (int i = 0; i < r->plan.n_planned; i++) {
                const char *area = catalog[course_find(r->plan.planned[i].course)].area;
                if (area == NULL || !same(area, "F"))
                        continue;
                for (int k = 0; k < r->plan.planned[i].n; k++)
                        if (r->plan.planned[i].seats[k] == who)
                                return who % 3 > 0;
        }
        return 1;
}

static void write_roll(const struct redwood *r, const char *dir)
{
        FILE *f = create(dir, "students.csv");

        fputs("id,grade,name,pathway,flags,available,years_F\n", f);
        for (int i = 0; i < r->plan.n_people; i++) {
                const struct person *who = &r->plan.people[i];
                const struct pupil *p = &r->pupils[i];
                const char *semicolon = "";
                fprintf(f, "S%04d,%d,%s,%s,", i + 1, who->grade, who->name, who->pathway);
                static const char *const names[] = {"iep", "el", "at-risk"};
                const bool has[] = {p->iep, p->el, p->at_risk};
                for (int k = 0; k < 3; k++)
                        if (has[k]) {
                                fprintf(f, "%s%s", semicolon, names[k]);
                                semicolon = ";";
                        }
                semicolon = "";
                fputc(',', f);
                for (int t = 0; t < N_PERIODS && p->away != 0; t++)
                        if ((p->away >> t & 1) == 0) {
                                fprintf(f, "%s%s", semicolon, period_ids[t]);
                                semicolon = ";";
                        }
                fputc(',', f);
                if (who->grade == 12)
                        fprintf(f, "%d", years_of_arts(r, i));
                fputc('\n', f);
        }
        finish(f);
}

void write_redwood(const struct redwood *r, const char *dir)
{
        FILE *f = create(dir, "school.yaml");

        put_head(f);
        put_teachers(f, r);
        put_rooms(f, r);
        put_courses(f, r);
        put_pathways(f, r);
        put_requirements(f);
        put_rules(f, r);
        put_locks(f, r);
        finish(f);
        write_roll(r, dir);
        write_requests(&r->plan, dir);
}
