/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reasons of random schools against the truth: verify() says what a seat or a section would break,
 * and a section's places are all tried.
 */
#include "model/verify.h"
#include "solver/explain.h"
#include "tests/support_random.h"
#include "tests/support_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int n_schools;
static int requests_seen[N_WHY], sections_seen[N_WHY], blocks_seen[N_BLOCKS], lifted_seen[N_BLOCKS];

/* How many hard rules are broken; those of H9 (minimums) apart. */
static int faults(const struct schedule *sc, int *minimums)
{
        struct answer *an = schedule_answer(sc);
        struct verdict *v = verify(sc->pb, an, false);
        int n = v->n_faults, low = 0;

        for (int i = 0; i < v->n_faults; i++)
                low += strcmp(v->faults[i].rule, "H9") == 0;
        if (minimums)
                *minimums = low;
        verdict_free(v);
        answer_free(an);
        return n;
}

static bool takes(struct schedule *sc, int r, int s)
{
        sc->seat[r] = s;
        bool valid = faults(sc, NULL) == 0;
        sc->seat[r] = -1;
        return valid;
}

static int n_obstacles_of(const struct reason *reason, int s, struct obstacle *one)
{
        int n = 0;

        for (int i = 0; i < reason->n_obstacles; i++)
                if (reason->obstacles[i].section == s) {
                        *one = reason->obstacles[i];
                        n++;
                }
        return n;
}

/* Makes stated fields of the problem such that the obstacle is none; verify() reads no others. */
static void lift(struct problem *pb, struct schedule *sc, int r, const struct obstacle *o)
{
        int x = pb->requests[r].student;
        struct course *c = &pb->courses[pb->requests[r].course];

        switch (o->kind) {
        case BLOCK_FULL:
                if (o->room >= 0)
                        pb->rooms[o->room].capacity = -1;
                else
                        c->size_max_stated = 99;
                break;
        case BLOCK_OVERLAP:
        case BLOCK_ALTERNATE:
                for (int i = 0; i < o->courses.n; i++)
                        sc->seat[problem_request_of(pb, x, o->courses.v[i])] = -1;
                break;
        case BLOCK_SUPPORT:
                c->support.sections = c->sections_max;
                break;
        case BLOCK_PURITY:
                pb->cohorts[o->cohort].purity = (struct ratio){0, 1};
                break;
        case BLOCK_CONTACTS:
                pb->teachers[o->teacher].stated.contacts = 999;
                break;
        case BLOCK_AWAY:
                pb->students[x].periods = UINT64_MAX;
                break;
        case BLOCK_RULE:
                pb->rules[o->rule].kind = RULE_SEPARATE;
                pb->rules[o->rule].courses = (struct ints){.given = true};
                break;
        case BLOCK_STRANDS:
                pb->cohorts[o->cohort].strands = false;
                break;
        default:
                fail_msg("obstacle %d stands alone", (int)o->kind);
        }
}

/*
 * A section with a single obstacle: the seat adds no fault once that is lifted. Lifting may well
 * break other things (a seat given up, a co-teacher missing), with the seat and without; so faults
 * are compared.
 */
static void lifting_helps(
        const char *school, const struct schedule *sc, int r, const struct obstacle *o)
{
        struct problem *pb = text_school(school);
        struct schedule *now = schedule_new(pb);

        schedule_copy(now, sc);
        pb->locks = sc->pb->locks;
        pb->n_locks = sc->pb->n_locks;
        lift(pb, now, r, o);
        int before = faults(now, NULL);
        now->seat[r] = o->section;
        int after = faults(now, NULL);
        if (after > before)
                fail_msg("lifting %s does not help request %d\n%s", obstacle_code(o->kind), r,
                        school);
        lifted_seen[o->kind]++;
        schedule_free(now);
        problem_free(pb);
}

