/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every key of the format ends where the model keeps it; files stay under their root. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "io/problem_read.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[200];
static struct problem *pb;
static struct report *report;

static const char *in_folder(const char *name)
{
        static char path[4][300];
        static int turn;
        char *to = path[turn++ % 4];
        snprintf(to, sizeof path[0], "%s/%s", folder, name);
        return to;
}

static void write_file(const char *name, const char *text)
{
        FILE *to = fopen(in_folder(name), "w");
        assert_non_null(to);
        fputs(text, to);
        assert_int_equal(fclose(to), 0);
}

static void read_school(const char *root)
{
        report = report_new();
        pb = problem_read(in_folder("school.yaml"), root, report);
}

static int tear_down(void **state)
{
        (void)state;
        problem_free(pb);
        report_free(report);
        pb = NULL;
        report = NULL;
        return 0;
}

static void read_good(const char *yaml)
{
        write_file("school.yaml", yaml);
        read_school(NULL);
        for (int i = 0; i < report_count(report); i++)
                print_message("%d: %s\n", report_message(report, i)->at.line,
                        report_message(report, i)->text);
        assert_non_null(pb);
        assert_int_equal(report_errors(report), 0);
}

static void refuse(const char *yaml, const char *words)
{
        write_file("school.yaml", yaml);
        read_school(NULL);
        assert_null(pb);
        assert_int_equal(report_errors(report), 1);
        const char *text = report_message(report, 0)->text;
        if (!strstr(text, words))
                fail_msg("'%s' has no '%s'", text, words);
}

/* The list as "a b c"; "none" where the key was omitted. */
static const char *names(const struct index *ix, const struct ints *list)
{
        static char text[4][300];
        static int turn;
        char *to = text[turn++ % 4];
        *to = 0;
        if (!list->given)
                return "none";
        for (int i = 0; i < list->n; i++)
                snprintf(to + strlen(to), 300 - strlen(to), "%s%s", i ? " " : "",
                        index_id(ix, list->v[i]));
        return to;
}

#define BELL                                                                                       \
        "msched: 1\n"                                                                              \
        "bell:\n"                                                                                  \
        "  terms: [S1, S2]\n"                                                                      \
        "  periods:\n"                                                                             \
        "    - {id: 1A, day: A, start: \"08:30\", end: \"10:00\"}\n"                               \
        "    - {id: 2A, day: A, break_after: true}\n"                                              \
        "    - {id: 3A, day: A}\n"                                                                 \
        "    - {id: 1B, day: B}\n"                                                                 \
        "    - {id: 2B, day: B}\n"
#define STAFF "teachers: [{id: kim}, {id: lee}]\nrooms: [{id: R1, types: [lab]}]\n"

static void school_and_bell(void **state)
{
        (void)state;
        read_good(BELL "school: {name: Redwood High, year: 2027-28}\n");
        assert_string_equal(pb->name, "Redwood High");
        assert_string_equal(pb->year, "2027-28");
        assert_int_equal(pb->n_terms, 2);
        assert_string_equal(pb->terms[1], "S2");
        assert_int_equal(pb->n_periods, 5);
        assert_string_equal(pb->periods[0].id, "1A");
        assert_string_equal(pb->periods[0].day, "A");
        assert_string_equal(pb->periods[0].start, "08:30");
        assert_string_equal(pb->periods[0].end, "10:00");
        assert_true(pb->periods[1].break_after);
        assert_false(pb->periods[0].break_after);
        assert_null(pb->periods[1].start);
        assert_int_equal(pb->periods[3].at.line, 8);
}

static void a_number_of_periods_names_them_from_one(void **state)
{
        (void)state;
        read_good("msched: 1\nbell: {periods: 7}\n");
        assert_int_equal(pb->n_terms, 1);
        assert_string_equal(pb->terms[0], "Y");
        assert_int_equal(pb->n_periods, 7);
        assert_string_equal(pb->periods[6].id, "7");
        assert_null(pb->periods[6].day);
}

