/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bell, the contract, teachers and rooms. */
#include "io/problem_read_parts.h"
#include "io/text.h"
#include <string.h>

enum { MAX_CLASS = 10000 };

/* ---- bell ---- */

#define TO(member) offsetof(struct period, member)
static const struct field period_fields[] = {
        {.key = "id", .type = FIELD_ID, .required = true},
        {.key = "day", .type = FIELD_TEXT, .to = TO(day)},
        {.key = "start", .type = FIELD_TEXT, .to = TO(start)},
        {.key = "end", .type = FIELD_TEXT, .to = TO(end)},
        {.key = "break_after", .type = FIELD_BOOLEAN, .to = TO(break_after)},
};
#undef TO
MAPPING(period_mapping, "a period", period_fields, NULL);

static void check_clock(struct reader *r, const struct node *item)
{
        const struct node *start = node_get(item, "start"), *end = node_get(item, "end");
        int from = -1, to = -1;
        if (start && start->kind == NODE_SCALAR && !text_clock(start->text, &from))
                expected(r, start, "a time as \"08:30\" for 'start'");
        if (end && end->kind == NODE_SCALAR && !text_clock(end->text, &to))
                expected(r, end, "a time as \"10:00\" for 'end'");
        if (from >= 0 && to >= 0 && to <= from)
                expected(r, end, "an end after the start");
}

static bool same_day(const struct period *a, const struct period *b)
{
        return a->day == b->day || (a->day && b->day && !strcmp(a->day, b->day));
}

static void check_days(struct reader *r)
{
        const struct problem *pb = r->pb;
        for (int p = 1; p < pb->n_periods; p++) {
                const struct period *it = &pb->periods[p];
                if (!it->day || same_day(it, it - 1))
                        continue;
                for (int q = 0; q < p - 1; q++)
                        if (same_day(it, &pb->periods[q])) {
                                input_error(r, it->at,
                                        "found day %s again; expected the periods of one day to "
                                        "stand together",
                                        quoted(r, it->day));
                                break;
                        }
        }
}

static void list_periods(struct reader *r, const struct node *list)
{
        struct problem *pb = r->pb;
        pb->periods = arena_array(pb->arena, (size_t)list->n + 1, sizeof *pb->periods);
        for (int i = 0; i < list->n; i++) {
                const struct node *item = list->items[i], *id = node_get(item, "id");
                struct period unused = {0}, *it = &unused;
                if (id && expect_id(r, id, "a period") && declare(r, PERIOD, id) >= 0) {
                        it = &pb->periods[pb->n_periods];
                        it->id = index_id(pb->period_ids, pb->n_periods++);
                }
                it->at = item->at;
                read_map(r, item, &period_mapping, it);
                check_clock(r, item);
        }
        check_days(r);
}

static void number_periods(struct reader *r, const struct node *count)
{
        struct problem *pb = r->pb;
        int n = 0;
        if (!read_whole(r, count, "periods", 1, MAX_CELLS, &n))
                return;
        pb->periods = arena_array(pb->arena, (size_t)n, sizeof *pb->periods);
        for (; pb->n_periods < n; pb->n_periods++) {
                index_add(pb->period_ids, arena_printf(r->scratch, "%d", pb->n_periods + 1));
                pb->periods[pb->n_periods] = (struct period){
                        .id = index_id(pb->period_ids, pb->n_periods), .at = count->at};
        }
}

static void read_bell_periods(struct reader *r, const struct node *node, void *object)
{
        (void)object;
        if (node->kind == NODE_LIST && node->n > MAX_CELLS)
                input_error(r, node->items[MAX_CELLS]->at, "found %d periods; expected at most %d",
                        node->n, MAX_CELLS);
        else if (node->kind == NODE_LIST)
                list_periods(r, node);
        else if (node->kind == NODE_SCALAR)
                number_periods(r, node);
        else
                expected(r, node, "a list of periods, or their number");
        if (node->kind == NODE_LIST && !node->n)
                expected(r, node, "at least one period");
}

static void read_bell_terms(struct reader *r, const struct node *node, void *object)
{
        (void)object;
        const struct node *list = as_section(r, node, "terms", MAX_CELLS);
        if (list && !list->n)
                expected(r, node, "at least one term");
        for (int i = 0; list && i < list->n; i++)
                if (expect_id(r, list->items[i], "a term"))
                        declare(r, TERM, list->items[i]);
        r->broken[TERM] = !index_size(r->pb->term_ids);
}

