/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/problem_write.h"
#include "io/file.h"
#include "io/problem_write_parts.h"
#include "io/table_write.h"
#include "io/yaml_out.h"
#include <string.h>

typedef const char *namer(const struct problem *pb, int i);

/* What element i of a list is called. */
#define NAMER(what, text)                                                                          \
        static const char *name_##what(const struct problem *pb, int i)                            \
        {                                                                                          \
                return text;                                                                       \
        }
NAMER(term, pb->terms[i])
NAMER(period, pb->periods[i].id)
NAMER(teacher, pb->teachers[i].id)
NAMER(course, pb->courses[i].id)
NAMER(student, pb->students[i].id)
NAMER(credential, index_id(pb->credentials, i))
NAMER(room_type, index_id(pb->room_types, i))
NAMER(flag, index_id(pb->flags, i))

static void put_list(FILE *f, const struct problem *pb, const struct ints *list, namer *name)
{
        fputc('[', f);
        for (int i = 0; i < list->n; i++) {
                fputs(i ? ", " : "", f);
                put_text(f, name(pb, list->v[i]));
        }
        fputc(']', f);
}

static void key_list(struct map *m, const struct problem *pb, const char *name,
        const struct ints *list, namer *namer_of)
{
        if (!list->given)
                return;
        key_name(m, name);
        put_list(m->f, pb, list, namer_of);
}

/* As key_list(), and a list of one is written as the one. */
static void key_one_or_list(struct map *m, const struct problem *pb, const char *name,
        const struct ints *list, namer *namer_of)
{
        if (list->given && list->n == 1)
                key_text(m, name, namer_of(pb, list->v[0]));
        else
                key_list(m, pb, name, list, namer_of);
}

static void put_periods(FILE *f, const struct problem *pb, uint64_t periods)
{
        const char *comma = "";

        fputc('[', f);
        for (int p = 0; p < pb->n_periods; p++) {
                if (!(periods >> p & 1))
                        continue;
                fputs(comma, f);
                put_text(f, pb->periods[p].id);
                comma = ", ";
        }
        fputc(']', f);
}

static uint64_t bits(int n)
{
        return n >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << n) - 1;
}

static void key_available(struct map *m, const struct problem *pb, cellset available)
{
        uint64_t every = bits(pb->n_periods);
        bool alike = true;

        for (int t = 0; t < pb->n_terms; t++)
                alike = alike && (available >> t * pb->n_periods & every) == (available & every);
        if (alike && (available & every) == every)
                return;
        key_name(m, "available");
        if (alike) {
                put_periods(m->f, pb, available & every);
                return;
        }
        struct map by = {m->f, false};
        fputc('{', m->f);
        for (int t = 0; t < pb->n_terms; t++) {
                uint64_t periods = available >> t * pb->n_periods & every;
                if (periods == every)
                        continue;
                fputs(by.more ? ", " : "", m->f);
                by.more = true;
                put_text(m->f, pb->terms[t]);
                fputs(": ", m->f);
                put_periods(m->f, pb, periods);
        }
        fputc('}', m->f);
}

static void key_limits(struct map *m, const struct limits *l)
{
        key_stated(m, "load", l->load);
        key_stated(m, "preps", l->preps);
        key_stated(m, "consecutive", l->consecutive);
        key_stated(m, "contacts", l->contacts);
}

static void key_who(struct map *m, const struct problem *pb, const char *name, struct who who)
{
        if (who.pathway < 0 && who.cohort < 0 && who.flag < 0)
                return;
        key_name(m, name);
        struct map in = {m->f, false};
        fputc('{', m->f);
        if (who.pathway >= 0)
                key_text(&in, "pathway", pb->pathways[who.pathway].id);
        if (who.cohort >= 0)
                key_text(&in, "cohort", pb->cohorts[who.cohort].id);
        if (who.flag >= 0)
                key_text(&in, "flag", index_id(pb->flags, who.flag));
        fputc('}', m->f);
}

