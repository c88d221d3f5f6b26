/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/tally and model/flow: counts that were made by hand, cuts that trying everything confirms.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/flow.h"
#include "model/tally.h"
#include "support.h"
#include "support_text.h"
#include <stdlib.h>

static const char school[] =
        "msched: 1\n"
        "bell: {terms: [S1, S2], periods: 4}\n"
        "contract: {load: 3, size: {min: 1, target: 4, max: 5}, full_day: {9: 2, 10: 4}}\n"
        "teachers:\n"
        "  - {id: ann, credentials: [english]}\n"
        "  - {id: bob, credentials: [art, weld], available: [1, 2]}\n"
        "  - {id: cat, credentials: [math]}\n"
        "rooms:\n"
        "  - {id: SHOP, types: [shop], capacity: 3, available: [1, 2]}\n"
        "courses:\n"
        "  - {id: ENG, area: B, credential: english, sections: 2}\n"
        "  - {id: WELD, pathway: metal, credential: weld, room: shop, periods: 2, sections: 1}\n"
        "  - {id: ART, credential: art, sections: 2}\n"
        "  - {id: CLAY, credential: art, sections: 1, at: {periods: [1]}}\n"
        "  - {id: DRAW, credential: art, sections: 0, at: {periods: [1]}}\n"
        "pathways:\n"
        "  - id: metal\n"
        "    cohorts: [{id: m9, grade: 9, courses: [ENG, WELD], purity: 0.5}]\n"
        "requirements:\n"
        "  - {id: English, area: B, years_by_grade: {9: 1, 10: 2}}\n"
        "students:\n"
        "  - {id: K1, grade: 9, pathway: metal}\n"
        "  - {id: K2, grade: 9, pathway: metal}\n"
        "  - {id: K3, grade: 10}\n"
        "  - {id: K4, grade: 10, available: [1]}\n"
        "requests:\n"
        "  - {student: K1, course: ENG, kind: required}\n"
        "  - {student: K1, course: WELD}\n"
        "  - {student: K2, course: WELD}\n"
        "  - {student: K2, course: ENG, kind: alternate}\n"
        "  - {student: K3, course: ENG, kind: required}\n"
        "  - {student: K3, course: CLAY}\n"
        "  - {student: K3, course: DRAW}\n"
        "  - {student: K3, course: ART}\n"
        "  - {student: K4, course: WELD}\n";

struct view {
        struct problem *pb;
        struct tally *t;
};

static struct view open_school(const char *text)
{
        struct problem *pb = text_school(text);

        return (struct view){pb, tally_new(pb)};
}

static void close_school(struct view *v)
{
        tally_free(v->t);
        problem_free(v->pb);
}

static const struct course_tally *course_of(const struct view *v, const char *id)
{
        return &v->t->courses[id_of(v->pb->course_ids, id)];
}

static void requests_are_counted_by_course(void **state)
{
        struct view v = open_school(school);
        const struct course_tally *eng = course_of(&v, "ENG"), *weld = course_of(&v, "WELD");

        (void)state;
        assert_int_equal(eng->required, 2);
        assert_int_equal(eng->alternates, 1);
        assert_int_equal(eng->seats, 10);
        assert_int_equal(eng->asked, 1);
        assert_int_equal(eng->by_grade[0], 1);
        assert_int_equal(eng->by_grade[1], 1);
        assert_int_equal(weld->elective, 3);
        assert_int_equal(weld->cte, 3);
        assert_int_equal(weld->open, 2); /* K4 is not there for two periods */
        assert_int_equal(weld->largest, 3);
        assert_int_equal(weld->cells, 4);
        assert_int_equal(v.t->seat_cells, 2 + 4 + 4 + 2 * 4);
        close_school(&v);
}

