/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/tiny_school.h"
#include "tests/support_random.h"
#include "tests/support_text.h"
#include <stdio.h>
#include <stdlib.h>

enum { MOST_SECTIONS = 4 };

struct tiny {
        FILE *out;
        uint64_t seed, features;
        int periods, terms, teachers, rooms, courses, students;
        int sections[4];
        int stack_room;
};

static const char *const names[] = {
#define TINY_TEXT(name) #name,
        TINY_FEATURES(TINY_TEXT)
#undef TINY_TEXT
};

const char *tiny_name(enum tiny_feature f)
{
        return names[f];
}

static struct dice dice_for(uint64_t seed, int salt)
{
        struct dice d = {.state = (seed + 1) * 0x9E3779B97F4A7C15u ^
                                  (uint64_t)(salt + 1) * 0xD1B54A32D192ED03u};

        for (int k = 0; k < 8; k++)
                dice_below(&d, 2);
        return d;
}

static bool has(const struct tiny *w, enum tiny_feature f)
{
        return w->features >> f & 1;
}

/* A draw of the feature, the salt-th: others' draws do not shift it. */
static int draw(const struct tiny *w, enum tiny_feature f, int salt, int n)
{
        struct dice d = dice_for(w->seed, 1000 + (int)f * 64 + salt);

        return dice_below(&d, n);
}

static bool with(const struct tiny *w, enum tiny_feature f, int salt, int percent)
{
        return has(w, f) && draw(w, f, salt + 32, 100) < percent;
}

uint64_t tiny_features(uint64_t seed)
{
        struct dice d = dice_for(seed, 7);
        const int n = 3 + dice_below(&d, 5);
        uint64_t set = 0;
        static const struct {
                enum tiny_feature it, wants;
        } wants[] = {{TINY_stands_for, TINY_alternate}, {TINY_purity_of, TINY_purity},
                {TINY_strands, TINY_cohort}, {TINY_lock_cohort, TINY_cohort},
                {TINY_purity, TINY_cohort}, {TINY_planning, TINY_pathway},
                {TINY_cohort, TINY_pathway}, {TINY_before, TINY_one_term},
                {TINY_teacher_away_by_term, TINY_one_term}, {TINY_home, TINY_few_rooms},
                {TINY_capacity, TINY_few_rooms}, {TINY_room_away, TINY_few_rooms}};

        set |= (uint64_t)1 << (seed % N_TINY);
        for (int k = 0; k < n; k++)
                set |= (uint64_t)1 << dice_below(&d, N_TINY);
        for (int k = 0; k < (int)(sizeof wants / sizeof *wants); k++)
                if (set >> wants[k].it & 1)
                        set |= (uint64_t)1 << wants[k].wants;
        return set;
}

static void write_bell(struct tiny *w)
{
        fprintf(w->out, "msched: 1\nbell:\n  terms: [%s]\n  periods:\n",
                w->terms > 1 ? "T0, T1" : "T0");
        for (int p = 0; p < w->periods; p++)
                fprintf(w->out, "    - {id: P%d, day: %s%s}\n", p,
                        with(w, TINY_day_break, 9, 50) && p > 1 ? "B" : "A",
                        has(w, TINY_day_break) && draw(w, TINY_day_break, p, 3) == 0
                                ? ", break_after: true"
                                : "");
        fprintf(w->out, "contract: {size: {min: %d, max: %d}, load: %d",
                has(w, TINY_size_min) ? 1 + draw(w, TINY_size_min, 0, 3) : 0,
                has(w, TINY_size_min)  ? 4
                : has(w, TINY_strands) ? 2
                                       : 6,
                has(w, TINY_load) ? 1 + draw(w, TINY_load, 0, 2) : w->periods);
        if (has(w, TINY_preps))
                fprintf(w->out, ", preps: 1");
        if (has(w, TINY_consecutive))
                fprintf(w->out, ", consecutive: 1");
        if (has(w, TINY_contacts))
                fprintf(w->out, ", contacts: %d", 2 + draw(w, TINY_contacts, 0, 3));
        if (has(w, TINY_full_day))
                fprintf(w->out, ", full_day: {9: %d, 10: 1}", w->periods);
        fprintf(w->out, "}\n");
}

