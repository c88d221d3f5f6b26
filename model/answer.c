/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what a schedule.json says back to a schedule of today's problem. */
#include "model/schedule.h"

struct reading {
        const struct problem *pb;
        struct report *rp;
        struct schedule *sc;
        cellset *teacher_busy, *room_busy, *student_busy, *student_block;
        int *enrolled; /* [n_sections] */
};

/* Is the id that was written there one that the problem does not have? */
static bool unknown(int number)
{
        return number == UNKNOWN;
}

/* The cell where the section starts, if its cells are those of a start of its course, else -1. */
static int start_of(
        const struct problem *pb, const struct course *c, const struct answer_section *a)
{
        cellset cells = 0;
        int start;

        if (a->terms.n != c->terms || a->periods.n != c->periods)
                return -1;
        for (int i = 0; i < a->terms.n; i++)
                for (int j = 0; j < a->periods.n; j++) {
                        if (a->terms.v[i] < 0 || a->periods.v[j] < 0)
                                return -1;
                        cells |= (cellset)1 << (a->terms.v[i] * pb->n_periods + a->periods.v[j]);
                }
        if (!cells)
                return -1;
        start = a->terms.v[0] * pb->n_periods + a->periods.v[0];
        return c->start_cells[start] == cells ? start : -1;
}

static bool is_free(const struct reading *rd, int t, cellset cells)
{
        return !(cells & (rd->teacher_busy[t] | ~rd->pb->teachers[t].available));
}

/* The first section placed that is stacked with number k of the course, or -1. */
static int partner(const struct reading *rd, const struct course *c, int k)
{
        const struct rule *ru = c->stack >= 0 ? &rd->pb->rules[c->stack] : NULL;

        for (int i = 0; ru && i < ru->courses.n; i++) {
                const struct course *o = &rd->pb->courses[ru->courses.v[i]];

                if (o != c && k <= o->sections_max && rd->sc->start[o->first_section + k - 1] >= 0)
                        return o->first_section + k - 1;
        }
        return -1;
}

static const char *co_teacher_misfit(const struct reading *rd, const struct course *c,
        const struct answer_section *a, cellset cells, int stacked)
{
        const bool co_taught = c->support.given && a->number <= c->support.sections;
        const int t = a->co_teacher;

        if ((t >= 0) != co_taught || unknown(t))
                return "its co-teacher is not as the course asks";
        if (!co_taught)
                return NULL;
        if (t == a->teacher || !ints_has(&c->able_co_teachers, t))
                return "its co-teacher cannot take it";
        if (stacked >= 0 && (t == rd->sc->co_teacher[stacked] || t == rd->sc->teacher[stacked]))
                return NULL;
        return is_free(rd, t, cells) ? NULL : "its co-teacher is not free";
}

/* Why the section cannot be where the answer has it; NULL when it can. */
static const char *misfit(const struct reading *rd, const struct course *c,
        const struct answer_section *a, int start, int stacked)
{
        const struct schedule *sc = rd->sc;
        const cellset cells = start < 0 ? 0 : c->start_cells[start];
        const bool needs_room = c->room_type >= 0;
        const char *why;

        if (start < 0)
                return "its periods and terms are none where it may be";
        if ((a->teacher >= 0) != c->staffed || unknown(a->teacher))
                return "its teacher is not as the course asks";
        if ((a->room >= 0) != needs_room || unknown(a->room))
                return "its room is not as the course asks";
        if (c->staffed && !ints_has(&c->able_teachers, a->teacher))
                return "its teacher cannot take it";
        if (needs_room && !ints_has(&c->able_rooms, a->room))
                return "its room is of another type";
        why = co_teacher_misfit(rd, c, a, cells, stacked);
        if (why)
                return why;
        if (stacked >= 0)
                return sc->start[stacked] == start && sc->teacher[stacked] == a->teacher &&
                                       sc->room[stacked] == a->room
                               ? NULL
                               : "it is not together with the sections stacked with it";
        if (c->staffed && !is_free(rd, a->teacher, cells))
                return "its teacher is not free";
        if (needs_room && cells & (rd->room_busy[a->room] | ~rd->pb->rooms[a->room].available))
                return "its room is not free";
        return NULL;
}

static int capacity(const struct reading *rd, int s)
{
        const struct course *c = &rd->pb->courses[rd->pb->section_course[s]];
        const int room = rd->sc->room[s] < 0 ? -1 : rd->pb->rooms[rd->sc->room[s]].capacity;

        return room >= 0 && room < c->size_max ? room : c->size_max;
}

/* Seats of the sections stacked with s, all together, are within the largest maximum and the room.
 */
static bool stack_has_room(const struct reading *rd, int s)
{
        const struct problem *pb = rd->pb;
        const struct course *c = &pb->courses[pb->section_course[s]];
        const int k = pb->section_number[s];
        int sum = 0, most = 0;

        if (c->stack < 0)
                return true;
        for (int i = 0; i < pb->rules[c->stack].courses.n; i++) {
                const struct course *o = &pb->courses[pb->rules[c->stack].courses.v[i]];
                const int other = o->first_section + k - 1;

                if (k > o->sections_max || rd->sc->start[other] < 0)
                        continue;
                sum += rd->enrolled[other];
                if (capacity(rd, other) > most)
                        most = capacity(rd, other);
        }
        return sum < most;
}

