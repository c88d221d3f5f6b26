/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/variant_parts.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void notes_add(struct problem *pb, struct notes *notes, const char *fmt, ...)
{
        char *text = NULL;
        va_list args;

        va_start(args, fmt);
        if (vasprintf(&text, fmt, args) < 0)
                mem_short();
        va_end(args);
        if (!(notes->n & (notes->n - 1))) { /* full at powers of two */
                const char **more =
                        arena_array(pb->arena, notes->n ? 2 * (size_t)notes->n : 1, sizeof *more);
                if (notes->n)
                        memcpy(more, notes->line, (size_t)notes->n * sizeof *more);
                notes->line = more;
        }
        notes->line[notes->n++] = arena_strdup(pb->arena, text);
        free(text);
}

/* ---- sections ---- */

static bool ties_numbers(enum rule_kind kind)
{
        return kind == RULE_STACK || kind == RULE_SAME_PERIOD || kind == RULE_ADJACENT ||
               kind == RULE_SAME_TEACHER || kind == RULE_SAME_STUDENTS;
}

/* Mark the course and those that rules give the same number of sections. */
static void mark_tied(const struct problem *pb, int course, bool *tied)
{
        tied[course] = true;
        for (bool more = true; more;) {
                more = false;
                for (int i = 0; i < pb->n_rules; i++) {
                        const struct ints *list = &pb->rules[i].courses;
                        bool any = false;
                        for (int k = 0; k < list->n; k++)
                                any = any || tied[list->v[k]];
                        if (!any || !ties_numbers(pb->rules[i].kind))
                                continue;
                        for (int k = 0; k < list->n; k++) {
                                more = more || !tied[list->v[k]];
                                tied[list->v[k]] = true;
                        }
                }
        }
}

static int at_least_0(int x)
{
        return x > 0 ? x : 0;
}

static void set_sections(struct problem *pb, int course, int by, struct notes *notes)
{
        struct course *c = &pb->courses[course];
        int min = c->sections_given ? c->sections_min_stated : c->sections_min,
            max = c->sections_given ? c->sections_max_stated : c->sections_max;

        c->sections_given = true;
        c->sections_min_stated = at_least_0(min + by);
        c->sections_max_stated = at_least_0(max + by);
        if (c->support.given && c->support.sections > c->sections_max_stated)
                c->support.sections = c->sections_max_stated;
        if (min == max)
                notes_add(pb, notes, "%s: %d section%s instead of %d", c->id,
                        c->sections_max_stated, c->sections_max_stated == 1 ? "" : "s", max);
        else
                notes_add(pb, notes, "%s: %d to %d sections instead of %d to %d", c->id,
                        c->sections_min_stated, c->sections_max_stated, min, max);
}

/* Locks of sections that there are no longer. */
static void drop_locks(struct problem *pb, const bool *tied, struct notes *notes)
{
        int n = 0;

        for (int i = 0; i < pb->n_locks; i++) {
                const struct lock *l = &pb->locks[i];
                const struct course *c = &pb->courses[l->course];
                if (tied[l->course] && l->section > c->sections_max_stated)
                        notes_add(pb, notes, "a lock of %s-%d falls, as that section does", c->id,
                                l->section);
                else
                        pb->locks[n++] = *l;
        }
        pb->n_locks = n;
}

void variant_sections(struct problem *pb, int course, int by, struct notes *notes)
{
        bool *tied = mem_zero((size_t)pb->n_courses, sizeof *tied);

        mark_tied(pb, course, tied);
        for (int c = 0; c < pb->n_courses; c++) {
                if (tied[c])
                        set_sections(pb, c, by, notes);
        }
        drop_locks(pb, tied, notes);
        mem_free(tied);
}

/* ---- numbers that move ---- */

/* Where each of n goes when the one at `out` goes (-1). */
static int *map_without(struct problem *pb, int n, int out)
{
        int *map = arena_array(pb->arena, (size_t)n + 1, sizeof *map);

        for (int i = 0; i < n; i++)
                map[i] = i == out ? -1 : i - (i > out);
        return map;
}

static void renumber(struct ints *list, const int *map)
{
        int n = 0;

        for (int i = 0; i < list->n; i++) {
                if (map[list->v[i]] >= 0)
                        list->v[n++] = map[list->v[i]];
        }
        list->n = n;
}

static int moved(const int *map, int i)
{
        return i >= 0 ? map[i] : i;
}

