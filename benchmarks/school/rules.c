/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benchmarks/school/rules.h"
#include <string.h>

enum { MOST_RULES = 400, MOST_LOCKS = 800 };

struct rule *rule_add(struct build *b, enum rule_kind kind)
{
        struct problem *pb = b->pb;
        struct rule *r = &pb->rules[pb->n_rules];

        *r = (struct rule){.kind = kind, .flag = -1, .student = -1, .teacher = -1};
        pb->n_rules += pb->n_rules < MOST_RULES - 1;
        return r;
}

int rule_sections(const struct build *b, int course)
{
        return b->pb->courses[course].sections_max_stated;
}

const struct unit *rule_unit(const struct build *b, int course, int number)
{
        return &b->s->units[build_unit(b, course, number)];
}

struct burden {
        int preps, run, contacts;
};

static int longest_run(const struct school *s, cellset taught, int term)
{
        int run = 0, most = 0;

        for (int p = 0; p < s->bell.n_periods; p++) {
                run = taught >> (term * s->bell.n_periods + p) & 1 ? run + 1 : 0;
                most = run > most ? run : most;
                bool ends = s->bell.break_after[p] ||
                            (p + 1 < s->bell.n_periods && s->bell.day[p] != s->bell.day[p + 1]);
                run = ends ? 0 : run;
        }
        return most;
}

/* What the teacher carries in his worst term. */
static struct burden burden_of(const struct build *b, int teacher)
{
        const struct school *s = b->s;
        struct burden most = {0, 0, 0};

        for (int t = 0; t < s->bell.n_terms; t++) {
                cellset term = (((cellset)1 << s->bell.n_periods) - 1) << t * s->bell.n_periods,
                        taught = 0;
                struct burden now = {0, 0, 0};
                for (int c = 0; c < b->pb->n_courses; c++) {
                        bool counted = false;
                        for (int k = 1; k <= rule_sections(b, c); k++) {
                                const struct unit *u = rule_unit(b, c, k);
                                cellset cells = build_cells(b, c, k) & term;
                                if (u->staff != teacher || !cells)
                                        continue;
                                now.contacts += u->enrolled;
                                now.preps += !counted && u->leader < 0;
                                counted = counted || u->leader < 0;
                                taught |= cells;
                        }
                }
                now.run = longest_run(s, taught, t);
                most.preps = now.preps > most.preps ? now.preps : most.preps;
                most.run = now.run > most.run ? now.run : most.run;
                most.contacts = now.contacts > most.contacts ? now.contacts : most.contacts;
        }
        return most;
}

/* The contract holds for nearly all; who carries more in the plan has a number of his own. */
static void state_limits(struct build *b)
{
        struct problem *pb = b->pb;
        struct limits *l = &pb->contract.limits;

        l->preps = b->s->n_pupils <= 500 ? 4 : 3;
        l->consecutive = pb->n_periods >= 6 ? 3 : 2;
        l->contacts = b->s->bell.load * 27;
        for (int t = 0; t < pb->n_teachers; t++) {
                struct burden x = burden_of(b, t);
                struct limits *own = &pb->teachers[t].stated;
                own->preps = x.preps > l->preps ? x.preps : -1;
                own->consecutive = x.run > l->consecutive ? x.run : -1;
                own->contacts = x.contacts > l->contacts ? x.contacts : -1;
        }
}

static void add_lock(struct build *b, struct lock lock)
{
        if (b->pb->n_locks < MOST_LOCKS)
                b->pb->locks[b->pb->n_locks++] = lock;
}

