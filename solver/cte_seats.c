/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan with names: sections, their people and rooms, then students by whole patterns of seats. */
#include "solver/cte_parts.h"
#include "solver/mip.h"

/* Placement. */

static int count_at(const struct cte *c, int column)
{
        return column ? (int)(c->value[column] + 0.5) : 0;
}

/* The first of the list that has something left in slot j, which it then has no more. */
static int take(const struct sort *so, int n, const int *columns, int *left, int j)
{
        for (int i = 0; columns && i < n; i++)
                if (left[columns[i * so->n_slots + j]] > 0) {
                        left[columns[i * so->n_slots + j]]--;
                        return i;
                }
        return NONE;
}

/* A room of the set, or of all that the unit may use; the largest, of these the last. */
static int room_from(
        const struct cte *c, const struct sort *so, int set, cellset cells, const cellset *busy)
{
        const struct problem *pb = c->pb;
        const struct ints *from = &so->unit->rooms;
        int found = NONE, most = -1;

        for (int i = 0; i < from->n; i++) {
                const struct room *r = &pb->rooms[from->v[i]];
                int size = r->capacity < 0 || r->capacity > so->unit->most ? so->unit->most
                                                                           : r->capacity;
                if ((cells & busy[from->v[i]]) || (cells & ~r->available) || size < most ||
                        (set >= 0 && !ints_has(&c->room_sets[so->rooms[set]].rooms, from->v[i])))
                        continue;
                found = from->v[i];
                most = size;
        }
        return found;
}

static void place_unit(struct cte *c, const struct sort *so, int unit, int j, int *left,
        cellset *busy, struct schedule *sc)
{
        const struct unit *u = &c->frame->units[unit];
        int set = so->ample ? NONE : take(so, so->n_rooms, so->w, left, j), room = NONE;

        if (so->unit->roomed)
                room = room_from(c, so, set, so->slots[j].cells, busy);
        if (room >= 0)
                busy[room] |= so->slots[j].cells;
        for (int i = 0; i < u->n; i++) {
                const struct lane *la = &c->lanes[so->first_lane + i];
                int h = take(so, la->n_cohorts, la->N, left, j), s = u->sections[i];
                if (h < 0)
                        continue;
                sc->start[s] = so->slots[j].start;
                sc->teacher[s] = sc->co_teacher[s] = NONE;
                sc->room[s] = room;
                sc->cohort[s] = la->cohorts[h];
        }
}

static void place(struct cte *c, struct schedule *sc)
{
        int n = glp_get_num_cols(c->f->lp);
        int *left = arena_array(c->arena, (size_t)n + 1, sizeof *left);
        cellset *busy = arena_array(c->arena, (size_t)c->pb->n_rooms + 1, sizeof *busy);

        memcpy(busy, c->room_busy, (size_t)c->pb->n_rooms * sizeof *busy);

        for (int i = 1; i <= n; i++)
                left[i] = count_at(c, i);
        left[0] = 0;
        for (int k = 0; k < c->n_sorts; k++) {
                const struct sort *so = &c->sorts[k];
                int next = 0;
                for (int j = 0; j < so->n_slots; j++)
                        for (int y = count_at(c, so->Y[j]); y > 0 && next < so->n; y--)
                                place_unit(c, so, so->units[next++], j, left, busy, sc);
        }
}

/* Patterns: a section for every wish of a pack. */

enum { MAX_PATTERNS = 4000, MAX_WISHES = 16, MANY = 30000 };

struct pattern {
        int pack, column;
        int *section; /* by wish; NONE: not met */
};

struct seating {
        struct cte *c;
        const struct schedule *sc;
        struct formulation *f;
        int n, cap;
        struct pattern *patterns;
        int n_groups, cap_groups; /* of cohorts with strands */
        struct group_use {
                int cohort, column, *section; /* by place in the cohort's list */
        } * groups;
};

static cellset cells_of(const struct seating *g, int s)
{
        const struct course *co = &g->c->pb->courses[g->c->pb->section_course[s]];

        return co->start_cells[g->sc->start[s]];
}

