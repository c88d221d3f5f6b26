/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why a section is not placed: all its places are tried while everything else stays. A place is a
 * start, a teacher, a co-teacher and a room; it must pass the stages below in turn, and the reason
 * is the first stage that no place passes.
 */
#include "solver/explain.h"
#include "solver/explain_staff.h"
#include "solver/explain_view.h"

enum stage { AT_START, AT_TEACHER, AT_CO_TEACHER, AT_ROOM, AT_RULES, AT_SEATS, PASSED };

struct tour {
        const struct problem *pb;
        struct view view;
        struct staff staff;
        const struct course *course;
        int section, c, k;
        int partner;      /* a placed section that this one is stacked with, or -1 */
        int need, others; /* students it must have; those of the sections stacked with it */
        enum stage furthest;
        bool *free_rules;      /* [n_rules] `free`, that alone kept a teacher */
        bool *co_free_rules;   /* [n_rules] the same of co-teachers */
        bool *place_rules;     /* [n_rules] that forbid a place */
        bool *seat_rules;      /* [n_rules] that forbid enough students together */
        bool *locks;           /* [n_locks] that forbid a place */
        int n_asking, *asking; /* requests for the course, not met, that may be */
        int *sitting;          /* of these, those who could sit at the place in hand */
        int *taken;            /* [n_rules] students that a rule counts among those chosen */
        bool grouped;          /* a place had students enough, but not together */
        int could, chosen;     /* at the best place: who could sit there; of the last: together */
};

static void reach(struct tour *t, enum stage stage)
{
        if (stage > t->furthest)
                t->furthest = stage;
}

/* Stacked sections share teacher, room and cells: at its partner's place nothing of theirs is in
 * the way. */
static bool joins_partner(const struct tour *t, int start, int teacher)
{
        const struct schedule *sc = t->view.sc;

        return t->partner >= 0 && sc->start[t->partner] == start &&
               sc->teacher[t->partner] == teacher;
}

static bool rule_separate(const struct tour *t, const struct rule *u, cellset cells)
{
        for (int i = 0; i < u->courses.n; i++) {
                int d = u->courses.v[i];
                const struct course *other = &t->pb->courses[d];
                for (int o = 0; d != t->c && o < other->sections_max; o++)
                        if (view_cells(&t->view, other->first_section + o) & cells)
                                return false;
        }
        return true;
}

/* Sections of one number: run in the same terms, one after the other without a gap. */
static bool rule_adjacent(const struct tour *t, const struct rule *u, int start)
{
        const struct problem *pb = t->pb;
        uint64_t taken = 0;
        int term = start / pb->n_periods, periods = 0;

        for (int i = 0; i < u->courses.n; i++) {
                const struct course *d = &pb->courses[u->courses.v[i]];
                int o = view_sibling(&t->view, t->section, u->courses.v[i]);
                int at = u->courses.v[i] == t->c ? start : o < 0 ? -1 : t->view.sc->start[o];
                if (at < 0)
                        continue;
                uint64_t mine = (((uint64_t)1 << d->periods) - 1) << at % pb->n_periods;
                if (at / pb->n_periods != term || d->terms != t->course->terms || (taken & mine))
                        return false;
                taken |= mine;
                periods += d->periods;
        }
        return problem_longest_run(pb, taken << term * pb->n_periods, term) == periods;
}

static bool rule_allows(const struct tour *t, const struct rule *u, const struct spot *spot)
{
        const struct schedule *sc = t->view.sc;
        int periods = t->pb->n_periods;

        if (!ints_has(&u->courses, t->c))
                return true;
        if (u->kind == RULE_SEPARATE)
                return rule_separate(t, u, t->course->start_cells[spot->start]);
        if (u->kind == RULE_ADJACENT)
                return rule_adjacent(t, u, spot->start);
        for (int i = 0; i < u->courses.n; i++) {
                int o = view_sibling(&t->view, t->section, u->courses.v[i]);
                if (o < 0)
                        continue;
                bool stack = u->kind == RULE_STACK;
                if ((stack || u->kind == RULE_SAME_TEACHER) && sc->teacher[o] != spot->teacher)
                        return false;
                if (stack &&
                        (sc->room[o] != spot->room ||
                                view_cells(&t->view, o) != t->course->start_cells[spot->start]))
                        return false;
                if (u->kind == RULE_SAME_PERIOD && sc->start[o] % periods != spot->start % periods)
                        return false;
        }
        return true;
}

