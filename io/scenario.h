/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scenario files: a school as it is, and what might be changed about it.
 *
 * A scenario's changes are laid over the base school in this order: `replace`, `change`, `append`
 * on the tree, which is then read and checked as any school is (errors point into whichever file
 * wrote the value); then the ready-made ones, `bell`, `plus`, `minus`, on what was read.
 */
#ifndef IO_SCENARIO_H
#define IO_SCENARIO_H

#include "io/yaml_node.h"
#include "model/problem.h"
#include "model/variant.h"
#include <stdio.h>

struct setting { /* an option of the search, for cli to hand on */
        const char *name, *value;
        struct place at;
};

struct settings_list {
        int n;
        struct setting *v;
};

struct step {     /* one of `plus` and `minus` */
        int what; /* SECTION, TEACHER ... */
        const struct node *id;
        int count; /* negative: minus */
};

struct scenario {
        const char *id, *title; /* title: the id where none is given */
        struct place at;
        int like; /* the scenario whose changes come first, or -1 */
        const struct node *replace, *change, *append;
        const struct bell_kind *bell;
        int n_steps;
        struct step *steps;
        struct settings_list options;
};

/* The first scenario is what the others are compared with. */
struct scenarios {
        struct arena *arena; /* owns the rest, and the trees */
        struct problem *texts;
        const char *file;
        const char *base; /* path of the school; NULL: named by a plan */
        struct place base_at;
        struct settings_list options; /* of all */
        int n, cap;
        struct scenario *v;
};

/*
 * Read a file with those that it includes. root: the folder that they and the school must lie under
 * after realpath, NULL: anywhere. NULL with errors in rp; scenarios_free() it.
 */
struct scenarios *scenarios_read(const char *path, const char *root, struct report *rp);
void scenarios_free(struct scenarios *s);
int scenarios_find(const struct scenarios *s, const char *id); /* its number or -1 */
/* The options of scenario i: those of all, of what it is like, its own. Later ones prevail. */
struct settings_list scenario_options(const struct scenarios *s, int i);

/* A school with a scenario's changes. */
struct variant {
        struct arena *arena;  /* of the tree, which the problem's places point into */
        struct problem *pb;   /* to be written, not solved: what is derived may be stale */
        struct notes notes;   /* what was changed and assumed */
        const char *previous; /* path of the previous schedule, NULL: none */
};

/*
 * base, which at names: instead of the file's own, or NULL. s may be NULL: the base as it is. False
 * with errors. variant_release() it in any case.
 */
bool variant_build(struct variant *v, const struct scenarios *s, int scenario, const char *base,
        struct place at, const char *root, struct report *rp);
void variant_release(struct variant *v);
/* The school on a stream, its notes as comments at the head. */
void variant_print(const struct variant *v, FILE *f);
/* The folder (made if need be) with school.yaml, its tables and the previous schedule. */
bool variant_write(const struct variant *v, const char *dir, struct report *rp);

/* Fit for a folder's name: letters, digits, `.`, `_`, `-`, not beginning with a point or dash. */
bool is_folder_name(const char *id);
/* path as the file that names it means it, in the arena: absolute, or relative to its folder. */
const char *path_beside(struct arena *a, const char *file, const char *path);

#endif