static void contract(void **state)
{
        (void)state;
        read_good(BELL "contract:\n  load: 4\n  preps: 3\n  consecutive: 2\n  contacts: 165\n"
                       "  size: {min: 1, target: 28, max: 36}\n  full_day: {9: 6, 010: 5, 12: }\n");
        assert_int_equal(pb->contract.limits.load, 4);
        assert_int_equal(pb->contract.limits.preps, 3);
        assert_int_equal(pb->contract.limits.consecutive, 2);
        assert_int_equal(pb->contract.limits.contacts, 165);
        assert_int_equal(pb->contract.size_min, 1);
        assert_int_equal(pb->contract.size_target, 28);
        assert_int_equal(pb->contract.size_max, 36);
        assert_int_equal(pb->contract.n_full_day, 2);
        assert_int_equal(pb->contract.full_day[1].grade, 10);
        assert_int_equal(pb->contract.full_day[1].count, 5);
}

static void teachers_and_rooms(void **state)
{
        (void)state;
        read_good(BELL "teachers:\n"
                       "  - {id: kim, name: Ann Kim, credentials: [a, b], load: 0, preps: 2, "
                       "consecutive: 3, contacts: 90, home: R1}\n"
                       "  - id: lee\n    credentials: []\n"
                       "rooms:\n  - {id: R1, types: [lab, gym], capacity: 30}\n  - {id: R2}\n");
        const struct teacher *kim = &pb->teachers[0];
        assert_string_equal(kim->id, "kim");
        assert_string_equal(kim->name, "Ann Kim");
        assert_string_equal(names(pb->credentials, &kim->credentials), "a b");
        assert_int_equal(kim->stated.load, 0);
        assert_int_equal(kim->stated.preps, 2);
        assert_int_equal(kim->stated.consecutive, 3);
        assert_int_equal(kim->stated.contacts, 90);
        assert_int_equal(kim->home, 0);
        assert_int_equal(kim->available, 0x3ff);
        assert_int_equal(pb->teachers[1].stated.load, -1);
        assert_int_equal(pb->teachers[1].home, NONE);
        assert_string_equal(names(pb->room_types, &pb->rooms[0].types), "lab gym");
        assert_int_equal(pb->rooms[0].capacity, 30);
        assert_int_equal(pb->rooms[1].capacity, NO_LIMIT);
        assert_int_equal(pb->rooms[1].available, 0x3ff);
}

/* Cell = term * 5 + period: S1 is bits 0-4, S2 bits 5-9. */
static void availability_by_list_and_by_term(void **state)
{
        (void)state;
        read_good(BELL "teachers:\n"
                       "  - {id: a, available: [1A, 2B]}\n"
                       "  - {id: b, unavailable: [1A, 2B]}\n"
                       "  - {id: c, available: {S1: [1A]}}\n"
                       "  - {id: d, unavailable: {S2: [1A]}}\n"
                       "  - {id: e, available: []}\n"
                       "  - {id: f, unavailable: []}\n"
                       "  - {id: g, available: {S1: [], S2: ~}}\n"
                       "rooms: [{id: R, unavailable: {S1: [3A], S2: [1B]}}]\n");
        const cellset want[] = {0x231, 0x1ce, 0x3e1, 0x3df, 0, 0x3ff, 0x3e0};
        for (int i = 0; i < 7; i++)
                assert_int_equal(pb->teachers[i].available, want[i]);
        assert_int_equal(pb->rooms[0].available, 0x3ff & ~((1 << 2) | (1 << 8)));
}

