/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/bound_slots.h"
#include "solver/bound_slots_parts.h"
#include "solver/glpk_guard.h"
#include "solver/mip_columns.h"
#include <math.h>
#include <string.h>

enum {
        ROUNDS = 1000,
        QUICK_NODES = 4000,  /* of one pricing while columns are still found */
        SLOW_NODES = 400000, /* where that says too little */
        PRESS = 3            /* how many times more a condition that holds weighs */
};

static const double FUZZ = 1e-6,
                    NEAR = 0.01; /* of a unit of the tier: near enough to the optimum */

/* Two periods are of one class if the same choices can be made there by the same people. */

static cellset term_bits(const struct problem *pb, cellset cells, int period)
{
        cellset out = 0;

        for (int t = 0; t < pb->n_terms; t++)
                out |= (cells >> (t * pb->n_periods + period) & 1) << t;
        return out;
}

static bool periods_alike(const struct slots *s, int p, int q)
{
        const struct problem *pb = s->pb;

        for (int i = 0; i < s->n_items; i++) {
                const int section = pb->courses[s->items[i].course].first_section;
                const cellset starts = s->v->reduced->parts[section].starts;

                if (term_bits(pb, starts, p) != term_bits(pb, starts, q))
                        return false;
        }
        for (int t = 0; t < pb->n_teachers; t++)
                if (term_bits(pb, pb->teachers[t].available, p) !=
                        term_bits(pb, pb->teachers[t].available, q))
                        return false;
        for (int r = 0; r < pb->n_rooms; r++)
                if (term_bits(pb, pb->rooms[r].available, p) !=
                        term_bits(pb, pb->rooms[r].available, q))
                        return false;
        return true;
}

static void list_choices(struct slots *s, struct slot_class *x)
{
        const struct problem *pb = s->pb;

        x->choices =
                arena_array(s->arena, (size_t)(s->n_items * pb->n_terms) + 1, sizeof *x->choices);
        for (int i = 0; i < s->n_items; i++) {
                const struct course *c = &pb->courses[s->items[i].course];
                const cellset starts = s->v->reduced->parts[c->first_section].starts;

                for (int t = 0; t < pb->n_terms; t++)
                        if (starts >> (t * pb->n_periods + x->period) & 1)
                                x->choices[x->n_choices++] = (struct choice){i, t, c->terms};
        }
}

static void find_classes(struct slots *s)
{
        s->classes = arena_array(s->arena, (size_t)s->pb->n_periods + 1, sizeof *s->classes);
        for (int p = 0; p < s->pb->n_periods; p++) {
                int k = 0;

                while (k < s->n_classes && !periods_alike(s, s->classes[k].period, p))
                        k++;
                if (k == s->n_classes) {
                        s->classes[s->n_classes++].period = p;
                        list_choices(s, &s->classes[k]);
                }
                s->classes[k].n++;
        }
}

static int sole_teacher(const struct course *c)
{
        return c->staffed && c->stack == NONE && c->able_teachers.n == 1 ? c->able_teachers.v[0]
                                                                         : NONE;
}

/* Courses of one section that anybody wants, with the weights given. */
static void find_items(struct slots *s, const int64_t *weight)
{
        const struct problem *pb = s->pb;

        s->items = arena_array(s->arena, (size_t)pb->n_courses + 1, sizeof *s->items);
        for (int c = 0; c < pb->n_courses; c++) {
                const struct course *co = &pb->courses[c];
                struct item *it = &s->items[s->n_items];

                if (co->sections_max != 1 || co->terms > 6 || !co->n_requests)
                        continue;
                *it = (struct item){.course = c, .sole = sole_teacher(co)};
                it->wishes = arena_array(s->arena, (size_t)co->n_requests, sizeof *it->wishes);
                for (int i = 0; i < pb->n_requests; i++) {
                        const struct request *q = &pb->requests[i];

                        if (q->course != c || weight[i] <= 0)
                                continue;
                        it->wishes[it->n++] =
                                (struct slot_wish){q->student, (int)(weight[i] * UNIT / co->terms)};
                        it->whole += it->wishes[it->n - 1].weight * (int64_t)co->terms;
                }
                s->n_items += it->n > 0;
        }
}

