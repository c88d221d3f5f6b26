/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make_academy DIR: writes DIR/academy-120 and DIR/academy-150, which must exist.
 * With a second argument the hidden plans go there, as 120.json and 150.json.
 *
 * The worked case of the College and Career Academy Support Network: six periods, classes of 30,
 * four academy courses taught by a team of four, two courses outside. 120 students make four
 * groups; the team teaches them in periods 2 to 5, plans together in period 1 and has one section
 * each for others in period 6. 150 students make five groups; the team is full, period 1 is its
 * planning again and each group is out then and in one period of its own.
 */
#include "benchmarks/invent.h"

enum { P = 6, CLASS = 30, TEAM = 4, OTHERS = 4, N_CORE = TEAM };

static const char *const periods[] = {"1", "2", "3", "4", "5", "6"};
static const char *const terms[] = {"Y"};
static const char *const core[N_CORE] = {"ENG11", "USHIST", "CHEM", "MED2"};

struct staff {
        const char *role, *credentials, *home;
        int load;              /* 0: the contract's */
        const char *available; /* NULL: always */
};

struct outside {
        const char *course;
        int teacher; /* number in staff */
        const char *room;
        int period; /* from 1 */
};

/* Where a group of other students has the core course; from 1, 0: does not take it. */
struct other {
        int period[N_CORE];
};

struct variant {
        const char *name;
        int members, groups;
        const struct staff *staff;
        int n_staff;
        const struct outside *outside;
        int n_outside;
        struct other others[OTHERS];
        int first_period; /* of the square */
};

/* The team comes first, in the order of core; then whoever teaches the core to others. */
static const struct staff staff_120[] = {
        {"team", "english", "R1", 0, NULL},
        {"team", "social-science", "R2", 0, NULL},
        {"team", "chemistry", "LAB1", 0, NULL},
        {"team", "cte-health", "HEALTH", 0, NULL},
        {"core", "english", "R3", 3, NULL},
        {"core", "social-science", "R4", 3, NULL},
        {"core", "chemistry, physics", "LAB2", 3, NULL},
        {"math", "mathematics", "R5", 0, NULL},
        {"math", "mathematics", "R6", 0, NULL},
        {"language", "spanish, french", "R7", 0, NULL},
        {"pe", "physical-education", "GYM", 0, NULL},
        {"computing", "mathematics, computer-science", "COMP", 2, NULL},
        {"music", "music", "BANDROOM", 1, "[1, 2, 3]"},
        {"art", "art", "ARTROOM", 1, "[1, 2]"},
        {"theater", "theater", "STAGE", 1, "[5, 6]"},
        {"press", "english", "R8", 1, "[1, 6]"},
};
static const struct outside outside_120[] = {
        {"ALG2", 7, "R5", 1},
        {"ALG2", 7, "R5", 4},
        {"ALG2", 7, "R5", 5},
        {"ALG2", 7, "R5", 6},
        {"ALG2", 8, "R6", 3},
        {"PRECALC", 8, "R6", 2},
        {"PRECALC", 8, "R6", 4},
        {"PRECALC", 8, "R6", 5},
        {"PRECALC", 8, "R6", 6},
        {"SPAN3", 9, "R7", 1},
        {"SPAN3", 9, "R7", 3},
        {"SPAN3", 9, "R7", 4},
        {"SPAN3", 9, "R7", 5},
        {"FREN3", 9, "R7", 6},
        {"PE11", 10, "GYM", 1},
        {"PE11", 10, "GYM", 2},
        {"PE11", 10, "GYM", 3},
        {"PE11", 10, "GYM", 5},
        {"PE11", 10, "GYM", 6},
        {"COMPSCI", 11, "COMP", 4},
        {"COMPSCI", 11, "COMP", 5},
        {"BAND", 12, "BANDROOM", 1},
        {"CERAMICS", 13, "ARTROOM", 1},
        {"DRAMA", 14, "STAGE", 6},
        {"JOURNALISM", 15, "R8", 1},
};
static const struct staff staff_150[] = {
        {"team", "english", "R1", 0, NULL},
        {"team", "social-science", "R2", 0, NULL},
        {"team", "chemistry", "LAB1", 0, NULL},
        {"team", "cte-health", "HEALTH", 0, NULL},
        {"core", "english", "R3", 4, NULL},
        {"core", "social-science", "R4", 4, NULL},
        {"core", "chemistry, physics", "LAB2", 4, NULL},
        {"cte part time", "cte-health", "HEALTH", 1, "[1, 2]"},
        {"math", "mathematics", "R5", 0, NULL},
        {"math", "mathematics", "R6", 0, NULL},
        {"language", "spanish, french", "R7", 0, NULL},
        {"pe", "physical-education", "GYM", 0, NULL},
        {"pe part time", "physical-education", "FIELD", 1, "[1, 2, 3]"},
        {"computing", "mathematics, computer-science", "COMP", 4, NULL},
        {"music", "music", "BANDROOM", 1, "[1, 2, 3]"},
        {"art", "art", "ARTROOM", 1, "[3, 4]"},
        {"theater", "theater", "STAGE", 1, "[5, 6]"},
        {"press", "english", "R8", 1, "[5, 6]"},
};
static const struct outside outside_150[] = {
        {"ALG2", 8, "R5", 1},
        {"ALG2", 8, "R5", 3},
        {"ALG2", 8, "R5", 5},
        {"ALG2", 8, "R5", 6},
        {"PRECALC", 9, "R6", 1},
        {"PRECALC", 9, "R6", 2},
        {"PRECALC", 9, "R6", 4},
        {"PRECALC", 9, "R6", 5},
        {"PRECALC", 9, "R6", 6},
        {"SPAN3", 10, "R7", 1},
        {"SPAN3", 10, "R7", 3},
        {"SPAN3", 10, "R7", 5},
        {"SPAN3", 10, "R7", 6},
        {"FREN3", 10, "R7", 4},
        {"PE11", 11, "GYM", 1},
        {"PE11", 11, "GYM", 2},
        {"PE11", 11, "GYM", 5},
        {"PE11", 11, "GYM", 6},
        {"PE11", 12, "FIELD", 1},
        {"COMPSCI", 13, "COMP", 1},
        {"COMPSCI", 13, "COMP", 4},
        {"COMPSCI", 13, "COMP", 5},
        {"COMPSCI", 13, "COMP", 6},
        {"BAND", 14, "BANDROOM", 2},
        {"CERAMICS", 15, "ARTROOM", 3},
        {"DRAMA", 16, "STAGE", 5},
        {"JOURNALISM", 17, "R8", 6},
};

