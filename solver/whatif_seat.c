/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seats for one student: what he gets by a place more, gives up for one, or takes instead. */
#include "solver/put.h"
#include "solver/whatif_fix_parts.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Courses and rooms that have one more already. */
struct done {
        bool *courses, *rooms;
};

static struct done done_none(const struct problem *pb)
{
        return (struct done){.courses = mem_zero((size_t)pb->n_courses + 1, sizeof(bool)),
                .rooms = mem_zero((size_t)pb->n_rooms + 1, sizeof(bool))};
}

static void done_release(struct done *d)
{
        mem_free(d->courses);
        mem_free(d->rooms);
}

static void add_seat(struct done *d, int course, struct edits *list)
{
        if (!d->courses[course])
                edits_push(list, (struct edit){.kind = EDIT_SEATS, .what = course, .by = 1});
        d->courses[course] = true;
}

/* One more seat in each section of the course and of those stacked with it, in their rooms too. */
static void add_seats(const struct fixer *fx, int course, struct done *d, struct edits *list)
{
        const struct problem *pb = fx->pb;
        const struct course *c = &pb->courses[course];

        add_seat(d, course, list);
        for (int i = 0; c->stack >= 0 && i < pb->rules[c->stack].courses.n; i++)
                add_seat(d, pb->rules[c->stack].courses.v[i], list);
        for (int s = c->first_section; s < c->first_section + c->sections_max; s++) {
                int room = fx->sc->room[s];
                if (room < 0 || d->rooms[room] || pb->rooms[room].capacity < 0)
                        continue;
                d->rooms[room] = true;
                edits_push(list, (struct edit){.kind = EDIT_CAPACITY, .what = room, .by = 1});
        }
}

bool fixer_open_seats(const struct fixer *fx, struct bench *b, int course, int r)
{
        const struct problem *pb = fx->pb;
        struct edits list = {0};
        struct done done = done_none(pb);

        add_seats(fx, course, &done, &list);
        if (r >= 0) {
                const struct student *who = &pb->students[pb->requests[r].student];
                for (int q = who->first_request; q < who->first_request + who->n_requests; q++)
                        if (q != r && fx->sc->seat[q] >= 0 && pb->requests[q].kind != ALTERNATE)
                                add_seats(fx, pb->requests[q].course, &done, &list);
        }
        bool open = bench_open(b, fx->sc, list.v, list.n);
        done_release(&done);
        edits_release(&list);
        return open;
}

/* ---- candidates ---- */

/*
 * What he gives up he may still ask for, so that an alternate stands in for it; where that does not
 * do, it is dropped.
 */
static void go_without(struct fixer *fx, struct candidate *c, int given_up)
{
        c->given_up = given_up;
        struct candidate *d = candidate_add(fx, c->kind, &c->toll, c->wanted);

        if (d) {
                *d = *c;
                candidate_edit(d, (struct edit){.kind = EDIT_DROP_REQUEST, .what = given_up});
        }
        c->keeps = true;
}

/* A seat; if he has to give something up for it, that is what it is. */
static bool find_seat(struct fixer *fx, struct bench *b, enum fix_kind kind, int r)
{
        const struct problem *pb = fx->pb;
        int course = pb->requests[r].course;
        struct toll t = {0};
        int s = try_sections(b, r, &t);

        if (s < 0 || t.own > (kind == FIX_SEAT))
                return false;
        struct candidate *c = candidate_add(fx, t.own ? FIX_GIVE_UP : kind, &t, course);
        if (!c)
                return false;
        int mark = state_mark(b->state);
        try_seat(b, r, s);
        candidate_room_for_his(fx, c, b, r);
        candidate_lock_seats(c, b, r);
        change_keep(b->state, mark, false);
        if (t.own)
                go_without(fx, c, t.given_up);
        else
                candidate_drop_twin(fx);
        return !t.own && !t.first;
}

/* Sections that he could sit in with nothing else changed but one place more. */
static void find_joins(struct fixer *fx, struct bench *b, enum fix_kind kind, int r)
{
        enum { MOST_JOINS = 8 };
        const struct request *q = &fx->pb->requests[r];
        const struct course *c = &fx->pb->courses[q->course];
        int had = fx->n;
        struct toll t;

        for (int s = c->first_section; s < c->first_section + c->sections_max; s++) {
                if (fx->n - had >= MOST_JOINS || !try_join(b, r, s, &t))
                        continue;
                struct candidate *to = candidate_add(fx, kind, &t, q->course);
                if (!to)
                        return;
                candidate_room_for_one(fx, to, s, q->student);
                candidate_lock_seat(to, b, q->student, s);
                candidate_drop_twin(fx);
        }
}

/* One in the course with all else as it is; with his own classes changed; where that does not do,
 * with a seat more in these, too. */
void find_seats(struct fixer *fx, int r)
{
        struct bench wide;

        find_joins(fx, &fx->base, FIX_SEAT, r);
        if (fx->seats_open)
                find_joins(fx, &fx->seats, FIX_SEAT, r);
        if (find_seat(fx, &fx->base, FIX_SEAT, r) ||
                (fx->seats_open && find_seat(fx, &fx->seats, FIX_SEAT, r)))
                return;
        if (fixer_open_seats(fx, &wide, fx->pb->requests[r].course, r)) {
                find_seat(fx, &wide, FIX_SEAT, r);
                bench_close(&wide);
        }
}

