/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a good plan leaves to the rest of the school, as the objective of the plan.
 * Nothing here claims a bound: weights only choose between plans that meet all of tiers 1-3.
 */
#include "solver/cte_parts.h"
#include <stdlib.h>

enum { MAX_SHADOWS = 40, FEW_ASK = 3 };
static const double WISH_UNMET = 300, CTE_MISSING = 900, COHORT_BREAK = 30; /* tiers 1-3 */
static const double MISSED_PLANNING = 6, MISSING_SECTION = 20, LOST_SEAT = 2, BLOCKED = 1,
                    CROWD = 2, RESERVATION = 0.2;

static void cost(struct cte *c, int column, double weight)
{
        if (column)
                glp_set_obj_coef(c->f->lp, column, weight);
}

/* f[a] <= 1 - busy[t,a] for those of the team whom no one can stand in for. */
static int planning_cell(struct cte *c, const struct pathway *p, int a)
{
        const struct problem *pb = c->pb;
        bool may = true;
        int f;

        for (int i = 0; i < p->team.n; i++) {
                int t = p->team.v[i];
                may &= (pb->teachers[t].available & ~c->teacher_busy[t]) >> a & 1;
        }
        if (!may)
                return 0;
        f = column_new(c->f, COL_SEAT, 0, 1, "f");
        for (int i = 0; i < p->team.n; i++) {
                int crew = c->crew_of[p->team.v[i]];
                if (crew < 0 || c->crews[crew].teachers.n > 1)
                        continue;
                cte_add_busy(c, crew, (cellset)1 << a);
                row_add(c->f, f, 1);
                row_at_most(c->f, 1, "planning");
        }
        return f;
}

/* e >= common_planning - sum(a) f[a]. */
static void planning(struct cte *c, const struct pathway *p)
{
        const struct problem *pb = c->pb;

        for (int term = 0; term < pb->n_terms; term++) {
                int e = column_new(c->f, COL_OTHER, 0, p->common_planning, "e");
                struct ints open = {0};
                for (int a = term * pb->n_periods; a < (term + 1) * pb->n_periods; a++)
                        ints_push(c->arena, &open, planning_cell(c, p, a));
                for (int i = 0; i < open.n; i++)
                        row_add(c->f, open.v[i], 1);
                row_add(c->f, e, 1);
                row_at_least(c->f, p->common_planning, "planning");
                cost(c, e, MISSED_PLANNING);
        }
}

/* Seats that reservations take from others: those whom purity leaves without one. */
static void lost_seats(struct cte *c, int course)
{
        const struct course *co = &c->pb->courses[course];
        int lost;

        if (!c->others[course] || !co->in_cohorts.n)
                return;
        lost = column_new(c->f, COL_OTHER, 0, c->others[course], "lost");
        for (int x = 0; x < c->lanes_of[course].n; x++) {
                const struct lane *la = &c->lanes[c->lanes_of[course].v[x]];
                const struct sort *so = &c->sorts[la->sort];
                for (int h = 0; h < la->n_cohorts; h++)
                        row_add(c->f, la->fill[h], 1);
                for (int i = 0; i < la->n_cohorts * so->n_slots; i++)
                        if (la->cohorts[i / so->n_slots] >= 0)
                                cost(c, la->N[i], RESERVATION);
        }
        row_add(c->f, lost, 1);
        row_at_least(c->f, c->others[course], "lost");
        cost(c, lost, LOST_SEAT);
}

/* No more of a course at one time than an even spread has; reserved sections apart. */
static void spread(struct cte *c, int course)
{
        const struct problem *pb = c->pb;
        const struct course *co = &pb->courses[course];
        int n = __builtin_popcountll(co->may_start);

        if (co->sections_max < 2 || !n)
                return;
        int even = (co->sections_max + n - 1) / n;
        for (int a = 0; a < pb->n_cells; a++) {
                int over;
                for (int x = 0; x < c->lanes_of[course].n; x++) {
                        const struct lane *la = &c->lanes[c->lanes_of[course].v[x]];
                        const struct sort *so = &c->sorts[la->sort];
                        for (int i = 0; i < la->n_cohorts * so->n_slots; i++)
                                if (so->slots[i % so->n_slots].start == a)
                                        row_add(c->f, la->N[i], 1);
                }
                over = column_new(c->f, COL_OTHER, 0, co->sections_max, "over");
                row_add(c->f, over, -1);
                row_at_most(c->f, even, "spread");
                cost(c, over, CROWD);
        }
}

/* Shadows: courses outside of the scope with one or two sections, which students of packs ask for.
 */

struct shadow {
        int course, pack, asked;
};

static int by_asked(const void *a, const void *b)
{
        const struct shadow *x = a, *y = b;

        if (x->asked != y->asked)
                return y->asked - x->asked;
        return x->course != y->course ? x->course - y->course : x->pack - y->pack;
}

static int asked_in(const struct cte *c, const struct pack *p, int course)
{
        int n = 0;

        for (int i = 0; i < p->n; i++) {
                int r = problem_request_of(c->pb, p->students[i], course);
                n += r >= 0 && c->pb->requests[r].kind != ALTERNATE && c->pb->requests[r].admitted;
        }
        return n;
}

