/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/plan.h"
#include "cli/stop.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- options ---- */

/* Options that a plan may not set, as its cells do: name with '_'. */
static bool is_reserved(const char *name)
{
        return !strcmp(name, "seed");
}

static int row_of(const char *name)
{
        for (int i = 0; i < n_option_rows; i++) {
                const char *row = option_rows[i].name;
                size_t k = 0;
                while (row[k] && name[k] &&
                        (row[k] == name[k] || (row[k] == '_' && name[k] == '-')))
                        k++;
                if (!row[k] && !name[k])
                        return i;
        }
        return -1;
}

/* cte_first is the other way to say cte_last, as on the command line. */
static struct setting plain_setting(const struct setting *s, bool *inverted)
{
        *inverted = !strcmp(s->name, "cte_first") || !strcmp(s->name, "cte-first");
        return *inverted ? (struct setting){"cte_last", s->value, s->at} : *s;
}

static bool set_option(
        struct options *o, bool *given, const struct setting *stated, struct report *rp)
{
        bool inverted;
        struct setting s = plain_setting(stated, &inverted);
        int row = row_of(s.name);

        if (row >= 0 && is_reserved(option_rows[row].name))
                return report_error(rp, ERROR_INPUT, s.at,
                        "found option '%s'; expected 'seeds' of the plan instead", s.name);
        if (!options_set(o, s.name, s.value, s.at, rp))
                return false;
        if (inverted)
                o->cte_last = !o->cte_last;
        given[row] = true;
        return true;
}

/* Arguments for what was given, in the order of the table; one thread unless it says otherwise. */
static struct words words_of(struct arena *a, const struct options *o, const bool *given)
{
        const char **v = arena_array(a, 2 * (size_t)n_option_rows + 2, sizeof *v);
        int n = 0;

        for (int i = 0; i < n_option_rows; i++) {
                const struct option_row *row = &option_rows[i];
                char value[64], *name = arena_strdup(a, row->name);
                bool threads = !strcmp(row->name, "threads");
                if (!given[i] && !threads)
                        continue;
                for (char *p = name; *p; p++)
                        *p = *p == '_' ? '-' : *p;
                options_text(o, i, value, sizeof value);
                if (row->type == 'f') {
                        v[n++] = arena_printf(a, "--%s%s", *value == 'y' ? "" : "no-", name);
                        continue;
                }
                v[n++] = arena_printf(a, "--%s", name);
                v[n++] = given[i] || !threads ? arena_strdup(a, value) : "1";
        }
        return (struct words){n, v};
}

const struct words *plan_words(const struct plan *p, struct report *rp)
{
        struct words *words = arena_array(p->arena, (size_t)p->n_scenarios, sizeof *words);
        int before = report_errors(rp);

        for (int x = 0; x < p->n_scenarios; x++) {
                struct settings_list list = plan_options(p, x);
                bool *given = arena_array(p->arena, (size_t)n_option_rows, sizeof *given);
                struct options o;
                options_default(&o);
                for (int i = 0; i < list.n; i++)
                        set_option(&o, given, &list.v[i], rp);
                words[x] = words_of(p->arena, &o, given);
        }
        return report_errors(rp) == before ? words : NULL;
}

int plan_threads(const struct words *w)
{
        for (int i = 0; i + 1 < w->n; i++) {
                if (!strcmp(w->v[i], "--threads"))
                        return w->v[i + 1][0] == '0' ? 1 : (int)strtol(w->v[i + 1], NULL, 10);
        }
        return 1;
}

/* ---- progress ---- */

void duration_text(double seconds, char text[DURATION])
{
        long s = (long)(seconds + 0.5);

        if (s >= 3600)
                snprintf(text, DURATION, "%ld h %ld min", s / 3600, s % 3600 / 60);
        else if (s >= 60)
                snprintf(text, DURATION, "%ld min %ld s", s / 60, s % 60);
        else
                snprintf(text, DURATION, "%ld s", s);
}

static void print_event(void *context, const struct batch_event *e)
{
        const struct call *call = context;
        char took[DURATION], left[DURATION];

        if (e->state == CELL_RUNNING || (call->set.quiet && e->state != CELL_FAILED))
                return;
        if (e->was_done && e->state == CELL_DONE && !call->set.verbose)
                return;
        duration_text(e->seconds, took);
        fprintf(stderr, "%d of %d", e->done + e->failed, e->total);
        if (e->failed)
                fprintf(stderr, " (%d failed)", e->failed);
        fprintf(stderr, "  %s: ", e->cell->name);
        if (e->state == CELL_FAILED)
                print_safe(stderr, e->why ? e->why : "failed");
        else if (e->state == CELL_BUSY)
                fputs("another process is solving it", stderr);
        else if (e->was_done)
                fputs("done before", stderr);
        else
                fprintf(stderr, "%s", took);
        if (e->left >= 0 && e->done + e->failed < e->total) {
                duration_text(e->left, left);
                fprintf(stderr, ", about %s left", left);
        }
        putc('\n', stderr);
}

static int code_of(const struct call *call, const struct tally_of_cells *t)
{
        if (t->left && !call->set.quiet)
                fprintf(stderr, "msched: stopped; %d cells are left, run it again to go on\n",
                        t->left);
        if (t->left || (t->busy && !t->failed))
                return EXIT_AGAIN;
        return t->failed ? EXIT_CELLS : EXIT_DONE;
}

int plan_run(const struct call *call, struct batch *b, int jobs, const int *cells, int n)
{
        struct local l = {.jobs = jobs,
                .n = n,
                .cells = cells,
                .stop = stop_flag(),
                .progress = print_event,
                .context = (void *)call};
        struct tally_of_cells t;

        stop_on_signals();
        batch_run(b, &l, &t);
        return code_of(call, &t);
}

static int run_all(const struct call *call, struct batch *b, int jobs)
{
        int n = b->plan->n_cells, *cells = arena_array(b->arena, (size_t)n, sizeof *cells);

        for (int i = 0; i < n; i++)
                cells[i] = i;
        return plan_run(call, b, jobs, cells, n);
}

int plan_solve(const struct call *call, struct batch *b, int jobs)
{
        struct report *rp = report_new(), *schools = report_new();
        int lock = batch_lock(b, rp), code = EXIT_DONE;

        if (lock >= 0) {
                batch_sweep(b);
                batch_prepare(b, call->set.root, schools, rp);
        }
        messages_end(schools);
        code = messages_end(rp);
        if (code == EXIT_DONE)
                code = run_all(call, b, jobs);
        if (lock >= 0)
                close(lock);
        return code;
}