#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))

static const struct variant variants[] = {
        {"120", 120, 4, staff_120, COUNT(staff_120), outside_120, COUNT(outside_120),
                {{{6, 2, 3, 0}}, {{1, 6, 2, 0}}, {{2, 1, 6, 0}}, {{3, 4, 1, 6}}}, 2},
        {"150", 150, 5, staff_150, COUNT(staff_150), outside_150, COUNT(outside_150),
                {{{1, 4, 3, 0}}, {{2, 1, 4, 0}}, {{3, 2, 1, 0}}, {{4, 3, 2, 1}}}, 2},
};

/* What a course is; the teams' four first. Courses of one family are never taken together. */
static const struct about {
        const char *id, *title, *subject, *area, *credential, *room;
        int family;
        bool required;
} about[] = {
        {"ENG11", "English 11: American Literature", "English", "B", "english", "classroom", 0,
                true},
        {"USHIST", "United States History", "Social Science", "A", "social-science", "classroom", 0,
                true},
        {"CHEM", "Chemistry", "Science", "D", "chemistry", "science-lab", 0, true},
        {"MED2", "Medical Science 2", "Health Science", "G", "cte-health", "health-lab", 0, true},
        {"ALG2", "Algebra 2", "Mathematics", "C", "mathematics", "classroom", 1, true},
        {"PRECALC", "Precalculus", "Mathematics", "C", "mathematics", "classroom", 1, true},
        {"SPAN3", "Spanish 3", "World Language", "E", "spanish", "classroom", 2, false},
        {"FREN3", "French 3", "World Language", "E", "french", "classroom", 2, false},
        {"PE11", "Physical Education", "Physical Education", NULL, "physical-education", "gym", 3,
                false},
        {"COMPSCI", "Computer Science Principles", "Computer Science", "G", "computer-science",
                "computer-lab", 4, false},
        {"BAND", "Concert Band", "Visual and Performing Arts", "F", "music", "music-room", 5,
                false},
        {"CERAMICS", "Ceramics", "Visual and Performing Arts", "F", "art", "art-room", 6, false},
        {"DRAMA", "Drama", "Visual and Performing Arts", "F", "theater", "theater", 7, false},
        {"JOURNALISM", "Journalism", "English", "G", "english", "classroom", 8, false},
};
enum { N_ABOUT = sizeof about / sizeof *about };

