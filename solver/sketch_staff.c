/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rooms of the sketch by kind (its teachers by name: sketch_teachers.c): a kind is a set of rooms
 * that some unit may use, and counts all units whose rooms are among them. Where kinds do not
 * overlap, or lie within each other, as many units as rooms in each cell is all it takes (Hall's
 * theorem). Co-teachers in the same way: those of a kind who teach, and sections that ask for one
 * of them.
 */
#include "solver/sketch_parts.h"
#include <string.h>

struct room_kind {
        struct ints rooms;
        int *open; /* [n_cells] rooms available */
        int *used; /* [n_cells] units there */
};

struct co_kind {
        const struct ints *people;
        int *open, *used; /* [n_cells], then [n_terms] of their loads */
};

struct sketch_staff {
        const struct frame *f;
        const struct problem *pb;
        int n_kinds;
        struct room_kind *kinds;
        int n_co_kinds;
        struct co_kind *co_kinds;
        int *co_kind_of;        /* [n_sections] -1: needs no co-teacher */
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

static void open_co_kind(struct sketch_staff *sf, struct co_kind *kind, const struct ints *people)
{
        const struct problem *pb = sf->pb;
        int n = pb->n_cells + pb->n_terms;

        kind->people = people;
        kind->open = mem_zero((size_t)n + 1, sizeof(int));
        kind->used = mem_zero((size_t)n + 1, sizeof(int));
        for (int i = 0; i < people->n; i++) {
                const struct teacher *who = &pb->teachers[people->v[i]];
                for (int c = 0; c < pb->n_cells; c++)
                        kind->open[c] += (int)(who->available >> c & 1);
                for (int t = 0; t < pb->n_terms; t++)
                        kind->open[pb->n_cells + t] +=
                                who->limits.load >= 0 ? who->limits.load : pb->n_periods;
        }
}

static void make_co_kinds(struct sketch_staff *sf)
{
        const struct problem *pb = sf->pb;

        sf->co_kinds = mem_zero((size_t)pb->n_courses + 1, sizeof *sf->co_kinds);
        sf->co_kind_of = mem_alloc(((size_t)pb->n_sections + 1) * sizeof(int));
        for (int s = 0; s < pb->n_sections; s++)
                sf->co_kind_of[s] = NONE;
        for (int i = 0; i < pb->n_courses; i++) {
                const struct course *c = &pb->courses[i];
                int k = 0;
                if (!c->support.given)
                        continue;
                while (k < sf->n_co_kinds && !alike(sf->co_kinds[k].people, &c->able_co_teachers))
                        k++;
                if (k == sf->n_co_kinds)
                        open_co_kind(sf, &sf->co_kinds[sf->n_co_kinds++], &c->able_co_teachers);
                for (int j = 0; j < c->support.sections && j < c->sections_max; j++)
                        sf->co_kind_of[c->first_section + j] = k;
        }
}

struct sketch_staff *sketch_staff_new(const struct state *st)
{
        struct sketch_staff *sf = mem_zero(1, sizeof *sf);

        sf->f = st->f;
        sf->pb = st->pb;
        make_kinds(sf);
        make_co_kinds(sf);
        return sf;
}

void sketch_staff_free(struct sketch_staff *sf)
{
        for (int k = 0; k < sf->n_kinds; k++) {
                mem_free(sf->kinds[k].open);
                mem_free(sf->kinds[k].used);
        }
        for (int k = 0; k < sf->n_co_kinds; k++) {
                mem_free(sf->co_kinds[k].open);
                mem_free(sf->co_kinds[k].used);
        }
        mem_free(sf->co_kinds);
        mem_free(sf->co_kind_of);
        mem_free(sf->kinds);
        mem_free(sf->kind_at);
        mem_free(sf->kind_of);
        mem_free(sf);
}

/* What one more or less at *used changes in what is above the limit. */
static int step(int *used, int limit, int n)
{
        int was = *used > limit ? *used - limit : 0;

        *used += n;
        return (*used > limit ? *used - limit : 0) - was;
}

/* Of a kind: one more who teaches, or a section more that asks for one of them. */
static int book_kind(
        const struct problem *pb, struct co_kind *kind, cellset cells, bool counts, int n)
{
        int wrong = 0;

        for (cellset m = cells; m; m &= m - 1) {
                int c = __builtin_ctzll(m), t = pb->n_cells + c / pb->n_periods;
                wrong += step(&kind->used[c], kind->open[c], n);
                if (counts)
                        wrong += step(&kind->used[t], kind->open[t], n);
        }
        return wrong;
}

int sketch_staff_book(struct sketch_staff *sf, int unit, int start, int teacher, int n)
{
        const struct unit *u = &sf->f->units[unit];
        cellset cells = sf->pb->courses[u->course].start_cells[start];
        int wrong = 0;

        for (int k = 0; teacher >= 0 && k < sf->n_co_kinds; k++)
                if (ints_has(sf->co_kinds[k].people, teacher))
                        wrong += book_kind(sf->pb, &sf->co_kinds[k], cells, u->counts_load, n);
        for (int i = 0; i < u->n; i++)
                if (sf->co_kind_of[u->sections[i]] >= 0)
                        wrong += book_kind(sf->pb, &sf->co_kinds[sf->co_kind_of[u->sections[i]]],
                                cells, u->counts_load, n);
        for (int i = sf->kind_at[unit]; i < sf->kind_at[unit + 1]; i++) {
                struct room_kind *kind = &sf->kinds[sf->kind_of[i]];
                for (cellset m = cells; m; m &= m - 1) {
                        int c = __builtin_ctzll(m);
                        wrong += step(&kind->used[c], kind->open[c], n);
                }
        }
        return wrong;
}
