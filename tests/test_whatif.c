/* SPDX-License-Identifier: GPL-3.0-or-later */
/* solver/whatif, solver/explain_all: fixes that do what they say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/verify.h"
#include "solver/explain_all.h"
#include "solver/whatif.h"
#include "support.h"
#include <string.h>

/* ART for three has one section of two seats; the third student waits. */
static struct problem *full_art(void)
{
        struct problem *pb = build_school(1, "1 2");

        add_teacher(pb, "ann", "art");
        struct course *c = add_course(pb, "ART");
        c->credentials = ids_of(pb, pb->credentials, "art");
        c->credentials.given = true;
        c->size_max_stated = 2;
        set_sections(pb, "ART", 1, 1);
        for (int i = 0; i < 3; i++) {
                const char *ids[] = {"K1", "K2", "K3"};
                add_student(pb, ids[i], 9);
                add_request(pb, ids[i], "ART", ELECTIVE);
        }
        return build_done(pb);
}

static struct schedule *two_sit(const struct problem *pb)
{
        struct schedule *sc = schedule_new(pb);

        sc->start[0] = 0;
        sc->teacher[0] = 0;
        sc->seat[0] = sc->seat[1] = 0;
        return sc;
}

static const struct explain_ask all = {
        .student = NONE, .course = NONE, .section = NONE, .fixes = 3};

static void a_full_section_wants_one_more_seat_first(void **state)
{
        (void)state;
        struct problem *pb = full_art();
        struct schedule *sc = two_sit(pb);
        struct explained *ex = explain_all(sc, &all);

        assert_int_equal(ex->n_requests, 1);
        assert_int_equal(ex->requests[0].request, 2);
        assert_true(ex->requests[0].n_fixes > 1);
        const struct fix *x = ex->requests[0].fixes;
        assert_int_equal(x->kind, FIX_SEAT);
        assert_int_equal(x->edits[0].kind, EDIT_SEATS);
        assert_int_equal(x->lost + x->own_lost, 0);
        for (int i = 1; i < ex->requests[0].n_fixes; i++)
                assert_true(x[i].kind >= x[i - 1].kind);
        explained_free(ex);
        schedule_free(sc);
        problem_free(pb);
}

static void each_fix_meets_the_request_when_solved_again(void **state)
{
        (void)state;
        struct problem *pb = full_art();
        struct schedule *sc = two_sit(pb);
        struct explained *ex = explain_all(sc, &all);
        const struct explained_request *e = &ex->requests[0];

        for (int i = 0; i < e->n_fixes; i++) {
                const struct fix *x = &e->fixes[i];
                struct whatif w;
                assert_true(whatif_solve(sc, x->edits, x->n_edits, x->frozen, x->work, NULL, &w));
                struct answer *an = schedule_answer(w.solution.schedule);
                struct verdict *v = verify(w.pb, an, false);
                assert_int_equal(v->n_faults, 0);
                int r = problem_request_of(w.pb, 2, 0);
                assert_true(r >= 0 && w.solution.schedule->seat[r] >= 0);
                verdict_free(v);
                answer_free(an);
                whatif_release(&w);
        }
        explained_free(ex);
        schedule_free(sc);
        problem_free(pb);
}

static void without_the_edit_nobody_else_gets_in(void **state)
{
        (void)state;
        struct problem *pb = full_art();
        struct schedule *sc = two_sit(pb);
        struct whatif w;

        assert_true(whatif_solve(sc, NULL, 0, 0, 0.02, NULL, &w));
        int met = 0;
        for (int r = 0; r < 3; r++)
                met += w.solution.schedule->seat[r] >= 0;
        assert_int_equal(met, 2);
        whatif_release(&w);
        schedule_free(sc);
        problem_free(pb);
}

static void the_grid_tells_free_seats_and_what_blocks(void **state)
{
        (void)state;
        struct problem *pb = full_art();
        struct schedule *sc = two_sit(pb);
        struct explained *ex = explain_all(sc, &all);

        assert_int_equal(ex->n_students, 1);
        assert_int_equal(ex->students[0].student, 2);
        assert_int_equal(ex->students[0].rows[0].n_spots, 1);
        const struct grid_spot *g = ex->students[0].rows[0].spots;
        assert_int_equal(g->free, 0);
        assert_int_equal(g->n_obstacles, 1);
        assert_int_equal(g->obstacles[0].kind, BLOCK_FULL);
        explained_free(ex);
        schedule_free(sc);
        problem_free(pb);
}

