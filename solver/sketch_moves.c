/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Moves of the sketch: units start elsewhere or change teachers. Whether a move can stand is asked
 * before anything is changed, as most do not.
 */
#include "solver/sketch_parts.h"
#include <math.h>

enum { STAFF_SLACK = 0, WISHES = 4, EASE = 3 };

static void move_begin(struct sketch *sk)
{
        sk->n_was = sk->n_was_seat = sk->n_changed = sk->n_displaced = sk->n_again = 0;
        sk->stamp++;
}

static bool note(struct sketch *sk, int student)
{
        const struct student *who = &sk->pb->students[student];

        if (sk->stamp_of[student] == sk->stamp)
                return false;
        sk->stamp_of[student] = sk->stamp;
        MEM_GROW(sk->was, sk->n_was, sk->cap_was);
        sk->was[sk->n_was++] = (struct sketch_student){student, sk->n_was_seat};
        for (int i = 0; i < who->n_requests; i++) {
                MEM_GROW(sk->was_seat, sk->n_was_seat, sk->cap_was_seat);
                sk->was_seat[sk->n_was_seat++] = sk->seat[who->first_request + i];
        }
        return true;
}

/* Everybody out of a unit that is about to start elsewhere. */
static void empty(struct sketch *sk, int unit)
{
        const struct unit *u = &sk->f->units[unit];

        for (int i = 0; i < u->n; i++) {
                int s = u->sections[i];
                while (sk->enrol[s] > 0) {
                        int r = sk->list[sk->list_at[s] + sk->enrol[s] - 1];
                        note(sk, sk->pb->requests[r].student);
                        sketch_leave(sk, r);
                        MEM_GROW(sk->displaced, sk->n_displaced, sk->cap_displaced);
                        sk->displaced[sk->n_displaced++] = (struct was){r, s};
                }
        }
}

static void staff_back(struct sketch *sk)
{
        sketch_teachers_undo(sk->staff);
        sketch_count_staff(sk);
}

static void take_back(struct sketch *sk)
{
        for (int i = 0; i < sk->n_was; i++) {
                const struct student *who = &sk->pb->students[sk->was[i].student];
                for (int j = 0; j < who->n_requests; j++)
                        sketch_leave(sk, who->first_request + j);
        }
        for (int i = sk->n_changed; i-- > 0;)
                sketch_set_start(sk, sk->changed[i].unit, sk->changed[i].start);
        staff_back(sk);
        for (int i = 0; i < sk->n_was; i++) {
                const struct student *who = &sk->pb->students[sk->was[i].student];
                for (int j = 0; j < who->n_requests; j++) {
                        int s = sk->was_seat[sk->was[i].first_seat + j];
                        if (s >= 0)
                                sketch_take(sk, who->first_request + j, s);
                }
        }
}

/* Asked to choose anew, who loses at least so much unless he wins what he misses. */
static void again(struct sketch *sk, int student, int request, int64_t sure)
{
        int at = sk->again_at[student];
        int64_t change = sure - sk->cost[student];

        if (at < sk->n_again && sk->again[at].student == student) {
                if (change > sk->again[at].change)
                        sk->again[at].change = change;
                return;
        }
        MEM_GROW(sk->again, sk->n_again, sk->cap_again);
        sk->again_at[student] = sk->n_again;
        sk->again[sk->n_again++] = (struct sketch_again){student, request, change};
}

/* Back into the section, now elsewhere, whoever is free then. */
static void follow(struct sketch *sk)
{
        for (int i = 0; i < sk->n_displaced; i++) {
                int r = sk->displaced[i].request, s = sk->displaced[i].section;
                int k = sk->pb->requests[r].student;
                if (!(sk->cells[s] & sk->block[k]) && !(sk->section_block[s] & sk->busy[k]))
                        sketch_take(sk, r, s);
        }
}

static bool sits_in(const struct sketch *sk, int student, int unit)
{
        const struct student *who = &sk->pb->students[student];

        for (int r = who->first_request; r < who->first_request + who->n_requests; r++)
                if (sk->seat[r] >= 0 && sk->f->unit_of[sk->seat[r]] == unit)
                        return true;
        return false;
}

/*
 * Those of the unit who have something else at its new time. One who has a class there that no
 * other section could replace, and nowhere else to go with this one, loses an elective at least.
 * unit2 changes places with this one; or NONE.
 */