static void write_contract(FILE *f, const struct problem *pb)
{
        const struct contract *c = &pb->contract;
        struct map m = {f, false};

        if (c->limits.load < 0 && c->limits.preps < 0 && c->limits.consecutive < 0 &&
                c->limits.contacts < 0 && c->size_min < 0 && c->size_target < 0 &&
                c->size_max < 0 && !c->n_full_day)
                return;
        fputs("\ncontract: {", f);
        key_limits(&m, &c->limits);
        key_size(&m, c->size_min, c->size_target, c->size_max);
        if (c->n_full_day) {
                key_name(&m, "full_day");
                for (int i = 0; i < c->n_full_day; i++)
                        fprintf(f, "%s%d: %d", i ? ", " : "{", c->full_day[i].grade,
                                c->full_day[i].count);
                fputc('}', f);
        }
        fputs("}\n", f);
}

static void key_person(struct map *m, const struct person *p)
{
        key_text(m, "given", p->given);
        key_text(m, "family", p->family);
        key_text(m, "email", p->email);
        key_text(m, "sis_id", p->sis_id);
}

static void write_teachers(FILE *f, const struct problem *pb)
{
        fputs(pb->n_teachers ? "\nteachers:\n" : "", f);
        for (int i = 0; i < pb->n_teachers; i++) {
                const struct teacher *t = &pb->teachers[i];
                struct map m = {f, false};
                fputs("  - {", f);
                key_text(&m, "id", t->id);
                key_text(&m, "name", t->name);
                key_person(&m, &t->person);
                if (t->credentials.n) {
                        key_name(&m, "credentials");
                        put_list(f, pb, &t->credentials, name_credential);
                }
                key_limits(&m, &t->stated);
                key_available(&m, pb, t->available);
                if (t->home >= 0)
                        key_text(&m, "home", pb->rooms[t->home].id);
                fputs("}\n", f);
        }
}

static void write_rooms(FILE *f, const struct problem *pb)
{
        fputs(pb->n_rooms ? "\nrooms:\n" : "", f);
        for (int i = 0; i < pb->n_rooms; i++) {
                const struct room *r = &pb->rooms[i];
                struct map m = {f, false};
                fputs("  - {", f);
                key_text(&m, "id", r->id);
                if (r->types.n) {
                        key_name(&m, "types");
                        put_list(f, pb, &r->types, name_room_type);
                }
                key_stated(&m, "capacity", r->capacity);
                key_available(&m, pb, r->available);
                fputs("}\n", f);
        }
}

static void key_at(struct map *m, const struct problem *pb, const struct course *c)
{
        if (!c->at_periods.given && !c->at_terms.given)
                return;
        key_name(m, "at");
        struct map at = {m->f, false};
        fputc('{', m->f);
        key_list(&at, pb, "periods", &c->at_periods, name_period);
        key_list(&at, pb, "terms", &c->at_terms, name_term);
        fputc('}', m->f);
}

static void key_sections(struct map *m, const struct course *c)
{
        if (!c->sections_given)
                return;
        if (c->sections_min_stated == c->sections_max_stated) {
                key_int(m, "sections", c->sections_max_stated);
                return;
        }
        key_name(m, "sections");
        fprintf(m->f, "{min: %d, max: %d}", c->sections_min_stated, c->sections_max_stated);
}

static void key_support(struct map *m, const struct problem *pb, const struct support *s)
{
        if (!s->given)
                return;
        key_name(m, "support");
        struct map in = {m->f, false};
        fputc('{', m->f);
        key_text(&in, "flag", index_id(pb->flags, s->flag));
        key_one_or_list(&in, pb, "credential",
                &(struct ints){s->credentials.n, true, s->credentials.v}, name_credential);
        key_int(&in, "sections", s->sections);
        fputc('}', m->f);
}

static void key_grades(struct map *m, const struct ints *grades)
{
        if (!grades->given)
                return;
        key_name(m, "grades");
        fputc('[', m->f);
        for (int i = 0; i < grades->n; i++)
                fprintf(m->f, "%s%d", i ? ", " : "", grades->v[i]);
        fputc(']', m->f);
}

