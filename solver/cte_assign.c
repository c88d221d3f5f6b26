/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Teachers by name, with all of their limits, for sections whose starts are fixed: a program of its
 * own. A section that nobody is found for has none, and the search finds somebody or moves it.
 */
#include "solver/cte_parts.h"
#include "solver/mip.h"

struct duty { /* t teaches, or co-teaches, the unit */
        int unit, teacher, column;
        bool co;
        cellset cells;
};

struct assignment {
        struct cte *c;
        const struct schedule *sc;
        struct formulation *f;
        int n, cap;
        struct duty *duties;
};

static const double NOBODY = 100, MISSED = 10, STRANGER = 0.5;

/* A teacher of the pathway's team is the right one for a section reserved for its cohort. */
static bool in_team(const struct assignment *g, int section, int t)
{
        int h = g->sc->cohort[section];

        return h >= 0 && ints_has(&g->c->pb->pathways[g->c->pb->cohorts[h].pathway].team, t);
}

static void unit_duties(struct assignment *g, const struct unit *u, int section, bool co)
{
        const struct problem *pb = g->c->pb;
        const struct course *first = &pb->courses[u->course];
        const struct ints *able = co ? &first->able_co_teachers : &u->teachers;
        cellset cells = first->start_cells[g->sc->start[section]];
        int nobody = column_new(g->f, COL_OTHER, 0, 1, "nobody");

        for (int i = 0; i < able->n; i++) {
                int t = able->v[i];
                if (cells & ~(pb->teachers[t].available & ~g->c->teacher_busy[t]))
                        continue;
                int z = column_new(g->f, COL_TEACHER, 0, 1, "z");
                ARENA_GROW(g->c->arena, g->duties, g->n, g->cap);
                g->duties[g->n++] = (struct duty){g->c->frame->unit_of[section], t, z, co, cells};
                row_add(g->f, z, 1);
                if (g->sc->cohort[section] >= 0 && !in_team(g, section, t))
                        glp_set_obj_coef(g->f->lp, z, STRANGER);
        }
        row_add(g->f, nobody, 1);
        row_equal(g->f, 1, "each");
        glp_set_obj_coef(g->f->lp, nobody, NOBODY);
}

static int placed_section(const struct assignment *g, const struct unit *u)
{
        for (int i = 0; i < u->n; i++)
                if (g->sc->start[u->sections[i]] >= 0)
                        return u->sections[i];
        return NONE;
}

static void add_duties(struct assignment *g, int t, cellset cells, bool counted)
{
        for (int i = 0; i < g->n; i++) {
                const struct duty *d = &g->duties[i];
                if (d->teacher == t && (!counted || g->c->frame->units[d->unit].counts_load))
                        row_add(g->f, d->column, __builtin_popcountll(d->cells & cells));
        }
}

static void prep_rows(struct assignment *g, int t, int term)
{
        const struct problem *pb = g->c->pb;
        int n = pb->n_courses + pb->n_rules;
        int *h = arena_array(g->c->arena, (size_t)n + 1, sizeof *h);

        for (int i = 0; i < g->n; i++) {
                const struct duty *d = &g->duties[i];
                const struct unit *u = &g->c->frame->units[d->unit];
                if (d->teacher != t || !u->counts_load || !(d->cells & pb->term_cells[term]))
                        continue;
                if (!h[u->prep])
                        h[u->prep] = column_new(g->f, COL_OTHER, 0, 1, "h");
                row_add(g->f, d->column, 1);
                row_add(g->f, h[u->prep], -1);
                row_at_most(g->f, 0, "prep");
        }
        for (int i = 0; i < n; i++)
                row_add(g->f, h[i], 1);
        row_at_most(g->f, pb->teachers[t].limits.preps, "preps");
}

static void run_rows(struct assignment *g, int t, int n)
{
        const struct problem *pb = g->c->pb;

        for (int a = 0; a < pb->n_cells; a++) {
                int p = a % pb->n_periods;
                bool joined = p + n < pb->n_periods;
                cellset run = 0;
                for (int k = 0; joined && k < n; k++)
                        joined = pb->periods[p + k].joins_next;
                for (int k = 0; joined && k <= n; k++)
                        run |= (cellset)1 << (a + k);
                if (!joined)
                        continue;
                add_duties(g, t, run, false);
                row_at_most(g->f, n - __builtin_popcountll(run & g->c->teacher_busy[t]), "run");
        }
}

static void free_rows(struct assignment *g, int t)
{
        const struct problem *pb = g->c->pb;
        const struct ints *rules = &g->c->frame->teacher_free[t];

        for (int i = 0; i < rules->n; i++) {
                const struct rule *rule = &pb->rules[rules->v[i]];
                cellset cells = problem_cells_of_periods(pb, rule->periods);
                for (int term = 0; term < pb->n_terms; term++) {
                        cellset in = cells & pb->term_cells[term];
                        add_duties(g, t, in, false);
                        row_at_most(g->f,
                                __builtin_popcountll(in & ~g->c->teacher_busy[t]) - rule->count,
                                "free");
                }
        }
}

/* A full section has so many contacts; what the seats will be is not known yet. */
static void contact_rows(struct assignment *g, int t, int term)
{
        const struct problem *pb = g->c->pb;

        for (int i = 0; i < g->n; i++) {
                const struct duty *d = &g->duties[i];
                const struct unit *u = &g->c->frame->units[d->unit];
                if (d->teacher == t && u->counts_load && (d->cells & pb->term_cells[term]))
                        row_add(g->f, d->column, pb->courses[u->course].size_target);
        }
        row_at_most(g->f, pb->teachers[t].limits.contacts, "contacts");
}

