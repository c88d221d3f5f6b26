/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a seat would break, one function per hard rule that a seat can touch. */
#include "solver/explain_view.h"

/* One question: may the student of request r sit at spot? */
struct seat_try {
        const struct view *v;
        const struct problem *pb;
        const struct spot *spot;
        int r, x, c, k; /* request, student, course, section number */
        const struct student *student;
        const struct course *course;
        struct blocks *out;
};

static struct obstacle *block(struct blocks *out, enum obstacle_kind kind, int section)
{
        static const struct obstacle none = {
                .rule = NONE, .lock = NONE, .cohort = NONE, .teacher = NONE, .room = NONE};

        if (!out->arena) {
                static _Thread_local struct obstacle counted;
                out->n++;
                counted = none;
                return &counted;
        }
        MEM_GROW(out->v, out->n, out->cap);
        struct obstacle *o = &out->v[out->n++];
        *o = none;
        o->kind = kind;
        o->section = section;
        return o;
}

static struct obstacle *block_seat(const struct seat_try *t, enum obstacle_kind kind)
{
        return block(t->out, kind, t->spot->section);
}

static void block_rule(const struct seat_try *t, int rule, struct ints courses)
{
        struct obstacle *o = block_seat(t, BLOCK_RULE);

        o->rule = rule;
        o->courses = courses;
}

/* The section that request q of the student is met by, other than the one in question; or -1. */
static int other_seat(const struct seat_try *t, int q)
{
        return q == t->r ? -1 : t->v->sc->seat[q];
}

/* Locks that hold the student in section o. */
static void locked_seat(const struct seat_try *t, int o)
{
        const struct problem *pb = t->pb;
        int course = pb->section_course[o];

        for (int l = 0; l < pb->n_locks; l++) {
                const struct lock *lock = &pb->locks[l];
                if (lock->student != t->x || lock->course != course ||
                        lock->section != pb->section_number[o])
                        continue;
                struct obstacle *ob = block_seat(t, BLOCK_LOCK);
                ob->lock = l;
                list_add(t->out->arena, &ob->courses, 1, course);
        }
}

/* Locks that keep section s at its time. */
static void time_locks(const struct seat_try *t, int s, struct ints *out)
{
        const struct problem *pb = t->pb;

        for (int l = 0; l < pb->n_locks; l++)
                if (lock_holds_time(&pb->locks[l]) &&
                        pb->locks[l].course == pb->section_course[s] &&
                        pb->locks[l].section == pb->section_number[s])
                        list_add(t->out->arena, out, pb->n_locks, l);
}

/* H1 and H5: one place at a time, and what off_campus and travel ask of the cells around. */
static void overlap(const struct seat_try *t)
{
        const struct student *st = t->student;
        const cellset cells = t->course->start_cells[t->spot->start];
        const cellset owed = t->course->start_block[t->spot->start];
        struct ints courses = {0}, held = {0};
        bool any = false;

        for (int q = st->first_request; q < st->first_request + st->n_requests; q++) {
                int o = other_seat(t, q);
                if (o < 0)
                        continue;
                const struct course *d = &t->pb->courses[t->pb->section_course[o]];
                int start = t->v->sc->start[o];
                if (!(owed & d->start_cells[start]) && !(cells & d->start_block[start]))
                        continue;
                any = true;
                list_add(t->out->arena, &courses, st->n_requests, t->pb->section_course[o]);
                locked_seat(t, o);
                time_locks(t, o, &held);
        }
        if (!any)
                return;
        time_locks(t, t->spot->section, &held);
        struct obstacle *ob = block_seat(t, BLOCK_OVERLAP);
        ob->courses = courses;
        ob->held = held;
}

static bool counts_as_member(const struct problem *pb, const struct student *st, int cohort)
{
        const struct cohort *k = &pb->cohorts[cohort];

        return k->purity_of_pathway ? st->pathway == k->pathway : st->cohort == cohort;
}

