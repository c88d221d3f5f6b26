/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/solve.h"
#include "model/verify.h"
#include "solver/bound.h"
#include "solver/cte.h"
#include "solver/exact.h"
#include "solver/explain.h"
#include "solver/frame.h"
#include "solver/load_checked.h"
#include "solver/load_columns.h"
#include "solver/search.h"
#include <math.h>
#include <string.h>

/* What one run carries from stage to stage. */
struct run {
        const struct problem *pb;
        struct problem sought; /* pb in the order in which the search compares */
        const struct options *o;
        const struct control *control;
        struct solution *out;
        struct report *rp;
        struct meter meter;
        struct frame *frame;
        bool warm;             /* the schedule came from the user: it is worth keeping */
        struct schedule *last; /* the best that is known to break no hard rule */
        struct score last_score;
        bool any;    /* is there one? */
        bool warned; /* that a stage left none */
};

/* Where neither the limits nor a signal left time for any schedule that keeps all locks. */
static const double LAST_RESORT_SECONDS = 10, LAST_RESORT_STEPS = 2e8;

static const double WRITE_SHARE = 0.01,
                    WRITE_SECONDS = 0.3; /* of the time, kept for verifying and writing */

static void tell(struct run *run, const char *stage, const struct score *best, int64_t steps)
{
        const struct control *c = run->control;

        if (!c->progress)
                return;
        struct event e = {stage, clock_now() - c->begin, best, &run->out->bound, steps};
        c->progress(c->context, &e);
}

static void found(void *context, const struct score *best, int64_t steps)
{
        struct run *run = context;

        tell(run, "search", best, run->meter.steps + steps);
}

/*
 * The score as verify counts it, from first principles; false if a hard rule is broken. fault,
 * unless NULL, is then which, in the arena.
 */
static bool recount(
        const struct schedule *sc, struct score *score, struct arena *a, const char **fault)
{
        struct answer *an = schedule_answer(sc);
        struct verdict *v = verify(sc->pb, an, false);
        bool valid = v->n_faults == 0;

        *score = v->score;
        if (!valid && fault)
                *fault = arena_printf(a, "%s: %s", v->faults[0].rule, v->faults[0].text);
        verdict_free(v);
        answer_free(an);
        return valid;
}

/* The schedule as it is now, if valid and no worse than the last valid one; else that one. */
static void settle(struct run *run, bool found)
{
        struct solution *out = run->out;
        struct score score;
        const char *fault = "";

        if (recount(out->schedule, &score, out->arena, &fault)) {
                if (!run->any || score_compare(run->sought.order, &score, &run->last_score) <= 0) {
                        schedule_copy(run->last, out->schedule);
                        run->last_score = score;
                        run->any = true;
                }
        } else if (found && run->any && !run->warned) {
                run->warned = true;
                report_warn(run->rp, (struct place){0},
                        "what the search found last breaks a hard rule (%s); a schedule from "
                        "before "
                        "is kept",
                        fault);
        }
        if (run->any) {
                schedule_copy(out->schedule, run->last);
                out->score = run->last_score;
        }
}

static void start_meter(struct run *run)
{
        double seconds = run->o->time_limit;

        if (seconds > 0) {
                double keep = seconds * WRITE_SHARE + WRITE_SECONDS;
                seconds = seconds > 2 * keep ? seconds - keep : seconds / 2;
        }
        meter_init(&run->meter, run->control->begin, seconds, (int64_t)(run->o->work_limit * 1e6),
                run->control->stop);
}

/* A schedule that was built in part only is to be completed before it is improved. */
static bool is_whole(const struct schedule *from)
{
        const struct problem *pb = from->pb;
        int asked = 0, placed = 0;

        for (int c = 0; c < pb->n_courses; c++)
                asked += pb->courses[c].sections_min;
        for (int s = 0; s < pb->n_sections; s++)
                placed += from->start[s] >= 0;
        return placed * 20 >= asked * 19;
}

/* The last valid schedule to begin with; false where locks and rules clash. */
static bool start_schedule(struct run *run, const struct schedule *from)
{
        struct solution *out = run->out;

        out->schedule = schedule_new(run->pb);
        run->last = schedule_new(run->pb);
        settle(run, false); /* the empty one, without locks */
        if (from) {
                schedule_copy(out->schedule, from);
                settle(run, false);
        }
        if (from && !run->any) { /* but for locks and rules that are new */
                schedule_checked(run->frame, from, out->schedule);
                settle(run, false);
        }
        if (!run->any && run->control->hurry)
                return false;
        if (!run->any) { /* a valid schedule would show that locks and rules do not clash */
                struct meter part = meter_part(&run->meter, 0.25);
                bool hold = exact_locks_hold(run->pb, &part, out->schedule, run->rp);
                meter_join(&run->meter, &part);
                if (!hold)
                        return false;
                settle(run, false);
        }
        if (from) {
                schedule_copy(out->schedule, from);
                run->warm = is_whole(from);
        }
        return true;
}

