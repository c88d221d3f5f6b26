/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch/plan.h"
#include "io/scenario_parts.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SCHOOLS = 1000, MAX_SEEDS = 1000, PLAN_CELLS = 100000 };

/* ---- schools ---- */

/* The folder's name of examples/redwood/school.yaml, else the file's own: "redwood". */
static const char *id_of_path(struct arena *a, const char *path)
{
        const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
        const char *dot = strrchr(name, '.');
        size_t n = dot ? (size_t)(dot - name) : strlen(name);

        if (!slash || n != 6 || strncmp(name, "school", 6) != 0)
                return arena_strndup(a, name, n);
        const char *begin = slash;
        while (begin > path && begin[-1] != '/')
                begin--;
        return arena_strndup(a, begin, (size_t)(slash - begin));
}

static void read_path(struct reader *r, const struct node *node, void *object)
{
        struct plan_school *school = object;

        if (node->kind == NODE_SCALAR)
                school->path = path_beside(r->scratch, node->at.file, node->text);
        else
                expected(r, node, "the path of a school");
}

#define TO(member) offsetof(struct plan_school, member)
static const struct field school_fields[] = {
        {.key = "id", .type = FIELD_TEXT, .to = TO(id)},
        {.key = "file", .type = FIELD_OTHER, .required = true, .read = read_path},
};
#undef TO
MAPPING(school_mapping, "a school of a plan", school_fields, NULL);

static void add_school(struct reader *r, struct plan *p, struct plan_school school)
{
        if (!school.id)
                school.id = id_of_path(p->arena, school.path);
        if (!is_folder_name(school.id)) {
                input_error(r, school.at,
                        "found school id %s; expected letters, digits, '.', '_' and '-', as it "
                        "names a folder: {id: ..., file: ...}",
                        quoted(r, school.id));
                return;
        }
        for (int i = 0; i < p->n_schools; i++) {
                if (!strcmp(p->schools[i].id, school.id))
                        input_error(r, school.at,
                                "found school %s a second time; expected ids that differ: {id: "
                                "..., file: ...}",
                                quoted(r, school.id));
        }
        p->schools[p->n_schools++] = school;
}

static void read_schools(struct reader *r, const struct node *node, void *object)
{
        struct plan *p = object;
        const struct node *list = as_section(r, node, "schools", MAX_SCHOOLS);

        if (!list)
                return;
        p->schools = arena_array(p->arena, (size_t)list->n + 1, sizeof *p->schools);
        for (int i = 0; i < list->n; i++) {
                const struct node *item = list->items[i];
                struct plan_school school = {.at = item->at};
                if (item->kind == NODE_MAP)
                        read_map(r, item, &school_mapping, &school);
                else if (!node_omitted(item))
                        read_path(r, item, &school);
                else
                        expected(r, item, "the path of a school");
                if (school.path)
                        add_school(r, p, school);
        }
}

/* ---- the other keys ---- */

static void read_seeds(struct reader *r, const struct node *node, void *object)
{
        struct plan *p = object;
        const struct node *list = as_list(r, node, "seeds", LIST_OR_ONE);

        if (!list)
                return;
        if (list->n > MAX_SEEDS || !list->n) {
                input_error(r, node->at, "found %d seeds; expected 1 to %d", list->n, MAX_SEEDS);
                return;
        }
        p->seeds = arena_array(p->arena, (size_t)list->n, sizeof *p->seeds);
        p->n_seeds = 0;
        for (int i = 0; i < list->n; i++) {
                int seed = 0;
                if (!read_whole(r, list->items[i], "seeds", 0, INT_MAX, &seed))
                        continue;
                for (int k = 0; k < p->n_seeds; k++) {
                        if (p->seeds[k] == seed)
                                input_error(r, list->items[i]->at,
                                        "found seed %d a second time; expected it once", seed);
                }
                p->seeds[p->n_seeds++] = seed;
        }
}

static void read_plan_options(struct reader *r, const struct node *node, void *object)
{
        read_settings(r, node, &((struct plan *)object)->options);
}

#define TO(member) offsetof(struct plan, member)
static const struct field limits_fields[] = {
        {.key = "seconds", .type = FIELD_WHOLE, .to = TO(seconds), .low = 1, .high = 10000000},
        {.key = "memory", .type = FIELD_WHOLE, .to = TO(memory), .low = 16, .high = 100000000},
};
#undef TO
MAPPING(limits_mapping, "the limits of a cell (seconds, MB of memory)", limits_fields, NULL);

