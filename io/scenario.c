/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/scenario.h"
#include "io/file.h"
#include "io/scenario_parts.h"
#include "io/text.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SCENARIOS = 1000, MAX_STEPS = 1000, MAX_INCLUDES = 100 };
static const size_t max_file = (size_t)32 << 20;

const struct step_row step_rows[N_STEPS] = {
        [STEP_SECTION] = {"section", COURSE},
        [STEP_TEACHER] = {"teacher", TEACHER},
        [STEP_ROOM] = {"room", ROOM},
        [STEP_COHORT] = {"cohort", COHORT},
};

/* ---- names and files ---- */

bool is_folder_name(const char *id)
{
        static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                      "0123456789._-";

        return *id && *id != '.' && *id != '-' && !id[strspn(id, allowed)] && strlen(id) <= 100;
}

const char *path_beside(struct arena *a, const char *file, const char *path)
{
        const char *slash = strrchr(file, '/');

        if (*path == '/' || !slash)
                return arena_strdup(a, path);
        return arena_printf(a, "%.*s%s", (int)(slash - file + 1), file, path);
}

static bool lies_under(
        struct arena *a, const char *path, const char *root, struct place at, struct report *rp)
{
        char *real = realpath(path, NULL), *top = root ? realpath(root, NULL) : NULL;
        size_t n = top ? strlen(top) : 0;
        bool ok = true;

        if (!real)
                ok = report_error(rp, ERROR_INPUT, at,
                        "found file %s, which cannot be opened (%s); expected a file that can be "
                        "read",
                        text_quoted(a, path), strerror(errno));
        else if (root && (!top || (strcmp(top, "/") != 0 &&
                                          (strncmp(real, top, n) != 0 || real[n] != '/'))))
                ok = report_error(rp, ERROR_INPUT, at,
                        "found file %s, which lies outside of the root; expected a file under it",
                        text_quoted(a, path));
        free(real);
        free(top);
        return ok;
}

const struct node *tree_read(
        struct arena *a, const char *path, const char *root, struct place at, struct report *rp)
{
        size_t size = 0;

        if (!lies_under(a, path, root, at, rp))
                return NULL;
        char *bytes = file_read(path, max_file, &size, at, rp);
        if (!bytes)
                return NULL;
        const struct node *top = node_read(a, arena_strdup(a, path), bytes, size, rp);
        mem_free(bytes);
        if (top && top->kind != NODE_MAP) {
                report_error(rp, ERROR_INPUT, top->at, "found no map; expected a map");
                return NULL;
        }
        return top;
}

/* ---- options ---- */

static void add_setting(struct arena *a, struct settings_list *list, struct setting s)
{
        if (!(list->n & (list->n - 1))) {
                struct setting *more =
                        arena_array(a, list->n ? 2 * (size_t)list->n : 1, sizeof *more);
                if (list->n)
                        memcpy(more, list->v, (size_t)list->n * sizeof *more);
                list->v = more;
        }
        list->v[list->n++] = s;
}

void settings_add(struct arena *a, struct settings_list *list, const struct settings_list *more)
{
        for (int i = 0; i < more->n; i++)
                add_setting(a, list, more->v[i]);
}

void read_settings(struct reader *r, const struct node *map, struct settings_list *list)
{
        if (!expect_map(r, map, "options of the search"))
                return;
        for (int i = 0; i < map->n; i++) {
                const struct node *value = map->items[i];
                if (value->kind != NODE_SCALAR || node_omitted(value))
                        expected(r, value, "a value for option '%s'", map->keys[i]->text);
                else
                        add_setting(r->scratch, list,
                                (struct setting){
                                        map->keys[i]->text, value->text, map->keys[i]->at});
        }
}

struct settings_list scenario_options(const struct scenarios *s, int i)
{
        struct settings_list list = {0};

        settings_add(s->arena, &list, &s->options);
        if (i < 0)
                return list;
        if (s->v[i].like >= 0) {
                list = scenario_options(s, s->v[i].like);
        }
        settings_add(s->arena, &list, &s->v[i].options);
        return list;
}

/* ---- one scenario ---- */

static void read_id(struct reader *r, const struct node *node, void *object)
{
        struct scenario *sc = object;

        if (node->kind == NODE_SCALAR && is_folder_name(node->text))
                sc->id = node->text;
        else
                expected(r, node, "letters, digits, '.', '_' and '-', as it names a folder");
}

static void read_map_key(struct reader *r, const struct node *node, const struct node **to)
{
        if (expect_map(r, node, "changes"))
                *to = node;
}

static void read_replace(struct reader *r, const struct node *node, void *object)
{
        read_map_key(r, node, &((struct scenario *)object)->replace);
}

static void read_change(struct reader *r, const struct node *node, void *object)
{
        read_map_key(r, node, &((struct scenario *)object)->change);
}

static void read_append(struct reader *r, const struct node *node, void *object)
{
        read_map_key(r, node, &((struct scenario *)object)->append);
}

