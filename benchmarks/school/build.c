/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benchmarks/school/build.h"
#include "benchmarks/school/rooms.h"
#include <string.h>

struct ints build_ints(struct problem *pb, const int *v, int n)
{
        struct ints list = {n, true, arena_array(pb->arena, (size_t)n + 1, sizeof(int))};

        if (n)
                memcpy(list.v, v, (size_t)n * sizeof *v);
        return list;
}

int build_term(const struct problem *pb, struct index *ix, const char *name)
{
        int i = index_find(ix, name);

        (void)pb;
        return i >= 0 ? i : index_add(ix, name);
}

int build_unit(const struct build *b, int course, int number)
{
        return b->unit_of[course * b->most + number - 1];
}

bool build_first(const struct build *b, int course)
{
        const struct unit *u = &b->s->units[build_unit(b, course, 1)];

        return b->course_of[u->offer] == course;
}

/* Section k of a pair: the first course goes first where k is odd. */
cellset build_cells(const struct build *b, int course, int number)
{
        const struct school *s = b->s;
        const struct unit *u = &s->units[build_unit(b, course, number)];
        cellset term = ((cellset)1 << s->bell.n_periods) - 1;

        if (!s->offers[u->offer].pair)
                return u->cells;
        bool early = build_first(b, course) == (number % 2 == 1);
        return u->cells & (early ? term : term << s->bell.n_periods);
}

static void build_bell(struct problem *pb, const struct bell *bell)
{
        pb->n_terms = bell->n_terms;
        pb->n_periods = bell->n_periods;
        pb->n_cells = bell->n_terms * bell->n_periods;
        pb->terms = arena_array(pb->arena, (size_t)pb->n_terms, sizeof *pb->terms);
        pb->periods = arena_array(pb->arena, (size_t)pb->n_periods, sizeof *pb->periods);
        for (int t = 0; t < pb->n_terms; t++) {
                pb->terms[t] = bell->terms[t];
                index_add(pb->term_ids, bell->terms[t]);
        }
        for (int p = 0; p < pb->n_periods; p++) {
                const char *days[] = {"A", "B"};
                pb->periods[p].id = bell->periods[p];
                pb->periods[p].day = bell->day[pb->n_periods - 1] ? days[bell->day[p]] : NULL;
                pb->periods[p].break_after = bell->break_after[p];
                index_add(pb->period_ids, bell->periods[p]);
        }
        pb->contract.limits.load = bell->load;
}

static void build_teachers(struct problem *pb, const struct school *s)
{
        pb->n_teachers = s->n_staff;
        pb->teachers = arena_array(pb->arena, (size_t)s->n_staff + 2, sizeof *pb->teachers);
        for (int i = 0; i < s->n_staff; i++) {
                const struct staff *x = &s->staff[i];
                struct teacher *t = &pb->teachers[i];
                int creds[4];
                for (int c = 0; c < x->n_credentials; c++)
                        creds[c] = build_term(pb, pb->credentials, x->credentials[c]);
                *t = (struct teacher){.id = x->id,
                        .credentials = build_ints(pb, creds, x->n_credentials),
                        .stated = {-1, -1, -1, -1},
                        .available = x->available,
                        .home = -1};
                if (x->load != s->bell.load)
                        t->stated.load = x->load;
                index_add(pb->teacher_ids, t->id);
        }
}

static struct course *add_course(
        struct build *b, const struct offer *o, const char *id, const char *title)
{
        struct problem *pb = b->pb;
        struct course *c = &pb->courses[pb->n_courses++];
        const struct row *row = o->row;
        int grades[4], n = 0, credential = build_term(pb, pb->credentials, row->credential);

