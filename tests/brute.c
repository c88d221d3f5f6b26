/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Places every section in every way, then seats every student in every way. Two short cuts, both
 * sound: a fault of a placement without students, or of one student alone in it, stays a fault
 * whatever others do; and what students add to most tiers adds up, so that a sum of least shares
 * bounds the score from below.
 */
#include "tests/brute.h"
#include "model/verify.h"
#include <string.h>

struct option { /* one way to seat one student, with what it adds to the score */
        int seat[8];
        struct score adds;
};

struct search {
        const struct problem *pb;
        struct schedule *sc;
        struct brute out;
        int64_t most;
        int student_locks;
        struct score empty; /* of the placement without students */
        int *n_options;     /* by student */
        struct option **options;
        struct score *rest; /* by student: the least that he and those after him add */
};

static struct verdict *judge(struct search *se)
{
        struct answer *an = schedule_answer(se->sc);
        struct verdict *v = verify(se->pb, an, false);

        answer_free(an);
        se->out.schedules++;
        se->out.too_many |= se->out.schedules > se->most;
        return v;
}

static int count(const struct verdict *v, const char *rules)
{
        int n = 0;

        for (int k = 0; k < v->n_faults; k++) {
                const char *at = strstr(rules, v->faults[k].rule);

                n += at && at[strlen(v->faults[k].rule)] == ' ';
        }
        return n;
}

/* Imbalance is the one tier that does not add up: it bounds nothing before all sit. */
static void add_to(struct score *sum, const struct score *x, int sign)
{
        for (int t = 0; t < N_TIERS; t++)
                sum->tier[t] += t == IMBALANCE ? 0 : sign * x->tier[t];
}

static void lower(struct score *least, const struct score *x)
{
        for (int t = 0; t < N_TIERS; t++)
                if (x->tier[t] < least->tier[t])
                        least->tier[t] = x->tier[t];
}

static void keep_option(struct search *se, int k)
{
        const struct student *st = &se->pb->students[k];
        struct verdict *v = judge(se);

        if (!count(v, "H1 H5 H8 H11 ")) {
                struct option *op = &se->options[k][se->n_options[k]++];

                for (int i = 0; i < st->n_requests; i++)
                        op->seat[i] = se->sc->seat[st->first_request + i];
                op->adds = v->score;
                add_to(&op->adds, &se->empty, -1);
                op->adds.tier[IMBALANCE] = 0;
        }
        verdict_free(v);
}

static void list_options(struct search *se, int k, int i)
{
        const struct student *st = &se->pb->students[k];
        const int r = st->first_request + i;
        const struct course *c;

        if (i == st->n_requests) {
                keep_option(se, k);
                return;
        }
        c = &se->pb->courses[se->pb->requests[r].course];
        for (int n = 0; n < c->sections_max; n++)
                if (se->sc->start[c->first_section + n] >= 0) {
                        se->sc->seat[r] = c->first_section + n;
                        list_options(se, k, i + 1);
                }
        se->sc->seat[r] = NONE;
        list_options(se, k, i + 1);
}

static void take_if_better(struct search *se)
{
        struct verdict *v = judge(se);

        if (!v->n_faults &&
                (!se->out.found || score_compare(se->pb->order, &v->score, &se->out.best) < 0)) {
                se->out.found = true;
                se->out.best = v->score;
        }
        verdict_free(v);
}

static void seat_from(struct search *se, int k, const struct score *sum)
{
        struct score least = *sum;

        if (se->out.too_many)
                return;
        add_to(&least, &se->rest[k], 1);
        least.tier[IMBALANCE] = 0;
        if (se->out.found && score_compare(se->pb->order, &least, &se->out.best) >= 0)
                return;
        if (k == se->pb->n_students) {
                take_if_better(se);
                return;
        }
        for (int n = 0; n < se->n_options[k]; n++) {
                const struct student *st = &se->pb->students[k];
                struct score next = *sum;

                for (int i = 0; i < st->n_requests; i++)
                        se->sc->seat[st->first_request + i] = se->options[k][n].seat[i];
                add_to(&next, &se->options[k][n].adds, 1);
                seat_from(se, k + 1, &next);
                for (int i = 0; i < st->n_requests; i++)
                        se->sc->seat[st->first_request + i] = NONE;
        }
}

/* The placement is complete: is it worth seating anybody? */
static void seat_all(struct search *se)
{
        const struct problem *pb = se->pb;
        struct verdict *v = judge(se);
        const int hard = count(v, "H1 H2 H3 H4 H10 H11 ");
        const int rules = count(v, "H6 ");

        se->empty = v->score;
        se->empty.tier[IMBALANCE] = 0;
        verdict_free(v);
        if (hard || rules > se->student_locks)
                return;
        memset(&se->rest[pb->n_students], 0, sizeof *se->rest);
        for (int k = pb->n_students - 1; k >= 0; k--) {
                struct score least;

                se->n_options[k] = 0;
                list_options(se, k, 0);
                if (!se->n_options[k])
                        return;
                least = se->options[k][0].adds;
                for (int n = 1; n < se->n_options[k]; n++)
                        lower(&least, &se->options[k][n].adds);
                se->rest[k] = se->rest[k + 1];
                add_to(&se->rest[k], &least, 1);
        }
        seat_from(se, 0, &se->empty);
}

