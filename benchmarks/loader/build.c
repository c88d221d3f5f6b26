/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Building: sections by hand, hardest first, each into the allowed start with the fewest conflicts
 * where a teacher and a room are free. The order is that of the field: what is fixed; double
 * periods, labs and singletons, seniors' first; doubletons; the rest.
 */
#include "benchmarks/loader/desk.h"
#include <stdlib.h>
#include <string.h>

static const struct course *course_of(const struct desk *d, int s)
{
        return &d->pb->courses[d->pb->section_course[s]];
}

/* ---- reserved sections ---- */

static int askers(const struct desk *d, int cohort, int course)
{
        const struct ints *members = &d->pb->cohorts[cohort].members;
        int n = 0;

        for (int i = 0; i < members->n; i++) {
                int r = problem_request_of(d->pb, members->v[i], course);
                n += r >= 0 && d->pb->requests[r].kind != ALTERNATE && d->pb->requests[r].admitted;
        }
        return n;
}

static bool free_to_reserve(const struct desk *d, int s)
{
        return d->reserve[s] < 0 && !desk_lock(d, s, LOCK_COHORT);
}

/* Groups of the cohort: as many as its fullest course needs. */
static int groups_of(const struct desk *d, int cohort)
{
        const struct cohort *k = &d->pb->cohorts[cohort];
        int most = 1;

        for (int i = 0; i < k->courses.n; i++) {
                int size = d->pb->courses[k->courses.v[i]].size_max,
                    n = askers(d, cohort, k->courses.v[i]);
                if (size > 0 && (n + size - 1) / size > most)
                        most = (n + size - 1) / size;
        }
        return most;
}

static void reserve_course(struct desk *d, int cohort, int course, int groups)
{
        const struct course *c = &d->pb->courses[course];
        const struct ratio p = d->pb->cohorts[cohort].purity;
        int asked = askers(d, cohort, course), g = 0;

        for (int s = c->first_section; s < c->first_section + d->target[course]; s++) {
                const struct lock *l = desk_lock(d, s, LOCK_COHORT);
                if (l && l->cohort == cohort) {
                        d->reserve[s] = cohort;
                        d->group[s] = g++;
                }
        }
        /* With the outsiders that purity admits each section must still reach its minimum. */
        bool fills =
                p.num == 0 || (int64_t)(asked / groups) * p.den >= (int64_t)c->size_min * p.num;
        for (int s = c->first_section;
                s < c->first_section + d->target[course] && g < groups && asked && fills; s++) {
                if (!free_to_reserve(d, s))
                        continue;
                d->reserve[s] = cohort;
                d->group[s] = g++;
        }
}

static void reserve_sections(struct desk *d)
{
        for (int k = 0; k < d->pb->n_cohorts; k++) {
                const struct cohort *x = &d->pb->cohorts[k];
                int groups = groups_of(d, k);
                for (int i = 0; i < x->courses.n; i++)
                        reserve_course(d, k, x->courses.v[i], groups);
                for (int i = 0; i < x->members.n && x->strands; i++)
                        d->strand[x->members.v[i]] = i % groups;
        }
}

/* ---- order ---- */

struct turn {
        int section, class, grade, demand;
};

static bool is_lab(const struct desk *d, const struct course *c)
{
        return c->room_type >= 0 &&
               strcmp(index_id(d->pb->room_types, c->room_type), "classroom") != 0;
}

static int highest_grade(const struct course *c)
{
        int most = 0;

        for (int i = 0; i < c->grades.n; i++)
                most = c->grades.v[i] > most ? c->grades.v[i] : most;
        return c->grades.given ? most : 12;
}

static int class_of(const struct desk *d, int s)
{
        const struct course *c = course_of(d, s);
        int n = d->target[d->pb->section_course[s]];

        for (int l = 0; l < d->pb->n_locks; l++)
                if (d->pb->locks[l].course == d->pb->section_course[s] &&
                        d->pb->locks[l].section == d->pb->section_number[s])
                        return 0;
        if (c->periods > 1 || n == 1)
                return is_lab(d, c) || c->periods > 1 ? 1 : 2;
        return n == 2 ? 3 : 4;
}

