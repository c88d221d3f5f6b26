/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections and FTE against teachers by credential and rooms by type. */
#include "io/analyze_sheet.h"

enum { MANY = 1000, NAMED = 12 };

static void staff_sheet(struct sheets *all)
{
        const struct tally *t = all->tally;
        struct sheet *s = sheet_add(all, "staffing", "Staffing by credential",
                "Credential|#Courses|#Sections|#Periods a term|#FTE|#Teachers|#Their periods|"
                "#Their FTE|Who",
                arena_printf(all->arena,
                        "What the sections planned ask for, and what those who may teach them "
                        "have (for these and for other courses). FTE: periods over the %d that "
                        "the contract gives; stacked sections count once, co-taught ones for "
                        "both teachers, courses outside the load not at all.",
                        t->load));
        double terms = t->pb->n_terms, full = terms * t->load;

        for (int i = 0; i < t->n_staff; i++) {
                const struct pool *p = &t->staff[i];
                put_cell(all, s, p->name);
                put_count(all, s, p->courses.n);
                put_count(all, s, p->sections);
                put_share(all, s, p->cells, terms, false);
                put_share(all, s, p->cells, full, true);
                put_count(all, s, p->able.n);
                put_share(all, s, p->has, terms, false);
                put_share(all, s, p->has, full, true);
                put_cell(all, s, teacher_list(all, &p->able, NAMED));
        }
}

static void short_rows(struct sheets *all, struct sheet *s, const struct shortage *v, int n)
{
        double terms = all->tally->pb->n_terms;

        for (int i = 0; i < n; i++) {
                put_cell(all, s, course_list(all, &v[i].courses, MANY));
                put_share(all, s, v[i].cells, terms, false);
                put_cell(all, s, teacher_list(all, &v[i].able, MANY));
                put_share(all, s, v[i].has, terms, false);
                put_share(all, s, v[i].cells - v[i].has, terms, false);
        }
}

static void shortage_sheets(struct sheets *all)
{
        const struct tally *t = all->tally;
        struct sheet *s = sheet_add(all, "staff_short", "Credentials that run short",
                "Courses|#Periods asked|Teachers|#Periods they have|#Short",
                "Courses whose sections ask, together, for more periods a term than all who may "
                "teach them have, whatever the schedule. Sections of them will be missing.");
        short_rows(all, s, t->staff_short, t->n_staff_short);
        struct sheet *o = sheet_add(all, "staff_over", "Teachers whose load cannot be filled",
                "Courses|#Periods asked|Teachers|#Periods they have|#Short",
                "Teachers who have, together, more periods than all the sections that they could "
                "teach ask for (short: less than 0).");
        short_rows(all, o, t->staff_over, t->n_staff_over);
}

static const char *teacher_note(const struct teacher_tally *n)
{
        if (!n->courses)
                return "no course to teach";
        if (n->most < n->capacity)
                return "load cannot be filled";
        return n->spare ? "may have room left" : "";
}

static void teacher_sheet(struct sheets *all)
{
        const struct tally *t = all->tally;
        struct sheet *s = sheet_add(all, "teachers", "Teachers",
                "Teacher|#Periods a term|#Could be given|#Courses|#Sections|Note",
                "Periods: the load, within what he is available. Could be given: at most, by the "
                "sections planned of the courses that he may teach and his number of "
                "preparations.");
        double terms = t->pb->n_terms;

        for (int j = 0; j < t->pb->n_teachers; j++) {
                const struct teacher_tally *n = &t->teachers[j];
                put_cell(all, s, t->pb->teachers[j].id);
                put_share(all, s, n->capacity, terms, false);
                put_share(all, s, n->most, terms, false);
                put_count(all, s, n->courses);
                put_count(all, s, n->sections);
                put_cell(all, s, teacher_note(n));
        }
}

static void room_sheets(struct sheets *all)
{
        const struct tally *t = all->tally;
        struct sheet *s = sheet_add(all, "rooms", "Rooms by type",
                "Type|#Courses|#Sections|#Periods a term|#Rooms|#Periods they have|#Use %|Which",
                "What the sections planned ask for, and what the rooms of the type have (for "
                "these and for other courses).");
        double terms = t->pb->n_terms;

        for (int i = 0; i < t->n_space; i++) {
                const struct pool *p = &t->space[i];
                put_cell(all, s, p->name);
                put_count(all, s, p->courses.n);
                put_count(all, s, p->sections);
                put_share(all, s, p->cells, terms, false);
                put_count(all, s, p->able.n);
                put_share(all, s, p->has, terms, false);
                put_share(all, s, 100.0 * p->cells, p->has, false);
                put_cell(all, s, room_list(all, &p->able, NAMED));
        }
        struct sheet *o = sheet_add(all, "rooms_short", "Room types that run short",
                "Courses|#Periods asked|Rooms|#Periods they have|#Short",
                "Courses whose sections ask, together, for more periods a term than all their "
                "rooms have, whatever the schedule.");
        for (int i = 0; i < t->n_space_short; i++) {
                const struct shortage *v = &t->space_short[i];
                put_cell(all, o, course_list(all, &v->courses, MANY));
                put_share(all, o, v->cells, terms, false);
                put_cell(all, o, room_list(all, &v->able, MANY));
                put_share(all, o, v->has, terms, false);
                put_share(all, o, v->cells - v->has, terms, false);
        }
}

void sheets_staff(struct sheets *all)
{
        staff_sheet(all);
        shortage_sheets(all);
        teacher_sheet(all);
        room_sheets(all);
}
