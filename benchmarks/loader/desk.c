/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benchmarks/loader/desk.h"

static int *filled(int n, int value)
{
        int *v = mem_zero((size_t)n + 1, sizeof *v);

        for (int i = 0; i < n; i++)
                v[i] = value;
        return v;
}

static void list_requests(struct desk *d)
{
        const struct problem *pb = d->pb;

        for (int r = 0; r < pb->n_requests; r++)
                d->asked_first[pb->requests[r].course + 1]++;
        for (int c = 0; c < pb->n_courses; c++)
                d->asked_first[c + 1] += d->asked_first[c];
        int *next = filled(pb->n_courses, 0);
        for (int r = 0; r < pb->n_requests; r++) {
                int c = pb->requests[r].course;
                d->asked[d->asked_first[c] + next[c]++] = r;
        }
        mem_free(next);
}

static void count_pairs(struct desk *d)
{
        const struct problem *pb = d->pb;

        for (int i = 0; i < pb->n_students; i++) {
                const struct student *st = &pb->students[i];
                for (int a = st->first_request; a < st->first_request + st->n_requests; a++)
                        for (int b = st->first_request; b < st->first_request + st->n_requests; b++)
                                if (pb->requests[a].kind != ALTERNATE &&
                                        pb->requests[b].kind != ALTERNATE)
                                        d->wanted[pb->requests[a].course * pb->n_courses +
                                                  pb->requests[b].course]++;
        }
}

/* As many as the primary requests ask for, within what is allowed. */
static int sections_to_run(const struct course *c)
{
        int n = c->size_target > 0 ? (c->n_primary + c->size_target - 1) / c->size_target
                                   : c->sections_min;

        n = n < c->sections_min ? c->sections_min : n;
        return n > c->sections_max ? c->sections_max : n;
}

struct desk *desk_new(const struct problem *pb)
{
        struct desk *d = mem_zero(1, sizeof *d);
        size_t students = (size_t)pb->n_students + 1;

        d->pb = pb;
        d->sc = schedule_new(pb);
        d->teacher_busy = mem_zero((size_t)pb->n_teachers + 1, sizeof *d->teacher_busy);
        d->room_busy = mem_zero((size_t)pb->n_rooms + 1, sizeof *d->room_busy);
        d->taken = mem_zero(students, sizeof *d->taken);
        d->blocked = mem_zero(students, sizeof *d->blocked);
        d->enrolled = filled(pb->n_sections, 0);
        d->members = filled(pb->n_sections, 0);
        d->wanted = filled(pb->n_courses * pb->n_courses, 0);
        d->target = filled(pb->n_courses, 0);
        d->strand = filled(pb->n_students, -1);
        d->reserve = filled(pb->n_sections, NONE);
        d->group = filled(pb->n_sections, 0);
        d->pinned = mem_zero((size_t)pb->n_requests + 1, sizeof *d->pinned);
        for (int c = 0; c < pb->n_courses; c++)
                d->target[c] = sections_to_run(&pb->courses[c]);
        for (int l = 0; l < pb->n_locks; l++)
                if (d->target[pb->locks[l].course] < pb->locks[l].section)
                        d->target[pb->locks[l].course] = pb->locks[l].section;
        d->asked_first = filled(pb->n_courses + 1, 0);
        d->asked = filled(pb->n_requests, 0);
        list_requests(d);
        count_pairs(d);
        return d;
}

void desk_free(struct desk *d)
{
        mem_free(d->teacher_busy);
        mem_free(d->room_busy);
        mem_free(d->taken);
        mem_free(d->blocked);
        mem_free(d->enrolled);
        mem_free(d->members);
        mem_free(d->wanted);
        mem_free(d->target);
        mem_free(d->strand);
        mem_free(d->asked_first);
        mem_free(d->asked);
        mem_free(d->reserve);
        mem_free(d->group);
        mem_free(d->pinned);
        mem_free(d);
}

