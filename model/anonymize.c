/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/anonymize.h"
#include "model/anonymize_words.h"
#include <string.h>

/* ---- chance ---- */

int chance_below(const struct chance *chance, int n)
{
        const uint64_t range = (uint64_t)n, fair = UINT64_MAX - UINT64_MAX % range;
        uint64_t x;

        do
                x = chance->draw(chance->context);
        while (x >= fair);
        return (int)(x % range);
}

/* A random order of 0 .. n - 1; mem_free() it. */
static int *shuffled(const struct chance *chance, int n)
{
        int *order = mem_zero((size_t)n + 1, sizeof *order);

        for (int i = 0; i < n; i++) {
                int j = chance_below(chance, i + 1);
                order[i] = order[j];
                order[j] = i;
        }
        return order;
}

static void shuffle_ints(const struct chance *chance, struct ints *list)
{
        for (int i = list->n - 1; i > 0; i--) {
                int j = chance_below(chance, i + 1), x = list->v[i];
                list->v[i] = list->v[j];
                list->v[j] = x;
        }
}

/* ---- defaults that depend on the order ---- */

static void state_defaults(struct problem *pb)
{
        for (int i = 0; i < pb->n_students; i++) {
                struct student *s = &pb->students[i];
                s->pathway_stated = s->pathway;
                s->cohort_stated = s->cohort >= 0    ? s->cohort
                                   : s->pathway >= 0 ? COHORT_DASH
                                                     : s->cohort_stated;
        }
        for (int q = 0; q < pb->n_requests; q++)
                if (pb->requests[q].kind == ALTERNATE)
                        pb->requests[q].rank_stated = pb->requests[q].rank;
}

/* ---- what nobody needs ---- */

static void drop_texts(struct problem *pb)
{
        const struct person nobody = {NULL, NULL, NULL, NULL};

        pb->name = pb->year = pb->school_id = pb->district = NULL;
        pb->term_dates = NULL;
        for (int p = 0; p < pb->n_periods; p++)
                pb->periods[p].start = pb->periods[p].end = NULL;
        for (int i = 0; i < pb->n_teachers; i++) {
                pb->teachers[i].name = NULL;
                pb->teachers[i].person = nobody;
        }
        for (int i = 0; i < pb->n_students; i++) {
                pb->students[i].name = NULL;
                pb->students[i].person = nobody;
        }
        for (int i = 0; i < pb->n_courses; i++)
                pb->courses[i].title = pb->courses[i].subject = NULL;
        for (int i = 0; i < pb->n_pathways; i++)
                pb->pathways[i].title = pb->pathways[i].sector = NULL;
}

/* ---- the order of people ---- */

static void renumber(int *i, const int *place)
{
        if (*i >= 0)
                *i = place[*i];
}

static void renumber_ints(const struct chance *chance, struct ints *list, const int *place)
{
        for (int i = 0; i < list->n; i++)
                list->v[i] = place[list->v[i]];
        shuffle_ints(chance, list);
}

/* place[i]: where number i went. mem_free() it. */
static int *places(const int *order, int n)
{
        int *place = mem_zero((size_t)n + 1, sizeof *place);

        for (int i = 0; i < n; i++)
                place[order[i]] = i;
        return place;
}

static void reorder(struct arena *a, void *rows, int n, size_t size, const int *order)
{
        if (n <= 0)
                return;
        char *all = rows, *copy = arena_array(a, (size_t)n + 1, size);

        memcpy(copy, all, (size_t)n * size);
        for (int i = 0; i < n; i++)
                memcpy(all + (size_t)i * size, copy + (size_t)order[i] * size, size);
}

/* The ids of an index in another order. */
static void reorder_ids(struct index **ids, const int *order)
{
        struct index *moved = index_new();

        for (int i = 0; i < index_size(*ids); i++)
                index_add(moved, index_id(*ids, order[i]));
        index_free(*ids);
        *ids = moved;
}

