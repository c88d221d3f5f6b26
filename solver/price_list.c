/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is to be priced in a school. */
#include "solver/price.h"
#include <string.h>

struct lister {
        struct priced *list;
        const struct problem *pb;
        int cap;
};

static void add_all(
        struct lister *l, enum price_kind kind, const struct edit *v, int n, const char *key)
{
        struct priced *list = l->list;

        if (list->n == l->cap) {
                int cap = l->cap ? 2 * l->cap : 64;
                struct price *own = arena_array(list->arena, (size_t)cap, sizeof *own);
                if (list->n)
                        memcpy(own, list->v, (size_t)list->n * sizeof *own);
                list->v = own;
                l->cap = cap;
        }
        struct price *e = &list->v[list->n++];
        *e = (struct price){.kind = kind, .n_edits = n, .key = key, .at = edit_at(l->pb, v)};
        memcpy(e->edits, v, (size_t)n * sizeof *v);
        for (int i = 0; i < n; i++)
                e->text = arena_printf(list->arena, "%s%s%s", i ? e->text : "", i ? "; " : "",
                        edit_text(list->arena, l->pb, &v[i]));
}

static void add(struct lister *l, enum price_kind kind, struct edit e, const char *key)
{
        add_all(l, kind, &e, 1, key);
}

#define KEY(...) arena_printf(l->list->arena, __VA_ARGS__)

static void add_rules_and_locks(struct lister *l)
{
        for (int i = 0; i < l->pb->n_rules; i++)
                add(l, PRICE_RULE, (struct edit){.kind = EDIT_DROP_RULE, .what = i},
                        KEY("rule:%d", i + 1));
        for (int i = 0; i < l->pb->n_locks; i++)
                if (!l->pb->locks[i].kept)
                        add(l, PRICE_LOCK, (struct edit){.kind = EDIT_DROP_LOCK, .what = i},
                                KEY("lock:%d", i + 1));
}

/* Of a teacher, or with NONE of the contract. */
static void add_limits(struct lister *l, int teacher)
{
        static const char *const names[] = {"load", "preps", "consecutive", "contacts"};
        const struct limits *s =
                teacher < 0 ? &l->pb->contract.limits : &l->pb->teachers[teacher].stated;
        const int stated[] = {s->load, s->preps, s->consecutive, s->contacts};

        for (int part = LIMIT_LOAD; part <= LIMIT_CONTACTS; part++) {
                struct edit e = {.kind = EDIT_DROP_LIMIT, .what = teacher, .part = part};
                bool own = teacher >= 0;
                if (!own && (stated[part] >= 0 || part == LIMIT_LOAD)) /* load has a default */
                        add(l, PRICE_LIMIT, e, KEY("limit:%s", names[part]));
                else if (own && stated[part] >= 0)
                        add(l, PRICE_LIMIT, e,
                                KEY("limit:%s:%s", l->pb->teachers[teacher].id, names[part]));
        }
}

static void add_pathways(struct lister *l)
{
        for (int i = 0; i < l->pb->n_cohorts; i++) {
                const struct cohort *k = &l->pb->cohorts[i];
                if (!k->courses.n)
                        continue;
                add(l, PRICE_COHORT, (struct edit){.kind = EDIT_DROP_COHORT, .what = i},
                        KEY("cohort:%s", k->id));
                if (k->purity.num > 0)
                        add(l, PRICE_PURITY, (struct edit){.kind = EDIT_DROP_PURITY, .what = i},
                                KEY("purity:%s", k->id));
        }
        for (int i = 0; i < l->pb->n_pathways; i++)
                if (l->pb->pathways[i].common_planning > 0)
                        add(l, PRICE_PLANNING, (struct edit){.kind = EDIT_DROP_PLANNING, .what = i},
                                KEY("planning:%s", l->pb->pathways[i].id));
}

static void add_course(struct lister *l, int course)
{
        static const char *const names[] = {
                "grades", "only", "credential", "teachers", "at", "minimum"};
        const struct course *c = &l->pb->courses[course];
        const bool given[] = {
                [PART_GRADES] = c->grades.given,
                [PART_ONLY] = c->only.pathway >= 0 || c->only.cohort >= 0 || c->only.flag >= 0,
                [PART_CREDENTIAL] = c->credentials.given,
                [PART_TEACHERS] = c->teachers.given,
                [PART_AT] = c->at_periods.given || c->at_terms.given,
                [PART_MINIMUM] = c->size_min > 1,
        };

        for (int part = PART_GRADES; part <= PART_MINIMUM; part++)
                if (given[part])
                        add(l, PRICE_COURSE,
                                (struct edit){
                                        .kind = EDIT_DROP_COURSE, .what = course, .part = part},
                                KEY("course:%s:%s", c->id, names[part]));
}

/* ---- one more ---- */

/* [n_courses] that somebody misses; mem_free() it. */
static bool *wanted_courses(const struct schedule *sc)
{
        const struct problem *pb = sc->pb;
        bool *wanted = mem_zero((size_t)pb->n_courses + 1, sizeof *wanted);

        for (int r = 0; r < pb->n_requests; r++) {
                const struct request *q = &pb->requests[r];
                wanted[q->course] |= q->kind != ALTERNATE && q->admitted && sc->seat[r] < 0;
        }
        return wanted;
}

