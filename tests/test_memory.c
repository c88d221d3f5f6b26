/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory, ids, messages and scores: the floor of the model. */
#include "model/index.h"
#include "model/memory.h"
#include "model/report.h"
#include "model/score.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static jmp_buf refused;

static void jump_out(void)
{
        longjmp(refused, 1);
}

static void what_overflows_calls_the_handler(void **state)
{
        struct arena *a = arena_new();
        volatile int calls = 0;

        (void)state;
        mem_set_handler(jump_out);
        if (setjmp(refused) == 0)
                mem_zero(SIZE_MAX / 2, 3);
        else
                calls++;
        if (setjmp(refused) == 0)
                mem_resize(NULL, SIZE_MAX / 2, 3);
        else
                calls++;
        if (setjmp(refused) == 0)
                arena_array(a, SIZE_MAX / 2, 3);
        else
                calls++;
        if (setjmp(refused) == 0)
                arena_alloc(a, SIZE_MAX - 3);
        else
                calls++;
        mem_set_handler(NULL);
        assert_int_equal(calls, 4);
        arena_free(a);
}

static void nothing_is_something_to_allocate(void **state)
{
        void *p = mem_alloc(0), *q = mem_zero(0, 8), *r = mem_copy("", 0);

        (void)state;
        assert_non_null(p);
        assert_non_null(q);
        assert_non_null(r);
        mem_free(p);
        mem_free(mem_resize(q, 0, 8));
        mem_free(r);
        mem_free(NULL);
        arena_free(NULL);
}

static void arenas_give_zeroed_aligned_room_of_any_size(void **state)
{
        struct arena *a = arena_new();

        (void)state;
        for (int round = 0; round < 2; round++) {
                for (size_t size = 0; size < 9000; size += 17) {
                        unsigned char *p = arena_alloc(a, size);

                        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
                        for (size_t i = 0; i < size; i++)
                                assert_int_equal(p[i], 0);
                        memset(p, 0xff, size);
                }
                arena_clear(a);
        }
        assert_string_equal(arena_strndup(a, "English 9", 7), "English");
        assert_string_equal(arena_printf(a, "%s-%d", "ENG9", 2), "ENG9-2");
        arena_free(a);
}

static void ids_get_numbers_in_order(void **state)
{
        struct index *ix = index_new();
        char id[20];

        (void)state;
        for (int i = 0; i < 5000; i++) {
                snprintf(id, sizeof id, "S%d", i * 7);
                assert_int_equal(index_add(ix, id), i);
        }
        assert_int_equal(index_add(ix, "S7"), -1);
        assert_int_equal(index_size(ix), 5000);
        assert_int_equal(index_find(ix, "S70"), 10);
        assert_int_equal(index_find(ix, "s70"), -1);
        assert_int_equal(index_find(ix, ""), -1);
        assert_string_equal(index_id(ix, 10), "S70");
        index_free(ix);
        index_free(NULL);
}

static void the_nearest_id_is_suggested(void **state)
{
        static const struct {
                const char *said, *meant;
        } pairs[] = {
                {"tecahers", "teachers"}, /* two letters swapped */
                {"Teachers", "teachers"}, /* case */
                {"teacher", "teachers"},
                {"roooms", "rooms"},
                {"HLT1", "HLTH1"},
                {"1B", "1A"},
                {"xyz", NULL},
                {"english-language-9", "english-language-10"},
                {"contract-of-teachers", NULL},
                {"", NULL},
        };
        struct index *ix = index_new();

        (void)state;
        index_add(ix, "teachers");
        index_add(ix, "rooms");
        index_add(ix, "HLTH1");
        index_add(ix, "1A");
        index_add(ix, "english-language-10");
        for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
                const char *found = index_nearest(ix, pairs[i].said);

                if (pairs[i].meant ? !found || strcmp(found, pairs[i].meant) != 0 : found != NULL)
                        fail_msg("%s: %s", pairs[i].said, found ? found : "nothing");
        }
        index_free(ix);
}