static void ask_displaced(struct sketch *sk, const struct sketch_unit *to, int unit2)
{
        const struct unit *u = &sk->f->units[to->unit];
        const struct course *c = &sk->pb->courses[u->course];
        int start = sk->start[to->unit];
        cellset old = c->start_cells[start], new = c->start_cells[to->start] & ~old;

        for (int i = 0; i < u->n; i++) {
                const int *list = sk->list + sk->list_at[u->sections[i]];
                for (int j = 0; j < sk->enrol[u->sections[i]]; j++) {
                        int r = list[j], k = sk->pb->requests[r].student;
                        cellset firm = sk->firm[k] & ~old;
                        if (!(sk->busy[k] & new) && sk->f->student_plain[k])
                                continue;
                        bool sure = (firm & new) && !sketch_least_leaves(sk, r, firm, start) &&
                                    (unit2 < 0 || !sits_in(sk, k, unit2));
                        again(sk, k, r, sure ? PRICE_OF_ELECTIVE : 0);
                }
                meter_spend(sk->meter, 1 + sk->enrol[u->sections[i]] / 16);
        }
}

/*
 * Up to WISHES who miss the unit's courses and may have a chance now: not those who would have to
 * give up another that they can have nowhere else. unit2 as above.
 */
static void ask_lacking(struct sketch *sk, const struct sketch_unit *to, int unit2)
{
        const struct unit *u = &sk->f->units[to->unit];
        const struct state *st = sk->st;

        for (int i = 0; i < u->n; i++) {
                int c = sk->pb->section_course[u->sections[i]], got = 0;
                int at = st->course_request_at[c], n = st->course_request_at[c + 1] - at;
                int from = n ? draw(sk->st, n) : 0;
                if (!sk->missed[c])
                        continue;
                for (int j = 0; j < n && got < WISHES; j++) {
                        int r = st->course_requests[at + (from + j) % n];
                        int k = sk->pb->requests[r].student;
                        if (sk->seat[r] >= 0 || !sk->weight[r])
                                continue;
                        if (sk->weight[r] <= PRICE_OF_ELECTIVE &&
                                (sk->firm[k] & sk->pb->courses[c].start_cells[to->start]) &&
                                (unit2 < 0 || !sits_in(sk, k, unit2)))
                                continue;
                        again(sk, k, NONE, 0);
                        got++;
                }
        }
}

/* What his seats in units that start elsewhere now weigh; *only: the one there is, or NONE. */
static int64_t displaced_weight(const struct sketch *sk, const struct sketch_again *a, int *only)
{
        const struct student *who = &sk->pb->students[a->student];
        int64_t weight = 0;
        int n = 0;

        *only = a->request;
        if (sk->n_changed == 1)
                return a->request < 0 ? 0 : sk->weight[a->request];
        for (int r = who->first_request; r < who->first_request + who->n_requests; r++) {
                int u = sk->seat[r] < 0 ? NONE : sk->f->unit_of[sk->seat[r]];
                for (int i = 0; u >= 0 && i < sk->n_changed; i++) {
                        if (sk->changed[i].unit != u || sk->changed[i].start == sk->start[u])
                                continue;
                        *only = n++ ? NONE : r;
                        weight += sk->weight[r];
                }
        }
        return weight;
}

/* What his choosing anew changes in the energy; at worst he gives up what moved away from him. */
static int64_t change_for(struct sketch *sk, const struct sketch_again *a)
{
        int only, k = a->student;
        int64_t weight = displaced_weight(sk, a, &only), own = sketch_own(sk, k), change;

        if (only >= 0 && !sk->cost[k] && sketch_sidestep(sk, k, only, &change))
                return change;
        return sketch_choose(sk, k, own + weight) - own;
}

/* Nothing to lose: with what moved away from him he can go elsewhere beside all he has. */
static bool goes_elsewhere(const struct sketch *sk, const struct sketch_again *a)
{
        const struct sketch_unit *was = &sk->changed[0];
        const struct course *c = &sk->pb->courses[sk->f->units[was->unit].course];

        return sk->n_changed == 1 && a->request >= 0 && !sk->cost[a->student] &&
               sk->f->student_plain[a->student] &&
               sketch_least_leaves(
                       sk, a->request, sk->busy[a->student] & ~c->start_cells[was->start], NONE);
}

/*
 * Units stand at their new starts, students sit as before: could the energy end within the limit,
 * if each of those asked chose for himself? First by what each misses at least, then exactly.
 */
static bool promises(struct sketch *sk, int64_t limit)
{
        int64_t energy = sketch_energy(sk);
        int only;

        for (int i = 0; i < sk->n_again; i++)
                energy += sk->again[i].change;
        for (int i = sk->n_again; i-- > 0;) { /* those who may win first */
                struct sketch_again *a = &sk->again[i];
                int64_t cost = sk->cost[a->student], weight, change = 0;
                if (!goes_elsewhere(sk, a)) {
                        weight = displaced_weight(sk, a, &only);
                        change = sketch_least(sk, a->student, cost + weight) - cost;
                }
                energy += change - a->change;
                a->change = change;
                if (energy > limit) {
                        meter_spend(sk->meter, 1 + (sk->n_again - i) / 8);
                        return false;
                }
        }
        meter_spend(sk->meter, 1 + sk->n_again / 8);
        for (int i = 0; i < sk->n_again; i++) {
                energy += change_for(sk, &sk->again[i]) - sk->again[i].change;
                if (energy > limit)
                        return false;
        }
        return true;
}

