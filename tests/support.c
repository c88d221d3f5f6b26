/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Room for one more in an arena array: a copy, which is cheap enough for small schools. */
#define ADD(pb, array, n)                                                                          \
        ((array) = one_more((pb), (array), (size_t)(n), sizeof *(array)), &(array)[(n)++])

static void *one_more(struct problem *pb, const void *old, size_t n, size_t size)
{
        void *grown = arena_array(pb->arena, n + 1, size);

        if (n)
                memcpy(grown, old, n * size);
        return grown;
}

int id_of(const struct index *ix, const char *id)
{
        const int i = index_find(ix, id);

        if (i < 0)
                fail_msg("no such id: '%s'", id);
        return i;
}

static bool may_grow(const struct problem *pb, const struct index *ix)
{
        return ix == pb->credentials || ix == pb->room_types || ix == pb->areas || ix == pb->flags;
}

struct ints ids_of(struct problem *pb, struct index *ix, const char *text)
{
        struct ints list = {0, text != NULL, NULL};

        while (text && *text) {
                const size_t n = strcspn(text, " ");
                const char *id = arena_strndup(pb->arena, text, n);

                if (may_grow(pb, ix))
                        index_add(ix, id);
                *ADD(pb, list.v, list.n) = id_of(ix, id);
                text += n + strspn(text + n, " ");
        }
        return list;
}

uint64_t periods_of(struct problem *pb, const char *text)
{
        const struct ints list = ids_of(pb, pb->period_ids, text);
        uint64_t periods = 0;

        for (int i = 0; i < list.n; i++)
                periods |= (uint64_t)1 << list.v[i];
        return periods;
}

static void add_period(struct problem *pb, const char *text, size_t n)
{
        char *id = arena_strndup(pb->arena, text, n);
        struct period *p = ADD(pb, pb->periods, pb->n_periods);
        char *day;

        if (n && id[n - 1] == '*') {
                p->break_after = true;
                id[n - 1] = '\0';
        }
        day = strchr(id, ':');
        if (day) {
                *day = '\0';
                p->day = day + 1;
        }
        p->id = id;
        index_add(pb->period_ids, id);
}

struct problem *build_school(int n_terms, const char *periods)
{
        struct problem *pb = problem_new();

        pb->file = "school.yaml";
        for (int t = 1; t <= n_terms; t++) {
                const char *id = arena_printf(pb->arena, "T%d", t);

                *ADD(pb, pb->terms, pb->n_terms) = id;
                index_add(pb->term_ids, id);
        }
        while (*periods) {
                const size_t n = strcspn(periods, " ");

                add_period(pb, periods, n);
                periods += n + strspn(periods + n, " ");
        }
        return pb;
}

struct problem *build_done(struct problem *pb)
{
        struct report *rp = report_new();

        if (!problem_finish(pb, rp))
                fail_msg("%s", report_message(rp, 0)->text);
        report_free(rp);
        return pb;
}

void build_refused(struct problem *pb, enum error_kind kind, int line, const char *part)
{
        struct report *rp = report_new();

        assert_false(problem_finish(pb, rp));
        assert_int_equal(report_errors(rp), 1);
        assert_int_equal(report_worst(rp), kind);
        assert_int_equal(report_message(rp, 0)->at.line, line);
        if (!strstr(report_message(rp, 0)->text, part))
                fail_msg("'%s' is not in '%s'", part, report_message(rp, 0)->text);
        report_free(rp);
        problem_free(pb);
}

struct teacher *add_teacher(struct problem *pb, const char *id, const char *credentials)
{
        struct teacher *t = ADD(pb, pb->teachers, pb->n_teachers);

        index_add(pb->teacher_ids, id);
        t->id = id;
        t->credentials = ids_of(pb, pb->credentials, credentials);
        t->stated = (struct limits){NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT};
        t->available = problem_cells_of_periods(pb, ~(uint64_t)0);
        t->home = NONE;
        return t;
}

struct room *add_room(struct problem *pb, const char *id, const char *types, int capacity)
{
        struct room *r = ADD(pb, pb->rooms, pb->n_rooms);

