/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A school made of OneRoster files: who is there, what is offered, how it ran. What such files do
 * not tell is left out or guessed, and said so in the comment at the head of school.yaml.
 */
#ifndef IO_IMPORT_SCHOOL_H
#define IO_IMPORT_SCHOOL_H

#include "io/import_requests.h"
#include "io/oneroster_read.h"
#include "model/schedule.h"

struct import_options {
        struct roster_choice choice;
        bool next_year;                /* students a grade higher, without those who leave */
        const char *requests;          /* a CSV file, or NULL */
        const struct request_map *map; /* of its columns */
};

struct import_counts {
        int students, teachers, courses, rooms, classes, seats, requests;
};

/*
 * Write folder/school.yaml with its tables and folder/last/schedule.json: the classes as they ran.
 * Files that are there already are never overwritten. path: a folder or a zip archive.
 */
bool import_school(const char *path, const struct import_options *o, const char *folder,
        struct import_counts *counts, struct report *rp);

/* ---- the parts, for import_school() ---- */

/* What a school was made of: for each number of ours, the texts it was known by. */
struct import {
        const struct roster_in *in;
        const struct import_options *o;
        struct arena *arena;
        struct report *rp;
        struct problem *pb;
        struct index *users, *courses, *classes; /* sourcedIds */
        int *user_number;  /* [n_users of in]: teacher or student of pb, -1: left out */
        int *class_course; /* [n_classes of in]: course of pb or -1 */
        struct ints *class_terms, *class_periods; /* of pb */
        struct ints *course_classes;              /* [n_courses of pb] */
};

void import_bell(struct import *im);   /* terms and periods */
void import_people(struct import *im); /* students and teachers */
void import_courses(struct import *im);
/* Last year's classes as an answer of pb; answer_free() it. */
struct answer *import_last(const struct import *im, int *seats);

#endif