static void pairs_are_found_and_ranked(void **state)
{
        struct view v = open_school(school);
        int draw = id_of(v.pb->course_ids, "DRAW"), clay = id_of(v.pb->course_ids, "CLAY");
        int never = 0;

        (void)state;
        assert_int_equal(v.t->n_pairs, 7); /* ENG-WELD; K3's four courses in pairs */
        for (int i = 0; i < v.t->n_pairs; i++) {
                const struct pair *p = &v.t->pairs[i];
                assert_int_equal(p->students, 1);
                assert_false(i && p->places < p[-1].places);
                if (p->never) {
                        never++;
                        assert_int_equal(p->a, clay);
                        assert_int_equal(p->b, draw);
                }
        }
        assert_int_equal(never, 1);
        close_school(&v);
}

static void those_who_hold_too_little_time_are_named(void **state)
{
        struct view v = open_school(school);
        const struct tally *t = v.t;

        (void)state;
        /* bob has 2 periods in 2 terms: 4 cells, for 4 of WELD, 4 of ART and 2 of CLAY. */
        assert_int_equal(t->n_staff_short, 1);
        assert_int_equal(t->staff_short[0].cells, 10);
        assert_int_equal(t->staff_short[0].has, 4);
        assert_int_equal(t->staff_short[0].courses.n, 3);
        assert_int_equal(t->staff_short[0].able.n, 1);
        assert_int_equal(t->staff_short[0].able.v[0], id_of(v.pb->teacher_ids, "bob"));
        assert_int_equal(t->n_space_short, 0);
        assert_int_equal(t->n_staff_over, 1);
        assert_int_equal(t->staff_over[0].cells, 4);
        assert_int_equal(t->staff_over[0].has, 6);
        assert_int_equal(t->teachers[id_of(v.pb->teacher_ids, "ann")].most, 4);
        assert_int_equal(t->teachers[id_of(v.pb->teacher_ids, "bob")].most, 4);
        assert_int_equal(t->teachers[id_of(v.pb->teacher_ids, "cat")].most, 0);
        assert_int_equal(t->n_staff, 3);
        assert_int_equal(t->staffed_cells, 4 + 4 + 4 + 2);
        close_school(&v);
}

static void periods_hold_what_people_and_rooms_allow(void **state)
{
        struct view v = open_school(school);

        (void)state;
        assert_int_equal(v.t->slots[0].students, 3); /* K4's one request cannot be met */
        assert_int_equal(v.t->slots[0].teachers, 3);
        assert_int_equal(v.t->slots[0].sections, 2); /* ann's and one of bob's */
        assert_int_equal(v.t->slots[0].seats, 10);
        assert_int_equal(v.t->slots[3].sections, 1);
        assert_int_equal(v.t->slots[3].rooms, 0);
        close_school(&v);
}

static void short_requirements_and_groups_are_counted(void **state)
{
        struct view v = open_school(school);
        const struct tally *t = v.t;

        (void)state;
        assert_int_equal(t->n_coverage, 2);
        assert_int_equal(t->coverage[0].students, 2);
        assert_int_equal(t->coverage[0].covered, 1);
        assert_int_equal(t->coverage[0].by_alternates, 1);
        assert_int_equal(t->coverage[1].covered, 1);
        assert_int_equal(t->n_gaps, 2);
        assert_int_equal(t->gaps[0].student, 1);
        assert_int_equal(t->gaps[1].student, 3);
        assert_int_equal(t->n_groups, 2);
        assert_int_equal(t->groups[1].members, 2);
        assert_int_equal(t->groups[1].groups, 1);
        assert_int_equal(t->groups[1].outsiders, 1); /* of three places */
        assert_int_equal(t->groups[0].outsiders, 1); /* one member, half pure */
        assert_int_equal(course_of(&v, "ENG")->others, 1);
        assert_int_equal(course_of(&v, "ENG")->others_seats, 1 + 5); /* and a section of five */
        assert_int_equal(course_of(&v, "WELD")->others, 0);
        assert_int_equal(course_of(&v, "WELD")->others_seats, 1);
        assert_int_equal(course_of(&v, "ART")->others_seats, -1);
        close_school(&v);
}

