/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/bound_capacity.h"
#include "solver/bound_seats.h"
#include "solver/glpk_guard.h"
#include "solver/mip.h"
#include <float.h>
#include <math.h>

static const double FUZZ = 1e-6;

struct crew { /* teachers who are alike: same courses, same times, same load */
        int first, n;
};

struct capacity {
        const struct bound_view *v;
        struct meter *meter;
        const struct score *score;
        struct bound *bound;
        struct formulation shell; /* for the solver: program and kinds of columns */
        int *n;                   /* [n_courses * n_cells] column of sections that start there */
        struct crew *crews;
        int n_crews;
        int *row_column;
        double *row_value;
        int row_n;
};

static int column(struct capacity *x, enum column_kind kind, double high)
{
        glp_prob *lp = x->shell.lp;
        const int j = glp_add_cols(lp, 1);

        glp_set_col_bnds(lp, j, high > 0 ? GLP_DB : GLP_FX, 0, high > 0 ? high : 0);
        glp_set_col_kind(lp, j, kind == COL_START ? GLP_IV : GLP_CV);
        x->shell.kind[j] = (char)kind;
        return j;
}

static void term(struct capacity *x, int j, double value)
{
        if (!j)
                return;
        x->row_n++;
        x->row_column[x->row_n] = j;
        x->row_value[x->row_n] = value;
}

static void row(struct capacity *x, int type, double rhs)
{
        glp_prob *lp = x->shell.lp;
        const int i = glp_add_rows(lp, 1);

        glp_set_row_bnds(lp, i, type, rhs, rhs);
        glp_set_mat_row(lp, i, x->row_n, x->row_column, x->row_value);
        x->row_n = 0;
}

static bool is_stacked(const struct course *c)
{
        return c->stack != NONE;
}

static void section_columns(struct capacity *x)
{
        const struct problem *pb = x->v->pb;

        for (int c = 0; c < pb->n_courses; c++) {
                const struct course *co = &pb->courses[c];
                int can[MAX_CELLS] = {0}, some = 0;

                for (int s = co->first_section; s < co->first_section + co->sections_max; s++) {
                        some += x->v->reduced->parts[s].starts != 0;
                        for (int p = 0; p < pb->n_cells; p++)
                                can[p] += (int)(x->v->reduced->parts[s].starts >> p & 1);
                }
                for (int p = 0; p < pb->n_cells; p++) {
                        if (!can[p])
                                continue;
                        x->n[c * pb->n_cells + p] = column(x, COL_START, can[p]);
                        term(x, x->n[c * pb->n_cells + p], 1);
                }
                if (x->row_n)
                        row(x, GLP_UP, some);
        }
}

static bool able(const struct problem *pb, int c, int t)
{
        return pb->courses[c].staffed && !is_stacked(&pb->courses[c]) &&
               ints_has(&pb->courses[c].able_teachers, t);
}

static bool alike(const struct problem *pb, int t, int u)
{
        if (pb->teachers[t].available != pb->teachers[u].available ||
                pb->teachers[t].limits.load != pb->teachers[u].limits.load)
                return false;
        for (int c = 0; c < pb->n_courses; c++)
                if (able(pb, c, t) != able(pb, c, u))
                        return false;
        return true;
}

static void find_crews(struct capacity *x)
{
        for (int t = 0; t < x->v->pb->n_teachers; t++) {
                int k = 0;

                while (k < x->n_crews && !alike(x->v->pb, x->crews[k].first, t))
                        k++;
                if (k == x->n_crews)
                        x->crews[x->n_crews++].first = t;
                x->crews[k].n++;
        }
}

/* At most n sections of z at a time. */
static void staff_cells(struct capacity *x, const int *z, int n)
{
        const struct problem *pb = x->v->pb;

        for (int a = 0; a < pb->n_cells; a++) {
                for (int e = 0; e < pb->n_courses * pb->n_cells; e++) {
                        const struct course *c = &pb->courses[e / pb->n_cells];

                        if (z[e] && c->start_cells[e % pb->n_cells] >> a & 1)
                                term(x, z[e], 1);
                }
                if (x->row_n > 1)
                        row(x, GLP_UP, n);
                x->row_n = 0;
        }
}

/* At most so many periods of z in each term. */
static void staff_load(struct capacity *x, const int *z, int64_t load)
{
        const struct problem *pb = x->v->pb;

        for (int t = 0; t < pb->n_terms && load >= 0; t++) {
                for (int e = 0; e < pb->n_courses * pb->n_cells; e++) {
                        const struct course *c = &pb->courses[e / pb->n_cells];
                        const cellset cells = c->start_cells[e % pb->n_cells] & pb->term_cells[t];

                        if (z[e] && c->counts_load && cells)
                                term(x, z[e], __builtin_popcountll(cells));
                }
                if (x->row_n)
                        row(x, GLP_UP, (double)load);
        }
}