/* H7: members >= purity x enrolment, with one more who is no member. */
static void purity(const struct seat_try *t)
{
        int cohort = t->spot->cohort, s = t->spot->section, members = 0;

        if (cohort < 0 || counts_as_member(t->pb, t->student, cohort))
                return;
        for (int q = t->v->first[s]; q >= 0; q = t->v->next[q])
                members += counts_as_member(
                        t->pb, &t->pb->students[t->pb->requests[q].student], cohort);
        struct ratio least = t->pb->cohorts[cohort].purity;
        if (members * least.den < least.num * (t->v->enrolled[s] + 1))
                block_seat(t, BLOCK_PURITY)->cohort = cohort;
}

/* The section reserved for the cohort in which x takes the course, s where x is the one in
 * question; or -1. */
static int strand_of(const struct seat_try *t, int x, int course, int cohort)
{
        if (x == t->x && course == t->c)
                return t->spot->section;
        int q = problem_request_of(t->pb, x, course);
        int s = q < 0 ? -1 : t->v->sc->seat[q];
        return s >= 0 && t->v->sc->cohort[s] == cohort ? s : -1;
}

/* H7: two who sit together in one section reserved for the cohort must do so in all that both take.
 */
static void strands(const struct seat_try *t)
{
        int cohort = t->spot->cohort;

        if (cohort < 0 || !t->pb->cohorts[cohort].strands || t->student->cohort != cohort)
                return;
        const struct cohort *k = &t->pb->cohorts[cohort];
        for (int i = 0; i < k->members.n; i++) {
                int y = k->members.v[i];
                bool together = false, split = false;
                for (int j = 0; j < k->courses.n && y != t->x; j++) {
                        int a = strand_of(t, t->x, k->courses.v[j], cohort);
                        int b = a < 0 ? -1 : strand_of(t, y, k->courses.v[j], cohort);
                        together |= b >= 0 && a == b;
                        split |= b >= 0 && a != b;
                }
                if (together && split) {
                        block_seat(t, BLOCK_STRANDS)->cohort = cohort;
                        return;
                }
        }
}

/* H8: each alternate used stands in for an unmet primary request of its own. */
static void alternates(const struct seat_try *t)
{
        const struct problem *pb = t->pb;
        const struct student *st = t->student;
        int used = 0, unmet = 0;
        bool named = false;
        struct ints stand_in = {0}, all = {0};

        for (int q = st->first_request; q < st->first_request + st->n_requests; q++) {
                const struct request *r = &pb->requests[q];
                bool met = q == t->r || t->v->sc->seat[q] >= 0;
                unmet += r->kind != ALTERNATE && !met;
                if (r->kind != ALTERNATE || !met)
                        continue;
                used++;
                if (q == t->r)
                        continue;
                list_add(t->out->arena, &all, st->n_requests, r->course);
                int mine = pb->requests[t->r].stands_for;
                if (r->stands_for == t->r || (mine >= 0 && r->stands_for == mine)) {
                        named = true;
                        list_add(t->out->arena, &stand_in, st->n_requests, r->course);
                }
        }
        int mine = pb->requests[t->r].stands_for;
        if (mine >= 0 && t->v->sc->seat[mine] >= 0)
                block_seat(t, BLOCK_ALTERNATE);
        if (named)
                block_seat(t, BLOCK_ALTERNATE)->courses = stand_in;
        else if (used > unmet)
                block_seat(t, BLOCK_ALTERNATE)->courses = all;
}

/* The student's courses in the list that sit in a section of another number. */
static void same_students(const struct seat_try *t, int rule)
{
        const struct ints *courses = &t->pb->rules[rule].courses;
        struct ints other = {0};
        bool any = false;

        for (int i = 0; i < courses->n && ints_has(courses, t->c); i++) {
                int q = problem_request_of(t->pb, t->x, courses->v[i]);
                int o = q < 0 ? -1 : other_seat(t, q);
                if (o < 0 || t->pb->section_number[o] == t->k)
                        continue;
                any = true;
                list_add(t->out->arena, &other, courses->n, courses->v[i]);
        }
        if (any)
                block_rule(t, rule, other);
}

