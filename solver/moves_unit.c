/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves of units: places, staff, reservations. */
#include "solver/moves.h"
#include "solver/put.h"
#include "solver/reseat.h"
#include <math.h>

enum { DEPTH = 3, OTHERS = 4, MANY_REQUESTS = 150 };

static int random_bit(struct state *st, cellset set)
{
        int skip = draw(st, __builtin_popcountll(set));

        while (skip-- > 0)
                set &= set - 1;
        return __builtin_ctzll(set);
}

/* A placed unit in the way of somebody's unmet request: one of the course asked for, or one he sits
 * in. */
static int unit_in_the_way(struct state *st)
{
        const struct problem *pb = st->pb;
        if (!st->unsatisfied.n)
                return NONE;
        const struct student *who = &pb->students[draw_unsatisfied(st)];
        if (!who->n_requests)
                return NONE;
        bool asked = draw(st, 2);
        for (int i = 0; i < 8; i++) {
                int r = who->first_request + draw(st, who->n_requests);
                int s = st->seat[r];
                if (asked && s < 0 && pb->requests[r].kind != ALTERNATE &&
                        pb->requests[r].admitted) {
                        const struct course *c = &pb->courses[pb->requests[r].course];
                        if (c->sections_max > 0)
                                s = c->first_section + draw(st, c->sections_max);
                } else if (asked) {
                        continue;
                }
                if (s >= 0 && section_start(st, s) >= 0)
                        return st->f->unit_of[s];
        }
        return NONE;
}

static int any_placed(struct state *st)
{
        for (int i = 0; i < 8 && st->f->n_units; i++) {
                int u = draw(st, st->f->n_units);
                if (st->start[u] >= 0)
                        return u;
        }
        return NONE;
}

int unit_to_move(struct state *st)
{
        int unit = draw(st, 2) ? unit_in_the_way(st) : NONE;

        if (st->crowded.n && draw(st, 4) == 0)
                unit = st->f->unit_of[st->crowded.v[draw(st, st->crowded.n)]];
        return unit < 0 ? any_placed(st) : unit;
}

/*
 * What it would cost, roughly and in electives, to have unit u at start q, unit v leaving it:
 * students who have something else there, less those who miss the course and are free. A clash
 * between two courses with a section each is a loss for sure; others may find a way.
 */
static double guess(struct state *st, int u, int q, int v)
{
        const struct problem *pb = st->pb;
        const struct unit *unit = &st->f->units[u];
        const struct course *c = &pb->courses[unit->course];
        cellset to = c->start_cells[q], cells = to & ~c->start_cells[st->start[u]];
        bool several = st->placed[unit->course] > 1;
        double cost = 0;
        int n = 0;

        for (int i = 0; i < unit->n; i++) {
                const int *list = st->list + st->list_at[unit->sections[i]];
                for (int j = 0; j < st->enrol[unit->sections[i]]; j++) {
                        int k = pb->requests[list[j]].student;
                        cellset m = st->student_busy[k] & cells;
                        if (!m)
                                continue;
                        int d = st->student_cell[k * pb->n_cells + __builtin_ctzll(m)];
                        if (st->f->unit_of[d] == v)
                                continue;
                        cost += several || st->placed[pb->section_course[d]] > 1 ? 0.3 : 1.0;
                }
        }
        int at = st->course_request_at[unit->course];
        int end = st->course_request_at[unit->course + 1];
        if (end - at > MANY_REQUESTS)
                return cost;
        for (int i = at; i < end; i++) {
                int r = st->course_requests[i], k = pb->requests[r].student;
                if (st->seat[r] >= 0 || pb->requests[r].kind == ALTERNATE ||
                        !pb->requests[r].admitted)
                        continue;
                cellset m = st->student_busy[k] & to;
                n += !m ||
                     st->f->unit_of[st->student_cell[k * pb->n_cells + __builtin_ctzll(m)]] == v;
        }
        meter_spend(st->meter, 1);
        return cost - (several ? 0.3 : 1.0) * n;
}

static bool same_shape(const struct state *st, int u, int v)
{
        const struct course *a = &st->pb->courses[st->f->units[u].course];
        const struct course *b = &st->pb->courses[st->f->units[v].course];

        return a->periods == b->periods && a->terms == b->terms;
}

/* The same with the unit that the teacher has there, or that holds the only room, changing places
 * with it. */
