/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Schools and schedules as short texts, so that a test shows all it is about. */
#ifndef TESTS_SUPPORT_TEXT_H
#define TESTS_SUPPORT_TEXT_H

#include "model/finding.h"
#include "model/schedule.h"

/* text with the first `from` replaced by `to`; NULL: none. mem_free() it. Fails the test if `from`
 * is not there. */
char *text_edit(const char *text, const char *from, const char *to);

/* The school that a YAML text describes; fails the test where it has errors. problem_free() it. */
struct problem *text_school(const char *yaml);

/*
 * A schedule from sections "COURSE NUMBER PERIOD/TERM TEACHER CO_TEACHER ROOM COHORT: STUDENT
 * ...;", `-` for none. schedule_free() it.
 */
struct schedule *text_schedule(const struct problem *pb, const char *text);

/* Does the schedule break no hard rule? */
bool text_valid(const struct schedule *sc);

/*
 * A reason on one line: "no_room lab", "blocked full@ART-1(room=R1) overlap@ART-2(BAND)"; rules and
 * locks by their number from 0. mem_free() it.
 */
char *text_reason(const struct problem *pb, const struct reason *r);

int text_request(const struct problem *pb, const char *student, const char *course);
int text_section(const struct problem *pb, const char *course, int number);

#endif
