/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * First what each change brings at once, by sections put and students seated where it lets them;
 * then a search, as long as the time goes round, for those that promise most.
 *
 * A search finds better schedules by mere time, too. So a change is set against the schedule at
 * hand searched as long without it; and where it gains, what was found is brought back to the
 * school as it is and searched once more: what holds there without the change was no gain of it.
 */
#include "solver/price.h"
#include "model/verify.h"
#include "solver/bound.h"
#include "solver/meter.h"
#include "solver/price_parts.h"
#include "solver/price_try.h"
#include "solver/whatif.h"
#include <stdlib.h>
#include <string.h>

struct pricer {
        struct priced *list;
        const struct problem *pb;
        const struct price_ask *ask;
        struct schedule *start; /* where searches begin */
        struct schedule *best;  /* for the school as it is */
        bool *concerns;         /* [n_courses] scratch */
        bool optimal;           /* best is */
        double left;            /* millions of steps, where they are limited */
        double pace;            /* seconds of a million steps; 1 where steps are limited */
};

/* Of the time: what screening may take. Of what is left then: what the most promising get. */
static const double SCREENING = 0.6, PROMISING = 0.75;
/* Of all: what the school as it is gets first, so that its schedule is hard to better by time. */
static const double FIRST_SHARE = 0.15;
/* Millions of steps: of a search that tells the pace; of one that is worth it; of one that is
 * enough for a small school; of the longest. */
static const double PACE = 2, LEAST = 1, AMPLE = 8, MOST = 400;
enum { MOVES = 40, FEW = 4 }; /* sections tried elsewhere, where a change is about few courses */

static double clamp(double x, double low, double high)
{
        return x < low ? low : x > high ? high : x;
}

static bool by_time(const struct pricer *p)
{
        return p->ask->options->work_limit <= 0;
}

/* Large where neither time nor work is limited. */
static double seconds_left(const struct pricer *p)
{
        double limit = p->ask->options->time_limit;

        return limit > 0 ? limit - (clock_now() - p->ask->begin) : 1e9;
}

static bool spent(const struct pricer *p)
{
        return (p->ask->stop && *p->ask->stop) || seconds_left(p) <= 0;
}

/* Is so much of the time left that screening may go on? */
static bool may_screen(const struct pricer *p)
{
        double limit = p->ask->options->time_limit;

        return !spent(p) && (limit <= 0 || seconds_left(p) > limit * (1 - SCREENING));
}

/* Millions of steps that are left. */
static double budget(const struct pricer *p)
{
        return by_time(p) ? seconds_left(p) / p->pace : p->left;
}

static bool concerns(const struct problem *pb, const struct price *e, int course)
{
        bool any = false;

        for (int i = 0; i < e->n_edits; i++)
                any |= price_concerns(pb, &e->edits[i], course);
        return any;
}

/* The bench with the schedule and the change made, climbed. False: that makes no school. */
static bool climb(
        struct pricer *p, const struct schedule *from, const struct price *e, struct bench *b)
{
        if (!bench_open(b, from, e ? e->edits : NULL, e ? e->n_edits : 0)) {
                bench_close(b);
                return false;
        }
        int n = 0;
        for (int c = 0; c < p->pb->n_courses; c++) {
                p->concerns[c] = !e || concerns(p->pb, e, c);
                n += p->concerns[c];
        }
        price_climb(b, p->concerns, n <= FEW ? MOVES : 0, p->ask->stop);
        return true;
}

/* Search on from there. whatif_release() w in any case. */
static bool search_from(
        struct pricer *p, struct bench *b, const struct price *e, double work, struct whatif *w)
{
        struct options o = *p->ask->options;
        struct report *rp = report_new();
        struct problem *to = edits_apply(p->pb, e ? e->edits : NULL, e ? e->n_edits : 0, rp);
        struct schedule *from = schedule_new(to);

        report_free(rp);
        schedule_copy(from, b->now);
        o.work_limit = work;
        if (o.time_limit > 0)
                o.time_limit = clamp(seconds_left(p), 0.01, o.time_limit);
        if (!by_time(p))
                p->left -= work;
        bool fine = whatif_solve_from(to, from, &o, p->ask->stop, w);
        schedule_free(from);
        return fine;
}

/* ---- the school as it is ---- */

static void offer(struct pricer *p, const struct schedule *sc, const struct score *score)
{
        if (score_compare(p->pb->order, score, &p->list->best) >= 0)
                return;
        struct schedule *own = price_back(sc, p->pb);
        schedule_copy(p->best, own);
        schedule_free(own);
        p->list->best = *score;
        p->list->bound = (struct bound){0};
        p->optimal = false;
}

