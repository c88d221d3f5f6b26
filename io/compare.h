/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios side by side: a text, one self-contained page, CSV, JSON. */
#ifndef IO_COMPARE_H
#define IO_COMPARE_H

#include "model/comparison.h"
#include <stdio.h>

struct compared_scenario { /* of one school */
        const char *id, *title;
        int n_notes;
        const char *const *notes; /* what was changed and assumed */
        int n, cap;
        struct run *runs;
        int failed; /* cells without a result */
        /* by compare_finish() */
        int best;
        struct comparison against; /* the first scenario of the school */
        struct measures measures;
        struct usage usage;
};

struct compared_school {
        const char *id;
        int n, cap;
        struct compared_scenario *v; /* the first with runs is the base */
        int base;                    /* by compare_finish(); -1: none has a run */
};

struct compared {
        struct arena *arena; /* of the texts */
        int n, cap;
        struct compared_school *v;
        int n_owned, cap_owned; /* problems and schedules, freed with it */
        struct owned *owned;
};

struct owned {
        char *path; /* of the school's file */
        struct problem *pb;
        struct schedule **sc;
        int n, cap;
};

void compare_init(struct compared *c);
void compare_release(struct compared *c);
/* The scenario of the school, made if need be. Its pointer is good until the next call. */
struct compared_scenario *compare_scenario(
        struct compared *c, const char *school, const char *id, const char *title);
/* Add the schedule in dir, of the school in the file. False with errors. */
bool compare_add(struct compared *c, struct compared_scenario *to, const char *dir,
        const char *file, const char *root, struct report *rp);
/* All is added. */
void compare_finish(struct compared *c);

struct compare_style {
        bool students; /* name students who gain and lose */
        int min_cell;  /* without: groups of fewer students are left out; 0: none are */
};

void compare_text(const struct compared *c, struct compare_style style, FILE *to);
void compare_page(const struct compared *c, struct compare_style style, FILE *to);
void compare_csv(const struct compared *c, struct compare_style style, FILE *to);
void compare_json(const struct compared *c, struct compare_style style, FILE *to);
/* compare.html, compare.csv, compare.json in the folder (made if need be). */
bool compare_write(
        const struct compared *c, struct compare_style style, const char *dir, struct report *rp);

#endif
