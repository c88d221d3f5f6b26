/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions to the state: what may sit where, who may teach when. */
#include "solver/state_parts.h"

/* Of a stack: seats of all its sections together. */
static int unit_seats_together(const struct state *st, int unit)
{
        int most = st->f->units[unit].most;

        if (st->room[unit] >= 0) {
                int capacity = st->pb->rooms[st->room[unit]].capacity;
                if (capacity >= 0 && capacity < most)
                        most = capacity;
        }
        return most;
}

int seat_excess(const struct state *st, int s, int more)
{
        int unit = st->f->unit_of[s], own = st->enrol[s] + more - st->seats[s], all = 0;

        if (st->f->units[unit].n > 1)
                all = st->unit_enrol[unit] + more - unit_seats_together(st, unit);
        return own > all ? (own > 0 ? own : 0) : all > 0 ? all : 0;
}

/* The priced rules of section s with n more students, m of them members. */
static int64_t toll_at(const struct state *st, int s, int n, int m)
{
        int unit = st->f->unit_of[s], lack = st->f->units[unit].least - st->unit_enrol[unit] - n;
        int64_t sum = st->price.over * seat_excess(st, s, n);

        if (lack > 0)
                sum += st->price.least * lack;
        if (st->cohort[s] >= 0) {
                struct ratio p = st->pb->cohorts[st->cohort[s]].purity;
                int64_t asked = (p.num * (st->enrol[s] + n) + p.den - 1) / p.den;
                int64_t missing = asked - st->members[s] - m;
                sum += missing > 0 ? st->price.purity * missing : 0;
        }
        return sum;
}

int64_t seat_toll(const struct state *st, int r, int s)
{
        int student = st->pb->requests[r].student;
        int m = st->cohort[s] >= 0 && frame_is_member(st->pb, student, st->cohort[s]);

        if (st->seat[r] == s)
                return toll_at(st, s, 0, 0) - toll_at(st, s, -1, -m);
        return toll_at(st, s, 1, m) - toll_at(st, s, 0, 0);
}

bool seat_left(const struct state *st, int s)
{
        return st->soft ? st->enrol[s] < st->list_at[s + 1] - st->list_at[s]
                        : !seat_excess(st, s, 1);
}

static bool contacts_left(const struct state *st, int person, const struct course *c, int start)
{
        if (person < 0 || st->pb->teachers[person].limits.contacts < 0 || !c->counts_load)
                return true;
        for (int t = start / st->pb->n_periods; t < start / st->pb->n_periods + c->terms; t++)
                if (st->contacts[person * st->pb->n_terms + t] >=
                        st->pb->teachers[person].limits.contacts)
                        return false;
        return true;
}

bool seat_pure(const struct state *st, int student, int s)
{
        int h = st->cohort[s];

        if (h < 0 || st->soft || frame_is_member(st->pb, student, h))
                return true;
        struct ratio p = st->pb->cohorts[h].purity;
        return p.num * (st->enrol[s] + 1) <= st->members[s] * p.den;
}

static bool has_credential(const struct state *st, int rule, int s)
{
        const bool *has = st->f->teacher_has + rule * st->pb->n_teachers;
        int t = st->teacher[st->f->unit_of[s]], co = st->co[s];

        return (t >= 0 && has[t]) || (co >= 0 && has[co]);
}

static bool flags_open(const struct state *st, int student, int s)
{
        const struct frame *f = st->f;
        const struct ints *rules = &f->student_flag_rules[student];
        int course = st->pb->section_course[s];

        for (int i = 0; i < rules->n; i++) {
                int x = rules->v[i], at = x * st->pb->n_courses + course;
                if (!f->flag_rule_applies[at])
                        continue;
                if (f->flag_rules[x].limit) {
                        if (st->flag_count[s * f->n_flag_rules + x] >= f->flag_rule_cap[at])
                                return false;
                } else if (!has_credential(st, x, s)) {
                        return false;
                }
        }
        return true;
}

