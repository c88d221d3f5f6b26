/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/problem_read.h"
#include "io/problem_write.h"
#include "tests/support_same.h"
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/msched-write-XXXXXX";

static struct problem *read_school(const char *path)
{
        struct report *rp = report_new();
        struct problem *pb = problem_read(path, NULL, rp);

        for (int i = 0; i < report_count(rp) && !pb; i++)
                print_error("%s:%d: %s\n", path, report_message(rp, i)->at.line,
                        report_message(rp, i)->text);
        report_free(rp);
        assert_non_null(pb);
        return pb;
}

static struct problem *written_and_read(const struct problem *pb)
{
        char path[100];
        struct report *rp = report_new();

        snprintf(path, sizeof path, "%s/school.yaml", folder);
        bool fine = problem_write(pb, path, NULL, "made by a test\nwith two lines", rp);
        report_free(rp);
        assert_true(fine);
        return read_school(path);
}

static void comes_back(const char *path)
{
        struct problem *pb = read_school(path), *again = written_and_read(pb);
        const char *found = problems_differ(pb, again);

        if (found)
                fail_msg("%s: %s differs after writing and reading", path, found);
        problem_free(again);
        problem_free(pb);
}

static int all_come_back(const char *pattern)
{
        glob_t found;

        if (glob(pattern, 0, NULL, &found))
                return 0;
        for (size_t i = 0; i < found.gl_pathc; i++)
                comes_back(found.gl_pathv[i]);
        int n = (int)found.gl_pathc;
        globfree(&found);
        return n;
}

static void examples_come_back(void **state)
{
        (void)state;
        assert_true(all_come_back("examples/*/school.yaml") >= 3);
}

static void cases_come_back(void **state)
{
        (void)state;
        assert_true(
                all_come_back("tests/cases/*/school.yaml") + all_come_back("tests/cases/*.yaml") >=
                30);
}

static void save(const char *name, const char *text)
{
        char path[100];

        snprintf(path, sizeof path, "%s/%s", folder, name);
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        fputs(text, f);
        fclose(f);
}

static char *load(const char *name)
{
        char path[100], *text = calloc(1, 20000);

        snprintf(path, sizeof path, "%s/%s", folder, name);
        FILE *f = fopen(path, "r");
        assert_non_null(f);
        assert_true(fread(text, 1, 19999, f) > 0);
        fclose(f);
        return text;
}

/* Every key of the format once, with names that need care. */
static const char odd_school[] =
        "msched: 1\n"
        "school: {name: \"O'Neil: #1, \\\"the\\\" {High}\", year: 2027-28, id: \"0042\", district: "
        "\"a: b\"}\n"
        "bell:\n"
        "  terms: [\"010\", \"no\"]\n"
        "  term_dates: {\"no\": {start: 2028-01-10, end: 2028-06-01}, \"010\": {start: "
        "2027-08-16, end: 2027-12-17}}\n"
        "  periods:\n"
        "    - {id: \"1e3\", day: A, start: \"08:30\", end: \"09:30\", break_after: true}\n"
        "    - {id: \"0x1F\", day: A}\n"
        "    - {id: \"- 3\", day: \"yes\"}\n"
        "contract: {load: 2, preps: 2, consecutive: 2, contacts: 99, size: {min: 2, target: 20, "
        "max: 30}, full_day: {9: 2}}\n"
        "teachers:\n"
        "  - {id: \"true\", name: \"Ñandú, 'É'\", credentials: [\"a: b\", \"#c\"], load: 1, preps: "
        "1, consecutive: 1, contacts: 50, home: \"&R\"}\n"
        "  - {id: \"2027-01-01\", available: {\"010\": [\"1e3\"], \"no\": []}}\n"
        "  - {id: \"12:30\", available: [], given: \"=A\", family: \"O'B, C\", email: a@b.example, "
        "sis_id: \"007\"}\n"
        "rooms:\n"
        "  - {id: \"&R\", types: [\"*lab\", \"[x]\"], capacity: 30, available: [\"1e3\", \"- "
        "3\"]}\n"
        "courses:\n"
        "  - {id: \"!x\", title: \"a \\\\ b\", subject: \"%\", area: B, credits: 2.5, grades: [9, "
        "10], only: {pathway: \"p,q\"},\n"
        "     credential: [\"a: b\", \"#c\"], teachers: [\"true\"], room: \"*lab\", size: {min: 3, "
        "target: 10, max: 12},\n"
        "     sections: {min: 1, max: 3}, periods: 1, terms: 1, at: {periods: [\"1e3\"], terms: "
        "[\"no\"]}, off_campus: end,\n"
        "     travel: 1, support: {flag: iep, credential: \"#c\", sections: 1}, pathway: \"p,q\", "
        "level: capstone}\n"
        "  - {id: \"-\", credential: [], teachers: [], grades: [], size: 7, sections: 2, staffed: "
        "false, load: false,\n"
        "     off_campus: start, only: {cohort: k 1}}\n"
        "  - {id: z, at: {periods: []}, only: {flag: iep}, sections: 2}\n"
        "  - {id: \"z?\", sections: 2, credits: 0}\n"
        "pathways:\n"
        "  - id: \"p,q\"\n"
        "    title: \"|\"\n"
        "    sector: \">\"\n"
        "    team: [\"true\", \"12:30\"]\n"
        "    common_planning: 1\n"
        "    cohorts:\n"
        "      - {id: k 1, grade: 9, courses: [\"!x\", z], purity: 0.333, purity_of: pathway, "
        "strands: true}\n"
        "      - {id: k2, courses: []}\n"
        "requirements:\n"
        "  - {id: r1, area: B, years_by_grade: {9: 1, 10: 1.5}, for: {pathway: \"p,q\"}}\n"
        "  - {id: r2, courses: [z], years_by_grade: {9: 0.25}, for: {flag: iep}}\n"
        "students: {file: students.csv}\n"
        "requests: {file: requests.csv}\n"
        "rules:\n"
        "  - separate: [z, \"-\"]\n"
        "  - same_period: [z, \"z?\"]\n"
        "  - before: [z, \"!x\"]\n"
        "  - needs: {flag: iep, credential: [\"#c\"]}\n"
        "  - limit: {flag: iep, share: 0.125}\n"
        "  - limit: {flag: iep, share: 0.2, courses: [z]}\n"
        "  - apart: [\"S 1\", \"0S\"]\n"
        "  - avoid: {student: \"S 1\", teacher: \"true\"}\n"
        "  - free: {of: [\"true\"], periods: [\"1e3\", \"- 3\"], count: 1}\n"
        "  - free: {of: [\"S 1\"], periods: [\"1e3\"], count: 1}\n"
        "locks:\n"
        "  - {course: z, section: 1, teacher: \"true\", period: \"1e3\", cohort: null}\n"
        "  - {course: z, section: 2, term: \"010\", cohort: k 1}\n"
        "  - {course: \"!x\", section: 1, room: \"&R\"}\n"
        "  - {course: z, section: 1, student: \"0S\"}\n"
        "priorities: [uneven, away]\n";

