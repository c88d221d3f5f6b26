/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a school may offer: one row a course. Counts of requests are Mountain View's, see
 * benchmarks/README.md. */
#ifndef SCHOOL_CATALOGUE_H
#define SCHOOL_CATALOGUE_H

enum role { ENGLISH, SOCIAL, MATH, SCIENCE, PE, LANGUAGE, CHOICE, CAREER, N_ROLES };

/*
 * How long it runs. A YEAR course takes a year's worth of the bell (two terms of a traditional
 * bell, one of a 4x4, parts A and B of one trimester each); an EXTRA one the same, but a single
 * trimester; a HALF one term anywhere; a PAIR is two one-term courses that follow each other in one
 * period; a LONG one takes all terms of any bell.
 */
enum length { YEAR, EXTRA, HALF, PAIR, LONG };

struct row {
        const char *id, *title;     /* of a PAIR: "first/second" in both */
        const char *subject, *area; /* area NULL: none */
        const char *credential, *room;
        enum role role;
        enum length length;
        int tilt;      /* how much abler students lean to it: -1 support .. 2 advanced placement */
        int weight[4]; /* its share within the role, grades 9 .. 12; 0: not for that grade */
        int size;      /* students a school plans for */
        int real;      /* requests at Mountain View, 0: not from there */
};

extern const struct row catalogue[];
extern const int n_catalogue;

/* A career pathway: four courses from the first look to the capstone. */
struct career {
        const char *id, *title, *sector, *credential, *room, *area;
        const char *course[4], *name[4];
        int real[4];
};

extern const struct career careers[];
extern const int n_careers;

#endif
