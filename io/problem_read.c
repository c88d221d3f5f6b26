/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/problem_read.h"

#include "io/file.h"
#include "io/problem_read_parts.h"
#include "io/schedule_json.h"
#include "io/table_filter.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const size_t max_file = (size_t)32 << 20;

/* ---- the keys of the school ---- */

static void read_version(struct reader *r, const struct node *node, void *object)
{
        (void)object;
        if (node->kind != NODE_SCALAR || strcmp(node->text, "1") != 0)
                expected(r, node, "1, the version of this format");
}

#define TO(member) offsetof(struct problem, member)
static const struct field school_fields[] = {
        {.key = "name", .type = FIELD_TEXT, .to = TO(name)},
        {.key = "year", .type = FIELD_TEXT, .to = TO(year)},
        {.key = "id", .type = FIELD_TEXT, .to = TO(school_id)},
        {.key = "district", .type = FIELD_TEXT, .to = TO(district)},
};
#undef TO
MAPPING(school_mapping, "the school", school_fields, NULL);

static const struct field top_fields[] = {
        {.key = "msched", .type = FIELD_OTHER, .read = read_version},
        {.key = "school", .type = FIELD_MAP, .map = &school_mapping},
        {.key = "bell", .type = FIELD_NONE, .required = true},
        {.key = "contract", .type = FIELD_NONE},
        {.key = "teachers", .type = FIELD_NONE},
        {.key = "rooms", .type = FIELD_NONE},
        {.key = "courses", .type = FIELD_NONE},
        {.key = "pathways", .type = FIELD_NONE},
        {.key = "requirements", .type = FIELD_NONE},
        {.key = "students", .type = FIELD_NONE},
        {.key = "requests", .type = FIELD_NONE},
        {.key = "rules", .type = FIELD_NONE},
        {.key = "locks", .type = FIELD_NONE},
        {.key = "previous", .type = FIELD_NONE},
        {.key = "priorities", .type = FIELD_NONE},
};
MAPPING(top_mapping, "a school", top_fields, NULL);

/* ---- files that the school names ---- */

struct named_file {
        const char *path;
        struct place at;
};

/* The folder of a path, with its '/'; "" where the path is a bare name. */
static char *folder_of(struct arena *a, const char *path)
{
        const char *slash = strrchr(path, '/');
        return slash ? arena_strndup(a, path, (size_t)(slash - path) + 1) : arena_strdup(a, "");
}

/* A tree may be of several files: a path is relative to the one that names it. */
static void read_file_name(struct reader *r, const struct node *node, void *object)
{
        struct named_file *file = object;
        if (node->kind != NODE_SCALAR) {
                expected(r, node, "the path of a file");
                return;
        }
        file->at = node->at;
        file->path = node->text[0] == '/'
                             ? arena_strdup(r->pb->arena, node->text)
                             : arena_printf(r->pb->arena, "%s%s",
                                       folder_of(r->scratch, node->at.file), node->text);
}

static const struct field file_fields[] = {
        {.key = "file", .type = FIELD_OTHER, .required = true, .read = read_file_name},
};
MAPPING(previous_mapping, "the previous schedule", file_fields, NULL);

static const struct field table_fields[] = {
        {.key = "file", .type = FIELD_OTHER, .required = true, .read = read_file_name},
        {.key = "where", .type = FIELD_NONE},
        {.key = "except", .type = FIELD_NONE},
};
MAPPING(table_mapping, "a table", table_fields, NULL);

static bool lies_under(const char *path, const char *root)
{
        size_t n = strlen(root);
        return !strcmp(root, "/") || (!strncmp(path, root, n) && (path[n] == '/' || !path[n]));
}

static char *real_folder(struct reader *r, const char *path, struct place at)
{
        char *real = realpath(*path ? path : ".", NULL);
        if (!real && errno == ENOMEM)
                mem_short();
        if (!real) {
                input_error(r, at, "found root %s, which cannot be opened (%s); expected a folder",
                        quoted(r, path), strerror(errno));
                return NULL;
        }
        char *copy = arena_strdup(r->scratch, real);
        free(real);
        return copy;
}

/* Does the file exist, inside the folder that the school may use? */
static bool may_read(struct reader *r, const struct named_file *file)
{
        const char *root =
                r->root ? r->root : real_folder(r, folder_of(r->scratch, file->at.file), file->at);
        char *real = root ? realpath(file->path, NULL) : NULL;
        if (root && !real && errno == ENOMEM)
                mem_short();
        if (root && !real)
                input_error(r, file->at,
                        "found file %s, which cannot be opened (%s); expected a "
                        "file that can be read",
                        quoted(r, file->path), strerror(errno));
        bool inside = real && lies_under(real, root);
        if (real && !inside)
                input_error(r, file->at,
                        "found file %s, which lies outside of the school's folder; "
                        "expected a file under it",
                        quoted(r, file->path));
        free(real);
        return inside;
}

