/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/problem_finish.h"

static void finish_sizes(struct problem *pb, struct course *c, struct report *rp)
{
        const struct contract *con = &pb->contract;
        const int usual_max = either(con->size_max, 36), usual_min = either(con->size_min, 1);

        c->size_max = either(c->size_max_stated, usual_max);
        c->size_min = either(c->size_min_stated, usual_min < c->size_max ? usual_min : c->size_max);
        c->size_target = c->size_max;
        if (c->size_target_stated >= 0)
                c->size_target = c->size_target_stated;
        else if (c->size_max_stated < 0 && con->size_target >= 0)
                c->size_target = con->size_target;
        if (c->size_min > c->size_max && c->size_max_stated < 0)
                report_error(rp, ERROR_INPUT, c->at,
                        "found a size min of %d for %s; expected at most %d, the max of the "
                        "contract",
                        c->size_min, c->id, c->size_max);
}

static bool is_alike(enum rule_kind kind)
{
        return kind == RULE_STACK || kind == RULE_SAME_PERIOD || kind == RULE_ADJACENT ||
               kind == RULE_SAME_TEACHER || kind == RULE_SAME_STUDENTS;
}

static int root_of(int *up, int c)
{
        while (up[c] != c)
                c = up[c] = up[up[c]];
        return c;
}

/* Groups of courses that rules tie to one number of sections; the root is the group's first course.
 */
static int *alike_groups(struct problem *pb)
{
        int *up = arena_array(pb->arena, (size_t)pb->n_courses + 1, sizeof *up);

        for (int c = 0; c < pb->n_courses; c++)
                up[c] = c;
        for (int i = 0; i < pb->n_rules; i++) {
                const struct rule *ru = &pb->rules[i];

                for (int j = 1; is_alike(ru->kind) && j < ru->courses.n; j++) {
                        const int a = root_of(up, ru->courses.v[0]);
                        const int b = root_of(up, ru->courses.v[j]);

                        up[a < b ? b : a] = a < b ? a : b;
                }
        }
        for (int c = 0; c < pb->n_courses; c++)
                up[c] = root_of(up, c);
        return up;
}

/* Section counts of the groups: what a member states, else the largest that a member computes. */
static void agree_sections(struct problem *pb, const int *group, struct report *rp)
{
        int *says = arena_array(pb->arena, (size_t)pb->n_courses + 1, sizeof *says);

        for (int c = 0; c < pb->n_courses; c++)
                says[c] = -1;
        for (int c = 0; c < pb->n_courses; c++) {
                const struct course *it = &pb->courses[c];
                int *first = &says[group[c]];

                if (!it->sections_given)
                        continue;
                if (*first < 0)
                        *first = c;
                else if (it->sections_min != pb->courses[*first].sections_min ||
                         it->sections_max != pb->courses[*first].sections_max)
                        report_error(rp, ERROR_INPUT, it->sections_at,
                                "found %d to %d sections of %s; expected %d to %d, as of %s, which "
                                "a rule ties to it",
                                it->sections_min, it->sections_max, it->id,
                                pb->courses[*first].sections_min, pb->courses[*first].sections_max,
                                pb->courses[*first].id);
        }
        for (int c = 0; c < pb->n_courses; c++) {
                int *first = &says[group[c]];

                if (*first < 0 ||
                        (!pb->courses[*first].sections_given &&
                                pb->courses[c].sections_max > pb->courses[*first].sections_max))
                        *first = c;
        }
        for (int c = 0; c < pb->n_courses; c++)
                if (!pb->courses[c].sections_given) {
                        pb->courses[c].sections_min = pb->courses[says[group[c]]].sections_min;
                        pb->courses[c].sections_max = pb->courses[says[group[c]]].sections_max;
                }
}

static void tally_requests(struct problem *pb)
{
        for (int c = 0; c < pb->n_courses; c++)
                pb->courses[c].n_requests = pb->courses[c].n_primary = 0;
        for (int r = 0; r < pb->n_requests; r++) {
                struct course *c = &pb->courses[pb->requests[r].course];

                c->n_requests++;
                c->n_primary += pb->requests[r].kind != ALTERNATE;
        }
}

