/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/search.h"
#include "solver/construct.h"
#include "solver/load_checked.h"
#include "solver/moves.h"
#include "solver/put.h"
#include "solver/reseat.h"
#include "solver/sketch.h"
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

/*
 * Legs of the search: most of the time goes into one long cooling, which beats many short ones; the
 * rest into the best schedule that came of it, at hard prices: the last state may be better by far
 * and still lose by one request of an upper tier. Temperatures are in prices of an unmet elective.
 */
static const struct leg {
        double until; /* fraction of the search */
        double hot, cool;
        bool hard; /* nothing bends */
} legs[] = {
        {0.85, 0.65, 0.3, false}, /* from a sketch on, which is not to melt again */
        {1.00, 0.35, 0.1, true},
};
enum { N_LEGS = sizeof legs / sizeof *legs, LOOK_EVERY = 64 };
/* Prices harden between these parts of a leg, those of the first three tiers before the others. */
static const double HARD_FROM = 0.62, HARD_AT = 0.88;
static const double FIRST_FROM = 0.35, FIRST_AT = 0.80;
enum {
        STEPS_HARD = 16,
        STEPS_SOFT = 10,
        FIRST_BUILT = 16,
        UNIT_OF_TEN = 6,
        ALTERNATE_NODES = 1000
};
/* Dearer by this while hot, where a stream plans. */
static const double PLANNING = 8;
/* Of each leg: for the lowest tiers. */
static const double COLD_SHARE = 0.10;
/* Of the first leg: for the sketch that it starts from. */
static const double SKETCH_SHARE = 0.75;

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
        double heat; /* of the legs' temperatures: more where few courses have several sections */
};

struct stream {
        struct shared *shared;
        struct state *st;
        struct meter meter;
        struct schedule *best;
        struct score score;
        double seconds; /* of a leg whose streams take turns; 0: the meter's deadline holds */
        bool any, met;
        bool plans; /* keeps teams' planning while hot: every other stream */
};

static bool is_valid(const struct state *st)
{
        return !st->over && !st->least_missing && !st->purity_missing && !st->locks_missing;
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
        double heat = sm->shared->heat, cool = leg->cool * heat;
        double hot = leg->hard ? leg->hot * heat : leg->hot;

        if (!cold && x < 1 - COLD_SHARE)
                return (int64_t)(PRICE_OF_ELECTIVE * hot * pow(cool / hot, x / (1 - COLD_SHARE)));
        double y = cold ? x : (x - (1 - COLD_SHARE)) / COLD_SHARE;
        return (int64_t)(PRICE_OF_ELECTIVE * 0.02 * pow(0.0005, y)) + 1;
}

static bool step_seats(struct state *st, int64_t t)
{
        if (st->crowded.n && draw(st, 4) == 0)
                return move_crowd(st, t);
        return draw(st, 16) ? move_request(st, t) : move_shift(st, t);
}

