/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tally_parts.h"
#include <stdlib.h>

static int by_number(const void *a, const void *b)
{
        return *(const int *)a - *(const int *)b;
}

static int grade_of(const struct tally *t, int grade)
{
        int i = 0;

        while (t->grades[i] != grade)
                i++;
        return i;
}

static void find_grades(struct tally *t)
{
        const struct problem *pb = t->pb;
        struct ints all = {0};

        for (int k = 0; k < pb->n_students; k++)
                if (!ints_has(&all, pb->students[k].grade))
                        ints_push(t->arena, &all, pb->students[k].grade);
        if (all.n)
                qsort(all.v, (size_t)all.n, sizeof *all.v, by_number);
        t->n_grades = all.n;
        t->grades = all.v;
        t->students = arena_array(t->arena, (size_t)all.n + 1, sizeof *t->students);
        for (int k = 0; k < pb->n_students; k++)
                t->students[grade_of(t, pb->students[k].grade)]++;
}

/* ---- courses ---- */

static void count_request(struct tally *t, const struct request *r)
{
        struct course_tally *c = &t->courses[r->course];

        if (r->kind == ALTERNATE) {
                c->alternates++;
                return;
        }
        c->required += r->kind == REQUIRED;
        c->elective += r->kind == ELECTIVE;
        c->cte += r->cte;
        c->open += r->admitted;
        c->by_grade[grade_of(t, t->pb->students[r->student].grade)]++;
}

/* The size max, or what the largest room of its type holds if that is less. */
static int largest_section(const struct problem *pb, const struct course *c)
{
        int best = 0;

        if (c->room_type < 0)
                return c->size_max;
        for (int i = 0; i < c->able_rooms.n; i++) {
                int holds = pb->rooms[c->able_rooms.v[i]].capacity;
                if (holds < 0 || holds > c->size_max)
                        holds = c->size_max;
                best = holds > best ? holds : best;
        }
        return best;
}

static void finish_course(struct tally *t, int course)
{
        const struct course *c = &t->pb->courses[course];
        struct course_tally *it = &t->courses[course];
        int target = c->size_target > 0 ? c->size_target : 1;

        it->largest = largest_section(t->pb, c);
        it->seats = it->largest * c->sections_max;
        it->asked = (c->n_primary + target - 1) / target;
        it->cells = c->periods * c->terms;
        it->teachers = c->staffed ? c->able_teachers.n : 0;
        it->rooms = c->able_rooms.n;
        for (int g = 0; g < t->n_grades; g++) {
                if (it->by_grade[g])
                        it->first_grade = g;
                if (it->by_grade[g] >= it->by_grade[it->main_grade])
                        it->main_grade = g;
        }
}

void tally_courses(struct tally *t)
{
        const struct problem *pb = t->pb;

        t->courses = arena_array(t->arena, (size_t)pb->n_courses + 1, sizeof *t->courses);
        for (int c = 0; c < pb->n_courses; c++)
                t->courses[c].by_grade =
                        arena_array(t->arena, (size_t)t->n_grades + 1, sizeof(int));
        for (int r = 0; r < pb->n_requests; r++)
                count_request(t, &pb->requests[r]);
        for (int c = 0; c < pb->n_courses; c++)
                finish_course(t, c);
}

/* ---- students ---- */

void tally_students(struct tally *t)
{
        const struct problem *pb = t->pb;

        t->loads = arena_array(t->arena, (size_t)pb->n_students + 1, sizeof *t->loads);
        for (int k = 0; k < pb->n_students; k++) {
                t->loads[k].available = __builtin_popcountll(pb->students[k].available);
                t->loads[k].owed = pb->students[k].full_day * pb->n_terms;
        }
        for (int r = 0; r < pb->n_requests; r++) {
                const struct request *q = &pb->requests[r];
                struct load_tally *l = &t->loads[q->student];
                if (q->kind == ALTERNATE)
                        l->alternates++;
                else if (q->admitted)
                        l->cells += t->courses[q->course].cells;
        }
        for (int k = 0; k < pb->n_students; k++)
                t->seat_cells += t->loads[k].cells;
}

/* ---- requirements ---- */

static struct gap years_of(const struct problem *pb, int student, int requirement)
{
        const struct student *who = &pb->students[student];
        struct gap g = {.student = student, .requirement = requirement};

        g.asked = problem_years_asked(pb, student, requirement);
        for (int r = who->first_request; r < who->first_request + who->n_requests; r++) {
                const struct request *q = &pb->requests[r];
                if (!q->admitted || !problem_counts_for(pb, requirement, q->course))
                        continue;
                if (q->kind == ALTERNATE)
                        g.alternates += pb->courses[q->course].years;
                else
                        g.requested += pb->courses[q->course].years;
        }
        return g;
}