static bool open_csv(
        struct reader *r, const struct node *node, struct sha256 *sha, struct rows *rows)
{
        struct named_file file = {0};
        size_t size = 0;
        read_map(r, node, &table_mapping, &file);
        if (!file.path || !may_read(r, &file))
                return false;
        char *bytes = file_read(file.path, max_file, &size, file.at, r->rp);
        if (!bytes)
                return false;
        sha256_add(sha, bytes, size);
        rows->csv = csv_read(r->scratch, file.path, bytes, size, r->rp);
        mem_free(bytes);
        if (!rows->csv)
                return false;
        filter_rows(r, rows->csv, node, r->gone);
        filter_gone(rows->csv, r->gone);
        rows->n = rows->csv->n_rows;
        return true;
}

/* The rows of a table, inline or in a file. False if there is none that could be read. */
static bool open_table(
        struct reader *r, const struct node *node, struct sha256 *sha, struct rows *rows)
{
        *rows = (struct rows){0};
        if (!node)
                return true;
        if (node->kind == NODE_MAP)
                return open_csv(r, node, sha, rows);
        if (node->kind == NODE_SCALAR)
                return expected(r, node, "a list, or a map with 'file'");
        rows->list = node;
        rows->n = node->n;
        return true;
}

static void read_previous(struct reader *r, const struct node *node)
{
        struct named_file file = {0};
        if (!node)
                return;
        read_map(r, node, &previous_mapping, &file);
        if (file.path && may_read(r, &file) && previous_read(r->pb, file.path, file.at, r->rp))
                r->pb->has_previous = true;
}

/* ---- sections ---- */

static void declare_items(struct reader *r, enum noun noun, struct items *items)
{
        items->number = arena_array(r->scratch, (size_t)items->n + 1, sizeof(int));
        for (int i = 0; i < items->n; i++) {
                const struct node *id = node_get(items->nodes[i], "id");
                items->number[i] = -1;
                if (id && expect_id(r, id, arena_printf(r->scratch, "a %s", noun_name(noun))))
                        items->number[i] = declare(r, noun, id);
        }
}

static struct items open_section(
        struct reader *r, const struct node *top, const char *key, enum noun noun)
{
        struct items items = {0};
        const struct node *given = node_get(top, key);
        const struct node *list = as_section(r, given, key, MAX_ITEMS);
        r->broken[noun] = given && !list;
        if (list) {
                items.n = list->n;
                items.nodes = arena_array(r->scratch, (size_t)list->n + 1, sizeof *items.nodes);
                for (int i = 0; i < list->n; i++)
                        items.nodes[i] = list->items[i];
        }
        declare_items(r, noun, &items);
        return items;
}

/* The cohorts of all pathways in one list. */
static struct items open_cohorts(struct reader *r, const struct items *pathways)
{
        struct items all = {0};
        int n = 0;
        for (int i = 0; i < pathways->n; i++) {
                const struct node *list = node_get(pathways->nodes[i], "cohorts");
                if (list && list->kind != NODE_LIST) {
                        expected(r, list, "a list for 'cohorts'");
                        r->broken[COHORT] = true;
                } else if (list) {
                        n += list->n;
                }
        }
        if (n > MAX_ITEMS) {
                input_error(r, pathways->nodes[0]->at, "found %d cohorts; expected at most %d", n,
                        MAX_ITEMS);
                r->broken[COHORT] = true;
                n = 0;
        }
        all.nodes = arena_array(r->scratch, (size_t)n + 1, sizeof *all.nodes);
        for (int i = 0; i < pathways->n; i++) {
                const struct node *list = node_get(pathways->nodes[i], "cohorts");
                for (int k = 0; n && list && list->kind == NODE_LIST && k < list->n; k++)
                        all.nodes[all.n++] = list->items[k];
        }
        declare_items(r, COHORT, &all);
        return all;
}

/* Objects by number; *n of them. What has no number is read for its errors only. */
static void *read_section(
        struct reader *r, const struct section *sec, const struct items *items, int *n)
{
        *n = index_size(noun_index(r, sec->noun));
        char *objects = arena_array(r->pb->arena, (size_t)*n + 1, sec->size);
        void *unused = arena_alloc(r->scratch, sec->size);
        for (int i = 0; i < items->n; i++) {
                int k = items->number[i];
                void *object = k >= 0 ? objects + (size_t)k * sec->size : unused;
                const char *id = k >= 0 ? index_id(noun_index(r, sec->noun), k) : "";
                sec->init(r, object, id, items->nodes[i]->at);
                read_map(r, items->nodes[i], sec->map, object);
                if (sec->check)
                        sec->check(r, items->nodes[i], object);
        }
        return objects;
}