static void check_request(const char *school, struct schedule *sc, int r)
{
        const struct problem *pb = sc->pb;
        const struct course *c = &pb->courses[pb->requests[r].course];
        struct arena *a = arena_new();
        struct reason reason = explain_request(a, sc, r);
        int placed = 0, possible = 0;

        requests_seen[reason.why]++;
        for (int s = c->first_section; s < c->first_section + c->sections_max; s++) {
                if (sc->start[s] < 0)
                        continue;
                struct obstacle one = {0};
                int n = n_obstacles_of(&reason, s, &one);
                bool ok = takes(sc, r, s);
                placed++;
                possible += ok;
                if (reason.why == WHY_BLOCKED && ok != (n == 0))
                        fail_msg("request %d, section %d: %d obstacles\n%s", r, s, n, school);
                if (reason.why == WHY_BLOCKED && n == 1)
                        lifting_helps(school, sc, r, &one);
        }
        for (int i = 0; i < reason.n_obstacles; i++)
                blocks_seen[reason.obstacles[i].kind]++;
        if (reason.why == WHY_NOT_PLACED)
                assert_int_equal(placed, 0);
        else if (pb->requests[r].admitted && c->sections_max > 0)
                assert_true(placed > 0);
        if ((possible > 0) != (reason.why == WHY_POSSIBLE))
                fail_msg("request %d: %s, possible at %d\n%s", r, why_code(reason.why), possible,
                        school);
        arena_free(a);
}

/* Some set of the n requests from number i on, added to sc, breaks nothing. */
static bool seats_legally(struct schedule *sc, int s, const int *asking, int n)
{
        if (faults(sc, NULL) == 0)
                return true;
        for (int i = 0; i < n; i++) {
                int low = 0;
                sc->seat[asking[i]] = s;
                bool ok =
                        faults(sc, &low) == low && seats_legally(sc, s, asking + i + 1, n - i - 1);
                sc->seat[asking[i]] = -1;
                if (ok)
                        return true;
        }
        return false;
}

struct trial {
        struct schedule *sc;
        int s, n_asking, asking[16];
        bool place,
                whole; /* a place without students broke nothing but minimums; with them, nothing */
};

static void try_place(struct trial *t)
{
        int low = 0;

        if (t->whole || faults(t->sc, &low) != low)
                return;
        t->place = true;
        t->whole = seats_legally(t->sc, t->s, t->asking, t->n_asking);
}

static void try_rooms(struct trial *t)
{
        bool needs = t->sc->pb->courses[t->sc->pb->section_course[t->s]].room_type >= 0;

        for (int r = needs ? 0 : -1; r < (needs ? t->sc->pb->n_rooms : 0); r++) {
                t->sc->room[t->s] = r;
                try_place(t);
        }
}

static void try_people(struct trial *t)
{
        const struct problem *pb = t->sc->pb;
        const struct course *c = &pb->courses[pb->section_course[t->s]];
        bool helped = c->support.given && pb->section_number[t->s] <= c->support.sections;

        for (int i = c->staffed ? 0 : -1; i < (c->staffed ? pb->n_teachers : 0); i++)
                for (int j = helped ? 0 : -1; j < (helped ? pb->n_teachers : 0); j++) {
                        t->sc->teacher[t->s] = i;
                        t->sc->co_teacher[t->s] = j;
                        try_rooms(t);
                }
}

/* All places of section s, all sets of students. */
static struct trial try_all(struct schedule *sc, int s)
{
        const struct problem *pb = sc->pb;
        struct trial t = {.sc = sc, .s = s};

        for (int r = 0; r < pb->n_requests; r++)
                if (pb->requests[r].course == pb->section_course[s] && sc->seat[r] < 0)
                        t.asking[t.n_asking++] = r;
        for (int start = 0; start < pb->n_cells && !t.whole; start++)
                if (pb->courses[pb->section_course[s]].start_cells[start]) {
                        sc->start[s] = start;
                        try_people(&t);
                }
        sc->start[s] = sc->teacher[s] = sc->co_teacher[s] = sc->room[s] = -1;
        return t;
}

/* The rules named gone: there is a place then. Not so of a stack, whose end makes two preparations
 * of one. */
