/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loading: students by grade from 12 down, each by a small search over the sections with the most
 * seats left. */
#include "benchmarks/loader/desk.h"
#include <stdlib.h>

enum { MAX_OPEN = 24, MAX_CHOICES = 64, MAX_NODES = 4000 };

struct open_request {
        int request, worth, n;
        int section[MAX_CHOICES];
};

struct plan {
        struct desk *d;
        int n, nodes, best_worth, rest[MAX_OPEN + 1]; /* rest: worth of the requests from i on */
        struct open_request open[MAX_OPEN];
        int chosen[MAX_OPEN], best[MAX_OPEN];
};

/* Smaller is better: his cohort's sections, then the emptiest. */
static int rank(const struct desk *d, int r, int s)
{
        const struct problem *pb = d->pb;
        int own = pb->students[pb->requests[r].student].cohort,
            max = pb->courses[pb->section_course[s]].size_max;
        int outside = own >= 0 && d->sc->cohort[s] != own &&
                      ints_has(&pb->cohorts[own].courses, pb->requests[r].course);

        return outside * 100000 + d->enrolled[s] * 1000 / (max ? max : 1);
}

static void list_choices(struct plan *p, struct open_request *o)
{
        const struct desk *d = p->d;
        const struct course *c = &d->pb->courses[d->pb->requests[o->request].course];

        for (int s = c->first_section; s < c->first_section + c->sections_max && o->n < MAX_CHOICES;
                s++) {
                if (d->sc->start[s] < 0 || !desk_may_sit(d, o->request, s))
                        continue;
                int at = o->n++;
                for (; at > 0 && rank(d, o->request, o->section[at - 1]) > rank(d, o->request, s);
                        at--)
                        o->section[at] = o->section[at - 1];
                o->section[at] = s;
        }
}

static int by_choices(const void *a, const void *b)
{
        const struct open_request *x = a, *y = b;

        return x->n != y->n ? x->n - y->n : x->request - y->request;
}

static void search(struct plan *p, int i, int worth)
{
        if (worth > p->best_worth) {
                p->best_worth = worth;
                for (int k = 0; k < p->n; k++)
                        p->best[k] = k < i ? p->chosen[k] : NONE;
        }
        if (i == p->n || worth + p->rest[i] <= p->best_worth || ++p->nodes > MAX_NODES)
                return;
        const struct open_request *o = &p->open[i];
        for (int k = 0; k < o->n; k++) {
                bool fits = true;
                for (int j = 0; j < i && fits; j++)
                        fits = p->chosen[j] < 0 || desk_seats_agree(p->d, o->request, o->section[k],
                                                           p->open[j].request, p->chosen[j]);
                if (!fits)
                        continue;
                p->chosen[i] = o->section[k];
                search(p, i + 1, worth + o->worth);
        }
        p->chosen[i] = NONE;
        search(p, i + 1, worth);
}

static int worth_of(const struct request *q)
{
        return q->kind == REQUIRED || q->cte ? 3 : 2;
}

void load_one(struct desk *d, int student)
{
        const struct student *st = &d->pb->students[student];
        struct plan p = {.d = d};

        for (int r = st->first_request; r < st->first_request + st->n_requests && p.n < MAX_OPEN;
                r++) {
                struct open_request *o = &p.open[p.n];
                if (d->pb->requests[r].kind == ALTERNATE || d->sc->seat[r] >= 0)
                        continue;
                *o = (struct open_request){.request = r, .worth = worth_of(&d->pb->requests[r])};
                list_choices(&p, o);
                p.n += o->n > 0;
        }
        qsort(p.open, (size_t)p.n, sizeof *p.open, by_choices);
        for (int i = p.n - 1; i >= 0; i--)
                p.rest[i] = p.rest[i + 1] + p.open[i].worth;
        for (int i = 0; i < p.n; i++)
                p.best[i] = NONE;
        search(&p, 0, 0);
        for (int i = 0; i < p.n; i++)
                if (p.best[i] >= 0 && desk_may_sit(d, p.open[i].request, p.best[i]))
                        desk_sit(d, p.open[i].request, p.best[i]);
}

static void seat_locked(struct desk *d)
{
        const struct problem *pb = d->pb;

        for (int l = 0; l < pb->n_locks; l++) {
                const struct lock *x = &pb->locks[l];
                int r = x->student >= 0 ? problem_request_of(pb, x->student, x->course) : NONE;
                int s = pb->courses[x->course].first_section + x->section - 1;
                if (r < 0 || d->sc->start[s] < 0 || d->sc->seat[r] >= 0)
                        continue;
                desk_sit(d, r, s);
                d->pinned[r] = true;
        }
}

/* A section that somebody is locked into has to run, so it gets its least number first. */
static void fill_locked(struct desk *d)
{
        const struct problem *pb = d->pb;

        for (int l = 0; l < pb->n_locks; l++) {
                const struct course *c = &pb->courses[pb->locks[l].course];
                int s = c->first_section + pb->locks[l].section - 1, course = pb->locks[l].course;
                if (pb->locks[l].student < 0 || d->sc->start[s] < 0 || desk_pinned_section(d, s))
                        continue;
                for (int k = d->asked_first[course]; k < d->asked_first[course + 1]; k++) {
                        int r = d->asked[k];
                        if (d->enrolled[s] >= c->size_min || pb->requests[r].kind == ALTERNATE ||
                                !desk_may_sit(d, r, s))
                                continue;
                        desk_sit(d, r, s);
                        d->pinned[r] = true;
                }
        }
}

void load_students(struct desk *d)
{
        const struct problem *pb = d->pb;
        int top = 0;

        seat_locked(d);
        fill_locked(d);
        for (int i = 0; i < pb->n_students; i++)
                top = pb->students[i].grade > top ? pb->students[i].grade : top;
        for (int grade = top; grade >= 0; grade--)
                for (int i = 0; i < pb->n_students; i++)
                        if (pb->students[i].grade == grade)
                                load_one(d, i);
}

static bool stands_in(const struct desk *d, const struct request *q, bool *stood)
{
        const struct student *st = &d->pb->students[q->student];

        for (int r = st->first_request; r < st->first_request + st->n_requests; r++) {
                bool fits = d->pb->requests[r].kind != ALTERNATE && d->sc->seat[r] < 0 &&
                            !stood[r] && (q->stands_for < 0 || q->stands_for == r);
                if (fits) {
                        stood[r] = true;
                        return true;
                }
        }
        return false;
}

/* By rank, those that stand for a named request first. */
void use_alternates(struct desk *d)
{
        const struct problem *pb = d->pb;
        bool *stood = mem_zero((size_t)pb->n_requests + 1, sizeof *stood);

        for (int named = 1; named >= 0; named--)
                for (int rank_now = 1; rank_now <= 8; rank_now++)
                        for (int r = 0; r < pb->n_requests; r++) {
                                const struct request *q = &pb->requests[r];
                                const struct course *c = &pb->courses[q->course];
                                bool turn = q->kind == ALTERNATE && q->rank == rank_now &&
                                            (q->stands_for >= 0) == (named == 1) &&
                                            d->sc->seat[r] < 0;
                                for (int s = c->first_section;
                                        turn && s < c->first_section + c->sections_max; s++) {
                                        if (d->sc->start[s] < 0 || !desk_may_sit(d, r, s) ||
                                                !stands_in(d, q, stood))
                                                continue;
                                        desk_sit(d, r, s);
                                        break;
                                }
                        }
        mem_free(stood);
}
