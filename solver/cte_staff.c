/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People, rooms and rules in the CTE stage's program: (P2), (P3), (P8), (P9). */
#include "solver/cte_parts.h"

/* (P2) each: sum(t) z[k,t,j] = Y[k,j]; the same for co-teachers and rooms. */
static void each(struct cte *c, const struct sort *so, int n, const int *columns, int j)
{
        for (int i = 0; i < n; i++)
                row_add(c->f, columns[i * so->n_slots + j], 1);
        row_add(c->f, so->Y[j], -1);
        row_equal(c->f, 0, "each");
}

static int place_of(const struct ints *list, int x)
{
        for (int i = 0; i < list->n; i++)
                if (list->v[i] == x)
                        return i;
        return NONE;
}

/* Add the crew's work in the sort, in the slots whose cells meet `cells`, as often as they do. */
static void add_work(struct cte *c, const struct sort *so, int crew, cellset cells)
{
        int at = place_of(&so->crews, crew), co = place_of(&so->co_crews, crew);

        for (int j = 0; (at >= 0 || co >= 0) && j < so->n_slots; j++) {
                int met = __builtin_popcountll(so->slots[j].cells & cells);
                if (met && so->z && at >= 0)
                        row_add(c->f, so->z[at * so->n_slots + j], met);
                if (met && so->o && co >= 0)
                        row_add(c->f, so->o[co * so->n_slots + j], met);
        }
}

static void add_counted(struct cte *c, int crew, cellset cells)
{
        for (int k = 0; k < c->n_sorts; k++)
                if (c->sorts[k].unit->counts_load)
                        add_work(c, &c->sorts[k], crew, cells);
}

void cte_add_busy(struct cte *c, int crew, cellset cells)
{
        for (int k = 0; k < c->n_sorts; k++)
                add_work(c, &c->sorts[k], crew, cells);
}

/* One teacher: h >= the work in a slot of the term, for every sort of the course or stack. */
static void prep_rows(struct cte *c, int crew, int term)
{
        const struct problem *pb = c->pb;
        int n = pb->n_courses + pb->n_rules;
        int *h = arena_array(c->arena, (size_t)n + 1, sizeof *h);

        for (int k = 0; k < c->n_sorts; k++) {
                const struct sort *so = &c->sorts[k];
                int at = so->z && so->unit->counts_load ? place_of(&so->crews, crew) : NONE;
                for (int j = 0; at >= 0 && j < so->n_slots; j++) {
                        int z = so->z[at * so->n_slots + j], prep = so->unit->prep;
                        if (!z || !(so->slots[j].cells & pb->term_cells[term]))
                                continue;
                        if (!h[prep])
                                h[prep] = column_new(c->f, COL_OTHER, 0, 1, "h");
                        row_add(c->f, z, 1);
                        row_add(c->f, h[prep], -1);
                        row_at_most(c->f, 0, "prep");
                }
        }
        for (int i = 0; i < n; i++)
                row_add(c->f, h[i], 1);
        row_at_most(c->f, pb->teachers[c->crews[crew].teachers.v[0]].limits.preps, "preps");
}

/* One teacher: one of every run of n + 1 consecutive periods is free. */
static void run_rows(struct cte *c, int crew, int n)
{
        const struct problem *pb = c->pb;

        for (int a = 0; a < pb->n_cells; a++) {
                int p = a % pb->n_periods;
                bool joined = p + n < pb->n_periods;
                cellset run = 0, busy = c->teacher_busy[c->crews[crew].teachers.v[0]];
                for (int k = 0; joined && k < n; k++)
                        joined = pb->periods[p + k].joins_next;
                for (int k = 0; joined && k <= n; k++)
                        run |= (cellset)1 << (a + k);
                if (!joined)
                        continue;
                cte_add_busy(c, crew, run);
                row_at_most(c->f, n - __builtin_popcountll(run & busy), "run");
        }
}