static bool in_unit_now(const struct state *st, int student, int unit)
{
        const struct student *who = &st->pb->students[student];

        for (int r = who->first_request; r < who->first_request + who->n_requests; r++)
                if (st->seat[r] >= 0 && st->f->unit_of[st->seat[r]] == unit)
                        return true;
        return false;
}

static bool people_open(const struct state *st, int student, int s)
{
        const struct frame *f = st->f;
        const struct ints *avoid = &f->student_avoid[student], *apart = &f->student_apart[student];
        int unit = f->unit_of[s];

        for (int i = 0; i < avoid->n; i++)
                if (avoid->v[i] == st->teacher[unit] || avoid->v[i] == st->co[s])
                        return false;
        for (int i = 0; i < apart->n; i++) {
                const struct ints *who = &st->pb->rules[apart->v[i]].students;
                for (int j = 0; j < who->n; j++)
                        if (who->v[j] != student && in_unit_now(st, who->v[j], unit))
                                return false;
        }
        return true;
}

/* Members other than the student who hold section s to one section of the course; NONE where there
 * are none. */
static int strand_ties(
        const struct state *st, int student, int s, int course, int own_s, int own_other)
{
        const struct problem *pb = st->pb;
        int place = st->f->course_place[st->cohort[s] * pb->n_courses + course];
        const struct strand *x = &st->strand[s * st->f->strand_width + place];
        int others = x->count - (own_s == s && own_other == x->section && student >= 0);

        return others > 0 ? x->section : NONE;
}

bool in_strands(const struct state *st, int r, int s)
{
        if (!st->f->has_strands || s < 0 || st->cohort[s] < 0)
                return false;
        return st->pb->cohorts[st->cohort[s]].strands &&
               st->pb->students[st->pb->requests[r].student].cohort == st->cohort[s];
}

bool strand_pair_holds(const struct state *st, int r1, int s1, int r2, int s2)
{
        const struct problem *pb = st->pb;

        if (!in_strands(st, r1, s1) || !in_strands(st, r2, s2))
                return true;
        int student = pb->requests[r1].student;
        int there =
                strand_ties(st, student, s1, pb->requests[r2].course, st->seat[r1], st->seat[r2]);
        int here =
                strand_ties(st, student, s2, pb->requests[r1].course, st->seat[r2], st->seat[r1]);
        return (there < 0 || there == s2) && (here < 0 || here == s1);
}

/* Beside the student's seats as they are (H7). */
static bool strand_open(const struct state *st, int r, int s)
{
        const struct student *who = &st->pb->students[st->pb->requests[r].student];

        if (!in_strands(st, r, s))
                return true;
        for (int i = who->first_request; i < who->first_request + who->n_requests; i++)
                if (i != r && st->seat[i] >= 0 && !strand_pair_holds(st, r, s, i, st->seat[i]))
                        return false;
        return true;
}

bool seat_open_but_strands(const struct state *st, int r, int s)
{
        const struct problem *pb = st->pb;
        const struct request *q = &pb->requests[r];
        int student = q->student, unit = st->f->unit_of[s];
        const struct course *c = &pb->courses[q->course];

        if (unit < 0 || st->start[unit] < 0 || pb->section_number[s] > q->max_section)
                return false;
        if (st->f->locked_seat[r] >= 0 && st->f->locked_seat[r] != s)
                return false;
        /* A section of a stack that did not run joins its mates without one (H11). */
        if (c->support.given && pb->section_number[s] <= c->support.sections && st->co[s] < 0)
                return false;
        const cellset cells = c->start_cells[st->start[unit]];
        if (!cells || cells & ~pb->students[student].available)
                return false; /* none: stacked beside one that stands where it may not */
        return seat_pure(st, student, s) && flags_open(st, student, s) &&
               people_open(st, student, s) &&
               contacts_left(st, st->teacher[unit], c, st->start[unit]) &&
               contacts_left(st, st->co[s], c, st->start[unit]);
}

bool seat_open(const struct state *st, int r, int s)
{
        return seat_open_but_strands(st, r, s) && strand_open(st, r, s);
}

