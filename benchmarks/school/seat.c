/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A full day for every pupil of a planted school. Sections keep their sizes while pupils trade what
 * they have in the same cells; annealing brings everybody near his own wishes. What is no course
 * for him or the same course twice is dropped.
 */
#include "benchmarks/school/school.h"
#include <math.h>
#include <string.h>

enum {
        NO_COURSE = 300,
        LACKS_CORE = 30,
        NOT_WISHED_CORE = 9,
        NOT_WISHED = 5,
        HOLE = 14,
        LATE_HOLE = 6,
        EARLY_HOLE = 2
};

struct seating {
        struct school *s;
        bool *wished;       /* [pupil * n_offers + offer] */
        double *cost;       /* [pupil] */
        int **roster, *cap; /* [unit] pupils; room for */
        int *slot;          /* [pupil * n_cells + first cell of the unit] place in the roster */
};

static bool core(enum role role)
{
        return role <= PE || role == CAREER;
}

static int hole_cost(const struct pupil *p)
{
        return p->leaves_early ? EARLY_HOLE : p->grade == 3 ? LATE_HOLE : HOLE;
}

/* Part B before or with part A. */
static bool disordered(const struct school *s, const struct pupil *p, const struct unit *u)
{
        const struct offer *o = &s->offers[u->offer];

        if (!o->second)
                return false;
        for (int c = __builtin_ctzll(u->cells) / s->bell.n_periods * s->bell.n_periods;
                c < s->n_cells; c++)
                if (p->seat[c] >= 0 && s->units[p->seat[c]].offer == o->partner)
                        return true;
        return false;
}

static double cost_of(const struct seating *st, int i)
{
        const struct school *s = st->s;
        const struct pupil *p = &s->pupils[i];
        const bool *wished = &st->wished[i * s->n_offers];
        int roles[N_ROLES] = {0}, held[MAX_SCHOOL_CELLS], n = 0;
        double cost = 0;

        for (int c = 0; c < s->n_cells; c++) {
                int u = p->seat[c];
                if (u < 0) {
                        cost += hole_cost(p);
                        continue;
                }
                if (__builtin_ctzll(s->units[u].cells) != c)
                        continue;
                int x = s->units[u].offer;
                const struct offer *o = &s->offers[x];
                cost += offer_admits(s, o, p) ? 0 : NO_COURSE;
                for (int k = 0; k < n; k++)
                        cost += held[k] == x ? NO_COURSE : 0;
                held[n++] = x;
                roles[o->role]++;
                if (!wished[x])
                        cost += core(o->role) || o->role == LANGUAGE
                                        ? NOT_WISHED_CORE * roles[o->role]
                                        : NOT_WISHED;
                if (s->bell.parts && disordered(s, p, &s->units[u]))
                        cost += NOT_WISHED_CORE;
        }
        for (int k = 0; k < p->n_wants; k++) {
                enum role role = s->offers[p->wants[k]].role;
                if (core(role) && roles[role]-- <= 0)
                        cost += LACKS_CORE;
        }
        return cost;
}

static int ideal(const struct school *s, int u)
{
        return s->units[u].size;
}

/* Uneven sections waste seats, which the largest of a course sets for all. */
static double size_cost(const struct school *s, int u, int enrolled)
{
        int n = s->offers[s->units[u].offer].n_units, off = enrolled - ideal(s, u);

        if (n == 1)
                return off < 0 ? -0.7 * off : 0.2 * off;
        return off < 0 ? -3.0 * off : 4.0 * off;
}

static int capacity(const struct school *s, int u)
{
        const struct offer *o = &s->offers[s->units[u].offer];

        return s->units[u].size + (o->n_units == 1 ? 8 : o->n_units == 2 ? 3 : 1);
}

static void enrol(struct seating *st, int i, int u)
{
        struct school *s = st->s;
        struct unit *x = &s->units[u];

        if (x->enrolled == st->cap[u]) {
                st->cap[u] = st->cap[u] ? st->cap[u] * 2 : 16;
                st->roster[u] = mem_resize(st->roster[u], (size_t)st->cap[u], sizeof(int));
        }
        st->slot[i * s->n_cells + __builtin_ctzll(x->cells)] = x->enrolled;
        st->roster[u][x->enrolled++] = i;
        for (cellset rest = x->cells; rest; rest &= rest - 1)
                s->pupils[i].seat[__builtin_ctzll(rest)] = u;
}

