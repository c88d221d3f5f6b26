/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be part of a clash, and how it is told. Students by id only. */
#include "solver/clash.h"
#include <string.h>

static void add(struct arena *a, struct items *list, enum item_kind kind, int index)
{
        if (list->n == list->cap) {
                int cap = list->cap ? 2 * list->cap : 64;
                struct item *v = arena_array(a, (size_t)cap, sizeof *v);
                if (list->n)
                        memcpy(v, list->v, (size_t)list->n * sizeof *v);
                list->v = v;
                list->cap = cap;
        }
        list->v[list->n++] = (struct item){kind, index};
}

void items_of_locks(const struct problem *pb, struct arena *a, struct items *list)
{
        for (int l = 0; l < pb->n_locks; l++)
                add(a, list, ITEM_LOCK, l);
}

void items_of_rules(const struct problem *pb, struct arena *a, struct items *list)
{
        for (int n = 0; n < pb->n_rules; n++)
                add(a, list, ITEM_RULE, n);
}

/* Limits that are stated; all but one period is the load where nothing is. */
static void add_limits(struct arena *a, struct items *list, const struct limits *l, int teacher)
{
        if (l->load >= 0 || teacher < 0)
                add(a, list, ITEM_TEACHER_LOAD, teacher);
        if (l->preps >= 0)
                add(a, list, ITEM_TEACHER_PREPS, teacher);
        if (l->consecutive >= 0)
                add(a, list, ITEM_TEACHER_CONSECUTIVE, teacher);
        if (l->contacts >= 0)
                add(a, list, ITEM_TEACHER_CONTACTS, teacher);
}

static void add_people_and_rooms(
        const struct problem *pb, struct arena *a, const bool *student, struct items *list)
{
        for (int k = 0; k < pb->n_students; k++)
                if (student[k] && pb->students[k].available != pb->all_cells)
                        add(a, list, ITEM_STUDENT_AVAILABLE, k);
        for (int r = 0; r < pb->n_rooms; r++) {
                if (pb->rooms[r].available != pb->all_cells)
                        add(a, list, ITEM_ROOM_AVAILABLE, r);
                if (pb->rooms[r].capacity >= 0)
                        add(a, list, ITEM_ROOM_CAPACITY, r);
        }
        for (int t = 0; t < pb->n_teachers; t++) {
                if (pb->teachers[t].available != pb->all_cells)
                        add(a, list, ITEM_TEACHER_AVAILABLE, t);
                add_limits(a, list, &pb->teachers[t].stated, t);
        }
        add_limits(a, list, &pb->contract.limits, NONE);
}

/* What a lock of the course asks for, though the course says it has none. */
static bool is_locked(const struct problem *pb, int course, bool teacher)
{
        for (int l = 0; l < pb->n_locks; l++) {
                const struct lock *k = &pb->locks[l];
                if (k->course == course && (teacher ? k->teacher : k->room) >= 0)
                        return true;
        }
        return false;
}

static void add_course(const struct problem *pb, struct arena *a, int course, struct items *list)
{
        const struct course *c = &pb->courses[course];
        const bool here[N_ITEMS] = {
                [ITEM_COURSE_AT] = c->at_periods.given || c->at_terms.given,
                [ITEM_COURSE_LENGTH] = c->periods > 1 || c->terms > 1,
                [ITEM_COURSE_CREDENTIAL] = c->credentials.given,
                [ITEM_COURSE_TEACHERS] = c->teachers.given,
                [ITEM_COURSE_STAFFED] = !c->staffed && is_locked(pb, course, true),
                [ITEM_COURSE_ROOM] = c->room_type >= 0 || is_locked(pb, course, false),
                [ITEM_COURSE_SIZE] = true,
                [ITEM_COURSE_GRADES] = c->grades.given,
                [ITEM_COURSE_ONLY] =
                        c->only.pathway >= 0 || c->only.cohort >= 0 || c->only.flag >= 0,
                [ITEM_COURSE_SUPPORT] = c->support.given,
                [ITEM_COURSE_CAMPUS] = c->off_campus != OFF_NO || c->travel > 0,
        };

        for (int kind = ITEM_COURSE_AT; kind <= ITEM_COURSE_CAMPUS; kind++)
                if (here[kind])
                        add(a, list, (enum item_kind)kind, course);
}

void items_of_data(
        const struct problem *pb, struct arena *a, const bool *lock_kept, struct items *list)
{
        bool *student = arena_array(a, (size_t)pb->n_students + 1, sizeof *student);
        bool *course = arena_array(a, (size_t)pb->n_courses + 1, sizeof *course);
        bool *cohort = arena_array(a, (size_t)pb->n_cohorts + 1, sizeof *cohort);

        for (int l = 0; l < pb->n_locks; l++) {
                if (!lock_kept[l])
                        continue;
                course[pb->locks[l].course] = true;
                if (pb->locks[l].student >= 0)
                        student[pb->locks[l].student] = true;
                if (pb->locks[l].cohort >= 0)
                        cohort[pb->locks[l].cohort] = true;
        }
        add_people_and_rooms(pb, a, student, list);
        for (int c = 0; c < pb->n_courses; c++)
                if (course[c])
                        add_course(pb, a, c, list);
        for (int k = 0; k < pb->n_cohorts; k++) {
                if (!cohort[k])
                        continue;
                add(a, list, ITEM_COHORT_COURSES, k);
                if (pb->cohorts[k].purity.num > 0)
                        add(a, list, ITEM_COHORT_PURITY, k);
                if (pb->cohorts[k].strands)
                        add(a, list, ITEM_COHORT_STRANDS, k);
        }
}

