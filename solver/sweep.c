/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/sweep.h"
#include "solver/sweep_student.h"
#include "solver/symmetry.h"
#include <string.h>

struct sweep {
        const struct formulation *f;
        const struct problem *pb;
        struct meter *meter;
        const struct sweep_job *job;
        struct arena *arena;
        struct seating *seating;
        struct ints order;
        int *slot;          /* by group; SWEEP_UNDECIDED, NONE for unplaced */
        int *next, *before; /* by group: alike group before it; by period: alike period before */
        uint64_t **people, **places; /* by group and slot: teachers and rooms that can serve it */
        cellset *anywhere;           /* by group: starts it may have while undecided */
        cellset *starts;             /* by course: starts that its sections have or may have */
        int64_t *least;              /* [depth + 1][students][weightings] */
        int64_t caps[WEIGHTINGS];
        int half; /* the group that symmetry keeps in the first of two alike terms, or NONE */
        int64_t nodes;
        enum swept end;
};

bool sweep_bounds(enum tier t)
{
        return t == CTE_UNMET || t == REQUIREMENT_SHORTFALL || t == REQUIRED_UNMET ||
               t == EMPTY_PERIODS || t == REQUEST_LOSS || t == UNEVEN;
}

/* Starts of the course over all its groups: decided ones, and whatever undecided ones may take. */
static void collect_starts(struct sweep *sw, int course)
{
        const struct course *c = &sw->pb->courses[course];

        sw->starts[course] = 0;
        for (int k = 0; k < c->sections_max; k++) {
                const struct part *part = &sw->f->parts[c->first_section + k];
                const int g = part->group, j = sw->slot[g];

                if (j == SWEEP_UNDECIDED)
                        sw->starts[course] |= part->starts;
                else if (j >= 0 && part->x[j])
                        sw->starts[course] |= (cellset)1 << sw->f->groups[g].slots[j].start;
        }
}

/* Sections that can no longer be placed, over what the tier's cap allows? */
static bool too_few_placed(const struct sweep *sw, enum tier t)
{
        int64_t missing = 0;

        for (int c = 0; c < sw->pb->n_courses; c++) {
                const struct course *it = &sw->pb->courses[c];
                int left = it->sections_max;

                if ((it->pathway != NONE) != (t == CTE_UNPLACED))
                        continue;
                for (int k = 0; k < it->sections_max; k++)
                        left -= sw->slot[sw->f->parts[it->first_section + k].group] == NONE;
                missing += left < it->sections_min ? it->sections_min - left : 0;
        }
        return missing > sw->job->caps.tier[t];
}

static bool counts(const struct sweep *sw, enum tier t)
{
        for (int n = 0; n < N_TIERS; n++) {
                if (sw->pb->order[n] == t)
                        return true;
                if (sw->pb->order[n] == sw->job->tier)
                        return false;
        }
        return false;
}

static bool augment(const uint64_t *wants, int n, int g, uint64_t *tried, int *holder)
{
        for (int t = 0; t < 64; t++) {
                if (!(wants[g] >> t & 1) || *tried >> t & 1)
                        continue;
                *tried |= (uint64_t)1 << t;
                if (holder[t] < 0 || augment(wants, n, holder[t], tried, holder)) {
                        holder[t] = g;
                        return true;
                }
        }
        return false;
}

/* Can the groups that are on in the cell each have one of those that can serve them? */
static bool served(const struct sweep *sw, int depth, int a, uint64_t *const *by)
{
        uint64_t wants[MAX_CELLS];
        int holder[64], n = 0;

        for (int t = 0; t < 64; t++)
                holder[t] = NONE;
        for (int d = 0; d <= depth && n < MAX_CELLS; d++) {
                const int g = sw->order.v[d], j = sw->slot[g];
                uint64_t tried = 0;

                if (j < 0 || !slot_takes(&sw->f->groups[g].slots[j], a) || !by[g])
                        continue;
                wants[n] = by[g][j];
                if (!augment(wants, n, n, &tried, holder))
                        return false;
                n++;
        }
        return true;
}

static bool staffable(const struct sweep *sw, int depth)
{
        const int g = sw->order.v[depth], j = sw->slot[g];

        for (int a = 0; j >= 0 && a < sw->pb->n_cells; a++)
                if (slot_takes(&sw->f->groups[g].slots[j], a) &&
                        !(served(sw, depth, a, sw->people) && served(sw, depth, a, sw->places)))
                        return false;
        return true;
}

/* The symmetry rows C32, C33, C34 for the group at this depth: one of many equal placements. */
static bool canonical(const struct sweep *sw, int depth)
{
        const int g = sw->order.v[depth], j = sw->slot[g], n_periods = sw->pb->n_periods;
        int p, q;

        if (sw->before[g] >= 0) {
                const int first = sw->slot[sw->before[g]];

                if (j >= 0 && (first < 0 || first > j))
                        return false;
        }
        if (j < 0)
                return true;
        if (g == sw->half && sw->f->groups[g].slots[j].start >= n_periods)
                return false;
        q = sw->f->groups[g].slots[j].start % n_periods;
        p = sw->next[q];
        for (int d = 0; p >= 0 && d < depth; d++) {
                const int other = sw->order.v[d], k = sw->slot[other];

                if (k >= 0 && sw->f->groups[other].slots[k].start % n_periods == p)
                        p = NONE;
        }
        return p < 0;
}

