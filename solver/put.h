/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Putting units somewhere else: teachers, co-teachers and rooms found by short augmenting chains,
 * then by ejecting what is in the way, which must find another place itself.
 *
 * A change gathers the students who lose their seats; change_settle() brings them back.
 */
#ifndef SOLVER_PUT_H
#define SOLVER_PUT_H

#include "solver/state.h"

struct was {
        int request, section;
};

struct change {
        struct was *seats; /* seats taken away by moving their units */
        int n_seats, cap_seats;
        int *moved; /* units put somewhere else */
        int n_moved, cap_moved;
        int *students; /* to be seated anew */
        int n_students, cap_students;
        int stamp, *student_stamp; /* [n_students] whether in students */
        int puts;                  /* left before the change is given up */
};

struct change *change_new(const struct frame *f);
void change_free(struct change *ch);

/* Start a change; all of it can be taken back to the mark that it returns. */
int change_begin(struct state *st);

/* Take unit out of its place; its students are noted. */
void change_lift(struct state *st, int unit);
/* Empty a section (for another reservation, say); its students are noted. */
void change_empty(struct state *st, int section);
/*
 * Put an unplaced unit at start, with `teacher` if >= 0 can; what it ejects goes to `vacated` (-1:
 * anywhere) if it can, and ejects in turn, up to depth deep. False: cannot, the caller undoes.
 */
bool change_put(struct state *st, int unit, int start, int teacher, int vacated, int depth);
/* Would the unit's links hold at start, its mates staying where they are? */
bool change_links_hold(const struct state *st, int unit, int start);
/* Could placed unit take the room where it stands, whatever room it has now? */
bool unit_room_free(const struct state *st, int room, int unit);
/* Other starts for all units of the bundle, unit at start, mates staying where they can. False:
 * there are none. */
bool change_bundle(struct state *st, int unit, int start, int depth);

/*
 * Bring back those who still fit, seat the others anew, then up to `others` students who lack
 * something; give up (false) as soon as the energy stays above `limit` for sure.
 */
bool change_settle(struct state *st, int64_t limit, int others);
/* Keep what was done since the mark, or take it back; stands. */
bool change_keep(struct state *st, int mark, bool stands);
/* Settle a change that could be made (stands) and keep it, or take all back to the mark; whether it
 * was kept. */
bool change_finish(struct state *st, int mark, int64_t limit, bool stands, int others);

#endif