static bool pair_agrees(const struct seating *g, int s, int t)
{
        const struct problem *pb = g->c->pb;
        int a = pb->section_course[s], b = pb->section_course[t];
        const struct course *x = &pb->courses[a], *y = &pb->courses[b];
        int p = g->sc->start[s], q = g->sc->start[t];

        if ((x->start_block[p] & y->start_cells[q]) || (x->start_cells[p] & y->start_block[q]))
                return false;
        for (int i = 0; i < pb->n_rules; i++) {
                const struct rule *r = &pb->rules[i];
                int at = NONE, bt = NONE;
                if (r->kind != RULE_SAME_STUDENTS && r->kind != RULE_BEFORE)
                        continue;
                for (int k = 0; k < r->courses.n; k++) {
                        at = r->courses.v[k] == a ? k : at;
                        bt = r->courses.v[k] == b ? k : bt;
                }
                if (at < 0 || bt < 0)
                        continue;
                if (r->kind == RULE_SAME_STUDENTS) {
                        if (pb->section_number[s] != pb->section_number[t])
                                return false;
                } else if (at < bt ? p / pb->n_periods + x->terms > q / pb->n_periods
                                   : q / pb->n_periods + y->terms > p / pb->n_periods) {
                        return false;
                }
        }
        return true;
}

static bool seat_agrees(const struct seating *g, const struct pack *p, const struct wish *w, int s)
{
        const struct problem *pb = g->c->pb;

        if (g->sc->start[s] < 0 || pb->section_number[s] > w->max_section ||
                (w->locked >= 0 && w->locked != s) || (cells_of(g, s) & ~p->free))
                return false;
        bool serves = g->sc->cohort[s] >= 0 && cte_serves(pb, g->sc->cohort[s], p->cohort);
        return !w->counted || serves || w->locked == s || g->c->breaks;
}

static void keep_pattern(struct seating *g, int pack, const int *section)
{
        const struct pack *p = &g->c->packs[pack];
        struct pattern *x;

        ARENA_GROW(g->c->arena, g->patterns, g->n, g->cap);
        x = &g->patterns[g->n++];
        x->pack = pack;
        x->section = arena_array(g->c->arena, (size_t)p->n_wishes + 1, sizeof(int));
        memcpy(x->section, section, (size_t)p->n_wishes * sizeof(int));
}

static void extend(struct seating *g, int pack, int wish, int *section, int *left)
{
        const struct pack *p = &g->c->packs[pack];
        const struct wish *w = &p->wishes[wish];

        if (*left <= 0)
                return;
        if (wish == p->n_wishes) {
                keep_pattern(g, pack, section);
                --*left;
                return;
        }
        const struct course *co = &g->c->pb->courses[w->course];
        for (int s = co->first_section; s < co->first_section + co->sections_max; s++) {
                bool fits = seat_agrees(g, p, w, s);
                for (int i = 0; fits && i < wish; i++)
                        fits = section[i] < 0 || pair_agrees(g, section[i], s);
                section[wish] = s;
                if (fits)
                        extend(g, pack, wish + 1, section, left);
        }
        section[wish] = NONE;
        if (g->c->breaks)
                extend(g, pack, wish + 1, section, left);
}

/* Strands: the sections of a pattern that are reserved for the cohort, by place in its list. */
static bool strand_of(const struct seating *g, const struct pattern *x, int *section)
{
        const struct problem *pb = g->c->pb;
        const struct pack *p = &g->c->packs[x->pack];
        bool any = false;

        if (p->cohort < 0 || !pb->cohorts[p->cohort].strands)
                return false;
        const struct ints *list = &pb->cohorts[p->cohort].courses;
        for (int i = 0; i < list->n; i++)
                section[i] = NONE;
        for (int w = 0; w < p->n_wishes; w++) {
                int s = x->section[w];
                int at = g->c->frame->course_place[p->cohort * pb->n_courses + p->wishes[w].course];
                if (s < 0 || at < 0 || g->sc->cohort[s] != p->cohort)
                        continue;
                section[at] = s;
                any = true;
        }
        return any;
}

