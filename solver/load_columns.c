/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/load_columns.h"
#include "model/verify.h"
#include "solver/glpk_guard.h"
#include "solver/load_columns_parts.h"
#include <math.h>

enum {
        ROUNDS = 400,     /* of pricing in one tier */
        BATCH = 150,      /* columns before the next relaxation */
        MOST_MORE = 20000 /* columns added to make the choice complete */
};

static const double FUZZ = 1e-6;

/* One tier's outcome in the movable students' share of it. */
struct stage {
        int n;          /* place in student_tiers */
        int64_t value;  /* of the columns that are chosen */
        double least;   /* no choice is below; -INFINITY: unknown */
        bool at_bottom; /* all columns are there that the relaxation could want */
};

static int64_t chosen_value(const struct desk *d, int n)
{
        int64_t sum = 0;

        for (int k = 0; k < d->pb->n_students; k++)
                if (d->movable[k])
                        sum += d->columns[d->chosen[k]].cost[n];
        return sum;
}

/* Price every student, from where the last round stopped; how much all of them could gain. */
static double price_round(struct desk *d, int *from, int *added, bool *whole)
{
        const int n = d->pb->n_students;
        double gain = 0;
        int seen = 0;

        *added = 0;
        for (; seen < n && *added < BATCH && !meter_over(d->meter); seen++) {
                const int k = (*from + seen) % n;
                struct load_column c;
                double reduced = 0;

                if (!d->movable[k])
                        continue;
                d->exact &= desk_price(d, k, &c, &reduced);
                gain += reduced;
                if (reduced < 0)
                        *added += desk_add(d, &c);
        }
        *whole = seen == n;
        *from = (*from + seen) % n;
        return gain;
}

static bool is_met(const struct stage *s)
{
        return ceil(s->least - FUZZ) >= (double)s->value;
}

/* Add columns until none helps, or the tier is known to be at its least. */
static void generate(struct desk *d, struct stage *s)
{
        int from = 0, added = 0;

        for (int round = 0; round < ROUNDS && !meter_over(d->meter); round++) {
                double value;
                bool whole;

                desk_objective(d, s->n);
                if (!desk_relax(d, s->n, &value))
                        return;
                const double gain = price_round(d, &from, &added, &whole);
                if (whole && value + gain > s->least)
                        s->least = value + gain;
                if (is_met(s))
                        return;
                if (whole && !added) {
                        s->at_bottom = true;
                        return;
                }
        }
}

/* All columns that a better value than the incumbent's could use; false if they are too many. */
static bool complete(struct desk *d, const struct stage *s, double value)
{
        const int most = d->n_columns + MOST_MORE;

        for (int k = 0; k < d->pb->n_students; k++) {
                if (meter_over(d->meter) || d->n_columns > most)
                        return false;
                if (d->movable[k] && !desk_enumerate(d, k, (double)s->value - 1 - value + FUZZ))
                        return false;
        }
        return true;
}

static enum chosen choose(struct desk *d, struct stage *s, double value)
{
        const enum chosen found = desk_choose(d, s->n, s->value, value);

        if (found == CHOSEN_BETTER || found == CHOSEN_BEST)
                s->value = chosen_value(d, s->n);
        return found;
}

/* Whole numbers: first among the columns there are, then among all that matter. */
static void make_whole(struct desk *d, struct stage *s)
{
        double value;

        desk_objective(d, s->n);
        if (meter_over(d->meter) || !desk_relax(d, s->n, &value))
                return;
        choose(d, s, value);
        if (is_met(s) || !s->at_bottom || meter_over(d->meter) || !complete(d, s, value))
                return;
        desk_objective(d, s->n);
        if (!desk_relax(d, s->n, &value))
                return;
        const enum chosen found = choose(d, s, value);
        if (found == CHOSEN_BEST || found == CHOSEN_NONE_BETTER)
                s->least = (double)s->value;
}

static void run_stage(struct desk *d, struct stage *s)
{
        s->least = -INFINITY;
        s->value = chosen_value(d, s->n);
        if (s->value <= 0) {
                s->least = 0;
        } else {
                generate(d, s);
                if (!is_met(s))
                        make_whole(d, s);
        }
        d->zero[s->n] = s->value == 0;
        if (s->value)
                desk_cap(d, s->n, s->value);
}

struct loading {
        struct desk desk;
        struct bound *least;
        bool proven;
};

/* A value that students who keep their seats add. */
static int64_t frozen_value(const struct desk *d, int n)
{
        return d->st->score.tier[student_tiers[n]] - chosen_value(d, n);
}

static void run_stages(void *context)
{
        struct loading *x = context;
        struct desk *d = &x->desk;

        desk_program(d);
        x->proven = true;
        for (int o = 0; o < N_TIERS; o++) {
                struct stage s = {0};

                while (s.n < N_STUDENT_TIERS && student_tiers[s.n] != d->pb->order[o])
                        s.n++;
                if (s.n == N_STUDENT_TIERS)
                        continue;
                const int64_t frozen = frozen_value(d, s.n);
                run_stage(d, &s);
                x->proven &= d->exact && is_met(&s);
                if (d->exact && s.least > -INFINITY) {
                        x->least->known[student_tiers[s.n]] = true;
                        x->least->tier[student_tiers[s.n]] = frozen + (int64_t)ceil(s.least - FUZZ);
                }
        }
        glp_delete_prob(d->lp);
        d->lp = NULL;
}

