/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/state.h"
#include "solver/put.h"
#include "solver/reseat.h"
#include "solver/state_parts.h"
#include <string.h>

uint64_t state_random(struct state *st)
{
        /* splitmix64: Steele, Lea, Flood, Fast splittable pseudorandom number generators, OOPSLA
         * 2014. */
        uint64_t z = (st->rng += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
}

static void set_init(struct set *set, int n)
{
        set->v = mem_zero((size_t)n + 1, sizeof(int));
        set->at = mem_alloc(((size_t)n + 1) * sizeof(int));
        for (int i = 0; i <= n; i++)
                set->at[i] = NONE;
}

void set_add(struct set *set, int x)
{
        if (set->at[x] >= 0)
                return;
        set->at[x] = set->n;
        set->v[set->n++] = x;
}

void set_drop(struct set *set, int x)
{
        int i = set->at[x];
        if (i < 0)
                return;
        set->v[i] = set->v[--set->n];
        set->at[set->v[i]] = i;
        set->at[x] = NONE;
}

int draw_unsatisfied(struct state *st)
{
        const struct set *from = st->urgent.n && draw(st, 2) ? &st->urgent : &st->unsatisfied;

        return from->n ? from->v[draw(st, from->n)] : NONE;
}

static int *filled(int n, int value)
{
        int *v = mem_alloc(((size_t)n + 1) * sizeof *v);
        for (int i = 0; i <= n; i++)
                v[i] = value;
        return v;
}

static void requests_by_course(struct state *st)
{
        const struct problem *pb = st->pb;
        int *at = st->course_request_at = filled(pb->n_courses + 1, 0);

        st->course_requests = filled(pb->n_requests, 0);
        for (int r = 0; r < pb->n_requests; r++)
                at[pb->requests[r].course + 1]++;
        for (int c = 0; c < pb->n_courses; c++)
                at[c + 1] += at[c];
        int *next = mem_copy(at, ((size_t)pb->n_courses + 1) * sizeof *at);
        for (int r = 0; r < pb->n_requests; r++)
                st->course_requests[next[pb->requests[r].course]++] = r;
        mem_free(next);
}

static void section_lists(struct state *st)
{
        const struct problem *pb = st->pb;
        int total = 0;

        st->list_at = filled(pb->n_sections + 1, 0);
        for (int s = 0; s < pb->n_sections; s++) {
                const struct course *c = &pb->courses[pb->section_course[s]];
                st->list_at[s] = total;
                total += c->n_requests;
        }
        st->list_at[pb->n_sections] = total;
        st->list = filled(total, NONE);
}

static void start_score(struct state *st)
{
        const struct problem *pb = st->pb;

        st->energy = 0;
        for (int c = 0; c < pb->n_courses; c++) {
                enum tier t = pb->courses[c].pathway >= 0 ? CTE_UNPLACED : UNPLACED;
                st->score.tier[t] += pb->courses[c].sections_min;
        }
        for (int p = 0; p < pb->n_pathways; p++)
                st->planning[p] = 0;
        for (int t = 0; t < N_TIERS; t++)
                st->energy += st->price.tier[t] * st->score.tier[t];
        for (int u = 0; u < st->f->n_units; u++)
                st->locks_missing += st->f->units[u].must;
        for (int r = 0; r < pb->n_requests; r++)
                st->locks_missing += st->f->locked_seat[r] >= 0;
        st->energy += st->locks_missing * st->price.lock;
        for (int k = 0; k < pb->n_students; k++)
                settle(st, k);
        state_forget(st);
}

struct state *state_new(const struct frame *f, uint64_t seed, struct meter *meter)
{
        const struct problem *pb = f->pb;
        struct state *st = mem_zero(1, sizeof *st);
        size_t sections = (size_t)pb->n_sections + 1;

        st->f = f;
        st->pb = pb;
        st->meter = meter;
        st->price = prices_at(pb, 1, 1);
        st->rng = seed * 0x9e3779b97f4a7c15u + 0x1234567;
        st->start = filled(f->n_units, NONE);
        st->teacher = filled(f->n_units, NONE);
        st->room = filled(f->n_units, NONE);
        st->co = filled(pb->n_sections, NONE);
        st->cohort = filled(pb->n_sections, NONE);
        st->seat = filled(pb->n_requests, NONE);
        st->slot = filled(pb->n_requests, NONE);
        section_lists(st);
        st->enrol = filled(pb->n_sections, 0);
        st->seats = filled(pb->n_sections, 0);
        for (int t = 0; t < pb->n_teachers; t++)
                st->has_contacts |= pb->teachers[t].limits.contacts >= 0;
        st->members = filled(pb->n_sections, 0);
        st->unit_enrol = filled(f->n_units, 0);
        st->teacher_busy = mem_zero((size_t)pb->n_teachers + 1, sizeof(cellset));
        st->teacher_load = mem_zero((size_t)pb->n_teachers + 1, sizeof(cellset));
        st->room_busy = mem_zero((size_t)pb->n_rooms + 1, sizeof(cellset));
        st->student_busy = mem_zero((size_t)pb->n_students + 1, sizeof(cellset));
        st->student_block = mem_zero((size_t)pb->n_students + 1, sizeof(cellset));
        st->student_cell = filled(pb->n_students * pb->n_cells, NONE);
        st->teacher_cell = filled(pb->n_teachers * pb->n_cells, NONE);
        st->room_cell = filled(pb->n_rooms * pb->n_cells, NONE);
        st->contacts = filled(pb->n_teachers * pb->n_terms, 0);
        st->separate_total = filled(f->n_separate * pb->n_cells, 0);
        st->separate_own = filled(f->n_separate * pb->n_cells * pb->n_courses, 0);
        st->flag_count = filled(pb->n_sections * f->n_flag_rules, 0);
        st->strand = mem_zero(sections * (size_t)(f->strand_width + 1), sizeof *st->strand);
        st->placed = filled(pb->n_courses, 0);
        st->imbalance = mem_zero((size_t)pb->n_courses + 1, sizeof(int64_t));
        st->planning = mem_zero((size_t)pb->n_pathways + 1, sizeof(int64_t));
        st->cost = mem_zero((size_t)pb->n_students + 1, sizeof *st->cost);
        st->floor = mem_zero((size_t)pb->n_students + 1, sizeof(int64_t));
        set_init(&st->unsatisfied, pb->n_students);
        set_init(&st->urgent, pb->n_students);
        set_init(&st->unplaced, f->n_units);
        set_init(&st->crowded, pb->n_sections);
        set_init(&st->dirty_courses, pb->n_courses);
        requests_by_course(st);
        st->reseat = reseat_new(pb);
        st->change = change_new(f);
        for (int u = 0; u < f->n_units; u++)
                set_add(&st->unplaced, u);
        start_score(st);
        planning_init(st);
        state_reprice(st, &st->price);
        return st;
}

void state_free(struct state *st)
{
        if (!st)
                return;
        void *parts[] = {st->start, st->teacher, st->room, st->co, st->cohort, st->seat, st->slot,
                st->list, st->list_at, st->enrol, st->seats, st->members, st->unit_enrol,
                st->teacher_busy, st->teacher_load, st->room_busy, st->student_busy,
                st->student_block, st->teacher_cell, st->room_cell, st->contacts,
                st->separate_total, st->separate_own, st->flag_count, st->strand, st->placed,
                st->imbalance, st->planning, st->cost, st->floor, st->unsatisfied.v,
                st->unsatisfied.at, st->urgent.v, st->urgent.at, st->unplaced.v, st->unplaced.at,
                st->crowded.v, st->crowded.at, st->dirty_courses.v, st->dirty_courses.at, st->trail,
                st->saved_cost, st->saved_imbalance, st->course_request_at, st->course_requests,
                st->student_cell};
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
                mem_free(parts[i]);
        reseat_free(st->reseat);
        change_free(st->change);
        mem_free(st);
}

static bool is_locked(const struct problem *pb, int s)
{
        for (int i = 0; i < pb->n_locks; i++)
                if (pb->locks[i].course == pb->section_course[s] &&
                        pb->locks[i].section == pb->section_number[s] && !pb->locks[i].kept)
                        return true;
        return false;
}

void state_save(const struct state *st, struct schedule *sc)
{
        const struct problem *pb = st->pb;

        for (int s = 0; s < pb->n_sections; s++) {
                int u = st->f->unit_of[s];
                bool runs = u >= 0 && st->start[u] >= 0;
                sc->start[s] = runs ? st->start[u] : NONE;
                sc->teacher[s] = runs ? st->teacher[u] : NONE;
                sc->room[s] = runs ? st->room[u] : NONE;
                sc->co_teacher[s] = runs ? st->co[s] : NONE;
                sc->cohort[s] = runs ? st->cohort[s] : NONE;
                /* Of a stack, those that nobody takes do not run (H9). */
                if (runs && st->f->units[u].n > 1 && st->enrol[s] == 0 &&
                        section_course(st, s)->size_min > 0 && !is_locked(pb, s))
                        sc->start[s] = sc->teacher[s] = sc->room[s] = sc->co_teacher[s] =
                                sc->cohort[s] = NONE;
        }
        memcpy(sc->seat, st->seat, (size_t)pb->n_requests * sizeof(int));
}

void state_load(struct state *st, const struct schedule *sc)
{
        const struct problem *pb = st->pb;

        for (int r = 0; r < pb->n_requests; r++)
                if (st->seat[r] >= 0)
                        seat_set(st, r, NONE);
        for (int u = 0; u < st->f->n_units; u++)
                if (st->start[u] >= 0)
                        unit_set(st, u, NONE, NONE, NONE);
        for (int s = 0; s < pb->n_sections; s++) {
                co_set(st, s, NONE);
                cohort_set(st, s, sc->start[s] >= 0 ? sc->cohort[s] : st->cohort[s]);
        }
        for (int s = 0; s < pb->n_sections; s++) {
                int u = st->f->unit_of[s];
                if (u < 0 || sc->start[s] < 0)
                        continue;
                co_set(st, s, sc->co_teacher[s]);
                if (st->start[u] < 0)
                        unit_set(st, u, sc->start[s], sc->teacher[s], sc->room[s]);
        }
        for (int r = 0; r < pb->n_requests; r++)
                if (sc->seat[r] >= 0 && section_start(st, sc->seat[r]) >= 0)
                        seat_set(st, r, sc->seat[r]);
        for (int k = 0; k < pb->n_students; k++)
                settle(st, k);
        settle_courses(st);
        state_forget(st);
}

/* The trail. */

static void trail_push(struct state *st, struct undo u)
{
        MEM_GROW(st->trail, st->n_trail, st->cap_trail);
        st->trail[st->n_trail++] = u;
}

void state_trail(struct state *st, struct undo u)
{
        trail_push(st, u);
}

int state_mark(const struct state *st)
{
        return st->n_trail;
}

void state_forget(struct state *st)
{
        st->n_trail = st->n_saved_cost = st->n_saved_imbalance = 0;
}

static void undo_one(struct state *st, const struct undo *u)
{
        switch (u->what) {
        case UNDO_UNIT:
                unit_set(st, u->a, u->b, u->c, u->d);
                break;
        case UNDO_CO:
                co_set(st, u->a, u->b);
                break;
        case UNDO_COHORT:
                cohort_set(st, u->a, u->b);
                break;
        case UNDO_SEAT:
                seat_set(st, u->a, u->b);
                break;
        case UNDO_COST:
                cost_set(st, u->a, &st->saved_cost[--st->n_saved_cost]);
                break;
        case UNDO_IMBALANCE:
                imbalance_set(st, u->a, st->saved_imbalance[--st->n_saved_imbalance]);
                break;
        }
}

void state_undo(struct state *st, int mark)
{
        int end = st->n_trail;

        while (end > mark) {
                struct undo u = st->trail[--end];
                undo_one(st, &u);
                st->n_trail = end; /* what the primitive wrote is not wanted */
        }
}