/* ---- words ---- */

static const char *const parts[N_ITEMS] = {
        [ITEM_STUDENT_AVAILABLE] = "available",
        [ITEM_ROOM_AVAILABLE] = "available",
        [ITEM_ROOM_CAPACITY] = "capacity",
        [ITEM_TEACHER_AVAILABLE] = "available",
        [ITEM_TEACHER_LOAD] = "load",
        [ITEM_TEACHER_PREPS] = "preps",
        [ITEM_TEACHER_CONSECUTIVE] = "consecutive",
        [ITEM_TEACHER_CONTACTS] = "contacts",
        [ITEM_COURSE_AT] = "at",
        [ITEM_COURSE_LENGTH] = "periods and terms",
        [ITEM_COURSE_CREDENTIAL] = "credential",
        [ITEM_COURSE_TEACHERS] = "teachers",
        [ITEM_COURSE_STAFFED] = "staffed",
        [ITEM_COURSE_ROOM] = "room",
        [ITEM_COURSE_SIZE] = "size",
        [ITEM_COURSE_GRADES] = "grades",
        [ITEM_COURSE_ONLY] = "only",
        [ITEM_COURSE_SUPPORT] = "support",
        [ITEM_COURSE_CAMPUS] = "off_campus and travel",
        [ITEM_COHORT_COURSES] = "courses",
        [ITEM_COHORT_PURITY] = "purity",
        [ITEM_COHORT_STRANDS] = "strands",
};

static bool is_bare(const struct lock *l)
{
        return l->student < 0 && l->teacher < 0 && l->room < 0 && l->period < 0 && l->term < 0 &&
               l->cohort == COHORT_NOT_LOCKED;
}

static const char *lock_text(struct arena *a, const struct problem *pb, const struct lock *lk)
{
        const char *text =
                arena_printf(a, "lock of %s-%d", pb->courses[lk->course].id, lk->section);

        if (is_bare(lk))
                return arena_printf(a, "%s-%d runs", pb->courses[lk->course].id, lk->section);
        if (lk->student != NONE)
                text = arena_printf(a, "%s, student %s", text, pb->students[lk->student].id);
        if (lk->teacher != NONE)
                text = arena_printf(a, "%s, teacher %s", text, pb->teachers[lk->teacher].id);
        if (lk->room != NONE)
                text = arena_printf(a, "%s, room %s", text, pb->rooms[lk->room].id);
        if (lk->period != NONE)
                text = arena_printf(a, "%s, period %s", text, pb->periods[lk->period].id);
        if (lk->term != NONE)
                text = arena_printf(a, "%s, term %s", text, pb->terms[lk->term]);
        if (lk->cohort != COHORT_NOT_LOCKED)
                text = arena_printf(a, "%s, cohort %s", text,
                        lk->cohort == NONE ? "none" : pb->cohorts[lk->cohort].id);
        return text;
}

static const char *limit_text(
        struct arena *a, const struct problem *pb, struct item it, struct place *at)
{
        if (it.index >= 0) {
                *at = pb->teachers[it.index].at;
                return arena_printf(a, "teacher %s, %s", pb->teachers[it.index].id, parts[it.kind]);
        }
        *at = pb->contract.at;
        if (it.kind == ITEM_TEACHER_LOAD && pb->contract.limits.load < 0)
                return "the usual load, all periods but one";
        return arena_printf(a, "contract, %s", parts[it.kind]);
}

const char *item_text(struct arena *a, const struct problem *pb, struct item it, struct place *at)
{
        const char *what = "course", *id;

        if (it.kind == ITEM_LOCK) {
                *at = pb->locks[it.index].at;
                return lock_text(a, pb, &pb->locks[it.index]);
        }
        if (it.kind == ITEM_RULE) {
                *at = pb->rules[it.index].at;
                return arena_printf(a, "rule %s", rule_kind_name(pb->rules[it.index].kind));
        }
        if (it.kind >= ITEM_TEACHER_AVAILABLE && it.kind <= ITEM_TEACHER_CONTACTS)
                return limit_text(a, pb, it, at);
        if (it.kind == ITEM_STUDENT_AVAILABLE) {
                what = "student";
                id = pb->students[it.index].id;
                *at = pb->students[it.index].at;
        } else if (it.kind <= ITEM_ROOM_CAPACITY) {
                what = "room";
                id = pb->rooms[it.index].id;
                *at = pb->rooms[it.index].at;
        } else if (it.kind <= ITEM_COURSE_CAMPUS) {
                id = pb->courses[it.index].id;
                *at = pb->courses[it.index].at;
        } else {
                what = "cohort";
                id = pb->cohorts[it.index].id;
                *at = pb->cohorts[it.index].at;
        }
        return arena_printf(a, "%s %s, %s", what, id, parts[it.kind]);
}
