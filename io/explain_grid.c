/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/explain_grid.h"
#include "io/text.h"

/* The table: a row for each request, a column for each period, in each cell a line for each
 * section. */
struct grid {
        struct arena *arena;
        const struct schedule *sc;
        const struct explained_student *who;
        const char **line; /* [n_rows][n_periods][deepest] */
        int *lines;        /* [n_rows][n_periods] */
        int *width;        /* [n_periods] */
        int deepest, name; /* sections of a row, at most; width of the first column */
};

static int at(const struct grid *g, int row, int period)
{
        return row * g->sc->pb->n_periods + period;
}

static const char *term_text(const struct grid *g, int section)
{
        const struct problem *pb = g->sc->pb;
        const struct course *c = &pb->courses[pb->section_course[section]];

        if (c->terms == pb->n_terms)
                return "";
        return arena_printf(g->arena, " %s", pb->terms[g->sc->start[section] / pb->n_periods]);
}

/* Beside "full", which the seats say: the other classes by name, the rest by code. */
static const char *blocks_text(const struct grid *g, const struct grid_spot *spot)
{
        const struct problem *pb = g->sc->pb;
        const char *text = "";
        bool only = true;

        for (int i = 0; i < spot->n_obstacles; i++)
                only &= spot->obstacles[i].kind == BLOCK_ALTERNATE;
        for (int i = 0; i < spot->n_obstacles; i++) {
                const struct obstacle *o = &spot->obstacles[i];
                if ((o->kind == BLOCK_ALTERNATE && !only) || (o->kind == BLOCK_FULL && !spot->free))
                        continue;
                if (o->kind != BLOCK_OVERLAP)
                        text = arena_printf(g->arena, "%s %s", text, obstacle_code(o->kind));
                for (int j = 0; j < o->courses.n && o->kind == BLOCK_OVERLAP; j++)
                        text = arena_printf(
                                g->arena, "%s %s", text, pb->courses[o->courses.v[j]].id);
        }
        return text;
}

static const char *spot_text(const struct grid *g, const struct grid_spot *spot)
{
        int k = g->sc->pb->section_number[spot->section];
        const char *term = term_text(g, spot->section);

        if (spot->seated)
                return arena_printf(g->arena, "#%d%s sits here", k, term);
        return arena_printf(g->arena, "#%d%s (%d)%s", k, term, spot->free, blocks_text(g, spot));
}

/* A section stands in each period that it meets. */
static void add_spot(struct grid *g, int row, const struct grid_spot *spot)
{
        const struct problem *pb = g->sc->pb;
        int first = g->sc->start[spot->section] % pb->n_periods;
        int len = pb->courses[pb->section_course[spot->section]].periods;
        const char *text = spot_text(g, spot);

        for (int p = first; p < first + len; p++) {
                int cell = at(g, row, p), w = text_width(text);
                g->line[cell * g->deepest + g->lines[cell]++] = text;
                if (w > g->width[p])
                        g->width[p] = w;
        }
}

static const char *course_id(const struct grid *g, int row)
{
        const struct problem *pb = g->sc->pb;

        return pb->courses[pb->requests[g->who->rows[row].request].course].id;
}

static void fill(struct grid *g)
{
        const struct problem *pb = g->sc->pb;
        size_t cells = (size_t)g->who->n_rows * (size_t)pb->n_periods;

        for (int i = 0; i < g->who->n_rows; i++)
                if (g->who->rows[i].n_spots > g->deepest)
                        g->deepest = g->who->rows[i].n_spots;
        g->line = arena_array(g->arena, cells * (size_t)g->deepest + 1, sizeof *g->line);
        g->lines = arena_array(g->arena, cells + 1, sizeof *g->lines);
        g->width = arena_array(g->arena, (size_t)pb->n_periods, sizeof *g->width);
        for (int p = 0; p < pb->n_periods; p++)
                g->width[p] = text_width(pb->periods[p].id);
        for (int i = 0; i < g->who->n_rows; i++) {
                int w = text_width(course_id(g, i));
                g->name = w > g->name ? w : g->name;
                for (int j = 0; j < g->who->rows[i].n_spots; j++)
                        add_spot(g, i, &g->who->rows[i].spots[j]);
        }
}

static void put(FILE *to, const char *text, int width, bool last)
{
        fprintf(to, "%s%*s", text, last ? 0 : width - text_width(text) + 2, "");
}

static void print_row(const struct grid *g, int row, FILE *to)
{
        const int n = g->sc->pb->n_periods;
        int deep = 1;

        for (int p = 0; p < n; p++)
                if (g->lines[at(g, row, p)] > deep)
                        deep = g->lines[at(g, row, p)];
        for (int d = 0; d < deep; d++) {
                int last = -1;
                for (int p = 0; p < n; p++)
                        if (g->lines[at(g, row, p)] > d)
                                last = p;
                fputs("  ", to);
                put(to, d ? "" : course_id(g, row), g->name, last < 0);
                for (int p = 0; p <= last; p++) {
                        int cell = at(g, row, p);
                        put(to, g->lines[cell] > d ? g->line[cell * g->deepest + d] : "",
                                g->width[p], p == last);
                }
                fputc('\n', to);
        }
}

void explain_grid(const struct explained *ex, const struct explained_student *who, FILE *to)
{
        const struct problem *pb = ex->sc->pb;
        struct grid g = {.arena = arena_new(), .sc = ex->sc, .who = who};

        fill(&g);
        fprintf(to,
                "%s by periods: #section (seats free) and what is in the way: classes, or a "
                "cause\n  ",
                pb->students[who->student].id);
        put(to, "", g.name, false);
        for (int p = 0; p < pb->n_periods; p++)
                put(to, pb->periods[p].id, g.width[p], p == pb->n_periods - 1);
        fputc('\n', to);
        for (int i = 0; i < who->n_rows; i++)
                print_row(&g, i, to);
        arena_free(g.arena);
}
