/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an answer says of itself, and answers that make no sense at all. */
#include "model/verify.h"
#include "tests/support_rows.h"
#include "tests/support_text.h"
#include "tests/support_trades.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* An answer as the program writes it: lists by schedule_answer(), the score as counted. */
static struct answer *honest(const struct problem *pb)
{
        struct report *rp = report_new();
        struct answer *said = rows_answer(pb, trades_rows), *an;
        struct schedule *sc = answer_schedule(pb, said, rp);
        struct verdict *v;

        assert_int_equal(report_count(rp), 0);
        an = schedule_answer(sc);
        an->status = STATUS_FEASIBLE;
        v = verify(pb, an, false);
        assert_int_equal(v->n_faults, 0);
        for (int t = 0; t < N_TIERS; t++) {
                an->score_given[t] = true;
                an->score[t] = (double)v->score.tier[t];
        }
        an->score[REQUIREMENT_SHORTFALL] /= (double)pb->year_unit;
        verdict_free(v);
        answer_free(said);
        schedule_free(sc);
        report_free(rp);
        return an;
}

/* A school with something unplaced and unmet, so that there is something to lie about. */
static struct problem *wanting(void)
{
        char *yaml = text_edit(trades_school, "{id: CHOIR, sections: 1}",
                "{id: CHOIR, sections: 3}\n  - {id: LATIN, area: E, sections: 2}");
        char *more = text_edit(yaml, "rules:\n",
                "  - {student: S4, course: LATIN, kind: required}\n"
                "  - {student: S5, course: LATIN}\n"
                "requirements: [{id: X, area: E, years_by_grade: {10: 0.3333}}]\n"
                "rules:\n");
        struct problem *pb = text_school(more);

        mem_free(yaml);
        mem_free(more);
        return pb;
}

static void set_bounds(struct answer *an)
{
        for (int t = 0; t < N_TIERS; t++) {
                an->bound_given[t] = true;
                an->bound[t] = an->score[t];
        }
}

enum lie {
        NO_LIE,
        SCORE_LOW,
        SCORE_MISSING,
        SCORE_NAN,
        BOUND_HIGH,
        OPTIMAL_UNPROVEN,
        OPTIMAL_UNSAID,
        STATUS_ODD,
        FORMAT,
        UNPLACED_LEFT_OUT,
        UNPLACED_TOO_HIGH,
        UNPLACED_ORDER,
        UNPLACED_TWICE,
        UNPLACED_UNKNOWN,
        UNMET_LEFT_OUT,
        UNMET_MET,
        UNMET_ORDER,
        UNMET_TWICE,
        UNMET_KIND,
        UNMET_UNKNOWN,
        SECTION_ORDER,
        STUDENT_ORDER,
        N_LIES
};

static void lie_in_numbers(struct answer *an, enum lie lie)
{
        switch (lie) {
        case SCORE_LOW:
                an->score[REQUIREMENT_SHORTFALL] -= 0.0001;
                break;
        case SCORE_MISSING:
                an->score_given[AWAY] = false;
                break;
        case SCORE_NAN:
                an->score[UNEVEN] = 0.0 / 0.0;
                break;
        case BOUND_HIGH:
                an->bound_given[UNPLACED] = true;
                an->bound[UNPLACED] = an->score[UNPLACED] + 1;
                break;
        case OPTIMAL_UNPROVEN:
                set_bounds(an);
                an->bound_given[MOVED] = false;
                an->status = STATUS_OPTIMAL;
                break;
        case OPTIMAL_UNSAID:
                set_bounds(an);
                break;
        case STATUS_ODD:
                an->status = UNKNOWN;
                break;
        case FORMAT:
                an->format_ok = false;
                break;
        default:
                break;
        }
}

#define SWAP(type, a, b)                                                                           \
        do {                                                                                       \
                const type kept = (a);                                                             \
                (a) = (b);                                                                         \
                (b) = kept;                                                                        \
        } while (0)

static void lie_in_lists(struct answer *an, enum lie lie)
{
        switch (lie) {
        case UNPLACED_LEFT_OUT:
                an->n_unplaced--;
                break;
        case UNPLACED_TOO_HIGH:
                an->unplaced[an->n_unplaced - 1].number++;
                break;
        case UNPLACED_ORDER:
                SWAP(struct answer_unplaced, an->unplaced[0], an->unplaced[1]);
                break;
        case UNPLACED_TWICE:
                an->unplaced[1] = an->unplaced[0];
                break;
        case UNPLACED_UNKNOWN:
                an->unplaced[0].course = UNKNOWN;
                break;
        case UNMET_LEFT_OUT:
                an->n_unmet--;
                break;
        case UNMET_MET:
                an->unmet[0].course = an->sections[0].course;
                break;
        case UNMET_ORDER:
                SWAP(struct answer_unmet, an->unmet[0], an->unmet[1]);
                break;
        case UNMET_TWICE:
                an->unmet[1] = an->unmet[0];
                break;
        case UNMET_KIND:
                an->unmet[0].kind = ELECTIVE;
                break;
        case UNMET_UNKNOWN:
                an->unmet[0].student = UNKNOWN;
                break;
        case SECTION_ORDER:
                SWAP(struct answer_section, an->sections[0], an->sections[1]);
                break;
        case STUDENT_ORDER:
                SWAP(int, an->sections[0].students.v[0], an->sections[0].students.v[1]);
                break;
        default:
                break;
        }
}

