/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario's changes laid over its school. */
#include "io/file.h"
#include "io/merge.h"
#include "io/problem_read.h"
#include "io/problem_write.h"
#include "io/scenario_parts.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct building {
        struct variant *v;
        const struct scenarios *s;
        struct report *rp;
};

/* ---- on the tree ---- */

static const struct node *replace(
        struct building *b, const struct node *top, const struct node *with)
{
        for (int i = 0; i < with->n; i++)
                top = node_set(b->v->arena, top, with->keys[i],
                        node_omitted(with->items[i]) ? NULL : with->items[i]);
        return top;
}

static const struct node *append(
        struct building *b, const struct node *top, const struct node *more)
{
        for (int i = 0; i < more->n; i++) {
                const struct node *key = more->keys[i];
                const struct node *list =
                        node_append(b->v->arena, node_get(top, key->text), more->items[i], b->rp);
                top = node_set(b->v->arena, top, key, list);
        }
        return top;
}

static const struct node *lay_over(struct building *b, const struct node *top, int i)
{
        const struct scenario *sc = &b->s->v[i];

        if (sc->like >= 0)
                top = lay_over(b, top, sc->like);
        if (sc->replace)
                top = replace(b, top, sc->replace);
        if (sc->change)
                top = node_merge(b->v->arena, top, sc->change, b->rp);
        if (sc->append)
                top = append(b, top, sc->append);
        return top;
}

/* ---- notes on what was laid over ---- */

/* A folder's place on this machine is no part of what was changed. */
static const char *bare(const char *path)
{
        const char *slash = strrchr(path, '/');

        return slash ? slash + 1 : path;
}

enum { NOTE_DEPTH = 3 }; /* as courses.WELD1.sections */

static void note_changes(
        struct variant *v, const char *verb, const char *path, const struct node *map, int depth)
{
        for (int i = 0; i < map->n; i++) {
                const struct node *item = map->items[i];
                const char *name = arena_printf(
                        v->arena, "%s%s%s", path, *path ? "." : "", map->keys[i]->text);
                if (item->kind == NODE_MAP && item->n && depth < NOTE_DEPTH)
                        note_changes(v, verb, name, item, depth + 1);
                else
                        notes_add(v->pb, &v->notes, "%s %s (%s:%d)",
                                node_omitted(item) ? "without" : verb, name,
                                bare(map->keys[i]->at.file), map->keys[i]->at.line);
        }
}

static void note_tree(struct building *b, int i)
{
        const struct scenario *sc = &b->s->v[i];

        if (sc->like >= 0)
                note_tree(b, sc->like);
        if (sc->replace)
                note_changes(b->v, "replaced:", "", sc->replace, NOTE_DEPTH);
        if (sc->change)
                note_changes(b->v, "changed:", "", sc->change, 1);
        if (sc->append)
                note_changes(b->v, "longer:", "", sc->append, NOTE_DEPTH);
}

/* What concerns the search alone changes nothing in the school, but the results. */
static void note_options(struct variant *v, const struct scenarios *s, int i)
{
        struct settings_list list = scenario_options(s, i);

        for (int k = 0; k < list.n; k++)
                notes_add(
                        v->pb, &v->notes, "searched with %s: %s", list.v[k].name, list.v[k].value);
}

/* ---- ready-made changes ---- */

static const struct bell_kind *bell_of(const struct scenarios *s, int i)
{
        while (i >= 0 && !s->v[i].bell)
                i = s->v[i].like;
        return i >= 0 ? s->v[i].bell : NULL;
}

static void change_bell(struct building *b, const struct bell_kind *bell)
{
        struct problem *pb = b->v->pb;

        variant_bell(pb, bell, &b->v->notes);
        int odd = variant_odd_credits(pb);
        if (odd < 0)
                return;
        const struct course *c = &pb->courses[odd];
        report_error(b->rp, ERROR_INPUT, c->at,
                "found no 'credits' for %s, which would stay %lld/%lld under the bell '%s', and "
                "that "
                "is no decimal number; expected them stated, such as credits: %.2f",
                c->id, (long long)c->credits_stated.num, (long long)c->credits_stated.den,
                bell->name, (double)c->credits_stated.num / (double)c->credits_stated.den);
}

typedef void change_one(struct problem *pb, int which, struct notes *notes);

static void take_step(struct building *b, const struct step *step)
{
        static change_one *const more[N_STEPS] = {NULL, variant_add_teacher, variant_add_room,
                variant_add_cohort},
                                 *const less[N_STEPS] = {NULL, variant_remove_teacher,
                                         variant_remove_room, variant_remove_cohort};
        struct problem *pb = b->v->pb;
        struct reader r = {.pb = pb, .rp = b->rp, .scratch = b->v->arena};
        int which = resolve(&r, step_rows[step->what].noun, step->id->text, step->id->at);

        if (which < 0)
                return;
        if (step->what == STEP_SECTION) {
                variant_sections(pb, which, step->count, &b->v->notes);
                return;
        }
        if (step->count < -1) {
                report_error(b->rp, ERROR_INPUT, step->id->at,
                        "found a count of %d; expected 1, as the id names one", -step->count);
                return;
        }
        for (int k = 0; k < step->count; k++)
                more[step->what](pb, which, &b->v->notes);
        if (step->count < 0)
                less[step->what](pb, which, &b->v->notes);
}

