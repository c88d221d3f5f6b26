/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/sketch_parts.h"
#include <math.h>

/* Temperatures in prices of an unmet elective; seats dearer in the second half. */
static const double HOT = 1.3, COOL = 0.45, SEAT_SOFT = 0.02, SEAT_HARD = 0.5, SEAT_FROM = 0.5;
enum { LOOK_EVERY = 64, STAFF_PRICE = 2, STAFF_SLACK = 3, WISHES = 8 };

/* ---- the schedule under change ---- */

static void *copied(const void *from, int n, size_t size)
{
        char *to = mem_alloc(((size_t)n + 1) * size);

        for (size_t i = 0; i < (size_t)n * size; i++)
                to[i] = ((const char *)from)[i];
        return to;
}

static struct sketch *open_sketch(struct state *st, struct meter *m)
{
        const struct problem *pb = st->pb;
        struct sketch *sk = mem_zero(1, sizeof *sk);
        int n = 0;

        *sk = (struct sketch){.st = st, .f = st->f, .pb = pb, .meter = m};
        sk->start = copied(st->start, st->f->n_units, sizeof(int));
        sk->teacher = copied(st->teacher, st->f->n_units, sizeof(int));
        sk->seat = mem_alloc(((size_t)pb->n_requests + 1) * sizeof(int));
        sk->slot = mem_zero((size_t)pb->n_requests + 1, sizeof(int));
        sk->list_at = mem_zero((size_t)pb->n_sections + 1, sizeof(int));
        sk->enrol = mem_zero((size_t)pb->n_sections + 1, sizeof(int));
        sk->members = mem_zero((size_t)pb->n_sections + 1, sizeof(int));
        sk->cells = mem_zero((size_t)pb->n_sections + 1, sizeof(cellset));
        sk->section_block = mem_zero((size_t)pb->n_sections + 1, sizeof(cellset));
        sk->open = mem_zero((size_t)pb->n_requests + 1, sizeof(uint64_t));
        sk->busy = mem_zero((size_t)pb->n_students + 1, sizeof(cellset));
        sk->block = mem_zero((size_t)pb->n_students + 1, sizeof(cellset));
        sk->weight = mem_zero((size_t)pb->n_requests + 1, sizeof(int64_t));
        sk->cost = mem_zero((size_t)pb->n_students + 1, sizeof(int64_t));
        sk->stamp_of = mem_zero((size_t)pb->n_students + 1, sizeof(int));
        sk->lacking.v = mem_zero((size_t)pb->n_students + 1, sizeof(int));
        sk->lacking.at = mem_alloc(((size_t)pb->n_students + 1) * sizeof(int));
        for (int k = 0; k < pb->n_students; k++)
                sk->lacking.at[k] = NONE;
        for (int s = 0; s < pb->n_sections; s++) {
                sk->list_at[s] = n;
                n += pb->courses[pb->section_course[s]].n_requests;
        }
        sk->list = mem_zero((size_t)n + 1, sizeof(int));
        sk->staff = sketch_staff_new(st);
        sk->scratch = sketch_seats_new(pb);
        return sk;
}

static void close_sketch(struct sketch *sk)
{
        void *parts[] = {sk->start, sk->teacher, sk->seat, sk->slot, sk->list, sk->list_at,
                sk->enrol, sk->members, sk->cells, sk->section_block, sk->open, sk->busy, sk->block,
                sk->weight, sk->cost, sk->stamp_of, sk->lacking.v, sk->lacking.at, sk->was,
                sk->was_seat, sk->displaced, sk->again};

        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
                mem_free(parts[i]);
        sketch_staff_free(sk->staff);
        sketch_seats_free(sk->scratch);
        mem_free(sk);
}

static void book(struct sketch *sk, int unit, int start, int teacher, int n)
{
        sk->staff_wrong += sketch_staff_book(sk->staff, unit, start, teacher, n);
}

