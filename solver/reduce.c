/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/reduce.h"
#include <stddef.h>
#include <string.h>

static const struct course *course_of(const struct formulation *f, int s)
{
        return &f->pb->courses[f->pb->section_course[s]];
}

/* The locks that name section s ask for thing (teacher, room, ...) `x` or for none at all. */
static bool locks_allow(const struct formulation *f, int s, size_t field, int none, int x)
{
        const struct problem *pb = f->pb;

        if (!f->parts[s].locked)
                return true;
        for (int l = 0; l < pb->n_locks; l++) {
                const struct lock *lk = &pb->locks[l];
                int asked;

                if (lk->course != pb->section_course[s] || lk->section != pb->section_number[s])
                        continue;
                memcpy(&asked, (const char *)lk + field, sizeof asked);
                if (asked != none && asked != x)
                        return false;
        }
        return true;
}

/* Would this one meeting break a limit of t? */
static bool within_limits(const struct problem *pb, const struct course *c, int t, cellset cells)
{
        const struct limits *l = &pb->teachers[t].limits;

        if (c->counts_load && (c->periods > l->load || l->preps == 0))
                return false;
        if (l->consecutive == NO_LIMIT)
                return true;
        for (int term = 0; term < pb->n_terms; term++)
                if (problem_longest_run(pb, cells, term) > l->consecutive)
                        return false;
        return true;
}

bool may_teach(const struct formulation *f, int s, int t, cellset cells)
{
        const struct course *c = course_of(f, s);

        return c->staffed && ints_has(&c->able_teachers, t) &&
               !(cells & ~f->pb->teachers[t].available) &&
               locks_allow(f, s, offsetof(struct lock, teacher), NONE, t) &&
               within_limits(f->pb, c, t, cells);
}

static bool co_taught(const struct formulation *f, int s)
{
        const struct course *c = course_of(f, s);

        return c->support.given && f->pb->section_number[s] <= c->support.sections;
}

bool may_co_teach(const struct formulation *f, int s, int t, cellset cells)
{
        const struct course *c = course_of(f, s);

        return co_taught(f, s) && ints_has(&c->able_co_teachers, t) &&
               !(cells & ~f->pb->teachers[t].available) && within_limits(f->pb, c, t, cells);
}

bool may_use(const struct formulation *f, int s, int room, cellset cells)
{
        const struct course *c = course_of(f, s);
        const struct room *r = &f->pb->rooms[room];

        if (r->capacity != NO_LIMIT && r->capacity < c->size_min && !f->parts[s].excused &&
                c->stack == NONE)
                return false;
        return c->room_type != NONE && ints_has(&c->able_rooms, room) && !(cells & ~r->available) &&
               locks_allow(f, s, offsetof(struct lock, room), NONE, room);
}

bool may_reserve(const struct formulation *f, int s, int cohort)
{
        return locks_allow(f, s, offsetof(struct lock, cohort), COHORT_NOT_LOCKED, cohort) &&
               (cohort == NONE || ints_has(&course_of(f, s)->in_cohorts, cohort));
}

bool may_sit(const struct formulation *f, int i, int s, cellset cells)
{
        const struct request *rq = &f->pb->requests[i];

        return f->rank_in_course[i] >= 0 && f->pb->section_number[s] <= rq->max_section &&
               (f->bound_to[i] < 0 || f->bound_to[i] == s) &&
               !(cells & ~f->pb->students[rq->student].available);
}

static void find_seekers(struct formulation *f)
{
        const struct problem *pb = f->pb;

        f->seekers = arena_array(f->arena, (size_t)pb->n_courses + 1, sizeof *f->seekers);
        for (int c = 0; c < pb->n_courses; c++)
                f->seekers[c].v =
                        arena_array(f->arena, (size_t)pb->courses[c].n_requests + 1, sizeof(int));
        for (int i = 0; i < pb->n_requests; i++) {
                const struct request *rq = &pb->requests[i];
                struct ints *list = &f->seekers[rq->course];

                f->rank_in_course[i] = -1;
                if (!rq->admitted || (f->scope.student && !f->scope.student[rq->student]) ||
                        problem_is_ruled_out(pb, i))
                        continue;
                f->rank_in_course[i] = list->n;
                list->v[list->n++] = i;
        }
}

