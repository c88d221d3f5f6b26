/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/board.h"
#include "cli/cli.h"
#include "io/text.h"

static const struct flag flags[] = {
        FLAG_TEXT('o', "output", "board.csv", output, "the table to write"),
        FLAG_TEXT(0, "root", "DIR", root, "the folder that all files of the school lie under"),
        FLAG_SWITCH('q', "quiet", quiet, "errors alone"),
};

static int run(struct call *call)
{
        int code;

        if (!call->set.output) {
                fputs("msched: board needs -o board.csv; see 'msched board --help'\n", stderr);
                return EXIT_INPUT;
        }
        struct problem *pb = load_school(call, false, &code);
        struct schedule *sc = pb ? load_schedule(pb, call->args[1], &code) : NULL;
        if (sc) {
                struct report *rp = report_new();
                struct arena *a = arena_new();
                if (board_write(sc, call->set.output, rp) && !call->set.quiet)
                        printf("%s: %d sections; edit it, then\n  msched solve %s --board %s "
                               "--from %s "
                               "-o DIR\n",
                                call->set.output, pb->n_sections, text_shell(a, call->args[0]),
                                text_shell(a, call->set.output), text_shell(a, call->args[1]));
                arena_free(a);
                code = messages_end(rp);
        }
        schedule_free(sc);
        problem_free(pb);
        return code;
}

const struct verb verb_board = {
        .name = "board",
        .args = "SCHOOL.yaml SCHEDULE.json -o board.csv [options]",
        .what = "a schedule's board as a table to edit",
        .more = "Write the board as CSV, a row for each section: the term and period where it\n"
                "starts, teacher and room. Edit these in a spreadsheet, empty those that the\n"
                "program may choose, and give the table to 'msched solve --board', to which every\n"
                "cell that is filled in is a lock.",
        .min_args = 2,
        .max_args = 2,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .run = run,
};
