/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/formulation.h"
#include "solver/reduce.h"
#include <stdarg.h>
#include <stdio.h>

const struct family families[] = {
        {"C1", "start_once", start_once},
        {"C2", "stack_together", stack_together},
        {"C3", "teacher_each", teacher_each},
        {"C4", "room_each", room_each},
        {"C5", "co_teacher_each", co_teacher_each},
        {"C6", "teacher_once", teacher_once},
        {"C7", "room_once", room_once},
        {"C8", "load", load},
        {"C9", "preps", preps},
        {"C10", "consecutive", consecutive},
        {"C11", "contacts", contacts},
        {"C12", "seat_start", seat_start},
        {"C13", "seat_once", seat_once},
        {"C14", "student_once", student_once},
        {"C15", "seats", seats},
        {"C16", "size_min", size_min},
        {"C17", "reserve", reserve},
        {"C18", "purity", purity},
        {"C19", "strands", strands},
        {"C20", "alternates", alternates},
        {"C21", "separate", separate},
        {"C22", "same_period", same_period},
        {"C23", "adjacent", adjacent},
        {"C24", "same_teacher", same_teacher},
        {"C25", "same_students", same_students},
        {"C26", "before", before},
        {"C27", "needs", needs},
        {"C28", "limit", limit},
        {"C29", "apart", apart},
        {"C30", "avoid", avoid},
        {"C31", "free_periods", free_periods},
        {"C32", "order", order},
        {"C33", "period_order", period_order},
        {"C34", "term_order", term_order},
};
const int n_families = (int)(sizeof families / sizeof *families);

/* Room for columns up to n in what is kept by column. */
static void reserve_columns(struct formulation *f, int n)
{
        const int old = f->n_kinds, room = old * 2 > n ? old * 2 : n + 256;
        struct sum *const sums[] = {&f->row, &f->aim};

        if (n < old)
                return;
        f->kind = mem_resize(f->kind, (size_t)room, sizeof *f->kind);
        f->row_columns = mem_resize(f->row_columns, (size_t)room, sizeof(int));
        f->row_values = mem_resize(f->row_values, (size_t)room, sizeof(double));
        for (int k = 0; k < 2; k++) {
                sums[k]->column = mem_resize(sums[k]->column, (size_t)room, sizeof(int));
                sums[k]->value = mem_resize(sums[k]->value, (size_t)room, sizeof(double));
                sums[k]->in = mem_resize(sums[k]->in, (size_t)room, sizeof(bool));
                for (int c = old; c < room; c++)
                        sums[k]->in[c] = false;
        }
        f->n_kinds = room;
}

int column_new(
        struct formulation *f, enum column_kind kind, double low, double high, const char *fmt, ...)
{
        const int c = glp_add_cols(f->lp, 1);

        reserve_columns(f, c + 1);
        f->kind[c] = (char)kind;
        if (low < high)
                glp_set_col_bnds(f->lp, c, high >= 1e9 ? GLP_LO : GLP_DB, low, high);
        else
                glp_set_col_bnds(f->lp, c, GLP_FX, low, low);
        if (kind != COL_OTHER)
                glp_set_col_kind(f->lp, c, GLP_IV);
        if (f->named) {
                char name[200];
                va_list ap;

                va_start(ap, fmt);
                vsnprintf(name, sizeof name, fmt, ap);
                va_end(ap);
                glp_set_col_name(f->lp, c, name);
        }
        return c;
}

static void sum_add(struct sum *sum, int column, double coefficient)
{
        if (!column)
                return;
        if (!sum->in[column]) {
                sum->in[column] = true;
                sum->value[column] = 0;
                sum->column[++sum->n] = column;
        }
        sum->value[column] += coefficient;
}

/* Take what was collected, without zeros, as GLPK's index and value arrays from 1. */
static int sum_take(struct sum *sum, int *column, double *value)
{
        int n = 0;

        for (int k = 1; k <= sum->n; k++) {
                const int c = sum->column[k];

                sum->in[c] = false;
                if (sum->value[c] > 0 || sum->value[c] < 0) {
                        column[++n] = c;
                        value[n] = sum->value[c];
                }
        }
        sum->n = 0;
        return n;
}

