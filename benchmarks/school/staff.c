/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections, who teaches them and in which lab: as many of each as the demand asks for, and not
 * more. */
#include "benchmarks/school/school.h"
#include <stdlib.h>
#include <string.h>

static bool pooled(const char *type)
{
        return !strcmp(type, "classroom") || !strcmp(type, "gym");
}

static bool lists(const struct cohort_plan *k, int o)
{
        for (int i = 0; i < k->n_listed; i++)
                if (k->listed[i] == o)
                        return true;
        return false;
}

static int groups_on(const struct school *s, int o)
{
        int n = 0;

        for (int k = 0; k < s->n_cohorts; k++)
                if (lists(&s->cohorts[k], o))
                        n += s->cohorts[k].n_groups;
        return n;
}

/* As many groups as the smallest of their classes asks for. */
static void form_groups(struct school *s)
{
        for (int k = 0; k < s->n_cohorts; k++) {
                struct cohort_plan *c = &s->cohorts[k];
                int most = 1000;
                for (int i = 0; i < c->n_listed; i++) {
                        const struct offer *o = &s->offers[c->listed[i]];
                        int n = sections_for(o, o->n_wants);
                        int each = o->role == CAREER ? o->row->size + 4
                                                     : (o->n_wants + n - 1) / (n ? n : 1);
                        most = each < most ? each : most;
                }
                c->n_groups = c->n_members ? (c->n_members + most - 1) / most : 0;
                c->first_group = s->n_groups;
                s->n_groups += c->n_groups;
        }
        int *next = mem_zero((size_t)s->n_cohorts + 1, sizeof *next);
        for (int i = 0; i < s->n_pupils; i++) {
                struct pupil *p = &s->pupils[i];
                if (p->cohort < 0)
                        continue;
                struct cohort_plan *c = &s->cohorts[p->cohort];
                p->group = c->first_group + next[p->cohort]++ % c->n_groups;
        }
        mem_free(next);
}

static int group_size(const struct cohort_plan *k)
{
        return (k->n_members + k->n_groups - 1) / k->n_groups;
}

/* The first units of an offer are those reserved for groups. */
static void reserve(struct school *s, int o)
{
        struct offer *x = &s->offers[o];
        int u = x->first_unit;

        for (int k = 0; k < s->n_cohorts; k++) {
                struct cohort_plan *c = &s->cohorts[k];
                for (int g = 0; lists(c, o) && g < c->n_groups; g++, u++) {
                        s->units[u].cohort = k;
                        s->units[u].group = c->first_group + g;
                        if (s->units[u].size < group_size(c))
                                s->units[u].size = group_size(c);
                }
        }
}

static void open_units(struct school *s, int o)
{
        struct offer *x = &s->offers[o];
        int groups = groups_on(s, o), n = sections_for(x, x->n_wants);

        x->n_units = n < groups ? groups : n;
        x->first_unit = s->n_units;
        for (int k = 0; k < x->n_units; k++) {
                struct unit *u = &s->units[s->n_units++];
                *u = (struct unit){.offer = o,
                        .number = k + 1,
                        .staff = -1,
                        .lab = -1,
                        .group = -1,
                        .cohort = -1,
                        .leader = -1,
                        .room = -1};
                u->size = x->n_wants / x->n_units + (x->n_units - 1 - k < x->n_wants % x->n_units);
        }
        if (x->n_units)
                reserve(s, o);
}

static bool may_stack(const struct offer *x, const struct offer *y)
{
        bool alike = !strcmp(x->row->credential, y->row->credential) &&
                     !strcmp(x->row->room, y->row->room) && x->terms == y->terms &&
                     x->periods == y->periods;

        return alike && x->n_units == 1 && y->n_units == 1 && !x->pair && x->path < 0 &&
               x->partner < 0 && y->partner < 0 && x->role == y->role &&
               (x->role == LANGUAGE || x->role == CHOICE);
}