static void add_group(struct seating *g, int cohort, const int *section)
{
        const struct ints *list = &g->c->pb->cohorts[cohort].courses;
        size_t size = (size_t)list->n * sizeof(int);

        for (int i = 0; i < g->n_groups; i++)
                if (g->groups[i].cohort == cohort && !memcmp(g->groups[i].section, section, size))
                        return;
        ARENA_GROW(g->c->arena, g->groups, g->n_groups, g->cap_groups);
        struct group_use *u = &g->groups[g->n_groups++];
        u->cohort = cohort;
        u->section = arena_alloc(g->c->arena, size + 1);
        memcpy(u->section, section, size);
        u->column = column_new(g->f, COL_START, 0, 1, "group");
}

static bool covers(const struct group_use *u, const int *section, int n)
{
        for (int i = 0; i < n; i++)
                if (section[i] >= 0 && u->section[i] != section[i])
                        return false;
        return true;
}

/* A section belongs to one group, and whoever sits in reserved sections sits within a group. */
static void strand_rows(struct seating *g)
{
        const struct problem *pb = g->c->pb;
        int *section = arena_array(g->c->arena, (size_t)pb->n_courses + 1, sizeof *section);

        for (int i = 0; i < g->n; i++)
                if (strand_of(g, &g->patterns[i], section))
                        add_group(g, g->c->packs[g->patterns[i].pack].cohort, section);
        for (int i = 0; i < g->n; i++) {
                const struct pack *p = &g->c->packs[g->patterns[i].pack];
                if (!strand_of(g, &g->patterns[i], section))
                        continue;
                for (int k = 0; k < g->n_groups; k++)
                        if (g->groups[k].cohort == p->cohort &&
                                covers(&g->groups[k], section, pb->cohorts[p->cohort].courses.n))
                                row_add(g->f, g->groups[k].column, -p->n);
                row_add(g->f, g->patterns[i].column, 1);
                row_at_most(g->f, 0, "group");
        }
        for (int s = 0; s < pb->n_sections; s++) {
                for (int k = 0; k < g->n_groups; k++)
                        for (int i = 0; i < pb->cohorts[g->groups[k].cohort].courses.n; i++)
                                if (g->groups[k].section[i] == s)
                                        row_add(g->f, g->groups[k].column, 1);
                row_at_most(g->f, 1, "strand");
        }
}

static int size_of(const struct seating *g, int s)
{
        const struct problem *pb = g->c->pb;
        int size = pb->courses[pb->section_course[s]].size_max;
        int cap = g->sc->room[s] < 0 ? NO_LIMIT : pb->rooms[g->sc->room[s]].capacity;

        return cap >= 0 && cap < size ? cap : size;
}

static void add_seats(struct seating *g, int s, double members, double others)
{
        const struct problem *pb = g->c->pb;
        int h = g->sc->cohort[s];

        for (int i = 0; i < g->n; i++) {
                const struct pack *p = &g->c->packs[g->patterns[i].pack];
                bool member = h < 0 || (pb->cohorts[h].purity_of_pathway
                                                       ? p->pathway == pb->cohorts[h].pathway
                                                       : p->cohort == h);
                for (int w = 0; w < p->n_wishes; w++)
                        if (g->patterns[i].section[w] == s)
                                row_add(g->f, g->patterns[i].column, member ? members : others);
        }
}

static const double SHORT_OF_LEAST = 0.3, UNMET = 1, BREAK = 0.5;

static void section_rows(struct seating *g, int s)
{
        const struct problem *pb = g->c->pb;
        const struct course *co = &pb->courses[pb->section_course[s]];
        int lack;

        add_seats(g, s, 1, 1);
        row_at_most(g->f, size_of(g, s), "seats");
        if (g->sc->cohort[s] >= 0) {
                const struct ratio p = pb->cohorts[g->sc->cohort[s]].purity;
                add_seats(g, s, -(double)(p.den - p.num), (double)p.num);
                row_at_most(g->f, 0, "purity");
        }
        if (co->size_min < 1 || g->c->frame->units[g->c->frame->unit_of[s]].exempt)
                return;
        lack = column_new(g->f, COL_OTHER, 0, co->size_min, "lack");
        add_seats(g, s, 1, 1);
        row_add(g->f, lack, 1);
        row_at_least(g->f, co->size_min, "least");
        glp_set_obj_coef(g->f->lp, lack, SHORT_OF_LEAST);
}

