/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is there and what they want: by grade, pathway, ability and interest. */
#include "benchmarks/school/school.h"
#include <math.h>
#include <string.h>

/* How many in a hundred of each grade take the subject, in the order in which a counselor fills a
 * day. */
static const struct {
        enum role role;
        int percent[4];
} habits[] = {
        {ENGLISH, {100, 100, 100, 100}},
        {SOCIAL, {60, 100, 100, 100}},
        {MATH, {100, 100, 88, 60}},
        {SCIENCE, {92, 95, 74, 48}},
        {PE, {97, 66, 12, 6}},
        {LANGUAGE, {72, 70, 46, 20}},
};

int sections_for(const struct offer *o, int wants)
{
        int most = o->row->size + 4;

        return wants <= 0 ? 0 : (wants + most - 1) / most;
}

bool offer_admits(const struct school *s, const struct offer *o, const struct pupil *p)
{
        if (!o->row->weight[p->grade] && o->path < 0)
                return false;
        if (o->path < 0)
                return true;
        if (o->level > 0)
                return p->path == o->path && p->grade == o->level;
        (void)s;
        return p->path < 0 && o->row->weight[p->grade];
}

static uint64_t mix(uint64_t a, uint64_t b, uint64_t c)
{
        struct rng r = rng_for(a * 0x9e3779b97f4a7c15u + b, c);

        return rng_next(&r);
}

/*
 * How much pupil i likes offer o: the logarithm of its weight and Gumbel noise, so that the best of
 * a set is a draw by weight. The noise hangs on the pair alone: dropping a course changes only the
 * choices of those who had it.
 */
static double liking(const struct school *s, int i, int o)
{
        const struct pupil *p = &s->pupils[i];
        const struct offer *x = &s->offers[o];
        uint64_t seed = s->wish.seed;
        double u = ((double)(mix(seed, (uint64_t)i, (uint64_t)o) >> 11) + 0.5) * 0x1p-53;
        double weight =
                x->row->weight[p->grade] * (x->role == CHOICE || x->role == CAREER ? x->appeal : 1);
        double interest = 0;

        if (x->role == CHOICE) {
                uint64_t dept = 0;
                for (const char *c = x->row->subject; *c; c++)
                        dept = dept * 31 + (uint64_t)*c;
                interest = (double)(mix(seed + 7, (uint64_t)i, dept) >> 40) * 0x1p-24 * 1.6;
        }
        return log(weight) + 0.75 * x->row->tilt * p->ability + interest - log(-log(u));
}

static bool wants(const struct pupil *p, int o)
{
        for (int i = 0; i < p->n_wants; i++)
                if (p->wants[i] == o)
                        return true;
        return false;
}

static int cells_with_partner(const struct school *s, int o)
{
        const struct offer *x = &s->offers[o];

        return x->cells + (x->partner >= 0 ? s->offers[x->partner].cells : 0);
}

/* Put it on the list if it fits the cells that are left. */
static bool want(struct school *s, struct pupil *p, int o, int *left)
{
        int cells = cells_with_partner(s, o);

        if (cells > *left || wants(p, o))
                return false;
        p->wants[p->n_wants++] = o;
        if (s->offers[o].partner >= 0)
                p->wants[p->n_wants++] = s->offers[o].partner;
        *left -= cells;
        return true;
}

static bool crowded(const struct school *s, const struct pupil *p, const struct offer *x)
{
        int same = 0;

        for (int i = 0; i < p->n_wants; i++)
                same += !strcmp(s->offers[p->wants[i]].row->subject, x->row->subject) &&
                        (s->offers[p->wants[i]].role == CHOICE ||
                                s->offers[p->wants[i]].role == CAREER);
        return same >= (!strcmp(x->row->subject, "Athletics") || x->role == CAREER ? 1 : 2);
}