        *c = (struct course){.id = arena_strdup(pb->arena, id),
                .title = arena_strdup(pb->arena, title),
                .subject = row->subject,
                .area = -1,
                .only = {-1, -1, -1},
                .periods = o->periods,
                .terms = o->pair ? 1 : o->terms,
                .staffed = true,
                .counts_load = true,
                .support = {.flag = -1},
                .pathway = o->path,
                .level = LEVEL_NONE};
        if (row->area)
                c->area = build_term(pb, pb->areas, row->area);
        c->terms_given = c->terms < pb->n_terms;
        for (int g = 0; g < 4; g++)
                if (row->weight[g])
                        grades[n++] = 9 + g;
        if (n < 4)
                c->grades = build_ints(pb, grades, n);
        c->credentials = build_ints(pb, &credential, 1);
        c->room_type = build_term(pb, pb->room_types, row->room);
        bool year = row->length == YEAR && !b->s->bell.parts;
        int credits =
                year || row->length == LONG || (row->length == EXTRA && !b->s->bell.parts) ? 10 : 5;
        if (credits * pb->n_terms != 10 * c->terms) {
                c->credits_given = true;
                c->credits_stated = (struct ratio){credits, 1};
        }
        if (o->path >= 0) {
                static const enum level levels[] = {
                        LEVEL_INTRODUCTORY, LEVEL_CONCENTRATOR, LEVEL_CONCENTRATOR, LEVEL_CAPSTONE};
                c->level = levels[o->level];
                if (o->level == 3)
                        c->only.pathway = o->path;
        }
        index_add(pb->course_ids, c->id);
        return c;
}

static void state_sections(struct build *b, struct course *c, const struct offer *o)
{
        c->sections_given = true;
        c->sections_min_stated = c->sections_max_stated = o->n_units;
        c->size_min_stated = o->size_min;
        c->size_target_stated = o->row->size < o->size_max ? o->row->size : o->size_max;
        c->size_max_stated = o->size_max;
        int at = (int)(c - b->pb->courses) * b->most, k = 0;
        for (int u = 0; u < b->s->n_units; u++)
                if (&b->s->offers[b->s->units[u].offer] == o)
                        b->unit_of[at + k++] = u;
}

static void build_courses(struct build *b)
{
        struct school *s = b->s;
        struct problem *pb = b->pb;

        b->most = 1;
        for (int o = 0; o < s->n_offers; o++)
                if (s->offers[o].n_units > b->most)
                        b->most = s->offers[o].n_units;
        pb->courses = arena_array(pb->arena, (size_t)s->n_offers * 2 + 1, sizeof *pb->courses);
        b->unit_of = mem_zero((size_t)(s->n_offers * 2 + 1) * (size_t)b->most, sizeof *b->unit_of);
        b->course_of = mem_zero((size_t)s->n_offers, sizeof *b->course_of);
        for (int o = 0; o < s->n_offers; o++) {
                const struct offer *x = &s->offers[o];
                b->course_of[o] = -1;
                if (!x->n_units)
                        continue;
                b->course_of[o] = pb->n_courses;
                const char *cut = x->pair ? strchr(x->id, '/') : NULL,
                           *mid = x->pair ? strchr(x->title, '/') : NULL;
                const char *id =
                        cut ? arena_strndup(pb->arena, x->id, (size_t)(cut - x->id)) : x->id;
                const char *title =
                        mid ? arena_strndup(pb->arena, x->title, (size_t)(mid - x->title))
                            : x->title;
                state_sections(b, add_course(b, x, id, title), x);
                if (x->pair)
                        state_sections(b, add_course(b, x, cut + 1, mid + 1), x);
        }
}

/* A group in the largest of its classes, so that no seat there must stay empty. */
static int natural_purity(const struct school *s, const struct cohort_plan *k)
{
        int twentieths = 18;

        for (int i = 0; i < k->n_listed && k->n_groups; i++)
                while (twentieths > 8 &&
                        k->n_members * 20 <
                                twentieths * s->offers[k->listed[i]].size_max * k->n_groups)
                        twentieths--;
        return twentieths;
}

/* The least share of members in the cohort's reserved sections, down to the next twentieth. */
static struct ratio purity_of(const struct school *s, int cohort)
{
        int twentieths = s->wish.planted ? 18 : natural_purity(s, &s->cohorts[cohort]);

