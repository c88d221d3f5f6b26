/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may sit where. */
#include "benchmarks/loader/desk.h"

static const struct course *course_of(const struct desk *d, int s)
{
        return &d->pb->courses[d->pb->section_course[s]];
}

static cellset block_of(const struct desk *d, int s)
{
        return course_of(d, s)->start_block[d->sc->start[s]];
}

bool desk_full(const struct desk *d, int s)
{
        int hand[MAX_HAND], n = desk_hand(d, s, hand), all = 0, most = 0, room = d->sc->room[s];

        for (int i = 0; i < n; i++) {
                all += d->enrolled[hand[i]];
                most = course_of(d, hand[i])->size_max > most ? course_of(d, hand[i])->size_max
                                                              : most;
        }
        if (room >= 0 && d->pb->rooms[room].capacity >= 0 && d->pb->rooms[room].capacity < most)
                most = d->pb->rooms[room].capacity;
        return all >= most || d->enrolled[s] >= course_of(d, s)->size_max;
}

/* Does the student count as a member of what section s is reserved for? */
static bool is_member(const struct desk *d, int student, int s)
{
        const struct cohort *k = &d->pb->cohorts[d->sc->cohort[s]];

        return k->purity_of_pathway ? d->pb->students[student].pathway == k->pathway
                                    : d->pb->students[student].cohort == d->sc->cohort[s];
}

static bool pure(const struct desk *d, int s, int members, int enrolled)
{
        const struct ratio p = d->pb->cohorts[d->sc->cohort[s]].purity;

        return (int64_t)members * p.den >= (int64_t)enrolled * p.num;
}

static bool cohort_allows(const struct desk *d, int student, int s)
{
        int k = d->sc->cohort[s];

        if (k < 0)
                return true;
        if (!is_member(d, student, s) && !pure(d, s, d->members[s], d->enrolled[s] + 1))
                return false;
        if (!d->pb->cohorts[k].strands || d->pb->students[student].cohort != k ||
                d->strand[student] < 0)
                return true;
        return d->strand[student] == d->group[s];
}

static int contacts_of(const struct desk *d, int teacher, int term)
{
        int n = 0;

        for (int s = 0; s < d->pb->n_sections; s++)
                if (d->sc->start[s] >= 0 && course_of(d, s)->counts_load &&
                        (d->sc->teacher[s] == teacher || d->sc->co_teacher[s] == teacher) &&
                        (desk_cells(d, s) & d->pb->term_cells[term]))
                        n += d->enrolled[s];
        return n;
}

static bool contacts_allow(const struct desk *d, int s)
{
        int who[2] = {d->sc->teacher[s], d->sc->co_teacher[s]};

        for (int i = 0; i < 2 && course_of(d, s)->counts_load; i++) {
                int most = who[i] >= 0 ? d->pb->teachers[who[i]].limits.contacts : NO_LIMIT;
                for (int t = 0; t < d->pb->n_terms && most >= 0; t++)
                        if ((desk_cells(d, s) & d->pb->term_cells[t]) &&
                                contacts_of(d, who[i], t) >= most)
                                return false;
        }
        return true;
}

static int flagged_in(const struct desk *d, int s, int flag)
{
        int n = 0;

        for (int r = 0; r < d->pb->n_requests; r++)
                n += d->sc->seat[r] == s &&
                     problem_has_flag(d->pb, d->pb->requests[r].student, flag);
        return n;
}

static bool sits_in_hand(const struct desk *d, int student, int s)
{
        const struct student *st = &d->pb->students[student];
        int hand[MAX_HAND], n = desk_hand(d, s, hand);

        for (int r = st->first_request; r < st->first_request + st->n_requests; r++)
                for (int i = 0; i < n; i++)
                        if (d->sc->seat[r] == hand[i])
                                return true;
        return false;
}

static bool holds(const struct desk *d, int teacher, const struct ints *credentials)
{
        for (int i = 0; teacher >= 0 && i < credentials->n; i++)
                if (ints_has(&d->pb->teachers[teacher].credentials, credentials->v[i]))
                        return true;
        return false;
}

/* Rules that name the student or a flag of his. */
static bool rule_allows(const struct desk *d, const struct rule *r, int student, int s)
{
        const struct problem *pb = d->pb;
        int teacher = d->sc->teacher[s], co = d->sc->co_teacher[s];

        switch (r->kind) {
        case RULE_AVOID:
                return r->student != student || (r->teacher != teacher && r->teacher != co);
        case RULE_NEEDS:
                return !problem_has_flag(pb, student, r->flag) || !course_of(d, s)->staffed ||
                       holds(d, teacher, &r->credentials) || holds(d, co, &r->credentials);
        case RULE_LIMIT:
                if (!problem_has_flag(pb, student, r->flag) ||
                        (r->courses.given && !ints_has(&r->courses, pb->section_course[s])))
                        return true;
                return flagged_in(d, s, r->flag) <
                       ratio_floor_times(r->share, course_of(d, s)->size_max);
        case RULE_APART:
                for (int i = 0; i < r->students.n && ints_has(&r->students, student); i++)
                        if (r->students.v[i] != student && sits_in_hand(d, r->students.v[i], s))
                                return false;
                return true;
        default:
                return true;
        }
}

