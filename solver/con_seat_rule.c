/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules about who sits where and who is free. Rows are those of FORMULATION.md. */
#include "solver/formulation.h"
#include <math.h>

static void same_students_of(struct formulation *f, int n, const struct student *st)
{
        const struct problem *pb = f->pb;
        const struct rule *ru = &pb->rules[n];
        struct arena *arena = f->arena;
        int *h = arena_array(arena, (size_t)pb->n_sections + 2, sizeof *h);
        int most = 0;

        for (int i = st->first_request; i < st->first_request + st->n_requests; i++) {
                const struct course *c = &pb->courses[pb->requests[i].course];

                if (!ints_has(&ru->courses, pb->requests[i].course) || f->rank_in_course[i] < 0)
                        continue;
                for (int k = 1; k <= c->sections_max; k++) {
                        row_add_u(f, i, c->first_section + k - 1, 1);
                        if (!h[k])
                                h[k] = column_new(f, COL_OTHER, 0, 1, "h[n%d,i%d,%d]", n,
                                        st->first_request, k);
                        row_add(f, h[k], -1);
                        row_at_most(f, 0, "same_students[n%d,i%d,%d]", n, i, k);
                        most = k > most ? k : most;
                }
        }
        for (int k = 1; k <= most; k++)
                row_add(f, h[k], 1);
        row_at_most(f, 1, "same_students[n%d,i%d]", n, st->first_request);
}

/*
 * (C25) same_students: h[k,n] is the one section number that student k has in these courses.
 */
void same_students(struct formulation *f)
{
        for (int n = 0; n < f->pb->n_rules; n++)
                for (int k = 0; f->pb->rules[n].kind == RULE_SAME_STUDENTS && k < f->pb->n_students;
                        k++)
                        if (in_scope(f, k))
                                same_students_of(f, n, &f->pb->students[k]);
}

/* The seats of request i that are still on in term b (late = false) or have begun by then. */
static void add_by_term(struct formulation *f, int i, int b, bool begun)
{
        const struct problem *pb = f->pb;
        const struct course *c = &pb->courses[pb->requests[i].course];

        for (int k = 0; k < c->sections_max; k++) {
                const struct part *part = &f->parts[c->first_section + k];

                for (int j = 0; part->group >= 0 && j < part->n_slots; j++) {
                        const int first = f->groups[part->group].slots[j].start / pb->n_periods;
                        const int last = first + c->terms - 1;

                        if (begun ? first <= b : last >= b)
                                row_add(f, v_of(f, i, c->first_section + k, j), 1);
                }
        }
}

static void before_pair(struct formulation *f, int n, int i, int then)
{
        if (i < 0 || then < 0 || f->rank_in_course[i] < 0 || f->rank_in_course[then] < 0)
                return;
        for (int b = 0; b < f->pb->n_terms; b++) {
                add_by_term(f, i, b, false);
                add_by_term(f, then, b, true);
                row_at_most(f, 1, "before[n%d,i%d,i%d,%d]", n, i, then, b);
        }
}

/*
 * (C26) before: a seat of i whose last term is b or later excludes one of i' that starts by b.
 */
void before(struct formulation *f)
{
        const struct problem *pb = f->pb;

        for (int n = 0; n < pb->n_rules; n++) {
                const struct ints *list = &pb->rules[n].courses;

                if (pb->rules[n].kind != RULE_BEFORE)
                        continue;
                for (int k = 0; k < pb->n_students; k++)
                        for (int a = 0; a < list->n; a++)
                                for (int b = a + 1; b < list->n; b++)
                                        before_pair(f, n, problem_request_of(pb, k, list->v[a]),
                                                problem_request_of(pb, k, list->v[b]));
        }
}

static bool holds_any(const struct problem *pb, int t, const struct ints *credentials)
{
        for (int n = 0; n < credentials->n; n++)
                if (ints_has(&pb->teachers[t].credentials, credentials->v[n]))
                        return true;
        return false;
}