void slots_keep(struct slots *s, const int *path, int n, int64_t loss)
{
        MEM_GROW(s->picks, s->n_picks, s->cap_picks);
        struct pick *p = &s->picks[s->n_picks++];

        *p = (struct pick){s->class, n, NULL, loss};
        p->choices = arena_array(s->arena, (size_t)n + 1, sizeof *p->choices);
        if (n)
                memcpy(p->choices, path, (size_t)n * sizeof *path);
}

/* The program: rows are items (each placed or given up), then classes. */
struct slots_run {
        struct slots *s;
        double least, *center; /* best bound and its prices */
};

static glp_prob *program(const struct slots *s)
{
        glp_prob *lp = glp_create_prob();

        glp_set_obj_dir(lp, GLP_MIN);
        glp_add_rows(lp, s->n_items + s->n_classes);
        glp_add_cols(lp, s->n_items);
        for (int i = 1; i <= s->n_items; i++) {
                const int index[2] = {0, i};
                const double one[2] = {0, 1};

                glp_set_row_bnds(lp, i, GLP_FX, 1, 1);
                glp_set_col_bnds(lp, i, GLP_LO, 0, 0);
                glp_set_obj_coef(lp, i, (double)s->items[i - 1].whole);
                glp_set_mat_col(lp, i, 1, index, one);
        }
        for (int k = 0; k < s->n_classes; k++)
                glp_set_row_bnds(lp, s->n_items + k + 1, GLP_UP, 0, s->classes[k].n);
        return lp;
}

static void add_pick(const struct slots *s, glp_prob *lp, const struct pick *p)
{
        int *index = mem_alloc((size_t)(p->n + 2) * sizeof *index);
        double *one = mem_alloc((size_t)(p->n + 2) * sizeof *one);
        const int j = glp_add_cols(lp, 1);

        for (int i = 0; i < p->n; i++)
                index[i + 1] = s->classes[p->class].choices[p->choices[i]].item + 1;
        index[p->n + 1] = s->n_items + p->class + 1;
        for (int i = 1; i <= p->n + 1; i++)
                one[i] = 1;
        glp_set_col_bnds(lp, j, GLP_LO, 0, 0);
        glp_set_obj_coef(lp, j, (double)p->loss);
        glp_set_mat_col(lp, j, p->n + 1, index, one);
        mem_free(index);
        mem_free(one);
}

/* Price every class; the bound that these prices prove: sum(price) - sum(n most earned). */
static double price_all(struct slots *s, int64_t nodes)
{
        double bound = 0;

        for (int i = 0; i < s->n_items; i++)
                bound += s->price[i];
        for (int k = 0; k < s->n_classes; k++)
                bound -= s->classes[k].n * slots_price(s, k, nodes);
        return bound;
}

/* Would the relaxation use it? Its duals are those of the last solution. */
static bool improves(const struct slots *s, glp_prob *lp, const struct pick *p)
{
        double reduced = (double)p->loss - glp_get_row_dual(lp, s->n_items + p->class + 1);

        for (int i = 0; i < p->n; i++)
                reduced -=
                        glp_get_row_dual(lp, s->classes[p->class].choices[p->choices[i]].item + 1);
        return reduced < -FUZZ;
}

/* Add those of the picks from `before` on that help, and forget the others. */
static void add_picks(struct slots *s, glp_prob *lp, int before)
{
        int n = before;

        for (int i = before; i < s->n_picks; i++)
                if (improves(s, lp, &s->picks[i]))
                        s->picks[n++] = s->picks[i];
        s->n_picks = n;
        for (int i = before; i < n; i++)
                add_pick(s, lp, &s->picks[i]);
}

/* One relaxation, then prices between its own and the best so far (keep of those). */
enum round { ROUND_DONE, ROUND_STUCK, ROUND_MOVED };

static enum round round_of(struct slots_run *x, glp_prob *lp, double keep, int64_t nodes)
{
        struct slots *s = x->s;
        const struct mip_result found = mip_regrow(lp, s->meter);
        const int before = s->n_picks;

        if (found.status != MIP_OPTIMAL)
                return ROUND_DONE;
        for (int i = 0; i < s->n_items; i++) {
                double dual = glp_get_row_dual(lp, i + 1);

                dual = keep * x->center[i] + (1 - keep) * dual;
                s->price[i] = dual < (double)s->items[i].whole ? dual : (double)s->items[i].whole;
        }
        const double bound = price_all(s, nodes);
        add_picks(s, lp, before);
        if (bound > x->least) {
                x->least = bound;
                memcpy(x->center, s->price, (size_t)s->n_items * sizeof *s->price);
        }
        if (x->least >= found.bound - NEAR * UNIT)
                return ROUND_DONE;
        return s->n_picks > before ? ROUND_MOVED : ROUND_STUCK;
}

