/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/compare_grid.h"
#include "io/json_write.h"
#include <stdlib.h>
#include <string.h>

/* ---- building ---- */

static struct grid *grid_new(
        struct arena *a, const char *title, const char *about, const char *corner, int more)
{
        struct grid *g = arena_alloc(a, sizeof *g);

        *g = (struct grid){.title = title, .about = about, .n_columns = 1 + more};
        g->head = arena_array(a, (size_t)g->n_columns, sizeof *g->head);
        g->head[0] = corner;
        return g;
}

static const char **grid_row(struct arena *a, struct grid *g, const char *label)
{
        if (g->n_rows == g->cap) {
                int cap = g->cap ? 2 * g->cap : 16;
                const char ***more = arena_array(a, (size_t)cap, sizeof *more);
                if (g->n_rows)
                        memcpy(more, g->rows, (size_t)g->n_rows * sizeof *more);
                g->rows = more;
                g->cap = cap;
        }
        const char **row = arena_array(a, (size_t)g->n_columns, sizeof *row);
        row[0] = label;
        for (int i = 1; i < g->n_columns; i++)
                row[i] = "";
        g->rows[g->n_rows++] = row;
        return row;
}

/* A column for each scenario. */
static struct grid *grid_of_scenarios(struct arena *a, const struct compared_school *s,
        const char *title, const char *about, const char *corner)
{
        struct grid *g = grid_new(a, title, about, corner, s->n);

        for (int i = 0; i < s->n; i++)
                g->head[i + 1] = s->v[i].title;
        return g;
}

static const char *number(struct arena *a, double value)
{
        char text[REAL_TEXT];

        real_text(value, text);
        return arena_strdup(a, text);
}

static const char *share(struct arena *a, int part, int whole)
{
        if (!whole)
                return "-";
        return arena_printf(a, "%d of %d (%.1f%%)", part, whole, 100.0 * part / whole);
}

/* ---- standing ---- */

static const char *const tier_titles[N_TIERS] = {
        [CTE_UNMET] = "CTE requests not met",
        [CTE_UNPLACED] = "CTE sections missing",
        [COHORT_BREAKS] = "cohort members outside their sections",
        [REQUIREMENT_SHORTFALL] = "years short of a requirement",
        [REQUIRED_UNMET] = "other required requests not met",
        [EMPTY_PERIODS] = "periods below a full day",
        [REQUEST_LOSS] = "all requests not met, 4 each, less alternates",
        [UNEVEN] = "students' unmet requests beyond the first",
        [UNPLACED] = "other sections missing",
        [PLANNING_MISSED] = "common planning missed",
        [IMBALANCE] = "uneven section sizes",
        [EXTRA_SECTIONS] = "sections beyond the number wanted",
        [AWAY] = "sections away from the teacher's room",
        [MOVED] = "seats moved since the last schedule",
};

const char *standing_code(const struct comparison *c)
{
        switch (c->standing) {
        case STANDS_APART:
                return "not_comparable";
        case STANDS_EQUAL:
                return c->proven ? "proven_equal" : "equal";
        case STANDS_NOISE:
                return "noise";
        case STANDS_BETTER:
                return c->proven ? "proven_better" : "found_better";
        case STANDS_WORSE:
                return c->proven ? "proven_worse" : "found_worse";
        }
        return "";
}

const char *standing_text(
        struct arena *a, const struct compared_school *s, const struct compared_scenario *x)
{
        const struct comparison *c = &x->against;
        const char *word = c->standing == STANDS_BETTER ? "better" : "worse";

        if (!x->n)
                return "no result";
        if (x == &s->v[s->base])
                return "the base";
        if (c->standing == STANDS_APART)
                return "not comparable: other students, requests or priorities";
        if (c->standing == STANDS_EQUAL)
                return c->proven ? "the same, proven" : "the same";
        if (c->standing == STANDS_NOISE)
                return "noise: seeds differ more than scenarios";
        if (c->proven)
                return arena_printf(a, "proven %s", word);
        if (c->few)
                return arena_printf(a, "found %s, with a single seed: may be noise", word);
        return arena_printf(a, "found %s, in each of %d x %d runs", word, s->v[s->base].n, x->n);
}

