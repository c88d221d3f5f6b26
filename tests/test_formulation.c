/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page and the code say the same; other solvers find the same optimum. */
#include "model/verify.h"
#include "solver/exact.h"
#include "solver/export.h"
#include "solver/formulation.h"
#include "tests/tiny_school.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { MODELS = 30, SECONDS = 60 };

/* Does the line state "| CODE | name |"? */
static bool states(const char *line, const char *code, const char *name)
{
        char want[80];

        snprintf(want, sizeof want, "| %s | %s |", code, name);
        return strncmp(line, want, strlen(want)) == 0;
}

static bool is_row(const char *line, char letter)
{
        return line[0] == '|' && line[1] == ' ' && line[2] == letter && line[3] >= '0' &&
               line[3] <= '9';
}

static void the_page_lists_the_families_of_the_code(void **state)
{
        FILE *page = fopen("solver/FORMULATION.md", "r");
        char line[2000];
        int constraints = 0, goals = 0;

        (void)state;
        assert_non_null(page);
        while (fgets(line, sizeof line, page)) {
                if (is_row(line, 'C')) {
                        assert_in_range(constraints, 0, n_families - 1);
                        if (!states(line, families[constraints].code, families[constraints].name))
                                fail_msg("%s is not: %s", families[constraints].name, line);
                        constraints++;
                }
                if (is_row(line, 'O')) {
                        assert_in_range(goals, 0, N_TIERS - 1);
                        if (!states(line, goal_families[goals].code, goal_families[goals].name))
                                fail_msg("%s is not: %s", goal_families[goals].name, line);
                        assert_string_equal(goal_families[goals].name, tier_name((enum tier)goals));
                        assert_int_equal(goal_families[goals].tier, goals);
                        goals++;
                }
        }
        fclose(page);
        assert_int_equal(constraints, n_families);
        assert_int_equal(goals, N_TIERS);
}

static void each_family_has_rows_in_some_school(void **state)
{
        int rows[64] = {0};

        (void)state;
        for (uint64_t seed = 0; seed < 400; seed++) {
                struct problem *pb = tiny_school(seed, tiny_features(seed));
                struct formulation *f =
                        formulation_new(pb, (struct scope){NULL, NULL}, seed % 2 != 0);

                formulation_build(f);
                for (int n = 0; n < n_families; n++)
                        rows[n] += f->family_rows[n];
                formulation_close(f);
                formulation_free(f);
                problem_free(pb);
        }
        glp_free_env();
        for (int n = 0; n < n_families; n++)
                if (!rows[n])
                        fail_msg("%s never has a row", families[n].name);
}

/* The optimum that cbc finds, or fails. */
static double cbc_optimum(const char *path)
{
        char command[400], answer[200];
        double value = -1e9;

        snprintf(answer, sizeof answer, "%s.answer", path);
        snprintf(command, sizeof command, "cbc %s -sec 60 solve solu %s >/dev/null 2>&1", path,
                answer);
        if (system(command) != 0)
                fail_msg("cbc fails on %s", path);
        FILE *in = fopen(answer, "r");
        if (!in || fscanf(in, "Optimal - objective value %lf", &value) != 1)
                fail_msg("cbc finds no optimum of %s", path);
        fclose(in);
        unlink(answer);
        return value;
}

static bool solved(const struct problem *pb, struct schedule *sc, struct score *score)
{
        struct meter m;
        struct bound bound = {0};
        struct report *rp = report_new();

        meter_init(&m, clock_now(), SECONDS, 0, NULL);
        bool done = exact_locks_hold(pb, &m, sc, rp);
        if (done) {
                struct answer *an = schedule_answer(sc);
                struct verdict *v = verify(pb, an, false);

                *score = v->score;
                verdict_free(v);
                answer_free(an);
                assert_true(exact_solve(pb, &m, sc, score, &bound, rp));
        }
        report_free(rp);
        return done;
}

static void cbc_agrees_on(const struct problem *pb, const struct schedule *sc,
        const struct score *score, const char *dir, uint64_t seed)
{
        struct report *rp = report_new();
        char path[100], map[120];

        for (int n = 0; n < N_TIERS; n++) {
                const enum tier t = pb->order[n];

                snprintf(path, sizeof path, "%s/%llu-%d.%s", dir, (unsigned long long)seed, n,
                        n % 2 ? "mps" : "lp");
                snprintf(map, sizeof map, "%s.map", path);
                assert_true(export_model(pb, t, sc, path, rp));
                const double found = cbc_optimum(path);
                if (found < (double)score->tier[t] - 1e-6 || found > (double)score->tier[t] + 1e-6)
                        fail_msg("seed %llu, %s: cbc says %g, exact %lld", (unsigned long long)seed,
                                tier_name(t), found, (long long)score->tier[t]);
                unlink(path);
                assert_int_equal(unlink(map), 0);
        }
        report_free(rp);
}

static void cbc_reaches_the_same_optimum_in_each_tier(void **state)
{
        char dir[] = "/tmp/msched-cbc-XXXXXX";
        int models = 0;

        (void)state;
        if (system("command -v cbc >/dev/null 2>&1") != 0) {
                print_message("SKIPPED: no cbc\n");
                skip();
        }
        assert_non_null(mkdtemp(dir));
        for (uint64_t seed = 0; models < MODELS; seed += 3) {
                struct problem *pb = tiny_school(seed, tiny_features(seed));
                struct schedule *sc = schedule_new(pb);
                struct score score;

                if (solved(pb, sc, &score)) {
                        cbc_agrees_on(pb, sc, &score, dir, seed);
                        models++;
                }
                schedule_free(sc);
                problem_free(pb);
        }
        assert_int_equal(rmdir(dir), 0);
}

static void a_program_without_what_it_needs_is_an_error(void **state)
{
        struct problem *pb = tiny_school(4, tiny_features(4));
        struct schedule *sc = schedule_new(pb);
        struct report *rp = report_new();
        char dir[] = "/tmp/msched-export-XXXXXX", path[100];
        struct stat st;

        (void)state;
        assert_non_null(mkdtemp(dir));
        snprintf(path, sizeof path, "%s/model.txt", dir);
        assert_false(export_model(pb, pb->order[0], NULL, path, rp));
        snprintf(path, sizeof path, "%s/model.lp", dir);
        assert_false(export_model(pb, pb->order[5], NULL, path, rp));
        assert_int_equal(report_errors(rp), 2);
        assert_int_equal(report_worst(rp), ERROR_INPUT);
        assert_true(export_model(pb, pb->order[0], NULL, path, rp));
        unlink(path);
        snprintf(path, sizeof path, "%s/model.lp.map", dir);
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(st.st_mode & 0777, 0600);
        unlink(path);
        snprintf(path, sizeof path, "%s/none/model.lp", dir);
        assert_false(export_model(pb, pb->order[0], sc, path, rp));
        assert_int_equal(report_worst(rp), ERROR_SYSTEM);
        assert_int_equal(rmdir(dir), 0);
        report_free(rp);
        schedule_free(sc);
        problem_free(pb);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(the_page_lists_the_families_of_the_code),
                cmocka_unit_test(each_family_has_rows_in_some_school),
                cmocka_unit_test(a_program_without_what_it_needs_is_an_error),
                cmocka_unit_test(cbc_reaches_the_same_optimum_in_each_tier),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
