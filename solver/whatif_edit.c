/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a candidate for a fix changes: seats and places locked, room for one more. */
#include "solver/put.h"
#include "solver/whatif_fix_parts.h"

static bool same_edit(const struct edit *a, const struct edit *b)
{
        const struct lock *l = &a->lock, *m = &b->lock;

        if (a->kind != b->kind || a->what != b->what || a->by != b->by || a->part != b->part)
                return false;
        return a->kind != EDIT_ADD_LOCK ||
               (l->course == m->course && l->section == m->section && l->student == m->student &&
                       l->teacher == m->teacher && l->room == m->room && l->period == m->period &&
                       l->term == m->term && l->cohort == m->cohort);
}

void candidate_drop_twin(struct fixer *fx)
{
        const struct candidate *last = &fx->found[fx->n - 1];

        for (int i = 0; i < fx->n - 1; i++) {
                const struct candidate *c = &fx->found[i];
                int same = 0;
                while (c->n == last->n && same < c->n &&
                        same_edit(&c->edits[same], &last->edits[same]))
                        same++;
                if (same == last->n && c->n == same && c->given_up == last->given_up &&
                        c->keeps == last->keeps) {
                        fx->n--;
                        return;
                }
        }
}

struct candidate *candidate_add(
        struct fixer *fx, enum fix_kind kind, const struct toll *toll, int wanted)
{
        if (fx->n == MAX_CANDIDATES)
                return NULL;
        struct candidate *c = &fx->found[fx->n++];
        *c = (struct candidate){.kind = kind, .toll = *toll, .wanted = wanted, .given_up = NONE};
        return c;
}

void candidate_edit(struct candidate *c, struct edit e)
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

static struct lock no_lock(const struct problem *pb, int s)
{
        return lock_of(
                pb->section_course[s], pb->section_number[s], (struct place){.file = pb->file});
}

void candidate_lock_seat(struct candidate *c, const struct bench *b, int student, int s)
{
        struct lock l = no_lock(b->pb, s);

        l.student = student;
        candidate_edit(c, (struct edit){.kind = EDIT_ADD_LOCK, .lock = l});
}

/* His seat for r, and those that he changed for it. */
void candidate_lock_seats(struct candidate *c, const struct bench *b, int r)
{
        const struct student *who = &b->pb->students[b->pb->requests[r].student];

        for (int q = who->first_request; q < who->first_request + who->n_requests; q++) {
                int s = b->state->seat[q];
                if (s >= 0 && s != b->now->seat[q] && b->pb->requests[q].kind != ALTERNATE)
                        candidate_lock_seat(c, b, b->pb->requests[r].student, s);
        }
}

/* The section's place, as it is on the bench. Teachers and rooms that the fix adds are left open:
 * the school does not know them yet. */
void candidate_lock_place(const struct fixer *fx, struct candidate *c, const struct bench *b, int s)
{
        struct lock l = no_lock(b->pb, s);
        int unit = b->state->f->unit_of[s], start = b->state->start[unit];

        l.period = start % b->pb->n_periods;
        l.term = start / b->pb->n_periods;
        l.teacher = b->state->teacher[unit] < fx->pb->n_teachers ? b->state->teacher[unit] : NONE;
        l.room = b->state->room[unit] < fx->pb->n_rooms ? b->state->room[unit] : NONE;
        candidate_edit(c, (struct edit){.kind = EDIT_ADD_LOCK, .lock = l});
}

/* Of the courses stacked with it the one whose sections may be largest. */
static int largest_of_stack(const struct problem *pb, int course)
{
        const struct course *c = &pb->courses[course];
        int most = course;

        for (int i = 0; c->stack >= 0 && i < pb->rules[c->stack].courses.n; i++) {
                int d = pb->rules[c->stack].courses.v[i];
                if (pb->courses[d].size_max > pb->courses[most].size_max)
                        most = d;
        }
        return most;
}

static void more_seats(struct candidate *c, int course)
{
        if (!has_edit(c, EDIT_SEATS, course))
                candidate_edit(c, (struct edit){.kind = EDIT_SEATS, .what = course, .by = 1});
}

bool credential_lacks(const struct schedule *sc, int rule, int s, int student)
{
        const struct problem *pb = sc->pb;
        const struct rule *u = &pb->rules[rule];
        const int people[] = {sc->teacher[s], sc->co_teacher[s]};

        if (u->kind != RULE_NEEDS || people[0] < 0 || !problem_has_flag(pb, student, u->flag))
                return false;
        for (int i = 0; i < 2 && people[i] >= 0; i++)
                for (int j = 0; j < u->credentials.n; j++)
                        if (ints_has(&pb->teachers[people[i]].credentials, u->credentials.v[j]))
                                return false;
        return u->credentials.n > 0;
}

/* Of its size, of its room, of what it is stacked with, of who teaches it. */
void candidate_room_for_one(const struct fixer *fx, struct candidate *c, int s, int student)
{
        const struct problem *pb = fx->pb;
        int course = pb->section_course[s], room = fx->sc->room[s];
        int largest = largest_of_stack(pb, course);

        if (fx->enrolled[s] >= pb->courses[course].size_max)
                more_seats(c, course);
        if (fx->together[s] >= pb->courses[largest].size_max)
                more_seats(c, largest);
        if (room >= 0 && pb->rooms[room].capacity >= 0 &&
                fx->together[s] >= pb->rooms[room].capacity && !has_edit(c, EDIT_CAPACITY, room))
                candidate_edit(c, (struct edit){.kind = EDIT_CAPACITY, .what = room, .by = 1});
        for (int i = 0; i < pb->n_rules; i++)
                if (credential_lacks(fx->sc, i, s, student))
                        candidate_edit(c, (struct edit){.kind = EDIT_CREDENTIAL,
                                                  .what = fx->sc->teacher[s],
                                                  .part = pb->rules[i].credentials.v[0]});
}

/* For all of the student's classes that differ on the bench, r's first. */
void candidate_room_for_his(
        const struct fixer *fx, struct candidate *c, const struct bench *b, int r)
{
        const struct student *who = &b->pb->students[b->pb->requests[r].student];

        int student = b->pb->requests[r].student;

        candidate_room_for_one(fx, c, b->state->seat[r], student);
        for (int q = who->first_request; q < who->first_request + who->n_requests; q++)
                if (q != r && b->state->seat[q] >= 0 && b->state->seat[q] != b->now->seat[q])
                        candidate_room_for_one(fx, c, b->state->seat[q], student);
}
