/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Locked sections placed one by one, the most constrained first: most locks leave little choice. A
 * group that finds no place left goes to the front and all starts again.
 */
#include "model/verify.h"
#include "solver/clash.h"
#include "solver/reduce.h"

/* Groups that are first in turn and in each other's way, round after round, will stay so. */
enum { MAX_ROUNDS = 60, FEW = 4, PATIENCE = 6 };

struct placing {
        const struct problem *pb;
        struct meter *meter;
        struct formulation *f; /* reduced, never built */
        struct schedule *sc;
        cellset *teacher_busy, *room_busy, *student_busy, *student_owed;
        int *order; /* groups, those with few ways first */
        int tries;
};

struct scope locked_scope(const struct problem *pb, struct arena *a)
{
        bool *section = arena_array(a, (size_t)pb->n_sections + 1, sizeof *section);
        bool *student = arena_array(a, (size_t)pb->n_students + 1, sizeof *student);
        bool *wanting = arena_array(a, (size_t)pb->n_courses + 1, sizeof *wanting);

        for (int l = 0; l < pb->n_locks; l++) {
                const struct lock *lk = &pb->locks[l];
                const struct course *c = &pb->courses[lk->course];

                if (lk->section >= 1 && lk->section <= c->sections_max && !lk->kept)
                        section[c->first_section + lk->section - 1] = true;
                if (lk->student != NONE) {
                        student[lk->student] = true;
                        wanting[lk->course] = true;
                }
        }
        for (int i = 0; i < pb->n_requests; i++)
                if (wanting[pb->requests[i].course])
                        student[pb->requests[i].student] = true;
        return (struct scope){section, student};
}

static int ways(const struct formulation *f, const struct group *gr)
{
        int n = 0;

        for (int j = 0; j < gr->n_slots; j++)
                for (int t = 0; t < (gr->staffed ? gr->n_crew : 1); t++) {
                        bool fits = true;

                        for (int m = 0; m < gr->n_sections && gr->staffed; m++)
                                fits &= may_teach(
                                        f, gr->sections[m], gr->crew[t], gr->slots[j].cells);
                        n += fits;
                }
        return n;
}

static void sort_groups(struct placing *p, struct arena *a)
{
        const struct formulation *f = p->f;
        int *count = arena_array(a, (size_t)f->n_groups + 1, sizeof *count);

        p->order = arena_array(a, (size_t)f->n_groups + 1, sizeof(int));
        for (int g = 0; g < f->n_groups; g++) {
                int at = g;

                count[g] = ways(f, &f->groups[g]);
                while (at > 0 && count[p->order[at - 1]] > count[g]) {
                        p->order[at] = p->order[at - 1];
                        at--;
                }
                p->order[at] = g;
        }
}

static bool load_allows(const struct placing *p, int t, cellset cells)
{
        const struct limits *l = &p->pb->teachers[t].limits;
        const cellset taken = p->teacher_busy[t] | cells;

        if (p->teacher_busy[t] & cells)
                return false;
        for (int term = 0; term < p->pb->n_terms; term++) {
                if (__builtin_popcountll(taken & p->pb->term_cells[term]) > l->load)
                        return false;
                if (l->consecutive != NO_LIMIT &&
                        problem_longest_run(p->pb, taken, term) > l->consecutive)
                        return false;
        }
        return true;
}

/* Does every section of the group fit slot j, and person or room x there? */
static bool all_fit(const struct placing *p, const struct group *gr, int j, int x,
        bool (*may)(const struct formulation *, int, int, cellset))
{
        for (int m = 0; m < gr->n_sections; m++) {
                const int s = gr->sections[m];
                const struct course *c = &p->pb->courses[p->pb->section_course[s]];
                const int start = gr->slots[j].start;

                if (!(p->f->parts[s].starts >> start & 1) ||
                        c->start_cells[start] != gr->slots[j].cells)
                        return false;
                if (may && !may(p->f, s, x, gr->slots[j].cells))
                        return false;
        }
        return true;
}

