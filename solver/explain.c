/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/explain.h"
#include "solver/explain_view.h"

/* No period that the course may start in lies within those of the student. */
static bool always_away(const struct problem *pb, int student, const struct course *c)
{
        for (int start = 0; start < pb->n_cells; start++)
                if ((c->may_start >> start & 1) &&
                        !(c->start_cells[start] & ~pb->students[student].available))
                        return false;
        return c->may_start != 0;
}

/* What rules the request out whatever the schedule; WHY_UNKNOWN if nothing does. */
static enum why ruled_out(const struct problem *pb, const struct request *rq)
{
        const struct course *c = &pb->courses[rq->course];

        if (c->grades.given && !ints_has(&c->grades, pb->students[rq->student].grade))
                return WHY_GRADE;
        if (!problem_is_of(pb, rq->student, c->only))
                return WHY_ONLY;
        if (always_away(pb, rq->student, c))
                return WHY_AWAY;
        return c->sections_max == 0 ? WHY_NOT_OFFERED : WHY_UNKNOWN;
}

/* All obstacles at all placed sections of the course; WHY_POSSIBLE as soon as one has none. */
static enum why blocked(const struct view *v, int r, struct blocks *out)
{
        const struct course *c = &v->pb->courses[v->pb->requests[r].course];
        enum why why = WHY_NOT_PLACED;

        for (int s = c->first_section; s < c->first_section + c->sections_max; s++) {
                if (v->sc->start[s] < 0)
                        continue;
                struct spot spot = view_spot(v, s);
                int before = out->n;
                room_blocks(v, &spot, out);
                seat_blocks(v, &spot, r, out);
                if (out->n == before)
                        return WHY_POSSIBLE;
                why = WHY_BLOCKED;
        }
        return why;
}

static struct reason why_not(struct arena *a, const struct view *v, int r)
{
        struct reason reason = {.room_type = NONE};
        struct blocks out = {.arena = a};

        reason.why = ruled_out(v->pb, &v->pb->requests[r]);
        if (reason.why != WHY_UNKNOWN)
                return reason;
        reason.why = blocked(v, r, &out);
        if (reason.why == WHY_BLOCKED) {
                reason.n_obstacles = out.n;
                reason.obstacles = arena_array(a, (size_t)out.n, sizeof *out.v);
                for (int i = 0; i < out.n; i++)
                        reason.obstacles[i] = out.v[i];
        }
        mem_free(out.v);
        return reason;
}

struct reason explain_request(struct arena *a, const struct schedule *sc, int r)
{
        struct view v;

        view_init(&v, sc);
        struct reason reason = why_not(a, &v, r);
        view_release(&v);
        return reason;
}

void explain_requests(struct arena *a, const struct schedule *sc, struct reason *unmet)
{
        const struct problem *pb = sc->pb;
        struct view v;

        view_init(&v, sc);
        for (int r = 0; r < pb->n_requests; r++)
                if (pb->requests[r].kind != ALTERNATE && sc->seat[r] < 0)
                        unmet[r] = why_not(a, &v, r);
        view_release(&v);
}