static int64_t weight_of(const struct sketch *sk, int r)
{
        const struct request *q = &sk->pb->requests[r];
        double electives = 1;

        if (q->kind == ALTERNATE || !q->admitted)
                return 0;
        if (sk->f->locked_seat[r] >= 0)
                electives = 20;
        else if (q->cte || sk->f->counted_break[r])
                electives = 3;
        else if (q->kind == REQUIRED)
                electives = 1.2;
        return (int64_t)(electives * PRICE_OF_ELECTIVE);
}

static void fill(struct sketch *sk)
{
        const struct problem *pb = sk->pb;

        sk->price_staff = STAFF_PRICE * PRICE_OF_ELECTIVE;
        sk->price_seat = (int64_t)(SEAT_SOFT * PRICE_OF_ELECTIVE);
        sketch_open(sk);
        for (int u = 0; u < sk->f->n_units; u++)
                sketch_set_start(sk, u, sk->start[u]);
        for (int u = 0; u < sk->f->n_units; u++)
                if (sk->start[u] >= 0)
                        book(sk, u, sk->start[u], sk->teacher[u], 1);
        for (int r = 0; r < pb->n_requests; r++) {
                int k = pb->requests[r].student;
                sk->seat[r] = NONE;
                sk->weight[r] = weight_of(sk, r);
                sk->cost[k] += sk->weight[r];
                sk->unmet += sk->weight[r];
                if (sk->cost[k])
                        set_add(&sk->lacking, k);
        }
        for (int k = 0; k < pb->n_students && !meter_over(sk->meter); k++)
                sketch_solve(sk, k);
}

/* ---- moves ---- */

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

