/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/lock_check.h"
#include <string.h>

enum field { START, TEACHER, ROOM, N_FIELDS };

/* What locks say of one section. */
struct fixed {
        int period, term, teacher, room; /* NONE: nothing */
        cellset cells, block;            /* where period and term say it all */
        bool runs;                       /* a lock that is no frozen place names it */
        const struct lock *by[N_FIELDS]; /* the lock that said it */
};

struct check {
        const struct problem *pb;
        struct report *rp;
        struct arena *arena;
        struct fixed *sections; /* [n_sections] */
};

static const char *line_of(const struct check *ck, const struct lock *l)
{
        if (!l->at.line)
                return l->at.file ? l->at.file : "a lock";
        return arena_printf(
                ck->arena, "%s:%d:%d", l->at.file ? l->at.file : "", l->at.line, l->at.column);
}

static const char *name_of(const struct check *ck, int s)
{
        const struct problem *pb = ck->pb;

        return arena_printf(
                ck->arena, "%s-%d", pb->courses[pb->section_course[s]].id, pb->section_number[s]);
}

static void clash(const struct check *ck, const struct lock *l, const char *text)
{
        report_error(ck->rp, ERROR_CLASH, l->at, "%s", text);
}

/* The board that the user changes comes before the school, what is frozen last. */
static int blame(const struct check *ck, const struct lock *l)
{
        if (!l || l->kept)
                return l ? 1 : 0;
        return l->at.file && ck->pb->file && strcmp(l->at.file, ck->pb->file) != 0 ? 3 : 2;
}

/* ---- gathering ---- */

static void fix(struct check *ck, int s, enum field f, int *has, int value, const struct lock *l)
{
        if (value < 0)
                return;
        if (*has >= 0 && *has != value) {
                clash(ck, l,
                        arena_printf(ck->arena, "%s is locked otherwise at %s", name_of(ck, s),
                                line_of(ck, ck->sections[s].by[f])));
                return;
        }
        *has = value;
        if (!ck->sections[s].by[f])
                ck->sections[s].by[f] = l;
}

static int section_of(const struct problem *pb, const struct lock *l)
{
        return pb->courses[l->course].first_section + l->section - 1;
}

static void gather(struct check *ck)
{
        const struct problem *pb = ck->pb;

        for (int s = 0; s < pb->n_sections; s++)
                ck->sections[s] = (struct fixed){.period = NONE, NONE, NONE, NONE};
        for (int i = 0; i < pb->n_locks; i++)
                if (!pb->locks[i].kept)
                        ck->sections[section_of(pb, &pb->locks[i])].runs = true;
        for (int i = 0; i < pb->n_locks; i++) {
                const struct lock *l = &pb->locks[i];
                int s = section_of(pb, l);
                struct fixed *x = &ck->sections[s];
                if (!x->runs)
                        continue; /* what is frozen need not run */
                fix(ck, s, START, &x->period, l->period, l);
                fix(ck, s, START, &x->term, l->term, l);
                fix(ck, s, TEACHER, &x->teacher, l->teacher, l);
                fix(ck, s, ROOM, &x->room, l->room, l);
        }
}

/* ---- one section ---- */

/* Starts that the locks leave; where it is a single one, its cells. */
static cellset starts_of(const struct problem *pb, int s, struct fixed *x)
{
        const struct course *c = &pb->courses[pb->section_course[s]];
        cellset starts = 0;

        for (int cell = 0; cell < pb->n_cells; cell++)
                if (c->may_start >> cell & 1 &&
                        (x->period < 0 || cell % pb->n_periods == x->period) &&
                        (x->term < 0 || cell / pb->n_periods == x->term))
                        starts |= (cellset)1 << cell;
        if (starts && !(starts & (starts - 1))) {
                x->cells = c->start_cells[__builtin_ctzll(starts)];
                x->block = c->start_block[__builtin_ctzll(starts)];
        }
        return starts;
}

static void check_start(struct check *ck, int s)
{
        struct fixed *x = &ck->sections[s];

        if (!starts_of(ck->pb, s, x) && x->by[START])
                clash(ck, x->by[START],
                        arena_printf(ck->arena, "%s cannot start then (its periods, terms or 'at')",
                                name_of(ck, s)));
}

