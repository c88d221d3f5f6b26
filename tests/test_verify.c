/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One school that uses most of the format, one valid schedule of it, and one fault planted at a
 * time, by an edit of the school or of the schedule: verify must name just the rule that is broken.
 */
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

struct planted {
        const char *name, *codes;
        const char *from, *to;  /* in the school */
        const char *was, *then; /* in the schedule */
};

static const struct planted faults[] = {
        /* the cells of a start */
        {"too few periods", "cell", NULL, NULL, "1B,2B t9", "1B t9"},
        {"too many periods", "cell", NULL, NULL, "2A - S6", "2A,3A - S6"},
        {"periods over a break", "cell", "{id: 1B, day: B}", "{id: 1B, day: B, break_after: true}",
                NULL, NULL},
        {"periods of two days", "cell", "2B, day: B}\n    - {id: 3B, day: B}",
                "2B, day: C}\n    - {id: 3B, day: C}", NULL, NULL},
        {"terms backwards", "cell", NULL, NULL, "ART-1 ono - - T1,T2 1B", "ART-1 ono - - T2,T1 1B"},
        {"a term left out", "cell", NULL, NULL, "PE-1 kim - - T1,T2", "PE-1 kim - - T2"},
        {"a term too many", "cell", NULL, NULL, "GOV-1 kim - R1 T1", "GOV-1 kim - R1 T1,T1"},
        {"an unknown period", "cell", NULL, NULL, "3B - S5", "9Z - S5"},
        {"an unknown term", "cell", NULL, NULL, "T1,T2 3B", "T1,T9 3B"},
        {"no period", "cell", NULL, NULL, "3B - S5", "- - S5"},
        /* H1 */
        {"a teacher twice", "H1", NULL, NULL, "MATH-1 ada", "MATH-1 kim"},
        {"a room twice", "H1", NULL, NULL, "lee - R2 T1,T2 1A", "lee - R1 T1,T2 1A"},
        {"a student twice", "H1", NULL, NULL, "lee - - T1,T2 3B", "lee - - T1,T2 1B"},
        {"a teacher and co-teacher twice", "H1", NULL, NULL, "CHOIR-1 ono - - T1,T2 2A",
                "CHOIR-1 ono - - T1,T2 1A"},
        {"a student in both of a stack", "H1", "{student: S4, course: FR4}",
                "{student: S4, course: FR4}\n  - {student: S4, course: FR3}", "3A - S3",
                "3A - S3,S4"},
        /* H2 */
        {"no credential", "H2", NULL, NULL, "BAND-1 lee", "BAND-1 ada"},
        {"not among the teachers", "H2", NULL, NULL, "PE-1 kim", "PE-1 lee"},
        {"a teacher not available", "H2", "fr, music]", "fr, music], unavailable: [3B]", NULL,
                NULL},
        {"a teacher not available that term", "H2", "fr, music]",
                "fr, music], unavailable: {T2: [3B]}", NULL, NULL},
        {"a room not available", "H2", "types: [lab]", "types: [lab], unavailable: [2B]", NULL,
                NULL},
        {"no teacher", "H2", NULL, NULL, "PE-1 kim", "PE-1 -"},
        {"an unknown teacher", "H2", NULL, NULL, "PE-1 kim", "PE-1 who"},
        {"a teacher where none belongs", "H2", NULL, NULL, "WORK-1 -", "WORK-1 lee"},
        /* H3 */
        {"load", "H3", "load: 5", "load: 3", NULL, NULL},
        {"load of one", "H3", "{id: kim,", "{id: kim, load: 3,", NULL, NULL},
        {"preps", "H3", "preps: 4", "preps: 2", NULL, NULL},
        {"consecutive", "H3", "consecutive: 3", "consecutive: 1", NULL, NULL},
        {"contacts", "H3", "contacts: 12", "contacts: 5", NULL, NULL},
        {"contacts of a co-teacher", "H3", "{id: ono,", "{id: ono, contacts: 3,", NULL, NULL},
        /* H4 */
        {"a wrong room", "H4", NULL, NULL, "ENG-2 lee - R2", "ENG-2 lee - L1"},
        {"no room", "H4", NULL, NULL, "ENG-2 lee - R2", "ENG-2 lee - -"},
        {"an unknown room", "H4", NULL, NULL, "ENG-2 lee - R2", "ENG-2 lee - R9"},
        {"a room where none belongs", "H4", NULL, NULL, "PE-1 kim - -", "PE-1 kim - R2"},
        {"above the size max", "H4", "sections: 2, size: 4", "sections: 2, size: 1", NULL, NULL},
        {"above the room", "H4", "capacity: 3", "capacity: 1", NULL, NULL},
        {"a stack above the room", "H4", "{id: R2, types: [class]",
                "{id: R2, types: [class], capacity: 1", "ENG-2 lee - R2 T1,T2 1A - S3,S4\n", ""},
        {"one of a stack above its max", "H4", "{student: S4, course: FR4}",
                "{student: S4, course: FR4}\n  - {student: S2, course: FR4}", "3A - S4",
                "3A - S2,S4"},
        /* H5 */
        {"not requested", "H5", NULL, NULL, "3B - S5", "3B - S5,S4"},
        {"the wrong grade", "H5", "{id: FR4,", "{id: FR4, grades: [9],", NULL, NULL},
        {"only for others", "H5", "{id: WORK,", "{id: WORK, only: {flag: iep},", NULL, NULL},
        {"only for another pathway", "H5", "{id: WORK,", "{id: WORK, only: {pathway: trades},",
                NULL, NULL},
        {"only for another cohort", "H5", "{id: WORK,", "{id: WORK, only: {cohort: t9},", NULL,
                NULL},
        {"a course twice", "H5", NULL, NULL, "1B - S3", "1B - S3,S4"},
        {"listed twice", "H5", NULL, NULL, "3B - S5", "3B - S5,S5"},
        {"an unknown student", "H5", NULL, NULL, "3B - S5", "3B - S5,S9"},
        {"a student not available", "H5", "1A;2A;3A", "1A;3A", NULL, NULL},
        {"class before off_campus", "H5", "off_campus: end", "off_campus: start", NULL, NULL},
        {"class after off_campus", "H5", "{student: S5, course: BAND}",
                "{student: S5, course: BAND}\n  - {student: S3, course: BAND}", "3B - S5",
                "3B - S3,S5"},
        {"class near travel", "H5", "travel: 1", "travel: 2", NULL, NULL},
        {"an unknown course", "H5", NULL, NULL, "BAND-1", "BANG-1"},
        /* H6: at, rules, locks */
        {"at of periods", "H6", "at: {periods: [2B]}", "at: {periods: [1B, 3B]}", NULL, NULL},
        {"at of terms", "H6", "at: {periods: [2B]}", "at: {terms: [T2]}", NULL, NULL},
        {"at nowhere", "H6", "at: {periods: [2B]}", "at: {periods: []}", NULL, NULL},
        {"stack in two rooms", "H6", NULL, NULL, "FR4-1 lee - R2", "FR4-1 lee - R1"},
        {"same_period", "H6", "same_period: [GOV, ECON]", "same_period: [GOV, BAND]", NULL, NULL},
        {"same_teacher", "H6", "same_teacher: [GOV, ECON]", "same_teacher: [GOV, BAND]", NULL,
                NULL},
        {"same_students", "H6", "same_students: [GOV, ECON]", "same_students: [PE, ENG]", NULL,
                NULL},
        {"before", "H6", "before: [GOV, ECON]", "before: [ECON, GOV]", NULL, NULL},
        {"before in one term", "H6", "before: [GOV, ECON]", "before: [GOV, PE]", NULL, NULL},
        {"separate", "H6", "separate: [BAND, CHOIR]", "separate: [BAND, ENG, MATH]", NULL, NULL},
        {"adjacent with a gap", "H6", "adjacent: [MATH, SCI]", "adjacent: [MATH, BAND]", NULL,
                NULL},
        {"adjacent over a break", "H6", "adjacent: [MATH, SCI]", "adjacent: [SCI, FR3]", NULL,
                NULL},
        {"adjacent in other terms", "H6", "adjacent: [MATH, SCI]", "adjacent: [MATH, GOV]", NULL,
                NULL},
        {"needs", "H6", "at-risk, credential: special", "at-risk, credential: weld", NULL, NULL},
        {"limit", "H6", "share: 0.25", "share: 0.24", NULL, NULL},
        {"limit of all courses", "H6", "share: 0.25, courses: [WELD]", "share: 0", NULL, NULL},
        {"apart", "H6", "apart: [S3, S6]", "apart: [S6, S4, S3]", NULL, NULL},
        {"apart in a stack", "H6", "apart: [S3, S6]", "apart: [S3, S4]",
                "ENG-2 lee - R2 T1,T2 1A - S3,S4\n", ""},
        {"avoid", "H6", "{student: S4, teacher: ono}", "{student: S4, teacher: lee}", NULL, NULL},
        {"avoid a co-teacher", "H6", "{student: S4, teacher: ono}", "{student: S1, teacher: ono}",
                NULL, NULL},
        {"free of a teacher", "H6", "periods: [3A, 3B], count: 2", "periods: [2A, 3B], count: 2",
                NULL, NULL},
        {"free of a student", "H6", "{of: [S5], periods: [3A, 2B], count: 2}",
                "{of: [S5], periods: [3A, 3B], count: 2}", NULL, NULL},
        {"free of all teachers", "H6", "{of: [kim], periods: [3A, 3B], count: 2}",
                "{of: teachers, periods: [1A], count: 1}", NULL, NULL},
        {"lock of a section", "H6", NULL, NULL, "WELD-1 ada - L1 T1,T2 1B,2B t9 S1,S2\n", ""},
        {"lock of a student", "H6", NULL, NULL, "t9 S1,S2\nFR3", "t9 S2\nFR3"},
        {"lock of a teacher", "H6", "section: 1, teacher: ada", "section: 1, teacher: lee", NULL,
                NULL},
        {"lock of a room", "H6", "room: L1, period", "room: R1, period", NULL, NULL},
        {"lock of a period", "H6", "period: 1B, term", "period: 2B, term", NULL, NULL},
        {"lock of a term", "H6", "term: T1, cohort", "term: T2, cohort", NULL, NULL},
        {"lock of no cohort", "H6", "term: T1, cohort: t9", "term: T1, cohort: ~", NULL, NULL},
        {"lock of a cohort", "H6", NULL, NULL, "1B,2B t9", "1B,2B -"},
        /* H7 */
        {"purity", "H7", NULL, NULL, "t9 S1,S2\nENG-2 lee - R2 T1,T2 1A - S3,S4",
                "t9 S1,S2,S3\nENG-2 lee - R2 T1,T2 1A - S4"},
        {"reserved for who does not list it", "H7", NULL, NULL, "1B - S3", "1B t9 S3"},
        {"an unknown cohort", "H7", NULL, NULL, "1B - S3", "1B t7 S3"},
        /* H8 */
        {"an alternate for nothing", "H8", "{student: S6, course: GOV, kind: elective}",
                "{student: S6, course: GOV, kind: alternate}", NULL, NULL},
        /* H9 */
        {"nobody there", "H9", NULL, NULL, "1B - S3", "1B - -"},
        {"below the size min", "H9", "sections: 2, size: 4", "sections: 2, size: {min: 3, max: 4}",
                NULL, NULL},
        {"nobody in one of a stack", "H9", NULL, NULL, "3A - S3", "3A - -"},
        {"a stack below the largest min", "H9", "FR3, credential: fr, room: class, size: {max: 4}",
                "FR3, credential: fr, room: class, size: {min: 3, max: 4}", NULL, NULL},
        /* H10 */
        {"beyond its sections", "H10", NULL, NULL, "PE-2", "PE-3"},
        {"section zero", "H10", NULL, NULL, "PE-2", "PE-0"},
        {"a section twice", "H10", NULL, NULL, "BAND-1 ", "BAND-1 lee - - T1,T2 3B - S5\nBAND-1 "},
        /* H11 */
        {"no co-teacher", "H11", NULL, NULL, "kim ono R1", "kim - R1"},
        {"a co-teacher where none belongs", "H11", NULL, NULL, "ENG-2 lee -", "ENG-2 lee who"},
        {"a co-teacher of a course without support", "H11", NULL, NULL, "PE-1 kim -",
                "PE-1 kim lee"},
        {"a co-teacher without credential", "H11", "special, sections: 1", "music, sections: 1",
                NULL, NULL},
        {"a co-teacher not available", "H11", "credentials: [special]}",
                "credentials: [special], unavailable: {T2: [1A]}}", NULL, NULL},
        {"an unknown co-teacher", "H11", NULL, NULL, "kim ono R1", "kim who R1"},
        {"one person for both", "H11", "credentials: [eng]}", "credentials: [eng, special]}",
                "kim ono R1", "kim kim R1"},
        {"a flag beyond the co-taught", "H11", NULL, NULL,
                "t9 S1,S2\nENG-2 lee - R2 T1,T2 1A - S3,S4",
                "t9 S2\nENG-2 lee - R2 T1,T2 1A - S1,S3,S4"},
};