static void courses(void **state)
{
        (void)state;
        read_good(BELL STAFF
                "courses:\n"
                "  - {id: A, title: Art 1, subject: Arts, area: F, credits: 7.5, grades: [9, 010], "
                "only: {pathway: p, cohort: k, flag: x}, credential: art, teachers: [lee], room: "
                "lab, "
                "size: {min: 2, target: 20, max: 30}, sections: {min: 1, max: 3}, periods: 2, "
                "terms: 1, "
                "at: {periods: [1A, 2A], terms: [S1]}, staffed: true, load: no, off_campus: end, "
                "travel: 1, support: {flag: iep, credential: [s1, s2], sections: 2}, pathway: p, "
                "level: capstone}\n"
                "  - {id: B, staffed: off, off_campus: start, size: 25, sections: 4, "
                "credential: [x, y], grades: [], teachers: [], at: {periods: []}, level: "
                "introductory}\n"
                "  - {id: C, off_campus: no}\n"
                "pathways: [{id: p, cohorts: [{id: k}]}]\n");
        const struct course *a = &pb->courses[0], *b = &pb->courses[1], *c = &pb->courses[2];
        assert_string_equal(a->title, "Art 1");
        assert_string_equal(a->subject, "Arts");
        assert_string_equal(index_id(pb->areas, a->area), "F");
        assert_true(a->credits_given && a->credits_stated.num * 10 == a->credits_stated.den * 75);
        assert_true(a->grades.given && a->grades.n == 2 && a->grades.v[1] == 10);
        assert_int_equal(a->only.pathway, 0);
        assert_int_equal(a->only.cohort, 0);
        assert_string_equal(index_id(pb->flags, a->only.flag), "x");
        assert_string_equal(names(pb->credentials, &a->credentials), "art");
        assert_string_equal(names(pb->teacher_ids, &a->teachers), "lee");
        assert_string_equal(index_id(pb->room_types, a->room_type), "lab");
        assert_int_equal(a->size_min_stated, 2);
        assert_int_equal(a->size_target_stated, 20);
        assert_int_equal(a->size_max_stated, 30);
        assert_true(a->sections_given);
        assert_int_equal(a->sections_min_stated, 1);
        assert_int_equal(a->sections_max_stated, 3);
        assert_int_equal(a->periods, 2);
        assert_true(a->terms_given && a->terms == 1);
        assert_string_equal(names(pb->period_ids, &a->at_periods), "1A 2A");
        assert_string_equal(names(pb->term_ids, &a->at_terms), "S1");
        assert_true(a->staffed);
        assert_false(a->counts_load);
        assert_int_equal(a->off_campus, OFF_END);
        assert_int_equal(a->travel, 1);
        assert_true(a->support.given && a->support.sections == 2);
        assert_string_equal(index_id(pb->flags, a->support.flag), "iep");
        assert_string_equal(names(pb->credentials, &a->support.credentials), "s1 s2");
        assert_int_equal(a->pathway, 0);
        assert_int_equal(a->level, LEVEL_CAPSTONE);
        assert_false(b->staffed);
        assert_int_equal(b->off_campus, OFF_START);
        assert_int_equal(b->size_max_stated, 25);
        assert_int_equal(b->size_target_stated, -1);
        assert_int_equal(b->sections_min_stated, 4);
        assert_int_equal(b->sections_max_stated, 4);
        assert_string_equal(names(pb->credentials, &b->credentials), "x y");
        assert_true(b->grades.given && b->teachers.given && b->at_periods.given);
        assert_int_equal(b->grades.n + b->teachers.n + b->at_periods.n, 0);
        assert_false(b->at_terms.given);
        assert_int_equal(b->level, LEVEL_INTRODUCTORY);
        assert_int_equal(c->off_campus, OFF_NO);
        assert_false(c->credits_given || c->grades.given || c->credentials.given ||
                     c->teachers.given || c->sections_given || c->terms_given || c->support.given);
        assert_int_equal(c->terms, 2);
        assert_true(c->staffed && c->counts_load);
        assert_int_equal(c->area + c->room_type + c->pathway + c->only.flag, -4);
}

