/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Students and requests, from lists in the YAML or from CSV files. */
#include "io/problem_read_parts.h"
#include "io/text.h"
#include <string.h>
#include <strings.h>

enum { MAX_RANK = 1000, MAX_WARNINGS = 20 };

/* ---- students ---- */

static void read_student_cohort(struct reader *r, const struct node *node, void *object)
{
        struct student *s = object;
        if (node->kind == NODE_SCALAR && !strcmp(node->text, "-"))
                s->cohort_stated = COHORT_DASH;
        else
                read_ref(r, node, COHORT, &s->cohort_stated);
}

/* years_X: X is a requirement's id, an area, or both (a column of both says so to either). */
static bool find_years(const struct reader *r, const char *key, struct years_before *out)
{
        static const char prefix[] = "years_";
        if (strncmp(key, prefix, strlen(prefix)) != 0)
                return false;
        const char *x = text_trim(r->scratch, key + strlen(prefix), strlen(key) - strlen(prefix));
        out->requirement = index_find(r->pb->requirement_ids, x);
        out->area = index_find(r->pb->areas, x);
        return out->requirement >= 0 || out->area >= 0;
}

static bool read_years(
        struct reader *r, const struct node *key, const struct node *value, void *object)
{
        struct student *s = object;
        struct years_before years = {0};
        if (!find_years(r, key->text, &years))
                return r->broken[REQUIREMENT];
        if (node_omitted(value) || !read_decimal(r, value, key->text, 0, MAX_YEARS, &years.stated))
                return true;
        struct years_before *list = arena_array(r->pb->arena, (size_t)s->n_years + 1, sizeof *list);
        if (s->n_years)
                memcpy(list, s->years, (size_t)s->n_years * sizeof *list);
        list[s->n_years++] = years;
        s->years = list;
        return true;
}

#define TO(member) offsetof(struct student, member)
static const struct field student_fields[] = {
        {.key = "id", .type = FIELD_ID, .required = true},
        {.key = "grade", .type = FIELD_WHOLE, .to = TO(grade), .required = true, .high = MAX_GRADE},
        {.key = "name", .type = FIELD_TEXT, .to = TO(name)},
        {.key = "pathway", .type = FIELD_REF, .to = TO(pathway_stated), .noun = PATHWAY},
        {.key = "cohort", .type = FIELD_OTHER, .read = read_student_cohort},
        {.key = "flags", .type = FIELD_REFS, .to = TO(flags), .noun = FLAG, .form = LIST_OR_CELL},
        {.key = "available",
                .type = FIELD_PERIODS,
                .to = TO(periods),
                .noun = PERIOD,
                .form = LIST_OR_CELL},
        PERSON_FIELDS(TO(person)),
};
#undef TO
MAPPING(student_mapping, "a student", student_fields, read_years);

/* ---- requests ---- */

struct asked {
        int student, course, kind, rank, instead_of;
        struct place rank_at, instead_at;
};

static void read_rank(struct reader *r, const struct node *node, void *object)
{
        struct asked *a = object;
        a->rank_at = node->at;
        read_whole(r, node, "rank", 1, MAX_RANK, &a->rank);
}

static void read_for(struct reader *r, const struct node *node, void *object)
{
        struct asked *a = object;
        a->instead_at = node->at;
        read_ref(r, node, COURSE, &a->instead_of);
}

static const char *const kind_words[] = {"required", "elective", "alternate", NULL};

#define TO(member) offsetof(struct asked, member)
static const struct field request_fields[] = {
        {.key = "student", .type = FIELD_REF, .to = TO(student), .required = true, .noun = STUDENT},
        {.key = "course", .type = FIELD_REF, .to = TO(course), .required = true, .noun = COURSE},
        {.key = "kind", .type = FIELD_WORD, .to = TO(kind), .low = REQUIRED, .words = kind_words},
        {.key = "rank", .type = FIELD_OTHER, .read = read_rank},
        {.key = "for", .type = FIELD_OTHER, .read = read_for},
};
#undef TO
MAPPING(request_mapping, "a request", request_fields, NULL);

