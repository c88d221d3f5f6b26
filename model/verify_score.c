/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fourteen tiers of the score, counted from the audit. */
#include "model/verify_audit.h"

static void count_sections(const struct audit *au, int64_t *tier)
{
        for (int i = 0; i < au->pb->n_courses; i++) {
                const struct course_facts *f = &au->courses[i];

                if (f->n > f->lo)
                        tier[EXTRA_SECTIONS] += f->n - f->lo;
                else
                        tier[au->pb->courses[i].pathway >= 0 ? CTE_UNPLACED : UNPLACED] +=
                                f->lo - f->n;
        }
}

static bool is_cte(const struct audit *au, int student, int course)
{
        const struct student_facts *f = &au->students[student];
        const int way = au->pb->courses[course].pathway;

        if (f->pathway < 0)
                return way >= 0;
        return way == f->pathway ||
               (f->cohort >= 0 && ints_has(&au->pb->cohorts[f->cohort].courses, course));
}

/* Is a member of cohort k, who takes a listed course in s, outside every section meant for k? */
static bool breaks_cohort(const struct audit *au, int k, const struct seen *s)
{
        const struct cohort *cohorts = au->pb->cohorts;
        const int r = s->said->cohort;

        if (r < 0 || r >= au->pb->n_cohorts)
                return true;
        return r != k &&
               !(cohorts[r].purity_of_pathway && cohorts[r].pathway == cohorts[k].pathway);
}

static void count_requests(const struct audit *au, int x, int64_t *tier)
{
        const struct student_facts *f = &au->students[x];
        const struct cohort *co = f->cohort >= 0 ? &au->pb->cohorts[f->cohort] : NULL;
        int unmet = 0, nth = 0;

        for (int i = 0; i < f->requests.n; i++) {
                const struct request *rq = &au->pb->requests[f->requests.v[i]];
                const struct seen *s = audit_seat(au, x, rq->course);

                if (rq->kind == ALTERNATE) {
                        const int rank = rq->rank_stated > 0 ? rq->rank_stated : nth + 1;

                        nth++;
                        if (s)
                                tier[REQUEST_LOSS] -= rank < 3 ? 4 - rank : 1;
                } else if (s) {
                        tier[COHORT_BREAKS] += co && ints_has(&co->courses, rq->course) &&
                                               breaks_cohort(au, f->cohort, s);
                } else {
                        unmet++;
                        if (is_cte(au, x, rq->course))
                                tier[CTE_UNMET]++;
                        else if (rq->kind == REQUIRED)
                                tier[REQUIRED_UNMET]++;
                }
        }
        tier[REQUEST_LOSS] += 4 * unmet;
        tier[UNEVEN] += unmet > 1 ? unmet - 1 : 0;
}

/* Were a course there twice, which is a fault, one of its sections would count, as in other tiers.
 */
static void count_empty(const struct audit *au, int x, int64_t *tier)
{
        const struct problem *pb = au->pb;
        const struct ints *seats = &au->students[x].seats;
        cellset taken = 0;
        int owed = 0;

        for (int g = 0; g < pb->contract.n_full_day; g++)
                if (pb->contract.full_day[g].grade == pb->students[x].grade)
                        owed = pb->contract.full_day[g].count;
        for (int i = 0; i < seats->n; i++) {
                const struct seen *s = &au->sections[seats->v[i]];

                if (s == audit_seat(au, x, s->said->course))
                        taken |= s->cells;
        }
        for (int t = 0; owed && t < pb->n_terms; t++) {
                int n = 0;

                for (int p = 0; p < pb->n_periods; p++)
                        n += (int)(taken >> (t * pb->n_periods + p) & 1);
                tier[EMPTY_PERIODS] += n < owed ? owed - n : 0;
        }
}

/* Whole numbers of 1/year_unit years; the denominators divide the unit. */
static int64_t units(const struct problem *pb, struct ratio r)
{
        const int64_t whole = r.num / r.den, rest = r.num % r.den;
        int64_t a = rest < 0 ? -rest : rest, b = r.den;

        while (a) {
                const int64_t next = b % a;

                b = a;
                a = next;
        }
        return whole * pb->year_unit + rest / b * (pb->year_unit / (r.den / b));
}

static int64_t course_units(const struct problem *pb, const struct course *c)
{
        struct ratio years = {c->terms, pb->n_terms};

        if (c->credits_given)
                years = (struct ratio){c->credits_stated.num, c->credits_stated.den * 10};
        return units(pb, years);
}

/* Units completed before this year: the student's own, else what the requirement asked by last
 * year. */
static int64_t units_before(const struct problem *pb, const struct student *st, int q)
{
        const struct requirement *rq = &pb->requirements[q];
        int64_t most = 0;

        for (int i = 0; i < st->n_years; i++)
                if (st->years[i].requirement == q)
                        return units(pb, st->years[i].stated);
        for (int i = 0; i < st->n_years; i++)
                if (rq->area >= 0 && st->years[i].area == rq->area)
                        return units(pb, st->years[i].stated);
        for (int g = 0; g < rq->n_by; g++)
                if (rq->by[g].grade < st->grade && units(pb, rq->by[g].stated) > most)
                        most = units(pb, rq->by[g].stated);
        return most;
}

