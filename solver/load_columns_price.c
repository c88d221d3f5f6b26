/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pricing: one student's cheapest seats at given weights of tiers and prices of seats, by
 * depth-first branch and bound over his requests.
 */
#include "solver/load_columns_parts.h"
#include <math.h>
#include <string.h>

enum { MOST_NODES = 30000 };

static const double FUZZ = 1e-7, WORTH = 1e-6; /* a column is worth adding from there on */

enum tier_place { /* of tiers in student_tiers */
        AT_CTE,
        AT_BREAKS,
        AT_SHORTFALL,
        AT_REQUIRED,
        AT_EMPTY,
        AT_LOSS,
        AT_UNEVEN,
        AT_MOVED
};

struct wanted {
        int request, first, n; /* its options */
        bool alternate, must;
        double unmet; /* what leaving it out costs, unevenness apart */
        double cheapest;
};

struct pricer {
        struct wanted *level; /* primary ones first, fewest options first */
        int n, n_primary, student, first;
        int *taken;                /* by level: option or -1 */
        struct seat_choice *seats; /* of the column that comes out */
        int *class_by_request;     /* from the student's first */
        int *best;
        double best_value; /* nothing is wanted from there on */
        bool all;          /* every column below it is added, not just the best sought */
        int nodes;
};

struct node {
        cellset busy, block;
        double value;
        int lost, used;
};

struct pricer *pricer_new(const struct problem *pb)
{
        struct pricer *p = mem_zero(1, sizeof *p);
        size_t most = 1;

        for (int k = 0; k < pb->n_students; k++)
                if ((size_t)pb->students[k].n_requests + 1 > most)
                        most = (size_t)pb->students[k].n_requests + 1;
        p->level = mem_zero(most, sizeof *p->level);
        p->taken = mem_zero(most, sizeof *p->taken);
        p->seats = mem_zero(most, sizeof *p->seats);
        p->class_by_request = mem_zero(most, sizeof *p->class_by_request);
        p->best = mem_zero(most, sizeof *p->best);
        return p;
}

void pricer_free(struct pricer *p)
{
        if (!p)
                return;
        mem_free(p->level);
        mem_free(p->taken);
        mem_free(p->seats);
        mem_free(p->class_by_request);
        mem_free(p->best);
        mem_free(p);
}

static int gain_of(const struct request *q)
{
        return q->rank < 3 ? 4 - q->rank : 1;
}

static int64_t shortfall_of(const struct desk *d, int k, const int *class_by_request)
{
        const struct frame *f = d->f;
        int64_t sum = 0;

        for (int i = f->need_first[k]; i < f->need_first[k + 1]; i++) {
                int64_t rest = f->needs[i].years;

                for (int j = 0; j < f->needs[i].n && rest > 0; j++) {
                        const int r = f->need_requests[f->needs[i].first + j];

                        if (class_by_request[r - d->pb->students[k].first_request] >= 0)
                                rest -= d->pb->courses[d->pb->requests[r].course].years;
                }
                sum += rest > 0 ? rest : 0;
        }
        return sum;
}

/* What the tiers count for the student in these classes, by request. */
static void count_cost(const struct desk *d, int k, const int *class_by_request, int *cost)
{
        const struct problem *pb = d->pb;
        const struct student *who = &pb->students[k];
        cellset busy = 0;
        int lost = 0;

        memset(cost, 0, N_STUDENT_TIERS * sizeof *cost);
        for (int n = 0; n < who->n_requests; n++) {
                const int r = who->first_request + n, class = class_by_request[n];
                const struct request *q = &pb->requests[r];

                if (class >= 0) {
                        const int s = d->classes[class].sections[0];

                        busy |= section_cells(d->st, s);
                        cost[AT_BREAKS] += breaks_cohort(d->st, r, s);
                        cost[AT_MOVED] += seat_moved(d->st, r, s);
                        cost[AT_LOSS] -= q->kind == ALTERNATE ? gain_of(q) : 0;
                } else if (q->kind != ALTERNATE) {
                        lost++;
                        cost[AT_CTE] += q->cte;
                        cost[AT_REQUIRED] += !q->cte && q->kind == REQUIRED;
                        cost[AT_LOSS] += 4;
                }
        }
        cost[AT_SHORTFALL] = (int)shortfall_of(d, k, class_by_request);
        cost[AT_EMPTY] = (int)empty_of(pb, k, busy);
        cost[AT_UNEVEN] = lost > 1 ? lost - 1 : 0;
}

static struct load_column column_of(struct desk *d, int k)
{
        struct pricer *p = d->pricer;
        struct load_column c = {.student = k, .seats = p->seats};
        const struct student *who = &d->pb->students[k];

