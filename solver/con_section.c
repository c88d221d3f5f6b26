/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections, groups, rooms: what a placed section needs. Rows are those of FORMULATION.md. */
#include "solver/formulation.h"
#include "solver/reduce.h"

/*
 * (C1) start_once: sum(j) X[g,j] <= 1; a section that a lock names is placed.
 */
void start_once(struct formulation *f)
{
        for (int g = 0; g < f->n_groups; g++) {
                for (int j = 0; j < f->groups[g].n_slots; j++)
                        row_add(f, f->groups[g].X[j], 1);
                row_at_most(f, 1, "start_once[g%d]", g);
        }
        for (int s = 0; s < f->pb->n_sections; s++) {
                if (f->parts[s].group < 0 || !f->parts[s].must)
                        continue;
                row_add_y(f, s, 1);
                row_equal(f, 1, "start_once[s%d]", s);
        }
        if (f->refuted)
                row_equal(f, 1, "start_once[refuted]");
}

/* x[s,j] <= sum(those that fit s) of the group's columns for people or rooms. */
static void only_fitting(struct formulation *f, int s, int j, int n, const int *list,
        const int *column, bool (*may)(const struct formulation *, int, int, cellset),
        const char *what)
{
        const struct group *gr = &f->groups[f->parts[s].group];

        for (int k = 0; k < n; k++)
                if (may(f, s, list[k], gr->slots[j].cells))
                        row_add(f, column[k * gr->n_slots + j], -1);
        row_add(f, f->parts[s].x[j], 1);
        row_at_most(f, 0, "stack_together[%s,s%d,%d]", what, s, j);
}

/*
 * (C2) stack_together: x[s,j] <= X[g,j] <= sum(s in g) x[s,j]; the group's teacher and room fit
 * every section of it that is placed.
 */
void stack_together(struct formulation *f)
{
        for (int g = 0; g < f->n_groups; g++) {
                const struct group *gr = &f->groups[g];

                for (int j = 0; gr->n_sections > 1 && j < gr->n_slots; j++) {
                        for (int m = 0; m < gr->n_sections; m++) {
                                const int s = gr->sections[m];

                                if (!f->parts[s].x[j])
                                        continue;
                                row_add(f, f->parts[s].x[j], 1);
                                row_add(f, gr->X[j], -1);
                                row_at_most(f, 0, "stack_together[s%d,%d]", s, j);
                                if (gr->staffed)
                                        only_fitting(f, s, j, gr->n_crew, gr->crew, gr->z,
                                                may_teach, "t");
                                if (gr->roomed)
                                        only_fitting(f, s, j, gr->n_rooms, gr->rooms, gr->w,
                                                may_use, "r");
                        }
                        row_add(f, gr->X[j], 1);
                        for (int m = 0; m < gr->n_sections; m++)
                                row_add(f, f->parts[gr->sections[m]].x[j], -1);
                        row_at_most(f, 0, "stack_together[g%d,%d]", g, j);
                }
        }
}

/*
 * (C3) teacher_each: sum(t) z[g,t,j] = X[g,j].
 */
void teacher_each(struct formulation *f)
{
        for (int g = 0; g < f->n_groups; g++) {
                const struct group *gr = &f->groups[g];

                for (int j = 0; gr->staffed && j < gr->n_slots; j++) {
                        for (int n = 0; n < gr->n_crew; n++)
                                row_add(f, gr->z[n * gr->n_slots + j], 1);
                        row_add(f, gr->X[j], -1);
                        row_equal(f, 0, "teacher_each[g%d,%d]", g, j);
                }
        }
}

/*
 * (C4) room_each: sum(r) w[g,r,j] = X[g,j].
 */
void room_each(struct formulation *f)
{
        for (int g = 0; g < f->n_groups; g++) {
                const struct group *gr = &f->groups[g];

                for (int j = 0; gr->roomed && j < gr->n_slots; j++) {
                        for (int n = 0; n < gr->n_rooms; n++)
                                row_add(f, gr->w[n * gr->n_slots + j], 1);
                        row_add(f, gr->X[j], -1);
                        row_equal(f, 0, "room_each[g%d,%d]", g, j);
                }
        }
}

/*
 * (C5) co_teacher_each: sum(t) o[s,t,j] = x[s,j], and o[s,t,j] + z[g,t,j] <= X[g,j].
 */
void co_teacher_each(struct formulation *f)
{
        for (int s = 0; s < f->pb->n_sections; s++) {
                const struct part *part = &f->parts[s];
                const struct course *c = &f->pb->courses[f->pb->section_course[s]];

                if (part->group < 0 || !c->support.given ||
                        f->pb->section_number[s] > c->support.sections)
                        continue;
                for (int j = 0; j < part->n_slots; j++) {
                        for (int n = 0; n < part->n_co; n++)
                                row_add(f, part->o[n * part->n_slots + j], 1);
                        row_add(f, part->x[j], -1);
                        row_equal(f, 0, "co_teacher_each[s%d,%d]", s, j);
                }
                for (int n = 0; n < part->n_co; n++)
                        for (int j = 0; j < part->n_slots; j++) {
                                const int z = z_of(f, part->group, part->co[n], j);

                                if (!z || !part->o[n * part->n_slots + j])
                                        continue;
                                row_add(f, part->o[n * part->n_slots + j], 1);
                                row_add(f, z, 1);
                                row_add(f, f->groups[part->group].X[j], -1);
                                row_at_most(f, 0, "co_teacher_each[s%d,t%d,%d]", s, part->co[n], j);
                        }
        }
}

/*
 * (C7) room_once: sum(g, j: a in J(j)) w[g,r,j] <= 1.
 */
void room_once(struct formulation *f)
{
        for (int r = 0; r < f->pb->n_rooms; r++)
                for (int a = 0; a < f->pb->n_cells; a++) {
                        for (int g = 0; g < f->n_groups; g++) {
                                const struct group *gr = &f->groups[g];
                                int at = NONE;

                                for (int n = 0; n < gr->n_rooms; n++)
                                        if (gr->rooms[n] == r)
                                                at = n;
                                for (int j = 0; at >= 0 && j < gr->n_slots; j++)
                                        if (slot_takes(&gr->slots[j], a))
                                                row_add(f, gr->w[at * gr->n_slots + j], 1);
                        }
                        row_at_most(f, 1, "room_once[r%d,a%d]", r, a);
                }
}
