/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/frame.h"
#include <string.h>

/* Lists of lists are filled in two passes: count, then place. */
static void ints_push(struct arena *a, struct ints *list, int x)
{
        if ((list->n & (list->n - 1)) == 0) {
                int *v = arena_array(a, list->n ? (size_t)list->n * 2 : 1, sizeof *v);
                if (list->n)
                        memcpy(v, list->v, (size_t)list->n * sizeof *v);
                list->v = v;
        }
        list->v[list->n++] = x;
}

static struct ints *lists_of(struct frame *f, int n)
{
        return arena_array(f->arena, (size_t)n + 1, sizeof(struct ints));
}

static void separate_rules(struct frame *f)
{
        const struct problem *pb = f->pb;

        f->course_separate = lists_of(f, pb->n_courses);
        f->separate_rule = arena_array(f->arena, (size_t)pb->n_rules + 1, sizeof(int));
        for (int i = 0; i < pb->n_rules; i++) {
                if (pb->rules[i].kind != RULE_SEPARATE)
                        continue;
                for (int j = 0; j < pb->rules[i].courses.n; j++) {
                        struct ints *list = &f->course_separate[pb->rules[i].courses.v[j]];
                        if (!ints_has(list, f->n_separate))
                                ints_push(f->arena, list, f->n_separate);
                }
                f->separate_rule[f->n_separate++] = i;
        }
}

static bool holds_any(const struct ints *has, const struct ints *asked)
{
        for (int i = 0; i < asked->n; i++)
                if (ints_has(has, asked->v[i]))
                        return true;
        return false;
}

static void flag_rule(struct frame *f, int rule)
{
        const struct problem *pb = f->pb;
        const struct rule *r = &pb->rules[rule];
        int x = f->n_flag_rules++;

        f->flag_rules[x] = (struct flag_rule){rule, r->credentials, r->kind == RULE_LIMIT};
        for (int c = 0; c < pb->n_courses; c++) {
                bool applies = r->kind == RULE_NEEDS
                                       ? pb->courses[c].staffed
                                       : !r->courses.given || ints_has(&r->courses, c);
                f->flag_rule_applies[x * pb->n_courses + c] = applies;
                if (r->kind == RULE_LIMIT)
                        f->flag_rule_cap[x * pb->n_courses + c] =
                                ratio_floor_times(r->share, pb->courses[c].size_max);
        }
        for (int t = 0; t < pb->n_teachers; t++)
                f->teacher_has[x * pb->n_teachers + t] =
                        holds_any(&pb->teachers[t].credentials, &r->credentials);
        for (int k = 0; k < pb->n_students; k++)
                if (problem_has_flag(pb, k, r->flag))
                        ints_push(f->arena, &f->student_flag_rules[k], x);
}

static void flag_rules(struct frame *f)
{
        const struct problem *pb = f->pb;
        int n = 0;

        for (int i = 0; i < pb->n_rules; i++)
                n += pb->rules[i].kind == RULE_NEEDS || pb->rules[i].kind == RULE_LIMIT;
        f->flag_rules = arena_array(f->arena, (size_t)n + 1, sizeof *f->flag_rules);
        f->flag_rule_applies = arena_array(f->arena, (size_t)(n * pb->n_courses) + 1, sizeof(bool));
        f->flag_rule_cap = arena_array(f->arena, (size_t)(n * pb->n_courses) + 1, sizeof(int));
        f->teacher_has = arena_array(f->arena, (size_t)(n * pb->n_teachers) + 1, sizeof(bool));
        f->student_flag_rules = lists_of(f, pb->n_students);
        for (int i = 0; i < pb->n_rules; i++)
                if (pb->rules[i].kind == RULE_NEEDS || pb->rules[i].kind == RULE_LIMIT)
                        flag_rule(f, i);
}

static void people_rules(struct frame *f)
{
        const struct problem *pb = f->pb;

        f->student_apart = lists_of(f, pb->n_students);
        f->student_avoid = lists_of(f, pb->n_students);
        f->student_free = lists_of(f, pb->n_students);
        f->teacher_free = lists_of(f, pb->n_teachers);
        for (int i = 0; i < pb->n_rules; i++) {
                const struct rule *r = &pb->rules[i];
                for (int j = 0; r->kind == RULE_APART && j < r->students.n; j++)
                        ints_push(f->arena, &f->student_apart[r->students.v[j]], i);
                if (r->kind == RULE_AVOID)
                        ints_push(f->arena, &f->student_avoid[r->student], r->teacher);
                for (int j = 0; r->kind == RULE_FREE && j < r->students.n; j++)
                        ints_push(f->arena, &f->student_free[r->students.v[j]], i);
                for (int j = 0; r->kind == RULE_FREE && j < r->teachers.n; j++)
                        ints_push(f->arena, &f->teacher_free[r->teachers.v[j]], i);
        }
        f->teacher_pathways = lists_of(f, pb->n_teachers);
        for (int p = 0; p < pb->n_pathways; p++)
                for (int j = 0; pb->pathways[p].common_planning > 0 && j < pb->pathways[p].team.n;
                        j++)
                        ints_push(f->arena, &f->teacher_pathways[pb->pathways[p].team.v[j]], p);
}

