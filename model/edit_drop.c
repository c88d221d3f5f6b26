/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/edit_parts.h"

enum { WITHOUT_LIMIT = 100000 }; /* as a stated number: more than anybody could have */

static void drop_limit(struct problem *pb, int teacher, enum limit_part part)
{
        struct limits *l = teacher >= 0 ? &pb->teachers[teacher].stated : &pb->contract.limits;
        int none = teacher >= 0 ? WITHOUT_LIMIT : NO_LIMIT;

        switch (part) {
        case LIMIT_LOAD:
                l->load = pb->n_periods;
                break;
        case LIMIT_PREPS:
                l->preps = none;
                break;
        case LIMIT_CONSECUTIVE:
                l->consecutive = none;
                break;
        case LIMIT_CONTACTS:
                l->contacts = none;
                break;
        }
}

static void drop_part(struct course *c, enum course_part part)
{
        switch (part) {
        case PART_GRADES:
                c->grades = (struct ints){0};
                break;
        case PART_ONLY:
                c->only = (struct who){NONE, NONE, NONE};
                break;
        case PART_CREDENTIAL:
                c->credentials = (struct ints){0};
                break;
        case PART_TEACHERS:
                c->teachers = (struct ints){0};
                break;
        case PART_AT:
                c->at_periods = c->at_terms = (struct ints){0};
                break;
        case PART_MINIMUM:
                c->size_min_stated = 0;
                break;
        }
}

/* A lock may not reserve a section for a cohort that does not list its course. */
static void drop_cohort(struct problem *pb, int cohort)
{
        pb->cohorts[cohort].courses = (struct ints){.given = true};
        for (int i = 0; i < pb->n_locks; i++)
                if (pb->locks[i].cohort == cohort)
                        pb->locks[i].cohort = COHORT_NOT_LOCKED;
}

/* What a request less would change beside: numbers of sections and ranks by place. */
static void settle_request(struct problem *pb, int request)
{
        const struct request *q = &pb->requests[request];

        edit_state_sections(pb, q->course, 0);
        for (int r = 0; r < pb->n_requests; r++)
                if (pb->requests[r].student == q->student && pb->requests[r].kind == ALTERNATE)
                        pb->requests[r].rank_stated = pb->requests[r].rank;
}

/* A course that the student requests already is no choice: his request is only dropped then. */
static void swap_request(struct problem *pb, int request, int course, struct dropped *d)
{
        struct request *q = &pb->requests[request];

        settle_request(pb, request);
        edit_state_sections(pb, course, 0);
        for (int r = 0; r < pb->n_requests; r++)
                if (pb->requests[r].student == q->student && pb->requests[r].course == course)
                        d->requests[request] = true;
        q->course = course;
}

void edit_drop(struct problem *pb, const struct edit *e, struct dropped *d)
{
        switch (e->kind) {
        case EDIT_DROP_LOCK:
                d->locks[e->what] = true;
                break;
        case EDIT_DROP_RULE:
                for (int i = 0; i < pb->rules[e->what].courses.n; i++)
                        edit_state_sections(pb, pb->rules[e->what].courses.v[i], 0);
                d->rules[e->what] = true;
                break;
        case EDIT_DROP_LIMIT:
                drop_limit(pb, e->what, (enum limit_part)e->part);
                break;
        case EDIT_DROP_COHORT:
                drop_cohort(pb, e->what);
                break;
        case EDIT_DROP_PURITY:
                pb->cohorts[e->what].purity = (struct ratio){0, 1};
                break;
        case EDIT_DROP_PLANNING:
                pb->pathways[e->what].common_planning = 0;
                break;
        case EDIT_DROP_COURSE:
                drop_part(&pb->courses[e->what], (enum course_part)e->part);
                break;
        case EDIT_DROP_REQUEST:
                settle_request(pb, e->what);
                d->requests[e->what] = true;
                break;
        case EDIT_SWAP_REQUEST:
                swap_request(pb, e->what, e->part, d);
                break;
        default:
                break;
        }
}

static void compact_requests(struct problem *pb, const bool *dropped)
{
        int *now = mem_zero((size_t)pb->n_requests + 1, sizeof *now);
        int n = 0;

        for (int r = 0; r < pb->n_requests; r++)
                now[r] = dropped[r] ? NONE : n++;
        for (int r = 0; r < pb->n_requests; r++) {
                if (now[r] < 0)
                        continue;
                struct request q = pb->requests[r];
                if (q.stands_for >= 0)
                        q.stands_for = now[q.stands_for];
                pb->requests[now[r]] = q;
        }
        pb->n_requests = n;
        mem_free(now);
}

void edit_compact(struct problem *pb, const struct dropped *d)
{
        int n = 0;

        for (int i = 0; i < pb->n_locks; i++)
                if (!d->locks[i])
                        pb->locks[n++] = pb->locks[i];
        pb->n_locks = n;
        n = 0;
        for (int i = 0; i < pb->n_rules; i++)
                if (!d->rules[i])
                        pb->rules[n++] = pb->rules[i];
        pb->n_rules = n;
        compact_requests(pb, d->requests);
}
