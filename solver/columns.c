/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a formulation, and the way back from their values to a schedule. */
#include "solver/formulation.h"
#include "solver/reduce.h"

/* x[s,j], and X[g,j]: the same column where the group has one section. */
static void start_columns(struct formulation *f, int g)
{
        struct group *gr = &f->groups[g];

        for (int m = 0; m < gr->n_sections; m++) {
                const int s = gr->sections[m];
                const struct course *c = &f->pb->courses[f->pb->section_course[s]];
                struct part *part = &f->parts[s];

                part->x = arena_array(f->arena, (size_t)gr->n_slots + 1, sizeof(int));
                for (int j = 0; j < gr->n_slots; j++)
                        if (part->starts >> gr->slots[j].start & 1 &&
                                c->start_cells[gr->slots[j].start] == gr->slots[j].cells)
                                part->x[j] = column_new(
                                        f, COL_START, 0, 1, "x[s%d,p%d]", s, gr->slots[j].start);
        }
        gr->X = f->parts[gr->sections[0]].x;
        if (gr->n_sections == 1)
                return;
        gr->X = arena_array(f->arena, (size_t)gr->n_slots + 1, sizeof(int));
        for (int j = 0; j < gr->n_slots; j++)
                gr->X[j] =
                        column_new(f, COL_START, 0, 1, "X[g%d,p%d,%d]", g, gr->slots[j].start, j);
}

static bool fits_some(const struct formulation *f, const struct group *gr, int j, int x,
        bool (*may)(const struct formulation *, int, int, cellset))
{
        for (int m = 0; m < gr->n_sections; m++)
                if (f->parts[gr->sections[m]].x[j] &&
                        may(f, gr->sections[m], x, gr->slots[j].cells))
                        return true;
        return false;
}

/* One column for each of list that fits in slot j; the group's own where only one does. */
static void resource_columns(struct formulation *f, int g, int n, const int *list, int *out,
        enum column_kind kind, bool (*may)(const struct formulation *, int, int, cellset))
{
        const struct group *gr = &f->groups[g];

        for (int j = 0; j < gr->n_slots; j++) {
                int fitting = 0, last = 0;

                for (int k = 0; k < n; k++)
                        if (fits_some(f, gr, j, list[k], may)) {
                                fitting++;
                                last = k;
                        }
                if (fitting == 1) {
                        out[last * gr->n_slots + j] = gr->X[j];
                        continue;
                }
                for (int k = 0; fitting && k < n; k++)
                        if (fits_some(f, gr, j, list[k], may))
                                out[k * gr->n_slots + j] = column_new(f, kind, 0, 1,
                                        kind == COL_ROOM ? "w[g%d,r%d,p%d,%d]"
                                                         : "z[g%d,t%d,p%d,%d]",
                                        g, list[k], gr->slots[j].start, j);
        }
}

static void co_teacher_columns(struct formulation *f, int s)
{
        const struct course *c = &f->pb->courses[f->pb->section_course[s]];
        struct part *part = &f->parts[s];
        const struct group *gr = &f->groups[part->group];

        if (!c->support.given || f->pb->section_number[s] > c->support.sections)
                return;
        part->n_co = c->able_co_teachers.n;
        part->co = c->able_co_teachers.v;
        part->o = arena_array(f->arena, (size_t)part->n_co * (size_t)gr->n_slots + 1, sizeof(int));
        for (int n = 0; n < part->n_co; n++)
                for (int j = 0; j < gr->n_slots; j++)
                        if (part->x[j] && may_co_teach(f, s, part->co[n], gr->slots[j].cells))
                                part->o[n * gr->n_slots + j] = column_new(f, COL_TEACHER, 0, 1,
                                        "o[s%d,t%d,p%d]", s, part->co[n], gr->slots[j].start);
}

/*
 * O[g,t,j], co-teaching by t in any section of the group, over those that count or over all; the
 * column o itself where the group has one section.
 */