static void before(const struct seat_try *t, int rule)
{
        const struct ints *courses = &t->pb->rules[rule].courses;
        int periods = t->pb->n_periods, at = -1;
        struct ints wrong = {0};
        bool any = false;

        for (int i = 0; i < courses->n; i++)
                if (courses->v[i] == t->c)
                        at = i;
        int first = t->spot->start / periods, last = first + t->course->terms - 1;
        for (int i = 0; i < courses->n && at >= 0; i++) {
                int q = problem_request_of(t->pb, t->x, courses->v[i]);
                int o = q < 0 ? -1 : other_seat(t, q);
                if (o < 0)
                        continue;
                int o_first = t->v->sc->start[o] / periods;
                int o_last = o_first + t->pb->courses[courses->v[i]].terms - 1;
                if (i < at ? o_last < first : last < o_first)
                        continue;
                any = true;
                list_add(t->out->arena, &wrong, courses->n, courses->v[i]);
        }
        if (any)
                block_rule(t, rule, wrong);
}

static bool has_credential(const struct problem *pb, int teacher, const struct ints *any_of)
{
        for (int i = 0; teacher >= 0 && i < any_of->n; i++)
                if (ints_has(&pb->teachers[teacher].credentials, any_of->v[i]))
                        return true;
        return false;
}

static void needs(const struct seat_try *t, int rule)
{
        const struct rule *u = &t->pb->rules[rule];

        if (!t->course->staffed || !problem_has_flag(t->pb, t->x, u->flag))
                return;
        if (!has_credential(t->pb, t->spot->teacher, &u->credentials) &&
                !has_credential(t->pb, t->spot->co_teacher, &u->credentials))
                block_rule(t, rule, (struct ints){0});
}

static void limit(const struct seat_try *t, int rule)
{
        const struct rule *u = &t->pb->rules[rule];
        int flagged = 1;

        if (u->courses.given && !ints_has(&u->courses, t->c))
                return;
        if (!problem_has_flag(t->pb, t->x, u->flag))
                return;
        for (int q = t->v->first[t->spot->section]; q >= 0; q = t->v->next[q])
                flagged += problem_has_flag(t->pb, t->pb->requests[q].student, u->flag);
        if (flagged > ratio_floor_times(u->share, t->course->size_max))
                block_rule(t, rule, (struct ints){0});
}

static bool seats_any(const struct seat_try *t, int s, const struct ints *students)
{
        for (int q = t->v->first[s]; q >= 0; q = t->v->next[q])
                if (t->pb->requests[q].student != t->x &&
                        ints_has(students, t->pb->requests[q].student))
                        return true;
        return false;
}

/* Stacked sections are one. */
static void apart(const struct seat_try *t, int rule)
{
        const struct rule *u = &t->pb->rules[rule];
        int s = t->spot->section;

        if (!ints_has(&u->students, t->x))
                return;
        bool met = seats_any(t, s, &u->students);
        if (t->course->stack >= 0) {
                const struct ints *courses = &t->pb->rules[t->course->stack].courses;
                for (int i = 0; i < courses->n && !met; i++) {
                        int o = view_sibling(t->v, s, courses->v[i]);
                        met = o >= 0 && seats_any(t, o, &u->students);
                }
        }
        if (met)
                block_rule(t, rule, (struct ints){0});
}

static void avoid(const struct seat_try *t, int rule)
{
        const struct rule *u = &t->pb->rules[rule];

        if (u->student == t->x && u->teacher >= 0 &&
                (u->teacher == t->spot->teacher || u->teacher == t->spot->co_teacher))
                block_rule(t, rule, (struct ints){0});
}

/* Free: no section then, whatever off_campus or travel ask. */
static void free_of(const struct seat_try *t, int rule)
{
        const struct rule *u = &t->pb->rules[rule];
        const struct student *st = t->student;
        cellset taken = t->course->start_cells[t->spot->start], cells = taken;

        if (!ints_has(&u->students, t->x))
                return;
        for (int q = st->first_request; q < st->first_request + st->n_requests; q++)
                if (other_seat(t, q) >= 0)
                        taken |= view_cells(t->v, other_seat(t, q));
        cellset asked = problem_cells_of_periods(t->pb, u->periods);
        for (int term = 0; term < t->pb->n_terms; term++) {
                cellset mine = asked & t->pb->term_cells[term];
                if (!(cells & mine) || __builtin_popcountll(mine & ~taken) >= u->count)
                        continue;
                block_rule(t, rule, (struct ints){0});
                return;
        }
}

