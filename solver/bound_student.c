/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/bound_student.h"

enum { MOST_NODES = 20000 }; /* of one student and tier; what is left open counts as it began */

static const enum tier searched[] = {
        CTE_UNMET, REQUIREMENT_SHORTFALL, REQUIRED_UNMET, EMPTY_PERIODS, REQUEST_LOSS, UNEVEN};
enum { N_SEARCHED = sizeof searched / sizeof *searched };

struct wish {
        int request;
        bool alternate, done, met; /* done: decided */
        int start;
        int64_t gain;
};

struct search { /* of one student and one tier */
        const struct bound_view *v;
        int student, n;
        enum tier tier;
        struct wish *wish; /* primary ones first, fewest starts first */
        int64_t floor, best;
        int nodes;
};

struct node {
        cellset busy, block;
        int lost, used;
};

static const struct course *course_of(const struct search *s, int i)
{
        return &s->v->pb->courses[s->v->pb->requests[i].course];
}

static bool pairs_hold(const struct search *s, const struct wish *w, int start)
{
        const struct frame *f = s->v->f;
        const int periods = s->v->pb->n_periods;

        for (int x = f->pair_first[s->student]; x < f->pair_first[s->student + 1]; x++) {
                const struct seat_pair *p = &f->pairs[x];

                if (!p->before || (p->first != w->request && p->second != w->request))
                        continue;
                for (int n = 0; n < s->n; n++) {
                        const struct wish *o = &s->wish[n];
                        const bool later = p->first == o->request;

                        if (o == w || !o->met || (!later && p->second != o->request))
                                continue;
                        const int first = later ? o->start : start;
                        const int second = later ? start : o->start;
                        if (first / periods + course_of(s, p->first)->terms > second / periods)
                                return false;
                }
        }
        return true;
}

static bool free_holds(const struct search *s, cellset busy)
{
        const struct problem *pb = s->v->pb;
        const struct ints *rules = &s->v->f->student_free[s->student];

        for (int n = 0; n < rules->n; n++)
                for (int t = 0; t < pb->n_terms; t++) {
                        const struct rule *r = &pb->rules[rules->v[n]];
                        const uint64_t taken = busy >> (t * pb->n_periods);

                        if (__builtin_popcountll(r->periods & ~taken) < r->count)
                                return false;
                }
        return true;
}

static bool fits(const struct search *s, const struct wish *w, int start, const struct node *x)
{
        const struct course *c = course_of(s, w->request);

        return !(c->start_cells[start] & x->block) && !(c->start_block[start] & x->busy);
}

/* Could it still be met, rules between seats apart? */
static bool may_be_met(const struct search *s, const struct wish *w, const struct node *x)
{
        if (w->done)
                return w->met;
        for (cellset m = s->v->starts[w->request]; m; m &= m - 1)
                if (fits(s, w, __builtin_ctzll(m), x))
                        return true;
        return false;
}

static int64_t least_loss(const struct search *s, const bool *met, int lost)
{
        int64_t sum = 4 * lost;
        int room = lost, count[5] = {0};

        for (int n = 0; n < s->n; n++)
                count[s->wish[n].gain] += s->wish[n].alternate && met[n];
        for (int g = 3; g > 0; g--) {
                const int used = count[g] < room ? count[g] : room;

                sum -= (int64_t)used * g;
                room -= used;
        }
        return sum;
}

static int64_t least_shortfall(const struct search *s, const bool *met)
{
        const struct problem *pb = s->v->pb;
        int64_t sum = 0;

        for (int q = 0; q < pb->n_requirements; q++) {
                int64_t need = requirement_need(pb, s->student, q);

                for (int n = 0; n < s->n && need > 0; n++)
                        if (met[n] &&
                                requirement_counts(pb, q, pb->requests[s->wish[n].request].course))
                                need -= course_of(s, s->wish[n].request)->years;
                sum += need > 0 ? need : 0;
        }
        return sum;
}

/* The cells that the best `most` of the undecided seats could add. */
static int64_t cells_to_come(const struct search *s, const bool *met, int most)
{
        int count[MAX_CELLS + 1] = {0};
        int64_t sum = 0;

        for (int n = 0; n < s->n; n++) {
                const struct course *c = course_of(s, s->wish[n].request);

                if (met[n] && !s->wish[n].done)
                        count[c->periods * c->terms]++;
        }
        for (int size = MAX_CELLS; size > 0 && most > 0; size--) {
                const int used = count[size] < most ? count[size] : most;

                sum += (int64_t)used * size;
                most -= used;
        }
        return sum;
}

/* Alternates stand in for unmet requests: there are at most as many seats as primary requests. */
static int64_t least_empty(const struct search *s, const bool *met, const struct node *x)
{
        const struct problem *pb = s->v->pb;
        const int owed = pb->students[s->student].full_day;
        int64_t sum = 0;
        int seats = 0;

        for (int n = 0; n < s->n; n++)
                seats += !s->wish[n].alternate - (s->wish[n].done && s->wish[n].met);
        for (int t = 0; t < pb->n_terms; t++) {
                const int has = __builtin_popcountll(x->busy & pb->term_cells[t]);

                sum += owed > has ? owed - has : 0;
        }
        const int64_t cells = cells_to_come(s, met, seats);
        return sum > cells ? sum - cells : 0;
}