        for (int u = 0; u < s->n_units && s->wish.planted; u++) {
                const struct unit *x = &s->units[u];
                int members = 0;
                if (x->cohort != cohort)
                        continue;
                for (int i = 0; i < s->n_pupils; i++)
                        members += s->pupils[i].cohort == cohort &&
                                   s->pupils[i].seat[__builtin_ctzll(x->cells)] == u;
                while (members * 20 < twentieths * x->enrolled)
                        twentieths--;
        }
        return (struct ratio){twentieths, 20};
}

static void build_cohort(struct build *b, int k, struct cohort *out)
{
        const struct cohort_plan *c = &b->s->cohorts[k];
        int list[MAX_LISTED], n = 0;

        for (int i = 0; i < c->n_listed; i++)
                if (b->course_of[c->listed[i]] >= 0)
                        list[n++] = b->course_of[c->listed[i]];
        *out = (struct cohort){.id = arena_printf(b->pb->arena, "%s-%d",
                                       b->s->paths[c->path].career->id, 9 + c->grade),
                .pathway = c->path,
                .grade = 9 + c->grade,
                .courses = build_ints(b->pb, list, n)};
        out->purity = purity_of(b->s, k);
        index_add(b->pb->cohort_ids, out->id);
}

static void build_pathways(struct build *b)
{
        struct school *s = b->s;
        struct problem *pb = b->pb;

        pb->n_pathways = s->n_paths;
        pb->n_cohorts = s->n_cohorts;
        pb->pathways = arena_array(pb->arena, (size_t)s->n_paths, sizeof *pb->pathways);
        pb->cohorts = arena_array(pb->arena, (size_t)s->n_cohorts + 1, sizeof *pb->cohorts);
        for (int k = 0; k < s->n_cohorts; k++)
                build_cohort(b, k, &pb->cohorts[k]);
        for (int p = 0; p < s->n_paths; p++) {
                const struct path *x = &s->paths[p];
                struct pathway *out = &pb->pathways[p];
                *out = (struct pathway){.id = x->career->id,
                        .title = x->career->title,
                        .sector = x->career->sector,
                        .team = build_ints(pb, x->team, x->n_team)};
                out->common_planning = x->n_team > 1 && (!s->wish.planted || s->wish.rules);
                index_add(pb->pathway_ids, out->id);
                while (out->first_cohort < s->n_cohorts && s->cohorts[out->first_cohort].path != p)
                        out->first_cohort++;
                for (int k = 0; k < s->n_cohorts; k++)
                        out->n_cohorts += s->cohorts[k].path == p;
        }
}

static const struct {
        const char *id, *area;
        int by[4];
} a_to_g[] = {
        {"A-G A History", "A", {0, 1, 2, 2}},
        {"A-G B English", "B", {1, 2, 3, 4}},
        {"A-G C Mathematics", "C", {1, 2, 3, 3}},
        {"A-G D Science", "D", {1, 2, 2, 2}},
};
enum { N_A_TO_G = sizeof a_to_g / sizeof *a_to_g };

static void build_requirements(struct problem *pb)
{
        pb->n_requirements = N_A_TO_G;
        pb->requirements = arena_array(pb->arena, N_A_TO_G, sizeof *pb->requirements);
        for (int i = 0; i < N_A_TO_G; i++) {
                struct requirement *r = &pb->requirements[i];
                *r = (struct requirement){.id = a_to_g[i].id,
                        .area = build_term(pb, pb->areas, a_to_g[i].area),
                        .whom = {-1, -1, -1},
                        .n_by = 0};
                r->by = arena_array(pb->arena, 4, sizeof *r->by);
                for (int g = 0; g < 4; g++)
                        if (a_to_g[i].by[g])
                                r->by[r->n_by++] =
                                        (struct grade_years){9 + g, {a_to_g[i].by[g], 1}, 0};
                index_add(pb->requirement_ids, r->id);
        }
}

