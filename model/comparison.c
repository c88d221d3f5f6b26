/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/comparison.h"
#include "model/index.h"
#include <string.h>

static const double least = 5e-7; /* scores are written with six decimals */

static int sign_of(double a, double b)
{
        return a < b - least ? -1 : a > b + least;
}

/* ---- scores ---- */

int run_compare(const enum tier *order, const struct run *a, const struct run *b)
{
        for (int i = 0; i < N_TIERS; i++) {
                int sign = sign_of(a->score[order[i]], b->score[order[i]]);
                if (sign)
                        return sign;
        }
        return 0;
}

int runs_best(const struct runs *runs)
{
        int best = 0;

        for (int i = 1; i < runs->n; i++) {
                if (run_compare(runs->v[i].pb->order, &runs->v[i], &runs->v[best]) < 0)
                        best = i;
        }
        return best;
}

/* Does a score lie below the floor that the bounds of a run are? */
static bool below_floor(const enum tier *order, const struct run *score, const struct run *bounds)
{
        for (int i = 0; i < N_TIERS; i++) {
                enum tier t = order[i];
                if (!bounds->bound_given[t])
                        return false;
                int sign = sign_of(score->score[t], bounds->bound[t]);
                if (sign || sign_of(bounds->score[t], bounds->bound[t]) > 0)
                        return sign < 0;
        }
        return false;
}

static bool below_any_floor(
        const enum tier *order, const struct run *score, const struct runs *runs)
{
        for (int i = 0; i < runs->n; i++) {
                if (below_floor(order, score, &runs->v[i]))
                        return true;
        }
        return false;
}

static bool comparable(const struct problem *a, const struct problem *b)
{
        int na = 0, nb = 0;

        for (int r = 0; r < a->n_requests; r++)
                na += a->requests[r].kind != ALTERNATE;
        for (int r = 0; r < b->n_requests; r++)
                nb += b->requests[r].kind != ALTERNATE;
        return a->n_students == b->n_students && na == nb &&
               !memcmp(a->order, b->order, sizeof a->order);
}

/* All of one side before all of the other: -1, 1; mixed: 0. */
static int all_before(const enum tier *order, const struct runs *a, const struct runs *b)
{
        bool before = true, behind = true;

        for (int i = 0; i < a->n; i++) {
                for (int k = 0; k < b->n; k++) {
                        int sign = run_compare(order, &a->v[i], &b->v[k]);
                        before = before && sign < 0;
                        behind = behind && sign > 0;
                }
        }
        return before ? -1 : behind ? 1 : 0;
}

static int first_difference(const enum tier *order, const struct run *a, const struct run *b)
{
        for (int i = 0; i < N_TIERS; i++) {
                if (sign_of(a->score[order[i]], b->score[order[i]]))
                        return (int)order[i];
        }
        return -1;
}

static void stand(const struct runs *base, const struct runs *other, struct comparison *c)
{
        const struct run *a = &base->v[runs_best(base)], *b = &other->v[runs_best(other)];
        const enum tier *order = a->pb->order;
        int side = all_before(order, other, base);

        c->tier = first_difference(order, a, b);
        if (below_any_floor(order, b, base) || below_any_floor(order, a, other)) {
                c->proven = true;
                c->standing = below_any_floor(order, b, base) ? STANDS_BETTER : STANDS_WORSE;
        } else if (c->tier < 0) {
                c->proven = a->status == STATUS_OPTIMAL && b->status == STATUS_OPTIMAL;
                c->standing = STANDS_EQUAL;
        } else {
                c->few = base->n < 2 || other->n < 2;
                c->standing = side < 0 ? STANDS_BETTER : side > 0 ? STANDS_WORSE : STANDS_NOISE;
        }
}

/* ---- students ---- */

static int *primary_met(const struct schedule *sc)
{
        int *met = mem_zero((size_t)sc->pb->n_students + 1, sizeof *met);

        for (int r = 0; r < sc->pb->n_requests; r++) {
                const struct request *rq = &sc->pb->requests[r];
                met[rq->student] += rq->kind != ALTERNATE && sc->seat[r] >= 0;
        }
        return met;
}