/* Upper levels with few students share a teacher, a room and an hour. */
static void stack_some(struct school *s, int most)
{
        for (enum role role = LANGUAGE; role <= CHOICE && most > 0; role++)
                for (int x = 0; x < s->n_offers && most > 0; x++)
                        for (int y = x + 1; y < s->n_offers && most > 0; y++) {
                                struct offer *a = &s->offers[x], *b = &s->offers[y];
                                bool small = a->n_wants + b->n_wants <= 38 && a->stack < 0 &&
                                             b->stack < 0;
                                if (a->role != role || !small || !may_stack(a, b))
                                        continue;
                                a->stack = y;
                                b->stack = x;
                                s->units[b->first_unit].leader = a->first_unit;
                                most--;
                        }
}

static int path_of_unit(const struct school *s, const struct unit *u)
{
        if (s->offers[u->offer].path >= 0)
                return s->offers[u->offer].path;
        return u->cohort >= 0 ? s->cohorts[u->cohort].path : MAX_PATHS;
}

/* The units of one credential, those of one pathway together, then course by course. */
static int gather(const struct school *s, const char *credential, int *out)
{
        int n = 0;

        for (int path = 0; path <= MAX_PATHS; path++)
                for (int u = 0; u < s->n_units; u++)
                        if (!strcmp(s->offers[s->units[u].offer].row->credential, credential) &&
                                path_of_unit(s, &s->units[u]) == path && s->units[u].staff < 0)
                                out[n++] = u;
        return n;
}

static struct staff *hire(struct school *s, const char *credential, int number)
{
        struct staff *t = &s->staff[s->n_staff++];

        *t = (struct staff){.id = arena_printf(s->arena, "%s-%d", credential, number),
                .n_credentials = 1,
                .path = -1};
        t->credentials[0] = credential;
        t->career = !strncmp(credential, "cte-", 4);
        t->available = ((cellset)1 << s->n_cells) - 1;
        return t;
}

/* Every other career teacher has half a load: a part-time post beside work in the trade. */
static int post(const struct school *s, const struct staff *t, int number)
{
        int full = s->bell.load * s->bell.n_terms;

        if (!t->career || number % 2 == 0)
                return full;
        return (s->bell.load + 1) / 2 * s->bell.n_terms;
}

static void staff_credential(struct school *s, const char *credential, int *list)
{
        int n = gather(s, credential, list), number = 0;
        struct staff *t = NULL;

        for (int i = 0; i < n; i++) {
                struct unit *u = &s->units[list[i]];
                const struct offer *o = &s->offers[u->offer];
                int path = path_of_unit(s, u);
                if (!t || t->cells + o->cells > post(s, t, number)) {
                        t = hire(s, credential, ++number);
                        t->part_time = post(s, t, number) < s->bell.load * s->bell.n_terms;
                }
                if (t->path < 0 && path < MAX_PATHS)
                        t->path = path;
                u->staff = (int)(t - s->staff);
                t->cells += o->cells;
        }
}

static void dismiss(struct school *s, int gone)
{
        s->n_staff--;
        for (int i = gone; i < s->n_staff; i++)
                s->staff[i] = s->staff[i + 1];
        for (int u = 0; u < s->n_units; u++)
                s->units[u].staff -= s->units[u].staff > gone;
}

/* Two of different subjects who each have few sections become one teacher with both credentials. */
static bool merge_posts(struct school *s, int full)
{
        for (int a = 0; a < s->n_staff; a++)
                for (int b = a + 1; b < s->n_staff; b++) {
                        struct staff *x = &s->staff[a], *y = &s->staff[b];
                        bool teams = x->path >= 0 && y->path >= 0 && x->path != y->path;
                        if (x->career || y->career || teams || x->cells + y->cells > full ||
                                x->n_credentials + y->n_credentials > 3)
                                continue;
                        x->cells += y->cells;
                        x->path = x->path >= 0 ? x->path : y->path;
                        for (int c = 0; c < y->n_credentials; c++)
                                x->credentials[x->n_credentials++] = y->credentials[c];
                        for (int u = 0; u < s->n_units; u++)
                                if (s->units[u].staff == b)
                                        s->units[u].staff = a;
                        dismiss(s, b);
                        return true;
                }
        return false;
}

