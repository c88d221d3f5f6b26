/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conflict matrix, and what fits into each period. */
#include "model/tally_parts.h"
#include <stdlib.h>
#include <string.h>

/* ---- pairs ---- */

struct counts {
        struct tally *t;
        int cap;
        int *at,
                *list; /* requests of course c: list[at[c]] ... list[at[c + 1] - 1], primary ones */
        int *students, *first; /* [n_courses], beside the course at hand */
        struct ints met;       /* courses counted beside it */
};

static void group_by_course(struct counts *x)
{
        const struct problem *pb = x->t->pb;
        int *next = mem_zero((size_t)pb->n_courses + 1, sizeof *next);

        x->at = mem_zero((size_t)pb->n_courses + 1, sizeof *x->at);
        x->list = mem_zero((size_t)pb->n_requests + 1, sizeof *x->list);
        for (int c = 0; c < pb->n_courses; c++)
                x->at[c + 1] = x->at[c] + pb->courses[c].n_primary;
        memcpy(next, x->at, (size_t)pb->n_courses * sizeof *next);
        for (int r = 0; r < pb->n_requests; r++)
                if (pb->requests[r].kind != ALTERNATE)
                        x->list[next[pb->requests[r].course]++] = r;
        mem_free(next);
}

static bool comes_first(const struct request *r)
{
        return r->cte || r->kind == REQUIRED;
}

/* Count courses after c that the student of request r also requests. */
static void count_beside(struct counts *x, int c, int r)
{
        const struct problem *pb = x->t->pb;
        const struct request *own = &pb->requests[r];
        const struct student *who = &pb->students[own->student];

        for (int i = who->first_request; i < who->first_request + who->n_requests; i++) {
                const struct request *q = &pb->requests[i];
                if (q->kind == ALTERNATE || q->course <= c)
                        continue;
                if (!x->students[q->course]++)
                        x->met.v[x->met.n++] = q->course;
                x->first[q->course] += comes_first(own) || comes_first(q);
        }
}

static int ways(const struct course *c)
{
        return c->sections_min > 0 ? c->sections_min : 1;
}

static bool can_part(const struct problem *pb, const struct course *a, const struct course *b)
{
        for (int i = 0; i < pb->n_cells; i++) {
                for (int j = 0; a->start_cells[i] && j < pb->n_cells; j++)
                        if (b->start_cells[j] && !(a->start_cells[i] & b->start_cells[j]))
                                return true;
        }
        return false;
}

static void add_pair(struct counts *x, int c, int d)
{
        struct tally *t = x->t;
        const struct course *a = &t->pb->courses[c], *b = &t->pb->courses[d];

        if (t->n_pairs == x->cap) {
                x->cap = x->cap ? x->cap * 2 : 256;
                struct pair *more = arena_array(t->arena, (size_t)x->cap, sizeof *more);
                for (int i = 0; i < t->n_pairs; i++)
                        more[i] = t->pairs[i];
                t->pairs = more;
        }
        t->pairs[t->n_pairs++] = (struct pair){.a = c,
                .b = d,
                .students = x->students[d],
                .first = x->first[d],
                .places = (int64_t)ways(a) * ways(b),
                .single = a->sections_max == 1 && b->sections_max == 1,
                .never = !can_part(t->pb, a, b)};
}

static int by_harm(const void *a, const void *b)
{
        const struct pair *x = a, *y = b;
        int64_t p = x->students * y->places, q = y->students * x->places;

        if (p != q)
                return p > q ? -1 : 1;
        if (x->first != y->first)
                return y->first - x->first;
        return x->a != y->a ? x->a - y->a : x->b - y->b;
}

void tally_pairs(struct tally *t)
{
        const struct problem *pb = t->pb;
        struct counts x = {.t = t};

        group_by_course(&x);
        x.students = mem_zero((size_t)pb->n_courses + 1, sizeof(int));
        x.first = mem_zero((size_t)pb->n_courses + 1, sizeof(int));
        x.met.v = mem_zero((size_t)pb->n_courses + 1, sizeof(int));
        for (int c = 0; c < pb->n_courses; c++) {
                x.met.n = 0;
                for (int i = x.at[c]; i < x.at[c + 1]; i++)
                        count_beside(&x, c, x.list[i]);
                for (int i = 0; i < x.met.n; i++) {
                        add_pair(&x, c, x.met.v[i]);
                        x.students[x.met.v[i]] = x.first[x.met.v[i]] = 0;
                }
        }
        if (t->n_pairs)
                qsort(t->pairs, (size_t)t->n_pairs, sizeof *t->pairs, by_harm);
        mem_free(x.at);
        mem_free(x.list);
        mem_free(x.students);
        mem_free(x.first);
        mem_free(x.met.v);
}

/* ---- what fits into a cell ---- */

