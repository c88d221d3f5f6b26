/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules about when sections run and who teaches them. Rows are those of FORMULATION.md. */
#include "solver/formulation.h"

/* Section number k of the n-th course of the rule, or NONE where there is none in scope. */
static int numbered(const struct formulation *f, const struct rule *ru, int n, int k)
{
        const struct course *c = &f->pb->courses[ru->courses.v[n]];
        const int s = c->first_section + k - 1;

        if (k > c->sections_max || f->parts[s].group < 0)
                return NONE;
        return s;
}

static int highest_number(const struct formulation *f, const struct rule *ru)
{
        int most = 0;

        for (int n = 0; n < ru->courses.n; n++) {
                const int here = f->pb->courses[ru->courses.v[n]].sections_max;

                most = here > most ? here : most;
        }
        return most;
}

/* sum(j: a in J(j)) x[s,j] as part of a row; how many slots take a. */
static int add_cover(struct formulation *f, int s, int a, double coefficient)
{
        const struct part *part = &f->parts[s];
        int n = 0;

        for (int j = 0; part->group >= 0 && j < part->n_slots; j++)
                if (part->x[j] && slot_takes(&f->groups[part->group].slots[j], a)) {
                        row_add(f, part->x[j], coefficient);
                        n++;
                }
        return n;
}

/* d[c,a] >= every section of c at a: 0 where none can be there. */
static int cover_column(struct formulation *f, int rule, int c, int a)
{
        const struct course *course = &f->pb->courses[c];
        int d = 0;

        for (int k = 0; k < course->sections_max; k++) {
                if (!add_cover(f, course->first_section + k, a, 1))
                        continue;
                if (!d)
                        d = column_new(f, COL_OTHER, 0, 1, "d[n%d,c%d,a%d]", rule, c, a);
                row_add(f, d, -1);
                row_at_most(f, 0, "separate[n%d,s%d,a%d]", rule, course->first_section + k, a);
        }
        return d;
}

/*
 * (C21) separate: sum(c in rule) d[c,a] <= 1. Sections of one course may meet together.
 */
void separate(struct formulation *f)
{
        struct arena *arena = f->arena;
        int *d = arena_array(arena, (size_t)f->pb->n_courses + 1, sizeof *d);

        for (int n = 0; n < f->pb->n_rules; n++) {
                const struct rule *ru = &f->pb->rules[n];

                for (int a = 0; ru->kind == RULE_SEPARATE && a < f->pb->n_cells; a++) {
                        for (int m = 0; m < ru->courses.n; m++)
                                d[m] = cover_column(f, n, ru->courses.v[m], a);
                        for (int m = 0; m < ru->courses.n; m++)
                                row_add(f, d[m], 1);
                        row_at_most(f, 1, "separate[n%d,a%d]", n, a);
                }
        }
}

static void same_period_number(struct formulation *f, int n, int k)
{
        const struct rule *ru = &f->pb->rules[n];
        struct arena *arena = f->arena;
        int *h = arena_array(arena, (size_t)f->pb->n_periods + 1, sizeof *h);

        for (int p = 0; p < f->pb->n_periods; p++)
                h[p] = column_new(f, COL_OTHER, 0, 1, "h[n%d,%d,p%d]", n, k, p);
        for (int m = 0; m < ru->courses.n; m++) {
                const int s = numbered(f, ru, m, k);

                for (int p = 0; s >= 0 && p < f->pb->n_periods; p++) {
                        const struct part *part = &f->parts[s];

                        for (int j = 0; j < part->n_slots; j++)
                                if (f->groups[part->group].slots[j].start % f->pb->n_periods == p)
                                        row_add(f, part->x[j], 1);
                        row_add(f, h[p], -1);
                        row_at_most(f, 0, "same_period[n%d,s%d,p%d]", n, s, p);
                }
        }
        for (int p = 0; p < f->pb->n_periods; p++)
                row_add(f, h[p], 1);
        row_at_most(f, 1, "same_period[n%d,%d]", n, k);
}

/*
 * (C22) same_period: h[k,p] is the one start period that number k has.
 */
void same_period(struct formulation *f)
{
        for (int n = 0; n < f->pb->n_rules; n++)
                if (f->pb->rules[n].kind == RULE_SAME_PERIOD)
                        for (int k = 1; k <= highest_number(f, &f->pb->rules[n]); k++)
                                same_period_number(f, n, k);
}

struct run { /* arrangements of the sections of one number, while they are listed */
        struct formulation *f;
        int rule, number;
        int n_sections, *sections;
        int depth, *placed, *slot; /* the run so far */
        int n, room;
        struct entry {
                int column, section, slot;
        } * entries;
        int n_columns, *columns, column_room;
};

static unsigned terms_of(const struct problem *pb, cellset cells)
{
        unsigned terms = 0;

        for (int t = 0; t < pb->n_terms; t++)
                if (cells & pb->term_cells[t])
                        terms |= 1u << t;
        return terms;
}

/* May slot b of one section directly follow slot a, of a section of `periods` periods? */
static bool follows(
        const struct problem *pb, const struct slot *a, int periods, const struct slot *b)
{
        const int last = a->start % pb->n_periods + periods - 1;

        return b->start % pb->n_periods == last + 1 && pb->periods[last].joins_next &&
               terms_of(pb, a->cells) == terms_of(pb, b->cells);
}