int desk_hand(const struct desk *d, int s, int out[MAX_HAND])
{
        const struct problem *pb = d->pb;
        int stack = pb->courses[pb->section_course[s]].stack, k = pb->section_number[s], n = 0;

        out[n++] = s;
        if (stack < 0)
                return n;
        for (int i = 0; i < pb->rules[stack].courses.n && n < MAX_HAND; i++) {
                const struct course *c = &pb->courses[pb->rules[stack].courses.v[i]];
                if (k <= c->sections_max && c->first_section + k - 1 != s)
                        out[n++] = c->first_section + k - 1;
        }
        return n;
}

cellset desk_cells(const struct desk *d, int s)
{
        return d->pb->courses[d->pb->section_course[s]].start_cells[d->sc->start[s]];
}

static bool names(const struct desk *d, const struct lock *l, int s)
{
        return l->course == d->pb->section_course[s] && l->section == d->pb->section_number[s];
}

bool desk_pinned_section(const struct desk *d, int s)
{
        for (int l = 0; l < d->pb->n_locks; l++)
                if (names(d, &d->pb->locks[l], s) && d->pb->locks[l].student < 0)
                        return true;
        return false;
}

const struct lock *desk_lock(const struct desk *d, int s, int field)
{
        for (int i = 0; i < d->pb->n_locks; i++) {
                const struct lock *l = &d->pb->locks[i];
                if (!names(d, l, s))
                        continue;
                if ((field == LOCK_TEACHER && l->teacher >= 0) ||
                        (field == LOCK_ROOM && l->room >= 0) ||
                        (field == LOCK_PERIOD && l->period >= 0) ||
                        (field == LOCK_TERM && l->term >= 0) ||
                        (field == LOCK_COHORT && l->cohort != COHORT_NOT_LOCKED))
                        return l;
        }
        return NULL;
}

static void join(struct desk *d, int s, const struct spot *at)
{
        d->sc->start[s] = at->start;
        d->sc->teacher[s] = at->teacher;
        d->sc->co_teacher[s] = at->co_teacher;
        d->sc->room[s] = at->room;
        cellset cells = desk_cells(d, s);
        if (at->teacher >= 0)
                d->teacher_busy[at->teacher] |= cells;
        if (at->co_teacher >= 0)
                d->teacher_busy[at->co_teacher] |= cells;
        if (at->room >= 0)
                d->room_busy[at->room] |= cells;
}

static bool supported(const struct desk *d, int s)
{
        const struct support *x = &d->pb->courses[d->pb->section_course[s]].support;

        return x->given && d->pb->section_number[s] <= x->sections;
}

void desk_place(struct desk *d, int s, const struct spot *at)
{
        int hand[MAX_HAND], n = desk_hand(d, s, hand);

        for (int i = 0; i < n; i++) {
                struct spot own = *at;
                const struct course *c = &d->pb->courses[d->pb->section_course[hand[i]]];
                own.co_teacher = supported(d, hand[i]) ? at->co_teacher : NONE;
                own.teacher = c->staffed ? at->teacher : NONE;
                own.room = c->room_type >= 0 ? at->room : NONE;
                join(d, hand[i], &own);
        }
}

void desk_unplace(struct desk *d, int s)
{
        const struct problem *pb = d->pb;
        int hand[MAX_HAND], n = desk_hand(d, s, hand);

        for (int i = 0; i < n; i++) {
                int c = pb->section_course[hand[i]];
                for (int k = d->asked_first[c]; k < d->asked_first[c + 1]; k++)
                        if (d->sc->seat[d->asked[k]] == hand[i])
                                desk_leave(d, d->asked[k]);
        }
        cellset cells = desk_cells(d, s);
        for (int i = 0; i < n; i++) {
                int x = hand[i];
                if (d->sc->teacher[x] >= 0)
                        d->teacher_busy[d->sc->teacher[x]] &= ~cells;
                if (d->sc->co_teacher[x] >= 0)
                        d->teacher_busy[d->sc->co_teacher[x]] &= ~cells;
                if (d->sc->room[x] >= 0)
                        d->room_busy[d->sc->room[x]] &= ~cells;
                d->sc->start[x] = d->sc->teacher[x] = d->sc->co_teacher[x] = d->sc->room[x] =
                        d->sc->cohort[x] = NONE;
        }
}
