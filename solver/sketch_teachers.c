/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Teachers of the sketch: a unit has one by name, in whose limits it is, or none, which costs.
 * Whoever is asked for elsewhere may hand a unit over, whose new teacher hands over another in
 * turn: a breadth-first search for the shortest such chain (augmenting paths; units of several
 * cells and limits other than the load make it a heuristic).
 */
#include "solver/sketch_parts.h"

enum { MOST_ASKED = 48 };

struct hand {             /* a unit that looks for a teacher */
        int unit, before; /* who asks for the teacher it has; NONE: the first */
};

struct was_taught {
        int unit, start, teacher;
};

struct sketch_teachers {
        const struct state *st;
        const struct frame *f;
        const struct problem *pb;
        struct sketch_staff *books; /* rooms and co-teachers */
        int *start, *teacher;       /* [n_units] */
        int *holder;                /* [n_teachers * n_cells] unit or NONE */
        cellset *busy, *load;       /* [n_teachers] */
        int64_t wrong;              /* cells */
        struct set untaught;        /* units that stand somewhere without the teacher they need */
        int64_t planning,
                *planning_of; /* [n_pathways] common periods that a team lacks; their sum */
        struct was_taught *log;
        int n_log, cap_log;
        bool *tied;           /* [n_units] by a same_teacher rule */
        int stamp, *stamp_of; /* [n_units] */
        struct hand queue[MOST_ASKED];
        int n_queue;
};

static bool units_have(const struct link *l, int unit)
{
        for (int i = 0; i < l->n; i++)
                if (l->units[i] == unit)
                        return true;
        return false;
}

static void mark_tied(struct sketch_teachers *te)
{
        for (int i = 0; i < te->f->n_links; i++) {
                const struct link *l = &te->f->links[i];
                for (int j = 0; l->kind == RULE_SAME_TEACHER && j < l->n; j++)
                        te->tied[l->units[j]] = true;
        }
}

static void recount_planning(struct sketch_teachers *te, int teacher)
{
        const struct ints *teams = &te->f->teacher_pathways[teacher];

        for (int i = 0; i < teams->n; i++) {
                int p = teams->v[i];
                te->planning -= te->planning_of[p];
                te->planning_of[p] = planning_lacks(te->pb, p, te->busy);
                te->planning += te->planning_of[p];
        }
}

struct sketch_teachers *sketch_teachers_new(const struct state *st)
{
        struct sketch_teachers *te = mem_zero(1, sizeof *te);
        int n = st->f->n_units, n_at = st->pb->n_teachers * st->pb->n_cells;

        *te = (struct sketch_teachers){.st = st, .f = st->f, .pb = st->pb};
        te->books = sketch_staff_new(st);
        te->start = mem_alloc(((size_t)n + 1) * sizeof(int));
        te->teacher = mem_alloc(((size_t)n + 1) * sizeof(int));
        te->tied = mem_zero((size_t)n + 1, sizeof(bool));
        te->stamp_of = mem_zero((size_t)n + 1, sizeof(int));
        for (int u = 0; u < n; u++)
                te->start[u] = te->teacher[u] = NONE;
        te->holder = mem_alloc(((size_t)n_at + 1) * sizeof(int));
        for (int i = 0; i < n_at; i++)
                te->holder[i] = NONE;
        te->untaught.v = mem_zero((size_t)n + 1, sizeof(int));
        te->untaught.at = mem_alloc(((size_t)n + 1) * sizeof(int));
        for (int u = 0; u < n; u++)
                te->untaught.at[u] = NONE;
        te->busy = mem_zero((size_t)st->pb->n_teachers + 1, sizeof(cellset));
        te->load = mem_zero((size_t)st->pb->n_teachers + 1, sizeof(cellset));
        mark_tied(te);
        te->planning_of = mem_zero((size_t)st->pb->n_pathways + 1, sizeof(int64_t));
        for (int t = 0; t < st->pb->n_teachers; t++)
                recount_planning(te, t);
        return te;
}

void sketch_teachers_free(struct sketch_teachers *te)
{
        void *parts[] = {te->start, te->teacher, te->holder, te->busy, te->load, te->log,
                te->stamp_of, te->planning_of, te->tied, te->untaught.v, te->untaught.at};

        sketch_staff_free(te->books);
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
                mem_free(parts[i]);
        mem_free(te);
}

static cellset cells_of(const struct sketch_teachers *te, int unit, int start)
{
        return te->pb->courses[te->f->units[unit].course].start_cells[start];
}

