/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/options.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static bool set(struct options *o, const char *name, const char *text)
{
        struct report *rp = report_new();
        bool ok = options_set(o, name, text, (struct place){0}, rp);

        assert_int_equal(report_errors(rp), !ok);
        report_free(rp);
        return ok;
}

static void every_row_takes_its_default_and_its_ends(void **state)
{
        struct options o;
        char text[64];

        (void)state;
        options_default(&o);
        for (int i = 0; i < n_option_rows; i++) {
                const struct option_row *r = &option_rows[i];
                const double values[] = {r->def, r->low, r->high};
                for (int v = 0; v < 3; v++) {
                        char wanted[64];
                        if (r->type == 'f')
                                snprintf(wanted, sizeof wanted, "%s", values[v] > 0 ? "yes" : "no");
                        else
                                snprintf(wanted, sizeof wanted, "%.10g", values[v]);
                        assert_true(set(&o, r->name, wanted) || strchr(wanted, 'e'));
                        options_text(&o, i, text, sizeof text);
                        if (!strchr(wanted, 'e'))
                                assert_string_equal(text, wanted);
                }
        }
}

static void either_dash_names_an_option(void **state)
{
        struct options o;

        (void)state;
        options_default(&o);
        assert_true(set(&o, "time-limit", "2.5"));
        assert_true(o.time_limit > 2.4 && o.time_limit < 2.6);
        assert_true(set(&o, "time_limit", "3"));
        assert_true(o.time_limit > 2.9);
        assert_true(set(&o, "no-exact", NULL));
        assert_false(o.exact);
        assert_true(set(&o, "exact", NULL));
        assert_true(o.exact);
}

static void nonsense_is_refused_and_changes_nothing(void **state)
{
        static const char *const bad[][2] = {{"time-limit", ""}, {"time-limit", "-1"},
                {"time-limit", "inf"}, {"time-limit", "nan"}, {"time-limit", "0x10"},
                {"time-limit", "5s"}, {"time-limit", " 5"}, {"seed", "1.5"}, {"seed", "1e3"},
                {"seed", "99999999999"}, {"threads", "65"}, {"streams", "0"}, {"exact", "maybe"},
                {"no-seed", NULL}, {"no-such", NULL}, {"seed", NULL}, {"no-exact", "no"}};
        struct options before, o;

        (void)state;
        memset(&before, 0, sizeof before);
        options_default(&before);
        o = before;
        for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
                assert_false(set(&o, bad[i][0], bad[i][1]));
        for (int i = 0; i < n_option_rows; i++) {
                char a[64], b[64];
                options_text(&before, i, a, sizeof a);
                options_text(&o, i, b, sizeof b);
                assert_string_equal(a, b);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_row_takes_its_default_and_its_ends),
                cmocka_unit_test(either_dash_names_an_option),
                cmocka_unit_test(nonsense_is_refused_and_changes_nothing),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