static const struct field plan_fields[] = {
        {.key = "schools", .type = FIELD_OTHER, .required = true, .read = read_schools},
        {.key = "scenarios", .type = FIELD_NONE},
        {.key = "seeds", .type = FIELD_OTHER, .read = read_seeds},
        {.key = "options", .type = FIELD_OTHER, .read = read_plan_options},
        {.key = "limits", .type = FIELD_MAP, .map = &limits_mapping},
};
MAPPING(plan_mapping, "a plan", plan_fields, NULL);

/* ---- the whole ---- */

static void read_scenarios(
        struct reader *r, struct plan *p, const struct node *file, const char *root)
{
        if (!file)
                return;
        if (file->kind != NODE_SCALAR)
                expected(r, file, "the path of a scenario file");
        else
                p->scenarios = scenarios_read(
                        path_beside(p->arena, file->at.file, file->text), root, r->rp);
}

/* A scenario file with a base is a plan of one school. */
static void from_scenarios(struct reader *r, struct plan *p, const char *root)
{
        p->scenarios = scenarios_read(p->file, root, r->rp);
        if (!p->scenarios)
                return;
        if (!p->scenarios->base) {
                input_error(r, (struct place){p->file, 0, 0},
                        "found neither 'schools' nor 'base'; expected a plan, or scenarios with "
                        "the school they change");
                return;
        }
        p->schools = arena_array(p->arena, 1, sizeof *p->schools);
        add_school(r, p,
                (struct plan_school){.path = p->scenarios->base, .at = p->scenarios->base_at});
}

static void make_cells(struct plan *p)
{
        int n = 0;

        p->cells = arena_array(p->arena, (size_t)p->n_cells + 1, sizeof *p->cells);
        for (int s = 0; s < p->n_schools; s++) {
                for (int x = 0; x < p->n_scenarios; x++) {
                        for (int k = 0; k < p->n_seeds; k++)
                                p->cells[n++] = (struct cell){s, x, p->seeds[k],
                                        arena_printf(p->arena, "%s/%s/seed-%d", p->schools[s].id,
                                                plan_scenario_id(p, x), p->seeds[k])};
                }
        }
}

static void finish(struct plan *p, struct report *rp)
{
        int64_t n;

        p->n_scenarios = p->scenarios ? p->scenarios->n : 1;
        if (!p->n_seeds) {
                p->seeds = arena_array(p->arena, 1, sizeof *p->seeds);
                p->seeds[p->n_seeds++] = 1;
        }
        n = (int64_t)p->n_schools * p->n_scenarios * p->n_seeds;
        if (n > PLAN_CELLS || !n) {
                report_error(rp, ERROR_INPUT, (struct place){p->file, 0, 0},
                        "found %lld cells; expected 1 to %d", (long long)n, PLAN_CELLS);
                return;
        }
        p->n_cells = (int)n;
        make_cells(p);
}

struct plan *plan_read(const char *path, const char *root, struct report *rp)
{
        int before = report_errors(rp);
        struct plan *p = mem_zero(1, sizeof *p);

        p->arena = arena_new();
        p->texts = problem_new();
        p->file = arena_strdup(p->arena, path);
        struct reader r = {.pb = p->texts, .rp = rp, .scratch = p->arena};
        const struct node *top =
                tree_read(p->arena, p->file, root, (struct place){.file = p->file}, rp);
        if (top && !node_get(top, "schools") &&
                (node_get(top, "base") || node_get(top, "include"))) {
                from_scenarios(&r, p, root);
        } else if (top) {
                read_map(&r, top, &plan_mapping, p);
                read_scenarios(&r, p, node_get(top, "scenarios"), root);
        }
        if (report_errors(rp) == before)
                finish(p, rp);
        if (report_errors(rp) == before)
                return p;
        plan_free(p);
        return NULL;
}

void plan_free(struct plan *p)
{
        if (!p)
                return;
        scenarios_free(p->scenarios);
        problem_free(p->texts);
        arena_free(p->arena);
        mem_free(p);
}

const char *plan_scenario_id(const struct plan *p, int scenario)
{
        return p->scenarios ? p->scenarios->v[scenario].id : "base";
}

const char *plan_scenario_title(const struct plan *p, int scenario)
{
        return p->scenarios ? p->scenarios->v[scenario].title : "as it is";
}

struct settings_list plan_options(const struct plan *p, int scenario)
{
        struct settings_list list = {0};

        settings_add(p->arena, &list, &p->options);
        if (!p->scenarios)
                return list;
        struct settings_list more = scenario_options(p->scenarios, scenario);
        settings_add(p->arena, &list, &more);
        return list;
}

int plan_find(const struct plan *p, const char *name)
{
        for (int i = 0; i < p->n_cells; i++) {
                if (!strcmp(p->cells[i].name, name))
                        return i;
        }
        return -1;
}