static int by_turn(const void *a, const void *b)
{
        const struct turn *x = a, *y = b;

        if (x->class != y->class)
                return x->class - y->class;
        if (x->grade != y->grade)
                return y->grade - x->grade;
        return x->demand != y->demand ? y->demand - x->demand : x->section - y->section;
}

static int list_turns(const struct desk *d, struct turn *out)
{
        const struct problem *pb = d->pb;
        int n = 0;

        for (int s = 0; s < pb->n_sections; s++) {
                const struct course *c = course_of(d, s);
                if (pb->section_number[s] > d->target[pb->section_course[s]])
                        continue;
                out[n++] = (struct turn){s, class_of(d, s), highest_grade(c), c->n_primary};
        }
        qsort(out, (size_t)n, sizeof *out, by_turn);
        return n;
}

/* ---- one section ---- */

/* Students expected to want both, were they spread evenly over the sections of each course. */
static double conflicts(const struct desk *d, int s, cellset cells)
{
        const struct problem *pb = d->pb;
        int c = pb->section_course[s];
        double sum = 0;

        for (int x = 0; x < pb->n_sections; x++) {
                int o = pb->section_course[x];
                if (d->sc->start[x] < 0)
                        continue;
                bool overlap = desk_cells(d, x) & cells;
                if (overlap && o != c)
                        sum += (double)d->wanted[c * pb->n_courses + o] /
                               (d->target[c] * d->target[o]);
                if (overlap && o == c)
                        sum += 1.0 / d->target[c];
                if (overlap && d->reserve[s] >= 0 && d->reserve[x] == d->reserve[s] &&
                        d->group[x] == d->group[s])
                        sum += 30;
        }
        return sum;
}

/*
 * Seats that stand in the cells already, on average: every period needs about as many as there are
 * students. Where a period has few sections the conflicts say more.
 */
static double crowding(const struct desk *d, int s, cellset cells)
{
        double seats = 0, students = d->pb->n_students;

        for (int x = 0; x < d->pb->n_sections; x++)
                if (d->sc->start[x] >= 0)
                        seats += course_of(d, x)->size_max *
                                 __builtin_popcountll(desk_cells(d, x) & cells);
        seats /= __builtin_popcountll(cells);
        double over = seats + course_of(d, s)->size_max - students;
        return (students < 600 ? 0 : course_of(d, s)->size_max * seats / students) +
               (over > 0 ? over : 0);
}

static bool teaches(const struct desk *d, int teacher, int course)
{
        const struct course *c = &d->pb->courses[course];

        for (int s = c->first_section; s < c->first_section + c->sections_max; s++)
                if (d->sc->teacher[s] == teacher)
                        return true;
        return false;
}

static int find_teacher(const struct desk *d, int s, struct spot *at)
{
        const struct course *c = course_of(d, s);
        int best = NONE, most = -1;

        for (int i = 0; i < c->able_teachers.n; i++) {
                int t = c->able_teachers.v[i];
                const struct teacher *x = &d->pb->teachers[t];
                at->teacher = t;
                if (!desk_may_teach(d, s, at->start, t, false) || !desk_may_place(d, s, at))
                        continue;
                int value = 100 * teaches(d, t, d->pb->section_course[s]) - 10 * x->credentials.n +
                            d->pb->n_cells - __builtin_popcountll(x->available);
                value += 2000;
                if (value > most) {
                        most = value;
                        best = t;
                }
        }
        return best;
}

/* The section of the hand that needs a co-teacher, or -1. */
static int needs_support(const struct desk *d, int s)
{
        int hand[MAX_HAND], n = desk_hand(d, s, hand);

        for (int i = 0; i < n; i++) {
                const struct support *x = &course_of(d, hand[i])->support;
                if (x->given && d->pb->section_number[hand[i]] <= x->sections)
                        return hand[i];
        }
        return -1;
}

static bool find_co_teacher(const struct desk *d, int s, struct spot *at)
{
        int x = needs_support(d, s);

        at->co_teacher = NONE;
        if (x < 0)
                return true;
        for (int i = 0; i < course_of(d, x)->able_co_teachers.n; i++) {
                int t = course_of(d, x)->able_co_teachers.v[i];
                if (t == at->teacher || !desk_may_teach(d, x, at->start, t, true))
                        continue;
                at->co_teacher = t;
                return true;
        }
        return false;
}

