/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/explain_staff.h"

/* What makes one preparation: a course, or all courses of a stack. */
static int preparation(const struct problem *pb, int course)
{
        int stack = pb->courses[course].stack;

        return stack < 0 ? course : pb->n_courses + stack;
}

static void add_cells(struct staff *f, int t, int section, bool unit)
{
        const struct problem *pb = f->view->pb;
        const struct course *c = &pb->courses[pb->section_course[section]];
        cellset cells = view_cells(f->view, section);

        if (t < 0)
                return;
        f->taught[t] |= cells;
        if (unit)
                f->unit[t] |= cells;
        if (!c->counts_load)
                return;
        f->counted[t] |= cells;
        for (int term = 0; term < pb->n_terms; term++)
                if (cells & pb->term_cells[term])
                        f->contacts[t * pb->n_terms + term] += f->view->enrolled[section];
}

/* Distinct preparations of a teacher in one term; seen is [n_courses + n_rules], cleared by
 * stamps. */
static void count_preps(struct staff *f, int t, int term, int mine, int *seen, int stamp)
{
        const struct problem *pb = f->view->pb;
        const struct schedule *sc = f->view->sc;
        int at = t * pb->n_terms + term;

        for (int s = 0; s < pb->n_sections; s++) {
                int key = preparation(pb, pb->section_course[s]);
                if ((sc->teacher[s] != t && sc->co_teacher[s] != t) || seen[key] == stamp ||
                        !pb->courses[pb->section_course[s]].counts_load ||
                        !(view_cells(f->view, s) & pb->term_cells[term]))
                        continue;
                seen[key] = stamp;
                f->preps[at]++;
                f->prepared[at] |= key == mine;
        }
}

static void init_preps(struct staff *f, const struct ints *teachers, int course)
{
        const struct problem *pb = f->view->pb;
        int *seen = mem_zero((size_t)(pb->n_courses + pb->n_rules), sizeof *seen);
        int stamp = 0;

        for (int i = 0; i < teachers->n; i++) {
                int t = teachers->v[i];
                for (int term = 0; term < pb->n_terms; term++)
                        if (pb->teachers[t].limits.preps >= 0 &&
                                f->preps[t * pb->n_terms + term] == 0)
                                count_preps(f, t, term, preparation(pb, course), seen, ++stamp);
        }
        mem_free(seen);
}

void staff_init(struct staff *f, const struct view *view, int section)
{
        const struct problem *pb = view->pb;
        const struct schedule *sc = view->sc;
        int course = pb->section_course[section];
        size_t n = (size_t)pb->n_teachers, by_term = n * (size_t)pb->n_terms;
        size_t rooms = (size_t)pb->n_rooms;

        *f = (struct staff){.view = view, .course = &pb->courses[course]};
        f->taught = mem_zero(n, sizeof *f->taught);
        f->counted = mem_zero(n, sizeof *f->counted);
        f->unit = mem_zero(n, sizeof *f->unit);
        f->rooms = mem_zero(rooms, sizeof *f->rooms);
        f->unit_rooms = mem_zero(rooms, sizeof *f->unit_rooms);
        f->contacts = mem_zero(by_term, sizeof *f->contacts);
        f->preps = mem_zero(by_term, sizeof *f->preps);
        f->prepared = mem_zero(by_term, sizeof *f->prepared);
        for (int s = 0; s < pb->n_sections; s++) {
                if (sc->start[s] < 0)
                        continue;
                bool unit = f->course->stack >= 0 &&
                            pb->courses[pb->section_course[s]].stack == f->course->stack &&
                            pb->section_number[s] == pb->section_number[section];
                add_cells(f, sc->teacher[s], s, unit);
                add_cells(f, sc->co_teacher[s], s, unit);
                if (sc->room[s] >= 0)
                        (unit ? f->unit_rooms : f->rooms)[sc->room[s]] |= view_cells(view, s);
        }
        init_preps(f, &f->course->able_teachers, course);
        init_preps(f, &f->course->able_co_teachers, course);
}

void staff_release(struct staff *f)
{
        mem_free(f->taught);
        mem_free(f->counted);
        mem_free(f->unit);
        mem_free(f->rooms);
        mem_free(f->unit_rooms);
        mem_free(f->contacts);
        mem_free(f->preps);
        mem_free(f->prepared);
}

/* Load, preps, consecutive and contacts in one term. */
static bool within_limits(const struct staff *f, int t, cellset cells, int term, int need)
{
        const struct problem *pb = f->view->pb;
        const struct limits *most = &pb->teachers[t].limits;
        int at = t * pb->n_terms + term;

        if (most->consecutive >= 0 &&
                problem_longest_run(pb, f->taught[t] | cells, term) > most->consecutive)
                return false;
        if (!f->course->counts_load)
                return true;
        if (most->load >= 0 &&
                __builtin_popcountll((f->counted[t] | cells) & pb->term_cells[term]) > most->load)
                return false;
        if (most->preps >= 0 && f->preps[at] + !f->prepared[at] > most->preps)
                return false;
        return most->contacts < 0 || f->contacts[at] + need <= most->contacts;
}

/* Marks the `free` rules that the cells would break. */
static bool stays_free(const struct staff *f, int t, cellset cells, bool *rules)
{
        const struct problem *pb = f->view->pb;
        bool ok = true;

        for (int i = 0; i < pb->n_rules; i++) {
                const struct rule *u = &pb->rules[i];
                if (u->kind != RULE_FREE || !ints_has(&u->teachers, t))
                        continue;
                cellset asked = problem_cells_of_periods(pb, u->periods);
                for (int term = 0; term < pb->n_terms; term++) {
                        cellset left = asked & pb->term_cells[term] & ~(f->taught[t] | cells);
                        if ((cells & asked & pb->term_cells[term]) &&
                                __builtin_popcountll(left) < u->count)
                                rules[i] = true, ok = false;
                }
        }
        return ok;
}

bool staff_free(const struct staff *f, int t, int start, bool joint, int need, bool *rules)
{
        const struct problem *pb = f->view->pb;
        cellset cells = f->course->start_cells[start];
        cellset busy = joint ? f->taught[t] & ~f->unit[t] : f->taught[t];

        if ((cells & ~pb->teachers[t].available) || (cells & busy))
                return false;
        for (int term = 0; term < pb->n_terms; term++)
                if ((cells & pb->term_cells[term]) && !within_limits(f, t, cells, term, need))
                        return false;
        return stays_free(f, t, cells, rules);
}

int staff_contacts_left(const struct staff *f, int t, int start)
{
        const struct problem *pb = f->view->pb;
        int left = INT32_MAX;

        if (t < 0 || pb->teachers[t].limits.contacts < 0 || !f->course->counts_load)
                return left;
        for (int term = 0; term < pb->n_terms; term++) {
                int mine = pb->teachers[t].limits.contacts - f->contacts[t * pb->n_terms + term];
                if ((f->course->start_cells[start] & pb->term_cells[term]) && mine < left)
                        left = mine;
        }
        return left;
}