/* Books of teachers and rooms first: many moves end there. */
static bool staff_allows(struct sketch *sk, const struct sketch_unit *to, int n, int64_t limit)
{
        struct sketch_teachers *te = sk->staff;
        int had[16], from = draw(sk->st, 64);

        sketch_teachers_begin(te);
        for (int i = 0; i < n; i++) {
                had[i] = sketch_teacher_of(te, to[i].unit);
                sketch_teachers_put(te, to[i].unit, NONE, NONE);
        }
        for (int i = 0; i < n; i++)
                sketch_teachers_put(te, to[i].unit, to[i].start, NONE);
        for (int i = 0; i < n; i++)
                sketch_teachers_find(te, to[i].unit, had[i], from);
        for (int i = 0; i < n; i++)
                sketch_teachers_fill(te, had[i]);
        sketch_count_staff(sk);
        if (sketch_energy(sk) <= limit + STAFF_SLACK * sk->price_staff)
                return true;
        staff_back(sk);
        return false;
}

/* Everybody whom the move concerns is asked what it takes at least: many moves end here. */
static bool is_hopeless(struct sketch *sk, const struct sketch_unit *to, int n, int64_t limit)
{
        int64_t energy = sketch_energy(sk) - sk->staff_wrong * sk->price_staff -
                         sk->planning * sk->price_planning;

        for (int i = 0; i < n; i++)
                if (to[i].start != sk->start[to[i].unit]) {
                        int other = n == 2 ? to[1 - i].unit : NONE;
                        ask_displaced(sk, &to[i], other);
                        ask_lacking(sk, &to[i], other);
                }
        for (int i = 0; i < sk->n_again; i++)
                energy += sk->again[i].change;
        return energy > limit;
}

static int64_t threshold(struct sketch *sk, int64_t temperature)
{
        double u = (double)((state_random(sk->st) >> 11) + 1) * 0x1p-53;

        return sketch_energy(sk) - (int64_t)((double)temperature * log(u));
}

static bool try_places(struct sketch *sk, const struct sketch_unit *to, int n, int64_t temperature)
{
        int64_t limit = threshold(sk, temperature);

        move_begin(sk);
        if (is_hopeless(sk, to, n, limit) || !staff_allows(sk, to, n, limit))
                return false;
        for (int i = 0; i < n; i++) {
                sk->changed[i] = (struct sketch_unit){to[i].unit, sk->start[to[i].unit]};
                sketch_set_start(sk, to[i].unit, to[i].start);
        }
        sk->n_changed = n;
        bool stands = promises(sk, limit);
        if (stands) {
                for (int i = 0; i < n; i++)
                        sketch_set_start(sk, to[i].unit, sk->changed[i].start);
                for (int i = 0; i < n; i++)
                        if (to[i].start != sk->changed[i].start)
                                empty(sk, to[i].unit);
                for (int i = 0; i < n; i++)
                        sketch_set_start(sk, to[i].unit, to[i].start);
                follow(sk);
                for (int i = 0; i < sk->n_again; i++) {
                        note(sk, sk->again[i].student);
                        if (!sketch_fit_in(sk, sk->again[i].student))
                                sketch_solve(sk, sk->again[i].student);
                }
                stands = sketch_energy(sk) <= limit;
        }
        if (stands)
                sk->moved++;
        else
                take_back(sk);
        return stands;
}

static int random_start(struct sketch *sk, cellset starts)
{
        int skip = draw(sk->st, __builtin_popcountll(starts));

        while (skip-- > 0)
                starts &= starts - 1;
        return __builtin_ctzll(starts);
}

/* Half of the time a unit of a course that somebody misses, or has in its stead. */
static int pick(struct sketch *sk)
{
        const struct problem *pb = sk->pb;

        if (sk->lacking.n && draw(sk->st, 2)) {
                const struct student *who =
                        &pb->students[sk->lacking.v[draw(sk->st, sk->lacking.n)]];
                int r = who->first_request + draw(sk->st, who->n_requests), s = sk->seat[r];
                const struct course *c = &pb->courses[pb->requests[r].course];
                if (s < 0 && sk->weight[r] && c->sections_max)
                        s = c->first_section + draw(sk->st, c->sections_max);
                if (s >= 0 && sk->f->unit_of[s] >= 0)
                        return sk->f->unit_of[s];
        }
        int lacks = sketch_untaught(sk->staff, draw(sk->st, 1 << 20));
        return lacks >= 0 && !draw(sk->st, 8) ? lacks : draw(sk->st, sk->f->n_units);
}