/* How the claim that tells of the lie begins. */
static const char *const subjects[N_LIES] = {
        [SCORE_LOW] = "score: ",
        [SCORE_MISSING] = "score: ",
        [SCORE_NAN] = "score: ",
        [BOUND_HIGH] = "bound: ",
        [OPTIMAL_UNPROVEN] = "status: ",
        [OPTIMAL_UNSAID] = "status: ",
        [STATUS_ODD] = "status: ",
        [FORMAT] = "format: ",
        [UNPLACED_LEFT_OUT] = "unplaced: ",
        [UNPLACED_TOO_HIGH] = "unplaced: ",
        [UNPLACED_ORDER] = "unplaced: ",
        [UNPLACED_TWICE] = "unplaced: ",
        [UNPLACED_UNKNOWN] = "unplaced: ",
        [UNMET_LEFT_OUT] = "unmet: ",
        [UNMET_MET] = "unmet: ",
        [UNMET_ORDER] = "unmet: ",
        [UNMET_TWICE] = "unmet: ",
        [UNMET_KIND] = "unmet: ",
        [UNMET_UNKNOWN] = "unmet: ",
        [SECTION_ORDER] = "sections: ",
        [STUDENT_ORDER] = "students: ",
};

static void every_false_claim_is_named(void **state)
{
        struct problem *pb = wanting();

        (void)state;
        for (enum lie lie = NO_LIE; lie < N_LIES; lie++) {
                struct answer *an = honest(pb);
                struct verdict *v;

                assert_int_equal(an->n_unplaced, 4);
                assert_int_equal(an->n_unmet, 3);
                lie_in_numbers(an, lie);
                lie_in_lists(an, lie);
                v = verify(pb, an, true);
                assert_int_equal(v->n_faults, 0);
                if ((v->n_claims > 0) != (lie != NO_LIE))
                        fail_msg("lie %d: %d claims", (int)lie, v->n_claims);
                for (int i = 0; i < v->n_claims; i++)
                        if (strncmp(v->claims[i].text, subjects[lie], strlen(subjects[lie])))
                                fail_msg("lie %d: %s", (int)lie, v->claims[i].text);
                verdict_free(v);
                answer_free(an);
        }
        problem_free(pb);
}

static void all_bounds_met_is_optimal(void **state)
{
        struct problem *pb = wanting();
        struct answer *an = honest(pb);
        struct verdict *v;

        (void)state;
        set_bounds(an);
        an->status = STATUS_OPTIMAL;
        v = verify(pb, an, true);
        assert_int_equal(v->n_claims, 0);
        verdict_free(v);
        answer_free(an);
        problem_free(pb);
}

/* A small generator of our own, so that the same nonsense comes out everywhere. */
static unsigned next_random(unsigned *seed)
{
        *seed = *seed * 1103515245u + 12345u;
        return *seed >> 16 & 0x7fff;
}

static int any_number(unsigned *seed, int n)
{
        static const int odd[] = {UNKNOWN, NONE, -77, 1000000, INT32_MAX, INT32_MIN};

        if (next_random(seed) % 8 == 0)
                return odd[next_random(seed) % (sizeof odd / sizeof *odd)];
        return (int)next_random(seed) % (n + 1);
}

static struct ints any_list(struct arena *a, unsigned *seed, int n)
{
        struct ints list = {(int)next_random(seed) % 5, true, NULL};

        list.v = arena_array(a, 5, sizeof(int));
        for (int i = 0; i < list.n; i++)
                list.v[i] = any_number(seed, n);
        return list;
}

static struct answer *nonsense(const struct problem *pb, unsigned seed)
{
        struct answer *an = answer_new();

        an->status = any_number(&seed, 3);
        an->n_sections = (int)next_random(&seed) % 40;
        an->n_unplaced = (int)next_random(&seed) % 5;
        an->n_unmet = (int)next_random(&seed) % 5;
        an->sections = arena_array(an->arena, 40, sizeof *an->sections);
        an->unplaced = arena_array(an->arena, 5, sizeof *an->unplaced);
        an->unmet = arena_array(an->arena, 5, sizeof *an->unmet);
        for (int i = 0; i < an->n_sections; i++) {
                struct answer_section *s = &an->sections[i];

                s->course = any_number(&seed, pb->n_courses);
                s->number = any_number(&seed, 3);
                s->teacher = any_number(&seed, pb->n_teachers);
                s->co_teacher = any_number(&seed, pb->n_teachers);
                s->room = any_number(&seed, pb->n_rooms);
                s->cohort = any_number(&seed, pb->n_cohorts);
                s->terms = any_list(an->arena, &seed, pb->n_terms);
                s->periods = any_list(an->arena, &seed, pb->n_periods);
                s->students = any_list(an->arena, &seed, pb->n_students);
        }
        for (int i = 0; i < an->n_unplaced; i++) {
                an->unplaced[i].course = any_number(&seed, pb->n_courses);
                an->unplaced[i].number = any_number(&seed, 3);
        }
        for (int i = 0; i < an->n_unmet; i++) {
                an->unmet[i].student = any_number(&seed, pb->n_students);
                an->unmet[i].course = any_number(&seed, pb->n_courses);
                an->unmet[i].kind = any_number(&seed, 3);
        }
        return an;
}

static void no_answer_is_too_odd_to_be_judged(void **state)
{
        struct problem *pb = wanting();

        (void)state;
        for (unsigned seed = 1; seed <= 2000; seed++) {
                struct answer *an = nonsense(pb, seed);
                struct verdict *v = verify(pb, an, true);

                assert_true(v->n_claims > 0);
                verdict_free(v);
                answer_free(an);
        }
        problem_free(pb);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_false_claim_is_named),
                cmocka_unit_test(all_bounds_met_is_optimal),
                cmocka_unit_test(no_answer_is_too_odd_to_be_judged),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
