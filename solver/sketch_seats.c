/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Students of the sketch: each chooses for himself; a full section only costs a little. */
#include "solver/sketch_parts.h"
#include <string.h>

enum { MOST_ASKED = 40, MOST_WAYS = 24, NODES = 200, SLACK = PRICE_OF_ELECTIVE / 20 };

struct way {
        cellset cells, block;
        int section;
        int64_t toll;
};

struct asked {
        int request, n;
        int64_t weight;
        struct way way[MOST_WAYS];
};

struct sketch_seats {
        struct asked store[MOST_ASKED], *order[MOST_ASKED];
        int n, chosen[MOST_ASKED], best[MOST_ASKED];
        int64_t least[MOST_ASKED + 1]; /* what those from here on cost at least */
        int64_t best_cost, slack;      /* nothing is sought that is better by less */
        int nodes;
        int shut; /* a section not to be chosen, or NONE */
};

struct sketch_seats *sketch_seats_new(void)
{
        struct sketch_seats *sc = mem_zero(1, sizeof *sc);

        sc->shut = NONE;
        return sc;
}

void sketch_seats_free(struct sketch_seats *sc)
{
        mem_free(sc);
}

int sketch_excess(const struct sketch *sk, int s)
{
        int more = sk->enrol[s] - sk->pb->courses[sk->pb->section_course[s]].size_max;

        more = more > 0 ? more : 0;
        if (sk->st->cohort[s] < 0)
                return more;
        struct ratio p = sk->pb->cohorts[sk->st->cohort[s]].purity;
        int64_t asked = (p.num * sk->enrol[s] + p.den - 1) / p.den;
        return more + (asked > sk->members[s] ? (int)(asked - sk->members[s]) : 0);
}

static void count(struct sketch *sk, int r, int s, int n)
{
        int student = sk->pb->requests[r].student, h = sk->st->cohort[s];

        sk->excess -= sketch_excess(sk, s);
        sk->enrol[s] += n;
        if (h >= 0 && frame_is_member(sk->pb, student, h))
                sk->members[s] += n;
        int excess = sketch_excess(sk, s);
        sk->excess += excess;
        if (excess)
                set_add(&sk->crowded, s);
        else
                set_drop(&sk->crowded, s);
        sk->unmet -= n * sk->weight[r];
        sk->cost[student] -= n * sk->weight[r];
        if (sk->cost[student])
                set_add(&sk->lacking, student);
        else
                set_drop(&sk->lacking, student);
}

static void count_cells(struct sketch *sk, int student)
{
        const struct student *who = &sk->pb->students[student];
        cellset busy = 0, block = 0;

        for (int r = who->first_request; r < who->first_request + who->n_requests; r++) {
                if (sk->seat[r] < 0)
                        continue;
                busy |= sk->cells[sk->seat[r]];
                block |= sk->section_block[sk->seat[r]];
        }
        sk->busy[student] = busy;
        sk->block[student] = block;
}

void sketch_leave(struct sketch *sk, int r)
{
        int s = sk->seat[r], student = sk->pb->requests[r].student;

        if (s < 0)
                return;
        int *list = sk->list + sk->list_at[s], last = list[sk->enrol[s] - 1];
        list[sk->slot[r]] = last;
        sk->slot[last] = sk->slot[r];
        count(sk, r, s, -1);
        sk->seat[r] = NONE;
        sk->missed[sk->pb->requests[r].course] += sk->weight[r] > 0;
        sk->firm[student] &= ~sk->cells[s];
        if (sk->f->student_plain[student]) {
                sk->busy[student] &= ~sk->cells[s];
                sk->block[student] = sk->busy[student];
        } else {
                count_cells(sk, student);
        }
}

void sketch_take(struct sketch *sk, int r, int s)
{
        int student = sk->pb->requests[r].student;

        sk->slot[r] = sk->enrol[s];
        sk->list[sk->list_at[s] + sk->enrol[s]] = r;
        count(sk, r, s, 1);
        sk->seat[r] = s;
        sk->missed[sk->pb->requests[r].course] -= sk->weight[r] > 0;
        if (!(sk->open[r] & (sk->open[r] - 1)))
                sk->firm[student] |= sk->cells[s];
        if (sk->f->student_plain[student]) {
                sk->busy[student] |= sk->cells[s];
                sk->block[student] = sk->busy[student];
        } else {
                count_cells(sk, student);
        }
}