static void messages_are_sorted_by_place(void **state)
{
        struct report *rp = report_new();
        char file[] = "b.csv";

        (void)state;
        report_warn(rp, (struct place){file, 9, 1}, "third");
        report_error(rp, ERROR_INPUT, (struct place){"a.yaml", 2, 1}, "fifth");
        report_error(rp, ERROR_CLASH, (struct place){"b.csv", 3, 7}, "second %d", 2);
        report_warn(rp, (struct place){"a.yaml", 1, 5}, "fourth");
        report_warn(rp, (struct place){NULL, 0, 0}, "first");
        memset(file, 'x', sizeof file - 1); /* the report keeps names of its own */
        assert_int_equal(report_count(rp), 5);
        assert_string_equal(report_message(rp, 0)->text, "first");
        assert_string_equal(report_message(rp, 1)->text, "second 2");
        assert_string_equal(report_message(rp, 2)->text, "third");
        assert_string_equal(report_message(rp, 2)->at.file, "b.csv");
        assert_string_equal(report_message(rp, 3)->text, "fourth");
        assert_string_equal(report_message(rp, 4)->text, "fifth");
        assert_int_equal(report_errors(rp), 2);
        assert_int_equal(report_warnings(rp), 3);
        assert_int_equal(report_worst(rp), ERROR_CLASH);
        report_error(rp, ERROR_SYSTEM, (struct place){NULL, 0, 0}, "disk");
        report_error(rp, ERROR_INPUT, (struct place){NULL, 0, 0}, "input");
        assert_int_equal(report_worst(rp), ERROR_SYSTEM);
        report_free(rp);
        report_free(NULL);
}

static void fifty_errors_are_kept_and_all_are_counted(void **state)
{
        struct report *rp = report_new();

        (void)state;
        for (int i = 0; i < 60; i++)
                assert_false(report_error(rp, ERROR_INPUT, (struct place){"a", i + 1, 1}, "%d", i));
        report_warn(rp, (struct place){"a", 1, 1}, "kept");
        assert_int_equal(report_errors(rp), 60);
        assert_int_equal(report_count(rp), REPORT_MAX_ERRORS + 1);
        report_free(rp);
}

static void scores_compare_from_the_top_of_the_order(void **state)
{
        enum tier order[N_TIERS];
        struct score a = {{0}}, b = {{0}};
        struct bound bound = {{0}, {false}};

        (void)state;
        for (enum tier t = 0; t < N_TIERS; t++)
                order[t] = t;
        assert_int_equal(score_compare(order, &a, &b), 0);
        a.tier[AWAY] = 1;
        assert_true(score_compare(order, &a, &b) > 0);
        b.tier[UNEVEN] = 1;
        assert_true(score_compare(order, &a, &b) < 0);
        order[2] = AWAY;
        order[AWAY] = COHORT_BREAKS;
        assert_true(score_compare(order, &a, &b) > 0);
        for (int t = 0; t < N_TIERS; t++) {
                assert_false(score_meets(&a, &bound));
                bound.known[t] = true;
        }
        assert_false(score_meets(&a, &bound));
        bound.tier[AWAY] = 1;
        assert_true(score_meets(&a, &bound));
}

static void tiers_have_names(void **state)
{
        (void)state;
        for (enum tier t = 0; t < N_TIERS; t++)
                assert_int_equal(tier_find(tier_name(t)), t);
        assert_string_equal(tier_name(REQUIREMENT_SHORTFALL), "requirement_shortfall");
        assert_int_equal(tier_find("nothing"), -1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_overflows_calls_the_handler),
                cmocka_unit_test(nothing_is_something_to_allocate),
                cmocka_unit_test(arenas_give_zeroed_aligned_room_of_any_size),
                cmocka_unit_test(ids_get_numbers_in_order),
                cmocka_unit_test(the_nearest_id_is_suggested),
                cmocka_unit_test(messages_are_sorted_by_place),
                cmocka_unit_test(fifty_errors_are_kept_and_all_are_counted),
                cmocka_unit_test(scores_compare_from_the_top_of_the_order),
                cmocka_unit_test(tiers_have_names),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
