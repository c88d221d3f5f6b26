/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/export_row.h"
#include "io/json_write.h"
#include "io/oneroster.h"
#include <string.h>

const char *const rows_words[] = {"sections", "enrollments", "staff", "students", "teachers",
        "rooms", "courses", "student_terms", "teacher_terms", "room_terms", NULL};

/* ---- texts ---- */

static const char *number(const struct export *x, int n)
{
        return arena_printf(x->arena, "%d", n);
}

static const char *listed(const struct export *x, const struct ints *list,
        const char *(*name)(const struct problem *pb, int i))
{
        const char *text = NULL;

        for (int i = 0; i < list->n; i++)
                text = text ? arena_printf(x->arena, "%s;%s", text, name(x->pb, list->v[i]))
                            : name(x->pb, list->v[i]);
        return text;
}

static const char *term_name(const struct problem *pb, int t)
{
        return pb->terms[t];
}

static const char *period_name(const struct problem *pb, int p)
{
        return pb->periods[p].id;
}

static const struct teacher *teacher_of(const struct export *x, const struct row *r)
{
        return r->teacher >= 0 ? &x->pb->teachers[r->teacher] : NULL;
}

static const struct course *course_of(const struct export *x, const struct row *r)
{
        return &x->pb->courses[r->course];
}

static const struct student *student_of(const struct export *x, const struct row *r)
{
        return &x->pb->students[r->student];
}

/* ---- fields ---- */

#define FIELD(field) static const char *text_##field(const struct export *x, const struct row *r)
#define PLAIN(field, value)                                                                        \
        FIELD(field)                                                                               \
        {                                                                                          \
                (void)x;                                                                           \
                (void)r;                                                                           \
                return value;                                                                      \
        }

PLAIN(school, x->pb->school_id)
PLAIN(school_name, x->pb->name)
PLAIN(district, x->pb->district)
PLAIN(school_year, x->pb->year)

FIELD(end_year)
{
        int year = oneroster_year(x->pb);
        (void)r;
        return year < 0 ? NULL : number(x, year);
}

PLAIN(course, course_of(x, r)->id)
PLAIN(title, course_of(x, r)->title)
PLAIN(subject, course_of(x, r)->subject)
PLAIN(area, course_of(x, r)->area >= 0 ? index_id(x->pb->areas, course_of(x, r)->area) : NULL)
PLAIN(pathway, course_of(x, r)->pathway >= 0 ? x->pb->pathways[course_of(x, r)->pathway].id : NULL)
PLAIN(course_max, number(x, course_of(x, r)->size_max))

FIELD(level)
{
        static const char *const levels[] = {NULL, "introductory", "concentrator", "capstone"};
        return levels[course_of(x, r)->level];
}

/* Ten credits are a year. */
FIELD(credits)
{
        char text[REAL_TEXT];
        real_text(10.0 * (double)course_of(x, r)->years / (double)x->pb->year_unit, text);
        return arena_strdup(x->arena, text);
}

static const char *grade_bound(const struct export *x, const struct row *r, bool high)
{
        const struct ints *grades = &course_of(x, r)->grades;
        int best = grades->n ? grades->v[0] : -1;

        for (int i = 1; i < grades->n; i++)
                if (high ? grades->v[i] > best : grades->v[i] < best)
                        best = grades->v[i];
        return best < 0 ? NULL : number(x, best);
}
PLAIN(low_grade, grade_bound(x, r, false))
PLAIN(high_grade, grade_bound(x, r, true))

PLAIN(section, number(x, r->section->number))
PLAIN(code, arena_printf(x->arena, "%s-%d", course_of(x, r)->id, r->section->number))
/* One number for each section in the whole school, the same in every schedule of it. */
PLAIN(serial, number(x, course_of(x, r)->first_section + r->section->number))
PLAIN(cohort, r->section->cohort >= 0 ? x->pb->cohorts[r->section->cohort].id : NULL)
PLAIN(enrolled, number(x, r->section->students.n))

FIELD(max)
{
        int most = course_of(x, r)->size_max;
        int seats = r->room >= 0 ? x->pb->rooms[r->room].capacity : -1;
        return number(x, seats >= 0 && seats < most ? seats : most);
}

PLAIN(teacher, r->teacher >= 0 ? teacher_of(x, r)->id : NULL)
PLAIN(teacher_name, r->teacher >= 0 ? teacher_of(x, r)->name : NULL)
PLAIN(teacher_given, r->teacher >= 0 ? teacher_of(x, r)->person.given : NULL)
PLAIN(teacher_family, r->teacher >= 0 ? teacher_of(x, r)->person.family : NULL)
PLAIN(teacher_email, r->teacher >= 0 ? teacher_of(x, r)->person.email : NULL)

static const char *sis_of_teacher(const struct export *x, int teacher)
{
        const struct teacher *t = teacher >= 0 ? &x->pb->teachers[teacher] : NULL;
        if (!t)
                return NULL;
        return t->person.sis_id ? t->person.sis_id : t->id;
}
PLAIN(teacher_sis_id, sis_of_teacher(x, r->teacher))
PLAIN(co_teacher, r->section->co_teacher >= 0 ? x->pb->teachers[r->section->co_teacher].id : NULL)
PLAIN(co_teacher_sis_id, sis_of_teacher(x, r->section->co_teacher))
PLAIN(teaches_as, r->teacher == r->section->co_teacher ? "co-teacher" : "teacher")

