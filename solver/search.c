/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/search.h"
#include "solver/construct.h"
#include "solver/load_checked.h"
#include "solver/moves.h"
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

/*
 * Legs of the search: each heats up again from the best of the leg before. Short ones first, so
 * that an easy school ends early; most of the time goes into one long cooling, which beats many
 * short ones. Temperatures are in prices of an unmet elective.
 */
static const struct leg {
        double until; /* fraction of the search */
        double hot, cool;
} legs[] = {
        {0.06, 0.8, 0.10},
        {0.20, 0.8, 0.10},
        {0.48, 0.8, 0.10},
        {1.00, 0.8, 0.10},
};
enum { N_LEGS = sizeof legs / sizeof *legs, LOOK_EVERY = 64 };
static const double HARD_FROM = 0.55, HARD_AT = 0.85; /* prices harden between these parts of a leg */
enum { STEPS_HARD = 16 };
static const double COLD_SHARE = 0.15; /* of each leg, for the tiers below the requests */

struct shared {
        const struct frame *f;
        const struct options *o;
        const struct bound *lower;
        const struct search_watch *watch;
        bool complete;
        const struct schedule *first;
        pthread_mutex_t lock;
        struct score best; /* of all streams: for the watch only */
        bool any;
        atomic_bool met; /* some stream meets every bound */
        atomic_int next;
        struct stream *streams;
        int n_streams;
        int leg;
};

struct stream {
        struct shared *shared;
        struct state *st;
        struct meter meter;
        struct schedule *best;
        struct score score;
        double seconds; /* of a leg whose streams take turns; 0: the meter's deadline holds */
        bool any, met;
};

static bool is_valid(const struct state *st)
{
        return !st->least_missing && !st->purity_missing && !st->locks_missing;
}

static void tell(struct stream *sm)
{
        struct shared *sh = sm->shared;

        if (!sh->watch || !sh->watch->found)
                return;
        pthread_mutex_lock(&sh->lock);
        if (!sh->any || score_compare(sh->f->pb->order, &sm->score, &sh->best) < 0) {
                sh->any = true;
                sh->best = sm->score;
                sh->watch->found(sh->watch->context, &sh->best, sm->meter.steps);
        }
        pthread_mutex_unlock(&sh->lock);
}

static void record(struct stream *sm)
{
        struct state *st = sm->st;

        if (!is_valid(st) || (sm->any && score_compare(st->pb->order, &st->score, &sm->score) >= 0))
                return;
        state_save(st, sm->best);
        sm->score = st->score;
        sm->any = true;
        sm->met = score_meets(&sm->score, sm->shared->lower);
        if (sm->met)
                atomic_store(&sm->shared->met, true);
}

/* Below this nothing is left to win but tiers under the requests. */
static bool requests_are_done(const struct state *st)
{
        return !st->unsatisfied.n && is_valid(st);
}

static int64_t temperature(const struct stream *sm, double x, bool cold)
{
        const struct leg *leg = &legs[sm->shared->leg];

        if (!cold && x < 1 - COLD_SHARE) {
                double y = x / (1 - COLD_SHARE);
                return (int64_t)(PRICE_OF_ELECTIVE * leg->hot * pow(leg->cool / leg->hot, y));
        }
        double y = cold ? x : (x - (1 - COLD_SHARE)) / COLD_SHARE;
        return (int64_t)(PRICE_OF_ELECTIVE * 0.02 * pow(0.0005, y)) + 1;
}

static bool step_seats(struct state *st, int64_t t)
{
        int x = draw(st, 16);

        if (x < 13)
                return move_request(st, t);
        if (x < 15)
                return move_shift(st, t);
        return move_level(st, t);
}

static bool step_units(struct state *st, int64_t t)
{
        int x = draw(st, 32);

        if (st->unplaced.n && x < 3)
                return move_missing(st, t);
        if (x < 4)
                return move_spare(st, t);
        if (x < 7 && st->pb->n_cohorts)
                return move_cohort(st, t);
        if (x < 9)
                return move_staff(st, t);
        if (x < 13)
                return move_chain(st, t);
        if (x < 19)
                return move_swap(st, t);
        return move_unit(st, t);
}

static bool step_lower(struct state *st, int64_t t)
{
        int x = draw(st, 16);

        if (x < 4)
                return move_staff(st, t);
        if (x < 6)
                return move_unit(st, t);
        if (x < 8)
                return move_swap(st, t);
        if (x < 9)
                return step_units(st, t);
        if (x < 12)
                return move_level(st, t);
        return move_shift(st, t);
}

static void anneal(struct stream *sm)
{
        struct state *st = sm->st;
        bool work = sm->meter.limit > 0, cold = false;
        int hardness = -1;
        int64_t t = 0;
        double turned = 0;
        double begin = meter_fraction(&sm->meter);

        for (int64_t i = 0; !sm->meter.over && !sm->met; i++) {
                if (i % LOOK_EVERY == 0) {
                        double x = (meter_fraction(&sm->meter) - begin) / (1 - begin + 1e-12);
                        if (!work && atomic_load(&sm->shared->met))
                                return;
                        if (!cold && requests_are_done(st)) {
                                cold = true;
                                turned = x;
                        }
                        if (cold)
                                x = (x - turned) / (1 - turned + 1e-12);
                        t = temperature(sm, x, cold);
                        int grade = cold ? STEPS_HARD : (int)((x - HARD_FROM) / (HARD_AT - HARD_FROM) * STEPS_HARD);
                        grade = grade < 0 ? 0 : grade < STEPS_HARD ? grade : STEPS_HARD;
                        if (grade != hardness) {
                                struct prices p = prices_at(st->pb, (double)grade / STEPS_HARD);
                                state_reprice(st, &p);
                                hardness = grade;
                        }
                        meter_spend(&sm->meter, 1);
                }
                bool stands;
                if (cold || !st->unsatisfied.n)
                        stands = step_lower(st, t);
                else if (draw(st, 10) < 7)
                        stands = step_seats(st, t);
                else
                        stands = step_units(st, t);
                if (stands && is_valid(st) &&
                        (!sm->any || score_compare(st->pb->order, &st->score, &sm->score) < 0))
                        record(sm);
        }
}