static void write_teacher(struct tiny *w, int t)
{
        fprintf(w->out, "  - {id: t%d, credentials: [%s]", t,
                (const char *[]){"c0, el", "c0, c1", "c1, sped"}[t]);
        if (with(w, TINY_teacher_away_by_term, t, 60))
                fprintf(w->out, ", unavailable: {T%d: [P%d]}",
                        draw(w, TINY_teacher_away_by_term, t, w->terms),
                        draw(w, TINY_teacher_away_by_term, t + 8, w->periods));
        else if (with(w, TINY_teacher_away, t, 60))
                fprintf(w->out, ", unavailable: [P%d]", draw(w, TINY_teacher_away, t, w->periods));
        if (with(w, TINY_home, t, 70))
                fprintf(w->out, ", home: R%d", draw(w, TINY_home, t, w->rooms));
        fprintf(w->out, "}\n");
}

static void write_staff(struct tiny *w)
{
        fprintf(w->out, "teachers:\n");
        for (int t = 0; t < w->teachers; t++)
                write_teacher(w, t);
        fprintf(w->out, "rooms:\n");
        for (int r = 0; r < w->rooms; r++) {
                fprintf(w->out, "  - {id: R%d, types: [y]", r);
                if (with(w, TINY_capacity, r, 60))
                        fprintf(w->out, ", capacity: %d", 1 + draw(w, TINY_capacity, r, 2));
                if (with(w, TINY_room_away, r, 60))
                        fprintf(w->out, ", unavailable: [P%d]",
                                draw(w, TINY_room_away, r, w->periods));
                fprintf(w->out, "}\n");
        }
}

static void write_shape(struct tiny *w, int c)
{
        const bool stacked = has(w, TINY_stack) && c < 2;

        if (!stacked && with(w, TINY_two_periods, c, 50))
                fprintf(w->out, ", periods: 2");
        if (w->terms > 1 && (c < 2 || with(w, TINY_one_term, c, 70)) && has(w, TINY_one_term))
                fprintf(w->out, ", terms: 1");
        if (with(w, TINY_at, c, 60))
                fprintf(w->out, ", at: {periods: [P%d]}", draw(w, TINY_at, c, w->periods));
        if (with(w, TINY_off_campus, c, 50))
                fprintf(w->out, ", off_campus: %s",
                        draw(w, TINY_off_campus, c, 2) ? "end" : "start");
        if (with(w, TINY_travel, c, 50))
                fprintf(w->out, ", travel: 1");
        if (!stacked && !has(w, TINY_same_teacher) && with(w, TINY_unstaffed, c, 60))
                fprintf(w->out, ", staffed: false");
        if (with(w, TINY_uncounted, c, 50))
                fprintf(w->out, ", load: false");
}

