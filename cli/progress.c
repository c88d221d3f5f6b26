/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/progress.h"
#include "io/json_write.h"
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

enum { LINE = 512, CELL = REAL_TEXT, HEAD_EVERY = 20 };
static const double REDRAW = 0.1; /* seconds */

/* A column: a text of the event, or a tier. */
struct column {
        const char *heading;
        int width;
        enum tier tier;
        void (*text)(const struct event *e, char out[CELL]); /* NULL: the tier */
        bool always; /* also in the changing line, which leaves out tiers that are 0 */
};

static void stage_text(const struct event *e, char out[CELL])
{
        snprintf(out, CELL, "%s", e->stage);
}

static void time_text(const struct event *e, char out[CELL])
{
        snprintf(out, CELL, "%.1f s", e->seconds);
}

static void steps_text(const struct event *e, char out[CELL])
{
        snprintf(out, CELL, "%" PRId64 "M", e->steps / 1000000);
}

static const struct column columns[] = {
        {"stage", 7, 0, stage_text, true},
        {"time", 9, 0, time_text, true},
        {"steps", 8, 0, steps_text, true},
        {"cte", 9, CTE_UNMET, NULL, false},
        {"place", 7, CTE_UNPLACED, NULL, false},
        {"cohort", 9, COHORT_BREAKS, NULL, false},
        {"years", 9, REQUIREMENT_SHORTFALL, NULL, false},
        {"requd", 9, REQUIRED_UNMET, NULL, false},
        {"empty", 9, EMPTY_PERIODS, NULL, false},
        {"loss", 11, REQUEST_LOSS, NULL, false},
        {"uneven", 7, UNEVEN, NULL, false},
        {"unpl", 5, UNPLACED, NULL, false},
        {"plan", 5, PLANNING_MISSED, NULL, false},
        {"imbal", 7, IMBALANCE, NULL, false},
        {"extra", 7, EXTRA_SECTIONS, NULL, false},
        {"away", 7, AWAY, NULL, false},
        {"moved", 9, MOVED, NULL, false},
};
enum { N_COLUMNS = sizeof columns / sizeof columns[0] };

/* "12" or "12>9" while the bound is lower, "12>?" while there is none. */
static void tier_text(const struct progress *p, const struct event *e, enum tier t, char out[CELL])
{
        double unit = t == REQUIREMENT_SHORTFALL ? (double)p->pb->year_unit : 1;
        char value[REAL_TEXT], bound[REAL_TEXT];

        if (!e->best) {
                snprintf(out, CELL, "-");
                return;
        }
        real_text((double)e->best->tier[t] / unit, value);
        bool known = e->bound && e->bound->known[t];
        if (known && e->bound->tier[t] == e->best->tier[t])
                snprintf(out, CELL, "%.20s", value);
        else if (known) {
                real_text((double)e->bound->tier[t] / unit, bound);
                snprintf(out, CELL, "%.20s>%.20s", value, bound);
        } else
                snprintf(out, CELL, "%.20s>?", value);
}

static void append(char line[LINE], const char *text, int width)
{
        size_t used = strlen(line);

        snprintf(line + used, LINE - used, "%*s ", width, text);
}

static void event_line(struct progress *p, const struct event *e)
{
        char line[LINE] = "", cell[CELL];

        if (p->rows++ % HEAD_EVERY == 0) {
                for (int c = 0; c < N_COLUMNS; c++)
                        append(line, columns[c].heading, columns[c].width);
                fprintf(stderr, "%s\n", line);
                line[0] = 0;
        }
        for (int c = 0; c < N_COLUMNS; c++) {
                if (columns[c].text)
                        columns[c].text(e, cell);
                else
                        tier_text(p, e, columns[c].tier, cell);
                append(line, cell, columns[c].width);
        }
        fprintf(stderr, "%s\n", line);
}

static void changing_line(struct progress *p, const struct event *e)
{
        enum { SCREEN = 79 };
        char line[LINE] = "", cell[CELL];

        if (p->rows && e->seconds < p->shown + REDRAW)
                return;
        p->rows++;
        p->shown = e->seconds;
        for (int c = 0; c < N_COLUMNS; c++) {
                if (columns[c].text) {
                        columns[c].text(e, cell);
                        append(line, cell, 0);
                } else if (e->best && e->best->tier[columns[c].tier]) {
                        tier_text(p, e, columns[c].tier, cell);
                        append(line, columns[c].heading, 0);
                        append(line, cell, 0);
                }
        }
        fprintf(stderr, "\r%-*.*s", SCREEN, SCREEN, line);
        fflush(stderr);
}

struct progress progress_init(const struct problem *pb, bool quiet, bool verbose)
{
        return (struct progress){
                .pb = pb, .lines = verbose, .line = !quiet && !verbose && isatty(STDERR_FILENO)};
}

void progress_event(void *progress, const struct event *e)
{
        struct progress *p = progress;

        if (p->trace)
                trace_event(p->trace, e);
        if (p->lines)
                event_line(p, e);
        else if (p->line)
                changing_line(p, e);
}

void progress_end(struct progress *p)
{
        if (p->line && p->rows)
                fprintf(stderr, "\r%79s\r", "");
}
