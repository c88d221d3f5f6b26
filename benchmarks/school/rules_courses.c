/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules that tie courses together, as the plan happens to keep them. */
#include "benchmarks/school/rules.h"
#include <string.h>

static void tie(struct build *b, enum rule_kind kind, int x, int y)
{
        int list[2] = {x, y};

        rule_add(b, kind)->courses = build_ints(b->pb, list, 2);
}

static bool single(const struct build *b, int c)
{
        return rule_sections(b, c) == 1;
}

static bool shared(const struct build *b, int x, int y, int least)
{
        const struct school *s = b->s;
        int n = 0;

        for (int i = 0; i < s->n_pupils && n < least; i++) {
                bool has[2] = {false, false};
                for (int c = 0; c < s->n_cells; c++) {
                        int u = s->pupils[i].seat[c];
                        has[0] = has[0] || (u >= 0 && b->course_of[s->units[u].offer] == x);
                        has[1] = has[1] || (u >= 0 && b->course_of[s->units[u].offer] == y);
                }
                n += has[0] && has[1];
        }
        return n >= least;
}

static bool tied(const struct build *b, int c)
{
        for (int r = 0; r < b->pb->n_rules; r++)
                if (ints_has(&b->pb->rules[r].courses, c))
                        return true;
        return false;
}

/* Three courses of one section each that the plan keeps apart. */
static void find_separate(struct build *b, int most)
{
        int n = b->pb->n_courses;

        for (int trial = 0; trial < 3000 && most > 0; trial++) {
                int v[3];
                for (int i = 0; i < 3; i++)
                        v[i] = rng_below(&b->s->rng, n);
                bool fine = v[0] != v[1] && v[1] != v[2] && v[0] != v[2];
                cellset seen = 0;
                for (int i = 0; i < 3 && fine; i++) {
                        cellset cells = build_cells(b, v[i], 1);
                        fine = single(b, v[i]) && !(cells & seen) &&
                               b->course_of[rule_unit(b, v[i], 1)->offer] == v[i];
                        seen |= cells;
                }
                if (!fine)
                        continue;
                rule_add(b, RULE_SEPARATE)->courses = build_ints(b->pb, v, 3);
                most--;
        }
}

static void state_stacks(struct build *b)
{
        const struct school *s = b->s;

        for (int u = 0; u < s->n_units; u++) {
                const struct unit *x = &s->units[u];
                if (x->leader < 0)
                        continue;
                int c = b->course_of[s->units[x->leader].offer], d = b->course_of[x->offer];
                int sum = s->units[x->leader].enrolled + x->enrolled;
                tie(b, RULE_STACK, c, d);
                b->pb->courses[c].size_max_stated = b->pb->courses[d].size_max_stated = sum;
        }
}

/* Civics and economics: one after the other, same hour, same teacher, same students. */
static void state_pairs(struct build *b)
{
        const struct school *s = b->s;
        static const enum rule_kind kinds[] = {
                RULE_SAME_PERIOD, RULE_SAME_TEACHER, RULE_SAME_STUDENTS};

        for (int o = 0; o < s->n_offers; o++)
                for (int k = 0; k < 3 && s->offers[o].pair && s->offers[o].n_units; k++)
                        tie(b, kinds[k], b->course_of[o], b->course_of[o] + 1);
}

static int start_period(const struct build *b, int c)
{
        return __builtin_ctzll(build_cells(b, c, 1)) % b->pb->n_periods;
}

static cellset terms_of(const struct build *b, int c)
{
        cellset cells = build_cells(b, c, 1), terms = 0;

        for (int t = 0; t < b->pb->n_terms; t++)
                if (cells >> t * b->pb->n_periods & (((cellset)1 << b->pb->n_periods) - 1))
                        terms |= (cellset)1 << t;
        return terms;
}

