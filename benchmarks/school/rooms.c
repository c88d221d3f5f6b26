/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benchmarks/school/rooms.h"
#include <string.h>

static struct room *add_room(struct build *b, const char *id, cellset available)
{
        struct problem *pb = b->pb;
        struct room *r = &pb->rooms[pb->n_rooms++];

        *r = (struct room){.id = id, .capacity = -1, .available = available};
        index_add(pb->room_ids, id);
        return r;
}

static void add_labs(struct build *b)
{
        const struct school *s = b->s;

        for (int i = 0; i < s->n_labs; i++) {
                const struct lab *l = &s->labs[i];
                int types[8];
                for (int k = 0; k < l->n_types; k++)
                        types[k] = build_term(b->pb, b->pb->room_types, l->types[k]);
                add_room(b, arena_strdup(b->pb->arena, l->id), l->available)->types =
                        build_ints(b->pb, types, l->n_types);
        }
        for (int u = 0; u < s->n_units; u++)
                s->units[u].room = s->units[u].lab;
        b->n_labs = s->n_labs;
}

static bool in_pool(const struct build *b, const struct unit *u, const char *type)
{
        return u->lab < 0 && u->leader < 0 && !strcmp(b->s->offers[u->offer].row->room, type);
}

static void add_pooled(struct build *b, const char *type, const char *prefix, int number)
{
        cellset all = ((cellset)1 << b->s->n_cells) - 1;
        int t = build_term(b->pb, b->pb->room_types, type);

        add_room(b, arena_printf(b->pb->arena, "%s%02d", prefix, number), all)->types =
                build_ints(b->pb, &t, 1);
}

/* Enough for the cells in use, and a seventh more. */
static void natural_pool(struct build *b, const char *type, const char *prefix)
{
        const struct school *s = b->s;
        int cells = 0;

        for (int u = 0; u < s->n_units; u++)
                if (in_pool(b, &s->units[u], type))
                        cells += s->offers[s->units[u].offer].cells;
        int n = (cells * 8 + s->n_cells * 7 - 1) / (s->n_cells * 7);
        for (int i = 0; i < n; i++)
                add_pooled(b, type, prefix, i + 1);
}

static void sit(struct build *b, cellset *busy, int u, int room)
{
        b->s->units[u].room = room;
        busy[room] |= b->s->units[u].cells;
}

/* All of a teacher's sections of this type into one room, if some room is free in all of them. */
static bool settle(struct build *b, cellset *busy, int staff, const char *type, int from)
{
        struct school *s = b->s;
        cellset cells = 0;

        for (int u = 0; u < s->n_units; u++)
                if (s->units[u].staff == staff && in_pool(b, &s->units[u], type))
                        cells |= s->units[u].cells;
        for (int r = from; cells && r < b->pb->n_rooms; r++) {
                if (busy[r] & cells)
                        continue;
                for (int u = 0; u < s->n_units; u++)
                        if (s->units[u].staff == staff && in_pool(b, &s->units[u], type))
                                sit(b, busy, u, r);
                return true;
        }
        return !cells;
}

static int pool_cells(struct build *b, int staff, const char *type)
{
        int cells = 0;

        for (int u = 0; u < b->s->n_units; u++)
                if (b->s->units[u].staff == staff && in_pool(b, &b->s->units[u], type))
                        cells += __builtin_popcountll(b->s->units[u].cells);
        return cells;
}

static int peak_use(const struct build *b, const char *type)
{
        const struct school *s = b->s;
        int peak = 0;

        for (int c = 0; c < s->n_cells; c++) {
                int n = 0;
                for (int u = 0; u < s->n_units; u++)
                        n += in_pool(b, &s->units[u], type) && (s->units[u].cells >> c & 1);
                peak = n > peak ? n : peak;
        }
        return peak;
}

/*
 * The peak use and no more. The busiest teachers get a room of their own, the others go where a
 * room is free; where the terms cut a free room in pieces, one more is built.
 */
static void planted_pool(struct build *b, const char *type, const char *prefix)
{
        struct school *s = b->s;
        int from = b->pb->n_rooms, n = peak_use(b, type);
        cellset *busy = mem_zero((size_t)s->n_units + (size_t)s->n_labs + 1, sizeof *busy);

        for (int i = 0; i < n; i++)
                add_pooled(b, type, prefix, i + 1);
        for (int most = s->n_cells; most > 0; most--)
                for (int t = 0; t < s->n_staff; t++)
                        if (pool_cells(b, t, type) == most)
                                settle(b, busy, t, type, from);
        for (int size = s->n_cells; size > 0; size--)
                for (int u = 0; u < s->n_units; u++) {
                        struct unit *x = &s->units[u];
                        if (!in_pool(b, x, type) || x->room >= 0 ||
                                __builtin_popcountll(x->cells) != size)
                                continue;
                        int r = from;
                        while (r < b->pb->n_rooms && (busy[r] & x->cells))
                                r++;
                        if (r == b->pb->n_rooms)
                                add_pooled(b, type, prefix, ++n);
                        sit(b, busy, u, r);
                }
        mem_free(busy);
}

void build_rooms(struct build *b)
{
        static const char *const pools[][2] = {{"classroom", "R"}, {"gym", "G"}};

        b->pb->rooms = arena_array(b->pb->arena, (size_t)b->s->n_units + (size_t)b->s->n_labs + 2,
                sizeof *b->pb->rooms);
        add_labs(b);
        for (int i = 0; i < 2; i++)
                if (b->s->wish.planted)
                        planted_pool(b, pools[i][0], pools[i][1]);
                else
                        natural_pool(b, pools[i][0], pools[i][1]);
        for (int u = 0; u < b->s->n_units; u++)
                if (b->s->units[u].leader >= 0)
                        b->s->units[u].room = b->s->units[b->s->units[u].leader].room;
        b->n_pooled = b->pb->n_rooms - b->n_labs;
}
