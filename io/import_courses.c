/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Courses and rooms of OneRoster files, with what last year's classes tell of them. */
#include "io/import_school.h"
#include "io/text.h"
#include <string.h>

/* Rooms have no types in these files. */
static const char any_room[] = "classroom";

static const char *or_none(const char *text)
{
        return *text ? text : NULL;
}

static void add_room(struct import *im, const struct in_class *c)
{
        struct problem *pb = im->pb;

        if (!text_is_id(c->location))
                return;
        int i = index_add(pb->room_ids, c->location);
        if (i < 0)
                return;
        pb->rooms[i] = (struct room){.id = index_id(pb->room_ids, i),
                .capacity = NO_LIMIT,
                .available = ~(cellset)0,
                .at = c->at};
        if (index_find(pb->room_types, any_room) < 0)
                index_add(pb->room_types, any_room);
        ints_push(pb->arena, &pb->rooms[i].types, 0);
        pb->n_rooms++;
}

static struct ints grades_of(struct import *im, const struct in_list *codes)
{
        struct ints grades = {0};
        int grade;

        for (int i = 0; i < codes->n; i++)
                if (text_whole(codes->v[i], 0, 13, &grade) && !ints_has(&grades, grade))
                        ints_push(im->pb->arena, &grades, grade);
        return grades;
}

/* Of a district's courses those that belong to the school, or that have classes there. */
static bool is_offered(const struct import *im, const struct in_course *c)
{
        if (!strcmp(c->org, im->in->school_sourced))
                return true;
        for (int i = 0; i < im->in->n_classes; i++)
                if (!strcmp(im->in->classes[i].course, c->id))
                        return true;
        return false;
}

static void add_course(struct import *im, const struct in_course *c)
{
        struct problem *pb = im->pb;
        struct index *taken = pb->course_ids;
        const char *id = text_is_id(c->code) && index_find(taken, c->code) < 0 ? c->code : c->id;

        if (!text_is_id(id) || index_add(im->courses, c->id) < 0 || index_add(taken, id) < 0) {
                report_error(im->rp, ERROR_INPUT, c->at,
                        "found a course whose sourcedId is no id or was there before; expected "
                        "another for each");
                return;
        }
        struct course *new = &pb->courses[pb->n_courses];
        *new = (struct course){.id = index_id(taken, pb->n_courses),
                .title = or_none(c->title),
                .subject = c->subjects.n ? c->subjects.v[0] : NULL,
                .area = NONE,
                .grades = grades_of(im, &c->grades),
                .only = {NONE, NONE, NONE},
                .room_type = NONE,
                .size_min_stated = -1,
                .size_target_stated = -1,
                .size_max_stated = -1,
                .periods = 1,
                .terms = pb->n_terms,
                .staffed = true,
                .counts_load = true,
                .support = {.flag = NONE},
                .pathway = NONE,
                .at = c->at,
                .sections_at = c->at};
        pb->n_courses++;
}

static void join_classes(struct import *im)
{
        for (int i = 0; i < im->in->n_classes; i++) {
                const struct in_class *c = &im->in->classes[i];
                int course = index_find(im->courses, c->course);
                im->class_course[i] = course;
                if (course < 0)
                        report_warn(im->rp, c->at,
                                "found a class of an unknown course; it is left out");
                if (index_add(im->classes, c->id) < 0) {
                        report_error(im->rp, ERROR_INPUT, c->at,
                                "found a sourcedId a second time; expected every one once");
                        return;
                }
                if (course < 0)
                        continue;
                ints_push(im->pb->arena, &im->course_classes[course], i);
                add_room(im, c);
        }
}

/* ---- what the classes of a course show ---- */

/* The number of periods that all its classes take, in a row; else 1. */
static int periods_of(const struct import *im, const struct ints *classes)
{
        const struct problem *pb = im->pb;
        int n = 0;

        for (int i = 0; i < classes->n; i++) {
                const struct ints *p = &im->class_periods[classes->v[i]];
                if (!p->n || (n && p->n != n))
                        return 1;
                n = p->n;
                for (int k = 1; k < n; k++) {
                        const struct period *a = &pb->periods[p->v[k - 1]], *b = a + 1;
                        bool one_day = !a->day || (p->v[k] < pb->n_periods && b->day &&
                                                          !strcmp(a->day, b->day));
                        if (p->v[k] != p->v[k - 1] + 1 || !one_day)
                                return 1;
                }
        }
        return n ? n : 1;
}

static int most_terms(const struct import *im, const struct ints *classes)
{
        int most = 0;

        for (int i = 0; i < classes->n; i++)
                if (im->class_terms[classes->v[i]].n > most)
                        most = im->class_terms[classes->v[i]].n;
        return most ? most : im->pb->n_terms;
}

static void describe(struct import *im, int course)
{
        struct course *c = &im->pb->courses[course];
        const struct ints *classes = &im->course_classes[course];

        c->periods = periods_of(im, classes);
        c->terms = most_terms(im, classes);
        c->terms_given = c->terms < im->pb->n_terms;
        for (int i = 0; i < classes->n; i++)
                if (index_find(im->pb->room_ids, im->in->classes[classes->v[i]].location) >= 0)
                        c->room_type = 0;
}

/* Who taught a subject may teach it; nobody else is known to. */
static void add_credentials(struct import *im)
{
        struct problem *pb = im->pb;

        for (int i = 0; i < im->in->n_seats; i++) {
                const struct in_seat *s = &im->in->seats[i];
                int user = index_find(im->users, s->user),
                    in = index_find(im->classes, s->class_id);
                int course = in >= 0 ? im->class_course[in] : -1;
                if (!s->teacher || user < 0 || course < 0 || im->in->users[user].student)
                        continue;
                const char *subject = pb->courses[course].subject;
                if (!subject || !text_is_id(subject))
                        continue;
                index_add(pb->credentials, subject);
                int credential = index_find(pb->credentials, subject);
                struct teacher *t = &pb->teachers[im->user_number[user]];
                if (!ints_has(&t->credentials, credential))
                        ints_push(pb->arena, &t->credentials, credential);
        }
        for (int c = 0; c < pb->n_courses; c++) {
                const char *subject = pb->courses[c].subject;
                int credential = subject ? index_find(pb->credentials, subject) : -1;
                if (credential >= 0)
                        ints_push(pb->arena, &pb->courses[c].credentials, credential);
        }
}

void import_courses(struct import *im)
{
        struct problem *pb = im->pb;

        im->courses = index_new();
        im->classes = index_new();
        pb->courses = arena_array(pb->arena, (size_t)im->in->n_courses + 1, sizeof *pb->courses);
        pb->rooms = arena_array(pb->arena, (size_t)im->in->n_classes + 1, sizeof *pb->rooms);
        im->course_classes =
                arena_array(im->arena, (size_t)im->in->n_courses + 1, sizeof *im->course_classes);
        for (int i = 0; i < im->in->n_courses; i++)
                if (is_offered(im, &im->in->courses[i]))
                        add_course(im, &im->in->courses[i]);
        join_classes(im);
        for (int c = 0; c < pb->n_courses; c++)
                describe(im, c);
        add_credentials(im);
}