/* The codes that verify finds after the edits. */
static void codes_of(const struct planted *f, char *out, int size)
{
        char *yaml = text_edit(trades_school, f->from, f->to);
        char *text = text_edit(trades_rows, f->was, f->then);
        struct problem *pb = text_school(yaml);
        struct answer *an = rows_answer(pb, text);
        struct verdict *v = verify(pb, an, false);

        rows_codes(v, out, size);
        verdict_free(v);
        answer_free(an);
        problem_free(pb);
        mem_free(yaml);
        mem_free(text);
}

static void the_schedule_as_it_is_has_no_fault(void **state)
{
        const struct planted nothing = {0};
        char codes[100];

        (void)state;
        codes_of(&nothing, codes, sizeof codes);
        assert_string_equal(codes, "");
}

static void every_planted_fault_is_named(void **state)
{
        const int n = sizeof faults / sizeof *faults;
        int missed = 0;

        (void)state;
        for (int i = 0; i < n; i++) {
                char codes[100];

                codes_of(&faults[i], codes, sizeof codes);
                if (!strcmp(codes, faults[i].codes))
                        continue;
                print_error("%s: expected %s; found %s\n", faults[i].name, faults[i].codes, codes);
                missed++;
        }
        print_message("%d kinds of fault\n", n);
        assert_int_equal(missed, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(the_schedule_as_it_is_has_no_fault),
                cmocka_unit_test(every_planted_fault_is_named),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