static void offer_solved(struct pricer *p, const struct whatif *w)
{
        const struct solution *s = &w->solution;

        offer(p, s->schedule, &s->score);
        if (score_compare(p->pb->order, &s->score, &p->list->best) == 0) {
                p->optimal |= s->status == STATUS_OPTIMAL;
                p->list->bound = s->bound;
        }
}

/* Climb from a schedule of the school as it is, then search. */
static void improve(struct pricer *p, const struct schedule *from, double work)
{
        struct bench b;
        struct whatif w;
        struct score score;

        if (!climb(p, from, NULL, &b))
                return;
        if (price_recount(b.now, &score))
                offer(p, b.now, &score);
        if (search_from(p, &b, NULL, work, &w))
                offer_solved(p, &w);
        whatif_release(&w);
        bench_close(&b);
}

/* ---- one change ---- */

/* Requests that the change lets in; if none, grades and only were in nobody's way. */
static bool admits_same(const struct problem *a, const struct problem *b)
{
        for (int r = 0; r < a->n_requests; r++)
                if (a->requests[r].admitted != b->requests[r].admitted)
                        return false;
        return true;
}

static bool is_idle(const struct price *e, const struct problem *pb, const struct problem *changed)
{
        return e->edits[0].kind == EDIT_DROP_COURSE &&
               (e->edits[0].part == PART_GRADES || e->edits[0].part == PART_ONLY) &&
               admits_same(pb, changed);
}

/* A schedule with the change made: kept if it is the best of those. */
static bool keep(struct pricer *p, struct price *e, const struct schedule *sc,
        const struct score *score, const struct bound *bound)
{
        struct score now = price_counted(p->pb, sc, score);

        if (e->sure != SURE_NONE && score_compare(p->pb->order, &now, &e->after) > 0)
                return false;
        e->after = now;
        measure(sc, &e->is);
        price_bound(e, p->pb, sc->pb, bound);
        return true;
}

static void screen_change(struct pricer *p, struct price *e)
{
        struct bench b;
        struct bound bound;
        struct score score;

        if (!climb(p, p->start, e, &b)) {
                e->why = "the school would not hold together";
                return;
        }
        bound_by_counting(b.pb, &bound);
        price_before(e, p->best, &p->list->best);
        e->idle = is_idle(e, p->pb, b.pb);
        if (price_recount(b.now, &score)) {
                keep(p, e, b.now, &score, &bound);
        } else { /* a schedule that the change takes something from: it is searched from there */
                e->after = e->before;
                e->is = e->was;
                price_bound(e, p->pb, b.pb, &bound);
        }
        e->sure = e->idle ? SURE_PROVEN : SURE_SCREENED;
        bench_close(&b);
}

static void search_change(struct pricer *p, struct price *e, double work)
{
        struct bench b;
        struct whatif w;

        if (!climb(p, p->start, e, &b))
                return;
        if (search_from(p, &b, e, work, &w)) {
                const struct solution *s = &w.solution;
                price_before(e, p->best, &p->list->best);
                bool kept = keep(p, e, s->schedule, &s->score, &s->bound);
                e->work = work;
                e->sure = s->status == STATUS_OPTIMAL ? SURE_PROVEN : SURE_SOLVED;
                if (kept && price_any(p->pb, e) && !p->optimal && !spent(p)) {
                        struct schedule *back = price_back(s->schedule, p->pb);
                        improve(p, back, work);
                        schedule_free(back);
                }
        } else if (e->sure == SURE_NONE) {
                e->why = "locks and rules would clash";
        }
        whatif_release(&w);
        bench_close(&b);
}

/* ---- passes ---- */

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
static void settle_price(struct pricer *p, struct price *e)
{
        if (e->sure == SURE_NONE)
                return;
        price_before(e, p->best, &p->list->best);
        if (e->idle || !price_any(p->pb, e)) {
                e->after = e->before;
                e->is = e->was;
        }
        if (score_meets(&e->before, &e->bound))
                e->sure = SURE_PROVEN;
        else if (e->sure == SURE_PROVEN && !e->idle && !p->optimal)
                e->sure = SURE_SOLVED;
}

static void sort(struct pricer *p)
{
        struct problem order = *p->pb;

        for (int i = 0; i < p->list->n; i++)
                settle_price(p, &p->list->v[i]);
        qsort_r(p->list->v, (size_t)p->list->n, sizeof *p->list->v, by_value, &order);
}