static void pathways_and_cohorts(void **state)
{
        (void)state;
        read_good(BELL STAFF
                "courses: [{id: A}, {id: B}]\n"
                "pathways:\n"
                "  - {id: p, title: Care, sector: Health, team: [kim, lee], common_planning: 1, "
                "cohorts: [{id: k, grade: 09, courses: [B, A], purity: 0.8, purity_of: pathway, "
                "strands: yes}, {id: m}]}\n"
                "  - {id: w}\n"
                "  - {id: z, cohorts: [{id: n, purity: 0, purity_of: cohort}]}\n");
        assert_string_equal(pb->pathways[0].title, "Care");
        assert_string_equal(pb->pathways[0].sector, "Health");
        assert_string_equal(names(pb->teacher_ids, &pb->pathways[0].team), "kim lee");
        assert_int_equal(pb->pathways[0].common_planning, 1);
        assert_int_equal(pb->n_cohorts, 3);
        assert_int_equal(pb->pathways[0].n_cohorts, 2);
        assert_int_equal(pb->pathways[1].n_cohorts, 0);
        assert_int_equal(pb->pathways[2].first_cohort, 2);
        const struct cohort *k = &pb->cohorts[0], *m = &pb->cohorts[1], *n = &pb->cohorts[2];
        assert_int_equal(k->grade, 9);
        assert_string_equal(names(pb->course_ids, &k->courses), "B A");
        assert_true(k->purity.num * 10 == k->purity.den * 8);
        assert_true(k->purity_of_pathway && k->strands);
        assert_int_equal(m->grade, -1);
        assert_true(m->purity.num * 4 == m->purity.den * 3);
        assert_false(m->purity_of_pathway || m->strands || n->purity_of_pathway);
        assert_int_equal(n->pathway, 2);
        assert_int_equal(n->purity.num, 0);
}

static void requirements(void **state)
{
        (void)state;
        read_good(BELL "courses: [{id: A, area: B}]\n"
                       "requirements:\n"
                       "  - {id: A-G B English, area: B, years_by_grade: {9: 1, 10: 2.5, 11: ~}}\n"
                       "  - {id: q, courses: [A], years_by_grade: {012: 3}, for: {flag: el}}\n");
        const struct requirement *b = &pb->requirements[0], *q = &pb->requirements[1];
        assert_string_equal(index_id(pb->areas, b->area), "B");
        assert_false(b->courses.given);
        assert_int_equal(b->n_by, 2);
        assert_true(b->by[1].grade == 10 && b->by[1].stated.num * 2 == b->by[1].stated.den * 5);
        assert_int_equal(b->whom.flag, NONE);
        assert_int_equal(q->area, NONE);
        assert_string_equal(names(pb->course_ids, &q->courses), "A");
        assert_int_equal(q->by[0].grade, 12);
        assert_string_equal(index_id(pb->flags, q->whom.flag), "el");
}

#define PEOPLE_HEAD                                                                                \
        BELL "courses: [{id: A, area: B}, {id: X}, {id: Z}]\n"                                     \
             "pathways: [{id: p, cohorts: [{id: k, grade: 9}]}]\n"                                 \
             "requirements: [{id: B, area: B, years_by_grade: {9: 1}}, {id: q 2, courses: [A], "   \
             "years_by_grade: {9: 1}}]\n"

static void check_people(void)
{
        assert_int_equal(pb->n_students, 3);
        const struct student *s = pb->students;
        assert_string_equal(s[0].id, "S1");
        assert_string_equal(s[0].name, "Lee, \"Al\"");
        assert_int_equal(s[0].grade, 9);
        assert_int_equal(s[0].pathway_stated, 0);
        assert_int_equal(s[0].cohort_stated, COHORT_DASH);
        assert_string_equal(names(pb->flags, &s[0].flags), "iep el");
        assert_int_equal(s[0].periods, 1 | 16);
        assert_int_equal(s[0].n_years, 2);
        /* B is both a requirement and an area. */
        assert_int_equal(s[0].years[0].requirement, 0);
        assert_int_equal(s[0].years[0].area, 0);
        assert_true(s[0].years[0].stated.num * 2 == s[0].years[0].stated.den);
        assert_int_equal(s[0].years[1].requirement, 1);
        assert_int_equal(s[0].years[1].area, -1);
        assert_int_equal(s[1].cohort_stated, 0);
        assert_int_equal(s[1].pathway_stated, NONE);
        assert_int_equal(s[1].periods, 31);
        assert_int_equal(s[1].n_years, 0);
        assert_int_equal(s[2].cohort_stated, COHORT_DEFAULT);
        assert_int_equal(pb->n_requests, 5);
        const struct request *r = pb->requests;
        assert_int_equal(r[0].kind, REQUIRED);
        assert_int_equal(r[1].kind, ALTERNATE);
        assert_int_equal(r[1].rank_stated, 2);
        assert_int_equal(r[1].stands_for, 0);
        assert_int_equal(r[2].kind, ELECTIVE);
        assert_int_equal(r[3].kind, ALTERNATE);
        assert_int_equal(r[3].student, 1);
        assert_int_equal(r[3].rank_stated, -1);
        assert_int_equal(r[3].stands_for, NONE);
        assert_int_equal(r[4].kind, ELECTIVE);
}