/* ---- rows ---- */

static bool is_known(const struct reader *r, const struct mapping *map, const char *name)
{
        struct years_before unused;
        for (int i = 0; i < map->n; i++)
                if (!strcmp(map->fields[i].key, name))
                        return true;
        return map->other && find_years(r, name, &unused);
}

/* A required column that is not there; a name that differs in case only is the likely reason. */
static int missing_columns(struct reader *r, const struct csv_table *csv, const struct mapping *map)
{
        int missing = 0;
        const struct csv_cell *first = &csv->header.cells[0];
        if (csv->header.n == 1 && strpbrk(first->text, ";\t")) {
                input_error(r, first->at, "found columns parted by %s; expected commas",
                        strchr(first->text, ';') ? "semicolons" : "tabs");
                return 1;
        }
        for (int f = 0; f < map->n; f++) {
                const char *key = map->fields[f].key, *near = NULL;
                if (!map->fields[f].required || csv_column(csv, key) >= 0)
                        continue;
                for (int c = 0; c < csv->header.n; c++)
                        if (!strcasecmp(csv->header.cells[c].text, key))
                                near = csv->header.cells[c].text;
                input_error(r, csv->header.cells[0].at,
                        "found no column '%s'; expected it in the first line%s%s%s", key,
                        near ? " (did you mean it by " : "", near ? quoted(r, near) : "",
                        near ? "?)" : "");
                missing++;
        }
        return missing;
}

static void warn_column(struct reader *r, const struct csv_cell *name, const struct mapping *map)
{
        struct index *known = index_new();
        for (int i = 0; i < map->n; i++)
                index_add(known, map->fields[i].key);
        if (*name->text)
                report_warn(r->rp, name->at, "found unknown column %s; it is ignored%s",
                        quoted(r, name->text), did_you_mean(r, known, name->text));
        else
                report_warn(r->rp, name->at, "found a column without a name; it is ignored");
        index_free(known);
}

bool match_columns(struct reader *r, struct rows *rows, bool of_students)
{
        const struct mapping *map = of_students ? &student_mapping : &request_mapping;
        if (!rows->csv)
                return true;
        const struct csv_row *header = &rows->csv->header;
        csv_check(r->scratch, rows->csv, r->rp);
        size_t n = (size_t)header->n;
        rows->row = (struct node){.kind = NODE_MAP};
        rows->row.keys = arena_array(r->scratch, n, sizeof *rows->row.keys);
        rows->row.items = arena_array(r->scratch, n, sizeof *rows->row.items);
        rows->cells = arena_array(r->scratch, n, sizeof *rows->cells);
        rows->column = arena_array(r->scratch, n, sizeof *rows->column);
        /* The first line of a file without a header is a student: it shall not be repeated. */
        int missing = missing_columns(r, rows->csv, map), unknown = 0;
        for (int c = 0; c < header->n; c++) {
                const struct csv_cell *name = &header->cells[c];
                if (!is_known(r, map, name->text)) {
                        if (!missing && unknown++ < MAX_WARNINGS)
                                warn_column(r, name, map);
                        continue;
                }
                struct node *key = arena_alloc(r->scratch, sizeof *key);
                *key = (struct node){.kind = NODE_SCALAR, .at = name->at, .text = name->text};
                rows->column[c] = key;
        }
        if (unknown > MAX_WARNINGS)
                report_warn(r->rp, header->cells[0].at,
                        "found %d more unknown columns; they are ignored", unknown - MAX_WARNINGS);
        return missing == 0;
}

