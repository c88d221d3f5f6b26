/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A short search for each change, then a longer one for those that promise most.
 *
 * A search finds better schedules by mere time, too. So a change is set against the schedule at
 * hand searched as long without it; and where it gains, what was found is brought back to the
 * school as it is and searched once more: what holds there without the change was no gain of it.
 */
#include "solver/price.h"
#include "model/verify.h"
#include "solver/meter.h"
#include "solver/whatif.h"
#include <stdlib.h>
#include <string.h>

struct pricer {
        struct priced *list;
        const struct problem *pb;
        const struct price_ask *ask;
        struct schedule *start; /* where searches begin */
        struct schedule *best;  /* for the school as it is */
        bool optimal;           /* best is */
        double left;            /* millions of steps, or seconds */
        double pace;            /* of a million steps: seconds; 1 where work is the limit */
};

static const double SCREENING = 0.4;          /* of the whole, at most */
static const double LEAST = 0.05, MOST = 400; /* millions of steps of one search */
static const double DEEPER = 3;               /* times the screening: less is not worth it */
static const double FIRST = 1;                /* of the search that tells the pace */

static bool by_time(const struct pricer *p)
{
        return p->ask->options->work_limit <= 0;
}

static bool stopped(const struct pricer *p)
{
        return p->ask->stop && *p->ask->stop;
}

/* Where neither limits the list, as long as the default. */
static double seconds_left(const struct pricer *p)
{
        double limit = p->ask->options->time_limit;

        if (limit <= 0)
                return by_time(p) ? 1e9 : 0;
        return limit - (clock_now() - p->ask->begin);
}

static bool spent(const struct pricer *p)
{
        if (stopped(p))
                return true;
        return p->ask->options->time_limit > 0 && seconds_left(p) <= 0;
}

static bool solve_with(struct pricer *p, const struct schedule *from, const struct edit *e,
        double work, struct whatif *w)
{
        struct options o = *p->ask->options;

        o.work_limit = work;
        if (o.time_limit > 0) {
                o.time_limit = seconds_left(p);
                o.time_limit = o.time_limit > 0.01 ? o.time_limit : 0.01;
        }
        if (!by_time(p))
                p->left -= work;
        return whatif_solve_with(from, e, e ? 1 : 0, &o, p->ask->stop, w);
}

/* ---- from the changed school and back ---- */

/* What the school as it is can still say of a schedule of the changed one. */
static struct schedule *brought_back(const struct schedule *sc, const struct problem *pb)
{
        const struct problem *from = sc->pb;
        struct schedule *to = schedule_new(pb);

        for (int s = 0; s < pb->n_sections; s++) {
                const struct course *c = &from->courses[pb->section_course[s]];
                int was = c->first_section + pb->section_number[s] - 1;
                if (pb->section_number[s] > c->sections_max || sc->start[was] < 0)
                        continue;
                int period = sc->start[was] % from->n_periods;
                if (period >= pb->n_periods || sc->teacher[was] >= pb->n_teachers ||
                        sc->room[was] >= pb->n_rooms || sc->co_teacher[was] >= pb->n_teachers)
                        continue;
                to->start[s] = sc->start[was] / from->n_periods * pb->n_periods + period;
                to->teacher[s] = sc->teacher[was];
                to->co_teacher[s] = sc->co_teacher[was];
                to->room[s] = sc->room[was];
                to->cohort[s] = sc->cohort[was];
        }
        for (int r = 0; r < pb->n_requests; r++) {
                const struct request *q = &pb->requests[r];
                int there = problem_request_of(from, q->student, q->course);
                int was = there < 0 ? NONE : sc->seat[there];
                int number = was < 0 ? 0 : from->section_number[was];
                if (number < 1 || number > pb->courses[q->course].sections_max)
                        continue;
                int s = pb->courses[q->course].first_section + number - 1;
                if (to->start[s] >= 0)
                        to->seat[r] = s;
        }
        return to;
}

static int64_t missing(const struct problem *pb, int c, int placed)
{
        return pb->courses[c].sections_min > placed ? pb->courses[c].sections_min - placed : 0;
}

/* The score of a changed school's schedule with no more sections asked for than today. */
static struct score counted(
        const struct problem *pb, const struct schedule *sc, const struct score *score)
{
        const struct problem *to = sc->pb;
        struct score out = *score;

        for (int c = 0; c < pb->n_courses; c++) {
                const struct course *x = &to->courses[c];
                int placed = 0;
                if (x->sections_min == pb->courses[c].sections_min)
                        continue;
                for (int s = x->first_section; s < x->first_section + x->sections_max; s++)
                        placed += sc->start[s] >= 0;
                out.tier[x->pathway >= 0 ? CTE_UNPLACED : UNPLACED] -=
                        missing(to, c, placed) - missing(pb, c, placed);
        }
        return out;
}