bool count_shows(int count, int of, struct compare_style style)
{
        return style.students || ((count == 0 || count >= style.min_cell) &&
                                         (count == of || of - count >= style.min_cell));
}

static const char *count_text(struct arena *a, int count, struct compare_style style)
{
        if (!style.students && count && count < style.min_cell)
                return arena_printf(a, "fewer than %d", style.min_cell);
        return arena_printf(a, "%d", count);
}

struct grid *grid_standing(
        struct arena *a, const struct compared_school *s, struct compare_style style)
{
        static const char *const heads[] = {"against the base", "decided by", "runs",
                "students with more requests met", "with fewer"};
        enum { HEADS = sizeof heads / sizeof heads[0] };
        struct grid *g = grid_new(a, "How they stand",
                "Proven: whatever the search might still find. Found: in these runs. Students are "
                "counted in the best run of each.",
                "scenario", HEADS);

        for (int i = 0; i < HEADS; i++)
                g->head[i + 1] = heads[i];
        for (int i = 0; i < s->n; i++) {
                const struct compared_scenario *x = &s->v[i];
                const char **row = grid_row(a, g, x->title);
                row[1] = standing_text(a, s, x);
                row[3] = arena_printf(a, x->failed ? "%d, %d failed" : "%d", x->n, x->failed);
                if (!x->n || i == s->base)
                        continue;
                row[2] = x->against.tier >= 0 ? tier_titles[x->against.tier] : "-";
                row[4] = count_text(a, x->against.gain, style);
                row[5] = count_text(a, x->against.lose, style);
        }
        return g;
}

static int find_scenario(const struct compared_school *s, const char *id)
{
        for (int i = 0; i < s->n; i++) {
                if (!strcmp(s->v[i].id, id))
                        return i;
        }
        return -1;
}

typedef const char *cell_text(
        struct arena *a, const struct compared_school *s, const struct compared_scenario *x);

static const char *met_text(struct arena *a, int cte_met, int cte, int all_met, int all)
{
        return arena_printf(a, "CTE %.1f%%, all %.1f%%", cte ? 100.0 * cte_met / cte : 100,
                all ? 100.0 * all_met / all : 100);
}

static const char *met_in(
        struct arena *a, const struct compared_school *s, const struct compared_scenario *x)
{
        const struct measures *m = &x->measures;

        (void)s;
        return x->n ? met_text(a, m->cte_met, m->cte_requests, m->primary_met, m->primary)
                    : "no result";
}

/* Of all schools where each scenario has a result: the sum; elsewhere "". */
static const char *met_in_all(struct arena *a, const struct compared *c, const char *id)
{
        int cte = 0, cte_met = 0, all = 0, all_met = 0;

        for (int j = 0; j < c->n; j++) {
                int at = find_scenario(&c->v[j], id);
                if (at < 0 || !c->v[j].v[at].n)
                        return "";
                const struct measures *m = &c->v[j].v[at].measures;
                cte += m->cte_requests;
                cte_met += m->cte_met;
                all += m->primary;
                all_met += m->primary_met;
        }
        return met_text(a, cte_met, cte, all_met, all);
}

/* A row for every scenario that some school has, once; its cells for the schools that have it. */
static void network_rows(struct arena *a, const struct compared *c, struct grid *g, cell_text *text)
{
        for (int i = 0; i < c->n; i++) {
                for (int k = 0; k < c->v[i].n; k++) {
                        const struct compared_scenario *x = &c->v[i].v[k];
                        bool seen = false;
                        for (int j = 0; j < i && !seen; j++)
                                seen = find_scenario(&c->v[j], x->id) >= 0;
                        if (seen)
                                continue;
                        const char **row = grid_row(a, g, x->title);
                        for (int j = 0; j < c->n; j++) {
                                int at = find_scenario(&c->v[j], x->id);
                                if (at >= 0 && c->v[j].base >= 0)
                                        row[j + 1] = text(a, &c->v[j], &c->v[j].v[at]);
                        }
                        if (g->n_columns > c->n + 1)
                                row[c->n + 1] = met_in_all(a, c, x->id);
                }
        }
}

