/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of edits_apply(): what adds, what takes away. */
#ifndef MODEL_EDIT_PARTS_H
#define MODEL_EDIT_PARTS_H

#include "model/edit.h"

/* pb: the copy. Things that are added get numbers behind the others, so that old ones hold. */
void edit_add(struct problem *pb, const struct edit *e);
/* State the number of sections that was derived, for the course and those tied to it, `by` more: so
 * that nothing else changes it. */
void edit_state_sections(struct problem *pb, int course, int by);
/* Those that drop or change what is there; locks, rules and requests to drop are marked only. */
struct dropped {
        bool *locks, *rules, *requests;
};
void edit_drop(struct problem *pb, const struct edit *e, struct dropped *d);
/* Close the gaps. */
void edit_compact(struct problem *pb, const struct dropped *d);

#endif