/* Does dropping it change what the score counts? */
static bool recounts(const struct price *e)
{
        return e->edit.kind == EDIT_DROP_COHORT || e->edit.kind == EDIT_DROP_PLANNING;
}

static void leave_cohort(struct schedule *sc, int cohort)
{
        for (int s = 0; s < sc->pb->n_sections; s++)
                if (sc->cohort[s] == cohort)
                        sc->cohort[s] = NONE;
}

/* e->before, e->was: the best schedule of the school as it is, counted by the changed one. */
static void count_before(struct pricer *p, struct price *e)
{
        e->before = p->list->best;
        measure(p->best, &e->was);
        if (!recounts(e))
                return;
        struct report *rp = report_new();
        struct problem *to = edits_apply(p->pb, &e->edit, 1, rp);
        report_free(rp);
        if (!to)
                return;
        struct schedule *sc = edits_schedule(p->best, to);
        if (e->edit.kind == EDIT_DROP_COHORT)
                leave_cohort(sc, e->edit.what);
        struct answer *an = schedule_answer(sc);
        struct verdict *v = verify(to, an, false);
        e->before = v->score;
        measure(sc, &e->was);
        verdict_free(v);
        answer_free(an);
        schedule_free(sc);
        problem_free(to);
}

/* ---- searches ---- */

/* A schedule of the school as it is: the best if it is better than that. */
static void offer(struct pricer *p, const struct whatif *w)
{
        const struct solution *s = &w->solution;

        if (score_compare(p->pb->order, &s->score, &p->list->best) < 0) {
                struct schedule *own = brought_back(s->schedule, p->pb);
                schedule_copy(p->best, own);
                schedule_free(own);
                p->list->best = s->score;
        }
        if (score_compare(p->pb->order, &s->score, &p->list->best) == 0) {
                p->optimal |= s->status == STATUS_OPTIMAL;
                p->list->bound = s->bound;
        }
}

static void search_unchanged(struct pricer *p, const struct schedule *from, double work)
{
        struct whatif w;

        if (solve_with(p, from, NULL, work, &w))
                offer(p, &w);
        whatif_release(&w);
}

/*
 * Where the changed school asks for more sections, its bounds of the tier that counts them, and of
 * those below, are about placing them, too, which nobody has to.
 */
static void keep_bound(struct pricer *p, struct price *e, const struct whatif *w)
{
        const struct bound *bound = &w->solution.bound;
        bool more[N_TIERS] = {false};

        for (int c = 0; c < p->pb->n_courses; c++)
                if (w->pb->courses[c].sections_min != p->pb->courses[c].sections_min)
                        more[p->pb->courses[c].pathway >= 0 ? CTE_UNPLACED : UNPLACED] = true;
        e->bound = (struct bound){0};
        for (int i = 0; i < N_TIERS && !more[p->pb->order[i]]; i++) {
                enum tier t = p->pb->order[i];
                e->bound.known[t] = bound->known[t];
                e->bound.tier[t] = bound->tier[t];
        }
}

static void try_change(struct pricer *p, struct price *e, double work, enum price_sure sure)
{
        struct whatif w;
        bool again = e->sure != SURE_NONE;

        if (!solve_with(p, p->start, &e->edit, work, &w)) {
                e->why = "the school would contradict itself, or no schedule was found in time";
                whatif_release(&w);
                return;
        }
        const struct solution *s = &w.solution;
        struct score score = counted(p->pb, s->schedule, &s->score);
        count_before(p, e);
        bool better = !again || score_compare(p->pb->order, &score, &e->after) < 0;
        if (better) {
                e->after = score;
                measure(s->schedule, &e->is);
                keep_bound(p, e, &w);
        }
        e->work = work > e->work ? work : e->work;
        e->sure = s->status == STATUS_OPTIMAL ? SURE_PROVEN : sure > e->sure ? sure : e->sure;
        if (sure == SURE_SOLVED && better && price_any(p->pb, e) && !p->optimal && !spent(p)) {
                struct schedule *back = brought_back(s->schedule, p->pb);
                search_unchanged(p, back, work);
                schedule_free(back);
        }
        whatif_release(&w);
}

/* ---- passes ---- */

static double clamp(double x, double low, double high)
{
        return x < low ? low : x > high ? high : x;
}

static double budget(const struct pricer *p)
{
        return by_time(p) ? seconds_left(p) : p->left;
}

static double screen(struct pricer *p)
{
        struct priced *list = p->list;
        double begin = clock_now();
        double first = by_time(p) ? FIRST : clamp(p->left * SCREENING / (list->n + 1), LEAST, MOST);

        search_unchanged(p, p->start, first);
        p->pace = by_time(p) ? (clock_now() - begin) / first : 1;
        double work =
                by_time(p) ? clamp(budget(p) * SCREENING / ((list->n + 1) * p->pace), LEAST, first)
                           : first;
        for (int i = 0; i < list->n && !spent(p); i++)
                try_change(p, &list->v[i], work, SURE_SCREENED);
        return work;
}