/* The best liked course of the role that fits, or -1. */
static int favourite(struct school *s, int i, enum role role, int left)
{
        struct pupil *p = &s->pupils[i];
        int best = -1;
        double most = 0;

        for (int o = 0; o < s->n_offers; o++) {
                struct offer *x = &s->offers[o];
                bool mine = role == CHOICE ? x->role == CHOICE || (x->role == CAREER && !x->level)
                                           : x->role == role;
                if (!mine || !x->offered || x->second || !offer_admits(s, x, p) ||
                        cells_with_partner(s, o) > left)
                        continue;
                if (wants(p, o) || (role == CHOICE && crowded(s, p, x)))
                        continue;
                double value = s->likes[o];
                if (best < 0 || value > most) {
                        best = o;
                        most = value;
                }
        }
        return best;
}

static bool role_taken(const struct school *s, const struct pupil *p, enum role role)
{
        for (int i = 0; i < p->n_wants; i++)
                if (s->offers[p->wants[i]].role == role)
                        return true;
        return false;
}

static void like_all(struct school *s, int i)
{
        for (int o = 0; o < s->n_offers; o++)
                if (s->offers[o].offered && offer_admits(s, &s->offers[o], &s->pupils[i]))
                        s->likes[o] = liking(s, i, o);
}

static void draw_pupil(struct school *s, int i)
{
        struct pupil *p = &s->pupils[i];
        struct rng r = rng_for(s->wish.seed * 31 + 1, (uint64_t)i);
        int left = s->n_cells - (p->leaves_early ? s->bell.n_terms : 0);

        like_all(s, i);
        p->n_wants = p->n_alternates = 0;
        if (p->cohort >= 0)
                for (int k = 0; k < s->cohorts[p->cohort].n_listed; k++)
                        want(s, p, s->cohorts[p->cohort].listed[k], &left);
        else if (p->path >= 0)
                want(s, p, s->paths[p->path].course[p->grade], &left);
        for (size_t h = 0; h < sizeof habits / sizeof *habits; h++) {
                bool takes = rng_below(&r, 100) < habits[h].percent[p->grade];
                if (!takes || role_taken(s, p, habits[h].role))
                        continue;
                int o = favourite(s, i, habits[h].role, left);
                if (o >= 0)
                        want(s, p, o, &left);
        }
        for (int o; left > 0 && (o = favourite(s, i, CHOICE, left)) >= 0;)
                want(s, p, o, &left);
        int spare = p->n_wants;
        while (p->n_alternates < MAX_ALTERNATES - 1 && spare < MAX_WANTS) {
                int o = favourite(s, i, CHOICE, s->n_cells);
                if (o < 0 || s->offers[o].partner >= 0)
                        break;
                p->alternates[p->n_alternates++] = o;
                p->wants[p->n_wants++] = o; /* so that the next is another */
        }
        p->n_wants = spare;
}

static void tally(struct school *s)
{
        for (int o = 0; o < s->n_offers; o++)
                memset(s->offers[o].wants_of, 0, sizeof s->offers[o].wants_of);
        for (int i = 0; i < s->n_pupils; i++)
                for (int k = 0; k < s->pupils[i].n_wants; k++)
                        s->offers[s->pupils[i].wants[k]].wants_of[s->pupils[i].grade]++;
        for (int o = 0; o < s->n_offers; o++) {
                struct offer *x = &s->offers[o];
                x->n_wants = x->wants_of[0] + x->wants_of[1] + x->wants_of[2] + x->wants_of[3];
        }
}

static void drop(struct school *s, int o)
{
        s->offers[o].offered = false;
        if (s->offers[o].partner >= 0)
                s->offers[s->offers[o].partner].offered = false;
}

/* Drop the smaller half of the courses that too few want. False if there is none. */
static bool drop_small(struct school *s)
{
        int counts[512] = {0}, small = 0, below = 0;

        for (int o = 0; o < s->n_offers; o++) {
                const struct offer *x = &s->offers[o];
                if (x->offered && !x->anchor && x->n_wants < s->run_min) {
                        counts[x->n_wants]++;
                        small++;
                }
        }
        for (int n = 0; n < s->run_min && small; n++) {
                below += counts[n];
                if (below * 2 < small && n + 1 < s->run_min)
                        continue;
                for (int o = 0; o < s->n_offers; o++) {
                        struct offer *x = &s->offers[o];
                        if (x->offered && !x->anchor && x->n_wants <= n)
                                drop(s, o);
                }
                return true;
        }
        return false;
}

