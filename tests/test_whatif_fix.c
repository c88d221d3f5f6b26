/* SPDX-License-Identifier: GPL-3.0-or-later */
/* solver/whatif_fix: the smallest change first, all else frozen; last what a student needs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/freeze.h"
#include "solver/explain_all.h"
#include "solver/whatif.h"
#include "support.h"

static const struct explain_ask all = {
        .student = NONE, .course = NONE, .section = NONE, .fixes = 3};

/* A course with one section, which one teacher alone may teach. */
static struct course *one_section(struct problem *pb, const char *id, const char *teacher)
{
        struct course *c = add_course(pb, id);

        add_teacher(pb, teacher, id);
        c->credentials = ids_of(pb, pb->credentials, id);
        c->credentials.given = true;
        c->size_min_stated = 0;
        set_sections(pb, id, 1, 1);
        return c;
}

static void seat_in(struct schedule *sc, const char *student, const char *course, int number)
{
        const struct problem *pb = sc->pb;
        int c = id_of(pb->course_ids, course);
        int r = problem_request_of(pb, id_of(pb->student_ids, student), c);

        assert_true(r >= 0);
        sc->seat[r] = pb->courses[c].first_section + number - 1;
}

static const struct fix *fix_of_kind(const struct explained_request *e, enum fix_kind kind, int *n)
{
        const struct fix *first = NULL;

        *n = 0;
        for (int i = 0; i < e->n_fixes; i++)
                if (e->fixes[i].kind == kind) {
                        first = first ? first : &e->fixes[i];
                        ++*n;
                }
        return first;
}

/* ART3, and ART4 stacked with it if asked for, in a room for two, which it has. */
static struct problem *small_room(bool stacked)
{
        struct problem *pb = build_school(1, "1");
        const char *ids[] = {"K1", "K2", "K3"};

        add_room(pb, "R1", "studio", 2);
        one_section(pb, "ART3", "ann")->room_type = id_of(pb->room_types, "studio");
        if (stacked) {
                struct course *c = add_course(pb, "ART4");
                c->credentials = ids_of(pb, pb->credentials, "ART3");
                c->credentials.given = true;
                c->size_min_stated = 0;
                c->room_type = id_of(pb->room_types, "studio");
                set_sections(pb, "ART4", 1, 1);
                add_rule(pb, RULE_STACK, "ART3 ART4");
        }
        for (int i = 0; i < 3; i++) {
                add_student(pb, ids[i], 11);
                add_request(pb, ids[i], stacked && i == 0 ? "ART4" : "ART3", ELECTIVE);
        }
        return build_done(pb);
}

static void one_more_place_in_the_room(bool stacked)
{
        struct problem *pb = small_room(stacked);
        struct schedule *sc = schedule_new(pb);

        for (int s = 0; s < pb->n_sections; s++)
                sc->start[s] = sc->teacher[s] = sc->room[s] = 0;
        seat_in(sc, "K1", stacked ? "ART4" : "ART3", 1);
        seat_in(sc, "K2", "ART3", 1);
        struct explained *ex = explain_all(sc, &all);
        assert_int_equal(ex->n_requests, 1);
        assert_true(ex->requests[0].n_fixes > 0);
        const struct fix *x = ex->requests[0].fixes;
        assert_int_equal(x->kind, FIX_SEAT);
        assert_int_equal(x->edits[0].kind, EDIT_CAPACITY);
        assert_int_equal(x->edits[0].what, 0);
        assert_int_equal(x->edits[0].by, 1);
        assert_int_equal(x->own_lost + x->lost + x->moved, 0);
        explained_free(ex);
        schedule_free(sc);
        problem_free(pb);
}

static void a_full_room_gets_one_more_place(void **state)
{
        (void)state;
        one_more_place_in_the_room(false);
}

static void also_where_stacked_sections_fill_it_together(void **state)
{
        (void)state;
        one_more_place_in_the_room(true);
}

/* K1 sits in ENG-1, at the time of ART; ENG-2, in the second period, would do as well. */
static struct problem *two_englishes(void)
{
        struct problem *pb = build_school(1, "1 2");

        one_section(pb, "ART", "ann")->at_periods = ids_of(pb, pb->period_ids, "1");
        pb->courses[0].at_periods.given = true;
        one_section(pb, "ENG", "eve");
        set_sections(pb, "ENG", 2, 2);
        pb->contract.limits.load = 2;
        add_student(pb, "K1", 9);
        add_request(pb, "K1", "ART", ELECTIVE);
        add_request(pb, "K1", "ENG", REQUIRED);
        return build_done(pb);
}

