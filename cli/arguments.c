/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"
#include "model/index.h"
#include "model/memory.h"
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_FLAG = 256, FIRST_ROW = 512, FIRST_NO = 768, HELP = 1024 };

const struct verb *verb_find(const char *name)
{
        for (int i = 0; i < n_verbs; i++) {
                if (!strcmp(verbs[i]->name, name))
                        return verbs[i];
        }
        return NULL;
}

/* ---- help ---- */

void help_print(void)
{
        puts("msched makes the master schedule of a high school, career technical education "
             "first.\n"
             "\nusage: msched VERB ...\n");
        for (int i = 0; i < n_verbs; i++)
                printf("  %-10s %s\n", verbs[i]->name, verbs[i]->what);
        puts("\n'msched VERB --help' tells more. 'msched --version' prints the version.\n"
             "\nexit codes: 0 done, 1 bad input or usage, 2 verify found faults,\n"
             "3 contradictory locks or rules, 4 failure of the system (disk, memory),\n"
             "5 some cells of a batch failed, 75 stopped: run it again to go on");
}

/* time_limit as --time-limit. */
static const char *dashed(struct arena *a, const char *name)
{
        char *text = arena_strdup(a, name);

        for (char *p = text; *p; p++)
                *p = *p == '_' ? '-' : *p;
        return text;
}

static void help_row(const char *option, const char *help)
{
        if (strlen(option) > 23)
                printf("  %s\n  %-23s %s\n", option, "", help);
        else
                printf("  %-23s %s\n", option, help);
}

static void help_flag(struct arena *a, const struct flag *f)
{
        const char *letter = f->letter ? arena_printf(a, "-%c, ", f->letter) : "    ";

        help_row(arena_printf(a, "%s--%s%s%s", letter, f->name, f->value ? " " : "",
                         f->value ? f->value : ""),
                f->help);
}

static void help_solver_row(struct arena *a, const struct options *o, int i)
{
        const struct option_row *r = &option_rows[i];
        char value[64];

        options_text(o, i, value, sizeof value);
        help_row(arena_printf(a, "    --%s%s%s", r->type == 'f' ? "[no-]" : "", dashed(a, r->name),
                         r->type == 'f' ? "" : " N"),
                arena_printf(a, "%s (%s)", r->help, value));
}

void help_print_verb(const struct verb *verb)
{
        struct arena *a = arena_new();
        struct options o;

        options_default(&o);
        printf("usage: msched %s %s\n\n%s\n\n", verb->name, verb->args, verb->more);
        for (int i = 0; i < verb->n_flags; i++)
                help_flag(a, &verb->flags[i]);
        for (int i = 0; verb->solver_options && i < n_option_rows; i++)
                help_solver_row(a, &o, i);
        help_row("    --help", "this text");
        arena_free(a);
}

/* ---- reading ---- */

static bool usage(const struct call *call, const char *what, const char *which)
{
        fputs("msched: ", stderr);
        fputs(what, stderr);
        fputs(" '", stderr);
        print_safe(stderr, which);
        fprintf(stderr, "'; see 'msched %s%s--help'\n", call->verb ? call->verb->name : "",
                call->verb ? " " : "");
        return false;
}

struct table {
        struct arena *arena;
        struct option *options;
        int n;
        char *letters;
};

static void add_option(struct table *t, const char *name, bool value, int code)
{
        t->options[t->n++] = (struct option){
                .name = name, .has_arg = value ? required_argument : no_argument, .val = code};
}

static struct table table_of(struct arena *a, const struct verb *verb)
{
        size_t most = (size_t)verb->n_flags + 2 * (size_t)n_option_rows + 2;
        struct table t = {.arena = a,
                .options = arena_array(a, most, sizeof *t.options),
                .letters = arena_alloc(a, 2 * most + 2)};
        char *letter = t.letters;

        *letter++ = ':';
        for (int i = 0; i < verb->n_flags; i++) {
                const struct flag *f = &verb->flags[i];
                add_option(&t, f->name, f->value, FIRST_FLAG + i);
                if (!f->letter)
                        continue;
                *letter++ = f->letter;
                if (f->value)
                        *letter++ = ':';
        }
        for (int i = 0; verb->solver_options && i < n_option_rows; i++) {
                const char *name = dashed(a, option_rows[i].name);
                bool is_switch = option_rows[i].type == 'f';
                add_option(&t, name, !is_switch, FIRST_ROW + i);
                if (is_switch)
                        add_option(&t, arena_printf(a, "no-%s", name), false, FIRST_NO + i);
        }
        add_option(&t, "help", false, HELP);
        return t;
}

