/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/outcome.h"
#include "model/measure.h"

static int seats_of(const struct schedule *sc, int s)
{
        const struct problem *pb = sc->pb;
        int most = pb->courses[pb->section_course[s]].size_max;
        int room = sc->room[s] >= 0 ? pb->rooms[sc->room[s]].capacity : NO_LIMIT;

        return room >= 0 && room < most ? room : most;
}

static void count_sections(struct outcome *out)
{
        const struct schedule *sc = out->schedule;
        const struct problem *pb = sc->pb;

        for (int s = 0; s < pb->n_sections; s++) {
                struct course_outcome *c = &out->courses[pb->section_course[s]];

                if (sc->start[s] < 0)
                        continue;
                out->sections[s].seats = seats_of(sc, s);
                c->placed++;
                c->seats += out->sections[s].seats;
        }
        for (int i = 0; i < pb->n_locks; i++) {
                const struct lock *l = &pb->locks[i];
                const struct course *c = &pb->courses[l->course];

                if (l->student < 0 && l->section <= c->sections_max)
                        out->sections[c->first_section + l->section - 1].locked = true;
        }
}

static void count_request(struct outcome *out, int r)
{
        const struct schedule *sc = out->schedule;
        const struct problem *pb = sc->pb;
        const struct request *rq = &pb->requests[r];
        const int s = sc->seat[r], grade = pb->students[rq->student].grade;

        if (s < 0)
                return;
        out->courses[rq->course].met += rq->kind != ALTERNATE;
        out->courses[rq->course].alternates += rq->kind == ALTERNATE;
        out->sections[s].students++;
        if (grade >= 0 && grade < 32)
                out->sections[s].grades |= UINT32_C(1) << grade;
        if (sc->cohort[s] >= 0)
                out->sections[s].members += measure_is_member(pb, rq->student, sc->cohort[s]);
}

/* both, lost: matrices of courses by courses. */
static void count_pairs(const struct schedule *sc, int *both, int *lost)
{
        const struct problem *pb = sc->pb;
        const size_t n = (size_t)pb->n_courses;

        for (int r = 0; r < pb->n_requests; r++) {
                const struct request *p = &pb->requests[r];
                const struct student *st = &pb->students[p->student];

                if (p->kind == ALTERNATE)
                        continue;
                for (int q = r + 1; q < st->first_request + st->n_requests; q++) {
                        const struct request *o = &pb->requests[q];
                        int a = p->course < o->course ? p->course : o->course;
                        int b = p->course < o->course ? o->course : p->course;

                        if (o->kind == ALTERNATE)
                                continue;
                        both[(size_t)a * n + (size_t)b]++;
                        lost[(size_t)a * n + (size_t)b] += sc->seat[r] < 0 || sc->seat[q] < 0;
                }
        }
}

static void list_pairs(struct outcome *out)
{
        const int n = out->schedule->pb->n_courses;
        const size_t cells = (size_t)n * (size_t)n;
        int *both = mem_zero(cells, sizeof *both), *lost = mem_zero(cells, sizeof *lost), cap = 0;

        count_pairs(out->schedule, both, lost);
        for (int i = 0; i < (int)cells; i++) {
                if (!both[i])
                        continue;
                MEM_GROW(out->pairs, out->n_pairs, cap);
                out->pairs[out->n_pairs++] = (struct pair_outcome){i / n, i % n, both[i], lost[i]};
        }
        mem_free(both);
        mem_free(lost);
}

void outcome_init(struct outcome *out, const struct schedule *sc)
{
        const struct problem *pb = sc->pb;

        *out = (struct outcome){.schedule = sc};
        out->sections = mem_zero((size_t)pb->n_sections, sizeof *out->sections);
        out->courses = mem_zero((size_t)pb->n_courses, sizeof *out->courses);
        count_sections(out);
        for (int r = 0; r < pb->n_requests; r++)
                count_request(out, r);
        list_pairs(out);
}

void outcome_release(struct outcome *out)
{
        mem_free(out->sections);
        mem_free(out->courses);
        mem_free(out->pairs);
        *out = (struct outcome){0};
}

/* Does an obstacle of the kind stand before every section? */
static bool before_all(const struct reason *why, enum obstacle_kind kind)
{
        bool all = why->n_obstacles > 0;

        for (int i = 0; i < why->n_obstacles && all; i++) {
                bool here = false;
                for (int j = 0; j < why->n_obstacles && !here; j++)
                        here = why->obstacles[j].section == why->obstacles[i].section &&
                               why->obstacles[j].kind == kind;
                all = here;
        }
        return all;
}

const char *outcome_cause(const struct reason *why)
{
        static const char *const codes[N_BLOCKS] = {
                [BLOCK_FULL] = "blocked_full",
                [BLOCK_OVERLAP] = "blocked_overlap",
                [BLOCK_SUPPORT] = "blocked_support",
                [BLOCK_PURITY] = "blocked_purity",
                [BLOCK_CONTACTS] = "blocked_contacts",
                [BLOCK_AWAY] = "blocked_away",
                [BLOCK_RULE] = "blocked_rule",
                [BLOCK_LOCK] = "blocked_lock",
                [BLOCK_STRANDS] = "blocked_strands",
                [BLOCK_ALTERNATE] = "blocked_alternate",
        };

        if (why->why != WHY_BLOCKED)
                return why_code(why->why);
        if (before_all(why, BLOCK_OVERLAP)) {
                if (before_all(why, BLOCK_FULL))
                        return "blocked_full_overlap";
                if (before_all(why, BLOCK_PURITY))
                        return "blocked_purity_overlap";
        }
        for (int kind = 0; kind < N_BLOCKS; kind++)
                if (before_all(why, (enum obstacle_kind)kind))
                        return codes[kind];
        return "blocked_mixed";
}