static void stack_rows(struct seating *g)
{
        const struct cte *c = g->c;

        for (int k = 0; k < c->n_sorts; k++)
                for (int x = 0; c->sorts[k].n_lanes > 1 && x < c->sorts[k].n; x++) {
                        const struct unit *u = &c->frame->units[c->sorts[k].units[x]];
                        int most = u->most, cap = NO_LIMIT;
                        for (int i = 0; i < u->n; i++) {
                                if (g->sc->room[u->sections[i]] >= 0)
                                        cap = c->pb->rooms[g->sc->room[u->sections[i]]].capacity;
                                add_seats(g, u->sections[i], 1, 1);
                        }
                        row_at_most(g->f, cap >= 0 && cap < most ? cap : most, "stack");
                }
}

/* Every student one pattern; without one he is left to the loading. */
static void pack_row(struct seating *g, int pack)
{
        const struct pack *p = &g->c->packs[pack];
        int left = column_new(g->f, COL_OTHER, 0, p->n, "left");

        for (int i = 0; i < g->n; i++)
                if (g->patterns[i].pack == pack)
                        row_add(g->f, g->patterns[i].column, 1);
        row_add(g->f, left, 1);
        row_equal(g->f, p->n, "pack");
        glp_set_obj_coef(g->f->lp, left, 2.0 * UNMET * p->n_wishes);
}

static double price_of(const struct seating *g, const struct pattern *x)
{
        const struct pack *p = &g->c->packs[x->pack];
        double sum = 0;

        for (int w = 0; w < p->n_wishes; w++) {
                int s = x->section[w];
                if (s < 0)
                        sum += UNMET;
                else if (p->wishes[w].counted &&
                         !(g->sc->cohort[s] >= 0 &&
                                 cte_serves(g->c->pb, g->sc->cohort[s], p->cohort)))
                        sum += BREAK;
        }
        return sum;
}

static void make_patterns(struct seating *g)
{
        int section[MAX_WISHES];

        for (int p = 0; p < g->c->n_packs && g->n < MANY; p++) {
                int left = MAX_PATTERNS;
                if (g->c->packs[p].n_wishes <= MAX_WISHES)
                        extend(g, p, 0, section, &left);
        }
        for (int i = 0; i < g->n; i++) {
                struct pattern *x = &g->patterns[i];
                x->column = column_new(g->f, COL_SEAT, 0, g->c->packs[x->pack].n, "x");
                glp_set_obj_coef(g->f->lp, x->column, price_of(g, x));
        }
}

/* Students of a pack in the order of the input, patterns in the order of their making. */
static void seat_students(struct seating *g, struct schedule *sc)
{
        const struct problem *pb = g->c->pb;
        int *next = arena_array(g->c->arena, (size_t)g->c->n_packs + 1, sizeof *next);

        for (int i = 0; i < g->n; i++) {
                const struct pattern *x = &g->patterns[i];
                const struct pack *p = &g->c->packs[x->pack];
                int n = (int)(glp_mip_col_val(g->f->lp, x->column) + 0.5);
                for (; n > 0 && next[x->pack] < p->n; n--) {
                        int k = p->students[next[x->pack]++];
                        for (int w = 0; w < p->n_wishes; w++) {
                                int r = problem_request_of(pb, k, p->wishes[w].course);
                                sc->seat[r] = x->section[w];
                        }
                }
        }
        g->c->left = 0;
        for (int i = 0; i < g->c->n_packs; i++)
                g->c->left += g->c->packs[i].n - next[i];
}

bool cte_realize(struct cte *c, struct schedule *sc)
{
        struct seating g = {.c = c, .sc = sc};
        struct mip_result r;

        place(c, sc);
        cte_assign(c, sc);
        g.f = cte_program(c);
        make_patterns(&g);
        for (int p = 0; p < c->n_packs; p++)
                pack_row(&g, p);
        for (int s = 0; s < c->pb->n_sections; s++)
                if (sc->start[s] >= 0 && c->lanes_of[c->pb->section_course[s]].n)
                        section_rows(&g, s);
        stack_rows(&g);
        strand_rows(&g);
        r = mip_solve(g.f, c->meter, 0.5);
        bool fine = r.status == MIP_OPTIMAL || r.status == MIP_FEASIBLE;
        if (fine)
                seat_students(&g, sc);
        formulation_close(g.f);
        return fine;
}
