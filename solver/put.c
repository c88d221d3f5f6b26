/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/put.h"
#include "solver/reseat.h"

enum { RESEAT_NODES = 300, MAX_PUTS = 12 };

struct change *change_new(const struct frame *f)
{
        struct change *ch = mem_zero(1, sizeof *ch);
        ch->student_stamp = mem_zero((size_t)f->pb->n_students + 1, sizeof(int));
        return ch;
}

void change_free(struct change *ch)
{
        if (!ch)
                return;
        mem_free(ch->seats);
        mem_free(ch->moved);
        mem_free(ch->students);
        mem_free(ch->student_stamp);
        mem_free(ch);
}

int change_begin(struct state *st)
{
        struct change *ch = st->change;

        ch->n_seats = ch->n_moved = ch->n_students = 0;
        ch->stamp++;
        ch->puts = MAX_PUTS;
        return state_mark(st);
}

static void note_student(struct change *ch, int student)
{
        if (ch->student_stamp[student] == ch->stamp)
                return;
        ch->student_stamp[student] = ch->stamp;
        MEM_GROW(ch->students, ch->n_students, ch->cap_students);
        ch->students[ch->n_students++] = student;
}

void change_empty(struct state *st, int s)
{
        struct change *ch = st->change;

        while (st->enrol[s] > 0) {
                int r = st->list[st->list_at[s] + st->enrol[s] - 1];
                MEM_GROW(ch->seats, ch->n_seats, ch->cap_seats);
                ch->seats[ch->n_seats++] = (struct was){r, s};
                seat_set(st, r, NONE);
        }
}

void change_lift(struct state *st, int unit)
{
        const struct unit *u = &st->f->units[unit];

        for (int i = 0; i < u->n; i++)
                change_empty(st, u->sections[i]);
        unit_set(st, unit, NONE, NONE, NONE);
        for (int i = 0; i < u->n; i++)
                co_set(st, u->sections[i], NONE);
}

bool change_links_hold(const struct state *st, int unit, int start)
{
        const struct bundle *b = &st->f->bundles[st->f->units[unit].bundle];
        int starts[64];

        if (b->n == 1 || b->n > 64)
                return b->n == 1;
        for (int i = 0; i < b->n; i++)
                starts[i] = b->units[i] == unit ? start : st->start[b->units[i]];
        return frame_links_hold(st->f, st->f->units[unit].bundle, starts);
}

/* The teacher whom a placed mate of a same_teacher rule has, or -1. */
static int mates_teacher(const struct state *st, int unit)
{
        const struct frame *f = st->f;
        const struct bundle *b = &f->bundles[f->units[unit].bundle];

        for (int i = 0; i < b->n_links; i++) {
                const struct link *l = &f->links[b->links[i]];
                bool in = false;
                if (l->kind != RULE_SAME_TEACHER)
                        continue;
                for (int j = 0; j < l->n; j++)
                        in |= l->units[j] == unit;
                for (int j = 0; in && j < l->n; j++)
                        if (l->units[j] != unit && st->start[l->units[j]] >= 0)
                                return st->teacher[l->units[j]];
        }
        return NONE;
}

static bool teacher_tied(const struct state *st, int unit)
{
        const struct frame *f = st->f;
        const struct bundle *b = &f->bundles[f->units[unit].bundle];

        for (int i = 0; i < b->n_links; i++)
                if (f->links[b->links[i]].kind == RULE_SAME_TEACHER)
                        return true;
        return false;
}

static bool is_co_teacher(const struct state *st, int unit, int person)
{
        const struct unit *u = &st->f->units[unit];

        for (int i = 0; i < u->n; i++)
                if (st->co[u->sections[i]] == person)
                        return true;
        return false;
}

static bool may_teach(const struct state *st, int unit, int teacher, int start)
{
        return person_free(st, teacher, unit, start) &&
               person_limits_hold(st, teacher, unit, start) && !is_co_teacher(st, unit, teacher) &&
               teacher_suits(st, teacher, unit);
}