/* Seats within a class: who sits there already stays, others go where fewest are, and none is left
 * below its minimum. */
static void spread_class(const struct desk *d, const struct seat_class *c, int *seat, int *enrol,
        const struct ints *who)
{
        for (int i = 0; i < who->n; i++) {
                const int r = who->v[i], was = d->st->seat[r];
                int best = NONE;

                for (int j = 0; j < c->n; j++) {
                        const int s = c->sections[j];

                        if (enrol[s] >= d->st->seats[s])
                                continue;
                        if (s == was) {
                                best = s;
                                break;
                        }
                        if (best < 0 || enrol[s] < enrol[best])
                                best = s;
                }
                seat[r] = best;
                if (best >= 0)
                        enrol[best]++;
        }
        for (int j = 0; j < c->n; j++) {
                const int s = c->sections[j];

                for (int i = 0; i < who->n && enrol[s] < d->pb->courses[c->course].size_min; i++) {
                        const int from = seat[who->v[i]];

                        if (from < 0 || from == s ||
                                enrol[from] <= d->pb->courses[c->course].size_min)
                                continue;
                        enrol[from]--;
                        enrol[s]++;
                        seat[who->v[i]] = s;
                }
        }
}

/* The schedule of the chosen columns. */
static void write_back(const struct desk *d, struct schedule *sc)
{
        const struct problem *pb = d->pb;
        struct arena *a = arena_new();
        struct ints *who = arena_array(a, (size_t)d->n_classes + 1, sizeof *who);
        int *enrol = arena_array(a, (size_t)pb->n_sections + 1, sizeof *enrol);

        for (int k = 0; k < pb->n_students; k++) {
                const struct student *student = &pb->students[k];

                for (int r = student->first_request;
                        r < student->first_request + student->n_requests; r++) {
                        if (!d->movable[k] && sc->seat[r] >= 0)
                                enrol[sc->seat[r]]++;
                        if (d->movable[k])
                                sc->seat[r] = NONE;
                }
                if (!d->movable[k])
                        continue;
                const struct load_column *c = &d->columns[d->chosen[k]];
                for (int i = 0; i < c->n; i++)
                        ints_push(a, &who[c->seats[i].class], c->seats[i].request);
        }
        for (int q = 0; q < d->n_classes; q++)
                spread_class(d, &d->classes[q], sc->seat, enrol, &who[q]);
        arena_free(a);
}

/* Take the new seats if they are valid and better. */
static void adopt(const struct desk *d, struct schedule *sc, struct score *score)
{
        struct schedule *trial = schedule_new(d->pb);

        schedule_copy(trial, sc);
        write_back(d, trial);
        struct answer *an = schedule_answer(trial);
        struct verdict *v = verify(d->pb, an, false);
        if (!v->n_faults && score_compare(d->pb->order, &v->score, score) < 0) {
                schedule_copy(sc, trial);
                *score = v->score;
        }
        verdict_free(v);
        answer_free(an);
        schedule_free(trial);
}

/* Does the state say the same? It knows some stacks only as a whole. */
static bool is_same(const struct state *st, const struct schedule *sc)
{
        const struct problem *pb = sc->pb;

        for (int s = 0; s < pb->n_sections; s++)
                if (sc->start[s] >= 0 && section_start(st, s) != sc->start[s])
                        return false;
        for (int r = 0; r < pb->n_requests; r++)
                if (st->seat[r] != sc->seat[r])
                        return false;
        return true;
}

/* False if the schedule cannot be looked at in this way. */
static bool set_up(struct desk *d, const struct schedule *sc)
{
        const struct problem *pb = d->pb;

        d->sc = sc;
        d->arena = arena_new();
        d->st = state_new(d->f, 1, d->meter);
        state_load(d->st, sc);
        if (!is_same(d->st, sc))
                return false;
        d->exact = true;
        desk_rows(d);
        d->pricer = pricer_new(pb);
        d->dual = mem_zero((size_t)d->n_rows + 1, sizeof *d->dual);
        d->last = arena_array(d->arena, (size_t)pb->n_students + 1, sizeof(int));
        d->chosen = arena_array(d->arena, (size_t)pb->n_students + 1, sizeof(int));
        for (int k = 0; k < pb->n_students; k++) {
                if (!d->movable[k])
                        continue;
                const struct load_column c = desk_present(d, k);
                desk_add(d, &c);
                d->chosen[k] = d->n_columns;
        }
        return true;
}

static void tear_down(struct desk *d)
{
        pricer_free(d->pricer);
        state_free(d->st);
        mem_free(d->options);
        mem_free(d->low);
        mem_free(d->high);
        mem_free(d->columns);
        mem_free(d->dual);
        arena_free(d->arena);
}

bool load_by_columns_least(const struct frame *f, struct meter *m, struct schedule *sc,
        struct score *score, struct bound *least)
{
        struct loading x = {.least = least};
        struct report *rp = report_new();

        *least = (struct bound){0};
        x.desk.f = f;
        x.desk.pb = f->pb;
        x.desk.meter = m;
        const bool fine = set_up(&x.desk, sc) && glpk_guard(run_stages, &x, rp);
        if (fine)
                adopt(&x.desk, sc, score);
        tear_down(&x.desk);
        report_free(rp);
        return fine && x.proven;
}

bool load_by_columns(
        const struct frame *f, struct meter *m, struct schedule *sc, struct score *score)
{
        struct bound least;

        return load_by_columns_least(f, m, sc, score, &least);
}
