/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Locks that hold together and still cost students what they ask for. */
#include "io/problem_warn_locks.h"

/* Where the lock has its section start; -1: it leaves a choice. */
static int start_of(const struct problem *pb, const struct lock *l)
{
        const struct course *c = &pb->courses[l->course];
        int term = l->term >= 0 || c->terms < pb->n_terms ? l->term : 0;

        if (l->student >= 0 || l->period < 0 || term < 0 || c->sections_max != 1)
                return -1;
        return term * pb->n_periods + l->period;
}

static bool overlap(const struct problem *pb, const struct lock *a, const struct lock *b)
{
        const struct course *c = &pb->courses[a->course], *d = &pb->courses[b->course];
        int at = start_of(pb, a), at_b = start_of(pb, b);

        return at >= 0 && at_b >= 0 && a->course != b->course &&
               ((c->start_block[at] & d->start_cells[at_b]) ||
                       (c->start_cells[at] & d->start_block[at_b]));
}

static bool asks(const struct problem *pb, int student, int course)
{
        int q = problem_request_of(pb, student, course);

        return q >= 0 && pb->requests[q].kind != ALTERNATE && pb->requests[q].admitted;
}

void warn_locks(const struct problem *pb, struct report *rp)
{
        for (int i = 0; i < pb->n_locks; i++)
                for (int j = 0; j < i; j++) {
                        const struct lock *a = &pb->locks[i], *b = &pb->locks[j];
                        int n = 0;
                        if (!overlap(pb, a, b))
                                continue;
                        for (int k = 0; k < pb->n_students; k++)
                                n += asks(pb, k, a->course) && asks(pb, k, b->course);
                        if (n)
                                report_warn(rp, a->at,
                                        "%d student%s both '%s' and '%s', which have one "
                                        "section each and are locked to the same time (the other "
                                        "lock: line %d)",
                                        n, n == 1 ? " asks for" : "s ask for",
                                        pb->courses[b->course].id, pb->courses[a->course].id,
                                        b->at.line);
                }
}