/* Tell pathways and cohorts of one another. Cohorts were listed pathway by pathway. */
static void join_cohorts(
        struct reader *r, const struct items *pathways, const struct items *cohorts)
{
        struct problem *pb = r->pb;
        int next = 0, count = 0;
        for (int i = 0; i < pathways->n; i++) {
                const struct node *list = node_get(pathways->nodes[i], "cohorts");
                int w = pathways->number[i], first = count;
                for (int k = 0; list && list->kind == NODE_LIST && k < list->n && next < cohorts->n;
                        k++) {
                        int number = cohorts->number[next++];
                        if (number >= 0)
                                pb->cohorts[number].pathway = w;
                        count += number >= 0;
                }
                if (w >= 0) {
                        pb->pathways[w].first_cohort = first;
                        pb->pathways[w].n_cohorts = count - first;
                }
        }
}

/* ---- the whole ---- */

struct parts {
        struct items teachers, rooms, courses, pathways, cohorts, requirements;
        struct rows students, requests;
        bool students_open, requests_open;
        int *student_number;
};

static void declare_parts(
        struct reader *r, const struct node *top, struct sha256 *sha, struct parts *p)
{
        p->teachers = open_section(r, top, "teachers", TEACHER);
        p->rooms = open_section(r, top, "rooms", ROOM);
        p->courses = open_section(r, top, "courses", COURSE);
        p->pathways = open_section(r, top, "pathways", PATHWAY);
        p->cohorts = open_cohorts(r, &p->pathways);
        p->requirements = open_section(r, top, "requirements", REQUIREMENT);
        r->broken[COHORT] |= r->broken[PATHWAY];
        p->students_open = open_table(r, node_get(top, "students"), sha, &p->students);
        p->requests_open = open_table(r, node_get(top, "requests"), sha, &p->requests);
        r->broken[STUDENT] = !p->students_open;
        p->student_number = declare_students(r, &p->students);
}

static void read_parts(struct reader *r, const struct node *top, struct parts *p)
{
        struct problem *pb = r->pb;
        read_contract(r, node_get(top, "contract"));
        pb->teachers = read_section(r, &teacher_section, &p->teachers, &pb->n_teachers);
        pb->rooms = read_section(r, &room_section, &p->rooms, &pb->n_rooms);
        pb->courses = read_section(r, &course_section, &p->courses, &pb->n_courses);
        pb->pathways = read_section(r, &pathway_section, &p->pathways, &pb->n_pathways);
        pb->cohorts = read_section(r, &cohort_section, &p->cohorts, &pb->n_cohorts);
        join_cohorts(r, &p->pathways, &p->cohorts);
        pb->requirements =
                read_section(r, &requirement_section, &p->requirements, &pb->n_requirements);
        read_rules(r, node_get(top, "rules"));
        read_locks(r, node_get(top, "locks"));
        read_priorities(r, node_get(top, "priorities"));
        if (p->students_open && match_columns(r, &p->students, true))
                read_students(r, &p->students, p->student_number);
        else
                r->broken[STUDENT] = true;
        if (p->requests_open && match_columns(r, &p->requests, false))
                read_requests(r, &p->requests);
        read_previous(r, node_get(top, "previous"));
}

static void read_school(struct reader *r, const struct node *top, struct sha256 *sha)
{
        struct parts parts;
        read_map(r, top, &top_mapping, r->pb);
        if (top->kind != NODE_MAP)
                return;
        if (!node_get(top, "msched"))
                report_warn(r->rp, top->at, "found no 'msched'; it is taken to be 1");
        read_bell(r, node_get(top, "bell"));
        declare_parts(r, top, sha, &parts);
        read_parts(r, top, &parts);
}

static void read_bytes(struct reader *r, struct sha256 *sha)
{
        struct place at = {r->pb->file, 0, 0};
        size_t size = 0;
        char *bytes = file_read(r->pb->file, max_file, &size, at, r->rp);
        if (!bytes)
                return;
        sha256_add(sha, bytes, size);
        const struct node *top = node_read(r->scratch, r->pb->file, bytes, size, r->rp);
        mem_free(bytes);
        if (top)
                read_school(r, top, sha);
}

static struct problem *read_all(
        const char *file, const struct node *top, const char *root, struct report *rp)
{
        int before = report_errors(rp);
        struct problem *pb = problem_new();
        struct reader r = {.pb = pb, .rp = rp, .scratch = arena_new(), .gone = index_new()};
        struct sha256 *sha = sha256_new();
        pb->file = arena_strdup(pb->arena, file);
        r.root = root ? real_folder(&r, root, (struct place){0}) : NULL;
        if (top && report_errors(rp) == before)
                read_school(&r, top, sha);
        else if (report_errors(rp) == before)
                read_bytes(&r, sha);
        sha256_end(sha, pb->sha256);
        for (int noun = 0; noun < N_NOUNS; noun++)
                mem_free(r.declared[noun].v);
        index_free(r.gone);
        arena_free(r.scratch);
        if (report_errors(rp) == before && problem_finish(pb, rp))
                return pb;
        problem_free(pb);
        return NULL;
}

struct problem *problem_read(const char *path, const char *root, struct report *rp)
{
        return read_all(path, NULL, root, rp);
}

struct problem *problem_read_tree(
        const char *file, const struct node *top, const char *root, struct report *rp)
{
        return read_all(file, top, root, rp);
}
