/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parts of problem_read, in the order in which it calls them: first everything is declared,
 * then everything is read, so that the order of the sections in the file does not matter.
 */
#ifndef IO_PROBLEM_READ_PARTS_H
#define IO_PROBLEM_READ_PARTS_H

#include "io/csv_table.h"
#include "io/problem_read_fields.h"

/* A list of maps with ids, and the number that each item got: -1 where its id is bad or taken. */
struct items {
        int n;
        const struct node **nodes;
        int *number;
};

/* How objects of one kind are made from the items. */
struct section {
        enum noun noun;
        size_t size; /* of an object */
        const struct mapping *map;
        /* Defaults, id and place. */
        void (*init)(struct reader *r, void *object, const char *id, struct place at);
        /* What the fields alone do not show; may be NULL. */
        void (*check)(struct reader *r, const struct node *node, void *object);
};

extern const struct section teacher_section, room_section, course_section, pathway_section,
        cohort_section, requirement_section;

void read_bell(struct reader *r, const struct node *bell);
void read_contract(struct reader *r, const struct node *contract);
void read_rules(struct reader *r, const struct node *list);
void read_locks(struct reader *r, const struct node *list);
void read_priorities(struct reader *r, const struct node *list);

/* Sizes of classes: a map, or a bare number, which is the max. Parts not stated stay -1. */
struct sizes {
        int min, target, max;
};
void read_sizes(struct reader *r, const struct node *node, struct sizes *out);

/* Whether the map's keys are grades, each once; grade i belongs to item i, NULL where omitted. */
int *read_grade_keys(struct reader *r, const struct node *map, const char *key);

/* ---- tables: a list in the YAML or a CSV file ---- */

struct rows {
        int n;
        const struct node *list;     /* inline rows, or NULL */
        struct csv_table *csv;       /* or NULL */
        struct node row;             /* the CSV row at hand, as a map */
        struct node *cells;
        const struct node **column; /* its key, or NULL for a column without meaning */
};

/* Row i as a map, good until the next call; NULL where it is unfit and reported. */
const struct node *row_at(struct rows *rows, int i);
/* The declared students; row i has number[i] or -1. */
int *declare_students(struct reader *r, struct rows *rows);
void read_students(struct reader *r, struct rows *rows, const int *number);
void read_requests(struct reader *r, struct rows *rows);
/* Choose the columns that are known; false if there is no use in reading the rows. */
bool match_columns(struct reader *r, struct rows *rows, bool of_students);

#endif
