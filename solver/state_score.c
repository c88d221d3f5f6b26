/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the score that a state keeps: students, balance, planning. */
#include "solver/state_parts.h"

void tier_add(struct state *st, enum tier t, int64_t delta)
{
        st->score.tier[t] += delta;
        st->energy += delta * st->price.tier[t];
}

static int64_t shortfall_of(const struct state *st, int k)
{
        const struct frame *f = st->f;
        int64_t sum = 0;

        for (int i = f->need_first[k]; i < f->need_first[k + 1]; i++) {
                int64_t rest = f->needs[i].years;
                for (int j = 0; j < f->needs[i].n && rest > 0; j++) {
                        int r = f->need_requests[f->needs[i].first + j];
                        if (st->seat[r] >= 0)
                                rest -= st->pb->courses[st->pb->requests[r].course].years;
                }
                sum += rest > 0 ? rest : 0;
        }
        return sum;
}

bool breaks_cohort(const struct state *st, int r, int s)
{
        const struct problem *pb = st->pb;
        int own, for_whom = st->cohort[s];

        if (!st->f->counted_break[r])
                return false;
        own = pb->students[pb->requests[r].student].cohort;
        if (for_whom == own)
                return false;
        return for_whom < 0 || !pb->cohorts[for_whom].purity_of_pathway ||
               pb->cohorts[for_whom].pathway != pb->cohorts[own].pathway;
}

bool seat_moved(const struct state *st, int r, int s)
{
        const struct problem *pb = st->pb;

        if (!pb->has_previous || pb->request_past[r] < 0)
                return false;
        const struct past_seat *was = &pb->past[pb->request_past[r]];
        return was->cells != section_cells(st, s) || was->teacher != st->teacher[st->f->unit_of[s]];
}

int64_t empty_of(const struct problem *pb, int k, cellset busy)
{
        int64_t sum = 0;
        int owed = pb->students[k].full_day;

        for (int t = 0; owed && t < pb->n_terms; t++) {
                int has = __builtin_popcountll(busy & pb->term_cells[t]);
                sum += owed > has ? owed - has : 0;
        }
        return sum;
}

static void count_student(const struct state *st, int k, struct student_cost *c)
{
        const struct problem *pb = st->pb;
        const struct student *who = &pb->students[k];
        int lost = 0;

        *c = (struct student_cost){0};
        for (int r = who->first_request; r < who->first_request + who->n_requests; r++) {
                const struct request *q = &pb->requests[r];
                int s = st->seat[r];
                if (q->kind == ALTERNATE) {
                        if (s >= 0)
                                c->v[5] -= q->rank < 3 ? 4 - q->rank : 1;
                } else if (s < 0) {
                        lost++;
                        c->v[0] += q->cte;
                        c->v[3] += !q->cte && q->kind == REQUIRED;
                        c->v[5] += 4;
                }
                if (s >= 0) {
                        c->v[1] += breaks_cohort(st, r, s);
                        c->v[7] += seat_moved(st, r, s);
                }
        }
        c->v[2] = shortfall_of(st, k);
        c->v[4] = empty_of(pb, k, st->student_busy[k]);
        c->v[6] = lost > 1 ? lost - 1 : 0;
        for (int i = 0; i < N_STUDENT_TIERS; i++)
                c->energy += c->v[i] * st->price.tier[student_tiers[i]];
}

void cost_set(struct state *st, int k, const struct student_cost *c)
{
        struct student_cost *old = &st->cost[k];

        for (int i = 0; i < N_STUDENT_TIERS; i++)
                if (c->v[i] != old->v[i])
                        st->score.tier[student_tiers[i]] += c->v[i] - old->v[i];
        st->energy += c->energy - old->energy;
        *old = *c;
        if (c->energy > st->floor[k])
                set_add(&st->unsatisfied, k);
        else
                set_drop(&st->unsatisfied, k);
        const struct student_cost *least = &st->f->floor[k];
        if (c->v[0] > least->v[0] || c->v[1] > 0 || c->v[2] > least->v[2] || c->v[3] > least->v[3])
                set_add(&st->urgent, k);
        else
                set_drop(&st->urgent, k);
}

