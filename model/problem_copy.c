/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/edit.h"
#include <string.h>

static struct index *copy_index(const struct index *from)
{
        struct index *to = index_new();

        for (int i = 0; i < index_size(from); i++)
                index_add(to, index_id(from, i));
        return to;
}

static void copy_indices(struct problem *to, const struct problem *from)
{
        to->term_ids = copy_index(from->term_ids);
        to->period_ids = copy_index(from->period_ids);
        to->teacher_ids = copy_index(from->teacher_ids);
        to->room_ids = copy_index(from->room_ids);
        to->course_ids = copy_index(from->course_ids);
        to->pathway_ids = copy_index(from->pathway_ids);
        to->cohort_ids = copy_index(from->cohort_ids);
        to->requirement_ids = copy_index(from->requirement_ids);
        to->student_ids = copy_index(from->student_ids);
        to->credentials = copy_index(from->credentials);
        to->room_types = copy_index(from->room_types);
        to->areas = copy_index(from->areas);
        to->flags = copy_index(from->flags);
}

/* n objects in the arena, with room for one more. */
static void *copied(struct arena *a, const void *from, int n, size_t size)
{
        void *to = arena_array(a, (size_t)n + 1, size);

        if (n)
                memcpy(to, from, (size_t)n * size);
        return to;
}

#define COPY(field, n) (to->field = copied(a, from->field, (n), sizeof *from->field))

static void copy_arrays(struct problem *to, const struct problem *from)
{
        struct arena *a = to->arena;

        COPY(periods, from->n_periods);
        COPY(teachers, from->n_teachers);
        COPY(rooms, from->n_rooms);
        COPY(courses, from->n_courses);
        COPY(pathways, from->n_pathways);
        COPY(cohorts, from->n_cohorts);
        COPY(requirements, from->n_requirements);
        COPY(students, from->n_students);
        COPY(requests, from->n_requests);
        COPY(rules, from->n_rules);
        COPY(locks, from->n_locks);
        COPY(past, from->n_past);
        for (int q = 0; q < from->n_requirements; q++)
                COPY(requirements[q].by, from->requirements[q].n_by);
}

struct problem *problem_copy(const struct problem *from)
{
        struct arena *a = arena_new();
        struct problem *to = arena_alloc(a, sizeof *to);

        *to = *from;
        to->arena = a;
        copy_indices(to, from);
        copy_arrays(to, from);
        /* What problem_finish() counts up. */
        to->n_sections = 0;
        for (int k = 0; k < to->n_students; k++)
                to->students[k].first_request = to->students[k].n_requests = 0;
        return to;
}
