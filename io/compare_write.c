/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/compare_grid.h"
#include "io/csv_write.h"
#include "io/file.h"
#include "io/json_write.h"
#include "io/plain_page.h"
#include "io/summary.h"
#include "io/text.h"
#include <stdlib.h>
#include <string.h>

typedef void grid_writer(const struct grid *g, const char *id, FILE *to);

/* ---- text ---- */

static void text_grid(const struct grid *g, const char *id, FILE *to)
{
        (void)id;
        fprintf(to, "%s\n", g->title);
        for (int r = -1; r < g->n_rows; r++) {
                for (int c = 0; c < g->n_columns; c++) {
                        int width = text_characters(g->head[c], strlen(g->head[c]));
                        for (int k = 0; k < g->n_rows; k++) {
                                int w = text_characters(g->rows[k][c], strlen(g->rows[k][c]));
                                width = w > width ? w : width;
                        }
                        const char *text = r < 0 ? g->head[c] : g->rows[r][c];
                        int pad = width - text_characters(text, strlen(text));
                        fprintf(to, "  %s%*s", text, c + 1 < g->n_columns ? pad : 0, "");
                }
                putc('\n', to);
        }
        putc('\n', to);
}

void compare_text(const struct compared *c, struct compare_style style, FILE *to)
{
        struct arena *a = arena_new();

        for (int i = 0; i < c->n; i++) {
                const struct compared_school *s = &c->v[i];
                fprintf(to, "== %s ==\n\n", s->id);
                if (s->base < 0) {
                        fputs("no results\n\n", to);
                        continue;
                }
                text_grid(grid_standing(a, s, style), "", to);
                text_grid(grid_score(a, s), "", to);
                text_grid(grid_measures(a, s, style), "", to);
                text_grid(grid_usage(a, s), "", to);
        }
        if (c->n > 1) {
                text_grid(grid_network(a, c), "", to);
                text_grid(grid_network_met(a, c), "", to);
        }
        arena_free(a);
}

/* ---- page ---- */

static void page_grid(const struct grid *g, const char *id, FILE *to)
{
        plain_section(to, id, g->title, g->about);
        plain_table(to, id);
        for (int c = 0; c < g->n_columns; c++)
                plain_head(to, g->head[c], false);
        plain_rows(to);
        for (int r = 0; r < g->n_rows; r++) {
                plain_row(to, true);
                for (int c = 0; c < g->n_columns; c++)
                        plain_cell(to, g->rows[r][c], false);
                plain_row(to, false);
        }
        plain_table_end(to);
        plain_end(to);
}

static void page_notes(struct arena *a, const struct compared_school *s, const char *id, FILE *to)
{
        plain_section(to, id, arena_printf(a, "%s: what was changed and assumed", s->id), NULL);
        plain_list(to, true);
        for (int k = 0; k < s->n; k++) {
                const struct compared_scenario *x = &s->v[k];
                if (!x->n_notes)
                        plain_item(to, arena_printf(a, "%s: nothing", x->title));
                for (int i = 0; i < x->n_notes; i++)
                        plain_item(to, arena_printf(a, "%s: %s", x->title, x->notes[i]));
        }
        plain_list(to, false);
        plain_end(to);
}

/* Ids of those with more (sign 1) or fewer (-1) requests met, each with how many. */
static const char *students_text(struct arena *a, const struct compared_school *s,
        const struct compared_scenario *x, int sign)
{
        const struct run *base = &s->v[s->base].runs[s->v[s->base].best];
        int *more = compare_students(base, &x->runs[x->best]);
        char *text = NULL;
        size_t size;
        FILE *f = open_memstream(&text, &size);

        if (!f)
                mem_short();
        for (int i = 0; i < base->pb->n_students; i++) {
                if (more[i] * sign > 0)
                        fprintf(f, "%s %s (%+d)", ftell(f) ? "," : "", base->pb->students[i].id,
                                more[i]);
        }
        if (fclose(f) || !text)
                mem_short();
        const char *copy = arena_strdup(a, *text ? text : " nobody");
        free(text);
        mem_free(more);
        return copy;
}

static void page_students(
        struct arena *a, const struct compared_school *s, const char *id, FILE *to)
{
        plain_section(to, id, arena_printf(a, "%s: students who gain and lose", s->id),
                "By primary requests met in the best run, against the best run of the base.");
        plain_list(to, true);
        for (int k = 0; k < s->n; k++) {
                const struct compared_scenario *x = &s->v[k];
                if (k == s->base || !x->n)
                        continue;
                plain_item(to, arena_printf(a, "%s, more:%s", x->title, students_text(a, s, x, 1)));
                plain_item(
                        to, arena_printf(a, "%s, fewer:%s", x->title, students_text(a, s, x, -1)));
        }
        plain_list(to, false);
        plain_end(to);
}

