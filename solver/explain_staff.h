/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What teachers and rooms already do in a schedule, seen from a section that might join it. */
#ifndef SOLVER_EXPLAIN_STAFF_H
#define SOLVER_EXPLAIN_STAFF_H

#include "solver/explain_view.h"

/* The UNIT are the placed sections that the section is stacked with. */
struct staff {
        const struct view *view;
        const struct course *course;
        cellset *taught, *counted;   /* [n_teachers] cells taught; those within load */
        cellset *unit;               /* [n_teachers] of the cells taught those with the unit */
        cellset *rooms, *unit_rooms; /* [n_rooms] cells in use, by others, by the unit */
        int *contacts, *preps;       /* [n_teachers x n_terms] students; distinct courses */
        bool *prepared;              /* [n_teachers x n_terms] the section's course is among them */
};

void staff_init(struct staff *f, const struct view *view, int section);
void staff_release(struct staff *f);

/*
 * Could teacher t take the section at start, with need students? joint: at the place of the unit,
 * whose cells are then not in his way. Where only `free` rules forbid it, they are marked.
 */
bool staff_free(const struct staff *f, int t, int start, bool joint, int need, bool *rules);

/* Students that teacher t (or nobody) may still take at start; INT32_MAX without a limit. */
int staff_contacts_left(const struct staff *f, int t, int start);

#endif
