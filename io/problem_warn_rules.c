/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/problem_warn_rules.h"

static const char *plural(int n)
{
        return n == 1 ? "" : "s";
}

static void warn_before(const struct problem *pb, const struct rule *rule, struct report *rp)
{
        for (int i = 0; i + 1 < rule->courses.n; i++) {
                const struct course *a = &pb->courses[rule->courses.v[i]];
                const struct course *b = &pb->courses[rule->courses.v[i + 1]];
                if (a->terms + b->terms > pb->n_terms)
                        report_warn(rp, rule->at,
                                "nobody can take course '%s' before '%s': they run %d and %d of %d "
                                "term%s",
                                a->id, b->id, a->terms, b->terms, pb->n_terms, plural(pb->n_terms));
        }
}

static void warn_adjacent(const struct problem *pb, const struct rule *rule, struct report *rp)
{
        int longest = problem_longest_run(pb, pb->all_cells, 0), periods = 0;
        bool alike = true;

        for (int i = 0; i < rule->courses.n; i++) {
                const struct course *c = &pb->courses[rule->courses.v[i]];
                periods += c->periods;
                alike &= c->terms == pb->courses[rule->courses.v[0]].terms;
        }
        if (!alike)
                report_warn(rp, rule->at,
                        "adjacent courses run for different numbers of terms: of sections with one "
                        "number not all can be placed");
        else if (periods > longest)
                report_warn(rp, rule->at,
                        "adjacent courses take %d periods, but no run of periods is longer than "
                        "%d: of sections with one number not all can be placed",
                        periods, longest);
}

/* Requests of such students for courses that nobody of the kind can teach. */
static void warn_needs(const struct problem *pb, const struct rule *rule, struct report *rp)
{
        struct arena *a = arena_new();
        int *asked = arena_array(a, (size_t)pb->n_courses + 1, sizeof *asked), sum = 0;
        const char *which = "";

        for (int q = 0; q < pb->n_requests; q++) {
                const struct request *r = &pb->requests[q];
                asked[r->course] += r->admitted && r->kind != ALTERNATE &&
                                    problem_has_flag(pb, r->student, rule->flag);
        }
        for (int i = 0; i < pb->n_courses; i++) {
                if (!asked[i] || !pb->courses[i].able_teachers.n || problem_has_needed(pb, i, rule))
                        continue;
                which = arena_printf(
                        a, "%s%s%s %d", which, sum ? ", " : "", pb->courses[i].id, asked[i]);
                sum += asked[i];
        }
        if (sum)
                report_warn(rp, rule->at,
                        "%d primary request%s of students with flag '%s' cannot be met, as nobody "
                        "who may teach the course has the credential: %s",
                        sum, plural(sum), index_id(pb->flags, rule->flag), which);
        arena_free(a);
}

void warn_rules(const struct problem *pb, struct report *rp)
{
        for (int i = 0; i < pb->n_rules; i++) {
                const struct rule *rule = &pb->rules[i];
                if (rule->kind == RULE_BEFORE)
                        warn_before(pb, rule, rp);
                else if (rule->kind == RULE_ADJACENT)
                        warn_adjacent(pb, rule, rp);
                else if (rule->kind == RULE_NEEDS)
                        warn_needs(pb, rule, rp);
        }
}