static void free_rows(struct cte *c, int crew)
{
        const struct problem *pb = c->pb;
        int t = c->crews[crew].teachers.v[0];
        const struct ints *rules = &c->frame->teacher_free[t];

        for (int i = 0; i < rules->n; i++) {
                const struct rule *rule = &pb->rules[rules->v[i]];
                cellset cells = problem_cells_of_periods(pb, rule->periods);
                for (int term = 0; term < pb->n_terms; term++) {
                        cellset in = cells & pb->term_cells[term];
                        int rest = __builtin_popcountll(in & ~c->teacher_busy[t]) - rule->count;
                        cte_add_busy(c, crew, in);
                        row_at_most(c->f, rest, "free");
                }
        }
}

/* A load of n periods has room for n / q meetings of q periods. */
static void long_rows(struct cte *c, int crew, int term)
{
        const struct problem *pb = c->pb;
        const struct ints *who = &c->crews[crew].teachers;

        for (int q = 2; q <= pb->n_periods; q++) {
                int most = 0;
                bool any = false;
                for (int i = 0; i < who->n; i++)
                        most += pb->teachers[who->v[i]].limits.load / q;
                for (int k = 0; k < c->n_sorts; k++) {
                        const struct sort *so = &c->sorts[k];
                        int at = so->z ? place_of(&so->crews, crew) : NONE;
                        int periods = pb->courses[so->unit->course].periods;
                        any |= periods == q;
                        for (int j = 0; so->unit->counts_load && at >= 0 && j < so->n_slots; j++)
                                if (periods >= q && (so->slots[j].cells & pb->term_cells[term]))
                                        row_add(c->f, so->z[at * so->n_slots + j], 1);
                }
                if (any)
                        row_at_most(c->f, most, "long");
                else
                        row_drop(c->f);
        }
}

/* (P3) people: once at a time, within the load of all; one alone within all limits of his own. */
static void crew_rows(struct cte *c, int crew)
{
        const struct problem *pb = c->pb;
        const struct ints *who = &c->crews[crew].teachers;
        struct row_hashes seen = {0};

        for (int a = 0; a < pb->n_cells; a++) {
                cte_add_busy(c, crew, (cellset)1 << a);
                if (cte_row_seen(c, &seen))
                        row_drop(c->f);
                else
                        row_at_most(c->f, who->n, "teacher");
        }
        for (int term = 0; term < pb->n_terms; term++) {
                int load = 0;
                for (int i = 0; i < who->n; i++)
                        load += pb->teachers[who->v[i]].limits.load -
                                __builtin_popcountll(
                                        c->teacher_busy[who->v[i]] & pb->term_cells[term]);
                add_counted(c, crew, pb->term_cells[term]);
                row_at_most(c->f, load, "load");
                long_rows(c, crew, term);
                if (who->n == 1 && pb->teachers[who->v[0]].limits.preps >= 0)
                        prep_rows(c, crew, term);
        }
        if (who->n > 1)
                return;
        if (pb->teachers[who->v[0]].limits.consecutive >= 0)
                run_rows(c, crew, pb->teachers[who->v[0]].limits.consecutive);
        free_rows(c, crew);
}

/* Rooms of a set are alike: as many sections at a time as there are rooms. */
static void room_rows(struct cte *c, int set)
{
        const struct room_set *rs = &c->room_sets[set];
        struct row_hashes seen = {0};

        for (int a = 0; a < c->pb->n_cells; a++) {
                int n = 0;
                for (int i = 0; i < rs->rooms.n; i++)
                        n += !(c->room_busy[rs->rooms.v[i]] >> a & 1);
                for (int k = 0; k < c->n_sorts; k++) {
                        const struct sort *so = &c->sorts[k];
                        for (int r = 0; !so->ample && r < so->n_rooms; r++)
                                for (int j = 0; so->rooms[r] == set && j < so->n_slots; j++)
                                        if (slot_takes(&so->slots[j], a))
                                                row_add(c->f, so->w[r * so->n_slots + j], 1);
                }
                if (cte_row_seen(c, &seen))
                        row_drop(c->f);
                else
                        row_at_most(c->f, n, "rooms");
        }
}

