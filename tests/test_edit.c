/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model/edit, model/freeze, model/lock_check: edited copies, locks from schedules, clashing locks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "io/edit_write.h"
#include "io/problem_read.h"
#include "io/problem_write.h"
#include "model/freeze.h"
#include "model/lock_check.h"
#include "support.h"
#include "support_text.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char school[] =
        "msched: 1\n"
        "bell: {terms: [S1, S2], periods: 4}\n"
        "contract: {load: 3, preps: 2, size: {min: 1, target: 2, max: 3}}\n"
        "teachers:\n"
        "  - {id: ann, credentials: [english], available: [1, 2]}\n"
        "  - {id: bob, credentials: [art, english]}\n"
        "rooms:\n"
        "  - {id: R1, types: [lab], capacity: 2, available: [1]}\n"
        "courses:\n"
        "  - {id: ENG, credential: english, grades: [9]}\n"
        "  - {id: ART, subject: Art, credential: art, room: lab, at: {periods: [1]}}\n"
        "  - {id: GYM, pathway: sport, credential: art, size: {min: 2}}\n"
        "pathways:\n"
        "  - {id: sport, team: [bob], common_planning: 1,\n"
        "     cohorts: [{id: s9, grade: 9, courses: [GYM]}]}\n"
        "students:\n"
        "  - {id: K1, grade: 9, pathway: sport}\n"
        "  - {id: K2, grade: 9}\n"
        "  - {id: K3, grade: 9}\n"
        "requests:\n"
        "  - {student: K1, course: ENG, kind: required}\n"
        "  - {student: K1, course: ART}\n"
        "  - {student: K2, course: ENG}\n"
        "  - {student: K2, course: GYM, kind: alternate}\n"
        "  - {student: K2, course: ART, kind: alternate, for: ENG}\n"
        "  - {student: K3, course: ENG}\n"
        "  - {student: K3, course: GYM}\n"
        "rules:\n"
        "  - same_period: [ENG, GYM]\n"
        "  - avoid: {student: K1, teacher: ann}\n"
        "locks:\n"
        "  - {course: ENG, section: 1, period: 2}\n"
        "  - {student: K3, course: ENG, section: 1}\n";

static int course(const struct problem *pb, const char *id)
{
        return id_of(pb->course_ids, id);
}

/* The school with one change, beside the one it was made from. */
struct both {
        struct problem *was, *now;
};

static struct both edited(struct edit e)
{
        struct report *rp = report_new();
        struct both b = {.was = text_school(school)};

        b.now = edits_apply(b.was, &e, 1, rp);
        assert_int_equal(report_errors(rp), 0);
        assert_non_null(b.now);
        report_free(rp);
        return b;
}

static void done(struct both b)
{
        problem_free(b.now);
        problem_free(b.was);
}

static struct course *of(const struct problem *pb, const char *id)
{
        return &pb->courses[course(pb, id)];
}

static void seats_leave_the_number_of_sections_alone(void **state)
{
        struct both b = edited((struct edit){.kind = EDIT_SEATS, .what = 0, .by = 2});

        (void)state;
        assert_int_equal(of(b.was, "ENG")->size_max, 3);
        assert_int_equal(of(b.now, "ENG")->size_max, 5);
        assert_int_equal(of(b.now, "ENG")->size_target, 2);
        assert_int_equal(of(b.now, "ENG")->sections_max, of(b.was, "ENG")->sections_max);
        assert_int_equal(b.now->n_sections, b.was->n_sections);
        done(b);
}

static void sections_bring_those_tied_to_them(void **state)
{
        struct both b = edited((struct edit){.kind = EDIT_SECTIONS, .what = 0, .by = 1});

        (void)state;
        assert_int_equal(of(b.now, "ENG")->sections_max, of(b.was, "ENG")->sections_max + 1);
        assert_int_equal(of(b.now, "GYM")->sections_max, of(b.was, "GYM")->sections_max + 1);
        assert_int_equal(of(b.now, "ART")->sections_max, of(b.was, "ART")->sections_max);
        done(b);
}

static void people_and_rooms_are_added_at_the_end(void **state)
{
        struct both b = edited((struct edit){.kind = EDIT_ADD_TEACHER, .what = 0, .by = 1});
        struct both c = edited((struct edit){.kind = EDIT_ADD_ROOM, .what = 0});

        (void)state;
        assert_int_equal(b.now->n_teachers, 3);
        assert_int_equal(b.now->teachers[2].limits.load, 1);
        assert_int_equal(of(b.now, "ENG")->able_teachers.n, 3);
        assert_int_equal(of(b.was, "ENG")->able_teachers.n, 2);
        assert_int_equal(c.now->n_rooms, 2);
        assert_int_equal(of(c.now, "ART")->able_rooms.n, 2);
        done(b);
        done(c);
}

