/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/whatif_try.h"
#include "solver/put.h"
#include "solver/reseat.h"

enum { NODES = 2000 };

static void judge(const struct bench *b, struct toll *t)
{
        const struct state *st = b->state;

        for (int i = CTE_UNMET; i <= COHORT_BREAKS; i++)
                t->first |= st->score.tier[i] > b->score.tier[i];
        t->broken = st->least_missing || st->purity_missing || st->over || st->locks_missing;
        t->energy = st->energy;
}

bool request_is_grave(const struct problem *pb, int r)
{
        const struct request *q = &pb->requests[r];
        int k = pb->students[q->student].cohort;

        return q->kind == REQUIRED || q->cte ||
               (k >= 0 && ints_has(&pb->cohorts[k].courses, q->course));
}

struct toll toll_of(const struct bench *b, int student, const int *seat)
{
        const struct problem *pb = b->pb;
        struct toll t = {.given_up = NONE};
        int shifted = NONE;

        for (int r = 0; r < pb->n_requests; r++) {
                int was = b->now->seat[r], is = seat[r], k = pb->requests[r].student;
                if (was == is)
                        continue;
                bool primary = pb->requests[r].kind != ALTERNATE;
                if (k == student && primary && is < 0) {
                        t.own++;
                        t.given_up = r;
                        t.grave |= request_is_grave(pb, r);
                }
                if (k == student)
                        continue;
                t.gained += primary && was < 0;
                t.lost += primary && is < 0;
                if (was >= 0 && is >= 0 && k != shifted) {
                        t.moved++;
                        shifted = k;
                }
        }
        judge(b, &t);
        return t;
}

bool try_seat(struct bench *b, int r, int s)
{
        struct state *st = b->state;
        int student = b->pb->requests[r].student;

        if (section_start(st, s) < 0 || !b->pb->requests[r].admitted || !seat_left(st, s) ||
                !make_way(st, r, s) || !seat_open(st, r, s) || !seat_fits(st, r, s) ||
                !seat_rules_hold(st, r, s))
                return false;
        seat_set(st, r, s);
        settle(st, student);
        reseat(st, student, r, NONE, NODES, INT64_MAX);
        settle_courses(st);
        return st->seat[r] == s;
}

/* The student's seats alone change here: the toll is his. */
static struct toll own_toll(const struct bench *b, int r)
{
        const struct student *who = &b->pb->students[b->pb->requests[r].student];
        struct toll t = {.given_up = NONE};

        for (int q = who->first_request; q < who->first_request + who->n_requests; q++)
                if (b->now->seat[q] >= 0 && b->state->seat[q] < 0 &&
                        b->pb->requests[q].kind != ALTERNATE) {
                        t.own++;
                        t.given_up = q;
                        t.grave |= request_is_grave(b->pb, q);
                }
        judge(b, &t);
        return t;
}

/* What stands in for a request waits until that is decided. */
static void leave_alternates(struct state *st, int student)
{
        const struct student *who = &st->pb->students[student];

        for (int q = who->first_request; q < who->first_request + who->n_requests; q++)
                if (st->pb->requests[q].kind == ALTERNATE && st->seat[q] >= 0 &&
                        st->f->locked_seat[q] < 0)
                        seat_set(st, q, NONE);
}

bool try_join(struct bench *b, int r, int s, struct toll *out)
{
        struct state *st = b->state;
        int student = b->pb->requests[r].student, mark = state_mark(st);
        bool sits = section_start(st, s) >= 0 && st->seat[r] < 0 && b->pb->requests[r].admitted;

        if (sits)
                leave_alternates(st, student);
        sits = sits && seat_left(st, s) && seat_open(st, r, s) && seat_fits(st, r, s) &&
               seat_rules_hold(st, r, s);
        if (sits) {
                seat_set(st, r, s);
                settle(st, student);
                settle_courses(st);
                *out = own_toll(b, r);
                sits = !out->broken;
        }
        change_keep(st, mark, false);
        return sits;
}

static bool cheaper(const struct toll *a, const struct toll *b)
{
        if (a->first != b->first)
                return b->first;
        if (a->own != b->own || a->grave != b->grave)
                return a->own != b->own ? a->own < b->own : b->grave;
        return a->energy < b->energy;
}

int try_sections(struct bench *b, int r, struct toll *out)
{
        const struct course *c = &b->pb->courses[b->pb->requests[r].course];
        struct state *st = b->state;
        int best = NONE;

        for (int s = c->first_section; s < c->first_section + c->sections_max; s++) {
                if (section_start(st, s) < 0 || !seat_left(st, s))
                        continue;
                int mark = state_mark(st);
                bool sits = try_seat(b, r, s);
                struct toll t = own_toll(b, r);
                change_keep(st, mark, false);
                if (sits && !t.broken && (best < 0 || cheaper(&t, out))) {
                        best = s;
                        *out = t;
                }
        }
        return best;
}

bool try_place(struct bench *b, int s, int start, int others)
{
        struct state *st = b->state;
        int unit = st->f->unit_of[s];

        if (unit < 0 || !(st->f->units[unit].starts >> start & 1))
                return false;
        bool stands = st->start[unit] >= 0 ? change_bundle(st, unit, start, 0)
                                           : change_links_hold(st, unit, start) &&
                                                     change_put(st, unit, start, NONE, NONE, 0);
        return stands && (change_settle(st, INT64_MAX / 2, others), true) && st->start[unit] == start;
}

static void take_from(struct state *st, int s, int o, int least)
{
        for (int i = st->enrol[o] - 1; i >= 0 && st->enrol[s] < least && st->enrol[o] > least;
                i--) {
                int r = st->list[st->list_at[o] + i];
                if (st->f->locked_seat[r] >= 0)
                        continue;
                seat_set(st, r, NONE);
                bool fits = seat_left(st, s) && seat_open(st, r, s) && seat_fits(st, r, s) &&
                            seat_rules_hold(st, r, s);
                seat_set(st, r, fits ? s : o);
                settle(st, st->pb->requests[r].student);
        }
}

bool try_fill(struct bench *b, int s)
{
        struct state *st = b->state;
        int course = b->pb->section_course[s];
        const struct course *c = &b->pb->courses[course];
        int least = st->f->units[st->f->unit_of[s]].least;

        for (int i = st->course_request_at[course]; i < st->course_request_at[course + 1]; i++) {
                int r = st->course_requests[i];
                if (st->seat[r] >= 0 || b->pb->requests[r].kind == ALTERNATE)
                        continue;
                int mark = state_mark(st);
                if (!try_seat(b, r, s) || own_toll(b, r).own)
                        change_keep(st, mark, false);
        }
        for (int o = c->first_section; o < c->first_section + c->sections_max; o++)
                if (o != s && section_start(st, o) >= 0)
                        take_from(st, s, o, least);
        settle_courses(st);
        return st->unit_enrol[st->f->unit_of[s]] >= least && !st->least_missing &&
               !st->purity_missing;
}