static bool find_room(const struct desk *d, int s, struct spot *at)
{
        const struct course *c = course_of(d, s);
        int home = at->teacher >= 0 ? d->pb->teachers[at->teacher].home : NONE, least = 0;

        at->room = NONE;
        if (c->room_type < 0)
                return true;
        for (int i = 0; i < c->able_rooms.n; i++) {
                int r = c->able_rooms.v[i];
                const struct room *x = &d->pb->rooms[r];
                int seats = x->capacity < 0 ? 1000 : x->capacity;
                int waste = seats < c->size_max ? 100000 - seats
                                                : seats - c->size_max + 100 * x->types.n;
                if (!desk_may_use(d, s, at->start, r))
                        continue;
                waste = r == home ? -1 : waste;
                if (at->room < 0 || waste < least) {
                        at->room = r;
                        least = waste;
                }
        }
        return at->room >= 0;
}

static bool staffed(const struct desk *d, int s)
{
        return course_of(d, s)->staffed;
}

static bool complete(const struct desk *d, int s, struct spot *at)
{
        at->teacher = NONE;
        if (!desk_may_place(d, s, at))
                return false;
        if (staffed(d, s)) {
                at->teacher = find_teacher(d, s, at);
                if (at->teacher < 0)
                        return false;
        }
        return find_co_teacher(d, s, at) && find_room(d, s, at);
}

static void restore(struct desk *d, int s, const struct spot *at)
{
        int hand[MAX_HAND], n = desk_hand(d, s, hand);

        desk_place(d, s, at);
        for (int i = 0; i < n; i++)
                d->sc->cohort[hand[i]] = d->reserve[hand[i]];
}

static bool place_one(struct desk *d, int s)
{
        const struct course *c = course_of(d, s);
        struct spot best = {NONE, NONE, NONE, NONE};
        double least = 0;
        int hand[MAX_HAND], n = desk_hand(d, s, hand);

        for (int start = 0; start < d->pb->n_cells; start++) {
                struct spot at = {start, NONE, NONE, NONE};
                double cost = 0;
                if (!(c->may_start >> start & 1))
                        continue;
                for (int i = 0; i < n; i++)
                        cost += conflicts(d, hand[i], c->start_cells[start]);
                cost += crowding(d, s, c->start_cells[start]);
                if ((best.start >= 0 && cost >= least) || !complete(d, s, &at))
                        continue;
                best = at;
                least = cost;
        }
        if (best.start < 0)
                return false;
        desk_place(d, s, &best);
        for (int i = 0; i < n; i++)
                d->sc->cohort[hand[i]] = d->reserve[hand[i]];
        return true;
}

/* Nothing is free: some other section of one of its teachers, or of its rooms, makes way if it fits
 * elsewhere. */
static bool place_by_moving(struct desk *d, int s)
{
        const struct course *c = course_of(d, s);

        for (int x = 0; x < d->pb->n_sections; x++) {
                bool near = d->sc->start[x] >= 0 && !desk_pinned_section(d, x) &&
                            (ints_has(&c->able_teachers, d->sc->teacher[x]) ||
                                    ints_has(&c->able_rooms, d->sc->room[x]));
                if (!near || (d->pb->section_course[x] == d->pb->section_course[s]))
                        continue;
                struct spot old = {
                        d->sc->start[x], d->sc->teacher[x], d->sc->co_teacher[x], d->sc->room[x]};
                desk_unplace(d, x);
                if (place_one(d, s)) {
                        if (place_one(d, x))
                                return true;
                        desk_unplace(d, s);
                }
                restore(d, x, &old);
        }
        return false;
}

void build_sections(struct desk *d)
{
        struct turn *turns = mem_zero((size_t)d->pb->n_sections + 1, sizeof *turns);

        reserve_sections(d);
        int n = list_turns(d, turns);
        for (int i = 0; i < n; i++)
                if (d->sc->start[turns[i].section] < 0 && !place_one(d, turns[i].section))
                        place_by_moving(d, turns[i].section);
        mem_free(turns);
}
