/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Schedules as answers and back, and what is measured of them. */
#include "model/measure.h"
#include "model/verify.h"
#include "tests/support.h"
#include "tests/support_rows.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Two courses of two sections, a lab, a stack, a cohort; students S1 to S4. */
static struct problem *school(void)
{
        struct problem *pb = build_school(2, "1 2 3 4");
        static const char *const ids[] = {"S1", "S2", "S3", "S4"};

        add_teacher(pb, "kim", "weld");
        add_teacher(pb, "lee", NULL);
        add_teacher(pb, "ono", "special");
        add_teacher(pb, "pat", "special");
        add_room(pb, "L1", "lab", 2);
        add_room(pb, "L2", "lab", -1);
        add_course(pb, "ENG")->size_max_stated = 3;
        add_course(pb, "WELD")->room_type = 0;
        pb->courses[1].credentials = ids_of(pb, pb->credentials, "weld");
        pb->courses[1].pathway = 0;
        pb->courses[1].periods = 2;
        add_course(pb, "FR3")->size_max_stated = 2;
        add_course(pb, "FR4")->size_max_stated = 1;
        for (int i = 0; i < 2; i++)
                add_course(pb, i ? "SUP2" : "SUP")->support =
                        (struct support){true, 0, ids_of(pb, pb->credentials, "special"), 1};
        set_sections(pb, "SUP", 0, 2);
        set_sections(pb, "ENG", 2, 3);
        set_sections(pb, "FR3", 1, 1);
        add_pathway(pb, "trades");
        add_cohort(pb, "t9", 9, "WELD");
        add_cohort(pb, "t12", 12, "WELD");
        add_rule(pb, RULE_STACK, "FR3 FR4");
        add_rule(pb, RULE_STACK, "SUP SUP2");
        for (int i = 0; i < 4; i++) {
                add_student(pb, ids[i], 9 + i / 2)->pathway_stated = i < 2 ? 0 : NONE;
                add_request(pb, ids[i], "ENG", i % 2 ? REQUIRED : ELECTIVE);
                add_request(pb, ids[i], "WELD", ELECTIVE);
                add_request(pb, ids[i], i % 2 ? "FR3" : "FR4", i == 3 ? ALTERNATE : ELECTIVE);
        }
        return build_done(pb);
}

/* Reads rows back; warnings is how many things are dropped. */
static struct schedule *read_back(const struct problem *pb, const char *rows, int warnings)
{
        struct answer *an = rows_answer(pb, rows);
        struct report *rp = report_new();
        struct schedule *sc = answer_schedule(pb, an, rp);

        if (report_warnings(rp) != warnings)
                fail_msg("%d warnings; the first: %s", report_warnings(rp),
                        report_warnings(rp) ? report_message(rp, 0)->text : "-");
        assert_int_equal(report_errors(rp), 0);
        report_free(rp);
        answer_free(an);
        return sc;
}

static const char good[] = "ENG-2 lee - - T1,T2 1 - S1,S2,S3\n"
                           "WELD-1 kim - L1 T1,T2 2,3 t9 S1,S2\n"
                           "FR3-1 lee - - T1,T2 4 - S2\n"
                           "FR4-1 lee - - T1,T2 4 - S1\n";

static void an_answer_comes_back_as_it_was(void **state)
{
        struct problem *pb = school();
        struct schedule *sc = read_back(pb, good, 0);
        struct answer *an = schedule_answer(sc);
        struct report *rp = report_new();
        struct schedule *again = answer_schedule(pb, an, rp);

        (void)state;
        assert_int_equal(sc->start[1], 0);
        assert_int_equal(sc->start[3], 1);
        assert_int_equal(sc->cohort[3], 0);
        assert_int_equal(sc->seat[0], 1);
        assert_memory_equal(sc->start, again->start, (size_t)pb->n_sections * sizeof(int));
        assert_memory_equal(sc->teacher, again->teacher, (size_t)pb->n_sections * sizeof(int));
        assert_memory_equal(sc->room, again->room, (size_t)pb->n_sections * sizeof(int));
        assert_memory_equal(sc->cohort, again->cohort, (size_t)pb->n_sections * sizeof(int));
        assert_memory_equal(sc->seat, again->seat, (size_t)pb->n_requests * sizeof(int));
        schedule_free(again);
        schedule_free(sc);
        report_free(rp);
        answer_free(an);
        problem_free(pb);
}

