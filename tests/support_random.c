/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support_random.h"
#include "tests/support_text.h"

#include <stdio.h>
#include <stdlib.h>

/* Xorshift: the low bits are the weak ones, so the high ones are used. */
int dice_below(struct dice *d, int n)
{
        d->state ^= d->state << 13;
        d->state ^= d->state >> 7;
        d->state ^= d->state << 17;
        return n > 0 ? (int)((d->state >> 33) % (uint64_t)n) : 0;
}

bool dice_chance(struct dice *d, int percent)
{
        return dice_below(d, 100) < percent;
}

/* The school being written. */
struct draft {
        FILE *out;
        struct dice *dice;
        int periods, terms, teachers, rooms, courses, students, sections;
        bool pathways, cohorts; /* cohorts: little else, so that their members meet often */
};

static void some_of(struct draft *w, const char *prefix, int n, int least)
{
        int skip = n > least ? dice_below(w->dice, n - least + 1) : 0,
            first = dice_below(w->dice, n);

        fputc('[', w->out);
        for (int i = 0; i < n - skip; i++)
                fprintf(w->out, "%s%s%d", i ? ", " : "", prefix, (first + i) % n);
        fputc(']', w->out);
}

static void maybe(struct draft *w, int percent, const char *key, int low, int high)
{
        if (dice_chance(w->dice, percent))
                fprintf(w->out, ", %s: %d", key, low + dice_below(w->dice, high - low + 1));
}

static void maybe_list(
        struct draft *w, int percent, const char *key, const char *prefix, int n, int least)
{
        if (!dice_chance(w->dice, percent))
                return;
        fprintf(w->out, ", %s: ", key);
        some_of(w, prefix, n, least);
}

static void write_bell(struct draft *w)
{
        fprintf(w->out, "msched: 1\nbell:\n  terms: [T0%s]\n  periods:\n",
                w->terms > 1 ? ", T1" : "");
        for (int p = 0; p < w->periods; p++)
                fprintf(w->out, "    - {id: P%d, day: %s%s}\n", p, p < 3 ? "A" : "B",
                        dice_chance(w->dice, 15) ? ", break_after: true" : "");
        fprintf(w->out, "contract: {size: {min: %d, max: %d}", dice_below(w->dice, 2),
                2 + dice_below(w->dice, 4));
        maybe(w, 20, "preps", 1, 2);
        maybe(w, 20, "consecutive", 1, 3);
        maybe(w, 30, "contacts", 3, 8);
        fprintf(w->out, "}\n");
}

static void write_staff(struct draft *w)
{
        fprintf(w->out, "teachers:\n");
        for (int t = 0; t < w->teachers; t++) {
                fprintf(w->out, "  - {id: t%d, credentials: ", t);
                some_of(w, "c", 3, 2);
                maybe(w, 20, "load", 1, w->periods);
                maybe_list(w, 30, "available", "P", w->periods, 1);
                fprintf(w->out, "}\n");
        }
        fprintf(w->out, "rooms:\n");
        for (int r = 0; r < w->rooms; r++) {
                fprintf(w->out, "  - {id: R%d, types: ", r);
                some_of(w, "y", 2, 1);
                maybe(w, 40, "capacity", 1, 4);
                maybe_list(w, 20, "unavailable", "P", w->periods, w->periods - 1);
                fprintf(w->out, "}\n");
        }
}

/* Courses 0 and 1 may be stacked, so they do not differ where a stack must not. */
static void write_course(struct draft *w, int c)
{
        static const char *const away[] = {"off_campus: end", "off_campus: start", "travel: 1"};

        fprintf(w->out, "  - {id: C%d, sections: {min: 1, max: %d}", c, w->sections);
        if (w->pathways && dice_chance(w->dice, 30))
                fprintf(w->out, ", pathway: H");
        if (dice_chance(w->dice, 60))
                fprintf(w->out, ", credential: c%d", dice_below(w->dice, 3));
        if (c < 2)
                fprintf(w->out, ", room: y0");
        else if (dice_chance(w->dice, 60))
                fprintf(w->out, ", room: y%d", dice_below(w->dice, 2));
        maybe(w, 30, "size", 1, 4);
        if (c >= 2) {
                maybe(w, 20, "periods", 1, 2);
                maybe(w, 30, "terms", 1, w->terms);
                if (dice_chance(w->dice, 15))
                        fprintf(w->out, ", %s", away[dice_below(w->dice, 3)]);
        }
        if (dice_chance(w->dice, 15)) {
                fprintf(w->out, ", at: {periods: ");
                some_of(w, "P", w->periods, 1);
                fprintf(w->out, "}");
        }
        if (!w->cohorts && dice_chance(w->dice, 10))
                fprintf(w->out, ", grades: [%d]", 9 + dice_below(w->dice, 2));
        if (!w->cohorts && dice_chance(w->dice, 8))
                fprintf(w->out, ", only: {flag: f%d}", dice_below(w->dice, 2));
        if (dice_chance(w->dice, 15))
                fprintf(w->out, ", load: false");
        if (dice_chance(w->dice, 20))
                fprintf(w->out, ", support: {flag: f0, credential: c%d, sections: %d}",
                        dice_below(w->dice, 3), dice_below(w->dice, 3));
        fprintf(w->out, "}\n");
}