static int any_teacher(struct state *st, int unit, int start, int but)
{
        const struct ints *able = &st->f->units[unit].teachers;
        int from = able->n ? draw(st, able->n) : 0;

        for (int i = 0; i < able->n; i++) {
                int t = able->v[(from + i) % able->n];
                if (t != but && may_teach(st, unit, t, start))
                        return t;
        }
        return NONE;
}

static bool room_free(const struct state *st, int room, int unit, int start)
{
        const struct unit *u = &st->f->units[unit];
        const struct room *r = &st->pb->rooms[room];
        cellset cells = st->pb->courses[u->course].start_cells[start];
        cellset own = st->start[unit] >= 0 && st->room[unit] == room
                              ? st->pb->courses[u->course].start_cells[st->start[unit]]
                              : 0;

        return !(cells & ~r->available) && !(cells & st->room_busy[room] & ~own) &&
               (r->capacity < 0 || r->capacity >= st->unit_enrol[unit]);
}

bool unit_room_free(const struct state *st, int room, int unit)
{
        return room_free(st, room, unit, st->start[unit]);
}

static int any_room(struct state *st, int unit, int start, int but, int teacher)
{
        const struct ints *able = &st->f->units[unit].rooms;
        int home = teacher >= 0 ? st->pb->teachers[teacher].home : NONE;
        int from = able->n ? draw(st, able->n) : 0, small = NONE;

        if (home >= 0 && home != but && ints_has(able, home) && room_free(st, home, unit, start))
                return home;
        for (int i = 0; i < able->n; i++) {
                int r = able->v[(from + i) % able->n];
                if (r == but || !room_free(st, r, unit, start))
                        continue;
                int capacity = st->pb->rooms[r].capacity;
                if (capacity < 0 || capacity >= st->f->units[unit].most)
                        return r;
                if (small < 0 || capacity > st->pb->rooms[small].capacity)
                        small = r;
        }
        return small;
}

/* Units in the cells of a row of teacher_cell or room_cell, each once. */
static int units_in(const struct state *st, const int *row, cellset cells, int *out)
{
        int n = 0;

        for (cellset m = cells & st->pb->all_cells; m; m &= m - 1) {
                int u = row[__builtin_ctzll(m)], i = 0;
                while (i < n && out[i] != u)
                        i++;
                if (u >= 0 && i == n)
                        out[n++] = u;
        }
        return n;
}

struct lifted {
        int unit, start, teacher;
};

static bool lift_out(struct state *st, int unit, struct lifted *out, int *n)
{
        if (*n >= 6 || !(st->f->units[unit].starts & ~((cellset)1 << st->start[unit])))
                return false;
        out[(*n)++] = (struct lifted){unit, st->start[unit], st->teacher[unit]};
        change_lift(st, unit);
        return true;
}

static void note_moved(struct change *ch, int unit)
{
        MEM_GROW(ch->moved, ch->n_moved, ch->cap_moved);
        ch->moved[ch->n_moved++] = unit;
}

/* Another teacher or room for a unit that stays in its cells, and so do its students. */
static void restaff(struct state *st, int unit, int teacher, int room)
{
        const struct unit *u = &st->f->units[unit];

        if (st->pb->has_previous && teacher != st->teacher[unit])
                for (int i = 0; i < u->n; i++)
                        for (int j = 0; j < st->enrol[u->sections[i]]; j++) {
                                int r = st->list[st->list_at[u->sections[i]] + j];
                                note_student(st->change, st->pb->requests[r].student);
                        }
        unit_set(st, unit, st->start[unit], teacher, room);
}

/* Give unit v another teacher where it stands, so that the one it has becomes free. */
static bool step_aside(struct state *st, int v, int person)
{
        if (st->teacher[v] != person || teacher_tied(st, v))
                return false;
        int t = any_teacher(st, v, st->start[v], person);
        if (t < 0)
                return false;
        restaff(st, v, t, st->room[v]);
        return true;
}

