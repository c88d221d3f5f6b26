/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Redwood High, an invented school of 1,200: its catalog, and a hidden plan that proves it
 * feasible.
 *
 * An OFFER is what a student picks: a course, or two that go together (a form). A UNIT is one run
 * of an offer: it takes the same periods in both terms, so a student's year is 8 bits. Steps, in
 * order: staff_units() makes the units and their teachers, place_units() gives them periods and
 * rooms, load_people() seats the students; then requests are read off and the files written.
 */
#ifndef BENCHMARKS_REDWOOD_H
#define BENCHMARKS_REDWOOD_H

#include "benchmarks/invent.h"

enum { N_PERIODS = 8, GRADE_9 = 1, GRADE_10 = 2, GRADE_11 = 4, GRADE_12 = 8, N_GROUPS = 14 };
enum { MAX_UNITS = 420, MAX_STAFF = 90, MAX_COURSES = 140, MAX_UNIT_SEATS = 64, MAX_LISTED = 4 };

enum form {
        PLAIN,
        PARTNER, /* comes with the course that names it */
        TERMS,   /* two one-term courses, one teacher; even runs the other way round */
        WAVES,   /* two one-term courses, a teacher each, two classes that swap at mid-year */
        SEQUEL,  /* two one-term courses, in this order; the second has no teacher */
        BLOCK,   /* two courses in neighbouring periods with the same students */
        EITHER,  /* two levels stacked; each student takes one */
};

struct course {
        const char *id, *title, *subject, *area, *credential, *pool, *room;
        int grades, max, units;
        const char *family; /* a student takes one course of each */
        enum form form;
        const char *partner;
        int nth;           /* this teacher of the pool, from 1; 0: any */
        int periods;       /* 0: one */
        unsigned starts;   /* allowed start periods as bits; 0: any */
        int co_taught;     /* sections 1..n */
        bool core;         /* given by the grade's plan, never picked */
        const char *extra; /* further keys of the YAML */
};

extern const struct course catalog[];
extern const int n_catalog;
extern const char *const period_ids[N_PERIODS];
extern const char *const term_ids[2];
int course_find(const char *id); /* ends the program where there is none */

struct core_share {
        int grade;
        const char *subject; /* the students of a grade are dealt out once per subject */
        const char *course;  /* NULL: none */
        int count;
};
extern const struct core_share core_shares[];
extern const int n_core_shares;

struct pathway {
        const char *id, *title, *sector, *first, *second, *third; /* courses in grades 10, 11, 12 */
        const char *cte_pool;
        int seniors;
};
enum { N_PATHWAYS = 6 };
extern const struct pathway pathways[N_PATHWAYS];

/* Members of a cohort who share a section of each listed course. */
struct group {
        int pathway, grade, size;
        const char *cohort, *courses[MAX_LISTED];
};
extern const struct group groups[N_GROUPS];

struct room_type {
        const char *type, *prefix;
        int count, capacity;
        const char *also; /* further types, or NULL */
};
extern const struct room_type room_types[];
extern const int n_room_types;

struct part_time {
        const char *pool;
        int nth;               /* of the pool, from 1 */
        unsigned periods;      /* bits, in both terms */
        const char *available; /* as the YAML says it; may be more in one term */
};
extern const struct part_time part_timers[];
extern const int n_part_timers;

struct unit {
        int course, number, start;  /* number from 1 within the course */
        int teacher[2], co_teacher; /* -1: none */
        int room[2];
        int group; /* reserved for it, or -1 */
        int size, n, members, iep;
        int seats[MAX_UNIT_SEATS];
};

struct staff {
        const char *pool;
        char id[24], name[48];
        int load, preps, n_taught, taught[MAX_COURSES];
        int pathway;        /* of whose team, or -1 */
        unsigned available; /* periods, as bits */
        const char *stated; /* availability in YAML, or NULL */
        bool el_auth;
        int home;
};

struct pupil {
        unsigned busy, away;
        int group, track, target; /* track: 0..99; target: periods wanted */
        bool iep, el, at_risk;
        int n_extra, extra[4]; /* asked for, no seat in the plan */
        int n_needs, needs[8];
        int n_units, units[10];
};

struct redwood {
        struct plan plan;
        int n_units, n_staff, n_rooms, common[N_PATHWAYS]; /* common: planning period */
        struct unit units[MAX_UNITS];
        struct staff staff[MAX_STAFF];
        struct {
                char id[16];
                int type;
        } rooms[64];
        struct pupil pupils[MAX_PEOPLE];
};

unsigned unit_mask(const struct unit *u, int start); /* periods it takes, 0 if it does not fit */
unsigned part_mask(const struct unit *u, int start, int part);
int parts_of(const struct course *c); /* courses in its offer */
bool part_staffed(const struct course *c, int part);
const struct course *part_course(const struct course *c, int part);

void staff_units(struct redwood *r);
bool place_units(struct redwood *r); /* false: not found */
bool load_people(struct redwood *r); /* false: not everybody has a full schedule */
bool has_family(const struct redwood *r, int who, const char *family);
void perturb_requests(struct redwood *r); /* some picks become others, with no seat in the plan */
void read_plan(struct redwood *r);        /* sections and requests from units and pupils */
void flag_people(struct redwood *r);      /* as the plan's classes allow */
void write_redwood(const struct redwood *r, const char *dir);

#endif
