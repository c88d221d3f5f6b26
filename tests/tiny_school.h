/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random schools tiny enough to try everything, each with a few features of the format. */
#ifndef TESTS_TINY_SCHOOL_H
#define TESTS_TINY_SCHOOL_H

#include "model/problem.h"

#define TINY_FEATURES(F)                                                                           \
        F(preps)                                                                                   \
        F(consecutive) F(contacts) F(load) F(size_min) F(size_max) F(full_day) F(teacher_away) F(  \
                teacher_away_by_term) F(room_away) F(student_away) F(home) F(capacity) F(grades)   \
                F(only) F(credential) F(teachers) F(few_rooms) F(range) F(two_periods) F(one_term) \
                        F(at) F(unstaffed) F(uncounted) F(off_campus) F(travel) F(support) F(      \
                                pathway) F(cohort) F(purity) F(purity_of) F(strands) F(planning)   \
                                F(requirement) F(alternate) F(stands_for) F(separate) F(stack) F(  \
                                        same_period) F(adjacent) F(same_teacher) F(same_students)  \
                                        F(before) F(needs) F(limit) F(apart) F(avoid)              \
                                                F(free_teachers) F(free_students) F(lock_place)    \
                                                        F(lock_cohort) F(lock_student) F(previous) \
                                                                F(priorities) F(day_break)         \
                                                                        F(balance)

enum tiny_feature {
#define TINY_ENUM(name) TINY_##name,
        TINY_FEATURES(TINY_ENUM)
#undef TINY_ENUM
                N_TINY
};

const char *tiny_name(enum tiny_feature f);
/* A few features for a seed, with those that they need: a bit for each. */
uint64_t tiny_features(uint64_t seed);
/* The school of a seed with these features; without one the rest stays as it was. mem_free() it. */
char *tiny_text(uint64_t seed, uint64_t features);
/* The same read and finished, with its previous seats. problem_free() it. */
struct problem *tiny_school(uint64_t seed, uint64_t features);

#endif