/* Make the person free for the unit at start: those in the way step aside or are lifted out. */
static bool make_free(struct state *st, int person, int unit, int start, struct lifted *out, int *n)
{
        const struct problem *pb = st->pb;
        const int *row = st->teacher_cell + person * pb->n_cells;
        cellset cells = pb->courses[st->f->units[unit].course].start_cells[start];
        int in_way[MAX_CELLS];

        if (cells & ~pb->teachers[person].available)
                return false;
        int k = units_in(st, row, cells, in_way);
        for (int i = 0; i < k; i++)
                if (!step_aside(st, in_way[i], person) && !lift_out(st, in_way[i], out, n))
                        return false;
        if (may_teach(st, unit, person, start))
                return true;
        /* A limit: one more of his units in these terms has to go. */
        cellset terms = 0;
        for (int t = 0; t < pb->n_terms; t++)
                if (cells & pb->term_cells[t])
                        terms |= pb->term_cells[t];
        k = units_in(st, row, terms & ~cells, in_way);
        if (k == 0)
                return false;
        int v = in_way[draw(st, k)];
        if (!step_aside(st, v, person) && !lift_out(st, v, out, n))
                return false;
        return may_teach(st, unit, person, start);
}

static int find_teacher(
        struct state *st, int unit, int start, int wish, int depth, struct lifted *out, int *n)
{
        const struct ints *able = &st->f->units[unit].teachers;
        int tied = mates_teacher(st, unit);

        if (tied >= 0 || teacher_tied(st, unit)) {
                int t = tied >= 0 ? tied : wish;
                if (t < 0 && able->n)
                        t = able->v[draw(st, able->n)];
                if (t < 0 || !ints_has(able, t))
                        return NONE;
                if (may_teach(st, unit, t, start))
                        return t;
                return depth > 0 && make_free(st, t, unit, start, out, n) ? t : NONE;
        }
        if (wish >= 0 && ints_has(able, wish) && may_teach(st, unit, wish, start))
                return wish;
        int t = any_teacher(st, unit, start, NONE);
        if (t >= 0 || depth <= 0 || able->n == 0)
                return t;
        t = wish >= 0 && ints_has(able, wish) && draw(st, 2) ? wish : able->v[draw(st, able->n)];
        return make_free(st, t, unit, start, out, n) ? t : NONE;
}

static int find_room(
        struct state *st, int unit, int start, int teacher, int depth, struct lifted *out, int *n)
{
        const struct problem *pb = st->pb;
        const struct ints *able = &st->f->units[unit].rooms;
        cellset cells = pb->courses[st->f->units[unit].course].start_cells[start];
        int in_way[MAX_CELLS];
        int room = any_room(st, unit, start, NONE, teacher);

        if (room >= 0 || able->n == 0 || depth <= 0)
                return room;
        room = able->v[draw(st, able->n)];
        if (cells & ~pb->rooms[room].available)
                return NONE;
        int k = units_in(st, st->room_cell + room * pb->n_cells, cells, in_way);
        for (int i = 0; i < k; i++) {
                int v = in_way[i];
                int other = any_room(st, v, st->start[v], room, st->teacher[v]);
                if (other >= 0)
                        restaff(st, v, st->teacher[v], other);
                else if (!lift_out(st, v, out, n))
                        return NONE;
        }
        return room;
}

static bool find_co_teacher(struct state *st, int unit, int s, int start, int teacher, int depth,
        struct lifted *out, int *n)
{
        const struct course *c = section_course(st, s);
        const struct ints *able = &c->able_co_teachers;
        int from = able->n ? draw(st, able->n) : 0;

        if (!c->support.given || st->pb->section_number[s] > c->support.sections)
                return true;
        for (int i = 0; i < able->n; i++) {
                int t = able->v[(from + i) % able->n];
                if (t != teacher && person_free(st, t, unit, start) &&
                        person_limits_hold(st, t, unit, start)) {
                        co_set(st, s, t);
                        return true;
                }
        }
        if (depth <= 0 || able->n == 0)
                return false;
        int t = able->v[draw(st, able->n)];
        if (t == teacher || !make_free(st, t, unit, start, out, n))
                return false;
        co_set(st, s, t);
        return true;
}