PLAIN(room, r->room >= 0 ? x->pb->rooms[r->room].id : NULL)
PLAIN(capacity, r->room >= 0 && x->pb->rooms[r->room].capacity >= 0
                        ? number(x, x->pb->rooms[r->room].capacity)
                        : NULL)

/* Of a section: its one term, "year", or the terms joined: one code each for another system. */
FIELD(term)
{
        const char *text = r->term >= 0 ? x->pb->terms[r->term] : NULL;
        if (!r->section)
                return text;
        if (r->section->terms.n == x->pb->n_terms)
                return "year";
        for (int i = 0; i < r->section->terms.n; i++) {
                const char *name = x->pb->terms[r->section->terms.v[i]];
                text = text ? arena_printf(x->arena, "%s+%s", text, name) : name;
        }
        return text;
}
PLAIN(terms, listed(x, &r->section->terms, term_name))
PLAIN(periods, listed(x, &r->section->periods, period_name))

static const struct period *period_of(const struct export *x, const struct row *r, bool last)
{
        const struct ints *periods = &r->section->periods;
        return &x->pb->periods[periods->v[last ? periods->n - 1 : 0]];
}
PLAIN(period, period_of(x, r, false)->id)
PLAIN(last_period, period_of(x, r, true)->id)
PLAIN(day, period_of(x, r, false)->day)

/* Its place among the periods of its day, from 1. */
static int place_in_day(const struct problem *pb, const struct period *p)
{
        int place = 1;
        for (const struct period *q = p; q > pb->periods && q[-1].day_index == p->day_index; q--)
                place++;
        return place;
}
PLAIN(period_number, number(x, place_in_day(x->pb, period_of(x, r, false))))

/* PowerSchool's: periods(days), as 2(A) or 5-6(A). Without days there is one, A. */
FIELD(expression)
{
        const struct period *first = period_of(x, r, false), *last = period_of(x, r, true);
        int from = place_in_day(x->pb, first), to = place_in_day(x->pb, last);
        const char *day = first->day ? first->day : "A";
        return from == to ? arena_printf(x->arena, "%d(%s)", from, day)
                          : arena_printf(x->arena, "%d-%d(%s)", from, to, day);
}

static struct dates dates_of(const struct export *x, const struct row *r)
{
        const struct dates *d = x->pb->term_dates;
        const struct ints *terms = &r->section->terms;
        if (!d)
                return (struct dates){0};
        return (struct dates){d[terms->v[0]].start, d[terms->v[terms->n - 1]].end};
}
PLAIN(start_date, dates_of(x, r).start)
PLAIN(end_date, dates_of(x, r).end)

PLAIN(student, student_of(x, r)->id)
PLAIN(student_name, student_of(x, r)->name)
PLAIN(student_given, student_of(x, r)->person.given)
PLAIN(student_family, student_of(x, r)->person.family)
PLAIN(student_email, student_of(x, r)->person.email)
PLAIN(student_sis_id,
        student_of(x, r)->person.sis_id ? student_of(x, r)->person.sis_id : student_of(x, r)->id)
PLAIN(grade, number(x, student_of(x, r)->grade))

enum {
        IN_SECTION = 1 << ROWS_SECTIONS | 1 << ROWS_ENROLLMENTS | 1 << ROWS_STAFF,
        OF_COURSE = IN_SECTION | 1 << ROWS_COURSES,
        OF_TEACHER = IN_SECTION | 1 << ROWS_TEACHERS | 1 << ROWS_TEACHER_TERMS,
        OF_ROOM = IN_SECTION | 1 << ROWS_ROOMS | 1 << ROWS_ROOM_TERMS,
        OF_STUDENT = 1 << ROWS_ENROLLMENTS | 1 << ROWS_STUDENTS | 1 << ROWS_STUDENT_TERMS,
        OF_TERM = IN_SECTION | 1 << ROWS_STUDENT_TERMS | 1 << ROWS_TEACHER_TERMS |
                  1 << ROWS_ROOM_TERMS,
        ANYWHERE = (1 << N_ROWS) - 1,
};

#define ROW(field, where)                                                                          \
        {                                                                                          \
#field, where, text_##field                                                        \
        }
