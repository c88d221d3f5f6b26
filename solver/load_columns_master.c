/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program over columns: one of each student, within the rows. */
#include "solver/load_columns_parts.h"
#include "solver/mip_columns.h"
#include <math.h>
#include <string.h>

enum { PICK_ITERATIONS = 20000 };

static const double FUZZ = 1e-6;

static int row_type(double low, double high)
{
        if (isinf(low))
                return isinf(high) ? GLP_FR : GLP_UP;
        if (isinf(high))
                return GLP_LO;
        return low < high ? GLP_DB : GLP_FX;
}

/* A row that one column enters several times is entered once. */
static int gather(const struct desk *d, const struct load_column *c, struct hit *out, int most)
{
        struct hit hits[MOST_HITS];
        int n = 0;

        for (int i = 0; i < c->n; i++) {
                const int m = desk_hits(d, c->student, c->seats[i].class, hits);

                for (int j = 0; j < m; j++) {
                        int at = 0;

                        while (at < n && out[at].row != hits[j].row)
                                at++;
                        if (at == n && n < most)
                                out[n++] = (struct hit){hits[j].row, 0};
                        out[at].value += hits[j].value;
                }
        }
        return n;
}

static void put_into_program(struct desk *d, int column)
{
        const struct load_column *c = &d->columns[column];
        const int most = c->n * MOST_HITS + 1 + N_STUDENT_TIERS;
        struct hit *hits = mem_alloc((size_t)(most + 1) * sizeof *hits);
        int *index = mem_alloc((size_t)(most + 1) * sizeof *index);
        double *value = mem_alloc((size_t)(most + 1) * sizeof *value);
        int n = gather(d, c, hits, most);

        hits[n++] = (struct hit){d->student_row[c->student], 1};
        for (int t = 0; t < N_STUDENT_TIERS; t++)
                if (d->tier_row[t] && c->cost[t])
                        hits[n++] = (struct hit){d->tier_row[t], c->cost[t]};
        for (int i = 0; i < n; i++) {
                index[i + 1] = hits[i].row;
                value[i + 1] = hits[i].value;
        }
        const int j = glp_add_cols(d->lp, 1);
        glp_set_col_bnds(d->lp, j, GLP_LO, 0, 0);
        glp_set_mat_col(d->lp, j, n, index, value);
        mem_free(hits);
        mem_free(index);
        mem_free(value);
}

static bool is_there(const struct desk *d, const struct load_column *c)
{
        for (int j = d->last[c->student]; j; j = d->columns[j].next)
                if (d->columns[j].n == c->n &&
                        !memcmp(d->columns[j].seats, c->seats, (size_t)c->n * sizeof *c->seats))
                        return true;
        return false;
}

bool desk_add(struct desk *d, const struct load_column *c)
{
        if (is_there(d, c))
                return false;
        d->n_columns++;
        if (d->n_columns + 1 > d->cap_columns) {
                d->cap_columns = d->cap_columns ? 2 * d->cap_columns : 1024;
                d->columns = mem_resize(d->columns, (size_t)d->cap_columns + 1, sizeof *d->columns);
        }
        struct load_column *own = &d->columns[d->n_columns];
        *own = *c;
        own->next = d->last[c->student];
        d->last[c->student] = d->n_columns;
        own->seats = arena_array(d->arena, (size_t)c->n + 1, sizeof *own->seats);
        if (c->n)
                memcpy(own->seats, c->seats, (size_t)c->n * sizeof *own->seats);
        if (d->lp)
                put_into_program(d, d->n_columns);
        return true;
}

/* The incumbent's columns are a feasible basis. */
static void start_basis(struct desk *d)
{
        glp_std_basis(d->lp);
        for (int k = 0; k < d->pb->n_students; k++) {
                if (!d->movable[k])
                        continue;
                glp_set_row_stat(d->lp, d->student_row[k], GLP_NS);
                glp_set_col_stat(d->lp, d->chosen[k], GLP_BS);
        }
}

void desk_program(struct desk *d)
{
        d->lp = glp_create_prob();
        glp_set_obj_dir(d->lp, GLP_MIN);
        glp_add_rows(d->lp, d->n_rows);
        for (int i = 1; i <= d->n_rows; i++)
                glp_set_row_bnds(d->lp, i, row_type(d->low[i], d->high[i]), d->low[i], d->high[i]);
        for (int j = 1; j <= d->n_columns; j++)
                put_into_program(d, j);
        start_basis(d);
}