static void rules(const struct seat_try *t)
{
        for (int i = 0; i < t->pb->n_rules; i++) {
                switch (t->pb->rules[i].kind) {
                case RULE_SAME_STUDENTS:
                        same_students(t, i);
                        break;
                case RULE_BEFORE:
                        before(t, i);
                        break;
                case RULE_NEEDS:
                        needs(t, i);
                        break;
                case RULE_LIMIT:
                        limit(t, i);
                        break;
                case RULE_APART:
                        apart(t, i);
                        break;
                case RULE_AVOID:
                        avoid(t, i);
                        break;
                case RULE_FREE:
                        free_of(t, i);
                        break;
                default: /* bind sections, whoever sits there */
                        break;
                }
        }
}

void seat_blocks(const struct view *v, const struct spot *spot, int r, struct blocks *out)
{
        const struct problem *pb = v->pb;
        const struct request *rq = &pb->requests[r];
        struct seat_try t = {.v = v,
                .pb = pb,
                .spot = spot,
                .r = r,
                .x = rq->student,
                .c = rq->course,
                .k = pb->section_number[spot->section],
                .student = &pb->students[rq->student],
                .course = &pb->courses[rq->course],
                .out = out};

        if (t.course->start_cells[spot->start] & ~t.student->available)
                block_seat(&t, BLOCK_AWAY);
        overlap(&t);
        const struct support *sup = &t.course->support;
        if (sup->given && problem_has_flag(pb, t.x, sup->flag) && t.k > sup->sections)
                block_seat(&t, BLOCK_SUPPORT);
        purity(&t);
        strands(&t);
        alternates(&t);
        rules(&t);
}

/* H3: contacts are counted in every term that the section runs in. */
static void contacts(const struct view *v, const struct spot *spot, int teacher, struct blocks *out)
{
        const struct problem *pb = v->pb;
        const struct course *c = &pb->courses[pb->section_course[spot->section]];

        if (teacher < 0 || pb->teachers[teacher].limits.contacts < 0 || !c->counts_load)
                return;
        for (int term = 0; term < pb->n_terms; term++) {
                if (!(c->start_cells[spot->start] & pb->term_cells[term]))
                        continue;
                if (view_contacts(v, teacher, term) + 1 <= pb->teachers[teacher].limits.contacts)
                        continue;
                block(out, BLOCK_CONTACTS, spot->section)->teacher = teacher;
                return;
        }
}

/* The courses stacked with the section that run with its number. */
static struct ints stacked(const struct view *v, int section, struct arena *a)
{
        int rule = v->pb->courses[v->pb->section_course[section]].stack;
        struct ints out = {0};

        for (int i = 0; rule >= 0 && i < v->pb->rules[rule].courses.n; i++) {
                int c = v->pb->rules[rule].courses.v[i];
                if (view_sibling(v, section, c) >= 0)
                        list_add(a, &out, v->pb->rules[rule].courses.n, c);
        }
        return out;
}

void room_blocks(const struct view *v, const struct spot *spot, struct blocks *out)
{
        const struct problem *pb = v->pb;
        int s = spot->section, others = stack_others(v, s), n = v->enrolled[s] + 1;
        const struct course *c = &pb->courses[pb->section_course[s]];

        if (n > c->size_max)
                block(out, BLOCK_FULL, s);
        if (c->stack >= 0 && n + others > stack_size_max(v, s))
                block(out, BLOCK_FULL, s)->courses = stacked(v, s, out->arena);
        if (spot->room >= 0 && pb->rooms[spot->room].capacity >= 0 &&
                n + others > pb->rooms[spot->room].capacity) {
                struct obstacle *o = block(out, BLOCK_FULL, s);
                o->room = spot->room;
                o->courses = stacked(v, s, out->arena);
        }
        contacts(v, spot, spot->teacher, out);
        contacts(v, spot, spot->co_teacher, out);
}