        for (int n = 0; n < who->n_requests; n++)
                if (p->class_by_request[n] >= 0)
                        p->seats[c.n++] = (struct seat_choice){
                                who->first_request + n, p->class_by_request[n]};
        count_cost(d, k, p->class_by_request, c.cost);
        return c;
}

struct load_column desk_present(struct desk *d, int k)
{
        const struct student *who = &d->pb->students[k];

        for (int n = 0; n < who->n_requests; n++) {
                const int s = d->st->seat[who->first_request + n];

                d->pricer->class_by_request[n] = s < 0 ? NONE : d->class_of[s];
        }
        return column_of(d, k);
}

static void price_options(struct desk *d, struct wanted *l, int k)
{
        struct hit hits[MOST_HITS];

        l->cheapest = INFINITY;
        for (int n = 0; n < l->n; n++) {
                struct option *o = &d->options[l->first + n];
                const int n_hits = desk_hits(d, k, o->class, hits);

                o->price = o->breaks * d->weight[AT_BREAKS] + o->moved * d->weight[AT_MOVED];
                if ((o->breaks && d->zero[AT_BREAKS]) || (o->moved && d->zero[AT_MOVED]))
                        o->price = INFINITY;
                for (int i = 0; i < n_hits; i++)
                        o->price -= d->dual[hits[i].row] * hits[i].value;
                if (l->alternate)
                        o->price -= gain_of(&d->pb->requests[l->request]) * d->weight[AT_LOSS];
                l->cheapest = o->price < l->cheapest ? o->price : l->cheapest;
        }
}

static double unmet_price(const struct desk *d, const struct request *q)
{
        double price = 4 * d->weight[AT_LOSS];

        if (q->kind == ALTERNATE)
                return 0;
        if (d->zero[AT_LOSS])
                return INFINITY; /* an alternate never gives back all of it */
        if (q->cte)
                return d->zero[AT_CTE] ? INFINITY : price + d->weight[AT_CTE];
        if (q->kind != REQUIRED)
                return price;
        return d->zero[AT_REQUIRED] ? INFINITY : price + d->weight[AT_REQUIRED];
}

static bool harder(const struct wanted *a, const struct wanted *b)
{
        if (a->alternate != b->alternate)
                return b->alternate;
        return a->n < b->n;
}

static void make_levels(struct desk *d, int k)
{
        struct pricer *p = d->pricer;
        const struct student *who = &d->pb->students[k];

        p->student = k;
        p->first = who->first_request;
        p->n = p->n_primary = 0;
        for (int r = who->first_request; r < who->first_request + who->n_requests; r++) {
                const struct request *q = &d->pb->requests[r];
                struct wanted l = {.request = r,
                        .first = d->option_at[r],
                        .n = d->option_at[r + 1] - d->option_at[r],
                        .alternate = q->kind == ALTERNATE,
                        .must = d->f->locked_seat[r] >= 0,
                        .unmet = unmet_price(d, q)};
                int at = p->n++;

                p->n_primary += !l.alternate;
                price_options(d, &l, k);
                for (; at > 0 && harder(&l, &p->level[at - 1]); at--)
                        p->level[at] = p->level[at - 1];
                p->level[at] = l;
        }
        for (int n = 0; n < p->n; n++) {
                p->taken[n] = NONE;
                p->class_by_request[n] = NONE;
        }
}

static bool fits(const struct option *o, const struct node *x)
{
        return !(o->cells & x->block) && !(o->block & x->busy) && o->price < INFINITY;
}

/* No seats below the node cost less: each request by itself at its best. */
static double least_below(const struct desk *d, int depth, const struct node *x)
{
        const struct pricer *p = d->pricer;
        double sum = x->value;

        for (int n = depth; n < p->n; n++) {
                const struct wanted *l = &p->level[n];
                double best = l->must ? INFINITY : l->unmet;

                for (int i = 0; i < l->n && l->cheapest < best; i++) {
                        const struct option *o = &d->options[l->first + i];

                        if (o->price < best && fits(o, x))
                                best = o->price;
                }
                sum += best;
        }
        return sum;
}

static bool pairs_hold(const struct desk *d, int request, int class)
{
        const struct pricer *p = d->pricer;
        const int s = d->classes[class].sections[0];

        for (int i = d->f->pair_first[p->student]; i < d->f->pair_first[p->student + 1]; i++) {
                const struct seat_pair *x = &d->f->pairs[i];
                const int other = x->first == request ? x->second : x->first;

                if (x->first != request && x->second != request)
                        continue;
                const int class2 = p->class_by_request[other - p->first];
                const int s2 = class2 < 0 ? NONE : d->classes[class2].sections[0];
                if (!seat_pair_holds(
                            d->st, x, x->first == request ? s : s2, x->first == request ? s2 : s))
                        return false;
        }
        return true;
}

