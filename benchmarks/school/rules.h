/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits, rules of every kind, locks and home rooms, read off a plan, which therefore keeps them
 * all. */
#ifndef SCHOOL_RULES_H
#define SCHOOL_RULES_H

#include "benchmarks/school/build.h"

void rules_read_off(struct build *b);
/* Planted: the room where all of a teacher's sections of its types are. Natural: a room of his main
 * subject each. */
void rules_homes(struct build *b);

/* Parts of rules_read_off(). */
struct rule *rule_add(struct build *b, enum rule_kind kind);
void rules_of_courses(struct build *b); /* separate .. before */
void rules_of_people(struct build *b);  /* needs .. free; flags; support */
int rule_sections(const struct build *b, int course);
const struct unit *rule_unit(const struct build *b, int course, int number);

#endif
