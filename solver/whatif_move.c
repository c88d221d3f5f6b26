/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Candidates that move a section, and those that do without a lock, a rule or a minimum. */
#include "solver/explain.h"
#include "solver/put.h"
#include "solver/whatif_fix_parts.h"

/* ---- locks ---- */

static bool lock_stands(const struct bench *b, const struct lock *l)
{
        const struct state *st = b->state;
        int s = bench_section(b, l->course, l->section), unit = s < 0 ? NONE : st->f->unit_of[s];

        if (l->student >= 0) {
                int q = problem_request_of(b->pb, l->student, l->course);
                return q >= 0 && st->seat[q] == s;
        }
        int start = unit < 0 ? NONE : st->start[unit];
        return start >= 0 && (l->period < 0 || start % b->pb->n_periods == l->period) &&
               (l->term < 0 || start / b->pb->n_periods == l->term) &&
               (l->teacher < 0 || st->teacher[unit] == l->teacher) &&
               (l->room < 0 || st->room[unit] == l->room);
}

/* The candidate is without those locks that the bench does not keep. */
static void drop_broken(const struct fixer *fx, struct candidate *c, const struct bench *b,
        const struct ints *dropped)
{
        for (int i = 0; i < dropped->n; i++)
                if (!lock_stands(b, &fx->pb->locks[dropped->v[i]]))
                        candidate_edit(
                                c, (struct edit){.kind = EDIT_DROP_LOCK, .what = dropped->v[i]});
}

/* Does the student sit in the section, or ask for its course by r? */
static bool matters(const struct fixer *fx, int r, int course, int number)
{
        const struct problem *pb = fx->pb;
        int q = problem_request_of(pb, pb->requests[r].student, course);
        int s = q < 0 ? NONE : fx->sc->seat[q];

        return q == r || (s >= 0 && pb->section_number[s] == number);
}

/* Of a reserved section all stays. */
static bool may_drop(const struct fixer *fx, int r, const struct lock *l)
{
        int student = fx->pb->requests[r].student;

        return l->cohort == COHORT_NOT_LOCKED && matters(fx, r, l->course, l->section) &&
               (lock_holds_time(l) || l->student == student);
}

/* ---- sections moved ---- */

static int moved_units(const struct bench *b, int *out, int most)
{
        int n = 0;

        for (int s = 0; s < b->pb->n_sections; s++)
                if (section_start(b->state, s) != b->now->start[s] && n <= most) {
                        if (n < most)
                                out[n] = s;
                        n++;
                }
        return n;
}

/* r with a section elsewhere, on the bench that is without the locks dropped. */
struct move {
        struct fixer *fx;
        struct bench *b;
        const struct ints *dropped;
        int r;
};

/* Where nothing is dropped it is to cost nobody anything, else no more than it brings. */
static bool is_too_dear(const struct move *m, const struct toll *t)
{
        return t->own || t->first || t->broken || t->lost > (m->dropped->n ? t->gained : 0);
}

/* Section s at start, and r seated: what to lock for it. */
static bool move_to(const struct move *m, int s, int start, struct candidate *out)
{
        enum { MOST = 3, OTHERS = 24 };
        struct bench *b = m->b;
        int sections[MOST], n = 0, to = NONE;
        struct toll t = {0};

        bool fine = try_place(b, s, start, m->dropped->n ? OTHERS : 0) &&
                    (n = moved_units(b, sections, MOST)) <= MOST;
        if (fine && b->state->seat[m->r] >= 0)
                to = b->state->seat[m->r];
        else if (fine && (to = try_sections(b, m->r, &t)) >= 0 && !t.own && !try_seat(b, m->r, to))
                to = NONE;
        if (to < 0)
                return false;
        t = toll_of(b, m->fx->pb->requests[m->r].student, b->state->seat);
        if (is_too_dear(m, &t))
                return false;
        *out = (struct candidate){.kind = m->dropped->n ? FIX_UNLOCK : FIX_MOVE,
                .toll = t,
                .wanted = m->fx->pb->requests[m->r].course,
                .given_up = NONE};
        drop_broken(m->fx, out, b, m->dropped);
        for (int i = 0; i < n; i++)
                candidate_lock_place(m->fx, out, b, sections[i]);
        candidate_lock_seats(out, b, m->r);
        return true;
}

static bool brings_more(const struct toll *a, const struct toll *b)
{
        int more = (a->gained - a->lost) - (b->gained - b->lost);

        return more != 0 ? more > 0 : a->energy < b->energy;
}

/* At the start that is best for everybody. */
static bool move_somewhere(const struct move *m, int s)
{
        const struct state *st = m->b->state;
        int unit = st->f->unit_of[s];
        struct candidate best, c;
        bool any = false;

        if (unit < 0 || st->start[unit] < 0)
                return false;
        cellset starts = st->f->units[unit].starts;
        for (int start = 0; start < m->fx->pb->n_cells; start++) {
                if (!(starts >> start & 1) || start == st->start[unit])
                        continue;
                int mark = change_begin(m->b->state);
                if (move_to(m, s, start, &c) && (!any || brings_more(&c.toll, &best.toll))) {
                        best = c;
                        any = true;
                }
                change_keep(m->b->state, mark, false);
        }
        struct candidate *to =
                any ? candidate_add(m->fx, best.kind, &best.toll, best.wanted) : NULL;
        if (to)
                *to = best;
        return to != NULL;
}