static double guess_exchange(struct state *st, int u, int q)
{
        const struct unit *unit = &st->f->units[u];
        int first = __builtin_ctzll(st->pb->courses[unit->course].start_cells[q]);
        int v = NONE, p = st->start[u];

        if (st->teacher[u] >= 0)
                v = st->teacher_cell[st->teacher[u] * st->pb->n_cells + first];
        if (v < 0 && st->room[u] >= 0 && unit->rooms.n == 1)
                v = st->room_cell[st->room[u] * st->pb->n_cells + first];
        if (v < 0 || v == u)
                return guess(st, u, q, NONE);
        if (!same_shape(st, u, v) || !(st->f->units[v].starts >> p & 1) || st->start[v] != q)
                return guess(st, u, q, NONE) + 1;
        return guess(st, u, q, v) + guess(st, v, p, u);
}

/* A start drawn with odds that fall with the guessed cost (a heat bath; Gumbel's trick); -1:
 * hopeless. */
static int draw_start(struct state *st, int unit, int64_t temperature, double most)
{
        cellset starts = st->f->units[unit].starts & ~((cellset)1 << st->start[unit]);
        double t = (double)temperature / PRICE_OF_ELECTIVE, best_key = 0, best_cost = 0;
        int best = NONE;

        for (cellset m = starts; m; m &= m - 1) {
                int q = __builtin_ctzll(m);
                double u = (double)((state_random(st) >> 11) + 1) * 0x1p-53;
                double cost = guess_exchange(st, unit, q);
                double key = cost + t * log(-log(u * 0.999999999));
                if (best < 0 || key < best_key) {
                        best = q;
                        best_key = key;
                        best_cost = cost;
                }
        }
        return best >= 0 && 0.7 * best_cost <= most + 2 ? best : NONE;
}

bool move_unit(struct state *st, int64_t temperature)
{
        int unit = unit_to_move(st);

        meter_spend(st->meter, 1);
        if (unit < 0)
                return false;
        int64_t limit = move_limit(st, temperature);
        int start =
                draw_start(st, unit, temperature, (double)(limit - st->energy) / PRICE_OF_ELECTIVE);
        if (start < 0)
                return false;
        int mark = change_begin(st);
        return change_finish(st, mark, limit, change_bundle(st, unit, start, DEPTH), OTHERS);
}

bool move_swap(struct state *st, int64_t temperature)
{
        int a = unit_in_the_way(st);
        if (a < 0)
                a = any_placed(st);
        meter_spend(st->meter, 1);
        if (a < 0)
                return false;
        /* A partner of the same teacher half of the time, else any. */
        int b = NONE;
        if (st->teacher[a] >= 0 && st->teacher_busy[st->teacher[a]] && draw(st, 2))
                b = st->teacher_cell[st->teacher[a] * st->pb->n_cells +
                                     random_bit(st, st->teacher_busy[st->teacher[a]])];
        else
                b = any_placed(st);
        if (b < 0 || a == b || st->start[a] == st->start[b] ||
                !(st->f->units[a].starts >> st->start[b] & 1) ||
                !(st->f->units[b].starts >> st->start[a] & 1) ||
                st->f->bundles[st->f->units[a].bundle].n > 1 ||
                st->f->bundles[st->f->units[b].bundle].n > 1)
                return false;
        int64_t limit = move_limit(st, temperature);
        int mark = change_begin(st), sa = st->start[a], sb = st->start[b];
        int ta = st->teacher[a], tb = st->teacher[b];
        change_lift(st, a);
        change_lift(st, b);
        bool stands = change_put(st, a, sb, ta, sa, 1);
        if (stands && st->start[b] < 0)
                stands = change_put(st, b, sa, tb, sb, 1);
        return change_finish(st, mark, limit, stands, OTHERS);
}

/* Lift two units that meet at the same time and put them back with each other's teachers; or one
 * with another start's. */
static bool exchange_teachers(struct state *st, int a, int64_t limit)
{
        int b = any_placed(st);

        if (b < 0 || a == b || st->teacher[a] < 0 || st->teacher[b] < 0 ||
                st->teacher[a] == st->teacher[b] ||
                !ints_has(&st->f->units[a].teachers, st->teacher[b]) ||
                !ints_has(&st->f->units[b].teachers, st->teacher[a]))
                return false;
        int mark = change_begin(st), sa = st->start[a], sb = st->start[b];
        int ta = st->teacher[a], tb = st->teacher[b];
        change_lift(st, a);
        change_lift(st, b);
        bool stands = change_put(st, a, sa, tb, NONE, 1) &&
                      (st->start[b] >= 0 || change_put(st, b, sb, ta, NONE, 1));
        return change_finish(st, mark, limit, stands, 0);
}