static void lists_are_in_the_order_of_the_format(void **state)
{
        struct problem *pb = school();
        struct schedule *sc = read_back(pb, good, 0);
        struct answer *an = schedule_answer(sc);

        (void)state;
        assert_int_equal(an->n_sections, 4);
        assert_string_equal(an->sections[0].course_id, "ENG");
        assert_int_equal(an->sections[0].number, 2);
        assert_int_equal(an->sections[0].students.n, 3);
        assert_int_equal(an->sections[0].students.v[2], 2);
        assert_int_equal(an->sections[1].periods.n, 2);
        assert_int_equal(an->sections[1].periods.v[1], 2);
        assert_string_equal(an->sections[1].cohort_id, "t9");
        /* one of ENG's two is missing: the lowest that does not run */
        assert_int_equal(an->n_unplaced, 1);
        assert_int_equal(an->unplaced[0].number, 1);
        assert_int_equal(an->n_unmet, 4);
        assert_string_equal(an->unmet[0].student_id, "S3");
        assert_string_equal(an->unmet[0].course_id, "WELD");
        assert_string_equal(an->unmet[1].course_id, "FR4");
        assert_string_equal(an->unmet[2].course_id, "ENG");
        assert_int_equal(an->unmet[2].kind, REQUIRED);
        answer_free(an);
        schedule_free(sc);
        problem_free(pb);
}

struct misfit {
        const char *row;
        int warnings; /* things that are dropped */
        int placed;   /* sections that stay */
        int seats;    /* seats that stay */
};