const struct node *row_at(struct rows *rows, int i)
{
        if (rows->list)
                return rows->list->items[i];
        const struct csv_row *row = &rows->csv->rows[i];
        struct node *map = &rows->row;
        if (row->ragged)
                return NULL;
        map->at = row->cells[0].at;
        map->n = 0;
        for (int c = 0; c < row->n; c++) {
                const struct csv_cell *cell = &row->cells[c];
                if (!rows->column[c] || !*cell->text)
                        continue;
                struct node *node = &rows->cells[map->n];
                *node = (struct node){.kind = NODE_SCALAR, .at = cell->at, .text = cell->text};
                map->keys[map->n] = (struct node *)rows->column[c];
                map->items[map->n++] = node;
        }
        return map;
}

/* ---- reading students ---- */

/* The id of row i, also of a ragged one: a request for that student is no further error. */
static bool id_of(const struct rows *rows, int i, struct node *out)
{
        if (rows->list) {
                const struct node *id = node_get(rows->list->items[i], "id");
                if (id)
                        *out = *id;
                return id != NULL;
        }
        int column = csv_column(rows->csv, "id");
        const struct csv_row *row = &rows->csv->rows[i];
        if (column < 0 || column >= row->n || !*row->cells[column].text)
                return false;
        *out = (struct node){.at = row->cells[column].at, .text = row->cells[column].text};
        return true;
}

int *declare_students(struct reader *r, struct rows *rows)
{
        struct index *ids = r->pb->student_ids;
        int *number = arena_array(r->scratch, (size_t)rows->n + 1, sizeof *number);
        if (rows->n > MAX_STUDENTS) {
                const struct place at = rows->list ? rows->list->items[MAX_STUDENTS]->at
                                                   : rows->csv->rows[MAX_STUDENTS].cells[0].at;
                input_error(r, at, "found %d students; expected at most %d", rows->n, MAX_STUDENTS);
                r->broken[STUDENT] = true;
                rows->n = 0;
        }
        for (int i = 0; i < rows->n; i++) {
                struct node id;
                number[i] = -1;
                if (!id_of(rows, i, &id) || id.kind != NODE_SCALAR || !text_is_id(id.text))
                        continue;
                number[i] = index_add(ids, id.text);
                struct places *places = &r->declared[STUDENT];
                MEM_GROW(places->v, places->n, places->cap);
                if (number[i] >= 0)
                        places->v[places->n++] = id.at;
        }
        r->broken[STUDENT] |= rows->csv && csv_column(rows->csv, "id") < 0;
        r->pb->n_students = index_size(ids);
        return number;
}

/* Why row i got no number; told here, so that the errors of the YAML come before those of tables.
 */
static void refuse_student(struct reader *r, const struct rows *rows, int i)
{
        struct node id;
        if (id_of(rows, i, &id) && expect_id(r, &id, "a student"))
                declare(r, STUDENT, &id);
}

void read_students(struct reader *r, struct rows *rows, const int *number)
{
        struct problem *pb = r->pb;
        uint64_t all = pb->n_periods < 64 ? ((uint64_t)1 << pb->n_periods) - 1 : UINT64_MAX;
        pb->students = arena_array(pb->arena, (size_t)pb->n_students + 1, sizeof *pb->students);
        r->quiet = true;
        for (int i = 0; i < rows->n; i++) {
                struct student unused = {0},
                               *s = number[i] >= 0 ? &pb->students[number[i]] : &unused;
                const struct node *row = row_at(rows, i);
                if (number[i] < 0)
                        refuse_student(r, rows, i);
                if (!row)
                        continue;
                *s = (struct student){.at = row->at,
                        .pathway_stated = NONE,
                        .cohort_stated = COHORT_DEFAULT,
                        .periods = all};
                if (number[i] >= 0)
                        s->id = index_id(pb->student_ids, number[i]);
                read_map(r, row, &student_mapping, s);
        }
        r->quiet = false;
}

/* ---- reading requests ---- */

/* Requests by student and course: open addressing, number + 1 in each slot. */
struct lookup {
        int *slots;
        size_t mask;
};