/* Prices near the best ones first; where they bring nothing new, the relaxation's own, and then a
 * longer search. */
static void run(void *context)
{
        struct slots_run *x = context;
        struct slots *s = x->s;
        glp_prob *lp = program(s);
        int64_t nodes = QUICK_NODES;
        double keep = 0;

        for (int n = 0; n < ROUNDS && !meter_over(s->meter); n++) {
                const double before = x->least;
                const enum round end = round_of(x, lp, keep, nodes);

                if (end == ROUND_DONE || (end == ROUND_STUCK && keep <= 0 && nodes > SLOW_NODES))
                        break;
                if (end == ROUND_STUCK && keep <= 0)
                        nodes *= 10;
                keep = end == ROUND_STUCK || x->least <= 0 ? 0 : x->least > before ? 0.8 : 0.5;
        }
        glp_delete_prob(lp);
}

static void set_up(struct slots *s)
{
        const struct problem *pb = s->pb;
        const int most = pb->n_teachers > pb->n_rooms ? pb->n_teachers : pb->n_rooms;

        find_classes(s);
        s->price = arena_array(s->arena, (size_t)s->n_items + 1, sizeof *s->price);
        s->by_item = arena_array(s->arena, (size_t)s->n_items + 1, sizeof *s->by_item);
        s->by_teacher = arena_array(
                s->arena, (size_t)(pb->n_teachers * pb->n_terms) + 1, sizeof *s->by_teacher);
        s->held =
                arena_array(s->arena, (size_t)(pb->n_students * pb->n_terms) + 1, sizeof *s->held);
        s->taught = arena_array(
                s->arena, (size_t)(pb->n_teachers * pb->n_terms) + 1, sizeof *s->taught);
        s->roomed =
                arena_array(s->arena, (size_t)(pb->n_rooms * pb->n_terms) + 1, sizeof *s->roomed);
        s->tried = arena_array(s->arena, (size_t)most + 1, sizeof *s->tried);
        s->path = arena_array(s->arena, (size_t)s->n_items + 1, sizeof *s->path);
}

/* Least sum of weights unmet, in units; 0 where nothing was proven. */
static double least_unmet(const struct bound_view *v, struct meter *m, const int64_t *weight)
{
        struct slots s = {.v = v, .pb = v->pb, .meter = m, .arena = arena_new()};
        struct slots_run x = {.s = &s};
        struct report *rp = report_new();

        find_items(&s, weight);
        set_up(&s);
        x.center = arena_array(s.arena, (size_t)s.n_items + 1, sizeof *x.center);
        if (s.n_items > 1)
                glpk_guard(run, &x, rp); /* what is proven stands, even if GLPK gives up */
        mem_free(s.picks);
        arena_free(s.arena);
        report_free(rp);
        return x.least;
}

/* A bound in the making: scale times the tier is at least base + the sum of weights unmet. */
struct lines {
        int64_t *weight, base;
        int scale;
};

/* Are all open wishes of the student for courses of one section, and his primary ones enough to
 * fill every cell? Then what an alternate takes is taken from something else. */
static bool is_full(const struct bound_view *v, int k)
{
        const struct problem *pb = v->pb;
        const struct student *who = &pb->students[k];
        int cells = 0;

        for (int i = who->first_request; i < who->first_request + who->n_requests; i++) {
                const struct request *q = &pb->requests[i];
                const struct course *c = &pb->courses[q->course];

                if (v->starts[i] && c->sections_max != 1)
                        return false;
                if (q->kind == ALTERNATE)
                        continue;
                if (!v->starts[i])
                        return false;
                cells += c->periods * c->terms;
        }
        return cells >= pb->n_cells;
}

