/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/price_try.h"
#include "solver/put.h"
#include "solver/whatif_try.h"

bool price_concerns(const struct problem *pb, const struct edit *e, int course)
{
        const struct course *c = &pb->courses[course];

        switch (e->kind) {
        case EDIT_ADD_TEACHER:
                return ints_has(&c->credentials, e->what);
        case EDIT_ADD_ROOM:
                return c->room_type == e->what;
        case EDIT_CAPACITY:
                return ints_has(&c->able_rooms, e->what);
        case EDIT_DROP_LIMIT:
                return e->what < 0 || ints_has(&c->able_teachers, e->what);
        case EDIT_DROP_RULE:
                return !pb->rules[e->what].courses.n ||
                       ints_has(&pb->rules[e->what].courses, course);
        case EDIT_DROP_LOCK:
                return pb->locks[e->what].course == course;
        case EDIT_DROP_COHORT:
        case EDIT_DROP_PURITY:
                return ints_has(&pb->cohorts[e->what].courses, course);
        case EDIT_SECTIONS:
        case EDIT_DROP_COURSE:
                return e->what == course;
        default:
                return true;
        }
}

struct climb {
        struct bench *b;
        const bool *courses;
        const volatile sig_atomic_t *stop;
        struct score best; /* of the bench's state as it stands */
        int moves;
};

static bool stopped(const struct climb *c)
{
        return c->stop && *c->stop;
}

static bool sound(const struct state *st)
{
        return !st->least_missing && !st->purity_missing && !st->over && !st->locks_missing;
}

/* Keep what was done since the mark if it is better. */
static bool step(struct climb *c, int mark, bool stands)
{
        struct state *st = c->b->state;
        bool better =
                stands && sound(st) && score_compare(c->b->pb->order, &st->score, &c->best) < 0;

        change_keep(st, mark, better);
        if (!better)
                return false;
        c->best = st->score;
        state_save(st, c->b->now);
        return true;
}

static bool fill(struct climb *c, int s)
{
        return try_fill(c->b, s);
}

/* Section s, which does not run, at the first start that makes the schedule better. */
static bool place(struct climb *c, int s)
{
        const struct state *st = c->b->state;
        int unit = st->f->unit_of[s];

        if (unit < 0)
                return false;
        for (int start = 0; start < c->b->pb->n_cells && !stopped(c); start++) {
                if (!(st->f->units[unit].starts >> start & 1))
                        continue;
                int mark = change_begin(c->b->state);
                if (step(c, mark, try_place(c->b, s, start, 0) && fill(c, s)))
                        return true;
        }
        return false;
}

/* A section that runs at another start, with those who miss its course. */
static bool move(struct climb *c, int s)
{
        const struct state *st = c->b->state;
        int unit = st->f->unit_of[s], was = section_start(st, s);

        for (int start = 0; start < c->b->pb->n_cells && c->moves > 0 && !stopped(c); start++) {
                if (!(st->f->units[unit].starts >> start & 1) || start == was)
                        continue;
                c->moves--;
                int mark = change_begin(c->b->state);
                if (step(c, mark, try_place(c->b, s, start, 0) && fill(c, s)))
                        return true;
        }
        return false;
}

static bool seat(struct climb *c, int r)
{
        struct toll t = {0};
        int s = try_sections(c->b, r, &t);

        if (s < 0)
                return false;
        int mark = state_mark(c->b->state);
        return step(c, mark, try_seat(c->b, r, s));
}

static bool round_of(struct climb *c)
{
        const struct problem *pb = c->b->pb;
        bool any = false;

        for (int s = 0; s < pb->n_sections; s++)
                if (c->courses[pb->section_course[s]] && section_start(c->b->state, s) < 0)
                        any |= place(c, s);
        for (int r = 0; r < pb->n_requests && !stopped(c); r++)
                if (c->courses[pb->requests[r].course] && c->b->state->seat[r] < 0 &&
                        pb->requests[r].kind != ALTERNATE && pb->requests[r].admitted)
                        any |= seat(c, r);
        for (int s = 0; s < pb->n_sections; s++)
                if (c->courses[pb->section_course[s]] && section_start(c->b->state, s) >= 0)
                        any |= move(c, s);
        return any;
}

void price_climb(struct bench *b, const bool *courses, int moves, const volatile sig_atomic_t *stop)
{
        struct climb c = {
                .b = b, .courses = courses, .stop = stop, .best = b->state->score, .moves = moves};
        enum { ROUNDS = 4 };

        for (int i = 0; i < ROUNDS && !stopped(&c); i++)
                if (!round_of(&c))
                        break;
}