static void needs_in(struct formulation *f, int rule, int i, int s, int j)
{
        const struct rule *ru = &f->pb->rules[rule];
        const struct part *part = &f->parts[s];
        const struct group *gr = &f->groups[part->group];
        const int v = v_of(f, i, s, j);

        if (!v)
                return;
        row_add(f, v, 1);
        for (int n = 0; n < gr->n_crew; n++)
                if (holds_any(f->pb, gr->crew[n], &ru->credentials)) {
                        row_add(f, gr->z[n * gr->n_slots + j], -1);
                        row_add(f, o_of(f, s, gr->crew[n], j), -1);
                }
        row_at_most(f, 0, "needs[n%d,i%d,s%d,%d]", rule, i, s, j);
}

/*
 * (C27) needs: v[i,s,j] <= sum(t with the credential) (z[g,t,j] + o[s,t,j]).
 */
void needs(struct formulation *f)
{
        const struct problem *pb = f->pb;

        for (int n = 0; n < pb->n_rules; n++)
                for (int i = 0; pb->rules[n].kind == RULE_NEEDS && i < pb->n_requests; i++) {
                        const struct course *c = &pb->courses[pb->requests[i].course];

                        if (!c->staffed ||
                                !problem_has_flag(pb, pb->requests[i].student, pb->rules[n].flag))
                                continue;
                        for (int k = 0; k < c->sections_max; k++) {
                                const int s = c->first_section + k;

                                for (int j = 0; f->parts[s].group >= 0 && j < f->parts[s].n_slots;
                                        j++)
                                        needs_in(f, n, i, s, j);
                        }
                }
}

static void limit_in(struct formulation *f, int rule, int s)
{
        const struct problem *pb = f->pb;
        const struct rule *ru = &pb->rules[rule];
        const int course = pb->section_course[s];
        const int most = ratio_floor_times(ru->share, pb->courses[course].size_max);
        const struct part *part = &f->parts[s];
        const struct ints *list = &f->seekers[course];

        for (int j = 0; part->group >= 0 && j < part->n_slots; j++) {
                int flagged = 0;

                for (int e = 0; e < list->n; e++)
                        if (problem_has_flag(pb, pb->requests[list->v[e]].student, ru->flag)) {
                                row_add(f, part->v[e * part->n_slots + j], 1);
                                flagged++;
                        }
                row_add(f, part->x[j], -most);
                row_at_most(f, flagged > most ? 0 : HUGE_VAL, "limit[n%d,s%d,%d]", rule, s, j);
        }
}

/*
 * (C28) limit: sum(i with the flag) v[i,s,j] <= floor(share x max) x[s,j].
 */
void limit(struct formulation *f)
{
        const struct problem *pb = f->pb;

        for (int n = 0; n < pb->n_rules; n++)
                for (int s = 0; pb->rules[n].kind == RULE_LIMIT && s < pb->n_sections; s++)
                        if (!pb->rules[n].courses.given ||
                                ints_has(&pb->rules[n].courses, pb->section_course[s]))
                                limit_in(f, n, s);
}

/*
 * (C29) apart: sum(i of those named, s in g) v[i,s,j] <= X[g,j].
 */
void apart(struct formulation *f)
{
        const struct problem *pb = f->pb;

        for (int n = 0; n < pb->n_rules; n++)
                for (int g = 0; pb->rules[n].kind == RULE_APART && g < f->n_groups; g++) {
                        const struct group *gr = &f->groups[g];

                        for (int j = 0; j < gr->n_slots; j++) {
                                for (int m = 0; m < gr->n_sections; m++) {
                                        const int s = gr->sections[m];
                                        const struct ints *list =
                                                &f->seekers[pb->section_course[s]];

                                        for (int e = 0; e < list->n; e++)
                                                if (ints_has(&pb->rules[n].students,
                                                            pb->requests[list->v[e]].student))
                                                        row_add(f, v_of(f, list->v[e], s, j), 1);
                                }
                                row_add(f, gr->X[j], -1);
                                row_at_most(f, 0, "apart[n%d,g%d,%d]", n, g, j);
                        }
                }
}