/* How long a section is, where and how it runs. */
static void keys_of_running(struct map *m, const struct problem *pb, const struct course *c)
{
        if (c->periods != 1)
                key_int(m, "periods", c->periods);
        if (c->terms_given)
                key_int(m, "terms", c->terms);
        key_at(m, pb, c);
        key_false(m, "staffed", c->staffed);
        key_false(m, "load", c->counts_load);
        if (c->off_campus != OFF_NO)
                key_text(m, "off_campus", c->off_campus == OFF_END ? "end" : "start");
        if (c->travel)
                key_int(m, "travel", c->travel);
        key_support(m, pb, &c->support);
}

static void write_course(FILE *f, const struct problem *pb, const struct course *c)
{
        static const char *const levels[] = {NULL, "introductory", "concentrator", "capstone"};
        struct map m = {f, false};

        fputs("  - {", f);
        key_text(&m, "id", c->id);
        key_text(&m, "title", c->title);
        key_text(&m, "subject", c->subject);
        if (c->area >= 0)
                key_text(&m, "area", index_id(pb->areas, c->area));
        if (c->credits_given) {
                key_name(&m, "credits");
                put_ratio(f, c->credits_stated);
        }
        key_grades(&m, &c->grades);
        if (c->pathway >= 0)
                key_text(&m, "pathway", pb->pathways[c->pathway].id);
        key_text(&m, "level", levels[c->level]);
        key_who(&m, pb, "only", c->only);
        key_one_or_list(&m, pb, "credential", &c->credentials, name_credential);
        key_list(&m, pb, "teachers", &c->teachers, name_teacher);
        if (c->room_type >= 0)
                key_text(&m, "room", index_id(pb->room_types, c->room_type));
        key_size(&m, c->size_min_stated, c->size_target_stated, c->size_max_stated);
        key_sections(&m, c);
        keys_of_running(&m, pb, c);
        fputs("}\n", f);
}

static void write_cohort(FILE *f, const struct problem *pb, const struct cohort *k)
{
        struct map m = {f, false};

        fputs("      - {", f);
        key_text(&m, "id", k->id);
        key_stated(&m, "grade", k->grade);
        key_name(&m, "courses");
        put_list(f, pb, &k->courses, name_course);
        if (k->purity.num * 4 != k->purity.den * 3) {
                key_name(&m, "purity");
                put_ratio(f, k->purity);
        }
        if (k->purity_of_pathway)
                key_text(&m, "purity_of", "pathway");
        if (k->strands) {
                key_name(&m, "strands");
                fputs("true", f);
        }
        fputs("}\n", f);
}

static void write_pathways(FILE *f, const struct problem *pb)
{
        fputs(pb->n_pathways ? "\npathways:\n" : "", f);
        for (int i = 0; i < pb->n_pathways; i++) {
                const struct pathway *p = &pb->pathways[i];
                fputs("  - id: ", f);
                put_text(f, p->id);
                if (p->title) {
                        fputs("\n    title: ", f);
                        put_text(f, p->title);
                }
                if (p->sector) {
                        fputs("\n    sector: ", f);
                        put_text(f, p->sector);
                }
                if (p->team.n) {
                        fputs("\n    team: ", f);
                        put_list(f, pb, &p->team, name_teacher);
                }
                if (p->common_planning)
                        fprintf(f, "\n    common_planning: %d", p->common_planning);
                fputs(p->n_cohorts ? "\n    cohorts:\n" : "\n", f);
                for (int k = 0; k < p->n_cohorts; k++)
                        write_cohort(f, pb, &pb->cohorts[p->first_cohort + k]);
        }
}

static void write_requirements(FILE *f, const struct problem *pb)
{
        fputs(pb->n_requirements ? "\nrequirements:\n" : "", f);
        for (int i = 0; i < pb->n_requirements; i++) {
                const struct requirement *r = &pb->requirements[i];
                struct map m = {f, false};
                fputs("  - {", f);
                key_text(&m, "id", r->id);
                if (r->area >= 0) {
                        key_text(&m, "area", index_id(pb->areas, r->area));
                } else {
                        key_name(&m, "courses");
                        put_list(f, pb, &r->courses, name_course);
                }
                key_name(&m, "years_by_grade");
                for (int g = 0; g < r->n_by; g++) {
                        fprintf(f, "%s%d: ", g ? ", " : "{", r->by[g].grade);
                        put_ratio(f, r->by[g].stated);
                }
                fputs(r->n_by ? "}" : "{}", f);
                key_who(&m, pb, "for", r->whom);
                fputs("}\n", f);
        }
}