static void book(struct sketch_teachers *te, int unit, int n)
{
        const struct unit *u = &te->f->units[unit];
        int t = te->teacher[unit];

        if (te->start[unit] < 0)
                return;
        cellset cells = cells_of(te, unit, te->start[unit]);
        te->wrong += sketch_staff_book(te->books, unit, te->start[unit], t, n);
        if (t < 0) {
                te->wrong += u->staffed ? n * __builtin_popcountll(cells) : 0;
                return;
        }
        for (cellset m = cells; m; m &= m - 1)
                te->holder[t * te->pb->n_cells + __builtin_ctzll(m)] = n > 0 ? unit : NONE;
        te->busy[t] = n > 0 ? te->busy[t] | cells : te->busy[t] & ~cells;
        if (u->counts_load)
                te->load[t] = n > 0 ? te->load[t] | cells : te->load[t] & ~cells;
        recount_planning(te, t);
}

static void set(struct sketch_teachers *te, int unit, int start, int teacher)
{
        book(te, unit, -1);
        te->start[unit] = start;
        te->teacher[unit] = teacher;
        book(te, unit, 1);
        if (start >= 0 && teacher < 0 && te->f->units[unit].staffed)
                set_add(&te->untaught, unit);
        else
                set_drop(&te->untaught, unit);
}

void sketch_teachers_put(struct sketch_teachers *te, int unit, int start, int teacher)
{
        MEM_GROW(te->log, te->n_log, te->cap_log);
        te->log[te->n_log++] = (struct was_taught){unit, te->start[unit], te->teacher[unit]};
        set(te, unit, start, teacher);
}

static void undo_to(struct sketch_teachers *te, int mark)
{
        while (te->n_log > mark) {
                struct was_taught w = te->log[--te->n_log];
                set(te, w.unit, w.start, w.teacher);
        }
}

void sketch_teachers_begin(struct sketch_teachers *te)
{
        te->n_log = 0;
}

void sketch_teachers_undo(struct sketch_teachers *te)
{
        undo_to(te, 0);
}

int sketch_teacher_of(const struct sketch_teachers *te, int unit)
{
        return te->teacher[unit];
}

int64_t sketch_teachers_planning(const struct sketch_teachers *te)
{
        return te->planning;
}

int64_t sketch_teachers_wrong(const struct sketch_teachers *te)
{
        return te->wrong;
}

/* Could the teacher take the unit, if he gave up another (or none)? */
static bool within_limits(
        const struct sketch_teachers *te, int t, int unit, cellset cells, int without)
{
        cellset rest = ~(without < 0 ? 0 : cells_of(te, without, te->start[without]));
        struct taught has = {
                te->busy[t] & rest, te->load[t] & rest & ~cells, te->holder + t * te->pb->n_cells};

        return teacher_limits_hold(te->st, t, unit, cells, &has);
}

/* The teacher whom same_teacher rules leave: that of the others, NONE if they have none. */
static int teacher_of_mates(const struct sketch_teachers *te, int unit)
{
        const struct bundle *b = &te->f->bundles[te->f->units[unit].bundle];

        for (int i = 0; i < b->n_links; i++) {
                const struct link *l = &te->f->links[b->links[i]];
                if (l->kind != RULE_SAME_TEACHER || !units_have(l, unit))
                        continue;
                for (int j = 0; j < l->n; j++)
                        if (l->units[j] != unit && te->teacher[l->units[j]] >= 0)
                                return te->teacher[l->units[j]];
        }
        return NONE;
}

static bool may_take(const struct sketch_teachers *te, int t, int unit, cellset cells)
{
        int mates = te->tied[unit] ? teacher_of_mates(te, unit) : NONE;

        return !(cells & ~te->pb->teachers[t].available) && !(cells & te->busy[t]) &&
               (mates < 0 || mates == t) && within_limits(te, t, unit, cells, NONE);
}

static void ask(struct sketch_teachers *te, int unit, int before)
{
        if (te->n_queue >= MOST_ASKED || te->stamp_of[unit] == te->stamp ||
                te->f->units[unit].teachers.n < 2 || te->tied[unit])
                return;
        te->stamp_of[unit] = te->stamp;
        te->queue[te->n_queue++] = (struct hand){unit, before};
}