static void read_bell_name(struct reader *r, const struct node *node, void *object)
{
        struct scenario *sc = object;
        char names[200] = "";

        for (int i = 0; i < n_bell_kinds; i++) {
                if (node->kind == NODE_SCALAR && !strcmp(node->text, bell_kinds[i].name))
                        sc->bell = &bell_kinds[i];
                size_t n = strlen(names);
                snprintf(names + n, sizeof names - n, "%s%s", i ? ", " : "", bell_kinds[i].name);
        }
        if (!sc->bell)
                expected(r, node, "one of %s", names);
}

static void read_step(struct reader *r, const struct node *item, int sign, struct scenario *sc)
{
        struct step step = {.what = -1, .count = sign};
        int count = 1;

        if (!expect_map(r, item, "what is to be more or less"))
                return;
        for (int i = 0; i < item->n; i++) {
                const char *key = item->keys[i]->text;
                int what = 0;
                while (what < N_STEPS && strcmp(key, step_rows[what].key) != 0)
                        what++;
                if (what < N_STEPS && step.what < 0 && expect_id(r, item->items[i], "an id")) {
                        step.what = what;
                        step.id = item->items[i];
                } else if (!strcmp(key, "count")) {
                        read_whole(r, item->items[i], "count", 1, 100, &count);
                } else if (what == N_STEPS || step.what >= 0) {
                        input_error(r, item->keys[i]->at,
                                "found key %s; expected one of section, teacher, room, cohort; "
                                "and 'count'",
                                quoted(r, key));
                }
        }
        step.count *= count;
        if (step.what < 0)
                input_error(r, item->at, "found none; expected a section, teacher, room or cohort");
        else
                sc->steps[sc->n_steps++] = step;
}

static void read_steps(struct reader *r, const struct node *node, int sign, struct scenario *sc)
{
        const char *key = sign > 0 ? "plus" : "minus";
        const struct node *list = as_section(r, node, key, MAX_STEPS);

        if (!list)
                return;
        struct step *steps =
                arena_array(r->scratch, (size_t)(sc->n_steps + list->n) + 1, sizeof *steps);
        if (sc->n_steps)
                memcpy(steps, sc->steps, (size_t)sc->n_steps * sizeof *steps);
        sc->steps = steps;
        for (int i = 0; i < list->n; i++)
                read_step(r, list->items[i], sign, sc);
}

static void read_plus(struct reader *r, const struct node *node, void *object)
{
        read_steps(r, node, 1, object);
}

static void read_minus(struct reader *r, const struct node *node, void *object)
{
        read_steps(r, node, -1, object);
}

static void read_options(struct reader *r, const struct node *node, void *object)
{
        read_settings(r, node, &((struct scenario *)object)->options);
}

#define TO(member) offsetof(struct scenario, member)
static const struct field scenario_fields[] = {
        {.key = "id", .type = FIELD_OTHER, .required = true, .read = read_id},
        {.key = "title", .type = FIELD_TEXT, .to = TO(title)},
        {.key = "like", .type = FIELD_NONE},
        {.key = "replace", .type = FIELD_OTHER, .read = read_replace},
        {.key = "change", .type = FIELD_OTHER, .read = read_change},
        {.key = "append", .type = FIELD_OTHER, .read = read_append},
        {.key = "bell", .type = FIELD_OTHER, .read = read_bell_name},
        {.key = "plus", .type = FIELD_OTHER, .read = read_plus},
        {.key = "minus", .type = FIELD_OTHER, .read = read_minus},
        {.key = "options", .type = FIELD_OTHER, .read = read_options},
};
#undef TO
MAPPING(scenario_mapping, "a scenario", scenario_fields, NULL);

int scenarios_find(const struct scenarios *s, const char *id)
{
        for (int i = 0; i < s->n; i++) {
                if (s->v[i].id && !strcmp(s->v[i].id, id))
                        return i;
        }
        return -1;
}

/* `like` names a scenario further up, which rules out circles. */
static void resolve_like(
        struct reader *r, const struct scenarios *s, const struct node *item, struct scenario *sc)
{
        const struct node *like = node_get(item, "like");

        sc->like = -1;
        if (!like || !expect_id(r, like, "a scenario"))
                return;
        sc->like = scenarios_find(s, like->text);
        if (sc->like >= 0)
                return;
        struct index *known = index_new();
        for (int i = 0; i < s->n; i++) {
                if (s->v[i].id)
                        index_add(known, s->v[i].id);
        }
        input_error(r, like->at, "found scenario %s; expected one that stands before this%s",
                quoted(r, like->text), did_you_mean(r, known, like->text));
        index_free(known);
}

static void read_scenario(struct reader *r, struct scenarios *s, const struct node *item)
{
        struct scenario sc = {.at = item->at, .like = -1};

        read_map(r, item, &scenario_mapping, &sc);
        if (item->kind != NODE_MAP)
                return;
        resolve_like(r, s, item, &sc);
        if (!sc.title)
                sc.title = sc.id;
        int twin = sc.id ? scenarios_find(s, sc.id) : -1;
        if (twin >= 0)
                input_error(r, node_get(item, "id")->at,
                        "found scenario %s a second time; expected it once (the first is in line "
                        "%d of %s)",
                        quoted(r, sc.id), s->v[twin].at.line, s->v[twin].at.file);
        MEM_GROW(s->v, s->n, s->cap);
        s->v[s->n++] = sc;
}

