/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benchmarks/school/school.h"
#include <math.h>
#include <string.h>

int offer_find(const struct school *s, const char *id)
{
        for (int o = 0; o < s->n_offers; o++)
                if (!strcmp(s->offers[o].id, id))
                        return o;
        return -1;
}

static int terms_of(const struct bell *b, enum length length)
{
        switch (length) {
        case YEAR:
                return b->year;
        case EXTRA:
                return b->extra;
        case PAIR:
                return b->parts ? 1 : 2;
        case LONG:
                return b->all;
        case HALF:
                break;
        }
        return 1;
}

static struct offer *add(struct school *s, const struct row *row, const char *id, const char *title)
{
        struct offer *o = &s->offers[s->n_offers++];

        *o = (struct offer){.row = row,
                .id = id,
                .title = title,
                .role = row->role,
                .periods = 1,
                .partner = -1,
                .path = -1,
                .offered = true,
                .stack = -1};
        o->terms = terms_of(&s->bell, row->length);
        o->pair = row->length == PAIR && !s->bell.parts;
        o->cells = o->terms * o->periods;
        o->appeal = pow(row->real > 12 ? row->real : 12, 0.7);
        return o;
}

static void link_parts(struct school *s, struct offer *a, struct offer *b)
{
        a->partner = (int)(b - s->offers);
        b->partner = (int)(a - s->offers);
        b->second = true;
}

/* One course, or its two parts. */
static void add_row(struct school *s, const struct row *row)
{
        struct arena *a = s->arena;
        const char *slash = strchr(row->id, '/'), *cut = strchr(row->title, '/');
        bool parts = s->bell.parts && (row->length == YEAR || row->length == PAIR);

        if (!parts) {
                add(s, row, row->id, row->title);
        } else if (slash) {
                struct offer *first =
                        add(s, row, arena_strndup(a, row->id, (size_t)(slash - row->id)),
                                arena_strndup(a, row->title, (size_t)(cut - row->title)));
                link_parts(s, first, add(s, row, slash + 1, cut + 1));
        } else {
                struct offer *first = add(s, row, arena_printf(a, "%sA", row->id),
                        arena_printf(a, "%s A", row->title));
                link_parts(s, first,
                        add(s, row, arena_printf(a, "%sB", row->id),
                                arena_printf(a, "%s B", row->title)));
        }
}

/* The regular course of a grade stays whatever happens, so that everybody has one to take. */
static void mark_anchors(struct school *s)
{
        static const char *const ids[] = {"ENG9", "ENG10", "ENG11", "ENG12", "ALG1", "GEO", "ALG2",
                "BIO", "CHEM", "PHYS", "HEALTH/ETHNIC", "HEALTH", "ETHNIC", "WHIST", "USHIST",
                "GOV/ECON", "GOV", "ECON", "PE9", "FITNESS"};

        for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
                for (int o = 0; o < s->n_offers; o++) {
                        struct offer *x = &s->offers[o];
                        size_t n = strlen(ids[i]);
                        bool part = s->bell.parts && !strncmp(x->id, ids[i], n) &&
                                    strchr("AB", x->id[n]) && x->id[n] && !x->id[n + 1];
                        if (!strcmp(x->id, ids[i]) || part)
                                x->anchor = true;
                }
}

static struct row *career_row(struct school *s, const struct career *c, int level)
{
        static const int weights[4][4] = {
                {100, 40, 20, 20}, {0, 100, 0, 0}, {0, 0, 100, 0}, {0, 0, 0, 100}};
        struct row *row = arena_alloc(s->arena, sizeof *row);

        *row = (struct row){c->course[level], c->name[level], "Career Technical Education", c->area,
                c->credential, c->room, CAREER, level ? YEAR : EXTRA, 0, {0}, 26, c->real[level]};
        memcpy(row->weight, weights[level], sizeof row->weight);
        if (level == 3)
                row->length = EXTRA;
        return row;
}

static void add_career(struct school *s, int path, const struct career *c)
{
        struct path *p = &s->paths[path];

        p->career = c;
        p->planning = -1;
        for (int level = 0; level < 4; level++) {
                int first = s->n_offers;
                add_row(s, career_row(s, c, level));
                p->course[level] = first;
                p->course_b[level] = s->n_offers > first + 1 ? first + 1 : -1;
                for (int o = first; o < s->n_offers; o++) {
                        s->offers[o].path = path;
                        s->offers[o].level = level;
                        s->offers[o].anchor = level > 0;
                        s->offers[o].appeal = 28;
                }
        }
        struct offer *capstone = &s->offers[p->course[3]];
        if (path % 2 == 0) {
                capstone->periods = 2;
                capstone->cells = 2 * capstone->terms;
        }
}

/* A very large school has a second year of many electives. */
static void add_second_years(struct school *s)
{
        for (int i = 0; i < n_catalogue; i++) {
                const struct row *row = &catalogue[i];
                bool suits = row->role == CHOICE && row->length == EXTRA && row->real < 60 &&
                             strcmp(row->subject, "Athletics") != 0;
                if (!suits)
                        continue;
                struct row *second = arena_alloc(s->arena, sizeof *second);
                *second = *row;
                second->id = arena_printf(s->arena, "%s-II", row->id);
                second->title = arena_printf(s->arena, "%s, Second Year", row->title);
                second->real = 0;
                add_row(s, second);
        }
}

void offers_make(struct school *s)
{
        int most = 2 * (2 * n_catalogue + 4 * MAX_PATHS);

        s->offers = arena_array(s->arena, (size_t)most, sizeof *s->offers);
        for (int i = 0; i < n_catalogue; i++)
                add_row(s, &catalogue[i]);
        if (s->wish.n_students > 3500)
                add_second_years(s);
        mark_anchors(s);
        for (int p = 0; p < s->n_paths; p++)
                add_career(s, p, &careers[p % n_careers]);
}