static bool lock_allows(const struct tour *t, const struct lock *l, const struct spot *spot)
{
        int periods = t->pb->n_periods;

        if (l->course != t->c || l->section != t->k)
                return true;
        return (l->teacher < 0 || l->teacher == spot->teacher) &&
               (l->room < 0 || l->room == spot->room) &&
               (l->period < 0 || l->period == spot->start % periods) &&
               (l->term < 0 || l->term == spot->start / periods);
}

/* Marks all rules and locks that forbid the place. */
static bool rules_allow(struct tour *t, const struct spot *spot)
{
        bool allowed = true;

        for (int i = 0; i < t->pb->n_rules; i++) {
                const struct rule *u = &t->pb->rules[i];
                bool binds = u->kind <= RULE_SAME_TEACHER;
                if (!binds || rule_allows(t, u, spot))
                        continue;
                t->place_rules[i] = true;
                allowed = false;
        }
        for (int i = 0; i < t->pb->n_locks; i++) {
                if (lock_allows(t, &t->pb->locks[i], spot))
                        continue;
                t->locks[i] = true;
                allowed = false;
        }
        return allowed;
}

static int smaller(int a, int b)
{
        return a < b ? a : b;
}

static int seats_at(const struct tour *t, const struct spot *spot)
{
        int seats = smaller(t->course->size_max, stack_size_max(&t->view, t->section) - t->others);

        if (spot->room >= 0 && t->pb->rooms[spot->room].capacity >= 0)
                seats = smaller(seats, t->pb->rooms[spot->room].capacity - t->others);
        seats = smaller(seats, staff_contacts_left(&t->staff, spot->teacher, spot->start));
        seats = smaller(seats, staff_contacts_left(&t->staff, spot->co_teacher, spot->start));
        return seats < 0 ? 0 : seats;
}

/* The most students of one section that the rule admits; INT_MAX where it does not bind student x.
 */
static int group_limit(const struct tour *t, const struct rule *u, int x)
{
        if (u->kind == RULE_APART && ints_has(&u->students, x))
                return 1;
        if (u->kind == RULE_LIMIT && problem_has_flag(t->pb, x, u->flag) &&
                (!u->courses.given || ints_has(&u->courses, t->c)))
                return ratio_floor_times(u->share, t->course->size_max);
        return INT32_MAX;
}

/* Choose student x beside those chosen before, if limit and apart let him. */
static bool choose(struct tour *t, int x)
{
        for (int i = 0; i < t->pb->n_rules; i++) {
                if (t->taken[i] < group_limit(t, &t->pb->rules[i], x))
                        continue;
                t->seat_rules[i] = true;
                return false;
        }
        for (int i = 0; i < t->pb->n_rules; i++)
                t->taken[i] += group_limit(t, &t->pb->rules[i], x) < INT32_MAX;
        return true;
}

static bool is_bound(const struct tour *t, int x)
{
        for (int i = 0; i < t->pb->n_rules; i++)
                if (group_limit(t, &t->pb->rules[i], x) < INT32_MAX)
                        return true;
        return false;
}

/* How many of the first n sitting can do so together: those whom no rule binds first. */
static int together(struct tour *t, int n, int seats)
{
        int chosen = 0;

        for (int i = 0; i < t->pb->n_rules; i++)
                t->taken[i] = 0;
        for (int bound = 0; bound <= 1; bound++)
                for (int i = 0; i < n && chosen < seats; i++) {
                        int x = t->pb->requests[t->sitting[i]].student;
                        if (is_bound(t, x) == (bound == 1) && choose(t, x))
                                chosen++;
                }
        return chosen;
}

/* True if enough of those who ask for the course could sit at the place. */
static bool seats_enough(struct tour *t, const struct spot *spot)
{
        int seats = seats_at(t, spot), n = 0;

        for (int i = 0; i < t->n_asking; i++) {
                struct blocks out = {0};
                seat_blocks(&t->view, spot, t->asking[i], &out);
                if (out.n == 0)
                        t->sitting[n++] = t->asking[i];
        }
        t->chosen = together(t, n, seats);
        n = smaller(n, seats);
        if (n > t->could)
                t->could = n;
        if (n >= t->need && t->chosen < t->need)
                t->grouped = true;
        return t->chosen >= t->need;
}

