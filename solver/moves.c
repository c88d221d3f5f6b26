/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moves of seats; moves of units are in moves_unit.c. */
#include "solver/moves.h"
#include "solver/put.h"
#include "solver/reseat.h"
#include <math.h>

enum { SEAT_NODES = 300, LOOK = 3 };

int64_t move_limit(struct state *st, int64_t temperature)
{
        double u = (double)((state_random(st) >> 11) + 1) * 0x1p-53;

        return st->energy + (int64_t)(-log(u) * (double)temperature);
}

static bool stand_or_undo(struct state *st, int mark, int64_t limit, bool stands)
{
        if (stands && st->energy <= limit) {
                state_forget(st);
                return true;
        }
        state_undo(st, mark);
        while (st->dirty_courses.n)
                set_drop(&st->dirty_courses, st->dirty_courses.v[st->dirty_courses.n - 1]);
        return false;
}

/* A request of the student that he would rather have otherwise: unmet, or met as a cohort break;
 * else any. */
static int request_to_force(struct state *st, int student)
{
        const struct problem *pb = st->pb;
        const struct student *who = &pb->students[student];
        int pick = NONE, n = 0, any = NONE, m = 0;

        for (int r = who->first_request; r < who->first_request + who->n_requests; r++) {
                const struct request *q = &pb->requests[r];
                if (!q->admitted || st->placed[q->course] == 0 ||
                        (st->f->locked_seat[r] >= 0 && st->seat[r] >= 0))
                        continue;
                bool lacks = q->kind != ALTERNATE &&
                             (st->seat[r] < 0 || breaks_cohort(st, r, st->seat[r]));
                if (lacks && draw(st, ++n) == 0)
                        pick = r;
                if (q->kind != ALTERNATE && draw(st, ++m) == 0)
                        any = r;
        }
        return pick >= 0 && (n > 1 || draw(st, 16)) ? pick : any;
}

/* Seats that the student would have to leave for the cells of section s. */
static int clashes(const struct state *st, int r, int s, int *out)
{
        const struct problem *pb = st->pb;
        const struct request *q = &pb->requests[r];
        const struct student *who = &pb->students[q->student];
        int start = section_start(st, s), n = 0;
        const struct course *c = &pb->courses[q->course];

        for (int i = who->first_request; i < who->first_request + who->n_requests; i++) {
                if (i == r || st->seat[i] < 0)
                        continue;
                int other = section_start(st, st->seat[i]);
                const struct course *d = &pb->courses[pb->requests[i].course];
                if ((c->start_cells[start] & d->start_block[other]) ||
                        (c->start_block[start] & d->start_cells[other])) {
                        if (n < 32)
                                out[n] = i;
                        n++;
                }
        }
        return n;
}

/* One of a few sections drawn at random: the one with the fewest clashes, a full one counting as
 * one more. */
static int section_to_force(struct state *st, int r)
{
        const struct course *c = &st->pb->courses[st->pb->requests[r].course];
        int best = NONE, best_cost = 0, out[32];
        bool broken = st->seat[r] >= 0 && breaks_cohort(st, r, st->seat[r]);

        if (st->f->locked_seat[r] >= 0)
                return section_start(st, st->f->locked_seat[r]) < 0 ? NONE : st->f->locked_seat[r];
        for (int i = 0; i < 4 * LOOK; i++) {
                int s = c->first_section + draw(st, c->sections_max);
                if (s == st->seat[r] || section_start(st, s) < 0 ||
                        st->pb->section_number[s] > st->pb->requests[r].max_section)
                        continue;
                if ((c->start_cells[section_start(st, s)] &
                            ~st->pb->students[st->pb->requests[r].student].available))
                        continue;
                if (broken && breaks_cohort(st, r, s))
                        continue;
                int cost = 2 * clashes(st, r, s, out) + !seat_left(st, s) * 2 + draw(st, 3);
                if (st->f->counted_break[r] && breaks_cohort(st, r, s))
                        cost += 6;
                if (best < 0 || cost < best_cost) {
                        best = s;
                        best_cost = cost;
                }
                if (i >= LOOK && best >= 0)
                        break;
        }
        return best;
}

/* Who makes room in a full section: among a few drawn, one who fits elsewhere in the course without
 * more ado. */
