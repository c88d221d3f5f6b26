/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seats: who sits where and when, and how many. Rows are those of FORMULATION.md. */
#include "solver/formulation.h"
#include <math.h>

/* The slots of section s in which its students sit; calls what for each seat column. */
#define EACH_SEAT(f, s, e, j)                                                                      \
        for (int e = 0;                                                                            \
                (f)->parts[s].group >= 0 && e < (f)->seekers[(f)->pb->section_course[s]].n; e++)   \
                for (int j = 0; j < (f)->parts[s].n_slots; j++)

/*
 * (C12) seat_start: v[i,s,j] <= x[s,j].
 */
void seat_start(struct formulation *f)
{
        for (int s = 0; s < f->pb->n_sections; s++)
                EACH_SEAT(f, s, e, j)
                {
                        const int v = f->parts[s].v[e * f->parts[s].n_slots + j];

                        row_add(f, v, 1);
                        row_add(f, v ? f->parts[s].x[j] : 0, -1);
                        row_at_most(f, 0, "seat_start[s%d,e%d,%d]", s, e, j);
                }
}

/*
 * (C13) seat_once: m[i] <= 1; u[i,s] = 1 where a lock says so.
 */
void seat_once(struct formulation *f)
{
        for (int i = 0; i < f->pb->n_requests; i++) {
                if (f->rank_in_course[i] < 0)
                        continue;
                if (f->bound_to[i] >= 0 && f->parts[f->bound_to[i]].group >= 0) {
                        row_add_u(f, i, f->bound_to[i], 1);
                        row_equal(f, 1, "seat_once[i%d]", i);
                        continue;
                }
                row_add_m(f, i, 1);
                row_at_most(f, 1, "seat_once[i%d]", i);
        }
}

/* The seats of request i that take cell a, or owe it as well, with coefficient 1. True if any owes
 * it. */
static bool add_seats_at(struct formulation *f, int i, int a, bool owed)
{
        const struct problem *pb = f->pb;
        const struct course *c = &pb->courses[pb->requests[i].course];
        bool any = false;

        for (int k = 0; k < c->sections_max; k++) {
                const int s = c->first_section + k;
                const struct part *part = &f->parts[s];

                for (int j = 0; part->group >= 0 && j < part->n_slots; j++) {
                        const struct slot *sl = &f->groups[part->group].slots[j];
                        const int v = v_of(f, i, s, j);
                        const bool takes = slot_takes(sl, a);
                        const bool owes = v && !takes && c->start_block[sl->start] >> a & 1;

                        any |= owes;
                        if (takes || (owed && owes))
                                row_add(f, v, 1);
                }
        }
        return any;
}

static void student_cell(struct formulation *f, const struct student *st, int a)
{
        const int first = st->first_request, end = first + st->n_requests;
        bool owed = false;

        for (int i = first; i < end; i++)
                owed |= add_seats_at(f, i, a, false);
        row_at_most(f, 1, "student_once[i%d,a%d]", first, a);
        for (int i = first; owed && i < end; i++) {
                if (!add_seats_at(f, i, a, true)) {
                        row_drop(f);
                        continue;
                }
                for (int other = first; other < end; other++)
                        if (other != i)
                                add_seats_at(f, other, a, false);
                row_at_most(f, 1, "student_once[owed,i%d,a%d]", i, a);
        }
}

/*
 * (C14) student_once: a student takes one seat at a time, and keeps clear what off_campus and
 * travel ask of him: of the seats of i0 that take or owe a, and others' that take it, one.
 */
void student_once(struct formulation *f)
{
        for (int k = 0; k < f->pb->n_students; k++)
                for (int a = 0; in_scope(f, k) && a < f->pb->n_cells; a++)
                        student_cell(f, &f->pb->students[k], a);
}

static int add_enrolment(struct formulation *f, int s, int j, double coefficient)
{
        const struct part *part = &f->parts[s];
        const int n = f->seekers[f->pb->section_course[s]].n;
        int seekers = 0;

        for (int e = 0; e < n; e++) {
                row_add(f, part->v[e * part->n_slots + j], coefficient);
                seekers += part->v[e * part->n_slots + j] != 0;
        }
        return seekers;
}

static const struct course *course_of(const struct formulation *f, int s)
{
        return &f->pb->courses[f->pb->section_course[s]];
}

/* The group's students in slot j fit the room, at most `most` of them in any. */
static void room_seats(struct formulation *f, int g, int j, int most)
{
        const struct group *gr = &f->groups[g];
        bool tight = false;
        int seekers = 0;

        for (int m = 0; m < gr->n_sections; m++)
                seekers += add_enrolment(f, gr->sections[m], j, 1);
        for (int n = 0; n < gr->n_rooms; n++) {
                const int capacity = f->pb->rooms[gr->rooms[n]].capacity;
                const int fits = capacity == NO_LIMIT || capacity > most ? most : capacity;

                tight |= fits < seekers && fits < most && gr->w[n * gr->n_slots + j];
                row_add(f, gr->w[n * gr->n_slots + j], -fits);
        }
        row_at_most(f, tight ? 0 : HUGE_VAL, "seats[room,g%d,%d]", g, j);
}