static void leave(struct seating *st, int i, int u)
{
        struct school *s = st->s;
        struct unit *x = &s->units[u];
        int first = __builtin_ctzll(x->cells), at = st->slot[i * s->n_cells + first];
        int last = st->roster[u][--x->enrolled];

        st->roster[u][at] = last;
        st->slot[last * s->n_cells + first] = at;
        for (cellset rest = x->cells; rest; rest &= rest - 1)
                s->pupils[i].seat[__builtin_ctzll(rest)] = -1;
}

static bool is_free(const struct school *s, const struct pupil *p, cellset cells)
{
        for (; cells; cells &= cells - 1)
                if (p->seat[__builtin_ctzll(cells)] >= 0)
                        return false;
        (void)s;
        return true;
}

static bool holds_offer(const struct school *s, const struct pupil *p, int offer)
{
        for (int c = 0; c < s->n_cells; c++)
                if (p->seat[c] >= 0 && s->units[p->seat[c]].offer == offer)
                        return true;
        return false;
}

static void seat_members(struct seating *st)
{
        struct school *s = st->s;

        for (int u = 0; u < s->n_units; u++)
                for (int i = 0; i < s->n_pupils && s->units[u].group >= 0; i++) {
                        struct pupil *p = &s->pupils[i];
                        if (p->group != s->units[u].group || !is_free(s, p, s->units[u].cells))
                                continue;
                        enrol(st, i, u);
                        p->fixed |= s->units[u].cells;
                }
}

/* Fill unit u up to its size with pupils who are free then; at first those who wish it. */
static void fill(struct seating *st, int u, const int *order, bool wishers)
{
        struct school *s = st->s;
        struct unit *x = &s->units[u];

        for (int k = 0; k < s->n_pupils && x->enrolled < x->size; k++) {
                int i = order[k];
                struct pupil *p = &s->pupils[i];
                if (wishers && !st->wished[i * s->n_offers + x->offer])
                        continue;
                if (offer_admits(s, &s->offers[x->offer], p) && is_free(s, p, x->cells) &&
                        !holds_offer(s, p, x->offer))
                        enrol(st, i, u);
        }
}

static void fill_all(struct seating *st)
{
        struct school *s = st->s;
        int *order = mem_zero((size_t)s->n_pupils, sizeof *order);
        int *units = mem_zero((size_t)s->n_units, sizeof *units);

        for (int i = 0; i < s->n_pupils; i++)
                order[i] = i;
        for (int u = 0; u < s->n_units; u++)
                units[u] = u;
        for (int pass = 0; pass < 2; pass++)
                for (int cells = s->n_cells; cells > 0; cells--) {
                        rng_shuffle(&s->rng, units, s->n_units);
                        for (int k = 0; k < s->n_units; k++) {
                                if (__builtin_popcountll(s->units[units[k]].cells) != cells)
                                        continue;
                                rng_shuffle(&s->rng, order, s->n_pupils);
                                fill(st, units[k], order, pass == 0);
                        }
                }
        mem_free(order);
        mem_free(units);
}

/* The cells around c whose sections lie within them for both; 0 if a reserved seat is among them.
 */
static cellset window_of(
        const struct school *s, const struct pupil *a, const struct pupil *b, int c)
{
        cellset window = (cellset)1 << c, seen = 0;

        while (window != seen) {
                cellset fresh = window & ~seen;
                seen = window;
                for (; fresh; fresh &= fresh - 1) {
                        int x = a->seat[__builtin_ctzll(fresh)],
                            y = b->seat[__builtin_ctzll(fresh)];
                        window |= x >= 0 ? s->units[x].cells : 0;
                        window |= y >= 0 ? s->units[y].cells : 0;
                }
        }
        return window & (a->fixed | b->fixed) ? 0 : window;
}

/* Pupils a and b trade all they have in the window. */
static void trade(struct seating *st, int a, int b, cellset window)
{
        struct school *s = st->s;
        struct pupil *p = &s->pupils[a], *q = &s->pupils[b];

        for (cellset rest = window; rest; rest &= rest - 1) {
                int c = __builtin_ctzll(rest), x = p->seat[c], y = q->seat[c];
                int *i = &st->slot[a * s->n_cells + c], *k = &st->slot[b * s->n_cells + c],
                    keep = *i;
                if (x >= 0 && __builtin_ctzll(s->units[x].cells) == c)
                        st->roster[x][*i] = b;
                if (y >= 0 && __builtin_ctzll(s->units[y].cells) == c)
                        st->roster[y][*k] = a;
                *i = *k;
                *k = keep;
                p->seat[c] = y;
                q->seat[c] = x;
        }
}