static bool overlaps(const struct search *se, int s, int other)
{
        const struct problem *pb = se->pb;
        const struct course *a = &pb->courses[pb->section_course[s]];
        const struct course *b = &pb->courses[pb->section_course[other]];

        if (a->stack != NONE && a->stack == b->stack &&
                pb->section_number[s] == pb->section_number[other])
                return false;
        return a->start_cells[se->sc->start[s]] & b->start_cells[se->sc->start[other]];
}

/* Does a person or the room of s work elsewhere at that time, in a section before it? */
static bool collides(const struct search *se, int s)
{
        const struct schedule *sc = se->sc;

        for (int other = 0; other < s; other++) {
                if (sc->start[other] < 0 || !overlaps(se, s, other))
                        continue;
                if ((sc->room[s] >= 0 && sc->room[s] == sc->room[other]) ||
                        (sc->teacher[s] >= 0 && (sc->teacher[s] == sc->teacher[other] ||
                                                        sc->teacher[s] == sc->co_teacher[other])) ||
                        (sc->co_teacher[s] >= 0 &&
                                (sc->co_teacher[s] == sc->teacher[other] ||
                                        sc->co_teacher[s] == sc->co_teacher[other])))
                        return true;
        }
        return false;
}

static void place_from(struct search *se, int s);

/* Each choice runs over none and all: what does not fit is verify()'s to say. */
static void choose_cohort(struct search *se, int s)
{
        for (int k = NONE; k < se->pb->n_cohorts && !se->out.too_many; k++) {
                if (k >= 0 && !ints_has(&se->pb->cohorts[k].courses, se->pb->section_course[s]))
                        continue;
                se->sc->cohort[s] = k;
                place_from(se, s + 1);
        }
        se->sc->cohort[s] = NONE;
}

static bool holds(const struct problem *pb, int t, const struct ints *credentials)
{
        for (int n = 0; n < credentials->n; n++)
                if (ints_has(&pb->teachers[t].credentials, credentials->v[n]))
                        return true;
        return !credentials->given;
}

static void choose_people(struct search *se, int s)
{
        const struct problem *pb = se->pb;
        const struct course *c = &pb->courses[pb->section_course[s]];
        const bool helped = c->support.given && pb->section_number[s] <= c->support.sections;

        for (int t = c->staffed ? 0 : NONE; t < (c->staffed ? pb->n_teachers : 0); t++) {
                if (t >= 0 && !holds(pb, t, &c->credentials))
                        continue;
                for (int o = helped ? 0 : NONE; o < (helped ? pb->n_teachers : 0); o++) {
                        if (o >= 0 && (o == t || !holds(pb, o, &c->support.credentials)))
                                continue;
                        se->sc->teacher[s] = t;
                        se->sc->co_teacher[s] = o;
                        if (!collides(se, s))
                                choose_cohort(se, s);
                }
        }
        se->sc->teacher[s] = se->sc->co_teacher[s] = NONE;
}

static void place_from(struct search *se, int s)
{
        const struct problem *pb = se->pb;
        const struct course *c;

        if (se->out.too_many)
                return;
        if (s == pb->n_sections) {
                seat_all(se);
                return;
        }
        c = &pb->courses[pb->section_course[s]];
        for (int p = 0; p < pb->n_cells; p++) {
                if (!c->start_cells[p])
                        continue;
                se->sc->start[s] = p;
                for (int r = c->room_type < 0 ? NONE : 0; r < (c->room_type < 0 ? 0 : pb->n_rooms);
                        r++) {
                        se->sc->room[s] = r;
                        choose_people(se, s);
                }
        }
        se->sc->start[s] = se->sc->room[s] = NONE;
        place_from(se, s + 1);
}

struct brute brute_solve(const struct problem *pb, int64_t most)
{
        struct arena *a = arena_new();
        struct search se = {.pb = pb,
                .sc = schedule_new(pb),
                .most = most,
                .n_options = arena_array(a, (size_t)pb->n_students + 1, sizeof(int)),
                .options = arena_array(a, (size_t)pb->n_students + 1, sizeof(struct option *)),
                .rest = arena_array(a, (size_t)pb->n_students + 1, sizeof(struct score))};

        for (int k = 0; k < pb->n_students; k++)
                se.options[k] = arena_array(a, 1000, sizeof(struct option));
        for (int l = 0; l < pb->n_locks; l++)
                se.student_locks += pb->locks[l].student != NONE;
        place_from(&se, 0);
        schedule_free(se.sc);
        arena_free(a);
        return se.out;
}