static void write_course(struct tiny *w, int c)
{
        const bool tied = has(w, TINY_stack) || has(w, TINY_same_period) || has(w, TINY_adjacent) ||
                          has(w, TINY_same_teacher) || has(w, TINY_same_students);

        fprintf(w->out, "  - {id: C%d", c);
        if (!tied && with(w, TINY_range, c, 70))
                fprintf(w->out, ", sections: {min: %d, max: %d}", w->sections[c] / 2,
                        w->sections[c]);
        else
                fprintf(w->out, ", sections: %d", w->sections[c]);
        if (has(w, TINY_credential))
                fprintf(w->out, ", credential: c%d", draw(w, TINY_credential, c, 2));
        if (with(w, TINY_teachers, c, 60))
                fprintf(w->out, ", teachers: [t%d]", draw(w, TINY_teachers, c, w->teachers));
        if (has(w, TINY_few_rooms) && (c < 2 || draw(w, TINY_few_rooms, c, 3)))
                fprintf(w->out, ", room: y");
        if (with(w, TINY_size_max, c, 70))
                fprintf(w->out, ", size: {min: 0, max: %d}", 1 + draw(w, TINY_size_max, c, 2));
        if (with(w, TINY_grades, c, 50))
                fprintf(w->out, ", grades: [%d]", 9 + draw(w, TINY_grades, c, 2));
        if (with(w, TINY_only, c, 50))
                fprintf(w->out, ", only: {flag: f}");
        if (has(w, TINY_pathway) && (c == 0 || draw(w, TINY_pathway, c, 3) == 0))
                fprintf(w->out, ", pathway: H");
        if (with(w, TINY_support, c, 50))
                fprintf(w->out, ", support: {flag: f, credential: %s, sections: 1}",
                        draw(w, TINY_support, c, 2) ? "sped" : "c1");
        if (has(w, TINY_requirement) && draw(w, TINY_requirement, c, 3))
                fprintf(w->out, ", area: B, credits: %d", 5 + 5 * draw(w, TINY_requirement, c, 2));
        write_shape(w, c);
        fprintf(w->out, "}\n");
}

static void write_pathways(struct tiny *w)
{
        if (!has(w, TINY_pathway))
                return;
        fprintf(w->out, "pathways:\n  - {id: H, team: [t0, t1]");
        if (has(w, TINY_planning))
                fprintf(w->out, ", common_planning: %d", 1 + draw(w, TINY_planning, 0, 2));
        if (has(w, TINY_cohort)) {
                fprintf(w->out, ", cohorts: [");
                for (int k = 0; k < 2; k++)
                        fprintf(w->out,
                                "%s{id: K%d, grade: %d, courses: [C0, C%d], purity: %s, purity_of: "
                                "%s, strands: %s}",
                                k ? ", " : "", k, 9 + k,
                                1 + draw(w, TINY_cohort, k, w->courses - 1),
                                has(w, TINY_purity) ? (draw(w, TINY_purity, k, 2) ? "1" : "0.6")
                                                    : "0.5",
                                has(w, TINY_purity_of) ? "pathway" : "cohort",
                                has(w, TINY_strands) ? "true" : "false");
                fprintf(w->out, "]");
        }
        fprintf(w->out, "}\n");
}

static void write_students(struct tiny *w)
{
        struct dice d = dice_for(w->seed, 99);

        if (has(w, TINY_requirement))
                fprintf(w->out, "requirements:\n"
                                "  - {id: Q, area: B, years_by_grade: {9: 1, 10: 1.5}}\n"
                                "  - {id: Q2, courses: [C0], years_by_grade: {10: 0.5}}\n");
        fprintf(w->out, "students:\n");
        for (int k = 0; k < w->students; k++) {
                fprintf(w->out, "  - {id: k%d, grade: %d", k, 9 + dice_below(&d, 2));
                if (has(w, TINY_pathway) && draw(w, TINY_pathway, 20 + k, 3))
                        fprintf(w->out, ", pathway: H");
                if (dice_chance(&d, 50))
                        fprintf(w->out, ", flags: [f]");
                if (with(w, TINY_student_away, k, 50))
                        fprintf(w->out, ", available: [P%d, P%d]",
                                draw(w, TINY_student_away, k, w->periods),
                                draw(w, TINY_student_away, k + 8, w->periods));
                if (has(w, TINY_requirement) && draw(w, TINY_requirement, 20 + k, 2))
                        fprintf(w->out, ", years_B: 0.5");
                fprintf(w->out, "}\n");
        }
}

