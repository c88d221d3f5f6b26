/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/load_checked.h"
#include "solver/put.h"
#include "solver/reseat.h"

static bool may_reserve(const struct state *st, int s, int cohort)
{
        int locked = st->f->locked_cohort[s];

        if (locked != COHORT_NOT_LOCKED)
                return locked == cohort;
        return cohort < 0 || ints_has(&st->pb->cohorts[cohort].courses, st->pb->section_course[s]);
}

static bool is_able(const struct ints *able, bool asked, int x)
{
        return asked ? x >= 0 && ints_has(able, x) : x < 0;
}

static bool staff_fits(const struct state *st, int unit, const struct schedule *sc, int start)
{
        const struct unit *u = &st->f->units[unit];
        int t = sc->teacher[u->sections[0]];

        if (!is_able(&u->teachers, u->staffed, t))
                return false;
        if (t >= 0 && (!person_free(st, t, unit, start) || !person_limits_hold(st, t, unit, start)))
                return false;
        for (int i = 0; i < u->n; i++) {
                int s = u->sections[i], co = sc->co_teacher[s];
                const struct course *c = section_course(st, s);
                bool asked = c->support.given && st->pb->section_number[s] <= c->support.sections;
                if (!is_able(&c->able_co_teachers, asked, co) || (co >= 0 && co == t))
                        return false;
                if (co >= 0 && (!person_free(st, co, unit, start) ||
                                       !person_limits_hold(st, co, unit, start)))
                        return false;
        }
        return true;
}

static bool mates_agree(const struct state *st, int unit, int teacher)
{
        const struct bundle *b = &st->f->bundles[st->f->units[unit].bundle];

        for (int i = 0; i < b->n_links; i++) {
                const struct link *l = &st->f->links[b->links[i]];
                bool in = false;
                for (int j = 0; j < l->n; j++)
                        in |= l->units[j] == unit;
                for (int j = 0; in && l->kind == RULE_SAME_TEACHER && j < l->n; j++)
                        if (st->start[l->units[j]] >= 0 && st->teacher[l->units[j]] != teacher)
                                return false;
        }
        return true;
}

static bool room_fits(const struct state *st, int unit, int room, int start)
{
        const struct unit *u = &st->f->units[unit];
        cellset cells = st->pb->courses[u->course].start_cells[start];

        if (!is_able(&u->rooms, u->roomed, room))
                return false;
        return room < 0 ||
               (!(cells & ~st->pb->rooms[room].available) && !(cells & st->room_busy[room]));
}

/* One that a lock wants and the schedule does not have. */
static void place_locked_unit(struct state *st, int unit)
{
        const struct unit *u = &st->f->units[unit];

        if (!u->must)
                return;
        for (cellset left = u->starts; left && st->start[unit] < 0; left &= left - 1) {
                int start = __builtin_ctzll(left);
                if (!separate_holds(st, unit, start) || !change_links_hold(st, unit, start))
                        continue;
                int mark = change_begin(st);
                if (!change_put(st, unit, start, NONE, NONE, 0))
                        state_undo(st, mark);
        }
}

static void load_unit(struct state *st, int unit, const struct schedule *sc)
{
        const struct unit *u = &st->f->units[unit];
        int first = NONE;

        for (int i = 0; i < u->n && first < 0; i++)
                if (sc->start[u->sections[i]] >= 0)
                        first = u->sections[i];
        if (first < 0) {
                place_locked_unit(st, unit);
                return;
        }
        int start = sc->start[first], t = sc->teacher[first], room = sc->room[first];
        if (u->must && !(u->starts >> start & 1) && u->starts && !(u->starts & (u->starts - 1)))
                start = __builtin_ctzll(u->starts); /* a lock of another place */
        if (!(u->starts >> start & 1) || !separate_holds(st, unit, start) ||
                !change_links_hold(st, unit, start))
                return;
        if (first == u->sections[0] && staff_fits(st, unit, sc, start) &&
                mates_agree(st, unit, t) && room_fits(st, unit, room, start)) {
                for (int i = 0; i < u->n; i++)
                        co_set(st, u->sections[i], sc->co_teacher[u->sections[i]]);
                unit_set(st, unit, start, t, room);
                return;
        }
        int mark = change_begin(st);
        if (!change_put(st, unit, start, t, NONE, 0))
                state_undo(st, mark);
}

