/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The primitives of the state: each updates what depends on it and writes down how to take it back.
 */
#include "solver/state_parts.h"

/* People and rooms of a unit. A person may co-teach two sections of one stack: he is busy once. */

static bool in_unit(const struct state *st, int unit, int person, int but_section)
{
        const struct unit *u = &st->f->units[unit];

        if (st->teacher[unit] == person)
                return true;
        for (int i = 0; i < u->n; i++)
                if (u->sections[i] != but_section && st->co[u->sections[i]] == person)
                        return true;
        return false;
}

static void contacts_add(struct state *st, int person, int section, int start, int n)
{
        const struct problem *pb = st->pb;
        const struct course *c = section_course(st, section);

        if (person < 0 || !c->counts_load)
                return;
        for (int t = start / pb->n_periods; t < start / pb->n_periods + c->terms; t++)
                st->contacts[person * pb->n_terms + t] += n;
}

static void person_mark(struct state *st, int person, int unit, int start, bool busy)
{
        const struct unit *u = &st->f->units[unit];
        cellset cells = st->pb->courses[u->course].start_cells[start];
        int *row = st->teacher_cell + person * st->pb->n_cells;

        if (busy) {
                st->teacher_busy[person] |= cells;
                if (u->counts_load)
                        st->teacher_load[person] |= cells;
        } else {
                st->teacher_busy[person] &= ~cells;
                st->teacher_load[person] &= ~cells;
        }
        for (cellset m = cells; m; m &= m - 1)
                row[__builtin_ctzll(m)] = busy ? unit : NONE;
        planning_changed(st, person);
}

static bool is_away(const struct state *st, int section, int teacher, int room)
{
        const struct course *c = section_course(st, section);

        if (teacher < 0 || room < 0 || c->room_type < 0)
                return false;
        int home = st->pb->teachers[teacher].home;
        return home >= 0 && home != room && ints_has(&c->able_rooms, home);
}

static void room_mark(struct state *st, int room, int unit, cellset cells, bool busy)
{
        if (room < 0)
                return;
        if (busy)
                st->room_busy[room] |= cells;
        else
                st->room_busy[room] &= ~cells;
        for (cellset m = cells; m; m &= m - 1)
                st->room_cell[room * st->pb->n_cells + __builtin_ctzll(m)] = busy ? unit : NONE;
}

static void separate_mark(struct state *st, int course, cellset cells, int n)
{
        const struct problem *pb = st->pb;
        const struct ints *rules = &st->f->course_separate[course];

        for (int i = 0; i < rules->n; i++)
                for (cellset m = cells; m; m &= m - 1) {
                        int at = rules->v[i] * pb->n_cells + __builtin_ctzll(m);
                        st->separate_total[at] += n;
                        st->separate_own[at * pb->n_courses + course] += n;
                }
}

static void count_placed(struct state *st, int course, int n)
{
        const struct course *c = &st->pb->courses[course];
        int was = st->placed[course], now = was + n;
        int least = c->sections_min;

        st->placed[course] = now;
        int missing = (now < least ? least - now : 0) - (was < least ? least - was : 0);
        int extra = (now > least ? now - least : 0) - (was > least ? was - least : 0);
        if (missing)
                tier_add(st, c->pathway >= 0 ? CTE_UNPLACED : UNPLACED, missing);
        if (extra)
                tier_add(st, EXTRA_SECTIONS, extra);
        set_add(&st->dirty_courses, course);
}

static int least_missing(const struct state *st, int unit)
{
        int lack = st->f->units[unit].least - st->unit_enrol[unit];
        return st->start[unit] >= 0 && lack > 0 ? lack : 0;
}

static void least_add(struct state *st, int n)
{
        st->least_missing += n;
        st->energy += n * st->price.least;
}

/* Students of the unit beyond its seats; a stack's common limit counts once more. */
static int64_t unit_over(struct state *st, int unit)
{
        const struct unit *u = &st->f->units[unit];
        int64_t sum = 0;

        if (st->start[unit] < 0)
                return 0;
        for (int i = 0; i < u->n; i++) {
                int more = seat_excess(st, u->sections[i], 0);
                sum += more;
                if (more)
                        set_add(&st->crowded, u->sections[i]);
                else
                        set_drop(&st->crowded, u->sections[i]);
        }
        return sum;
}

static void over_add(struct state *st, int64_t n)
{
        st->over += n;
        st->energy += n * st->price.over;
}

static void locks_add(struct state *st, int n)
{
        st->locks_missing += n;
        st->energy += n * st->price.lock;
}

