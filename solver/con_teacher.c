/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a teacher can do at once, in a row and in a term. Rows are those of FORMULATION.md. */
#include "solver/formulation.h"

/*
 * (C6) teacher_once: sum(g, j: a in J(j)) (z[g,t,j] + O[g,t,j]) <= 1.
 */
void teacher_once(struct formulation *f)
{
        for (int t = 0; t < f->pb->n_teachers; t++)
                for (int a = 0; a < f->pb->n_cells; a++) {
                        row_add_busy(f, t, a, 1);
                        row_at_most(f, 1, "teacher_once[t%d,a%d]", t, a);
                }
}

/*
 * (C8) load: the counted periods of t in a term are within his load.
 */
void load(struct formulation *f)
{
        const struct problem *pb = f->pb;

        for (int t = 0; t < pb->n_teachers; t++)
                for (int term = 0; term < pb->n_terms; term++) {
                        for (int g = 0; g < f->n_groups; g++) {
                                const struct group *gr = &f->groups[g];
                                const int n = crew_find(gr, t);

                                for (int j = 0; n >= 0 && j < gr->n_slots; j++) {
                                        const int cells = __builtin_popcountll(
                                                gr->slots[j].cells & pb->term_cells[term]);

                                        row_add(f, gr->zc[n * gr->n_slots + j], cells);
                                        row_add(f, gr->Oc[n * gr->n_slots + j], cells);
                                }
                        }
                        row_at_most(f, pb->teachers[t].limits.load, "load[t%d,%d]", t, term);
                }
}

/* The counted work of t in group g within a term, as a row; whether there can be any. */
static bool add_work(struct formulation *f, const struct group *gr, int t, int term)
{
        const int n = crew_find(gr, t);
        bool any = false;

        for (int j = 0; n >= 0 && j < gr->n_slots; j++) {
                const int at = n * gr->n_slots + j;

                if (!(gr->slots[j].cells & f->pb->term_cells[term]))
                        continue;
                any |= gr->zc[at] || gr->Oc[at];
                row_add(f, gr->zc[at], 1);
                row_add(f, gr->Oc[at], 1);
        }
        return any;
}

/* What a group counts as: its course, a stack for all its courses. */
static int prep_of(const struct problem *pb, const struct group *gr)
{
        const int c = pb->section_course[gr->sections[0]];

        return pb->courses[c].stack == NONE ? c : pb->n_courses + pb->courses[c].stack;
}

static void preps_of(struct formulation *f, int t, int term)
{
        struct arena *a = f->arena;
        const int n_preps = f->pb->n_courses + f->pb->n_rules;
        int *h = arena_array(a, (size_t)n_preps + 1, sizeof *h);

        for (int g = 0; g < f->n_groups; g++) {
                const int prep = prep_of(f->pb, &f->groups[g]);

                if (!add_work(f, &f->groups[g], t, term))
                        continue;
                if (!h[prep])
                        h[prep] = column_new(f, COL_OTHER, 0, 1, "h[c%d,t%d,%d]", prep, t, term);
                row_add(f, h[prep], -1);
                row_at_most(f, 0, "preps[g%d,t%d,%d]", g, t, term);
        }
        for (int prep = 0; prep < n_preps; prep++)
                row_add(f, h[prep], 1);
        row_at_most(f, f->pb->teachers[t].limits.preps, "preps[t%d,%d]", t, term);
}

/*
 * (C9) preps: sum(c) h[c,t] <= preps of t; h[c,t] >= the work of t in each group of c.
 */
void preps(struct formulation *f)
{
        for (int t = 0; t < f->pb->n_teachers; t++)
                for (int term = 0; term < f->pb->n_terms; term++)
                        if (f->pb->teachers[t].limits.preps != NO_LIMIT)
                                preps_of(f, t, term);
}

/*
 * (C10) consecutive: of n + 1 periods in a row one is free.
 */
void consecutive(struct formulation *f)
{
        const struct problem *pb = f->pb;

        for (int t = 0; t < pb->n_teachers; t++)
                for (int a = 0; pb->teachers[t].limits.consecutive != NO_LIMIT && a < pb->n_cells;
                        a++) {
                        const int n = pb->teachers[t].limits.consecutive;
                        const int p = a % pb->n_periods;
                        bool joined = p + n < pb->n_periods;

                        for (int k = 0; joined && k < n; k++)
                                joined = pb->periods[p + k].joins_next;
                        if (!joined)
                                continue;
                        for (int k = 0; k <= n; k++)
                                row_add_busy(f, t, a + k, 1);
                        row_at_most(f, n, "consecutive[t%d,a%d]", t, a);
                }
}

/* The most students that section s can seat. */
static int most_of(const struct formulation *f, int s)
{
        const int c = f->pb->section_course[s];
        const int n = f->seekers[c].n, most = f->pb->courses[c].size_max;

        return n < most ? n : most;
}

/* Is t at work in s, in the term: -M times that, as part of a row. */
static bool add_staff(struct formulation *f, int s, int t, int term, double coefficient)
{
        const struct part *part = &f->parts[s];
        const struct group *gr = &f->groups[part->group];
        bool any = false;

        for (int j = 0; j < part->n_slots; j++) {
                const int z = z_of(f, part->group, t, j), o = o_of(f, s, t, j);

                if (!(gr->slots[j].cells & f->pb->term_cells[term]))
                        continue;
                any |= z || o;
                row_add(f, z, coefficient);
                row_add(f, o, coefficient);
        }
        return any;
}

static void contacts_of(struct formulation *f, int t, int term)
{
        struct arena *a = f->arena;
        struct ints list = {.v = arena_array(a, (size_t)f->pb->n_sections + 1, sizeof(int))};

        for (int s = 0; s < f->pb->n_sections; s++) {
                const int course = f->pb->section_course[s], most = most_of(f, s);
                int n;

                if (f->parts[s].group < 0 || !f->pb->courses[course].counts_load)
                        continue;
                if (!add_staff(f, s, t, term, most))
                        continue;
                n = column_new(f, COL_OTHER, 0, most, "n[s%d,t%d,%d]", s, t, term);
                list.v[list.n++] = n;
                for (int e = 0; e < f->seekers[course].n; e++)
                        row_add_u(f, f->seekers[course].v[e], s, 1);
                row_add(f, n, -1);
                row_at_most(f, most, "contacts[s%d,t%d,%d]", s, t, term);
        }
        for (int k = 0; k < list.n; k++)
                row_add(f, list.v[k], 1);
        row_at_most(f, f->pb->teachers[t].limits.contacts, "contacts[t%d,%d]", t, term);
}

/*
 * (C11) contacts: sum(s) n[s,t] <= contacts of t; n[s,t] >= the enrolment of s while t works there.
 * M is the number of students that s can seat: without t the row asks n >= enrolment - M, nothing.
 */
void contacts(struct formulation *f)
{
        for (int t = 0; t < f->pb->n_teachers; t++)
                for (int term = 0; term < f->pb->n_terms; term++)
                        if (f->pb->teachers[t].limits.contacts != NO_LIMIT)
                                contacts_of(f, t, term);
}