void settle(struct state *st, int k)
{
        struct student_cost c;

        count_student(st, k, &c);
        MEM_GROW(st->saved_cost, st->n_saved_cost, st->cap_saved_cost);
        st->saved_cost[st->n_saved_cost++] = st->cost[k];
        state_trail(st, (struct undo){UNDO_COST, k, 0, 0, 0});
        cost_set(st, k, &c);
        meter_spend(st->meter, 1);
}

void imbalance_set(struct state *st, int course, int64_t value)
{
        tier_add(st, IMBALANCE, value - st->imbalance[course]);
        st->imbalance[course] = value;
}

static int64_t imbalance_of(const struct state *st, int course)
{
        const struct course *c = &st->pb->courses[course];
        int low = 0, high = 0, n = 0;

        for (int s = c->first_section; s < c->first_section + c->sections_max; s++) {
                if (section_start(st, s) < 0 || st->cohort[s] >= 0)
                        continue;
                int e = st->enrol[s];
                low = n == 0 || e < low ? e : low;
                high = n == 0 || e > high ? e : high;
                n++;
        }
        return high - low > 3 ? high - low - 3 : 0;
}

void settle_courses(struct state *st)
{
        while (st->dirty_courses.n) {
                int c = st->dirty_courses.v[st->dirty_courses.n - 1];
                set_drop(&st->dirty_courses, c);
                int64_t now = imbalance_of(st, c);
                if (now == st->imbalance[c])
                        continue;
                MEM_GROW(st->saved_imbalance, st->n_saved_imbalance, st->cap_saved_imbalance);
                st->saved_imbalance[st->n_saved_imbalance++] = st->imbalance[c];
                state_trail(st, (struct undo){UNDO_IMBALANCE, c, 0, 0, 0});
                imbalance_set(st, c, now);
        }
}

/* Planning periods that a team lacks: in each term, periods in which all are there and none
 * teaches. */
int64_t planning_lacks(const struct problem *pb, int pathway, const cellset *busy)
{
        const struct pathway *way = &pb->pathways[pathway];
        cellset common = pb->all_cells;
        int64_t lacks = 0;

        for (int i = 0; i < way->team.n; i++)
                common &= pb->teachers[way->team.v[i]].available & ~busy[way->team.v[i]];
        for (int t = 0; t < pb->n_terms; t++) {
                int has = __builtin_popcountll(common & pb->term_cells[t]);
                lacks += way->common_planning > has ? way->common_planning - has : 0;
        }
        return lacks;
}

static void planning_recount(struct state *st, int p)
{
        int64_t now = planning_lacks(st->pb, p, st->teacher_busy);
        tier_add(st, PLANNING_MISSED, now - st->planning[p]);
        st->planning[p] = now;
}

void planning_init(struct state *st)
{
        for (int p = 0; p < st->pb->n_pathways; p++)
                planning_recount(st, p);
}

void planning_changed(struct state *st, int teacher)
{
        const struct ints *teams = &st->f->teacher_pathways[teacher];
        for (int i = 0; i < teams->n; i++)
                planning_recount(st, teams->v[i]);
}

static int64_t energy_at(const struct prices *p, const struct student_cost *c)
{
        int64_t energy = 0;

        for (int i = 0; i < N_STUDENT_TIERS; i++)
                energy += c->v[i] * p->tier[student_tiers[i]];
        return energy;
}

void state_reprice(struct state *st, const struct prices *p)
{
        st->price = *p;
        st->energy = st->over * p->over + st->least_missing * p->least +
                     st->purity_missing * p->purity + st->locks_missing * p->lock;
        for (int t = 0; t < N_TIERS; t++)
                st->energy += st->score.tier[t] * p->tier[t];
        for (int k = 0; k < st->pb->n_students; k++) {
                st->cost[k].energy = energy_at(p, &st->cost[k]);
                st->floor[k] = energy_at(p, &st->f->floor[k]);
                if (st->cost[k].energy > st->floor[k])
                        set_add(&st->unsatisfied, k);
                else
                        set_drop(&st->unsatisfied, k);
        }
        state_forget(st);
        meter_spend(st->meter, st->pb->n_students / 8);
}
