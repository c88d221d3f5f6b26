/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/problem_finish.h"
#include <string.h>

/* Is there a bell that fits the format? Everything else relies on it. */
static bool finish_bell(struct problem *pb, struct report *rp)
{
        const struct place at = pb->n_periods ? pb->periods[0].at : (struct place){pb->file, 0, 0};
        const int64_t cells = (int64_t)pb->n_terms * pb->n_periods;

        if (cells < 1 || cells > MAX_CELLS)
                return report_error(rp, ERROR_INPUT, at,
                        "found %d terms of %d periods; expected 1 to %d cells (periods x terms)",
                        pb->n_terms, pb->n_periods, MAX_CELLS);
        if (pb->n_students > MAX_STUDENTS)
                return report_error(rp, ERROR_INPUT, pb->students[MAX_STUDENTS].at,
                        "found %d students; expected at most %d", pb->n_students, MAX_STUDENTS);
        pb->n_cells = (int)cells;
        return true;
}

static bool same_day(const struct period *a, const struct period *b)
{
        if (!a->day || !b->day)
                return a->day == b->day;
        return !strcmp(a->day, b->day);
}

static void finish_periods(struct problem *pb)
{
        int n_days = 0;

        for (int p = 0; p < pb->n_periods; p++) {
                struct period *it = &pb->periods[p];

                it->day_index = -1;
                for (int q = 0; q < p && it->day_index < 0; q++)
                        if (same_day(it, &pb->periods[q]))
                                it->day_index = pb->periods[q].day_index;
                if (it->day_index < 0)
                        it->day_index = n_days++;
                it->joins_next = p + 1 < pb->n_periods && same_day(it, it + 1) && !it->break_after;
        }
        pb->term_cells = arena_array(pb->arena, (size_t)pb->n_terms, sizeof(cellset));
        pb->all_cells = problem_cells_of_periods(pb, ~(uint64_t)0);
        for (int c = 0; c < pb->n_cells; c++)
                pb->term_cells[c / pb->n_periods] |= (cellset)1 << c;
}

static void finish_teachers(struct problem *pb)
{
        const struct limits *con = &pb->contract.limits;
        const int usual = pb->n_periods > 2 ? pb->n_periods - 1 : 1;

        for (int t = 0; t < pb->n_teachers; t++) {
                const struct limits *own = &pb->teachers[t].stated;
                struct limits *l = &pb->teachers[t].limits;

                l->load = either(own->load, either(con->load, usual));
                l->preps = either(own->preps, con->preps);
                l->consecutive = either(own->consecutive, con->consecutive);
                l->contacts = either(own->contacts, con->contacts);
        }
}

/* The cohort that a student without a stated one belongs to. */
static int usual_cohort(const struct problem *pb, const struct student *st)
{
        const struct pathway *pw;

        if (st->pathway < 0)
                return NONE;
        pw = &pb->pathways[st->pathway];
        for (int k = pw->first_cohort; k < pw->first_cohort + pw->n_cohorts; k++)
                if (pb->cohorts[k].grade == st->grade)
                        return k;
        return NONE;
}

static void place_student(struct problem *pb, struct student *st, struct report *rp)
{
        const int k = st->cohort_stated;

        st->pathway = st->pathway_stated;
        st->cohort = NONE;
        if (k >= 0) {
                const struct cohort *co = &pb->cohorts[k];

                if (st->pathway >= 0 && st->pathway != co->pathway)
                        report_error(rp, ERROR_INPUT, st->at,
                                "found cohort %s of pathway %s for student %s; expected a cohort "
                                "of pathway %s",
                                co->id, pb->pathways[co->pathway].id, st->id,
                                pb->pathways[st->pathway].id);
                st->pathway = co->pathway;
                st->cohort = k;
        } else if (k != COHORT_DASH) {
                st->cohort = usual_cohort(pb, st);
        }
}

static void finish_students(struct problem *pb, struct report *rp)
{
        int *count = arena_array(pb->arena, (size_t)pb->n_cohorts + 1, sizeof *count);

        for (int i = 0; i < pb->n_students; i++) {
                struct student *st = &pb->students[i];

                place_student(pb, st, rp);
                if (st->cohort >= 0)
                        count[st->cohort]++;
                st->available = problem_cells_of_periods(pb, st->periods);
                st->full_day = 0;
                for (int g = 0; g < pb->contract.n_full_day; g++)
                        if (pb->contract.full_day[g].grade == st->grade)
                                st->full_day = pb->contract.full_day[g].count;
        }
        for (int k = 0; k < pb->n_cohorts; k++)
                pb->cohorts[k].members = (struct ints){.given = true,
                        .v = arena_array(pb->arena, (size_t)count[k] + 1, sizeof(int))};
        for (int i = 0; i < pb->n_students; i++) {
                const int k = pb->students[i].cohort;

                if (k >= 0)
                        pb->cohorts[k].members.v[pb->cohorts[k].members.n++] = i;
        }
}

