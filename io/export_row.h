/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of an exported table, and the fields that a column may show of them. */
#ifndef IO_EXPORT_ROW_H
#define IO_EXPORT_ROW_H

#include "model/schedule.h"

enum rows {
        ROWS_SECTIONS,
        ROWS_ENROLLMENTS, /* a student in a section */
        ROWS_STAFF,       /* a teacher or co-teacher of a section */
        ROWS_STUDENTS,
        ROWS_TEACHERS,
        ROWS_ROOMS,
        ROWS_COURSES,
        ROWS_STUDENT_TERMS, /* a student's term, with a column for each period */
        ROWS_TEACHER_TERMS,
        ROWS_ROOM_TERMS,
        N_ROWS
};
extern const char *const rows_words[]; /* [N_ROWS + 1], ends with NULL */

struct export
{
        const struct problem *pb;
        const struct answer *an;
        struct arena *arena;                          /* texts of one file */
        int *student_cell, *teacher_cell, *room_cell; /* [n x n_cells] section of an, or -1 */
};

/* What a row is about; -1 or NULL where it is not. */
struct row {
        const struct answer_section *section;
        int course, student, teacher, room, term;
};

struct row_field {
        const char *name;
        unsigned rows; /* a bit for each enum rows that has it */
        const char *(*text)(const struct export *x, const struct row *row); /* NULL: empty */
};
extern const struct row_field row_fields[];
extern const int n_row_fields;

/* What a period of a term row shows: "ENG9-1 R4 kim", without what the row is about. */
const char *row_period(const struct export *x, const struct row *row, int period);

/* Does the section speak of what the school has, so that it can be exported? */
bool export_has(const struct problem *pb, const struct answer_section *s);
void export_init(struct export *x, const struct problem *pb, const struct answer *an);
void export_release(struct export *x);

#endif
