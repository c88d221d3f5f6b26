/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/construct.h"
#include "solver/put.h"
#include "solver/reseat.h"
#include <stdlib.h>

enum { MANY_COURSES = 2000, LOAD_NODES = 3000 };

/* Reservations. */

static bool serves(const struct problem *pb, int cohort, int r)
{
        const struct request *q = &pb->requests[r];
        const struct cohort *h = &pb->cohorts[cohort];
        int own = pb->students[q->student].cohort;

        if (q->kind == ALTERNATE || !q->admitted || own < 0)
                return false;
        if (!h->purity_of_pathway)
                return own == cohort;
        return pb->cohorts[own].pathway == h->pathway &&
               ints_has(&pb->cohorts[own].courses, q->course);
}

static int free_section(const struct state *st, int course)
{
        const struct course *c = &st->pb->courses[course];

        for (int s = c->first_section; s < c->first_section + c->sections_max; s++)
                if (st->cohort[s] < 0 && st->f->locked_cohort[s] == COHORT_NOT_LOCKED &&
                        st->enrol[s] == 0)
                        return s;
        return NONE;
}

static void reserve_for(struct state *st, int cohort, int course)
{
        const struct problem *pb = st->pb;
        const struct course *c = &pb->courses[course];
        int members = 0, seats = 0;

        for (int i = st->course_request_at[course]; i < st->course_request_at[course + 1]; i++)
                members += serves(pb, cohort, st->course_requests[i]);
        for (int s = c->first_section; s < c->first_section + c->sections_max; s++) {
                int h = st->cohort[s];
                if (h == cohort || (h >= 0 && pb->cohorts[h].purity_of_pathway &&
                                           pb->cohorts[h].pathway == pb->cohorts[cohort].pathway))
                        seats += c->size_max;
        }
        while (seats < members) {
                int s = free_section(st, course);
                if (s < 0)
                        return;
                cohort_set(st, s, cohort);
                seats += c->size_max;
        }
}

void construct_reserve(struct state *st)
{
        const struct problem *pb = st->pb;

        for (int s = 0; s < pb->n_sections; s++)
                if (st->f->locked_cohort[s] != COHORT_NOT_LOCKED && st->enrol[s] == 0)
                        cohort_set(st, s, st->f->locked_cohort[s]);
        for (int h = 0; h < pb->n_cohorts; h++)
                for (int i = 0; i < pb->cohorts[h].courses.n; i++)
                        reserve_for(st, h, pb->cohorts[h].courses.v[i]);
}

/* Placement. */

/* Students who request both, primary requests only: [n_courses * n_courses]; NULL for very many
 * courses. */
static int *conflict_matrix(const struct problem *pb)
{
        if (pb->n_courses > MANY_COURSES)
                return NULL;
        int *both = mem_zero((size_t)pb->n_courses * (size_t)pb->n_courses + 1, sizeof *both);
        for (int k = 0; k < pb->n_students; k++) {
                const struct student *who = &pb->students[k];
                for (int i = who->first_request; i < who->first_request + who->n_requests; i++)
                        for (int j = who->first_request; j < who->first_request + who->n_requests;
                                j++) {
                                const struct request *a = &pb->requests[i], *b = &pb->requests[j];
                                if (i != j && a->kind != ALTERNATE && b->kind != ALTERNATE)
                                        both[a->course * pb->n_courses + b->course]++;
                        }
        }
        return both;
}

struct ranked {
        int unit;
        double rank;
};

static int by_rank(const void *a, const void *b)
{
        const struct ranked *x = a, *y = b;
        if (x->rank != y->rank)
                return x->rank < y->rank ? -1 : 1;
        return x->unit - y->unit;
}

/* Fewer ways to place it, earlier: locks, CTE and cohorts, long meetings, few sections, scarce
 * people. */
static double hardness(const struct state *st, int unit)
{
        const struct unit *u = &st->f->units[unit];
        const struct course *c = &st->pb->courses[u->course];
        double ways = 0, rank;

        for (int i = 0; i < u->teachers.n; i++)
                ways += __builtin_popcountll(
                        st->pb->teachers[u->teachers.v[i]].available & u->starts);
        if (!u->staffed)
                ways = __builtin_popcountll(u->starts);
        rank = u->must ? 0 : st->f->bundles[u->bundle].cte ? 1000 : 2000;
        rank += c->periods > 1 ? 0 : 200;
        rank += st->f->bundles[u->bundle].n > 1 || u->n > 1 ? 0 : 100;
        rank += c->sections_max < 10 ? 10 * c->sections_max : 100;
        return rank + ways / (1 + ways) * 9;
}

/* Expected conflicts at each start: students in both courses, spread over the sections of each. */
static void conflicts_at(const struct state *st, const int *both, int unit, double *cost)
{
        const struct problem *pb = st->pb;
        const struct unit *u = &st->f->units[unit];
        const struct course *c = &pb->courses[u->course];

        for (int cell = 0; cell < pb->n_cells; cell++)
                cost[cell] = 0;
        for (int v = 0; v < st->f->n_units; v++) {
                if (st->start[v] < 0)
                        continue;
                const struct course *d = &pb->courses[st->f->units[v].course];
                cellset taken = d->start_cells[st->start[v]];
                double w = both ? both[u->course * pb->n_courses + st->f->units[v].course] : 0;
                w = w / c->sections_max / d->sections_max;
                if (c == d)
                        w = 0.5 * c->n_primary / c->sections_max / c->sections_max;
                for (cellset m = u->starts; w > 0 && m; m &= m - 1) {
                        int start = __builtin_ctzll(m);
                        if (c->start_cells[start] & taken)
                                cost[start] += w;
                }
        }
}

