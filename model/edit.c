/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/edit.h"
#include "model/edit_parts.h"

void edits_push(struct edits *list, struct edit e)
{
        MEM_GROW(list->v, list->n, list->cap);
        list->v[list->n++] = e;
}

void edits_release(struct edits *list)
{
        mem_free(list->v);
        *list = (struct edits){0};
}

static bool is_drop(enum edit_kind kind)
{
        return kind >= EDIT_DROP_LOCK;
}

struct problem *edits_apply(
        const struct problem *pb, const struct edit *v, int n, struct report *rp)
{
        struct problem *to = problem_copy(pb);
        struct dropped d = {
                .locks = arena_array(to->arena, (size_t)pb->n_locks + 1, sizeof(bool)),
                .rules = arena_array(to->arena, (size_t)pb->n_rules + 1, sizeof(bool)),
                .requests = arena_array(to->arena, (size_t)pb->n_requests + 1, sizeof(bool)),
        };

        /* Drops first: their numbers are those of pb. */
        for (int i = 0; i < n; i++)
                if (is_drop(v[i].kind))
                        edit_drop(to, &v[i], &d);
        edit_compact(to, &d);
        struct lock *locks =
                arena_array(to->arena, (size_t)to->n_locks + (size_t)n + 1, sizeof *locks);
        for (int i = 0; i < to->n_locks; i++)
                locks[i] = to->locks[i];
        to->locks = locks;
        for (int i = 0; i < n; i++)
                if (!is_drop(v[i].kind))
                        edit_add(to, &v[i]);
        if (problem_finish(to, rp))
                return to;
        problem_free(to);
        return NULL;
}

/* ---- schedules ---- */

static int section_in(const struct problem *to, int course, int number)
{
        const struct course *c = &to->courses[course];

        return number > c->sections_max ? NONE : c->first_section + number - 1;
}

/* Courses, teachers, rooms, cohorts keep their numbers; periods are only added at the end. */
static void copy_section(struct schedule *to, int s, const struct schedule *from, int was)
{
        const struct problem *pb = from->pb;
        int start = from->start[was];

        to->cohort[s] = from->cohort[was];
        if (start < 0)
                return;
        to->start[s] = start / pb->n_periods * to->pb->n_periods + start % pb->n_periods;
        to->teacher[s] = from->teacher[was];
        to->co_teacher[s] = from->co_teacher[was];
        to->room[s] = from->room[was];
}

struct schedule *edits_schedule(const struct schedule *sc, const struct problem *edited)
{
        const struct problem *pb = sc->pb;
        struct schedule *to = schedule_new(edited);

        for (int was = 0; was < pb->n_sections; was++) {
                int s = section_in(edited, pb->section_course[was], pb->section_number[was]);
                if (s >= 0)
                        copy_section(to, s, sc, was);
        }
        for (int r = 0; r < pb->n_requests; r++) {
                int was = sc->seat[r];
                if (was < 0)
                        continue;
                int now =
                        problem_request_of(edited, pb->requests[r].student, pb->requests[r].course);
                int s = section_in(edited, pb->section_course[was], pb->section_number[was]);
                if (now >= 0 && s >= 0)
                        to->seat[now] = s;
        }
        return to;
}
