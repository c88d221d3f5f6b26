/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/prices.h"
#include "solver/sketch_parts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Temperatures, in prices of an unmet elective: falling from the hottest while more of the steps
 * than these move something, fewer and fewer as time goes by; then to the coolest. At most FALL
 * e-foldings in all the time, so that the share is known before the temperature has gone too far;
 * the share is that of the last MEMORY of the time, a look at most MOST of it.
 */
static const double HOTTEST = 2.0, COOLEST = 0.5, COOL_FROM = 0.87, FALL = 6;
static const double MOVED_HOT = 0.06, MOVED_SINGLE = 0.03, MOVED_VARIED = 0.012, MEMORY = 0.01,
                    FULLY = 0.2, MOST = 0.1;
/* What a seat too many costs, of an elective, from which part of the time on. */
static const struct dear {
        double from, price;
} SEATS[] = {{0, 0.02}, {0.2, 0.02}, {0.42, 0.05}, {0.65, 0.12}, {0.87, 0.38}, {1, 0.5}};
static const double SEAT_SOFT = 0.02, STAFF_FROM = 0.5;
enum { LOOK_EVERY = 64, STAFF_SOFT = 2, STAFF_HARD = 8, PLANNING = 20, TRIES = 12 };

static int *copied(const int *from, int n)
{
        int *to = mem_zero((size_t)n + 1, sizeof *to);

        if (n)
                memcpy(to, from, (size_t)n * sizeof *to);
        return to;
}

struct sketch *sketch_new(struct state *st, struct meter *m)
{
        const struct problem *pb = st->pb;
        struct sketch *sk = mem_zero(1, sizeof *sk);
        int n = 0;

        *sk = (struct sketch){.st = st, .f = st->f, .pb = pb, .meter = m};
        sk->start = copied(st->start, st->f->n_units);
        sk->seat = mem_alloc(((size_t)pb->n_requests + 1) * sizeof(int));
        sk->slot = mem_zero((size_t)pb->n_requests + 1, sizeof(int));
        sk->list_at = mem_zero((size_t)pb->n_sections + 1, sizeof(int));
        sk->enrol = mem_zero((size_t)pb->n_sections + 1, sizeof(int));
        sk->members = mem_zero((size_t)pb->n_sections + 1, sizeof(int));
        sk->cells = mem_zero((size_t)pb->n_sections + 1, sizeof(cellset));
        sk->section_block = mem_zero((size_t)pb->n_sections + 1, sizeof(cellset));
        sk->open = mem_zero((size_t)pb->n_requests + 1, sizeof(uint64_t));
        sk->busy = mem_zero((size_t)pb->n_students + 1, sizeof(cellset));
        sk->block = mem_zero((size_t)pb->n_students + 1, sizeof(cellset));
        sk->firm = mem_zero((size_t)pb->n_students + 1, sizeof(cellset));
        sk->missed = mem_zero((size_t)pb->n_courses + 1, sizeof(int));
        sk->weight = mem_zero((size_t)pb->n_requests + 1, sizeof(int64_t));
        sk->cost = mem_zero((size_t)pb->n_students + 1, sizeof(int64_t));
        sk->stamp_of = mem_zero((size_t)pb->n_students + 1, sizeof(int));
        sk->again_at = mem_zero((size_t)pb->n_students + 1, sizeof(int));
        sk->lacking.v = mem_zero((size_t)pb->n_students + 1, sizeof(int));
        sk->lacking.at = mem_alloc(((size_t)pb->n_students + 1) * sizeof(int));
        sk->crowded.v = mem_zero((size_t)pb->n_sections + 1, sizeof(int));
        sk->crowded.at = mem_alloc(((size_t)pb->n_sections + 1) * sizeof(int));
        for (int k = 0; k < pb->n_students; k++)
                sk->lacking.at[k] = NONE;
        for (int s = 0; s < pb->n_sections; s++)
                sk->crowded.at[s] = NONE;
        for (int s = 0; s < pb->n_sections; s++) {
                sk->list_at[s] = n;
                n += pb->courses[pb->section_course[s]].n_requests;
        }
        sk->list = mem_zero((size_t)n + 1, sizeof(int));
        sk->staff = sketch_teachers_new(st);
        sk->scratch = sketch_seats_new();
        return sk;
}

void sketch_free(struct sketch *sk)
{
        void *parts[] = {sk->start, sk->seat, sk->slot, sk->list, sk->list_at, sk->enrol,
                sk->members, sk->cells, sk->section_block, sk->open, sk->busy, sk->block, sk->firm,
                sk->missed, sk->weight, sk->cost, sk->stamp_of, sk->lacking.v, sk->lacking.at,
                sk->crowded.v, sk->crowded.at, sk->was, sk->was_seat, sk->displaced, sk->again,
                sk->again_at};

        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
                mem_free(parts[i]);
        sketch_teachers_free(sk->staff);
        sketch_seats_free(sk->scratch);
        if (sk->least)
                sketch_least_free(sk->least);
        mem_free(sk);
}