void cte_staff_rows(struct cte *c)
{
        for (int k = 0; k < c->n_sorts; k++) {
                const struct sort *so = &c->sorts[k];
                for (int j = 0; j < so->n_slots; j++) {
                        if (so->unit->staffed)
                                each(c, so, so->crews.n, so->z, j);
                        if (so->co_taught)
                                each(c, so, so->co_crews.n, so->o, j);
                        if (!so->ample)
                                each(c, so, so->n_rooms, so->w, j);
                }
        }
        for (int k = 0; k < c->n_crews; k++)
                crew_rows(c, k);
        for (int set = 0; set < c->n_room_sets; set++)
                room_rows(c, set);
}

/* Rules. */

/* (P8) separate: at most one of the courses at a time. */
static void separate_rows(struct cte *c, const struct rule *rule)
{
        int in = 0;

        for (int i = 0; i < rule->courses.n; i++)
                in += c->lanes_of[rule->courses.v[i]].n > 0;
        for (int a = 0; in > 1 && a < c->pb->n_cells; a++) {
                struct ints used = {0};
                for (int i = 0; i < rule->courses.n; i++) {
                        const struct ints *lanes = &c->lanes_of[rule->courses.v[i]];
                        int d = lanes->n ? column_new(c->f, COL_COHORT, 0, 1, "d") : 0;
                        for (int x = 0; x < lanes->n; x++) {
                                const struct lane *la = &c->lanes[lanes->v[x]];
                                const struct sort *so = &c->sorts[la->sort];
                                for (int j = 0; j < so->n_slots; j++)
                                        for (int h = 0;
                                                slot_takes(&so->slots[j], a) && h < la->n_cohorts;
                                                h++)
                                                row_add(c->f, la->N[h * so->n_slots + j], 1);
                        }
                        row_add(c->f, d, -c->pb->courses[rule->courses.v[i]].sections_max);
                        row_at_most(c->f, 0, "separate");
                        ints_push(c->arena, &used, d);
                }
                for (int i = 0; i < used.n; i++)
                        row_add(c->f, used.v[i], 1);
                row_at_most(c->f, 1, "separate");
        }
}

static int sort_of_unit(const struct cte *c, int unit)
{
        for (int k = 0; k < c->n_sorts; k++)
                if (c->sorts[k].units[0] == unit && c->sorts[k].tied)
                        return k;
        return NONE;
}

/* Could they both be placed so, as far as the two themselves go? */
static bool pair_holds(const struct cte *c, const struct link *l, const struct sort *a, int i,
        const struct sort *b, int j)
{
        const struct problem *pb = c->pb;
        int p = a->slots[i].start, q = b->slots[j].start;
        const struct course *x = &pb->courses[a->unit->course], *y = &pb->courses[b->unit->course];

        if (l->kind == RULE_SAME_PERIOD)
                return p % pb->n_periods == q % pb->n_periods;
        if (p / pb->n_periods != q / pb->n_periods || x->terms != y->terms ||
                (a->slots[i].cells & b->slots[j].cells))
                return false;
        if (l->n > 2)
                return true;
        int end = p < q ? p + x->periods : q + y->periods;
        return end == (p < q ? q : p) && pb->periods[(end - 1) % pb->n_periods].joins_next;
}

