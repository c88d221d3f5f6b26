/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables of OneRoster 1.1 or 1.2 files, of one school, as they stand: nothing is made of them
 * yet. Texts are never NULL ("" where a cell is empty); everything lives in the arena.
 */
#ifndef IO_ONEROSTER_READ_H
#define IO_ONEROSTER_READ_H

#include "model/memory.h"
#include "model/report.h"

struct in_list { /* a cell with several values */
        int n;
        const char **v;
};

struct in_session {
        const char *id, *title, *type, *start, *end, *parent;
        struct place at;
};

struct in_course {
        const char *id, *title, *code, *org;
        struct in_list grades, subjects;
        struct place at;
};

struct in_class {
        const char *id, *course, *code, *location;
        struct in_list terms, periods;
        struct place at;
};

struct in_user {
        const char *id, *given, *family, *identifier, *email;
        struct in_list grades;
        bool student; /* else a teacher; others are left out */
        struct place at;
};

struct in_seat {
        const char *class_id, *user;
        bool teacher, primary;
        struct place at;
};

struct roster_in {
        const char *school, *school_identifier, *district; /* "" where not told */
        const char *school_sourced;
        int n_sessions, n_courses, n_classes, n_users, n_seats;
        struct in_session *sessions;
        struct in_course *courses;
        struct in_class *classes;
        struct in_user *users;
        struct in_seat *seats;
};

struct roster_choice {
        const char *school; /* sourcedId, identifier or name; NULL: the only one there is */
        bool guarded;       /* cells were guarded against formulas: see io/csv_write.h */
};

/* False with errors in rp. path (a folder or a zip archive) lives as long as the messages. */
bool roster_read(const char *path, const struct roster_choice *choice, struct arena *a,
        struct roster_in *out, struct report *rp);

#endif