/* Can the row be broken at all, with every column within its bounds? Most rows cannot be. */
static bool idle(const struct formulation *f, int n, const int *column, const double *value,
        int type, double bound)
{
        double low = 0, high = 0;

        if (type == GLP_FX)
                return n == 0 && !(bound > 0 || bound < 0);
        for (int k = 1; k <= n; k++) {
                const double from = glp_get_col_lb(f->lp, column[k]);
                const double to = glp_get_col_ub(f->lp, column[k]);

                low += value[k] * (value[k] > 0 ? from : to);
                high += value[k] * (value[k] > 0 ? to : from);
        }
        return type == GLP_UP ? high <= bound : low >= bound;
}

static void row_close(struct formulation *f, int type, double bound, const char *fmt, va_list ap)
{
        const int n = sum_take(&f->row, f->row_columns, f->row_values);
        int row;

        if (idle(f, n, f->row_columns, f->row_values, type, bound))
                return;
        row = glp_add_rows(f->lp, 1);
        glp_set_row_bnds(f->lp, row, type, bound, bound);
        glp_set_mat_row(f->lp, row, n, f->row_columns, f->row_values);
        if (f->named) {
                char name[200];

                vsnprintf(name, sizeof name, fmt, ap);
                glp_set_row_name(f->lp, row, name);
        }
}

void row_at_most(struct formulation *f, double bound, const char *fmt, ...)
{
        va_list ap;

        va_start(ap, fmt);
        row_close(f, GLP_UP, bound, fmt, ap);
        va_end(ap);
}

void row_at_least(struct formulation *f, double bound, const char *fmt, ...)
{
        va_list ap;

        va_start(ap, fmt);
        row_close(f, GLP_LO, bound, fmt, ap);
        va_end(ap);
}

void row_equal(struct formulation *f, double bound, const char *fmt, ...)
{
        va_list ap;

        va_start(ap, fmt);
        row_close(f, GLP_FX, bound, fmt, ap);
        va_end(ap);
}

void row_drop(struct formulation *f)
{
        sum_take(&f->row, f->row_columns, f->row_values);
}

void row_add(struct formulation *f, int column, double coefficient)
{
        sum_add(&f->row, column, coefficient);
}

void aim_add(struct formulation *f, int column, double coefficient)
{
        sum_add(&f->aim, column, coefficient);
}

static void add_y(const struct formulation *f, struct sum *sum, int s, double coefficient)
{
        const struct part *part = &f->parts[s];

        for (int j = 0; part->group >= 0 && j < part->n_slots; j++)
                sum_add(sum, part->x[j], coefficient);
}

static void add_u(const struct formulation *f, struct sum *sum, int i, int s, double coefficient)
{
        const struct part *part = &f->parts[s];
        const int at = f->rank_in_course[i];

        for (int j = 0; at >= 0 && part->group >= 0 && j < part->n_slots; j++)
                sum_add(sum, part->v[at * part->n_slots + j], coefficient);
}

static void add_m(const struct formulation *f, struct sum *sum, int i, double coefficient)
{
        const struct course *c = &f->pb->courses[f->pb->requests[i].course];

        for (int k = 0; k < c->sections_max; k++)
                add_u(f, sum, i, c->first_section + k, coefficient);
}

void row_add_y(struct formulation *f, int s, double coefficient)
{
        add_y(f, &f->row, s, coefficient);
}

void row_add_u(struct formulation *f, int i, int s, double coefficient)
{
        add_u(f, &f->row, i, s, coefficient);
}

void row_add_m(struct formulation *f, int i, double coefficient)
{
        add_m(f, &f->row, i, coefficient);
}

void aim_add_y(struct formulation *f, int s, double coefficient)
{
        add_y(f, &f->aim, s, coefficient);
}

void aim_add_m(struct formulation *f, int i, double coefficient)
{
        add_m(f, &f->aim, i, coefficient);
}

int crew_find(const struct group *gr, int t)
{
        for (int n = 0; n < gr->n_crew; n++)
                if (gr->crew[n] == t)
                        return n;
        return NONE;
}

int z_of(const struct formulation *f, int g, int t, int j)
{
        const struct group *gr = &f->groups[g];
        const int n = crew_find(gr, t);

        return n < 0 ? 0 : gr->z[n * gr->n_slots + j];
}

int o_of(const struct formulation *f, int s, int t, int j)
{
        const struct part *part = &f->parts[s];

        for (int n = 0; n < part->n_co; n++)
                if (part->co[n] == t)
                        return part->o[n * part->n_slots + j];
        return 0;
}

int q_of(const struct formulation *f, int s, int cohort)
{
        const struct part *part = &f->parts[s];

        for (int n = 0; n < part->n_cohorts; n++)
                if (part->cohorts[n] == cohort)
                        return part->q[n];
        return 0;
}