static const char *const rooms[][2] = {{"R1", "classroom"}, {"R2", "classroom"},
        {"R3", "classroom"}, {"R4", "classroom"}, {"R5", "classroom"}, {"R6", "classroom"},
        {"R7", "classroom"}, {"R8", "classroom"}, {"LAB1", "science-lab"}, {"LAB2", "science-lab"},
        {"HEALTH", "health-lab"}, {"GYM", "gym"}, {"FIELD", "gym"}, {"COMP", "computer-lab"},
        {"BANDROOM", "music-room"}, {"ARTROOM", "art-room"}, {"STAGE", "theater"}};
enum { N_ROOMS = sizeof rooms / sizeof *rooms };

struct school {
        const struct variant *v;
        struct plan plan;
        int surnames[N_SURNAMES];
        char ids[32][24], names[32][48];
        bool busy[MAX_PEOPLE][P];
};

static const struct about *about_course(const char *id)
{
        for (int i = 0; i < N_ABOUT; i++)
                if (strcmp(about[i].id, id) == 0)
                        return &about[i];
        fail("unknown course", id);
        return NULL;
}

static void hire(struct school *s)
{
        for (int i = 0; i < N_SURNAMES; i++)
                s->surnames[i] = i;
        shuffle(&s->plan.random, s->surnames, N_SURNAMES);
        for (int i = 0; i < s->v->n_staff; i++) {
                char last[24];
                surname(s->surnames[i], last, sizeof last);
                snprintf(s->names[i], sizeof s->names[i], "%s %s", given_name(&s->plan.random),
                        last);
                snprintf(s->ids[i], sizeof s->ids[i], "%s", last);
                s->ids[i][0] = (char)(s->ids[i][0] + 'a' - 'A');
        }
}

static void take(struct school *s, struct planned *where, int person)
{
        seat(&s->plan, where, person,
                about_course(where->course)->required ? ASKED_REQUIRED : ASKED_ELECTIVE);
        s->busy[person][where->period] = true;
}

/* Group g has course c in period first + (g + c) mod groups: a square, or four rows of one. */
static void plan_academy(struct school *s)
{
        const struct variant *v = s->v;

        for (int c = 0; c < N_CORE; c++)
                for (int g = 0; g < v->groups; g++) {
                        struct planned *x = plan_section(&s->plan, core[c]);
                        x->teacher = s->ids[c];
                        x->room = v->staff[c].home;
                        x->cohort = "health-11";
                        x->period = v->first_period - 1 + (g + c) % v->groups;
                        x->size = CLASS;
                        for (int i = g; i < v->members; i += v->groups)
                                take(s, x, i);
                }
}

/* The four of the smaller academy teach others in period 6; the rest has teachers of its own. */
static int core_teacher(const struct variant *v, int c, int period)
{
        if (v->groups == 4 && period == 6)
                return c;
        return TEAM + c;
}

static void plan_others(struct school *s)
{
        const struct variant *v = s->v;

        for (int c = 0; c < N_CORE; c++)
                for (int g = 0; g < OTHERS; g++) {
                        int period = v->others[g].period[c];
                        if (period == 0)
                                continue;
                        int who = core_teacher(v, c, period);
                        struct planned *x = plan_section(&s->plan, core[c]);
                        x->teacher = s->ids[who];
                        x->room = v->staff[who].home;
                        x->period = period - 1;
                        x->size = CLASS;
                        for (int i = g; i < OTHERS * CLASS; i += OTHERS)
                                take(s, x, v->members + i);
                }
}

