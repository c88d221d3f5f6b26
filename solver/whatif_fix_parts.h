/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What finding candidates and verifying them share. */
#ifndef SOLVER_WHATIF_FIX_PARTS_H
#define SOLVER_WHATIF_FIX_PARTS_H

#include "solver/whatif_fix.h"
#include "solver/whatif_try.h"

/* SUPPLIES: with a teacher, a room or both; and the same for a section below its minimum. */
enum { MAX_FIX_EDITS = 32, MAX_CANDIDATES = 32, SUPPLIES = 8, SMALL = 4, UNLOCKED = 16 };
struct candidate {
        enum fix_kind kind;
        struct toll toll;
        int wanted;   /* the course that he then has */
        int given_up; /* his request that he goes without or has changed, or NONE */
        bool keeps;   /* he still asks for it, so that an alternate may stand in */
        int size;     /* of a new section: students that it has, at least, up to its minimum */
        bool offered;
        int n;
        struct edit edits[MAX_FIX_EDITS];
};

/* The school solved without a lock. */
struct unlocked {
        int lock; /* -1: none yet */
        bool solved;
        struct whatif w;
};

struct fixer {
        const struct schedule *sc;
        const struct problem *pb;
        const volatile sig_atomic_t *stop;
        struct bench base, seats, more[SUPPLIES];
        int course; /* of seats and more; -1: none */
        bool seats_open, more_open[SUPPLIES], more_tried[SUPPLIES];
        int idle;      /* the number of the section asked about; 0: whichever */
        int *asking;   /* [n_courses] students who ask for it, not as an alternate */
        int *grades;   /* [n_courses] the sum of their grades */
        int *enrolled; /* [n_sections] */
        int *together; /* the same with the sections that it is stacked with */
        int n;
        struct candidate found[MAX_CANDIDATES];
        struct unlocked unlocked[UNLOCKED]; /* the last ones asked about, a ring */
        int next_unlocked;
};

/* ---- whatif_edit.c ---- */

/* An empty candidate, or NULL where there are enough. */
struct candidate *candidate_add(
        struct fixer *fx, enum fix_kind kind, const struct toll *toll, int wanted);
/* Take the last one back if another changes the same. */
void candidate_drop_twin(struct fixer *fx);
void candidate_edit(struct candidate *c, struct edit e);
void candidate_lock_seat(struct candidate *c, const struct bench *b, int student, int s);
/* The student's seat for r, and those that he changed for it. */
void candidate_lock_seats(struct candidate *c, const struct bench *b, int r);
/* The section's place, as it is on the bench. */
void candidate_lock_place(
        const struct fixer *fx, struct candidate *c, const struct bench *b, int s);
/* What one more student in the section needs: this one. */
void candidate_room_for_one(const struct fixer *fx, struct candidate *c, int s, int student);
/* Does the rule want a credential for the student that nobody who teaches section s holds? */
bool credential_lacks(const struct schedule *sc, int rule, int s, int student);
/* The same for all of the student's classes that differ on the bench, r's first. */
void candidate_room_for_his(
        const struct fixer *fx, struct candidate *c, const struct bench *b, int r);

/* ---- whatif_seat.c ---- */

/* A bench with one more seat in the course and in the rooms of its sections; also, unless r is
 * NONE, in all that its student has. */
bool fixer_open_seats(const struct fixer *fx, struct bench *b, int course, int r);
void find_seats(struct fixer *fx, int r);
void find_credentials(struct fixer *fx, int r);
void find_swap(struct fixer *fx, int r);

/* ---- whatif_move.c: sections elsewhere, and what holds them where they are ---- */

void find_move(struct fixer *fx, int r);
/* Without locks that hold his classes, or the sections that he asks for, where they are. */
void find_unlocked(struct fixer *fx, int r);
/* Locks that keep sections without sisters at the time where they are in r's way; at most `most`. */
int locks_in_the_way(const struct fixer *fx, int r, int *out, int most);
/* Without a rule that keeps him out, or a minimum that keeps him where he sits. */
void find_unruled(struct fixer *fx, int r);

/* ---- whatif_find.c ---- */

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
