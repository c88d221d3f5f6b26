/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/explain_all.h"
#include "solver/clash.h"
#include "solver/explain.h"
#include "solver/explain_view.h"
#include "solver/meter.h"
#include "solver/whatif_fix.h"
#include <stdlib.h>

static bool asked_request(const struct problem *pb, const struct explain_ask *ask, int r)
{
        const struct request *q = &pb->requests[r];

        return ask->section < 0 && (ask->student < 0 || q->student == ask->student) &&
               (ask->course < 0 || q->course == ask->course);
}

static bool asked_section(const struct problem *pb, const struct explain_ask *ask, int s)
{
        if (ask->section >= 0)
                return s == ask->section;
        return ask->student < 0 && (ask->course < 0 || pb->section_course[s] == ask->course);
}

/* ---- grids ---- */

static struct grid_spot spot_of(struct arena *a, const struct view *v, int r, int s)
{
        const struct problem *pb = v->pb;
        struct spot spot = view_spot(v, s);
        struct blocks out = {.arena = a};
        int room = v->sc->room[s], seats = pb->courses[pb->section_course[s]].size_max;

        if (room >= 0 && pb->rooms[room].capacity >= 0 && pb->rooms[room].capacity < seats)
                seats = pb->rooms[room].capacity;
        struct grid_spot g = {.section = s,
                .free = seats > v->enrolled[s] ? seats - v->enrolled[s] : 0,
                .seated = v->sc->seat[r] == s};
        if (!g.seated) {
                room_blocks(v, &spot, &out);
                seat_blocks(v, &spot, r, &out);
        }
        g.n_obstacles = out.n;
        g.obstacles = arena_array(a, (size_t)out.n + 1, sizeof *g.obstacles);
        for (int i = 0; i < out.n; i++)
                g.obstacles[i] = out.v[i];
        mem_free(out.v);
        return g;
}

static struct grid_row row_of(struct arena *a, const struct view *v, int r)
{
        const struct course *c = &v->pb->courses[v->pb->requests[r].course];
        struct grid_row row = {.request = r};

        row.spots = arena_array(a, (size_t)c->sections_max + 1, sizeof *row.spots);
        for (int s = c->first_section; s < c->first_section + c->sections_max; s++)
                if (v->sc->start[s] >= 0)
                        row.spots[row.n_spots++] = spot_of(a, v, r, s);
        return row;
}

/* Of a student who is asked about, or who misses something that is. */
static void add_student(struct explained *ex, const struct view *v, int student)
{
        const struct student *who = &v->pb->students[student];
        struct explained_student *to = &ex->students[ex->n_students++];

        to->student = student;
        to->rows = arena_array(ex->arena, (size_t)who->n_requests + 1, sizeof *to->rows);
        for (int i = 0; i < who->n_requests; i++)
                to->rows[to->n_rows++] = row_of(ex->arena, v, who->first_request + i);
}

static void add_grids(struct explained *ex, const struct explain_ask *ask)
{
        const struct problem *pb = ex->sc->pb;
        struct view v;

        view_init(&v, ex->sc);
        ex->students = arena_array(ex->arena, (size_t)pb->n_students + 1, sizeof *ex->students);
        for (int i = 0, last = NONE; i < ex->n_requests; i++) {
                int student = pb->requests[ex->requests[i].request].student;
                if (student != last)
                        add_student(ex, &v, student);
                last = student;
        }
        if (ask->student >= 0 && !ex->n_students)
                add_student(ex, &v, ask->student);
        view_release(&v);
}

/* ---- reasons ---- */

static void add_requests(struct explained *ex, const struct explain_ask *ask)
{
        const struct problem *pb = ex->sc->pb;

        ex->requests = arena_array(ex->arena, (size_t)pb->n_requests + 1, sizeof *ex->requests);
        for (int r = 0; r < pb->n_requests; r++)
                if (pb->requests[r].kind != ALTERNATE && ex->sc->seat[r] < 0 &&
                        asked_request(pb, ask, r))
                        ex->requests[ex->n_requests++] = (struct explained_request){
                                .request = r, .reason = explain_request(ex->arena, ex->sc, r)};
}