static void what_does_not_fit_is_dropped_and_told(void **state)
{
        static const struct misfit misfits[] = {
                {"ENG-1 lee - - T1,T2 1 - S1,S2", 0, 1, 2},
                {"ART-1 lee - - T1,T2 1 - S1", 1, 0, 0},
                {"ENG-4 lee - - T1,T2 1 - S1", 1, 0, 0},
                {"ENG-0 lee - - T1,T2 1 - S1", 1, 0, 0},
                {"ENG-1 lee - - T1,T2 1 - S1\nENG-1 kim - - T1,T2 2 - S2", 1, 1, 1},
                {"ENG-1 lee - - T1 1 - S1", 1, 0, 0},
                {"ENG-1 lee - - T1,T2 9 - S1", 1, 0, 0},
                {"ENG-1 lee - - T1,T2 - - S1", 1, 0, 0},
                {"WELD-1 kim - L1 T1,T2 3,2 - S1", 1, 0, 0},
                {"WELD-1 lee - L1 T1,T2 2,3 - S1", 1, 0, 0},
                {"WELD-1 who - L1 T1,T2 2,3 - S1", 1, 0, 0},
                {"WELD-1 - - L1 T1,T2 2,3 - S1", 1, 0, 0},
                {"WELD-1 kim lee L1 T1,T2 2,3 - S1", 1, 0, 0},
                {"WELD-1 kim - - T1,T2 2,3 - S1", 1, 0, 0},
                {"WELD-1 kim - L9 T1,T2 2,3 - S1", 1, 0, 0},
                {"WELD-1 kim - L1 T1,T2 2,3 t9 S1,S2,S3", 1, 1, 2},
                {"WELD-1 kim - L2 T1,T2 2,3 t7 S1,S2,S3", 1, 1, 3},
                {"ENG-1 kim - - T1,T2 1 t9 S1", 1, 1, 1},
                {"ENG-1 kim - - T1,T2 1 - S1,S9,S8", 1, 1, 1},
                {"ENG-1 kim - - T1,T2 1 - S1,S1", 1, 1, 1},
                {"FR3-1 kim - - T1,T2 1 - S1", 1, 1, 0},
                {"ENG-1 lee - - T1,T2 1 - S1\nENG-2 lee - - T1,T2 1 - S2", 1, 1, 1},
                {"ENG-1 lee - - T1,T2 2 - S1\nWELD-1 kim - L1 T1,T2 2,3 - S1", 1, 2, 1},
                {"FR3-1 lee - - T1,T2 4 - S2,S4\nFR4-1 lee - - T1,T2 4 - S1", 1, 2, 2},
                {"FR3-1 lee - - T1,T2 4 - S2\nFR4-1 lee - - T1,T2 4 - S1,S3", 1, 2, 2},
                {"FR3-1 lee - - T1,T2 4 - S2\nFR4-1 kim - - T1,T2 4 - S1", 1, 1, 1},
                {"FR3-1 lee - - T1,T2 4 - S2\nFR4-1 lee - - T1,T2 3 - S1", 1, 1, 1},
                {"ENG-3 lee - - T1,T2 1 - S1", 0, 1, 1},
                {"ENG-1 kim - - T1,T2 1 - S1\nENG-2 kim - - T1,T2 1 - S2", 1, 1, 1},
                {"ENG-1 kim - - T1,T2 1,2 - S1", 1, 0, 0},
                {"ENG-1 kim - - T1,T2,T2 1 - S1", 1, 0, 0},
                {"WELD-1 kim - L1 T1,T2 2 - S1", 1, 0, 0},
                {"ENG-1 lee - L1 T1,T2 1 - S1", 1, 0, 0},
                {"SUP-1 kim ono - T1,T2 1 - -", 0, 1, 0},
                {"SUP-1 kim - - T1,T2 1 - -", 1, 0, 0},
                {"SUP-1 kim lee - T1,T2 1 - -", 1, 0, 0},
                {"SUP-1 kim who - T1,T2 1 - -", 1, 0, 0},
                {"SUP-2 kim ono - T1,T2 1 - -", 1, 0, 0},
                {"SUP-1 ono ono - T1,T2 1 - -", 1, 0, 0},
                {"SUP-1 kim ono - T1,T2 1 - -\nSUP2-1 kim ono - T1,T2 1 - -", 0, 2, 0},
                {"SUP-1 kim ono - T1,T2 1 - -\nSUP2-1 kim pat - T1,T2 1 - -", 0, 2, 0},
                {"ENG-1 pat - - T1,T2 1 - -\nSUP-1 kim ono - T1,T2 1 - -\n"
                 "SUP2-1 kim pat - T1,T2 1 - -",
                        1, 2, 0},
                {"SUP-1 kim ono - T1,T2 1 - -\nENG-1 ono - - T1,T2 1 - S1", 1, 1, 0},
        };

        (void)state;
        for (size_t i = 0; i < sizeof misfits / sizeof *misfits; i++) {
                struct problem *pb = school();
                struct schedule *sc = read_back(pb, misfits[i].row, misfits[i].warnings);
                int placed = 0, seats = 0;

                for (int s = 0; s < pb->n_sections; s++)
                        placed += sc->start[s] >= 0;
                for (int r = 0; r < pb->n_requests; r++)
                        seats += sc->seat[r] >= 0;
                if (placed != misfits[i].placed || seats != misfits[i].seats)
                        fail_msg("'%s': %d sections, %d seats stay", misfits[i].row, placed, seats);
                schedule_free(sc);
                problem_free(pb);
        }
}

