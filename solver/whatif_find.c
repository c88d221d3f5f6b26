/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Candidates for fixes, each tried on a bench; see whatif_fix.c for what becomes of them. */
#include "solver/put.h"
#include "solver/whatif_fix_parts.h"
#include <string.h>

void fixer_close_benches(struct fixer *fx)
{
        if (fx->seats_open)
                bench_close(&fx->seats);
        for (int i = 0; i < SUPPLIES; i++)
                if (fx->more_open[i])
                        bench_close(&fx->more[i]);
        fx->seats_open = false;
        memset(fx->more_open, 0, sizeof fx->more_open);
        memset(fx->more_tried, 0, sizeof fx->more_tried);
}

void fixer_restart(struct fixer *fx)
{
        bench_restart(&fx->base);
        if (fx->seats_open)
                bench_restart(&fx->seats);
        for (int i = 0; i < SUPPLIES; i++)
                if (fx->more_open[i])
                        bench_restart(&fx->more[i]);
}

/* ---- benches of a course ---- */

/* The number of the course's first section that does not run; 0: all do. */
static int idle_section(const struct fixer *fx, int course)
{
        const struct course *c = &fx->pb->courses[course];

        if (fx->idle)
                return fx->idle;
        for (int k = 1; k <= c->sections_max; k++)
                if (fx->sc->start[c->first_section + k - 1] < 0)
                        return k;
        return 0;
}

/* One more section: bit 0: with one more teacher for it, bit 1: and a room. */
static int supply(const struct fixer *fx, int course, int what, struct edit *out)
{
        const struct course *c = &fx->pb->courses[course];
        int n = 0;

        if (!idle_section(fx, course))
                out[n++] = (struct edit){.kind = EDIT_SECTIONS, .what = course, .by = 1};
        if ((what & 1) && c->staffed && c->credentials.n && !c->teachers.given)
                out[n++] = (struct edit){
                        .kind = EDIT_ADD_TEACHER, .what = c->credentials.v[0], .by = c->periods};
        else if ((what & 1) && c->staffed && c->able_teachers.n)
                out[n++] = (struct edit){
                        .kind = EDIT_LOAD, .what = c->able_teachers.v[0], .by = c->periods};
        if ((what & 2) && c->room_type >= 0)
                out[n++] = (struct edit){.kind = EDIT_ADD_ROOM, .what = c->room_type, .by = 1};
        return n;
}

static bool tied(const struct problem *pb, int course)
{
        for (int i = 0; i < pb->n_rules; i++)
                if (pb->rules[i].kind >= RULE_STACK && pb->rules[i].kind <= RULE_SAME_STUDENTS &&
                        ints_has(&pb->rules[i].courses, course))
                        return true;
        return false;
}

void fixer_turn_to(struct fixer *fx, int course)
{
        if (fx->course == course)
                return;
        fixer_close_benches(fx);
        fx->course = course;
        fx->seats_open = fixer_open_seats(fx, &fx->seats, course, NONE);
}

/* The bench with one more section and that supply, opened when it is first asked for; or NULL. */
static struct bench *bench_of(struct fixer *fx, int what)
{
        struct edit e[4];
        int course = fx->course, least = fx->pb->courses[course].size_min;

        if (!fx->more_tried[what] && !tied(fx->pb, course) && (what < SMALL || least > 1)) {
                int n = supply(fx, course, what, e);
                bool all = n == !idle_section(fx, course) + (what & 1) + (what >> 1 & 1);
                if (what >= SMALL)
                        e[n++] = (struct edit){
                                .kind = EDIT_DROP_COURSE, .what = course, .part = PART_MINIMUM};
                fx->more_open[what] = all && bench_open(&fx->more[what], fx->sc, e, n);
        }
        fx->more_tried[what] = true;
        return fx->more_open[what] ? &fx->more[what] : NULL;
}

/* ---- candidates ---- */

/* One more section s at start, with r in it unless that is NONE; false: cannot be, or takes a
 * request from somebody. */
static bool section_at(
        struct fixer *fx, struct bench *b, struct candidate *c, int s, int start, int r)
{
        int student = r < 0 ? NONE : fx->pb->requests[r].student;

        if (!try_place(b, s, start, 0) || (r >= 0 && b->state->seat[r] != s && !try_seat(b, r, s)) ||
                !try_fill(b, s))
                return false;
        int least = fx->pb->courses[b->pb->section_course[s]].size_min, has = b->state->enrol[s];
        c->size = has < least ? has : least;
        c->toll = toll_of(b, student, b->state->seat);
        candidate_lock_place(fx, c, b, s);
        if (r >= 0)
                candidate_lock_seats(c, b, r);
        return !c->toll.own && !c->toll.lost && !c->toll.broken;
}

/* What moves nobody else holds with all else frozen. */
static bool gentler(const struct toll *a, const struct toll *b)
{
        return a->moved != b->moved ? a->moved < b->moved : a->energy < b->energy;
}

/* At the start where it costs least. */
static void find_section(struct fixer *fx, int what, int course, int r)
{
        const struct problem *pb = fx->pb;
        struct bench *b = bench_of(fx, what);
        int idle = idle_section(fx, course);
        if (!b)
                return;
        int s = bench_section(b, course, idle ? idle : pb->courses[course].sections_max + 1);
        int unit = s < 0 ? NONE : b->state->f->unit_of[s];
        struct candidate best;
        bool any = false;

        for (int start = 0; unit >= 0 && start < pb->n_cells; start++) {
                if (!(b->state->f->units[unit].starts >> start & 1))
                        continue;
                struct candidate c = {.kind = what % SMALL ? FIX_TEACHER : FIX_SECTION,
                        .wanted = course,
                        .given_up = NONE};
                int mark = change_begin(b->state);
                c.n = supply(fx, course, what, c.edits);
                if (section_at(fx, b, &c, s, start, r) && (!any || gentler(&c.toll, &best.toll))) {
                        c.size = what >= SMALL ? 1 : c.size;
                        best = c;
                        any = true;
                }
                change_keep(b->state, mark, false);
        }
        struct candidate *c = any ? candidate_add(fx, best.kind, &best.toll, course) : NULL;
        if (c)
                *c = best;
}

/*
 * FIX_SECTION: with what there is; FIX_TEACHER: with a teacher, a room, or both. For a student a
 * section below its minimum, too: a lock by hand may run one.
 */
static void find_more(struct fixer *fx, enum fix_kind kind, int course, int r)
{
        int first = kind == FIX_TEACHER, end = kind == FIX_TEACHER ? SMALL : 1, had = fx->n;

        for (int small = 0; small <= (r < 0 ? 0 : SMALL); small += SMALL)
                for (int i = first; i < end && fx->n == had; i++)
                        find_section(fx, small + i, course, r);
}

void find_for_section(struct fixer *fx, enum fix_kind kind, int course)
{
        find_more(fx, kind, course, NONE);
}

void find_candidates(struct fixer *fx, enum fix_kind kind, int r)
{
        switch (kind) {
        case FIX_SEAT: /* and what he would have to give up for one */
                find_seats(fx, r);
                break;
        case FIX_MOVE:
                find_move(fx, r);
                break;
        case FIX_UNLOCK:
                find_unlocked(fx, r);
                break;
        case FIX_SECTION:
        case FIX_TEACHER:
                find_more(fx, kind, fx->pb->requests[r].course, r);
                break;
        case FIX_CREDENTIAL:
                find_credentials(fx, r);
                break;
        case FIX_RULE:
                find_unruled(fx, r);
                break;
        case FIX_SWAP:
                find_swap(fx, r);
                break;
        default:
                break;
        }
}
