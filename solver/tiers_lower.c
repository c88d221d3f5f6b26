/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The objectives of the last tiers: balance, surplus, rooms, what moved. */
#include "solver/formulation.h"

/* plain[s] = y[s] - sum(K) q[s,K], times a coefficient, as part of a row. */
static void add_plain(struct formulation *f, int s, double coefficient)
{
        const struct part *part = &f->parts[s];

        row_add_y(f, s, coefficient);
        for (int n = 0; n < part->n_cohorts; n++)
                row_add(f, part->q[n], -coefficient);
}

static void add_enrolment(struct formulation *f, int s, double coefficient)
{
        const struct ints *list = &f->seekers[f->pb->section_course[s]];

        for (int e = 0; e < list->n; e++)
                row_add_u(f, list->v[e], s, coefficient);
}

static void aim_spread(struct formulation *f, int c, int most)
{
        const struct course *it = &f->pb->courses[c];
        const int hi = column_new(f, COL_OTHER, 0, most, "hi[c%d]", c);
        const int lo = column_new(f, COL_OTHER, 0, most, "lo[c%d]", c);
        const int e = column_new(f, COL_OTHER, 0, most, "e[c%d]", c);

        for (int k = 0; k < it->sections_max; k++) {
                const int s = it->first_section + k;

                if (f->parts[s].group < 0)
                        continue;
                add_enrolment(f, s, 1);
                add_plain(f, s, most);
                row_add(f, hi, -1);
                row_at_most(f, most, "imbalance[hi,s%d]", s);
                add_enrolment(f, s, -1);
                add_plain(f, s, most);
                row_add(f, lo, 1);
                row_at_most(f, most, "imbalance[lo,s%d]", s);
        }
        row_add(f, hi, 1);
        row_add(f, lo, -1);
        row_add(f, e, -1);
        row_at_most(f, 3, "imbalance[c%d]", c);
        aim_add(f, e, 1);
}

/*
 * (O11) imbalance: e[c] >= hi - lo - 3; hi >= n(s) - N (1 - plain[s]), lo <= n(s) + N (1 -
 * plain[s]), N the most students of a section: for others the rows ask nothing of 0 <= lo, hi <= N.
 */
void goal_imbalance(struct formulation *f)
{
        for (int c = 0; c < f->pb->n_courses; c++) {
                const struct course *it = &f->pb->courses[c];
                const int seekers = f->seekers[c].n;
                const int most = seekers < it->size_max ? seekers : it->size_max;

                if (it->sections_max > 1 && most > 3)
                        aim_spread(f, c, most);
        }
}

/*
 * (O12) extra_sections: e[c] >= sum(s of c) y[s] - lo(c).
 */
void goal_extra_sections(struct formulation *f)
{
        for (int c = 0; c < f->pb->n_courses; c++) {
                const struct course *it = &f->pb->courses[c];
                const int most = it->sections_max - it->sections_min;
                int e;

                if (most <= 0)
                        continue;
                e = column_new(f, COL_OTHER, 0, most, "extra[c%d]", c);
                for (int k = 0; k < it->sections_max; k++)
                        row_add_y(f, it->first_section + k, 1);
                row_add(f, e, -1);
                row_at_most(f, it->sections_min, "extra_sections[c%d]", c);
                aim_add(f, e, 1);
        }
}

static bool at_home(const struct formulation *f, int s, int t, int room)
{
        const struct course *c = &f->pb->courses[f->pb->section_course[s]];

        return f->pb->teachers[t].home == room && ints_has(&f->pb->rooms[room].types, c->room_type);
}

/* sum(t at home in r) z[s,t] - w[s,r] within slot j; whether anybody is. */
static bool add_absent(struct formulation *f, int s, int r, int j)
{
        const struct group *gr = &f->groups[f->parts[s].group];
        bool any = false;

        for (int n = 0; n < gr->n_crew; n++)
                if (gr->z[n * gr->n_slots + j] && at_home(f, s, gr->crew[n], r)) {
                        row_add(f, gr->z[n * gr->n_slots + j], 1);
                        any = true;
                }
        for (int n = 0; any && n < gr->n_rooms; n++)
                if (gr->rooms[n] == r)
                        row_add(f, gr->w[n * gr->n_slots + j], -1);
        return any;
}

/* Of a stack a section that is not placed is not away: then the group's own slot is discounted. */
static void aim_away(struct formulation *f, int s)
{
        const struct part *part = &f->parts[s];
        const struct group *gr = &f->groups[part->group];
        const int b = column_new(f, COL_OTHER, 0, 1, "b[s%d]", s);

        for (int j = 0; j < gr->n_slots; j++) {
                if (!part->x[j])
                        continue;
                for (int r = 0; r < f->pb->n_rooms; r++) {
                        if (!add_absent(f, s, r, j))
                                continue;
                        row_add(f, part->x[j], 1);
                        row_add(f, gr->X[j], -1);
                        row_add(f, b, -1);
                        row_at_most(f, 0, "away[s%d,r%d,%d]", s, r, j);
                }
        }
        aim_add(f, b, 1);
}

/*
 * (O13) away: b[s] >= sum(t at home in h) z[s,t] - w[s,h], slot by slot.
 */
void goal_away(struct formulation *f)
{
        for (int s = 0; s < f->pb->n_sections; s++)
                if (f->parts[s].group >= 0 && f->groups[f->parts[s].group].roomed &&
                        f->groups[f->parts[s].group].staffed)
                        aim_away(f, s);
}

/* b[i,s] >= u[i,s] - sum(j with the old cells) v[i,s,j], and by teacher. */
static void aim_moved(struct formulation *f, int i, int s, const struct past_seat *past)
{
        const struct part *part = &f->parts[s];
        const struct group *gr = &f->groups[part->group];
        const int b = column_new(f, COL_OTHER, 0, 1, "moved[i%d,s%d]", i, s);

        row_add_u(f, i, s, 1);
        for (int j = 0; j < gr->n_slots; j++)
                if (past->cells == gr->slots[j].cells)
                        row_add(f, v_of(f, i, s, j), -1);
        row_add(f, b, -1);
        row_at_most(f, 0, "moved[cells,i%d,s%d]", i, s);
        if (gr->staffed || past->teacher != NONE) {
                row_add_u(f, i, s, 1);
                for (int j = 0; past->teacher >= 0 && j < gr->n_slots; j++)
                        row_add(f, z_of(f, part->group, past->teacher, j), -1);
                row_add(f, b, -1);
                row_at_most(f, 0, "moved[teacher,i%d,s%d]", i, s);
        }
        aim_add(f, b, 1);
}

/*
 * (O14) moved: seats of `previous` whose cells or teacher differ.
 */
void goal_moved(struct formulation *f)
{
        const struct problem *pb = f->pb;

        for (int i = 0; i < pb->n_requests; i++) {
                const struct course *c = &pb->courses[pb->requests[i].course];

                if (pb->request_past[i] < 0 || f->rank_in_course[i] < 0)
                        continue;
                for (int k = 0; k < c->sections_max; k++)
                        if (f->parts[c->first_section + k].group >= 0)
                                aim_moved(
                                        f, i, c->first_section + k, &pb->past[pb->request_past[i]]);
        }
}
