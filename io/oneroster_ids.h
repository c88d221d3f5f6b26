/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sourcedIds of a school and its schedule. */
#ifndef IO_ONEROSTER_IDS_H
#define IO_ONEROSTER_IDS_H

#include "model/problem.h"

struct roster_ids {
        struct arena *arena;                  /* owns all texts */
        const char *school, *district, *year; /* district: NULL where none is stated */
        const char **term, **course, **teacher, **student;
};

/* year: in which the school year ends. False where two things have one sourcedId. */
bool roster_ids_init(struct roster_ids *ids, const struct problem *pb, int year, struct report *rp);
void roster_ids_release(struct roster_ids *ids);

const char *roster_class_id(
        struct roster_ids *ids, const struct problem *pb, int course, int number);
/* Of the person with that id of ours in the class with that sourcedId. */
const char *roster_enrollment_id(
        struct roster_ids *ids, const char *class_id, const char *role, const char *id);
const char *roster_role_id(struct roster_ids *ids, const char *role, const char *id);

#endif
