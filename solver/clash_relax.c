/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/clash.h"
#include <string.h>

static void *copied(struct arena *a, const void *from, int n, size_t size)
{
        void *to = arena_array(a, (size_t)n + 1, size);

        if (n)
                memcpy(to, from, (size_t)n * size);
        return to;
}

static struct ints everyone(struct arena *a, int n)
{
        struct ints list = {.n = n, .given = true, .v = arena_array(a, (size_t)n + 1, sizeof(int))};

        for (int k = 0; k < n; k++)
                list.v[k] = k;
        return list;
}

/* Start anywhere that the bell lets it; the cells that off_campus and travel owe are dropped. */
static void start_anywhere(const struct problem *pb, struct arena *a, struct course *c)
{
        c->start_cells = arena_array(a, (size_t)pb->n_cells, sizeof(cellset));
        c->may_start = 0;
        for (int cell = 0; cell < pb->n_cells; cell++) {
                const int p = cell % pb->n_periods, term = cell / pb->n_periods;
                bool fits = p + c->periods <= pb->n_periods && term + c->terms <= pb->n_terms;

                for (int q = p; fits && q < p + c->periods - 1; q++)
                        fits = pb->periods[q].joins_next;
                for (int t = term; fits && t < term + c->terms; t++)
                        for (int q = p; q < p + c->periods; q++)
                                c->start_cells[cell] |= (cellset)1 << (t * pb->n_periods + q);
                if (fits)
                        c->may_start |= (cellset)1 << cell;
        }
        c->start_block = c->start_cells;
}

static void open_course(struct problem *pb, struct arena *a, int index)
{
        struct course *c = &pb->courses[index];

        start_anywhere(pb, a, c);
        c->able_teachers = everyone(a, pb->n_teachers);
        c->able_rooms = everyone(a, pb->n_rooms);
        for (int l = 0; l < pb->n_locks; l++) {
                const bool here = pb->locks[l].course == index;

                c->staffed |= here && pb->locks[l].teacher != NONE;
                if (here && pb->locks[l].room != NONE && c->room_type == NONE)
                        c->room_type = 0;
        }
        c->size_min = 0;
        c->size_max = MAX_STUDENTS;
        c->support.given = false;
        for (int i = 0; i < pb->n_requests; i++)
                if (pb->requests[i].course == index) {
                        pb->requests[i].admitted = true;
                        pb->requests[i].max_section = MAX_SECTIONS;
                }
}

static void open_student(struct problem *pb, int k)
{
        struct student *st = &pb->students[k];

        st->available = pb->all_cells;
        for (int i = st->first_request; i < st->first_request + st->n_requests; i++) {
                pb->requests[i].admitted = true;
                pb->requests[i].max_section = MAX_SECTIONS;
        }
}

static void open_rule(struct problem *pb, int index)
{
        const struct rule none = {.kind = RULE_SEPARATE, .flag = NONE, .at = pb->rules[index].at};

        for (int c = 0; c < pb->n_courses; c++)
                if (pb->courses[c].stack == index)
                        pb->courses[c].stack = NONE;
        pb->rules[index] = none;
}

static void open_item(struct problem *pb, struct arena *a, struct item it)
{
        const struct limits none = {.load = MAX_CELLS,
                .preps = NO_LIMIT,
                .consecutive = NO_LIMIT,
                .contacts = NO_LIMIT};

        switch (it.kind) {
        case ITEM_LOCK:
                break;
        case ITEM_RULE:
                open_rule(pb, it.index);
                break;
        case ITEM_TEACHER:
                pb->teachers[it.index].available = pb->all_cells;
                pb->teachers[it.index].limits = none;
                break;
        case ITEM_ROOM:
                pb->rooms[it.index].available = pb->all_cells;
                pb->rooms[it.index].capacity = NO_LIMIT;
                break;
        case ITEM_COURSE:
                open_course(pb, a, it.index);
                break;
        case ITEM_STUDENT:
                open_student(pb, it.index);
                break;
        }
}

/* Sections that only an open course has are not numbered: a lock beyond them stays a clash. */
struct problem *relaxed_problem(const struct problem *pb, struct arena *a, const struct item *items,
        int n, const bool *kept)
{
        struct problem *to = copied(a, pb, 1, sizeof *pb);
        int locks = 0;

        to->teachers = copied(a, pb->teachers, pb->n_teachers, sizeof *pb->teachers);
        to->rooms = copied(a, pb->rooms, pb->n_rooms, sizeof *pb->rooms);
        to->courses = copied(a, pb->courses, pb->n_courses, sizeof *pb->courses);
        to->students = copied(a, pb->students, pb->n_students, sizeof *pb->students);
        to->requests = copied(a, pb->requests, pb->n_requests, sizeof *pb->requests);
        to->rules = copied(a, pb->rules, pb->n_rules, sizeof *pb->rules);
        for (int k = 0; k < n; k++)
                if (!kept[k])
                        open_item(to, a, items[k]);
        to->locks = arena_array(a, (size_t)pb->n_locks + 1, sizeof *pb->locks);
        for (int k = 0; k < n; k++)
                if (kept[k] && items[k].kind == ITEM_LOCK)
                        to->locks[locks++] = pb->locks[items[k].index];
        to->n_locks = locks;
        return to;
}