static bool step_units(struct state *st, int64_t t)
{
        int x = draw(st, 64);

        if (st->unplaced.n && x < 4)
                return move_missing(st, t);
        if (x < 5)
                return move_spare(st, t);
        if (x < 8 && st->pb->n_cohorts)
                return move_cohort(st, t);
        if (x < 12)
                return move_staff(st, t);
        if (x < 20)
                return move_chain(st, t);
        if (x < 26)
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

/* No more students than seats. */
static void thin_out(struct state *st)
{
        for (int s = 0; st->crowded.n && s < st->pb->n_sections; s++)
                for (int i = st->enrol[s] - 1; i >= 0 && st->crowded.at[s] >= 0; i--) {
                        int r = st->list[st->list_at[s] + i];
                        if (st->f->locked_seat[r] < 0)
                                seat_set(st, r, NONE);
                }
}

/* Sections below their minimum do not run. */
static void lift_small(struct state *st)
{
        change_begin(st);
        for (int u = 0; st->least_missing && u < st->f->n_units; u++)
                if (st->start[u] >= 0 && st->unit_enrol[u] < st->f->units[u].least &&
                        !st->f->units[u].must)
                        change_lift(st, u);
        change_settle(st, INT64_MAX / 2, 0);
}

/*
 * With CTE requests last, a seat that breaks a cohort is worse than none, whatever else it is good
 * for; prices do not say so, as they add up.
 */
static void give_up_breaks(struct stream *sm)
{
        struct state *st = sm->st;
        const struct problem *pb = st->pb;

        if (pb->order[0] == CTE_UNMET || !st->score.tier[COHORT_BREAKS] || st->locks_missing)
                return;
        for (int r = 0; r < pb->n_requests; r++)
                if (st->seat[r] >= 0 && st->f->locked_seat[r] < 0 &&
                        breaks_cohort(st, r, st->seat[r]))
                        seat_set(st, r, NONE);
        lift_small(st);
        settle_courses(st);
        state_forget(st);
        record(sm);
}

/* Sections below their minimum do not run; outsiders leave where purity lacks members: then the
 * schedule is valid. */
static void repair(struct stream *sm)
{
        struct state *st = sm->st;
        const struct problem *pb = st->pb;

        if (is_valid(st) || st->locks_missing)
                return;
        for (int s = 0; st->purity_missing && s < pb->n_sections; s++) {
                if (section_start(st, s) < 0 || st->cohort[s] < 0)
                        continue;
                struct ratio p = pb->cohorts[st->cohort[s]].purity;
                for (int i = st->enrol[s] - 1; i >= 0; i--) {
                        int r = st->list[st->list_at[s] + i], k = pb->requests[r].student;
                        if (st->members[s] * p.den >= p.num * st->enrol[s])
                                break;
                        if (!frame_is_member(pb, k, st->cohort[s]) && st->f->locked_seat[r] < 0)
                                seat_set(st, r, NONE);
                }
        }
        thin_out(st);
        lift_small(st);
        for (int k = 0; k < pb->n_students; k++)
                reseat(st, k, NONE, NONE, ALTERNATE_NODES, INT64_MAX);
        settle_courses(st);
        state_forget(st);
        record(sm);
}

static void allow_alternates(struct state *st, bool allow)
{
        const struct problem *pb = st->pb;

        if (allow == !st->no_alternates)
                return;
        st->no_alternates = !allow;
        for (int r = 0; !allow && r < pb->n_requests; r++)
                if (pb->requests[r].kind == ALTERNATE && st->seat[r] >= 0 &&
                        st->f->locked_seat[r] < 0)
                        seat_set(st, r, NONE);
        for (int k = 0; k < pb->n_students; k++)
                reseat(st, k, NONE, NONE, ALTERNATE_NODES, INT64_MAX);
        settle_courses(st);
        state_forget(st);
}

static int stage(double x, double from, double to)
{
        int grade = (int)((x - from) / (to - from) * STEPS_HARD);

        return grade < 0 ? 0 : grade < STEPS_HARD ? grade : STEPS_HARD;
}

/* Prices for part x of a leg, when they have changed since. */
static void set_prices(struct state *st, double x, bool plans, int *now)
{
        int grade = stage(x, HARD_FROM, HARD_AT), first = stage(x, FIRST_FROM, FIRST_AT);

        if (grade + first == *now)
                return;
        *now = grade + first;
        struct prices p = prices_at(st->pb, (double)grade / STEPS_HARD, (double)first / STEPS_HARD);
        /* Seats have cost half an elective in the sketch: from there on. */
        p.over += (int64_t)((1 - prices_variety(st->pb)) * PRICE_OF_ELECTIVE *
                            (0.25 + (double)first / STEPS_HARD));
        if (plans)
                p.tier[PLANNING_MISSED] = (int64_t)((double)p.tier[PLANNING_MISSED] *
                                                    pow(PLANNING, 1 - (double)grade / STEPS_HARD));
        state_reprice(st, &p);
        st->soft = grade < STEPS_SOFT;
        allow_alternates(st, grade >= STEPS_HARD / 4);
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
                        set_prices(st, cold || legs[sm->shared->leg].hard ? 1 : x, sm->plans,
                                &hardness);
                        meter_spend(&sm->meter, 1);
                }
                bool stands;
                if (cold || requests_are_done(st))
                        stands = step_lower(st, t);
                else if (draw(st, 10) < UNIT_OF_TEN)
                        stands = step_seats(st, t);
                else
                        stands = step_units(st, t);
                if (stands && is_valid(st) &&
                        (!sm->any || score_compare(st->pb->order, &st->score, &sm->score) < 0))
                        record(sm);
        }
        st->soft = false;
        repair(sm);
        give_up_breaks(sm);
}

