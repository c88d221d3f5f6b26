/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Courses: the tally, singletons and doubletons, the conflict matrix, periods. */
#include "io/analyze_sheet.h"

enum { PAIRS_SHOWN = 60 };

/* "Grade 9" ... as columns behind the others. */
static const char *with_grades(struct sheets *all, const char *columns)
{
        const struct tally *t = all->tally;

        for (int g = 0; g < t->n_grades; g++)
                columns = arena_printf(all->arena, "%s|#Grade %d", columns, t->grades[g]);
        return columns;
}

static const char *sections_text(struct sheets *all, const struct course *c)
{
        if (c->sections_min == c->sections_max)
                return arena_printf(all->arena, "%d", c->sections_min);
        return arena_printf(all->arena, "%d to %d", c->sections_min, c->sections_max);
}

static void put_others(struct sheets *all, struct sheet *s, const struct course_tally *n)
{
        if (n->others_seats < 0) {
                put_cell(all, s, "");
                put_cell(all, s, "");
                return;
        }
        put_count(all, s, n->others);
        put_count(all, s, n->others_seats);
}

static void tally_sheet(struct sheets *all)
{
        const struct tally *t = all->tally;
        struct sheet *s = sheet_add(all, "tally", "Tally",
                with_grades(all, "Course|Title|#Required|#Elective|#Alternates|#CTE requests|"
                                 "#Sections|#Sections asked|#Largest size|#Seats|#Average|#Left|"
                                 "#Others ask|#Seats for others"),
                "Requests for each course. Sections: those planned; sections asked: the primary "
                "requests over the target size, rounded up. Average: primary requests over the "
                "sections planned. Left: seats beyond the primary requests (less than 0: so many "
                "requests stay unmet for certain). Others: students outside the cohorts that list "
                "the course; seats for them, if every member sits in a reserved section: those "
                "that purity leaves, and sections that no cohort fills.");

        for (int c = 0; c < t->pb->n_courses; c++) {
                const struct course *it = &t->pb->courses[c];
                const struct course_tally *n = &t->courses[c];
                put_cell(all, s, it->id);
                put_cell(all, s, it->title);
                put_count(all, s, n->required);
                put_count(all, s, n->elective);
                put_count(all, s, n->alternates);
                put_count(all, s, n->cte);
                put_cell(all, s, sections_text(all, it));
                put_count(all, s, n->asked);
                put_count(all, s, n->largest);
                put_count(all, s, n->seats);
                put_share(all, s, it->n_primary, it->sections_min, false);
                put_count(all, s, n->seats - it->n_primary);
                put_others(all, s, n);
                for (int g = 0; g < t->n_grades; g++)
                        put_count(all, s, n->by_grade[g]);
        }
}

/* Singletons first, grade 12 before the others: the order in which schedulers place them. */
static void few_sheet(struct sheets *all)
{
        const struct tally *t = all->tally;
        struct sheet *s = sheet_add(all, "singletons", "Singletons and doubletons by grade",
                with_grades(all, "Sections|Mostly grade|Course|Title|#Requests|Periods"),
                "Courses with one section, then those with two, the highest grade first: what has "
                "few places to go is placed first.");

        for (int n = 1; n <= 2; n++) {
                for (int g = t->n_grades - 1; g >= 0; g--) {
                        for (int c = 0; c < t->pb->n_courses; c++) {
                                const struct course *it = &t->pb->courses[c];
                                if (it->sections_max != n || t->courses[c].main_grade != g)
                                        continue;
                                put_cell(all, s, n == 1 ? "singleton" : "doubleton");
                                put_count(all, s, t->grades[g]);
                                put_cell(all, s, it->id);
                                put_cell(all, s, it->title);
                                put_count(all, s, it->n_primary);
                                put_cell(all, s, it->periods > 1 ? "double" : "single");
                                for (int i = 0; i < t->n_grades; i++)
                                        put_count(all, s, t->courses[c].by_grade[i]);
                        }
                }
        }
}

static const char *pair_note(const struct pair *p)
{
        if (p->never)
                return "cannot be taken together";
        return p->single ? "must not overlap" : "";
}

static void pair_row(struct sheets *all, struct sheet *s, const struct pair *p)
{
        const struct problem *pb = all->tally->pb;

        put_cell(all, s, pb->courses[p->a].id);
        put_cell(all, s, pb->courses[p->b].id);
        put_count(all, s, p->students);
        put_count(all, s, p->first);
        put_count(all, s, pb->courses[p->a].sections_min);
        put_count(all, s, pb->courses[p->b].sections_min);
        put_share(all, s, p->students, (double)p->places, false);
        put_cell(all, s, pair_note(p));
}

static const char pair_columns[] =
        "Course|With|#Students|#CTE or required|#Sections|#Sections of the other|#Harm|Note";

static void pair_sheets(struct sheets *all)
{
        const struct tally *t = all->tally;
        struct sheet *s = sheet_add(all, "conflicts", "Conflict matrix, most harmful pairs first",
                pair_columns,
                "Students who request both courses. Harm: those students over the product of the "
                "two numbers of sections, which is how many would lose one of the two if sections "
                "fell in the same period.");
        struct sheet *one = sheet_add(all, "singleton_pairs", "Pairs of singletons, in full",
                pair_columns,
                "Two courses of one section each: in one period, each of these students loses "
                "one.");

        s->show = PAIRS_SHOWN;
        for (int i = 0; i < t->n_pairs; i++) {
                pair_row(all, s, &t->pairs[i]);
                if (t->pairs[i].single)
                        pair_row(all, one, &t->pairs[i]);
        }
}

static void period_sheet(struct sheets *all)
{
        const struct tally *t = all->tally;
        const struct problem *pb = t->pb;
        struct sheet *s = sheet_add(all, "periods", "Seats against students, period by period",
                "Term|Period|#Students|#With a full day|#Seats at most|#Seats on average|"
                "#Teachers|#Rooms|#Sections at most|#Sections on average",
                "Students available who request anything, and those of them who request at least "
                "as many periods as they have. Seats and sections at most: the largest sections "
                "that teachers and rooms available then could hold at once. On average: all that "
                "is asked for, spread evenly.");

        for (int cell = 0; cell < pb->n_cells; cell++) {
                const struct slot_tally *n = &t->slots[cell];
                put_cell(all, s, pb->terms[cell / pb->n_periods]);
                put_cell(all, s, pb->periods[cell % pb->n_periods].id);
                put_count(all, s, n->students);
                put_count(all, s, n->full);
                put_count(all, s, n->seats);
                put_share(all, s, t->seat_cells, pb->n_cells, false);
                put_count(all, s, n->teachers);
                put_count(all, s, n->rooms);
                put_count(all, s, n->sections);
                put_share(all, s, t->section_cells, pb->n_cells, false);
        }
}

void sheets_courses(struct sheets *all)
{
        tally_sheet(all);
        few_sheet(all);
        pair_sheets(all);
        period_sheet(all);
}