static void a_period_more_moves_cells_and_no_meaning(void **state)
{
        struct both b = edited((struct edit){.kind = EDIT_ADD_PERIOD});
        const struct problem *pb = b.now;

        (void)state;
        assert_int_equal(pb->n_cells, 10);
        assert_true(pb->teachers[0].available == 0x63); /* 1 and 2 of both terms */
        assert_true(pb->teachers[1].available == 0x3ff);
        assert_true(pb->rooms[0].available == 0x21);
        assert_true(pb->students[0].available == 0x3ff);
        assert_int_equal(pb->teachers[0].limits.load, 3);
        assert_int_equal(pb->locks[0].period, 1);
        done(b);
}

static void what_is_dropped_is_gone_and_nothing_else(void **state)
{
        struct both b = edited((struct edit){.kind = EDIT_DROP_RULE, .what = 0});
        struct both c = edited((struct edit){.kind = EDIT_DROP_LOCK, .what = 0});
        struct both d =
                edited((struct edit){.kind = EDIT_DROP_LIMIT, .what = NONE, .part = LIMIT_PREPS});
        struct both e = edited((struct edit){.kind = EDIT_DROP_COURSE, .what = 1, .part = PART_AT});
        struct both f = edited((struct edit){.kind = EDIT_DROP_COHORT, .what = 0});

        (void)state;
        assert_int_equal(b.now->n_rules, 1);
        assert_int_equal(b.now->rules[0].kind, RULE_AVOID);
        assert_int_equal(b.now->n_sections, b.was->n_sections);
        assert_int_equal(c.now->n_locks, 1);
        assert_int_equal(c.now->locks[0].student, 2);
        assert_int_equal(d.was->teachers[0].limits.preps, 2);
        assert_int_equal(d.now->teachers[0].limits.preps, NO_LIMIT);
        assert_int_equal(__builtin_popcountll(of(e.was, "ART")->may_start), 1);
        assert_int_equal(__builtin_popcountll(of(e.now, "ART")->may_start), 4);
        assert_int_equal(of(f.was, "GYM")->in_cohorts.n, 1);
        assert_int_equal(of(f.now, "GYM")->in_cohorts.n, 0);
        done(b);
        done(c);
        done(d);
        done(e);
        done(f);
}

static void a_request_less_leaves_ranks_and_sections(void **state)
{
        struct problem *pb = text_school(school);
        int gym = text_request(pb, "K2", "GYM"), eng = text_request(pb, "K2", "ENG");
        struct both b = edited((struct edit){.kind = EDIT_DROP_REQUEST, .what = gym});
        struct both c = edited((struct edit){.kind = EDIT_DROP_REQUEST, .what = eng});
        struct both d = edited(
                (struct edit){.kind = EDIT_SWAP_REQUEST, .what = eng, .part = course(pb, "GYM")});

        (void)state;
        assert_int_equal(b.now->n_requests, b.was->n_requests - 1);
        assert_int_equal(b.now->requests[text_request(b.now, "K2", "ART")].rank, 2);
        assert_int_equal(b.now->requests[text_request(b.now, "K2", "ART")].stands_for,
                text_request(b.now, "K2", "ENG"));
        assert_int_equal(c.now->requests[text_request(c.now, "K2", "ART")].stands_for, NONE);
        assert_int_equal(of(c.now, "ENG")->sections_max, of(c.was, "ENG")->sections_max);
        /* K2 has asked for GYM already: there is nothing to swap for. */
        assert_int_equal(d.now->n_requests, d.was->n_requests - 1);
        done(b);
        done(c);
        done(d);
        problem_free(pb);
}

static void schedules_follow_the_edits(void **state)
{
        struct both b = edited((struct edit){.kind = EDIT_ADD_PERIOD});
        struct schedule *was = text_schedule(b.was, "ENG 1 2/S1 ann - - -: K2 K3;");
        struct schedule *now = edits_schedule(was, b.now);
        int s = text_section(b.now, "ENG", 1);

        (void)state;
        assert_int_equal(now->start[s], 1);
        assert_int_equal(now->seat[text_request(b.now, "K3", "ENG")], s);
        assert_true(text_valid(now));
        schedule_free(was);
        schedule_free(now);
        done(b);
}