static int random_start(struct state *st, cellset starts)
{
        int skip = draw(st, __builtin_popcountll(starts));

        while (skip-- > 0)
                starts &= starts - 1;
        return __builtin_ctzll(starts);
}

/* A new place for a unit that was lifted out: first where the one who took its place came from. */
static bool put_back(struct state *st, const struct lifted *l, int vacated, int depth)
{
        cellset starts = st->f->units[l->unit].starts & ~((cellset)1 << l->start);

        for (int tries = 0; tries < 5 && starts; tries++) {
                bool swap = tries == 0 && vacated >= 0 && (starts >> vacated & 1);
                int start = swap ? vacated : random_start(st, starts);
                int mark = state_mark(st);
                starts &= ~((cellset)1 << start);
                if (change_put(st, l->unit, start, l->teacher, l->start, depth))
                        return true;
                state_undo(st, mark);
        }
        return false;
}

/* Those who stepped aside for a co-teacher may have taken the teacher or another co-teacher. */
static bool still_free(const struct state *st, int unit, int start, int teacher)
{
        const struct unit *u = &st->f->units[unit];

        for (int i = 0; i < u->n; i++) {
                int co = st->co[u->sections[i]];
                if (co >= 0 && !(person_free(st, co, unit, start) &&
                                       person_limits_hold(st, co, unit, start)))
                        return false;
        }
        return teacher < 0 || may_teach(st, unit, teacher, start);
}

bool change_put(struct state *st, int unit, int start, int teacher, int vacated, int depth)
{
        const struct unit *u = &st->f->units[unit];
        struct change *ch = st->change;
        struct lifted out[8];
        int n = 0, t = NONE, room = NONE;

        if (ch->puts-- <= 0 || !(u->starts >> start & 1) || !separate_holds(st, unit, start) ||
                !change_links_hold(st, unit, start))
                return false;
        if (u->staffed && (t = find_teacher(st, unit, start, teacher, depth, out, &n)) < 0)
                return false;
        for (int i = 0; i < u->n; i++)
                if (!find_co_teacher(st, unit, u->sections[i], start, t, depth, out, &n))
                        return false;
        if (!still_free(st, unit, start, t))
                return false;
        if (u->roomed && (room = find_room(st, unit, start, t, depth, out, &n)) < 0)
                return false;
        unit_set(st, unit, start, t, room);
        note_moved(ch, unit);
        for (int i = 0; i < n; i++)
                if (!put_back(st, &out[i], i == 0 ? vacated : NONE, depth - 1))
                        return false;
        return true;
}

/* Starts for the units of a bundle: the one asked for, mates as they are where links allow, else at
 * random. */
static bool draw_bundle(
        struct state *st, const struct bundle *b, int bundle, int unit, int start, int *starts)
{
        for (int i = 0; i < b->n; i++)
                starts[i] = b->units[i] == unit ? start : NONE;
        int from = draw(st, b->n);
        for (int j = 0; j < b->n; j++) {
                int i = (from + j) % b->n, v = b->units[i];
                if (v == unit || st->start[v] < 0)
                        continue;
                cellset left = st->f->units[v].starts;
                starts[i] = st->start[v];
                while (!frame_links_hold(st->f, bundle, starts)) {
                        left &= ~((cellset)1 << starts[i]);
                        if (!left)
                                return false;
                        starts[i] = random_start(st, left);
                }
        }
        return true;
}

