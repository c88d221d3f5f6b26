/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Candidates come in the order in which an administrator would like them: a seat, a section moved,
 * one more section, staff and room for it, and last what the student gives up himself. Each is
 * tried on a bench, where only what it touches changes; the best are then solved, from the schedule
 * with the change made, and offered only if that has what they say.
 */
#include "solver/whatif_fix_parts.h"
#include <stdlib.h>
#include <string.h>

/* Of a verifying run; students find their way into a section that was not there. */
static const double WORK = 0.02, WORK_SECTION = 0.3;
enum { SLACK = 2 }; /* requests of others that solving again may cost beyond what was foreseen */

struct fixer *fixer_new(const struct schedule *sc, const volatile sig_atomic_t *stop)
{
        struct fixer *fx = mem_zero(1, sizeof *fx);

        fx->sc = sc;
        fx->pb = sc->pb;
        fx->stop = stop;
        fx->course = NONE;
        fx->enrolled = mem_zero((size_t)fx->pb->n_sections + 1, sizeof *fx->enrolled);
        for (int r = 0; r < fx->pb->n_requests; r++)
                if (sc->seat[r] >= 0)
                        fx->enrolled[sc->seat[r]]++;
        bench_open(&fx->base, sc, NULL, 0);
        return fx;
}

void fixer_free(struct fixer *fx)
{
        fixer_close_benches(fx);
        bench_close(&fx->base);
        mem_free(fx->enrolled);
        mem_free(fx);
}

static bool stopped(const struct fixer *fx)
{
        return fx->stop && *fx->stop;
}

/* ---- verifying ---- */

static int worse_by(const struct fixer *fx, const struct whatif *w, enum tier tier)
{
        int64_t by = w->solution.score.tier[tier] - fx->base.score.tier[tier];

        return by > 0 ? (int)by : 0;
}

/* Effects on others, counted in the schedule that solving again found. */
static struct toll solved_toll(const struct fixer *fx, const struct whatif *w, int student)
{
        const struct problem *pb = fx->pb, *to = w->pb;
        const struct schedule *now = w->solution.schedule;
        struct toll t = {.given_up = NONE};
        int shifted = NONE;

        for (int r = 0; r < pb->n_requests; r++) {
                const struct request *q = &pb->requests[r];
                int then = problem_request_of(to, q->student, q->course);
                int was = fx->sc->seat[r], is = then < 0 ? NONE : now->seat[then];
                bool primary = q->kind != ALTERNATE;
                if (q->student == student) {
                        t.own += primary && was >= 0 && is < 0;
                        continue;
                }
                t.gained += primary && was < 0 && is >= 0;
                t.lost += primary && was >= 0 && is < 0;
                bool other = was >= 0 && is >= 0 &&
                             (pb->section_number[was] != to->section_number[is] ||
                                     fx->sc->start[was] % pb->n_periods !=
                                             now->start[is] % to->n_periods);
                if (other && q->student != shifted) {
                        t.moved++;
                        shifted = q->student;
                }
        }
        for (int i = CTE_UNMET; i <= COHORT_BREAKS; i++)
                t.first |= worse_by(fx, w, i) > 0;
        return t;
}

static int placed(const struct schedule *sc, int course)
{
        const struct course *c = &sc->pb->courses[course];
        int n = 0;

        for (int s = c->first_section; s < c->first_section + c->sections_max; s++)
                n += sc->start[s] >= 0;
        return n;
}

static bool holds(const struct fixer *fx, const struct candidate *c, const struct whatif *w,
        int student, struct toll *out)
{
        if (student < 0) {
                *out = solved_toll(fx, w, student);
                return out->lost <= out->gained + SLACK &&
                       placed(w->solution.schedule, c->wanted) > placed(fx->sc, c->wanted);
        }
        int q = problem_request_of(w->pb, student, c->wanted);
        if (q < 0 || w->solution.schedule->seat[q] < 0)
                return false;
        *out = solved_toll(fx, w, student);
        return out->own <= c->toll.own && out->lost <= c->toll.lost + SLACK &&
               (!out->first || c->toll.first);
}

static const char *sentence(const struct fixer *fx, struct arena *a, const struct candidate *c)
{
        const char *text = "";

        for (int i = 0; i < c->n; i++)
                text = arena_printf(
                        a, "%s%s%s", text, i ? "; " : "", edit_text(a, fx->pb, &c->edits[i]));
        if (c->without < 0)
                return text;
        const struct request *q = &fx->pb->requests[c->without];
        return arena_printf(a, "student %s goes without %s; %s", fx->pb->students[q->student].id,
                fx->pb->courses[q->course].id, text);
}

/* A section run by a lock, of fewer than its course's minimum, is not to look like any other. */
static const char *size_text(
        const struct fixer *fx, struct arena *a, const struct candidate *c, const struct whatif *w)
{
        const struct schedule *now = w->solution.schedule;
        const struct course *to = &w->pb->courses[c->wanted];
        int least = fx->pb->courses[c->wanted].size_min, n = 0, s = NONE;

        for (int i = 0; i < c->n && c->kind != FIX_MOVE; i++)
                if (c->edits[i].kind == EDIT_ADD_LOCK && c->edits[i].lock.student < 0 &&
                        c->edits[i].lock.course == c->wanted)
                        s = to->first_section + c->edits[i].lock.section - 1;
        for (int r = 0; r < w->pb->n_requests && s >= 0; r++)
                n += now->seat[r] == s;
        if (s < 0 || n >= least)
                return "";
        return arena_printf(a, "; the new section has %d student%s, its minimum is %d", n,
                n == 1 ? "" : "s", least);
}