/* The largest room free then; NONE if there is none. At the partner's place it is the partner's. */
static int best_room(const struct tour *t, int start, bool joint)
{
        const struct problem *pb = t->pb;
        int best = NONE;

        for (int i = 0; i < t->course->able_rooms.n; i++) {
                int r = t->course->able_rooms.v[i], most = best < 0 ? 0 : pb->rooms[best].capacity;
                cellset cells = t->course->start_cells[start];
                if (joint ? r != t->view.sc->room[t->partner]
                          : (cells & (t->staff.rooms[r] | t->staff.unit_rooms[r])) != 0)
                        continue;
                if (cells & ~pb->rooms[r].available)
                        continue;
                bool larger =
                        most >= 0 && (pb->rooms[r].capacity < 0 || pb->rooms[r].capacity > most);
                if (best < 0 || larger)
                        best = r;
        }
        return best;
}

static bool try_rooms(struct tour *t, struct spot *spot, bool joint)
{
        reach(t, AT_ROOM);
        if (t->course->room_type >= 0) {
                spot->room = best_room(t, spot->start, joint);
                if (spot->room < 0)
                        return false;
        }
        reach(t, AT_RULES);
        if (!rules_allow(t, spot))
                return false;
        reach(t, AT_SEATS);
        return seats_enough(t, spot);
}

static bool try_co_teachers(struct tour *t, struct spot *spot, bool joint)
{
        const struct support *sup = &t->course->support;

        reach(t, AT_CO_TEACHER);
        if (!sup->given || t->k > sup->sections)
                return try_rooms(t, spot, joint);
        for (int i = 0; i < t->course->able_co_teachers.n; i++) {
                spot->co_teacher = t->course->able_co_teachers.v[i];
                if (spot->co_teacher == spot->teacher ||
                        !staff_free(&t->staff, spot->co_teacher, spot->start, joint, t->need,
                                t->co_free_rules))
                        continue;
                if (try_rooms(t, spot, joint))
                        return true;
        }
        return false;
}

static bool try_teachers(struct tour *t, int start)
{
        struct spot spot = {.section = t->section,
                .start = start,
                .teacher = NONE,
                .co_teacher = NONE,
                .room = NONE,
                .cohort = NONE};

        reach(t, AT_TEACHER);
        if (!t->course->staffed)
                return try_co_teachers(t, &spot, joins_partner(t, start, NONE));
        for (int i = 0; i < t->course->able_teachers.n; i++) {
                spot.teacher = t->course->able_teachers.v[i];
                bool joint = joins_partner(t, start, spot.teacher);
                if (!staff_free(&t->staff, spot.teacher, start, joint, t->need, t->free_rules))
                        continue;
                if (try_co_teachers(t, &spot, joint))
                        return true;
        }
        return false;
}

static bool fixed_by_lock(const struct problem *pb, int course, int section)
{
        for (int i = 0; i < pb->n_locks; i++)
                if (pb->locks[i].course == course && pb->locks[i].section == section &&
                        pb->locks[i].student < 0 && !pb->locks[i].kept)
                        return true;
        return false;
}

/* H9: its own minimum; of a stack one student each and, together, the largest minimum. */
static void count_need(struct tour *t)
{
        const struct course *c = t->course;
        int most = c->size_min;
        bool fixed = fixed_by_lock(t->pb, t->c, t->k);

        t->partner = -1;
        t->need = fixed ? 0 : c->size_min;
        if (c->stack < 0)
                return;
        const struct ints *courses = &t->pb->rules[c->stack].courses;
        for (int i = 0; i < courses->n; i++) {
                int o = view_sibling(&t->view, t->section, courses->v[i]);
                if (o < 0)
                        continue;
                t->partner = o;
                fixed = fixed || fixed_by_lock(t->pb, courses->v[i], t->k);
                if (t->pb->courses[courses->v[i]].size_min > most)
                        most = t->pb->courses[courses->v[i]].size_min;
        }
        t->others = stack_others(&t->view, t->section);
        t->need = c->size_min > 0 ? 1 : 0;
        if (!fixed && most - t->others > t->need)
                t->need = most - t->others;
}