static void co_work(struct formulation *f, struct group *gr, int n, int j, bool counted, int *out)
{
        int found = 0, first = 0;

        for (int m = 0; m < gr->n_sections; m++) {
                const int s = gr->sections[m];
                const int o = o_of(f, s, gr->crew[n], j);

                if (o && (!counted || f->pb->courses[f->pb->section_course[s]].counts_load)) {
                        found++;
                        first = first ? first : o;
                }
        }
        out[n * gr->n_slots + j] = first;
        if (found < 2)
                return;
        first = column_new(f, COL_OTHER, 0, 1, "%s[g%d,t%d,%d]", counted ? "Oc" : "O",
                (int)(gr - f->groups), gr->crew[n], j);
        out[n * gr->n_slots + j] = first;
        for (int m = 0; m < gr->n_sections; m++) {
                const int s = gr->sections[m];

                if (counted && !f->pb->courses[f->pb->section_course[s]].counts_load)
                        continue;
                row_add(f, o_of(f, s, gr->crew[n], j), 1);
                row_add(f, first, -1);
                row_at_most(f, 0, "%s_of[s%d,t%d,%d]", counted ? "Oc" : "O", s, gr->crew[n], j);
        }
}

/*
 * zc: z as far as it counts for load and preps. In a stack of counted and uncounted sections
 * zc >= z + x - 1 for each counted section.
 */
static void counted_work(struct formulation *f, struct group *gr, int n, int j)
{
        const int z = gr->z[n * gr->n_slots + j];
        int counted = 0;
        int *out = &gr->zc[n * gr->n_slots + j];

        for (int m = 0; m < gr->n_sections; m++)
                counted += f->pb->courses[f->pb->section_course[gr->sections[m]]].counts_load;
        if (!z || !counted)
                return;
        *out = z;
        if (counted == gr->n_sections)
                return;
        *out = column_new(
                f, COL_OTHER, 0, 1, "zc[g%d,t%d,%d]", (int)(gr - f->groups), gr->crew[n], j);
        for (int m = 0; m < gr->n_sections; m++) {
                const int s = gr->sections[m];

                if (!f->pb->courses[f->pb->section_course[s]].counts_load)
                        continue;
                row_add(f, z, 1);
                row_add(f, f->parts[s].x[j], 1);
                row_add(f, *out, -1);
                row_at_most(f, 1, "zc_of[s%d,t%d,%d]", s, gr->crew[n], j);
        }
}

static void cohort_columns(struct formulation *f, int s)
{
        const struct course *c = &f->pb->courses[f->pb->section_course[s]];
        struct part *part = &f->parts[s];

        part->n_cohorts = part->starts ? c->in_cohorts.n : 0;
        part->cohorts = c->in_cohorts.v;
        part->q = arena_array(f->arena, (size_t)part->n_cohorts + 1, sizeof(int));
        for (int n = 0; n < part->n_cohorts; n++)
                if (may_reserve(f, s, part->cohorts[n]))
                        part->q[n] =
                                column_new(f, COL_COHORT, 0, 1, "q[s%d,k%d]", s, part->cohorts[n]);
}

static void seat_columns(struct formulation *f, int s)
{
        const struct ints *seekers = &f->seekers[f->pb->section_course[s]];
        struct part *part = &f->parts[s];
        const struct group *gr = &f->groups[part->group];

        part->v = arena_array(f->arena, (size_t)seekers->n * (size_t)gr->n_slots + 1, sizeof(int));
        for (int e = 0; e < seekers->n; e++)
                for (int j = 0; j < gr->n_slots; j++)
                        if (part->x[j] && may_sit(f, seekers->v[e], s, gr->slots[j].cells))
                                part->v[e * gr->n_slots + j] = column_new(f, COL_SEAT, 0, 1,
                                        "v[i%d,s%d,p%d]", seekers->v[e], s, gr->slots[j].start);
}