static void people_from_tables(void **state)
{
        (void)state;
        write_file("s.csv", "grade,id,name,pathway,cohort,flags,available,years_B,years_q 2\n"
                            "09,S1,\"Lee, \"\"Al\"\"\",p,-,iep; el;iep,1A;2B,0.5,1\n"
                            "9,S2,,,k,,,,\n10,S3,,,,,,,\n");
        write_file("r.csv", "student,course,kind,rank,for\nS1,A,required,,\nS1,X,alternate,2,A\n"
                            "S1,Z,,,\nS2,A,alternate,,\nS3,A,elective,,\n");
        read_good(PEOPLE_HEAD "students: {file: s.csv}\nrequests: {file: r.csv}\n");
        check_people();
        assert_string_equal(pb->students[0].at.file, in_folder("s.csv"));
        assert_int_equal(pb->requests[1].at.line, 3);
}

static void people_from_lists(void **state)
{
        (void)state;
        read_good(
                PEOPLE_HEAD "students:\n"
                            "  - {id: S1, name: 'Lee, \"Al\"', grade: 09, pathway: p, cohort: '-', "
                            "flags: [iep, el], available: [1A, 2B], years_B: 0.5, years_q 2: 1}\n"
                            "  - {id: S2, grade: 9, cohort: k}\n  - {id: S3, grade: 10}\n"
                            "requests:\n"
                            "  - {student: S1, course: A, kind: required}\n"
                            "  - {student: S1, course: X, kind: alternate, rank: 2, for: A}\n"
                            "  - {student: S1, course: Z}\n"
                            "  - {student: S2, course: A, kind: alternate}\n"
                            "  - {student: S3, course: A, kind: elective}\n");
        check_people();
}

static void rules(void **state)
{
        (void)state;
        read_good(BELL STAFF
                "courses: [{id: A, sections: 1}, {id: B, sections: 1}]\n"
                "students: [{id: S1, grade: 9}, {id: S2, grade: 9}]\n"
                "rules:\n"
                "  - separate: [A, B]\n  - stack: [A, B]\n  - same_period: [B, A]\n"
                "  - adjacent: [A, B]\n  - same_teacher: [A, B]\n  - same_students: [A, B]\n"
                "  - before: [B, A]\n"
                "  - needs: {flag: el, credential: auth}\n"
                "  - limit: {flag: iep, share: 0.25, courses: [B]}\n"
                "  - apart: [S2, S1]\n"
                "  - avoid: {student: S2, teacher: lee}\n"
                "  - free: {of: [lee], periods: [2A, 2B], count: 1}\n"
                "  - free: {of: teachers, periods: [1A], count: 1}\n"
                "  - free: {of: students, periods: [], count: 0}\n"
                "  - free: {of: [S2], periods: [1A], count: 1}\n"
                "  - limit: {flag: iep, share: 1}\n");
        assert_int_equal(pb->n_rules, 16);
        const struct rule *r = pb->rules;
        for (int i = 0; i < 12; i++)
                assert_int_equal(r[i].kind, i);
        assert_string_equal(names(pb->course_ids, &r[2].courses), "B A");
        assert_string_equal(names(pb->course_ids, &r[6].courses), "B A");
        assert_string_equal(index_id(pb->flags, r[7].flag), "el");
        assert_string_equal(names(pb->credentials, &r[7].credentials), "auth");
        assert_string_equal(index_id(pb->flags, r[8].flag), "iep");
        assert_true(r[8].share.num * 4 == r[8].share.den);
        assert_string_equal(names(pb->course_ids, &r[8].courses), "B");
        assert_string_equal(names(pb->student_ids, &r[9].students), "S2 S1");
        assert_int_equal(r[10].student, 1);
        assert_int_equal(r[10].teacher, 1);
        assert_string_equal(names(pb->teacher_ids, &r[11].teachers), "lee");
        assert_int_equal(r[11].periods, 2 | 16);
        assert_int_equal(r[11].count, 1);
        assert_string_equal(names(pb->teacher_ids, &r[12].teachers), "kim lee");
        assert_string_equal(names(pb->student_ids, &r[13].students), "S1 S2");
        assert_string_equal(names(pb->student_ids, &r[14].students), "S2");
        assert_int_equal(r[14].teachers.n, 0);
        assert_false(r[15].courses.given);
        assert_int_equal(r[8].at.line, 23);
}

