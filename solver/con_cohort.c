/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections reserved for cohorts. Rows are those of FORMULATION.md. */
#include "solver/formulation.h"
#include "solver/reduce.h"

/*
 * (C17) reserve: sum(K) q[s,K] <= y[s]; no less where a lock asks for a cohort.
 */
void reserve(struct formulation *f)
{
        for (int s = 0; s < f->pb->n_sections; s++) {
                const struct part *part = &f->parts[s];

                if (part->group < 0)
                        continue;
                for (int n = 0; n < part->n_cohorts; n++)
                        row_add(f, part->q[n], 1);
                row_add_y(f, s, -1);
                row_at_most(f, 0, "reserve[s%d]", s);
                if (!part->must || may_reserve(f, s, NONE))
                        continue;
                for (int n = 0; n < part->n_cohorts; n++)
                        row_add(f, part->q[n], 1);
                row_equal(f, 1, "reserve[lock,s%d]", s);
        }
}

static bool is_member(const struct problem *pb, int student, const struct cohort *co)
{
        const struct student *st = &pb->students[student];

        if (co->purity_of_pathway)
                return st->pathway == co->pathway;
        return st->cohort == (int)(co - pb->cohorts);
}

/* No outsider may sit in a pure section: u[i,s] <= 1 - q[s,K]. */
static void pure(struct formulation *f, int s, int n)
{
        const struct problem *pb = f->pb;
        const struct part *part = &f->parts[s];
        const struct ints *list = &f->seekers[pb->section_course[s]];
        const struct cohort *co = &pb->cohorts[part->cohorts[n]];

        for (int e = 0; e < list->n; e++) {
                if (is_member(pb, pb->requests[list->v[e]].student, co))
                        continue;
                row_add_u(f, list->v[e], s, 1);
                row_add(f, part->q[n], 1);
                row_at_most(f, 1, "purity[s%d,k%d,i%d]", s, part->cohorts[n], list->v[e]);
        }
}

/* With purity a/b: a outsiders - (b - a) members <= a N (1 - q), N the most outsiders there are. */
static void mixed(struct formulation *f, int s, int n)
{
        const struct problem *pb = f->pb;
        const struct part *part = &f->parts[s];
        const int course = pb->section_course[s];
        const struct ints *list = &f->seekers[course];
        const struct cohort *co = &pb->cohorts[part->cohorts[n]];
        const double share = (double)co->purity.num, rest = (double)co->purity.den - share;
        int outsiders = 0;

        for (int e = 0; e < list->n; e++) {
                const bool member = is_member(pb, pb->requests[list->v[e]].student, co);

                outsiders += !member;
                row_add_u(f, list->v[e], s, member ? -rest : share);
        }
        if (outsiders > pb->courses[course].size_max)
                outsiders = pb->courses[course].size_max;
        row_add(f, part->q[n], share * outsiders);
        row_at_most(f, share * outsiders, "purity[s%d,k%d]", s, part->cohorts[n]);
}

/*
 * (C18) purity: members >= purity x enrolment in a section reserved for K.
 */
void purity(struct formulation *f)
{
        for (int s = 0; s < f->pb->n_sections; s++)
                for (int n = 0; f->parts[s].group >= 0 && n < f->parts[s].n_cohorts; n++) {
                        const struct cohort *co = &f->pb->cohorts[f->parts[s].cohorts[n]];

                        if (!f->parts[s].q[n])
                                continue;
                        if (co->purity.num >= co->purity.den)
                                pure(f, s, n);
                        else
                                mixed(f, s, n);
                }
}

/* e[s,s',K] >= u[i,s] + u[i',s'] + q[s,K] + q[s',K] - 3 for every member with both requests. */
static int tie(struct formulation *f, int s, int other, int cohort)
{
        const struct problem *pb = f->pb;
        const struct ints *members = &pb->cohorts[cohort].members;
        int e = 0;

        for (int k = 0; k < members->n; k++) {
                const int i = problem_request_of(pb, members->v[k], pb->section_course[s]);
                const int i2 = problem_request_of(pb, members->v[k], pb->section_course[other]);

                if (i < 0 || i2 < 0)
                        continue;
                if (!e)
                        e = column_new(f, COL_OTHER, 0, 1, "e[s%d,s%d,k%d]", s, other, cohort);
                row_add_u(f, i, s, 1);
                row_add_u(f, i2, other, 1);
                row_add(f, q_of(f, s, cohort), 1);
                row_add(f, q_of(f, other, cohort), 1);
                row_add(f, e, -1);
                row_at_most(f, 3, "strands[k%d,s%d,s%d,i%d]", cohort, s, other, i);
        }
        return e;
}

/* Ties between the sections of two listed courses: each section has at most one on either side. */
static void strands_between(struct formulation *f, int c, int d, int cohort)
{
        const struct course *a = &f->pb->courses[c], *b = &f->pb->courses[d];
        const size_t n = (size_t)a->sections_max * (size_t)b->sections_max;
        struct arena *arena = f->arena;
        int *e = arena_array(arena, n + 1, sizeof *e);

        for (int k = 0; k < a->sections_max; k++)
                for (int m = 0; m < b->sections_max; m++)
                        if (q_of(f, a->first_section + k, cohort) &&
                                q_of(f, b->first_section + m, cohort))
                                e[k * b->sections_max + m] =
                                        tie(f, a->first_section + k, b->first_section + m, cohort);
        for (int k = 0; k < a->sections_max; k++) {
                for (int m = 0; m < b->sections_max; m++)
                        row_add(f, e[k * b->sections_max + m], 1);
                row_at_most(f, 1, "strands[k%d,c%d,s%d]", cohort, d, a->first_section + k);
        }
        for (int m = 0; m < b->sections_max; m++) {
                for (int k = 0; k < a->sections_max; k++)
                        row_add(f, e[k * b->sections_max + m], 1);
                row_at_most(f, 1, "strands[k%d,c%d,s%d]", cohort, c, b->first_section + m);
        }
}

/*
 * (C19) strands: members who sit together in one reserved section sit together in every other
 * listed course, so the sections of two courses that share members pair off.
 */
void strands(struct formulation *f)
{
        for (int k = 0; k < f->pb->n_cohorts; k++) {
                const struct cohort *co = &f->pb->cohorts[k];

                for (int n = 0; co->strands && n < co->courses.n; n++)
                        for (int m = n + 1; m < co->courses.n; m++)
                                strands_between(f, co->courses.v[n], co->courses.v[m], k);
        }
}