/* Of a stack: the sum within the largest size of those placed; one row for each size. */
static void stack_seats(struct formulation *f, int g, int j)
{
        const struct group *gr = &f->groups[g];

        for (int m = 0; m < gr->n_sections; m++) {
                const int size = course_of(f, gr->sections[m])->size_max;

                for (int n = 0; n < gr->n_sections; n++) {
                        const int s = gr->sections[n], larger = course_of(f, s)->size_max - size;

                        add_enrolment(f, s, j, 1);
                        if (larger > 0)
                                row_add(f, f->parts[s].x[j], -larger);
                }
                row_add(f, gr->X[j], -size);
                row_at_most(f, 0, "seats[g%d,m%d,%d]", g, m, j);
        }
}

/*
 * (C15) seats: sum(i) v[i,s,j] <= max x[s,j] and <= sum(r) min(max, cap(r)) w[g,r,j].
 */
void seats(struct formulation *f)
{
        for (int g = 0; g < f->n_groups; g++) {
                const struct group *gr = &f->groups[g];
                int most = 0;

                for (int m = 0; m < gr->n_sections; m++)
                        if (course_of(f, gr->sections[m])->size_max > most)
                                most = course_of(f, gr->sections[m])->size_max;
                for (int j = 0; j < gr->n_slots; j++) {
                        for (int m = 0; m < gr->n_sections; m++) {
                                const int s = gr->sections[m];
                                const int max = course_of(f, s)->size_max;
                                const bool tight = add_enrolment(f, s, j, 1) > max;

                                row_add(f, f->parts[s].x[j], -max);
                                row_at_most(f, tight ? 0 : HUGE_VAL, "seats[s%d,%d]", s, j);
                        }
                        if (gr->n_sections > 1)
                                stack_seats(f, g, j);
                        if (gr->roomed)
                                room_seats(f, g, j, most);
                }
        }
}

static void group_min(struct formulation *f, int g, int j)
{
        const struct group *gr = &f->groups[g];

        for (int m = 0; m < gr->n_sections; m++)
                if (f->parts[gr->sections[m]].excused)
                        return;
        for (int m = 0; m < gr->n_sections; m++) {
                const int s = gr->sections[m];

                for (int n = 0; n < gr->n_sections; n++)
                        add_enrolment(f, gr->sections[n], j, 1);
                row_add(f, f->parts[s].x[j], -course_of(f, s)->size_min);
                row_at_least(f, 0, "size_min[g%d,m%d,%d]", g, m, j);
        }
}

/*
 * (C16) size_min: sum(i) v[i,s,j] >= min x[s,j]; of a stack its sum reaches the largest, each has
 * a student unless its min is 0.
 */
void size_min(struct formulation *f)
{
        for (int g = 0; g < f->n_groups; g++) {
                const struct group *gr = &f->groups[g];
                const bool stacked = course_of(f, gr->sections[0])->stack != NONE;

                for (int j = 0; j < gr->n_slots; j++) {
                        for (int m = 0; m < gr->n_sections; m++) {
                                const int s = gr->sections[m], min = course_of(f, s)->size_min;

                                if (f->parts[s].excused)
                                        continue;
                                add_enrolment(f, s, j, 1);
                                row_add(f, f->parts[s].x[j], stacked && min > 1 ? -1 : -min);
                                row_at_least(f, 0, "size_min[s%d,%d]", s, j);
                        }
                        if (stacked)
                                group_min(f, g, j);
                }
        }
}

static void alternates_of(struct formulation *f, int k)
{
        const struct student *st = &f->pb->students[k];
        int primary = 0;

        for (int i = st->first_request; i < st->first_request + st->n_requests; i++) {
                const bool other = f->pb->requests[i].kind == ALTERNATE;

                primary += !other;
                row_add_m(f, i, 1);
        }
        row_at_most(f, primary, "alternates[k%d]", k);
}

/* Alternates that name request i: one of them at most, and only while i is not met. */
static void alternates_for(struct formulation *f, const struct student *st, int i)
{
        bool any = false;

        for (int a = st->first_request; a < st->first_request + st->n_requests; a++)
                if (f->pb->requests[a].kind == ALTERNATE && f->pb->requests[a].stands_for == i) {
                        row_add_m(f, a, 1);
                        any = true;
                }
        if (any)
                row_add_m(f, i, 1);
        row_at_most(f, 1, "alternates[i%d]", i);
}

/*
 * (C20) alternates: as many as primary requests are unmet, sum(all i in k) m[i] <= primary ones;
 * sum(alternates for i) m <= 1 - m[i].
 */
void alternates(struct formulation *f)
{
        for (int k = 0; k < f->pb->n_students; k++) {
                const struct student *st = &f->pb->students[k];

                if (!in_scope(f, k))
                        continue;
                alternates_of(f, k);
                for (int i = st->first_request; i < st->first_request + st->n_requests; i++)
                        alternates_for(f, st, i);
        }
}