static void shuffle_students(struct problem *pb, const struct chance *chance)
{
        int *order = shuffled(chance, pb->n_students), *place = places(order, pb->n_students);

        reorder(pb->arena, pb->students, pb->n_students, sizeof *pb->students, order);
        reorder_ids(&pb->student_ids, order);
        for (int q = 0; q < pb->n_requests; q++)
                renumber(&pb->requests[q].student, place);
        for (int i = 0; i < pb->n_rules; i++) {
                renumber_ints(chance, &pb->rules[i].students, place);
                if (pb->rules[i].kind == RULE_AVOID)
                        renumber(&pb->rules[i].student, place);
        }
        for (int i = 0; i < pb->n_locks; i++)
                renumber(&pb->locks[i].student, place);
        for (int i = 0; i < pb->n_past; i++)
                renumber(&pb->past[i].student, place);
        mem_free(order);
        mem_free(place);
}

static void shuffle_teachers(struct problem *pb, const struct chance *chance)
{
        int *order = shuffled(chance, pb->n_teachers), *place = places(order, pb->n_teachers);

        reorder(pb->arena, pb->teachers, pb->n_teachers, sizeof *pb->teachers, order);
        reorder_ids(&pb->teacher_ids, order);
        for (int i = 0; i < pb->n_courses; i++)
                renumber_ints(chance, &pb->courses[i].teachers, place);
        for (int i = 0; i < pb->n_pathways; i++)
                renumber_ints(chance, &pb->pathways[i].team, place);
        for (int i = 0; i < pb->n_rules; i++) {
                renumber_ints(chance, &pb->rules[i].teachers, place);
                if (pb->rules[i].kind == RULE_AVOID)
                        renumber(&pb->rules[i].teacher, place);
        }
        for (int i = 0; i < pb->n_locks; i++)
                renumber(&pb->locks[i].teacher, place);
        for (int i = 0; i < pb->n_past; i++)
                renumber(&pb->past[i].teacher, place);
        mem_free(order);
        mem_free(place);
}

static void shuffle_requests(struct problem *pb, const struct chance *chance)
{
        int *order = shuffled(chance, pb->n_requests), *place = places(order, pb->n_requests);

        reorder(pb->arena, pb->requests, pb->n_requests, sizeof *pb->requests, order);
        for (int q = 0; q < pb->n_requests; q++)
                renumber(&pb->requests[q].stands_for, place);
        mem_free(order);
        mem_free(place);
}

static void shuffle_rows(
        struct problem *pb, const struct chance *chance, void *rows, int n, size_t size)
{
        int *order = shuffled(chance, n);

        reorder(pb->arena, rows, n, size, order);
        mem_free(order);
}

/* ---- codes ---- */

/* The nouns that have ids: their index, their kind for the key. */
struct noun {
        const char *kind;
        struct index **ids;
        bool people; /* all of them get codes */
};
enum { N_NOUNS = 13 };

static void list_nouns(struct problem *pb, struct noun nouns[N_NOUNS])
{
        const struct noun all[N_NOUNS] = {{"student", &pb->student_ids, true},
                {"teacher", &pb->teacher_ids, true}, {"room", &pb->room_ids, false},
                {"course", &pb->course_ids, false}, {"pathway", &pb->pathway_ids, false},
                {"cohort", &pb->cohort_ids, false}, {"requirement", &pb->requirement_ids, false},
                {"credential", &pb->credentials, false}, {"room type", &pb->room_types, false},
                {"area", &pb->areas, false}, {"flag", &pb->flags, false},
                {"term", &pb->term_ids, false}, {"period", &pb->period_ids, false}};

        memcpy(nouns, all, sizeof all);
}

/* Ids in their arrays are those of the indices. */
static void take_ids(struct problem *pb)
{
        for (int i = 0; i < pb->n_students; i++)
                pb->students[i].id = index_id(pb->student_ids, i);
        for (int i = 0; i < pb->n_teachers; i++)
                pb->teachers[i].id = index_id(pb->teacher_ids, i);
        for (int i = 0; i < pb->n_rooms; i++)
                pb->rooms[i].id = index_id(pb->room_ids, i);
        for (int i = 0; i < pb->n_courses; i++)
                pb->courses[i].id = index_id(pb->course_ids, i);
        for (int i = 0; i < pb->n_pathways; i++)
                pb->pathways[i].id = index_id(pb->pathway_ids, i);
        for (int i = 0; i < pb->n_cohorts; i++)
                pb->cohorts[i].id = index_id(pb->cohort_ids, i);
        for (int i = 0; i < pb->n_requirements; i++)
                pb->requirements[i].id = index_id(pb->requirement_ids, i);
        for (int i = 0; i < pb->n_terms; i++)
                pb->terms[i] = index_id(pb->term_ids, i);
        for (int i = 0; i < pb->n_periods; i++)
                pb->periods[i].id = index_id(pb->period_ids, i);
}