/* ---- files ---- */

struct file_keys {
        const struct node *base, *include, *scenarios, *options;
};

static void keep_node(struct reader *r, const struct node *node, void *object)
{
        (void)r;
        (void)node;
        (void)object;
}

static const struct field file_fields[] = {
        {.key = "base", .type = FIELD_OTHER, .read = keep_node},
        {.key = "include", .type = FIELD_OTHER, .read = keep_node},
        {.key = "options", .type = FIELD_OTHER, .read = keep_node},
        {.key = "scenarios", .type = FIELD_OTHER, .read = keep_node},
};
MAPPING(file_mapping, "a scenario file", file_fields, NULL);

struct open_file { /* from the first file to the one at hand; and those that are done */
        const char *real;
        bool done;
};

struct opened {
        int n;
        struct open_file v[MAX_INCLUDES];
};

static bool read_file(struct reader *r, struct scenarios *s, const char *path, const char *root,
        struct place at, struct opened *opened);

static bool read_include(struct reader *r, struct scenarios *s, const struct node *node,
        const char *root, struct opened *opened)
{
        const struct node *list = node ? as_list(r, node, "include", LIST_OR_ONE) : NULL;

        for (int i = 0; list && i < list->n; i++) {
                const struct node *item = list->items[i];
                if (item->kind != NODE_SCALAR || !item->text)
                        return expected(r, item, "the path of a scenario file");
                if (!read_file(r, s, path_beside(s->arena, item->at.file, item->text), root,
                            item->at, opened))
                        return false;
        }
        return true;
}

/* False: it is open already (an error), or done, or one too many. */
static bool open_once(struct reader *r, struct opened *opened, const char *path, struct place at)
{
        char *real = realpath(path, NULL);
        bool again = false, fresh = true;

        for (int i = 0; real && i < opened->n; i++) {
                if (strcmp(opened->v[i].real, real) != 0)
                        continue;
                again = again || !opened->v[i].done;
                fresh = false;
        }
        if (again)
                input_error(r, at, "found file %s, which includes itself; expected no circle",
                        quoted(r, path));
        else if (fresh && opened->n == MAX_INCLUDES)
                fresh = input_error(
                        r, at, "found more than %d files; expected fewer", MAX_INCLUDES);
        else if (fresh)
                opened->v[opened->n++] =
                        (struct open_file){arena_strdup(r->scratch, real ? real : path), false};
        free(real);
        return fresh;
}

static void take_base(struct reader *r, struct scenarios *s, const struct node *base)
{
        if (!base)
                return;
        if (base->kind != NODE_SCALAR) {
                expected(r, base, "the path of a school");
                return;
        }
        s->base = path_beside(s->arena, base->at.file, base->text);
        s->base_at = base->at;
}

static bool read_file(struct reader *r, struct scenarios *s, const char *path, const char *root,
        struct place at, struct opened *opened)
{
        if (!open_once(r, opened, path, at))
                return report_errors(r->rp) == 0;
        int mine = opened->n - 1;
        const struct node *top = tree_read(s->arena, path, root, at, r->rp);
        if (!top)
                return false;
        read_map(r, top, &file_mapping, NULL);
        if (!read_include(r, s, node_get(top, "include"), root, opened))
                return false;
        take_base(r, s, node_get(top, "base"));
        if (node_get(top, "options"))
                read_settings(r, node_get(top, "options"), &s->options);
        const struct node *list =
                as_section(r, node_get(top, "scenarios"), "scenarios", MAX_SCENARIOS);
        for (int i = 0; list && i < list->n; i++)
                read_scenario(r, s, list->items[i]);
        opened->v[mine].done = true;
        return true;
}

struct scenarios *scenarios_read(const char *path, const char *root, struct report *rp)
{
        int before = report_errors(rp);
        struct scenarios *s = mem_zero(1, sizeof *s);
        struct opened *opened = mem_zero(1, sizeof *opened);

        s->arena = arena_new();
        s->texts = problem_new();
        s->file = arena_strdup(s->arena, path);
        struct reader r = {.pb = s->texts, .rp = rp, .scratch = s->arena};
        read_file(&r, s, s->file, root, (struct place){.file = s->file}, opened);
        if (report_errors(rp) == before && !s->n)
                report_error(rp, ERROR_INPUT, (struct place){s->file, 0, 0},
                        "found no scenarios; expected a list 'scenarios'");
        mem_free(opened);
        if (report_errors(rp) == before)
                return s;
        scenarios_free(s);
        return NULL;
}

void scenarios_free(struct scenarios *s)
{
        if (!s)
                return;
        problem_free(s->texts);
        arena_free(s->arena);
        mem_free(s->v);
        mem_free(s);
}