static void write_pathways(struct draft *w)
{
        if (!w->pathways)
                return;
        fprintf(w->out, "pathways:\n  - {id: H, cohorts: [");
        for (int k = 0; k < 2; k++) {
                fprintf(w->out, "%s{id: K%d, grade: %d, courses: ", k ? ", " : "", k, 9 + k);
                some_of(w, "C", w->courses, 2);
                fprintf(w->out, ", purity: 0.%d, purity_of: %s, strands: %s}",
                        1 + dice_below(w->dice, 9), dice_chance(w->dice, 30) ? "pathway" : "cohort",
                        w->cohorts || dice_chance(w->dice, 50) ? "true" : "false");
        }
        fprintf(w->out, "]}\n");
}

static void write_students(struct draft *w)
{
        fprintf(w->out, "students:\n");
        for (int x = 0; x < w->students; x++) {
                fprintf(w->out, "  - {id: x%d, grade: %d", x,
                        9 + (w->cohorts ? 0 : dice_below(w->dice, 2)));
                if (w->cohorts || (w->pathways && dice_chance(w->dice, 60)))
                        fprintf(w->out, ", pathway: H");
                maybe_list(w, 35, "flags", "f", 2, 1);
                maybe_list(w, 15, "available", "P", w->periods, 1);
                fprintf(w->out, "}\n");
        }
        fprintf(w->out, "requests:\n");
        for (int x = 0; x < w->students; x++) {
                int n = 1 + dice_below(w->dice, w->courses),
                    first = dice_below(w->dice, w->courses);
                for (int i = 0; i < n; i++) {
                        bool alternate = i > 0 && dice_chance(w->dice, 25);
                        fprintf(w->out, "  - {student: x%d, course: C%d, kind: %s", x,
                                (first + i) % w->courses,
                                alternate                  ? "alternate"
                                : dice_chance(w->dice, 30) ? "required"
                                                           : "elective");
                        if (alternate && dice_chance(w->dice, 50))
                                fprintf(w->out, ", for: C%d", first);
                        fprintf(w->out, "}\n");
                }
        }
}

static void write_rule(struct draft *w)
{
        static const char *const pairs[] = {
                "separate", "same_period", "adjacent", "same_teacher", "same_students", "before"};
        FILE *out = w->out;
        struct dice *d = w->dice;
        int kind = dice_below(d, 12), a = dice_below(d, w->courses);

        if (kind < 6)
                fprintf(out, "  - %s: [C%d, C%d]\n", pairs[kind], a, (a + 1) % w->courses);
        else if (kind < 8)
                fprintf(out, "  - needs: {flag: f%d, credential: c%d}\n", dice_below(d, 2),
                        dice_below(d, 3));
        else if (kind == 8)
                fprintf(out, "  - limit: {flag: f%d, share: 0.%d, courses: [C%d]}\n",
                        dice_below(d, 2), dice_below(d, 9), a);
        else if (kind == 9)
                fprintf(out, "  - apart: [x0, x%d]\n", 1 + dice_below(d, w->students - 1));
        else if (kind == 10)
                fprintf(out, "  - avoid: {student: x%d, teacher: t%d}\n",
                        dice_below(d, w->students), dice_below(d, w->teachers));
        else
                fprintf(out, "  - free: {of: %s, periods: [P0, P1], count: %d}\n",
                        dice_chance(d, 50) ? "students" : "[t0, t1]", 1 + dice_below(d, 2));
}

