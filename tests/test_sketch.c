/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sketch keeps its sums move by move: they are counted anew here. */
#include "solver/construct.h"
#include "solver/sketch_parts.h"
#include "tests/support_random.h"
#include "tests/support_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { SCHOOLS = 150, MOVES = 400 };

/* Counted anew; and each teacher is in one place, within his limits. */
static void staff_is_right(const struct sketch *sk)
{
        struct sketch_teachers *te = sketch_teachers_new(sk->st);
        const struct problem *pb = sk->pb;

        for (int u = 0; u < sk->f->n_units; u++)
                if (sk->start[u] >= 0)
                        sketch_teachers_put(te, u, sk->start[u], sketch_teacher_of(sk->staff, u));
        assert_int_equal(sketch_teachers_wrong(te), sk->staff_wrong);
        assert_int_equal(sketch_teachers_planning(te), sk->planning);
        sketch_teachers_free(te);
        for (int t = 0; t < pb->n_teachers; t++) {
                cellset busy = 0, load = 0;
                for (int u = 0; u < sk->f->n_units; u++) {
                        if (sk->start[u] < 0 || sketch_teacher_of(sk->staff, u) != t)
                                continue;
                        cellset cells =
                                pb->courses[sk->f->units[u].course].start_cells[sk->start[u]];
                        assert_int_equal(cells & (busy | ~pb->teachers[t].available), 0);
                        assert_true(ints_has(&sk->f->units[u].teachers, t));
                        busy |= cells;
                        load |= sk->f->units[u].counts_load ? cells : 0;
                }
                for (int i = 0; i < pb->n_terms && pb->teachers[t].limits.load >= 0; i++)
                        assert_true(__builtin_popcountll(load & pb->term_cells[i]) <=
                                    pb->teachers[t].limits.load);
        }
}

static void seats_are_right(const struct sketch *sk)
{
        const struct problem *pb = sk->pb;
        int64_t unmet = 0, excess = 0;

        for (int r = 0; r < pb->n_requests; r++) {
                int s = sk->seat[r];
                unmet += s < 0 ? sk->weight[r] : 0;
                if (s < 0)
                        continue;
                assert_int_equal(pb->section_course[s], pb->requests[r].course);
                assert_int_not_equal(sk->cells[s], 0);
                assert_int_equal(sk->list[sk->list_at[s] + sk->slot[r]], r);
        }
        for (int s = 0; s < pb->n_sections; s++)
                excess += sketch_excess(sk, s);
        assert_int_equal(unmet, sk->unmet);
        assert_int_equal(excess, sk->excess);
}

/* Nobody sits in two places at a time. */
static void days_are_right(const struct sketch *sk)
{
        const struct problem *pb = sk->pb;

        for (int k = 0; k < pb->n_students; k++) {
                const struct student *who = &pb->students[k];
                cellset busy = 0, block = 0;
                int64_t cost = 0;
                for (int r = who->first_request; r < who->first_request + who->n_requests; r++) {
                        int s = sk->seat[r];
                        cost += s < 0 ? sk->weight[r] : 0;
                        if (s < 0)
                                continue;
                        assert_int_equal(busy & sk->section_block[s], 0);
                        assert_int_equal(block & sk->cells[s], 0);
                        busy |= sk->cells[s];
                        block |= sk->section_block[s];
                }
                assert_int_equal(cost, sk->cost[k]);
                assert_int_equal(busy, sk->busy[k]);
                assert_int_equal(cost > 0, sk->lacking.at[k] >= 0);
        }
}

/* Where seats cost nothing, choosing comes to what the bound says. */
static void bound_is_met_by_choosing(struct sketch *sk)
{
        sk->price_seat = 0;
        for (int k = 0; k < sk->pb->n_students; k++) {
                const struct student *who = &sk->pb->students[k];
                int64_t all = 1;
                for (int r = who->first_request; r < who->first_request + who->n_requests; r++)
                        all += sk->weight[r];
                int64_t least = sketch_least(sk, k, all);
                assert_true(least <= sk->cost[k]);
                assert_int_equal(least, sketch_choose(sk, k, all));
                if (least > 0)
                        assert_int_equal(sketch_least(sk, k, least - 1), least - 1);
        }
}