/* Requests grouped by student, those of one student in their order. */
static void group_requests(struct problem *pb)
{
        const size_t n = (size_t)pb->n_requests;
        struct request *sorted = arena_array(pb->arena, n + 1, sizeof *sorted);
        int *new_number = arena_array(pb->arena, n + 1, sizeof *new_number);
        int next = 0;

        for (int r = 0; r < pb->n_requests; r++)
                pb->students[pb->requests[r].student].n_requests++;
        for (int i = 0; i < pb->n_students; i++) {
                pb->students[i].first_request = next;
                next += pb->students[i].n_requests;
                pb->students[i].n_requests = 0;
        }
        for (int r = 0; r < pb->n_requests; r++) {
                struct student *st = &pb->students[pb->requests[r].student];

                new_number[r] = st->first_request + st->n_requests++;
                sorted[new_number[r]] = pb->requests[r];
        }
        for (int r = 0; r < pb->n_requests; r++)
                if (sorted[r].stands_for >= 0)
                        sorted[r].stands_for = new_number[sorted[r].stands_for];
        pb->requests = sorted;
}

/* The runs of periods and terms where the course may start, with the cells it takes and blocks. */
static void finish_starts(struct problem *pb, struct course *c)
{
        c->start_cells = arena_array(pb->arena, (size_t)pb->n_cells, sizeof(cellset));
        c->start_block = arena_array(pb->arena, (size_t)pb->n_cells, sizeof(cellset));
        c->may_start = 0;
        for (int p = 0; p + c->periods <= pb->n_periods; p++) {
                const int last = p + c->periods - 1, day = pb->periods[p].day_index;
                uint64_t taken = 0, owed = 0;
                bool fits = !c->at_periods.given || ints_has(&c->at_periods, p);

                for (int q = p; q < last; q++)
                        fits &= pb->periods[q].joins_next;
                for (int q = 0; q < pb->n_periods; q++) {
                        const int gap = q < p ? p - q : q - last;
                        const bool inside = q >= p && q <= last;

                        if (inside)
                                taken |= (uint64_t)1 << q;
                        else if (pb->periods[q].day_index == day &&
                                 (gap <= c->travel || (q > last && c->off_campus == OFF_END) ||
                                         (q < p && c->off_campus == OFF_START)))
                                owed |= (uint64_t)1 << q;
                }
                for (int t = 0; fits && t + c->terms <= pb->n_terms; t++) {
                        const int cell = t * pb->n_periods + p;

                        if (c->at_terms.given && !ints_has(&c->at_terms, t))
                                continue;
                        c->may_start |= (cellset)1 << cell;
                        for (int u = t; u < t + c->terms; u++)
                                c->start_cells[cell] |= taken << (u * pb->n_periods);
                        for (int u = t; u < t + c->terms; u++)
                                c->start_block[cell] |= (taken | owed) << (u * pb->n_periods);
                }
        }
}

static bool share(const struct ints *a, const struct ints *b)
{
        for (int i = 0; i < a->n; i++)
                if (ints_has(b, a->v[i]))
                        return true;
        return false;
}

static struct ints room_for(struct problem *pb, int n)
{
        return (struct ints){
                .given = true, .v = arena_array(pb->arena, (size_t)n + 1, sizeof(int))};
}

static void finish_able(struct problem *pb, struct course *c, int number)
{
        c->able_teachers = room_for(pb, c->staffed ? pb->n_teachers : 0);
        c->able_co_teachers = room_for(pb, c->support.given ? pb->n_teachers : 0);
        c->able_rooms = room_for(pb, c->room_type >= 0 ? pb->n_rooms : 0);
        c->in_cohorts = room_for(pb, pb->n_cohorts);
        for (int t = 0; t < pb->n_teachers; t++) {
                const struct ints *has = &pb->teachers[t].credentials;

                if (c->staffed && (!c->credentials.given || share(&c->credentials, has)) &&
                        (!c->teachers.given || ints_has(&c->teachers, t)))
                        c->able_teachers.v[c->able_teachers.n++] = t;
                if (c->support.given && share(&c->support.credentials, has))
                        c->able_co_teachers.v[c->able_co_teachers.n++] = t;
        }
        for (int r = 0; c->room_type >= 0 && r < pb->n_rooms; r++)
                if (ints_has(&pb->rooms[r].types, c->room_type))
                        c->able_rooms.v[c->able_rooms.n++] = r;
        for (int k = 0; k < pb->n_cohorts; k++)
                if (ints_has(&pb->cohorts[k].courses, number))
                        c->in_cohorts.v[c->in_cohorts.n++] = k;
}