static cellset window(const struct school *s, int first, int n)
{
        cellset cells = 0;

        for (int p = first; p < first + n; p++)
                cells |= bell_period(&s->bell, p);
        return cells;
}

/* Can all units of the teacher, one by one, start somewhere within these cells? */
static bool window_serves(const struct school *s, int t, cellset open)
{
        cellset starts[MAX_CELLS];

        for (int u = 0; u < s->n_units; u++) {
                const struct offer *o = &s->offers[s->units[u].offer];
                if (s->units[u].staff != t)
                        continue;
                int n = bell_starts(&s->bell, o->periods, o->terms, starts), k = 0;
                while (k < n && (starts[k] & ~open))
                        k++;
                if (k == n)
                        return false;
        }
        return true;
}

/* Mornings or afternoons in turn, for they share a lab; one period more than there are sections. */
static void part_time_hours(struct school *s, int i)
{
        struct staff *t = &s->staff[i];
        int P = s->bell.n_periods, n = t->load + 1, from = i % 2 ? 0 : P - n;

        t->part_time = t->part_time || t->load * 10 <= s->bell.load * 7;
        if (!t->part_time || n >= P)
                return;
        for (int trial = 0; trial < 2; trial++, from = from ? 0 : P - n) {
                cellset open = window(s, from, n);
                if (!window_serves(s, i, open))
                        continue;
                t->available = open;
                return;
        }
}

/* The team: who teaches the pathway's courses and groups and can be free in one common period. */
static void form_team(struct school *s, int path)
{
        struct path *p = &s->paths[path];
        int best = -1, most = -1;

        for (int period = 0; period < s->bell.n_periods; period++) {
                int n = 0;
                for (int t = 0; t < s->n_staff; t++)
                        n += s->staff[t].path == path &&
                             (bell_period(&s->bell, period) & ~s->staff[t].available) == 0;
                if (n > most || (n == most && rng_chance(&s->rng, 0.4))) {
                        best = period;
                        most = n;
                }
        }
        p->planning = best;
        for (int t = 0; t < s->n_staff; t++) {
                struct staff *x = &s->staff[t];
                if (x->path != path)
                        continue;
                cellset rest = x->available & ~bell_period(&s->bell, best);
                bool joins = rest != x->available && p->n_team < 8 && window_serves(s, t, rest) &&
                             __builtin_popcountll(rest) >= x->cells;
                if (joins)
                        p->team[p->n_team++] = t;
                else
                        x->path = -1;
        }
}

static int by_staff(const void *a, const void *b, void *context)
{
        const struct unit *units = context;
        int x = *(const int *)a, y = *(const int *)b;
        int d = units[x].staff - units[y].staff;

        return d ? d : x - y;
}

static struct lab *build_lab(struct school *s, const char *type)
{
        struct lab *l = &s->labs[s->n_labs];

        *l = (struct lab){.id = arena_printf(s->arena, "L%02d", s->n_labs + 1), .n_types = 1};
        l->types[0] = type;
        l->available = ((cellset)1 << s->n_cells) - 1;
        s->n_labs++;
        return l;
}

static bool lab_has(const struct lab *l, const char *type)
{
        for (int i = 0; i < l->n_types; i++)
                if (!strcmp(l->types[i], type))
                        return true;
        return false;
}

/* Full labs of one type, then a last one which may hold what is left of several types. */
static void house(struct school *s, const char *type, int *list, int full)
{
        int n = 0, last = -1;

        for (int u = 0; u < s->n_units; u++)
                if (!strcmp(s->offers[s->units[u].offer].row->room, type))
                        list[n++] = u;
        qsort_r(list, (size_t)n, sizeof *list, by_staff, s->units);
        for (int i = 0; i < n; i++) {
                struct unit *u = &s->units[list[i]];
                int cells = u->leader < 0 ? s->offers[u->offer].cells : 0;
                if (last < 0 || s->labs[last].cells + cells > full) {
                        build_lab(s, type);
                        last = s->n_labs - 1;
                }
                u->lab = last;
                s->labs[last].cells += cells;
        }
}