/* Co-taught sections at one time with those who co-teach or teach there: no more than there are. */
static void co_teachers_are_counted(void **state)
{
        struct problem *pb =
                text_school("msched: 1\n"
                            "school: {name: X}\n"
                            "bell: {terms: [S1], periods: [{id: '1'}, {id: '2'}]}\n"
                            "teachers:\n"
                            "  - {id: ann, credentials: [math]}\n"
                            "  - {id: bob, credentials: [math]}\n"
                            "  - {id: cyd, credentials: [special], load: 3}\n"
                            "courses:\n"
                            "  - {id: ALG, sections: 2, size: 30, credential: math,\n"
                            "     support: {flag: iep, credential: special, sections: 2}}\n"
                            "  - {id: HELP, sections: 1, size: 30, credential: special}\n"
                            "students: [{id: K1, grade: 9}]\n"
                            "requests:\n"
                            "  - {student: K1, course: ALG}\n");
        struct frame *f = frame_new(pb);
        struct meter m;
        int wrong[3];

        (void)state;
        meter_init(&m, clock_now(), 0, 0, NULL);
        struct state *st = state_new(f, 1, &m);
        struct sketch_staff *sf = sketch_staff_new(st);
        for (int s = 0; s < 3; s++)
                wrong[s] = sketch_staff_book(sf, f->unit_of[s], 0, s, 1);
        assert_int_equal(wrong[0], 0); /* cyd is there */
        assert_int_equal(wrong[1], 1); /* and nobody else */
        assert_true(wrong[2] >= 1);
        assert_int_equal(sketch_staff_book(sf, f->unit_of[1], 0, 1, -1), -1);
        assert_int_equal(sketch_staff_book(sf, f->unit_of[2], 0, 2, -1), -wrong[2]);
        assert_int_equal(sketch_staff_book(sf, f->unit_of[2], 1, 2, 1), 0);
        sketch_staff_free(sf);
        state_free(st);
        frame_free(f);
        problem_free(pb);
}

/* Only cyd can take LAW: she hands ART to bob, who hands BIO to ann. */
static void teachers_hand_over(void **state)
{
        struct problem *pb = text_school("msched: 1\n"
                                         "school: {name: X}\n"
                                         "bell: {terms: [S1], periods: [{id: '1'}, {id: '2'}]}\n"
                                         "teachers:\n"
                                         "  - {id: ann, credentials: [bio]}\n"
                                         "  - {id: bob, credentials: [bio, art]}\n"
                                         "  - {id: cyd, credentials: [art, law]}\n"
                                         "courses:\n"
                                         "  - {id: LAW, sections: 2, size: 9, credential: law}\n"
                                         "  - {id: ART, sections: 1, size: 9, credential: art}\n"
                                         "  - {id: BIO, sections: 1, size: 9, credential: bio}\n"
                                         "students: [{id: K1, grade: 9}]\n"
                                         "requests:\n"
                                         "  - {student: K1, course: LAW}\n");
        struct frame *f = frame_new(pb);
        struct meter m;

        (void)state;
        meter_init(&m, clock_now(), 0, 0, NULL);
        struct state *st = state_new(f, 1, &m);
        struct sketch_teachers *te = sketch_teachers_new(st);
        sketch_teachers_put(te, f->unit_of[2], 0, 2);
        sketch_teachers_put(te, f->unit_of[3], 0, 1);
        sketch_teachers_begin(te);
        sketch_teachers_put(te, f->unit_of[0], 0, NONE);
        assert_int_equal(sketch_teachers_wrong(te), 1);
        assert_true(sketch_teachers_find(te, f->unit_of[0], NONE, 0));
        assert_int_equal(sketch_teachers_wrong(te), 0);
        assert_int_equal(sketch_teacher_of(te, f->unit_of[0]), 2);
        assert_int_equal(sketch_teacher_of(te, f->unit_of[2]), 1);
        assert_int_equal(sketch_teacher_of(te, f->unit_of[3]), 0);
        sketch_teachers_put(te, f->unit_of[1], 0, NONE);
        assert_false(sketch_teachers_find(te, f->unit_of[1], NONE, 0));
        assert_int_equal(sketch_untaught(te, 0), f->unit_of[1]);
        sketch_teachers_undo(te);
        assert_int_equal(sketch_teachers_wrong(te), 0);
        assert_int_equal(sketch_teacher_of(te, f->unit_of[0]), NONE);
        assert_int_equal(sketch_teacher_of(te, f->unit_of[2]), 2);
        assert_int_equal(sketch_teacher_of(te, f->unit_of[3]), 1);
        sketch_teachers_free(te);
        state_free(st);
        frame_free(f);
        problem_free(pb);
}

