/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/bound.h"
#include "solver/bound_capacity.h"
#include "solver/bound_slots.h"
#include "solver/bound_student.h"

/* Seats that a course can have at most: sections that can start somewhere, each with its size and
 * the largest room. */
static int64_t seats_of(const struct problem *pb, const struct course *c)
{
        int64_t room = c->room_type < 0 ? INT64_MAX : 0;

        if (!c->may_start || (c->staffed && !c->able_teachers.n))
                return 0;
        for (int i = 0; i < c->able_rooms.n; i++) {
                int capacity = pb->rooms[c->able_rooms.v[i]].capacity;
                int64_t has = capacity < 0 ? INT64_MAX : capacity;
                room = has > room ? has : room;
        }
        return c->sections_max * (room < c->size_max ? room : c->size_max);
}

static bool can_be_met(const struct problem *pb, int r, const int64_t *seats)
{
        return pb->requests[r].admitted && pb->requests[r].max_section > 0 &&
               seats[pb->requests[r].course] > 0 && !problem_is_ruled_out(pb, r);
}

/* A student who misses n requests for certain: each costs 4, an alternate gives back 3 at most. */
static void count_student(const struct problem *pb, int k, const int64_t *seats, struct bound *b)
{
        const struct student *who = &pb->students[k];
        int lost = 0, gain = 0, alternates = 0;

        for (int r = who->first_request; r < who->first_request + who->n_requests; r++) {
                const struct request *q = &pb->requests[r];
                bool open = can_be_met(pb, r, seats);
                if (q->kind == ALTERNATE) {
                        alternates += open;
                } else if (!open) {
                        lost++;
                        b->tier[CTE_UNMET] += q->cte;
                        b->tier[REQUIRED_UNMET] += !q->cte && q->kind == REQUIRED;
                }
        }
        gain = 3 * (alternates < lost ? alternates : lost);
        b->tier[REQUEST_LOSS] += 4 * lost - gain;
        b->tier[UNEVEN] += lost > 1 ? lost - 1 : 0;
}

/* Requests beyond a course's seats: at least so many are unmet, of each class those that the others
 * leave. */
static void count_seats(const struct problem *pb, const int64_t *seats, struct bound *b)
{
        int64_t *cte = mem_zero((size_t)pb->n_courses + 1, sizeof *cte);
        int64_t *required = mem_zero((size_t)pb->n_courses + 1, sizeof *required);
        int64_t *all = mem_zero((size_t)pb->n_courses + 1, sizeof *all);
        int64_t sum[3] = {0};

        for (int r = 0; r < pb->n_requests; r++) {
                const struct request *q = &pb->requests[r];
                if (q->kind == ALTERNATE)
                        continue;
                all[q->course]++;
                cte[q->course] += q->cte;
                required[q->course] += !q->cte && q->kind == REQUIRED;
        }
        for (int c = 0; c < pb->n_courses; c++) {
                sum[0] += cte[c] > seats[c] ? cte[c] - seats[c] : 0;
                sum[1] += required[c] > seats[c] ? required[c] - seats[c] : 0;
                sum[2] += all[c] > seats[c] ? all[c] - seats[c] : 0;
        }
        if (sum[0] > b->tier[CTE_UNMET])
                b->tier[CTE_UNMET] = sum[0];
        if (sum[1] > b->tier[REQUIRED_UNMET])
                b->tier[REQUIRED_UNMET] = sum[1];
        if (sum[2] > b->tier[REQUEST_LOSS]) /* an alternate gives back at most 3 of 4 */
                b->tier[REQUEST_LOSS] = sum[2];
        mem_free(cte);
        mem_free(required);
        mem_free(all);
}

static bool can_run(const struct course *c)
{
        return c->may_start && (!c->staffed || c->able_teachers.n) &&
               (c->room_type < 0 || c->able_rooms.n);
}

static void count_sections(const struct problem *pb, struct bound *b)
{
        for (int i = 0; i < pb->n_courses; i++) {
                const struct course *c = &pb->courses[i];
                if (!can_run(c))
                        b->tier[c->pathway >= 0 ? CTE_UNPLACED : UNPLACED] += c->sections_min;
        }
}

/* What a student stays short of a requirement even with every request for it met. */
static int64_t short_for_certain(
        const struct problem *pb, int k, int requirement, const int64_t *seats)
{
        const struct student *who = &pb->students[k];
        int64_t rest = problem_years_asked(pb, k, requirement);

        for (int r = who->first_request; r < who->first_request + who->n_requests; r++) {
                int c = pb->requests[r].course;
                if (problem_counts_for(pb, requirement, c) && can_be_met(pb, r, seats))
                        rest -= pb->courses[c].years;
        }
        return rest > 0 ? rest : 0;
}

void bound_by_counting(const struct problem *pb, struct bound *b)
{
        int64_t *seats = mem_zero((size_t)pb->n_courses + 1, sizeof *seats);

        *b = (struct bound){0};
        for (int t = 0; t < N_TIERS; t++)
                b->known[t] = true;
        for (int c = 0; c < pb->n_courses; c++)
                seats[c] = seats_of(pb, &pb->courses[c]);
        for (int k = 0; k < pb->n_students; k++) {
                count_student(pb, k, seats, b);
                for (int q = 0; q < pb->n_requirements; q++)
                        b->tier[REQUIREMENT_SHORTFALL] += short_for_certain(pb, k, q, seats);
        }
        count_seats(pb, seats, b);
        count_sections(pb, b);
        mem_free(seats);
}

enum { ENDLESS = 200000000 }; /* steps where nothing limits the run */

void bound_improve(
        const struct frame *f, struct meter *m, const struct score *score, struct bound *b)
{
        struct bound_view *v = bound_view_new(f);
        struct meter part = meter_part(m, 1);

        if (part.limit <= 0 && part.deadline <= 0)
                part.limit = ENDLESS;
        if (!score)
                bound_by_students(v, &part, b);
        bound_by_capacity(v, &part, score, b);
        bound_by_slots(v, &part, score, b);
        meter_join(m, &part);
        bound_view_free(v);
}
