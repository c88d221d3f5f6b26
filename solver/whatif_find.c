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

/* ---- edits ---- */

struct candidate *candidate_add(
        struct fixer *fx, enum fix_kind kind, const struct toll *toll, int wanted)
{
        if (fx->n == MAX_CANDIDATES)
                return NULL;
        struct candidate *c = &fx->found[fx->n++];
        *c = (struct candidate){.kind = kind, .toll = *toll, .wanted = wanted, .without = NONE};
        return c;
}

static void add_edit(struct candidate *c, struct edit e)
{
        if (c->n < MAX_FIX_EDITS)
                c->edits[c->n++] = e;
}

static bool has_edit(const struct candidate *c, enum edit_kind kind, int what)
{
        for (int i = 0; i < c->n; i++)
                if (c->edits[i].kind == kind && c->edits[i].what == what)
                        return true;
        return false;
}

static struct lock no_lock(const struct problem *pb, int course, int number)
{
        return (struct lock){.course = course,
                .section = number,
                .student = NONE,
                .teacher = NONE,
                .room = NONE,
                .period = NONE,
                .term = NONE,
                .cohort = COHORT_NOT_LOCKED,
                .at = {.file = pb->file}};
}

static void lock_seat(struct candidate *c, const struct bench *b, int student, int s)
{
        int course = b->pb->section_course[s];
        struct lock l = no_lock(b->pb, course, b->pb->section_number[s]);

        l.student = student;
        add_edit(c, (struct edit){.kind = EDIT_ADD_LOCK, .lock = l});
}

/* His seat for r, and those that he changed for it. */
static void lock_seats(struct candidate *c, const struct bench *b, int r)
{
        const struct student *who = &b->pb->students[b->pb->requests[r].student];

        for (int q = who->first_request; q < who->first_request + who->n_requests; q++) {
                int s = b->state->seat[q];
                if (s >= 0 && s != b->now->seat[q] && b->pb->requests[q].kind != ALTERNATE)
                        lock_seat(c, b, b->pb->requests[r].student, s);
        }
}

/* The section's place, as it is on the bench. Teachers and rooms that the fix adds are left open:
 * the school does not know them yet. */
static void lock_place(const struct fixer *fx, struct candidate *c, const struct bench *b, int s)
{
        struct lock l = no_lock(b->pb, b->pb->section_course[s], b->pb->section_number[s]);
        int unit = b->state->f->unit_of[s], start = b->state->start[unit];

        l.period = start % b->pb->n_periods;
        l.term = start / b->pb->n_periods;
        l.teacher = b->state->teacher[unit] < fx->pb->n_teachers ? b->state->teacher[unit] : NONE;
        l.room = b->state->room[unit] < fx->pb->n_rooms ? b->state->room[unit] : NONE;
        add_edit(c, (struct edit){.kind = EDIT_ADD_LOCK, .lock = l});
}

/* What one more student in the section needs: of its size, of its room. */
static void add_room_for_one(const struct fixer *fx, struct candidate *c, int s)
{
        const struct problem *pb = fx->pb;
        int course = pb->section_course[s], room = fx->sc->room[s];

        if (fx->enrolled[s] >= pb->courses[course].size_max)
                add_edit(c, (struct edit){.kind = EDIT_SEATS, .what = course, .by = 1});
        if (room >= 0 && pb->rooms[room].capacity >= 0 &&
                fx->enrolled[s] >= pb->rooms[room].capacity && !has_edit(c, EDIT_CAPACITY, room))
                add_edit(c, (struct edit){.kind = EDIT_CAPACITY, .what = room, .by = 1});
}

/* For all of the student's classes that differ on the bench, r's first. */
static void add_room_for_his(
        const struct fixer *fx, struct candidate *c, const struct bench *b, int r)
{
        const struct student *who = &b->pb->students[b->pb->requests[r].student];

        add_room_for_one(fx, c, b->state->seat[r]);
        for (int q = who->first_request; q < who->first_request + who->n_requests; q++)
                if (q != r && b->state->seat[q] >= 0 && b->state->seat[q] != b->now->seat[q])
                        add_room_for_one(fx, c, b->state->seat[q]);
}

/* ---- benches of a course ---- */

/* One more seat in each section of the course, in their rooms too; done: [n_rooms], those added. */
static void add_seats(const struct fixer *fx, int course, bool *done, struct edits *list)
{
        const struct problem *pb = fx->pb;
        const struct course *c = &pb->courses[course];

        edits_push(list, (struct edit){.kind = EDIT_SEATS, .what = course, .by = 1});
        for (int s = c->first_section; s < c->first_section + c->sections_max; s++) {
                int room = fx->sc->room[s];
                if (room < 0 || done[room] || pb->rooms[room].capacity < 0)
                        continue;
                done[room] = true;
                edits_push(list, (struct edit){.kind = EDIT_CAPACITY, .what = room, .by = 1});
        }
}

