/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/options.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct option_row option_rows[] = {
#define REAL(name, def, low, high, help) {#name, 'r', def, low, high, help},
#define INT(name, def, low, high, help) {#name, 'i', def, low, high, help},
#define FLAG(name, def, help) {#name, 'f', def, 0, 1, help},
        OPTIONS(REAL, INT, FLAG)
#undef REAL
#undef INT
#undef FLAG
};

const int n_option_rows = (int)(sizeof option_rows / sizeof option_rows[0]);

void options_default(struct options *o)
{
#define DEFAULT(name, def, ...) o->name = def;
        OPTIONS(DEFAULT, DEFAULT, DEFAULT)
#undef DEFAULT
}

static double value_of(const struct options *o, int row)
{
        int i = 0;
#define VALUE(name, ...)                                                                           \
        if (i++ == row)                                                                            \
                return (double)o->name;
        OPTIONS(VALUE, VALUE, VALUE)
#undef VALUE
        return 0;
}

static void store(struct options *o, int row, double value)
{
        int i = 0;
#define REAL(name, ...)                                                                            \
        if (i++ == row)                                                                            \
                o->name = value;
#define INT(name, ...)                                                                             \
        if (i++ == row)                                                                            \
                o->name = (int)value;
#define FLAG(name, ...)                                                                            \
        if (i++ == row)                                                                            \
                o->name = value > 0;
        OPTIONS(REAL, INT, FLAG)
#undef REAL
#undef INT
#undef FLAG
}

/* time-limit is time_limit. */
static bool same_name(const char *row, const char *given)
{
        for (; *row && *given; row++, given++) {
                if (*row != (*given == '-' ? '_' : *given))
                        return false;
        }
        return !*row && !*given;
}

static int row_of(const char *name)
{
        for (int i = 0; i < n_option_rows; i++) {
                if (same_name(option_rows[i].name, name))
                        return i;
        }
        return -1;
}

static bool read_flag(const char *text, double *value)
{
        static const char *const words[] = {"no", "yes", "false", "true", "0", "1", "off", "on"};

        for (int i = 0; i < (int)(sizeof words / sizeof words[0]); i++) {
                if (!strcmp(text, words[i])) {
                        *value = i % 2;
                        return true;
                }
        }
        return false;
}

/* A plain decimal: strtod alone would also take hexadecimals, infinity and leading blanks. */
static bool read_number(const char *text, bool whole, double *value)
{
        if (!*text || strspn(text, whole ? "0123456789-+" : "0123456789-+.eE") != strlen(text))
                return false;
        char *end;
        *value = strtod(text, &end);
        return !*end && isfinite(*value);
}

static bool set_row(
        struct options *o, int row, const char *text, struct place at, struct report *rp)
{
        const struct option_row *r = &option_rows[row];
        double value;

        if (r->type == 'f') {
                if (!read_flag(text, &value))
                        return report_error(
                                rp, ERROR_INPUT, at, "found '%s'; expected yes or no", text);
        } else if (!read_number(text, r->type == 'i', &value) || value < r->low ||
                   value > r->high) {
                return report_error(rp, ERROR_INPUT, at,
                        "found '%s'; expected a %s from %.10g to %.10g", text,
                        r->type == 'i' ? "whole number" : "number", r->low, r->high);
        }
        store(o, row, value);
        return true;
}

bool options_set(
        struct options *o, const char *name, const char *text, struct place at, struct report *rp)
{
        int row = row_of(name);

        if (row >= 0)
                return set_row(o, row, text ? text : "yes", at, rp);
        if (!text && (!strncmp(name, "no-", 3) || !strncmp(name, "no_", 3))) {
                row = row_of(name + 3);
                if (row >= 0 && option_rows[row].type == 'f')
                        return set_row(o, row, "no", at, rp);
        }
        return report_error(rp, ERROR_INPUT, at, "no option is called '%s'", name);
}

void options_text(const struct options *o, int row, char *buf, int size)
{
        double value = value_of(o, row);

        if (option_rows[row].type == 'f')
                snprintf(buf, (size_t)size, "%s", value > 0 ? "yes" : "no");
        else
                snprintf(buf, (size_t)size, "%.10g", value);
}