static void check_teacher(struct check *ck, int s)
{
        const struct problem *pb = ck->pb;
        const struct fixed *x = &ck->sections[s];
        const struct course *c = &pb->courses[pb->section_course[s]];
        const char *id;

        if (x->teacher < 0)
                return;
        id = pb->teachers[x->teacher].id;
        if (!c->staffed)
                clash(ck, x->by[TEACHER],
                        arena_printf(ck->arena, "%s has no teacher", name_of(ck, s)));
        else if (!ints_has(&c->able_teachers, x->teacher))
                clash(ck, x->by[TEACHER],
                        arena_printf(ck->arena, "%s may not teach %s (credential, or 'teachers')",
                                id, c->id));
        else if (x->cells & ~pb->teachers[x->teacher].available)
                clash(ck, x->by[TEACHER],
                        arena_printf(
                                ck->arena, "%s is not available when %s runs", id, name_of(ck, s)));
}

static void check_room(struct check *ck, int s)
{
        const struct problem *pb = ck->pb;
        const struct fixed *x = &ck->sections[s];
        const struct course *c = &pb->courses[pb->section_course[s]];

        if (x->room < 0)
                return;
        const char *id = pb->rooms[x->room].id;
        if (c->room_type < 0)
                clash(ck, x->by[ROOM], arena_printf(ck->arena, "%s needs no room", name_of(ck, s)));
        else if (!ints_has(&c->able_rooms, x->room))
                clash(ck, x->by[ROOM],
                        arena_printf(ck->arena, "room %s is not of type %s, which %s needs", id,
                                index_id(pb->room_types, c->room_type), c->id));
        else if (x->cells & ~pb->rooms[x->room].available)
                clash(ck, x->by[ROOM],
                        arena_printf(ck->arena, "room %s is not available when %s runs", id,
                                name_of(ck, s)));
}

/* ---- two sections ---- */

static bool stacked(const struct problem *pb, int s, int o)
{
        const struct course *a = &pb->courses[pb->section_course[s]];
        const struct course *b = &pb->courses[pb->section_course[o]];

        return a->stack >= 0 && a->stack == b->stack &&
               pb->section_number[s] == pb->section_number[o];
}

/* Of two sections in each other's way in field f, the one to tell it of and the lock that is wrong.
 */
static const struct lock *wrong_of(const struct check *ck, int *s, int *o, enum field f)
{
        const struct fixed *x = &ck->sections[*s], *y = &ck->sections[*o];
        const struct lock *of[] = {y->by[f], y->by[START], x->by[f], x->by[START]};
        int worst = 0;

        for (int i = 1; i < 4; i++)
                if (blame(ck, of[i]) > blame(ck, of[worst]))
                        worst = i;
        if (worst > 1) {
                int swap = *s;
                *s = *o;
                *o = swap;
        }
        return of[worst];
}

static void check_pair(struct check *ck, int s, int o)
{
        const struct problem *pb = ck->pb;
        const struct fixed *x = &ck->sections[s], *y = &ck->sections[o];
        const struct lock *l;

        if (!(x->cells & y->cells) || stacked(pb, s, o))
                return;
        if (x->teacher >= 0 && x->teacher == y->teacher) {
                int other = s, mine = o;
                l = wrong_of(ck, &other, &mine, TEACHER);
                clash(ck, l,
                        arena_printf(ck->arena, "%s teaches %s at the same time as %s (%s)",
                                pb->teachers[x->teacher].id, name_of(ck, mine), name_of(ck, other),
                                line_of(ck, ck->sections[other].by[TEACHER])));
        }
        if (x->room >= 0 && x->room == y->room) {
                int other = s, mine = o;
                l = wrong_of(ck, &other, &mine, ROOM);
                clash(ck, l,
                        arena_printf(ck->arena, "room %s has %s at the same time as %s (%s)",
                                pb->rooms[x->room].id, name_of(ck, mine), name_of(ck, other),
                                line_of(ck, ck->sections[other].by[ROOM])));
        }
}

/* ---- students ---- */

static void check_student(struct check *ck, const struct lock *l)
{
        const struct problem *pb = ck->pb;
        const int r = problem_request_of(pb, l->student, l->course), s = section_of(pb, l);
        const char *id = pb->students[l->student].id;

        if (r < 0)
                clash(ck, l,
                        arena_printf(ck->arena, "student %s did not request %s", id,
                                pb->courses[l->course].id));
        else if (!pb->requests[r].admitted || l->section > pb->requests[r].max_section)
                clash(ck, l,
                        arena_printf(
                                ck->arena, "student %s may not sit in %s", id, name_of(ck, s)));
        else if (ck->sections[s].cells & ~pb->students[l->student].available)
                clash(ck, l,
                        arena_printf(ck->arena, "student %s is not available when %s runs", id,
                                name_of(ck, s)));
}

