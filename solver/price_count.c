/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/verify.h"
#include "solver/price_parts.h"

struct schedule *price_back(const struct schedule *sc, const struct problem *pb)
{
        const struct problem *from = sc->pb;
        struct schedule *to = schedule_new(pb);

        for (int s = 0; s < pb->n_sections; s++) {
                const struct course *c = &from->courses[pb->section_course[s]];
                int was = c->first_section + pb->section_number[s] - 1;
                if (pb->section_number[s] > c->sections_max || sc->start[was] < 0)
                        continue;
                int period = sc->start[was] % from->n_periods;
                if (period >= pb->n_periods || sc->teacher[was] >= pb->n_teachers ||
                        sc->room[was] >= pb->n_rooms || sc->co_teacher[was] >= pb->n_teachers)
                        continue;
                to->start[s] = sc->start[was] / from->n_periods * pb->n_periods + period;
                to->teacher[s] = sc->teacher[was];
                to->co_teacher[s] = sc->co_teacher[was];
                to->room[s] = sc->room[was];
                to->cohort[s] = sc->cohort[was];
        }
        for (int r = 0; r < pb->n_requests; r++) {
                const struct request *q = &pb->requests[r];
                int there = problem_request_of(from, q->student, q->course);
                int was = there < 0 ? NONE : sc->seat[there];
                int number = was < 0 ? 0 : from->section_number[was];
                if (number < 1 || number > pb->courses[q->course].sections_max)
                        continue;
                int s = pb->courses[q->course].first_section + number - 1;
                if (to->start[s] >= 0)
                        to->seat[r] = s;
        }
        return to;
}

static int64_t missing(const struct problem *pb, int c, int placed)
{
        return pb->courses[c].sections_min > placed ? pb->courses[c].sections_min - placed : 0;
}

struct score price_counted(
        const struct problem *pb, const struct schedule *sc, const struct score *score)
{
        const struct problem *to = sc->pb;
        struct score out = *score;

        for (int c = 0; c < pb->n_courses; c++) {
                const struct course *x = &to->courses[c];
                int placed = 0;
                if (x->sections_min == pb->courses[c].sections_min)
                        continue;
                for (int s = x->first_section; s < x->first_section + x->sections_max; s++)
                        placed += sc->start[s] >= 0;
                out.tier[x->pathway >= 0 ? CTE_UNPLACED : UNPLACED] -=
                        missing(to, c, placed) - missing(pb, c, placed);
        }
        return out;
}

bool price_recount(const struct schedule *sc, struct score *score)
{
        struct answer *an = schedule_answer(sc);
        struct verdict *v = verify(sc->pb, an, false);
        bool valid = v->n_faults == 0;

        *score = v->score;
        verdict_free(v);
        answer_free(an);
        return valid;
}

/* Does dropping it change what the score counts? */
static bool recounts(const struct price *e)
{
        return e->edits[0].kind == EDIT_DROP_COHORT || e->edits[0].kind == EDIT_DROP_PLANNING;
}

static void leave_cohort(struct schedule *sc, int cohort)
{
        for (int s = 0; s < sc->pb->n_sections; s++)
                if (sc->cohort[s] == cohort)
                        sc->cohort[s] = NONE;
}

void price_before(struct price *e, const struct schedule *sc, const struct score *score)
{
        e->before = *score;
        measure(sc, &e->was);
        if (!recounts(e))
                return;
        struct report *rp = report_new();
        struct problem *to = edits_apply(sc->pb, e->edits, e->n_edits, rp);
        report_free(rp);
        if (!to)
                return;
        struct schedule *same = edits_schedule(sc, to);
        if (e->edits[0].kind == EDIT_DROP_COHORT)
                leave_cohort(same, e->edits[0].what);
        price_recount(same, &e->before);
        measure(same, &e->was);
        schedule_free(same);
        problem_free(to);
}

/*
 * Where the changed school asks for more sections, its bounds of the tier that counts them, and of
 * those below, are about placing them, too, which nobody has to.
 */
void price_bound(struct price *e, const struct problem *pb, const struct problem *changed,
        const struct bound *bound)
{
        bool more[N_TIERS] = {false};

        for (int c = 0; c < pb->n_courses; c++)
                if (changed->courses[c].sections_min != pb->courses[c].sections_min)
                        more[pb->courses[c].pathway >= 0 ? CTE_UNPLACED : UNPLACED] = true;
        e->bound = (struct bound){0};
        for (int i = 0; i < N_TIERS && !more[pb->order[i]]; i++) {
                enum tier t = pb->order[i];
                e->bound.known[t] = bound->known[t];
                e->bound.tier[t] = bound->tier[t];
        }
}