/* Pairs of one student's requests: consecutive seats of `before` are taken as all ordered pairs, as
 * a student may miss the course between. */
static int pairs_of(
        const struct problem *pb, int student, const struct rule *r, struct seat_pair *out)
{
        int n = 0;

        for (int i = 0; i < r->courses.n; i++) {
                int a = problem_request_of(pb, student, r->courses.v[i]);
                for (int j = i + 1; a >= 0 && j < r->courses.n; j++) {
                        int b = problem_request_of(pb, student, r->courses.v[j]);
                        if (b < 0 || a == b)
                                continue;
                        if (out)
                                out[n] = (struct seat_pair){a, b, r->kind == RULE_BEFORE};
                        n++;
                }
        }
        return n;
}

static int pair_rules(struct frame *f, struct seat_pair *out)
{
        const struct problem *pb = f->pb;
        int n = 0;

        for (int k = 0; k < pb->n_students; k++) {
                f->pair_first[k] = n;
                for (int i = 0; i < pb->n_rules; i++)
                        if (pb->rules[i].kind == RULE_BEFORE ||
                                pb->rules[i].kind == RULE_SAME_STUDENTS)
                                n += pairs_of(pb, k, &pb->rules[i], out ? out + n : NULL);
        }
        f->pair_first[pb->n_students] = n;
        return n;
}

/* Requirements. */

static int64_t in_units(const struct problem *pb, struct ratio years)
{
        return years.num * (pb->year_unit / years.den);
}

static int64_t years_before(const struct problem *pb, const struct student *who, int requirement)
{
        const struct requirement *q = &pb->requirements[requirement];
        int64_t lower = 0;

        for (int i = 0; i < who->n_years; i++)
                if (who->years[i].requirement == requirement)
                        return in_units(pb, who->years[i].stated);
        for (int i = 0; i < who->n_years; i++)
                if (q->area >= 0 && who->years[i].requirement < 0 && who->years[i].area == q->area)
                        return in_units(pb, who->years[i].stated);
        for (int i = 0; i < q->n_by; i++)
                if (q->by[i].grade < who->grade && q->by[i].years > lower)
                        lower = q->by[i].years;
        return lower;
}

static int64_t years_asked(const struct problem *pb, int student, int requirement)
{
        const struct requirement *q = &pb->requirements[requirement];
        const struct student *who = &pb->students[student];

        if (!problem_is_of(pb, student, q->whom))
                return 0;
        for (int i = 0; i < q->n_by; i++)
                if (q->by[i].grade == who->grade)
                        return q->by[i].years - years_before(pb, who, requirement);
        return 0;
}

static bool counts_for(const struct problem *pb, const struct requirement *q, int course)
{
        return q->area >= 0 ? pb->courses[course].area == q->area : ints_has(&q->courses, course);
}

static void student_needs(struct frame *f, int k, int *n_needs, int *n_requests, bool fill)
{
        const struct problem *pb = f->pb;
        const struct student *who = &pb->students[k];

        for (int i = 0; i < pb->n_requirements; i++) {
                int64_t asked = years_asked(pb, k, i);
                int first = *n_requests;
                if (asked <= 0)
                        continue;
                for (int j = 0; j < who->n_requests; j++) {
                        int r = who->first_request + j;
                        if (!counts_for(pb, &pb->requirements[i], pb->requests[r].course))
                                continue;
                        if (fill)
                                f->need_requests[*n_requests] = r;
                        ++*n_requests;
                }
                if (fill)
                        f->needs[*n_needs] = (struct need){asked, first, *n_requests - first};
                ++*n_needs;
        }
}

static void needs_of_students(struct frame *f)
{
        const struct problem *pb = f->pb;
        int n = 0, m = 0;

        for (int k = 0; k < pb->n_students; k++)
                student_needs(f, k, &n, &m, false);
        f->needs = arena_array(f->arena, (size_t)n + 1, sizeof *f->needs);
        f->need_requests = arena_array(f->arena, (size_t)m + 1, sizeof(int));
        f->need_first = arena_array(f->arena, (size_t)pb->n_students + 2, sizeof(int));
        n = m = 0;
        for (int k = 0; k < pb->n_students; k++) {
                f->need_first[k] = n;
                student_needs(f, k, &n, &m, true);
        }
        f->need_first[pb->n_students] = n;
}

static void cohort_tables(struct frame *f)
{
        const struct problem *pb = f->pb;

        f->course_place =
                arena_array(f->arena, (size_t)(pb->n_cohorts * pb->n_courses) + 1, sizeof(int));
        for (int i = 0; i < pb->n_cohorts * pb->n_courses; i++)
                f->course_place[i] = NONE;
        for (int h = 0; h < pb->n_cohorts; h++) {
                const struct cohort *cohort = &pb->cohorts[h];
                for (int i = 0; i < cohort->courses.n; i++)
                        f->course_place[h * pb->n_courses + cohort->courses.v[i]] = i;
                if (!cohort->strands)
                        continue;
                f->has_strands = true;
                if (cohort->courses.n > f->strand_width)
                        f->strand_width = cohort->courses.n;
        }
        f->counted_break = arena_array(f->arena, (size_t)pb->n_requests + 1, sizeof(bool));
        for (int r = 0; r < pb->n_requests; r++) {
                int h = pb->students[pb->requests[r].student].cohort;
                f->counted_break[r] =
                        h >= 0 && pb->requests[r].kind != ALTERNATE &&
                        f->course_place[h * pb->n_courses + pb->requests[r].course] >= 0;
        }
}