static bool accept(struct rng *r, double rise, double heat)
{
        return rise <= 0 || rng_unit(r) < exp(-rise / heat);
}

static void try_trade(struct seating *st, int a, int b, int c, double heat)
{
        struct school *s = st->s;
        cellset window = a == b ? 0 : window_of(s, &s->pupils[a], &s->pupils[b], c);

        if (!window || s->pupils[a].seat[c] == s->pupils[b].seat[c])
                return;
        trade(st, a, b, window);
        double x = cost_of(st, a), y = cost_of(st, b);
        if (!accept(&s->rng, x + y - st->cost[a] - st->cost[b], heat)) {
                trade(st, a, b, window);
                return;
        }
        st->cost[a] = x;
        st->cost[b] = y;
}

/* Pupil a goes to unit u and leaves what he has then. */
static void try_change(struct seating *st, int a, int u, double heat)
{
        struct school *s = st->s;
        struct pupil *p = &s->pupils[a];
        int left[MAX_SCHOOL_CELLS], n = 0;
        double rise = 0;

        if (s->units[u].enrolled >= capacity(s, u) || (p->fixed & s->units[u].cells))
                return;
        for (cellset rest = s->units[u].cells; rest; rest &= rest - 1) {
                int x = p->seat[__builtin_ctzll(rest)];
                if (x == u || (x >= 0 && (s->units[x].cells & p->fixed)))
                        return;
        }
        for (cellset rest = s->units[u].cells; rest; rest &= rest - 1) {
                int x = p->seat[__builtin_ctzll(rest)];
                if (x < 0)
                        continue;
                rise += size_cost(s, x, s->units[x].enrolled - 1) -
                        size_cost(s, x, s->units[x].enrolled);
                left[n++] = x;
                leave(st, a, x);
        }
        rise += size_cost(s, u, s->units[u].enrolled + 1) - size_cost(s, u, s->units[u].enrolled);
        enrol(st, a, u);
        double cost = cost_of(st, a);
        if (accept(&s->rng, rise + cost - st->cost[a], heat)) {
                st->cost[a] = cost;
                return;
        }
        leave(st, a, u);
        while (n > 0)
                enrol(st, a, left[--n]);
}

/* A unit of a course that a wishes and has not; -1 if the draw finds none. */
static int draw_wish(const struct seating *st, int a)
{
        struct school *s = st->s;
        const struct pupil *p = &s->pupils[a];
        int o = p->n_wants ? p->wants[rng_below(&s->rng, p->n_wants)] : -1;

        if (o < 0 || !s->offers[o].n_units || holds_offer(s, p, o))
                return -1;
        return s->offers[o].first_unit + rng_below(&s->rng, s->offers[o].n_units);
}

static void anneal(struct seating *st)
{
        struct school *s = st->s;
        const long rounds = 250L * s->n_pupils * s->n_cells;
        double hot = 14, cold = 0.5;

        for (long i = 0; i < rounds; i++) {
                double heat = hot * pow(cold / hot, (double)i / (double)rounds);
                int a = rng_below(&s->rng, s->n_pupils), kind = rng_below(&s->rng, 8);
                if (st->cost[a] <= 0)
                        continue;
                if (kind == 0) {
                        try_change(st, a, rng_below(&s->rng, s->n_units), heat);
                        continue;
                }
                int u = kind < 6 ? draw_wish(st, a) : -1;
                if (u >= 0 && kind == 1)
                        try_change(st, a, u, heat);
                else if (u >= 0 && s->units[u].enrolled)
                        try_trade(st, a, st->roster[u][rng_below(&s->rng, s->units[u].enrolled)],
                                __builtin_ctzll(s->units[u].cells), heat);
                else
                        try_trade(st, a, rng_below(&s->rng, s->n_pupils),
                                rng_below(&s->rng, s->n_cells), heat);
        }
}

