/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The objective of each tier. Rows and terms are those of FORMULATION.md. */
#include "solver/formulation.h"

const struct goal_family goal_families[N_TIERS] = {
        [CTE_UNMET] = {"O1", "cte_unmet", CTE_UNMET, goal_cte_unmet},
        [CTE_UNPLACED] = {"O2", "cte_unplaced", CTE_UNPLACED, goal_cte_unplaced},
        [COHORT_BREAKS] = {"O3", "cohort_breaks", COHORT_BREAKS, goal_cohort_breaks},
        [REQUIREMENT_SHORTFALL] = {"O4", "requirement_shortfall", REQUIREMENT_SHORTFALL,
                goal_requirement_shortfall},
        [REQUIRED_UNMET] = {"O5", "required_unmet", REQUIRED_UNMET, goal_required_unmet},
        [EMPTY_PERIODS] = {"O6", "empty_periods", EMPTY_PERIODS, goal_empty_periods},
        [REQUEST_LOSS] = {"O7", "request_loss", REQUEST_LOSS, goal_request_loss},
        [UNEVEN] = {"O8", "uneven", UNEVEN, goal_uneven},
        [UNPLACED] = {"O9", "unplaced", UNPLACED, goal_unplaced},
        [PLANNING_MISSED] = {"O10", "planning_missed", PLANNING_MISSED, goal_planning_missed},
        [IMBALANCE] = {"O11", "imbalance", IMBALANCE, goal_imbalance},
        [EXTRA_SECTIONS] = {"O12", "extra_sections", EXTRA_SECTIONS, goal_extra_sections},
        [AWAY] = {"O13", "away", AWAY, goal_away},
        [MOVED] = {"O14", "moved", MOVED, goal_moved},
};

static void aim_unmet(struct formulation *f, int i, int weight)
{
        f->aim_constant += weight;
        aim_add_m(f, i, -weight);
}

/*
 * (O1) cte_unmet: sum(CTE requests i) (1 - m[i]).
 */
void goal_cte_unmet(struct formulation *f)
{
        for (int i = 0; i < f->pb->n_requests; i++)
                if (f->pb->requests[i].cte)
                        aim_unmet(f, i, 1);
}

/* f[c] >= lo - sum(s of c) y[s]: no column where the course has no more sections than lo. */
static void aim_missing(struct formulation *f, int c)
{
        const struct course *it = &f->pb->courses[c];
        int missing;

        if (it->sections_min == it->sections_max) {
                f->aim_constant += it->sections_min;
                for (int k = 0; k < it->sections_max; k++)
                        aim_add_y(f, it->first_section + k, -1);
                return;
        }
        missing = column_new(f, COL_OTHER, 0, it->sections_min, "f[c%d]", c);
        row_add(f, missing, 1);
        for (int k = 0; k < it->sections_max; k++)
                row_add_y(f, it->first_section + k, 1);
        row_at_least(f, it->sections_min, "unplaced[c%d]", c);
        aim_add(f, missing, 1);
}

/*
 * (O2) cte_unplaced: sections missing of courses with a pathway.
 */
void goal_cte_unplaced(struct formulation *f)
{
        for (int c = 0; c < f->pb->n_courses; c++)
                if (f->pb->courses[c].pathway != NONE)
                        aim_missing(f, c);
}

/* Does a section reserved for K serve a member of `own`, whose list has the course? */
static bool serves(const struct problem *pb, int cohort, int own)
{
        const struct cohort *k = &pb->cohorts[cohort];

        return cohort == own || (k->purity_of_pathway && k->pathway == pb->cohorts[own].pathway);
}

static void aim_break(struct formulation *f, int i, int s)
{
        const struct problem *pb = f->pb;
        const struct part *part = &f->parts[s];
        const int own = pb->students[pb->requests[i].student].cohort;
        const int b = column_new(f, COL_OTHER, 0, 1, "b[i%d,s%d]", i, s);

        row_add_u(f, i, s, 1);
        for (int n = 0; n < part->n_cohorts; n++)
                if (serves(pb, part->cohorts[n], own))
                        row_add(f, part->q[n], -1);
        row_add(f, b, -1);
        row_at_most(f, 0, "cohort_breaks[i%d,s%d]", i, s);
        aim_add(f, b, 1);
}

/*
 * (O3) cohort_breaks: b[i,s] >= u[i,s] - sum(K that serves i) q[s,K].
 */