/* Some teacher is there all the time. */
static bool staffable(const struct problem *pb, const struct course *co, cellset cells)
{
        for (int i = 0; i < co->able_teachers.n; i++)
                if (!(cells & ~pb->teachers[co->able_teachers.v[i]].available))
                        return true;
        return !co->staffed;
}

/* In each cell the students of the pack who would sit in the shadow are not in CTE sections. */
static void shadow_pack(struct cte *c, int pack, const struct course *co, int asked, const int *y)
{
        const struct problem *pb = c->pb;
        const struct pack *p = &c->packs[pack];
        int *m = arena_array(c->arena, (size_t)pb->n_cells + 1, sizeof *m);
        int unmet = column_new(c->f, COL_OTHER, 0, asked, "u");

        for (int j = 0; j < pb->n_cells; j++)
                if (y[j]) {
                        m[j] = column_new(c->f, COL_OTHER, 0, asked, "m");
                        row_add(c->f, m[j], 1);
                        row_add(c->f, y[j], -asked);
                        row_at_most(c->f, 0, "shadow");
                }
        for (int j = 0; j < pb->n_cells; j++)
                row_add(c->f, m[j], 1);
        row_add(c->f, unmet, 1);
        row_at_least(c->f, asked, "shadow");
        cost(c, unmet, BLOCKED);
        struct row_hashes seen = {0};
        for (int a = 0; a < pb->n_cells; a++) {
                bool any = false;
                for (int j = 0; j < pb->n_cells; j++)
                        if (m[j] && co->start_cells[j] >> a & 1) {
                                row_add(c->f, m[j], 1);
                                any = true;
                        }
                for (int w = 0; w < p->n_wishes; w++)
                        for (int i = 0; i < p->wishes[w].seats.n; i++) {
                                const struct seat *s = &c->seats[p->wishes[w].seats.v[i]];
                                const struct sort *so = &c->sorts[c->lanes[s->lane].sort];
                                if (slot_takes(&so->slots[s->slot], a))
                                        row_add(c->f, s->column, 1);
                        }
                if (any && !cte_row_seen(c, &seen))
                        row_at_most(c->f, p->n, "shadow");
                else
                        row_drop(c->f);
        }
}

static int *shadow_starts(struct cte *c, int course)
{
        const struct problem *pb = c->pb;
        const struct course *co = &pb->courses[course];
        int *y = arena_array(c->arena, (size_t)pb->n_cells + 1, sizeof *y);
        cellset starts = 0;

        for (int s = co->first_section; s < co->first_section + co->sections_max; s++)
                if (c->frame->unit_of[s] >= 0)
                        starts |= c->frame->units[c->frame->unit_of[s]].starts;
        for (cellset m = starts; m; m &= m - 1) {
                int j = __builtin_ctzll(m);
                if (!staffable(pb, co, co->start_cells[j]))
                        continue;
                y[j] = column_new(c->f, COL_SEAT, 0, 1, "y");
                row_add(c->f, y[j], 1);
        }
        row_at_most(c->f, co->sections_max, "shadow");
        return y;
}

/* What is asked for most, by students who are in several CTE sections already. */
static void shadows(struct cte *c)
{
        const struct problem *pb = c->pb;
        struct shadow *list = NULL;
        int n = 0, cap = 0, **y = arena_array(c->arena, (size_t)pb->n_courses + 1, sizeof *y);

        for (int i = 0; i < pb->n_courses; i++) {
                if (c->lanes_of[i].n || pb->courses[i].sections_max < 1 ||
                        pb->courses[i].sections_max > 2)
                        continue;
                for (int p = 0; p < c->n_packs; p++) {
                        struct shadow s = {i, p, asked_in(c, &c->packs[p], i)};
                        if (s.asked < FEW_ASK || c->packs[p].n_wishes < 2)
                                continue;
                        ARENA_GROW(c->arena, list, n, cap);
                        list[n++] = s;
                }
        }
        if (n)
                qsort(list, (size_t)n, sizeof *list, by_asked);
        for (int i = 0; i < n && i < MAX_SHADOWS; i++) {
                const struct shadow *s = &list[i];
                if (!y[s->course])
                        y[s->course] = shadow_starts(c, s->course);
                shadow_pack(c, s->pack, &pb->courses[s->course], s->asked, y[s->course]);
        }
}

void cte_soft(struct cte *c)
{
        const struct problem *pb = c->pb;

        for (int p = 0; p < pb->n_pathways; p++)
                if (pb->pathways[p].common_planning > 0)
                        planning(c, &pb->pathways[p]);
        for (int i = 0; i < pb->n_courses; i++) {
                if (!c->lanes_of[i].n)
                        continue;
                cost(c, c->missing[i], pb->courses[i].pathway >= 0 ? CTE_MISSING : MISSING_SECTION);
                lost_seats(c, i);
                spread(c, i);
        }
        for (int p = 0; p < c->n_packs; p++)
                for (int w = 0; w < c->packs[p].n_wishes; w++)
                        cost(c, c->packs[p].wishes[w].unmet, WISH_UNMET);
        for (int i = 0; i < c->n_seats; i++)
                if (c->seats[i].breaks)
                        cost(c, c->seats[i].column, COHORT_BREAK);
        shadows(c);
}