static void add_sections(struct explained *ex, const struct explain_ask *ask)
{
        const struct problem *pb = ex->sc->pb;
        struct answer *an = schedule_answer(ex->sc);

        ex->sections = arena_array(ex->arena, (size_t)pb->n_sections + 1, sizeof *ex->sections);
        for (int i = 0; i < an->n_unplaced; i++) {
                const struct answer_unplaced *u = &an->unplaced[i];
                int s = pb->courses[u->course].first_section + u->number - 1;
                if (asked_section(pb, ask, s))
                        ex->sections[ex->n_sections++] = (struct explained_section){
                                .section = s, .reason = explain_section(ex->arena, ex->sc, s)};
        }
        answer_free(an);
}

static const double CLASH_SECONDS = 20;

/* Why a CTE section cannot run, whatever the rest of the school does. */
static void add_clashes(struct explained *ex, const struct explain_ask *ask)
{
        const struct problem *pb = ex->sc->pb;

        for (int i = 0; i < ex->n_sections; i++) {
                struct explained_section *e = &ex->sections[i];
                struct meter m;
                meter_init(&m, clock_now(), CLASH_SECONDS, 0, ask->stop);
                if (pb->courses[pb->section_course[e->section]].pathway >= 0)
                        e->clash = cte_clash(ex->arena, ex->sc, e->section, &m);
        }
}

/* ---- fixes ---- */

struct by_course {
        int course, at;
};

static int compare(const void *x, const void *y)
{
        const struct by_course *a = x, *b = y;

        return a->course != b->course ? a->course - b->course : a->at - b->at;
}

static bool is_late(const struct explain_ask *ask, double begin)
{
        return (ask->stop && *ask->stop) ||
               (ask->seconds > 0 && clock_now() - begin > ask->seconds);
}

static void add_fixes(struct explained *ex, const struct explain_ask *ask)
{
        const struct problem *pb = ex->sc->pb;
        double begin = clock_now();
        struct fixer *fx = fixer_new(ex->sc, ask->stop);
        struct by_course *list = mem_zero((size_t)ex->n_requests + 1, sizeof *list);

        for (int i = 0; i < ex->n_requests; i++)
                list[i] = (struct by_course){pb->requests[ex->requests[i].request].course, i};
        qsort(list, (size_t)ex->n_requests, sizeof *list, compare);
        for (int i = 0; i < ex->n_requests; i++) {
                struct explained_request *e = &ex->requests[list[i].at];
                e->late = is_late(ask, begin);
                if (e->late)
                        continue;
                e->fixes = fix_request(fx, ex->arena, e->request, ask->fixes, &e->n_fixes);
        }
        for (int i = 0; i < ex->n_sections; i++) {
                struct explained_section *e = &ex->sections[i];
                e->late = is_late(ask, begin);
                if (e->late)
                        continue;
                e->fixes =
                        fix_section(fx, ex->arena, e->section, &e->reason, ask->fixes, &e->n_fixes);
        }
        mem_free(list);
        fixer_free(fx);
}

struct explained *explain_all(const struct schedule *sc, const struct explain_ask *ask)
{
        struct arena *a = arena_new();
        struct explained *ex = arena_alloc(a, sizeof *ex);

        ex->arena = a;
        ex->sc = sc;
        ex->looked = ask->fixes > 0;
        add_requests(ex, ask);
        add_sections(ex, ask);
        add_clashes(ex, ask);
        add_grids(ex, ask);
        if (ask->fixes > 0 && ex->n_requests + ex->n_sections)
                add_fixes(ex, ask);
        return ex;
}

void explained_free(struct explained *ex)
{
        if (ex)
                arena_free(ex->arena);
}