/* A schedule that keeps all locks, whatever the limits: without one there is nothing to write. */
static bool last_resort(struct run *run)
{
        struct solution *out = run->out;
        const bool clock = run->meter.limit <= 0;
        struct meter m;

        if (run->any)
                return true;
        meter_init(&m, clock_now(), clock ? LAST_RESORT_SECONDS : 0,
                clock ? 0 : (int64_t)LAST_RESORT_STEPS, run->control->stop);
        if (!exact_locks_hold(run->pb, &m, out->schedule, run->rp))
                return false;
        settle(run, false);
        return run->any || report_error(run->rp, ERROR_SYSTEM, (struct place){0},
                                   "found no schedule that keeps all locks within the limits, nor "
                                   "that they clash; expected more time");
}

static bool met(const struct run *run)
{
        return score_meets(&run->out->score, &run->out->bound);
}

static const double SMALL_SEARCH = 0.15, SMALL_PROOF = 0.75; /* of what is left, in small schools */
/* Of the whole: bounds before and after, and loading once the search is over. */
static const double FIRST_BOUNDS = 0.02, LAST_BOUNDS = 0.1, LOADING = 0.06;
/* These end by themselves: of a long time limit they want no more than so many seconds. */
static const double LAST_BOUNDS_SECONDS = 8, LOADING_SECONDS = 5;
static const double SMALL_SECONDS = 1; /* the search's, at most, before a small school's proof */
static const double LEAST_SHARE = 0.2; /* of what is left: less is not worth a search */

static bool is_small(const struct run *run)
{
        return run->o->exact && !run->o->cte_last && exact_is_small(run->pb);
}

static double at_most(const struct run *run, double share, double seconds)
{
        double limit = run->o->time_limit;

        return run->meter.limit > 0 || limit * share <= seconds ? share : seconds / limit;
}

static double last_bounds(const struct run *run)
{
        return at_most(run, LAST_BOUNDS, LAST_BOUNDS_SECONDS);
}

static double loading(const struct run *run)
{
        return at_most(run, LOADING, LOADING_SECONDS);
}

static double small_share(const struct run *run)
{
        double left = meter_seconds_left(&run->meter);

        return run->meter.limit > 0 || SMALL_SEARCH * left < SMALL_SECONDS ? SMALL_SEARCH
                                                                           : SMALL_SECONDS / left;
}

/*
 * Search with a share of what is left, from the schedule there is if complete. Without a limit it
 * runs in rounds, each twice as long, until a signal ends it.
 */
static void search(struct run *run, double share, bool complete, struct score *score)
{
        struct search_watch watch = {found, run};
        bool endless = run->meter.limit <= 0 && run->meter.deadline <= 0;
        int64_t steps = 20000000;

        do {
                struct meter part = meter_part(&run->meter, share);
                if (endless) {
                        part.limit = steps;
                        steps *= 2;
                }
                search_run(run->frame, run->o, &part, &run->out->bound, complete,
                        run->out->schedule, score, &watch);
                meter_join(&run->meter, &part);
                complete = true;
        } while (endless && !meter_over(&run->meter) && !is_small(run) &&
                 !score_meets(score, &run->out->bound));
}

/* CTE and cohort sections first: the search builds the rest around them. */
static void place_cte(struct run *run)
{
        struct solution *out = run->out;

        if (run->o->cte_last || meter_over(&run->meter))
                return;
        cte_place(run->frame, &run->meter, out->schedule, &out->bound);
        tell(run, "cte", NULL, run->meter.steps);
}

static void search_first(struct run *run)
{
        struct score score;

        for (int t = 0; t < N_TIERS; t++)
                score.tier[t] = INT64_MAX;
        search(run, is_small(run) ? small_share(run) : 1 - loading(run) - last_bounds(run),
                run->warm, &score);
        settle(run, score.tier[0] != INT64_MAX);
}

/* The problem with tiers 1 and 2 below all others: what the search then finds shows what they buy.
 */
static struct problem cte_last(const struct problem *pb)
{
        struct problem last = *pb;
        int n = 0;

        for (int i = 0; i < N_TIERS; i++)
                if (pb->order[i] != CTE_UNMET && pb->order[i] != CTE_UNPLACED)
                        last.order[n++] = pb->order[i];
        last.order[n++] = CTE_UNMET;
        last.order[n] = CTE_UNPLACED;
        return last;
}

static void bound_first(struct run *run)
{
        struct meter part = meter_part(&run->meter, FIRST_BOUNDS);

        bound_by_counting(run->pb, &run->out->bound);
        if (run->o->cte_last)
                return; /* the rest takes the tiers above as met */
        bound_improve(run->frame, &part, NULL, &run->out->bound);
        meter_join(&run->meter, &part);
}