static void draw_all(struct school *s)
{
        do {
                for (int i = 0; i < s->n_pupils; i++)
                        draw_pupil(s, i);
                tally(s);
        } while (drop_small(s));
}

double small_share(const struct school *s)
{
        int all = 0, small = 0;

        for (int o = 0; o < s->n_offers; o++) {
                int n = sections_for(&s->offers[o], s->offers[o].n_wants) *
                        (s->offers[o].pair ? 2 : 1);
                int each = s->offers[o].pair ? n / 2 : n;
                all += n;
                small += each <= 2 ? n : 0;
        }
        return all ? 100.0 * small / all : 0;
}

/* Offer only the `most` electives that appeal most, with some local taste in it. */
static void limit_electives(struct school *s, int most)
{
        struct rng r = rng_for(s->wish.seed, 5);
        double *score = mem_zero((size_t)s->n_offers, sizeof *score);

        for (int o = 0; o < s->n_offers; o++) {
                score[o] = s->offers[o].appeal * exp(0.5 * rng_bell(&r));
                s->offers[o].offered = true;
        }
        for (int o = 0; o < s->n_offers; o++) {
                int better = 0;
                for (int k = 0; k < s->n_offers; k++)
                        better += s->offers[k].role == CHOICE && score[k] > score[o];
                if (s->offers[o].role == CHOICE && better >= most)
                        s->offers[o].offered = false;
        }
        mem_free(score);
}

static void list_courses(struct school *s, struct cohort_plan *k)
{
        static const char *const academic[4][2] = {
                {0}, {"ENG10", "WHIST"}, {"ENG11", "USHIST"}, {"ENG12", NULL}};
        const struct path *p = &s->paths[k->path];
        int list[MAX_LISTED], n = 0;

        for (int i = 0; i < 2 && academic[k->grade][i]; i++) {
                const char *id = academic[k->grade][i];
                list[n++] = offer_find(s, s->bell.parts ? arena_printf(s->arena, "%sA", id) : id);
        }
        if (k->grade == 1 && k->path % 3 == 1)
                list[n++] = offer_find(s, s->bell.parts ? "CHEMA" : "CHEM");
        list[n++] = p->course[k->grade];
        for (int i = 0; i < n; i++) {
                k->listed[k->n_listed++] = list[i];
                if (s->offers[list[i]].partner >= 0)
                        k->listed[k->n_listed++] = s->offers[list[i]].partner;
        }
}

static void make_cohorts(struct school *s)
{
        s->cohorts = arena_array(s->arena, (size_t)s->n_paths * 3, sizeof *s->cohorts);
        for (int p = 0; p < s->n_paths; p++)
                for (int g = 1; g <= 3; g++) {
                        if (g == 3 && p % 2)
                                continue;
                        struct cohort_plan *k = &s->cohorts[s->n_cohorts++];
                        *k = (struct cohort_plan){.path = p, .grade = g};
                        list_courses(s, k);
                }
}

static int cohort_of(const struct school *s, int path, int grade)
{
        for (int k = 0; k < s->n_cohorts; k++)
                if (s->cohorts[k].path == path && s->cohorts[k].grade == grade)
                        return k;
        return -1;
}

enum { GROUP = 22 }; /* members of one group of a cohort that moves from class to class */

/* Very small schools cannot be otherwise. */
static bool is_hard(const struct school *s)
{
        return s->wish.hard || s->wish.n_students <= 150;
}

/* Of the upper grades: a hard small school has nearly everybody in a cohort. */
static double share_in_pathways(const struct school *s)
{
        return is_hard(s) && s->wish.n_students <= 500 ? 0.8 : 0.38;
}

