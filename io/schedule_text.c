/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/schedule_text.h"
#include "io/text.h"
#include <stdlib.h>
#include <string.h>

struct sheet {
        const struct problem *pb;
        const struct answer *an;
        struct arena *arena;
        FILE *to;
};

struct column {
        const char *heading;
        bool right; /* flush right */
        const char *(*text)(const struct sheet *, const struct answer_section *);
};

/* ---- columns ---- */

static const struct course *course_of(const struct sheet *sh, const struct answer_section *s)
{
        return &sh->pb->courses[s->course];
}

static const char *course_text(const struct sheet *sh, const struct answer_section *s)
{
        return course_of(sh, s)->id;
}

static const char *number_text(const struct sheet *sh, const struct answer_section *s)
{
        return arena_printf(sh->arena, "%d", s->number);
}

static const char *title_text(const struct sheet *sh, const struct answer_section *s)
{
        const char *title = course_of(sh, s)->title;

        return title ? title : "";
}

static const char *name_of(const struct sheet *sh, int teacher)
{
        const struct teacher *t = &sh->pb->teachers[teacher];

        return t->name ? t->name : t->id;
}

static const char *teacher_text(const struct sheet *sh, const struct answer_section *s)
{
        if (s->teacher < 0)
                return "";
        if (s->co_teacher < 0)
                return name_of(sh, s->teacher);
        return arena_printf(
                sh->arena, "%s + %s", name_of(sh, s->teacher), name_of(sh, s->co_teacher));
}

static const char *room_text(const struct sheet *sh, const struct answer_section *s)
{
        return s->room < 0 ? "" : sh->pb->rooms[s->room].id;
}

/* The first and the last of a run. */
static const char *run_text(const struct sheet *sh, const char *first, const char *last)
{
        return first == last ? first : arena_printf(sh->arena, "%s-%s", first, last);
}

static const char *terms_text(const struct sheet *sh, const struct answer_section *s)
{
        const struct problem *pb = sh->pb;

        if (s->terms.n == pb->n_terms)
                return pb->n_terms > 1 ? "year" : "";
        return run_text(sh, pb->terms[s->terms.v[0]], pb->terms[s->terms.v[s->terms.n - 1]]);
}

static const char *periods_text(const struct sheet *sh, const struct answer_section *s)
{
        const struct period *p = sh->pb->periods;

        return run_text(sh, p[s->periods.v[0]].id, p[s->periods.v[s->periods.n - 1]].id);
}

static const char *students_text(const struct sheet *sh, const struct answer_section *s)
{
        int most = course_of(sh, s)->size_max;

        if (s->room >= 0 && sh->pb->rooms[s->room].capacity >= 0 &&
                sh->pb->rooms[s->room].capacity < most)
                most = sh->pb->rooms[s->room].capacity;
        return arena_printf(sh->arena, "%d/%d", s->students.n, most);
}

static const char *cohort_text(const struct sheet *sh, const struct answer_section *s)
{
        return s->cohort < 0 ? "" : sh->pb->cohorts[s->cohort].id;
}

static const struct column columns[] = {
        {"Period", false, periods_text},
        {"Term", false, terms_text},
        {"Course", false, course_text},
        {"Sec", true, number_text},
        {"Title", false, title_text},
        {"Teacher", false, teacher_text},
        {"Room", false, room_text},
        {"Students", true, students_text},
        {"Cohort", false, cohort_text},
};
enum { N_COLUMNS = sizeof columns / sizeof columns[0] };

/* ---- a table ---- */

static void measure_widths(const struct sheet *sh, int width[N_COLUMNS])
{
        for (int c = 0; c < N_COLUMNS; c++) {
                width[c] = 0;
                for (int i = 0; i < sh->an->n_sections; i++) {
                        int w = text_width(columns[c].text(sh, &sh->an->sections[i]));
                        if (w > width[c])
                                width[c] = w;
                }
                int heading = (int)strlen(columns[c].heading);
                if (width[c] && width[c] < heading)
                        width[c] = heading;
        }
}

/* One line; s NULL: the headings. Columns that are empty throughout have width 0 and are left out.
 */
static void print_line(
        const struct sheet *sh, const int width[N_COLUMNS], const struct answer_section *s)
{
        int owed = 0; /* blanks, not printed at the end of a line */

        for (int c = 0; c < N_COLUMNS; c++) {
                if (!width[c])
                        continue;
                const char *text = s ? columns[c].text(sh, s) : columns[c].heading;
                int pad = width[c] - text_width(text);
                owed += 2 + (columns[c].right ? pad : 0);
                if (*text) {
                        fprintf(sh->to, "%*s%s", owed, "", text);
                        owed = 0;
                }
                owed += *text ? (columns[c].right ? 0 : pad) : (columns[c].right ? 0 : width[c]);
        }
        putc('\n', sh->to);
}

