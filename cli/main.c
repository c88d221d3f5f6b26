/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"
#include "cli/stop.h"
#include "io/file.h"
#include "model/memory.h"
#include "solver/meter.h"
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

const struct verb *const verbs[] = {
        &verb_init,
        &verb_check,
        &verb_analyze,
        &verb_solve,
        &verb_verify,
        &verb_diff,
        &verb_explain,
        &verb_price,
        &verb_board,
        &verb_report,
        &verb_model,
        &verb_export,
        &verb_import,
        &verb_anonymize,
        &verb_scenario,
        &verb_batch,
        &verb_collect,
        &verb_compare,
        &verb_help,
};
const int n_verbs = (int)(sizeof verbs / sizeof verbs[0]);

/* May run in any thread and with the heap exhausted: neither printf nor exit handlers. */
static void out_of_memory(void)
{
        static const char text[] = "msched: out of memory; no result was written\n";

        file_abandon_all();
        ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
        (void)ignored;
        _exit(EXIT_SYSTEM);
}

/* What was printed must have arrived; a reader who left early (head, say) is no failure. */
static int close_output(int code)
{
        errno = 0;
        bool failed = fflush(stdout) || ferror(stdout);

        if (!failed || errno == EPIPE)
                return code;
        fprintf(stderr, "msched: cannot write to standard output: %s\n",
                strerror(errno ? errno : EIO));
        return EXIT_SYSTEM;
}

int main(int argc, char **argv)
{
        struct call call = {.begin = clock_now()};
        int code = EXIT_DONE;

        mem_set_handler(out_of_memory);
        end_on_signals();
        signal(SIGXFSZ, SIG_IGN); /* a file too large is an error of write(), which cleans up */
        options_default(&call.options);
        if (arguments_read(&call, argc, argv, &code))
                code = call.verb->run(&call);
        return close_output(code);
}
