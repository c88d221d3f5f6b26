/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/schedule.h"
#include <string.h>

static int *nones(int n)
{
        int *v = mem_zero((size_t)n, sizeof *v);

        for (int i = 0; i < n; i++)
                v[i] = NONE;
        return v;
}

struct schedule *schedule_new(const struct problem *pb)
{
        struct schedule *sc = mem_zero(1, sizeof *sc);

        sc->pb = pb;
        sc->start = nones(pb->n_sections);
        sc->teacher = nones(pb->n_sections);
        sc->co_teacher = nones(pb->n_sections);
        sc->room = nones(pb->n_sections);
        sc->cohort = nones(pb->n_sections);
        sc->seat = nones(pb->n_requests);
        return sc;
}

void schedule_free(struct schedule *sc)
{
        if (!sc)
                return;
        mem_free(sc->start);
        mem_free(sc->teacher);
        mem_free(sc->co_teacher);
        mem_free(sc->room);
        mem_free(sc->cohort);
        mem_free(sc->seat);
        mem_free(sc);
}

void schedule_copy(struct schedule *to, const struct schedule *from)
{
        const size_t sections = (size_t)from->pb->n_sections * sizeof(int);
        const size_t requests = (size_t)from->pb->n_requests * sizeof(int);

        memcpy(to->start, from->start, sections);
        memcpy(to->teacher, from->teacher, sections);
        memcpy(to->co_teacher, from->co_teacher, sections);
        memcpy(to->room, from->room, sections);
        memcpy(to->cohort, from->cohort, sections);
        memcpy(to->seat, from->seat, requests);
}

struct answer *answer_new(void)
{
        struct arena *a = arena_new();
        struct answer *an = arena_alloc(a, sizeof *an);

        an->arena = a;
        return an;
}

void answer_free(struct answer *an)
{
        if (an)
                arena_free(an->arena);
}

static void write_cells(struct answer *an, struct answer_section *out, const struct problem *pb,
        const struct course *c, int start)
{
        const int t = start / pb->n_periods, p = start % pb->n_periods;

        out->terms = (struct ints){
                c->terms, true, arena_array(an->arena, (size_t)c->terms, sizeof(int))};
        out->periods = (struct ints){
                c->periods, true, arena_array(an->arena, (size_t)c->periods, sizeof(int))};
        for (int i = 0; i < c->terms; i++)
                out->terms.v[i] = t + i;
        for (int i = 0; i < c->periods; i++)
                out->periods.v[i] = p + i;
}

static void write_section(struct answer *an, const struct schedule *sc, int s, int n_students)
{
        const struct problem *pb = sc->pb;
        const struct course *c = &pb->courses[pb->section_course[s]];
        struct answer_section *out = &an->sections[an->n_sections++];

        out->course = pb->section_course[s];
        out->course_id = c->id;
        out->number = pb->section_number[s];
        out->teacher = sc->teacher[s];
        out->co_teacher = sc->co_teacher[s];
        out->room = sc->room[s];
        out->cohort = sc->cohort[s];
        out->teacher_id = sc->teacher[s] < 0 ? NULL : pb->teachers[sc->teacher[s]].id;
        out->co_teacher_id = sc->co_teacher[s] < 0 ? NULL : pb->teachers[sc->co_teacher[s]].id;
        out->room_id = sc->room[s] < 0 ? NULL : pb->rooms[sc->room[s]].id;
        out->cohort_id = sc->cohort[s] < 0 ? NULL : pb->cohorts[sc->cohort[s]].id;
        write_cells(an, out, pb, c, sc->start[s]);
        out->students =
                (struct ints){0, true, arena_array(an->arena, (size_t)n_students, sizeof(int))};
}

static void write_sections(struct answer *an, const struct schedule *sc)
{
        const struct problem *pb = sc->pb;
        int *enrolled = mem_zero((size_t)pb->n_sections, sizeof *enrolled);
        int *entry = mem_zero((size_t)pb->n_sections, sizeof *entry);

        for (int r = 0; r < pb->n_requests; r++)
                if (sc->seat[r] >= 0)
                        enrolled[sc->seat[r]]++;
        an->sections = arena_array(an->arena, (size_t)pb->n_sections, sizeof *an->sections);
        for (int s = 0; s < pb->n_sections; s++) {
                entry[s] = sc->start[s] >= 0 ? an->n_sections : -1;
                if (sc->start[s] >= 0)
                        write_section(an, sc, s, enrolled[s]);
        }
        for (int r = 0; r < pb->n_requests; r++)
                if (sc->seat[r] >= 0 && entry[sc->seat[r]] >= 0) {
                        struct ints *in = &an->sections[entry[sc->seat[r]]].students;

                        in->v[in->n++] = pb->requests[r].student;
                }
        mem_free(enrolled);
        mem_free(entry);
}

static void write_unplaced(struct answer *an, const struct schedule *sc)
{
        const struct problem *pb = sc->pb;

        an->unplaced = arena_array(an->arena, (size_t)pb->n_sections, sizeof *an->unplaced);
        for (int i = 0; i < pb->n_courses; i++) {
                const struct course *c = &pb->courses[i];
                int lacking = c->sections_min;

                for (int k = 0; k < c->sections_max; k++)
                        lacking -= sc->start[c->first_section + k] >= 0;
                for (int k = 0; k < c->sections_max && lacking > 0; k++) {
                        if (sc->start[c->first_section + k] >= 0)
                                continue;
                        an->unplaced[an->n_unplaced++] = (struct answer_unplaced){
                                .course = i, .number = k + 1, .course_id = c->id};
                        lacking--;
                }
        }
}

static void write_unmet(struct answer *an, const struct schedule *sc)
{
        const struct problem *pb = sc->pb;

        an->unmet = arena_array(an->arena, (size_t)pb->n_requests, sizeof *an->unmet);
        for (int r = 0; r < pb->n_requests; r++) {
                const struct request *rq = &pb->requests[r];

                if (rq->kind == ALTERNATE || sc->seat[r] >= 0)
                        continue;
                an->unmet[an->n_unmet++] = (struct answer_unmet){.student = rq->student,
                        .course = rq->course,
                        .student_id = pb->students[rq->student].id,
                        .course_id = pb->courses[rq->course].id,
                        .kind = rq->kind};
        }
}

struct answer *schedule_answer(const struct schedule *sc)
{
        struct answer *an = answer_new();

        an->format_ok = true;
        write_sections(an, sc);
        write_unplaced(an, sc);
        write_unmet(an, sc);
        return an;
}