/* ---- dates of terms ---- */

static void read_date(struct reader *r, const struct node *node, const char *key, const char **out)
{
        if (node->kind == NODE_SCALAR && node->text && text_date(node->text))
                *out = arena_strdup(r->pb->arena, node->text);
        else
                expected(r, node, "a date as 2027-08-16 for '%s'", key);
}

static void read_date_start(struct reader *r, const struct node *node, void *object)
{
        read_date(r, node, "start", &((struct dates *)object)->start);
}

static void read_date_end(struct reader *r, const struct node *node, void *object)
{
        read_date(r, node, "end", &((struct dates *)object)->end);
}

static const struct field dates_fields[] = {
        {.key = "start", .type = FIELD_OTHER, .required = true, .read = read_date_start},
        {.key = "end", .type = FIELD_OTHER, .required = true, .read = read_date_end},
};
MAPPING(dates_mapping, "the dates of a term", dates_fields, NULL);

/* Dates compare as texts. Terms follow one another. */
static void check_dates(struct reader *r, struct place at)
{
        const struct dates *before = NULL;
        for (int t = 0; t < r->pb->n_terms; t++) {
                const struct dates *d = &r->pb->term_dates[t];
                if (!d->start || !d->end)
                        continue;
                if (strcmp(d->end, d->start) < 0)
                        input_error(r, at,
                                "found that term %s ends before it starts; expected an end after "
                                "the start",
                                quoted(r, r->pb->terms[t]));
                else if (before && strcmp(d->start, before->end) <= 0)
                        input_error(r, at,
                                "found that term %s starts before the one before it has ended; "
                                "expected terms one after the other",
                                quoted(r, r->pb->terms[t]));
                before = d;
        }
}

static void read_term_dates(struct reader *r, const struct node *map)
{
        struct problem *pb = r->pb;
        if (!map || !expect_map(r, map, "terms"))
                return;
        pb->term_dates = arena_array(pb->arena, (size_t)pb->n_terms + 1, sizeof *pb->term_dates);
        for (int i = 0; i < map->n; i++) {
                int term = resolve(r, TERM, map->keys[i]->text, map->keys[i]->at);
                if (term >= 0 && !node_omitted(map->items[i]))
                        read_map(r, map->items[i], &dates_mapping, &pb->term_dates[term]);
        }
        check_dates(r, map->at);
}

static const struct field bell_fields[] = {
        {.key = "terms", .type = FIELD_OTHER, .read = read_bell_terms},
        {.key = "term_dates", .type = FIELD_NONE},
        {.key = "periods", .type = FIELD_OTHER, .required = true, .read = read_bell_periods},
};
MAPPING(bell_mapping, "the bell", bell_fields, NULL);

void read_bell(struct reader *r, const struct node *bell)
{
        struct problem *pb = r->pb;
        if (bell)
                read_map(r, bell, &bell_mapping, pb);
        if (!r->broken[TERM] && !index_size(pb->term_ids))
                index_add(pb->term_ids, "Y");
        pb->n_terms = index_size(pb->term_ids);
        pb->terms = arena_array(pb->arena, (size_t)pb->n_terms + 1, sizeof *pb->terms);
        for (int t = 0; t < pb->n_terms; t++)
                pb->terms[t] = index_id(pb->term_ids, t);
        read_term_dates(r, bell && bell->kind == NODE_MAP ? node_get(bell, "term_dates") : NULL);
        r->broken[PERIOD] = pb->n_periods == 0;
        pb->n_cells = pb->n_terms * pb->n_periods;
        if (pb->n_cells <= MAX_CELLS)
                return;
        input_error(r, bell->at,
                "found %d terms of %d periods; expected at most %d cells (periods x terms)",
                pb->n_terms, pb->n_periods, MAX_CELLS);
        pb->n_terms = pb->n_periods = pb->n_cells = 0;
        r->broken[TERM] = r->broken[PERIOD] = true;
}

/* ---- contract ---- */