static bool leaves_free(const struct desk *d, int student, cellset cells)
{
        const struct problem *pb = d->pb;

        for (int i = 0; i < pb->n_rules; i++) {
                const struct rule *r = &pb->rules[i];
                if (r->kind != RULE_FREE || !ints_has(&r->students, student))
                        continue;
                for (int t = 0; t < pb->n_terms; t++) {
                        cellset asked =
                                problem_cells_of_periods(pb, r->periods) & pb->term_cells[t];
                        if (__builtin_popcountll(asked & ~(d->taken[student] | cells)) < r->count)
                                return false;
                }
        }
        return true;
}

bool desk_could_sit(const struct desk *d, int r, int s)
{
        const struct request *q = &d->pb->requests[r];

        if (d->sc->start[s] < 0 || !q->admitted || d->pb->section_number[s] > q->max_section)
                return false;
        if (desk_cells(d, s) & ~d->pb->students[q->student].available)
                return false;
        for (int i = 0; i < d->pb->n_rules; i++)
                if (!rule_allows(d, &d->pb->rules[i], q->student, s))
                        return false;
        return cohort_allows(d, q->student, s) && contacts_allow(d, s);
}

static int position(const struct ints *list, int course)
{
        for (int i = 0; i < list->n; i++)
                if (list->v[i] == course)
                        return i;
        return -1;
}

/* May one student have both? Cells, and the rules between courses. */
bool desk_seats_agree(const struct desk *d, int r, int s, int other_r, int other_s)
{
        const struct problem *pb = d->pb;
        int a = pb->requests[r].course, b = pb->requests[other_r].course;

        if ((desk_cells(d, s) & block_of(d, other_s)) || (block_of(d, s) & desk_cells(d, other_s)))
                return false;
        for (int i = 0; i < pb->n_rules; i++) {
                const struct rule *x = &pb->rules[i];
                int p = position(&x->courses, a), q = position(&x->courses, b);
                if (p < 0 || q < 0)
                        continue;
                if (x->kind == RULE_SAME_STUDENTS &&
                        pb->section_number[s] != pb->section_number[other_s])
                        return false;
                if (x->kind != RULE_BEFORE)
                        continue;
                int first = p < q ? s : other_s, second = p < q ? other_s : s;
                int end = d->sc->start[first] / pb->n_periods + course_of(d, first)->terms;
                if (end > d->sc->start[second] / pb->n_periods)
                        return false;
        }
        int k = d->sc->cohort[s], student = pb->requests[r].student;
        if (k >= 0 && k == d->sc->cohort[other_s] && pb->cohorts[k].strands &&
                pb->students[student].cohort == k)
                return d->group[s] == d->group[other_s];
        return true;
}

bool desk_may_sit(const struct desk *d, int r, int s)
{
        const struct problem *pb = d->pb;
        const struct student *st = &pb->students[pb->requests[r].student];

        if (!desk_could_sit(d, r, s) || desk_full(d, s) ||
                !leaves_free(d, pb->requests[r].student, desk_cells(d, s)))
                return false;
        for (int x = st->first_request; x < st->first_request + st->n_requests; x++)
                if (d->sc->seat[x] >= 0 &&
                        (x == r || !desk_seats_agree(d, r, s, x, d->sc->seat[x])))
                        return false;
        return true;
}

bool desk_may_leave(const struct desk *d, int r)
{
        int s = d->sc->seat[r];

        if (d->pinned[r])
                return false;
        return d->sc->cohort[s] < 0 || !is_member(d, d->pb->requests[r].student, s) ||
               d->enrolled[s] == 1 || pure(d, s, d->members[s] - 1, d->enrolled[s] - 1);
}

void desk_sit(struct desk *d, int r, int s)
{
        int student = d->pb->requests[r].student, k = d->sc->cohort[s];

        d->sc->seat[r] = s;
        d->enrolled[s]++;
        d->taken[student] |= desk_cells(d, s);
        d->blocked[student] |= block_of(d, s);
        if (k < 0)
                return;
        d->members[s] += is_member(d, student, s);
        if (d->pb->cohorts[k].strands && d->pb->students[student].cohort == k)
                d->strand[student] = d->group[s];
}

void desk_leave(struct desk *d, int r)
{
        int s = d->sc->seat[r], student = d->pb->requests[r].student;
        const struct student *st = &d->pb->students[student];

        d->members[s] -= d->sc->cohort[s] >= 0 && is_member(d, student, s);
        d->enrolled[s]--;
        d->sc->seat[r] = NONE;
        d->taken[student] = d->blocked[student] = 0;
        for (int x = st->first_request; x < st->first_request + st->n_requests; x++)
                if (d->sc->seat[x] >= 0) {
                        d->taken[student] |= desk_cells(d, d->sc->seat[x]);
                        d->blocked[student] |= block_of(d, d->sc->seat[x]);
                }
}