static void count_gap(struct tally *t, struct coverage *of, const struct gap *g, int *cap)
{
        if (g->asked <= 0)
                return;
        of->students++;
        if (g->requested >= g->asked) {
                of->covered++;
                return;
        }
        of->by_alternates += g->requested + g->alternates >= g->asked;
        of->missing += g->asked - g->requested;
        if (t->n_gaps == *cap) {
                *cap = *cap ? *cap * 2 : 64;
                struct gap *more = arena_array(t->arena, (size_t)*cap, sizeof *more);
                for (int i = 0; i < t->n_gaps; i++)
                        more[i] = t->gaps[i];
                t->gaps = more;
        }
        t->gaps[t->n_gaps++] = *g;
}

void tally_requirements(struct tally *t)
{
        const struct problem *pb = t->pb;
        size_t most = (size_t)pb->n_requirements * (size_t)t->n_grades;
        struct coverage *by_grade =
                arena_array(t->arena, (size_t)t->n_grades + 1, sizeof *by_grade);
        int cap = 0;

        t->coverage = arena_array(t->arena, most + 1, sizeof *t->coverage);
        for (int q = 0; q < pb->n_requirements; q++) {
                for (int g = 0; g < t->n_grades; g++)
                        by_grade[g] = (struct coverage){.requirement = q, .grade = g};
                for (int k = 0; k < pb->n_students; k++) {
                        struct gap gap = years_of(pb, k, q);
                        count_gap(t, &by_grade[grade_of(t, pb->students[k].grade)], &gap, &cap);
                }
                for (int g = 0; g < t->n_grades; g++)
                        if (by_grade[g].students)
                                t->coverage[t->n_coverage++] = by_grade[g];
        }
}

/* ---- cohorts ---- */

/*
 * With m members in n sections: outsiders o may join while m >= purity x (m + o), section by
 * section; even groups lose the least by rounding.
 */
static int outsiders(const struct cohort *k, int members, int groups, int largest)
{
        int sum = 0;

        for (int i = 0; i < groups; i++) {
                int m = members / groups + (i < members % groups);
                int64_t most = k->purity.num > 0 ? m * k->purity.den / k->purity.num : largest;
                most = most < largest ? most : largest;
                sum += most > m ? (int)most - m : 0;
        }
        return sum;
}

static struct group_tally group_of(const struct tally *t, int cohort, int course)
{
        const struct problem *pb = t->pb;
        const struct cohort *k = &pb->cohorts[cohort];
        struct group_tally g = {.cohort = cohort, .course = course};
        int largest = t->courses[course].largest;

        for (int i = 0; i < k->members.n; i++) {
                int r = problem_request_of(pb, k->members.v[i], course);
                g.members +=
                        r >= 0 && pb->requests[r].kind != ALTERNATE && pb->requests[r].admitted;
        }
        if (g.members && largest)
                g.groups = (g.members + largest - 1) / largest;
        g.outsiders = outsiders(k, g.members, g.groups, largest);
        return g;
}

static void count_others(struct tally *t, int course)
{
        struct course_tally *it = &t->courses[course];
        int free = t->pb->courses[course].sections_max;

        it->others = it->open;
        it->others_seats = t->pb->courses[course].in_cohorts.n ? 0 : -1;
        if (it->others_seats < 0)
                return;
        for (int i = 0; i < t->n_groups; i++)
                if (t->groups[i].course == course) {
                        free -= t->groups[i].groups;
                        it->others -= t->groups[i].members;
                        it->others_seats += t->groups[i].outsiders;
                }
        it->others_seats += free > 0 ? free * it->largest : 0;
}

void tally_cohorts(struct tally *t)
{
        const struct problem *pb = t->pb;
        size_t most = 0;

        for (int h = 0; h < pb->n_cohorts; h++)
                most += (size_t)pb->cohorts[h].courses.n;
        t->groups = arena_array(t->arena, most + 1, sizeof *t->groups);
        for (int h = 0; h < pb->n_cohorts; h++)
                for (int i = 0; i < pb->cohorts[h].courses.n; i++)
                        t->groups[t->n_groups++] = group_of(t, h, pb->cohorts[h].courses.v[i]);
        for (int c = 0; c < pb->n_courses; c++)
                count_others(t, c);
}

/* ---- the whole ---- */

struct tally *tally_new(const struct problem *pb)
{
        struct arena *a = arena_new();
        struct tally *t = arena_alloc(a, sizeof *t);

        t->pb = pb;
        t->arena = a;
        t->load = pb->contract.limits.load > 0 ? pb->contract.limits.load
                  : pb->n_periods > 2          ? pb->n_periods - 1
                                               : 1;
        find_grades(t);
        tally_courses(t);
        tally_students(t);
        tally_requirements(t);
        tally_cohorts(t);
        tally_pairs(t);
        tally_staff(t);
        tally_slots(t);
        return t;
}

void tally_free(struct tally *t)
{
        if (t)
                arena_free(t->arena);
}