/* Bounds of the students whom the group at this depth concerns; the rest keep theirs. */
static bool hopeless(struct sweep *sw, int depth)
{
        const struct group *gr = &sw->f->groups[sw->order.v[depth]];
        const size_t width = (size_t)sw->pb->n_students * WEIGHTINGS;
        int64_t *here = sw->least + (size_t)(depth + 1) * width;
        int64_t sum[WEIGHTINGS] = {0};

        memcpy(here, sw->least + (size_t)depth * width, width * sizeof *here);
        for (int m = 0; m < gr->n_sections; m++)
                collect_starts(sw, sw->pb->section_course[gr->sections[m]]);
        for (int m = 0; m < gr->n_sections; m++) {
                const struct ints *list = &sw->f->seekers[sw->pb->section_course[gr->sections[m]]];

                for (int e = 0; e < list->n; e++) {
                        const int k = sw->pb->requests[list->v[e]].student;

                        seating_least(sw->seating, k, sw->starts, here + k * WEIGHTINGS);
                        meter_spend(sw->meter, 20);
                }
        }
        for (int k = 0; k < sw->pb->n_students; k++)
                for (int w = 0; w < WEIGHTINGS; w++)
                        sum[w] += here[k * WEIGHTINGS + w];
        for (int w = 0; w < WEIGHTINGS; w++)
                if (sum[w] > sw->caps[w])
                        return true;
        return (counts(sw, CTE_UNPLACED) && too_few_placed(sw, CTE_UNPLACED)) ||
               (counts(sw, UNPLACED) && too_few_placed(sw, UNPLACED));
}

static bool possible(const struct sweep *sw, int g, int j)
{
        const struct group *gr = &sw->f->groups[g];

        for (int m = 0; m < gr->n_sections; m++) {
                const struct part *part = &sw->f->parts[gr->sections[m]];

                if (j < 0 ? part->must : !part->x[j] && part->must)
                        return false;
        }
        return true;
}

static void descend(struct sweep *sw, int depth)
{
        const int g = depth < sw->order.n ? sw->order.v[depth] : NONE;

        if (g < 0) {
                sw->end = sw->job->decide(sw->job->context, sw->slot);
                return;
        }
        for (int n = 0; n <= sw->f->groups[g].n_slots && sw->end == SWEPT_NONE; n++) {
                const int j = n < sw->f->groups[g].n_slots ? n : SWEEP_UNPLACED;

                if (++sw->nodes > sw->job->nodes || !meter_spend(sw->meter, 10)) {
                        sw->end = SWEPT_OPEN;
                        return;
                }
                sw->slot[g] = j;
                if (possible(sw, g, j) && canonical(sw, depth) && staffable(sw, depth) &&
                        !hopeless(sw, depth))
                        descend(sw, depth + 1);
        }
        sw->slot[g] = SWEEP_UNDECIDED;
        for (int m = 0; m < sw->f->groups[g].n_sections; m++)
                collect_starts(sw, sw->pb->section_course[sw->f->groups[g].sections[m]]);
}

/* Who can serve group g in each slot, as bits; NULL where it needs nobody or they are too many. */
static uint64_t *servers(struct sweep *sw, const struct group *gr, bool needed, int n,
        const int *list, const int *col)
{
        uint64_t *by;

        if (!needed)
                return NULL;
        for (int k = 0; k < n; k++)
                if (list[k] >= 64)
                        return NULL;
        by = arena_array(sw->arena, (size_t)gr->n_slots + 1, sizeof *by);
        for (int j = 0; j < gr->n_slots; j++)
                for (int k = 0; k < n; k++)
                        if (col[k * gr->n_slots + j])
                                by[j] |= (uint64_t)1 << list[k];
        return by;
}

static void prepare(struct sweep *sw)
{
        const struct formulation *f = sw->f;
        const size_t n = (size_t)f->n_groups + 1;

        sw->order = symmetry_sequence(f, sw->arena);
        sw->slot = arena_array(sw->arena, n, sizeof(int));
        sw->before = arena_array(sw->arena, n, sizeof(int));
        sw->people = arena_array(sw->arena, n, sizeof *sw->people);
        sw->places = arena_array(sw->arena, n, sizeof *sw->places);
        sw->next = arena_array(sw->arena, (size_t)sw->pb->n_periods + 1, sizeof(int));
        sw->starts = arena_array(sw->arena, (size_t)sw->pb->n_courses + 1, sizeof(cellset));
        sw->least = arena_array(
                sw->arena, n * (size_t)sw->pb->n_students * WEIGHTINGS + 1, sizeof *sw->least);
        for (int g = 0; g < f->n_groups; g++) {
                const struct group *gr = &f->groups[g];

                sw->slot[g] = SWEEP_UNDECIDED;
                sw->before[g] = NONE;
                sw->people[g] = servers(sw, gr, gr->staffed, gr->n_crew, gr->crew, gr->z);
                sw->places[g] = servers(sw, gr, gr->roomed, gr->n_rooms, gr->rooms, gr->w);
        }
        for (int g = 0; g < f->n_groups; g++)
                if (symmetry_next(f, g) >= 0)
                        sw->before[symmetry_next(f, g)] = g;
        sw->half = symmetry_first_half(f, &sw->order);
        for (int q = 0; q < sw->pb->n_periods; q++)
                sw->next[q] = symmetry_period(f, q);
        for (int c = 0; c < sw->pb->n_courses; c++)
                collect_starts(sw, c);
}

enum swept sweep(const struct formulation *f, struct meter *m, const struct sweep_job *job)
{
        struct sweep sw = {.f = f, .pb = f->pb, .meter = m, .job = job, .arena = arena_new()};

        prepare(&sw);
        sw.seating = seating_new(f, sw.arena, job->tier, &job->caps, sw.caps);
        for (int k = 0; k < sw.pb->n_students; k++)
                seating_least(sw.seating, k, sw.starts, sw.least + k * WEIGHTINGS);
        if (seating_fits(sw.seating))
                descend(&sw, 0);
        else
                sw.end = SWEPT_OPEN;
        seating_free(sw.seating);
        arena_free(sw.arena);
        return sw.end;
}