static void locks_and_priorities(void **state)
{
        (void)state;
        read_good(BELL STAFF "courses: [{id: A, sections: 2}]\npathways: [{id: p, cohorts: [{id: "
                             "k, courses: [A]}]}]\n"
                             "students: [{id: S1, grade: 9}]\n"
                             "locks:\n"
                             "  - {course: A, section: 2, teacher: lee, room: R1, period: 2A, "
                             "term: S2, cohort: k}\n"
                             "  - {course: A, section: 1, student: S1}\n"
                             "  - {course: A, section: 1, cohort: }\n"
                             "  - {course: A, section: 1, cohort: ''}\n"
                             "  - {course: A, section: 1, room: ~}\n"
                             "priorities: [moved, requirement_shortfall]\n");
        const struct lock *l = pb->locks;
        assert_int_equal(pb->n_locks, 5);
        assert_true(l[0].section == 2 && l[0].teacher == 1 && l[0].room == 0 && l[0].period == 1);
        assert_true(l[0].term == 1 && l[0].cohort == 0 && l[0].student == NONE);
        assert_true(l[1].student == 0 && l[1].cohort == COHORT_NOT_LOCKED && l[1].room == NONE);
        assert_int_equal(l[2].cohort, NONE);
        assert_int_equal(l[3].cohort, NONE);
        assert_true(l[4].room == NONE && l[4].cohort == COHORT_NOT_LOCKED);
        assert_int_equal(pb->n_priorities, 2);
        assert_int_equal(pb->priorities[0], MOVED);
        assert_int_equal(pb->priorities[1], REQUIREMENT_SHORTFALL);
}

static void previous_seats(void **state)
{
        (void)state;
        write_file("last.json",
                "{\"format\": \"msched-schedule/1\", \"sections\": [{\"course\": \"A\", "
                "\"section\": 1, "
                "\"teacher\": \"kim\", \"co_teacher\": null, \"room\": null, \"terms\": [\"S1\", "
                "\"S2\"], \"periods\": [\"2A\"], \"cohort\": null, \"students\": [\"S1\"]}], "
                "\"unplaced\": [], \"unmet\": []}\n");
        read_good(BELL STAFF "courses: [{id: A}]\nstudents: [{id: S1, grade: 9}]\n"
                             "requests: [{student: S1, course: A}]\nprevious: {file: last.json}\n");
        assert_true(pb->has_previous);
        assert_int_equal(pb->n_past, 1);
        assert_int_equal(pb->past[0].cells, 2 | 64);
        assert_int_equal(pb->past[0].teacher, 0);
}