static void stacked_sections_count_once(void **state)
{
        char *text =
                text_edit(school, "pathways:\n", "rules: [{stack: [ART, CERAM]}]\npathways:\n");
        char *more = text_edit(text, "  - {id: DRAW",
                "  - {id: CERAM, credential: art, sections: 2}\n  - {id: DRAW");
        struct view v = open_school(more);

        (void)state;
        assert_int_equal(v.t->staffed_cells, 4 + 4 + 4 + 2);
        close_school(&v);
        mem_free(text);
        mem_free(more);
}

/* ENG of 2 sections, one of them co-taught by cat, who has math alone to teach. */
static void co_taught_sections_count_for_both_teachers(void **state)
{
        char *text = text_edit(school, "credential: english, sections: 2}",
                "credential: english, sections: 2, support: {flag: iep, credential: math, "
                "sections: 1}}");
        struct view v = open_school(text);
        const struct pool *p = &v.t->staff[v.t->n_staff - 1];

        (void)state;
        assert_int_equal(v.t->staffed_cells, 4 + 2 + 4 + 4 + 2);
        assert_string_equal(p->name, "math");
        assert_int_equal(p->sections, 1);
        assert_int_equal(p->cells, 2);
        assert_int_equal(p->has, 6);
        assert_int_equal(v.t->teachers[2].most, 2);
        close_school(&v);
        mem_free(text);
}

/* ---- flows ---- */

enum { LEFT = 4, RIGHT = 4 };

struct trial {
        int need[LEFT], room[RIGHT], edge[LEFT][RIGHT];
};

/* The cut that keeps the left nodes of a mask: what the others ask, and what these can get. */
static int cut_of(const struct trial *x, unsigned mask)
{
        int sum = 0;

        for (int i = 0; i < LEFT; i++)
                sum += mask >> i & 1 ? 0 : x->need[i];
        for (int j = 0; j < RIGHT; j++) {
                int in = 0;
                for (int i = 0; i < LEFT; i++)
                        in += mask >> i & 1 ? x->edge[i][j] : 0;
                sum += in < x->room[j] ? in : x->room[j];
        }
        return sum;
}

static void flows_equal_the_least_cut(void **state)
{
        (void)state;
        srand(5);
        for (int n = 0; n < 500; n++) {
                struct arena *a = arena_new();
                struct flow *f = flow_new(a, LEFT, RIGHT);
                struct trial x = {0};
                int least = 1 << 30;
                unsigned mask = 0;
                for (int i = 0; i < LEFT; i++) {
                        flow_need(f, i, x.need[i] = rand() % 6);
                        for (int j = 0; j < RIGHT; j++)
                                if (rand() % 2)
                                        flow_edge(f, i, j, x.edge[i][j] = rand() % 5);
                }
                for (int j = 0; j < RIGHT; j++)
                        flow_room(f, j, x.room[j] = rand() % 6);
                int value = flow_run(f);
                for (unsigned m = 0; m < 1u << LEFT; m++)
                        least = cut_of(&x, m) < least ? cut_of(&x, m) : least;
                assert_int_equal(value, least);
                for (int i = 0; i < LEFT; i++)
                        mask |= flow_left_short(f, i) ? 1u << i : 0;
                assert_int_equal(cut_of(&x, mask), least);
                arena_free(a);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(requests_are_counted_by_course),
                cmocka_unit_test(pairs_are_found_and_ranked),
                cmocka_unit_test(those_who_hold_too_little_time_are_named),
                cmocka_unit_test(periods_hold_what_people_and_rooms_allow),
                cmocka_unit_test(short_requirements_and_groups_are_counted),
                cmocka_unit_test(stacked_sections_count_once),
                cmocka_unit_test(co_taught_sections_count_for_both_teachers),
                cmocka_unit_test(flows_equal_the_least_cut),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
