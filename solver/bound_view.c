/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/bound_view.h"
#include "solver/reduce.h"

const enum tier form_tiers[] = {
        CTE_UNMET, REQUIREMENT_SHORTFALL, REQUIRED_UNMET, EMPTY_PERIODS, REQUEST_LOSS};
const int n_form_tiers = sizeof form_tiers / sizeof *form_tiers;

static const int FULL_PRICE = 4; /* of an unmet request, before alternates */

void bound_raise(struct bound *b, enum tier t, int64_t least)
{
        if (b->known[t] && b->tier[t] >= least)
                return;
        b->known[t] = true;
        b->tier[t] = least;
}

static void find_starts(struct bound_view *v)
{
        const struct problem *pb = v->pb;
        const struct formulation *f = v->reduced;

        v->starts = arena_array(v->arena, (size_t)pb->n_requests + 1, sizeof(cellset));
        for (int i = 0; i < pb->n_requests; i++) {
                const struct request *q = &pb->requests[i];
                const struct course *c = &pb->courses[q->course];

                for (int s = c->first_section; s < c->first_section + c->sections_max; s++)
                        for (cellset m = f->parts[s].starts; m; m &= m - 1) {
                                const int p = __builtin_ctzll(m);

                                if (may_sit(f, i, s, c->start_cells[p]))
                                        v->starts[i] |= (cellset)1 << p;
                        }
        }
}

static int gain_of(const struct request *q)
{
        return q->rank < 3 ? FULL_PRICE - q->rank : 1;
}

/* The n-th best gain (from 0) among the student's alternates that could be met, or 0. */
static int nth_gain(const struct bound_view *v, int k, int n)
{
        const struct student *who = &v->pb->students[k];
        int count[5] = {0};

        for (int i = who->first_request; i < who->first_request + who->n_requests; i++)
                if (v->pb->requests[i].kind == ALTERNATE && v->starts[i])
                        count[gain_of(&v->pb->requests[i])]++;
        for (int g = 3; g > 0; g--) {
                if (n < count[g])
                        return g;
                n -= count[g];
        }
        return 0;
}

static void unmet_forms(struct bound_view *v, int k)
{
        const struct student *who = &v->pb->students[k];
        int lost = 0;

        for (int i = who->first_request; i < who->first_request + who->n_requests; i++) {
                const struct request *q = &v->pb->requests[i];
                const enum tier own = q->cte ? CTE_UNMET : REQUIRED_UNMET;

                if (q->kind == ALTERNATE)
                        continue;
                if (!v->starts[i])
                        v->form[REQUEST_LOSS].base += FULL_PRICE - nth_gain(v, k, lost++);
                if (!q->cte && q->kind != REQUIRED)
                        continue;
                if (v->starts[i])
                        v->form[own].weight[i] = 1;
                else
                        v->form[own].base++;
        }
        for (int i = who->first_request; i < who->first_request + who->n_requests; i++)
                if (v->pb->requests[i].kind != ALTERNATE && v->starts[i])
                        v->form[REQUEST_LOSS].weight[i] = FULL_PRICE - nth_gain(v, k, lost);
}

/* Years that request i gives towards a need, in year_unit. */
static int64_t years_towards(const struct bound_view *v, int i, int q, int64_t need)
{
        const int c = v->pb->requests[i].course;
        const int64_t years = v->pb->courses[c].years;

        if (!v->starts[i] || !requirement_counts(v->pb, q, c))
                return 0;
        return years < need ? years : need;
}

static void shortfall_form(struct bound_view *v, int k)
{
        const struct student *who = &v->pb->students[k];

        for (int q = 0; q < v->pb->n_requirements; q++) {
                const int64_t need = requirement_need(v->pb, k, q);
                int64_t sum = 0;

                if (need <= 0)
                        continue;
                for (int i = who->first_request; i < who->first_request + who->n_requests; i++)
                        sum += years_towards(v, i, q, need);
                if (sum > need)
                        continue;
                v->form[REQUIREMENT_SHORTFALL].base += need - sum;
                for (int i = who->first_request; i < who->first_request + who->n_requests; i++)
                        if (v->pb->requests[i].kind != ALTERNATE)
                                v->form[REQUIREMENT_SHORTFALL].weight[i] +=
                                        years_towards(v, i, q, need);
        }
}

/* Only where no alternate could fill the period of an unmet request. */
static void empty_form(struct bound_view *v, int k)
{
        const struct student *who = &v->pb->students[k];
        int64_t cells = 0;

        for (int i = who->first_request; i < who->first_request + who->n_requests; i++) {
                const struct course *c = &v->pb->courses[v->pb->requests[i].course];

                if (!v->starts[i])
                        continue;
                if (v->pb->requests[i].kind == ALTERNATE)
                        return;
                cells += (int64_t)c->periods * c->terms;
        }
        const int64_t owed = (int64_t)who->full_day * v->pb->n_terms;
        if (cells > owed)
                return;
        v->form[EMPTY_PERIODS].base += owed - cells;
        for (int i = who->first_request; i < who->first_request + who->n_requests; i++) {
                const struct course *c = &v->pb->courses[v->pb->requests[i].course];

                if (v->starts[i])
                        v->form[EMPTY_PERIODS].weight[i] = (int64_t)c->periods * c->terms;
        }
}

struct bound_view *bound_view_new(const struct frame *f)
{
        const struct scope all = {0};
        struct arena *a = arena_new();
        struct bound_view *v = arena_alloc(a, sizeof *v);

        v->arena = a;
        v->f = f;
        v->pb = f->pb;
        v->reduced = formulation_new(f->pb, all, false);
        reduce(v->reduced);
        find_starts(v);
        for (int n = 0; n < n_form_tiers; n++)
                v->form[form_tiers[n]].weight =
                        arena_array(a, (size_t)f->pb->n_requests + 1, sizeof(int64_t));
        for (int k = 0; k < f->pb->n_students; k++) {
                unmet_forms(v, k);
                shortfall_form(v, k);
                empty_form(v, k);
        }
        return v;
}

void bound_view_free(struct bound_view *v)
{
        if (!v)
                return;
        formulation_free(v->reduced);
        arena_free(v->arena);
}