static void lock_sections(struct build *b)
{
        struct problem *pb = b->pb;

        for (int c = 0; c < pb->n_courses; c++)
                for (int k = 1; k <= rule_sections(b, c); k++) {
                        const struct unit *u = rule_unit(b, c, k);
                        int start = __builtin_ctzll(build_cells(b, c, k)),
                            kind = rng_below(&b->s->rng, 150);
                        struct lock lock = {c, k, -1, -1, -1, -1, -1, COHORT_NOT_LOCKED, {0}, false};
                        if (kind > 4)
                                continue;
                        lock.teacher = kind == 0 || kind == 1 ? u->staff : -1;
                        lock.room = kind == 0 ? u->room : -1;
                        lock.period =
                                kind == 1 || kind == 2 || kind == 4 ? start % pb->n_periods : -1;
                        lock.term = kind == 2 ? start / pb->n_periods : -1;
                        lock.cohort = kind == 3 || kind == 4 ? u->cohort : COHORT_NOT_LOCKED;
                        add_lock(b, lock);
                }
}

static void lock_students(struct build *b)
{
        const struct school *s = b->s;

        for (int c = 0; c < b->pb->n_courses; c++)
                for (int k = 1; k <= rule_sections(b, c); k++) {
                        int u = build_unit(b, c, k), i = rng_below(&b->s->rng, s->n_pupils);
                        bool sits = s->pupils[i].seat[__builtin_ctzll(s->units[u].cells)] == u;
                        if (sits)
                                add_lock(b, (struct lock){c, k, i, -1, -1, -1, -1,
                                                    COHORT_NOT_LOCKED, {0}, false});
                }
}

/* Every other cohort moves as one; seniors who are out in a period all year are not available then.
 */
static void tell_people(struct build *b)
{
        struct problem *pb = b->pb;

        for (int k = 0; k < pb->n_cohorts; k++) {
                pb->cohorts[k].strands = k % 2 == 0;
                pb->cohorts[k].purity_of_pathway = k % 3 == 2;
        }
        for (int i = 0; i < pb->n_students; i++)
                for (int p = 0; p < pb->n_periods; p++) {
                        bool out = b->s->pupils[i].leaves_early;
                        for (int t = 0; t < pb->n_terms; t++)
                                out = out && b->s->pupils[i].seat[t * pb->n_periods + p] < 0;
                        if (out)
                                pb->students[i].periods &= ~((uint64_t)1 << p);
                }
}

void rules_read_off(struct build *b)
{
        struct problem *pb = b->pb;

        pb->rules = arena_array(pb->arena, MOST_RULES, sizeof *pb->rules);
        pb->locks = arena_array(pb->arena, MOST_LOCKS, sizeof *pb->locks);
        state_limits(b);
        rules_of_courses(b);
        rules_of_people(b);
        lock_sections(b);
        lock_students(b);
        tell_people(b);
}

static bool lives_in(const struct build *b, int teacher, int room)
{
        const struct problem *pb = b->pb;
        int here = 0;

        for (int c = 0; c < pb->n_courses; c++)
                for (int k = 1; k <= rule_sections(b, c); k++) {
                        const struct unit *u = rule_unit(b, c, k);
                        if (u->staff != teacher ||
                                !ints_has(&pb->rooms[room].types, pb->courses[c].room_type))
                                continue;
                        if (u->room != room)
                                return false;
                        here++;
                }
        return here > 0;
}

static bool room_suits(const struct build *b, int teacher, int room)
{
        const struct problem *pb = b->pb;
        int credential = pb->teachers[teacher].credentials.v[0];

        for (int c = 0; c < pb->n_courses; c++)
                if (ints_has(&pb->courses[c].credentials, credential) &&
                        ints_has(&pb->rooms[room].types, pb->courses[c].room_type))
                        return true;
        return false;
}

void rules_homes(struct build *b)
{
        struct problem *pb = b->pb;
        bool *taken = mem_zero((size_t)pb->n_rooms + 1, sizeof *taken);

        for (int t = 0; t < b->s->n_staff; t++)
                for (int r = 0; r < pb->n_rooms && pb->teachers[t].home < 0; r++) {
                        bool suits = b->s->wish.planted ? lives_in(b, t, r)
                                                        : !taken[r] && room_suits(b, t, r);
                        if (!suits)
                                continue;
                        pb->teachers[t].home = r;
                        taken[r] = true;
                }
        mem_free(taken);
}