/* A seat in a section whose teacher would hold what a rule of the student's asks for. */
void find_credentials(struct fixer *fx, int r)
{
        const struct problem *pb = fx->pb;
        int course = pb->requests[r].course, student = pb->requests[r].student;
        const struct course *c = &pb->courses[course];
        struct done done = done_none(pb);
        struct edits list = {0};
        struct bench b;

        add_seats(fx, course, &done, &list);
        int seats = list.n;
        for (int s = c->first_section; s < c->first_section + c->sections_max; s++)
                for (int i = 0; i < pb->n_rules && fx->sc->start[s] >= 0; i++)
                        if (credential_lacks(fx->sc, i, s, student))
                                edits_push(&list, (struct edit){.kind = EDIT_CREDENTIAL,
                                                          .what = fx->sc->teacher[s],
                                                          .part = pb->rules[i].credentials.v[0]});
        if (list.n > seats && bench_open(&b, fx->sc, list.v, list.n)) {
                find_joins(fx, &b, FIX_CREDENTIAL, r);
                find_seat(fx, &b, FIX_CREDENTIAL, r);
                bench_close(&b);
        }
        done_release(&done);
        edits_release(&list);
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
static int nearness(const struct course *a, const struct course *b)
{
        bool subject = a->subject && b->subject && !strcmp(a->subject, b->subject);

        return 4 * subject + 2 * (a->area >= 0 && a->area == b->area) +
               (a->pathway >= 0 && a->pathway == b->pathway);
}

/* ENG10 and ENG10H: one course at two levels, as its ids tell; not C1 and C12. */
static bool is_level_of(const struct course *a, const struct course *b)
{
        const char *x = strlen(a->id) < strlen(b->id) ? a->id : b->id,
                   *y = x == a->id ? b->id : a->id;
        size_t n = strlen(x);

        return a->subject && b->subject && !strcmp(a->subject, b->subject) && n &&
               !strncmp(x, y, n) &&
               !(isdigit((unsigned char)x[n - 1]) && isdigit((unsigned char)y[n]));
}

/* Does he ask for another course of d's subject, which r's is not, or for d at another level?
 * Nobody takes two Englishes for a piano. */
static bool has_subject(const struct problem *pb, int r, const struct course *d)
{
        const struct student *who = &pb->students[pb->requests[r].student];
        const struct course *c = &pb->courses[pb->requests[r].course];
        bool near = c->subject && d->subject && !strcmp(c->subject, d->subject);

        if (!d->subject)
                return false;
        for (int q = who->first_request; q < who->first_request + who->n_requests; q++) {
                const struct course *e = &pb->courses[pb->requests[q].course];
                if (q == r || pb->requests[q].kind == ALTERNATE)
                        continue;
                if (is_level_of(e, d) || (!near && e->subject && !strcmp(e->subject, d->subject)))
                        return true;
        }
        return false;
}

/* The grade of those who ask for the course, in tenths; of nobody's course NONE. */
static int usual_grade(const struct fixer *fx, int course)
{
        return fx->asking[course] ? 10 * fx->grades[course] / fx->asking[course] : NONE;
}

/* Below his level: those who ask for it are younger, by a grade and a half. */
static bool is_behind(const struct fixer *fx, int student, int course)
{
        int usual = usual_grade(fx, course);

        return usual >= 0 && usual < 10 * fx->pb->students[student].grade - 15;
}

/* The nearer a course is, and the grade of those who ask for it, the better. */
static int rank_of(const struct fixer *fx, int r, int course)
{
        enum { MOST_TENTHS = 200 };
        const struct problem *pb = fx->pb;
        int asked = pb->requests[r].course, usual = usual_grade(fx, course);
        int apart = abs(usual - usual_grade(fx, asked));

        return nearness(&pb->courses[asked], &pb->courses[course]) * (MOST_TENTHS + 1) +
               (apart < MOST_TENTHS ? MOST_TENTHS - apart : 0);
}

/* A seat that is free when he is, or whenever, of a course near to the one he asked for. */
static int course_to_swap(const struct fixer *fx, int r, const bool *tried, bool whenever)
{
        const struct problem *pb = fx->pb;
        const struct state *st = fx->base.state;
        int student = pb->requests[r].student, best = NONE, best_rank = -1;

        for (int d = 0; d < pb->n_courses; d++) {
                const struct course *c = &pb->courses[d];
                int rank = rank_of(fx, r, d);
                if (tried[d] || rank <= best_rank || is_behind(fx, student, d) ||
                        !could_take(fx, student, d) || has_subject(pb, r, c))
                        continue;
                for (int s = c->first_section; s < c->first_section + c->sections_max; s++) {
                        int start = section_start(st, s);
                        if (start < 0 || !seat_left(st, s) || st->cohort[s] >= 0 ||
                                (!whenever &&
                                        (c->start_block[start] & st->student_busy[student])) ||
                                (c->start_cells[start] & ~pb->students[student].available))
                                continue;
                        best = d;
                        best_rank = rank;
                }
        }
        return best;
}

/* Two, where they are easy to find; else others until there is one. */
void find_swap(struct fixer *fx, int r)
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
                        const struct course *asked = &fx->pb->courses[fx->pb->requests[r].course];
                        t = (struct toll){.grave = request_is_grave(fx->pb, r),
                                .energy = -nearness(asked, &fx->pb->courses[d])};
                        struct candidate *c = candidate_add(fx, FIX_SWAP, &t, d);
                        int mark = state_mark(b.state);
                        if (c) {
                                c->given_up = r;
                                candidate_edit(c, e);
                                if (b.now->seat[q] < 0 && try_seat(&b, q, s))
                                        candidate_lock_seats(c, &b, q);
                                else
                                        candidate_lock_seat(c, &b, student, s);
                        }
                        change_keep(b.state, mark, false);
                }
                bench_close(&b);
        }
        mem_free(tried);
}