static void count_sections(struct problem *pb, struct report *rp)
{
        tally_requests(pb);
        for (int c = 0; c < pb->n_courses; c++) {
                struct course *it = &pb->courses[c];
                const int target = it->size_target > 0 ? it->size_target : 1;

                it->sections_min = it->sections_min_stated;
                it->sections_max = it->sections_max_stated;
                if (!it->sections_given)
                        it->sections_min = it->sections_max = (it->n_primary + target - 1) / target;
        }
        agree_sections(pb, alike_groups(pb), rp);
}

static void number_sections(struct problem *pb, struct report *rp)
{
        int64_t total = 0;

        for (int c = 0; c < pb->n_courses; c++) {
                struct course *it = &pb->courses[c];

                total += it->sections_max;
                if (total > MAX_SECTIONS && total - it->sections_max <= MAX_SECTIONS)
                        report_error(rp, ERROR_INPUT, it->sections_at,
                                "found more than %d sections, counting those of %s; expected at "
                                "most %d",
                                MAX_SECTIONS, it->id, MAX_SECTIONS);
        }
        if (total > MAX_SECTIONS)
                return;
        pb->section_course = arena_array(pb->arena, (size_t)total + 1, sizeof(int));
        pb->section_number = arena_array(pb->arena, (size_t)total + 1, sizeof(int));
        for (int c = 0; c < pb->n_courses; c++) {
                pb->courses[c].first_section = pb->n_sections;
                for (int k = 1; k <= pb->courses[c].sections_max; k++) {
                        pb->section_course[pb->n_sections] = c;
                        pb->section_number[pb->n_sections++] = k;
                }
        }
}

static void find_stacks(struct problem *pb, struct report *rp)
{
        for (int c = 0; c < pb->n_courses; c++)
                pb->courses[c].stack = NONE;
        for (int i = 0; i < pb->n_rules; i++) {
                const struct rule *ru = &pb->rules[i];

                for (int j = 0; ru->kind == RULE_STACK && j < ru->courses.n; j++) {
                        struct course *c = &pb->courses[ru->courses.v[j]];

                        if (c->stack != NONE && c->stack != i)
                                report_error(rp, ERROR_INPUT, ru->at,
                                        "found %s in a second stack; expected each course in at "
                                        "most one",
                                        c->id);
                        c->stack = i;
                }
        }
}

/* What stack and same_teacher ask of their courses: one teacher and one room must be able to serve
 * all. */
static void check_together(struct problem *pb, struct report *rp)
{
        for (int i = 0; i < pb->n_rules; i++) {
                const struct rule *ru = &pb->rules[i];
                const struct course *a, *b;

                if (ru->kind != RULE_STACK && ru->kind != RULE_SAME_TEACHER)
                        continue;
                for (int j = 1; j < ru->courses.n; j++) {
                        a = &pb->courses[ru->courses.v[0]];
                        b = &pb->courses[ru->courses.v[j]];
                        if (a->staffed != b->staffed)
                                report_error(rp, ERROR_INPUT, ru->at,
                                        "found %s, which has a teacher, beside %s, which has none; "
                                        "expected all of them staffed or none",
                                        a->staffed ? a->id : b->id, a->staffed ? b->id : a->id);
                        if (ru->kind == RULE_STACK && a->room_type != b->room_type)
                                report_error(rp, ERROR_INPUT, ru->at,
                                        "found %s and %s, which name different room types; "
                                        "expected one type or none in a stack",
                                        a->id, b->id);
                }
        }
}

void finish_sections(struct problem *pb, struct report *rp)
{
        for (int c = 0; c < pb->n_courses; c++)
                finish_sizes(pb, &pb->courses[c], rp);
        count_sections(pb, rp);
        number_sections(pb, rp);
        find_stacks(pb, rp);
        check_together(pb, rp);
}