/* With one more seat in the course; also, unless r is NONE, in all that its student asks for. */
static bool open_seats(const struct fixer *fx, struct bench *b, int course, int r)
{
        const struct problem *pb = fx->pb;
        struct edits list = {0};
        bool *done = mem_zero((size_t)pb->n_rooms + 1, sizeof *done);

        add_seats(fx, course, done, &list);
        if (r >= 0) {
                const struct student *who = &pb->students[pb->requests[r].student];
                for (int q = who->first_request; q < who->first_request + who->n_requests; q++)
                        if (q != r && fx->sc->seat[q] >= 0 && pb->requests[q].kind != ALTERNATE)
                                add_seats(fx, pb->requests[q].course, done, &list);
        }
        bool open = bench_open(b, fx->sc, list.v, list.n);
        mem_free(done);
        edits_release(&list);
        return open;
}

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
        fx->seats_open = open_seats(fx, &fx->seats, course, NONE);
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

/*
 * What he gives up he may still ask for, so that an alternate stands in for it; where that does not
 * do, it is dropped.
 */
static void go_without(struct fixer *fx, struct candidate *c, int given_up)
{
        struct candidate *d = candidate_add(fx, c->kind, &c->toll, c->wanted);

        if (d) {
                *d = *c;
                add_edit(d, (struct edit){.kind = EDIT_DROP_REQUEST, .what = given_up});
        }
        c->without = given_up;
}

/* A seat; if he has to give something up for it, that is what it is. */
static bool find_seat(struct fixer *fx, struct bench *b, int r)
{
        const struct problem *pb = fx->pb;
        int course = pb->requests[r].course;
        struct toll t = {0};
        int s = try_sections(b, r, &t);

        if (s < 0 || t.own > 1)
                return false;
        struct candidate *c = candidate_add(fx, t.own ? FIX_GIVE_UP : FIX_SEAT, &t, course);
        if (!c)
                return false;
        int mark = state_mark(b->state);
        try_seat(b, r, s);
        add_room_for_his(fx, c, b, r);
        lock_seats(c, b, r);
        change_keep(b->state, mark, false);
        if (t.own)
                go_without(fx, c, t.given_up);
        return !t.own && !t.first;
}

/* Where a seat more in the course alone does not do: one in his other classes, too. */
static void find_seats(struct fixer *fx, int r)
{
        struct bench wide;

        if (find_seat(fx, &fx->base, r) || (fx->seats_open && find_seat(fx, &fx->seats, r)))
                return;
        if (open_seats(fx, &wide, fx->pb->requests[r].course, r)) {
                find_seat(fx, &wide, r);
                bench_close(&wide);
        }
}

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

/* r with section m at another start; true once it costs nobody anything. */
static bool move_to(struct fixer *fx, int r, int m, int start)
{
        enum { MOST = 3 };
        struct bench *b = &fx->base;
        int mark = change_begin(b->state), sections[MOST], n = 0, s = NONE;
        int student = fx->pb->requests[r].student;
        struct toll t = {0};

        bool fine = try_place(b, m, start) && (n = moved_units(b, sections, MOST)) <= MOST;
        if (fine && b->state->seat[r] >= 0)
                s = b->state->seat[r];
        else if (fine && (s = try_sections(b, r, &t)) >= 0 && !t.own && !try_seat(b, r, s))
                s = NONE;
        if (s >= 0) {
                t = toll_of(b, student, b->state->seat);
                s = t.own || t.lost || t.first || t.broken ? NONE : s;
        }
        struct candidate *c =
                s >= 0 ? candidate_add(fx, FIX_MOVE, &t, fx->pb->requests[r].course) : NULL;
        for (int i = 0; c && i < n; i++)
                lock_place(fx, c, b, sections[i]);
        if (c)
                lock_seats(c, b, r);
        change_keep(b->state, mark, false);
        return c != NULL;
}

static bool move_somewhere(struct fixer *fx, int r, int s)
{
        int unit = fx->base.state->f->unit_of[s];

        if (unit < 0 || fx->base.state->start[unit] < 0)
                return false;
        cellset starts = fx->base.state->f->units[unit].starts;
        for (int start = 0; start < fx->pb->n_cells; start++)
                if ((starts >> start & 1) && start != fx->base.state->start[unit] &&
                        move_to(fx, r, s, start))
                        return true;
        return false;
}

/* The sections of the course, then those of his own that have no sisters. */
static void find_move(struct fixer *fx, int r)
{
        const struct problem *pb = fx->pb;
        const struct student *who = &pb->students[pb->requests[r].student];
        const struct course *c = &pb->courses[pb->requests[r].course];

        for (int s = c->first_section; s < c->first_section + c->sections_max; s++)
                if (seat_left(fx->base.state, s) && move_somewhere(fx, r, s))
                        return;
        for (int q = who->first_request; q < who->first_request + who->n_requests; q++) {
                int s = fx->sc->seat[q];
                if (s >= 0 && fx->enrolled[s] <= 24 && move_somewhere(fx, r, s))
                        return;
        }
}