struct fit {
        const struct tally *t;
        int cell, n;
        const struct batch *batches; /* largest sections first */
        int *taken;                  /* [n_teachers] batch, -1: free */
        bool *seen;                  /* [n_teachers] */
        int *rooms;                  /* [n_room_types] left in the cell */
};

static int by_size(const void *a, const void *b)
{
        const struct batch *x = a, *y = b;

        return x->largest != y->largest ? y->largest - x->largest : x->course - y->course;
}

static bool is_there(const struct fit *f, int teacher)
{
        const struct teacher *who = &f->t->pb->teachers[teacher];

        return who->available >> f->cell & 1 && who->limits.load > 0;
}

/* A teacher for one more section of the batch, others changing theirs if need be. */
static bool find_teacher(struct fit *f, int batch)
{
        const struct ints *able = &f->batches[batch].able;

        for (int i = 0; i < able->n; i++) {
                int who = able->v[i];
                if (f->seen[who] || !is_there(f, who))
                        continue;
                f->seen[who] = true;
                if (f->taken[who] < 0 || find_teacher(f, f->taken[who])) {
                        f->taken[who] = batch;
                        return true;
                }
        }
        return false;
}

/* Sections of the batch that can run in the cell beside larger ones, rooms apart or people apart.
 */
static int run_in(struct fit *f, int batch, bool by_rooms)
{
        const struct problem *pb = f->t->pb;
        const struct batch *b = &f->batches[batch];
        const struct course *c = &pb->courses[b->course];
        int n = 0;

        if (!(b->covers >> f->cell & 1))
                return 0;
        if (by_rooms && c->room_type >= 0) {
                int *rooms = &f->rooms[c->room_type];
                n = b->sections < *rooms ? b->sections : *rooms;
                *rooms -= n;
                return n;
        }
        if (by_rooms || !c->staffed)
                return b->sections;
        for (; n < b->sections; n++) {
                memset(f->seen, 0, (size_t)pb->n_teachers * sizeof *f->seen);
                if (!find_teacher(f, batch))
                        break;
        }
        return n;
}

/*
 * Sets of sections that teachers can be found for form a matroid, and so do those that rooms of
 * their type can be: taking the largest first gives the most seats in either. Both at once can only
 * be less.
 */
static void fill_cell(struct fit *f, struct slot_tally *s)
{
        int sections[2] = {0}, seats[2] = {0};

        for (int by_rooms = 0; by_rooms < 2; by_rooms++) {
                for (int i = 0; i < f->n; i++) {
                        int runs = run_in(f, i, by_rooms);
                        sections[by_rooms] += runs;
                        seats[by_rooms] += runs * f->batches[i].largest;
                }
        }
        s->sections = sections[0] < sections[1] ? sections[0] : sections[1];
        s->seats = seats[0] < seats[1] ? seats[0] : seats[1];
}

static void count_there(const struct fit *f, struct slot_tally *s)
{
        const struct problem *pb = f->t->pb;

        for (int k = 0; k < pb->n_students; k++) {
                const struct load_tally *l = &f->t->loads[k];
                if (!(pb->students[k].available >> f->cell & 1) || !l->cells)
                        continue;
                s->students++;
                s->full += l->cells >= l->available;
        }
        for (int j = 0; j < pb->n_teachers; j++)
                s->teachers += is_there(f, j);
        for (int j = 0; j < pb->n_rooms; j++) {
                const struct room *r = &pb->rooms[j];
                if (!(r->available >> f->cell & 1))
                        continue;
                s->rooms++;
                for (int i = 0; i < r->types.n; i++)
                        f->rooms[r->types.v[i]]++;
        }
}

void tally_slots(struct tally *t)
{
        const struct problem *pb = t->pb;
        struct fit f = {.t = t};
        struct batch *batches = tally_batches(t, &f.n);
        int n_types = index_size(pb->room_types);

        qsort(batches, (size_t)f.n, sizeof *batches, by_size);
        f.batches = batches;
        f.taken = mem_zero((size_t)pb->n_teachers + 1, sizeof *f.taken);
        f.seen = mem_zero((size_t)pb->n_teachers + 1, sizeof *f.seen);
        f.rooms = mem_zero((size_t)n_types + 1, sizeof *f.rooms);
        t->slots = arena_array(t->arena, (size_t)pb->n_cells + 1, sizeof *t->slots);
        for (f.cell = 0; f.cell < pb->n_cells; f.cell++) {
                struct slot_tally *s = &t->slots[f.cell];
                for (int j = 0; j < pb->n_teachers; j++)
                        f.taken[j] = NONE;
                memset(f.rooms, 0, (size_t)n_types * sizeof *f.rooms);
                count_there(&f, s);
                fill_cell(&f, s);
        }
        mem_free(f.taken);
        mem_free(f.seen);
        mem_free(f.rooms);
}