static struct state *built(const struct frame *f, uint64_t seed, struct meter *m)
{
        struct state *st = state_new(f, seed, m);

        construct_reserve(st);
        construct_place(st);
        return st;
}

static void sums_follow_the_moves(void **state)
{
        struct dice d = {1};
        int moved = 0;

        (void)state;
        for (int i = 0; i < SCHOOLS; i++) {
                char *text = random_school(&d);
                struct problem *pb = text_school(text);
                struct frame *f = frame_new(pb);
                struct meter m;
                meter_init(&m, clock_now(), 0, 0, NULL);
                struct state *st = built(f, (uint64_t)i, &m);
                struct sketch *sk = sketch_new(st, &m);
                int64_t last = 0;
                sketch_fill(sk);
                for (int j = 0; j < MOVES && f->n_units; j++) {
                        sketch_step(sk, j % 3 ? PRICE_OF_ELECTIVE : 5 * PRICE_OF_ELECTIVE);
                        moved += sketch_energy(sk) != last;
                        last = sketch_energy(sk);
                        sk->price_seat = 1000 + j;
                }
                staff_is_right(sk);
                seats_are_right(sk);
                days_are_right(sk);
                bound_is_met_by_choosing(sk);
                sketch_free(sk);
                state_free(st);
                frame_free(f);
                problem_free(pb);
                mem_free(text);
        }
        assert_true(moved > SCHOOLS);
}

/* Two courses with a section each, asked by all, first in one period: the sketch parts them. */
static void clashes_are_parted(void **state)
{
        struct problem *pb = text_school("msched: 1\n"
                                         "school: {name: X}\n"
                                         "bell: {terms: [S1], periods: [{id: '1'}, {id: '2'}]}\n"
                                         "teachers: [{id: ann}, {id: bob}]\n"
                                         "courses:\n"
                                         "  - {id: ART, sections: 1, size: 30}\n"
                                         "  - {id: BAND, sections: 1, size: 30}\n"
                                         "students: [{id: K1, grade: 9}, {id: K2, grade: 9}]\n"
                                         "requests:\n"
                                         "  - {student: K1, course: ART}\n"
                                         "  - {student: K1, course: BAND}\n"
                                         "  - {student: K2, course: ART}\n"
                                         "  - {student: K2, course: BAND}\n");
        struct frame *f = frame_new(pb);
        struct meter m;

        (void)state;
        meter_init(&m, clock_now(), 0, 100000, NULL);
        struct state *st = state_new(f, 1, &m);
        for (int u = 0; u < f->n_units; u++) {
                change_begin(st);
                assert_true(change_put(st, u, 0, NONE, NONE, 0));
        }
        state_forget(st);
        assert_int_equal(st->start[0], st->start[1]);
        sketch(st, &m, true);
        assert_true(st->start[0] >= 0 && st->start[1] >= 0);
        assert_int_not_equal(st->start[0], st->start[1]);
        state_free(st);
        frame_free(f);
        problem_free(pb);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(sums_follow_the_moves),
                cmocka_unit_test(clashes_are_parted),
                cmocka_unit_test(co_teachers_are_counted),
                cmocka_unit_test(teachers_hand_over),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
