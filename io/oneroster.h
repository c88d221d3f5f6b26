/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * OneRoster 1.1 and 1.2 as CSV, bulk files: a schedule with its people, and back.
 *
 * sourcedIds are the same from run to run: `sis_id` where it is stated, else made of the school's
 * id (or name), the year and our own ids. classCode is COURSE-NUMBER, courseCode the course's id,
 * identifier a person's id, title a term's id, so that what was written can be read back.
 */
#ifndef IO_ONEROSTER_H
#define IO_ONEROSTER_H

#include "io/bundle.h"
#include "model/schedule.h"

struct oneroster_options {
        bool v12;   /* 1.2, else 1.1 */
        bool guard; /* see io/csv_write.h; files for another system are exact */
};

/*
 * What the standard requires and the school does not state: errors, and warnings for what is made
 * up instead; all: also of what is made up without harm. True if there were no errors.
 */
bool oneroster_check(const struct problem *pb, bool all, struct report *rp);

/* The files of a schedule, which speaks of pb alone (no UNKNOWN), into the bundle. */
bool oneroster_write(const struct problem *pb, const struct answer *an,
        const struct oneroster_options *o, struct bundle *b, struct report *rp);

/* The year in which the school year ends, or -1. */
int oneroster_year(const struct problem *pb);
/* Given and family name; false where neither is stated, and the id stands for both. */
bool oneroster_names(struct arena *a, const struct person *p, const char *name, const char *id,
        const char **given, const char **family);

#endif
