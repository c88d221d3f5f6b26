/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of verify() share: the answer looked at by section, teacher, room and student.
 *
 * Everything here is derived from stated fields and the answer alone, on purpose a second time and
 * in another way than problem_finish() does it. Sections that name an unknown course, unknown
 * periods or terms, or a number that an earlier entry has, are faults and otherwise left out.
 */
#ifndef MODEL_VERIFY_AUDIT_H
#define MODEL_VERIFY_AUDIT_H

#include "model/verify.h"

struct seen { /* a placed section */
        const struct answer_section *said;
        const struct course *course;
        int number;                  /* k */
        int stack;                   /* the stack rule of its course, or -1 */
        int period, term, last_term; /* first period and term; last term */
        cellset cells;
        int listed;           /* students as listed */
        struct ints students; /* the known ones, each once */
};

struct course_facts {
        int size_min, size_max, lo, hi, stack;
        int first, n; /* its sections in audit.sections, by number */
};

struct student_facts {
        int pathway, cohort;
        struct ints requests; /* request numbers, in input order */
        struct ints seats;    /* into audit.sections */
};

struct audit {
        const struct problem *pb;
        const struct answer *an;
        struct verdict *v;
        int cap_faults, cap_claims;
        struct arena *arena; /* dies with the audit */
        struct course_facts *courses;
        struct student_facts *students;
        int n_sections;
        struct seen *sections; /* by course and number */
        struct ints *taught;   /* [n_teachers] sections, as teacher or co-teacher */
        struct ints *hosted;   /* [n_rooms] */
};

void fault(struct audit *au, const char *rule, struct place at, const char *fmt, ...)
        __attribute__((format(printf, 4, 5)));
void claim(struct audit *au, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* verify_facts.c */
void audit_facts(struct audit *au);
bool audit_is_of(const struct audit *au, int student, struct who who);

/* verify_sections.c: reads the sections; H2, H4, H7 (purity), H9, H10, H11 and `at` of each */
void audit_sections(struct audit *au);
struct seen *audit_find(const struct audit *au, int course, int number);  /* or NULL */
struct seen *audit_seat(const struct audit *au, int student, int course); /* or NULL */
bool audit_one_unit(const struct seen *a, const struct seen *b);   /* one section, or stacked */
char *audit_name(struct audit *au, const struct seen *s);          /* ENG9-1 */
bool audit_locked(const struct audit *au, int course, int number); /* by a lock without student */
bool audit_same_day(const struct period *a, const struct period *b);
bool audit_run(const struct problem *pb, int first, int last); /* consecutive periods */

/* the rules by theme */
void audit_people(struct audit *au);  /* H1, H3, H5, H8, H11 of students */
void audit_rules(struct audit *au);   /* H6 rules, stacks in H4 and H9 */
void audit_locks(struct audit *au);   /* H6 locks */
void audit_strands(struct audit *au); /* H7 */
void audit_score(struct audit *au);
void audit_claims(struct audit *au);

#endif
