/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/edit_parts.h"
#include <string.h>

/* ---- courses ---- */

static bool ties(enum rule_kind kind)
{
        return kind == RULE_STACK || kind == RULE_SAME_PERIOD || kind == RULE_ADJACENT ||
               kind == RULE_SAME_TEACHER || kind == RULE_SAME_STUDENTS;
}

/* Courses of one number of sections, in the order of discovery. */
static struct ints tied(struct problem *pb, int course)
{
        struct ints list = {0};

        ints_push(pb->arena, &list, course);
        for (int at = 0; at < list.n; at++) {
                for (int i = 0; i < pb->n_rules; i++) {
                        const struct rule *r = &pb->rules[i];
                        if (!ties(r->kind) || !ints_has(&r->courses, list.v[at]))
                                continue;
                        for (int j = 0; j < r->courses.n; j++)
                                if (!ints_has(&list, r->courses.v[j]))
                                        ints_push(pb->arena, &list, r->courses.v[j]);
                }
        }
        return list;
}

static int at_least_0(int n)
{
        return n > 0 ? n : 0;
}

void edit_state_sections(struct problem *pb, int course, int by)
{
        struct ints list = tied(pb, course);

        for (int i = 0; i < list.n; i++) {
                struct course *c = &pb->courses[list.v[i]];
                if (c->sections_given && !by)
                        continue;
                int min = c->sections_given ? c->sections_min_stated : c->sections_min;
                int max = c->sections_given ? c->sections_max_stated : c->sections_max;
                c->sections_given = true;
                c->sections_min_stated = at_least_0(min + by);
                c->sections_max_stated = at_least_0(max + by);
        }
}

static void add_seats(struct problem *pb, int course, int by)
{
        struct course *c = &pb->courses[course];
        int max = c->size_max_stated >= 0 ? c->size_max_stated : c->size_max;

        edit_state_sections(pb, course, 0);
        c->size_max_stated = at_least_0(max + by);
        if (c->size_target_stated < 0)
                c->size_target_stated = c->size_target;
        if (c->size_target_stated > c->size_max_stated)
                c->size_target_stated = c->size_max_stated;
        if (c->size_min_stated < 0)
                c->size_min_stated = c->size_min;
        if (c->size_min_stated > c->size_max_stated)
                c->size_min_stated = c->size_max_stated;
}

/* ---- people and rooms ---- */

/* "extra teacher 1", or the next that is free. */
static const char *new_id(struct problem *pb, struct index *ids, const char *what)
{
        for (int i = 1;; i++) {
                char *id = arena_printf(pb->arena, "extra %s %d", what, i);
                if (index_add(ids, id) >= 0)
                        return id;
        }
}

static void *grown(struct problem *pb, const void *old, int n, size_t size)
{
        char *to = arena_array(pb->arena, (size_t)n + 1, size);

        if (n)
                memcpy(to, old, (size_t)n * size);
        return to;
}

static void add_teacher(struct problem *pb, int credential, int load)
{
        pb->teachers = grown(pb, pb->teachers, pb->n_teachers, sizeof *pb->teachers);
        struct teacher *t = &pb->teachers[pb->n_teachers++];
        cellset all = problem_cells_of_periods(pb, ~(uint64_t)0);

        *t = (struct teacher){.id = new_id(pb, pb->teacher_ids, "teacher"),
                .stated = {load, -1, -1, -1},
                .available = all,
                .home = NONE};
        ints_push(pb->arena, &t->credentials, credential);
}

/* The list may be another copy's, too. */
static void add_credential(struct problem *pb, struct teacher *t, int credential)
{
        const struct ints had = t->credentials;

        if (ints_has(&had, credential))
                return;
        t->credentials = (struct ints){.given = had.given};
        for (int i = 0; i < had.n; i++)
                ints_push(pb->arena, &t->credentials, had.v[i]);
        ints_push(pb->arena, &t->credentials, credential);
}