int *compare_students(const struct run *base, const struct run *other)
{
        int *a = primary_met(base->sc), *b = primary_met(other->sc);

        for (int s = 0; s < base->pb->n_students; s++) {
                int twin = index_find(other->pb->student_ids, base->pb->students[s].id);
                a[s] = twin >= 0 ? b[twin] - a[s] : 0;
        }
        mem_free(b);
        return a;
}

void compare_runs(const struct runs *base, const struct runs *other, struct comparison *c)
{
        const struct run *a = &base->v[runs_best(base)], *b = &other->v[runs_best(other)];
        int *more = compare_students(a, b);

        *c = (struct comparison){.standing = STANDS_APART, .tier = -1};
        if (comparable(a->pb, b->pb))
                stand(base, other, c);
        for (int s = 0; s < a->pb->n_students; s++) {
                c->gain += more[s] > 0;
                c->lose += more[s] < 0;
                c->same += !more[s];
        }
        mem_free(more);
}

/* ---- staff and space ---- */

/* Does an earlier section of its stack, with the same number, stand for it? */
static bool counted(const struct schedule *sc, int s)
{
        const struct problem *pb = sc->pb;
        const struct course *c = &pb->courses[pb->section_course[s]];

        if (c->stack < 0)
                return false;
        const struct ints *courses = &pb->rules[c->stack].courses;
        for (int i = 0; i < courses->n; i++) {
                const struct course *other = &pb->courses[courses->v[i]];
                int k = pb->section_number[s], twin = other->first_section + k - 1;
                if (k <= other->sections_max && twin < s && sc->start[twin] >= 0)
                        return true;
        }
        return false;
}

static void count_section(
        const struct schedule *sc, int s, cellset *busy, cellset *used, int *taught)
{
        const struct problem *pb = sc->pb;
        const struct course *c = &pb->courses[pb->section_course[s]];
        cellset cells = c->start_cells[sc->start[s]];
        const int people[] = {sc->teacher[s], sc->co_teacher[s]};

        for (int i = 0; i < 2; i++) {
                if (people[i] < 0)
                        continue;
                busy[people[i]] |= cells;
                if (c->counts_load && !counted(sc, s))
                        *taught += __builtin_popcountll(cells);
        }
        if (sc->room[s] >= 0)
                used[sc->room[s]] |= cells;
}

static void count_planning(const struct problem *pb, const cellset *busy, struct usage *u)
{
        for (int w = 0; w < pb->n_pathways; w++) {
                const struct pathway *p = &pb->pathways[w];
                cellset open = pb->all_cells;
                for (int i = 0; i < p->team.n; i++)
                        open &= pb->teachers[p->team.v[i]].available & ~busy[p->team.v[i]];
                for (int t = 0; t < pb->n_terms && p->common_planning > 0; t++) {
                        int there = __builtin_popcountll(open & pb->term_cells[t]);
                        u->planning_asked += p->common_planning;
                        u->planning += there < p->common_planning ? there : p->common_planning;
                }
        }
}

void measure_usage(const struct schedule *sc, struct usage *u)
{
        const struct problem *pb = sc->pb;
        cellset *busy = mem_zero((size_t)pb->n_teachers + 1, sizeof *busy),
                *used = mem_zero((size_t)pb->n_rooms + 1, sizeof *used);
        int taught = 0, load = pb->contract.limits.load;

        *u = (struct usage){0};
        for (int s = 0; s < pb->n_sections; s++) {
                if (sc->start[s] < 0)
                        continue;
                u->sections++;
                count_section(sc, s, busy, used, &taught);
        }
        if (load <= 0)
                load = pb->n_periods > 1 ? pb->n_periods - 1 : 1;
        u->fte = (double)taught / (load * pb->n_terms);
        for (int t = 0; t < pb->n_teachers; t++)
                u->teachers += busy[t] != 0;
        for (int r = 0; r < pb->n_rooms; r++) {
                u->rooms += used[r] != 0;
                u->room_cells += __builtin_popcountll(used[r]);
                if (used[r])
                        u->room_cells_open += __builtin_popcountll(pb->rooms[r].available);
        }
        count_planning(pb, busy, u);
        mem_free(busy);
        mem_free(used);
}