/* Sections that teachers of kind k could take, by course and start. */
static void staff_columns(struct capacity *x, int k, int *z)
{
        const struct problem *pb = x->v->pb;
        const int t = x->crews[k].first;

        for (int e = 0; e < pb->n_courses * pb->n_cells; e++) {
                const int c = e / pb->n_cells, p = e % pb->n_cells;

                if (x->n[e] && able(pb, c, t) &&
                        !(pb->courses[c].start_cells[p] & ~pb->teachers[t].available))
                        z[e] = column(x, COL_OTHER, x->crews[k].n);
        }
}

/* Every section has a teacher; teachers of each kind are in so many places, and teach so much. */
static void staff_rows(struct capacity *x)
{
        const struct problem *pb = x->v->pb;
        const int width = pb->n_courses * pb->n_cells;
        int *z = mem_zero((size_t)x->n_crews * (size_t)width + 1, sizeof *z);

        for (int k = 0; k < x->n_crews; k++) {
                int *own = z + (size_t)k * (size_t)width;

                staff_columns(x, k, own);
                staff_cells(x, own, x->crews[k].n);
                staff_load(x, own,
                        (int64_t)x->crews[k].n * pb->teachers[x->crews[k].first].limits.load);
        }
        for (int e = 0; e < width; e++) {
                const struct course *c = &pb->courses[e / pb->n_cells];

                if (!x->n[e] || !c->staffed || is_stacked(c))
                        continue;
                for (int k = 0; k < x->n_crews; k++)
                        term(x, z[(size_t)k * (size_t)width + (size_t)e], 1);
                term(x, x->n[e], -1);
                row(x, GLP_FX, 0);
        }
        mem_free(z);
}

/* In every cell each room serves one type: sections of a type need as many rooms. */
static void room_rows(struct capacity *x, int cell)
{
        const struct problem *pb = x->v->pb;
        const int types = index_size(pb->room_types);
        int *serves = mem_zero((size_t)(types * pb->n_rooms) + 1, sizeof *serves);

        for (int r = 0; r < pb->n_rooms; r++) {
                const struct room *room = &pb->rooms[r];

                if (!(room->available >> cell & 1))
                        continue;
                for (int n = 0; n < room->types.n; n++) {
                        const int at = room->types.v[n] * pb->n_rooms + r;

                        if (!serves[at])
                                serves[at] = column(x, COL_OTHER, 1);
                        term(x, serves[at], 1);
                }
                if (x->row_n > 1)
                        row(x, GLP_UP, 1);
                x->row_n = 0;
        }
        for (int type = 0; type < types; type++) {
                for (int e = 0; e < pb->n_courses * pb->n_cells; e++) {
                        const struct course *c = &pb->courses[e / pb->n_cells];

                        if (c->room_type == type && !is_stacked(c) &&
                                c->start_cells[e % pb->n_cells] >> cell & 1)
                                term(x, x->n[e], 1);
                }
                if (!x->row_n)
                        continue;
                for (int r = 0; r < pb->n_rooms; r++)
                        term(x, serves[type * pb->n_rooms + r], -1);
                row(x, GLP_UP, 0);
        }
        mem_free(serves);
}

/* The objective is constant + that of the program. */
static void prove(struct capacity *x, enum tier t, int64_t constant)
{
        struct mip_result found = mip_relax(&x->shell, x->meter);
        double least = found.bound;

        if (found.status != MIP_OPTIMAL)
                return;
        struct meter part = meter_part(x->meter, 0.1);
        found = mip_solve(&x->shell, &part, -DBL_MAX);
        meter_join(x->meter, &part);
        if (found.status == MIP_OPTIMAL) /* a small piece of a section seats nobody */
                least = found.bound;
        bound_raise(x->bound, t, constant + (int64_t)ceil(least - FUZZ * (1 + fabs(least))));
}

static void price(struct capacity *x, int j, double value)
{
        glp_set_obj_coef(x->shell.lp, j, value);
}

/* Sections of c that run, in the row that is collected, `factor` times each. */
static void sections_of(struct capacity *x, int c, double factor)
{
        const int n_cells = x->v->pb->n_cells;

        for (int p = 0; p < n_cells; p++)
                term(x, x->n[c * n_cells + p], factor);
}