/* Co-teachers of the group's sections: the first who is free; false if one has none. */
static bool find_co_teachers(struct placing *p, const struct group *gr, cellset cells)
{
        for (int m = 0; m < gr->n_sections; m++) {
                const int s = gr->sections[m];
                const struct course *c = &p->pb->courses[p->pb->section_course[s]];

                if (!c->support.given || p->pb->section_number[s] > c->support.sections)
                        continue;
                for (int n = 0; n < c->able_co_teachers.n && p->sc->co_teacher[s] < 0; n++) {
                        const int t = c->able_co_teachers.v[n];

                        if (t != p->sc->teacher[s] && may_co_teach(p->f, s, t, cells) &&
                                load_allows(p, t, cells)) {
                                p->sc->co_teacher[s] = t;
                                p->teacher_busy[t] |= cells;
                        }
                }
                if (p->sc->co_teacher[s] < 0)
                        return false;
        }
        return true;
}

static void release(struct placing *p, const struct group *gr, cellset cells)
{
        for (int m = 0; m < gr->n_sections; m++) {
                const int s = gr->sections[m];

                if (p->sc->teacher[s] >= 0)
                        p->teacher_busy[p->sc->teacher[s]] &= ~cells;
                if (p->sc->co_teacher[s] >= 0)
                        p->teacher_busy[p->sc->co_teacher[s]] &= ~cells;
                if (p->sc->room[s] >= 0)
                        p->room_busy[p->sc->room[s]] &= ~cells;
                p->sc->start[s] = p->sc->teacher[s] = p->sc->co_teacher[s] = p->sc->room[s] = NONE;
        }
}

static bool place_with(struct placing *p, const struct group *gr, int j, int teacher, int room)
{
        const cellset cells = gr->slots[j].cells;

        for (int m = 0; m < gr->n_sections; m++) {
                p->sc->start[gr->sections[m]] = gr->slots[j].start;
                p->sc->teacher[gr->sections[m]] = teacher;
                p->sc->room[gr->sections[m]] = room;
        }
        if (teacher >= 0)
                p->teacher_busy[teacher] |= cells;
        if (room >= 0)
                p->room_busy[room] |= cells;
        if (find_co_teachers(p, gr, cells))
                return true;
        release(p, gr, cells);
        return false;
}

static bool try_rooms(struct placing *p, const struct group *gr, int j, int teacher)
{
        if (!gr->roomed)
                return place_with(p, gr, j, teacher, NONE);
        for (int n = 0; n < gr->n_rooms; n++)
                if (!(p->room_busy[gr->rooms[n]] & gr->slots[j].cells) &&
                        all_fit(p, gr, j, gr->rooms[n], may_use) &&
                        place_with(p, gr, j, teacher, gr->rooms[n]))
                        return true;
        return false;
}

/* Slots and people are tried from a place that differs by group, so that they spread. */
static bool place_group(struct placing *p, int g)
{
        const struct group *gr = &p->f->groups[g];

        for (int k = 0; k < gr->n_slots; k++) {
                const int j = (k + g) % gr->n_slots;

                if (!all_fit(p, gr, j, NONE, NULL))
                        continue;
                if (!gr->staffed && try_rooms(p, gr, j, NONE))
                        return true;
                for (int n = 0; gr->staffed && n < gr->n_crew; n++) {
                        const int t = gr->crew[(n + g) % gr->n_crew];

                        if (all_fit(p, gr, j, t, may_teach) &&
                                load_allows(p, t, gr->slots[j].cells) && try_rooms(p, gr, j, t))
                                return true;
                }
        }
        return false;
}

static void clear(struct placing *p)
{
        for (int t = 0; t < p->pb->n_teachers; t++)
                p->teacher_busy[t] = 0;
        for (int r = 0; r < p->pb->n_rooms; r++)
                p->room_busy[r] = 0;
        for (int s = 0; s < p->pb->n_sections; s++)
                p->sc->start[s] = p->sc->teacher[s] = p->sc->co_teacher[s] = p->sc->room[s] = NONE;
}