static void rules_were_it(
        const char *school, const struct schedule *sc, int s, const struct reason *reason)
{
        struct problem *pb = text_school(school);
        struct schedule *now = schedule_new(pb);
        bool stack = false;

        schedule_copy(now, sc);
        for (int i = 0; i < reason->rules.n; i++) {
                struct rule *u = &pb->rules[reason->rules.v[i]];
                stack |= u->kind == RULE_STACK;
                u->kind = RULE_SEPARATE;
                u->courses = (struct ints){.given = true};
        }
        if (!stack && !try_all(now, s).place)
                fail_msg("section %d: no place without the rules\n%s", s, school);
        schedule_free(now);
        problem_free(pb);
}

static void check_section(const char *school, struct schedule *sc, int s)
{
        struct arena *a = arena_new();
        struct reason reason = explain_section(a, sc, s);
        struct trial t = try_all(sc, s);
        bool possible = reason.why == WHY_POSSIBLE || reason.why == WHY_NO_NEED;
        bool seats = possible || reason.why == WHY_TOO_FEW;

        sections_seen[reason.why]++;
        if (t.whole != possible)
                fail_msg("section %d: %s, in truth %d\n%s", s, why_code(reason.why), t.whole,
                        school);
        if (seats && !t.place)
                fail_msg("section %d: %s without a place\n%s", s, why_code(reason.why), school);
        if (reason.why == WHY_RULE)
                rules_were_it(school, sc, s, &reason);
        arena_free(a);
}

/* Holds one seat fast, so that an overlap with it shows the lock. */
static void lock_a_seat(struct dice *d, struct problem *pb, const struct schedule *sc)
{
        int r = dice_below(d, pb->n_requests), s = sc->seat[r];

        if (s < 0 || !dice_chance(d, 50))
                return;
        pb->locks = arena_array(pb->arena, 1, sizeof *pb->locks);
        pb->n_locks = 1;
        pb->locks[0] = (struct lock){.course = pb->section_course[s],
                .section = pb->section_number[s],
                .student = pb->requests[r].student,
                .teacher = NONE,
                .room = NONE,
                .period = NONE,
                .term = NONE,
                .cohort = COHORT_NOT_LOCKED};
}

static void each_school(void (*check)(const char *school, struct schedule *sc))
{
        for (int i = 0; i < n_schools; i++) {
                struct dice d = {.state = 0x9e3779b97f4a7c15u * (uint64_t)(i + 1)};
                char *school = random_school(&d);
                struct problem *pb = text_school(school);
                struct schedule *sc = random_schedule(&d, pb);
                lock_a_seat(&d, pb, sc);
                assert_int_equal(faults(sc, NULL), 0);
                check(school, sc);
                schedule_free(sc);
                problem_free(pb);
                mem_free(school);
        }
}

static void check_requests(const char *school, struct schedule *sc)
{
        for (int r = 0; r < sc->pb->n_requests; r++)
                if (sc->seat[r] < 0 && sc->pb->requests[r].kind != ALTERNATE)
                        check_request(school, sc, r);
}

static void check_sections(const char *school, struct schedule *sc)
{
        for (int s = 0; s < sc->pb->n_sections; s++)
                if (sc->start[s] < 0)
                        check_section(school, sc, s);
}

static void a_request_is_blocked_exactly_where_verify_says_so(void **state)
{
        (void)state;
        each_school(check_requests);
        for (int b = 0; b < N_BLOCKS; b++) {
                print_message("%s: %d, alone %d\n", obstacle_code((enum obstacle_kind)b),
                        blocks_seen[b], lifted_seen[b]);
                assert_true(blocks_seen[b] > 0);
        }
}

static void a_section_has_no_place_exactly_where_all_trials_fail(void **state)
{
        (void)state;
        each_school(check_sections);
        for (int w = WHY_GRADE; w < N_WHY; w++) {
                print_message("%s: requests %d, sections %d\n", why_code((enum why)w),
                        requests_seen[w], sections_seen[w]);
                assert_true(w == WHY_NOT_OFFERED || requests_seen[w] + sections_seen[w] > 0);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_request_is_blocked_exactly_where_verify_says_so),
                cmocka_unit_test(a_section_has_no_place_exactly_where_all_trials_fail),
        };

        n_schools = getenv("MSCHED_FULL") ? 3000 : 600;
        return cmocka_run_group_tests_name("reasons of random schools", tests, NULL, NULL);
}