bool yes_or_no(const struct call *call, const char *option, const char *value, bool *out)
{
        if (!value)
                return true;
        *out = !strcmp(value, "yes");
        if (*out || !strcmp(value, "no"))
                return true;
        fprintf(stderr, "msched: --%s is yes or no; see 'msched %s --help'\n", option,
                call->verb->name);
        return false;
}

static const struct flag *flag_of(const struct verb *verb, int code)
{
        for (int i = 0; i < verb->n_flags; i++) {
                if (code == FIRST_FLAG + i || (code && code == verb->flags[i].letter))
                        return &verb->flags[i];
        }
        return NULL;
}

static bool set_flag(struct call *call, const struct flag *f, const char *text)
{
        void *to = (char *)&call->set + f->to;

        if (!f->value) {
                *(bool *)to = true;
                return true;
        }
        if (!f->whole) {
                *(const char **)to = text;
                return *text || usage(call, "nothing given for", f->name);
        }
        char *end;
        long value = strtol(text, &end, 10);
        if (!*text || *end || value < 0 || value > INT_MAX)
                return usage(call, "not a whole number:", text);
        *(int *)to = (int)value;
        return true;
}

static bool set_solver_option(struct call *call, int row, const char *text)
{
        struct report *rp = report_new();
        char name[64];

        snprintf(name, sizeof name, "--%s", option_rows[row].name);
        for (char *p = name; *p; p++)
                *p = *p == '_' ? '-' : *p;
        bool ok = options_set(&call->options, name + 2, text, (struct place){.file = name}, rp);
        messages_end(rp);
        /* Under a work limit the clock is out of the game unless it was asked for, too. */
        call->timed |= !strcmp(option_rows[row].name, "time_limit");
        if (call->options.work_limit > 0 && !call->timed)
                call->options.time_limit = 0;
        return ok;
}

/* *done: nothing more to do, successfully. */
static bool take(struct call *call, int code, char *word, bool *done)
{
        const struct flag *f = flag_of(call->verb, code);

        if (f)
                return set_flag(call, f, optarg);
        if (code == HELP) {
                help_print_verb(call->verb);
                *done = true;
                return false;
        }
        if (code >= FIRST_NO && code < FIRST_NO + n_option_rows)
                return set_solver_option(call, code - FIRST_NO, "no");
        if (code >= FIRST_ROW && code < FIRST_ROW + n_option_rows)
                return set_solver_option(call, code - FIRST_ROW, optarg);
        return usage(call, code == ':' ? "no value for" : "unknown option", word);
}

static bool read_verb(struct call *call, int argc, char **argv, bool *done)
{
        struct arena *a = arena_new();
        struct table t = table_of(a, call->verb);
        bool ok = true;
        int code;

        opterr = 0;
        while (ok) {
                char *word = argv[optind < argc ? optind : argc - 1];
                code = getopt_long(argc, argv, t.letters, t.options, NULL);
                if (code < 0)
                        break;
                ok = take(call, code, word, done);
        }
        arena_free(a);
        call->args = argv + optind;
        call->n_args = argc - optind;
        if (ok && call->n_args < call->verb->min_args) {
                fprintf(stderr, "usage: msched %s %s\n", call->verb->name, call->verb->args);
                return false;
        }
        if (ok && call->n_args > call->verb->max_args)
                return usage(call, "one argument too many:", call->args[call->verb->max_args]);
        return ok;
}

static bool unknown_verb(const struct call *call, const char *name)
{
        struct index *names = index_new();

        for (int i = 0; i < n_verbs; i++)
                index_add(names, verbs[i]->name);
        const char *nearest = index_nearest(names, name);
        usage(call, "no verb is called", name);
        if (nearest)
                fprintf(stderr, "did you mean '%s'?\n", nearest);
        index_free(names);
        return false;
}

bool arguments_read(struct call *call, int argc, char **argv, int *code)
{
        bool done = false;

        *code = EXIT_INPUT;
        if (argc < 2) {
                help_print();
                return false;
        }
        if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
                *code = EXIT_DONE;
                help_print();
                return false;
        }
        if (!strcmp(argv[1], "--version")) {
                *code = EXIT_DONE;
                puts("msched " MSCHED_VERSION);
                return false;
        }
        call->verb = verb_find(argv[1]);
        if (!call->verb)
                return unknown_verb(call, argv[1]);
        bool ok = read_verb(call, argc - 1, argv + 1, &done);
        if (call->set.redact)
                messages_redact();
        if (done)
                *code = EXIT_DONE;
        return ok;
}