/* What the pupil holds: with a plan his seats, else his wishes. Courses of the problem. */
static int holds(const struct build *b, const struct pupil *p, int *out)
{
        const struct school *s = b->s;
        int n = 0;

        for (int i = 0; i < p->n_wants; i++) {
                int c = b->course_of[p->wants[i]];
                if (c < 0)
                        continue;
                out[n++] = c;
                if (s->offers[p->wants[i]].pair)
                        out[n++] = c + 1;
        }
        return n;
}

/* Years earned elsewhere or earlier, so that what the pupil takes is enough. */
static void years_before(
        const struct build *b, struct student *st, const int *list, int n, int grade)
{
        struct problem *pb = b->pb;

        st->years = arena_array(pb->arena, N_A_TO_G, sizeof *st->years);
        for (int i = 0; i < N_A_TO_G; i++) {
                int area = pb->requirements[i].area, credits = 0;
                for (int k = 0; k < n; k++) {
                        const struct course *c = &pb->courses[list[k]];
                        if (c->area == area)
                                credits += c->credits_given ? (int)c->credits_stated.num
                                                            : 10 * c->terms / pb->n_terms;
                }
                int before = grade ? a_to_g[i].by[grade - 1] : 0,
                    lacks = a_to_g[i].by[grade] * 10 - before * 10 - credits;
                if (lacks > 0)
                        st->years[st->n_years++] =
                                (struct years_before){-1, area, {before * 10 + lacks, 10}};
        }
}

static void build_flags(struct problem *pb, struct student *st, const struct pupil *p)
{
        int flags[2], n = 0;

        if (p->iep)
                flags[n++] = build_term(pb, pb->flags, "iep");
        if (p->el)
                flags[n++] = build_term(pb, pb->flags, "el");
        st->flags = build_ints(pb, flags, n);
        st->flags.given = n > 0;
}

static void build_students(struct build *b)
{
        struct school *s = b->s;
        struct problem *pb = b->pb;
        int list[MAX_WANTS * 2];

        pb->n_students = s->n_pupils;
        pb->students = arena_array(pb->arena, (size_t)s->n_pupils + 1, sizeof *pb->students);
        for (int i = 0; i < s->n_pupils; i++) {
                const struct pupil *p = &s->pupils[i];
                struct student *st = &pb->students[i];
                *st = (struct student){.id = arena_printf(pb->arena, "S%04d", i + 1),
                        .grade = 9 + p->grade,
                        .pathway_stated = p->path,
                        .cohort_stated = p->dash ? COHORT_DASH : COHORT_DEFAULT,
                        .periods = ((uint64_t)1 << pb->n_periods) - 1};
                build_flags(pb, st, p);
                years_before(b, st, list, holds(b, p, list), p->grade);
                index_add(pb->student_ids, st->id);
        }
}

static enum kind kind_of(const struct offer *o, const struct pupil *p)
{
        bool core = o->role == ENGLISH || o->role == SOCIAL || (o->role == MATH && p->grade < 3) ||
                    (o->role == SCIENCE && p->grade < 2) || (o->role == PE && p->grade == 0);

        return core || (o->role == CAREER && o->level > 0) ? REQUIRED : ELECTIVE;
}

static void add_request(struct problem *pb, int student, int course, enum kind kind)
{
        pb->requests[pb->n_requests++] = (struct request){.student = student,
                .course = course,
                .kind = kind,
                .rank_stated = -1,
                .stands_for = -1};
}

static void add_alternates(struct build *b, int i, int first)
{
        const struct pupil *p = &b->s->pupils[i];
        struct problem *pb = b->pb;

        for (int k = 0; k < p->n_alternates; k++) {
                int c = b->course_of[p->alternates[k]];
                bool known = c < 0;
                for (int r = first; r < pb->n_requests; r++)
                        known = known || pb->requests[r].course == c;
                if (known)
                        continue;
                add_request(pb, i, c, ALTERNATE);
                struct request *q = &pb->requests[pb->n_requests - 1];
                q->rank_stated = k + 1;
                for (int r = first; r < pb->n_requests - 1 && rng_chance(&b->s->rng, 0.3); r++)
                        if (pb->requests[r].kind == ELECTIVE)
                                q->stands_for = r;
        }
}