/* Two labs that are little used become one room that serves both. */
static bool merge_labs(struct school *s, int full)
{
        for (int a = 0; a < s->n_labs; a++)
                for (int b = a + 1; b < s->n_labs; b++) {
                        struct lab *x = &s->labs[a], *y = &s->labs[b];
                        if (x->cells + y->cells > full || x->n_types + y->n_types > 8)
                                continue;
                        x->cells += y->cells;
                        for (int i = 0; i < y->n_types; i++)
                                if (!lab_has(x, y->types[i]))
                                        x->types[x->n_types++] = y->types[i];
                        for (int u = 0; u < s->n_units; u++) {
                                if (s->units[u].lab == b)
                                        s->units[u].lab = a;
                                s->units[u].lab -= s->units[u].lab > b;
                        }
                        s->n_labs--;
                        for (int i = b; i < s->n_labs; i++)
                                s->labs[i] = s->labs[i + 1];
                        return true;
                }
        return false;
}

/* Names seen among the offers that run: credentials or room types. */
static int names(const struct school *s, bool rooms, const char **out)
{
        int n = 0;

        for (int o = 0; o < s->n_offers; o++) {
                const struct row *row = s->offers[o].row;
                const char *name = rooms ? row->room : row->credential;
                int i = 0;
                while (i < n && strcmp(out[i], name) != 0)
                        i++;
                if (i == n && s->offers[o].n_units)
                        out[n++] = name;
        }
        return n;
}

static void share_rooms(struct school *s, int *list)
{
        const char *types[64];
        int n = names(s, true, types), full = s->n_cells * 92 / 100;

        s->labs = arena_array(s->arena, (size_t)s->n_units + 1, sizeof *s->labs);
        for (int i = 0; i < n; i++)
                if (!pooled(types[i]))
                        house(s, types[i], list, full);
        while (merge_labs(s, full))
                ;
        for (int u = 0; u < s->n_units; u++)
                if (s->units[u].leader >= 0)
                        s->units[u].lab = s->units[s->units[u].leader].lab;
        for (int i = 0; i < s->n_labs; i++)
                s->labs[i].id = arena_printf(s->arena, "L%02d", i + 1);
}

int staff_add_lab(struct school *s, const char *type)
{
        build_lab(s, type);
        return s->n_labs - 1;
}

int staff_add(struct school *s, const char *credential, cellset cells)
{
        struct staff *t = hire(s, credential, 1);

        t->id = arena_printf(s->arena, "%s-x%d", credential, s->n_staff);
        t->cells = __builtin_popcountll(cells);
        t->load = (t->cells + s->bell.n_terms - 1) / s->bell.n_terms;
        return s->n_staff - 1;
}

void staff_hire(struct school *s)
{
        const char *credentials[64];
        int most = 0;

        form_groups(s);
        for (int o = 0; o < s->n_offers; o++)
                most += sections_for(&s->offers[o], s->offers[o].n_wants) + groups_on(s, o);
        s->units = arena_array(s->arena, (size_t)most + 1, sizeof *s->units);
        for (int o = 0; o < s->n_offers; o++)
                open_units(s, o);
        if (s->wish.rules)
                stack_some(s, 1 + s->wish.n_students / 800);
        int *list = mem_zero((size_t)s->n_units + 1, sizeof *list);
        s->staff = arena_array(s->arena, (size_t)s->n_units * 2 + 1, sizeof *s->staff);
        int n = names(s, false, credentials);
        for (int i = 0; i < n; i++)
                staff_credential(s, credentials[i], list);
        while (merge_posts(s, s->bell.load * s->bell.n_terms))
                ;
        for (int u = 0; u < s->n_units; u++)
                if (s->units[u].leader >= 0)
                        s->units[u].staff = s->units[s->units[u].leader].staff;
        for (int t = 0; t < s->n_staff; t++) {
                struct staff *x = &s->staff[t];
                x->load = (x->cells + s->bell.n_terms - 1) / s->bell.n_terms;
                if (x->career)
                        part_time_hours(s, t);
        }
        for (int p = 0; p < s->n_paths; p++)
                form_team(s, p);
        share_rooms(s, list);
        mem_free(list);
}