void sketch_set_start(struct sketch *sk, int unit, int start)
{
        const struct unit *u = &sk->f->units[unit];

        for (int i = 0; i < u->n; i++) {
                int s = u->sections[i];
                const struct course *c = &sk->pb->courses[sk->pb->section_course[s]];
                sk->cells[s] = start < 0 ? 0 : c->start_cells[start];
                sk->section_block[s] = start < 0 ? 0 : c->start_block[start];
                sketch_least_move(sk->least, s, sk->start[unit], start);
        }
        sk->start[unit] = start;
}

static int64_t weight_of(const struct sketch *sk, int r)
{
        const struct request *q = &sk->pb->requests[r];
        double electives = 1;

        if (q->kind == ALTERNATE || !q->admitted)
                return 0;
        if (sk->f->locked_seat[r] >= 0)
                electives = 20;
        else if (q->cte || sk->f->counted_break[r])
                electives = 6;
        else if (q->kind == REQUIRED)
                electives = 2;
        return (int64_t)(electives * PRICE_OF_ELECTIVE);
}

/* Those for which nothing was found so far stand anywhere. */
static void place_missing(struct sketch *sk)
{
        for (int i = 0; i < sk->st->unplaced.n; i++) {
                int u = sk->st->unplaced.v[i], starts[64];
                const struct bundle *b = &sk->f->bundles[sk->f->units[u].bundle];
                if (!sk->f->units[u].starts || b->n > 64)
                        continue;
                for (int j = 0; j < b->n; j++)
                        starts[j] = sk->start[b->units[j]];
                for (cellset m = sk->f->units[u].starts; m && sk->start[u] < 0; m &= m - 1) {
                        int q = __builtin_ctzll(m);
                        for (int j = 0; j < b->n; j++)
                                starts[j] = b->units[j] == u ? q : starts[j];
                        if (b->n == 1 || frame_links_hold(sk->f, sk->f->units[u].bundle, starts))
                                sk->start[u] = q;
                }
        }
}

void sketch_fill(struct sketch *sk)
{
        const struct problem *pb = sk->pb;

        place_missing(sk);
        sk->price_staff = STAFF_SOFT * PRICE_OF_ELECTIVE;
        sk->price_seat = (int64_t)(SEAT_SOFT * PRICE_OF_ELECTIVE);
        sketch_open(sk);
        sk->least = sketch_least_new(sk);
        for (int u = 0; u < sk->f->n_units; u++) {
                int start = sk->start[u];
                sk->start[u] = NONE;
                sketch_set_start(sk, u, start);
        }
        for (int u = 0; u < sk->f->n_units; u++)
                if (sk->st->start[u] >= 0)
                        sketch_teachers_put(sk->staff, u, sk->start[u], sk->st->teacher[u]);
        for (int u = 0; u < sk->f->n_units; u++)
                if (sk->st->start[u] < 0 && sk->start[u] >= 0) {
                        sketch_teachers_put(sk->staff, u, sk->start[u], NONE);
                        sketch_teachers_find(sk->staff, u, NONE, draw(sk->st, 64));
                }
        sketch_count_staff(sk);
        for (int r = 0; r < pb->n_requests; r++) {
                int k = pb->requests[r].student;
                sk->seat[r] = NONE;
                sk->weight[r] = weight_of(sk, r);
                sk->cost[k] += sk->weight[r];
                sk->unmet += sk->weight[r];
                sk->missed[pb->requests[r].course] += sk->weight[r] > 0;
                if (sk->cost[k])
                        set_add(&sk->lacking, k);
        }
        for (int k = 0; k < pb->n_students && !meter_over(sk->meter); k++)
                sketch_solve(sk, k);
}

static double mix(double a, double b, double x)
{
        return a + (b - a) * x;
}

struct heat {
        double now, share; /* temperature; of the steps, those that moved something */
        double cool_share; /* wanted in the end: more in a school of singletons, which is to stay
                              hotter */
        double at;         /* part of the time gone at the last look */
        int64_t moved;     /* steps until then that moved something */
};

/* The schedule of Lam and Delosme sets the share of moves that stand, as here; what stood is to
 * stay when order forms and the share drops, so the temperature never rises. */
static void cool(struct heat *h, int64_t moved, double x)
{
        double wanted = MOVED_HOT * pow(h->cool_share / MOVED_HOT, x / COOL_FROM), above;

        double weight = (x - h->at) / MEMORY;

        h->share += (weight < MOST ? weight : MOST) *
                    ((double)(moved - h->moved) / LOOK_EVERY - h->share);
        h->moved = moved;
        if (x < COOL_FROM) {
                above = log((h->share + 1e-4) / wanted) / FULLY;
                above = above < 0 ? 0 : above > 1 ? 1 : above;
                h->now *= exp(-above * FALL * (x - h->at));
        } else if (x < 1) {
                h->now *= pow(COOLEST / h->now, (x - h->at) / (1 - h->at));
        }
        h->now = h->now < COOLEST ? COOLEST : h->now;
        h->at = x;
}