static int seat_to_free(struct state *st, int s, int but_student)
{
        const int *list = st->list + st->list_at[s];
        const struct course *c = section_course(st, s);
        int any = NONE;

        for (int i = 0; i < 6 && st->enrol[s]; i++) {
                int r = list[draw(st, st->enrol[s])], student = st->pb->requests[r].student;
                if (student == but_student || st->f->locked_seat[r] >= 0)
                        continue;
                any = r;
                if (i > 3)
                        break;
                int o = c->first_section + draw(st, c->sections_max);
                if (o == s || section_start(st, o) < 0 || !seat_left(st, o))
                        continue;
                cellset own = section_cells(st, s);
                if (!(section_cells(st, o) & st->student_busy[student] & ~own))
                        return r;
        }
        return any;
}

static void leave_alternates(struct state *st, int student)
{
        const struct student *who = &st->pb->students[student];

        for (int r = who->first_request; r < who->first_request + who->n_requests; r++)
                if (st->pb->requests[r].kind == ALTERNATE && st->seat[r] >= 0)
                        seat_set(st, r, NONE);
}

/* In strands a student changes groups with all of his reserved seats. */
static void leave_strand(struct state *st, int student, int cohort)
{
        const struct student *who = &st->pb->students[student];

        for (int r = who->first_request; r < who->first_request + who->n_requests; r++)
                if (st->seat[r] >= 0 && st->cohort[st->seat[r]] == cohort &&
                        st->f->locked_seat[r] < 0)
                        seat_set(st, r, NONE);
}

/* Seat request r in s whatever it takes of the student's other seats; false: a rule forbids it. */
static bool force_seat(struct state *st, int r, int s)
{
        int out[32], n = clashes(st, r, s, out), student = st->pb->requests[r].student;
        const struct frame *f = st->f;

        if (n > 32)
                return false;
        for (int i = 0; i < n; i++) {
                if (f->locked_seat[out[i]] >= 0)
                        return false;
                seat_set(st, out[i], NONE);
        }
        if (st->seat[r] < 0)
                leave_alternates(st, student);
        seat_set(st, r, NONE);
        if (in_strands(st, r, s) && !seat_open(st, r, s))
                leave_strand(st, student, st->cohort[s]);
        for (int i = f->pair_first[student]; i < f->pair_first[student + 1]; i++) {
                const struct seat_pair *p = &f->pairs[i];
                if (p->first != r && p->second != r)
                        continue;
                int other = p->first == r ? p->second : p->first;
                if (!seat_pair_holds(st, p, p->first == r ? s : st->seat[p->first],
                            p->second == r ? s : st->seat[p->second]) &&
                        f->locked_seat[other] < 0)
                        seat_set(st, other, NONE);
        }
        if (!seat_left(st, s) || !seat_open(st, r, s) || !seat_rules_hold(st, r, s))
                return false;
        seat_set(st, r, s);
        return true;
}

static bool force_from(struct state *st, int r, int64_t limit)
{
        int student = st->pb->requests[r].student, victim = NONE;
        int s = section_to_force(st, r);

        if (s < 0)
                return false;
        if (!seat_left(st, s) || !seat_open(st, r, s)) {
                int out = seat_to_free(st, s, student);
                if (out < 0)
                        return false;
                victim = st->pb->requests[out].student;
                if (in_strands(st, out, s))
                        leave_strand(st, victim, st->cohort[s]);
                seat_set(st, out, NONE);
        }
        if (!force_seat(st, r, s))
                return false;
        /* What the victim may yet win back, he having lost nothing so far. */
        int64_t slack = victim >= 0 ? st->cost[victim].energy - st->floor[victim] : 0;
        reseat(st, student, r, NONE, SEAT_NODES, limit + slack);
        if (st->energy > limit + slack)
                return false;
        if (victim >= 0)
                reseat(st, victim, NONE, s, SEAT_NODES, limit);
        settle_courses(st);
        return st->energy <= limit;
}

static bool force_request(struct state *st, int r, int64_t limit)
{
        int mark = state_mark(st);

        return stand_or_undo(st, mark, limit, force_from(st, r, limit));
}

bool move_request(struct state *st, int64_t temperature)
{
        if (!st->unsatisfied.n)
                return false;
        int64_t limit = move_limit(st, temperature);
        int student = draw_unsatisfied(st);
        int r = request_to_force(st, student);

        meter_spend(st->meter, 1);
        return r >= 0 && force_request(st, r, limit);
}