static const struct field size_fields[] = {
        {.key = "min", .type = FIELD_WHOLE, .to = offsetof(struct sizes, min), .high = MAX_CLASS},
        {.key = "target",
                .type = FIELD_WHOLE,
                .to = offsetof(struct sizes, target),
                .low = 1,
                .high = MAX_CLASS},
        {.key = "max",
                .type = FIELD_WHOLE,
                .to = offsetof(struct sizes, max),
                .low = 1,
                .high = MAX_CLASS},
};
MAPPING(size_mapping, "'size'", size_fields, NULL);

void read_sizes(struct reader *r, const struct node *node, struct sizes *out)
{
        *out = (struct sizes){-1, -1, -1};
        if (node->kind == NODE_SCALAR) {
                read_whole(r, node, "size", 1, MAX_CLASS, &out->max);
                return;
        }
        read_map(r, node, &size_mapping, out);
        const struct node *min = node_get(node, "min"), *target = node_get(node, "target");
        if (out->max >= 0 && out->min > out->max)
                expected(r, min, "a min of at most %d, the max", out->max);
        if (out->max >= 0 && out->target > out->max)
                expected(r, target, "a target of at most %d, the max", out->max);
        else if (out->target >= 0 && out->min > out->target)
                expected(r, target, "a target of at least %d, the min", out->min);
}

static void read_contract_size(struct reader *r, const struct node *node, void *object)
{
        enum { USUAL_MAX = 36 };
        struct contract *contract = object;
        struct sizes sizes;
        read_sizes(r, node, &sizes);
        if (sizes.max < 0 && sizes.min > USUAL_MAX)
                expected(r, node_get(node, "min"), "a min of at most 36, the default max");
        if (sizes.max < 0 && sizes.target > USUAL_MAX)
                expected(r, node_get(node, "target"), "a target of at most 36, the default max");
        contract->size_min = sizes.min;
        contract->size_target = sizes.target;
        contract->size_max = sizes.max;
}

int *read_grade_keys(struct reader *r, const struct node *map, const char *key)
{
        bool seen[MAX_GRADE + 1] = {false};
        int *grades = arena_array(r->scratch, (size_t)map->n + 1, sizeof *grades);
        for (int i = 0; i < map->n; i++) {
                grades[i] = -1;
                if (!read_whole(r, map->keys[i], key, 0, MAX_GRADE, &grades[i]))
                        continue;
                if (seen[grades[i]])
                        expected(r, map->keys[i], "every grade once in '%s'", key);
                seen[grades[i]] = true;
        }
        return grades;
}

static void read_full_day(struct reader *r, const struct node *node, void *object)
{
        struct contract *contract = object;
        if (!expect_map(r, node, "'full_day', which are grades"))
                return;
        const int *grades = read_grade_keys(r, node, "full_day");
        contract->full_day =
                arena_array(r->pb->arena, (size_t)node->n + 1, sizeof *contract->full_day);
        for (int i = 0; i < node->n; i++) {
                struct grade_count *to = &contract->full_day[contract->n_full_day];
                if (node_omitted(node->items[i]) ||
                        !read_whole(r, node->items[i], "full_day", 0, MAX_CELLS, &to->count))
                        continue;
                to->grade = grades[i];
                contract->n_full_day++;
        }
}

#define LIMITS(member)                                                                             \
        {.key = "load",                                                                            \
                .type = FIELD_WHOLE,                                                               \
                .to = (member) + offsetof(struct limits, load),                                    \
                .high = MAX_CELLS},                                                                \
                {.key = "preps",                                                                   \
                        .type = FIELD_WHOLE,                                                       \
                        .to = (member) + offsetof(struct limits, preps),                           \
                        .high = MAX_CELLS},                                                        \
                {.key = "consecutive",                                                             \
                        .type = FIELD_WHOLE,                                                       \
                        .to = (member) + offsetof(struct limits, consecutive),                     \
                        .low = 1,                                                                  \
                        .high = MAX_CELLS},                                                        \
        {                                                                                          \
                .key = "contacts", .type = FIELD_WHOLE,                                            \
                .to = (member) + offsetof(struct limits, contacts), .high = MAX_COUNT              \
        }

static const struct field contract_fields[] = {
        LIMITS(offsetof(struct contract, limits)),
        {.key = "size", .type = FIELD_OTHER, .read = read_contract_size},
        {.key = "full_day", .type = FIELD_OTHER, .read = read_full_day},
};
MAPPING(contract_mapping, "the contract", contract_fields, NULL);