static bool in_the_way(const struct fixed *x, const struct fixed *y)
{
        return (x->cells & y->block) || (x->block & y->cells);
}

/* Another section of student lock i's student at the same time, told once for two sections. */
static void check_overlap(struct check *ck, int i, const int *before, bool *told)
{
        const struct problem *pb = ck->pb;
        int mine = section_of(pb, &pb->locks[i]);

        for (int j = before[i]; j >= 0; j = before[j]) {
                int other = section_of(pb, &pb->locks[j]), a = other, b = mine;
                if (other == mine || told[other] || told[mine] ||
                        !in_the_way(&ck->sections[mine], &ck->sections[other]))
                        continue;
                const struct lock *l = wrong_of(ck, &a, &b, START);
                const struct lock *by = ck->sections[a].by[START]; /* or it may start once only */
                told[b] = true;
                clash(ck, l ? l : &pb->locks[i],
                        arena_printf(ck->arena,
                                "%s leaves no time for %s (%s), which student %s is locked to",
                                name_of(ck, b), name_of(ck, a),
                                line_of(ck, by ? by : &pb->locks[a == other ? j : i]),
                                pb->students[pb->locks[i].student].id));
        }
}

static void check_students(struct check *ck)
{
        const struct problem *pb = ck->pb;
        int *last = arena_array(ck->arena, (size_t)pb->n_students + 1, sizeof *last);
        int *before = arena_array(ck->arena, (size_t)pb->n_locks + 1, sizeof *before);
        bool *told = arena_array(ck->arena, (size_t)pb->n_sections + 1, sizeof *told);

        for (int k = 0; k < pb->n_students; k++)
                last[k] = NONE;
        for (int i = 0; i < pb->n_locks; i++) {
                if (pb->locks[i].student < 0)
                        continue;
                before[i] = last[pb->locks[i].student];
                last[pb->locks[i].student] = i;
                check_student(ck, &pb->locks[i]);
                check_overlap(ck, i, before, told);
        }
}

/* ---- loads ---- */

/* Is a section that is stacked with s, of a lower number of the problem, with the same teacher? */
static bool counted(const struct check *ck, int s)
{
        for (int o = 0; o < s; o++)
                if (stacked(ck->pb, s, o) && ck->sections[o].teacher == ck->sections[s].teacher)
                        return true;
        return false;
}

/* Told once of a teacher, at the lock that can best be blamed. True if it is so in that term. */
static bool check_load(struct check *ck, int teacher, int term)
{
        const struct problem *pb = ck->pb;
        const struct lock *at = NULL;
        const char *names = "";
        int periods = 0, most = pb->teachers[teacher].limits.load;

        for (int s = 0; s < pb->n_sections; s++) {
                const struct fixed *x = &ck->sections[s];
                const struct course *c = &pb->courses[pb->section_course[s]];
                if (x->teacher != teacher || !c->counts_load ||
                        !(x->cells & pb->term_cells[term]) || counted(ck, s))
                        continue;
                names = arena_printf(
                        ck->arena, "%s%s%s", names, *names ? ", " : "", name_of(ck, s));
                at = blame(ck, x->by[TEACHER]) >= blame(ck, at) ? x->by[TEACHER] : at;
                periods += c->periods;
        }
        if (periods > most)
                clash(ck, at,
                        arena_printf(ck->arena, "%s has %d periods: %s; expected at most %d",
                                pb->teachers[teacher].id, periods, names, most));
        return periods > most;
}

bool locks_check(const struct problem *pb, struct report *rp)
{
        struct check ck = {.pb = pb, .rp = rp, .arena = arena_new()};
        int before = report_errors(rp);

        ck.sections = arena_array(ck.arena, (size_t)pb->n_sections + 1, sizeof *ck.sections);
        gather(&ck);
        for (int s = 0; s < pb->n_sections; s++) {
                check_start(&ck, s);
                check_teacher(&ck, s);
                check_room(&ck, s);
        }
        for (int s = 0; s < pb->n_sections; s++)
                for (int o = s + 1; ck.sections[s].cells && o < pb->n_sections; o++)
                        check_pair(&ck, s, o);
        for (int t = 0; t < pb->n_teachers; t++)
                for (int term = 0; term < pb->n_terms && !check_load(&ck, t, term);)
                        term++;
        check_students(&ck);
        arena_free(ck.arena);
        return report_errors(rp) == before;
}