/* The school as it is first: climbed, and searched as long as no change will be. */
static void search_first(struct pricer *p)
{
        double begin, work;

        p->pace = 1;
        work = clamp(budget(p) * FIRST_SHARE, LEAST, MOST);
        if (by_time(p)) {
                improve(p, p->start, PACE);
                begin = clock_now();
                improve(p, p->best, PACE);
                p->pace = clamp((clock_now() - begin) / PACE, 1e-6, 1e6);
                work = clamp(budget(p) * FIRST_SHARE, LEAST, MOST);
        }
        improve(p, p->best, work);
        schedule_copy(p->start, p->best);
}

static void screen(struct pricer *p)
{
        for (int i = 0; i < p->list->n && (i == 0 || may_screen(p)); i++)
                screen_change(p, &p->list->v[i]);
        sort(p);
}

enum which { OPEN_WORTH, OPEN_ALL, SEARCHED };

/* Is the entry of those? */
static bool is_among(const struct pricer *p, const struct price *e, enum which which)
{
        bool open = e->sure == SURE_SCREENED || (e->sure == SURE_NONE && !e->why);

        switch (which) {
        case OPEN_WORTH:
                return open && e->sure != SURE_NONE && price_any(p->pb, e);
        case OPEN_ALL:
                return open;
        case SEARCHED:
                break;
        }
        return e->sure == SURE_SOLVED;
}

static int count(const struct pricer *p, enum which which)
{
        int n = 0;

        for (int i = 0; i < p->list->n; i++)
                n += is_among(p, &p->list->v[i], which);
        return n;
}

/* Each may want a way back, which takes as much again, and the school as it is wants one. */
static double share(double left, int n)
{
        return clamp(left / (2 * n + 1), LEAST, MOST);
}

/* Search the first of those, as many as there is work for; the list is sorted again then. */
static void search_some(struct pricer *p, enum which which, double work)
{
        double rounded = 1e-6; /* the shares of all add up to what is left */
        int n = (int)clamp(budget(p) / (2 * work) + rounded, 0, count(p, which));

        schedule_copy(p->start, p->best);
        for (int i = 0; i < p->list->n && n > 0 && !spent(p); i++) {
                struct price *e = &p->list->v[i];
                if (!is_among(p, e, which))
                        continue;
                search_change(p, e, work);
                n--;
        }
        sort(p);
}

/* What is left goes to longer searches, from the best schedule that is known by then. */
static void search_again(struct pricer *p, double work)
{
        enum { ROUNDS = 6 };

        for (int i = 0; i < ROUNDS && budget(p) > 4 * work && !spent(p); i++) {
                int n = count(p, SEARCHED);
                if (!n)
                        return;
                work = clamp(share(budget(p) / 2, n), 2 * work, MOST);
                improve(p, p->best, work);
                search_some(p, SEARCHED, work);
        }
}

/* The one entry that was asked for is never left to the few steps of screening alone. */
static void search_the_one(struct pricer *p)
{
        struct price *e = p->list->v;

        if (p->ask->key && is_among(p, e, OPEN_ALL) && !(p->ask->stop && *p->ask->stop))
                search_change(p, e, LEAST);
        sort(p);
}

static void deepen(struct pricer *p)
{
        double left = clamp(budget(p), 0, 1e6);
        int all = count(p, OPEN_ALL), worth = count(p, OPEN_WORTH);
        bool ample = all <= FEW || left / AMPLE > 2 * all + 1;
        double work = ample ? share(left, all) : worth ? share(left * PROMISING, worth) : LEAST;

        if (left < 2 * LEAST || !all)
                return;
        improve(p, p->best, work);
        if (!ample)
                search_some(p, OPEN_WORTH, work);
        for (int n = all; n > 0 && !spent(p); n = n > count(p, OPEN_ALL) ? count(p, OPEN_ALL) : 0)
                search_some(p, OPEN_ALL, ample ? work : LEAST);
        if (by_time(p))
                search_again(p, work);
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
                .concerns = mem_zero((size_t)sc->pb->n_courses + 1, sizeof(bool)),
                .left = ask->options->work_limit};
        schedule_copy(p.start, sc);
        schedule_copy(p.best, sc);
        search_first(&p);
        screen(&p);
        if (!spent(&p))
                deepen(&p);
        search_the_one(&p);
        count_up(list);
        schedule_free(p.start);
        schedule_free(p.best);
        mem_free(p.concerns);
        return list;
}

void priced_free(struct priced *list)
{
        if (!list)
                return;
        arena_free(list->arena);
        mem_free(list);
}
