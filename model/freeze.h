/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Locks made from a schedule: what shall stay as it is while something else changes. */
#ifndef MODEL_FREEZE_H
#define MODEL_FREEZE_H

#include "model/edit.h"

enum freeze { /* bits */
        FREEZE_PERIODS = 1,
        FREEZE_TEACHERS = 2,
        FREEZE_ROOMS = 4,
        FREEZE_STUDENTS = 8, /* who sits in a section stays in it */
        FREEZE_COHORTS = 16,
        FREEZE_SECTIONS = 31, /* all of it; others may join */
};

/* "periods,rooms" as bits. False with an error where a word is none of those. */
bool freeze_read(const char *words, unsigned *what, struct place at, struct report *rp);

/* The same the other way round; "" where it is nothing that words tell. Text in the arena. */
const char *freeze_text(struct arena *a, unsigned what);

/*
 * Sections by "subject=Math;pathway=health": those for which one of the terms holds. Keys: subject,
 * area, course, pathway (of the course, or whose cohorts list it), cohort (reserved for it),
 * teacher, room, period, term.
 */
struct freeze_only {
        const char *text; /* NULL: all sections */
        struct place at;
};
/* True if every key and id is known. */
bool freeze_only_check(const struct problem *pb, const struct freeze_only *only, struct report *rp);

/*
 * What the answer has, as far as each part of it is still possible by itself: a section that no
 * longer fits as a whole (its teacher left, say) keeps its period and room. fits: what
 * answer_schedule() made of it. at: [n_sections] where the answer tells of each. schedule_free()
 * it.
 */
struct schedule *freeze_wish(
        const struct schedule *fits, const struct answer *an, struct place *at);

/*
 * Add locks for the placed sections of sc that pass; at: their places, [n_sections] or NULL. What a
 * lock of the school fixes of a section is left to it; a section that one wants otherwise, or whose
 * teacher or room one wants for another section then (a warning), is not frozen at all. Such a lock
 * holds where its section runs, which it need not do, and does not free it from its minimum; those
 * of students are like any other, but sections that have fallen below their minimum keep nobody,
 * and what the school locks for a student goes first: seats in its way are not kept, nor, where he
 * did not have it, those of his alternates.
 */
void freeze(const struct schedule *sc, unsigned what, const struct freeze_only *only,
        const struct place *at, struct edits *out, struct report *rp);

/*
 * The school with the locks that freeze what the answer has: a finished copy, which pb must
 * outlive, or pb itself where there is nothing to freeze. NULL with errors in rp.
 */
struct problem *freeze_answer(struct problem *pb, const struct answer *an, unsigned what,
        const struct freeze_only *only, struct report *rp);

#endif