static bool other_room(struct state *st, int unit, int64_t limit)
{
        const struct ints *able = &st->f->units[unit].rooms;
        int t = st->teacher[unit], home = t >= 0 ? st->pb->teachers[t].home : NONE;

        if (able->n < 2)
                return false;
        int room = home >= 0 && home != st->room[unit] && ints_has(able, home)
                           ? home
                           : able->v[draw(st, able->n)];
        if (room == st->room[unit])
                return false;
        /* Lift the units that hold it in these cells and put them where this one was. */
        cellset cells = st->pb->courses[st->f->units[unit].course].start_cells[st->start[unit]];
        int mark = change_begin(st), was = st->room[unit], n = 0, in_way[MAX_CELLS];
        if (cells & ~st->pb->rooms[room].available)
                return false;
        for (cellset m = cells; m; m &= m - 1) {
                int v = st->room_cell[room * st->pb->n_cells + __builtin_ctzll(m)];
                if (v >= 0 && (n == 0 || in_way[n - 1] != v))
                        in_way[n++] = v;
        }
        unit_set(st, unit, st->start[unit], t, NONE);
        bool stands = true;
        for (int i = 0; stands && i < n; i++) {
                int v = in_way[i];
                stands = ints_has(&st->f->units[v].rooms, was) && unit_room_free(st, was, v);
                if (stands)
                        unit_set(st, v, st->start[v], st->teacher[v], was);
        }
        stands = stands && unit_room_free(st, room, unit);
        if (stands)
                unit_set(st, unit, st->start[unit], t, room);
        return change_finish(st, mark, limit, stands, 0);
}

bool move_staff(struct state *st, int64_t temperature)
{
        int unit = any_placed(st);
        meter_spend(st->meter, 1);
        if (unit < 0)
                return false;
        int64_t limit = move_limit(st, temperature);
        if (st->room[unit] >= 0 && draw(st, 2))
                return other_room(st, unit, limit);
        if (draw(st, 2))
                return exchange_teachers(st, unit, limit);
        const struct ints *able = &st->f->units[unit].teachers;
        if (st->teacher[unit] < 0 || able->n < 2)
                return false;
        int t = able->v[draw(st, able->n)], start = st->start[unit];
        if (t == st->teacher[unit])
                return false;
        int mark = change_begin(st);
        change_lift(st, unit);
        return change_finish(st, mark, limit, change_put(st, unit, start, t, NONE, 1), 0);
}

bool move_cohort(struct state *st, int64_t temperature)
{
        const struct problem *pb = st->pb;
        meter_spend(st->meter, 1);
        if (!pb->n_cohorts)
                return false;
        int h = draw(st, pb->n_cohorts);
        if (st->unsatisfied.n && draw(st, 4)) {
                int k = draw_unsatisfied(st);
                h = pb->students[k].cohort >= 0 ? pb->students[k].cohort : h;
        }
        if (!pb->cohorts[h].courses.n)
                return false;
        const struct course *c =
                &pb->courses[pb->cohorts[h].courses.v[draw(st, pb->cohorts[h].courses.n)]];
        if (!c->sections_max)
                return false;
        int s = c->first_section + draw(st, c->sections_max);
        if (section_start(st, s) < 0 || st->f->locked_cohort[s] != COHORT_NOT_LOCKED)
                return false;
        int to = st->cohort[s] == h ? NONE : h;
        if (to >= 0 && st->cohort[s] >= 0 && draw(st, 2))
                to = NONE;
        int64_t limit = move_limit(st, temperature);
        int mark = change_begin(st);
        change_empty(st, s);
        cohort_set(st, s, to);
        return change_finish(st, mark, limit, true, 2 * OTHERS);
}

bool move_missing(struct state *st, int64_t temperature)
{
        meter_spend(st->meter, 1);
        if (!st->unplaced.n)
                return false;
        int unit = st->unplaced.v[draw(st, st->unplaced.n)];
        if (!st->f->units[unit].starts)
                return false;
        int64_t limit = move_limit(st, temperature);
        int mark = change_begin(st);
        bool stands =
                change_put(st, unit, random_bit(st, st->f->units[unit].starts), NONE, NONE, DEPTH);
        return change_finish(st, mark, limit, stands, 3 * OTHERS);
}

bool move_spare(struct state *st, int64_t temperature)
{
        int unit = any_placed(st);
        meter_spend(st->meter, 1);
        if (unit < 0 || st->f->units[unit].must)
                return false;
        const struct unit *u = &st->f->units[unit];
        bool spare = st->unit_enrol[unit] < u->least;
        for (int i = 0; i < u->n; i++) {
                int c = st->pb->section_course[u->sections[i]];
                spare |= st->placed[c] > st->pb->courses[c].sections_min;
        }
        if (!spare)
                return false;
        int64_t limit = move_limit(st, temperature);
        int mark = change_begin(st);
        change_lift(st, unit);
        return change_finish(st, mark, limit, true, OTHERS);
}
