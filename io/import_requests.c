/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/import_requests.h"
#include "io/csv_table.h"
#include "io/csv_write.h"
#include "io/file.h"
#include "io/text.h"
#include "io/yaml_node.h"
#include <string.h>
#include <strings.h>

/* ---- presets ---- */

static const struct preset {
        const char *name, *text;
} presets[] = {
        {"msched", "# The table of requests of this program.\n"
                   "student: student\n"
                   "course: course\n"
                   "kind: {column: kind, required: [required], elective: [elective], alternate: "
                   "[alternate]}\n"
                   "rank: rank\n"
                   "for: for\n"},
        {"powerschool", "# An export of PowerSchool's table ScheduleRequests. No description of "
                        "its columns "
                        "was found:\n"
                        "# all are assumed. Check them against your export.\n"
                        "student: [StudentNumber, Student_Number, StudentID]\n"
                        "course: [CourseNumber, Course_Number]\n"
                        "alternate: [AlternateCode, Alternate]\n"
                        "rank: [LoadPriority]\n"},
        {"aeries",
                "# Course requests of Aeries, under the names of its interface. Documented: "
                "CourseID, AlternateTag\n"
                "# (empty or X), ActualPrimaryCourseID, and SN and CN in the table SSS. Assumed: "
                "StudentID as a\n"
                "# column of the file.\n"
                "student: [StudentID, StudentNumber, SN]\n"
                "course: [CourseID, CN]\n"
                "alternate: [AlternateTag]\n"
                "for: [ActualPrimaryCourseID]\n"},
        {"infinite-campus",
                "# An ad hoc export of Infinite Campus. No description of such a file was found: "
                "all columns are\n"
                "# assumed. Check them against your export.\n"
                "student: [studentNumber, student.studentNumber, Student Number]\n"
                "course: [courseNumber, course.number, Course Number]\n"
                "kind: {column: [requestType, Type], required: [R, Required], elective: [E, "
                "Elective, Requested], alternate: [A, Alternate]}\n"
                "rank: [priority, Priority]\n"},
};

const char *request_preset(const char *name)
{
        for (size_t i = 0; i < sizeof presets / sizeof *presets; i++)
                if (!strcmp(presets[i].name, name))
                        return presets[i].text;
        return NULL;
}

/* ---- the mapping ---- */

struct map_reader {
        struct arena *arena;
        struct report *rp;
};

static bool refuse(struct map_reader *m, const struct node *at, const char *what)
{
        return report_error(m->rp, ERROR_INPUT, at->at, "found %s; expected %s",
                at->kind == NODE_SCALAR && at->text ? text_quoted(m->arena, at->text)
                                                    : "something else",
                what);
}

static bool read_choice(struct map_reader *m, const struct node *node, struct column_choice *out)
{
        *out = (struct column_choice){0};
        if (node->kind == NODE_SCALAR && node->text)
                out->names[out->n++] = arena_strdup(m->arena, node->text);
        for (int i = 0; node->kind == NODE_LIST && i < node->n; i++) {
                const struct node *item = node->items[i];
                if (item->kind != NODE_SCALAR || !item->text || out->n == MAP_CHOICES)
                        return refuse(m, item, "a name, at most 8 of them");
                out->names[out->n++] = arena_strdup(m->arena, item->text);
        }
        return out->n || refuse(m, node, "a name or a list of names");
}

static bool read_kind(struct map_reader *m, const struct node *node, struct request_map *out)
{
        static const char *const kinds[] = {"required", "elective", "alternate"};

        if (node->kind != NODE_MAP)
                return read_choice(m, node, &out->kind);
        for (int i = 0; i < node->n; i++) {
                struct column_choice *to =
                        !strcmp(node->keys[i]->text, "column") ? &out->kind : NULL;
                for (int k = 0; k < 3; k++)
                        if (!strcmp(node->keys[i]->text, kinds[k]))
                                to = &out->words[k];
                if (!to)
                        return refuse(m, node->keys[i], "column, required, elective or alternate");
                if (!read_choice(m, node->items[i], to))
                        return false;
        }
        return out->kind.n || refuse(m, node, "a 'column'");
}

static struct column_choice *choice_of(struct request_map *map, const char *key)
{
        const struct {
                const char *key;
                struct column_choice *choice;
        } keys[] = {{"student", &map->student}, {"course", &map->course}, {"kind", &map->kind},
                {"alternate", &map->alternate}, {"rank", &map->rank}, {"for", &map->instead}};

        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
                if (!strcmp(keys[i].key, key))
                        return keys[i].choice;
        return NULL;
}

