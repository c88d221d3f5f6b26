/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which section may stand where, with whom and in which room. */
#include "benchmarks/loader/desk.h"

static const struct course *course_of(const struct desk *d, int s)
{
        return &d->pb->courses[d->pb->section_course[s]];
}

static bool in_hand(const int *hand, int n, int s)
{
        for (int i = 0; i < n; i++)
                if (hand[i] == s)
                        return true;
        return false;
}

/* Cells of the teacher's sections that count as load, and his courses in each term with this hand's
 * added. */
static bool within_limits(const struct desk *d, int s, cellset cells, int teacher)
{
        const struct problem *pb = d->pb;
        const struct limits *l = &pb->teachers[teacher].limits;
        cellset load = course_of(d, s)->counts_load ? cells : 0;

        for (int x = 0; x < pb->n_sections; x++)
                if (d->sc->start[x] >= 0 && course_of(d, x)->counts_load &&
                        (d->sc->teacher[x] == teacher || d->sc->co_teacher[x] == teacher))
                        load |= desk_cells(d, x);
        for (int t = 0; t < pb->n_terms; t++) {
                int periods = __builtin_popcountll(load & pb->term_cells[t]);
                if (!(cells & pb->term_cells[t]))
                        continue;
                if (l->load >= 0 && periods > l->load && course_of(d, s)->counts_load)
                        return false;
                if (l->consecutive >= 0 && problem_longest_run(pb, d->teacher_busy[teacher] | cells,
                                                   t) > l->consecutive)
                        return false;
        }
        return true;
}

/* Stacked courses are one preparation. */
static int prep_of(const struct desk *d, int course)
{
        int stack = d->pb->courses[course].stack;

        return stack >= 0 ? d->pb->n_courses + stack : course;
}

static bool within_preps(const struct desk *d, int s, cellset cells, int teacher)
{
        const struct problem *pb = d->pb;
        int most = pb->teachers[teacher].limits.preps, seen[256];

        for (int t = 0; t < pb->n_terms && most >= 0 && course_of(d, s)->counts_load; t++) {
                int n = 0;
                if (!(cells & pb->term_cells[t]))
                        continue;
                seen[n++] = prep_of(d, pb->section_course[s]);
                for (int x = 0; x < pb->n_sections && n < 255; x++) {
                        bool his =
                                d->sc->start[x] >= 0 && course_of(d, x)->counts_load &&
                                (d->sc->teacher[x] == teacher || d->sc->co_teacher[x] == teacher) &&
                                (desk_cells(d, x) & pb->term_cells[t]);
                        if (his && !in_hand(seen, n, prep_of(d, pb->section_course[x])))
                                seen[n++] = prep_of(d, pb->section_course[x]);
                }
                if (n > most)
                        return false;
        }
        return true;
}

/* Rules `free`, and a pathway's common planning is not one: it is no hard rule. */
static bool leaves_free(const struct desk *d, cellset cells, int teacher)
{
        const struct problem *pb = d->pb;
        cellset busy = d->teacher_busy[teacher] | cells;

        for (int r = 0; r < pb->n_rules; r++) {
                const struct rule *x = &pb->rules[r];
                if (x->kind != RULE_FREE || !ints_has(&x->teachers, teacher))
                        continue;
                for (int t = 0; t < pb->n_terms; t++) {
                        cellset asked =
                                problem_cells_of_periods(pb, x->periods) & pb->term_cells[t];
                        if (__builtin_popcountll(asked & ~busy) < x->count)
                                return false;
                }
        }
        return true;
}

static bool locked_away(const struct desk *d, int s, int teacher)
{
        int hand[MAX_HAND], n = desk_hand(d, s, hand);

        for (int i = 0; i < n; i++) {
                const struct lock *l = desk_lock(d, hand[i], LOCK_TEACHER);
                if (l && l->teacher != teacher)
                        return true;
        }
        return false;
}

static bool holds_one(const struct desk *d, int teacher, const struct ints *credentials)
{
        for (int i = 0; i < credentials->n; i++)
                if (ints_has(&d->pb->teachers[teacher].credentials, credentials->v[i]))
                        return true;
        return false;
}

/* Students who are locked into the section: whom they avoid, what they need. */
static bool suits_locked(const struct desk *d, int s, int teacher, bool beside)
{
        const struct problem *pb = d->pb;

        for (int i = 0; i < pb->n_locks; i++) {
                const struct lock *l = &pb->locks[i];
                if (l->student < 0 || l->course != pb->section_course[s] ||
                        l->section != pb->section_number[s])
                        continue;
                for (int k = 0; k < pb->n_rules; k++) {
                        const struct rule *r = &pb->rules[k];
                        if (r->kind == RULE_AVOID && r->student == l->student &&
                                r->teacher == teacher)
                                return false;
                        if (r->kind == RULE_NEEDS && !beside &&
                                problem_has_flag(pb, l->student, r->flag) &&
                                !holds_one(d, teacher, &r->credentials))
                                return false;
                }
        }
        return true;
}

bool desk_may_teach(const struct desk *d, int s, int start, int teacher, bool beside)
{
        const struct problem *pb = d->pb;
        cellset cells = course_of(d, s)->start_cells[start];
        int hand[MAX_HAND], n = desk_hand(d, s, hand);

        if ((cells & ~pb->teachers[teacher].available) || (cells & d->teacher_busy[teacher]))
                return false;
        for (int i = 0; i < n && !beside; i++)
                if (course_of(d, hand[i])->staffed &&
                        !ints_has(&course_of(d, hand[i])->able_teachers, teacher))
                        return false;
        if (!beside && locked_away(d, s, teacher))
                return false;
        for (int i = 0; i < n; i++)
                if (!suits_locked(d, hand[i], teacher, beside))
                        return false;
        return within_limits(d, s, cells, teacher) && within_preps(d, s, cells, teacher) &&
               leaves_free(d, cells, teacher);
}