/* Another unit of the same teacher; -1: none. */
static int pick_mate(struct sketch *sk, int unit)
{
        int n = 0, mate = NONE, teacher = sketch_teacher_of(sk->staff, unit);

        for (int u = 0; u < sk->f->n_units; u++)
                if (sketch_teacher_of(sk->staff, u) == teacher && u != unit && sk->start[u] >= 0 &&
                        draw(sk->st, ++n) == 0)
                        mate = u;
        return mate;
}

/* The unit starts at q; those that rules tie to it follow. */
static bool move_bundle(struct sketch *sk, int unit, int q, int64_t temperature)
{
        const struct bundle *b = &sk->f->bundles[sk->f->units[unit].bundle];
        struct sketch_unit to[16];
        int starts[16];

        if (b->n > 16)
                return false;
        for (int tries = 0; tries < 12; tries++) {
                for (int i = 0; i < b->n; i++) {
                        int u = b->units[i];
                        starts[i] = u == unit ? q : sk->start[u];
                        if (u != unit && starts[i] >= 0 && (tries > 0 || b->n == 2))
                                starts[i] = tries % 2 && sk->f->units[u].starts >> q & 1
                                                    ? q
                                                    : random_start(sk, sk->f->units[u].starts);
                }
                if (!frame_links_hold(sk->f, sk->f->units[unit].bundle, starts))
                        continue;
                int n = 0;
                for (int i = 0; i < b->n; i++)
                        if (starts[i] != sk->start[b->units[i]])
                                to[n++] = (struct sketch_unit){b->units[i], starts[i]};
                return n && try_places(sk, to, n, temperature);
        }
        return false;
}

static bool is_alone(const struct sketch *sk, int unit)
{
        return sk->f->bundles[sk->f->units[unit].bundle].n == 1;
}

static bool move_start(struct sketch *sk, int unit, int64_t temperature)
{
        cellset starts = sk->f->units[unit].starts & ~((cellset)1 << sk->start[unit]);

        if (!starts)
                return false;
        int q = random_start(sk, starts);
        if (!is_alone(sk, unit))
                return move_bundle(sk, unit, q, temperature);
        struct sketch_unit to = {unit, q};
        return try_places(sk, &to, 1, temperature);
}

static bool exchange_starts(struct sketch *sk, int u, int64_t temperature)
{
        int v = sketch_teacher_of(sk->staff, u) >= 0 && draw(sk->st, 4)
                        ? pick_mate(sk, u)
                        : draw(sk->st, sk->f->n_units);

        if (v < 0 || v == u || sk->start[v] < 0 || sk->start[v] == sk->start[u] ||
                !is_alone(sk, u) || !is_alone(sk, v) ||
                !(sk->f->units[u].starts >> sk->start[v] & 1) ||
                !(sk->f->units[v].starts >> sk->start[u] & 1))
                return false;
        struct sketch_unit to[] = {{u, sk->start[v]}, {v, sk->start[u]}};
        return try_places(sk, to, 2, temperature);
}

/* Another teacher for the unit, or any if it has none. */
static bool change_teacher(struct sketch *sk, int unit, int64_t temperature)
{
        const struct ints *able = &sk->f->units[unit].teachers;
        int had = sketch_teacher_of(sk->staff, unit);
        int t = able->n ? able->v[draw(sk->st, able->n)] : NONE, from = draw(sk->st, 64);
        int64_t limit = threshold(sk, temperature);

        if (t < 0 || t == had)
                return false;
        sketch_teachers_begin(sk->staff);
        if (had < 0)
                sketch_teachers_find(sk->staff, unit, t, from);
        else
                sketch_teachers_force(sk->staff, unit, t, from);
        sketch_teachers_fill(sk->staff, had);
        sketch_count_staff(sk);
        if (sketch_energy(sk) <= limit)
                return true;
        staff_back(sk);
        return false;
}

/* Somebody in a section with too many goes elsewhere, at no loss. */
static void ease(struct sketch *sk)
{
        int s = sk->crowded.v[draw(sk->st, sk->crowded.n)];

        sketch_turn_out(sk, sk->list[sk->list_at[s] + draw(sk->st, sk->enrol[s])]);
}

void sketch_step(struct sketch *sk, int64_t temperature)
{
        int unit = pick(sk), x = draw(sk->st, 16);

        meter_spend(sk->meter, 1);
        for (int i = 0; i < EASE && sk->crowded.n; i++)
                ease(sk);
        if (sk->start[unit] < 0)
                return;
        if (x < 8)
                move_start(sk, unit, temperature);
        else if (x < 15)
                exchange_starts(sk, unit, temperature);
        else
                change_teacher(sk, unit, temperature);
}