/* The sections of the course, then those of his own that have no sisters. */
void find_move(struct fixer *fx, int r)
{
        const struct ints none = {0};
        const struct move m = {fx, &fx->base, &none, r};
        const struct problem *pb = fx->pb;
        const struct student *who = &pb->students[pb->requests[r].student];
        const struct course *c = &pb->courses[pb->requests[r].course];

        for (int s = c->first_section; s < c->first_section + c->sections_max; s++)
                if (seat_left(fx->base.state, s) && move_somewhere(&m, s))
                        return;
        for (int q = who->first_request; q < who->first_request + who->n_requests; q++) {
                int s = fx->sc->seat[q];
                if (s >= 0 && fx->enrolled[s] <= 24 && move_somewhere(&m, s))
                        return;
        }
}

/* ---- without ---- */

/* A seat for r on the bench that costs him no other; the candidate takes the edits, too. */
static void find_seat_on(struct fixer *fx, struct bench *b, enum fix_kind kind, int r,
        const struct ints *dropped, const struct edit *e)
{
        struct toll t = {0};
        int s = try_sections(b, r, &t);
        struct candidate *c = s >= 0 && !t.own && !t.broken
                                      ? candidate_add(fx, kind, &t, fx->pb->requests[r].course)
                                      : NULL;

        if (!c)
                return;
        int mark = state_mark(b->state);
        try_seat(b, r, s);
        drop_broken(fx, c, b, dropped);
        if (e)
                candidate_edit(c, *e);
        candidate_lock_seats(c, b, r);
        change_keep(b->state, mark, false);
}

void find_unlocked(struct fixer *fx, int r)
{
        const struct problem *pb = fx->pb;
        struct ints dropped = {.v = mem_zero((size_t)pb->n_locks + 1, sizeof *dropped.v)};
        struct edits list = {0};
        struct bench b;

        for (int i = 0; i < pb->n_locks; i++)
                if (may_drop(fx, r, &pb->locks[i])) {
                        edits_push(&list, (struct edit){.kind = EDIT_DROP_LOCK, .what = i});
                        dropped.v[dropped.n++] = i;
                }
        if (dropped.n && bench_open(&b, fx->sc, list.v, list.n)) {
                const struct move m = {fx, &b, &dropped, r};
                find_seat_on(fx, &b, FIX_UNLOCK, r, &dropped, NULL);
                for (int i = 0; i < dropped.n; i++) {
                        const struct lock *l = &pb->locks[dropped.v[i]];
                        if (l->student < 0)
                                move_somewhere(&m, bench_section(&b, l->course, l->section));
                }
                bench_close(&b);
        }
        edits_release(&list);
        mem_free(dropped.v);
}

int locks_in_the_way(const struct fixer *fx, int r, int *out, int most)
{
        struct arena *a = arena_new();
        struct reason why = explain_request(a, fx->sc, r);
        int n = 0;

        for (int i = 0; i < why.n_obstacles; i++)
                for (int j = 0; j < why.obstacles[i].held.n && n < most; j++) {
                        int l = why.obstacles[i].held.v[j], k = 0;
                        while (k < n && out[k] != l)
                                k++;
                        if (k == n && fx->pb->courses[fx->pb->locks[l].course].sections_max == 1)
                                out[n++] = l;
                }
        arena_free(a);
        return n;
}

static void find_without(struct fixer *fx, int r, struct edit e)
{
        const struct ints none = {0};
        struct bench b;

        if (bench_open(&b, fx->sc, &e, 1)) {
                find_seat_on(fx, &b, FIX_RULE, r, &none, &e);
                bench_close(&b);
        }
}

/* Who has to hold a credential is FIX_CREDENTIAL's to say. */
static void find_without_rules(struct fixer *fx, int r)
{
        enum { MOST_RULES = 4 };
        struct arena *a = arena_new();
        struct reason why = explain_request(a, fx->sc, r);
        int done[MOST_RULES], n = 0;

        for (int i = 0; i < why.n_obstacles && n < MOST_RULES; i++) {
                int rule = why.obstacles[i].kind == BLOCK_RULE ? why.obstacles[i].rule : NONE,
                    j = 0;
                while (j < n && done[j] != rule)
                        j++;
                if (rule < 0 || j < n || fx->pb->rules[rule].kind == RULE_NEEDS)
                        continue;
                done[n++] = rule;
                find_without(fx, r, (struct edit){.kind = EDIT_DROP_RULE, .what = rule});
        }
        arena_free(a);
}

void find_unruled(struct fixer *fx, int r)
{
        const struct problem *pb = fx->pb;
        const struct student *who = &pb->students[pb->requests[r].student];

        find_without_rules(fx, r);
        for (int q = who->first_request; q < who->first_request + who->n_requests; q++) {
                int s = fx->sc->seat[q], course = pb->requests[q].course;
                const struct course *c = &pb->courses[course];
                if (s >= 0 && c->sections_max > 1 && c->size_min > 1 &&
                        fx->together[s] <= c->size_min)
                        find_without(fx, r,
                                (struct edit){.kind = EDIT_DROP_COURSE,
                                        .what = course,
                                        .part = PART_MINIMUM});
        }
}