struct grid *grid_network(struct arena *a, const struct compared *c)
{
        struct grid *g = grid_new(
                a, "All schools", "How each scenario stands in each school.", "scenario", c->n);

        for (int i = 0; i < c->n; i++)
                g->head[i + 1] = c->v[i].id;
        network_rows(a, c, g, standing_text);
        return g;
}

struct grid *grid_network_met(struct arena *a, const struct compared *c)
{
        struct grid *g = grid_new(a, "All schools: requests met",
                "CTE requests and all primary requests, in the best run of each.", "scenario",
                c->n + 1);

        for (int i = 0; i < c->n; i++)
                g->head[i + 1] = c->v[i].id;
        g->head[c->n + 1] = "together";
        network_rows(a, c, g, met_in);
        return g;
}

/* ---- score ---- */

/* "3 (at least 2)", "3 to 5 (at least 2)", "3, proven". */
static const char *score_text_of(struct arena *a, const struct compared_scenario *x, enum tier t)
{
        const struct run *best = &x->runs[x->best];
        double low = best->score[t], high = low;
        const char *range, *value = number(a, low);

        for (int i = 0; i < x->n; i++) {
                if (x->runs[i].score[t] < low)
                        low = x->runs[i].score[t];
                if (x->runs[i].score[t] > high)
                        high = x->runs[i].score[t];
        }
        range = high > low ? arena_printf(a, "; %s to %s", number(a, low), number(a, high)) : "";
        if (!best->bound_given[t] || best->bound[t] < best->score[t] * 1e-9)
                return arena_printf(a, "%s%s", value, range); /* at least 0 goes without saying */
        if (best->bound[t] > best->score[t] - 5e-7)
                return arena_printf(a, "%s, the best%s", value, range);
        return arena_printf(a, "%s, at least %s%s", value, number(a, best->bound[t]), range);
}

/* What another number is asked for of than in the base is shown, but decides nothing. */
static const char *score_cell(struct arena *a, const struct compared_school *s,
        const struct compared_scenario *x, enum tier t)
{
        const char *text = score_text_of(a, x, t);
        const struct compared_scenario *base = &s->v[s->base];

        if (x->against.standing == STANDS_APART || !x->against.passed[t])
                return text;
        return arena_printf(a, "%s; not compared: %s asked for, not %s", text,
                number(a, tier_asked(x->runs[0].pb, t)),
                number(a, tier_asked(base->runs[0].pb, t)));
}

struct grid *grid_score(struct arena *a, const struct compared_school *s)
{
        struct grid *g = grid_of_scenarios(a, s, "Score, tier by tier",
                "Of the best run; less is better, compared from the top. At least: no schedule "
                "with the tiers above as good has less. Behind the semicolon: the range over "
                "seeds. Not compared: what a scenario itself asks for more or less of than the "
                "base.",
                "tier");
        const enum tier *order = s->v[s->base].runs[0].pb->order;

        for (int i = 0; i < N_TIERS; i++) {
                const char **row = grid_row(a, g, tier_titles[order[i]]);
                for (int k = 0; k < s->n; k++) {
                        if (s->v[k].n)
                                row[k + 1] = score_cell(a, s, &s->v[k], order[i]);
                }
        }
        return g;
}

/* ---- measures ---- */

struct measure_row {
        const char *label;
        size_t part, plus, whole; /* plus: SIZE_MAX for none */
};

#define AT(field) offsetof(struct measures, field)
static const struct measure_row measure_rows[] = {
        {"primary requests met", AT(primary_met), SIZE_MAX, AT(primary)},
        {"with alternates used", AT(primary_met), AT(alternates_used), AT(primary)},
        {"required requests met", AT(required_met), SIZE_MAX, AT(required)},
        {"students with every primary request met", AT(students_whole), SIZE_MAX, AT(students)},
        {"CTE requests met", AT(cte_met), SIZE_MAX, AT(cte_requests)},
        {"CTE sections placed", AT(cte_placed), SIZE_MAX, AT(cte_sections)},
        {"cohort requests met in their section", AT(cohort_met_inside), SIZE_MAX,
                AT(cohort_requests)},
        {"purity: members in reserved seats", AT(reserved_members), SIZE_MAX, AT(reserved_seats)},
};
#undef AT

