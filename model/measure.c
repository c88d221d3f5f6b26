/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/measure.h"

static int bits(uint64_t x)
{
        return __builtin_popcountll(x);
}

/* Sections asked for (at least the minimum) and how many of those are there. */
static void measure_sections(const struct schedule *sc, struct measures *m)
{
        const struct problem *pb = sc->pb;

        for (int i = 0; i < pb->n_courses; i++) {
                const struct course *c = &pb->courses[i];
                int placed = 0;

                for (int k = 0; k < c->sections_max; k++)
                        placed += sc->start[c->first_section + k] >= 0;
                if (placed > c->sections_min)
                        placed = c->sections_min;
                m->sections += c->sections_min;
                m->placed += placed;
                if (c->pathway >= 0) {
                        m->cte_sections += c->sections_min;
                        m->cte_placed += placed;
                }
        }
}

bool measure_is_member(const struct problem *pb, int x, int r)
{
        const struct cohort *co = &pb->cohorts[r];

        if (co->purity_of_pathway)
                return pb->students[x].pathway == co->pathway;
        return pb->students[x].cohort == r;
}

static bool meant_for(const struct problem *pb, int k, int r)
{
        if (r == k)
                return true;
        return r >= 0 && pb->cohorts[r].purity_of_pathway &&
               pb->cohorts[r].pathway == pb->cohorts[k].pathway;
}

static void measure_request(const struct schedule *sc, int r, struct measures *m)
{
        const struct problem *pb = sc->pb;
        const struct request *rq = &pb->requests[r];
        const int s = sc->seat[r], k = pb->students[rq->student].cohort;

        if (s >= 0 && sc->cohort[s] >= 0) {
                m->reserved_seats++;
                m->reserved_members += measure_is_member(pb, rq->student, sc->cohort[s]);
        }
        if (rq->kind == ALTERNATE) {
                m->alternates_used += s >= 0;
                return;
        }
        m->primary++;
        m->primary_met += s >= 0;
        m->cte_requests += rq->cte;
        m->cte_met += rq->cte && s >= 0;
        m->required += rq->kind == REQUIRED;
        m->required_met += rq->kind == REQUIRED && s >= 0;
        if (k >= 0 && ints_has(&pb->cohorts[k].courses, rq->course)) {
                m->cohort_requests++;
                m->cohort_met_inside += s >= 0 && meant_for(pb, k, sc->cohort[s]);
        }
}

static void measure_student(const struct schedule *sc, int x, struct measures *m)
{
        const struct problem *pb = sc->pb;
        const struct student *st = &pb->students[x];
        cellset taken = 0;
        int asked = 0, unmet = 0, empty;

        for (int r = st->first_request; r < st->first_request + st->n_requests; r++) {
                const struct request *rq = &pb->requests[r];
                const struct course *c = &pb->courses[rq->course];

                measure_request(sc, r, m);
                if (sc->seat[r] >= 0) {
                        taken |= c->start_cells[sc->start[sc->seat[r]]];
                } else if (rq->kind != ALTERNATE) {
                        unmet++;
                        asked += rq->admitted ? c->periods * c->terms : 0;
                }
        }
        empty = bits(st->available & ~taken);
        m->empty_asked += empty < asked ? empty : asked;
        m->students += st->n_requests > 0;
        m->students_whole += st->n_requests > 0 && unmet == 0;
}

void measure(const struct schedule *sc, struct measures *m)
{
        *m = (struct measures){0};
        measure_sections(sc, m);
        for (int x = 0; x < sc->pb->n_students; x++)
                measure_student(sc, x, m);
}

void measure_some(const struct schedule *sc, const bool *in, struct measures *m)
{
        *m = (struct measures){0};
        for (int x = 0; x < sc->pb->n_students; x++) {
                if (in[x])
                        measure_student(sc, x, m);
        }
}
