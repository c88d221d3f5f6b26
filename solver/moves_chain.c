/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Chains between two starts: a unit changes over, what it meets there changes back, and so on.
 * Units meet when they share a teacher, a room or a good part of their students: a group of a
 * cohort then travels together. After the Kempe chains of Lewis and Thompson, Analysing the effects
 * of solution space connectivity with an effective metaheuristic for the course timetabling
 * problem, European Journal of Operational Research 240, 2015.
 */
#include "solver/moves.h"
#include "solver/put.h"

enum { MAX_CHAIN = 24, MAX_SEEN = 64 };

struct chain {
        int n, unit[MAX_CHAIN], from[MAX_CHAIN], teacher[MAX_CHAIN];
        int p, q;    /* the two starts */
        int percent; /* of a unit's students that make two units meet */
};

static bool chain_add(struct state *st, struct chain *ch, int unit)
{
        for (int i = 0; i < ch->n; i++)
                if (ch->unit[i] == unit)
                        return true;
        if (ch->n == MAX_CHAIN || (st->start[unit] != ch->p && st->start[unit] != ch->q))
                return false;
        int to = st->start[unit] == ch->p ? ch->q : ch->p;
        if (!(st->f->units[unit].starts >> to & 1) ||
                st->f->bundles[st->f->units[unit].bundle].n > 1)
                return false;
        ch->unit[ch->n] = unit;
        ch->from[ch->n] = st->start[unit];
        ch->teacher[ch->n] = st->teacher[unit];
        ch->n++;
        return true;
}

/* Units of the row that stand where this one goes. */
static bool meet_row(struct state *st, struct chain *ch, const int *row, cellset cells)
{
        for (cellset m = cells; m; m &= m - 1) {
                int v = row[__builtin_ctzll(m)];
                if (v >= 0 && !chain_add(st, ch, v))
                        return false;
        }
        return true;
}

/* Units that hold a good part of the unit's students where it goes. */
static bool meet_students(struct state *st, struct chain *ch, int unit, cellset cells)
{
        const struct unit *u = &st->f->units[unit];
        const struct problem *pb = st->pb;
        int seen[MAX_SEEN], count[MAX_SEEN], n = 0;

        for (int i = 0; i < u->n; i++)
                for (int j = 0; j < st->enrol[u->sections[i]]; j++) {
                        int r = st->list[st->list_at[u->sections[i]] + j];
                        const struct student *who = &pb->students[pb->requests[r].student];
                        for (int x = who->first_request; x < who->first_request + who->n_requests;
                                x++) {
                                int s = st->seat[x], k = 0;
                                if (s < 0 || !(section_cells(st, s) & cells))
                                        continue;
                                while (k < n && seen[k] != st->f->unit_of[s])
                                        k++;
                                if (k == n && n < MAX_SEEN) {
                                        seen[n] = st->f->unit_of[s];
                                        count[n++] = 0;
                                }
                                if (k < n)
                                        count[k]++;
                        }
                }
        for (int k = 0; k < n; k++)
                if (seen[k] != unit && count[k] * 100 > ch->percent * st->unit_enrol[unit] &&
                        !chain_add(st, ch, seen[k]))
                        return false;
        return true;
}

static bool chain_grow(struct state *st, struct chain *ch)
{
        const struct problem *pb = st->pb;

        for (int i = 0; i < ch->n; i++) {
                int unit = ch->unit[i], to = ch->from[i] == ch->p ? ch->q : ch->p;
                cellset cells = pb->courses[st->f->units[unit].course].start_cells[to];
                if (st->teacher[unit] >= 0 &&
                        !meet_row(
                                st, ch, st->teacher_cell + st->teacher[unit] * pb->n_cells, cells))
                        return false;
                if (st->room[unit] >= 0 && st->f->units[unit].rooms.n == 1 &&
                        !meet_row(st, ch, st->room_cell + st->room[unit] * pb->n_cells, cells))
                        return false;
                if (!meet_students(st, ch, unit, cells))
                        return false;
                meter_spend(st->meter, 4);
        }
        return true;
}

bool move_chain(struct state *st, int64_t temperature)
{
        struct chain ch = {0};
        int unit = unit_to_move(st);

        meter_spend(st->meter, 1);
        if (unit < 0)
                return false;
        cellset starts = st->f->units[unit].starts & ~((cellset)1 << st->start[unit]);
        if (!starts)
                return false;
        int skip = draw(st, __builtin_popcountll(starts));
        while (skip-- > 0)
                starts &= starts - 1;
        ch.p = st->start[unit];
        ch.q = __builtin_ctzll(starts);
        ch.percent = 20 + draw(st, 60);
        if (!chain_add(st, &ch, unit) || !chain_grow(st, &ch))
                return false;
        int64_t limit = move_limit(st, temperature);
        int mark = change_begin(st);
        bool stands = true;
        for (int i = 0; i < ch.n; i++)
                change_lift(st, ch.unit[i]);
        st->change->puts += ch.n;
        for (int i = 0; stands && i < ch.n; i++) {
                int to = ch.from[i] == ch.p ? ch.q : ch.p;
                stands = st->start[ch.unit[i]] < 0 &&
                         change_put(st, ch.unit[i], to, ch.teacher[i], ch.from[i], 1);
        }
        return change_finish(st, mark, limit, stands, 2);
}