static int int_at(const struct measures *m, size_t offset)
{
        return offset == SIZE_MAX ? 0 : *(const int *)(const void *)((const char *)m + offset);
}

/* "1180 of 1200"; where those who are left are too few to be told of: "more than 1190 of 1200". */
static const char *measure_text(struct arena *a, const struct measures *m,
        const struct measure_row *r, struct compare_style style)
{
        int part = int_at(m, r->part) + int_at(m, r->plus), whole = int_at(m, r->whole);

        if (r->part != offsetof(struct measures, students_whole) || count_shows(part, whole, style))
                return share(a, part, whole);
        if (part < style.min_cell)
                return arena_printf(a, "fewer than %d of %d", style.min_cell, whole);
        return arena_printf(a, "more than %d of %d", whole - style.min_cell, whole);
}

struct grid *grid_measures(
        struct arena *a, const struct compared_school *s, struct compare_style style)
{
        struct grid *g =
                grid_of_scenarios(a, s, "Students, CTE, cohorts", "Of the best run.", "measure");

        for (size_t i = 0; i < sizeof measure_rows / sizeof measure_rows[0]; i++) {
                const struct measure_row *r = &measure_rows[i];
                const char **row = grid_row(a, g, r->label);
                for (int k = 0; k < s->n; k++) {
                        const struct measures *m = &s->v[k].measures;
                        if (s->v[k].n)
                                row[k + 1] = measure_text(a, m, r, style);
                }
        }
        const char **row = grid_row(a, g, "idle periods of students who miss a class");
        for (int k = 0; k < s->n; k++) {
                if (s->v[k].n)
                        row[k + 1] = arena_printf(a, "%d", s->v[k].measures.empty_asked);
        }
        return g;
}

struct grid *grid_usage(struct arena *a, const struct compared_school *s)
{
        struct grid *g = grid_of_scenarios(a, s, "Staff and rooms",
                "Of the best run. FTE: periods taught, by the contract's load of the scenario.",
                "use");
        const char **sections = grid_row(a, g, "sections"), **fte = grid_row(a, g, "FTE"),
                   **teachers = grid_row(a, g, "teachers with a section"),
                   **rooms = grid_row(a, g, "rooms with a section"),
                   **full = grid_row(a, g, "use of these rooms"),
                   **planning = grid_row(a, g, "common planning");

        for (int k = 0; k < s->n; k++) {
                const struct usage *u = &s->v[k].usage;
                if (!s->v[k].n)
                        continue;
                sections[k + 1] = arena_printf(a, "%d", u->sections);
                fte[k + 1] = arena_printf(a, "%.2f", u->fte);
                teachers[k + 1] = arena_printf(a, "%d", u->teachers);
                rooms[k + 1] = arena_printf(a, "%d", u->rooms);
                full[k + 1] = share(a, u->room_cells, u->room_cells_open);
                planning[k + 1] = share(a, u->planning, u->planning_asked);
        }
        return g;
}

/* ---- groups of students ---- */

static bool belongs(const struct problem *pb, int x, const struct student_group *g)
{
        const struct student *st = &pb->students[x];

        if (!strcmp(g->kind, "grade"))
                return st->grade == atoi(g->id);
        if (!strcmp(g->kind, "pathway"))
                return g->id ? st->pathway >= 0 && !strcmp(pb->pathways[st->pathway].id, g->id)
                             : st->pathway < 0;
        int flag = index_find(pb->flags, g->id);
        return flag >= 0 && problem_has_flag(pb, x, flag);
}