static bool place_all(struct placing *p)
{
        int vain = 0;

        for (int round = 0; round < MAX_ROUNDS; round++) {
                int at = 0, stuck;

                clear(p);
                while (at < p->f->n_groups && meter_spend(p->meter, 10) &&
                        place_group(p, p->order[at]))
                        at++;
                if (at == p->f->n_groups)
                        return true;
                stuck = p->order[at];
                vain = at < FEW ? vain + 1 : 0;
                if (at == 0 || vain > PATIENCE || meter_over(p->meter))
                        return false;
                for (; at > 0; at--)
                        p->order[at] = p->order[at - 1];
                p->order[0] = stuck;
        }
        return false;
}

static bool seat(struct placing *p, int i, int s)
{
        const int k = p->pb->requests[i].student;
        const struct course *c = &p->pb->courses[p->pb->section_course[s]];
        const int start = p->sc->start[s];
        const cellset cells = c->start_cells[start];

        if (p->sc->seat[i] >= 0 || !may_sit(p->f, i, s, cells) || p->student_owed[k] & cells ||
                p->student_busy[k] & c->start_block[start])
                return false;
        p->sc->seat[i] = s;
        p->student_busy[k] |= cells;
        p->student_owed[k] |= c->start_block[start];
        return true;
}

/* Locked students first, then others up to the minimum. */
static void seat_students(struct placing *p)
{
        const struct formulation *f = p->f;

        for (int i = 0; i < p->pb->n_requests; i++)
                if (f->bound_to[i] >= 0 && p->sc->start[f->bound_to[i]] >= 0)
                        seat(p, i, f->bound_to[i]);
        for (int s = 0; s < p->pb->n_sections; s++) {
                const int course = p->pb->section_course[s];
                int n = 0;

                if (f->parts[s].group < 0 || f->parts[s].excused || p->sc->start[s] < 0)
                        continue;
                for (int e = 0; e < f->seekers[course].n; e++)
                        n += p->sc->seat[f->seekers[course].v[e]] == s;
                for (int e = 0; e < f->seekers[course].n && n < p->pb->courses[course].size_min;
                        e++)
                        if (p->pb->requests[f->seekers[course].v[e]].kind != ALTERNATE)
                                n += seat(p, f->seekers[course].v[e], s);
        }
}

static void reserve_sections(struct placing *p)
{
        for (int l = 0; l < p->pb->n_locks; l++) {
                const struct lock *lk = &p->pb->locks[l];
                const struct course *c = &p->pb->courses[lk->course];

                if (lk->cohort >= 0 && lk->section <= c->sections_max)
                        p->sc->cohort[c->first_section + lk->section - 1] = lk->cohort;
        }
}

static bool valid(const struct problem *pb, const struct schedule *sc)
{
        struct answer *an = schedule_answer(sc);
        struct verdict *v = verify(pb, an, false);
        const bool good = v->n_faults == 0;

        verdict_free(v);
        answer_free(an);
        return good;
}

bool place_locked(const struct problem *pb, struct meter *m, struct schedule *sc)
{
        struct arena *a = arena_new();
        struct placing p = {.pb = pb,
                .meter = m,
                .sc = sc,
                .f = formulation_new(pb, locked_scope(pb, a), false),
                .teacher_busy = arena_array(a, (size_t)pb->n_teachers + 1, sizeof(cellset)),
                .room_busy = arena_array(a, (size_t)pb->n_rooms + 1, sizeof(cellset)),
                .student_busy = arena_array(a, (size_t)pb->n_students + 1, sizeof(cellset)),
                .student_owed = arena_array(a, (size_t)pb->n_students + 1, sizeof(cellset))};
        bool good;

        reduce(p.f);
        sort_groups(&p, a);
        good = !p.f->refuted && place_all(&p);
        if (good) {
                reserve_sections(&p);
                seat_students(&p);
                good = valid(pb, sc);
        }
        formulation_free(p.f);
        arena_free(a);
        return good;
}
