/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/sweep_student.h"
#include <string.h>

enum { KNOWN = 1 << 16, MOST_WAYS = 20000 };

struct wish { /* one request of the student that is looked at */
        int course, kind, gain, stands_for;
        bool cte;
        cellset starts;
        int64_t years; /* of the requirement at hand */
};

struct known { /* least sums found before */
        uint64_t key, check;
        int64_t least[WEIGHTINGS];
};

struct seating {
        const struct formulation *f;
        int64_t weight[WEIGHTINGS][N_TIERS];
        struct known *known;
        /* the student at hand */
        int student, n, first;
        struct wish *wish;
        bool *met;
        int64_t *out;
        int64_t ways, most_ways;
};

static const int64_t factors[WEIGHTINGS] = {0, 1, 4, 16, 128};

static bool adds_up(enum tier t)
{
        return t == CTE_UNMET || t == REQUIREMENT_SHORTFALL || t == REQUIRED_UNMET ||
               t == EMPTY_PERIODS || t == REQUEST_LOSS || t == UNEVEN;
}

struct seating *seating_new(const struct formulation *f, struct arena *a, enum tier last,
        const struct score *caps, int64_t caps_out[WEIGHTINGS])
{
        struct seating *st = arena_alloc(a, sizeof *st);
        bool above = true;

        st->f = f;
        st->known = mem_zero(KNOWN, sizeof *st->known);
        st->wish = arena_array(a, (size_t)f->pb->n_courses + 1, sizeof *st->wish);
        st->met = arena_array(a, (size_t)f->pb->n_courses + 1, sizeof *st->met);
        for (int w = 0; w < WEIGHTINGS; w++)
                caps_out[w] = 0;
        for (int n = 0; n < N_TIERS && above; n++) {
                const enum tier t = f->pb->order[n];

                above = t != last;
                for (int w = 0; w < WEIGHTINGS && adds_up(t); w++) {
                        st->weight[w][t] = above ? factors[w] : 1;
                        caps_out[w] += st->weight[w][t] * caps->tier[t];
                }
        }
        return st;
}

void seating_free(struct seating *st)
{
        mem_free(st->known);
}

bool seating_fits(const struct seating *st)
{
        return st->most_ways < MOST_WAYS;
}

/* Does each alternate used stand in for an unmet request of its own? */
static bool alternates_fit(const struct seating *st)
{
        int unmet = 0, used = 0;

        for (int i = 0; i < st->n; i++) {
                const struct wish *w = &st->wish[i];

                unmet += w->kind != ALTERNATE && !st->met[i];
                used += w->kind == ALTERNATE && st->met[i];
                if (w->kind != ALTERNATE || !st->met[i] || w->stands_for < 0)
                        continue;
                if (st->met[w->stands_for])
                        return false;
                for (int k = 0; k < i; k++)
                        if (st->met[k] && st->wish[k].kind == ALTERNATE &&
                                st->wish[k].stands_for == w->stands_for)
                                return false;
        }
        return used <= unmet;
}

static int64_t empty_periods(const struct seating *st, cellset taken)
{
        const struct problem *pb = st->f->pb;
        const int owed = pb->students[st->student].full_day;
        int64_t empty = 0;

        for (int term = 0; term < pb->n_terms; term++) {
                const int filled = __builtin_popcountll(taken & pb->term_cells[term]);

                empty += filled < owed ? owed - filled : 0;
        }
        return empty;
}

static int64_t shortfall(const struct seating *st)
{
        const struct problem *pb = st->f->pb;
        int64_t sum = 0;

        for (int q = 0; q < pb->n_requirements; q++) {
                int64_t need = requirement_need(pb, st->student, q);

                for (int i = 0; i < st->n && need > 0; i++)
                        if (st->met[i] && requirement_counts(pb, q, st->wish[i].course))
                                need -= pb->courses[st->wish[i].course].years;
                sum += need > 0 ? need : 0;
        }
        return sum;
}