static void page_school(
        struct arena *a, const struct compared_school *s, struct compare_style style, FILE *to)
{
        struct grid *grids[] = {grid_standing(a, s, style), grid_score(a, s),
                grid_measures(a, s, style), grid_usage(a, s), grid_groups(a, s, style)};

        for (size_t i = 0; i < sizeof grids / sizeof grids[0]; i++) {
                const char *id = i ? arena_printf(a, "%s-%zu", s->id, i) : s->id;
                grids[i]->title = arena_printf(a, "%s: %s", s->id, grids[i]->title);
                page_grid(grids[i], id, to);
        }
        if (style.students)
                page_students(a, s, arena_printf(a, "%s-students", s->id), to);
        page_notes(a, s, arena_printf(a, "%s-notes", s->id), to);
}

void compare_page(const struct compared *c, struct compare_style style, FILE *to)
{
        struct arena *a = arena_new();

        plain_open(to, c->n == 1 ? c->v[0].id : "Network", NULL, "scenarios side by side");
        plain_nav(to, true);
        for (int i = 0; i < c->n; i++)
                plain_link(to, c->v[i].id, c->v[i].id);
        plain_nav(to, false);
        if (c->n > 1) {
                page_grid(grid_network(a, c), "network", to);
                page_grid(grid_network_met(a, c), "network-met", to);
        }
        for (int i = 0; i < c->n; i++) {
                if (c->v[i].base >= 0)
                        page_school(a, &c->v[i], style, to);
        }
        plain_close(to);
        arena_free(a);
}

/* ---- CSV: a line for each number ---- */

static void csv_line(struct csv_out *o, const char *const *where, const char *what,
        const char *group, double value, const double *other)
{
        for (int i = 0; i < 2; i++)
                csv_text(o, where[i]);
        csv_text(o, what);
        csv_text(o, group);
        csv_real(o, value);
        if (other)
                csv_real(o, *other);
        else
                csv_text(o, NULL);
        csv_end(o);
}

static void csv_scenario(struct csv_out *o, const struct compared_school *s,
        const struct compared_scenario *x, struct compare_style style)
{
        struct arena *a = arena_new();
        const char *const where[] = {s->id, x->id};
        int n;

        for (int i = 0; i < x->n; i++) {
                const struct run *r = &x->runs[i];
                for (int t = 0; t < N_TIERS; t++)
                        csv_line(o, where, tier_name((enum tier)t),
                                arena_printf(a, "seed %d", r->seed), r->score[t],
                                r->bound_given[t] ? &r->bound[t] : NULL);
        }
        csv_line(o, where, "sections", "best", x->usage.sections, NULL);
        csv_line(o, where, "fte", "best", x->usage.fte, NULL);
        csv_line(o, where, "rooms", "best", x->usage.rooms, NULL);
        const struct student_group *groups = student_groups(a, s, style, &n);
        for (int i = 0; i < n; i++) {
                struct measures m;
                if (groups[i].hidden)
                        continue;
                group_measures(x, &groups[i], &m);
                double whole = m.primary;
                csv_line(o, where, "primary_met",
                        arena_printf(
                                a, "%s %s", groups[i].kind, groups[i].id ? groups[i].id : "none"),
                        m.primary_met, &whole);
        }
        arena_free(a);
}

void compare_csv(const struct compared *c, struct compare_style style, FILE *to)
{
        struct csv_out o = {.to = to, .guard = true};

        csv_header(&o, "school,scenario,measure,of,value,bound_or_total");
        for (int i = 0; i < c->n; i++) {
                for (int k = 0; k < c->v[i].n; k++) {
                        if (c->v[i].v[k].n)
                                csv_scenario(&o, &c->v[i], &c->v[i].v[k], style);
                }
        }
}

/* ---- JSON ---- */

static void json_run(struct json_out *o, const struct run *r)
{
        json_begin_flat(o, NULL, '{');
        json_int(o, "seed", r->seed);
        json_real(o, "seconds", r->seconds);
        json_begin(o, "score", '{');
        for (int t = 0; t < N_TIERS; t++)
                json_real(o, tier_name((enum tier)t), r->score[t]);
        json_end(o, '}');
        json_begin(o, "bound", '{');
        for (int t = 0; t < N_TIERS; t++) {
                if (r->bound_given[t])
                        json_real(o, tier_name((enum tier)t), r->bound[t]);
                else
                        json_null(o, tier_name((enum tier)t));
        }
        json_end(o, '}');
        json_end(o, '}');
}

static void json_measures(struct json_out *o, const struct measures *m, struct compare_style style)
{
        json_begin_flat(o, "measures", '{');
        json_int(o, "primary", m->primary);
        json_int(o, "primary_met", m->primary_met);
        json_int(o, "alternates_used", m->alternates_used);
        json_int(o, "required", m->required);
        json_int(o, "required_met", m->required_met);
        json_int(o, "students", m->students);
        if (count_shows(m->students_whole, m->students, style))
                json_int(o, "students_whole", m->students_whole);
        else
                json_null(o, "students_whole");
        json_int(o, "cte_requests", m->cte_requests);
        json_int(o, "cte_met", m->cte_met);
        json_int(o, "cte_sections", m->cte_sections);
        json_int(o, "cte_placed", m->cte_placed);
        json_int(o, "reserved_seats", m->reserved_seats);
        json_int(o, "reserved_members", m->reserved_members);
        json_end(o, '}');
}