void goal_cohort_breaks(struct formulation *f)
{
        const struct problem *pb = f->pb;

        for (int i = 0; i < pb->n_requests; i++) {
                const struct request *rq = &pb->requests[i];
                const int own = pb->students[rq->student].cohort;
                const struct course *c = &pb->courses[rq->course];

                if (rq->kind == ALTERNATE || own == NONE || f->rank_in_course[i] < 0 ||
                        !ints_has(&pb->cohorts[own].courses, rq->course))
                        continue;
                for (int k = 0; k < c->sections_max; k++)
                        if (f->parts[c->first_section + k].group >= 0)
                                aim_break(f, i, c->first_section + k);
        }
}

/* Exact: problem_finish() made the unit a multiple of every denominator in lowest terms. */
static int64_t in_units(const struct problem *pb, struct ratio r)
{
        int64_t a = r.num, b = r.den;

        while (b) {
                const int64_t rest = a % b;

                a = b;
                b = rest;
        }
        if (a < 0)
                a = -a;
        return r.num / a * (pb->year_unit / (r.den / a));
}

int64_t requirement_need(const struct problem *pb, int k, int index)
{
        const struct requirement *q = &pb->requirements[index];
        const struct student *st = &pb->students[k];
        int64_t asked = 0, below = 0, stated = -1;
        bool named = false, by_id = false;

        if (!problem_is_of(pb, k, q->whom))
                return 0;
        for (int n = 0; n < q->n_by; n++) {
                if (q->by[n].grade == st->grade) {
                        asked = q->by[n].years;
                        named = true;
                } else if (q->by[n].grade < st->grade && q->by[n].years > below) {
                        below = q->by[n].years;
                }
        }
        for (int n = 0; n < st->n_years; n++) {
                const struct years_before *y = &st->years[n];
                const bool id = y->requirement == (int)(q - pb->requirements);

                if (id || (!by_id && q->area != NONE && y->area == q->area)) {
                        stated = in_units(pb, y->stated);
                        by_id |= id;
                }
        }
        return named ? asked - (stated < 0 ? below : stated) : 0;
}

bool requirement_counts(const struct problem *pb, int index, int course)
{
        const struct requirement *q = &pb->requirements[index];

        if (q->area == NONE)
                return ints_has(&q->courses, course);
        return pb->courses[course].area == q->area;
}

static void aim_shortfall(struct formulation *f, int k, int q, int64_t need)
{
        const struct problem *pb = f->pb;
        const struct student *st = &pb->students[k];
        const int e = column_new(f, COL_OTHER, 0, (double)need, "e[k%d,q%d]", k, q);

        aim_step(f, need);
        row_add(f, e, 1);
        for (int i = st->first_request; i < st->first_request + st->n_requests; i++) {
                const struct request *rq = &pb->requests[i];
                const int64_t years = pb->courses[rq->course].years;

                if (!requirement_counts(pb, q, rq->course) || f->rank_in_course[i] < 0)
                        continue;
                aim_step(f, years);
                row_add_m(f, i, (double)(years < need ? years : need));
        }
        row_at_least(f, (double)need, "requirement_shortfall[k%d,q%d]", k, q);
        aim_add(f, e, 1);
}

/*
 * (O4) requirement_shortfall: e >= need - sum(i that counts) min(years(i), need) m[i]. A course of
 * more years than needed covers the need and no more, so the smaller coefficient says the same.
 */
void goal_requirement_shortfall(struct formulation *f)
{
        const struct problem *pb = f->pb;

        for (int k = 0; k < pb->n_students; k++)
                for (int q = 0; q < pb->n_requirements; q++) {
                        const int64_t need = requirement_need(pb, k, q);

                        if (need > 0)
                                aim_shortfall(f, k, q, need);
                }
}

/*
 * (O5) required_unmet: sum(required requests i that are not CTE) (1 - m[i]).
 */
void goal_required_unmet(struct formulation *f)
{
        for (int i = 0; i < f->pb->n_requests; i++)
                if (f->pb->requests[i].kind == REQUIRED && !f->pb->requests[i].cte)
                        aim_unmet(f, i, 1);
}

/* The cells of a term that request i fills, as part of a row. */
static void add_filled(struct formulation *f, int i, int term)
{
        const struct problem *pb = f->pb;
        const struct course *c = &pb->courses[pb->requests[i].course];

        for (int k = 0; k < c->sections_max; k++) {
                const int s = c->first_section + k;
                const struct part *part = &f->parts[s];

                for (int j = 0; part->group >= 0 && j < part->n_slots; j++)
                        row_add(f, v_of(f, i, s, j),
                                __builtin_popcountll(f->groups[part->group].slots[j].cells &
                                                     pb->term_cells[term]));
        }
}

