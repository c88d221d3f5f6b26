/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Requests from a table with anybody's columns, by a mapping in YAML:
 *
 *     student: [StudentNumber, StudentID]    # the first of them that the table has
 *     course: CourseNumber
 *     kind: {column: Type, required: [R], elective: [E], alternate: [A]}
 *     alternate: AlternateTag                # anything in it makes the request an alternate
 *     rank: Priority
 *     for: ActualPrimaryCourseID
 */
#ifndef IO_IMPORT_REQUESTS_H
#define IO_IMPORT_REQUESTS_H

#include "model/problem.h"

enum { MAP_CHOICES = 8 };

struct column_choice { /* names of a column, the best first */
        int n;
        const char *names[MAP_CHOICES];
};

struct request_map {
        struct column_choice student, course, kind, alternate, rank, instead;
        struct column_choice words[3]; /* what means required, elective, alternate */
};

/* The mapping that comes with the program for "msched", "powerschool", ...; NULL: none does. */
const char *request_preset(const char *name);

/* A mapping from its text; texts in the arena. file lives as long as the messages. */
bool request_map_read(struct arena *a, const char *file, const char *text, size_t size,
        struct request_map *out, struct report *rp);
/* Columns named on the command line, as "student=SN,course=CN", over those of the map. */
bool request_map_set(struct arena *a, const char *text, struct request_map *map, struct report *rp);

/*
 * Add the requests of the CSV file to pb, whose students and courses are read: by id or by sis_id.
 * Rows that name others are left out with a warning. course_ids: other names of the courses, of the
 * same numbers.
 */
bool import_requests(struct problem *pb, const struct index *course_names, const char *path,
        const struct request_map *map, bool guarded, struct report *rp);

#endif