static void teacher_rows(struct assignment *g, int t)
{
        const struct problem *pb = g->c->pb;
        const struct limits *l = &pb->teachers[t].limits;

        for (int a = 0; a < pb->n_cells; a++) {
                add_duties(g, t, (cellset)1 << a, false);
                row_at_most(g->f, 1, "teacher");
        }
        for (int term = 0; term < pb->n_terms; term++) {
                cellset taught = g->c->teacher_busy[t] & pb->term_cells[term];
                add_duties(g, t, pb->term_cells[term], true);
                row_at_most(g->f, l->load - __builtin_popcountll(taught), "load");
                if (l->preps >= 0)
                        prep_rows(g, t, term);
                if (l->contacts >= 0)
                        contact_rows(g, t, term);
        }
        if (l->consecutive >= 0)
                run_rows(g, t, l->consecutive);
        free_rows(g, t);
}

/* f <= 1 - busy[t,a] for all of the team, in a cell in which it could meet. */
static int planning_cell(struct assignment *g, const struct pathway *p, int a)
{
        const struct problem *pb = g->c->pb;
        int f;

        for (int i = 0; i < p->team.n; i++) {
                int t = p->team.v[i];
                if (!((pb->teachers[t].available & ~g->c->teacher_busy[t]) >> a & 1))
                        return 0;
        }
        f = column_new(g->f, COL_START, 0, 1, "f");
        for (int i = 0; i < p->team.n; i++) {
                add_duties(g, p->team.v[i], (cellset)1 << a, false);
                row_add(g->f, f, 1);
                row_at_most(g->f, 1, "planning");
        }
        return f;
}

static void planning_rows(struct assignment *g, const struct pathway *p)
{
        const struct problem *pb = g->c->pb;

        for (int term = 0; term < pb->n_terms; term++) {
                int cells[MAX_CELLS], e = column_new(g->f, COL_OTHER, 0, p->common_planning, "e");
                for (int i = 0; i < pb->n_periods; i++)
                        cells[i] = planning_cell(g, p, term * pb->n_periods + i);
                for (int i = 0; i < pb->n_periods; i++)
                        row_add(g->f, cells[i], 1);
                row_add(g->f, e, 1);
                row_at_least(g->f, p->common_planning, "planning");
                glp_set_obj_coef(g->f->lp, e, MISSED);
        }
}

static void same_teacher_rows(struct assignment *g, int a, int b)
{
        for (int i = 0; i < g->n; i++) {
                if (g->duties[i].unit != a || g->duties[i].co)
                        continue;
                for (int j = 0; j < g->n; j++)
                        if (g->duties[j].unit == b && !g->duties[j].co &&
                                g->duties[j].teacher != g->duties[i].teacher)
                                row_add(g->f, g->duties[j].column, 1);
                row_add(g->f, g->duties[i].column, 1);
                row_at_most(g->f, 1, "same_teacher");
        }
}

static void rows(struct assignment *g)
{
        const struct frame *f = g->c->frame;

        for (int t = 0; t < g->c->pb->n_teachers; t++)
                if (g->c->crew_of[t] >= 0)
                        teacher_rows(g, t);
        for (int p = 0; p < g->c->pb->n_pathways; p++)
                if (g->c->pb->pathways[p].common_planning > 0)
                        planning_rows(g, &g->c->pb->pathways[p]);
        for (int i = 0; i < f->n_links; i++)
                for (int x = 0; f->links[i].kind == RULE_SAME_TEACHER && x < f->links[i].n; x++)
                        for (int y = x + 1; y < f->links[i].n; y++)
                                same_teacher_rows(g, f->links[i].units[x], f->links[i].units[y]);
}

static void read_duties(const struct assignment *g, struct schedule *sc)
{
        for (int i = 0; i < g->n; i++) {
                const struct duty *d = &g->duties[i];
                const struct unit *u = &g->c->frame->units[d->unit];
                if (glp_mip_col_val(g->f->lp, d->column) < 0.5)
                        continue;
                for (int k = 0; k < u->n; k++) {
                        int s = u->sections[k];
                        if (sc->start[s] >= 0)
                                *(d->co ? &sc->co_teacher[s] : &sc->teacher[s]) = d->teacher;
                }
        }
}

void cte_assign(struct cte *c, struct schedule *sc)
{
        struct assignment g = {.c = c, .sc = sc};

        g.f = cte_program(c);
        for (int k = 0; k < c->n_sorts; k++)
                for (int i = 0; i < c->sorts[k].n; i++) {
                        const struct unit *u = &c->frame->units[c->sorts[k].units[i]];
                        int s = placed_section(&g, u);
                        if (s >= 0 && u->staffed)
                                unit_duties(&g, u, s, false);
                        if (s >= 0 && c->sorts[k].co_taught)
                                unit_duties(&g, u, s, true);
                }
        rows(&g);
        struct mip_result r = mip_relax(g.f, c->meter);
        if (r.status == MIP_OPTIMAL)
                r = mip_solve(g.f, c->meter, r.bound + 1);
        c->nobody = 0;
        if (r.status == MIP_OPTIMAL || r.status == MIP_FEASIBLE)
                read_duties(&g, sc);
        for (int s = 0; s < c->pb->n_sections; s++) {
                int unit = c->frame->unit_of[s];
                c->nobody += unit >= 0 && sc->start[s] >= 0 && sc->teacher[s] < 0 &&
                             c->frame->units[unit].staffed;
        }
        formulation_close(g.f);
}