/* Twice request_loss: by H8, 3 (alternates used - primary unmet) <= 0 may be added. */
static void loss_with_alternates(const struct bound_view *v, int k, struct lines *x)
{
        const struct student *who = &v->pb->students[k];

        for (int i = who->first_request; i < who->first_request + who->n_requests; i++) {
                const struct request *q = &v->pb->requests[i];
                const int gain = q->rank < 3 ? 4 - q->rank : 1;

                x->weight[i] = q->kind != ALTERNATE ? 5 : 2 * gain > 3 ? 2 * gain - 3 : 0;
                if (!v->starts[i])
                        x->weight[i] = 0;
                if (q->kind == ALTERNATE)
                        x->base -= x->weight[i];
        }
}

/* Every class fills cells, alternates as well as others. */
static void empty_with_alternates(const struct bound_view *v, int k, struct lines *x)
{
        const struct problem *pb = v->pb;
        const struct student *who = &pb->students[k];
        bool some = false;

        for (int i = who->first_request; i < who->first_request + who->n_requests; i++)
                some |= v->starts[i] && pb->requests[i].kind == ALTERNATE;
        if (!some || who->full_day < pb->n_periods)
                return; /* else the form has him already, or he needs less */
        x->base += pb->n_cells;
        for (int i = who->first_request; i < who->first_request + who->n_requests; i++) {
                const struct course *c = &pb->courses[pb->requests[i].course];

                x->weight[i] = v->starts[i] ? (int64_t)c->periods * c->terms : 0;
                x->base -= x->weight[i];
        }
}

static struct lines lines_of(const struct bound_view *v, enum tier t, bool alternates)
{
        const struct problem *pb = v->pb;
        const struct linear_form *form = &v->form[t];
        struct lines x = {mem_zero((size_t)pb->n_requests + 1, sizeof *x.weight), form->base, 1};

        if (alternates && t == REQUEST_LOSS)
                x.scale = 2;
        x.base *= x.scale;
        for (int i = 0; i < pb->n_requests; i++)
                x.weight[i] = form->weight[i] * x.scale;
        for (int k = 0; alternates && k < pb->n_students; k++) {
                if (!is_full(v, k))
                        continue;
                if (t == REQUEST_LOSS)
                        loss_with_alternates(v, k, &x);
                else if (t == EMPTY_PERIODS)
                        empty_with_alternates(v, k, &x);
        }
        return x;
}

static void bound_tier(const struct bound_view *v, struct meter *m, const struct score *score,
        enum tier t, bool alternates, struct bound *b)
{
        const struct problem *pb = v->pb;
        struct lines x = lines_of(v, t, alternates);
        int64_t most = 1;

        for (int i = 0; i < pb->n_requests; i++)
                most = x.weight[i] > most ? x.weight[i] : most;
        for (int i = 0; i < pb->n_requests && score && !score->tier[CTE_UNMET]; i++)
                if (pb->requests[i].cte && pb->requests[i].kind != ALTERNATE && v->starts[i])
                        x.weight[i] += PRESS * most; /* adds nothing where all are met */
        const double units = least_unmet(v, m, x.weight);
        if (units > 0)
                bound_raise(b, t, (int64_t)ceil(((double)x.base + units / UNIT) / x.scale - FUZZ));
        mem_free(x.weight);
}

struct slots_job {
        enum tier tier;
        bool alternates;
};

/* The quick ones first; the last one has all the time that is left. */
static const struct slots_job jobs[] = {{REQUIREMENT_SHORTFALL, false}, {REQUIRED_UNMET, false},
        {EMPTY_PERIODS, true}, {REQUEST_LOSS, false}, {REQUEST_LOSS, true}};
enum { N_JOBS = sizeof jobs / sizeof *jobs };

static bool is_worth(
        const struct slots_job *j, bool some_full, const struct score *score, const struct bound *b)
{
        if (j->alternates && !some_full)
                return false;
        return !score || score->tier[j->tier] > b->tier[j->tier];
}

void bound_by_slots(
        const struct bound_view *v, struct meter *m, const struct score *score, struct bound *b)
{
        bool some = false;

        for (int k = 0; k < v->pb->n_students; k++)
                some |= is_full(v, k);
        for (int n = 0; n < N_JOBS && !meter_over(m); n++) {
                int left = 0;

                for (int o = n; o < N_JOBS; o++)
                        left += is_worth(&jobs[o], some, score, b);
                if (!is_worth(&jobs[n], some, score, b))
                        continue;
                struct meter part = meter_part(m, 1.0 / left);
                bound_tier(v, &part, score, jobs[n].tier, jobs[n].alternates, b);
                meter_join(m, &part);
        }
}