static const char known_keys[] = "student, course, kind, alternate, rank or for";

bool request_map_read(struct arena *a, const char *file, const char *text, size_t size,
        struct request_map *out, struct report *rp)
{
        struct map_reader m = {a, rp};
        const struct node *top = node_read(a, file, text, size, rp);

        *out = (struct request_map){0};
        if (!top)
                return false;
        if (top->kind != NODE_MAP)
                return refuse(&m, top, "a map of columns");
        for (int i = 0; i < top->n; i++) {
                const char *key = top->keys[i]->text;
                struct column_choice *choice = choice_of(out, key);
                if (!choice)
                        return refuse(&m, top->keys[i], known_keys);
                if (!strcmp(key, "kind") ? !read_kind(&m, top->items[i], out)
                                         : !read_choice(&m, top->items[i], choice))
                        return false;
        }
        return (out->student.n && out->course.n) ||
               refuse(&m, top, "at least 'student' and 'course'");
}

bool request_map_set(struct arena *a, const char *text, struct request_map *map, struct report *rp)
{
        const struct place at = {.file = "--columns"};

        while (*text) {
                size_t n = strcspn(text, ","), split = strcspn(text, "=");
                struct column_choice *choice =
                        split < n ? choice_of(map, arena_strndup(a, text, split)) : NULL;
                if (!choice || split + 1 == n)
                        return report_error(rp, ERROR_INPUT, at,
                                "found %s; expected KEY=COLUMN, KEY being %s",
                                text_quoted(a, arena_strndup(a, text, n)), known_keys);
                *choice = (struct column_choice){
                        1, {arena_strndup(a, text + split + 1, n - split - 1)}};
                text += n + (text[n] == ',');
        }
        return true;
}

/* ---- the table ---- */

struct rows {
        struct problem *pb;
        const struct index *course_names;
        struct index *students; /* ids and sis_ids */
        int *student_of;        /* by number in `students` */
        const struct csv_table *csv;
        const struct request_map *map;
        bool guarded;
        int student, course, kind, alternate, rank, instead; /* columns, -1: none */
        struct report *rp;
        int strangers, doubles, words;
        struct place stranger_at, double_at, word_at;
};

/* The first of the names that the table has, -1: none. */
static int column_of(const struct csv_table *csv, const struct column_choice *choice)
{
        for (int i = 0; i < choice->n; i++) {
                int column = csv_column(csv, choice->names[i]);
                if (column >= 0)
                        return column;
        }
        return -1;
}

static bool find_columns(struct rows *r)
{
        const struct request_map *map = r->map;
        const struct column_choice *needed[] = {&map->student, &map->course};
        bool ok = true;

        r->student = column_of(r->csv, &map->student);
        r->course = column_of(r->csv, &map->course);
        r->kind = column_of(r->csv, &map->kind);
        r->alternate = column_of(r->csv, &map->alternate);
        r->rank = column_of(r->csv, &map->rank);
        r->instead = column_of(r->csv, &map->instead);
        for (int i = 0; i < 2; i++)
                if ((i ? r->course : r->student) < 0)
                        ok = report_error(r->rp, ERROR_INPUT, r->csv->header.cells[0].at,
                                "found no column '%s' for the %s; expected it in the first line "
                                "(--columns, --map or --preset name others)",
                                needed[i]->names[0], i ? "course" : "student");
        return ok;
}

static void index_students(struct rows *r)
{
        const struct problem *pb = r->pb;

        r->students = index_new();
        r->student_of = mem_zero(2 * (size_t)pb->n_students + 1, sizeof *r->student_of);
        for (int pass = 0; pass < 2; pass++)
                for (int i = 0; i < pb->n_students; i++) {
                        const struct student *s = &pb->students[i];
                        const char *name = pass ? s->person.sis_id : s->id;
                        int n = name ? index_add(r->students, name) : -1;
                        if (n >= 0)
                                r->student_of[n] = i;
                }
}

static const char *cell(const struct rows *r, int row, int column)
{
        const struct csv_row *cells = &r->csv->rows[row];

        if (column < 0 || column >= cells->n)
                return "";
        const char *text = cells->cells[column].text;
        return r->guarded ? csv_unguarded(text) : text;
}

static int find_course(const struct rows *r, const char *name)
{
        int c = index_find(r->pb->course_ids, name);
        return c >= 0 ? c : index_find(r->course_names, name);
}

static void count(int *n, struct place *first, struct place at)
{
        if (!(*n)++)
                *first = at;
}