/* The students once more, by column generation, where the sections stand. */
static void load(struct run *run)
{
        struct solution *out = run->out;
        struct meter part =
                meter_part(&run->meter, loading(run) / (loading(run) + last_bounds(run)));

        if (met(run) || is_small(run) || meter_over(&run->meter))
                return;
        load_by_columns(run->frame, &part, out->schedule, &out->score);
        settle(run, true);
        meter_join(&run->meter, &part);
        tell(run, "load", &out->score, run->meter.steps);
}

/* Tighter, as tiers may take those above them as a condition. */
static void bound_last(struct run *run)
{
        if (met(run) || meter_over(&run->meter) || run->o->cte_last)
                return;
        bound_improve(run->frame, &run->meter, &run->out->score, &run->out->bound);
        tell(run, "prove", &run->out->score, run->meter.steps);
}

/* What the proof left open, or loading left of its time, is searched once more. */
static void search_again(struct run *run)
{
        struct solution *out = run->out;
        bool limited = run->meter.limit > 0 || run->meter.deadline > 0;
        double left = 1 - meter_fraction(&run->meter);
        double share = is_small(run) ? 1 : 1 - last_bounds(run) / (left > 0 ? left : 1);

        if (met(run) || (!limited && !is_small(run)) || share < LEAST_SHARE ||
                meter_over(&run->meter))
                return;
        struct score score = out->score;
        search(run, share, true, &score);
        settle(run, true);
}

static bool prove(struct run *run)
{
        struct solution *out = run->out;

        if (!is_small(run) || met(run) || meter_over(&run->meter))
                return true;
        struct meter part = meter_part(&run->meter, SMALL_PROOF);
        struct report *rp = report_new();
        exact_solve(run->pb, &part, out->schedule, &out->score, &out->bound, rp);
        settle(run, true);
        bool fine = report_errors(rp) == 0;
        report_free(rp);
        meter_join(&run->meter, &part);
        tell(run, "prove", &out->score, run->meter.steps);
        return fine;
}

static void say_why(struct run *run)
{
        const struct problem *pb = run->pb;
        struct solution *out = run->out;

        out->unmet = arena_array(out->arena, (size_t)pb->n_requests + 1, sizeof *out->unmet);
        out->unplaced = arena_array(out->arena, (size_t)pb->n_sections + 1, sizeof *out->unplaced);
        explain_requests(out->arena, out->schedule, out->unmet);
        struct answer *an = schedule_answer(out->schedule);
        for (int i = 0; i < an->n_unplaced; i++) {
                int s = pb->courses[an->unplaced[i].course].first_section + an->unplaced[i].number -
                        1;
                out->unplaced[s] = explain_section(out->arena, out->schedule, s);
        }
        answer_free(an);
}

static void conclude(struct run *run)
{
        struct solution *out = run->out;
        bool stopped = run->control->stop && *run->control->stop;

        for (int t = 0; t < N_TIERS; t++) /* a bound that the recount beats was never one */
                if (out->bound.known[t] && out->bound.tier[t] > out->score.tier[t])
                        out->bound.known[t] = false;
        out->status = met(run) ? STATUS_OPTIMAL : stopped ? STATUS_INTERRUPTED : STATUS_FEASIBLE;
        out->ended = met(run)                             ? ENDED_OPTIMAL
                     : stopped                            ? ENDED_STOPPED
                     : meter_steps_left(&run->meter) == 0 ? ENDED_WORK
                     : meter_over(&run->meter)            ? ENDED_TIME
                                                          : ENDED_DONE;
        out->seconds = clock_now() - run->control->begin;
}

bool solve(const struct problem *pb, const struct options *o, const struct control *control,
        const struct schedule *from, struct solution *out, struct report *rp)
{
        struct run run = {.pb = pb, .o = o, .control = control, .out = out, .rp = rp};

        *out = (struct solution){.arena = arena_new()};
        start_meter(&run);
        run.sought = o->cte_last ? cte_last(pb) : *pb;
        run.frame = frame_new(&run.sought);
        bound_first(&run);
        bool fine = start_schedule(&run, from);
        if (fine) {
                if (!from)
                        place_cte(&run);
                search_first(&run);
                fine = last_resort(&run);
        }
        if (fine) {
                load(&run);
                prove(&run);
                search_again(&run);
                bound_last(&run);
                say_why(&run);
                conclude(&run);
        }
        schedule_free(run.last);
        frame_free(run.frame);
        if (!fine)
                solution_release(out);
        return fine;
}

void solution_release(struct solution *s)
{
        schedule_free(s->schedule);
        arena_free(s->arena);
        *s = (struct solution){0};
}
