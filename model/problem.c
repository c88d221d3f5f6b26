/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/problem.h"
#include <string.h>

struct problem *problem_new(void)
{
        struct arena *a = arena_new();
        struct problem *pb = arena_alloc(a, sizeof *pb);

        pb->arena = a;
        pb->contract.limits = (struct limits){NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT};
        pb->contract.size_min = pb->contract.size_target = pb->contract.size_max = -1;
        pb->term_ids = index_new();
        pb->period_ids = index_new();
        pb->teacher_ids = index_new();
        pb->room_ids = index_new();
        pb->course_ids = index_new();
        pb->pathway_ids = index_new();
        pb->cohort_ids = index_new();
        pb->requirement_ids = index_new();
        pb->student_ids = index_new();
        pb->credentials = index_new();
        pb->room_types = index_new();
        pb->areas = index_new();
        pb->flags = index_new();
        return pb;
}

void problem_free(struct problem *pb)
{
        if (!pb)
                return;
        index_free(pb->term_ids);
        index_free(pb->period_ids);
        index_free(pb->teacher_ids);
        index_free(pb->room_ids);
        index_free(pb->course_ids);
        index_free(pb->pathway_ids);
        index_free(pb->cohort_ids);
        index_free(pb->requirement_ids);
        index_free(pb->student_ids);
        index_free(pb->credentials);
        index_free(pb->room_types);
        index_free(pb->areas);
        index_free(pb->flags);
        arena_free(pb->arena);
}

void ints_push(struct arena *a, struct ints *list, int x)
{
        if ((list->n & (list->n - 1)) == 0) {
                int *v = arena_array(a, list->n ? (size_t)list->n * 2 : 1, sizeof *v);
                if (list->n)
                        memcpy(v, list->v, (size_t)list->n * sizeof *v);
                list->v = v;
        }
        list->v[list->n++] = x;
        list->given = true;
}

bool ints_has(const struct ints *list, int x)
{
        for (int i = 0; i < list->n; i++)
                if (list->v[i] == x)
                        return true;
        return false;
}

bool problem_has_flag(const struct problem *pb, int student, int flag)
{
        return ints_has(&pb->students[student].flags, flag);
}

static bool share_one(const struct ints *a, const struct ints *b)
{
        for (int i = 0; i < a->n; i++)
                if (ints_has(b, a->v[i]))
                        return true;
        return false;
}

bool problem_has_needed(const struct problem *pb, int course, const struct rule *rule)
{
        const struct course *c = &pb->courses[course];

        if (!c->staffed)
                return true;
        for (int t = 0; t < pb->n_teachers; t++) {
                const struct ints *has = &pb->teachers[t].credentials;
                if (share_one(has, &rule->credentials) &&
                        (ints_has(&c->able_teachers, t) ||
                                (c->support.given && share_one(has, &c->support.credentials))))
                        return true;
        }
        return false;
}

bool problem_is_ruled_out(const struct problem *pb, int request)
{
        const struct request *q = &pb->requests[request];

        for (int i = 0; i < pb->n_rules; i++)
                if (pb->rules[i].kind == RULE_NEEDS &&
                        problem_has_flag(pb, q->student, pb->rules[i].flag) &&
                        !problem_has_needed(pb, q->course, &pb->rules[i]))
                        return true;
        return false;
}

bool problem_is_of(const struct problem *pb, int student, struct who who)
{
        const struct student *st = &pb->students[student];

        if (who.pathway != NONE && who.pathway != st->pathway)
                return false;
        if (who.cohort != NONE && who.cohort != st->cohort)
                return false;
        return who.flag == NONE || ints_has(&st->flags, who.flag);
}

int problem_request_of(const struct problem *pb, int student, int course)
{
        const struct student *st = &pb->students[student];

        for (int r = st->first_request; r < st->first_request + st->n_requests; r++)
                if (pb->requests[r].course == course)
                        return r;
        return -1;
}

int ratio_floor_times(struct ratio r, int64_t count)
{
        return (int)(r.num * count / r.den);
}

const char *rule_kind_name(enum rule_kind kind)
{
        static const char *const names[N_RULE_KINDS] = {
                [RULE_SEPARATE] = "separate",
                [RULE_STACK] = "stack",
                [RULE_SAME_PERIOD] = "same_period",
                [RULE_ADJACENT] = "adjacent",
                [RULE_SAME_TEACHER] = "same_teacher",
                [RULE_SAME_STUDENTS] = "same_students",
                [RULE_BEFORE] = "before",
                [RULE_NEEDS] = "needs",
                [RULE_LIMIT] = "limit",
                [RULE_APART] = "apart",
                [RULE_AVOID] = "avoid",
                [RULE_FREE] = "free",
        };

        return names[kind];
}

cellset problem_cells_of_periods(const struct problem *pb, uint64_t periods)
{
        cellset cells = 0;

        if (pb->n_periods < MAX_CELLS)
                periods &= ((uint64_t)1 << pb->n_periods) - 1;
        for (int t = 0; t < pb->n_terms; t++)
                cells |= periods << (t * pb->n_periods);
        return cells;
}

int problem_longest_run(const struct problem *pb, cellset taken, int term)
{
        int longest = 0, run = 0;

        for (int p = 0; p < pb->n_periods; p++) {
                const int cell = term * pb->n_periods + p;

                run = taken >> cell & 1 ? run + 1 : 0;
                if (run > longest)
                        longest = run;
                if (!pb->periods[p].joins_next)
                        run = 0;
        }
        return longest;
}