/* Those of t's units of which one handed over would let him take the unit. */
static void ask_for(struct sketch_teachers *te, int t, int unit, cellset cells, int from)
{
        const int *row = te->holder + t * te->pb->n_cells;
        cellset clash = te->busy[t] & cells;
        int w = clash ? row[__builtin_ctzll(clash)] : NONE;

        if (cells & ~te->pb->teachers[t].available)
                return;
        if (w >= 0) {
                if (!(clash & ~cells_of(te, w, te->start[w])) &&
                        within_limits(te, t, unit, cells, w))
                        ask(te, w, from);
                return;
        }
        for (cellset m = te->busy[t]; m; m &= m - 1) {
                w = row[__builtin_ctzll(m)];
                if (te->stamp_of[w] != te->stamp && within_limits(te, t, unit, cells, w))
                        ask(te, w, from);
        }
}

/* The unit in the queue takes the teacher, the one who asked takes his, and so on. */
static bool hand_over(struct sketch_teachers *te, int at, int teacher)
{
        int mark = te->n_log;

        while (at >= 0) {
                int u = te->queue[at].unit, had = te->teacher[u], start = te->start[u];
                sketch_teachers_put(te, u, NONE, NONE);
                if (!may_take(te, teacher, u, cells_of(te, u, start))) {
                        undo_to(te, mark);
                        return false;
                }
                sketch_teachers_put(te, u, start, teacher);
                at = te->queue[at].before;
                teacher = had;
        }
        return true;
}

bool sketch_teachers_find(struct sketch_teachers *te, int unit, int wish, int from)
{
        cellset cells = cells_of(te, unit, te->start[unit]);

        if (te->teacher[unit] >= 0 || !te->f->units[unit].staffed)
                return true;
        if (wish >= 0 && ints_has(&te->f->units[unit].teachers, wish) &&
                may_take(te, wish, unit, cells)) {
                sketch_teachers_put(te, unit, te->start[unit], wish);
                return true;
        }
        te->stamp++;
        te->stamp_of[unit] = te->stamp;
        te->queue[0] = (struct hand){unit, NONE};
        te->n_queue = 1;
        for (int i = 0; i < te->n_queue; i++) {
                int u = te->queue[i].unit, n = te->f->units[u].teachers.n;
                const int *able = te->f->units[u].teachers.v;
                cells = cells_of(te, u, te->start[u]);
                for (int j = 0; j < n; j++) {
                        int t = able[(from + j) % n];
                        if (t != te->teacher[u] && may_take(te, t, u, cells) && hand_over(te, i, t))
                                return true;
                }
                for (int j = 0; j < n; j++)
                        if (able[(from + j) % n] != te->teacher[u])
                                ask_for(te, able[(from + j) % n], u, cells, i);
        }
        return false;
}

void sketch_teachers_fill(struct sketch_teachers *te, int teacher)
{
        for (int i = 0; teacher >= 0 && i < te->untaught.n; i++) {
                int u = te->untaught.v[i];
                if (!ints_has(&te->f->units[u].teachers, teacher) ||
                        !may_take(te, teacher, u, cells_of(te, u, te->start[u])))
                        continue;
                sketch_teachers_put(te, u, te->start[u], teacher);
                return;
        }
}

int sketch_untaught(const struct sketch_teachers *te, int random)
{
        return te->untaught.n ? te->untaught.v[random % te->untaught.n] : NONE;
}

void sketch_teachers_force(struct sketch_teachers *te, int unit, int teacher, int from)
{
        const int *row = te->holder + teacher * te->pb->n_cells;
        int had = te->teacher[unit], start = te->start[unit], lifted[MAX_CELLS + 1], n = 0;
        cellset cells = cells_of(te, unit, start);

        if ((cells & ~te->pb->teachers[teacher].available) || te->tied[unit])
                return;
        sketch_teachers_put(te, unit, start, NONE);
        for (cellset m = te->busy[teacher] & cells; m; m = te->busy[teacher] & cells) {
                lifted[n] = row[__builtin_ctzll(m)];
                sketch_teachers_put(te, lifted[n], te->start[lifted[n]], NONE);
                n++;
        }
        cellset rest = te->busy[teacher];
        if (rest && !may_take(te, teacher, unit, cells)) {
                for (int skip = from % __builtin_popcountll(rest); skip > 0; skip--)
                        rest &= rest - 1;
                lifted[n] = row[__builtin_ctzll(rest)];
                sketch_teachers_put(te, lifted[n], te->start[lifted[n]], NONE);
                n++;
        }
        sketch_teachers_find(te, unit, teacher, from);
        for (int i = 0; i < n; i++)
                sketch_teachers_find(te, lifted[i], had, from);
}