/* The problem's own names as they stand now: one that went cannot go again. */
static void rename_all(struct problem *pb)
{
        struct index *teachers = index_new(), *rooms = index_new(), *cohorts = index_new();

        for (int i = 0; i < pb->n_teachers; i++)
                index_add(teachers, pb->teachers[i].id);
        for (int i = 0; i < pb->n_rooms; i++)
                index_add(rooms, pb->rooms[i].id);
        for (int i = 0; i < pb->n_cohorts; i++)
                index_add(cohorts, pb->cohorts[i].id);
        /* Ids point into the index that is about to go. */
        for (int i = 0; i < pb->n_teachers; i++)
                pb->teachers[i].id = arena_strdup(pb->arena, pb->teachers[i].id);
        for (int i = 0; i < pb->n_rooms; i++)
                pb->rooms[i].id = arena_strdup(pb->arena, pb->rooms[i].id);
        for (int i = 0; i < pb->n_cohorts; i++)
                pb->cohorts[i].id = arena_strdup(pb->arena, pb->cohorts[i].id);
        index_free(pb->teacher_ids);
        index_free(pb->room_ids);
        index_free(pb->cohort_ids);
        pb->teacher_ids = teachers;
        pb->room_ids = rooms;
        pb->cohort_ids = cohorts;
}

static void take_steps(struct building *b, int i)
{
        const struct scenario *sc = &b->s->v[i];

        if (sc->like >= 0)
                take_steps(b, sc->like);
        for (int k = 0; k < sc->n_steps; k++) {
                take_step(b, &sc->steps[k]);
                rename_all(b->v->pb);
        }
}

/* ---- the whole ---- */

static const struct node *merged(
        struct building *b, int scenario, const char *base, const char *root, struct place at)
{
        const struct node *top = tree_read(b->v->arena, base, root, at, b->rp);

        return top && b->s ? lay_over(b, top, scenario) : top;
}

static void find_previous(struct variant *v, const struct node *top)
{
        const struct node *file = node_get(node_get(top, "previous"), "file");

        if (file && v->pb->has_previous)
                v->previous = path_beside(v->arena, file->at.file, file->text);
}

bool variant_build(struct variant *v, const struct scenarios *s, int scenario, const char *base,
        struct place at, const char *root, struct report *rp)
{
        int before = report_errors(rp);

        *v = (struct variant){.arena = arena_new()};
        struct building b = {v, s, rp};
        if (!base && s) {
                base = s->base;
                at = base ? s->base_at : (struct place){.file = s->file};
        }
        if (!base)
                return report_error(rp, ERROR_INPUT, at, "found no 'base'; expected a school");
        const struct node *top = merged(&b, scenario, base, root, at);
        if (!top || report_errors(rp) != before)
                return false;
        v->pb = problem_read_tree(base, top, root, rp);
        if (!v->pb)
                return false;
        find_previous(v, top);
        if (!s)
                return true;
        note_tree(&b, scenario);
        const struct bell_kind *bell = bell_of(s, scenario);
        if (bell)
                change_bell(&b, bell);
        take_steps(&b, scenario);
        note_options(v, s, scenario);
        if (!v->pb->has_previous)
                v->previous = NULL;
        return report_errors(rp) == before;
}

void variant_release(struct variant *v)
{
        problem_free(v->pb);
        arena_free(v->arena);
}

/* ---- writing ---- */

static const char *notes_text(const struct variant *v)
{
        char *text = NULL;
        size_t size;
        FILE *f = open_memstream(&text, &size);

        if (!f)
                mem_short();
        for (int i = 0; i < v->notes.n; i++)
                fprintf(f, "%s\n", v->notes.line[i]);
        if (fclose(f) || !text)
                mem_short();
        const char *copy = arena_strdup(v->arena, text);
        free(text);
        return copy;
}

void variant_print(const struct variant *v, FILE *f)
{
        problem_print(v->pb, v->previous, notes_text(v), f);
}

static bool copy_file(struct variant const *v, const char *from, const char *to, struct report *rp)
{
        size_t size = 0;
        char *bytes =
                file_read(from, (size_t)256 << 20, &size, (struct place){.file = v->pb->file}, rp);
        struct file_out *out = bytes ? file_create(to, 0600, rp) : NULL;

        if (out)
                fwrite(bytes, 1, size, file_stream(out));
        mem_free(bytes);
        return out && file_commit(out, rp);
}

bool variant_write(const struct variant *v, const char *dir, struct report *rp)
{
        const char *previous = arena_printf(v->arena, "%s/previous.json", dir);

        return dir_make(dir, rp) && (!v->previous || copy_file(v, v->previous, previous, rp)) &&
               problem_write(v->pb, arena_printf(v->arena, "%s/school.yaml", dir),
                       v->previous ? "previous.json" : NULL, notes_text(v), rp);
}
