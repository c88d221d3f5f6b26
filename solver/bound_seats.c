/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/bound_seats.h"

struct share {    /* of a course that members of one cohort, or of one pathway's cohorts, have */
        int must; /* members who sit in reserved sections */
        int members, mates; /* who count for purity and want the course; those not among must */
        struct ratio purity;
};

static int size_of(const struct problem *pb, int course)
{
        const struct course *c = &pb->courses[course];
        int room = c->room_type == NONE ? c->size_max : 0;

        for (int n = 0; n < c->able_rooms.n; n++) {
                const int capacity = pb->rooms[c->able_rooms.v[n]].capacity;
                const int has = capacity == NO_LIMIT ? c->size_max : capacity;

                room = has > room ? has : room;
        }
        return room < c->size_max ? room : c->size_max;
}

static bool comes_first(const struct problem *pb, enum tier a, enum tier b)
{
        for (int n = 0; n < N_TIERS; n++) {
                if (pb->order[n] == b)
                        return false;
                if (pb->order[n] == a)
                        return true;
        }
        return false;
}

static bool members_inside(const struct problem *pb, enum tier t, const struct score *score)
{
        return score && !score->tier[CTE_UNMET] && !score->tier[COHORT_BREAKS] &&
               comes_first(pb, CTE_UNMET, t) && comes_first(pb, COHORT_BREAKS, t);
}

static bool lists(const struct problem *pb, int cohort, int course)
{
        return cohort >= 0 && ints_has(&pb->cohorts[cohort].courses, course);
}

/* Does a reservation by one cohort of the pathway for the course serve others of it, too? */
static bool is_shared(const struct problem *pb, int pathway, int course)
{
        const struct pathway *way = &pb->pathways[pathway];

        for (int h = way->first_cohort; h < way->first_cohort + way->n_cohorts; h++)
                if (pb->cohorts[h].purity_of_pathway && lists(pb, h, course))
                        return true;
        return false;
}

/* The share of cohort h; of its whole pathway where reservations are shared. */
static struct share share_of(const struct bound_view *v, int h, int course, bool shared)
{
        const struct problem *pb = v->pb;
        const struct pathway *way = &pb->pathways[pb->cohorts[h].pathway];
        struct share out = {.purity = pb->cohorts[h].purity};

        for (int o = way->first_cohort; shared && o < way->first_cohort + way->n_cohorts; o++) {
                const struct ratio p = pb->cohorts[o].purity;

                if (lists(pb, o, course) && p.num * out.purity.den < out.purity.num * p.den)
                        out.purity = p;
        }
        for (int i = 0; i < pb->n_requests; i++) {
                const struct request *q = &pb->requests[i];
                const struct student *who = &pb->students[q->student];
                const bool own = shared ? who->pathway == pb->cohorts[h].pathway : who->cohort == h;

                if (q->course != course || !own)
                        continue;
                const bool must =
                        v->starts[i] && q->kind != ALTERNATE && lists(pb, who->cohort, course);
                out.members++;
                out.must += must;
                out.mates += !must;
        }
        return out;
}

/* Seats of reserved sections that nobody outside of the share can have. */
static int taken_by(const struct share *sh, int size)
{
        const int sections = (sh->must + size - 1) / size;
        int others = sections * size - sh->must;

        if (sh->purity.num > 0) {
                const int64_t most =
                        sh->members * (sh->purity.den - sh->purity.num) / sh->purity.num +
                        sh->mates;
                others = most < others ? (int)most : others;
        }
        return sections * size - others;
}

static int lost_to_cohorts(const struct bound_view *v, int course, int size)
{
        const struct problem *pb = v->pb;
        int lost = 0;

        for (int h = 0; size > 0 && h < pb->n_cohorts; h++) {
                if (!lists(pb, h, course))
                        continue;
                const bool shared = is_shared(pb, pb->cohorts[h].pathway, course);
                bool first = true;

                for (int o = pb->pathways[pb->cohorts[h].pathway].first_cohort; shared && o < h;
                        o++)
                        first &= !lists(pb, o, course);
                const struct share sh = share_of(v, h, course, shared);
                if (first && sh.must > 0)
                        lost += taken_by(&sh, size);
        }
        return lost;
}

struct seats_left seats_left(
        const struct bound_view *v, int course, enum tier t, const struct score *score)
{
        const struct problem *pb = v->pb;
        const bool inside = members_inside(pb, t, score);
        struct seats_left out = {.size = size_of(pb, course)};
        int room = 0;

        for (int i = 0; i < pb->n_requests; i++) {
                const struct request *q = &pb->requests[i];

                if (q->course != course || q->kind == ALTERNATE || !v->starts[i] ||
                        (inside && lists(pb, pb->students[q->student].cohort, course)))
                        continue;
                MEM_GROW(out.requests.v, out.requests.n, room);
                out.requests.v[out.requests.n++] = i;
        }
        if (inside)
                out.lost = lost_to_cohorts(v, course, out.size);
        return out;
}