static bool may_stand(const struct desk *d, int depth, const struct node *x)
{
        const struct pricer *p = d->pricer;
        const int whom = d->pb->requests[p->level[depth].request].stands_for;

        if (x->used >= x->lost)
                return false;
        if (whom < 0)
                return true;
        if (p->class_by_request[whom - p->first] >= 0)
                return false;
        for (int n = p->n_primary; n < depth; n++)
                if (p->taken[n] >= 0 && d->pb->requests[p->level[n].request].stands_for == whom)
                        return false;
        return true;
}

static void leaf(struct desk *d, const struct node *x)
{
        struct pricer *p = d->pricer;
        const int64_t shortfall = shortfall_of(d, p->student, p->class_by_request);
        const int64_t empty = empty_of(d->pb, p->student, x->busy);
        const double value = x->value + (double)shortfall * d->weight[AT_SHORTFALL] +
                             (double)empty * d->weight[AT_EMPTY];

        if ((shortfall && d->zero[AT_SHORTFALL]) || (empty && d->zero[AT_EMPTY]))
                return;
        if (p->all && value < p->best_value) {
                const struct load_column c = column_of(d, p->student);

                desk_add(d, &c);
        } else if (value < p->best_value - FUZZ) {
                p->best_value = value;
                memcpy(p->best, p->class_by_request,
                        (size_t)d->pb->students[p->student].n_requests * sizeof *p->best);
        }
}

static void descend(struct desk *d, int depth, const struct node *x);

static void take_one(struct desk *d, int depth, const struct node *x, int option)
{
        struct pricer *p = d->pricer;
        const struct wanted *l = &p->level[depth];
        const struct option *o = &d->options[option];
        struct node next = *x;

        if (!fits(o, x) || !pairs_hold(d, l->request, o->class))
                return;
        next.busy |= o->cells;
        next.block |= o->block;
        if (d->f->student_free[p->student].n && !student_free_holds(d->st, p->student, next.busy))
                return;
        next.value += o->price;
        next.used += l->alternate;
        p->taken[depth] = option;
        p->class_by_request[l->request - p->first] = o->class;
        descend(d, depth + 1, &next);
        p->taken[depth] = NONE;
        p->class_by_request[l->request - p->first] = NONE;
}

static void descend(struct desk *d, int depth, const struct node *x)
{
        struct pricer *p = d->pricer;

        if (--p->nodes < 0 || least_below(d, depth, x) >= p->best_value - FUZZ)
                return;
        if (depth == p->n) {
                leaf(d, x);
                return;
        }
        const struct wanted *l = &p->level[depth];
        if (!l->alternate || may_stand(d, depth, x))
                for (int i = 0; i < l->n; i++)
                        take_one(d, depth, x, l->first + i);
        struct node next = *x;
        if (!l->alternate) {
                if (l->must || l->unmet == INFINITY || (x->lost && d->zero[AT_UNEVEN]))
                        return;
                next.value += l->unmet + (x->lost ? d->weight[AT_UNEVEN] : 0);
                next.lost++;
        }
        descend(d, depth + 1, &next);
}

bool desk_price(struct desk *d, int k, struct load_column *out, double *reduced)
{
        struct pricer *p = d->pricer;
        const struct node root = {0};
        const double own = d->dual[d->student_row[k]];

        make_levels(d, k);
        p->nodes = MOST_NODES;
        p->best_value = own - WORTH;
        descend(d, 0, &root);
        meter_spend(d->meter, 1 + (MOST_NODES - p->nodes) / 4);
        *reduced = 0;
        if (p->best_value < own - WORTH) {
                *reduced = p->best_value - own;
                memcpy(p->class_by_request, p->best,
                        (size_t)d->pb->students[k].n_requests * sizeof *p->best);
                *out = column_of(d, k);
        }
        return p->nodes >= 0;
}

bool desk_enumerate(struct desk *d, int k, double slack)
{
        struct pricer *p = d->pricer;
        const struct node root = {0};

        make_levels(d, k);
        p->nodes = MOST_NODES;
        p->best_value = d->dual[d->student_row[k]] + slack;
        p->all = true;
        descend(d, 0, &root);
        p->all = false;
        meter_spend(d->meter, 1 + (MOST_NODES - p->nodes) / 4);
        return p->nodes >= 0;
}