static void avoid_in(struct formulation *f, int rule, int i, int s)
{
        const struct part *part = &f->parts[s];
        const int t = f->pb->rules[rule].teacher;

        for (int j = 0; part->group >= 0 && j < part->n_slots; j++) {
                const int z = z_of(f, part->group, t, j), o = o_of(f, s, t, j);
                const int v = v_of(f, i, s, j);

                if (!v || (!z && !o))
                        continue;
                row_add(f, v, 1);
                row_add(f, z, 1);
                row_add(f, o, 1);
                row_add(f, f->groups[part->group].X[j], -1);
                row_at_most(f, 0, "avoid[n%d,i%d,s%d,%d]", rule, i, s, j);
        }
}

/*
 * (C30) avoid: v[i,s,j] + z[g,t,j] + o[s,t,j] <= X[g,j].
 */
void avoid(struct formulation *f)
{
        const struct problem *pb = f->pb;

        for (int n = 0; n < pb->n_rules; n++) {
                const struct rule *ru = &pb->rules[n];
                const struct student *st;

                if (ru->kind != RULE_AVOID)
                        continue;
                st = &pb->students[ru->student];
                for (int i = st->first_request; i < st->first_request + st->n_requests; i++) {
                        const struct course *c = &pb->courses[pb->requests[i].course];

                        for (int k = 0; k < c->sections_max; k++)
                                avoid_in(f, n, i, c->first_section + k);
                }
        }
}

/* The seats of student k in cell a. */
static void add_seats_of(struct formulation *f, int k, int a)
{
        const struct problem *pb = f->pb;
        const struct student *st = &pb->students[k];

        for (int i = st->first_request; i < st->first_request + st->n_requests; i++) {
                const struct course *c = &pb->courses[pb->requests[i].course];

                for (int m = 0; m < c->sections_max; m++) {
                        const int s = c->first_section + m;

                        for (int j = 0; f->parts[s].group >= 0 && j < f->parts[s].n_slots; j++)
                                if (slot_takes(&f->groups[f->parts[s].group].slots[j], a))
                                        row_add(f, v_of(f, i, s, j), 1);
                }
        }
}

static void keep_free(struct formulation *f, int n, int who, bool teacher)
{
        const struct problem *pb = f->pb;
        const struct rule *ru = &pb->rules[n];
        const int periods = __builtin_popcountll(ru->periods);

        for (int term = 0; term < pb->n_terms; term++) {
                for (int p = 0; p < pb->n_periods; p++) {
                        const int a = term * pb->n_periods + p;

                        if (!(ru->periods >> p & 1))
                                continue;
                        if (teacher)
                                row_add_busy(f, who, a, 1);
                        else
                                add_seats_of(f, who, a);
                }
                row_at_most(f, periods - ru->count, "free_periods[n%d,%s%d,%d]", n,
                        teacher ? "t" : "k", who, term);
        }
}

/*
 * (C31) free_periods: in every term at least `count` of the periods have no section.
 */
void free_periods(struct formulation *f)
{
        const struct problem *pb = f->pb;

        for (int n = 0; n < pb->n_rules; n++) {
                if (pb->rules[n].kind != RULE_FREE)
                        continue;
                for (int k = 0; k < pb->rules[n].teachers.n; k++)
                        keep_free(f, n, pb->rules[n].teachers.v[k], true);
                for (int k = 0; k < pb->rules[n].students.n; k++)
                        if (in_scope(f, pb->rules[n].students.v[k]))
                                keep_free(f, n, pb->rules[n].students.v[k], false);
        }
}