/* A second section that nobody is left to teach: the fix brings a teacher. */
static void a_section_without_a_teacher_is_given_one(void **state)
{
        (void)state;
        struct problem *pb = build_school(1, "1");

        add_teacher(pb, "ann", "art");
        struct course *c = add_course(pb, "ART");
        c->credentials = ids_of(pb, pb->credentials, "art");
        c->credentials.given = true;
        c->size_max_stated = 1;
        set_sections(pb, "ART", 2, 2);
        add_student(pb, "K1", 9);
        add_student(pb, "K2", 9);
        add_request(pb, "K1", "ART", ELECTIVE);
        add_request(pb, "K2", "ART", ELECTIVE);
        build_done(pb);
        struct schedule *sc = schedule_new(pb);
        sc->start[0] = sc->teacher[0] = sc->seat[0] = 0;
        struct explained *ex = explain_all(sc, &all);

        assert_int_equal(ex->n_sections, 1);
        assert_int_equal(ex->sections[0].section, 1);
        assert_true(ex->sections[0].n_fixes >= 1);
        assert_int_equal(ex->sections[0].fixes[0].kind, FIX_TEACHER);
        assert_int_equal(ex->sections[0].fixes[0].gained, 1);
        explained_free(ex);
        schedule_free(sc);
        problem_free(pb);
}

/* Two periods. ART and one section of ENG stand in the first, the other, full one in the second. */
static struct problem *art_against_english(void)
{
        struct problem *pb = build_school(1, "1 2");

        add_teacher(pb, "ann", "art");
        add_teacher(pb, "eve", "english");
        add_course(pb, "ART")->credentials = ids_of(pb, pb->credentials, "art");
        struct course *c = add_course(pb, "ENG");
        c->credentials = ids_of(pb, pb->credentials, "english");
        c->size_max_stated = 1;
        for (int i = 0; i < 2; i++) {
                pb->courses[i].credentials.given = true;
                pb->courses[i].size_min_stated = 0;
        }
        set_sections(pb, "ART", 1, 1);
        set_sections(pb, "ENG", 2, 2);
        add_student(pb, "K1", 9);
        add_request(pb, "K1", "ART", ELECTIVE);
        add_request(pb, "K1", "ENG", REQUIRED);
        add_student(pb, "K2", 9);
        add_request(pb, "K2", "ENG", REQUIRED);
        pb->contract.limits.load = 2;
        return build_done(pb);
}

static void a_seat_in_another_class_may_be_what_is_wanted(void **state)
{
        (void)state;
        struct problem *pb = art_against_english();
        struct schedule *sc = schedule_new(pb);
        const struct explain_ask one = {
                .student = NONE, .course = NONE, .section = NONE, .fixes = 1};

        sc->start[0] = sc->start[1] = 0;
        sc->start[2] = 1;
        sc->teacher[0] = 0;
        sc->teacher[1] = sc->teacher[2] = 1;
        sc->seat[1] = 1;
        sc->seat[2] = 2;
        struct explained *ex = explain_all(sc, &one);
        assert_int_equal(ex->n_requests, 1);
        assert_int_equal(ex->requests[0].n_fixes, 1);
        const struct fix *x = ex->requests[0].fixes;
        assert_int_equal(x->kind, FIX_SEAT);
        assert_int_equal(x->own_lost + x->lost, 0);
        assert_int_equal(x->edits[0].kind, EDIT_SEATS);
        assert_int_equal(x->edits[0].what, 1);
        explained_free(ex);
        schedule_free(sc);
        problem_free(pb);
}

/* A second section of ART for the third student alone, though it wants two. */
static void a_new_section_below_its_minimum_says_so(void **state)
{
        (void)state;
        struct problem *pb = full_art();
        struct schedule *sc = two_sit(pb);

        pb->courses[0].size_min = pb->courses[0].size_min_stated = 2;
        struct explained *ex = explain_all(sc, &all);
        bool any = false;
        for (int i = 0; i < ex->requests[0].n_fixes; i++) {
                const struct fix *x = &ex->requests[0].fixes[i];
                if (x->kind != FIX_SECTION && x->kind != FIX_TEACHER)
                        continue;
                any = true;
                assert_non_null(strstr(x->text, "the new section has 1 student, its minimum is 2"));
        }
        assert_true(any);
        explained_free(ex);
        schedule_free(sc);
        problem_free(pb);
}

