/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The machine behind problem_read: mappings described by tables of fields.
 *
 * read_map() walks a map (a YAML map or a row of a table) along its mapping and stores each value
 * where the field says. Keys that are omitted (null, ~, empty) count as absent. Errors go to the
 * report and leave the field as it was, so that reading goes on to find the rest of them.
 */
#ifndef IO_PROBLEM_READ_FIELDS_H
#define IO_PROBLEM_READ_FIELDS_H

#include "io/yaml_node.h"
#include "model/problem.h"

/* What an id can name. Credentials, types, areas, flags are declared by being mentioned. */
enum noun {
        TERM,
        PERIOD,
        TEACHER,
        ROOM,
        COURSE,
        PATHWAY,
        COHORT,
        REQUIREMENT,
        STUDENT,
        CREDENTIAL,
        ROOM_TYPE,
        AREA,
        FLAG,
        N_NOUNS
};

struct reader {
        struct problem *pb;
        struct report *rp;
        struct arena *scratch; /* trees, tables and whatever ends with reading */
        char *root;            /* real path that every file must lie under; NULL: the folder of
                                  the file that names it */
        struct index *gone;    /* students whom a filter of their table left out */
        struct places {
                struct place *v;
                int n, cap;
        } declared[N_NOUNS];  /* where each id was declared, by its number */
        bool broken[N_NOUNS]; /* its declarations could not be read: unknown ones are no news */
        struct ints all_teachers, all_students; /* their numbers, once a rule asked for them */
        bool quiet; /* rows of students: values may be names and are not repeated */
};

enum field_type {
        FIELD_NONE,    /* known, read elsewhere */
        FIELD_ID,      /* const char *: declared before; only its presence is checked */
        FIELD_TEXT,    /* const char * */
        FIELD_WHOLE,   /* int, low..high */
        FIELD_DECIMAL, /* struct ratio, low..high */
        FIELD_BOOLEAN, /* bool */
        FIELD_WORD,    /* enum or int: the number of one of words */
        FIELD_GRADES,  /* struct ints */
        FIELD_REF,     /* int: number of a noun */
        FIELD_REFS,    /* struct ints */
        FIELD_PERIODS, /* uint64_t: a bit for each period listed */
        FIELD_MAP,     /* the object's part at `to`, with a mapping of its own */
        FIELD_OTHER    /* read() */
};

enum list_form { LIST_ONLY, LIST_OR_ONE, LIST_OR_CELL }; /* one: a scalar; cell: `;` separates */

struct field {
        const char *key;
        enum field_type type;
        size_t to; /* offset in the object */
        bool required;
        bool null_counts; /* an omitted value is a value: FIELD_OTHER only */
        bool once;        /* FIELD_REFS: nothing may be listed twice */
        int low, high;    /* FIELD_WORD: the first word is number low */
        enum noun noun;
        enum list_form form;
        const char *const *words; /* ends with NULL */
        const struct mapping *map;
        void (*read)(struct reader *r, const struct node *value, void *object);
};

struct mapping {
        const char *what;           /* "a teacher" */
        const struct field *fields; /* at most 64 */
        int n;
        /* A key that no field has: true if it was read; NULL: there are none. */
        bool (*other)(
                struct reader *r, const struct node *key, const struct node *value, void *object);
};

#define MAPPING(name, text, table, others)                                                         \
        static const struct mapping name = {                                                       \
                text, table, (int)(sizeof(table) / sizeof *(table)), others}

/* The keys of struct person, which lies at offset `to`. */
#define PERSON_FIELDS(to_)                                                                         \
        {.key = "given", .type = FIELD_TEXT, .to = (to_) + offsetof(struct person, given)},        \
                {.key = "family",                                                                  \
                        .type = FIELD_TEXT,                                                        \
                        .to = (to_) + offsetof(struct person, family)},                            \
                {.key = "email",                                                                   \
                        .type = FIELD_TEXT,                                                        \
                        .to = (to_) + offsetof(struct person, email)},                             \
        {                                                                                          \
                .key = "sis_id", .type = FIELD_TEXT, .to = (to_) + offsetof(struct person, sis_id) \
        }

enum { MAX_GRADE = 20, MAX_YEARS = 100, MAX_COUNT = 100000 };
/* Far beyond any school: what keeps a file made to annoy from taking minutes. */
enum { MAX_ITEMS = 5000, MAX_LOCKS = 100000 };

void read_map(struct reader *r, const struct node *node, const struct mapping *map, void *object);

/* Single values; false after an error. `key` is for messages. */
bool read_whole(
        struct reader *r, const struct node *node, const char *key, int low, int high, int *out);
bool read_decimal(struct reader *r, const struct node *node, const char *key, int low, int high,
        struct ratio *out);
bool read_ref(struct reader *r, const struct node *node, enum noun noun, int *out);
bool read_refs(struct reader *r, const struct node *node, const struct field *f, struct ints *out);
bool read_periods(struct reader *r, const struct node *node, const char *key, enum list_form form,
        uint64_t *out);

/* The node as a list: itself, or a scalar in the forms allowed. NULL after an error. */
const struct node *as_list(
        struct reader *r, const struct node *node, const char *key, enum list_form form);
/* A section of the school: a list of at most `most` items. NULL if omitted or after an error. */
const struct node *as_section(struct reader *r, const struct node *node, const char *key, int most);
bool expect_map(struct reader *r, const struct node *node, const char *what);
/* Is the text fit for an id? Reports if not. */
bool expect_id(struct reader *r, const struct node *node, const char *what);

/* The number of an id among its nouns; open nouns are added. -1: unknown, reported at the place. */
int resolve(struct reader *r, enum noun noun, const char *id, struct place at);
/* Declare an id (checked by expect_id); its number, or -1 with an error where it is taken. */
int declare(struct reader *r, enum noun noun, const struct node *id);
struct index *noun_index(const struct reader *r, enum noun noun);
const char *noun_name(enum noun noun);

/* "found ...; expected ..." at the node; always false. */
bool expected(struct reader *r, const struct node *found, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));
bool input_error(struct reader *r, struct place at, const char *fmt, ...)
        __attribute__((format(printf, 3, 4)));
/* " (did you mean 'x'?)" or "", for a word that is none of those in ix. */
const char *did_you_mean(struct reader *r, const struct index *ix, const char *word);
const char *quoted(struct reader *r, const char *text);

#endif