static void begin_stream(struct stream *sm)
{
        struct shared *sh = sm->shared;
        struct state *st = sm->st;

        load_checked(st, sh->first);
        construct_reserve(st);
        if (!sh->complete) {
                construct_place(st);
                construct_load(st);
        }
        record(sm);
        tell(sm);
}

static void run_leg(struct stream *sm)
{
        if (sm->seconds > 0) {
                sm->meter.begin = clock_now();
                sm->meter.deadline = sm->meter.begin + sm->seconds;
        }
        if (sm->shared->leg == 0)
                begin_stream(sm);
        else if (sm->any)
                state_load(sm->st, sm->best);
        if (sm->met)
                return;
        anneal(sm);
        tell(sm);
}

static void *worker(void *arg)
{
        struct shared *sh = arg;
        int i;

        while ((i = atomic_fetch_add(&sh->next, 1)) < sh->n_streams)
                run_leg(&sh->streams[i]);
        return NULL;
}

static int thread_count(const struct options *o, int streams)
{
        long cores = sysconf(_SC_NPROCESSORS_ONLN);
        int n = o->threads > 0 ? o->threads : cores > 0 ? (int)cores : 1;

        return n < streams ? n : streams;
}

static void run_threads(struct shared *sh, int n)
{
        pthread_t thread[64];
        bool runs[64] = {false};

        atomic_store(&sh->next, 0);
        for (int i = 1; i < n; i++)
                runs[i] = pthread_create(&thread[i], NULL, worker, sh) == 0;
        worker(sh);
        for (int i = 1; i < n; i++)
                if (runs[i])
                        pthread_join(thread[i], NULL);
}

/* Each stream's part of what is left for the leg; streams that share a thread share its time. */
static void give_meters(struct shared *sh, struct meter *m, int threads)
{
        double done = sh->leg ? legs[sh->leg - 1].until : 0;
        double share = (legs[sh->leg].until - done) / (1 - done + 1e-12);
        int rounds = (sh->n_streams + threads - 1) / threads;

        for (int i = 0; i < sh->n_streams; i++) {
                double part = m->limit > 0 ? share / sh->n_streams : share;
                sh->streams[i].meter = meter_part(m, part);
                sh->streams[i].seconds =
                        m->limit <= 0 && rounds > 1 && m->deadline > 0
                                ? meter_seconds_left(&sh->streams[i].meter) / rounds
                                : 0;
        }
}

static const struct stream *best_stream(const struct shared *sh)
{
        const struct stream *best = NULL;

        for (int i = 0; i < sh->n_streams; i++) {
                const struct stream *sm = &sh->streams[i];
                if (sm->any &&
                        (!best || score_compare(sh->f->pb->order, &sm->score, &best->score) < 0))
                        best = sm;
        }
        return best;
}

static void exchange(struct shared *sh)
{
        const struct stream *best = best_stream(sh);

        for (int i = 0; best && i < sh->n_streams; i++) {
                struct stream *sm = &sh->streams[i];
                if (sm == best || sh->leg + 2 < N_LEGS)
                        continue;
                schedule_copy(sm->best, best->best);
                sm->score = best->score;
                sm->any = true;
        }
}

static void open_streams(struct shared *sh)
{
        sh->streams = mem_zero((size_t)sh->n_streams, sizeof *sh->streams);
        for (int i = 0; i < sh->n_streams; i++) {
                struct stream *sm = &sh->streams[i];
                sm->shared = sh;
                sm->best = schedule_new(sh->f->pb);
                sm->st = state_new(sh->f, (uint64_t)sh->o->seed * 1000 + (uint64_t)i, &sm->meter);
        }
}

static void close_streams(struct shared *sh)
{
        for (int i = 0; i < sh->n_streams; i++) {
                schedule_free(sh->streams[i].best);
                state_free(sh->streams[i].st);
        }
        mem_free(sh->streams);
}

void search_run(const struct frame *f, const struct options *o, struct meter *m,
        const struct bound *lower, bool complete, struct schedule *sc, struct score *score,
        const struct search_watch *watch)
{
        struct shared sh = {.f = f,
                .o = o,
                .lower = lower,
                .watch = watch,
                .complete = complete,
                .first = sc,
                .n_streams = o->streams};
        int threads = thread_count(o, sh.n_streams);

        pthread_mutex_init(&sh.lock, NULL);
        open_streams(&sh);
        for (sh.leg = 0; sh.leg < N_LEGS && !meter_over(m) && !atomic_load(&sh.met); sh.leg++) {
                give_meters(&sh, m, threads);
                run_threads(&sh, threads);
                for (int i = 0; i < sh.n_streams; i++)
                        meter_join(m, &sh.streams[i].meter);
                exchange(&sh);
        }
        const struct stream *best = best_stream(&sh);
        if (best && score_compare(f->pb->order, &best->score, score) < 0) {
                schedule_copy(sc, best->best);
                *score = best->score;
        }
        close_streams(&sh);
        pthread_mutex_destroy(&sh.lock);
}