static int *slot_of(const struct lookup *look, const struct problem *pb, int student, int course)
{
        uint64_t key = (uint64_t)student * (uint64_t)pb->n_courses + (uint64_t)course;
        for (size_t i = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 20);; i++) {
                int *slot = &look->slots[i & look->mask];
                if (!*slot)
                        return slot;
                const struct request *q = &pb->requests[*slot - 1];
                if (q->student == student && q->course == course)
                        return slot;
        }
}

static void add_request(
        struct reader *r, const struct lookup *look, const struct node *row, const struct asked *a)
{
        struct problem *pb = r->pb;
        int *slot = slot_of(look, pb, a->student, a->course);
        if (*slot) {
                input_error(r, row->at,
                        "found a second request of student %s for course %s; expected one (the "
                        "first is in line %d)",
                        quoted(r, index_id(pb->student_ids, a->student)),
                        quoted(r, index_id(pb->course_ids, a->course)),
                        pb->requests[*slot - 1].at.line);
                return;
        }
        pb->requests[pb->n_requests++] = (struct request){.student = a->student,
                .course = a->course,
                .kind = (enum kind)a->kind,
                .rank_stated = a->kind == ALTERNATE ? a->rank : -1,
                .stands_for = NONE,
                .at = row->at};
        *slot = pb->n_requests;
}

static void resolve_for(struct reader *r, const struct lookup *look, int q, const struct asked *a)
{
        struct problem *pb = r->pb;
        int primary = *slot_of(look, pb, pb->requests[q].student, a->instead_of) - 1;
        if (primary >= 0 && pb->requests[primary].kind != ALTERNATE)
                pb->requests[q].stands_for = primary;
        else
                input_error(r, a->instead_at,
                        "found %s in 'for'; expected a course that student %s requests as required "
                        "or elective",
                        quoted(r, index_id(pb->course_ids, a->instead_of)),
                        quoted(r, index_id(pb->student_ids, pb->requests[q].student)));
}

static void warn_idle_ranks(struct reader *r, const struct asked *asked, int n)
{
        int count = 0;
        struct place first = {0};
        for (int i = 0; i < n; i++) {
                if (asked[i].kind == ALTERNATE || (asked[i].rank < 0 && asked[i].instead_of < 0))
                        continue;
                if (!count++)
                        first = asked[i].rank >= 0 ? asked[i].rank_at : asked[i].instead_at;
        }
        if (count)
                report_warn(r->rp, first,
                        "found 'rank' or 'for' with %d request%s that %s no alternate%s; it is "
                        "ignored",
                        count, count == 1 ? "" : "s", count == 1 ? "is" : "are",
                        count == 1 ? "" : "s");
}

void read_requests(struct reader *r, struct rows *rows)
{
        struct problem *pb = r->pb;
        size_t n = (size_t)rows->n, size = 16;
        while (size < 2 * n)
                size *= 2;
        struct lookup look = {arena_array(r->scratch, size, sizeof(int)), size - 1};
        struct asked *asked = arena_array(r->scratch, n + 1, sizeof *asked);
        pb->requests = arena_array(pb->arena, n + 1, sizeof *pb->requests);
        for (int i = 0; i < rows->n; i++) {
                const struct node *row = row_at(rows, i);
                struct asked *a = &asked[pb->n_requests];
                *a = (struct asked){NONE, NONE, ELECTIVE, -1, NONE, {0}, {0}};
                if (row)
                        read_map(r, row, &request_mapping, a);
                if (a->student >= 0 && a->course >= 0)
                        add_request(r, &look, row, a);
        }
        for (int q = 0; q < pb->n_requests; q++)
                if (asked[q].kind == ALTERNATE && asked[q].instead_of >= 0)
                        resolve_for(r, &look, q, &asked[q]);
        warn_idle_ranks(r, asked, pb->n_requests);
}