static void the_sum_covers_yaml_students_and_requests_in_this_order(void **state)
{
        (void)state;
        write_file("a.csv", "id,grade\nS1,9\n");
        write_file("b.csv", "student,course\nS1,A\n");
        read_good(BELL "courses: [{id: A}]\nrequests: {file: b.csv}\nstudents: {file: a.csv}\n");
        char command[900], sum[65] = "";
        snprintf(command, sizeof command, "cat %s %s %s | sha256sum", in_folder("school.yaml"),
                in_folder("a.csv"), in_folder("b.csv"));
        FILE *from = popen(command, "r");
        assert_non_null(from);
        assert_int_equal(fscanf(from, "%64s", sum), 1);
        pclose(from);
        assert_string_equal(pb->sha256, sum);
}

static void files_outside_the_root_are_refused(void **state)
{
        (void)state;
        char yaml[600];
        snprintf(yaml, sizeof yaml, "msched: 1\nbell: {periods: 2}\nstudents: {file: %s}\n",
                in_folder("../outside.csv"));
        write_file("../outside.csv", "id,grade\nS1,9\n");
        refuse(yaml, "lies outside");
}

static void a_root_widens_the_folder(void **state)
{
        (void)state;
        write_file("../outside.csv", "id,grade\nS1,9\n");
        write_file(
                "school.yaml", "msched: 1\nbell: {periods: 2}\nstudents: {file: ../outside.csv}\n");
        read_school(in_folder(".."));
        assert_non_null(pb);
        assert_int_equal(pb->n_students, 1);
}

static void a_folder_whose_name_begins_alike_is_outside(void **state)
{
        (void)state;
        char beside[300], yaml[800];
        snprintf(beside, sizeof beside, "%s2", folder);
        mkdir(beside, 0700);
        snprintf(beside, sizeof beside, "%s2/s.csv", folder);
        FILE *to = fopen(beside, "w");
        assert_non_null(to);
        fputs("id,grade\n", to);
        fclose(to);
        snprintf(
                yaml, sizeof yaml, "msched: 1\nbell: {periods: 2}\nstudents: {file: %s}\n", beside);
        refuse(yaml, "lies outside");
}

static void a_root_that_does_not_exist_is_an_error(void **state)
{
        (void)state;
        write_file("school.yaml", "msched: 1\nbell: {periods: 2}\n");
        read_school("/nonexistent");
        assert_null(pb);
        assert_non_null(strstr(report_message(report, 0)->text, "found root '/nonexistent'"));
}

static void make_folder(void)
{
        const char *tmp = getenv("TMP");
        snprintf(folder, sizeof folder, "%s/msched-read-XXXXXX", tmp ? tmp : "/tmp");
        if (!mkdtemp(folder) || strlen(folder) + strlen("/school") >= sizeof folder)
                exit(2);
        strcat(folder, "/school");
        if (mkdir(folder, 0700))
                exit(2);
}

static int clean_up(void **state)
{
        (void)state;
        char command[260];
        *strrchr(folder, '/') = 0;
        snprintf(command, sizeof command, "rm -r '%s'", folder);
        return system(command);
}

#define CLAIM(name) cmocka_unit_test_teardown(name, tear_down)

int main(void)
{
        const struct CMUnitTest tests[] = {
                CLAIM(school_and_bell),
                CLAIM(a_number_of_periods_names_them_from_one),
                CLAIM(contract),
                CLAIM(teachers_and_rooms),
                CLAIM(availability_by_list_and_by_term),
                CLAIM(courses),
                CLAIM(pathways_and_cohorts),
                CLAIM(requirements),
                CLAIM(people_from_tables),
                CLAIM(people_from_lists),
                CLAIM(rules),
                CLAIM(locks_and_priorities),
                CLAIM(previous_seats),
                CLAIM(the_sum_covers_yaml_students_and_requests_in_this_order),
                CLAIM(files_outside_the_root_are_refused),
                CLAIM(a_root_widens_the_folder),
                CLAIM(a_folder_whose_name_begins_alike_is_outside),
                CLAIM(a_root_that_does_not_exist_is_an_error),
        };
        make_folder();
        return cmocka_run_group_tests_name("problem_read", tests, NULL, clean_up);
}