static void build_requests(struct build *b)
{
        struct school *s = b->s;
        struct problem *pb = b->pb;

        pb->requests = arena_array(
                pb->arena, (size_t)s->n_pupils * MAX_WANTS * 2 + 1, sizeof *pb->requests);
        for (int i = 0; i < s->n_pupils; i++) {
                const struct pupil *p = &s->pupils[i];
                int first = pb->n_requests;
                for (int k = 0; k < p->n_wants; k++) {
                        const struct offer *o = &s->offers[p->wants[k]];
                        int c = b->course_of[p->wants[k]];
                        if (c < 0)
                                continue;
                        add_request(pb, i, c, kind_of(o, p));
                        if (o->pair)
                                add_request(pb, i, c + 1, kind_of(o, p));
                }
                add_alternates(b, i, first);
        }
}

static void build_full_day(struct build *b)
{
        struct school *s = b->s;
        struct contract *c = &b->pb->contract;

        c->full_day = arena_array(b->pb->arena, 4, sizeof *c->full_day);
        for (int g = 0; g < 4; g++) {
                int least = s->bell.n_periods - (g == 3);
                for (int i = 0; i < s->n_pupils && s->wish.planted; i++)
                        for (int t = 0; t < s->bell.n_terms && s->pupils[i].grade == g; t++) {
                                int n = 0;
                                for (int p = 0; p < s->bell.n_periods; p++)
                                        n += s->pupils[i].seat[t * s->bell.n_periods + p] >= 0;
                                least = n < least ? n : least;
                        }
                if (least > 0)
                        c->full_day[c->n_full_day++] = (struct grade_count){9 + g, least};
        }
}

struct build *build_problem(struct school *s)
{
        struct build *b = mem_zero(1, sizeof *b);
        struct problem *pb = b->pb = problem_new();

        b->s = s;
        b->specialist = -1;
        pb->name = arena_printf(pb->arena, "%s %d %s seed %llu",
                s->wish.planted ? "Planted" : "Natural", s->wish.n_students, s->wish.bell,
                (unsigned long long)s->wish.seed);
        build_bell(pb, &s->bell);
        build_teachers(pb, s);
        build_courses(b);
        build_pathways(b);
        build_requirements(pb);
        build_rooms(b);
        build_students(b);
        build_requests(b);
        build_full_day(b);
        return b;
}

void build_free(struct build *b)
{
        mem_free(b->course_of);
        mem_free(b->unit_of);
        mem_free(b);
}

struct schedule *build_schedule(const struct build *b)
{
        const struct problem *pb = b->pb;
        const struct school *s = b->s;
        struct schedule *sc = schedule_new(pb);

        for (int x = 0; x < pb->n_sections; x++) {
                int c = pb->section_course[x], k = pb->section_number[x];
                const struct unit *u = &s->units[build_unit(b, c, k)];
                sc->start[x] = __builtin_ctzll(build_cells(b, c, k));
                sc->teacher[x] = u->staff;
                if (pb->courses[c].support.given && k <= pb->courses[c].support.sections)
                        sc->co_teacher[x] = b->specialist;
                sc->room[x] = u->room;
                sc->cohort[x] = u->cohort;
        }
        for (int r = 0; r < pb->n_requests; r++) {
                const struct request *q = &pb->requests[r];
                if (q->kind == ALTERNATE)
                        continue;
                for (int k = 1; k <= pb->courses[q->course].sections_max && sc->seat[r] < 0; k++) {
                        int u = build_unit(b, q->course, k);
                        if (s->pupils[q->student].seat[__builtin_ctzll(s->units[u].cells)] == u)
                                sc->seat[r] = pb->courses[q->course].first_section + k - 1;
                }
        }
        return sc;
}
