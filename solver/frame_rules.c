/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/frame.h"
#include <string.h>

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

static void student_needs(struct frame *f, int k, int *n_needs, int *n_requests, bool fill)
{
        const struct problem *pb = f->pb;
        const struct student *who = &pb->students[k];

        for (int i = 0; i < pb->n_requirements; i++) {
                int64_t asked = problem_years_asked(pb, k, i);
                int first = *n_requests;
                if (asked <= 0)
                        continue;
                for (int j = 0; j < who->n_requests; j++) {
                        int r = who->first_request + j;
                        if (!problem_counts_for(pb, i, pb->requests[r].course))
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

static void plain_students(struct frame *f)
{
        const struct problem *pb = f->pb;

        f->student_plain = arena_array(f->arena, (size_t)pb->n_students + 1, sizeof(bool));
        for (int k = 0; k < pb->n_students; k++)
                f->student_plain[k] = true;
        for (int r = 0; r < pb->n_requests; r++) {
                const struct course *c = &pb->courses[pb->requests[r].course];
                if (c->off_campus != OFF_NO || c->travel > 0)
                        f->student_plain[pb->requests[r].student] = false;
        }
}

static bool is_simple(const struct frame *f, int k)
{
        const struct problem *pb = f->pb;
        const struct student *who = &pb->students[k];

        if (f->student_flag_rules[k].n || f->student_apart[k].n || f->student_avoid[k].n ||
                f->student_free[k].n || who->available != pb->all_cells ||
                f->pair_first[k] < f->pair_first[k + 1] ||
                (who->cohort >= 0 && pb->cohorts[who->cohort].strands))
                return false;
        for (int r = who->first_request; r < who->first_request + who->n_requests; r++) {
                const struct request *q = &pb->requests[r];
                if (f->locked_seat[r] >= 0 || q->max_section < pb->courses[q->course].sections_max)
                        return false;
        }
        return true;
}

static void simple_students(struct frame *f)
{
        f->student_simple = arena_array(f->arena, (size_t)f->pb->n_students + 1, sizeof(bool));
        for (int k = 0; k < f->pb->n_students; k++)
                f->student_simple[k] = is_simple(f, k);
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
        plain_students(f);
        simple_students(f);
}

bool frame_is_member(const struct problem *pb, int student, int cohort)
{
        const struct cohort *h = &pb->cohorts[cohort];

        if (h->purity_of_pathway)
                return pb->students[student].pathway == h->pathway;
        return pb->students[student].cohort == cohort;
}

const enum tier student_tiers[N_STUDENT_TIERS] = {
        CTE_UNMET,
        COHORT_BREAKS,
        REQUIREMENT_SHORTFALL,
        REQUIRED_UNMET,
        EMPTY_PERIODS,
        REQUEST_LOSS,
        UNEVEN,
        MOVED,
};

/* As well as it can go, for the search to tell who lacks something: not a proven bound. */
static struct student_cost floor_of_student(const struct frame *f, int k)
{
        const struct problem *pb = f->pb;
        const struct student *who = &pb->students[k];
        struct student_cost out = {0};
        int64_t cells = 0;
        int lost = 0, alternates = 0;

        for (int r = who->first_request; r < who->first_request + who->n_requests; r++) {
                const struct request *q = &pb->requests[r];
                const struct course *c = &pb->courses[q->course];
                bool open = q->admitted && c->sections_max > 0 && c->may_start;
                if (q->kind == ALTERNATE) {
                        alternates += open;
                } else if (open) {
                        cells += (int64_t)c->periods * c->terms;
                } else {
                        lost++;
                        out.v[0] += q->cte;
                        out.v[3] += !q->cte && q->kind == REQUIRED;
                }
        }
        out.v[5] = 4 * lost - 3 * (alternates < lost ? alternates : lost);
        out.v[6] = lost > 1 ? lost - 1 : 0;
        int64_t owed = (int64_t)who->full_day * pb->n_terms - cells;
        out.v[4] = owed > 0 && !alternates ? owed : 0;
        for (int i = f->need_first[k]; i < f->need_first[k + 1]; i++) {
                int64_t rest = f->needs[i].years;
                for (int j = 0; j < f->needs[i].n; j++) {
                        int r = f->need_requests[f->needs[i].first + j];
                        rest -= pb->courses[pb->requests[r].course].years;
                }
                out.v[2] += rest > 0 ? rest : 0;
        }
        return out;
}

void frame_floors(struct frame *f)
{
        f->floor = arena_array(f->arena, (size_t)f->pb->n_students + 1, sizeof *f->floor);
        for (int k = 0; k < f->pb->n_students; k++)
                f->floor[k] = floor_of_student(f, k);
}
