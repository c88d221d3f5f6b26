/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The anonymous school: nobody is in it, and its schedules are those of the original. */
#include "io/anonymous.h"
#include "io/problem_read.h"
#include "io/redact.h"
#include "model/verify.h"
#include "solver/exact.h"
#include "tests/support_text.h"
#include "tests/tiny_school.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SAMPLE = N_TINY, FULL = 400, SECONDS = 60 };

static char folder[] = "/tmp/msched-anonymous-XXXXXX";

/* Reproducible here; the program takes the system's random numbers. */
static uint64_t draw(void *context)
{
        uint64_t *x = context;

        *x += UINT64_C(0x9E3779B97F4A7C15);
        uint64_t z = (*x ^ *x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
        z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
        return z ^ z >> 31;
}

static void anonymize(struct problem *pb, uint64_t seed, struct anonymous *key)
{
        const struct chance chance = {draw, &seed};
        problem_anonymize(pb, &chance, key);
}

/* As it comes back from its files. */
static struct problem *written_and_read(const struct problem *pb)
{
        char path[100], command[200];
        struct report *rp = report_new();

        snprintf(path, sizeof path, "%s/school", folder);
        snprintf(command, sizeof command, "rm -rf %s", path);
        assert_int_equal(system(command), 0);
        assert_true(anonymous_prepare(path, rp));
        assert_true(anonymous_write(pb, path, rp));
        strcat(path, "/school.yaml");
        struct problem *again = problem_read(path, NULL, rp);
        for (int i = 0; i < report_count(rp) && !again; i++)
                print_error("%s\n", report_message(rp, i)->text);
        report_free(rp);
        assert_non_null(again);
        return again;
}

/* The best score there is; false where locks leave none, or it took too long. */
static bool optimum(const struct problem *pb, struct score *out)
{
        struct meter m;
        struct report *rp = report_new();
        struct schedule *sc = schedule_new(pb);
        struct bound bound = {0};

        meter_init(&m, clock_now(), SECONDS, 0, NULL);
        bool proven = exact_locks_hold(pb, &m, sc, rp);
        if (proven) {
                struct answer *an = schedule_answer(sc);
                struct verdict *v = verify(pb, an, false);
                *out = v->score;
                verdict_free(v);
                answer_free(an);
                proven = exact_solve(pb, &m, sc, out, &bound, rp) && score_meets(out, &bound);
        }
        schedule_free(sc);
        report_free(rp);
        return proven;
}

/* Years have other units where students were written in another order: as fractions. */
static void compare(uint64_t seed, const struct problem *a, const struct score *x,
        const struct problem *b, const struct score *y)
{
        for (int t = 0; t < N_TIERS; t++) {
                int64_t left = x->tier[t], right = y->tier[t];
                if (t == REQUIREMENT_SHORTFALL) {
                        left *= b->year_unit;
                        right *= a->year_unit;
                }
                if (left != right)
                        fail_msg("seed %llu: tier %s is %lld, was %lld", (unsigned long long)seed,
                                tier_name((enum tier)t), (long long)right, (long long)left);
        }
}

static void small_schools_keep_their_optimum(void **state)
{
        const char *all = getenv("MSCHED_FULL");
        int proven = 0;

        (void)state;
        for (uint64_t seed = 1; seed <= (all && *all ? FULL : SAMPLE); seed++) {
                struct problem *pb = tiny_school(seed, tiny_features(seed));
                struct problem *other = tiny_school(seed, tiny_features(seed));
                struct anonymous key;
                struct score before, after;

                anonymize(other, seed, &key);
                struct problem *again = written_and_read(other);
                bool first = optimum(pb, &before), second = optimum(again, &after);
                assert_int_equal(first, second);
                if (first)
                        compare(seed, pb, &before, again, &after);
                proven += first;
                anonymous_release(&key);
                problem_free(pb);
                problem_free(other);
                problem_free(again);
        }
        print_message("%d optima compared\n", proven);
        assert_true(proven >= 20);
}

static const char school[] =
        "msched: 1\n"
        "school: {name: Kim High, year: 2027-28, id: \"42\", district: Kim Unified}\n"
        "bell: {periods: [{id: P1, start: \"08:00\", end: \"09:00\"}, {id: P2}]}\n"
        "teachers:\n"
        "  - {id: kim, name: Robin Kim, credentials: [art-kim, art], home: Kim Hall}\n"
        "  - {id: lee, given: Sandy, family: Lee-Ortega, email: sl@x.example, sis_id: E77}\n"
        "rooms: [{id: Kim Hall, types: [lab]}, {id: R2, types: [lab]}]\n"
        "courses:\n"
        "  - {id: ADV-KIM, title: Advisory of Robin Kim, subject: Kim, teachers: [lee, kim]}\n"
        "  - {id: ART, title: Art 1, credential: art, pathway: w, room: lab, teachers: [kim, "
        "lee]}\n"
        "  - {id: MUS, pathway: w}\n"
        "pathways:\n"
        "  - {id: w, title: Way of Kim, sector: Ortega, team: [kim, lee], cohorts: [{id: w-9, "
        "grade: "
        "9, courses: [ART]},\n"
        "     {id: w-9b, grade: 9, courses: [MUS]}]}\n"
        "students:\n"
        "  - {id: S001, name: Ada Byron, grade: 9, pathway: w}\n"
        "  - {id: S002, name: Ben Stone, grade: 9, pathway: w, cohort: \"-\", flags: [Byron]}\n"
        "  - {id: S003, grade: 9, cohort: w-9b}\n"
        "requests:\n"
        "  - {student: S001, course: ART}\n"
        "  - {student: S001, course: ADV-KIM, kind: alternate}\n"
        "  - {student: S001, course: MUS, kind: alternate}\n"
        "  - {student: S002, course: ART, kind: required}\n"
        "rules:\n"
        "  - apart: [S001, S003]\n"
        "  - avoid: {student: S002, teacher: lee}\n"
        "  - free: {of: [kim], periods: [P1], count: 1}\n"
        "locks: [{student: S001, course: ART, section: 1}, {course: ART, section: 1, teacher: "
        "kim}]\n";

static char *text_of(const char *name)
{
        char path[100], *text = calloc(1, 20000);

        snprintf(path, sizeof path, "%s/school/%s", folder, name);
        FILE *f = fopen(path, "r");
        assert_non_null(f);
        assert_true(fread(text, 1, 19999, f) > 0);
        fclose(f);
        return text;
}

static void no_file_names_anybody(void **state)
{
        static const char *const names[] = {"kim", "Kim", "KIM", "lee", "Lee", "Robin", "Sandy",
                "Ortega", "E77", "example", "S001", "S002", "S003", "Byron", "Stone", "Ada",
                "Advisory", "08:00", "2027"};
        static const char *const files[] = {"school.yaml", "students.csv", "requests.csv"};
        struct problem *pb = text_school(school);
        struct anonymous key;

        (void)state;
        anonymize(pb, 7, &key);
        problem_free(written_and_read(pb));
        for (size_t f = 0; f < 3; f++) {
                char *text = text_of(files[f]);
                for (size_t i = 0; i < sizeof names / sizeof *names; i++)
                        if (strstr(text, names[i]))
                                fail_msg("%s is in %s:\n%s", names[i], files[f], text);
                free(text);
        }
        anonymous_release(&key);
        problem_free(pb);
}

static const struct alias *alias_of(const struct anonymous *key, const char *kind, const char *id)
{
        for (int i = 0; i < key->n; i++)
                if (!strcmp(key->v[i].kind, kind) && !strcmp(key->v[i].id, id))
                        return &key->v[i];
        return NULL;
}

static void people_get_codes_and_so_do_things_named_after_them(void **state)
{
        struct problem *pb = text_school(school);
        struct anonymous key;

        (void)state;
        anonymize(pb, 7, &key);
        assert_non_null(alias_of(&key, "student", "S001"));
        assert_non_null(alias_of(&key, "teacher", "lee"));
        assert_non_null(alias_of(&key, "room", "Kim Hall"));
        assert_non_null(alias_of(&key, "course", "ADV-KIM"));
        assert_non_null(alias_of(&key, "credential", "art-kim"));
        assert_non_null(alias_of(&key, "flag", "Byron"));
        assert_null(alias_of(&key, "room", "R2"));
        assert_null(alias_of(&key, "course", "ART"));
        assert_int_equal(key.n, 3 + 2 + 4);
        anonymous_release(&key);
        problem_free(pb);
}

static int student_by(const struct problem *pb, const struct anonymous *key, const char *id)
{
        return index_find(pb->student_ids, alias_of(key, "student", id)->code);
}

static void defaults_that_depend_on_the_order_are_stated(void **state)
{
        struct problem *pb = text_school(school);
        struct anonymous key;

        (void)state;
        anonymize(pb, 7, &key);
        struct problem *again = written_and_read(pb);
        const struct student *ada = &again->students[student_by(again, &key, "S001")];
        const struct student *ben = &again->students[student_by(again, &key, "S002")];
        assert_string_equal(again->cohorts[ada->cohort_stated].id, "w-9");
        assert_int_equal(ben->cohort_stated, COHORT_DASH);
        for (int q = ada->first_request; q < ada->first_request + ada->n_requests; q++) {
                const struct request *r = &again->requests[q];
                const char *course = again->courses[r->course].id;
                int rank = r->kind != ALTERNATE ? -1 : strcmp(course, "MUS") ? 1 : 2;
                assert_int_equal(r->rank_stated, rank);
        }
        anonymous_release(&key);
        problem_free(again);
        problem_free(pb);
}

static void the_order_of_people_is_random(void **state)
{
        int first = 0, moved = 0;

        (void)state;
        for (uint64_t seed = 0; seed < 300; seed++) {
                struct problem *pb = text_school(school);
                struct anonymous key;

                anonymize(pb, seed, &key);
                first += !strcmp(pb->students[0].id, alias_of(&key, "student", "S001")->code);
                moved += strcmp(pb->teachers[0].id, alias_of(&key, "teacher", "kim")->code) != 0;
                anonymous_release(&key);
                problem_free(pb);
        }
        assert_in_range(first, 70, 130); /* of 300, one in three */
        assert_in_range(moved, 115, 185);
}

static void codes_are_of_one_length_and_never_twice(void **state)
{
        struct problem *pb = tiny_school(3, 0);
        struct anonymous key;
        struct index *seen = index_new();

        (void)state;
        anonymize(pb, 9, &key);
        for (int i = 0; i < key.n; i++) {
                assert_int_equal(strlen(key.v[i].code), 8);
                assert_true(index_add(seen, key.v[i].code) >= 0);
        }
        index_free(seen);
        anonymous_release(&key);
        problem_free(pb);
}

static void a_random_number_is_below_and_fair(void **state)
{
        uint64_t seed = 1;
        const struct chance chance = {draw, &seed};
        int counts[7] = {0};

        (void)state;
        for (int i = 0; i < 7000; i++)
                counts[chance_below(&chance, 7)]++;
        for (int i = 0; i < 7; i++)
                assert_in_range(counts[i], 880, 1120);
}

static void the_key_takes_an_answer_back(void **state)
{
        struct problem *pb = text_school(school), *other = text_school(school),
                       *coded = text_school(school);
        struct report *rp = report_new();
        struct anonymous key, read;
        char keys[100], from[100], to[100];

        (void)state;
        snprintf(keys, sizeof keys, "%s/key.csv", folder);
        snprintf(from, sizeof from, "%s/from.json", folder);
        snprintf(to, sizeof to, "%s/to.json", folder);
        anonymize(other, 7, &key);
        assert_true(key_write(&key, keys, rp));
        assert_true(key_read(keys, &read, rp));
        assert_true(problem_encode(coded, &read, rp));
        FILE *f = fopen(from, "w");
        assert_non_null(f);
        fprintf(f,
                "{\"format\": \"msched-schedule/1\", \"sections\": [{\"course\": \"ART\", "
                "\"section\": "
                "1, \"teacher\": \"%s\", \"co_teacher\": null, \"room\": \"%s\", \"terms\": "
                "[\"Y\"], "
                "\"periods\": [\"P1\"], \"cohort\": null, \"students\": [\"%s\", \"%s\"]}],\n"
                "\"unmet\": [{\"student\": \"%s\", \"course\": \"%s\", \"kind\": \"elective\", "
                "\"reason\": \"%s and (%s)\"}]}",
                alias_of(&key, "teacher", "kim")->code, alias_of(&key, "room", "Kim Hall")->code,
                alias_of(&key, "student", "S002")->code, alias_of(&key, "student", "S001")->code,
                alias_of(&key, "student", "S003")->code, alias_of(&key, "course", "ADV-KIM")->code,
                alias_of(&key, "student", "S003")->code, alias_of(&key, "teacher", "lee")->code);
        fclose(f);
        assert_true(anonymous_restore(pb, coded, &read, from, to, rp));
        assert_int_equal(report_errors(rp), 0);
        f = fopen(to, "r");
        char text[4000] = {0};
        assert_true(fread(text, 1, sizeof text - 1, f) > 0);
        fclose(f);
        assert_non_null(strstr(text, "\"teacher\": \"kim\""));
        assert_non_null(strstr(text, "\"room\": \"Kim Hall\""));
        assert_non_null(strstr(text, "[\"S001\", \"S002\"]"));
        assert_non_null(strstr(text, "\"student\": \"S003\", \"course\": \"ADV-KIM\""));
        assert_non_null(strstr(text, "S003 and (lee)"));
        assert_false(anonymous_restore(pb, coded, &read, from, to, rp)); /* is there already */
        remove(keys);
        remove(from);
        remove(to);
        anonymous_release(&key);
        anonymous_release(&read);
        report_free(rp);
        problem_free(pb);
        problem_free(other);
        problem_free(coded);
}

static void a_key_of_another_school_is_refused(void **state)
{
        struct problem *pb = text_school(school), *other = tiny_school(5, 0);
        struct report *rp = report_new();
        struct anonymous key;

        (void)state;
        anonymize(other, 7, &key);
        assert_false(problem_encode(pb, &key, rp));
        assert_int_equal(report_errors(rp), 1);
        anonymous_release(&key);
        report_free(rp);
        problem_free(pb);
        problem_free(other);
}

static void redacted_texts_have_no_ids(void **state)
{
        static const char *const cases[][2] = {
                {"student 'S001' and S002's, (S003) S0012", "student [student] and [student]'s, "
                                                            "([student]) S0012"},
                {"found unknown student 'X 9'; x", "found unknown student [student]; x"},
                {"course 'ART' of XS001 S001x", "course 'ART' of XS001 S001x"},
                {"S001,S002", "[student],[student]"},
        };
        struct arena *a = arena_new();
        struct index *ids = index_new();

        (void)state;
        index_add(ids, "S001");
        index_add(ids, "S002");
        index_add(ids, "S003");
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
                assert_string_equal(redact(a, ids, cases[i][0]), cases[i][1]);
        assert_string_equal(redact(a, NULL, "found 'S001'; expected 'x', not a"),
                "found '...'; expected '...', not a");
        index_free(ids);
        arena_free(a);
}

static int make_folder(void **state)
{
        (void)state;
        return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
        char command[100];

        (void)state;
        snprintf(command, sizeof command, "rm -r %s", folder);
        return system(command);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(small_schools_keep_their_optimum),
                cmocka_unit_test(no_file_names_anybody),
                cmocka_unit_test(people_get_codes_and_so_do_things_named_after_them),
                cmocka_unit_test(defaults_that_depend_on_the_order_are_stated),
                cmocka_unit_test(the_order_of_people_is_random),
                cmocka_unit_test(codes_are_of_one_length_and_never_twice),
                cmocka_unit_test(a_random_number_is_below_and_fair),
                cmocka_unit_test(the_key_takes_an_answer_back),
                cmocka_unit_test(a_key_of_another_school_is_refused),
                cmocka_unit_test(redacted_texts_have_no_ids),
        };

        return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
