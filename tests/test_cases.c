/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tests/cases/NAME: a small school, a schedule and what counting by hand says of it. The first line
 * of `expect` is "valid" or the codes of the rules that are broken; the others name the tiers that
 * are not 0. Each schedule must claim just that score, so that no claim may be false.
 */
#include "io/problem_read.h"
#include "io/schedule_json.h"
#include "model/verify.h"
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FEWEST_CASES = 30, LONGEST = 400 };

static void print_report(const char *name, struct report *rp)
{
        for (int i = 0; i < report_count(rp); i++) {
                const struct message *m = report_message(rp, i);

                if (!m->warning)
                        print_error("%s: %d:%d: %s\n", name, m->at.line, m->at.column, m->text);
        }
}

/* The codes of the broken rules, each once, in the order of H1 to H11. */
static void broken(const struct verdict *v, char *out, size_t size)
{
        static const char *const codes[] = {
                "cell", "H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8", "H9", "H10", "H11"};

        *out = '\0';
        for (size_t c = 0; c < sizeof codes / sizeof *codes; c++)
                for (int i = 0; i < v->n_faults; i++)
                        if (!strcmp(v->faults[i].rule, codes[c])) {
                                const size_t n = strlen(out);

                                snprintf(out + n, size - n, "%s%s", n ? " " : "", codes[c]);
                                break;
                        }
        if (!*out)
                snprintf(out, size, "valid");
}

/* What `expect` should say, from the verdict. */
static void describe(const struct problem *pb, const struct verdict *v, char *out, size_t size)
{
        broken(v, out, size);
        for (int i = 0; i < N_TIERS; i++) {
                const enum tier t = pb->order[i];
                const double unit = t == REQUIREMENT_SHORTFALL ? (double)pb->year_unit : 1;
                const size_t n = strlen(out);

                if (v->score.tier[t])
                        snprintf(out + n, size - n, "\n%s %.10g", tier_name(t),
                                (double)v->score.tier[t] / unit);
        }
}

static bool read_expected(const char *dir, char *out, size_t size)
{
        char path[LONGEST + 20];
        FILE *f;
        size_t n;

        snprintf(path, sizeof path, "%s/expect", dir);
        f = fopen(path, "r");
        if (!f)
                return false;
        n = fread(out, 1, size - 1, f);
        fclose(f);
        while (n > 0 && out[n - 1] == '\n')
                n--;
        out[n] = '\0';
        return true;
}

static bool judge(
        const char *name, const struct problem *pb, const struct answer *an, const char *expected)
{
        struct verdict *v = verify(pb, an, true);
        char found[1000];
        bool good;

        describe(pb, v, found, sizeof found);
        good = !strcmp(found, expected) && v->n_claims == 0;
        if (!good) {
                print_error("%s: expected:\n%s\n%s: found:\n%s\n", name, expected, name, found);
                for (int i = 0; i < v->n_faults; i++)
                        print_error("%s: %s: %s\n", name, v->faults[i].rule, v->faults[i].text);
                for (int i = 0; i < v->n_claims; i++)
                        print_error("%s: %s\n", name, v->claims[i].text);
        }
        verdict_free(v);
        return good;
}

static bool check_case(const char *root, const char *name)
{
        char dir[LONGEST], school[LONGEST + 20], schedule[LONGEST + 20], expected[1000];
        struct report *rp = report_new();
        struct problem *pb;
        struct answer *an;
        bool good;

        snprintf(dir, sizeof dir, "%s/%s", root, name);
        snprintf(school, sizeof school, "%s/school.yaml", dir);
        snprintf(schedule, sizeof schedule, "%s/schedule.json", dir);
        pb = problem_read(school, NULL, rp);
        an = pb ? answer_read(pb, schedule, rp) : NULL;
        print_report(name, rp);
        good = an && read_expected(dir, expected, sizeof expected) && judge(name, pb, an, expected);
        if (!good)
                print_error("%s: failed\n", name);
        answer_free(an);
        problem_free(pb);
        report_free(rp);
        return good;
}

static int hidden(const struct dirent *e)
{
        return e->d_name[0] != '.';
}

static void every_case_scores_as_counted_by_hand(void **state)
{
        static const char root[] = "tests/cases";
        struct dirent **names;
        const int n = scandir(root, &names, hidden, alphasort);
        int failed = 0;

        (void)state;
        assert_true(n >= FEWEST_CASES);
        for (int i = 0; i < n; i++) {
                failed += !check_case(root, names[i]->d_name);
                free(names[i]);
        }
        free(names);
        print_message("%d cases\n", n);
        assert_int_equal(failed, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_case_scores_as_counted_by_hand),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
