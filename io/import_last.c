/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Last year's classes as a schedule. */
#include "io/import_school.h"
#include "io/text.h"
#include <stdlib.h>
#include <string.h>

/* The k of classCode COURSE-k; 0: it has another form. */
static int stated_number(const struct import *im, int c)
{
        const char *course = im->pb->courses[im->class_course[c]].id;
        const char *code = im->in->classes[c].code;
        size_t n = strlen(course);
        int number;

        if (strncmp(code, course, n) != 0 || code[n] != '-' ||
                !text_whole(code + n + 1, 1, MAX_SECTIONS, &number))
                return 0;
        return number;
}

struct numbered {
        int number, class;
};

static int by_number(const void *p, const void *q)
{
        const struct numbered *a = p, *b = q;
        return a->number != b->number ? a->number - b->number : a->class - b->class;
}

/* The classes of a course by number: as their codes say where each says another, else from 1. */
static struct numbered *number_classes(const struct import *im, int course)
{
        const struct ints *classes = &im->course_classes[course];
        struct numbered *list = arena_array(im->arena, (size_t)classes->n + 1, sizeof *list);
        bool fine = true;

        for (int i = 0; i < classes->n; i++)
                list[i] = (struct numbered){stated_number(im, classes->v[i]), classes->v[i]};
        if (classes->n)
                qsort(list, (size_t)classes->n, sizeof *list, by_number);
        for (int i = 0; i < classes->n; i++)
                fine = fine && list[i].number > 0 && (!i || list[i].number > list[i - 1].number);
        for (int i = 0; !fine && i < classes->n; i++)
                list[i].number = i + 1;
        return list;
}

static const char *id_or_none(const struct index *ids, int i)
{
        return i < 0 ? NULL : index_id(ids, i);
}

/* Periods that are not one run make no section that this program could place, but they are told. */
static void add_section(
        const struct import *im, struct answer *an, int course, struct numbered which, int *section)
{
        const struct problem *pb = im->pb;
        const struct in_class *c = &im->in->classes[which.class];
        int room = index_find(pb->room_ids, c->location);

        *section = an->n_sections;
        an->sections[an->n_sections++] = (struct answer_section){.course = course,
                .number = which.number,
                .course_id = pb->courses[course].id,
                .teacher = NONE,
                .co_teacher = NONE,
                .room = room,
                .room_id = id_or_none(pb->room_ids, room),
                .cohort = NONE,
                .terms = im->class_terms[which.class],
                .periods = im->class_periods[which.class],
                .students = {.given = true}};
}

/* The primary teacher first, whatever the order of rows. */
static void add_teacher(
        const struct import *im, struct answer_section *s, int teacher, bool primary)
{
        const struct index *ids = im->pb->teacher_ids;
        int *free_slot = primary || s->teacher < 0 ? &s->teacher : &s->co_teacher;

        if (primary && s->teacher >= 0 && s->co_teacher < 0)
                s->co_teacher = s->teacher;
        *free_slot = teacher;
        s->teacher_id = id_or_none(ids, s->teacher);
        s->co_teacher_id = id_or_none(ids, s->co_teacher);
}

static int add_seats(const struct import *im, struct answer *an, const int *section_of)
{
        int seats = 0, strangers = 0;

        for (int i = 0; i < im->in->n_seats; i++) {
                const struct in_seat *seat = &im->in->seats[i];
                int user = index_find(im->users, seat->user);
                int in = index_find(im->classes, seat->class_id);
                int who = user >= 0 ? im->user_number[user] : -1;
                bool fits = user >= 0 && in >= 0 && section_of[in] >= 0 &&
                            im->in->users[user].student != seat->teacher;
                strangers += !fits;
                if (!fits || who < 0)
                        continue;
                struct answer_section *s = &an->sections[section_of[in]];
                if (seat->teacher)
                        add_teacher(im, s, who, seat->primary);
                else if (!ints_has(&s->students, who))
                        ints_push(an->arena, &s->students, who);
                seats += !seat->teacher;
        }
        if (strangers)
                report_warn(im->rp, (struct place){.file = im->in->seats[0].at.file},
                        "%d enrollments name users or classes that are not there; they are left "
                        "out",
                        strangers);
        return seats;
}

static int by_value(const void *p, const void *q)
{
        return *(const int *)p - *(const int *)q;
}

struct answer *import_last(const struct import *im, int *seats)
{
        struct answer *an = answer_new();
        size_t n = (size_t)im->in->n_classes + 1;
        int *section_of = arena_array(im->arena, n, sizeof *section_of);

        an->format_ok = true;
        an->version = "import";
        an->status = STATUS_FEASIBLE;
        an->sections = arena_array(an->arena, n, sizeof *an->sections);
        for (int i = 0; i < im->in->n_classes; i++)
                section_of[i] = -1;
        for (int c = 0; c < im->pb->n_courses; c++) {
                struct numbered *list = number_classes(im, c);
                for (int i = 0; i < im->course_classes[c].n; i++)
                        add_section(im, an, c, list[i], &section_of[list[i].class]);
        }
        *seats = add_seats(im, an, section_of);
        for (int i = 0; i < an->n_sections; i++)
                if (an->sections[i].students.n)
                        qsort(an->sections[i].students.v, (size_t)an->sections[i].students.n,
                                sizeof(int), by_value);
        return an;
}