bool seat_fits(const struct state *st, int r, int s)
{
        const struct request *q = &st->pb->requests[r];
        const struct course *c = &st->pb->courses[q->course];
        int start = section_start(st, s);

        return !(c->start_cells[start] & st->student_block[q->student]) &&
               !(c->start_block[start] & st->student_busy[q->student]);
}

bool seat_pair_holds(const struct state *st, const struct seat_pair *p, int first, int second)
{
        const struct problem *pb = st->pb;

        if (first < 0 || second < 0)
                return true;
        if (!p->before)
                return pb->section_number[first] == pb->section_number[second];
        int end = section_start(st, first) / pb->n_periods + section_course(st, first)->terms;
        return end <= section_start(st, second) / pb->n_periods;
}

bool student_free_holds(const struct state *st, int student, cellset busy)
{
        const struct problem *pb = st->pb;
        const struct ints *rules = &st->f->student_free[student];

        for (int i = 0; i < rules->n; i++) {
                const struct rule *rule = &pb->rules[rules->v[i]];
                for (int t = 0; t < pb->n_terms; t++) {
                        uint64_t taken = busy >> (t * pb->n_periods);
                        if (__builtin_popcountll(rule->periods & ~taken) < rule->count)
                                return false;
                }
        }
        return true;
}

bool seat_rules_hold(const struct state *st, int r, int s)
{
        const struct frame *f = st->f;
        int student = st->pb->requests[r].student;

        for (int i = f->pair_first[student]; i < f->pair_first[student + 1]; i++) {
                const struct seat_pair *p = &f->pairs[i];
                if (p->first != r && p->second != r)
                        continue;
                if (!seat_pair_holds(st, p, p->first == r ? s : st->seat[p->first],
                            p->second == r ? s : st->seat[p->second]))
                        return false;
        }
        return student_free_holds(st, student, st->student_busy[student] | section_cells(st, s));
}

/* Teachers. */

static bool preps_hold(
        const struct state *st, int teacher, int unit, const struct taught *has, int t)
{
        int seen[MAX_CELLS], n = 1, last = NONE;

        seen[0] = st->f->units[unit].prep;
        for (cellset m = has->load & st->pb->term_cells[t]; m; m &= m - 1) {
                int u = has->at[__builtin_ctzll(m)], i = 0;
                if (u == last)
                        continue;
                last = u;
                while (i < n && seen[i] != st->f->units[u].prep)
                        i++;
                if (i == n)
                        seen[n++] = st->f->units[u].prep;
        }
        return n <= st->pb->teachers[teacher].limits.preps;
}

bool teacher_free_holds(const struct state *st, int teacher, cellset busy)
{
        const struct problem *pb = st->pb;
        const struct ints *rules = &st->f->teacher_free[teacher];

        for (int i = 0; i < rules->n; i++) {
                const struct rule *rule = &pb->rules[rules->v[i]];
                for (int t = 0; t < pb->n_terms; t++) {
                        uint64_t taken = busy >> (t * pb->n_periods);
                        if (__builtin_popcountll(rule->periods & ~taken) < rule->count)
                                return false;
                }
        }
        return true;
}

static cellset own_cells(const struct state *st, int teacher, int unit)
{
        const struct unit *u = &st->f->units[unit];
        cellset cells;

        if (st->start[unit] < 0)
                return 0;
        cells = st->pb->courses[u->course].start_cells[st->start[unit]];
        return st->teacher_cell[teacher * st->pb->n_cells + __builtin_ctzll(cells)] == unit ? cells
                                                                                            : 0;
}