/* A lock of a student binds his request to the section; one that cannot be refutes the whole. */
static void bind_request(struct formulation *f, const struct lock *lk, int s)
{
        const int i = problem_request_of(f->pb, lk->student, lk->course);

        if (i < 0 || f->rank_in_course[i] < 0 || (f->bound_to[i] >= 0 && f->bound_to[i] != s)) {
                if (!f->scope.student || f->scope.student[lk->student])
                        f->refuted = true;
                return;
        }
        f->bound_to[i] = s;
}

static void read_locks(struct formulation *f)
{
        const struct problem *pb = f->pb;

        for (int l = 0; l < pb->n_locks; l++) {
                const struct lock *lk = &pb->locks[l];
                const struct course *c = &pb->courses[lk->course];
                const int s = c->first_section + lk->section - 1;

                if (lk->section < 1 || lk->section > c->sections_max) {
                        f->refuted = true;
                        continue;
                }
                if (f->scope.section && !f->scope.section[s])
                        continue;
                f->parts[s].locked = true;
                f->parts[s].must |= !lk->kept;
                f->parts[s].excused |= lk->student == NONE && !lk->kept;
                f->parts[s].barred |= (lk->teacher != NONE && !c->staffed) ||
                                      (lk->room != NONE && c->room_type == NONE);
                if (lk->student != NONE)
                        bind_request(f, lk, s);
        }
}

/* Start cells of s by the bell, `at` and locks. */
static cellset bell_starts(const struct formulation *f, int s)
{
        const struct problem *pb = f->pb;
        const struct course *c = course_of(f, s);
        cellset starts = 0;

        for (int p = 0; p < pb->n_cells; p++)
                if (c->may_start >> p & 1 &&
                        locks_allow(f, s, offsetof(struct lock, period), NONE, p % pb->n_periods) &&
                        locks_allow(f, s, offsetof(struct lock, term), NONE, p / pb->n_periods))
                        starts |= (cellset)1 << p;
        return starts;
}

static bool someone_co_teaches(const struct formulation *f, int s, cellset cells)
{
        const struct ints *able = &course_of(f, s)->able_co_teachers;

        for (int n = 0; n < able->n; n++)
                if (may_co_teach(f, s, able->v[n], cells))
                        return true;
        return false;
}

static bool served(const struct formulation *f, int s, cellset cells)
{
        const struct course *c = course_of(f, s);
        bool teacher = !c->staffed, room = c->room_type == NONE;

        for (int n = 0; !teacher && n < c->able_teachers.n; n++)
                teacher = may_teach(f, s, c->able_teachers.v[n], cells);
        for (int n = 0; !room && n < c->able_rooms.n; n++)
                room = may_use(f, s, c->able_rooms.v[n], cells);
        return teacher && room && (!co_taught(f, s) || someone_co_teaches(f, s, cells));
}

/* Could enough students come? Of a stack the minimum is the group's: one student is asked for here.
 */
static bool attended(const struct formulation *f, int s, cellset cells)
{
        const struct course *c = course_of(f, s);
        const struct ints *seekers = &f->seekers[f->pb->section_course[s]];
        int least = f->parts[s].excused ? 0 : c->size_min, n = 0;

        if (c->stack != NONE && least > 1)
                least = 1;
        for (int e = 0; e < seekers->n && n < least; e++)
                n += may_sit(f, seekers->v[e], s, cells);
        return n >= least && (c->stack != NONE || least <= c->size_max);
}

static void find_starts(struct formulation *f, int s)
{
        const struct course *c = course_of(f, s);
        struct part *part = &f->parts[s];

        part->starts = part->barred ? 0 : bell_starts(f, s);
        for (int p = 0; p < f->pb->n_cells; p++)
                if (part->starts >> p & 1 &&
                        !(served(f, s, c->start_cells[p]) && attended(f, s, c->start_cells[p])))
                        part->starts &= ~((cellset)1 << p);
}