static void count_way(struct seating *st, cellset taken)
{
        int64_t tier[N_TIERS] = {0};
        int unmet = 0;

        if (!alternates_fit(st))
                return;
        for (int i = 0; i < st->n; i++) {
                const struct wish *w = &st->wish[i];

                if (w->kind == ALTERNATE) {
                        tier[REQUEST_LOSS] -= st->met[i] ? w->gain : 0;
                        continue;
                }
                if (st->met[i])
                        continue;
                unmet++;
                tier[REQUEST_LOSS] += 4;
                tier[CTE_UNMET] += w->cte;
                tier[REQUIRED_UNMET] += !w->cte && w->kind == REQUIRED;
        }
        tier[UNEVEN] = unmet > 1 ? unmet - 1 : 0;
        tier[EMPTY_PERIODS] = empty_periods(st, taken);
        tier[REQUIREMENT_SHORTFALL] = shortfall(st);
        for (int w = 0; w < WEIGHTINGS; w++) {
                int64_t sum = 0;

                for (int t = 0; t < N_TIERS; t++)
                        sum += st->weight[w][t] * tier[t];
                if (sum < st->out[w])
                        st->out[w] = sum;
        }
}

static void seat_from(struct seating *st, int i, cellset taken, cellset owed)
{
        const struct problem *pb = st->f->pb;
        const struct course *c;

        if (st->ways >= MOST_WAYS)
                return; /* too many: seating_fits says so */
        st->ways++;
        if (i == st->n) {
                count_way(st, taken);
                return;
        }
        c = &pb->courses[st->wish[i].course];
        st->met[i] = true;
        for (cellset left = st->wish[i].starts; left; left &= left - 1) {
                const int p = __builtin_ctzll(left);

                if (taken & c->start_block[p] || owed & c->start_cells[p] ||
                        c->start_cells[p] & ~pb->students[st->student].available)
                        continue;
                seat_from(st, i + 1, taken | c->start_cells[p], owed | c->start_block[p]);
        }
        st->met[i] = false;
        seat_from(st, i + 1, taken, owed);
}

static void list_wishes(struct seating *st, int k, const cellset *starts)
{
        const struct problem *pb = st->f->pb;
        const struct student *who = &pb->students[k];

        st->student = k;
        st->n = who->n_requests;
        for (int i = 0; i < who->n_requests; i++) {
                const int r = who->first_request + i;
                const struct request *rq = &pb->requests[r];
                struct wish *w = &st->wish[i];

                w->course = rq->course;
                w->kind = (int)rq->kind;
                w->cte = rq->cte;
                w->gain = rq->rank < 3 ? 4 - rq->rank : 1;
                w->stands_for = rq->stands_for < 0 ? NONE : rq->stands_for - who->first_request;
                w->starts = st->f->rank_in_course[r] < 0 ? 0 : starts[rq->course];
        }
}

static uint64_t mix(uint64_t h, uint64_t x, uint64_t odd)
{
        h = (h ^ x) * odd;
        return h ^ h >> 29;
}

void seating_least(struct seating *st, int k, const cellset *starts, int64_t out[WEIGHTINGS])
{
        uint64_t key = mix(0, (uint64_t)k + 1, 0x9E3779B97F4A7C15u);
        uint64_t check = mix(1, (uint64_t)k + 1, 0xC2B2AE3D27D4EB4Fu);
        struct known *slot;

        list_wishes(st, k, starts);
        for (int i = 0; i < st->n; i++) {
                key = mix(key, st->wish[i].starts, 0x9E3779B97F4A7C15u);
                check = mix(check, st->wish[i].starts, 0xC2B2AE3D27D4EB4Fu);
        }
        slot = &st->known[key % KNOWN];
        if (slot->key != key || slot->check != check) {
                slot->key = key;
                slot->check = check;
                for (int w = 0; w < WEIGHTINGS; w++)
                        slot->least[w] = INT64_MAX;
                st->out = slot->least;
                st->ways = 0;
                seat_from(st, 0, 0, 0);
                if (st->ways > st->most_ways)
                        st->most_ways = st->ways;
        }
        memcpy(out, slot->least, sizeof slot->least);
}