/* Unmet requests of one course: sum(u) + size sum(n) >= rhs, cheap ones first. */
static void seats_row(struct capacity *x, int c, enum tier t)
{
        const struct seats_left left = seats_left(x->v, c, t, x->score);
        const int64_t *weight = x->v->form[t].weight;

        for (int e = 0; e < left.requests.n; e++) {
                const int i = left.requests.v[e];
                int same = 0, before = 0;

                for (int d = 0; d < left.requests.n; d++)
                        if (weight[left.requests.v[d]] == weight[i]) {
                                same++;
                                before += d < e;
                        }
                if (before)
                        continue;
                const int u = column(x, COL_OTHER, same);
                price(x, u, (double)weight[i]);
                term(x, u, 1);
        }
        sections_of(x, c, left.size);
        if (left.requests.n)
                row(x, GLP_LO, (double)(left.requests.n + left.lost));
        x->row_n = 0;
        mem_free(left.requests.v);
}

/* Take off what was added after the first `rows` rows and `columns` columns. */
static void cut_back(glp_prob *lp, int rows, int columns)
{
        const int n_rows = glp_get_num_rows(lp) - rows, n_columns = glp_get_num_cols(lp) - columns;
        int *list = mem_alloc((size_t)(n_rows + n_columns + 1) * sizeof *list);

        for (int k = 1; k <= n_rows; k++)
                list[k] = rows + k;
        if (n_rows)
                glp_del_rows(lp, n_rows, list);
        for (int k = 1; k <= n_columns; k++)
                list[k] = columns + k;
        if (n_columns)
                glp_del_cols(lp, n_columns, list);
        glp_std_basis(lp);
        mem_free(list);
}

static void unmet(struct capacity *x, enum tier t)
{
        glp_prob *lp = x->shell.lp;
        const int rows = glp_get_num_rows(lp), columns = glp_get_num_cols(lp);

        for (int c = 0; c < x->v->pb->n_courses; c++)
                seats_row(x, c, t);
        prove(x, t, x->v->form[t].base);
        cut_back(lp, rows, columns);
}

static void unplaced(struct capacity *x, enum tier t)
{
        const struct problem *pb = x->v->pb;
        glp_prob *lp = x->shell.lp;
        const int rows = glp_get_num_rows(lp), columns = glp_get_num_cols(lp);

        for (int c = 0; c < pb->n_courses; c++) {
                const struct course *co = &pb->courses[c];

                if ((co->pathway >= 0) != (t == CTE_UNPLACED) || co->sections_min <= 0)
                        continue;
                const int f = column(x, COL_OTHER, co->sections_min);
                price(x, f, 1);
                term(x, f, 1);
                sections_of(x, c, 1);
                row(x, GLP_LO, co->sections_min);
        }
        prove(x, t, 0);
        cut_back(lp, rows, columns);
}

static void run(void *context)
{
        struct capacity *x = context;

        x->shell.lp = glp_create_prob();
        glp_set_obj_dir(x->shell.lp, GLP_MIN);
        section_columns(x);
        staff_rows(x);
        for (int a = 0; a < x->v->pb->n_cells; a++)
                room_rows(x, a);
        for (int n = 0; n < n_form_tiers && !meter_over(x->meter); n++)
                unmet(x, form_tiers[n]);
        unplaced(x, CTE_UNPLACED);
        unplaced(x, UNPLACED);
        glp_delete_prob(x->shell.lp);
}

/* More columns than the program can have. */
static size_t most_columns(const struct capacity *x)
{
        const struct problem *pb = x->v->pb;
        const int width = pb->n_courses * pb->n_cells;
        size_t types = 0;

        for (int r = 0; r < pb->n_rooms; r++)
                types += (size_t)pb->rooms[r].types.n;
        return (size_t)width * (size_t)(x->n_crews + 1) + types * (size_t)pb->n_cells +
               (size_t)pb->n_requests + (size_t)pb->n_courses + 2;
}

void bound_by_capacity(
        const struct bound_view *v, struct meter *m, const struct score *score, struct bound *b)
{
        const struct problem *pb = v->pb;
        struct capacity x = {.v = v, .meter = m, .score = score, .bound = b};
        struct report *rp = report_new();

        x.crews = mem_zero((size_t)pb->n_teachers + 1, sizeof *x.crews);
        find_crews(&x);
        const size_t columns = most_columns(&x);
        x.n = mem_zero((size_t)(pb->n_courses * pb->n_cells) + 1, sizeof *x.n);
        x.shell.kind = mem_zero(columns, sizeof *x.shell.kind);
        x.row_column = mem_alloc(columns * sizeof *x.row_column);
        x.row_value = mem_alloc(columns * sizeof *x.row_value);
        glpk_guard(run, &x, rp); /* what GLPK gave up on is not proven, and nothing else is lost */
        mem_free(x.crews);
        mem_free(x.n);
        mem_free(x.shell.kind);
        mem_free(x.row_column);
        mem_free(x.row_value);
        report_free(rp);
}
