/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/comparison.h"
#include "model/index.h"
#include <string.h>

static const double least = 5e-7; /* scores are written with six decimals */

static int sign_of(double a, double b)
{
        return a < b - least ? -1 : a > b + least;
}

/* ---- what schools ask for ---- */

static int sections_asked(const struct problem *pb, bool cte, bool other)
{
        int n = 0;

        for (int c = 0; c < pb->n_courses; c++) {
                if (pb->courses[c].pathway >= 0 ? cte : other)
                        n += pb->courses[c].sections_min;
        }
        return n;
}

static int requests_asked(const struct problem *pb, enum tier t)
{
        int n = 0;

        for (int r = 0; r < pb->n_requests; r++) {
                const struct request *rq = &pb->requests[r];
                int cohort = pb->students[rq->student].cohort;
                if (rq->kind == ALTERNATE)
                        continue;
                if (t == CTE_UNMET)
                        n += rq->cte;
                else if (t == REQUIRED_UNMET)
                        n += rq->kind == REQUIRED && !rq->cte;
                else if (cohort >= 0)
                        n += ints_has(&pb->cohorts[cohort].courses, rq->course);
        }
        return n;
}

static double years_asked(const struct problem *pb)
{
        int64_t sum = 0;

        for (int s = 0; s < pb->n_students; s++) {
                for (int q = 0; q < pb->n_requirements; q++)
                        sum += problem_years_asked(pb, s, q);
        }
        return (double)sum / (double)pb->year_unit;
}

static int periods_owed(const struct problem *pb)
{
        int sum = 0;

        for (int s = 0; s < pb->n_students; s++)
                sum += pb->students[s].full_day * pb->n_terms;
        return sum;
}

static int planning_asked(const struct problem *pb)
{
        int sum = 0;

        for (int w = 0; w < pb->n_pathways; w++)
                sum += pb->pathways[w].common_planning * pb->n_terms;
        return sum;
}

double tier_asked(const struct problem *pb, enum tier t)
{
        switch (t) {
        case CTE_UNMET:
        case COHORT_BREAKS:
        case REQUIRED_UNMET:
                return requests_asked(pb, t);
        case CTE_UNPLACED:
                return sections_asked(pb, true, false);
        case UNPLACED:
                return sections_asked(pb, false, true);
        case EXTRA_SECTIONS:
                return sections_asked(pb, true, true);
        case REQUIREMENT_SHORTFALL:
                return years_asked(pb);
        case EMPTY_PERIODS:
                return periods_owed(pb);
        case PLANNING_MISSED:
                return planning_asked(pb);
        case MOVED:
                return pb->n_past;
        default:
                return 0;
        }
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

/* The same, some tiers passed over. */
static int compare_but(
        const enum tier *order, const bool *passed, const struct run *a, const struct run *b)
{
        for (int i = 0; i < N_TIERS; i++) {
                int sign = sign_of(a->score[order[i]], b->score[order[i]]);
                if (sign && !passed[order[i]])
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
static bool below_floor(const enum tier *order, const bool *passed, const struct run *score,
        const struct run *bounds)
{
        for (int i = 0; i < N_TIERS; i++) {
                enum tier t = order[i];
                if (!bounds->bound_given[t] || passed[t])
                        return false;
                int sign = sign_of(score->score[t], bounds->bound[t]);
                if (sign || sign_of(bounds->score[t], bounds->bound[t]) > 0)
                        return sign < 0;
        }
        return false;
}

static bool below_any_floor(const enum tier *order, const bool *passed, const struct run *score,
        const struct runs *runs)
{
        for (int i = 0; i < runs->n; i++) {
                if (below_floor(order, passed, score, &runs->v[i]))
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
static int all_before(
        const enum tier *order, const bool *passed, const struct runs *a, const struct runs *b)
{
        bool before = true, behind = true;

        for (int i = 0; i < a->n; i++) {
                for (int k = 0; k < b->n; k++) {
                        int sign = compare_but(order, passed, &a->v[i], &b->v[k]);
                        before = before && sign < 0;
                        behind = behind && sign > 0;
                }
        }
        return before ? -1 : behind ? 1 : 0;
}

static int first_difference(
        const enum tier *order, const bool *passed, const struct run *a, const struct run *b)
{
        for (int i = 0; i < N_TIERS; i++) {
                if (!passed[order[i]] && sign_of(a->score[order[i]], b->score[order[i]]))
                        return (int)order[i];
        }
        return -1;
}

/* The runs that go furthest without what is passed over. */
static const struct run *best_but(
        const enum tier *order, const bool *passed, const struct runs *runs)
{
        const struct run *best = &runs->v[0];

        for (int i = 1; i < runs->n; i++) {
                if (compare_but(order, passed, &runs->v[i], best) < 0)
                        best = &runs->v[i];
        }
        return best;
}

static void stand(const struct runs *base, const struct runs *other, struct comparison *c)
{
        const enum tier *order = base->v[0].pb->order;
        const struct run *a = best_but(order, c->passed, base),
                         *b = best_but(order, c->passed, other);
        int side = all_before(order, c->passed, other, base);
        bool better = below_any_floor(order, c->passed, b, base),
             worse = below_any_floor(order, c->passed, a, other), any = false;

        for (int t = 0; t < N_TIERS; t++)
                any = any || c->passed[t];
        c->tier = first_difference(order, c->passed, a, b);
        if (better || worse) {
                c->proven = true;
                c->standing = better ? STANDS_BETTER : STANDS_WORSE;
        } else if (c->tier < 0) {
                c->proven = !any && a->status == STATUS_OPTIMAL && b->status == STATUS_OPTIMAL;
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
        for (int t = 0; t < N_TIERS; t++)
                c->passed[t] = sign_of(tier_asked(a->pb, t), tier_asked(b->pb, t)) != 0;
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
