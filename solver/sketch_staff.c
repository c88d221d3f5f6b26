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

enum { MOST_UNIONS = 64 };

struct room_kind {
        struct ints rooms;
        int *store; /* of a union's rooms; else NULL */
        int *open;  /* [n_cells] rooms available */
        int *used;  /* [n_cells] units there */
};

struct co_kind {
        const struct ints *people;
        int *open, *used; /* [n_cells], then [n_terms] of their loads */
};

struct sketch_staff {
        const struct frame *f;
        const struct problem *pb;
        int n_kinds, n_unions;
        struct room_kind *kinds;
        int n_co_kinds;
        struct co_kind *co_kinds;
        int *co_kind_of;        /* [n_sections] -1: needs no co-teacher */
        int *apart;             /* [n_separate * n_cells * n_courses] sections there */
        int *apart_courses;     /* [n_separate * n_cells] courses there, which should be one */
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

static bool meet(const struct ints *a, const struct ints *b)
{
        for (int i = 0; i < a->n; i++)
                if (ints_has(b, a->v[i]))
                        return true;
        return false;
}

static struct ints united(const struct ints *a, const struct ints *b, int n_rooms)
{
        struct ints sum = {.v = mem_zero((size_t)n_rooms + 1, sizeof(int))};

        for (int r = 0; r < n_rooms; r++)
                if (ints_has(a, r) || ints_has(b, r))
                        sum.v[sum.n++] = r;
        return sum;
}

static bool is_kind(const struct sketch_staff *sf, const struct ints *rooms)
{
        for (int k = 0; k < sf->n_kinds; k++)
                if (alike(&sf->kinds[k].rooms, rooms))
                        return true;
        return false;
}

static void open_kind(struct sketch_staff *sf, struct ints rooms, int *store)
{
        struct room_kind *kind = &sf->kinds[sf->n_kinds++];
        int n_cells = sf->pb->n_cells;

        kind->rooms = rooms;
        kind->store = store;
        kind->open = mem_zero((size_t)n_cells + 1, sizeof(int));
        kind->used = mem_zero((size_t)n_cells + 1, sizeof(int));
        for (int c = 0; c < n_cells; c++)
                for (int i = 0; i < rooms.n; i++)
                        kind->open[c] += (int)(sf->pb->rooms[rooms.v[i]].available >> c & 1);
}

/* Sets of rooms that overlap: what lies within either is counted together, too. */
static void unite_kinds(struct sketch_staff *sf)
{
        for (int i = 0; i < sf->n_kinds; i++)
                for (int j = 0; j < i && sf->n_unions < MOST_UNIONS; j++) {
                        const struct ints *a = &sf->kinds[i].rooms, *b = &sf->kinds[j].rooms;
                        if (!meet(a, b) || within(a, b) || within(b, a))
                                continue;
                        struct ints sum = united(a, b, sf->pb->n_rooms);
                        if (is_kind(sf, &sum)) {
                                mem_free(sum.v);
                                continue;
                        }
                        open_kind(sf, sum, sum.v);
                        sf->n_unions++;
                }
}

static void make_kinds(struct sketch_staff *sf)
{
        const struct frame *f = sf->f;
        int n = 0;

        sf->kinds = mem_zero((size_t)f->n_units + MOST_UNIONS + 1, sizeof *sf->kinds);
        for (int u = 0; u < f->n_units; u++)
                if (f->units[u].roomed && !is_kind(sf, &f->units[u].rooms))
                        open_kind(sf, f->units[u].rooms, NULL);
        unite_kinds(sf);
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
        size_t n_apart = (size_t)st->f->n_separate * (size_t)sf->pb->n_cells;
        sf->apart = mem_zero(n_apart * (size_t)sf->pb->n_courses + 1, sizeof(int));
        sf->apart_courses = mem_zero(n_apart + 1, sizeof(int));
        return sf;
}

void sketch_staff_free(struct sketch_staff *sf)
{
        for (int k = 0; k < sf->n_kinds; k++) {
                mem_free(sf->kinds[k].store);
                mem_free(sf->kinds[k].open);
                mem_free(sf->kinds[k].used);
        }
        for (int k = 0; k < sf->n_co_kinds; k++) {
                mem_free(sf->co_kinds[k].open);
                mem_free(sf->co_kinds[k].used);
        }
        mem_free(sf->apart);
        mem_free(sf->apart_courses);
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

/* Courses that `separate` rules keep apart: how many too many meet. */
static int book_apart(struct sketch_staff *sf, int course, cellset cells, int n)
{
        const struct ints *rules = &sf->f->course_separate[course];
        int wrong = 0;

        for (int i = 0; i < rules->n; i++)
                for (cellset m = cells; m; m &= m - 1) {
                        int at = rules->v[i] * sf->pb->n_cells + __builtin_ctzll(m);
                        int *own = &sf->apart[at * sf->pb->n_courses + course], was = *own;
                        *own += n;
                        if ((was > 0) != (*own > 0))
                                wrong += step(&sf->apart_courses[at], 1, n);
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
        for (int i = 0; i < u->n; i++)
                wrong += book_apart(sf, sf->pb->section_course[u->sections[i]], cells, n);
        for (int i = sf->kind_at[unit]; i < sf->kind_at[unit + 1]; i++) {
                struct room_kind *kind = &sf->kinds[sf->kind_of[i]];
                for (cellset m = cells; m; m &= m - 1) {
                        int c = __builtin_ctzll(m);
                        wrong += step(&kind->used[c], kind->open[c], n);
                }
        }
        return wrong;
}