static void every_edit_has_words_and_a_place(void **state)
{
        struct problem *pb = text_school(school);
        struct arena *a = arena_new();

        (void)state;
        for (int kind = 0; kind < N_EDITS; kind++) {
                struct edit e = {.kind = (enum edit_kind)kind, .by = 1, .cells = 2};
                e.lock = pb->locks[0];
                assert_true(strlen(edit_text(a, pb, &e)) > 5);
                assert_non_null(edit_at(pb, &e).file);
        }
        struct edit e = {.kind = EDIT_SEATS, .what = 1, .by = 1};
        assert_string_equal(edit_text(a, pb, &e), "one more seat in each section of ART");
        arena_free(a);
        problem_free(pb);
}

/* The YAML without its head, which free() frees. */
static char *yaml_of(const struct problem *pb)
{
        char *text = NULL;
        size_t size;
        FILE *to = open_memstream(&text, &size);

        problem_print(pb, NULL, NULL, to);
        for (int r = 0; r < pb->n_requests; r++)
                fprintf(to, "%s %s %d %d\n", pb->students[pb->requests[r].student].id,
                        pb->courses[pb->requests[r].course].id, pb->requests[r].kind,
                        pb->requests[r].rank);
        fclose(to);
        return text;
}

/* What is written and read again is the edited school, whatever the edit. */
static void edits_are_written_back_as_yaml(void **state)
{
        struct problem *pb = text_school(school);
        struct report *rp = report_new();
        char folder[] = "/tmp/test_edit_XXXXXX", path[64];

        (void)state;
        assert_non_null(mkdtemp(folder));
        snprintf(path, sizeof path, "%s/school.yaml", folder);
        for (int kind = 0; kind < N_EDITS; kind++) {
                struct edit e = {.kind = (enum edit_kind)kind, .by = 1, .cells = 0x88};
                e.lock = pb->locks[0];
                e.lock.section = 2;
                e.part = kind == EDIT_SWAP_REQUEST ? course(pb, "GYM")
                         : kind == EDIT_CREDENTIAL ? id_of(pb->credentials, "art")
                                                   : 0;
                struct problem *edited = edits_apply(pb, &e, 1, rp);
                assert_non_null(edited);
                assert_true(edits_write(pb, &e, 1, path, rp));
                struct problem *read = problem_read(path, NULL, rp);
                assert_non_null(read);
                char *wanted = yaml_of(edited), *got = yaml_of(read), *was = yaml_of(pb);
                assert_string_equal(got, wanted);
                /* Of the default limits, cohorts and so on each was something to change. */
                assert_string_not_equal(got, was);
                free(wanted);
                free(got);
                free(was);
                problem_free(read);
                problem_free(edited);
        }
        assert_int_equal(report_errors(rp), 0);
        const char *const files[] = {"school.yaml", "students.csv", "requests.csv"};
        for (int i = 0; i < 3; i++) {
                snprintf(path, sizeof path, "%s/%s", folder, files[i]);
                unlink(path);
        }
        rmdir(folder);
        report_free(rp);
        problem_free(pb);
}

/* ---- freezing ---- */

static const char before[] = "ENG 1 2/S1 bob - - -: K2 K3; ART 1 1/S1 bob - R1 -: K1;"
                             "GYM 1 2/S1 - - - s9: K3;";

static struct edits frozen(const struct schedule *sc, const char *what, const char *only)
{
        struct report *rp = report_new();
        struct freeze_only which = {.text = only};
        struct edits out = {0};
        unsigned bits;

        assert_true(freeze_read(what, &bits, (struct place){0}, rp));
        assert_true(freeze_only_check(sc->pb, &which, rp));
        freeze(sc, bits, &which, NULL, &out, rp);
        report_free(rp);
        return out;
}

static void locks_come_from_the_schedule(void **state)
{
        struct problem *pb = text_school(school);
        struct schedule *sc =
                text_schedule(pb, "ENG 1 2/S1 bob - - -: K2 K3; ART 1 1/S1 bob - R1 -: K1;");
        struct edits all = frozen(sc, "sections", NULL);

        (void)state;
        /* Two places; K1 and K2: K3 is locked by the school. */
        assert_int_equal(all.n, 4);
        assert_true(all.v[0].lock.kept);
        assert_int_equal(all.v[0].lock.period, NONE); /* locked by the school */
        assert_int_equal(all.v[0].lock.teacher, 1);
        assert_int_equal(all.v[1].lock.period, 0);
        assert_int_equal(all.v[1].lock.room, 0);
        assert_int_equal(all.v[2].lock.student, 0);
        assert_false(all.v[2].lock.kept);
        edits_release(&all);
        struct edits art = frozen(sc, "rooms,teachers", "subject=Art;pathway=sport");
        assert_int_equal(art.n, 1);
        assert_int_equal(art.v[0].lock.course, course(pb, "ART"));
        assert_int_equal(art.v[0].lock.period, NONE);
        edits_release(&art);
        schedule_free(sc);
        problem_free(pb);
}