static void json_usage(struct json_out *o, const struct usage *u)
{
        json_begin_flat(o, "usage", '{');
        json_int(o, "sections", u->sections);
        json_int(o, "teachers", u->teachers);
        json_real(o, "fte", u->fte);
        json_int(o, "rooms", u->rooms);
        json_int(o, "planning", u->planning);
        json_int(o, "planning_asked", u->planning_asked);
        json_end(o, '}');
}

static void json_count(struct json_out *o, const char *key, int count, struct compare_style style)
{
        if (!style.students && count && count < style.min_cell)
                json_null(o, key);
        else
                json_int(o, key, count);
}

static void json_groups(struct json_out *o, const struct compared_school *s,
        const struct compared_scenario *x, struct compare_style style)
{
        struct arena *a = arena_new();
        int n;
        const struct student_group *groups = student_groups(a, s, style, &n);

        json_begin(o, "groups", '[');
        for (int i = 0; i < n; i++) {
                struct measures m;
                if (groups[i].hidden)
                        continue;
                group_measures(x, &groups[i], &m);
                json_begin_flat(o, NULL, '{');
                json_text(o, "kind", groups[i].kind);
                json_text(o, "id", groups[i].id);
                json_int(o, "primary", m.primary);
                json_int(o, "primary_met", m.primary_met);
                json_end(o, '}');
        }
        json_end(o, ']');
        arena_free(a);
}

/* Tiers that decide nothing: the base asks for another number there. */
static void json_passed(struct json_out *o, const struct comparison *c)
{
        json_begin_flat(o, "not_compared", '[');
        for (int t = 0; t < N_TIERS; t++) {
                if (c->passed[t])
                        json_text(o, NULL, tier_name((enum tier)t));
        }
        json_end(o, ']');
}

static void json_scenario(struct json_out *o, const struct compared_school *s,
        const struct compared_scenario *x, struct compare_style style)
{
        json_begin(o, NULL, '{');
        json_text(o, "id", x->id);
        json_text(o, "title", x->title);
        json_int(o, "failed", x->failed);
        json_begin(o, "runs", '[');
        for (int i = 0; i < x->n; i++)
                json_run(o, &x->runs[i]);
        json_end(o, ']');
        if (x->n) {
                bool base = x == &s->v[s->base];
                json_text(o, "standing", base ? "base" : standing_code(&x->against));
                json_text(o, "decided_by",
                        x->against.tier >= 0 ? tier_name((enum tier)x->against.tier) : NULL);
                json_passed(o, &x->against);
                json_bool(o, "single_seed", !base && x->against.few);
                json_count(o, "students_gain", x->against.gain, style);
                json_count(o, "students_lose", x->against.lose, style);
                json_measures(o, &x->measures, style);
                json_usage(o, &x->usage);
                json_groups(o, s, x, style);
        }
        json_end(o, '}');
}

void compare_json(const struct compared *c, struct compare_style style, FILE *to)
{
        struct json_out o = {.to = to};

        json_begin(&o, NULL, '{');
        json_text(&o, "format", "msched-compare/1");
        json_begin(&o, "schools", '[');
        for (int i = 0; i < c->n; i++) {
                json_begin(&o, NULL, '{');
                json_text(&o, "id", c->v[i].id);
                json_begin(&o, "scenarios", '[');
                for (int k = 0; k < c->v[i].n; k++)
                        json_scenario(&o, &c->v[i], &c->v[i].v[k], style);
                json_end(&o, ']');
                json_end(&o, '}');
        }
        json_end(&o, ']');
        json_end(&o, '}');
}

/* ---- files ---- */

static bool write_one(const struct compared *c, struct compare_style style, const char *path,
        void (*print)(const struct compared *, struct compare_style, FILE *), struct report *rp)
{
        struct file_out *out = file_create(path, style.students ? 0600 : 0644, rp);

        if (!out)
                return false;
        print(c, style, file_stream(out));
        return file_commit(out, rp);
}

bool compare_write(
        const struct compared *c, struct compare_style style, const char *dir, struct report *rp)
{
        struct arena *a = arena_new();
        bool ok = dir_make(dir, rp) &&
                  write_one(c, style, arena_printf(a, "%s/compare.csv", dir), compare_csv, rp) &&
                  write_one(c, style, arena_printf(a, "%s/compare.json", dir), compare_json, rp) &&
                  write_one(c, style, arena_printf(a, "%s/compare.html", dir), compare_page, rp);

        arena_free(a);
        return ok;
}
