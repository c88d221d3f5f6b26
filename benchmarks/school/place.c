/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A time for every section of a planted school, by annealing: no teacher, lab or cohort group twice
 * at a time, and in every cell as many seats for each grade as it has pupils.
 */
#include "benchmarks/school/school.h"
#include <math.h>
#include <string.h>

enum { CLASH = 400, OVERLOAD = 200, TWIN = 3 };

struct placing {
        struct school *s;
        int *starts, *n_starts; /* [unit] allowed masks: where they begin in masks, how many */
        cellset *masks;
        int *staff, *lab, *group; /* [i * n_cells + cell] sections then */
        double *supply;           /* [grade * n_cells + cell] seats */
        double need[4];
};

static cellset open_cells(const struct school *s, const struct unit *u)
{
        const struct staff *t = &s->staff[u->staff];
        cellset open = t->available;

        if (t->path >= 0)
                open &= ~bell_period(&s->bell, s->paths[t->path].planning);
        return u->lab >= 0 ? open & s->labs[u->lab].available : open;
}

static void list_starts(struct placing *pl)
{
        struct school *s = pl->s;
        int used = 0;

        pl->masks = mem_zero((size_t)s->n_units * MAX_SCHOOL_CELLS + 1, sizeof *pl->masks);
        for (int u = 0; u < s->n_units; u++) {
                const struct offer *o = &s->offers[s->units[u].offer];
                cellset all[MAX_CELLS], open = open_cells(s, &s->units[u]);
                int n = bell_starts(&s->bell, o->periods, o->terms, all);
                pl->starts[u] = used;
                for (int i = 0; i < n; i++)
                        if (!(all[i] & ~open))
                                pl->masks[used++] = all[i];
                if (used == pl->starts[u])
                        pl->masks[used++] = all[rng_below(&s->rng, n)];
                pl->n_starts[u] = used - pl->starts[u];
        }
}

/* Seats of the unit that are meant for the grade. */
static double share(const struct school *s, const struct unit *u, int grade)
{
        const struct offer *o = &s->offers[u->offer];

        if (u->cohort >= 0)
                return s->cohorts[u->cohort].grade == grade ? u->size : 0;
        if (o->stack >= 0 && s->units[s->offers[o->stack].first_unit].leader == o->first_unit)
                return o->wants_of[grade] + s->offers[o->stack].wants_of[grade];
        return o->n_wants ? (double)u->size * o->wants_of[grade] / o->n_wants : 0;
}

static void count(struct placing *pl, int x, cellset cells, int sign)
{
        struct school *s = pl->s;
        const struct unit *u = &s->units[x];
        double part[4];

        for (int g = 0; g < 4; g++)
                part[g] = share(s, u, g) * sign;
        for (; cells; cells &= cells - 1) {
                int c = __builtin_ctzll(cells);
                pl->staff[u->staff * s->n_cells + c] += sign;
                if (u->lab >= 0)
                        pl->lab[u->lab * s->n_cells + c] += sign;
                if (u->group >= 0)
                        pl->group[u->group * s->n_cells + c] += sign;
                for (int g = 0; g < 4; g++)
                        pl->supply[g * s->n_cells + c] += part[g];
        }
}

static int overload(const struct placing *pl, const struct unit *u, cellset cells)
{
        const struct school *s = pl->s;
        const int *busy = &pl->staff[u->staff * s->n_cells];
        int P = s->bell.n_periods, over = 0;

        for (int t = 0; t < s->bell.n_terms; t++) {
                int load = 0;
                for (int p = 0; p < P; p++)
                        load += busy[t * P + p] > 0 || (cells >> (t * P + p) & 1);
                over += load > s->staff[u->staff].load ? load - s->staff[u->staff].load : 0;
        }
        return over;
}

/* Sections of the same small course at the same time leave their pupils no choice. */
static int twins(const struct placing *pl, int x, cellset cells)
{
        const struct school *s = pl->s;
        const struct offer *o = &s->offers[s->units[x].offer];
        int n = 0;

        if (o->n_units > 4)
                return 0;
        for (int u = o->first_unit; u < o->first_unit + o->n_units; u++)
                n += u != x && (s->units[u].cells & cells);
        return n;
}

/* What it costs to add unit x in these cells. */
static double price(const struct placing *pl, int x, cellset cells)
{
        const struct school *s = pl->s;
        const struct unit *u = &s->units[x];
        double cost = TWIN * twins(pl, x, cells) + OVERLOAD * overload(pl, u, cells), part[4];

        for (int g = 0; g < 4; g++)
                part[g] = share(s, u, g);
        for (cellset rest = cells; rest; rest &= rest - 1) {
                int c = __builtin_ctzll(rest);
                cost += CLASH * (pl->staff[u->staff * s->n_cells + c] > 0);
                cost += u->lab >= 0 && pl->lab[u->lab * s->n_cells + c] ? CLASH : 0;
                cost += u->group >= 0 && pl->group[u->group * s->n_cells + c] ? CLASH : 0;
                for (int g = 0; g < 4; g++) {
                        double before = pl->supply[g * s->n_cells + c] - pl->need[g];
                        cost += part[g] * (2 * before + part[g]) / pl->need[g] * 4;
                }
        }
        return cost;
}

static void put(struct placing *pl, int x, cellset cells)
{
        pl->s->units[x].cells = cells;
        count(pl, x, cells, 1);
}

