/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Candidates come in the order in which an administrator would like them: a seat, a section moved,
 * one more section, staff and room for it, and last what the student gives up himself. Each is
 * tried on a bench, where only what it touches changes; the best are then solved, from the schedule
 * with the change made, and offered only if that has what they say.
 */
#include "solver/whatif_fix_parts.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Of a verifying run; students find their way into a section that was not there. */
static const double WORK = 0.02, WORK_SECTION = 0.3;
enum { SLACK = 2 }; /* requests of others that solving again may cost beyond what was foreseen */

static void count_seats(struct fixer *fx)
{
        const struct problem *pb = fx->pb;
        const struct schedule *sc = fx->sc;

        fx->enrolled = mem_zero((size_t)pb->n_sections + 1, sizeof *fx->enrolled);
        fx->together = mem_zero((size_t)pb->n_sections + 1, sizeof *fx->together);
        fx->asking = mem_zero((size_t)pb->n_courses + 1, sizeof *fx->asking);
        fx->grades = mem_zero((size_t)pb->n_courses + 1, sizeof *fx->grades);
        for (int r = 0; r < pb->n_requests; r++)
                if (pb->requests[r].kind != ALTERNATE) {
                        fx->asking[pb->requests[r].course]++;
                        fx->grades[pb->requests[r].course] +=
                                pb->students[pb->requests[r].student].grade;
                }
        for (int r = 0; r < pb->n_requests; r++)
                if (sc->seat[r] >= 0)
                        fx->enrolled[sc->seat[r]]++;
        for (int s = 0; s < pb->n_sections; s++) {
                const struct course *c = &pb->courses[pb->section_course[s]];
                fx->together[s] = c->stack < 0 ? fx->enrolled[s] : 0;
                for (int i = 0; c->stack >= 0 && i < pb->rules[c->stack].courses.n; i++) {
                        const struct course *d = &pb->courses[pb->rules[c->stack].courses.v[i]];
                        if (pb->section_number[s] <= d->sections_max)
                                fx->together[s] +=
                                        fx->enrolled[d->first_section + pb->section_number[s] - 1];
                }
        }
}

struct fixer *fixer_new(const struct schedule *sc, const volatile sig_atomic_t *stop)
{
        struct fixer *fx = mem_zero(1, sizeof *fx);

        fx->sc = sc;
        fx->pb = sc->pb;
        fx->stop = stop;
        fx->course = NONE;
        for (int i = 0; i < UNLOCKED; i++)
                fx->unlocked[i].lock = NONE;
        count_seats(fx);
        bench_open(&fx->base, sc, NULL, 0);
        return fx;
}