static void stand(struct sketch *sk, struct sketch_unit to)
{
        sketch_set_start(sk, to.unit, to.start);
        sk->teacher[to.unit] = to.teacher;
        book(sk, to.unit, to.start, to.teacher, 1);
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

static void take_back(struct sketch *sk)
{
        for (int i = 0; i < sk->n_was; i++) {
                const struct student *who = &sk->pb->students[sk->was[i].student];
                for (int j = 0; j < who->n_requests; j++)
                        sketch_leave(sk, who->first_request + j);
        }
        for (int i = sk->n_changed; i-- > 0;) {
                const struct sketch_unit *c = &sk->changed[i];
                book(sk, c->unit, sk->start[c->unit], sk->teacher[c->unit], -1);
                stand(sk, *c);
        }
        for (int i = 0; i < sk->n_was; i++) {
                const struct student *who = &sk->pb->students[sk->was[i].student];
                for (int j = 0; j < who->n_requests; j++) {
                        int s = sk->was_seat[sk->was[i].first_seat + j];
                        if (s >= 0)
                                sketch_take(sk, who->first_request + j, s);
                }
        }
}

static void again(struct sketch *sk, int student)
{
        for (int i = 0; i < sk->n_again; i++)
                if (sk->again[i] == student)
                        return;
        MEM_GROW(sk->again, sk->n_again, sk->cap_again);
        sk->again[sk->n_again++] = student;
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

/* Those of the unit who have something else at its new time. */
static void ask_displaced(struct sketch *sk, const struct sketch_unit *to)
{
        const struct unit *u = &sk->f->units[to->unit];
        const struct course *c = &sk->pb->courses[u->course];
        cellset new = c->start_cells[to->start] & ~c->start_cells[sk->start[to->unit]];

        for (int i = 0; i < u->n; i++) {
                const int *list = sk->list + sk->list_at[u->sections[i]];
                for (int j = 0; j < sk->enrol[u->sections[i]]; j++) {
                        int k = sk->pb->requests[list[j]].student;
                        if ((sk->busy[k] & new) || !sk->f->student_plain[k])
                                again(sk, k);
                }
                meter_spend(sk->meter, 1 + sk->enrol[u->sections[i]] / 16);
        }
}

/* Up to WISHES who miss the unit's courses and may have a chance now. */
static void ask_lacking(struct sketch *sk, int unit)
{
        const struct unit *u = &sk->f->units[unit];
        const struct state *st = sk->st;

        for (int i = 0; i < u->n; i++) {
                int c = sk->pb->section_course[u->sections[i]], got = 0;
                int at = st->course_request_at[c], n = st->course_request_at[c + 1] - at;
                int from = n ? draw(sk->st, n) : 0;
                for (int j = 0; j < n && got < WISHES; j++) {
                        int r = st->course_requests[at + (from + j) % n];
                        if (sk->seat[r] >= 0 || !sk->weight[r])
                                continue;
                        again(sk, sk->pb->requests[r].student);
                        got++;
                }
        }
}

/*
 * Units stand at their new starts, students sit as before: could the energy end within the limit,
 * if each of those asked chose for himself?
 */
static bool promises(struct sketch *sk, int64_t limit)
{
        int64_t energy = sketch_energy(sk), hope = 0; /* all that those still to come could win */

        for (int i = 0; i < sk->n_again; i++)
                hope += sk->cost[sk->again[i]];
        for (int i = 0; i < sk->n_again; i++) {
                int k = sk->again[i];
                if (energy - hope > limit)
                        return false;
                hope -= sk->cost[k];
                int64_t best = sketch_choose(sk, k);
                if (best < INT64_MAX)
                        energy += best - sketch_own(sk, k);
        }
        return energy <= limit;
}

/* Books of teachers and rooms first: most moves end there. */
static bool books_allow(struct sketch *sk, const struct sketch_unit *to, int n, int64_t limit)
{
        for (int i = 0; i < n; i++)
                book(sk, to[i].unit, sk->start[to[i].unit], sk->teacher[to[i].unit], -1);
        for (int i = 0; i < n; i++)
                book(sk, to[i].unit, to[i].start, to[i].teacher, 1);
        bool allow = sketch_energy(sk) <= limit + STAFF_SLACK * sk->price_staff;
        for (int i = 0; i < n; i++)
                book(sk, to[i].unit, to[i].start, to[i].teacher, -1);
        if (!allow)
                for (int i = 0; i < n; i++)
                        book(sk, to[i].unit, sk->start[to[i].unit], sk->teacher[to[i].unit], 1);
        return allow;
}

static bool try_places(struct sketch *sk, const struct sketch_unit *to, int n, int64_t temperature)
{
        double u = (double)((state_random(sk->st) >> 11) + 1) * 0x1p-53;
        int64_t limit = sketch_energy(sk) - (int64_t)((double)temperature * log(u));

        move_begin(sk);
        if (!books_allow(sk, to, n, limit))
                return false;
        for (int i = 0; i < n; i++)
                if (to[i].start != sk->start[to[i].unit]) {
                        ask_displaced(sk, &to[i]);
                        ask_lacking(sk, to[i].unit);
                }
        for (int i = 0; i < n; i++) {
                int unit = to[i].unit;
                sk->changed[i] = (struct sketch_unit){unit, sk->start[unit], sk->teacher[unit]};
                stand(sk, to[i]);
        }
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
                        note(sk, sk->again[i]);
                        sketch_solve(sk, sk->again[i]);
                }
                stands = sketch_energy(sk) <= limit;
        }
        sk->n_changed = n;
        if (!stands)
                take_back(sk);
        return stands;
}

/* ---- which ---- */

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
        return draw(sk->st, sk->f->n_units);
}

