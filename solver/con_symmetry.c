/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One of many schedules that differ in names only. Rows, and why they are sound: FORMULATION.md. */
#include "solver/symmetry.h"

static bool binds_numbers(const struct rule *ru)
{
        return ru->kind == RULE_SAME_PERIOD || ru->kind == RULE_ADJACENT ||
               ru->kind == RULE_SAME_TEACHER || ru->kind == RULE_SAME_STUDENTS;
}

/* Does nothing but its number tell this group from others of the course or stack? */
static bool plain(const struct formulation *f, const struct group *gr)
{
        const struct problem *pb = f->pb;

        for (int m = 0; m < gr->n_sections; m++) {
                const int s = gr->sections[m], c = pb->section_course[s];

                if (f->parts[s].locked || (gr->n_sections > 1 && pb->courses[c].support.given))
                        return false;
                for (int n = 0; n < pb->n_rules; n++)
                        if (binds_numbers(&pb->rules[n]) && ints_has(&pb->rules[n].courses, c))
                                return false;
        }
        return true;
}

/* Are they of one class? Both are plain and start with a section of one course. */
static bool alike(const struct formulation *f, const struct group *a, const struct group *b)
{
        const struct problem *pb = f->pb;
        const int s = a->sections[0], s2 = b->sections[0];
        const struct support *su = &pb->courses[pb->section_course[s]].support;

        if (pb->section_course[s] != pb->section_course[s2] || a->n_sections != b->n_sections)
                return false;
        return !su->given ||
               (pb->section_number[s] <= su->sections) == (pb->section_number[s2] <= su->sections);
}

/* Alike groups have the same slots in the same order. */
static void order_pair(struct formulation *f, const struct group *first, const struct group *then)
{
        for (int last = 0; last < first->n_slots; last++) {
                for (int j = 0; j <= last; j++) {
                        row_add(f, then->X[j], 1);
                        row_add(f, first->X[j], -1);
                }
                row_at_most(f, 0, "order[g%d,%d]", (int)(then - f->groups), last);
        }
}

int symmetry_next(const struct formulation *f, int g)
{
        for (int h = g + 1; plain(f, &f->groups[g]) && h < f->n_groups; h++)
                if (plain(f, &f->groups[h]) && alike(f, &f->groups[g], &f->groups[h]))
                        return h;
        return NONE;
}

/*
 * (C32) order: sum(j' <= j) X[g',j'] <= sum(j' <= j) X[g,j'], g' the next after g in its class.
 */
void order(struct formulation *f)
{
        for (int g = 0; g < f->n_groups; g++)
                if (symmetry_next(f, g) >= 0)
                        order_pair(f, &f->groups[g], &f->groups[symmetry_next(f, g)]);
}

struct ints symmetry_sequence(const struct formulation *f, struct arena *a)
{
        struct ints list = {.v = arena_array(a, (size_t)f->n_groups + 1, sizeof(int))};
        int *weight = arena_array(a, (size_t)f->n_groups + 1, sizeof *weight);
        bool *later = arena_array(a, (size_t)f->n_groups + 1, sizeof *later);

        for (int g = f->n_groups - 1; g >= 0; g--) {
                const int next = symmetry_next(f, g);
                const int course = f->pb->section_course[f->groups[g].sections[0]];

                weight[g] = f->seekers[course].n / f->pb->courses[course].sections_max;
                if (next >= 0)
                        later[next] = true;
        }
        while (list.n < f->n_groups) {
                int best = NONE;

                for (int g = 0; g < f->n_groups; g++)
                        if (!later[g] && (best < 0 || weight[g] > weight[best]))
                                best = g;
                for (int g = best; g >= 0; g = symmetry_next(f, g)) {
                        list.v[list.n++] = g;
                        later[g] = true;
                }
        }
        return list;
}

/* Does the day's shape matter: runs of periods, neighbours? Then no two periods are alike. */
static bool shapeless(const struct problem *pb)
{
        for (int c = 0; c < pb->n_courses; c++)
                if (pb->courses[c].periods != 1 || pb->courses[c].travel ||
                        pb->courses[c].off_campus != OFF_NO)
                        return false;
        for (int n = 0; n < pb->n_rules; n++)
                if (pb->rules[n].kind == RULE_ADJACENT)
                        return false;
        for (int t = 0; t < pb->n_teachers; t++) {
                const int run = pb->teachers[t].limits.consecutive;

                if (run != NO_LIMIT && run < pb->n_periods)
                        return false;
        }
        return true;
}

static bool same_bits(cellset set, int a, int b)
{
        return (set >> a & 1) == (set >> b & 1);
}