static bool is_cte(const struct problem *pb, const struct request *rq)
{
        const struct student *st = &pb->students[rq->student];
        const struct course *c = &pb->courses[rq->course];

        if (rq->kind == ALTERNATE)
                return false;
        if (st->pathway < 0)
                return c->pathway >= 0;
        return c->pathway == st->pathway ||
               (st->cohort >= 0 && ints_has(&c->in_cohorts, st->cohort));
}

static bool is_admitted(const struct problem *pb, const struct request *rq)
{
        const struct student *st = &pb->students[rq->student];
        const struct course *c = &pb->courses[rq->course];

        if (c->grades.given && !ints_has(&c->grades, st->grade))
                return false;
        if (!problem_is_of(pb, rq->student, c->only))
                return false;
        for (cellset left = c->may_start; left; left &= left - 1)
                if (!(c->start_cells[__builtin_ctzll(left)] & ~st->available))
                        return true;
        return false;
}

static void finish_requests(struct problem *pb)
{
        for (int i = 0; i < pb->n_students; i++) {
                const struct student *st = &pb->students[i];
                int nth = 0;

                for (int r = st->first_request; r < st->first_request + st->n_requests; r++) {
                        struct request *rq = &pb->requests[r];
                        const struct course *c = &pb->courses[rq->course];

                        rq->rank = 0;
                        if (rq->kind == ALTERNATE)
                                rq->rank = rq->rank_stated > 0 ? rq->rank_stated : nth + 1;
                        nth += rq->kind == ALTERNATE;
                        rq->cte = is_cte(pb, rq);
                        rq->admitted = is_admitted(pb, rq);
                        rq->max_section = c->sections_max;
                        if (c->support.given && ints_has(&st->flags, c->support.flag) &&
                                c->support.sections < c->sections_max)
                                rq->max_section = c->support.sections;
                }
        }
}

static void finish_order(struct problem *pb)
{
        uint64_t seen = 0;
        int n = 0;

        for (enum tier t = 0; t <= CTE_UNPLACED; t++)
                pb->order[n++] = t;
        for (int i = 0; i < pb->n_priorities; i++)
                if (pb->priorities[i] > CTE_UNPLACED && !(seen >> pb->priorities[i] & 1)) {
                        pb->order[n++] = pb->priorities[i];
                        seen |= (uint64_t)1 << pb->priorities[i];
                }
        for (enum tier t = CTE_UNPLACED + 1; t < N_TIERS; t++)
                if (!(seen >> t & 1))
                        pb->order[n++] = t;
}

static void finish_past(struct problem *pb)
{
        pb->request_past =
                arena_array(pb->arena, (size_t)pb->n_requests + 1, sizeof *pb->request_past);
        for (int r = 0; r < pb->n_requests; r++)
                pb->request_past[r] = NONE;
        for (int i = 0; i < pb->n_past; i++) {
                const int r = problem_request_of(pb, pb->past[i].student, pb->past[i].course);

                if (r >= 0 && pb->request_past[r] < 0)
                        pb->request_past[r] = i;
        }
}

static void check_locks(struct problem *pb, struct report *rp)
{
        for (int i = 0; i < pb->n_locks; i++) {
                const struct lock *l = &pb->locks[i];
                const struct course *c = &pb->courses[l->course];

                if (l->section < 1 || l->section > c->sections_max)
                        report_error(rp, ERROR_CLASH, l->at,
                                "found section %d of %s locked; expected 1 to %d, its number of "
                                "sections",
                                l->section, c->id, c->sections_max);
        }
}

bool problem_finish(struct problem *pb, struct report *rp)
{
        const int before = report_errors(rp);

        if (!finish_bell(pb, rp))
                return false;
        finish_periods(pb);
        finish_teachers(pb);
        finish_students(pb, rp);
        group_requests(pb);
        finish_sections(pb, rp);
        for (int c = 0; c < pb->n_courses; c++) {
                finish_starts(pb, &pb->courses[c]);
                finish_able(pb, &pb->courses[c], c);
        }
        finish_years(pb, rp);
        finish_requests(pb);
        finish_order(pb);
        finish_past(pb);
        check_locks(pb, rp);
        return report_errors(rp) == before;
}