/* ---- the two lists ---- */

static bool same_subject(const char *a, const char *b)
{
        return a == b || (a && b && !strcmp(a, b));
}

static bool first_of_subject(const struct problem *pb, int course)
{
        for (int c = 0; c < course; c++) {
                if (same_subject(pb->courses[c].subject, pb->courses[course].subject))
                        return false;
        }
        return true;
}

static void one_department(const struct sheet *sh, const int *width, const char *subject)
{
        bool any = false;

        for (int i = 0; i < sh->an->n_sections; i++) {
                const struct answer_section *s = &sh->an->sections[i];
                if (!same_subject(course_of(sh, s)->subject, subject))
                        continue;
                if (!any)
                        fprintf(sh->to, "\n%s\n", subject ? subject : "Other courses");
                any = true;
                print_line(sh, width, s);
        }
}

static void by_department(const struct sheet *sh, const int *width)
{
        const struct problem *pb = sh->pb;

        fprintf(sh->to, "\n\nMASTER SCHEDULE BY DEPARTMENT\n\n");
        print_line(sh, width, NULL);
        for (int c = 0; c < pb->n_courses; c++) {
                if (pb->courses[c].subject && first_of_subject(pb, c))
                        one_department(sh, width, pb->courses[c].subject);
        }
        one_department(sh, width, NULL);
}

static void one_cell(const struct sheet *sh, const int *width, int term, int period)
{
        const struct problem *pb = sh->pb;
        bool any = false;

        for (int i = 0; i < sh->an->n_sections; i++) {
                const struct answer_section *s = &sh->an->sections[i];
                if (s->terms.v[0] != term || s->periods.v[0] != period)
                        continue;
                if (!any && pb->n_terms > 1)
                        fprintf(sh->to, "\nPeriod %s, from %s\n", pb->periods[period].id,
                                pb->terms[term]);
                else if (!any)
                        fprintf(sh->to, "\nPeriod %s\n", pb->periods[period].id);
                any = true;
                print_line(sh, width, s);
        }
}

static void by_period(const struct sheet *sh, const int *width)
{
        fprintf(sh->to, "\n\nMASTER SCHEDULE BY PERIOD (where a section starts)\n\n");
        print_line(sh, width, NULL);
        for (int p = 0; p < sh->pb->n_periods; p++) {
                for (int t = 0; t < sh->pb->n_terms; t++)
                        one_cell(sh, width, t, p);
        }
}

/* ---- what is missing ---- */

static void unplaced(const struct sheet *sh)
{
        const struct answer *an = sh->an;

        fprintf(sh->to, "\n\nUNPLACED SECTIONS: %d\n\n", an->n_unplaced);
        for (int i = 0; i < an->n_unplaced; i++) {
                const struct answer_unplaced *u = &an->unplaced[i];
                fprintf(sh->to, "  %s section %d: %s\n", u->course_id, u->number,
                        u->reason ? u->reason : "no reason given");
        }
}

static void unmet(const struct sheet *sh)
{
        static const char *const kinds[] = {"required", "elective", "alternate"};
        const struct answer *an = sh->an;

        fprintf(sh->to, "\n\nUNMET REQUESTS: %d\n\n", an->n_unmet);
        for (int i = 0; i < an->n_unmet; i++) {
                const struct answer_unmet *u = &an->unmet[i];
                fprintf(sh->to, "  %s %s (%s): %s\n", u->student_id, u->course_id,
                        u->kind >= 0 ? kinds[u->kind] : "?",
                        u->reason ? u->reason : "no reason given");
        }
}

void schedule_text(const struct problem *pb, const struct answer *an, const char *sha256, FILE *to)
{
        struct sheet sh = {.pb = pb, .an = an, .arena = arena_new(), .to = to};
        int width[N_COLUMNS];

        fprintf(to, "%s%s%s\n", pb->name ? pb->name : "Master schedule", pb->year ? " " : "",
                pb->year ? pb->year : "");
        fprintf(to, "schedule.json sha256 %s\n", sha256);
        measure_widths(&sh, width);
        by_department(&sh, width);
        by_period(&sh, width);
        unplaced(&sh);
        unmet(&sh);
        arena_free(sh.arena);
}