/*
 * (O6) empty_periods: e >= full_day - cells with a class.
 */
void goal_empty_periods(struct formulation *f)
{
        for (int k = 0; k < f->pb->n_students; k++) {
                const struct student *st = &f->pb->students[k];

                for (int term = 0; st->full_day > 0 && term < f->pb->n_terms; term++) {
                        const int e =
                                column_new(f, COL_OTHER, 0, st->full_day, "e[k%d,%d]", k, term);

                        row_add(f, e, 1);
                        for (int i = 0; i < st->n_requests; i++)
                                add_filled(f, st->first_request + i, term);
                        row_at_least(f, st->full_day, "empty_periods[k%d,%d]", k, term);
                        aim_add(f, e, 1);
                }
        }
}

/*
 * (O7) request_loss: 4 for a primary request not met, less max(1, 4 - rank) for an alternate used.
 */
void goal_request_loss(struct formulation *f)
{
        for (int i = 0; i < f->pb->n_requests; i++) {
                const struct request *rq = &f->pb->requests[i];

                if (rq->kind != ALTERNATE)
                        aim_unmet(f, i, 4);
                else
                        aim_add_m(f, i, rq->rank < 3 ? rq->rank - 4 : -1);
        }
}

/*
 * (O8) uneven: e[k] >= sum(primary i in k) (1 - m[i]) - 1.
 */
void goal_uneven(struct formulation *f)
{
        for (int k = 0; k < f->pb->n_students; k++) {
                const struct student *st = &f->pb->students[k];
                int primary = 0, e;

                for (int i = 0; i < st->n_requests; i++)
                        primary += f->pb->requests[st->first_request + i].kind != ALTERNATE;
                if (primary < 2)
                        continue;
                e = column_new(f, COL_OTHER, 0, primary, "e[k%d]", k);
                row_add(f, e, 1);
                for (int i = st->first_request; i < st->first_request + st->n_requests; i++)
                        if (f->pb->requests[i].kind != ALTERNATE)
                                row_add_m(f, i, 1);
                row_at_least(f, primary - 1, "uneven[k%d]", k);
                aim_add(f, e, 1);
        }
}

/*
 * (O9) unplaced: sections missing of the other courses.
 */
void goal_unplaced(struct formulation *f)
{
        for (int c = 0; c < f->pb->n_courses; c++)
                if (f->pb->courses[c].pathway == NONE)
                        aim_missing(f, c);
}

/* f[a] <= 1 - busy[t,a] for all of the team; no column where one is not available. */
static int planning_cell(struct formulation *f, int p, int a)
{
        const struct ints *team = &f->pb->pathways[p].team;
        int column;

        for (int n = 0; n < team->n; n++)
                if (!(f->pb->teachers[team->v[n]].available >> a & 1))
                        return 0;
        column = column_new(f, COL_OTHER, 0, 1, "f[w%d,a%d]", p, a);
        for (int n = 0; n < team->n; n++) {
                row_add_busy(f, team->v[n], a, 1);
                row_add(f, column, 1);
                row_at_most(f, 1, "planning_missed[w%d,t%d,a%d]", p, team->v[n], a);
        }
        return column;
}

/*
 * (O10) planning_missed: e >= common_planning - sum(a) f[a].
 */
void goal_planning_missed(struct formulation *f)
{
        const struct problem *pb = f->pb;
        struct arena *arena = f->arena;
        int *free_at = arena_array(arena, (size_t)pb->n_periods + 1, sizeof *free_at);

        for (int p = 0; p < pb->n_pathways; p++)
                for (int term = 0; pb->pathways[p].common_planning > 0 && term < pb->n_terms;
                        term++) {
                        const int asked = pb->pathways[p].common_planning;
                        int e;

                        for (int a = 0; a < pb->n_periods; a++)
                                free_at[a] = planning_cell(f, p, term * pb->n_periods + a);
                        e = column_new(f, COL_OTHER, 0, asked, "e[w%d,%d]", p, term);
                        row_add(f, e, 1);
                        for (int a = 0; a < pb->n_periods; a++)
                                row_add(f, free_at[a], 1);
                        row_at_least(f, asked, "planning_missed[w%d,%d]", p, term);
                        aim_add(f, e, 1);
                }
}