bool teacher_limits_hold(
        const struct state *st, int teacher, int unit, cellset cells, const struct taught *has)
{
        const struct problem *pb = st->pb;
        const struct limits *l = &pb->teachers[teacher].limits;
        bool counts = st->f->units[unit].counts_load;
        cellset busy = has->busy | cells, load = has->load | cells;

        for (int t = 0; t < pb->n_terms; t++) {
                if (!(cells & pb->term_cells[t]))
                        continue;
                if (counts && l->load >= 0 &&
                        __builtin_popcountll(load & pb->term_cells[t]) > l->load)
                        return false;
                if (l->consecutive >= 0 && problem_longest_run(pb, busy, t) > l->consecutive)
                        return false;
                if (counts && l->preps >= 0 && !preps_hold(st, teacher, unit, has, t))
                        return false;
        }
        return teacher_free_holds(st, teacher, busy);
}

bool person_limits_hold(const struct state *st, int teacher, int unit, int start)
{
        cellset rest = ~own_cells(st, teacher, unit);
        struct taught has = {st->teacher_busy[teacher] & rest, st->teacher_load[teacher] & rest,
                st->teacher_cell + teacher * st->pb->n_cells};

        return teacher_limits_hold(st, teacher, unit,
                st->pb->courses[st->f->units[unit].course].start_cells[start], &has);
}

bool person_free(const struct state *st, int teacher, int unit, int start)
{
        cellset cells = st->pb->courses[st->f->units[unit].course].start_cells[start];
        cellset busy = st->teacher_busy[teacher] & ~own_cells(st, teacher, unit);

        return !(cells & ~st->pb->teachers[teacher].available) && !(cells & busy);
}

bool separate_holds(const struct state *st, int unit, int start)
{
        const struct problem *pb = st->pb;
        const struct unit *u = &st->f->units[unit];

        for (int i = 0; i < u->n; i++) {
                int course = pb->section_course[u->sections[i]];
                const struct ints *rules = &st->f->course_separate[course];
                for (int j = 0; j < rules->n; j++)
                        for (cellset m = pb->courses[course].start_cells[start]; m; m &= m - 1) {
                                int at = rules->v[j] * pb->n_cells + __builtin_ctzll(m);
                                if (st->separate_total[at] >
                                        st->separate_own[at * pb->n_courses + course])
                                        return false;
                        }
        }
        return true;
}

static bool contacts_hold(const struct state *st, int teacher, int unit)
{
        const struct problem *pb = st->pb;
        const struct unit *u = &st->f->units[unit];
        int limit = pb->teachers[teacher].limits.contacts, sum = 0;

        if (limit < 0 || st->start[unit] < 0 || st->teacher[unit] == teacher)
                return true;
        for (int i = 0; i < u->n; i++)
                if (section_course(st, u->sections[i])->counts_load)
                        sum += st->enrol[u->sections[i]];
        int first = st->start[unit] / pb->n_periods;
        for (int t = first; t < first + pb->courses[u->course].terms; t++)
                if (st->contacts[teacher * pb->n_terms + t] + sum > limit)
                        return false;
        return true;
}

/* With this teacher, may all who sit in the section stay? */
static bool seated_suit(const struct state *st, int teacher, int s)
{
        const struct frame *f = st->f;
        const int *list = st->list + st->list_at[s];

        for (int x = 0; x < f->n_flag_rules; x++)
                if (!f->flag_rules[x].limit && st->flag_count[s * f->n_flag_rules + x] &&
                        f->flag_rule_applies[x * st->pb->n_courses + st->pb->section_course[s]] &&
                        !f->teacher_has[x * st->pb->n_teachers + teacher] &&
                        !(st->co[s] >= 0 && f->teacher_has[x * st->pb->n_teachers + st->co[s]]))
                        return false;
        for (int i = 0; i < st->enrol[s]; i++) {
                const struct ints *avoid = &f->student_avoid[st->pb->requests[list[i]].student];
                for (int j = 0; j < avoid->n; j++)
                        if (avoid->v[j] == teacher)
                                return false;
        }
        return true;
}

bool teacher_suits(const struct state *st, int teacher, int unit)
{
        const struct unit *u = &st->f->units[unit];

        for (int i = 0; i < u->n; i++)
                if (st->enrol[u->sections[i]] && !seated_suit(st, teacher, u->sections[i]))
                        return false;
        return contacts_hold(st, teacher, unit);
}