/* A name that none of the n ids, `stride` bytes apart, has: id-2, id-3 ... */
static const char *fresh_id(
        struct problem *pb, const char *id, const void *first, size_t stride, int n)
{
        for (int k = 2;; k++) {
                const char *name = arena_printf(pb->arena, "%s-%d", id, k);
                bool taken = false;
                for (int i = 0; i < n; i++) {
                        const char *const *other =
                                (const void *)((const char *)first + (size_t)i * stride);
                        taken = taken || !strcmp(*other, name);
                }
                if (!taken)
                        return name;
        }
}

/* A copy of the n elements with room for one more. */
static void *longer(struct problem *pb, const void *old, int n, size_t size)
{
        void *copy = arena_array(pb->arena, (size_t)n + 1, size);

        if (n)
                memcpy(copy, old, (size_t)n * size);
        return copy;
}

/* ---- teachers ---- */

void variant_add_teacher(struct problem *pb, int like, struct notes *notes)
{
        int t = pb->n_teachers;
        struct teacher *all = longer(pb, pb->teachers, t, sizeof *all);

        all[t] = all[like];
        all[t].id = fresh_id(pb, all[like].id, &all[0].id, sizeof *all, t);
        all[t].name = NULL;
        all[t].person = (struct person){0};
        for (int c = 0; c < pb->n_courses; c++) {
                struct ints *list = &pb->courses[c].teachers;
                if (ints_has(list, like))
                        ints_push(pb->arena, list, t);
        }
        for (int i = 0; i < pb->n_rules; i++) {
                struct ints *list = &pb->rules[i].teachers;
                if (list->n == t && t > 1) /* a rule for everybody */
                        ints_push(pb->arena, list, t);
        }
        pb->teachers = all;
        pb->n_teachers++;
        notes_add(pb, notes, "teacher %s is new: credentials, hours, limits and courses of %s",
                all[t].id, all[like].id);
}

/* Drop rules and parts of locks that speak of a teacher who is gone. */
static void forget_teacher(struct problem *pb, const char *id, const int *map, struct notes *notes)
{
        int n = 0;

        for (int i = 0; i < pb->n_rules; i++) {
                struct rule *r = &pb->rules[i];
                bool named = r->kind == RULE_FREE && r->teachers.n;
                renumber(&r->teachers, map);
                r->teacher = moved(map, r->teacher);
                if ((r->kind == RULE_AVOID && r->teacher < 0) || (named && !r->teachers.n))
                        notes_add(pb, notes, "a rule '%s' that names teacher %s falls",
                                rule_kind_name(r->kind), id);
                else
                        pb->rules[n++] = *r;
        }
        pb->n_rules = n;
        for (int i = 0; i < pb->n_locks; i++) {
                struct lock *l = &pb->locks[i];
                if (l->teacher >= 0 && map[l->teacher] < 0)
                        notes_add(pb, notes, "the lock of %s-%d no longer names a teacher",
                                pb->courses[l->course].id, l->section);
                l->teacher = moved(map, l->teacher);
        }
}

void variant_remove_teacher(struct problem *pb, int teacher, struct notes *notes)
{
        const char *id = pb->teachers[teacher].id;
        const int *map = map_without(pb, pb->n_teachers, teacher);

        notes_add(pb, notes, "teacher %s is gone", id);
        for (int c = 0; c < pb->n_courses; c++) {
                bool had = pb->courses[c].teachers.n > 0;
                renumber(&pb->courses[c].teachers, map);
                if (had && !pb->courses[c].teachers.n)
                        notes_add(pb, notes, "%s: none of its teachers is left", pb->courses[c].id);
        }
        for (int w = 0; w < pb->n_pathways; w++)
                renumber(&pb->pathways[w].team, map);
        forget_teacher(pb, id, map, notes);
        for (int t = teacher; t + 1 < pb->n_teachers; t++)
                pb->teachers[t] = pb->teachers[t + 1];
        pb->n_teachers--;
}

/* ---- rooms ---- */

void variant_add_room(struct problem *pb, int like, struct notes *notes)
{
        int r = pb->n_rooms;
        struct room *all = longer(pb, pb->rooms, r, sizeof *all);

        all[r] = all[like];
        all[r].id = fresh_id(pb, all[like].id, &all[0].id, sizeof *all, r);
        pb->rooms = all;
        pb->n_rooms++;
        notes_add(pb, notes, "room %s is new: types, capacity and hours of %s", all[r].id,
                all[like].id);
}

