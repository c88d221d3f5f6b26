/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/diff_text.h"

static const char *course_id(const struct problem *pb, int section)
{
        return pb->courses[pb->section_course[section]].id;
}

static const char *name(const struct index *ids, int i)
{
        return i < 0 ? NULL : index_id(ids, i);
}

static const char *or_none(const char *id)
{
        return id ? id : "none";
}

/* ---- sentences ---- */

static void start_text(const struct problem *pb, int start, FILE *to)
{
        fprintf(to, "period %s", pb->periods[start % pb->n_periods].id);
        if (pb->n_terms > 1)
                fprintf(to, " of %s", pb->terms[start / pb->n_periods]);
}

/* "; teacher: kim, was lopez" */
static void was(FILE *to, const char *what, const struct index *ids, int before, int after)
{
        if (before != after)
                fprintf(to, "; %s: %s, was %s", what, or_none(name(ids, after)),
                        or_none(name(ids, before)));
}

static void people(FILE *to, const struct section_change *c)
{
        if (c->joined)
                fprintf(to, "; %d student%s join%s", c->joined, c->joined == 1 ? "" : "s",
                        c->joined == 1 ? "s" : "");
        if (c->left)
                fprintf(to, "; %d student%s leave%s", c->left, c->left == 1 ? "" : "s",
                        c->left == 1 ? "s" : "");
}

static void section_text(const struct difference *d, const struct section_change *c, FILE *to)
{
        const struct schedule *a = d->a, *b = d->b;
        const struct problem *pb = a->pb;
        int s = c->section;

        fprintf(to, "  %s section %d ", course_id(pb, s), pb->section_number[s]);
        if (c->what & CHANGE_PLACED) {
                fputs("runs now, in ", to);
                start_text(pb, b->start[s], to);
        } else if (c->what & CHANGE_DROPPED) {
                fputs("no longer runs; it was in ", to);
                start_text(pb, a->start[s], to);
        } else if (c->what & CHANGE_TIME) {
                fputs("moves from ", to);
                start_text(pb, a->start[s], to);
                fputs(" to ", to);
                start_text(pb, b->start[s], to);
        } else {
                fputs("stays in ", to);
                start_text(pb, a->start[s], to);
        }
        if (!(c->what & (CHANGE_PLACED | CHANGE_DROPPED))) {
                was(to, "teacher", pb->teacher_ids, a->teacher[s], b->teacher[s]);
                was(to, "co-teacher", pb->teacher_ids, a->co_teacher[s], b->co_teacher[s]);
                was(to, "room", pb->room_ids, a->room[s], b->room[s]);
                was(to, "reserved for", pb->cohort_ids, a->cohort[s], b->cohort[s]);
        }
        people(to, c);
        fputs(".\n", to);
}

static void seat_text(const struct problem *pb, const struct seat_change *c, FILE *to)
{
        const char *course = pb->courses[pb->requests[c->request].course].id;

        if (c->from < 0)
                fprintf(to, " gets %s section %d", course, pb->section_number[c->to]);
        else if (c->to < 0)
                fprintf(to, " loses %s", course);
        else
                fprintf(to, " goes to %s section %d, not %d", course, pb->section_number[c->to],
                        pb->section_number[c->from]);
}

void diff_text(const struct difference *d, FILE *to)
{
        const struct problem *pb = d->a->pb;
        int last = -1;

        fprintf(to, "%d section%s changed\n", d->n_sections, d->n_sections == 1 ? "" : "s");
        for (int i = 0; i < d->n_sections; i++)
                section_text(d, &d->sections[i], to);
        fprintf(to, "\n%d student%s changed sections, gained or lost a course\n", d->n_students,
                d->n_students == 1 ? "" : "s");
        for (int i = 0; i < d->n_seats; i++) {
                int k = pb->requests[d->seats[i].request].student;
                if (k != last)
                        fprintf(to, "%s  %s", i ? ".\n" : "", pb->students[k].id);
                else
                        putc(',', to);
                seat_text(pb, &d->seats[i], to);
                last = k;
        }
        if (d->n_seats)
                fputs(".\n", to);
}

/* ---- data ---- */

static void side_json(struct json_out *o, const char *key, const struct schedule *sc, int s)
{
        const struct problem *pb = sc->pb;

        if (sc->start[s] < 0) {
                json_null(o, key);
                return;
        }
        json_begin_flat(o, key, '{');
        json_text(o, "term", pb->terms[sc->start[s] / pb->n_periods]);
        json_text(o, "period", pb->periods[sc->start[s] % pb->n_periods].id);
        json_text(o, "teacher", name(pb->teacher_ids, sc->teacher[s]));
        json_text(o, "co_teacher", name(pb->teacher_ids, sc->co_teacher[s]));
        json_text(o, "room", name(pb->room_ids, sc->room[s]));
        json_text(o, "cohort", name(pb->cohort_ids, sc->cohort[s]));
        json_end(o, '}');
}

static void number_json(struct json_out *o, const char *key, const struct problem *pb, int section)
{
        if (section < 0)
                json_null(o, key);
        else
                json_int(o, key, pb->section_number[section]);
}

void diff_json(const struct difference *d, struct json_out *o)
{
        const struct problem *pb = d->a->pb;

        json_begin(o, "sections", '[');
        for (int i = 0; i < d->n_sections; i++) {
                const struct section_change *c = &d->sections[i];
                json_begin_flat(o, NULL, '{');
                json_text(o, "course", course_id(pb, c->section));
                json_int(o, "section", pb->section_number[c->section]);
                side_json(o, "before", d->a, c->section);
                side_json(o, "after", d->b, c->section);
                json_int(o, "joined", c->joined);
                json_int(o, "left", c->left);
                json_end(o, '}');
        }
        json_end(o, ']');
        json_begin(o, "students", '[');
        for (int i = 0; i < d->n_seats; i++) {
                const struct request *r = &pb->requests[d->seats[i].request];
                json_begin_flat(o, NULL, '{');
                json_text(o, "student", pb->students[r->student].id);
                json_text(o, "course", pb->courses[r->course].id);
                number_json(o, "before", pb, d->seats[i].from);
                number_json(o, "after", pb, d->seats[i].to);
                json_end(o, '}');
        }
        json_end(o, ']');
}