static void crew_columns(struct formulation *f, int g)
{
        struct group *gr = &f->groups[g];
        const size_t size = (size_t)gr->n_crew * (size_t)gr->n_slots + 1;

        gr->z = arena_array(f->arena, size, sizeof(int));
        gr->zc = arena_array(f->arena, size, sizeof(int));
        gr->O = arena_array(f->arena, size, sizeof(int));
        gr->Oc = arena_array(f->arena, size, sizeof(int));
        if (gr->staffed)
                resource_columns(f, g, gr->n_crew, gr->crew, gr->z, COL_TEACHER, may_teach);
        for (int m = 0; m < gr->n_sections; m++)
                co_teacher_columns(f, gr->sections[m]);
        for (int n = 0; n < gr->n_crew; n++)
                for (int j = 0; j < gr->n_slots; j++) {
                        co_work(f, gr, n, j, false, gr->O);
                        co_work(f, gr, n, j, true, gr->Oc);
                        counted_work(f, gr, n, j);
                }
}

void columns_build(struct formulation *f)
{
        for (int g = 0; g < f->n_groups; g++) {
                struct group *gr = &f->groups[g];

                start_columns(f, g);
                crew_columns(f, g);
                gr->w = arena_array(f->arena, (size_t)(gr->n_rooms * gr->n_slots) + 1, sizeof(int));
                if (gr->roomed)
                        resource_columns(f, g, gr->n_rooms, gr->rooms, gr->w, COL_ROOM, may_use);
                for (int m = 0; m < gr->n_sections; m++) {
                        cohort_columns(f, gr->sections[m]);
                        seat_columns(f, gr->sections[m]);
                }
        }
}

static bool is_one(const struct formulation *f, double (*value)(glp_prob *, int), int column)
{
        return column && value(f->lp, column) > 0.5;
}

static void read_section(const struct formulation *f, double (*value)(glp_prob *, int), int s,
        int j, struct schedule *sc)
{
        const struct part *part = &f->parts[s];
        const struct group *gr = &f->groups[part->group];
        const struct ints *seekers = &f->seekers[f->pb->section_course[s]];

        sc->start[s] = gr->slots[j].start;
        for (int n = 0; n < gr->n_crew; n++)
                if (is_one(f, value, gr->z[n * gr->n_slots + j]))
                        sc->teacher[s] = gr->crew[n];
        for (int n = 0; n < part->n_co; n++)
                if (is_one(f, value, part->o[n * gr->n_slots + j]))
                        sc->co_teacher[s] = part->co[n];
        for (int n = 0; n < gr->n_rooms; n++)
                if (is_one(f, value, gr->w[n * gr->n_slots + j]))
                        sc->room[s] = gr->rooms[n];
        for (int n = 0; n < part->n_cohorts; n++)
                if (is_one(f, value, part->q[n]))
                        sc->cohort[s] = part->cohorts[n];
        for (int e = 0; e < seekers->n; e++)
                if (is_one(f, value, part->v[e * gr->n_slots + j]))
                        sc->seat[seekers->v[e]] = s;
}

void formulation_read(
        const struct formulation *f, double (*value)(glp_prob *, int), struct schedule *sc)
{
        const struct problem *pb = f->pb;

        for (int i = 0; i < pb->n_requests; i++)
                sc->seat[i] = NONE;
        for (int s = 0; s < pb->n_sections; s++) {
                sc->start[s] = sc->teacher[s] = sc->co_teacher[s] = sc->room[s] = sc->cohort[s] =
                        NONE;
                for (int j = 0; f->parts[s].group >= 0 && j < f->parts[s].n_slots; j++)
                        if (is_one(f, value, f->parts[s].x[j]))
                                read_section(f, value, s, j, sc);
        }
}

/* The columns of starts, people, rooms and seats, counted without making them. */
int64_t formulation_size(const struct problem *pb)
{
        int64_t size = 0;

        for (int c = 0; c < pb->n_courses; c++) {
                const struct course *it = &pb->courses[c];
                const int64_t starts = __builtin_popcountll(it->may_start);
                const int64_t each = 1 + it->able_teachers.n + it->able_rooms.n + it->n_requests;

                size += it->sections_max * starts * each;
        }
        return size;
}
