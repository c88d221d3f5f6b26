/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch/batch.h"
#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

struct pool {
        struct batch *b;
        const struct local *l;
        struct running *slots; /* [jobs]; cell NULL: free */
        int next, active;
        double begin, busy; /* busy: seconds that finished cells took */
        int solved;
        struct tally_of_cells *out;
};

static double now(void)
{
        struct timespec t;

        clock_gettime(CLOCK_MONOTONIC, &t);
        return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Seconds to go: what cells took so far, times those left, shared by the jobs. */
static double time_left(const struct pool *p)
{
        if (!p->solved)
                return -1;
        int left = p->l->n - p->out->done - p->out->failed - p->out->busy;
        int jobs = p->l->jobs < left ? p->l->jobs : left;
        double running = 0;
        for (int i = 0; i < p->l->jobs; i++) {
                if (p->slots[i].cell)
                        running += now() - p->slots[i].begin;
        }
        double seconds = p->busy / p->solved * left - running;
        return seconds > 0 && jobs ? seconds / jobs : 0;
}

static void tell(struct pool *p, struct batch_event e)
{
        if (e.state == CELL_DONE)
                p->out->done++;
        else if (e.state == CELL_FAILED)
                p->out->failed++;
        else if (e.state == CELL_BUSY)
                p->out->busy++;
        e.done = p->out->done;
        e.failed = p->out->failed;
        e.total = p->l->n;
        e.left = time_left(p);
        p->l->progress(p->l->context, &e);
}

static struct running *free_slot(struct pool *p)
{
        for (int i = 0; i < p->l->jobs; i++) {
                if (!p->slots[i].cell)
                        return &p->slots[i];
        }
        return NULL;
}

static void start_next(struct pool *p)
{
        struct running *r = free_slot(p);
        struct batch_event e = {
                .cell = &p->b->plan->cells[p->l->cells[p->next++]], .was_done = true};

        e.state = cell_start(p->b, e.cell, r, &e.why);
        p->active += e.state == CELL_RUNNING;
        tell(p, e);
}

static void end_one(struct pool *p, pid_t pid, int status)
{
        for (int i = 0; i < p->l->jobs; i++) {
                struct running *r = &p->slots[i];
                if (!r->cell || r->pid != pid)
                        continue;
                struct batch_event e = {.cell = r->cell, .seconds = now() - r->begin};
                e.state = cell_end(p->b, r, status, &e.why);
                p->busy += e.seconds;
                p->solved++;
                p->active--;
                tell(p, e);
                return;
        }
}

static void mind_the_clock(struct pool *p)
{
        for (int i = 0; p->b->plan->seconds && i < p->l->jobs; i++) {
                struct running *r = &p->slots[i];
                if (!r->cell || r->over_time || now() - r->begin < p->b->plan->seconds)
                        continue;
                r->over_time = true;
                kill(r->pid, SIGKILL);
        }
}

static void wait_a_little(struct pool *p)
{
        const struct timespec pause = {0, 10 * 1000 * 1000};
        int status;

        for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
                end_one(p, pid, status);
        mind_the_clock(p);
        if (p->active)
                nanosleep(&pause, NULL);
}

static void kill_all(struct pool *p)
{
        for (int i = 0; i < p->l->jobs; i++) {
                if (p->slots[i].cell)
                        cell_kill(&p->slots[i]);
        }
}

void batch_run(struct batch *b, const struct local *l, struct tally_of_cells *out)
{
        struct pool p = {.b = b, .l = l, .out = out, .begin = now()};

        *out = (struct tally_of_cells){0};
        p.slots = mem_zero((size_t)l->jobs, sizeof *p.slots);
        while ((p.next < l->n || p.active) && !*l->stop) {
                if (p.next < l->n && p.active < l->jobs)
                        start_next(&p);
                else
                        wait_a_little(&p);
        }
        kill_all(&p);
        out->left = l->n - out->done - out->failed - out->busy;
        mem_free(p.slots);
}