int v_of(const struct formulation *f, int i, int s, int j)
{
        const int at = f->rank_in_course[i];

        return at < 0 || f->parts[s].group < 0 ? 0 : f->parts[s].v[at * f->parts[s].n_slots + j];
}

/* Teaching or co-teaching by t in the cell. */
void row_add_busy(struct formulation *f, int t, int cell, double coefficient)
{
        for (int g = 0; g < f->n_groups; g++) {
                const struct group *gr = &f->groups[g];
                const int n = crew_find(gr, t);

                for (int j = 0; n >= 0 && j < gr->n_slots; j++)
                        if (slot_takes(&gr->slots[j], cell)) {
                                row_add(f, gr->z[n * gr->n_slots + j], coefficient);
                                row_add(f, gr->O[n * gr->n_slots + j], coefficient);
                        }
        }
}

struct formulation *formulation_new(const struct problem *pb, struct scope scope, bool named)
{
        struct arena *a = arena_new();
        struct formulation *f = arena_alloc(a, sizeof *f);

        f->pb = pb;
        f->scope = scope;
        f->arena = a;
        f->named = named;
        f->family_rows = arena_array(a, (size_t)n_families, sizeof(int));
        reserve_columns(f, 1);
        return f;
}

void formulation_build(struct formulation *f)
{
        f->lp = glp_create_prob();
        glp_set_obj_dir(f->lp, GLP_MIN);
        reduce(f);
        columns_build(f);
        for (int k = 0; k < n_families; k++) {
                const int before_it = glp_get_num_rows(f->lp);

                families[k].build(f);
                f->family_rows[k] = glp_get_num_rows(f->lp) - before_it;
        }
}

void formulation_close(struct formulation *f)
{
        glp_delete_prob(f->lp);
        f->lp = NULL;
}

void formulation_free(struct formulation *f)
{
        if (!f)
                return;
        mem_free(f->row_columns);
        mem_free(f->row_values);
        mem_free(f->kind);
        mem_free(f->row.column);
        mem_free(f->row.value);
        mem_free(f->row.in);
        mem_free(f->aim.column);
        mem_free(f->aim.value);
        mem_free(f->aim.in);
        arena_free(f->arena);
}

static int64_t divisor(int64_t a, int64_t b)
{
        while (b) {
                const int64_t rest = a % b;

                a = b;
                b = rest;
        }
        return a < 0 ? -a : a;
}

const struct goal *formulation_goal(struct formulation *f, enum tier t)
{
        struct goal *goal = &f->goals[t];

        if (goal->built)
                return goal;
        f->aim_constant = 0;
        f->aim_step = 0;
        goal_families[t].build(f);
        goal->column = arena_array(f->arena, (size_t)f->aim.n + 1, sizeof(int));
        goal->value = arena_array(f->arena, (size_t)f->aim.n + 1, sizeof(double));
        goal->n = sum_take(&f->aim, goal->column, goal->value);
        goal->constant = f->aim_constant;
        goal->step = f->aim_step > 1 ? f->aim_step : 1;
        goal->built = true;
        return goal;
}

/* Everything that a tier adds up is a multiple of the common divisor of these. */
void aim_step(struct formulation *f, int64_t amount)
{
        f->aim_step = divisor(f->aim_step, amount);
}

void formulation_aim(struct formulation *f, enum tier t)
{
        const struct goal *goal = formulation_goal(f, t);

        for (int c = 0; c <= glp_get_num_cols(f->lp); c++)
                glp_set_obj_coef(f->lp, c, 0);
        for (int k = 1; k <= goal->n; k++)
                glp_set_obj_coef(f->lp, goal->column[k], goal->value[k]);
        glp_set_obj_coef(f->lp, 0, (double)goal->constant);
}

void formulation_recap(struct formulation *f, enum tier t, int row, int64_t value)
{
        const double bound = (double)(value - formulation_goal(f, t)->constant);

        glp_set_row_bnds(f->lp, row, GLP_UP, bound, bound);
}

int formulation_cap(struct formulation *f, enum tier t, int64_t value)
{
        const struct goal *goal = formulation_goal(f, t);
        const int row = glp_add_rows(f->lp, 1);

        formulation_recap(f, t, row, value);
        glp_set_mat_row(f->lp, row, goal->n, goal->column, goal->value);
        if (f->named) {
                char name[64];

                snprintf(name, sizeof name, "cap[%s]", tier_name(t));
                glp_set_row_name(f->lp, row, name);
        }
        return row;
}
