/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/difference.h"
#include "model/verify.h"

static int what_changed(const struct schedule *a, const struct schedule *b, int s)
{
        if (a->start[s] < 0 && b->start[s] < 0)
                return 0;
        if (a->start[s] < 0)
                return CHANGE_PLACED;
        if (b->start[s] < 0)
                return CHANGE_DROPPED;
        int what = 0;
        if (a->start[s] != b->start[s])
                what |= CHANGE_TIME;
        if (a->teacher[s] != b->teacher[s] || a->co_teacher[s] != b->co_teacher[s])
                what |= CHANGE_TEACHER;
        if (a->room[s] != b->room[s])
                what |= CHANGE_ROOM;
        if (a->cohort[s] != b->cohort[s])
                what |= CHANGE_COHORT;
        return what;
}

static void find_seats(struct difference *d, struct section_change *all)
{
        const struct problem *pb = d->a->pb;
        int cap = 0, last = -1;

        for (int r = 0; r < pb->n_requests; r++) {
                int from = d->a->seat[r], to = d->b->seat[r];
                if (from == to)
                        continue;
                MEM_GROW(d->seats, d->n_seats, cap);
                d->seats[d->n_seats++] = (struct seat_change){r, from, to};
                if (from >= 0)
                        all[from].left++;
                if (to >= 0)
                        all[to].joined++;
                d->n_students += pb->requests[r].student != last;
                last = pb->requests[r].student;
        }
}

/* What the seat is worth to the student, as a vector: by = 1 got it, -1 lost it. */
static void weigh(const struct problem *pb, int request, int by, int worth[4])
{
        const struct request *q = &pb->requests[request];
        bool primary = q->kind != ALTERNATE;

        worth[0] += primary && q->cte ? by : 0;
        worth[1] += q->kind == REQUIRED ? by : 0;
        worth[2] += primary ? by : 0;
        worth[3] += primary ? 0 : by;
}

static enum fortune fortune_of(const int worth[4])
{
        for (int i = 0; i < 4; i++)
                if (worth[i])
                        return worth[i] > 0 ? FORTUNE_WON : FORTUNE_LOST;
        return FORTUNE_MOVED;
}

static void find_students(struct difference *d)
{
        const struct problem *pb = d->a->pb;

        d->students = mem_zero((size_t)d->n_students + 1, sizeof *d->students);
        for (int i = 0, n = 0; i < d->n_seats; n++) {
                struct student_change *c = &d->students[n];
                int worth[4] = {0};
                c->student = pb->requests[d->seats[i].request].student;
                c->first_seat = i;
                for (; i < d->n_seats && pb->requests[d->seats[i].request].student == c->student;
                        i++) {
                        const struct seat_change *s = &d->seats[i];
                        int by = s->from < 0 ? 1 : s->to < 0 ? -1 : 0;
                        c->gained += by > 0;
                        c->lost += by < 0;
                        c->moved += !by;
                        weigh(pb, s->request, by, worth);
                }
                c->n_seats = i - c->first_seat;
                c->fortune = fortune_of(worth);
                d->fortunes[c->fortune]++;
        }
}

static struct score score_of(const struct schedule *sc)
{
        struct answer *an = schedule_answer(sc);
        struct verdict *v = verify(sc->pb, an, false);
        struct score score = v->score;

        verdict_free(v);
        answer_free(an);
        return score;
}

void difference_init(struct difference *d, const struct schedule *a, const struct schedule *b)
{
        const struct problem *pb = a->pb;
        struct section_change *all = mem_zero((size_t)pb->n_sections + 1, sizeof *all);

        *d = (struct difference){.a = a, .b = b};
        find_seats(d, all);
        d->sections = mem_zero((size_t)pb->n_sections + 1, sizeof *all);
        for (int s = 0; s < pb->n_sections; s++) {
                all[s].section = s;
                all[s].what = what_changed(a, b, s);
                if (all[s].what)
                        d->sections[d->n_sections++] = all[s];
        }
        d->n_shifted = d->n_sections;
        for (int s = 0; s < pb->n_sections; s++)
                if (!all[s].what && (all[s].joined || all[s].left))
                        d->sections[d->n_sections++] = all[s];
        mem_free(all);
        find_students(d);
        d->before = score_of(a);
        d->after = score_of(b);
}

/* ---- what was asked for ---- */

enum asked { ASKED_NOT, ASKED_UNMET, ASKED_MET };

/* [n_students x n_courses] of each pair that the answer tells of, and known[n_students]. */
static unsigned char *asked_of(const struct problem *pb, const struct answer *an, bool *known)
{
        size_t n = (size_t)pb->n_courses;
        unsigned char *asked = mem_zero((size_t)pb->n_students * n + 1, 1);

        for (int i = 0; i < an->n_sections; i++) {
                const struct answer_section *s = &an->sections[i];
                for (int k = 0; k < s->students.n && s->course >= 0; k++)
                        if (s->students.v[k] >= 0) {
                                asked[(size_t)s->students.v[k] * n + (size_t)s->course] = ASKED_MET;
                                known[s->students.v[k]] = true;
                        }
        }
        for (int i = 0; i < an->n_unmet; i++) {
                const struct answer_unmet *u = &an->unmet[i];
                if (u->course >= 0 && u->student >= 0) {
                        asked[(size_t)u->student * n + (size_t)u->course] = ASKED_UNMET;
                        known[u->student] = true;
                }
        }
        return asked;
}

/* An alternate that is not used is told of by neither. */
static bool is_alternate(const struct problem *pb, int student, int course)
{
        int r = problem_request_of(pb, student, course);

        return r >= 0 && pb->requests[r].kind == ALTERNATE;
}

void difference_requests(struct difference *d, const struct answer *a, const struct answer *b)
{
        const struct problem *pb = d->a->pb;
        bool *in_a = mem_zero((size_t)pb->n_students + 1, sizeof *in_a);
        bool *in_b = mem_zero((size_t)pb->n_students + 1, sizeof *in_b);
        unsigned char *was = asked_of(pb, a, in_a), *is = asked_of(pb, b, in_b);
        int cap = 0;

        for (int k = 0; k < pb->n_students; k++)
                for (int c = 0; c < pb->n_courses && in_a[k] && in_b[k]; c++) {
                        size_t i = (size_t)k * (size_t)pb->n_courses + (size_t)c;
                        if (!was[i] == !is[i] || is_alternate(pb, k, c))
                                continue;
                        MEM_GROW(d->asked, d->n_asked, cap);
                        d->asked[d->n_asked++] = (struct asked_change){.student = k,
                                .course = c,
                                .dropped = was[i] != ASKED_NOT,
                                .had = was[i] == ASKED_MET || is[i] == ASKED_MET,
                                .cte = pb->courses[c].pathway >= 0 &&
                                       pb->courses[c].pathway == pb->students[k].pathway};
                        d->n_dropped += was[i] != ASKED_NOT;
                }
        mem_free(was);
        mem_free(is);
        mem_free(in_a);
        mem_free(in_b);
}

void difference_release(struct difference *d)
{
        mem_free(d->asked);
        mem_free(d->sections);
        mem_free(d->seats);
        mem_free(d->students);
        *d = (struct difference){0};
}