        index_add(pb->room_ids, id);
        r->id = id;
        r->types = ids_of(pb, pb->room_types, types);
        r->capacity = capacity;
        r->available = problem_cells_of_periods(pb, ~(uint64_t)0);
        return r;
}

struct course *add_course(struct problem *pb, const char *id)
{
        struct course *c = ADD(pb, pb->courses, pb->n_courses);

        index_add(pb->course_ids, id);
        c->id = id;
        c->area = c->room_type = c->pathway = NONE;
        c->only = (struct who){NONE, NONE, NONE};
        c->size_min_stated = c->size_target_stated = c->size_max_stated = -1;
        c->periods = 1;
        c->terms = pb->n_terms;
        c->staffed = c->counts_load = true;
        c->support.flag = NONE;
        return c;
}

void set_sections(struct problem *pb, const char *course, int min, int max)
{
        struct course *c = &pb->courses[id_of(pb->course_ids, course)];

        c->sections_given = true;
        c->sections_min_stated = min;
        c->sections_max_stated = max;
}

struct pathway *add_pathway(struct problem *pb, const char *id)
{
        struct pathway *w = ADD(pb, pb->pathways, pb->n_pathways);

        index_add(pb->pathway_ids, id);
        w->id = id;
        w->first_cohort = pb->n_cohorts;
        return w;
}

struct cohort *add_cohort(struct problem *pb, const char *id, int grade, const char *courses)
{
        struct cohort *k = ADD(pb, pb->cohorts, pb->n_cohorts);

        index_add(pb->cohort_ids, id);
        k->id = id;
        k->grade = grade;
        k->pathway = pb->n_pathways - 1;
        k->courses = ids_of(pb, pb->course_ids, courses);
        k->purity = (struct ratio){3, 4};
        pb->pathways[k->pathway].n_cohorts++;
        return k;
}

struct student *add_student(struct problem *pb, const char *id, int grade)
{
        struct student *st = ADD(pb, pb->students, pb->n_students);

        index_add(pb->student_ids, id);
        st->id = id;
        st->grade = grade;
        st->pathway_stated = NONE;
        st->cohort_stated = COHORT_DEFAULT;
        st->periods = ~(uint64_t)0;
        return st;
}

struct request *add_request(
        struct problem *pb, const char *student, const char *course, enum kind kind)
{
        struct request *r = ADD(pb, pb->requests, pb->n_requests);

        r->student = id_of(pb->student_ids, student);
        r->course = id_of(pb->course_ids, course);
        r->kind = kind;
        r->rank_stated = r->stands_for = NONE;
        return r;
}

struct requirement *add_requirement(struct problem *pb, const char *id, const char *courses)
{
        struct requirement *q = ADD(pb, pb->requirements, pb->n_requirements);

        index_add(pb->requirement_ids, id);
        q->id = id;
        q->area = NONE;
        q->courses = ids_of(pb, pb->course_ids, courses);
        q->whom = (struct who){NONE, NONE, NONE};
        return q;
}

void add_years(struct problem *pb, int grade, int64_t num, int64_t den)
{
        struct requirement *q = &pb->requirements[pb->n_requirements - 1];
        struct grade_years *by = ADD(pb, q->by, q->n_by);

        by->grade = grade;
        by->stated = (struct ratio){num, den};
}

struct rule *add_rule(struct problem *pb, enum rule_kind kind, const char *courses)
{
        struct rule *ru = ADD(pb, pb->rules, pb->n_rules);

        ru->kind = kind;
        ru->courses = ids_of(pb, pb->course_ids, courses);
        ru->flag = ru->student = ru->teacher = NONE;
        ru->at = (struct place){pb->file, 100 + pb->n_rules, 1};
        return ru;
}

struct lock *add_lock(struct problem *pb, const char *course, int section)
{
        struct lock *l = ADD(pb, pb->locks, pb->n_locks);

        *l = lock_of(id_of(pb->course_ids, course), section,
                (struct place){pb->file, 200 + pb->n_locks, 1});
        return l;
}