static void add_slot(struct group *gr, int start, cellset cells)
{
        for (int j = 0; j < gr->n_slots; j++)
                if (gr->slots[j].start == start && gr->slots[j].cells == cells)
                        return;
        gr->slots[gr->n_slots++] = (struct slot){start, cells};
}

static void add_once(int *n, int *list, int x)
{
        for (int k = 0; k < *n; k++)
                if (list[k] == x)
                        return;
        list[(*n)++] = x;
}

/* Slots in the order of their start cells, then whoever may work there and the rooms that may hold
 * it. */
static void fill_group(struct formulation *f, struct group *gr)
{
        const struct problem *pb = f->pb;
        const struct course *first = course_of(f, gr->sections[0]);
        const size_t n_slots = (size_t)(gr->n_sections * pb->n_cells);

        gr->staffed = first->staffed;
        gr->roomed = first->room_type != NONE;
        gr->slots = arena_array(f->arena, n_slots + 1, sizeof *gr->slots);
        gr->crew = arena_array(f->arena, (size_t)pb->n_teachers + 1, sizeof(int));
        gr->rooms = arena_array(f->arena, (size_t)pb->n_rooms + 1, sizeof(int));
        for (int p = 0; p < pb->n_cells; p++)
                for (int m = 0; m < gr->n_sections; m++)
                        if (f->parts[gr->sections[m]].starts >> p & 1)
                                add_slot(gr, p, course_of(f, gr->sections[m])->start_cells[p]);
        for (int m = 0; m < gr->n_sections; m++) {
                const struct course *c = course_of(f, gr->sections[m]);

                for (int n = 0; c->staffed && n < c->able_teachers.n; n++)
                        add_once(&gr->n_crew, gr->crew, c->able_teachers.v[n]);
                for (int n = 0; co_taught(f, gr->sections[m]) && n < c->able_co_teachers.n; n++)
                        add_once(&gr->n_crew, gr->crew, c->able_co_teachers.v[n]);
                for (int n = 0; c->room_type != NONE && n < c->able_rooms.n; n++)
                        add_once(&gr->n_rooms, gr->rooms, c->able_rooms.v[n]);
                f->parts[gr->sections[m]].n_slots = gr->n_slots;
        }
}

/* The group that section s joins: that of an earlier section of its stack and number, or a new one.
 */
static struct group *group_for(struct formulation *f, int s)
{
        const struct problem *pb = f->pb;
        const int stack = course_of(f, s)->stack;
        struct group *gr;

        for (int g = 0; stack != NONE && g < f->n_groups; g++) {
                const int other = f->groups[g].sections[0];

                if (course_of(f, other)->stack == stack &&
                        pb->section_number[other] == pb->section_number[s])
                        return &f->groups[g];
        }
        gr = &f->groups[f->n_groups++];
        gr->sections = arena_array(
                f->arena, stack == NONE ? 1 : (size_t)pb->rules[stack].courses.n, sizeof(int));
        return gr;
}

void reduce(struct formulation *f)
{
        const struct problem *pb = f->pb;

        f->parts = arena_array(f->arena, (size_t)pb->n_sections + 1, sizeof *f->parts);
        f->groups = arena_array(f->arena, (size_t)pb->n_sections + 1, sizeof *f->groups);
        f->rank_in_course = arena_array(f->arena, (size_t)pb->n_requests + 1, sizeof(int));
        f->bound_to = arena_array(f->arena, (size_t)pb->n_requests + 1, sizeof(int));
        for (int i = 0; i < pb->n_requests; i++)
                f->bound_to[i] = NONE;
        find_seekers(f);
        read_locks(f);
        for (int s = 0; s < pb->n_sections; s++) {
                struct group *gr;

                f->parts[s].group = NONE;
                if (f->scope.section && !f->scope.section[s])
                        continue;
                find_starts(f, s);
                gr = group_for(f, s);
                gr->sections[gr->n_sections++] = s;
                f->parts[s].group = (int)(gr - f->groups);
        }
        for (int g = 0; g < f->n_groups; g++)
                fill_group(f, &f->groups[g]);
}