/* The value of a rule that is a mapping. */
static void put_rule_map(FILE *f, const struct problem *pb, const struct rule *r)
{
        struct map m = {f, false};

        fputc('{', f);
        if (r->kind == RULE_NEEDS || r->kind == RULE_LIMIT)
                key_text(&m, "flag", index_id(pb->flags, r->flag));
        if (r->kind == RULE_NEEDS) {
                key_one_or_list(&m, pb, "credential",
                        &(struct ints){r->credentials.n, true, r->credentials.v}, name_credential);
        } else if (r->kind == RULE_LIMIT) {
                key_name(&m, "share");
                put_ratio(f, r->share);
                key_list(&m, pb, "courses", &r->courses, name_course);
        } else if (r->kind == RULE_AVOID) {
                key_text(&m, "student", pb->students[r->student].id);
                key_text(&m, "teacher", pb->teachers[r->teacher].id);
        } else {
                key_name(&m, "of");
                if (r->teachers.n)
                        put_list(f, pb, &r->teachers, name_teacher);
                else
                        put_list(f, pb, &r->students, name_student);
                key_name(&m, "periods");
                put_periods(f, pb, r->periods);
                key_int(&m, "count", r->count);
        }
        fputc('}', f);
}

/* Ends the line; with where it came from, if that is another file than the school's. */
static void put_origin(FILE *f, const struct problem *pb, struct place at)
{
        if (at.file && at.line && strcmp(at.file, pb->file) != 0 && !strpbrk(at.file, "\r\n")) {
                const char *slash = strrchr(at.file, '/');
                fprintf(f, "   # %s:%d", slash ? slash + 1 : at.file, at.line);
        }
        fputc('\n', f);
}

static void write_rules(FILE *f, const struct problem *pb)
{
        fputs(pb->n_rules ? "\nrules:\n" : "", f);
        for (int i = 0; i < pb->n_rules; i++) {
                const struct rule *r = &pb->rules[i];
                fprintf(f, "  - %s: ", rule_kind_name(r->kind));
                if (r->kind <= RULE_BEFORE)
                        put_list(f, pb, &r->courses, name_course);
                else if (r->kind == RULE_APART)
                        put_list(f, pb, &r->students, name_student);
                else
                        put_rule_map(f, pb, r);
                put_origin(f, pb, r->at);
        }
}

static void write_locks(FILE *f, const struct problem *pb)
{
        fputs(pb->n_locks ? "\nlocks:\n" : "", f);
        for (int i = 0; i < pb->n_locks; i++) {
                const struct lock *l = &pb->locks[i];
                struct map m = {f, false};
                fputs("  - {", f);
                key_text(&m, "course", pb->courses[l->course].id);
                key_int(&m, "section", l->section);
                if (l->student >= 0)
                        key_text(&m, "student", pb->students[l->student].id);
                if (l->teacher >= 0)
                        key_text(&m, "teacher", pb->teachers[l->teacher].id);
                if (l->room >= 0)
                        key_text(&m, "room", pb->rooms[l->room].id);
                if (l->period >= 0)
                        key_text(&m, "period", pb->periods[l->period].id);
                if (l->term >= 0)
                        key_text(&m, "term", pb->terms[l->term]);
                if (l->cohort != COHORT_NOT_LOCKED) {
                        key_name(&m, "cohort");
                        fputs(l->cohort < 0 ? "null" : "", f);
                        if (l->cohort >= 0)
                                put_text(f, pb->cohorts[l->cohort].id);
                }
                fputc('}', f);
                put_origin(f, pb, l->at);
        }
}