/* With the teacher and the room that it takes; nothing where it takes none. */
static void add_staffed(struct lister *l, int course)
{
        const struct course *c = &l->pb->courses[course];
        struct edit v[MOST_PRICE_EDITS] = {{.kind = EDIT_SECTIONS, .what = course, .by = 1}};
        int n = 1;

        if (c->staffed && c->credentials.n && !c->teachers.given)
                v[n++] = (struct edit){
                        .kind = EDIT_ADD_TEACHER, .what = c->credentials.v[0], .by = c->periods};
        else if (c->staffed && c->able_teachers.n)
                v[n++] = (struct edit){
                        .kind = EDIT_LOAD, .what = c->able_teachers.v[0], .by = c->periods};
        if (c->room_type >= 0)
                v[n++] = (struct edit){.kind = EDIT_ADD_ROOM, .what = c->room_type, .by = 1};
        if (n > 1)
                add_all(l, PRICE_STAFFED, v, n, KEY("staffed:%s", c->id));
}

static void add_sections(struct lister *l, const struct schedule *sc)
{
        bool *wanted = wanted_courses(sc);

        for (int c = 0; c < l->pb->n_courses; c++) {
                if (!wanted[c])
                        continue;
                add(l, PRICE_SECTION, (struct edit){.kind = EDIT_SECTIONS, .what = c, .by = 1},
                        KEY("section:%s", l->pb->courses[c].id));
                add_staffed(l, c);
        }
        mem_free(wanted);
}

/* Students in section s and in those that share its room at its time: stacked with it. */
static int students_beside(const struct schedule *sc, const int *enrolled, int s)
{
        int n = 0;

        for (int o = 0; o < sc->pb->n_sections; o++)
                if (sc->room[o] == sc->room[s] && sc->start[o] == sc->start[s])
                        n += enrolled[o];
        return n;
}

/* Rooms that keep students out of a section, which itself could be larger. */
static void add_places(struct lister *l, const struct schedule *sc)
{
        const struct problem *pb = l->pb;
        bool *wanted = wanted_courses(sc), *full = mem_zero((size_t)pb->n_rooms + 1, sizeof *full);
        int *enrolled = mem_zero((size_t)pb->n_sections + 1, sizeof *enrolled);

        for (int r = 0; r < pb->n_requests; r++)
                if (sc->seat[r] >= 0)
                        enrolled[sc->seat[r]]++;
        for (int s = 0; s < pb->n_sections; s++) {
                int c = pb->section_course[s], room = sc->room[s];
                if (sc->start[s] < 0 || room < 0 || pb->rooms[room].capacity < 0 || !wanted[c] ||
                        enrolled[s] >= pb->courses[c].size_max)
                        continue;
                full[room] |= students_beside(sc, enrolled, s) >= pb->rooms[room].capacity;
        }
        for (int i = 0; i < pb->n_rooms; i++)
                if (full[i])
                        add(l, PRICE_PLACE,
                                (struct edit){.kind = EDIT_CAPACITY, .what = i, .by = 1},
                                KEY("place:%s", pb->rooms[i].id));
        mem_free(enrolled);
        mem_free(wanted);
        mem_free(full);
}

/* The fewest periods of a course that a teacher with the credential could take; 0: there is none.
 */
static int fewest_periods(const struct problem *pb, int credential)
{
        int least = 0;

        for (int i = 0; i < pb->n_courses; i++) {
                const struct course *c = &pb->courses[i];
                if (c->staffed && !c->teachers.given && ints_has(&c->credentials, credential) &&
                        c->sections_max > 0 && (!least || c->periods < least))
                        least = c->periods;
        }
        return least;
}

static bool is_used(const struct problem *pb, int type)
{
        for (int i = 0; i < pb->n_courses; i++)
                if (pb->courses[i].room_type == type && pb->courses[i].sections_max > 0)
                        return true;
        return false;
}

static void add_supply(struct lister *l)
{
        const struct problem *pb = l->pb;

        for (int i = 0; i < index_size(pb->credentials); i++) {
                int periods = fewest_periods(pb, i);
                if (periods)
                        add(l, PRICE_TEACHER,
                                (struct edit){.kind = EDIT_ADD_TEACHER, .what = i, .by = periods},
                                KEY("teacher:%s", index_id(pb->credentials, i)));
        }
        for (int i = 0; i < index_size(pb->room_types); i++)
                if (is_used(pb, i))
                        add(l, PRICE_ROOM, (struct edit){.kind = EDIT_ADD_ROOM, .what = i, .by = 1},
                                KEY("room:%s", index_id(pb->room_types, i)));
        if (pb->n_cells + pb->n_terms <= MAX_CELLS)
                add(l, PRICE_PERIOD, (struct edit){.kind = EDIT_ADD_PERIOD, .by = 1}, "period");
}

void price_list(struct priced *list, const struct schedule *sc)
{
        struct lister l = {.list = list, .pb = list->pb};

        add_rules_and_locks(&l);
        add_limits(&l, NONE);
        for (int t = 0; t < list->pb->n_teachers; t++)
                add_limits(&l, t);
        add_pathways(&l);
        for (int c = 0; c < list->pb->n_courses; c++)
                add_course(&l, c);
        add_sections(&l, sc);
        add_supply(&l);
        add_places(&l, sc);
}
