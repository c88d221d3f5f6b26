/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

static int run(struct call *call)
{
        const struct verb *verb = call->n_args ? verb_find(call->args[0]) : NULL;

        if (call->n_args && !verb) {
                fputs("msched: no verb is called '", stderr);
                print_safe(stderr, call->args[0]);
                fputs("'; see 'msched help'\n", stderr);
                return EXIT_INPUT;
        }
        if (verb)
                help_print_verb(verb);
        else
                help_print();
        return EXIT_DONE;
}

const struct verb verb_help = {
        .name = "help",
        .args = "[VERB]",
        .what = "what the program or a verb does",
        .more = "Explain the program, or one of its verbs.",
        .max_args = 1,
        .run = run,
};