const struct row_field row_fields[] = {
        ROW(school, ANYWHERE),
        ROW(school_name, ANYWHERE),
        ROW(district, ANYWHERE),
        ROW(school_year, ANYWHERE),
        ROW(end_year, ANYWHERE),
        ROW(course, OF_COURSE),
        ROW(title, OF_COURSE),
        ROW(subject, OF_COURSE),
        ROW(area, OF_COURSE),
        ROW(credits, OF_COURSE),
        ROW(pathway, OF_COURSE),
        ROW(level, OF_COURSE),
        ROW(low_grade, OF_COURSE),
        ROW(high_grade, OF_COURSE),
        ROW(course_max, OF_COURSE),
        ROW(section, IN_SECTION),
        ROW(code, IN_SECTION),
        ROW(serial, IN_SECTION),
        ROW(cohort, IN_SECTION),
        ROW(enrolled, IN_SECTION),
        ROW(max, IN_SECTION),
        ROW(teacher, OF_TEACHER),
        ROW(teacher_name, OF_TEACHER),
        ROW(teacher_given, OF_TEACHER),
        ROW(teacher_family, OF_TEACHER),
        ROW(teacher_email, OF_TEACHER),
        ROW(teacher_sis_id, OF_TEACHER),
        ROW(co_teacher, IN_SECTION),
        ROW(co_teacher_sis_id, IN_SECTION),
        ROW(teaches_as, 1 << ROWS_STAFF),
        ROW(room, OF_ROOM),
        ROW(capacity, OF_ROOM),
        ROW(term, OF_TERM),
        ROW(terms, IN_SECTION),
        ROW(period, IN_SECTION),
        ROW(last_period, IN_SECTION),
        ROW(periods, IN_SECTION),
        ROW(period_number, IN_SECTION),
        ROW(day, IN_SECTION),
        ROW(expression, IN_SECTION),
        ROW(start_date, IN_SECTION),
        ROW(end_date, IN_SECTION),
        ROW(student, OF_STUDENT),
        ROW(student_name, OF_STUDENT),
        ROW(student_given, OF_STUDENT),
        ROW(student_family, OF_STUDENT),
        ROW(student_email, OF_STUDENT),
        ROW(student_sis_id, OF_STUDENT),
        ROW(grade, OF_STUDENT),
};
const int n_row_fields = (int)(sizeof row_fields / sizeof row_fields[0]);

static bool all_known(const struct ints *list, int most)
{
        for (int i = 0; i < list->n; i++)
                if (list->v[i] < 0)
                        return false;
        return list->n <= most;
}

bool export_has(const struct problem *pb, const struct answer_section *s)
{
        return s->course >= 0 && s->number >= 1 && s->teacher != UNKNOWN &&
               s->co_teacher != UNKNOWN && s->room != UNKNOWN && s->cohort != UNKNOWN &&
               s->terms.n && all_known(&s->terms, pb->n_terms) && s->periods.n &&
               all_known(&s->periods, pb->n_periods) && all_known(&s->students, pb->n_students);
}

/* ---- the cells of people and rooms ---- */

static int *no_cells(struct export *x, int n)
{
        size_t size = (size_t)n * (size_t)x->pb->n_cells;
        int *cells = mem_alloc(size * sizeof *cells + 1);
        for (size_t i = 0; i < size; i++)
                cells[i] = -1;
        return cells;
}

static void fill(const struct export *x, int *cells, int who, int section)
{
        const struct answer_section *s = &x->an->sections[section];
        int *own = who >= 0 ? cells + (size_t)who * (size_t)x->pb->n_cells : NULL;

        for (int t = 0; own && t < s->terms.n; t++)
                for (int p = 0; p < s->periods.n; p++)
                        own[s->terms.v[t] * x->pb->n_periods + s->periods.v[p]] = section;
}

void export_init(struct export *x, const struct problem *pb, const struct answer *an)
{
        *x = (struct export){.pb = pb, .an = an, .arena = arena_new()};
        x->student_cell = no_cells(x, pb->n_students);
        x->teacher_cell = no_cells(x, pb->n_teachers);
        x->room_cell = no_cells(x, pb->n_rooms);
        for (int i = 0; i < an->n_sections; i++) {
                const struct answer_section *s = &an->sections[i];
                fill(x, x->teacher_cell, s->teacher, i);
                fill(x, x->teacher_cell, s->co_teacher, i);
                fill(x, x->room_cell, s->room, i);
                for (int k = 0; k < s->students.n; k++)
                        fill(x, x->student_cell, s->students.v[k], i);
        }
}

void export_release(struct export *x)
{
        mem_free(x->student_cell);
        mem_free(x->teacher_cell);
        mem_free(x->room_cell);
        arena_free(x->arena);
}

const char *row_period(const struct export *x, const struct row *row, int period)
{
        const int *cells = row->student >= 0   ? x->student_cell
                           : row->teacher >= 0 ? x->teacher_cell
                                               : x->room_cell;
        int who = row->student >= 0 ? row->student : row->teacher >= 0 ? row->teacher : row->room;
        size_t cell = (size_t)(row->term * x->pb->n_periods + period);
        int i = cells[(size_t)who * (size_t)x->pb->n_cells + cell];

        if (i < 0)
                return NULL;
        const struct answer_section *s = &x->an->sections[i];
        const char *text = arena_printf(x->arena, "%s-%d", x->pb->courses[s->course].id, s->number);
        if (s->room >= 0 && row->room < 0)
                text = arena_printf(x->arena, "%s %s", text, x->pb->rooms[s->room].id);
        if (s->teacher >= 0 && row->teacher < 0)
                text = arena_printf(x->arena, "%s %s", text, x->pb->teachers[s->teacher].id);
        return text;
}