/* One more section s at start, with r in it unless that is NONE; false: cannot be, or takes a
 * request from somebody. */
static bool section_at(
        struct fixer *fx, struct bench *b, struct candidate *c, int s, int start, int r)
{
        int student = r < 0 ? NONE : fx->pb->requests[r].student;

        if (!try_place(b, s, start) || (r >= 0 && b->state->seat[r] != s && !try_seat(b, r, s)) ||
                !try_fill(b, s))
                return false;
        c->toll = toll_of(b, student, b->state->seat);
        lock_place(fx, c, b, s);
        if (r >= 0)
                lock_seats(c, b, r);
        return !c->toll.own && !c->toll.lost && !c->toll.broken;
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
                        .without = NONE};
                int mark = change_begin(b->state);
                c.n = supply(fx, course, what, c.edits);
                if (section_at(fx, b, &c, s, start, r) &&
                        (!any || c.toll.energy < best.toll.energy)) {
                        best = c;
                        any = true;
                }
                change_keep(b->state, mark, false);
        }
        struct candidate *c = any ? candidate_add(fx, best.kind, &best.toll, course) : NULL;
        if (c)
                *c = best;
}

/* ---- another course instead ---- */

static bool could_take(const struct fixer *fx, int student, int course)
{
        const struct problem *pb = fx->pb;
        const struct course *c = &pb->courses[course];

        return problem_request_of(pb, student, course) < 0 &&
               (!c->grades.given || ints_has(&c->grades, pb->students[student].grade)) &&
               problem_is_of(pb, student, c->only);
}

/* The nearer to what he asked for, the better: 0 is not near at all. */
static int nearness(const struct problem *pb, const struct course *a, const struct course *b)
{
        bool subject = a->subject && b->subject && !strcmp(a->subject, b->subject);

        return 4 * subject + 2 * (a->area >= 0 && a->area == b->area) +
               (a->pathway >= 0 && a->pathway == b->pathway) + (pb->n_courses < 0);
}

/* A seat that is free when he is, or whenever, of a course near to the one he asked for. */
static int course_to_swap(const struct fixer *fx, int r, const bool *tried, bool whenever)
{
        const struct problem *pb = fx->pb;
        const struct state *st = fx->base.state;
        int student = pb->requests[r].student, best = NONE, best_near = -1;

        for (int d = 0; d < pb->n_courses; d++) {
                const struct course *c = &pb->courses[d];
                int near = nearness(pb, &pb->courses[pb->requests[r].course], c);
                if (tried[d] || near <= best_near || !could_take(fx, student, d))
                        continue;
                for (int s = c->first_section; s < c->first_section + c->sections_max; s++) {
                        int start = section_start(st, s);
                        if (start < 0 || !seat_left(st, s) || st->cohort[s] >= 0 ||
                                (!whenever &&
                                        (c->start_block[start] & st->student_busy[student])) ||
                                (c->start_cells[start] & ~pb->students[student].available))
                                continue;
                        best = d;
                        best_near = near;
                }
        }
        return best;
}

/* Two, where they are easy to find; else others until there is one. */
static void find_swap(struct fixer *fx, int r)
{
        enum { MOST_SWAPS = 10 };
        int student = fx->pb->requests[r].student;
        bool *tried = mem_zero((size_t)fx->pb->n_courses + 1, sizeof *tried);

        for (int i = 0, d, had = fx->n; i < MOST_SWAPS && (i < 2 || fx->n == had); i++) {
                d = course_to_swap(fx, r, tried, false);
                if (d < 0)
                        d = course_to_swap(fx, r, tried, true);
                if (d < 0)
                        break;
                struct edit e = {.kind = EDIT_SWAP_REQUEST, .what = r, .part = d};
                struct bench b;
                struct toll t = {0};
                tried[d] = true;
                if (!bench_open(&b, fx->sc, &e, 1))
                        continue;
                int q = problem_request_of(b.pb, student, d);
                int s = q < 0                 ? NONE
                        : b.now->seat[q] >= 0 ? b.now->seat[q]
                                              : try_sections(&b, q, &t);
                if (s >= 0 && (b.now->seat[q] >= 0 || !t.own)) {
                        t = (struct toll){.energy = INT64_MAX};
                        struct candidate *c = candidate_add(fx, FIX_SWAP, &t, d);
                        int mark = state_mark(b.state);
                        if (c) {
                                add_edit(c, e);
                                if (b.now->seat[q] < 0 && try_seat(&b, q, s))
                                        lock_seats(c, &b, q);
                                else
                                        lock_seat(c, &b, student, s);
                        }
                        change_keep(b.state, mark, false);
                }
                bench_close(&b);
        }
        mem_free(tried);
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
        case FIX_SECTION:
        case FIX_TEACHER:
                find_more(fx, kind, fx->pb->requests[r].course, r);
                break;
        case FIX_SWAP:
                find_swap(fx, r);
                break;
        default:
                break;
        }
}