static bool says(const struct column_choice *words, const char *text)
{
        for (int i = 0; i < words->n; i++)
                if (!strcasecmp(words->names[i], text))
                        return true;
        return false;
}

static enum kind kind_of(struct rows *r, int row)
{
        static const struct column_choice no = {4, {"0", "n", "no", "false"}};
        const char *alternate = cell(r, row, r->alternate), *kind = cell(r, row, r->kind);

        if (*alternate && !says(&no, alternate))
                return ALTERNATE;
        if (!*kind)
                return ELECTIVE;
        for (int k = REQUIRED; k <= ALTERNATE; k++)
                if (says(&r->map->words[k], kind))
                        return (enum kind)k;
        count(&r->words, &r->word_at, r->csv->rows[row].cells[0].at);
        return ELECTIVE;
}

/* Requests are looked up by student and course in `seen`, whose texts are the two numbers. */
static int request_of(const struct index *seen, int student, int course)
{
        char key[40];
        snprintf(key, sizeof key, "%d %d", student, course);
        return index_find(seen, key);
}

static void add_row(struct rows *r, struct index *seen, int row)
{
        struct place at = r->csv->rows[row].cells[0].at;
        int who = index_find(r->students, cell(r, row, r->student)), rank;
        int course = find_course(r, cell(r, row, r->course));
        char key[40];

        if (who < 0 || course < 0) {
                count(&r->strangers, &r->stranger_at, at);
                return;
        }
        who = r->student_of[who];
        snprintf(key, sizeof key, "%d %d", who, course);
        if (index_add(seen, key) < 0) {
                count(&r->doubles, &r->double_at, at);
                return;
        }
        enum kind kind = kind_of(r, row);
        bool ranked = kind == ALTERNATE && text_whole(cell(r, row, r->rank), 1, 1000, &rank);
        r->pb->requests[r->pb->n_requests++] = (struct request){.student = who,
                .course = course,
                .kind = kind,
                .rank_stated = ranked ? rank : -1,
                .stands_for = NONE,
                .at = at};
}

/* Once all are there: what an alternate stands in for. */
static void join_alternates(struct rows *r, const struct index *seen)
{
        for (int row = 0, q = 0; r->instead >= 0 && row < r->csv->n_rows && q < r->pb->n_requests;
                row++) {
                struct request *a = &r->pb->requests[q];
                if (a->at.line != r->csv->rows[row].cells[0].at.line)
                        continue;
                q++;
                int course = find_course(r, cell(r, row, r->instead));
                int primary = course >= 0 ? request_of(seen, a->student, course) : -1;
                if (a->kind == ALTERNATE && primary >= 0 &&
                        r->pb->requests[primary].kind != ALTERNATE)
                        a->stands_for = primary;
        }
}

static void warn(struct rows *r)
{
        if (r->strangers)
                report_warn(r->rp, r->stranger_at,
                        "%d requests name a student or a course that is not there; they are left "
                        "out (this is the first)",
                        r->strangers);
        if (r->doubles)
                report_warn(r->rp, r->double_at,
                        "%d requests were there before; they are left out (this is the first)",
                        r->doubles);
        if (r->words)
                report_warn(r->rp, r->word_at,
                        "%d requests are of a kind that the mapping does not name; they are taken "
                        "for electives (this is the first)",
                        r->words);
}

static bool read_rows(struct rows *r)
{
        struct index *seen = index_new();
        bool ok = find_columns(r);

        r->pb->requests =
                arena_array(r->pb->arena, (size_t)r->csv->n_rows + 1, sizeof *r->pb->requests);
        if (ok) {
                index_students(r);
                for (int i = 0; i < r->csv->n_rows; i++)
                        add_row(r, seen, i);
                join_alternates(r, seen);
                warn(r);
                index_free(r->students);
                mem_free(r->student_of);
        }
        index_free(seen);
        return ok;
}

bool import_requests(struct problem *pb, const struct index *course_names, const char *path,
        const struct request_map *map, bool guarded, struct report *rp)
{
        size_t size = 0;
        struct place at = {.file = path};
        char *bytes = file_read(path, (size_t)64 << 20, &size, at, rp);
        struct rows r = {
                .pb = pb, .course_names = course_names, .map = map, .guarded = guarded, .rp = rp};

        if (!bytes)
                return false;
        r.csv = csv_read(pb->arena, path, bytes, size, rp);
        mem_free(bytes);
        int errors = report_errors(rp);
        if (r.csv)
                csv_check(pb->arena, r.csv, rp);
        return r.csv && report_errors(rp) == errors && read_rows(&r);
}