void fixer_free(struct fixer *fx)
{
        fixer_close_benches(fx);
        bench_close(&fx->base);
        for (int i = 0; i < UNLOCKED; i++)
                if (fx->unlocked[i].lock >= 0)
                        whatif_release(&fx->unlocked[i].w);
        mem_free(fx->asking);
        mem_free(fx->grades);
        mem_free(fx->enrolled);
        mem_free(fx->together);
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
                        if (primary && was >= 0 && is < 0) {
                                t.own++;
                                t.given_up = r;
                                t.grave |= request_is_grave(pb, r);
                        }
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

/* Alternates that students other than the fix's lose without a primary request in return. */
static int alternates_lost(const struct fixer *fx, const struct whatif *w, int student)
{
        const struct problem *pb = fx->pb;
        int n = 0;

        for (int k = 0; k < pb->n_students; k++) {
                const struct student *who = &pb->students[k];
                int lost = 0, primary = 0;
                for (int r = who->first_request; r < who->first_request + who->n_requests; r++) {
                        int then = problem_request_of(w->pb, k, pb->requests[r].course);
                        int is = then < 0 ? NONE : w->solution.schedule->seat[then];
                        int change = (is >= 0) - (fx->sc->seat[r] >= 0);
                        if (pb->requests[r].kind == ALTERNATE)
                                lost += change < 0;
                        else
                                primary += change;
                }
                n += k != student && primary <= 0 ? lost : 0;
        }
        return n;
}

/* Sections that run before and after, in another period, with another teacher or in another room.
 */
static int sections_changed(const struct fixer *fx, const struct whatif *w)
{
        const struct problem *pb = fx->pb;
        const struct schedule *a = fx->sc, *b = w->solution.schedule;
        int n = 0;

        for (int s = 0; s < pb->n_sections; s++) {
                const struct course *to = &w->pb->courses[pb->section_course[s]];
                int o = to->first_section + pb->section_number[s] - 1;
                if (a->start[s] < 0 || b->start[o] < 0)
                        continue;
                n += a->start[s] != b->start[o] || a->teacher[s] != b->teacher[o] ||
                     a->room[s] != b->room[o];
        }
        return n;
}

/* Students in the section that the candidate places, or -1: it places none. */
static int new_size(const struct candidate *c, const struct whatif *w)
{
        const struct course *to = &w->pb->courses[c->wanted];
        int n = 0, s = NONE;

        for (int i = 0; i < c->n && c->kind != FIX_MOVE; i++)
                if (c->edits[i].kind == EDIT_ADD_LOCK && c->edits[i].lock.student < 0 &&
                        c->edits[i].lock.course == c->wanted)
                        s = to->first_section + c->edits[i].lock.section - 1;
        for (int r = 0; r < w->pb->n_requests && s >= 0; r++)
                n += w->solution.schedule->seat[r] == s;
        return s < 0 ? NONE : n;
}

/*
 * From where as much as can be stays as it is: what then holds is the smaller change. A new section
 * of fewer students than were found for it comes only before all is set free.
 */
static const struct way {
        unsigned frozen;
        bool full; /* the section has those who were found for it */
} ways[] = {
        {FREEZE_SECTIONS, true},
        {FREEZE_PERIODS | FREEZE_TEACHERS | FREEZE_ROOMS, true},
        {FREEZE_SECTIONS, false},
        {0, false},
};
enum { WAYS = sizeof ways / sizeof *ways };

/*
 * Does the schedule have what the candidate says? With anything frozen it takes no more from anyone
 * than was foreseen.
 */
static bool holds(const struct fixer *fx, const struct candidate *c, const struct whatif *w,
        struct way way, int student, struct toll *out)
{
        const struct schedule *now = w->solution.schedule;
        int slack = way.frozen ? 0 : SLACK, size = new_size(c, w);

        *out = solved_toll(fx, w, student);
        if (way.full && size >= 0 && size < c->size)
                return false;
        if (student < 0)
                return out->lost <= out->gained + slack &&
                       placed(now, c->wanted) > placed(fx->sc, c->wanted);
        int q = problem_request_of(w->pb, student, c->wanted);
        int g = c->keeps ? problem_request_of(w->pb, student, fx->pb->requests[c->given_up].course)
                         : NONE;
        if (q < 0 || now->seat[q] < 0 || (g >= 0 && now->seat[g] >= 0))
                return false;
        if (c->kind == FIX_UNLOCK && out->lost > out->gained)
                return false;
        return out->own <= c->toll.own && out->lost <= c->toll.lost + slack &&
               (!out->first || c->toll.first) && (!out->grave || c->toll.grave);
}

static const char *sentence(const struct fixer *fx, struct arena *a, const struct candidate *c)
{
        const char *text = "";

        for (int i = 0; i < c->n; i++)
                text = arena_printf(
                        a, "%s%s%s", text, i ? "; " : "", edit_text(a, fx->pb, &c->edits[i]));
        if (!c->keeps)
                return text;
        const struct request *q = &fx->pb->requests[c->given_up];
        return arena_printf(a, "student %s goes without %s; %s", fx->pb->students[q->student].id,
                fx->pb->courses[q->course].id, text);
}

/* A section run by a lock, of fewer than its course's minimum, is not to look like any other. */
static const char *size_text(
        const struct fixer *fx, struct arena *a, const struct candidate *c, const struct whatif *w)
{
        int least = fx->pb->courses[c->wanted].size_min, n = new_size(c, w);

        if (n < 0 || n >= least)
                return "";
        return arena_printf(a, "; the new section has %d student%s, its minimum is %d", n,
                n == 1 ? "" : "s", least);
}

/* What the candidate brings and costs, as solving again found it. */
static void fill_fix(const struct fixer *fx, struct arena *a, const struct candidate *c,
        const struct whatif *w, int student, const struct toll *t, struct fix *out)
{
        struct edit *edits = arena_array(a, (size_t)c->n + 1, sizeof *edits);

        memcpy(edits, c->edits, (size_t)c->n * sizeof *edits);
        out->n_edits = c->n;
        out->edits = edits;
        out->cte_lost = worse_by(fx, w, CTE_UNMET) + worse_by(fx, w, CTE_UNPLACED);
        out->cohort_breaks = worse_by(fx, w, COHORT_BREAKS);
        out->shorter = worse_by(fx, w, REQUIREMENT_SHORTFALL) > 0;
        out->empty = worse_by(fx, w, EMPTY_PERIODS);
        out->text = arena_printf(a, "%s%s", sentence(fx, a, c), size_text(fx, a, c, w));
        out->own_lost = t->own;
        out->gained = t->gained;
        out->lost = t->lost;
        out->moved = t->moved;
        out->alternates = alternates_lost(fx, w, student);
        out->sections = sections_changed(fx, w);
        out->given_up = c->given_up >= 0 ? c->given_up : t->given_up;
        out->grave = out->given_up >= 0 && (t->grave || request_is_grave(fx->pb, out->given_up));
}

static bool verify_fix(struct fixer *fx, struct arena *a, const struct candidate *c, struct way way,
        int student, struct fix *out)
{
        struct whatif w;
        struct toll t = {0};
        double work = student < 0 ? WORK_SECTION : WORK;
        bool fine = whatif_solve(fx->sc, c->edits, c->n, way.frozen, work, fx->stop, &w) &&
                    holds(fx, c, &w, way, student, &t);

        *out = (struct fix){.kind = c->kind, .work = work, .frozen = way.frozen};
        if (fine)
                fill_fix(fx, a, c, &w, student, &t, out);
        whatif_release(&w);
        return fine;
}

/* ---- without a lock ---- */

/* The school solved again without it, or NULL. */
static const struct whatif *without_lock(struct fixer *fx, int lock)
{
        const struct edit e = {.kind = EDIT_DROP_LOCK, .what = lock};
        struct unlocked *u = fx->unlocked;

        while (u < fx->unlocked + UNLOCKED && u->lock != lock)
                u++;
        if (u == fx->unlocked + UNLOCKED) {
                u = &fx->unlocked[fx->next_unlocked++ % UNLOCKED];
                if (u->lock >= 0)
                        whatif_release(&u->w);
                u->lock = lock;
                u->solved = whatif_solve(fx->sc, &e, 1, 0, WORK_SECTION, fx->stop, &u->w);
        }
        return u->solved ? &u->w : NULL;
}

/* The lock without which most requests are met, r among them, with all else set free; it costs
 * others less than it gives. */
static bool fix_by_unlocking(struct fixer *fx, struct arena *a, int r, struct fix *out)
{
        enum { MOST_LOCKS = 4 };
        int locks[MOST_LOCKS], n = locks_in_the_way(fx, r, locks, MOST_LOCKS), best = -1;

        for (int i = 0; i < n && !stopped(fx); i++) {
                struct candidate c = {.kind = FIX_UNLOCK,
                        .wanted = fx->pb->requests[r].course,
                        .given_up = NONE,
                        .toll = {.lost = INT_MAX - SLACK}};
                struct toll t;
                const struct whatif *w = without_lock(fx, locks[i]);
                if (!w || !holds(fx, &c, w, ways[WAYS - 1], fx->pb->requests[r].student, &t) ||
                        t.gained - t.lost <= best)
                        continue;
                best = t.gained - t.lost;
                candidate_edit(&c, (struct edit){.kind = EDIT_DROP_LOCK, .what = locks[i]});
                *out = (struct fix){.kind = c.kind, .work = WORK_SECTION};
                fill_fix(fx, a, &c, w, fx->pb->requests[r].student, &t, out);
        }
        return best >= 0;
}

/*
 * Those that give up what a student cannot do without come last; before, those that cost something
 * in the first three tiers; then by kind, by requests taken.
 */
static int compare_groups(const struct candidate *a, const struct candidate *b)
{
        if (a->toll.grave != b->toll.grave)
                return a->toll.grave - b->toll.grave;
        if (a->toll.first != b->toll.first)
                return a->toll.first - b->toll.first;
        return (int)a->kind - (int)b->kind;
}

static int compare(const void *x, const void *y)
{
        const struct candidate *a = x, *b = y;
        int group = compare_groups(a, b);
        int taken = a->toll.own + a->toll.lost, taken_b = b->toll.own + b->toll.lost;

        if (group || taken != taken_b)
                return group ? group : taken - taken_b;
        if (a->kind != FIX_SWAP && a->n != b->n)
                return a->n - b->n;
        return a->toll.energy != b->toll.energy ? (a->toll.energy < b->toll.energy ? -1 : 1)
                                                : a->n - b->n;
}

/* What is done is the same though it was found twice: a request dropped that is given up anyway. */
static bool is_offered(const struct fix *v, int n)
{
        for (int i = 0; i < n; i++)
                if (!strcmp(v[i].text, v[n].text) ||
                        (v[n].kind == FIX_GIVE_UP && v[i].kind == FIX_GIVE_UP &&
                                v[n].given_up >= 0 && v[i].given_up == v[n].given_up))
                        return true;
        return false;
}

/* Last resorts do not count, and give way in the end, as far as they go beyond `most`. */
enum { SPARE = 4 };
static bool has_enough(const struct fix *v, int have, int most)
{
        int n = 0;

        for (int i = 0; i < have; i++)
                n += !fix_is_last_resort(&v[i]);
        return n >= most || have >= most + SPARE;
}

/* Verify and take candidates of one group, the smallest changes first. */
static int offer_group(struct fixer *fx, struct arena *a, int student, struct candidate *v, int n,
        int have, int most, struct fix *out)
{
        for (int way = 0; way < WAYS; way++)
                for (int i = 0; i < n && !has_enough(out, have, most) && !stopped(fx); i++)
                        if (!v[i].offered &&
                                (ways[way].full || ways[way].frozen == 0 || v[i].size > 1) &&
                                verify_fix(fx, a, &v[i], ways[way], student, &out[have])) {
                                v[i].offered = true;
                                have += !is_offered(out, have);
                        }
        return have;
}

/* Those of kinds up to `last`; what costs a tier of the first three, or is grave, waits for the
 * end. */
static int offer(struct fixer *fx, struct arena *a, int student, enum fix_kind last, int have,
        int most, struct fix *out)
{
        int end = 0, left = 0;

        qsort(fx->found, (size_t)fx->n, sizeof *fx->found, compare);
        for (int i = 0; i < fx->n; i = end) {
                struct candidate *c = &fx->found[i];
                for (end = i + 1; end < fx->n && !compare_groups(c, &fx->found[end]);)
                        end++;
                if (last == FIX_SWAP || (c->kind <= last && !c->toll.first && !c->toll.grave))
                        have = offer_group(fx, a, student, c, end - i, have, most, out);
                else
                        for (int j = i; j < end; j++)
                                fx->found[left++] = fx->found[j];
        }
        fx->n = left;
        return have;
}

/* Last resorts stand last, else in the order in which they were found. */
static void last_resorts_last(struct fix *v, int n)
{
        for (int i = 1; i < n; i++)
                for (int j = i;
                        j > 0 && fix_is_last_resort(&v[j - 1]) && !fix_is_last_resort(&v[j]); j--) {
                        struct fix x = v[j];
                        v[j] = v[j - 1];
                        v[j - 1] = x;
                }
}

struct fix *fix_request(struct fixer *fx, struct arena *a, int r, int most, int *n)
{
        int student = fx->pb->requests[r].student;
        struct fix *out = arena_array(a, (size_t)most + SPARE + 2, sizeof *out);

        *n = fx->n = 0;
        fixer_turn_to(fx, fx->pb->requests[r].course);
        fixer_restart(fx);
        for (int kind = FIX_SEAT; kind < N_FIXES && !has_enough(out, *n, most) && !stopped(fx);
                kind++) {
                find_candidates(fx, (enum fix_kind)kind, r);
                *n = offer(fx, a, student, kind, *n, most, out);
        }
        last_resorts_last(out, *n);
        *n = *n < most ? *n : most;
        if (!stopped(fx) && fix_by_unlocking(fx, a, r, &out[*n]))
                *n += !is_offered(out, *n);
        last_resorts_last(out, *n);
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
        struct fix *out = arena_array(a, (size_t)most + SPARE + 1, sizeof *out);
        int course = fx->pb->section_course[s];

        *n = fx->n = 0;
        fx->idle = fx->pb->section_number[s];
        fixer_turn_to(fx, course);
        fixer_restart(fx);
        for (int i = 0; i < 2 && !has_enough(out, *n, most) && !stopped(fx); i++) {
                find_for_section(fx, kinds[i], course);
                *n = offer(fx, a, NONE, kinds[i], *n, most, out);
        }
        find_less(fx, course, why);
        *n = offer(fx, a, NONE, FIX_SWAP, *n, most, out);
        last_resorts_last(out, *n);
        *n = *n < most ? *n : most;
        fx->idle = 0;
        return out;
}