static bool write_tables(
        const struct problem *pb, const char *path, bool inlined, struct report *rp)
{
        return (inlined || students_write(pb, path, rp)) && requests_write(pb, path, rp);
}

static void write_student(FILE *f, const struct problem *pb, const struct student *s)
{
        struct map m = {f, false};

        fputs("  - {", f);
        key_text(&m, "id", s->id);
        key_text(&m, "name", s->name);
        key_person(&m, &s->person);
        key_int(&m, "grade", s->grade);
        if (s->pathway_stated >= 0)
                key_text(&m, "pathway", pb->pathways[s->pathway_stated].id);
        if (s->cohort_stated != COHORT_DEFAULT)
                key_text(&m, "cohort",
                        s->cohort_stated < 0 ? "-" : pb->cohorts[s->cohort_stated].id);
        if (s->flags.n) {
                key_name(&m, "flags");
                put_list(f, pb, &s->flags, name_flag);
        }
        if ((s->periods & bits(pb->n_periods)) != bits(pb->n_periods)) {
                key_name(&m, "available");
                put_periods(f, pb, s->periods);
        }
        for (int i = 0; i < s->n_years; i++) {
                const struct years_before *y = &s->years[i];
                fputs(", ", f);
                put_text(f, years_column(pb, y));
                fputs(": ", f);
                put_ratio(f, y->stated);
        }
        fputs("}\n", f);
}

static void write_tail(FILE *f, const struct problem *pb, const char *previous, bool inlined)
{
        if (inlined) {
                fputs("\nstudents:\n", f);
                for (int s = 0; s < pb->n_students; s++)
                        write_student(f, pb, &pb->students[s]);
        } else {
                fputs("\nstudents: {file: students.csv}\n", f);
        }
        fputs("requests: {file: requests.csv}\n", f);
        write_rules(f, pb);
        write_locks(f, pb);
        if (previous) {
                fputs("\nprevious: {file: ", f);
                put_text(f, previous);
                fputs("}\n", f);
        }
        for (int i = 0; i < pb->n_priorities; i++)
                fprintf(f, "%s%s", i ? ", " : "\npriorities: [", tier_name(pb->priorities[i]));
        fputs(pb->n_priorities ? "]\n" : "", f);
}

static void write_head(FILE *f, const struct problem *pb, const char *comment)
{
        struct map m = {f, false};

        for (const char *line = comment; line && *line;) {
                size_t n = strcspn(line, "\n");
                fprintf(f, "# %.*s\n", (int)n, line);
                line += n + (line[n] == '\n');
        }
        fputs("msched: 1\n", f);
        if (!pb->name && !pb->year && !pb->school_id && !pb->district)
                return;
        fputs("school: {", f);
        key_text(&m, "name", pb->name);
        key_text(&m, "year", pb->year);
        key_text(&m, "id", pb->school_id);
        key_text(&m, "district", pb->district);
        fputs("}\n", f);
}

/* An empty cell means every period, so a student without any cannot be told in a table. */
static bool needs_inline(const struct problem *pb)
{
        for (int s = 0; s < pb->n_students; s++)
                if (!(pb->students[s].periods & bits(pb->n_periods)))
                        return true;
        return false;
}

void problem_print(const struct problem *pb, const char *previous, const char *comment, FILE *f)
{
        write_head(f, pb, comment);
        write_bell(f, pb);
        write_contract(f, pb);
        write_teachers(f, pb);
        write_rooms(f, pb);
        fputs(pb->n_courses ? "\ncourses:\n" : "\ncourses: []\n", f);
        for (int c = 0; c < pb->n_courses; c++)
                write_course(f, pb, &pb->courses[c]);
        write_pathways(f, pb);
        write_requirements(f, pb);
        write_tail(f, pb, previous, needs_inline(pb));
}

bool problem_write(const struct problem *pb, const char *path, const char *previous,
        const char *comment, struct report *rp)
{
        if (!write_tables(pb, path, needs_inline(pb), rp))
                return false;
        struct file_out *out = file_create(path, 0600, rp);
        if (!out)
                return false;
        problem_print(pb, previous, comment, file_stream(out));
        return file_commit(out, rp);
}