/* In the school of each scenario, which may have changed who is in what. */
static bool is_small(const struct compared_school *s, const struct student_group *g, int min_cell)
{
        for (int k = 0; k < s->n; k++) {
                if (!s->v[k].n)
                        continue;
                const struct problem *pb = s->v[k].runs[s->v[k].best].pb;
                int in = 0;
                for (int x = 0; x < pb->n_students; x++)
                        in += belongs(pb, x, g);
                int out = pb->n_students - in;
                if ((in > 0 && in < min_cell) || (out > 0 && out < min_cell))
                        return true;
        }
        return false;
}

/*
 * Grades and pathways part the school: of one that is hidden alone, or of hidden ones that are a
 * few together, the total and the others would tell. The next smallest are hidden with them.
 */
static void hide_rest(struct student_group *all, int n, const char *kind, int min_cell)
{
        for (;;) {
                struct student_group *least = NULL;
                int hidden = 0, students = 0;
                for (int i = 0; i < n; i++) {
                        struct student_group *g = &all[i];
                        if (strcmp(g->kind, kind) != 0)
                                continue;
                        hidden += g->hidden;
                        students += g->hidden ? g->students : 0;
                        if (!g->hidden && (!least || g->students < least->students))
                                least = g;
                }
                if (!least || !hidden || (hidden > 1 && students >= min_cell))
                        return;
                least->hidden = true;
        }
}

static void hide_groups(const struct compared_school *s, struct compare_style style,
        struct student_group *all, int n)
{
        for (int i = 0; i < n; i++)
                all[i].hidden = is_small(s, &all[i], style.min_cell);
        hide_rest(all, n, "grade", style.min_cell);
        hide_rest(all, n, "pathway", style.min_cell);
}

struct student_group *student_groups(
        struct arena *a, const struct compared_school *s, struct compare_style style, int *n)
{
        const struct problem *pb = s->v[s->base].runs[0].pb;
        enum { GRADES = 21 };
        int most = GRADES + pb->n_pathways + 1 + index_size(pb->flags);
        struct student_group *all = arena_array(a, (size_t)most, sizeof *all);

        *n = 0;
        for (int i = 0; i < most; i++) {
                int w = i - GRADES, f = w - pb->n_pathways - 1;
                struct student_group g = {.kind = "grade"};
                if (w < 0)
                        g.id = arena_printf(a, "%d", i);
                else if (f < 0)
                        g = (struct student_group){.kind = "pathway",
                                .id = w < pb->n_pathways ? pb->pathways[w].id : NULL};
                else
                        g = (struct student_group){.kind = "flag", .id = index_id(pb->flags, f)};
                for (int x = 0; x < pb->n_students; x++)
                        g.students += belongs(pb, x, &g);
                if (g.students)
                        all[(*n)++] = g;
        }
        if (!style.students)
                hide_groups(s, style, all, *n);
        return all;
}

void group_measures(
        const struct compared_scenario *x, const struct student_group *g, struct measures *m)
{
        const struct run *run = &x->runs[x->best];
        bool *in = mem_zero((size_t)run->pb->n_students + 1, sizeof *in);

        for (int i = 0; i < run->pb->n_students; i++)
                in[i] = belongs(run->pb, i, g);
        measure_some(run->sc, in, m);
        mem_free(in);
}

struct grid *grid_groups(
        struct arena *a, const struct compared_school *s, struct compare_style style)
{
        struct grid *g = grid_of_scenarios(a, s, "Who gets what they asked for",
                "Primary requests met, by grade, pathway and flag; students of the base.", "group");
        int n;
        const struct student_group *groups = student_groups(a, s, style, &n);

        for (int i = 0; i < n; i++) {
                const struct student_group *x = &groups[i];
                const char *size = x->hidden && x->students >= style.min_cell
                                           ? "not shown"
                                           : count_text(a, x->students, style);
                const char **row = grid_row(
                        a, g, arena_printf(a, "%s %s (%s)", x->kind, x->id ? x->id : "none", size));
                for (int k = 0; k < s->n; k++) {
                        struct measures m;
                        if (!s->v[k].n)
                                continue;
                        group_measures(&s->v[k], x, &m);
                        row[k + 1] = x->hidden ? "-" : share(a, m.primary_met, m.primary);
                }
        }
        return g;
}
