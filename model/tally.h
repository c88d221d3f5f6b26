/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What can be known of a school before there is a schedule: tallies, the conflict matrix, staff and
 * rooms against what the requests ask for. Counts, not percentages, so that readers can divide.
 *
 * Times are in CELLS: one period in one term. What is said to be short is so for certain, whatever
 * the schedule: each such count leaves out rules that could only make it worse.
 */
#ifndef MODEL_TALLY_H
#define MODEL_TALLY_H

#include "model/problem.h"

struct course_tally {
        int required, elective, alternates; /* requests by kind */
        int cte;                            /* CTE requests among the primary ones */
        int open;      /* primary requests that grades, only and availability admit */
        int *by_grade; /* [n_grades] primary requests */
        int first_grade,
                main_grade; /* into grades: the highest that asks, the one that asks most */
        int largest;        /* students in a section at most, given the rooms of its type */
        int seats;          /* in all its sections (sections_max) of that size */
        int others;         /* admitted primary requests by students outside the cohorts that list it */
        int others_seats;   /* for them, at most, if every member sits in a reserved section: given
                               purity, and in sections that no cohort fills; -1: no cohort lists it */
        int asked;          /* sections of target size that the primary requests fill, rounded up */
        int cells;          /* that one section takes */
        int teachers, rooms; /* who and which could */
};

struct pair { /* two courses that students request both, as primary requests */
        int a, b;
        int students;
        int first;      /* of them, with a CTE or required request among the two */
        int64_t places; /* sections of a x sections of b: ways to have both; harm is students /
                           places */
        bool single;    /* both are singletons: in one cell, each of these students loses one */
        bool never;     /* wherever both may start they overlap */
};

/* Courses that the same people may teach, or that need the same type of room. */
struct pool {
        const char *name;    /* "biology or chemistry", "anyone", "lab" */
        struct ints courses; /* with sections */
        struct ints able;    /* teachers, or rooms */
        int sections, cells; /* asked for (stacked sections once) */
        int has;             /* cells that the able have, for these and for other courses */
};

/*
 * Courses that ask, together, for more than those who could serve them have (cells > has); or
 * teachers who have, together, more than all courses that they could teach ask for (cells < has).
 */
struct shortage {
        struct ints courses, able;
        int cells, has;
};

struct teacher_tally {
        int capacity;          /* cells: load in each term, within what is available */
        int courses, sections; /* that he could teach */
        int most; /* cells that he could be given at most, given preps and the sections there are */
        bool spare; /* whoever teaches what, he or others of his kind have room left */
};

struct slot_tally {          /* of a cell */
        int students, full;  /* available; of these, who ask for as many cells as they have */
        int teachers, rooms; /* available */
        int sections;        /* that could run in it at most */
        int seats;           /* in the largest of these */
};

struct gap { /* a student whose requests leave a requirement short */
        int student, requirement;
        int64_t asked, requested, alternates; /* years in year_unit; alternates: what they add */
};

struct coverage { /* of a requirement, for one grade (into grades) */
        int requirement, grade;
        int students, covered,
                by_alternates; /* asked for something; requests do; alternates would */
        int64_t missing;       /* years in year_unit */
};

struct group_tally { /* a course in a cohort's list */
        int cohort, course;
        int members;   /* who request it (primary) and may take it */
        int groups;    /* sections of the largest size that they fill, rounded up */
        int outsiders; /* beside them in that many sections, at most, given purity and seats */
};

struct load_tally {    /* of a student */
        int cells;     /* of his primary requests that may be met */
        int available; /* cells */
        int owed;      /* cells: full_day in each term */
        int alternates;
};

struct tally {
        const struct problem *pb; /* not owned */
        struct arena *arena;      /* owns the rest */
        int n_grades, *grades;    /* of students, ascending */
        int *students;            /* [n_grades] */
        int load;                 /* periods a term of a full-time teacher: what an FTE is */
        struct course_tally *courses;
        int n_pairs;
        struct pair *pairs; /* most harmful first */
        int n_staff, n_space;
        struct pool *staff, *space; /* by credential list; by room type */
        int n_staff_short, n_staff_over, n_space_short;
        struct shortage *staff_short, *staff_over, *space_short;
        struct teacher_tally *teachers;
        struct slot_tally *slots; /* [n_cells] */
        int seat_cells;           /* cells of all primary requests that may be met */
        int section_cells;        /* of all sections asked for (stacked ones once) */
        int staffed_cells;        /* of those with teacher and load, and of co-teachers */
        int n_coverage, n_gaps;
        struct coverage *coverage;
        struct gap *gaps; /* by requirement, then student */
        int n_groups;
        struct group_tally *groups; /* by cohort, then its list */
        struct load_tally *loads;   /* [n_students] */
};

/* tally_free() it. */
struct tally *tally_new(const struct problem *pb);
void tally_free(struct tally *t); /* NULL is fine */

#endif