static int by_value(const void *x, const void *y, void *context)
{
        const struct price *a = x, *b = y;

        if ((a->sure == SURE_NONE) != (b->sure == SURE_NONE))
                return a->sure == SURE_NONE ? 1 : -1;
        int way = a->sure == SURE_NONE ? 0 : price_compare(context, a, b);
        if (way)
                return way;
        return a->kind != b->kind ? (int)a->kind - (int)b->kind : strcmp(a->key, b->key);
}

/* Before is the same schedule for all; what was found without the change is open to it, too. */
static void settle(struct pricer *p, struct price *e)
{
        if (e->sure == SURE_NONE)
                return;
        count_before(p, e);
        if (!price_any(p->pb, e)) {
                e->after = e->before;
                e->is = e->was;
        }
        if (score_meets(&e->before, &e->bound))
                e->sure = SURE_PROVEN;
        else if (e->sure == SURE_PROVEN && !p->optimal)
                e->sure = SURE_SOLVED;
}

static void sort(struct pricer *p)
{
        for (int i = 0; i < p->list->n; i++)
                settle(p, &p->list->v[i]);
        struct problem order = *p->pb;
        qsort_r(p->list->v, (size_t)p->list->n, sizeof *p->list->v, by_value, &order);
}

static void deepen(struct pricer *p, double screened)
{
        struct priced *list = p->list;
        double left = budget(p) / p->pace;
        int open = 0;

        for (int i = 0; i < list->n; i++)
                open += list->v[i].sure == SURE_SCREENED;
        int most = (int)((clamp(left, 0, 1e8) / (DEEPER * screened) - 1) / 2);
        int n = open < most ? open : most;
        if (n <= 0)
                return;
        double work = clamp(left / (2 * n + 1), LEAST, MOST);
        schedule_copy(p->start, p->best);
        search_unchanged(p, p->start, work);
        for (int i = 0; i < list->n && n > 0 && !spent(p); i++) {
                if (list->v[i].sure != SURE_SCREENED)
                        continue;
                try_change(p, &list->v[i], work, SURE_SOLVED);
                n--;
        }
}

static void count_up(struct priced *list)
{
        for (int i = 0; i < list->n; i++) {
                list->n_screened += list->v[i].sure == SURE_SCREENED;
                list->n_solved += list->v[i].sure > SURE_SCREENED;
                list->n_left += list->v[i].sure == SURE_NONE && !list->v[i].why;
        }
}

/* The one entry asked for; false: there is none of that key. */
static bool pick(struct priced *list, const char *key, struct report *rp)
{
        for (int i = 0; i < list->n; i++)
                if (!strcmp(list->v[i].key, key)) {
                        list->v += i;
                        list->n = 1;
                        return true;
                }
        return report_error(rp, ERROR_INPUT, (struct place){.file = "--entry"},
                "found '%s'; expected the key of an entry of the price list, as section:%s", key,
                list->pb->n_courses ? list->pb->courses[0].id : "ART");
}

/* All entries or the one of the key, and the score of sc; NULL: there is no such entry. */
static struct priced *listed(const struct schedule *sc, const char *key, struct report *rp)
{
        struct priced *list = mem_zero(1, sizeof *list);
        struct answer *an = schedule_answer(sc);
        struct verdict *v = verify(sc->pb, an, false);

        list->arena = arena_new();
        list->pb = sc->pb;
        list->given = list->best = v->score;
        verdict_free(v);
        answer_free(an);
        price_list(list, sc);
        if (!key || pick(list, key, rp))
                return list;
        priced_free(list);
        return NULL;
}

struct priced *price_entry(const struct schedule *sc, const char *key, struct report *rp)
{
        return listed(sc, key, rp);
}

struct priced *price_all(const struct schedule *sc, const struct price_ask *ask, struct report *rp)
{
        struct priced *list = listed(sc, ask->key, rp);

        if (!list)
                return NULL;
        struct pricer p = {.list = list,
                .pb = sc->pb,
                .ask = ask,
                .start = schedule_new(sc->pb),
                .best = schedule_new(sc->pb),
                .left = ask->options->work_limit};
        schedule_copy(p.start, sc);
        schedule_copy(p.best, sc);
        double work = screen(&p);
        sort(&p);
        if (!spent(&p))
                deepen(&p, work);
        sort(&p);
        count_up(list);
        schedule_free(p.start);
        schedule_free(p.best);
        return list;
}

void priced_free(struct priced *list)
{
        if (!list)
                return;
        arena_free(list->arena);
        mem_free(list);
}
