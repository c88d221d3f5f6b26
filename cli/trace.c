/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/trace.h"
#include "io/csv_write.h"
#include "io/file.h"
#include "model/memory.h"

struct row {
        const char *stage;
        double seconds;
        int64_t steps;
        struct score score;
        struct bound bound;
};

struct trace {
        const struct problem *pb;
        struct file_out *file; /* NULL once it is written */
        int n, room;
        struct row *rows;
};

/* Seconds: what follows sooner takes the last row's place, so that a fast start is no flood. */
static const double APART = 0.02;

struct trace *trace_new(const struct problem *pb, const char *path, struct report *rp)
{
        struct file_out *file = file_create(path, 0644, rp);

        if (!file)
                return NULL;
        struct trace *t = mem_zero(1, sizeof *t);
        t->pb = pb;
        t->file = file;
        return t;
}

void trace_event(struct trace *t, const struct event *e)
{
        if (!e->best)
                return;
        if (t->n < 2 || e->seconds >= t->rows[t->n - 2].seconds + APART) {
                MEM_GROW(t->rows, t->n, t->room);
                t->n++;
        }
        struct row *r = &t->rows[t->n - 1];
        *r = (struct row){
                .stage = e->stage, .seconds = e->seconds, .steps = e->steps, .score = *e->best};
        if (e->bound)
                r->bound = *e->bound;
}

static void print_tier(const struct problem *pb, enum tier tier, int64_t value, struct csv_out *o)
{
        csv_real(o, (double)value / (tier == REQUIREMENT_SHORTFALL ? (double)pb->year_unit : 1));
}

static void print_head(struct csv_out *o)
{
        char text[64];

        csv_text(o, "seconds");
        csv_text(o, "steps");
        csv_text(o, "stage");
        for (int t = 0; t < N_TIERS; t++)
                csv_text(o, tier_name((enum tier)t));
        for (int t = 0; t < N_TIERS; t++) {
                snprintf(text, sizeof text, "bound_%s", tier_name((enum tier)t));
                csv_text(o, text);
        }
        csv_end(o);
}

static void print_row(const struct problem *pb, const struct row *r, struct csv_out *o)
{
        csv_real(o, r->seconds);
        csv_int(o, r->steps);
        csv_text(o, r->stage);
        for (int t = 0; t < N_TIERS; t++)
                print_tier(pb, (enum tier)t, r->score.tier[t], o);
        for (int t = 0; t < N_TIERS; t++)
                if (r->bound.known[t])
                        print_tier(pb, (enum tier)t, r->bound.tier[t], o);
                else
                        csv_text(o, NULL);
        csv_end(o);
}

bool trace_write(struct trace *t, const struct solution *s, struct report *rp)
{
        int64_t steps = t->n ? t->rows[t->n - 1].steps : 0;
        struct event last = {"end", s->seconds, &s->score, &s->bound, steps};
        struct csv_out o = {.to = file_stream(t->file)};
        struct file_out *file = t->file;

        trace_event(t, &last);
        print_head(&o);
        for (int i = 0; i < t->n; i++)
                print_row(t->pb, &t->rows[i], &o);
        t->file = NULL;
        return file_commit(file, rp);
}

void trace_free(struct trace *t)
{
        if (!t)
                return;
        file_abandon(t->file);
        mem_free(t->rows);
        mem_free(t);
}