static int64_t shortfall(const struct audit *au, int x, int q)
{
        const struct problem *pb = au->pb;
        const struct requirement *rq = &pb->requirements[q];
        const struct student *st = &pb->students[x];
        const struct ints *seats = &au->students[x].seats;
        int64_t owed = 0;
        bool asked = false;

        for (int g = 0; g < rq->n_by; g++)
                if (rq->by[g].grade == st->grade) {
                        owed = units(pb, rq->by[g].stated);
                        asked = true;
                }
        if (!asked || !audit_is_of(au, x, rq->whom))
                return 0;
        owed -= units_before(pb, st, q);
        for (int i = 0; i < seats->n; i++) {
                const int course = au->sections[seats->v[i]].said->course;
                const struct course *c = &pb->courses[course];

                if (i > 0 && au->sections[seats->v[i - 1]].said->course == course)
                        continue;
                if (rq->courses.given ? ints_has(&rq->courses, course)
                                      : rq->area >= 0 && c->area == rq->area)
                        owed -= course_units(pb, c);
        }
        return owed > 0 ? owed : 0;
}

static void count_planning(const struct audit *au, int64_t *tier)
{
        const struct problem *pb = au->pb;

        for (int w = 0; w < pb->n_pathways; w++) {
                const struct pathway *pw = &pb->pathways[w];
                cellset missing = 0;

                for (int i = 0; i < pw->team.n; i++) {
                        const struct ints *list = &au->taught[pw->team.v[i]];

                        missing |= ~pb->teachers[pw->team.v[i]].available;
                        for (int j = 0; j < list->n; j++)
                                missing |= au->sections[list->v[j]].cells;
                }
                for (int t = 0; t < pb->n_terms; t++) {
                        int n = 0;

                        for (int p = 0; p < pb->n_periods; p++)
                                n += !(missing >> (t * pb->n_periods + p) & 1);
                        if (n < pw->common_planning)
                                tier[PLANNING_MISSED] += pw->common_planning - n;
                }
        }
}

static void count_imbalance(const struct audit *au, int64_t *tier)
{
        for (int c = 0; c < au->pb->n_courses; c++) {
                const struct course_facts *f = &au->courses[c];
                int least = -1, most = -1;

                for (int i = f->first; i < f->first + f->n; i++) {
                        const struct seen *s = &au->sections[i];

                        if (s->said->cohort != NONE)
                                continue;
                        if (least < 0 || s->listed < least)
                                least = s->listed;
                        if (s->listed > most)
                                most = s->listed;
                }
                if (most - least > 3)
                        tier[IMBALANCE] += most - least - 3;
        }
}

static void count_away(const struct audit *au, int64_t *tier)
{
        const struct problem *pb = au->pb;

        for (int i = 0; i < au->n_sections; i++) {
                const struct seen *s = &au->sections[i];
                const int t = s->said->teacher;
                const int home = t >= 0 && t < pb->n_teachers ? pb->teachers[t].home : -1;

                tier[AWAY] += home >= 0 && s->course->room_type >= 0 && s->said->room != home &&
                              ints_has(&pb->rooms[home].types, s->course->room_type);
        }
}

/* A seat is a student and a course: were one listed twice in the previous schedule, the first
 * counts. */
static void count_moved(const struct audit *au, int64_t *tier)
{
        const struct problem *pb = au->pb;
        bool *counted = arena_array(au->arena, (size_t)pb->n_requests + 1, sizeof *counted);

        for (int i = 0; i < pb->n_past; i++) {
                const struct past_seat *was = &pb->past[i];
                const struct seen *now = audit_seat(au, was->student, was->course);
                const struct ints *wishes = &au->students[was->student].requests;

                for (int j = 0; now && j < wishes->n; j++) {
                        const int r = wishes->v[j];

                        if (pb->requests[r].course != was->course || counted[r])
                                continue;
                        counted[r] = true;
                        tier[MOVED] += now->cells != was->cells ||
                                       now->said->teacher != was->teacher ||
                                       was->teacher == UNKNOWN;
                }
        }
}

void audit_score(struct audit *au)
{
        int64_t *tier = au->v->score.tier;

        count_sections(au, tier);
        for (int x = 0; x < au->pb->n_students; x++) {
                count_requests(au, x, tier);
                count_empty(au, x, tier);
                for (int q = 0; q < au->pb->n_requirements; q++)
                        tier[REQUIREMENT_SHORTFALL] += shortfall(au, x, q);
        }
        count_planning(au, tier);
        count_imbalance(au, tier);
        count_away(au, tier);
        count_moved(au, tier);
}