static const char odd_students[] = "id,grade,name,pathway,cohort,flags,available,years_r1,years_B,"
                                   "given,family,email,sis_id\n"
                                   "S 1,9,\"Doe, \"\"J\"\"\",,k 1,iep;el,1e3;- 3,1.5,,J,Doe,,01\n"
                                   "0S,09,,\"p,q\",-,,,,2,,,x@y.example,\n"
                                   "\"a,\"\"b\",11,,,,iep,,0.5,0.25,,,,\n";

static const char odd_requests[] = "student,course,kind,rank,for\n"
                                   "S 1,!x,required,,\n"
                                   "0S,z,,,\n"
                                   "S 1,z,elective,,\n"
                                   "0S,-,alternate,3,z\n"
                                   "0S,z?,alternate,,\n";

static void odd_names_and_every_key_come_back(void **state)
{
        char path[100];

        (void)state;
        save("odd.yaml", odd_school);
        save("students.csv", odd_students);
        save("requests.csv", odd_requests);
        snprintf(path, sizeof path, "%s/odd.yaml", folder);
        comes_back(path);
}

static void texts_that_look_like_something_else_are_quoted(void **state)
{
        char path[100];

        (void)state;
        save("odd.yaml", odd_school);
        save("students.csv", odd_students);
        save("requests.csv", odd_requests);
        snprintf(path, sizeof path, "%s/odd.yaml", folder);
        struct problem *pb = read_school(path), *again = written_and_read(pb);
        char *text = load("school.yaml");
        const char *const quoted[] = {"terms: [\"010\", \"no\"]", "id: \"1e3\"", "day: \"yes\"",
                "id: \"true\"", "id: \"2027-01-01\"", "id: \"12:30\"", "\"a: b\"",
                "year: \"2027-28\"", "# with two lines\n"};
        for (size_t i = 0; i < sizeof quoted / sizeof *quoted; i++)
                if (!strstr(text, quoted[i]))
                        fail_msg("%s is not in\n%s", quoted[i], text);
        free(text);
        problem_free(again);
        problem_free(pb);
}

static void a_student_without_any_period_comes_back(void **state)
{
        char path[100];

        (void)state;
        save("away.yaml",
                "msched: 1\nbell: {periods: 2}\ncourses: [{id: c}]\n"
                "students: [{id: a, grade: 9, available: []}, {id: b, grade: 10, flags: [x, y]}]\n"
                "requests: [{student: b, course: c}]\n");
        snprintf(path, sizeof path, "%s/away.yaml", folder);
        comes_back(path);
}

static void a_folder_that_is_not_there_is_an_error(void **state)
{
        struct problem *pb = read_school("examples/tiny/school.yaml");
        struct report *rp = report_new();

        (void)state;
        assert_false(problem_write(pb, "/nonexistent/folder/school.yaml", NULL, NULL, rp));
        assert_int_equal(report_errors(rp), 1);
        report_free(rp);
        problem_free(pb);
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
                cmocka_unit_test(examples_come_back),
                cmocka_unit_test(cases_come_back),
                cmocka_unit_test(odd_names_and_every_key_come_back),
                cmocka_unit_test(texts_that_look_like_something_else_are_quoted),
                cmocka_unit_test(a_student_without_any_period_comes_back),
                cmocka_unit_test(a_folder_that_is_not_there_is_an_error),
        };

        return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
