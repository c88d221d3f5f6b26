/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One school that uses most of the format, one valid schedule of it, and one fault planted at a
 * time, by an edit of the school or of the schedule: verify must name just the rule that is broken.
 */
#include "model/verify.h"
#include "tests/support_rows.h"
#include "tests/support_text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char school[] =
        "msched: 1\n"
        "bell:\n"
        "  terms: [T1, T2]\n"
        "  periods:\n"
        "    - {id: 1A, day: A}\n"
        "    - {id: 2A, day: A, break_after: true}\n"
        "    - {id: 3A, day: A}\n"
        "    - {id: 1B, day: B}\n"
        "    - {id: 2B, day: B}\n"
        "    - {id: 3B, day: B}\n"
        "contract: {load: 5, preps: 4, consecutive: 3, contacts: 12, size: {max: 4}}\n"
        "teachers:\n"
        "  - {id: kim, credentials: [eng]}\n"
        "  - {id: lee, credentials: [eng, fr, music]}\n"
        "  - {id: ono, credentials: [special]}\n"
        "  - {id: ada, credentials: [weld], unavailable: [3A]}\n"
        "rooms:\n"
        "  - {id: R1, types: [class], capacity: 3}\n"
        "  - {id: R2, types: [class]}\n"
        "  - {id: L1, types: [lab]}\n"
        "pathways:\n"
        "  - {id: trades, team: [ada], cohorts: [{id: t9, grade: 9, courses: [ENG, WELD]}]}\n"
        "courses:\n"
        "  - {id: ENG, credential: eng, room: class, sections: 2, size: 4,\n"
        "     support: {flag: iep, credential: special, sections: 1}}\n"
        "  - {id: WELD, pathway: trades, credential: weld, room: lab, periods: 2}\n"
        "  - {id: FR3, credential: fr, room: class, size: {max: 4}}\n"
        "  - {id: FR4, credential: fr, room: class, size: {max: 1}}\n"
        "  - {id: GOV, terms: 1, room: class}\n"
        "  - {id: ECON, terms: 1, room: class}\n"
        "  - {id: PE, teachers: [kim], sections: 2}\n"
        "  - {id: BAND, credential: music}\n"
        "  - {id: CHOIR, sections: 1}\n"
        "  - {id: ART, travel: 1}\n"
        "  - {id: MATH}\n"
        "  - {id: SCI}\n"
        "  - {id: WORK, staffed: false, off_campus: end, at: {periods: [2B]}}\n"
        "students:\n"
        "  - {id: S1, grade: 9, pathway: trades, flags: iep}\n"
        "  - {id: S2, grade: 9, pathway: trades}\n"
        "  - {id: S3, grade: 9}\n"
        "  - {id: S4, grade: 10}\n"
        "  - {id: S5, grade: 10}\n"
        "  - {id: S6, grade: 12, flags: at-risk, available: 1A;2A;3A}\n"
        "requests:\n"
        "  - {student: S1, course: ENG}\n"
        "  - {student: S1, course: WELD}\n"
        "  - {student: S2, course: ENG}\n"
        "  - {student: S2, course: WELD}\n"
        "  - {student: S3, course: ENG}\n"
        "  - {student: S3, course: FR3}\n"
        "  - {student: S3, course: GOV}\n"
        "  - {student: S3, course: ECON}\n"
        "  - {student: S3, course: PE}\n"
        "  - {student: S3, course: WORK}\n"
        "  - {student: S4, course: ENG}\n"
        "  - {student: S4, course: FR4}\n"
        "  - {student: S4, course: GOV}\n"
        "  - {student: S4, course: ECON}\n"
        "  - {student: S4, course: PE}\n"
        "  - {student: S5, course: BAND}\n"
        "  - {student: S5, course: ART}\n"
        "  - {student: S5, course: MATH}\n"
        "  - {student: S5, course: SCI}\n"
        "  - {student: S6, course: GOV, kind: elective}\n"
        "  - {student: S6, course: CHOIR, kind: alternate}\n"
        "rules:\n"
        "  - stack: [FR3, FR4]\n"
        "  - same_period: [GOV, ECON]\n"
        "  - same_teacher: [GOV, ECON]\n"
        "  - same_students: [GOV, ECON]\n"
        "  - before: [GOV, ECON]\n"
        "  - separate: [BAND, CHOIR]\n"
        "  - adjacent: [MATH, SCI]\n"
        "  - needs: {flag: at-risk, credential: special}\n"
        "  - limit: {flag: iep, share: 0.25, courses: [WELD]}\n"
        "  - apart: [S3, S6]\n"
        "  - avoid: {student: S4, teacher: ono}\n"
        "  - free: {of: [kim], periods: [3A, 3B], count: 2}\n"
        "  - free: {of: [S5], periods: [3A, 2B], count: 2}\n"
        "locks:\n"
        "  - {course: WELD, section: 1, teacher: ada, room: L1, period: 1B, term: T1, cohort: t9}\n"
        "  - {student: S1, course: WELD, section: 1}\n";

static const char rows[] = "ENG-1 kim ono R1 T1,T2 1A t9 S1,S2\n"
                           "ENG-2 lee - R2 T1,T2 1A - S3,S4\n"
                           "WELD-1 ada - L1 T1,T2 1B,2B t9 S1,S2\n"
                           "FR3-1 lee - R2 T1,T2 3A - S3\n"
                           "FR4-1 lee - R2 T1,T2 3A - S4\n"
                           "GOV-1 kim - R1 T1 2A - S3,S4\n"
                           "ECON-1 kim - R1 T2 2A - S3,S4\n"
                           "PE-1 kim - - T1,T2 1B - S3\n"
                           "PE-2 kim - - T1,T2 2B - S4\n"
                           "BAND-1 lee - - T1,T2 3B - S5\n"
                           "CHOIR-1 ono - - T1,T2 2A - S6\n"
                           "ART-1 ono - - T1,T2 1B - S5\n"
                           "MATH-1 ada - - T1,T2 1A - S5\n"
                           "SCI-1 ada - - T1,T2 2A - S5\n"
                           "WORK-1 - - - T1,T2 2B - S3\n";

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
        char *yaml = text_edit(school, f->from, f->to);
        char *text = text_edit(rows, f->was, f->then);
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

/* An answer as the program writes it: lists by schedule_answer(), the score as counted. */
static struct answer *honest(const struct problem *pb)
{
        struct report *rp = report_new();
        struct answer *said = rows_answer(pb, rows), *an;
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
        char *yaml = text_edit(school, "{id: CHOIR, sections: 1}",
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
                cmocka_unit_test(the_schedule_as_it_is_has_no_fault),
                cmocka_unit_test(every_planted_fault_is_named),
                cmocka_unit_test(every_false_claim_is_named),
                cmocka_unit_test(all_bounds_met_is_optimal),
                cmocka_unit_test(no_answer_is_too_odd_to_be_judged),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
