/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small schools built in C, with the defaults of the format. Pointers that add_* return are good
 * until the next add_* of their kind: set what differs from the defaults at once. Lists are texts,
 * "ENG9 BIO". Names that should exist and do not fail the test.
 */
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

#include "model/schedule.h"

/* Periods as "1A:A 2A:A* 1B:B": id, day (may be left out), * for a break after. */
struct problem *build_school(int n_terms, const char *periods);
/* problem_finish(), which must succeed. Returns pb. problem_free() it. */
struct problem *build_done(struct problem *pb);
/* problem_finish(), which must fail with one error at that line, whose text holds part. Frees pb.
 */
void build_refused(struct problem *pb, enum error_kind kind, int line, const char *part);

struct teacher *add_teacher(struct problem *pb, const char *id, const char *credentials);
struct room *add_room(struct problem *pb, const char *id, const char *types, int capacity);
struct course *add_course(struct problem *pb, const char *id);
struct pathway *add_pathway(struct problem *pb, const char *id);
struct cohort *add_cohort(struct problem *pb, const char *id, int grade,
        const char *courses); /* of the last pathway */
struct student *add_student(struct problem *pb, const char *id, int grade);
struct request *add_request(
        struct problem *pb, const char *student, const char *course, enum kind kind);
struct requirement *add_requirement(struct problem *pb, const char *id, const char *courses);
void add_years(
        struct problem *pb, int grade, int64_t num, int64_t den); /* of the last requirement */
struct rule *add_rule(struct problem *pb, enum rule_kind kind, const char *courses);
struct lock *add_lock(struct problem *pb, const char *course, int section);
void set_sections(struct problem *pb, const char *course, int min, int max);

/* Numbers of names; the lists of them. A flag, credential, type or area is made when first named.
 */
int id_of(const struct index *ix, const char *id);
struct ints ids_of(struct problem *pb, struct index *ix, const char *text);
uint64_t periods_of(struct problem *pb, const char *text);

#endif
