/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of bound_by_slots() share.
 *
 * An ITEM is a course with one section; a CHOICE is an item that starts in a given term. Weights of
 * wishes are spread evenly over the item's terms, in whole UNITs, so that each term counts by
 * itself.
 */
#ifndef SOLVER_BOUND_SLOTS_PARTS_H
#define SOLVER_BOUND_SLOTS_PARTS_H

#include "solver/bound_view.h"
#include <glpk.h>

enum { UNIT = 60 }; /* of weight; divisible by any number of terms up to 6 */

struct slot_wish {
        int student, weight; /* per term */
};

struct item {
        int course;
        int n;
        struct slot_wish *wishes;
        int64_t whole; /* all that it would cost not to run, in units */
        int sole;      /* the only teacher who could, or -1 */
};

struct choice {
        int item, term, terms;
};

struct slot_class { /* periods in which the same choices can be made by the same people */
        int n, period;
        int n_choices;
        struct choice *choices;
};

struct pick { /* a set of choices of one class */
        int class, n, *choices;
        int64_t loss;
};

struct slots {
        const struct bound_view *v;
        const struct problem *pb;
        struct meter *meter;
        struct arena *arena;
        int n_items, n_classes;
        struct item *items;
        struct slot_class *classes;
        /* pricing */
        double *price;        /* [n_items] what a placed item earns */
        int *held;            /* [n_students * n_terms] weight of the best item taken there */
        int *taught, *roomed; /* [n_terms * people or rooms] choice in the pick, or -1 */
        bool *tried;
        double *by_teacher, *by_item; /* scratch, 0 between uses */
        int n_picks, cap_picks;
        struct pick *picks;
        int64_t nodes;
        double best, open; /* most that is earned; most that may be where the search was cut */
        int depth, *path, *best_path, best_n;
        int64_t path_loss;
        int class;
};

/* The best pick of a class at the prices: its earning, price less loss, in units; new best ones on
 * the way go to picks. Returns what no pick of the class exceeds. */
double slots_price(struct slots *s, int class, int64_t nodes);
void slots_keep(struct slots *s, const int *path, int n, int64_t loss);

#endif