static bool has_family(const struct person *who, int family)
{
        for (int i = 0; i < who->n_asked; i++)
                if (about_course(who->asked[i].course)->family == family)
                        return true;
        return false;
}

/* An outside section in the period: the emptier the likelier, so that all fill alike. */
static struct planned *choose(struct school *s, int first, int person, int period)
{
        struct planned *best = NULL;
        int best_value = 0;

        for (int i = first; i < s->plan.n_planned; i++) {
                struct planned *x = &s->plan.planned[i];
                if (x->period != period || x->n == x->size ||
                        has_family(&s->plan.people[person], about_course(x->course)->family))
                        continue;
                int value = 4 * (x->size - x->n) + 1 + below(&s->plan.random, 16);
                if (value > best_value) {
                        best_value = value;
                        best = x;
                }
        }
        return best;
}

/* False when somebody finds nothing left that he could take. */
static bool plan_outside(struct school *s)
{
        struct plan *p = &s->plan;
        int first = p->n_planned, order[MAX_PEOPLE];

        for (int i = 0; i < s->v->n_outside; i++) {
                const struct outside *o = &s->v->outside[i];
                struct planned *x = plan_section(p, o->course);
                x->teacher = s->ids[o->teacher];
                x->room = o->room;
                x->period = o->period - 1;
                x->size = CLASS;
        }
        for (int i = 0; i < p->n_people; i++)
                order[i] = i;
        for (int t = 0; t < P; t++) {
                shuffle(&p->random, order, p->n_people);
                for (int i = 0; i < p->n_people; i++) {
                        if (s->busy[order[i]][t])
                                continue;
                        struct planned *x = choose(s, first, order[i], t);
                        if (x == NULL)
                                return false;
                        take(s, x, order[i]);
                }
        }
        return true;
}

/* Two alternates each, of families that the student does not have yet. */
static void ask_alternates(struct school *s)
{
        for (int i = 0; i < s->plan.n_people; i++)
                for (int n = 0; n < 2;) {
                        const struct about *a =
                                &about[N_CORE + below(&s->plan.random, N_ABOUT - N_CORE)];
                        if (has_family(&s->plan.people[i], a->family))
                                continue;
                        ask(&s->plan, i, a->id, ASKED_ALTERNATE);
                        n++;
                }
}

static void write_people(const struct school *s, FILE *f)
{
        fputs("\nteachers:\n", f);
        for (int i = 0; i < s->v->n_staff; i++) {
                const struct staff *t = &s->v->staff[i];
                if (i == 0)
                        fputs("  # the academy's team\n", f);
                if (i == TEAM)
                        fputs("  # everybody else\n", f);
                fprintf(f, "  - {id: %s, name: %s, credentials: [%s], home: %s", s->ids[i],
                        s->names[i], t->credentials, t->home);
                if (t->load > 0)
                        fprintf(f, ", load: %d", t->load);
                if (t->available != NULL)
                        fprintf(f, ", available: %s", t->available);
                fputs("}\n", f);
        }
        fputs("\nrooms:\n", f);
        for (int i = 0; i < N_ROOMS; i++)
                fprintf(f, "  - {id: %s, types: [%s]}\n", rooms[i][0], rooms[i][1]);
}

static int sections_of(const struct plan *p, const char *course)
{
        int n = 0;

        for (int i = 0; i < p->n_planned; i++)
                n += strcmp(p->planned[i].course, course) == 0;
        return n;
}

static void write_courses(const struct school *s, FILE *f)
{
        fputs("\ncourses:\n", f);
        for (int i = 0; i < N_ABOUT; i++) {
                const struct about *a = &about[i];
                if (i == 0)
                        fputs("  # taken by the academy and by others, in sections of their own\n",
                                f);
                if (i == N_CORE)
                        fputs("  # outside the academy; each member takes two\n", f);
                fprintf(f, "  - {id: %s, title: \"%s\", subject: %s, ", a->id, a->title,
                        a->subject);
                if (a->area != NULL)
                        fprintf(f, "area: %s, ", a->area);
                fprintf(f, "credential: %s, room: %s, sections: %d", a->credential, a->room,
                        sections_of(&s->plan, a->id));
                if (strcmp(a->id, "MED2") == 0)
                        fputs(", pathway: health, level: concentrator", f);
                fputs("}\n", f);
        }
}

