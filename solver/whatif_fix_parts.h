/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What finding candidates and verifying them share. */
#ifndef SOLVER_WHATIF_FIX_PARTS_H
#define SOLVER_WHATIF_FIX_PARTS_H

#include "solver/whatif_fix.h"
#include "solver/whatif_try.h"

/* SUPPLIES: with a teacher, a room or both; and the same for a section below its minimum. */
enum { MAX_FIX_EDITS = 32, MAX_CANDIDATES = 32, SUPPLIES = 8, SMALL = 4 };
struct candidate {
        enum fix_kind kind;
        struct toll toll;
        int wanted;  /* the course that he then has */
        int without; /* a request that he goes without, though it is not dropped; or NONE */
        int n;
        struct edit edits[MAX_FIX_EDITS];
};

struct fixer {
        const struct schedule *sc;
        const struct problem *pb;
        const volatile sig_atomic_t *stop;
        struct bench base, seats, more[SUPPLIES];
        int course; /* of seats and more; -1: none */
        bool seats_open, more_open[SUPPLIES], more_tried[SUPPLIES];
        int idle;      /* the number of the section asked about; 0: whichever */
        int *enrolled; /* [n_sections] */
        int n;
        struct candidate found[MAX_CANDIDATES];
};

/* ---- whatif_find.c ---- */

/* An empty candidate, or NULL where there are enough. */
struct candidate *candidate_add(
        struct fixer *fx, enum fix_kind kind, const struct toll *toll, int wanted);
/* Open the benches of the course. */
void fixer_turn_to(struct fixer *fx, int course);
void fixer_close_benches(struct fixer *fx);
/* Let no earlier question matter to the next. */
void fixer_restart(struct fixer *fx);
/* Add candidates of the kind for request r to fx->found. */
void find_candidates(struct fixer *fx, enum fix_kind kind, int r);
/* The same for a section of the course that does not run. */
void find_for_section(struct fixer *fx, enum fix_kind kind, int course);

#endif