/* One unbroken run: c right before d, in the same terms. */
static bool follows(const struct build *b, int c, int d)
{
        const struct bell *bell = &b->s->bell;
        int end = start_period(b, c) + b->pb->courses[c].periods - 1;

        return terms_of(b, c) == terms_of(b, d) && end + 1 == start_period(b, d) &&
               !bell->break_after[end] && bell->day[end] == bell->day[end + 1];
}

static bool keeps(const struct build *b, enum rule_kind kind, int c, int d)
{
        switch (kind) {
        case RULE_ADJACENT:
                return follows(b, c, d) && shared(b, c, d, 2);
        case RULE_SAME_PERIOD:
                return start_period(b, c) == start_period(b, d);
        case RULE_SAME_TEACHER:
                return rule_unit(b, c, 1)->staff == rule_unit(b, d, 1)->staff;
        default:
                return shared(b, c, d, 3);
        }
}

/* Pairs of single sections that keep the rule. */
static void find_pairs(struct build *b, enum rule_kind kind, int most)
{
        int n = b->pb->n_courses;

        for (int trial = 0; trial < 60 * n && most > 0; trial++) {
                int c = rng_below(&b->s->rng, n), d = rng_below(&b->s->rng, n);
                bool fine = c != d && single(b, c) && single(b, d) && build_first(b, c) &&
                            build_first(b, d) && !tied(b, c) && !tied(b, d);
                if (!fine || !keeps(b, kind, c, d))
                        continue;
                tie(b, kind, c, d);
                most--;
        }
}

static int term_held(const struct build *b, int i, int course, bool last)
{
        const struct school *s = b->s;
        int found = -1;

        for (int k = 0; k < s->n_cells; k++) {
                int u = s->pupils[i].seat[last ? s->n_cells - 1 - k : k];
                if (u >= 0 && b->course_of[s->units[u].offer] == course &&
                        !s->offers[s->units[u].offer].pair) {
                        found = (last ? s->n_cells - 1 - k : k) / s->bell.n_periods;
                        break;
                }
        }
        return found;
}

/* How many take both in this order; -1 if somebody takes them otherwise. */
static int in_order(const struct build *b, int c, int d)
{
        int n = 0;

        for (int i = 0; i < b->s->n_pupils; i++) {
                int end = term_held(b, i, c, true), begin = term_held(b, i, d, false);
                if (end < 0 || begin < 0)
                        continue;
                if (end >= begin)
                        return -1;
                n++;
        }
        return n;
}

static void find_before(struct build *b, int most)
{
        struct problem *pb = b->pb;
        bool fits = false;

        for (int c = 0; c < pb->n_courses; c++)
                fits = fits || (pb->courses[c].terms < pb->n_terms && build_first(b, c));
        for (int least = 3; least >= 0 && most > 0 && fits; least--)
                for (int trial = 0; trial < 600 && most > 0; trial++) {
                        int c = rng_below(&b->s->rng, pb->n_courses),
                            d = rng_below(&b->s->rng, pb->n_courses);
                        bool fine = c != d && pb->courses[c].terms < pb->n_terms &&
                                    pb->courses[d].terms < pb->n_terms &&
                                    !b->s->offers[rule_unit(b, c, 1)->offer].pair &&
                                    !b->s->offers[rule_unit(b, d, 1)->offer].pair && !tied(b, c) &&
                                    !tied(b, d);
                        if (!fine || in_order(b, c, d) < least)
                                continue;
                        tie(b, RULE_BEFORE, c, d);
                        most--;
                }
}

void rules_of_courses(struct build *b)
{
        int size = 1 + b->s->n_pupils / 500;

        state_stacks(b);
        state_pairs(b);
        find_pairs(b, RULE_ADJACENT, size);
        find_pairs(b, RULE_SAME_PERIOD, size);
        find_pairs(b, RULE_SAME_TEACHER, size);
        find_pairs(b, RULE_SAME_STUDENTS, size);
        find_before(b, size);
        find_separate(b, size);
}