static bool place_best(struct state *st, const int *both, int unit)
{
        cellset left = st->f->units[unit].starts;
        double cost[MAX_CELLS];

        conflicts_at(st, both, unit, cost);
        while (left) {
                int best = NONE;
                for (cellset m = left; m; m &= m - 1)
                        if (best < 0 || cost[__builtin_ctzll(m)] < cost[best])
                                best = __builtin_ctzll(m);
                left &= ~((cellset)1 << best);
                int mark = change_begin(st);
                if (change_put(st, unit, best, NONE, NONE, 0))
                        return true;
                state_undo(st, mark);
        }
        return false;
}

/* Tiers 1-3, on which no lower tier may be won. */
static int64_t first_tiers(const struct state *st)
{
        return st->score.tier[CTE_UNMET] + st->score.tier[CTE_UNPLACED] +
               st->score.tier[COHORT_BREAKS];
}

static bool place_by_force(struct state *st, int unit, int tries)
{
        cellset starts = st->f->units[unit].starts;
        int64_t first = first_tiers(st);

        for (int i = 0; starts && i < tries; i++) {
                int skip = draw(st, __builtin_popcountll(starts));
                cellset m = starts;
                while (skip-- > 0)
                        m &= m - 1;
                int mark = change_begin(st);
                if (change_put(st, unit, __builtin_ctzll(m), NONE, NONE, 3) &&
                        change_settle(st, INT64_MAX / 2, 0) && first_tiers(st) <= first)
                        return true;
                state_undo(st, mark);
        }
        return false;
}

/* Sections beyond those asked for wait for the search to want them. */
static bool asked_for(const struct state *st, int unit)
{
        const struct unit *u = &st->f->units[unit];

        for (int i = 0; i < u->n; i++) {
                int c = st->pb->section_course[u->sections[i]];
                if (st->placed[c] < st->pb->courses[c].sections_min)
                        return true;
        }
        return u->must;
}

/* A minimum of sections may be 0 although students ask: then as many as the requests fill to the
 * target. */
static bool wanted(const struct state *st, int unit)
{
        const struct course *c = &st->pb->courses[st->f->units[unit].course];

        return asked_for(st, unit) ||
               st->placed[st->f->units[unit].course] * c->size_target < c->n_primary;
}

void construct_place(struct state *st)
{
        int n = 0;
        struct ranked *order = mem_alloc((size_t)(st->f->n_units + 1) * sizeof *order);
        int *both = conflict_matrix(st->pb);

        for (int u = 0; u < st->f->n_units; u++)
                if (st->start[u] < 0 && st->f->units[u].starts)
                        order[n++] = (struct ranked){u, hardness(st, u)};
        qsort(order, (size_t)n, sizeof *order, by_rank);
        for (int i = 0; i < n && !meter_over(st->meter); i++) {
                if (st->start[order[i].unit] >= 0 || !wanted(st, order[i].unit))
                        continue;
                if (!place_best(st, both, order[i].unit))
                        place_by_force(st, order[i].unit, 60);
                state_forget(st);
        }
        settle_courses(st);
        state_forget(st);
        mem_free(both);
        mem_free(order);
}

/* Loading. */

static int load_rank(const struct state *st, int k)
{
        const struct problem *pb = st->pb;
        const struct student *who = &pb->students[k];
        bool cte = who->cohort >= 0, locked = false;

        for (int r = who->first_request; r < who->first_request + who->n_requests; r++) {
                cte |= pb->requests[r].cte;
                locked |= st->f->locked_seat[r] >= 0;
        }
        return (locked ? 0 : cte ? 1000 : 2000) - who->grade;
}

void construct_load(struct state *st)
{
        const struct problem *pb = st->pb;
        struct ranked *order = mem_alloc((size_t)(pb->n_students + 1) * sizeof *order);

        for (int k = 0; k < pb->n_students; k++)
                order[k] = (struct ranked){k, load_rank(st, k)};
        qsort(order, (size_t)pb->n_students, sizeof *order, by_rank);
        for (int i = 0; i < pb->n_students && !meter_over(st->meter); i++) {
                int k = order[i].unit;
                for (int r = pb->students[k].first_request;
                        r < pb->students[k].first_request + pb->students[k].n_requests; r++) {
                        int s = st->f->locked_seat[r];
                        if (s >= 0 && st->seat[r] < 0 && section_start(st, s) >= 0 &&
                                seat_left(st, s) && seat_open(st, r, s) && seat_fits(st, r, s) &&
                                seat_rules_hold(st, r, s))
                                seat_set(st, r, s);
                }
                reseat(st, k, NONE, NONE, LOAD_NODES, INT64_MAX);
                state_forget(st);
        }
        settle_courses(st);
        state_forget(st);
        mem_free(order);
}