/* Put the unit as it stands into (busy) or out of everything that depends on where it is. */
static void unit_mark(struct state *st, int unit, bool busy)
{
        const struct unit *u = &st->f->units[unit];
        int start = st->start[unit], sign = busy ? 1 : -1;
        cellset cells = st->pb->courses[u->course].start_cells[start];

        if (st->teacher[unit] >= 0)
                person_mark(st, st->teacher[unit], unit, start, busy);
        room_mark(st, st->room[unit], unit, cells, busy);
        for (int i = 0; i < u->n; i++) {
                int s = u->sections[i];
                if (st->co[s] >= 0) {
                        person_mark(st, st->co[s], unit, start, busy);
                        contacts_add(st, st->co[s], s, start, sign * st->enrol[s]);
                }
                contacts_add(st, st->teacher[unit], s, start, sign * st->enrol[s]);
                if (is_away(st, s, st->teacher[unit], st->room[unit]))
                        tier_add(st, AWAY, sign);
        }
}

static void unit_presence(struct state *st, int unit, int start, int n)
{
        const struct unit *u = &st->f->units[unit];
        const struct problem *pb = st->pb;

        for (int i = 0; i < u->n; i++) {
                int course = pb->section_course[u->sections[i]];
                separate_mark(st, course, pb->courses[course].start_cells[start], n);
                count_placed(st, course, n);
        }
}

static bool is_lacking(const struct state *st, int unit)
{
        const struct unit *u = &st->f->units[unit];

        if (st->start[unit] >= 0)
                return false;
        for (int i = 0; i < u->n; i++) {
                int c = st->pb->section_course[u->sections[i]];
                if (u->must || st->placed[c] < st->pb->courses[c].sections_max)
                        return true;
        }
        return false;
}

static void unit_seats(struct state *st, int unit)
{
        const struct unit *u = &st->f->units[unit];
        int capacity = st->room[unit] < 0 ? NO_LIMIT : st->pb->rooms[st->room[unit]].capacity;

        for (int i = 0; i < u->n; i++) {
                int most = section_course(st, u->sections[i])->size_max;
                st->seats[u->sections[i]] = capacity >= 0 && capacity < most ? capacity : most;
        }
}

void unit_set(struct state *st, int unit, int start, int teacher, int room)
{
        int old = st->start[unit];

        over_add(st, -unit_over(st, unit));
        state_trail(st, (struct undo){UNDO_UNIT, unit, old, st->teacher[unit], st->room[unit]});
        if (old >= 0) {
                least_add(st, -least_missing(st, unit));
                unit_mark(st, unit, false);
                if (old != start)
                        unit_presence(st, unit, old, -1);
        }
        st->start[unit] = start;
        st->teacher[unit] = teacher;
        st->room[unit] = room;
        if (start >= 0) {
                unit_seats(st, unit);
                unit_mark(st, unit, true);
                if (old != start)
                        unit_presence(st, unit, start, 1);
                least_add(st, least_missing(st, unit));
        }
        over_add(st, unit_over(st, unit));
        if (st->f->units[unit].must && (old >= 0) != (start >= 0))
                locks_add(st, start >= 0 ? -1 : 1);
        if (is_lacking(st, unit))
                set_add(&st->unplaced, unit);
        else
                set_drop(&st->unplaced, unit);
        meter_spend(st->meter, 1);
}

void co_set(struct state *st, int section, int co_teacher)
{
        int unit = st->f->unit_of[section], old = st->co[section];

        if (old == co_teacher)
                return;
        state_trail(st, (struct undo){UNDO_CO, section, old, 0, 0});
        if (unit < 0 || st->start[unit] < 0) {
                st->co[section] = co_teacher;
                return;
        }
        if (old >= 0) {
                contacts_add(st, old, section, st->start[unit], -st->enrol[section]);
                if (!in_unit(st, unit, old, section))
                        person_mark(st, old, unit, st->start[unit], false);
        }
        st->co[section] = co_teacher;
        if (co_teacher >= 0) {
                contacts_add(st, co_teacher, section, st->start[unit], st->enrol[section]);
                person_mark(st, co_teacher, unit, st->start[unit], true);
        }
}

void cohort_set(struct state *st, int section, int cohort)
{
        if (st->cohort[section] == cohort)
                return;
        state_trail(st, (struct undo){UNDO_COHORT, section, st->cohort[section], 0, 0});
        st->cohort[section] = cohort;
        set_add(&st->dirty_courses, st->pb->section_course[section]);
}

/* Seats. */

/* Members short of what the purity of a reserved section asks for: least m with m >= purity x
 * enrolment. */
static int purity_missing(const struct state *st, int s)
{
        if (st->cohort[s] < 0)
                return 0;
        struct ratio p = st->pb->cohorts[st->cohort[s]].purity;
        int64_t asked = (p.num * st->enrol[s] + p.den - 1) / p.den;
        return asked > st->members[s] ? (int)(asked - st->members[s]) : 0;
}

