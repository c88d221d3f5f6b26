/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The analyses of a school as tables of texts, which text, CSV and page then show alike. */
#ifndef IO_ANALYZE_SHEET_H
#define IO_ANALYZE_SHEET_H

#include "model/tally.h"

struct sheet_column {
        const char *heading;
        bool number; /* flush right */
};

struct sheet {
        const char *name;  /* of its CSV file, without ending */
        const char *title; /* a heading */
        const char *about; /* how to read it */
        int n_columns;
        struct sheet_column *columns;
        int n_rows, cap;    /* cap: cells */
        int n_cells;        /* so far: n_rows * n_columns between rows */
        const char **cells; /* row by row; never NULL */
        int show;           /* rows in text and page; 0: all; the CSV has all of them */
        bool students;      /* names students: CSV only */
        bool sentences;     /* one column of sentences: a list, no CSV */
};

struct sheets {
        const struct tally *tally; /* not owned */
        struct arena *arena;       /* owns the rest */
        int n;
        struct sheet *v[24];
};

/* sheets_free() it before the tally. */
struct sheets *sheets_new(const struct tally *t);
void sheets_free(struct sheets *all); /* NULL is fine */

/* ---- for those who fill sheets ---- */

/* Columns as "Course|#Seats": a # for numbers. */
struct sheet *sheet_add(struct sheets *all, const char *name, const char *title,
        const char *columns, const char *about);
void put_cell(struct sheets *all, struct sheet *s, const char *text); /* NULL: empty */
void put_count(struct sheets *all, struct sheet *s, int64_t n);
/* num / den with one decimal (two with fine); empty where den is 0. */
void put_share(struct sheets *all, struct sheet *s, double num, double den, bool fine);
/* "a, b, c", or "a, b, c and 5 more" beyond most. */
const char *course_list(struct sheets *all, const struct ints *courses, int most);
const char *teacher_list(struct sheets *all, const struct ints *teachers, int most);
const char *room_list(struct sheets *all, const struct ints *rooms, int most);

/* The parts of sheets_new(). */
void sheets_courses(struct sheets *all); /* analyze_courses.c */
void sheets_staff(struct sheets *all);   /* analyze_staff.c */
void sheets_people(struct sheets *all);  /* analyze_people.c */
void sheets_first(struct sheets *all);   /* analyze_first.c: what to look at first */

#endif