void frame_rules(struct frame *f)
{
        separate_rules(f);
        flag_rules(f);
        people_rules(f);
        f->pair_first = arena_array(f->arena, (size_t)f->pb->n_students + 2, sizeof(int));
        f->pairs = arena_array(f->arena, (size_t)pair_rules(f, NULL) + 1, sizeof *f->pairs);
        pair_rules(f, f->pairs);
        needs_of_students(f);
        cohort_tables(f);
}

bool frame_is_member(const struct problem *pb, int student, int cohort)
{
        const struct cohort *h = &pb->cohorts[cohort];

        if (h->purity_of_pathway)
                return pb->students[student].pathway == h->pathway;
        return pb->students[student].cohort == cohort;
}

/* Weights: an unmet elective is 100,000. They only steer; results are compared tier by tier. */

static const int64_t natural[N_TIERS] = {
        [CTE_UNMET] = 3000000,
        [CTE_UNPLACED] = 3000000,
        [COHORT_BREAKS] = 1000000,
        [REQUIREMENT_SHORTFALL] = 600000, /* a year */
        [REQUIRED_UNMET] = 300000,
        [EMPTY_PERIODS] = 60000,
        [REQUEST_LOSS] = 25000,
        [UNEVEN] = 4000,
        [UNPLACED] = 1500,
        [PLANNING_MISSED] = 60000,
        [IMBALANCE] = 60,
        [EXTRA_SECTIONS] = 30,
        [AWAY] = 15,
        [MOVED] = 5,
};

static int64_t floor_of_student(const struct frame *f, int k)
{
        const struct problem *pb = f->pb;
        const struct student *who = &pb->students[k];
        int64_t energy = 0, cells = 0;
        int lost = 0, alternates = 0;

        for (int j = 0; j < who->n_requests; j++) {
                int r = who->first_request + j;
                const struct course *c = &pb->courses[pb->requests[r].course];
                bool open = pb->requests[r].admitted && c->sections_max > 0 && c->may_start;
                if (pb->requests[r].kind == ALTERNATE) {
                        alternates += open;
                        continue;
                }
                if (open) {
                        cells += (int64_t)c->periods * c->terms;
                        continue;
                }
                energy += f->unmet_cost[r];
                lost++;
        }
        energy += lost > 1 ? (lost - 1) * f->weight[UNEVEN] : 0;
        energy -= 3 * f->weight[REQUEST_LOSS] * (alternates < lost ? alternates : lost);
        int64_t owed = (int64_t)who->full_day * pb->n_terms - cells;
        if (owed > 0 && !alternates)
                energy += owed * f->weight[EMPTY_PERIODS];
        for (int i = f->need_first[k]; i < f->need_first[k + 1]; i++) {
                int64_t rest = f->needs[i].years;
                for (int j = 0; j < f->needs[i].n; j++)
                        rest -= pb->courses[pb->requests[f->need_requests[f->needs[i].first + j]]
                                                    .course]
                                        .years;
                energy += rest > 0 ? rest * f->weight[REQUIREMENT_SHORTFALL] : 0;
        }
        return energy;
}

void frame_weights(struct frame *f)
{
        const struct problem *pb = f->pb;
        int64_t below = 0;

        for (int i = N_TIERS - 1; i >= 0; i--) {
                enum tier t = pb->order[i];
                f->weight[t] = natural[t];
                below = f->weight[t];
                if (t == REQUIREMENT_SHORTFALL)
                        f->weight[t] =
                                f->weight[t] / pb->year_unit > 0 ? f->weight[t] / pb->year_unit : 1;
                if (below > (int64_t)1 << 40)
                        below = (int64_t)1 << 40;
        }
        f->elective = 4 * f->weight[REQUEST_LOSS];
        f->weight_least = 2 * f->elective;
        f->weight_purity = 4 * f->elective;
        f->weight_lock = 50 * f->elective;
        f->unmet_cost = arena_array(f->arena, (size_t)pb->n_requests + 1, sizeof(int64_t));
        for (int r = 0; r < pb->n_requests; r++) {
                const struct request *q = &pb->requests[r];
                if (q->kind == ALTERNATE)
                        continue;
                f->unmet_cost[r] = 4 * f->weight[REQUEST_LOSS];
                if (q->cte)
                        f->unmet_cost[r] += f->weight[CTE_UNMET];
                else if (q->kind == REQUIRED)
                        f->unmet_cost[r] += f->weight[REQUIRED_UNMET];
        }
        f->floor = arena_array(f->arena, (size_t)pb->n_students + 1, sizeof(int64_t));
        for (int k = 0; k < pb->n_students; k++)
                f->floor[k] = floor_of_student(f, k);
}