/* Building is no annealing: nothing is given for tiers 1-3. */
static void set_first(struct state *st)
{
        struct prices p = prices_at(st->pb, 1, 1);

        for (int t = CTE_UNMET; t <= COHORT_BREAKS; t++)
                p.tier[t] *= FIRST_BUILT;
        state_reprice(st, &p);
}

/* Other places, sought without seats, if all that locks ask for finds room there. */
static void try_sketch(struct stream *sm)
{
        struct state *st = sm->st;
        struct meter part = meter_part(&sm->meter, SKETCH_SHARE);
        bool locked = st->locks_missing == 0;

        sketch(st, &part, sm->plans);
        meter_join(&sm->meter, &part);
        construct_place(st);
        construct_load(st);
        if (locked && st->locks_missing && sm->any)
                state_load(st, sm->best);
        record(sm);
}

static void begin_stream(struct stream *sm)
{
        struct shared *sh = sm->shared;
        struct state *st = sm->st;

        set_first(st);
        load_checked(st, sh->first);
        construct_reserve(st);
        if (sh->complete)
                record(sm);
        else
                construct_place(st);
        construct_load(st); /* who came since gets what is free */
        record(sm);
        if (!sh->complete)
                try_sketch(sm);
        repair(sm);
        give_up_breaks(sm);
        tell(sm);
}

static void reload(struct state *st, const struct schedule *sc)
{
        st->no_alternates = false; /* it has them in their seats */
        state_load(st, sc);
}

/* From the best, or from where the leg before came to stand if prices speak for it: it may be
 * better in all but one request of an upper tier, which the next leg can still win. */
static void go_on(struct stream *sm)
{
        struct state *st = sm->st;
        int64_t energy = is_valid(st) ? st->energy : INT64_MAX;
        struct schedule *last = schedule_new(st->pb);

        state_save(st, last);
        reload(st, sm->best);
        if (energy < st->energy)
                reload(st, last);
        schedule_free(last);
}

static void run_leg(struct stream *sm)
{
        if (sm->seconds > 0) {
                sm->meter.begin = clock_now();
                sm->meter.deadline = sm->meter.begin + sm->seconds;
        }
        sm->st->soft = false;
        if (sm->shared->leg == 0) {
                begin_stream(sm);
        } else if (sm->any) {
                go_on(sm);
        }
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

static void open_streams(struct shared *sh)
{
        sh->streams = mem_zero((size_t)sh->n_streams, sizeof *sh->streams);
        for (int i = 0; i < sh->n_streams; i++) {
                struct stream *sm = &sh->streams[i];
                sm->shared = sh;
                sm->best = schedule_new(sh->f->pb);
                sm->plans = i % 2 == 0;
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

        sh.heat = 1 - 0.33 * prices_variety(f->pb);
        pthread_mutex_init(&sh.lock, NULL);
        open_streams(&sh);
        for (sh.leg = 0; sh.leg < N_LEGS && !meter_over(m) && !atomic_load(&sh.met); sh.leg++) {
                give_meters(&sh, m, threads);
                run_threads(&sh, threads);
                for (int i = 0; i < sh.n_streams; i++)
                        meter_join(m, &sh.streams[i].meter);
        }
        const struct stream *best = best_stream(&sh);
        if (best && score_compare(f->pb->order, &best->score, score) < 0) {
                schedule_copy(sc, best->best);
                *score = best->score;
        }
        close_streams(&sh);
        pthread_mutex_destroy(&sh.lock);
}