void read_contract(struct reader *r, const struct node *contract)
{
        if (!contract)
                return;
        r->pb->contract.at = contract->at;
        read_map(r, contract, &contract_mapping, &r->pb->contract);
}

/* ---- availability ---- */

static cellset cells_of(const struct problem *pb, int term, uint64_t periods)
{
        cellset cells = 0;
        for (int p = 0; p < pb->n_periods && pb->n_cells; p++)
                if (periods >> p & 1)
                        cells |= (cellset)1 << (term * pb->n_periods + p);
        return cells;
}

/* The cells listed; terms that a map does not name keep what is in `cells`. */
static cellset listed_cells(
        struct reader *r, const struct node *node, const char *key, cellset cells)
{
        const struct problem *pb = r->pb;
        uint64_t periods = 0;
        if (node->kind != NODE_MAP) {
                read_periods(r, node, key, LIST_ONLY, &periods);
                cells = 0;
                for (int t = 0; t < pb->n_terms; t++)
                        cells |= cells_of(pb, t, periods);
                return cells;
        }
        for (int i = 0; i < node->n; i++) {
                int term = resolve(r, TERM, node->keys[i]->text, node->keys[i]->at);
                if (node_omitted(node->items[i]) ||
                        !read_periods(r, node->items[i], key, LIST_ONLY, &periods) || term < 0)
                        continue;
                cells &= ~cells_of(pb, term, UINT64_MAX);
                cells |= cells_of(pb, term, periods);
        }
        return cells;
}

static cellset read_availability(struct reader *r, const struct node *map)
{
        const struct problem *pb = r->pb;
        cellset all = 0;
        for (int t = 0; t < pb->n_terms; t++)
                all |= cells_of(pb, t, UINT64_MAX);
        const struct node *here = node_get(map, "available"), *away = node_get(map, "unavailable");
        if (here && away)
                input_error(r, away->at,
                        "found 'unavailable' beside 'available'; expected one of the two");
        if (here)
                return listed_cells(r, here, "available", all);
        return away ? all & ~listed_cells(r, away, "unavailable", 0) : all;
}

/* ---- teachers and rooms ---- */

#define TO(member) offsetof(struct teacher, member)
static const struct field teacher_fields[] = {
        {.key = "id", .type = FIELD_ID, .required = true},
        {.key = "name", .type = FIELD_TEXT, .to = TO(name)},
        {.key = "credentials", .type = FIELD_REFS, .to = TO(credentials), .noun = CREDENTIAL},
        LIMITS(TO(stated)),
        {.key = "available", .type = FIELD_NONE},
        {.key = "unavailable", .type = FIELD_NONE},
        {.key = "home", .type = FIELD_REF, .to = TO(home), .noun = ROOM},
        PERSON_FIELDS(TO(person)),
};
#undef TO
MAPPING(teacher_mapping, "a teacher", teacher_fields, NULL);

static void init_teacher(struct reader *r, void *object, const char *id, struct place at)
{
        (void)r;
        *(struct teacher *)object =
                (struct teacher){.id = id, .at = at, .stated = {-1, -1, -1, -1}, .home = NONE};
}

static void check_teacher(struct reader *r, const struct node *node, void *object)
{
        ((struct teacher *)object)->available = read_availability(r, node);
}

const struct section teacher_section = {
        TEACHER, sizeof(struct teacher), &teacher_mapping, init_teacher, check_teacher};

#define TO(member) offsetof(struct room, member)
static const struct field room_fields[] = {
        {.key = "id", .type = FIELD_ID, .required = true},
        {.key = "types", .type = FIELD_REFS, .to = TO(types), .noun = ROOM_TYPE},
        {.key = "capacity", .type = FIELD_WHOLE, .to = TO(capacity), .high = MAX_COUNT},
        {.key = "available", .type = FIELD_NONE},
        {.key = "unavailable", .type = FIELD_NONE},
};
#undef TO
MAPPING(room_mapping, "a room", room_fields, NULL);

static void init_room(struct reader *r, void *object, const char *id, struct place at)
{
        (void)r;
        *(struct room *)object = (struct room){.id = id, .at = at, .capacity = NO_LIMIT};
}

static void check_room(struct reader *r, const struct node *node, void *object)
{
        ((struct room *)object)->available = read_availability(r, node);
}

const struct section room_section = {
        ROOM, sizeof(struct room), &room_mapping, init_room, check_room};