char *random_school(struct dice *d)
{
        char *text = NULL;
        size_t size = 0;
        struct draft w = {.out = open_memstream(&text, &size),
                .dice = d,
                .periods = 2 + dice_below(d, 3),
                .terms = 1 + dice_below(d, 2),
                .teachers = 2 + dice_below(d, 2),
                .rooms = 2 + dice_below(d, 2),
                .courses = 3 + dice_below(d, 3),
                .students = 3 + dice_below(d, 6),
                .sections = 1 + dice_below(d, 2),
                .pathways = dice_chance(d, 60),
                .cohorts = dice_chance(d, 25)};

        if (w.cohorts) {
                w.sections = w.periods > 3 ? 3 : 2;
                w.pathways = true;
        }
        write_bell(&w);
        write_staff(&w);
        fprintf(w.out, "courses:\n");
        for (int c = 0; c < w.courses; c++)
                write_course(&w, c);
        write_pathways(&w);
        write_students(&w);
        int n = dice_below(d, w.cohorts ? 2 : 5);
        bool stack = dice_chance(d, 30);
        if (n || stack)
                fprintf(w.out, "rules:\n");
        if (stack)
                fprintf(w.out, "  - stack: [C0, C1]\n");
        for (int i = 0; i < n; i++)
                write_rule(&w);
        fclose(w.out);
        char *copy = mem_copy(text, size + 1);
        free(text);
        return copy;
}

static int one_of(struct dice *d, const struct ints *list)
{
        return list->n ? list->v[dice_below(d, list->n)] : NONE;
}

static bool draw_place(struct dice *d, struct schedule *sc, int s)
{
        const struct problem *pb = sc->pb;
        const struct course *c = &pb->courses[pb->section_course[s]];
        int start = dice_below(d, pb->n_cells);

        if (!(c->may_start >> start & 1))
                return false;
        sc->start[s] = start;
        sc->teacher[s] = c->staffed ? one_of(d, &c->able_teachers) : NONE;
        bool helped = c->support.given && pb->section_number[s] <= c->support.sections;
        sc->co_teacher[s] = helped ? one_of(d, &c->able_co_teachers) : NONE;
        sc->room[s] = c->room_type >= 0 ? one_of(d, &c->able_rooms) : NONE;
        sc->cohort[s] = dice_chance(d, 70) ? one_of(d, &c->in_cohorts) : NONE;
        return true;
}

/* The other section of the stack, placed where s is; or -1. */
static int draw_partner(struct schedule *sc, int s)
{
        const struct problem *pb = sc->pb;
        int c = pb->section_course[s], stack = pb->courses[c].stack;

        if (stack < 0)
                return -1;
        const struct ints *courses = &pb->rules[stack].courses;
        const struct course *other = &pb->courses[courses->v[courses->v[0] == c]];
        int o = other->first_section + pb->section_number[s] - 1;
        if (sc->start[o] >= 0)
                return -1;
        sc->start[o] = sc->start[s];
        sc->teacher[o] = sc->teacher[s];
        sc->room[o] = sc->room[s];
        return o;
}

static void seat_some(struct dice *d, struct schedule *sc, int s, int percent)
{
        for (int r = 0; s >= 0 && r < sc->pb->n_requests; r++)
                if (sc->pb->requests[r].course == sc->pb->section_course[s] && sc->seat[r] < 0 &&
                        dice_chance(d, percent))
                        sc->seat[r] = s;
}

static void fill_up(struct dice *d, struct schedule *sc)
{
        const struct problem *pb = sc->pb;

        for (int r = 0; r < pb->n_requests; r++) {
                const struct course *c = &pb->courses[pb->requests[r].course];
                for (int k = 0; k < c->sections_max && sc->seat[r] < 0; k++) {
                        int s = c->first_section + k;
                        if (sc->start[s] < 0 || dice_chance(d, 30))
                                continue;
                        sc->seat[r] = s;
                        if (!text_valid(sc))
                                sc->seat[r] = -1;
                }
        }
}

struct schedule *random_schedule(struct dice *d, const struct problem *pb)
{
        struct schedule *sc = schedule_new(pb), *was = schedule_new(pb);

        for (int i = 0; i < 8 * pb->n_sections; i++) {
                int s = dice_below(d, pb->n_sections);
                if (sc->start[s] >= 0)
                        continue;
                schedule_copy(was, sc);
                if (!draw_place(d, sc, s))
                        continue;
                int o = dice_chance(d, 70) ? draw_partner(sc, s) : -1;
                seat_some(d, sc, s, 60);
                seat_some(d, sc, o, 60);
                if (!text_valid(sc))
                        schedule_copy(sc, was);
        }
        fill_up(d, sc);
        schedule_free(was);
        return sc;
}