static const char *new_code(
        struct words *words, const struct chance *chance, struct arena *a, const char *kind)
{
        static const char letters[] = "bcdfghjkmnpqrstvwxz23456789";
        char code[9] = {kind[0]};

        do {
                for (int i = 1; i < 8; i++)
                        code[i] = letters[chance_below(chance, (int)sizeof letters - 1)];
        } while (!words_add(words, code));
        return arena_strdup(a, code);
}

static void keep(struct anonymous *key, const char *kind, const char *id, const char *code)
{
        MEM_GROW(key->v, key->n, key->cap);
        key->v[key->n++] = (struct alias){kind, arena_strdup(key->arena, id), code};
}

static void give_codes(struct words *words, const struct noun *noun, const struct chance *chance,
        struct anonymous *key)
{
        struct index *coded = index_new();

        for (int i = 0; i < index_size(*noun->ids); i++) {
                const char *id = index_id(*noun->ids, i), *code = id;
                if (noun->people || words_name_somebody(words, id)) {
                        code = new_code(words, chance, key->arena, noun->kind);
                        keep(key, noun->kind, id, code);
                }
                index_add(coded, code);
        }
        index_free(*noun->ids);
        *noun->ids = coded;
}

void problem_anonymize(struct problem *pb, const struct chance *chance, struct anonymous *key)
{
        struct noun nouns[N_NOUNS];
        struct words *words = words_of(pb);

        *key = (struct anonymous){.arena = arena_new()};
        state_defaults(pb);
        drop_texts(pb);
        list_nouns(pb, nouns);
        for (int i = 0; i < N_NOUNS; i++)
                give_codes(words, &nouns[i], chance, key);
        words_free(words);
        shuffle_students(pb, chance);
        shuffle_teachers(pb, chance);
        take_ids(pb);
        shuffle_requests(pb, chance);
        shuffle_rows(pb, chance, pb->locks, pb->n_locks, sizeof *pb->locks);
        shuffle_rows(pb, chance, pb->past, pb->n_past, sizeof *pb->past);
}

void anonymous_release(struct anonymous *key)
{
        mem_free(key->v);
        arena_free(key->arena);
}

/* ---- the way back ---- */

static bool encode_noun(const struct noun *noun, const struct anonymous *key, struct report *rp)
{
        int n = index_size(*noun->ids);
        const char **ids = mem_zero((size_t)n + 1, sizeof *ids);
        struct index *coded = index_new();
        bool ok = true;

        for (int i = 0; i < n; i++)
                ids[i] = index_id(*noun->ids, i);
        for (int k = 0; k < key->n && ok; k++) {
                const struct alias *a = &key->v[k];
                int i = strcmp(a->kind, noun->kind) ? -1 : index_find(*noun->ids, a->id);
                if (i >= 0)
                        ids[i] = a->code;
                else if (!strcmp(a->kind, noun->kind))
                        ok = report_error(rp, ERROR_INPUT, (struct place){0},
                                "the key names a %s that the school does not have; expected the "
                                "key of this school",
                                noun->kind);
        }
        for (int i = 0; i < n && ok; i++)
                if (index_add(coded, ids[i]) < 0)
                        ok = report_error(rp, ERROR_INPUT, (struct place){0},
                                "the key gives one code to two things; expected another for each");
        mem_free(ids);
        index_free(ok ? *noun->ids : coded);
        if (ok)
                *noun->ids = coded;
        return ok;
}

bool problem_encode(struct problem *pb, const struct anonymous *key, struct report *rp)
{
        struct noun nouns[N_NOUNS];
        bool ok = true;

        list_nouns(pb, nouns);
        for (int i = 0; i < N_NOUNS && ok; i++)
                ok = encode_noun(&nouns[i], key, rp);
        if (ok)
                take_ids(pb);
        return ok;
}