static double seat_price(double x)
{
        size_t i = 0;

        while (i + 2 < sizeof SEATS / sizeof *SEATS && x > SEATS[i + 1].from)
                i++;
        const struct dear *a = &SEATS[i], *b = a + 1;
        return mix(a->price, b->price, (x - a->from) / (b->from - a->from));
}

static void anneal(struct sketch *sk)
{
        struct heat h = {.now = HOTTEST,
                .share = MOVED_HOT,
                .cool_share = mix(MOVED_SINGLE, MOVED_VARIED, prices_variety(sk->pb))};
        double begin = meter_fraction(sk->meter);

        for (int64_t i = 0; !sk->meter->over; i++) {
                if (i % LOOK_EVERY == 0) {
                        double x = (meter_fraction(sk->meter) - begin) / (1 - begin + 1e-12);
                        double y = x < STAFF_FROM ? 0 : (x - STAFF_FROM) / (1 - STAFF_FROM);
                        cool(&h, sk->moved, x);
                        sk->price_seat = (int64_t)(PRICE_OF_ELECTIVE * seat_price(x));
                        sk->price_staff = (int64_t)(PRICE_OF_ELECTIVE *
                                                    (STAFF_SOFT + y * (STAFF_HARD - STAFF_SOFT)));
                        if (sketch_energy(sk) == 0)
                                return;
                }
                sketch_step(sk, (int64_t)(PRICE_OF_ELECTIVE * h.now));
        }
}

struct order {
        int co_taught, rooms, cells, unit;
};

static int cells_of(const struct sketch *sk, int unit)
{
        const struct course *c = &sk->pb->courses[sk->f->units[unit].course];

        return sk->start[unit] < 0 ? 0 : __builtin_popcountll(c->start_cells[sk->start[unit]]);
}

static bool is_co_taught(const struct frame *f, int unit)
{
        for (int i = 0; i < f->units[unit].n; i++) {
                int s = f->units[unit].sections[i];
                const struct course *c = &f->pb->courses[f->pb->section_course[s]];
                if (c->support.given && f->pb->section_number[s] <= c->support.sections)
                        return true;
        }
        return false;
}

static int hardest_first(const void *a, const void *b)
{
        const struct order *x = a, *y = b;

        if (x->co_taught != y->co_taught)
                return x->co_taught - y->co_taught;
        if (x->rooms != y->rooms)
                return x->rooms - y->rooms;
        return x->cells != y->cells ? y->cells - x->cells : x->unit - y->unit;
}

/*
 * Rooms are counted by kind and cell: units that few will do for choose before others take them,
 * those of many cells before short ones leave no room free in all of them. Who is free to co-teach
 * is known when all have who teaches them.
 */
static void put_all(struct state *st, const struct sketch *sk, bool same_teacher, int depth)
{
        struct order *order = mem_alloc(((size_t)sk->f->n_units + 1) * sizeof *order);

        for (int u = 0; u < sk->f->n_units; u++)
                order[u] = (struct order){
                        is_co_taught(sk->f, u), sk->f->units[u].rooms.n, cells_of(sk, u), u};
        qsort(order, (size_t)sk->f->n_units, sizeof *order, hardest_first);
        for (int i = 0; i < sk->f->n_units; i++) {
                int u = order[i].unit, teacher = sketch_teacher_of(sk->staff, u);
                if (st->start[u] >= 0 || sk->start[u] < 0)
                        continue;
                for (int tries = depth ? TRIES : 1; tries && st->start[u] < 0; tries--) {
                        int mark = change_begin(st);
                        if (!change_put(st, u, sk->start[u], same_teacher ? teacher : NONE, NONE,
                                    depth))
                                state_undo(st, mark);
                }
        }
        state_forget(st);
        mem_free(order);
}

/* Seats as sketched where there are some; members first, as purity counts them. */
static void seat_all(struct state *st, const struct sketch *sk)
{
        for (int pass = 0; pass < 2; pass++)
                for (int r = 0; r < sk->pb->n_requests; r++) {
                        int s = sk->seat[r], k = sk->pb->requests[r].student;
                        if (s < 0 || st->seat[r] >= 0 || section_start(st, s) < 0 ||
                                (pass == 0 && st->cohort[s] >= 0 &&
                                        !frame_is_member(sk->pb, k, st->cohort[s])))
                                continue;
                        if (section_cells(st, s) == sk->cells[s] && seat_left(st, s) &&
                                seat_open(st, r, s) && seat_fits(st, r, s) &&
                                seat_rules_hold(st, r, s))
                                seat_set(st, r, s);
                }
        state_forget(st);
}

void sketch(struct state *st, struct meter *m, bool plans)
{
        struct sketch *sk = sketch_new(st, m);

        sk->price_planning = plans ? PLANNING * PRICE_OF_ELECTIVE : 0;
        sketch_fill(sk);
        anneal(sk);
        for (int u = 0; u < st->f->n_units; u++)
                if (st->start[u] >= 0) {
                        change_begin(st);
                        change_lift(st, u);
                }
        state_forget(st);
        put_all(st, sk, true, 0);
        put_all(st, sk, true, 1);
        put_all(st, sk, false, 0);
        seat_all(st, sk);
        sketch_free(sk);
}