static void add_room(struct problem *pb, int type)
{
        pb->rooms = grown(pb, pb->rooms, pb->n_rooms, sizeof *pb->rooms);
        struct room *r = &pb->rooms[pb->n_rooms++];

        *r = (struct room){.id = new_id(pb, pb->room_ids, "room"),
                .capacity = -1,
                .available = problem_cells_of_periods(pb, ~(uint64_t)0)};
        ints_push(pb->arena, &r->types, type);
}

/* ---- a period ---- */

/* The same cells where there is one more period a term; who has the last one gets the new one. */
static cellset wider(const struct problem *pb, cellset cells, bool follow)
{
        int n = pb->n_periods;
        cellset out = 0;

        for (int t = 0; t < pb->n_terms; t++) {
                for (int p = 0; p < n; p++)
                        if (cells >> (t * n + p) & 1)
                                out |= (cellset)1 << (t * (n + 1) + p);
                if (follow && cells >> (t * n + n - 1) & 1)
                        out |= (cellset)1 << (t * (n + 1) + n);
        }
        return out;
}

/* The usual load is one period less than there are: it stays what it was. */
static void state_loads(struct problem *pb)
{
        if (pb->contract.limits.load < 0)
                pb->contract.limits.load = pb->n_periods > 2 ? pb->n_periods - 1 : 1;
}

static void add_period(struct problem *pb)
{
        int n = pb->n_periods;

        if ((n + 1) * pb->n_terms > MAX_CELLS)
                return; /* the copy is then the school as it was */
        state_loads(pb);
        for (int j = 0; j < pb->n_teachers; j++)
                pb->teachers[j].available = wider(pb, pb->teachers[j].available, true);
        for (int j = 0; j < pb->n_rooms; j++)
                pb->rooms[j].available = wider(pb, pb->rooms[j].available, true);
        for (int i = 0; i < pb->n_past; i++)
                pb->past[i].cells = wider(pb, pb->past[i].cells, false);
        for (int k = 0; k < pb->n_students; k++) {
                uint64_t *periods = &pb->students[k].periods;
                uint64_t own = *periods & (((uint64_t)1 << n) - 1);
                *periods = own | (own >> (n - 1) & 1) << n;
        }
        pb->periods = grown(pb, pb->periods, n, sizeof *pb->periods);
        pb->periods[n] = pb->periods[n - 1];
        pb->periods[n].id = new_id(pb, pb->period_ids, "period");
        pb->periods[n].start = pb->periods[n].end = NULL;
        pb->periods[n].break_after = false;
        pb->n_periods++;
}

/* The file that the lock's place names may be gone before the school is. */
static void add_lock(struct problem *pb, struct lock l)
{
        if (l.at.file)
                l.at.file = arena_strdup(pb->arena, l.at.file);
        pb->locks[pb->n_locks++] = l;
}

void edit_add(struct problem *pb, const struct edit *e)
{
        switch (e->kind) {
        case EDIT_SEATS:
                add_seats(pb, e->what, e->by);
                break;
        case EDIT_SECTIONS:
                edit_state_sections(pb, e->what, e->by);
                break;
        case EDIT_CAPACITY:
                if (pb->rooms[e->what].capacity >= 0)
                        pb->rooms[e->what].capacity =
                                at_least_0(pb->rooms[e->what].capacity + e->by);
                break;
        case EDIT_LOAD:
                pb->teachers[e->what].stated.load =
                        at_least_0(pb->teachers[e->what].limits.load + e->by);
                break;
        case EDIT_TEACHER_FREE:
                pb->teachers[e->what].available |= e->cells;
                break;
        case EDIT_ROOM_FREE:
                pb->rooms[e->what].available |= e->cells;
                break;
        case EDIT_CREDENTIAL:
                add_credential(pb, &pb->teachers[e->what], e->part);
                break;
        case EDIT_ADD_TEACHER:
                add_teacher(pb, e->what, e->by);
                break;
        case EDIT_ADD_ROOM:
                add_room(pb, e->what);
                break;
        case EDIT_ADD_PERIOD:
                add_period(pb);
                break;
        case EDIT_ADD_LOCK:
                add_lock(pb, e->lock);
                break;
        default:
                break;
        }
}