/* Would it be the same school with cells a and b exchanged, as far as sets of cells go? */
static bool same_cells(const struct problem *pb, int a, int b)
{
        bool same = true;

        for (int t = 0; t < pb->n_teachers; t++)
                same &= same_bits(pb->teachers[t].available, a, b);
        for (int r = 0; r < pb->n_rooms; r++)
                same &= same_bits(pb->rooms[r].available, a, b);
        for (int k = 0; k < pb->n_students; k++)
                same &= same_bits(pb->students[k].available, a, b);
        for (int n = 0; n < pb->n_past; n++)
                same &= same_bits(pb->past[n].cells, a, b);
        return same;
}

static bool same_periods(const struct problem *pb, int p, int q)
{
        bool same = true;

        for (int term = 0; same && term < pb->n_terms; term++) {
                const int a = term * pb->n_periods + p, b = term * pb->n_periods + q;

                same = same_cells(pb, a, b);
                for (int c = 0; c < pb->n_courses; c++)
                        same &= same_bits(pb->courses[c].may_start, a, b);
        }
        for (int n = 0; n < pb->n_locks; n++)
                same &= pb->locks[n].period != p && pb->locks[n].period != q;
        for (int n = 0; n < pb->n_rules; n++)
                same &= pb->rules[n].kind != RULE_FREE || same_bits(pb->rules[n].periods, p, q);
        return same;
}

/* g takes period q only if an earlier group of the sequence takes p, the one before q. */
static void first_come(struct formulation *f, const struct ints *list, int at, int p, int q)
{
        const int n_periods = f->pb->n_periods;

        for (int n = 0; n <= at; n++) {
                const struct group *gr = &f->groups[list->v[n]];

                for (int j = 0; j < gr->n_slots; j++)
                        if (gr->slots[j].start % n_periods == (n < at ? p : q))
                                row_add(f, gr->X[j], n < at ? -1 : 1);
        }
        row_at_most(f, 0, "period_order[g%d,p%d]", list->v[at], q);
}

int symmetry_period(const struct formulation *f, int q)
{
        int p = q - 1;

        if (f->scope.section || !shapeless(f->pb))
                return NONE;
        while (p >= 0 && !same_periods(f->pb, p, q))
                p--;
        return p;
}

/*
 * (C33) period_order: sum(j: p(j) = q) X[g,j] <= sum(g' before g) sum(j: p(j) = p) X[g',j], for
 * alike periods p, q that follow one another among the alike.
 */
void period_order(struct formulation *f)
{
        const struct ints list = symmetry_sequence(f, f->arena);

        for (int q = 1; q < f->pb->n_periods; q++) {
                const int p = symmetry_period(f, q);

                for (int at = 0; p >= 0 && at < list.n; at++)
                        first_come(f, &list, at, p, q);
        }
}

/* Are the two terms alike? Those of a school with more are not looked at. */
static bool same_terms(const struct problem *pb)
{
        bool same = pb->n_terms == 2;

        for (int p = 0; same && p < pb->n_periods; p++)
                same = same_cells(pb, p, pb->n_periods + p);
        for (int c = 0; same && c < pb->n_courses; c++) {
                const cellset starts = pb->courses[c].may_start;

                for (int p = 0; pb->courses[c].terms == 1 && p < pb->n_periods; p++)
                        same &= same_bits(starts, p, pb->n_periods + p);
        }
        for (int n = 0; same && n < pb->n_locks; n++)
                same = pb->locks[n].term == NONE;
        for (int n = 0; same && n < pb->n_rules; n++)
                same = pb->rules[n].kind != RULE_BEFORE;
        return same;
}

int symmetry_first_half(const struct formulation *f, const struct ints *sequence)
{
        const struct problem *pb = f->pb;

        if (f->scope.section || !same_terms(pb))
                return NONE;
        for (int n = 0; n < sequence->n; n++) {
                const int s = f->groups[sequence->v[n]].sections[0];

                if (pb->courses[pb->section_course[s]].terms == 1)
                        return sequence->v[n];
        }
        return NONE;
}

/*
 * (C34) term_order: the first group of the sequence that runs for one of two alike terms is not in
 * the second.
 */
void term_order(struct formulation *f)
{
        const struct ints list = symmetry_sequence(f, f->arena);
        const int g = symmetry_first_half(f, &list);

        for (int j = 0; g >= 0 && j < f->groups[g].n_slots; j++)
                if (f->groups[g].slots[j].start >= f->pb->n_periods)
                        row_add(f, f->groups[g].X[j], 1);
        row_at_most(f, 0, "term_order[g%d]", g);
}