static void write_academy(const struct school *s, FILE *f)
{
        fputs("\npathways:\n  - id: health\n    title: Patient Care\n"
              "    sector: Health Science and Medical Technology\n    team: [",
                f);
        for (int i = 0; i < TEAM; i++)
                fprintf(f, "%s%s", i > 0 ? ", " : "", s->ids[i]);
        fputs("]\n    common_planning: 1\n    cohorts:\n"
              "      - id: health-11\n        grade: 11\n"
              "        courses: [ENG11, USHIST, CHEM, MED2]\n"
              "        purity: 1.0      # members only\n"
              "        strands: true    # a group stays together in all four\n",
                f);
        fputs("\nrequirements:\n"
              "  - {id: A-G B English, area: B, years_by_grade: {9: 1, 10: 2, 11: 3}}\n"
              "  - {id: A-G A History, courses: [USHIST], years_by_grade: {11: 1}}\n"
              "  - {id: A-G D Science, area: D, years_by_grade: {10: 1, 11: 2}}\n"
              "\nstudents: {file: students.csv}\nrequests: {file: requests.csv}\n"
              "\nlocks:    # the academy's sections are its team's\n",
                f);
        for (int c = 0; c < N_CORE; c++)
                for (int g = 0; g < s->v->groups; g++)
                        fprintf(f,
                                "  - {course: %s, section: %d, teacher: %s, cohort: health-11}\n",
                                core[c], g + 1, s->ids[c]);
}

static void write_school(const struct school *s, const char *dir)
{
        FILE *f = create(dir, "school.yaml");
        fprintf(f,
                "# An academy of %d students in %d groups, after the worked case of the College "
                "and Career\n"
                "# Academy Support Network. Written by benchmarks/make_academy; all names are "
                "invented.\n"
                "msched: 1\n"
                "school: {name: Academy %s, year: 2027-28}\n"
                "\n"
                "bell: {periods: 6}\n"
                "\n"
                "contract:\n"
                "  load: 5\n"
                "  size: {min: 10, target: 30, max: 30}\n"
                "  full_day: {11: 6}\n",
                s->v->members, s->v->groups, s->v->name);
        write_people(s, f);
        write_courses(s, f);
        write_academy(s, f);
        finish(f);
}

static bool plan_whole(struct school *s, const struct variant *v, uint64_t seed)
{
        memset(s, 0, sizeof *s);
        s->v = v;
        s->plan.random.state = seed;
        s->plan.periods = periods;
        s->plan.terms = terms;
        hire(s);
        for (int i = 0; i < v->members + OTHERS * CLASS; i++)
                plan_person(&s->plan, 11, i < v->members ? "health" : "", "");
        plan_academy(s);
        plan_others(s);
        if (!plan_outside(s))
                return false;
        ask_alternates(s);
        return true;
}

static void make(const struct variant *v, const char *dir, const char *plans)
{
        static struct school s;
        char path[MAX_PATH], name[32];
        uint64_t seed = (uint64_t)v->members;

        while (!plan_whole(&s, v, seed))
                seed++;
        snprintf(name, sizeof name, "academy-%s", v->name);
        join(path, dir, name);
        write_school(&s, path);
        write_students(&s.plan, path);
        write_requests(&s.plan, path);
        if (plans == NULL)
                return;
        snprintf(name, sizeof name, "%s.json", v->name);
        join(path, plans, name);
        write_plan(&s.plan, path);
}

int main(int argc, char **argv)
{
        if (argc != 2 && argc != 3) {
                fputs("usage: make_academy DIR [PLANS]\n", stderr);
                return 1;
        }
        for (int i = 0; i < COUNT(variants); i++)
                make(&variants[i], argv[1], argc == 3 ? argv[2] : NULL);
        return 0;
}