void desk_objective(struct desk *d, int n)
{
        for (int j = 1; j <= d->n_columns; j++) {
                bool barred = false;

                for (int t = 0; t < N_STUDENT_TIERS; t++)
                        barred |= d->zero[t] && d->columns[j].cost[t];
                glp_set_obj_coef(d->lp, j, d->columns[j].cost[n]);
                if (barred)
                        glp_set_col_bnds(d->lp, j, GLP_FX, 0, 0);
        }
}

void desk_cap(struct desk *d, int n, int64_t value)
{
        int *index = mem_alloc((size_t)(d->n_columns + 1) * sizeof *index);
        double *cost = mem_alloc((size_t)(d->n_columns + 1) * sizeof *cost);
        int m = 0;

        for (int j = 1; j <= d->n_columns; j++)
                if (d->columns[j].cost[n]) {
                        index[++m] = j;
                        cost[m] = d->columns[j].cost[n];
                }
        d->tier_row[n] = glp_add_rows(d->lp, 1);
        glp_set_row_bnds(d->lp, d->tier_row[n], GLP_UP, 0, (double)value);
        glp_set_mat_row(d->lp, d->tier_row[n], m, index, cost);
        mem_free(index);
        mem_free(cost);
}

bool desk_relax(struct desk *d, int n, double *value)
{
        const struct mip_result found = mip_regrow(d->lp, d->meter);

        if (found.status != MIP_OPTIMAL)
                return false;
        *value = found.bound;
        for (int i = 1; i <= d->n_rows; i++)
                d->dual[i] = glp_get_row_dual(d->lp, i);
        for (int t = 0; t < N_STUDENT_TIERS; t++) {
                const double dual = d->tier_row[t] ? -glp_get_row_dual(d->lp, d->tier_row[t]) : 0;

                d->weight[t] = dual > 0 ? dual : 0;
        }
        d->weight[n] = 1;
        return true;
}

/*
 * The program again with only the columns that a better choice could hold, by reduced cost, and the
 * objective below the incumbent's.
 */
static glp_prob *shortened(struct desk *d, int n, int64_t below, double least)
{
        glp_prob *lp = glp_create_prob();
        int *drop = mem_alloc((size_t)(d->n_columns + 1) * sizeof *drop), m = 0;
        int *index = mem_alloc((size_t)(d->n_columns + 1) * sizeof *index), count = 0;
        double *cost = mem_alloc((size_t)(d->n_columns + 1) * sizeof *cost);

        glp_copy_prob(lp, d->lp, GLP_OFF);
        for (int j = 1; j <= d->n_columns; j++) {
                glp_set_col_kind(lp, j, GLP_BV);
                if (glp_get_col_type(d->lp, j) == GLP_FX ||
                        least + glp_get_col_dual(d->lp, j) > (double)below - 1 + FUZZ)
                        drop[++m] = j;
                if (d->columns[j].cost[n]) {
                        index[++count] = j;
                        cost[count] = d->columns[j].cost[n];
                }
        }
        const int row = glp_add_rows(lp, 1);
        glp_set_row_bnds(lp, row, GLP_UP, 0, (double)below - 1);
        glp_set_mat_row(lp, row, count, index, cost);
        for (int i = 1; i <= m; i++)
                glp_set_col_bnds(lp, drop[i], GLP_FX, 0, 0);
        mem_free(drop);
        mem_free(index);
        mem_free(cost);
        return lp;
}

enum chosen desk_choose(struct desk *d, int n, int64_t below, double least)
{
        glp_prob *lp = shortened(d, n, below, least);
        const struct mip_result found = mip_pick(lp, d->meter, PICK_ITERATIONS);
        const bool some = found.status == MIP_OPTIMAL || found.status == MIP_FEASIBLE;

        for (int j = 1; some && j <= d->n_columns; j++)
                if (glp_mip_col_val(lp, j) > 0.5)
                        d->chosen[d->columns[j].student] = j;
        glp_delete_prob(lp);
        if (found.status == MIP_INFEASIBLE)
                return CHOSEN_NONE_BETTER;
        if (found.status == MIP_OPTIMAL)
                return CHOSEN_BEST;
        return some ? CHOSEN_BETTER : CHOSEN_NOTHING;
}