/* Another unit of the same teacher; -1: none. */
static int pick_mate(struct sketch *sk, int unit)
{
        int n = 0, mate = NONE;

        for (int u = 0; u < sk->f->n_units; u++)
                if (sk->teacher[u] == sk->teacher[unit] && u != unit && sk->start[u] >= 0 &&
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
                                to[n++] = (struct sketch_unit){
                                        b->units[i], starts[i], sk->teacher[b->units[i]]};
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
        struct sketch_unit to = {unit, q, sk->teacher[unit]};
        return try_places(sk, &to, 1, temperature);
}

static bool exchange_starts(struct sketch *sk, int u, int64_t temperature)
{
        int v = sk->teacher[u] >= 0 && draw(sk->st, 4) ? pick_mate(sk, u)
                                                       : draw(sk->st, sk->f->n_units);

        if (v < 0 || v == u || sk->start[v] < 0 || sk->start[v] == sk->start[u] ||
                !is_alone(sk, u) || !is_alone(sk, v) ||
                !(sk->f->units[u].starts >> sk->start[v] & 1) ||
                !(sk->f->units[v].starts >> sk->start[u] & 1))
                return false;
        struct sketch_unit to[] = {
                {u, sk->start[v], sk->teacher[u]}, {v, sk->start[u], sk->teacher[v]}};
        return try_places(sk, to, 2, temperature);
}

/* Another teacher for the unit, who gives one of his in return. */
static bool exchange_teachers(struct sketch *sk, int u, int64_t temperature)
{
        const struct ints *able = &sk->f->units[u].teachers;
        int t = able->n > 1 ? able->v[draw(sk->st, able->n)] : NONE, n = 0, v = NONE;

        if (t < 0 || t == sk->teacher[u] || sk->teacher[u] < 0 || !is_alone(sk, u))
                return false;
        for (int w = 0; w < sk->f->n_units; w++)
                if (sk->teacher[w] == t && sk->start[w] >= 0 && is_alone(sk, w) &&
                        ints_has(&sk->f->units[w].teachers, sk->teacher[u]) &&
                        draw(sk->st, ++n) == 0)
                        v = w;
        struct sketch_unit to[] = {
                {u, sk->start[u], t}, {v, v < 0 ? NONE : sk->start[v], sk->teacher[u]}};
        return try_places(sk, to, v >= 0 && draw(sk->st, 8) ? 2 : 1, temperature);
}

static void step(struct sketch *sk, int64_t temperature)
{
        int unit = pick(sk), x = draw(sk->st, 16);

        meter_spend(sk->meter, 1);
        if (sk->start[unit] < 0)
                return;
        if (x < 7)
                move_start(sk, unit, temperature);
        else if (x < 13)
                exchange_starts(sk, unit, temperature);
        else
                exchange_teachers(sk, unit, temperature);
}

static void anneal(struct sketch *sk)
{
        int64_t t = 0;
        double begin = meter_fraction(sk->meter);

        for (int64_t i = 0; !sk->meter->over; i++) {
                if (i % LOOK_EVERY == 0) {
                        double x = (meter_fraction(sk->meter) - begin) / (1 - begin + 1e-12);
                        double y = x < SEAT_FROM ? 0 : (x - SEAT_FROM) / (1 - SEAT_FROM);
                        t = (int64_t)(PRICE_OF_ELECTIVE * HOT * pow(COOL / HOT, x));
                        sk->price_seat = (int64_t)(PRICE_OF_ELECTIVE *
                                                   (SEAT_SOFT + y * (SEAT_HARD - SEAT_SOFT)));
                        if (sketch_energy(sk) == 0)
                                return;
                }
                step(sk, t);
        }
}

/* ---- from and to the search's state ---- */

static void put_all(struct state *st, const struct sketch *sk, bool same_teacher)
{
        for (int u = 0; u < sk->f->n_units; u++) {
                if (st->start[u] >= 0 || sk->start[u] < 0)
                        continue;
                int mark = change_begin(st);
                if (!change_put(st, u, sk->start[u], same_teacher ? sk->teacher[u] : NONE, NONE, 0))
                        state_undo(st, mark);
        }
        state_forget(st);
}

void sketch(struct state *st, struct meter *m)
{
        struct sketch *sk = open_sketch(st, m);

        fill(sk);
        anneal(sk);
        for (int u = 0; u < st->f->n_units; u++)
                if (st->start[u] >= 0 &&
                        (st->start[u] != sk->start[u] || st->teacher[u] != sk->teacher[u])) {
                        change_begin(st);
                        change_lift(st, u);
                }
        state_forget(st);
        put_all(st, sk, true);
        put_all(st, sk, false);
        close_sketch(sk);
}