static void write_requests(struct tiny *w)
{
        struct dice d = dice_for(w->seed, 98);

        fprintf(w->out, "requests:\n");
        for (int k = 0; k < w->students; k++) {
                const int drawn = 2 + dice_below(&d, w->courses - 1);
                const int n = has(w, TINY_balance) ? 1 : has(w, TINY_stands_for) ? 3 : drawn;
                const int first = has(w, TINY_balance) ? 0 : dice_below(&d, w->courses);

                for (int i = 0; i < n && i < w->courses; i++) {
                        const bool other = i > 0 && i == n - 1 && has(w, TINY_alternate);

                        fprintf(w->out, "  - {student: k%d, course: C%d, kind: %s", k,
                                (first + i) % w->courses,
                                other                 ? "alternate"
                                : dice_chance(&d, 30) ? "required"
                                                      : "elective");
                        if (other && has(w, TINY_stands_for))
                                fprintf(w->out, ", for: C%d",
                                        (first + draw(w, TINY_stands_for, k, i)) % w->courses);
                        if (other && draw(w, TINY_alternate, k, 3) == 0)
                                fprintf(w->out, ", rank: %d",
                                        2 + draw(w, TINY_alternate, k + 8, 2));
                        fprintf(w->out, "}\n");
                }
        }
}

static void write_rules(struct tiny *w)
{
        static const enum tiny_feature pairs[] = {TINY_separate, TINY_stack, TINY_same_period,
                TINY_adjacent, TINY_same_teacher, TINY_same_students, TINY_before};
        FILE *out = w->out;

        fprintf(out, "rules:\n");
        for (int k = 0; k < 7; k++)
                if (has(w, pairs[k]))
                        fprintf(out, "  - %s: [C0, C1%s]\n", tiny_name(pairs[k]),
                                w->courses > 2 && w->sections[2] == w->sections[0] &&
                                                pairs[k] != TINY_stack &&
                                                draw(w, pairs[k], 0, 3) == 0
                                        ? ", C2"
                                        : "");
        if (has(w, TINY_needs))
                fprintf(out, "  - needs: {flag: f, credential: el}\n");
        if (has(w, TINY_limit))
                fprintf(out, "  - limit: {flag: f, share: 0.%d%s}\n", 1 + draw(w, TINY_limit, 0, 3),
                        draw(w, TINY_limit, 1, 2) ? ", courses: [C0]" : "");
        if (has(w, TINY_apart))
                fprintf(out, "  - apart: [k0, k1]\n");
        if (has(w, TINY_avoid))
                for (int k = 0; k < 2; k++)
                        fprintf(out, "  - avoid: {student: k%d, teacher: t%d}\n", k,
                                draw(w, TINY_avoid, k, w->teachers));
        if (has(w, TINY_free_teachers))
                fprintf(out, "  - free: {of: [t0, t1], periods: [P0, P1], count: %d}\n",
                        1 + draw(w, TINY_free_teachers, 0, 2));
        if (has(w, TINY_free_students))
                fprintf(out, "  - free: {of: students, periods: [P0, P1], count: 1}\n");
        fprintf(out, "locks:\n");
        if (has(w, TINY_lock_place))
                fprintf(out, "  - {course: C0, section: 1, period: P%d}\n",
                        draw(w, TINY_lock_place, 0, w->periods));
        if (has(w, TINY_lock_cohort) && has(w, TINY_cohort) && has(w, TINY_pathway))
                fprintf(out, "  - {course: C0, section: 1, cohort: %s}\n",
                        (const char *[]){"K0", "K1", ""}[draw(w, TINY_lock_cohort, 0, 3)]);
}