void variant_remove_room(struct problem *pb, int room, struct notes *notes)
{
        const int *map = map_without(pb, pb->n_rooms, room);

        notes_add(pb, notes, "room %s is gone", pb->rooms[room].id);
        for (int t = 0; t < pb->n_teachers; t++)
                pb->teachers[t].home = moved(map, pb->teachers[t].home);
        for (int i = 0; i < pb->n_locks; i++) {
                struct lock *l = &pb->locks[i];
                if (l->room == room)
                        notes_add(pb, notes, "the lock of %s-%d no longer names a room",
                                pb->courses[l->course].id, l->section);
                l->room = moved(map, l->room);
        }
        for (int r = room; r + 1 < pb->n_rooms; r++)
                pb->rooms[r] = pb->rooms[r + 1];
        pb->n_rooms--;
}

/* ---- cohorts ---- */

static void move_who(struct who *who, const int *map, int pathway_instead)
{
        if (who->cohort >= 0 && map[who->cohort] < 0)
                who->pathway = pathway_instead;
        who->cohort = moved(map, who->cohort);
}

/* Cohort numbers change along the map; what named one that goes names its pathway. */
static void move_cohorts(struct problem *pb, const int *map, int pathway)
{
        for (int s = 0; s < pb->n_students; s++) {
                struct student *x = &pb->students[s];
                if (x->cohort_stated >= 0 && map[x->cohort_stated] < 0) {
                        x->pathway_stated = pathway;
                        x->cohort_stated = COHORT_DEFAULT;
                }
                x->cohort_stated = moved(map, x->cohort_stated);
                x->cohort = moved(map, x->cohort);
        }
        for (int c = 0; c < pb->n_courses; c++)
                move_who(&pb->courses[c].only, map, pathway);
        for (int q = 0; q < pb->n_requirements; q++)
                move_who(&pb->requirements[q].whom, map, pathway);
        for (int i = 0; i < pb->n_locks; i++) {
                struct lock *l = &pb->locks[i];
                if (l->cohort >= 0 && map[l->cohort] < 0)
                        l->cohort = COHORT_NOT_LOCKED;
                l->cohort = moved(map, l->cohort);
        }
}

/* Pathways' own parts of the list of cohorts, after one came (by 1) or went (by -1). */
static void shift_pathways(struct problem *pb, int pathway, int at, int by)
{
        for (int w = 0; w < pb->n_pathways; w++) {
                struct pathway *p = &pb->pathways[w];
                if (w == pathway)
                        p->n_cohorts += by;
                else if (p->first_cohort >= at)
                        p->first_cohort += by;
        }
}

void variant_add_cohort(struct problem *pb, int like, struct notes *notes)
{
        int n = pb->n_cohorts, members = 0, gone = 0;
        struct cohort *all = longer(pb, pb->cohorts, n, sizeof *all);
        int *map = arena_array(pb->arena, (size_t)n + 1, sizeof *map);

        for (int k = 0; k < n; k++)
                map[k] = k + (k > like);
        move_cohorts(pb, map, all[like].pathway);
        shift_pathways(pb, all[like].pathway, like + 1, 1);
        const char *id = fresh_id(pb, all[like].id, &all[0].id, sizeof *all, n);
        for (int k = n; k > like; k--)
                all[k] = all[k - 1];
        all[like + 1].id = id;
        pb->cohorts = all;
        pb->n_cohorts++;
        for (int s = 0; s < pb->n_students; s++) {
                if (pb->students[s].cohort != like || members++ % 2 == 0)
                        continue;
                pb->students[s].cohort_stated = pb->students[s].cohort = like + 1;
                gone++;
        }
        notes_add(pb, notes,
                "cohort %s is new: grade, courses and purity of %s; %d of its %d members, every "
                "second one in the order of the table, go there",
                id, all[like].id, gone, members);
}

void variant_remove_cohort(struct problem *pb, int cohort, struct notes *notes)
{
        const int pathway = pb->cohorts[cohort].pathway;
        const int *map = map_without(pb, pb->n_cohorts, cohort);

        notes_add(pb, notes,
                "cohort %s is gone; its members belong to the pathway's first other cohort of "
                "their grade, if there is one",
                pb->cohorts[cohort].id);
        move_cohorts(pb, map, pathway);
        shift_pathways(pb, pathway, cohort + 1, -1);
        for (int k = cohort; k + 1 < pb->n_cohorts; k++)
                pb->cohorts[k] = pb->cohorts[k + 1];
        pb->n_cohorts--;
}

/* ---- credits ---- */

bool variant_is_decimal(struct ratio x)
{
        return INT64_C(1000000000) % x.den == 0;
}

int variant_odd_credits(const struct problem *pb)
{
        for (int c = 0; c < pb->n_courses; c++)
                if (pb->courses[c].credits_given &&
                        !variant_is_decimal(pb->courses[c].credits_stated))
                        return c;
        return -1;
}