static void what_the_school_wants_otherwise_is_not_frozen(void **state)
{
        struct problem *pb = text_school(school);
        struct schedule *sc = text_schedule(pb, "ENG 1 3/S1 bob - - -: K2 K3;");
        struct edits all = frozen(sc, "sections", NULL);

        (void)state;
        assert_int_equal(all.n, 0); /* the school locks it to period 2 */
        edits_release(&all);
        schedule_free(sc);
        problem_free(pb);
}

static void who_is_wanted_elsewhere_then_is_not_frozen(void **state)
{
        struct problem *pb = text_school(school);
        struct report *rp = report_new();
        struct lock l = lock_of(course(pb, "GYM"), 1, (struct place){.file = "board.csv"});
        l.teacher = 1;
        l.period = 1;
        l.term = 0;
        struct edit e = {.kind = EDIT_ADD_LOCK, .lock = l};
        struct problem *with = edits_apply(pb, &e, 1, rp);
        struct schedule *sc =
                text_schedule(with, "ENG 1 2/S1 bob - - -: K2; GYM 1 2/S2 bob - - -: K3;");
        struct edits all = {0};

        (void)state;
        freeze(sc, FREEZE_SECTIONS, NULL, NULL, &all, rp);
        assert_int_equal(all.n, 0);
        assert_int_equal(report_warnings(rp), 1); /* of ENG, whose teacher the lock wants */
        edits_release(&all);
        schedule_free(sc);
        problem_free(with);
        problem_free(pb);
        report_free(rp);
}

static void sections_below_their_minimum_keep_nobody(void **state)
{
        struct problem *pb = text_school(school);
        struct schedule *sc = text_schedule(pb, before);
        struct edits all = frozen(sc, "students", "course=GYM");

        (void)state;
        assert_int_equal(all.n, 0);
        edits_release(&all);
        schedule_free(sc);
        problem_free(pb);
}

static void a_kept_lock_need_not_run_and_frees_of_no_minimum(void **state)
{
        struct problem *pb = text_school(school);
        struct report *rp = report_new();
        struct lock l = {.course = course(pb, "GYM"),
                .section = 1,
                .student = NONE,
                .teacher = 1,
                .room = NONE,
                .period = 1,
                .term = 0,
                .cohort = COHORT_NOT_LOCKED,
                .kept = true};
        struct edit e = {.kind = EDIT_ADD_LOCK, .lock = l};
        struct problem *with = edits_apply(pb, &e, 1, rp);
        struct schedule *none = text_schedule(with, "ENG 1 2/S1 ann - - -: K3;");
        struct schedule *few =
                text_schedule(with, "ENG 1 2/S1 ann - - -: K2; GYM 1 2/S1 bob - - -: K3;");
        struct schedule *moved =
                text_schedule(with, "ENG 1 2/S1 ann - - -: K3; GYM 1 2/S2 bob - - -: ;");

        (void)state;
        assert_true(text_valid(none));
        assert_false(text_valid(few));
        assert_false(text_valid(moved));
        schedule_free(none);
        schedule_free(few);
        schedule_free(moved);
        problem_free(with);
        problem_free(pb);
        report_free(rp);
}

/* Reasons name the line of a lock long after the table or schedule that it came from is closed. */
static void a_lock_keeps_the_name_of_its_file(void **state)
{
        struct problem *pb = text_school(school);
        struct report *rp = report_new();
        char file[] = "board.csv";
        struct lock l = {.course = course(pb, "GYM"),
                .section = 1,
                .student = NONE,
                .teacher = NONE,
                .room = NONE,
                .period = 1,
                .term = NONE,
                .cohort = COHORT_NOT_LOCKED,
                .at = {.file = file, .line = 2, .column = 4}};
        struct edit e = {.kind = EDIT_ADD_LOCK, .lock = l};
        struct problem *with = edits_apply(pb, &e, 1, rp);

        (void)state;
        memset(file, '\377', sizeof file - 1);
        assert_string_equal(with->locks[with->n_locks - 1].at.file, "board.csv");
        problem_free(with);
        problem_free(pb);
        report_free(rp);
}