/* Move a met request to section s if nothing of the student's own is in the way. */
static bool shift(struct state *st, int r, int s, int64_t limit)
{
        int mark = state_mark(st), student = st->pb->requests[r].student;

        seat_set(st, r, NONE);
        bool stands = seat_left(st, s) && seat_open(st, r, s) && seat_fits(st, r, s) &&
                      seat_rules_hold(st, r, s);
        if (stands) {
                seat_set(st, r, s);
                settle(st, student);
                settle_courses(st);
        }
        return stand_or_undo(st, mark, limit, stands);
}

/* Somebody in a section with too many students, to be seated elsewhere. */
bool move_crowd(struct state *st, int64_t temperature)
{
        meter_spend(st->meter, 1);
        if (!st->crowded.n)
                return false;
        int s = st->crowded.v[draw(st, st->crowded.n)];
        if (!st->enrol[s])
                return false;
        int r = st->list[st->list_at[s] + draw(st, st->enrol[s])], mark = state_mark(st);
        int64_t limit = move_limit(st, temperature);
        if (st->f->locked_seat[r] >= 0)
                return false;
        seat_set(st, r, NONE);
        reseat(st, st->pb->requests[r].student, NONE, s, SEAT_NODES, INT64_MAX);
        settle_courses(st);
        return stand_or_undo(st, mark, limit, true);
}

bool move_shift(struct state *st, int64_t temperature)
{
        if (!st->pb->n_requests)
                return false;
        int64_t limit = move_limit(st, temperature);
        int r = draw(st, st->pb->n_requests);
        const struct course *c = &st->pb->courses[st->pb->requests[r].course];

        meter_spend(st->meter, 1);
        if (st->seat[r] < 0 || c->sections_max < 2 || st->f->locked_seat[r] >= 0)
                return false;
        int s = c->first_section + draw(st, c->sections_max);
        if (s == st->seat[r] || section_start(st, s) < 0)
                return false;
        if (seat_left(st, s))
                return shift(st, r, s, limit);
        /* Exchange with somebody who sits there. */
        int mark = state_mark(st), from = st->seat[r];
        int out = st->list[st->list_at[s] + draw(st, st->enrol[s])];
        if (st->f->locked_seat[out] >= 0)
                return false;
        seat_set(st, out, NONE);
        seat_set(st, r, NONE);
        bool stands = seat_open(st, r, s) && seat_fits(st, r, s) && seat_rules_hold(st, r, s);
        if (stands)
                seat_set(st, r, s);
        stands = stands && seat_left(st, from) && seat_open(st, out, from) &&
                 seat_fits(st, out, from) && seat_rules_hold(st, out, from);
        if (stands) {
                seat_set(st, out, from);
                settle(st, st->pb->requests[r].student);
                settle(st, st->pb->requests[out].student);
        }
        return stand_or_undo(st, mark, limit, stands);
}

bool move_level(struct state *st, int64_t temperature)
{
        const struct problem *pb = st->pb;
        int c = draw(st, pb->n_courses), high = NONE, low = NONE;
        const struct course *course = &pb->courses[c];

        meter_spend(st->meter, 1);
        if (!st->imbalance[c])
                return false;
        for (int s = course->first_section; s < course->first_section + course->sections_max; s++) {
                if (section_start(st, s) < 0 || st->cohort[s] >= 0)
                        continue;
                if (high < 0 || st->enrol[s] > st->enrol[high])
                        high = s;
                if (low < 0 || st->enrol[s] < st->enrol[low])
                        low = s;
        }
        if (high < 0 || high == low || !st->enrol[high])
                return false;
        int64_t limit = move_limit(st, temperature);
        for (int i = 0; i < 4; i++) {
                int r = st->list[st->list_at[high] + draw(st, st->enrol[high])];
                if (st->f->locked_seat[r] < 0 && shift(st, r, low, limit))
                        return true;
        }
        /* Nobody fits as he is: make one fit by re-seating his other requests. */
        int r = st->list[st->list_at[high] + draw(st, st->enrol[high])];
        int mark = state_mark(st);
        if (st->f->locked_seat[r] >= 0 || !force_seat(st, r, low))
                return stand_or_undo(st, mark, limit, false);
        reseat(st, pb->requests[r].student, r, high, SEAT_NODES, limit);
        settle_courses(st);
        return stand_or_undo(st, mark, limit, true);
}