/* ART-1 and MUS-1 are both locked into period 1, which one student minds; a rule keeps another out.
 */
static void a_lock_in_the_way_is_named_and_may_be_dropped(void **state)
{
        (void)state;
        struct problem *pb = build_school(1, "1 2");

        add_teacher(pb, "bob", "art");
        add_teacher(pb, "eve", "art");
        for (int i = 0; i < 2; i++) {
                const char *course = i ? "MUS" : "ART";
                struct course *c = add_course(pb, course);
                c->credentials = ids_of(pb, pb->credentials, "art");
                c->credentials.given = true;
                set_sections(pb, course, 1, 1);
                add_lock(pb, course, 1)->period = 0;
        }
        add_student(pb, "K1", 9);
        add_request(pb, "K1", "ART", ELECTIVE);
        add_request(pb, "K1", "MUS", ELECTIVE);
        pb = build_done(pb);
        struct schedule *sc = schedule_new(pb);
        sc->start[0] = sc->start[1] = 0;
        sc->teacher[0] = 0;
        sc->teacher[1] = 1;
        sc->seat[0] = 0;
        struct explained *ex = explain_all(sc, &all);
        assert_int_equal(ex->n_requests, 1);
        const struct explained_request *e = &ex->requests[0];
        assert_int_equal(e->reason.obstacles[0].held.n, 2);
        const char *why = reason_of_request(ex->arena, pb, e->request, &e->reason);
        assert_non_null(strstr(why, "MUS-1 is kept at its time by the lock"));
        bool any = false;
        for (int i = 0; i < e->n_fixes; i++)
                if (e->fixes[i].kind == FIX_UNLOCK) {
                        any = true;
                        assert_int_equal(e->fixes[i].edits[0].kind, EDIT_DROP_LOCK);
                        assert_int_equal(e->fixes[i].lost + e->fixes[i].own_lost, 0);
                }
        assert_true(any);
        explained_free(ex);
        schedule_free(sc);
        problem_free(pb);
}

/* WELD-1 is reserved for two members; a third student, locked into it, comes before them. */
static void a_lock_seats_an_outsider_beside_members(void **state)
{
        (void)state;
        struct problem *pb = build_school(1, "1 2");
        const char *ids[] = {"K1", "K2", "K3"};

        add_teacher(pb, "bob", "weld");
        struct course *c = add_course(pb, "WELD");
        c->credentials = ids_of(pb, pb->credentials, "weld");
        c->credentials.given = true;
        set_sections(pb, "WELD", 1, 1);
        add_pathway(pb, "metal");
        add_cohort(pb, "m9", 9, "WELD");
        pb->cohorts[0].purity = (struct ratio){1, 2};
        for (int i = 0; i < 3; i++) {
                struct student *st = add_student(pb, ids[i], i ? 9 : 10);
                st->pathway_stated = i ? 0 : NONE;
                add_request(pb, ids[i], "WELD", ELECTIVE);
        }
        pb = build_done(pb);
        struct schedule *sc = schedule_new(pb);
        sc->start[0] = sc->teacher[0] = sc->cohort[0] = 0;
        sc->seat[1] = sc->seat[2] = 0;

        struct edit e = {.kind = EDIT_ADD_LOCK};
        e.lock = (struct lock){0, 1, 0, NONE, NONE, NONE, NONE, COHORT_NOT_LOCKED, {0}, false};
        struct edit bench_only[] = {e};
        struct bench b;
        assert_true(bench_open(&b, sc, bench_only, 1));
        for (int r = 0; r < 3; r++)
                assert_int_equal(b.now->seat[r], 0);
        bench_close(&b);
        schedule_free(sc);
        problem_free(pb);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_full_section_wants_one_more_seat_first),
                cmocka_unit_test(each_fix_meets_the_request_when_solved_again),
                cmocka_unit_test(without_the_edit_nobody_else_gets_in),
                cmocka_unit_test(the_grid_tells_free_seats_and_what_blocks),
                cmocka_unit_test(a_section_without_a_teacher_is_given_one),
                cmocka_unit_test(a_seat_in_another_class_may_be_what_is_wanted),
                cmocka_unit_test(a_new_section_below_its_minimum_says_so),
                cmocka_unit_test(a_lock_in_the_way_is_named_and_may_be_dropped),
                cmocka_unit_test(a_lock_seats_an_outsider_beside_members),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