static cellset lift(struct placing *pl, int x)
{
        cellset cells = pl->s->units[x].cells;

        count(pl, x, cells, -1);
        pl->s->units[x].cells = 0;
        return cells;
}

static bool accept(struct rng *r, double rise, double heat)
{
        return rise <= 0 || rng_unit(r) < exp(-rise / heat);
}

static cellset draw_start(struct placing *pl, int x)
{
        return pl->masks[pl->starts[x] + rng_below(&pl->s->rng, pl->n_starts[x])];
}

static void move(struct placing *pl, int x, double heat)
{
        cellset old = lift(pl, x), new = draw_start(pl, x);
        bool yes = new != old &&accept(&pl->s->rng, price(pl, x, new) - price(pl, x, old), heat);

        put(pl, x, yes ? new : old);
}

static bool may(const struct placing *pl, int x, cellset cells)
{
        for (int i = 0; i < pl->n_starts[x]; i++)
                if (pl->masks[pl->starts[x] + i] == cells)
                        return true;
        return false;
}

static void swap(struct placing *pl, int x, int y, double heat)
{
        struct unit *units = pl->s->units;

        if (units[x].cells == units[y].cells || !may(pl, x, units[y].cells) ||
                !may(pl, y, units[x].cells))
                return;
        cellset a = lift(pl, x), b = lift(pl, y);
        double old = price(pl, x, a), new = price(pl, x, b);
        put(pl, x, a);
        old += price(pl, y, b);
        lift(pl, x);
        put(pl, x, b);
        new += price(pl, y, a);
        if (accept(&pl->s->rng, new - old, heat)) {
                put(pl, y, a);
                return;
        }
        lift(pl, x);
        put(pl, x, a);
        put(pl, y, b);
}

static void anneal(struct placing *pl)
{
        struct school *s = pl->s;
        const long rounds = 4000L * s->n_units;
        double hot = 60, cold = 0.4;

        for (long i = 0; i < rounds; i++) {
                double heat = hot * pow(cold / hot, (double)i / (double)rounds);
                int x = rng_below(&s->rng, s->n_units), y = rng_below(&s->rng, s->n_units);
                if (s->units[x].leader >= 0 || s->units[y].leader >= 0)
                        continue;
                if (i % 3 == 0 && x != y)
                        swap(pl, x, y, heat);
                else
                        move(pl, x, heat);
        }
}

static bool clashes(const struct placing *pl, int x, const int *busy, int of)
{
        for (cellset rest = pl->s->units[x].cells; rest; rest &= rest - 1)
                if (busy[of * pl->s->n_cells + __builtin_ctzll(rest)] > 1)
                        return true;
        return false;
}

/* Where the annealing left a clash, another teacher or lab is added: the plan comes first. */
static void mend(struct placing *pl)
{
        struct school *s = pl->s;

        for (int x = 0; x < s->n_units; x++) {
                struct unit *u = &s->units[x];
                if (u->leader >= 0)
                        continue;
                if (u->lab >= 0 && clashes(pl, x, pl->lab, u->lab)) {
                        cellset cells = lift(pl, x);
                        u->lab = staff_add_lab(s, s->offers[u->offer].row->room);
                        put(pl, x, cells);
                }
                if (!clashes(pl, x, pl->staff, u->staff) && !(u->cells & ~open_cells(s, u)))
                        continue;
                cellset cells = lift(pl, x);
                u->staff = staff_add(s, s->offers[u->offer].row->credential, cells);
                put(pl, x, cells);
        }
}

static void follow(struct school *s, struct unit *u)
{
        const struct unit *leader = &s->units[u->leader];

        u->cells = leader->cells;
        u->staff = leader->staff;
        u->lab = leader->lab;
}

static void placing_init(struct placing *pl, struct school *s)
{
        size_t most = (size_t)s->n_units * 2 + 2, cells = (size_t)s->n_cells;

        *pl = (struct placing){.s = s};
        pl->starts = mem_zero(most, sizeof *pl->starts);
        pl->n_starts = mem_zero(most, sizeof *pl->n_starts);
        pl->staff = mem_zero(most * cells, sizeof *pl->staff);
        pl->lab = mem_zero(most * cells, sizeof *pl->lab);
        pl->group = mem_zero((size_t)(s->n_groups + 1) * cells, sizeof *pl->group);
        pl->supply = mem_zero(4 * cells, sizeof *pl->supply);
        for (int i = 0; i < s->n_pupils; i++)
                pl->need[s->pupils[i].grade] +=
                        1 - (s->pupils[i].leaves_early ? 1.0 / s->bell.n_periods : 0);
        list_starts(pl);
}

void plan_place(struct school *s)
{
        struct placing pl;

        placing_init(&pl, s);
        for (int u = 0; u < s->n_units; u++)
                if (s->units[u].leader < 0)
                        put(&pl, u, draw_start(&pl, u));
        anneal(&pl);
        mend(&pl);
        for (int u = 0; u < s->n_units; u++)
                if (s->units[u].leader >= 0)
                        follow(s, &s->units[u]);
        mem_free(pl.starts);
        mem_free(pl.n_starts);
        mem_free(pl.masks);
        mem_free(pl.staff);
        mem_free(pl.lab);
        mem_free(pl.group);
        mem_free(pl.supply);
}