/* Reserved sections are for members, and as far as purity goes for those of no such cohort. */
static bool is_open(const struct sketch *sk, int student, int s)
{
        const struct problem *pb = sk->pb;
        int own = pb->students[student].cohort, h = sk->st->cohort[s];

        if (h < 0)
                return own < 0 || !ints_has(&pb->courses[pb->section_course[s]].in_cohorts, own);
        if (frame_is_member(pb, student, h))
                return true;
        return pb->cohorts[h].purity.num < pb->cohorts[h].purity.den &&
               (own < 0 || !ints_has(&pb->courses[pb->section_course[s]].in_cohorts, own));
}

void sketch_open(struct sketch *sk)
{
        for (int r = 0; r < sk->pb->n_requests; r++) {
                const struct request *q = &sk->pb->requests[r];
                const struct course *c = &sk->pb->courses[q->course];
                int locked = sk->f->locked_seat[r], most = c->sections_max;
                most = q->max_section < most ? q->max_section : most;
                for (int i = 0; i < most && i < 64; i++) {
                        int s = c->first_section + i;
                        bool open = locked >= 0 ? s == locked : is_open(sk, q->student, s);
                        sk->open[r] |= (uint64_t)open << i;
                }
        }
}

static int64_t toll(const struct sketch *sk, int r, int s)
{
        int enrol = sk->enrol[s] + (sk->seat[r] != s), h = sk->st->cohort[s];
        int64_t over = enrol > sk->pb->courses[sk->pb->requests[r].course].size_max;

        if (h >= 0 && !frame_is_member(sk->pb, sk->pb->requests[r].student, h)) {
                struct ratio p = sk->pb->cohorts[h].purity;
                over += sk->members[s] * p.den < p.num * enrol;
        }
        return over * sk->price_seat;
}

/* One section for each pattern of cells: the cheaper, the present one, the emptier one. */
static void offer(const struct sketch *sk, struct asked *a, struct way w)
{
        for (int i = 0; i < a->n; i++) {
                struct way *old = &a->way[i];
                if (old->cells != w.cells || old->block != w.block)
                        continue;
                if (sk->seat[a->request] == old->section && old->toll <= w.toll)
                        return;
                if (w.toll < old->toll ||
                        (w.toll == old->toll &&
                                (w.section == sk->seat[a->request] ||
                                        sk->enrol[w.section] < sk->enrol[old->section])))
                        *old = w;
                return;
        }
        if (a->n < MOST_WAYS)
                a->way[a->n++] = w;
}

static void gather(struct sketch *sk, struct asked *a)
{
        int first_section = sk->pb->courses[sk->pb->requests[a->request].course].first_section;

        a->n = 0;
        for (uint64_t m = sk->open[a->request]; m; m &= m - 1) {
                int s = first_section + __builtin_ctzll(m);
                if (sk->cells[s] && s != sk->scratch->shut)
                        offer(sk, a,
                                (struct way){sk->cells[s], sk->section_block[s], s,
                                        toll(sk, a->request, s)});
        }
        if (a->n < 2)
                return;
        int first = draw(sk->st, a->n);
        for (int i = 0; i < a->n; i++)
                if (a->way[i].section == sk->seat[a->request])
                        first = i;
        struct way w = a->way[0];
        a->way[0] = a->way[first];
        a->way[first] = w;
}

static void descend(struct sketch_seats *sc, int depth, cellset busy, cellset block, int64_t cost)
{
        if (cost + sc->least[depth] + sc->slack >= sc->best_cost || --sc->nodes < 0)
                return;
        if (depth == sc->n) {
                sc->best_cost = cost;
                memcpy(sc->best, sc->chosen, (size_t)sc->n * sizeof(int));
                return;
        }
        const struct asked *a = sc->order[depth];
        for (int i = 0; i < a->n; i++) {
                const struct way *w = &a->way[i];
                if ((w->cells & block) || (w->block & busy))
                        continue;
                sc->chosen[depth] = i;
                descend(sc, depth + 1, busy | w->cells, block | w->block, cost + w->toll);
        }
        sc->chosen[depth] = NONE;
        descend(sc, depth + 1, busy, block, cost + a->weight);
}

static int64_t least_cost(const struct asked *a)
{
        int64_t least = a->weight;

        for (int i = 0; i < a->n; i++)
                if (a->way[i].toll < least)
                        least = a->way[i].toll;
        return least;
}

/* Fewest ways first. */
static void put_in_order(struct sketch_seats *sc, struct asked *a)
{
        int i = sc->n++;

        while (i > 0 && sc->order[i - 1]->n > a->n) {
                sc->order[i] = sc->order[i - 1];
                i--;
        }
        sc->order[i] = a;
}