static void counts_are_measured(void **state)
{
        struct problem *pb = school();
        struct schedule *sc = read_back(pb, good, 0);
        struct measures m;

        (void)state;
        measure(sc, &m);
        assert_int_equal(m.cte_sections, 1);
        assert_int_equal(m.cte_placed, 1);
        assert_int_equal(m.sections, 5);
        assert_int_equal(m.placed, 4);
        /* WELD of everybody: S1, S2 of the pathway, S3, S4 without one */
        assert_int_equal(m.cte_requests, 4);
        assert_int_equal(m.cte_met, 2);
        assert_int_equal(m.reserved_seats, 2);
        assert_int_equal(m.reserved_members, 2);
        assert_int_equal(m.cohort_requests, 2);
        assert_int_equal(m.cohort_met_inside, 2);
        assert_int_equal(m.primary, 11);
        assert_int_equal(m.primary_met, 7);
        assert_int_equal(m.alternates_used, 0);
        assert_int_equal(m.required, 2);
        assert_int_equal(m.required_met, 1);
        assert_int_equal(m.students, 4);
        assert_int_equal(m.students_whole, 2);
        /* S3 sits empty in 6 cells and wants WELD (4) and FR4 (2); S4 in 8, wants ENG (2), WELD (4)
         */
        assert_int_equal(m.empty_asked, 12);
        schedule_free(sc);
        problem_free(pb);
}

static void the_first_section_and_alternates_count(void **state)
{
        struct problem *pb = school();
        struct schedule *sc =
                read_back(pb, "ENG-1 kim - - T1,T2 1 - S1,S2,S4\nFR3-1 lee - - T1,T2 4 - S4\n", 0);
        struct measures m;

        (void)state;
        measure(sc, &m);
        assert_int_equal(m.primary_met, 3);
        assert_int_equal(m.required_met, 2);
        assert_int_equal(m.alternates_used, 1);
        assert_int_equal(m.students_whole, 0);
        assert_int_equal(m.cte_met, 0);
        schedule_free(sc);
        problem_free(pb);
}

static void a_wide_reservation_serves_the_whole_pathway(void **state)
{
        struct problem *pb = school();
        struct schedule *sc = read_back(pb, "WELD-1 kim - L2 T1,T2 2,3 t9 S1,S2,S3\n", 0);
        struct measures m;

        (void)state;
        pb->students[1].cohort = 1;
        measure(sc, &m);
        assert_int_equal(m.reserved_seats, 3);
        assert_int_equal(m.reserved_members, 1);
        assert_int_equal(m.cohort_met_inside, 1);
        pb->cohorts[0].purity_of_pathway = true;
        measure(sc, &m);
        assert_int_equal(m.reserved_members, 2);
        assert_int_equal(m.cohort_requests, 2);
        assert_int_equal(m.cohort_met_inside, 2);
        pb->students[0].cohort = 1;
        pb->students[1].cohort = 0;
        pb->cohorts[0].purity_of_pathway = false;
        pb->cohorts[1].purity_of_pathway = true;
        measure(sc, &m);
        assert_int_equal(m.cohort_met_inside, 1);
        schedule_free(sc);
        problem_free(pb);
}

static void empty_cells_bound_what_was_asked(void **state)
{
        struct problem *pb = school();
        struct schedule *sc = read_back(pb, good, 0);
        struct measures m;

        (void)state;
        pb->students[2].available = 0x33; /* 1 and 2 in both terms; 1 is taken */
        measure(sc, &m);
        assert_int_equal(m.empty_asked, 8);
        schedule_free(sc);
        problem_free(pb);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(an_answer_comes_back_as_it_was),
                cmocka_unit_test(lists_are_in_the_order_of_the_format),
                cmocka_unit_test(what_does_not_fit_is_dropped_and_told),
                cmocka_unit_test(counts_are_measured),
                cmocka_unit_test(the_first_section_and_alternates_count),
                cmocka_unit_test(a_wide_reservation_serves_the_whole_pathway),
                cmocka_unit_test(empty_cells_bound_what_was_asked),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