static bool gets_art(const struct schedule *sc, unsigned frozen)
{
        struct whatif w;

        assert_true(whatif_solve(sc, NULL, 0, frozen, 0.02, NULL, &w));
        bool gets = w.solution.schedule->seat[0] >= 0;
        assert_true(w.solution.schedule->seat[1] >= 0);
        whatif_release(&w);
        return gets;
}

static void what_is_frozen_stays_where_it_is(void **state)
{
        (void)state;
        struct problem *pb = two_englishes();
        struct schedule *sc = schedule_new(pb);

        sc->start[0] = sc->start[1] = 0;
        sc->start[2] = 1;
        sc->teacher[0] = 0;
        sc->teacher[1] = sc->teacher[2] = 1;
        seat_in(sc, "K1", "ENG", 1);
        assert_false(gets_art(sc, FREEZE_SECTIONS));
        assert_true(gets_art(sc, FREEZE_PERIODS | FREEZE_TEACHERS | FREEZE_ROOMS));
        assert_true(gets_art(sc, 0));
        schedule_free(sc);
        problem_free(pb);
}

static void his_own_classes_change_and_nothing_else(void **state)
{
        (void)state;
        struct problem *pb = two_englishes();
        struct schedule *sc = schedule_new(pb);

        sc->start[0] = sc->start[1] = 0;
        sc->start[2] = 1;
        sc->teacher[0] = 0;
        sc->teacher[1] = sc->teacher[2] = 1;
        seat_in(sc, "K1", "ENG", 1);
        struct explained *ex = explain_all(sc, &all);
        assert_int_equal(ex->n_requests, 1);
        assert_true(ex->requests[0].n_fixes > 0);
        assert_int_equal(ex->requests[0].fixes[0].kind, FIX_SEAT);
        assert_int_equal(ex->requests[0].fixes[0].frozen, FREEZE_SECTIONS);
        explained_free(ex);
        schedule_free(sc);
        problem_free(pb);
}

/* JAZZ and ART meet at once, and nowhere else; DANCE has seats in the second period, ENG9H, too. */
static struct problem *jazz_or_art(enum kind jazz)
{
        struct problem *pb = build_school(1, "1 2 3");
        const char *ids[] = {"ENG9H", "ENG9", "DANCE", "JAZZ", "ART"};
        const char *teachers[] = {"eve", "eva", "dan", "joe", "ann"};
        const char *periods[] = {"3", "2", "3", "1", "1"};

        for (int i = 0; i < 5; i++) {
                struct course *c = one_section(pb, ids[i], teachers[i]);
                c->at_periods = ids_of(pb, pb->period_ids, periods[i]);
                c->at_periods.given = true;
                c->subject = i < 2 ? "English" : i == 2 ? "Sport" : "Arts";
        }
        add_student(pb, "K1", 9);
        add_request(pb, "K1", "ENG9", REQUIRED);
        add_request(pb, "K1", "JAZZ", jazz);
        add_request(pb, "K1", "ART", ELECTIVE);
        return build_done(pb);
}

static struct schedule *jazz_it_is(const struct problem *pb)
{
        struct schedule *sc = schedule_new(pb);
        const int starts[] = {2, 1, 2, 0, 0};

        for (int s = 0; s < 5; s++) {
                sc->start[s] = starts[s];
                sc->teacher[s] = s;
        }
        seat_in(sc, "K1", "ENG9", 1);
        seat_in(sc, "K1", "JAZZ", 1);
        return sc;
}

static void what_is_given_up_is_offered_once(void **state)
{
        (void)state;
        struct problem *pb = jazz_or_art(ELECTIVE);
        struct schedule *sc = jazz_it_is(pb);
        struct explained *ex = explain_all(sc, &all);
        int n;

        assert_int_equal(ex->n_requests, 1);
        const struct fix *x = fix_of_kind(&ex->requests[0], FIX_GIVE_UP, &n);
        assert_non_null(x);
        assert_int_equal(n, 1);
        assert_int_equal(pb->requests[x->given_up].course, id_of(pb->course_ids, "JAZZ"));
        assert_false(x->grave);
        assert_int_equal(x->n_edits, 1); /* he still asks for it: an alternate may stand in */
        assert_int_equal(x->frozen, FREEZE_SECTIONS);
        explained_free(ex);
        schedule_free(sc);
        problem_free(pb);
}