static void pair_rows(
        struct cte *c, const struct link *l, const struct sort *a, const struct sort *b)
{
        for (int i = 0; l->kind != RULE_SAME_TEACHER && i < a->n_slots; i++) {
                row_add(c->f, a->Y[i], 1);
                for (int j = 0; j < b->n_slots; j++)
                        if (!pair_holds(c, l, a, i, b, j))
                                row_add(c->f, b->Y[j], 1);
                row_at_most(c->f, 1, "link");
        }
        for (int t = 0; l->kind == RULE_SAME_TEACHER && a->z && b->z && t < a->crews.n; t++) {
                for (int i = 0; i < a->n_slots; i++)
                        row_add(c->f, a->z[t * a->n_slots + i], 1);
                for (int u = 0; u < b->crews.n; u++)
                        for (int j = 0; b->crews.v[u] != a->crews.v[t] && j < b->n_slots; j++)
                                row_add(c->f, b->z[u * b->n_slots + j], 1);
                row_at_most(c->f, 1, "same_teacher");
        }
}

static void add_seats_of(
        struct cte *c, const struct wish *w, int number, bool same, int from_term, bool by_end)
{
        const struct problem *pb = c->pb;

        for (int i = 0; i < w->seats.n; i++) {
                const struct seat *s = &c->seats[w->seats.v[i]];
                const struct lane *la = &c->lanes[s->lane];
                const struct sort *so = &c->sorts[la->sort];
                int k = pb->section_number[so->unit->sections[la->place]];
                int first = so->slots[s->slot].start / pb->n_periods;
                int last = first + pb->courses[la->course].terms - 1;
                if (number > 0 && (k == number) != same)
                        continue;
                if (from_term >= 0 && (by_end ? last < from_term : first > from_term))
                        continue;
                row_add(c->f, s->column, 1);
        }
}

/* (P9) pairs of one student's seats: same_students and before. */
static void pack_pair(struct cte *c, const struct rule *rule, const struct pack *p,
        const struct wish *a, const struct wish *b)
{
        const struct problem *pb = c->pb;

        if (rule->kind == RULE_SAME_STUDENTS)
                for (int k = 1; k <= pb->courses[a->course].sections_max; k++) {
                        add_seats_of(c, a, k, true, NONE, false);
                        add_seats_of(c, b, k, false, NONE, false);
                        row_at_most(c->f, p->n, "same_students");
                }
        else
                for (int term = 0; term < pb->n_terms; term++) {
                        add_seats_of(c, a, 0, true, term, true);
                        add_seats_of(c, b, 0, true, term, false);
                        row_at_most(c->f, p->n, "before");
                }
}

static void pack_rules(struct cte *c, const struct rule *rule)
{
        for (int p = 0; p < c->n_packs; p++)
                for (int i = 0; i < rule->courses.n; i++)
                        for (int j = i + 1; j < rule->courses.n; j++) {
                                const struct pack *pk = &c->packs[p];
                                const struct wish *a = NULL, *b = NULL;
                                for (int w = 0; w < pk->n_wishes; w++) {
                                        if (pk->wishes[w].course == rule->courses.v[i])
                                                a = &pk->wishes[w];
                                        else if (pk->wishes[w].course == rule->courses.v[j])
                                                b = &pk->wishes[w];
                                }
                                if (a && b)
                                        pack_pair(c, rule, pk, a, b);
                        }
}

void cte_rule_rows(struct cte *c)
{
        const struct problem *pb = c->pb;

        for (int i = 0; i < pb->n_rules; i++) {
                const struct rule *rule = &pb->rules[i];
                if (rule->kind == RULE_SEPARATE)
                        separate_rows(c, rule);
                if (rule->kind == RULE_SAME_STUDENTS || rule->kind == RULE_BEFORE)
                        pack_rules(c, rule);
        }
        for (int i = 0; i < c->frame->n_links; i++) {
                const struct link *l = &c->frame->links[i];
                for (int x = 0; x < l->n; x++)
                        for (int y = x + 1; y < l->n; y++) {
                                int a = sort_of_unit(c, l->units[x]);
                                int b = sort_of_unit(c, l->units[y]);
                                if (a >= 0 && b >= 0 && a != b)
                                        pair_rows(c, l, &c->sorts[a], &c->sorts[b]);
                        }
        }
}