/* Members of each pathway in each upper grade: whole groups. */
static int members_wanted(const struct school *s)
{
        double grade = s->wish.n_students / 4.0;
        int groups = (int)ceil(grade * share_in_pathways(s) / s->n_paths / GROUP - 0.25);
        int n = GROUP * (groups > 1 ? groups : 1), most = (int)(grade * 0.86 / s->n_paths);

        return n < most ? n : most;
}

static void make_pupils(struct school *s)
{
        int each = members_wanted(s), seen[4] = {0};

        s->n_pupils = s->wish.n_students;
        s->pupils = arena_array(s->arena, (size_t)s->n_pupils, sizeof *s->pupils);
        for (int i = 0; i < s->n_pupils; i++) {
                struct pupil *p = &s->pupils[i];
                *p = (struct pupil){.grade = i % 4, .path = -1, .cohort = -1, .group = -1};
                int rank = seen[p->grade]++;
                if (p->grade > 0 && rank < each * s->n_paths)
                        p->path = rank % s->n_paths;
                if (p->path >= 0) {
                        p->cohort = cohort_of(s, p->path, p->grade);
                        p->dash = p->cohort >= 0 && s->n_pupils > 300 && rng_chance(&s->rng, 0.03);
                        if (p->dash)
                                p->cohort = -1;
                }
                if (p->cohort >= 0)
                        s->cohorts[p->cohort].n_members++;
                p->ability = rng_bell(&s->rng) - (p->path >= 0 ? 0.2 : 0);
                p->leaves_early = p->grade == 3 && rng_chance(&s->rng, 0.25);
        }
}

static int count_paths(const struct school *s)
{
        int n = (int)lround(s->wish.n_students / 4.0 * share_in_pathways(s) / GROUP);

        return n < 1 ? 1 : n > MAX_PATHS ? MAX_PATHS : n;
}

/* Large schools offer more kinds of electives, not ever more sections of the favourites. */
static void spread_electives(struct school *s)
{
        for (int o = 0; o < s->n_offers; o++) {
                struct offer *x = &s->offers[o];
                if (x->role == CHOICE && sections_for(x, x->n_wants) > 2)
                        x->appeal *= 0.8;
        }
}

/* Drop the course that the fewest want, of those that may go. */
static bool drop_smallest(struct school *s)
{
        int least = -1;

        for (int o = 0; o < s->n_offers; o++) {
                const struct offer *x = &s->offers[o];
                if (x->offered && !x->anchor && !x->second &&
                        (least < 0 || x->n_wants < s->offers[least].n_wants))
                        least = o;
        }
        if (least < 0)
                return false;
        drop(s, least);
        return true;
}

/* Courses with one or two sections, in percent of all sections: at least, and unless hard at most.
 */
static void small_goal(const struct school *s, double *low, double *high)
{
        int n = s->wish.n_students;

        if (is_hard(s)) {
                *low = n <= 300 ? 63 : 28;
                *high = 100;
        } else {
                *low = n <= 500 ? 63 : 27;
                *high = n <= 500 ? 75 : 32;
        }
}

void demand_draw(struct school *s)
{
        double low, high;

        small_goal(s, &low, &high);
        s->n_paths = count_paths(s);
        offers_make(s);
        s->likes = arena_array(s->arena, (size_t)s->n_offers, sizeof *s->likes);
        make_cohorts(s);
        make_pupils(s);
        s->run_min = s->wish.n_students <= 150 ? 6 : s->wish.n_students <= 400 ? 8 : 12;
        int electives = 4 + s->wish.n_students / 40;
        do {
                limit_electives(s, electives);
                draw_all(s);
                electives += electives / 6 + 1;
        } while (small_share(s) < low && electives < s->n_offers);
        for (int round = 0; round < 16 && small_share(s) < low; round++) {
                spread_electives(s);
                draw_all(s);
        }
        while (small_share(s) > high && drop_smallest(s))
                draw_all(s);
}
