/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Teachers of the sketch by name, rooms by kind: a kind is a set of rooms that some unit may use,
 * and counts all units whose rooms are among them. Where kinds do not overlap, or lie within each
 * other, as many units as rooms in each cell is all it takes (Hall's theorem).
 */
#include "solver/sketch_parts.h"
#include <string.h>

struct room_kind {
        struct ints rooms;
        int *open; /* [n_cells] rooms available */
        int *used; /* [n_cells] units there */
};

struct sketch_staff {
        const struct frame *f;
        const struct problem *pb;
        const struct state *st; /* co-teachers */
        int *used;              /* [n_teachers * n_cells] units there */
        int *load;              /* [n_teachers * n_terms] */
        int n_kinds;
        struct room_kind *kinds;
        int *kind_at, *kind_of; /* of unit u: kind_of[kind_at[u] .. kind_at[u + 1]] */
};

static bool alike(const struct ints *a, const struct ints *b)
{
        return a->n == b->n && !memcmp(a->v, b->v, (size_t)a->n * sizeof(int));
}

static bool within(const struct ints *a, const struct ints *b)
{
        for (int i = 0; i < a->n; i++)
                if (!ints_has(b, a->v[i]))
                        return false;
        return true;
}

static void make_kinds(struct sketch_staff *sf)
{
        const struct frame *f = sf->f;
        int n_cells = sf->pb->n_cells, n = 0;

        sf->kinds = mem_zero((size_t)f->n_units + 1, sizeof *sf->kinds);
        for (int u = 0; u < f->n_units; u++) {
                int k = 0;
                if (!f->units[u].roomed)
                        continue;
                while (k < sf->n_kinds && !alike(&sf->kinds[k].rooms, &f->units[u].rooms))
                        k++;
                if (k < sf->n_kinds)
                        continue;
                struct room_kind *kind = &sf->kinds[sf->n_kinds++];
                kind->rooms = f->units[u].rooms;
                kind->open = mem_zero((size_t)n_cells + 1, sizeof(int));
                kind->used = mem_zero((size_t)n_cells + 1, sizeof(int));
                for (int c = 0; c < n_cells; c++)
                        for (int i = 0; i < kind->rooms.n; i++)
                                kind->open[c] +=
                                        (int)(sf->pb->rooms[kind->rooms.v[i]].available >> c & 1);
        }
        sf->kind_at = mem_zero((size_t)f->n_units + 1, sizeof(int));
        sf->kind_of = mem_zero((size_t)f->n_units * (size_t)sf->n_kinds + 1, sizeof(int));
        for (int u = 0; u < f->n_units; u++) {
                sf->kind_at[u] = n;
                for (int k = 0; f->units[u].roomed && k < sf->n_kinds; k++)
                        if (within(&f->units[u].rooms, &sf->kinds[k].rooms))
                                sf->kind_of[n++] = k;
        }
        sf->kind_at[f->n_units] = n;
}

struct sketch_staff *sketch_staff_new(const struct state *st)
{
        struct sketch_staff *sf = mem_zero(1, sizeof *sf);
        const struct problem *pb = st->pb;

        sf->f = st->f;
        sf->pb = pb;
        sf->st = st;
        sf->used = mem_zero((size_t)pb->n_teachers * (size_t)pb->n_cells + 1, sizeof(int));
        sf->load = mem_zero((size_t)pb->n_teachers * (size_t)pb->n_terms + 1, sizeof(int));
        make_kinds(sf);
        return sf;
}

void sketch_staff_free(struct sketch_staff *sf)
{
        for (int k = 0; k < sf->n_kinds; k++) {
                mem_free(sf->kinds[k].open);
                mem_free(sf->kinds[k].used);
        }
        mem_free(sf->kinds);
        mem_free(sf->kind_at);
        mem_free(sf->kind_of);
        mem_free(sf->used);
        mem_free(sf->load);
        mem_free(sf);
}

/* What one more or less at *used changes in what is above the limit. */
static int step(int *used, int limit, int n)
{
        int was = *used > limit ? *used - limit : 0;

        *used += n;
        return (*used > limit ? *used - limit : 0) - was;
}

static int book_person(struct sketch_staff *sf, int person, cellset cells, bool counts, int n)
{
        const struct problem *pb = sf->pb;
        const struct teacher *who = &pb->teachers[person];
        int wrong = 0;

        for (cellset m = cells; m; m &= m - 1) {
                int c = __builtin_ctzll(m);
                wrong += step(
                        &sf->used[person * pb->n_cells + c], (int)(who->available >> c & 1), n);
                if (counts && who->limits.load >= 0)
                        wrong += step(&sf->load[person * pb->n_terms + c / pb->n_periods],
                                who->limits.load, n);
        }
        return wrong;
}

int sketch_staff_book(struct sketch_staff *sf, int unit, int start, int teacher, int n)
{
        const struct unit *u = &sf->f->units[unit];
        cellset cells = sf->pb->courses[u->course].start_cells[start];
        int wrong = 0;

        if (teacher >= 0)
                wrong += book_person(sf, teacher, cells, u->counts_load, n);
        for (int i = 0; i < u->n; i++)
                if (sf->st->co[u->sections[i]] >= 0)
                        wrong += book_person(
                                sf, sf->st->co[u->sections[i]], cells, u->counts_load, n);
        for (int i = sf->kind_at[unit]; i < sf->kind_at[unit + 1]; i++) {
                struct room_kind *kind = &sf->kinds[sf->kind_of[i]];
                for (cellset m = cells; m; m &= m - 1) {
                        int c = __builtin_ctzll(m);
                        wrong += step(&kind->used[c], kind->open[c], n);
                }
        }
        return wrong;
}