static void size_up(struct tiny *w)
{
        struct dice d = dice_for(w->seed, 97);
        int left = MOST_SECTIONS;

        w->periods = 2 + dice_below(&d, 2);
        w->terms = has(w, TINY_one_term) ? 2 : 1;
        w->teachers = has(w, TINY_needs) || has(w, TINY_support) || dice_chance(&d, 40) ? 3 : 2;
        w->rooms = has(w, TINY_home) || dice_chance(&d, 30) ? 2 : 1;
        w->courses = has(w, TINY_stands_for) ? 3 : 2 + dice_below(&d, 2);
        w->students = has(w, TINY_balance) ? 6 : 2 + dice_below(&d, 4);
        w->sections[0] = w->sections[1] = w->sections[2] = 1;
        if (has(w, TINY_strands)) {
                w->courses = 2;
                w->students = 3;
                w->sections[1]++;
                left--;
        }
        left -= w->courses;
        if (has(w, TINY_balance) || has(w, TINY_strands) || has(w, TINY_same_students) ||
                dice_chance(&d, 60)) {
                w->sections[0]++;
                left--;
        }
        if (left > 0 && w->sections[1] == 1 && (w->sections[0] > 1 || dice_chance(&d, 30)))
                w->sections[1]++;
        if (w->sections[1] != w->sections[0] &&
                (w->features &
                        ((uint64_t)1 << TINY_stack | (uint64_t)1 << TINY_same_period |
                                (uint64_t)1 << TINY_adjacent | (uint64_t)1 << TINY_same_teacher |
                                (uint64_t)1 << TINY_same_students)))
                w->sections[0] = w->sections[1] = has(w, TINY_same_students) ? 2 : 1;
}

char *tiny_text(uint64_t seed, uint64_t features)
{
        char *text = NULL, *copy;
        size_t size = 0;
        struct tiny w = {.out = open_memstream(&text, &size), .seed = seed, .features = features};

        size_up(&w);
        write_bell(&w);
        write_staff(&w);
        fprintf(w.out, "courses:\n");
        for (int c = 0; c < w.courses; c++)
                write_course(&w, c);
        write_pathways(&w);
        write_students(&w);
        write_requests(&w);
        write_rules(&w);
        if (has(&w, TINY_priorities))
                fprintf(w.out, "priorities: [%s]\n",
                        draw(&w, TINY_priorities, 0, 2) ? "unplaced, request_loss"
                                                        : "uneven, empty_periods, imbalance");
        fclose(w.out);
        copy = mem_copy(text, size + 1);
        free(text);
        return copy;
}

/* A lock of the first student who may have it, in the last section of his first course. */
static void lock_student(struct problem *pb)
{
        struct lock *lk = arena_array(pb->arena, (size_t)pb->n_locks + 1, sizeof *lk);

        for (int l = 0; l < pb->n_locks; l++)
                lk[l] = pb->locks[l];
        for (int i = 0; i < pb->n_requests; i++) {
                const struct course *c = &pb->courses[pb->requests[i].course];

                if (!pb->requests[i].admitted || pb->requests[i].kind == ALTERNATE ||
                        pb->requests[i].max_section < c->sections_max || c->sections_max < 1)
                        continue;
                lk[pb->n_locks++] = (struct lock){.course = pb->requests[i].course,
                        .section = c->sections_max,
                        .student = pb->requests[i].student,
                        .teacher = NONE,
                        .room = NONE,
                        .period = NONE,
                        .term = NONE,
                        .cohort = COHORT_NOT_LOCKED};
                break;
        }
        pb->locks = lk;
}

/* Every third request was met last year, somewhere. */
static void add_past(struct problem *pb, uint64_t seed)
{
        struct dice d = dice_for(seed, 96);

        pb->past = arena_array(pb->arena, (size_t)pb->n_requests + 1, sizeof *pb->past);
        pb->has_previous = true;
        for (int i = 0; i < pb->n_requests; i++) {
                const struct course *c = &pb->courses[pb->requests[i].course];

                if (!dice_chance(&d, 60))
                        continue;
                pb->request_past[i] = pb->n_past;
                pb->past[pb->n_past++] = (struct past_seat){.student = pb->requests[i].student,
                        .course = pb->requests[i].course,
                        .cells = c->start_cells[dice_below(&d, pb->n_cells)],
                        .teacher = c->staffed ? dice_below(&d, pb->n_teachers) : NONE};
        }
}

struct problem *tiny_school(uint64_t seed, uint64_t features)
{
        char *text = tiny_text(seed, features);
        struct problem *pb = text_school(text);

        if (features >> TINY_lock_student & 1)
                lock_student(pb);
        if (features >> TINY_previous & 1)
                add_past(pb, seed);
        mem_free(text);
        return pb;
}