static void keep_run(struct run *run)
{
        const int e = column_new(
                run->f, COL_OTHER, 0, 1, "e[n%d,%d,%d]", run->rule, run->number, run->n_columns);

        MEM_GROW(run->columns, run->n_columns, run->column_room);
        run->columns[run->n_columns++] = e;
        for (int d = 0; d < run->depth; d++) {
                MEM_GROW(run->entries, run->n, run->room);
                run->entries[run->n++] = (struct entry){e, run->placed[d], run->slot[d]};
        }
}

static bool extends(const struct run *run, int s, int j)
{
        const struct formulation *f = run->f;
        const struct problem *pb = f->pb;
        const int d = run->depth;

        if (!f->parts[s].x[j])
                return false;
        for (int k = 0; k < d; k++)
                if (run->placed[k] == s)
                        return false;
        return d == 0 ||
               follows(pb, &f->groups[f->parts[run->placed[d - 1]].group].slots[run->slot[d - 1]],
                       pb->courses[pb->section_course[run->placed[d - 1]]].periods,
                       &f->groups[f->parts[s].group].slots[j]);
}

/* All ways to go on from here; no deeper than the bell has periods. */
static void list_runs(struct run *run)
{
        for (int m = 0; m < run->n_sections; m++) {
                const int s = run->sections[m];

                for (int j = 0; j < run->f->parts[s].n_slots; j++) {
                        if (!extends(run, s, j))
                                continue;
                        run->placed[run->depth] = s;
                        run->slot[run->depth++] = j;
                        keep_run(run);
                        list_runs(run);
                        run->depth--;
                }
        }
}

static void adjacent_number(struct formulation *f, int n, int k)
{
        const struct rule *ru = &f->pb->rules[n];
        struct arena *arena = f->arena;
        const size_t size = (size_t)ru->courses.n + 1;
        struct run run = {.f = f,
                .rule = n,
                .number = k,
                .sections = arena_array(arena, size, sizeof(int)),
                .placed = arena_array(arena, size, sizeof(int)),
                .slot = arena_array(arena, size, sizeof(int))};

        for (int m = 0; m < ru->courses.n; m++)
                if (numbered(f, ru, m, k) >= 0)
                        run.sections[run.n_sections++] = numbered(f, ru, m, k);
        list_runs(&run);
        for (int m = 0; m < run.n_sections; m++)
                for (int j = 0; j < f->parts[run.sections[m]].n_slots; j++) {
                        row_add(f, f->parts[run.sections[m]].x[j], -1);
                        for (int e = 0; e < run.n; e++)
                                if (run.entries[e].section == run.sections[m] &&
                                        run.entries[e].slot == j)
                                        row_add(f, run.entries[e].column, 1);
                        row_equal(f, 0, "adjacent[n%d,s%d,%d]", n, run.sections[m], j);
                }
        for (int e = 0; e < run.n_columns; e++)
                row_add(f, run.columns[e], 1);
        row_at_most(f, 1, "adjacent[n%d,%d]", n, k);
        mem_free(run.entries);
        mem_free(run.columns);
}

/*
 * (C23) adjacent: x[s,j] = sum(arrangements e with (s,j)) e; of the arrangements of a number one.
 */
void adjacent(struct formulation *f)
{
        for (int n = 0; n < f->pb->n_rules; n++)
                if (f->pb->rules[n].kind == RULE_ADJACENT)
                        for (int k = 1; k <= highest_number(f, &f->pb->rules[n]); k++)
                                adjacent_number(f, n, k);
}

static void same_teacher_number(struct formulation *f, int n, int k)
{
        const struct rule *ru = &f->pb->rules[n];
        struct arena *arena = f->arena;
        int *h = arena_array(arena, (size_t)f->pb->n_teachers + 1, sizeof *h);

        for (int m = 0; m < ru->courses.n; m++) {
                const int s = numbered(f, ru, m, k);
                const struct group *gr = s < 0 ? NULL : &f->groups[f->parts[s].group];

                for (int t = 0; gr && t < gr->n_crew; t++) {
                        const int who = gr->crew[t];

                        for (int j = 0; j < gr->n_slots; j++)
                                row_add(f, gr->z[t * gr->n_slots + j], 1);
                        if (!h[who])
                                h[who] = column_new(f, COL_OTHER, 0, 1, "h[n%d,%d,t%d]", n, k, who);
                        row_add(f, h[who], -1);
                        row_at_most(f, 0, "same_teacher[n%d,s%d,t%d]", n, s, who);
                }
        }
        for (int t = 0; t < f->pb->n_teachers; t++)
                row_add(f, h[t], 1);
        row_at_most(f, 1, "same_teacher[n%d,%d]", n, k);
}

/*
 * (C24) same_teacher: h[k,t] is the one teacher whom number k has.
 */
void same_teacher(struct formulation *f)
{
        for (int n = 0; n < f->pb->n_rules; n++)
                if (f->pb->rules[n].kind == RULE_SAME_TEACHER)
                        for (int k = 1; k <= highest_number(f, &f->pb->rules[n]); k++)
                                same_teacher_number(f, n, k);
}