static bool verify_fix(
        struct fixer *fx, struct arena *a, const struct candidate *c, int student, struct fix *out)
{
        struct whatif w;
        struct toll t = {0};
        double work = student < 0 ? WORK_SECTION : WORK;
        bool fine = whatif_solve(fx->sc, c->edits, c->n, work, fx->stop, &w) &&
                    holds(fx, c, &w, student, &t);
        int cte = fine ? worse_by(fx, &w, CTE_UNMET) + worse_by(fx, &w, CTE_UNPLACED) : 0;
        int breaks = fine ? worse_by(fx, &w, COHORT_BREAKS) : 0;
        const char *text =
                fine ? arena_printf(a, "%s%s", sentence(fx, a, c), size_text(fx, a, c, &w)) : "";

        whatif_release(&w);
        if (!fine)
                return false;
        struct edit *edits = arena_array(a, (size_t)c->n + 1, sizeof *edits);
        memcpy(edits, c->edits, (size_t)c->n * sizeof *edits);
        *out = (struct fix){.kind = c->kind,
                .n_edits = c->n,
                .edits = edits,
                .own_lost = t.own,
                .gained = t.gained,
                .lost = t.lost,
                .moved = t.moved,
                .cte_lost = cte,
                .cohort_breaks = breaks,
                .work = work,
                .text = text};
        return true;
}

/* Those that cost nothing in the first three tiers; those that take no request; by kind. */
static int compare(const void *x, const void *y)
{
        const struct candidate *a = x, *b = y;

        if (a->toll.first != b->toll.first)
                return a->toll.first - b->toll.first;
        if (a->kind != b->kind)
                return (int)a->kind - (int)b->kind;
        if (a->toll.own + a->toll.lost != b->toll.own + b->toll.lost)
                return a->toll.own + a->toll.lost - b->toll.own - b->toll.lost;
        return a->n - b->n;
}

/* What is done is the same though it was found twice: a request dropped that is given up anyway. */
static bool is_offered(const struct fix *v, int n)
{
        for (int i = 0; i < n; i++)
                if (!strcmp(v[i].text, v[n].text))
                        return true;
        return false;
}

/* Verify and take those of kinds up to `last`; what costs a tier of the first three waits for the
 * end. */
static int offer(struct fixer *fx, struct arena *a, int student, enum fix_kind last, int have,
        int most, struct fix *out)
{
        int left = 0;

        qsort(fx->found, (size_t)fx->n, sizeof *fx->found, compare);
        for (int i = 0; i < fx->n && !stopped(fx); i++) {
                const struct candidate *c = &fx->found[i];
                bool now = last == FIX_SWAP || (c->kind <= last && !c->toll.first);
                if (!now)
                        fx->found[left++] = *c;
                else if (have < most && verify_fix(fx, a, c, student, &out[have]))
                        have += !is_offered(out, have);
        }
        fx->n = left;
        return have;
}

struct fix *fix_request(struct fixer *fx, struct arena *a, int r, int most, int *n)
{
        int student = fx->pb->requests[r].student;
        struct fix *out = arena_array(a, (size_t)most + 1, sizeof *out);

        *n = fx->n = 0;
        fixer_turn_to(fx, fx->pb->requests[r].course);
        fixer_restart(fx);
        for (int kind = FIX_SEAT; kind < N_FIXES && *n < most && !stopped(fx); kind++) {
                find_candidates(fx, (enum fix_kind)kind, r);
                *n = offer(fx, a, student, kind, *n, most, out);
        }
        return out;
}

/* A minimum, locks and rules less: what his own list of reasons names. */
static void find_less(struct fixer *fx, int course, const struct reason *why)
{
        const struct course *c = &fx->pb->courses[course];
        const struct toll none = {.given_up = NONE};
        struct candidate *to;

        if (c->size_min > 1 && why->why == WHY_TOO_FEW &&
                (to = candidate_add(fx, FIX_GIVE_UP, &none, course)))
                to->edits[to->n++] = (struct edit){
                        .kind = EDIT_DROP_COURSE, .what = course, .part = PART_MINIMUM};
        for (int i = 0; i < why->locks.n; i++)
                if ((to = candidate_add(fx, FIX_GIVE_UP, &none, course)))
                        to->edits[to->n++] =
                                (struct edit){.kind = EDIT_DROP_LOCK, .what = why->locks.v[i]};
        for (int i = 0; i < why->rules.n; i++)
                if ((to = candidate_add(fx, FIX_GIVE_UP, &none, course)))
                        to->edits[to->n++] =
                                (struct edit){.kind = EDIT_DROP_RULE, .what = why->rules.v[i]};
}

struct fix *fix_section(
        struct fixer *fx, struct arena *a, int s, const struct reason *why, int most, int *n)
{
        static const enum fix_kind kinds[] = {FIX_SECTION, FIX_TEACHER};
        struct fix *out = arena_array(a, (size_t)most + 1, sizeof *out);
        int course = fx->pb->section_course[s];

        *n = fx->n = 0;
        fx->idle = fx->pb->section_number[s];
        fixer_turn_to(fx, course);
        fixer_restart(fx);
        for (int i = 0; i < 2 && *n < most && !stopped(fx); i++) {
                find_for_section(fx, kinds[i], course);
                *n = offer(fx, a, NONE, kinds[i], *n, most, out);
        }
        find_less(fx, course, why);
        *n = offer(fx, a, NONE, FIX_SWAP, *n, most, out);
        fx->idle = 0;
        return out;
}