bool desk_may_use(const struct desk *d, int s, int start, int room)
{
        const struct course *c = course_of(d, s);
        cellset cells = c->start_cells[start];
        int hand[MAX_HAND], n = desk_hand(d, s, hand);

        for (int i = 0; i < n; i++) {
                const struct lock *l = desk_lock(d, hand[i], LOCK_ROOM);
                if (l && l->room != room)
                        return false;
        }
        return !(cells & ~d->pb->rooms[room].available) && !(cells & d->room_busy[room]);
}

static int period_of(const struct desk *d, int start)
{
        return start % d->pb->n_periods;
}

/* With the sections of its number that stand: one unbroken run of periods, in the same terms. */
static bool unbroken(const struct desk *d, const struct rule *r, int s, cellset cells)
{
        const struct problem *pb = d->pb;
        int k = pb->section_number[s], term = __builtin_ctzll(cells) / pb->n_periods;
        cellset all = cells;
        int periods = course_of(d, s)->periods;

        for (int i = 0; i < r->courses.n; i++) {
                const struct course *c = &pb->courses[r->courses.v[i]];
                int x = c->first_section + k - 1;
                if (x == s || k > c->sections_max || d->sc->start[x] < 0)
                        continue;
                if (all & desk_cells(d, x))
                        return false;
                if (c->terms != course_of(d, s)->terms || d->sc->start[x] / pb->n_periods != term)
                        return false;
                all |= desk_cells(d, x);
                periods += c->periods;
        }
        return problem_longest_run(pb, all, term) == periods;
}

static bool apart_in_time(const struct desk *d, const struct rule *r, int s, cellset cells)
{
        for (int i = 0; i < r->courses.n; i++) {
                const struct course *c = &d->pb->courses[r->courses.v[i]];
                for (int x = c->first_section; x < c->first_section + c->sections_max; x++)
                        if (r->courses.v[i] != d->pb->section_course[s] && d->sc->start[x] >= 0 &&
                                (desk_cells(d, x) & cells))
                                return false;
        }
        return true;
}

/* Section k of each course: same period or same teacher. */
static bool alike(const struct desk *d, const struct rule *r, int s, const struct spot *at)
{
        int k = d->pb->section_number[s];

        for (int i = 0; i < r->courses.n; i++) {
                const struct course *c = &d->pb->courses[r->courses.v[i]];
                int x = c->first_section + k - 1;
                if (x == s || k > c->sections_max || d->sc->start[x] < 0)
                        continue;
                if (r->kind == RULE_SAME_PERIOD &&
                        period_of(d, d->sc->start[x]) != period_of(d, at->start))
                        return false;
                if (r->kind == RULE_SAME_TEACHER && at->teacher >= 0 &&
                        d->sc->teacher[x] != at->teacher)
                        return false;
        }
        return true;
}

static bool rules_allow(const struct desk *d, int s, const struct spot *at)
{
        const struct problem *pb = d->pb;
        cellset cells = course_of(d, s)->start_cells[at->start];

        for (int i = 0; i < pb->n_rules; i++) {
                const struct rule *r = &pb->rules[i];
                if (!ints_has(&r->courses, pb->section_course[s]))
                        continue;
                if (r->kind == RULE_SEPARATE && !apart_in_time(d, r, s, cells))
                        return false;
                if ((r->kind == RULE_SAME_PERIOD || r->kind == RULE_SAME_TEACHER) &&
                        !alike(d, r, s, at))
                        return false;
                if (r->kind == RULE_ADJACENT && !unbroken(d, r, s, cells))
                        return false;
        }
        return true;
}

/* Is the student locked into another section that stands in these cells? */
static bool locked_elsewhere(const struct desk *d, const struct lock *l, cellset cells)
{
        for (int i = 0; i < d->pb->n_locks; i++) {
                const struct lock *o = &d->pb->locks[i];
                int s = d->pb->courses[o->course].first_section + o->section - 1;
                if (o->student == l->student && o->course != l->course && d->sc->start[s] >= 0 &&
                        (desk_cells(d, s) & cells))
                        return true;
        }
        return false;
}

static bool locks_allow(const struct desk *d, int s, const struct spot *at)
{
        const struct lock *p = desk_lock(d, s, LOCK_PERIOD), *t = desk_lock(d, s, LOCK_TERM);

        if (p && p->period != period_of(d, at->start))
                return false;
        if (t && t->term != at->start / d->pb->n_periods)
                return false;
        cellset cells = course_of(d, s)->start_cells[at->start];
        for (int i = 0; i < d->pb->n_locks; i++) {
                const struct lock *l = &d->pb->locks[i];
                bool mine = l->student >= 0 && l->course == d->pb->section_course[s] &&
                            l->section == d->pb->section_number[s];
                if (mine && ((cells & ~d->pb->students[l->student].available) ||
                                    locked_elsewhere(d, l, cells)))
                        return false;
        }
        return true;
}

bool desk_may_place(const struct desk *d, int s, const struct spot *at)
{
        int hand[MAX_HAND], n = desk_hand(d, s, hand);

        for (int i = 0; i < n; i++) {
                const struct course *c = course_of(d, hand[i]);
                if (!(c->may_start >> at->start & 1) || !locks_allow(d, hand[i], at) ||
                        !rules_allow(d, hand[i], at))
                        return false;
        }
        return true;
}