static bool stands_for_one(const struct state *st, int r)
{
        const struct problem *pb = st->pb;
        const struct student *who = &pb->students[pb->requests[r].student];
        int lost = 0, used = 0, whom = pb->requests[r].stands_for;

        if (whom >= 0 && st->seat[whom] >= 0)
                return false;
        for (int i = who->first_request; i < who->first_request + who->n_requests; i++) {
                bool alternate = pb->requests[i].kind == ALTERNATE;
                lost += !alternate && st->seat[i] < 0;
                used += alternate && st->seat[i] >= 0;
                if (alternate && whom >= 0 && st->seat[i] >= 0 &&
                        pb->requests[i].stands_for == whom)
                        return false;
        }
        return used < lost;
}

/* What locks hold goes first: it may be where the schedule has something else. */
static void load_locked(struct state *st)
{
        for (int r = 0; r < st->pb->n_requests; r++) {
                int s = st->f->locked_seat[r];
                if (s >= 0 && section_start(st, s) >= 0 && st->seat[r] < 0 &&
                        st->pb->requests[r].kind != ALTERNATE && st->pb->requests[r].admitted &&
                        seat_left(st, s) && seat_open(st, r, s) && seat_fits(st, r, s) &&
                        seat_rules_hold(st, r, s))
                        seat_set(st, r, s);
        }
}

/* Once members sit in reserved sections: an outsider whom a lock wants there. */
static void load_locked_late(struct state *st)
{
        for (int r = 0; r < st->pb->n_requests; r++) {
                int s = st->f->locked_seat[r];
                if (s < 0 || section_start(st, s) < 0 || st->seat[r] >= 0 || st->cohort[s] < 0 ||
                        !st->pb->requests[r].admitted || !seat_left(st, s))
                        continue;
                int mark = state_mark(st);
                if (make_way(st, r, s) && seat_open(st, r, s) && seat_fits(st, r, s) &&
                        seat_rules_hold(st, r, s))
                        seat_set(st, r, s);
                else
                        state_undo(st, mark);
        }
}

static void load_seats(struct state *st, const struct schedule *sc, int pass)
{
        const struct problem *pb = st->pb;

        for (int r = 0; r < pb->n_requests; r++) {
                int s = sc->seat[r];
                if (s < 0 || st->seat[r] >= 0 || section_start(st, s) < 0 ||
                        !pb->requests[r].admitted)
                        continue;
                bool alternate = pb->requests[r].kind == ALTERNATE;
                bool inside = st->cohort[s] < 0 ||
                              frame_is_member(pb, pb->requests[r].student, st->cohort[s]);
                if (pass != (alternate       ? 2
                                    : inside ? 0
                                             : 1) ||
                        (alternate && !stands_for_one(st, r)))
                        continue;
                if (seat_left(st, s) && seat_open(st, r, s) && seat_fits(st, r, s) &&
                        seat_rules_hold(st, r, s))
                        seat_set(st, r, s);
        }
}

void load_checked(struct state *st, const struct schedule *sc)
{
        const struct problem *pb = st->pb;

        for (int s = 0; s < pb->n_sections; s++)
                if (sc->start[s] >= 0 && may_reserve(st, s, sc->cohort[s]))
                        cohort_set(st, s, sc->cohort[s]);
        for (int must = 1; must >= 0; must--)
                for (int u = 0; u < st->f->n_units; u++)
                        if (st->f->units[u].must == must)
                                load_unit(st, u, sc);
        load_locked(st);
        for (int pass = 0; pass < 3; pass++) {
                load_seats(st, sc, pass);
                if (pass == 0)
                        load_locked_late(st);
        }
        for (int k = 0; k < pb->n_students; k++)
                settle(st, k);
        settle_courses(st);
        state_forget(st);
}

void schedule_checked(const struct frame *f, const struct schedule *from, struct schedule *out)
{
        struct prices hard = prices_at(f->pb, 1, 1);
        struct meter meter;

        meter_init(&meter, clock_now(), 0, 0, NULL);
        struct state *st = state_new(f, 1, &meter);
        state_reprice(st, &hard);
        load_checked(st, from);
        state_save(st, out);
        state_free(st);
}