static void wrong_words_are_refused(void **state)
{
        struct problem *pb = text_school(school);
        struct report *rp = report_new();
        unsigned bits;

        (void)state;
        assert_false(freeze_read("rooms,", &bits, (struct place){0}, rp));
        assert_false(freeze_read("room", &bits, (struct place){0}, rp));
        assert_false(freeze_only_check(pb, &(struct freeze_only){.text = "colour=red"}, rp));
        assert_false(freeze_only_check(pb, &(struct freeze_only){.text = "subject=Math"}, rp));
        assert_false(freeze_only_check(pb, &(struct freeze_only){.text = "teacher"}, rp));
        report_free(rp);
        problem_free(pb);
}

static void wishes_keep_what_is_still_possible(void **state)
{
        struct problem *pb = text_school(school);
        struct schedule *sc = text_schedule(pb, before);
        struct answer *an = schedule_answer(sc);
        struct report *rp = report_new();
        struct place *at = mem_zero((size_t)pb->n_sections + 1, sizeof *at);
        int art = text_section(pb, "ART", 1);

        (void)state;
        for (int i = 0; i < an->n_sections; i++) {
                if (an->sections[i].course == course(pb, "ART"))
                        an->sections[i].teacher = UNKNOWN;
        }
        struct schedule *fits = answer_schedule(pb, an, rp);
        struct schedule *wish = freeze_wish(fits, an, at);
        assert_int_equal(fits->start[art], NONE);
        assert_int_equal(wish->start[art], 0);
        assert_int_equal(wish->room[art], 0);
        assert_int_equal(wish->teacher[art], NONE);
        schedule_free(wish);
        schedule_free(fits);
        mem_free(at);
        report_free(rp);
        answer_free(an);
        schedule_free(sc);
        problem_free(pb);
}

/* ---- locks that clash on sight ---- */

static void clashes(const char *locks, const char *text)
{
        char *yaml = text_edit(school, "locks:\n", "locks:\n  - {course: GYM, section: 1}\n");
        char *with = text_edit(yaml, "  - {course: GYM, section: 1}\n", locks);
        struct problem *pb = text_school(with);
        struct report *rp = report_new();
        bool fine = locks_check(pb, rp);

        assert_int_equal(fine, text == NULL);
        if (text && !strstr(report_message(rp, 0)->text, text))
                fail_msg("%s", report_message(rp, 0)->text);
        if (text)
                assert_int_equal(report_worst(rp), ERROR_CLASH);
        report_free(rp);
        problem_free(pb);
        mem_free(with);
        mem_free(yaml);
}

static void locks_that_cannot_hold_are_named(void **state)
{
        (void)state;
        clashes("  - {course: GYM, section: 1, teacher: bob}\n", NULL);
        clashes("  - {course: ENG, section: 1, period: 3}\n", "locked otherwise at");
        clashes("  - {course: ART, section: 1, period: 2}\n", "cannot start then");
        clashes("  - {course: ART, section: 1, teacher: ann}\n", "may not teach ART");
        clashes("  - {course: ENG, section: 1, room: R1}\n", "needs no room");
        clashes("  - {course: ENG, section: 2, period: 3, teacher: ann}\n", "not available");
        clashes("  - {course: ENG, section: 1, teacher: bob}\n"
                "  - {course: GYM, section: 1, teacher: bob, period: 2}\n",
                "at the same time as ENG-1");
        clashes("  - {course: ENG, section: 2, period: 2, teacher: ann}\n"
                "  - {course: ENG, section: 1, teacher: bob}\n",
                NULL);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(seats_leave_the_number_of_sections_alone),
                cmocka_unit_test(sections_bring_those_tied_to_them),
                cmocka_unit_test(people_and_rooms_are_added_at_the_end),
                cmocka_unit_test(a_period_more_moves_cells_and_no_meaning),
                cmocka_unit_test(what_is_dropped_is_gone_and_nothing_else),
                cmocka_unit_test(a_request_less_leaves_ranks_and_sections),
                cmocka_unit_test(schedules_follow_the_edits),
                cmocka_unit_test(every_edit_has_words_and_a_place),
                cmocka_unit_test(edits_are_written_back_as_yaml),
                cmocka_unit_test(locks_come_from_the_schedule),
                cmocka_unit_test(what_the_school_wants_otherwise_is_not_frozen),
                cmocka_unit_test(who_is_wanted_elsewhere_then_is_not_frozen),
                cmocka_unit_test(sections_below_their_minimum_keep_nobody),
                cmocka_unit_test(a_kept_lock_need_not_run_and_frees_of_no_minimum),
                cmocka_unit_test(a_lock_keeps_the_name_of_its_file),
                cmocka_unit_test(wrong_words_are_refused),
                cmocka_unit_test(wishes_keep_what_is_still_possible),
                cmocka_unit_test(locks_that_cannot_hold_are_named),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
