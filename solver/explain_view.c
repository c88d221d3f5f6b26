/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/explain_view.h"

void view_init(struct view *v, const struct schedule *sc)
{
        const struct problem *pb = sc->pb;

        v->sc = sc;
        v->pb = pb;
        v->enrolled = mem_zero((size_t)pb->n_sections, sizeof *v->enrolled);
        v->first = mem_zero((size_t)pb->n_sections, sizeof *v->first);
        v->next = mem_zero((size_t)pb->n_requests, sizeof *v->next);
        for (int s = 0; s < pb->n_sections; s++)
                v->first[s] = -1;
        for (int r = pb->n_requests - 1; r >= 0; r--) {
                int s = sc->seat[r];
                if (s < 0)
                        continue;
                v->next[r] = v->first[s];
                v->first[s] = r;
                v->enrolled[s]++;
        }
}

void view_release(struct view *v)
{
        mem_free(v->enrolled);
        mem_free(v->first);
        mem_free(v->next);
}

struct spot view_spot(const struct view *v, int section)
{
        const struct schedule *sc = v->sc;

        return (struct spot){.section = section,
                .start = sc->start[section],
                .teacher = sc->teacher[section],
                .co_teacher = sc->co_teacher[section],
                .room = sc->room[section],
                .cohort = sc->cohort[section]};
}

cellset view_cells(const struct view *v, int section)
{
        int start = v->sc->start[section];

        return start < 0 ? 0 : v->pb->courses[v->pb->section_course[section]].start_cells[start];
}

int view_sibling(const struct view *v, int section, int course)
{
        const struct course *c = &v->pb->courses[course];
        int k = v->pb->section_number[section];
        int other = c->first_section + k - 1;

        if (k > c->sections_max || other == section || v->sc->start[other] < 0)
                return -1;
        return other;
}

int stack_others(const struct view *v, int section)
{
        int rule = v->pb->courses[v->pb->section_course[section]].stack;
        int n = 0;

        if (rule < 0)
                return 0;
        const struct ints *courses = &v->pb->rules[rule].courses;
        for (int i = 0; i < courses->n; i++) {
                int o = view_sibling(v, section, courses->v[i]);
                n += o < 0 ? 0 : v->enrolled[o];
        }
        return n;
}

int stack_size_max(const struct view *v, int section)
{
        const struct course *c = &v->pb->courses[v->pb->section_course[section]];
        int most = c->size_max;

        if (c->stack < 0)
                return most;
        const struct ints *courses = &v->pb->rules[c->stack].courses;
        for (int i = 0; i < courses->n; i++) {
                int size = v->pb->courses[courses->v[i]].size_max;
                if (view_sibling(v, section, courses->v[i]) >= 0 && size > most)
                        most = size;
        }
        return most;
}

int view_contacts(const struct view *v, int t, int term)
{
        const struct problem *pb = v->pb;
        int n = 0;

        for (int s = 0; s < pb->n_sections; s++) {
                bool his = v->sc->teacher[s] == t || v->sc->co_teacher[s] == t;
                if (his && pb->courses[pb->section_course[s]].counts_load &&
                        (view_cells(v, s) & pb->term_cells[term]))
                        n += v->enrolled[s];
        }
        return n;
}

void list_add(struct arena *a, struct ints *list, int most, int x)
{
        if (!a)
                return;
        if (!list->v)
                list->v = arena_array(a, (size_t)most, sizeof *list->v);
        list->v[list->n++] = x;
}