static void list_asking(struct tour *t)
{
        const struct problem *pb = t->pb;

        t->asking = mem_zero((size_t)t->course->n_requests, sizeof *t->asking);
        t->sitting = mem_zero((size_t)t->course->n_requests, sizeof *t->sitting);
        for (int r = 0; r < pb->n_requests; r++)
                if (pb->requests[r].course == t->c && pb->requests[r].admitted &&
                        t->view.sc->seat[r] < 0)
                        t->asking[t->n_asking++] = r;
}

static void tour_init(struct tour *t, const struct schedule *sc, int s)
{
        const struct problem *pb = sc->pb;

        *t = (struct tour){.pb = pb,
                .section = s,
                .c = pb->section_course[s],
                .k = pb->section_number[s],
                .course = &pb->courses[pb->section_course[s]]};
        view_init(&t->view, sc);
        staff_init(&t->staff, &t->view, s);
        t->free_rules = mem_zero((size_t)pb->n_rules, sizeof *t->free_rules);
        t->co_free_rules = mem_zero((size_t)pb->n_rules, sizeof *t->co_free_rules);
        t->place_rules = mem_zero((size_t)pb->n_rules, sizeof *t->place_rules);
        t->seat_rules = mem_zero((size_t)pb->n_rules, sizeof *t->seat_rules);
        t->taken = mem_zero((size_t)pb->n_rules, sizeof *t->taken);
        t->locks = mem_zero((size_t)pb->n_locks, sizeof *t->locks);
        count_need(t);
        list_asking(t);
}

static void tour_release(struct tour *t)
{
        mem_free(t->free_rules);
        mem_free(t->co_free_rules);
        mem_free(t->place_rules);
        mem_free(t->seat_rules);
        mem_free(t->taken);
        mem_free(t->locks);
        mem_free(t->asking);
        mem_free(t->sitting);
        staff_release(&t->staff);
        view_release(&t->view);
}

static struct ints marked(struct arena *a, const bool *mark, int n)
{
        struct ints list = {0};

        for (int i = 0; i < n; i++)
                if (mark[i])
                        list_add(a, &list, n, i);
        return list;
}

/* Among the asking ones no place had enough, or not together. */
static void tell_seats(struct arena *a, const struct tour *t, struct reason *reason)
{
        if (t->grouped) {
                reason->why = WHY_RULE;
                reason->rules = marked(a, t->seat_rules, t->pb->n_rules);
                return;
        }
        reason->why = WHY_TOO_FEW;
        reason->could = t->could;
        reason->need = t->need;
        reason->asking = t->n_asking;
}

static struct reason tell(struct arena *a, const struct tour *t)
{
        const struct course *c = t->course;
        struct reason reason = {.room_type = NONE};

        switch (t->furthest) {
        case AT_START:
                reason.why = WHY_NO_START;
                break;
        case AT_TEACHER:
                reason.why = c->able_teachers.n ? WHY_NO_TEACHER : WHY_NO_CREDENTIAL;
                reason.credentials = c->credentials;
                reason.rules = marked(a, t->free_rules, t->pb->n_rules);
                break;
        case AT_CO_TEACHER:
                reason.why = WHY_NO_CO_TEACHER;
                reason.credentials = c->support.credentials;
                reason.rules = marked(a, t->co_free_rules, t->pb->n_rules);
                break;
        case AT_ROOM:
                reason.why = c->able_rooms.n ? WHY_NO_ROOM : WHY_NO_ROOM_TYPE;
                reason.room_type = c->room_type;
                break;
        case AT_RULES:
                reason.why = WHY_RULE;
                reason.rules = marked(a, t->place_rules, t->pb->n_rules);
                reason.locks = marked(a, t->locks, t->pb->n_locks);
                break;
        case AT_SEATS:
                tell_seats(a, t, &reason);
                break;
        case PASSED:
                reason.why = t->chosen ? WHY_POSSIBLE : WHY_NO_NEED;
                break;
        }
        return reason;
}

struct reason explain_section(struct arena *a, const struct schedule *sc, int s)
{
        struct tour t;

        tour_init(&t, sc, s);
        for (cellset left = t.course->may_start; left; left &= left - 1)
                if (try_teachers(&t, __builtin_ctzll(left))) {
                        reach(&t, PASSED);
                        break;
                }
        struct reason reason = tell(a, &t);
        tour_release(&t);
        return reason;
}