static struct strand *strand_of(struct state *st, int s, int course)
{
        int place = st->f->course_place[st->cohort[s] * st->pb->n_courses + course];
        return &st->strand[s * st->f->strand_width + place];
}

static bool in_strand(const struct state *st, int r, int s)
{
        int h = s < 0 ? NONE : st->cohort[s];
        return h >= 0 && st->pb->cohorts[h].strands &&
               st->pb->students[st->pb->requests[r].student].cohort == h;
}

static void strand_count(struct state *st, int r, int s, int n)
{
        const struct problem *pb = st->pb;
        const struct student *who = &pb->students[pb->requests[r].student];

        for (int i = who->first_request; i < who->first_request + who->n_requests; i++) {
                int other = st->seat[i];
                if (i == r || !in_strand(st, i, other))
                        continue;
                struct strand *here = strand_of(st, s, pb->requests[i].course);
                struct strand *there = strand_of(st, other, pb->requests[r].course);
                here->section = other;
                here->count += n;
                there->section = s;
                there->count += n;
        }
}

static void flags_count(struct state *st, int student, int s, int n)
{
        const struct ints *rules = &st->f->student_flag_rules[student];

        for (int i = 0; i < rules->n; i++)
                st->flag_count[s * st->f->n_flag_rules + rules->v[i]] += n;
}

static void student_cells(struct state *st, int student)
{
        const struct problem *pb = st->pb;
        const struct student *who = &pb->students[student];
        cellset busy = 0, block = 0;

        for (int r = who->first_request; r < who->first_request + who->n_requests; r++) {
                if (st->seat[r] < 0)
                        continue;
                int start = section_start(st, st->seat[r]);
                busy |= pb->courses[pb->requests[r].course].start_cells[start];
                block |= pb->courses[pb->requests[r].course].start_block[start];
        }
        st->student_busy[student] = busy;
        st->student_block[student] = block;
}

static void seat_count(struct state *st, int r, int s, int n)
{
        const struct problem *pb = st->pb;
        int student = pb->requests[r].student, unit = st->f->unit_of[s];

        int64_t over = unit_over(st, unit);
        least_add(st, -least_missing(st, unit));
        st->purity_missing -= purity_missing(st, s);
        st->energy += st->price.purity * purity_missing(st, s) * -1;
        st->enrol[s] += n;
        st->unit_enrol[unit] += n;
        if (st->cohort[s] >= 0 && frame_is_member(pb, student, st->cohort[s]))
                st->members[s] += n;
        st->purity_missing += purity_missing(st, s);
        st->energy += st->price.purity * purity_missing(st, s);
        least_add(st, least_missing(st, unit));
        over_add(st, unit_over(st, unit) - over);
        contacts_add(st, st->teacher[unit], s, st->start[unit], n);
        contacts_add(st, st->co[s], s, st->start[unit], n);
        flags_count(st, student, s, n);
        if (st->f->has_strands && in_strand(st, r, s))
                strand_count(st, r, s, n);
        if (st->cohort[s] < 0)
                set_add(&st->dirty_courses, pb->section_course[s]);
}

static void list_drop(struct state *st, int r, int s)
{
        int *list = st->list + st->list_at[s];
        int last = list[st->enrol[s] - 1];

        list[st->slot[r]] = last;
        st->slot[last] = st->slot[r];
}

void seat_set(struct state *st, int r, int s)
{
        int old = st->seat[r], student = st->pb->requests[r].student;

        if (old == s)
                return;
        state_trail(st, (struct undo){UNDO_SEAT, r, old, 0, 0});
        if (old >= 0) {
                list_drop(st, r, old);
                seat_count(st, r, old, -1);
                st->seat[r] = NONE;
        }
        if (s >= 0) {
                st->slot[r] = st->enrol[s];
                st->list[st->list_at[s] + st->enrol[s]] = r;
                seat_count(st, r, s, 1);
                st->seat[r] = s;
        }
        if (st->f->locked_seat[r] >= 0)
                locks_add(st, (old == st->f->locked_seat[r]) - (s == st->f->locked_seat[r]));
        if (s >= 0)
                for (cellset m = section_cells(st, s); m; m &= m - 1)
                        st->student_cell[student * st->pb->n_cells + __builtin_ctzll(m)] = s;
        if (st->f->student_plain[student]) {
                if (old >= 0)
                        st->student_busy[student] &= ~section_cells(st, old);
                if (s >= 0)
                        st->student_busy[student] |= section_cells(st, s);
                st->student_block[student] = st->student_busy[student];
        } else {
                student_cells(st, student);
        }
        meter_spend(st->meter, 1);
}