static void what_he_needs_is_given_up_last(void **state)
{
        (void)state;
        struct problem *pb = jazz_or_art(REQUIRED);
        struct schedule *sc = jazz_it_is(pb);
        struct explained *ex = explain_all(sc, &all);
        const struct explained_request *e = &ex->requests[0];

        assert_int_equal(ex->n_requests, 1);
        assert_true(e->n_fixes >= 2);
        assert_int_equal(e->fixes[e->n_fixes - 1].kind, FIX_GIVE_UP);
        assert_true(e->fixes[e->n_fixes - 1].grave);
        for (int i = 0; i < e->n_fixes - 1; i++)
                assert_false(e->fixes[i].grave);
        explained_free(ex);
        schedule_free(sc);
        problem_free(pb);
}

static void nobody_is_offered_a_second_english(void **state)
{
        (void)state;
        struct problem *pb = jazz_or_art(REQUIRED);
        struct schedule *sc = jazz_it_is(pb);
        struct explained *ex = explain_all(sc, &all);
        int n;

        const struct fix *x = fix_of_kind(&ex->requests[0], FIX_SWAP, &n);
        assert_non_null(x);
        assert_int_equal(n, 1);
        assert_int_equal(x->edits[0].part, id_of(pb->course_ids, "DANCE"));
        explained_free(ex);
        schedule_free(sc);
        problem_free(pb);
}

/* K1 has the flag el, and ann, who teaches ART alone, not the credential that it wants. */
static void a_teacher_may_lack_a_credential_alone(void **state)
{
        (void)state;
        struct problem *pb = build_school(1, "1");
        const char *ids[] = {"K1", "K2"};

        one_section(pb, "ART", "ann");
        add_teacher(pb, "eve", "clad");
        struct rule *u = add_rule(pb, RULE_NEEDS, "");
        u->flag = ids_of(pb, pb->flags, "el").v[0];
        u->credentials = ids_of(pb, pb->credentials, "clad");
        for (int i = 0; i < 2; i++) {
                struct student *who = add_student(pb, ids[i], 9);
                if (!i)
                        who->flags = ids_of(pb, pb->flags, "el");
                add_request(pb, ids[i], "ART", ELECTIVE);
        }
        build_done(pb);
        struct schedule *sc = schedule_new(pb);
        sc->start[0] = sc->teacher[0] = 0;
        seat_in(sc, "K2", "ART", 1);
        struct explained *ex = explain_all(sc, &all);
        assert_int_equal(ex->n_requests, 1);
        assert_true(ex->requests[0].n_fixes > 0);
        const struct fix *x = ex->requests[0].fixes;
        assert_int_equal(x->kind, FIX_CREDENTIAL);
        assert_int_equal(x->edits[0].kind, EDIT_CREDENTIAL);
        assert_int_equal(x->edits[0].what, 0);
        assert_int_equal(x->edits[0].part, id_of(pb->credentials, "clad"));
        assert_int_equal(x->own_lost + x->lost + x->moved, 0);
        explained_free(ex);
        schedule_free(sc);
        problem_free(pb);
}

static void what_was_not_looked_for_is_not_said_to_be_missing(void **state)
{
        (void)state;
        struct problem *pb = small_room(false);
        struct schedule *sc = schedule_new(pb);
        struct explain_ask hurry = all;

        sc->start[0] = sc->teacher[0] = sc->room[0] = 0;
        seat_in(sc, "K1", "ART3", 1);
        seat_in(sc, "K2", "ART3", 1);
        hurry.seconds = 1e-9;
        struct explained *ex = explain_all(sc, &hurry);
        assert_int_equal(ex->requests[0].n_fixes, 0);
        assert_true(ex->requests[0].late);
        explained_free(ex);
        ex = explain_all(sc, &all);
        assert_false(ex->requests[0].late);
        explained_free(ex);
        schedule_free(sc);
        problem_free(pb);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_full_room_gets_one_more_place),
                cmocka_unit_test(also_where_stacked_sections_fill_it_together),
                cmocka_unit_test(what_is_frozen_stays_where_it_is),
                cmocka_unit_test(his_own_classes_change_and_nothing_else),
                cmocka_unit_test(what_is_given_up_is_offered_once),
                cmocka_unit_test(what_he_needs_is_given_up_last),
                cmocka_unit_test(nobody_is_offered_a_second_english),
                cmocka_unit_test(a_teacher_may_lack_a_credential_alone),
                cmocka_unit_test(what_was_not_looked_for_is_not_said_to_be_missing),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