static const char *seat_misfit(const struct reading *rd, int student, int r, int s)
{
        const struct problem *pb = rd->pb;
        const struct course *c = &pb->courses[pb->section_course[s]];
        const cellset cells = c->start_cells[rd->sc->start[s]];
        const cellset block = c->start_block[rd->sc->start[s]];

        if (r < 0)
                return "did not request it";
        if (rd->sc->seat[r] >= 0)
                return "sits in another section of it";
        if (!pb->requests[r].admitted || cells & ~pb->students[student].available)
                return "is not admitted or not available";
        if (pb->section_number[s] > pb->requests[r].max_section)
                return "needs a co-taught section";
        if (block & rd->student_busy[student] || cells & rd->student_block[student])
                return "has another class then";
        if (rd->enrolled[s] >= capacity(rd, s) || !stack_has_room(rd, s))
                return "finds no seat";
        return NULL;
}

static void read_seats(struct reading *rd, const struct answer_section *a, int s)
{
        const struct problem *pb = rd->pb;
        const struct course *c = &pb->courses[a->course];
        int strangers = 0;

        for (int i = 0; i < a->students.n; i++) {
                const int x = a->students.v[i];
                const char *why;
                int r;

                if (x < 0) {
                        strangers++;
                        continue;
                }
                r = problem_request_of(pb, x, a->course);
                why = seat_misfit(rd, x, r, s);
                if (why) {
                        report_warn(rd->rp, a->at, "dropped a seat: student %s %s (%s-%d)",
                                pb->students[x].id, why, c->id, a->number);
                        continue;
                }
                rd->sc->seat[r] = s;
                rd->enrolled[s]++;
                rd->student_busy[x] |= c->start_cells[rd->sc->start[s]];
                rd->student_block[x] |= c->start_block[rd->sc->start[s]];
        }
        if (strangers)
                report_warn(rd->rp, a->at, "dropped %d seats of unknown students in %s-%d",
                        strangers, c->id, a->number);
}

static int read_cohort(struct reading *rd, const struct answer_section *a)
{
        const struct course *c = &rd->pb->courses[a->course];

        if (a->cohort >= 0 && ints_has(&c->in_cohorts, a->cohort))
                return a->cohort;
        if (a->cohort != NONE)
                report_warn(rd->rp, a->at,
                        "dropped the reservation of %s-%d: cohort %s does not list it", c->id,
                        a->number, a->cohort_id ? a->cohort_id : "-");
        return NONE;
}

static void place(struct reading *rd, const struct answer_section *a, int s, int start)
{
        const cellset cells = rd->pb->courses[a->course].start_cells[start];

        rd->sc->start[s] = start;
        rd->sc->teacher[s] = a->teacher;
        rd->sc->co_teacher[s] = a->co_teacher;
        rd->sc->room[s] = a->room;
        rd->sc->cohort[s] = read_cohort(rd, a);
        if (a->teacher >= 0)
                rd->teacher_busy[a->teacher] |= cells;
        if (a->co_teacher >= 0)
                rd->teacher_busy[a->co_teacher] |= cells;
        if (a->room >= 0)
                rd->room_busy[a->room] |= cells;
}

static void read_section(struct reading *rd, const struct answer_section *a)
{
        const struct problem *pb = rd->pb;
        const struct course *c;
        const char *why;
        int s, start;

        if (a->course < 0) {
                report_warn(rd->rp, a->at, "dropped section %d of %s, an unknown course", a->number,
                        a->course_id ? a->course_id : "-");
                return;
        }
        c = &pb->courses[a->course];
        s = c->first_section + a->number - 1;
        if (a->number < 1 || a->number > c->sections_max || rd->sc->start[s] >= 0) {
                report_warn(rd->rp, a->at, "dropped %s-%d: %s", c->id, a->number,
                        a->number < 1 || a->number > c->sections_max
                                ? "the course has not so many sections"
                                : "it is there twice");
                return;
        }
        start = start_of(pb, c, a);
        why = misfit(rd, c, a, start, partner(rd, c, a->number));
        if (why) {
                report_warn(rd->rp, a->at, "dropped %s-%d with its %d students: %s", c->id,
                        a->number, a->students.n, why);
                return;
        }
        place(rd, a, s, start);
        read_seats(rd, a, s);
}

struct schedule *answer_schedule(
        const struct problem *pb, const struct answer *an, struct report *rp)
{
        struct reading rd = {.pb = pb, .rp = rp, .sc = schedule_new(pb)};

        rd.teacher_busy = mem_zero((size_t)pb->n_teachers, sizeof(cellset));
        rd.room_busy = mem_zero((size_t)pb->n_rooms, sizeof(cellset));
        rd.student_busy = mem_zero((size_t)pb->n_students, sizeof(cellset));
        rd.student_block = mem_zero((size_t)pb->n_students, sizeof(cellset));
        rd.enrolled = mem_zero((size_t)pb->n_sections, sizeof(int));
        for (int i = 0; i < an->n_sections; i++)
                read_section(&rd, &an->sections[i]);
        mem_free(rd.teacher_busy);
        mem_free(rd.room_busy);
        mem_free(rd.student_busy);
        mem_free(rd.student_block);
        mem_free(rd.enrolled);
        return rd.sc;
}