bool change_bundle(struct state *st, int unit, int start, int depth)
{
        int bundle = st->f->units[unit].bundle;
        const struct bundle *b = &st->f->bundles[bundle];
        int starts[64], was[64], teacher[64];
        bool lift[64];

        if (b->n > 64 || !draw_bundle(st, b, bundle, unit, start, starts))
                return false;
        bool anew = teacher_tied(st, unit) && draw(st, 3) == 0;
        for (int i = 0; i < b->n; i++) {
                int v = b->units[i];
                was[i] = st->start[v];
                teacher[i] = anew ? NONE : st->teacher[v];
                lift[i] = starts[i] >= 0 && (anew || starts[i] != was[i]);
                if (lift[i] && was[i] >= 0)
                        change_lift(st, v);
        }
        for (int i = 0; i < b->n; i++) {
                if (!lift[i])
                        continue;
                if (st->start[b->units[i]] >= 0)
                        return false; /* put somewhere else by an ejection meanwhile */
                if (!change_put(st, b->units[i], starts[i], teacher[i], was[i], depth))
                        return false;
        }
        return true;
}

/* Bringing students back. */

/* Those who still fit, members of a reserved section before outsiders, whom they make room for
 * (H7). */
static void bring_back(struct state *st)
{
        struct change *ch = st->change;

        for (int i = 0; i < 2 * ch->n_seats; i++) {
                const struct was *w = &ch->seats[i % ch->n_seats];
                int r = w->request, s = w->section, student = st->pb->requests[r].student;
                bool outside =
                        st->cohort[s] >= 0 && !frame_is_member(st->pb, student, st->cohort[s]);
                if (outside != (i >= ch->n_seats) || st->seat[r] >= 0)
                        continue; /* the other pass; or its unit never left, after all */
                note_student(ch, student);
                if (seat_left(st, s) && seat_open(st, r, s) && seat_fits(st, r, s) &&
                        seat_rules_hold(st, r, s))
                        seat_set(st, r, s);
        }
        meter_spend(st->meter, ch->n_seats / 4);
}

static void shuffle(struct state *st, int *v, int n)
{
        for (int i = n - 1; i > 0; i--) {
                int j = draw(st, i + 1), x = v[i];
                v[i] = v[j];
                v[j] = x;
        }
}

/* Students who miss a course of which a section has moved. */
static void try_missing(struct state *st, int unit, int most)
{
        int course = st->f->units[unit].course;
        int at = st->course_request_at[course];
        int n = st->course_request_at[course + 1] - at;
        int from = n ? draw(st, n) : 0;

        for (int i = 0; i < n && most > 0; i++) {
                int r = st->course_requests[at + (from + i) % n];
                const struct request *q = &st->pb->requests[r];
                if (st->seat[r] >= 0 || q->kind == ALTERNATE || !q->admitted)
                        continue;
                reseat(st, q->student, NONE, NONE, RESEAT_NODES, INT64_MAX);
                most--;
        }
}

bool change_settle(struct state *st, int64_t limit, int others)
{
        struct change *ch = st->change;
        int64_t slack = st->unsatisfied.n && others ? PRICE_OF_ELECTIVE * 3 / 2 : 0;

        bring_back(st);
        shuffle(st, ch->students, ch->n_students);
        for (int i = 0; i < ch->n_students; i++) {
                reseat(st, ch->students[i], NONE, NONE, RESEAT_NODES, limit + slack);
                if (st->energy > limit + slack)
                        return false;
        }
        for (int i = 0; i < ch->n_moved && i < 3 && others > 0; i++)
                try_missing(st, ch->moved[i], others);
        for (int i = 0; i < others && st->unsatisfied.n; i++) {
                int k = st->unsatisfied.v[draw(st, st->unsatisfied.n)];
                reseat(st, k, NONE, NONE, RESEAT_NODES, INT64_MAX);
        }
        settle_courses(st);
        return st->energy <= limit;
}

bool change_keep(struct state *st, int mark, bool stands)
{
        if (stands) {
                state_forget(st);
                return true;
        }
        state_undo(st, mark);
        while (st->dirty_courses.n)
                set_drop(&st->dirty_courses, st->dirty_courses.v[st->dirty_courses.n - 1]);
        return false;
}

bool change_finish(struct state *st, int mark, int64_t limit, bool stands, int others)
{
        return change_keep(st, mark, stands && change_settle(st, limit, others));
}
