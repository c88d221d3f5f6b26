/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sizes, section counts, pathways and cohorts as the format defines them, from what is stated. */
#include "model/verify_audit.h"

static void sizes(struct audit *au, int course)
{
        const struct contract *con = &au->pb->contract;
        const struct course *c = &au->pb->courses[course];
        struct course_facts *f = &au->courses[course];

        f->size_max = c->size_max_stated;
        if (f->size_max < 0)
                f->size_max = con->size_max < 0 ? 36 : con->size_max;
        f->size_min = c->size_min_stated;
        if (f->size_min < 0) {
                f->size_min = con->size_min < 0 ? 1 : con->size_min;
                if (f->size_min > f->size_max)
                        f->size_min = f->size_max;
        }
}

static int target(const struct audit *au, int course)
{
        const struct course *c = &au->pb->courses[course];

        if (c->size_target_stated >= 0)
                return c->size_target_stated;
        if (c->size_max_stated >= 0 || au->pb->contract.size_target < 0)
                return au->courses[course].size_max;
        return au->pb->contract.size_target;
}

/* Sections stated, or computed from the primary requests. */
static void own_counts(struct audit *au)
{
        const struct problem *pb = au->pb;
        int *primary = arena_array(au->arena, (size_t)pb->n_courses + 1, sizeof *primary);

        for (int r = 0; r < pb->n_requests; r++)
                primary[pb->requests[r].course] += pb->requests[r].kind != ALTERNATE;
        for (int i = 0; i < pb->n_courses; i++) {
                const struct course *c = &pb->courses[i];
                struct course_facts *f = &au->courses[i];
                const int aim = target(au, i) > 0 ? target(au, i) : 1;

                f->lo = c->sections_given ? c->sections_min_stated : (primary[i] + aim - 1) / aim;
                f->hi = c->sections_given ? c->sections_max_stated : f->lo;
        }
}

static bool wants_equal_counts(enum rule_kind kind)
{
        switch (kind) {
        case RULE_STACK:
        case RULE_SAME_PERIOD:
        case RULE_ADJACENT:
        case RULE_SAME_TEACHER:
        case RULE_SAME_STUDENTS:
                return true;
        default:
                return false;
        }
}

/* Within one rule the open courses take what a stated (or settled) one has, else the largest. */
static bool level_rule(struct audit *au, const struct rule *ru, bool *settled)
{
        bool changed = false;
        int best = -1;

        for (int i = 0; i < ru->courses.n; i++) {
                const int c = ru->courses.v[i];

                if (best < 0 || (settled[c] && !settled[best]) ||
                        (settled[c] == settled[best] && au->courses[c].hi > au->courses[best].hi))
                        best = c;
        }
        for (int i = 0; i < ru->courses.n; i++) {
                const int c = ru->courses.v[i];
                struct course_facts *f = &au->courses[c];

                if (settled[c] || (f->hi == au->courses[best].hi && !settled[best]))
                        continue;
                f->lo = au->courses[best].lo;
                f->hi = au->courses[best].hi;
                settled[c] = settled[best];
                changed = true;
        }
        return changed;
}

static void counts(struct audit *au)
{
        const struct problem *pb = au->pb;
        bool *settled = arena_array(au->arena, (size_t)pb->n_courses + 1, sizeof *settled);
        bool changed = true;

        own_counts(au);
        for (int c = 0; c < pb->n_courses; c++)
                settled[c] = pb->courses[c].sections_given;
        while (changed) {
                changed = false;
                for (int i = 0; i < pb->n_rules; i++)
                        if (wants_equal_counts(pb->rules[i].kind))
                                changed |= level_rule(au, &pb->rules[i], settled);
        }
}

static void stacks(struct audit *au)
{
        const struct problem *pb = au->pb;

        for (int c = 0; c < pb->n_courses; c++)
                au->courses[c].stack = -1;
        for (int i = 0; i < pb->n_rules; i++)
                for (int j = 0; pb->rules[i].kind == RULE_STACK && j < pb->rules[i].courses.n; j++)
                        au->courses[pb->rules[i].courses.v[j]].stack = i;
}

static void belongings(struct audit *au)
{
        const struct problem *pb = au->pb;

        for (int i = 0; i < pb->n_students; i++) {
                const struct student *st = &pb->students[i];
                struct student_facts *f = &au->students[i];

                f->pathway = st->pathway_stated;
                f->cohort = st->cohort_stated >= 0 ? st->cohort_stated : -1;
                if (f->cohort >= 0 && f->pathway < 0)
                        f->pathway = pb->cohorts[f->cohort].pathway;
                if (st->cohort_stated != COHORT_DEFAULT || f->pathway < 0)
                        continue;
                for (int k = pb->n_cohorts - 1; k >= 0; k--)
                        if (pb->cohorts[k].pathway == f->pathway &&
                                pb->cohorts[k].grade == st->grade)
                                f->cohort = k;
        }
}

static void requests(struct audit *au)
{
        const struct problem *pb = au->pb;
        int *count = arena_array(au->arena, (size_t)pb->n_students + 1, sizeof *count);

        for (int r = 0; r < pb->n_requests; r++)
                count[pb->requests[r].student]++;
        for (int i = 0; i < pb->n_students; i++)
                au->students[i].requests.v =
                        arena_array(au->arena, (size_t)count[i] + 1, sizeof(int));
        for (int r = 0; r < pb->n_requests; r++) {
                struct ints *list = &au->students[pb->requests[r].student].requests;

                list->v[list->n++] = r;
        }
}

bool audit_is_of(const struct audit *au, int student, struct who who)
{
        const struct student_facts *f = &au->students[student];

        return (who.pathway == -1 || who.pathway == f->pathway) &&
               (who.cohort == -1 || who.cohort == f->cohort) &&
               (who.flag == -1 || ints_has(&au->pb->students[student].flags, who.flag));
}

void audit_facts(struct audit *au)
{
        const struct problem *pb = au->pb;

        au->courses = arena_array(au->arena, (size_t)pb->n_courses + 1, sizeof *au->courses);
        au->students = arena_array(au->arena, (size_t)pb->n_students + 1, sizeof *au->students);
        for (int c = 0; c < pb->n_courses; c++)
                sizes(au, c);
        counts(au);
        stacks(au);
        belongings(au);
        requests(au);
}