/* At least this much below the node; exact where all is decided. */
static int64_t least_below(const struct search *s, const struct node *x)
{
        const struct problem *pb = s->v->pb;
        bool met[MAX_CELLS * 4];
        int64_t unmet = 0;
        int lost = 0;

        for (int n = 0; n < s->n; n++) {
                const struct wish *w = &s->wish[n];
                const struct request *q = &pb->requests[w->request];

                met[n] = may_be_met(s, w, x);
                if (w->alternate || met[n])
                        continue;
                lost++;
                unmet += s->tier == CTE_UNMET ? q->cte : !q->cte && q->kind == REQUIRED;
        }
        switch (s->tier) {
        case REQUIREMENT_SHORTFALL:
                return least_shortfall(s, met);
        case EMPTY_PERIODS:
                return least_empty(s, met, x);
        case UNEVEN:
                return lost > 1 ? lost - 1 : 0;
        case REQUEST_LOSS: /* to leave out what could be met never pays for an alternate */
                return least_loss(s, met, lost);
        default:
                return unmet;
        }
}

/* H8: the alternate needs an unmet request that nothing else stands in for. */
static bool may_stand(const struct search *s, const struct wish *w, const struct node *x)
{
        const int whom = s->v->pb->requests[w->request].stands_for;

        if (x->used >= x->lost)
                return false;
        for (int n = 0; n < s->n && whom >= 0; n++) {
                const struct wish *o = &s->wish[n];

                if (o->request == whom && o->met)
                        return false;
                if (o->alternate && o->met && s->v->pb->requests[o->request].stands_for == whom)
                        return false;
        }
        return true;
}

static void descend(struct search *s, int depth, const struct node *x)
{
        if (s->best <= s->floor || --s->nodes < 0)
                return;
        const int64_t least = least_below(s, x);
        if (least >= s->best)
                return;
        if (depth == s->n) {
                s->best = least;
                return;
        }
        struct wish *w = &s->wish[depth];
        w->done = true;
        for (cellset m = s->v->starts[w->request]; m; m &= m - 1) {
                const int start = __builtin_ctzll(m);
                const struct course *c = course_of(s, w->request);
                struct node next = *x;

                next.busy |= c->start_cells[start];
                next.block |= c->start_block[start];
                if (!fits(s, w, start, x) || (w->alternate && !may_stand(s, w, x)) ||
                        !pairs_hold(s, w, start) || !free_holds(s, next.busy))
                        continue;
                w->start = start;
                w->met = true;
                next.used += w->alternate;
                descend(s, depth + 1, &next);
                w->met = false;
        }
        struct node next = *x;
        next.lost += !w->alternate;
        descend(s, depth + 1, &next);
        w->done = false;
}

static bool harder(const struct bound_view *v, const struct wish *a, const struct wish *b)
{
        if (a->alternate != b->alternate)
                return b->alternate;
        return __builtin_popcountll(v->starts[a->request]) <
               __builtin_popcountll(v->starts[b->request]);
}

static void list_wishes(struct search *s)
{
        const struct problem *pb = s->v->pb;
        const struct student *who = &pb->students[s->student];

        s->n = 0;
        for (int i = who->first_request; i < who->first_request + who->n_requests; i++) {
                const struct request *q = &pb->requests[i];
                struct wish w = {.request = i, .alternate = q->kind == ALTERNATE};
                int at = s->n++;

                w.gain = !w.alternate ? 0 : q->rank < 3 ? 4 - q->rank : 1;
                for (; at > 0 && harder(s->v, &w, &s->wish[at - 1]); at--)
                        s->wish[at] = s->wish[at - 1];
                s->wish[at] = w;
        }
}

/* A proven least value; where the search is given up, what was known at its start. */
static int64_t least_of(struct search *s, struct meter *m)
{
        const struct node root = {0};

        s->floor = least_below(s, &root);
        s->best = INT64_MAX;
        s->nodes = MOST_NODES;
        descend(s, 0, &root);
        meter_spend(m, MOST_NODES - s->nodes + 1);
        return s->nodes < 0 ? s->floor : s->best;
}

void bound_by_students(const struct bound_view *v, struct meter *m, struct bound *b)
{
        const struct problem *pb = v->pb;
        struct search s = {.v = v};
        int64_t sum[N_SEARCHED] = {0};

        s.wish = mem_zero((size_t)pb->n_courses + 1, sizeof *s.wish);
        for (int k = 0; k < pb->n_students; k++) {
                s.student = k;
                list_wishes(&s);
                if (s.n > MAX_CELLS * 4)
                        continue;
                for (int n = 0; n < N_SEARCHED; n++) {
                        s.tier = searched[n];
                        if (!meter_over(m))
                                sum[n] += least_of(&s, m);
                }
        }
        for (int n = 0; n < N_SEARCHED; n++)
                bound_raise(b, searched[n], sum[n]);
        mem_free(s.wish);
}
