/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Students and teachers of OneRoster files. */
#include "io/import_school.h"
#include "io/text.h"
#include <string.h>

enum { LAST_GRADE = 12 };

static const char *or_none(const char *text)
{
        return *text ? text : NULL;
}

/* An id that nobody has: the identifier, else the sourcedId, else a number. */
static const char *free_id(
        const struct import *im, const struct index *taken, const char *first, const char *second)
{
        if (text_is_id(first) && index_find(taken, first) < 0)
                return first;
        if (text_is_id(second) && index_find(taken, second) < 0)
                return second;
        for (int i = index_size(taken) + 1;; i++) {
                const char *id = arena_printf(im->pb->arena, "n%d", i);
                if (index_find(taken, id) < 0)
                        return id;
        }
}

/* The standard's codes: 01 .. 13, KG and the like. -1: none of those. */
static int grade_of(const struct in_list *grades)
{
        int grade;

        for (int i = 0; i < grades->n; i++) {
                if (text_whole(grades->v[i], 0, 13, &grade))
                        return grade;
                if (!strcmp(grades->v[i], "KG"))
                        return 0;
        }
        return -1;
}

/* Where a file had no names the id stood for them. */
static struct person person_of(const struct in_user *u)
{
        if (!strcmp(u->given, u->identifier) && !strcmp(u->family, u->identifier))
                return (struct person){.email = or_none(u->email), .sis_id = u->id};
        return (struct person){or_none(u->given), or_none(u->family), or_none(u->email), u->id};
}

static int add_teacher(struct import *im, const struct in_user *u)
{
        struct problem *pb = im->pb;
        int i = index_add(pb->teacher_ids, free_id(im, pb->teacher_ids, u->identifier, u->id));

        pb->teachers[i] = (struct teacher){.id = index_id(pb->teacher_ids, i),
                .person = person_of(u),
                .stated = {-1, -1, -1, -1},
                .available = ~(cellset)0,
                .home = NONE,
                .at = u->at};
        pb->n_teachers++;
        return i;
}

static int add_student(struct import *im, const struct in_user *u, int *left)
{
        struct problem *pb = im->pb;
        int grade = grade_of(&u->grades);

        if (grade < 0)
                report_warn(im->rp, u->at,
                        "found no grade of this student, who is left out; expected one as 09");
        if (grade >= 0 && im->o->next_year && ++grade > LAST_GRADE)
                ++*left;
        if (grade < 0 || (im->o->next_year && grade > LAST_GRADE))
                return -1;
        int i = index_add(pb->student_ids, free_id(im, pb->student_ids, u->identifier, u->id));
        pb->students[i] = (struct student){.id = index_id(pb->student_ids, i),
                .person = person_of(u),
                .grade = grade,
                .pathway_stated = NONE,
                .cohort_stated = COHORT_DEFAULT,
                .periods = UINT64_MAX,
                .at = u->at};
        pb->n_students++;
        return i;
}

void import_people(struct import *im)
{
        size_t n = (size_t)im->in->n_users + 1;
        int left = 0;

        im->users = index_new();
        im->user_number = arena_array(im->arena, n, sizeof *im->user_number);
        im->pb->teachers = arena_array(im->pb->arena, n, sizeof *im->pb->teachers);
        im->pb->students = arena_array(im->pb->arena, n, sizeof *im->pb->students);
        for (int i = 0; i < im->in->n_users; i++) {
                const struct in_user *u = &im->in->users[i];
                if (index_add(im->users, u->id) < 0) {
                        report_error(im->rp, ERROR_INPUT, u->at,
                                "found a sourcedId a second time; expected every one once");
                        return;
                }
                im->user_number[i] = u->student ? add_student(im, u, &left) : add_teacher(im, u);
        }
        if (left)
                report_warn(im->rp, (struct place){.file = im->in->users[0].at.file},
                        "%d students of the last grade leave and are left out", left);
}