static int64_t slack(const struct sketch *sk)
{
        return sk->price_seat < SLACK ? sk->price_seat : SLACK;
}

int64_t sketch_choose(struct sketch *sk, int student, int64_t ceiling)
{
        struct sketch_seats *sc = sk->scratch;
        const struct student *who = &sk->pb->students[student];

        sc->n = 0;
        for (int r = who->first_request;
                r < who->first_request + who->n_requests && sc->n < MOST_ASKED; r++) {
                if (!sk->weight[r])
                        continue;
                struct asked *a = &sc->store[sc->n];
                a->request = r;
                a->weight = sk->weight[r];
                gather(sk, a);
                put_in_order(sc, a);
        }
        sc->least[sc->n] = 0;
        for (int i = sc->n; i-- > 0;)
                sc->least[i] = sc->least[i + 1] + least_cost(sc->order[i]);
        sc->best_cost = ceiling;
        sc->slack = slack(sk);
        sc->nodes = NODES;
        descend(sc, 0, 0, 0, 0);
        meter_spend(sk->meter, 1 + (NODES - sc->nodes) / 4);
        return sc->best_cost;
}

int64_t sketch_own(const struct sketch *sk, int student)
{
        const struct student *who = &sk->pb->students[student];
        int64_t sum = sk->cost[student];

        for (int r = who->first_request; r < who->first_request + who->n_requests; r++)
                if (sk->seat[r] >= 0)
                        sum += toll(sk, r, sk->seat[r]);
        return sum;
}

/* The student sits as sketch_choose found best. */
static void take_chosen(struct sketch *sk)
{
        const struct sketch_seats *sc = sk->scratch;

        for (int i = 0; i < sc->n; i++) {
                const struct asked *a = sc->order[i];
                if (sc->best[i] < 0 || a->way[sc->best[i]].section != sk->seat[a->request])
                        sketch_leave(sk, a->request);
        }
        for (int i = 0; i < sc->n; i++) {
                const struct asked *a = sc->order[i];
                if (sc->best[i] >= 0 && sk->seat[a->request] < 0)
                        sketch_take(sk, a->request, a->way[sc->best[i]].section);
        }
}

void sketch_solve(struct sketch *sk, int student)
{
        int64_t own = sketch_own(sk, student);

        if (sketch_choose(sk, student, own) < own)
                take_chosen(sk);
}

bool sketch_turn_out(struct sketch *sk, int request)
{
        int student = sk->pb->requests[request].student;
        int64_t limit = sketch_own(sk, student) + slack(sk) + 1;

        sk->scratch->shut = sk->seat[request];
        bool found = sketch_choose(sk, student, limit) < limit;
        sk->scratch->shut = NONE;
        if (found)
                take_chosen(sk);
        return found;
}

/* The cheapest section for the request beside these cells; NONE: no section fits. */
static int section_beside(
        const struct sketch *sk, int r, cellset busy, cellset block, int64_t *least)
{
        int first_section = sk->pb->courses[sk->pb->requests[r].course].first_section, best = NONE;

        for (uint64_t m = sk->open[r]; m; m &= m - 1) {
                int s = first_section + __builtin_ctzll(m);
                if (!sk->cells[s] || (sk->cells[s] & block) || (sk->section_block[s] & busy))
                        continue;
                int64_t cost = toll(sk, r, s);
                if (best < 0 || cost < *least) {
                        best = s;
                        *least = cost;
                }
        }
        return best;
}

bool sketch_sidestep(const struct sketch *sk, int student, int r, int64_t *change)
{
        const struct student *who = &sk->pb->students[student];
        cellset busy = 0, block = 0;
        int64_t least = 0;

        for (int i = who->first_request; i < who->first_request + who->n_requests; i++) {
                if (sk->seat[i] < 0 || i == r)
                        continue;
                busy |= sk->cells[sk->seat[i]];
                block |= sk->section_block[sk->seat[i]];
        }
        if (section_beside(sk, r, busy, block, &least) < 0)
                return false;
        *change = least - toll(sk, r, sk->seat[r]);
        return *change <= 0;
}

bool sketch_fit_in(struct sketch *sk, int student)
{
        const struct student *who = &sk->pb->students[student];

        for (int r = who->first_request; r < who->first_request + who->n_requests; r++) {
                int64_t least = 0;
                int s = sk->seat[r] < 0 && sk->weight[r] ? section_beside(sk, r, sk->busy[student],
                                                                   sk->block[student], &least)
                                                         : NONE;
                if (s >= 0 && least == 0)
                        sketch_take(sk, r, s);
        }
        return sk->cost[student] == 0;
}