/* What annealing could not mend: seats that pupil i may not have, or has twice. */
static void drop_wrong(struct seating *st, int i)
{
        struct school *s = st->s;
        struct pupil *p = &s->pupils[i];

        for (int c = 0; c < s->n_cells; c++) {
                int u = p->seat[c];
                if (u < 0 || __builtin_ctzll(s->units[u].cells) != c || (p->fixed >> c & 1))
                        continue;
                bool wrong = !offer_admits(s, &s->offers[s->units[u].offer], p);
                for (int k = 0; k < s->n_cells; k++)
                        wrong = wrong || (p->seat[k] >= 0 && p->seat[k] != u &&
                                                 s->units[p->seat[k]].offer == s->units[u].offer);
                if (wrong)
                        leave(st, i, u);
        }
}

static void fill_holes(struct seating *st, int i)
{
        struct school *s = st->s;
        struct pupil *p = &s->pupils[i];
        int from = rng_below(&s->rng, s->n_units);

        for (int k = 0; k < s->n_units; k++) {
                int u = (from + k) % s->n_units;
                const struct unit *x = &s->units[u];
                if (x->enrolled < x->size && offer_admits(s, &s->offers[x->offer], p) &&
                        is_free(s, p, x->cells) && !holds_offer(s, p, x->offer) && !p->leaves_early)
                        enrol(st, i, u);
        }
}

/* From here on the pupil wants what he has. */
static void read_wants(struct school *s, struct pupil *p)
{
        p->n_wants = 0;
        for (int o = 0; o < s->n_offers; o++)
                if (s->offers[o].n_units && holds_offer(s, p, o))
                        p->wants[p->n_wants++] = o;
}

static void seating_init(struct seating *st, struct school *s)
{
        *st = (struct seating){.s = s};
        st->wished = mem_zero((size_t)s->n_pupils * (size_t)s->n_offers, sizeof *st->wished);
        st->cost = mem_zero((size_t)s->n_pupils, sizeof *st->cost);
        st->roster = mem_zero((size_t)s->n_units, sizeof *st->roster);
        st->cap = mem_zero((size_t)s->n_units, sizeof *st->cap);
        st->slot = mem_zero((size_t)(s->n_pupils * s->n_cells), sizeof *st->slot);
        for (int i = 0; i < s->n_pupils; i++) {
                for (int c = 0; c < MAX_SCHOOL_CELLS; c++)
                        s->pupils[i].seat[c] = -1;
                for (int k = 0; k < s->pupils[i].n_wants; k++)
                        st->wished[i * s->n_offers + s->pupils[i].wants[k]] = true;
        }
}

static void seating_free(struct seating *st)
{
        for (int u = 0; u < st->s->n_units; u++)
                mem_free(st->roster[u]);
        mem_free(st->roster);
        mem_free(st->cap);
        mem_free(st->slot);
        mem_free(st->wished);
        mem_free(st->cost);
}

/* Forget sections that nobody sits in, and number the others anew. */
static void compact(struct school *s)
{
        int *new_number = mem_zero((size_t)s->n_units + 1, sizeof *new_number), n = 0;
        bool *alive = mem_zero((size_t)s->n_units + 1, sizeof *alive);

        for (int o = 0; o < s->n_offers; o++)
                s->offers[o].n_units = 0;
        for (int u = 0; u < s->n_units; u++) {
                struct unit x = s->units[u];
                new_number[u] = n;
                alive[u] = x.enrolled > 0;
                if (!alive[u])
                        continue;
                struct offer *o = &s->offers[x.offer];
                if (!o->n_units)
                        o->first_unit = n;
                x.number = ++o->n_units;
                s->units[n++] = x;
        }
        s->n_units = n;
        for (int u = 0; u < n; u++)
                if (s->units[u].leader >= 0)
                        s->units[u].leader =
                                alive[s->units[u].leader] ? new_number[s->units[u].leader] : -1;
        for (int i = 0; i < s->n_pupils; i++)
                for (int c = 0; c < s->n_cells; c++)
                        if (s->pupils[i].seat[c] >= 0)
                                s->pupils[i].seat[c] = new_number[s->pupils[i].seat[c]];
        mem_free(alive);
        mem_free(new_number);
}

void plan_seat(struct school *s)
{
        struct seating st;

        seating_init(&st, s);
        seat_members(&st);
        fill_all(&st);
        for (int i = 0; i < s->n_pupils; i++)
                st.cost[i] = cost_of(&st, i);
        anneal(&st);
        for (int i = 0; i < s->n_pupils; i++) {
                drop_wrong(&st, i);
                fill_holes(&st, i);
        }
        seating_free(&st);
        compact(s);
        for (int i = 0; i < s->n_pupils; i++)
                read_wants(s, &s->pupils[i]);
}
