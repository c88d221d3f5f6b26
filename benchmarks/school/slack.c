/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benchmarks/school/slack.h"
#include <string.h>

static int smaller(int a, int b)
{
        return a < b ? a : b;
}

static int lab_total(const struct school *s)
{
        int cells = 0;

        for (int l = 0; l < s->n_labs; l++)
                cells += __builtin_popcountll(s->labs[l].available);
        return cells;
}

static int lab_need(const struct school *s, int lab)
{
        int cells = 0;

        for (int u = 0; u < s->n_units; u++)
                if (s->units[u].lab == lab && s->units[u].leader < 0)
                        cells += s->offers[s->units[u].offer].cells;
        return cells;
}

/* Sections of one lab and the starts that each may have: small enough for a search by hand. */
struct rota {
        int n, nodes, staff[32], n_starts[32];
        cellset starts[32][MAX_SCHOOL_CELLS];
        cellset taken[32];
};

static bool rota_fill(struct rota *r, int i, cellset used)
{
        if (i == r->n)
                return true;
        for (int k = 0; k < r->n_starts[i]; k++) {
                cellset cells = r->starts[i][k];
                bool clash = cells & used;
                for (int j = 0; j < i && !clash; j++)
                        clash = r->staff[j] == r->staff[i] && (r->taken[j] & cells);
                if (clash || ++r->nodes > 50000)
                        continue;
                r->taken[i] = cells;
                if (rota_fill(r, i + 1, used | cells))
                        return true;
        }
        return false;
}

static cellset hours_of(const struct school *s, const struct unit *u)
{
        const struct staff *t = &s->staff[u->staff];

        return t->path >= 0 ? t->available & ~bell_period(&s->bell, s->paths[t->path].planning)
                            : t->available;
}

/* Those with the fewest starts first. */
static void rota_add(struct rota *r, const struct school *s, const struct unit *u, cellset open)
{
        const struct offer *o = &s->offers[u->offer];
        cellset all[MAX_CELLS], fine[MAX_SCHOOL_CELLS] = {0};
        int n = bell_starts(&s->bell, o->periods, o->terms, all), m = 0, at = r->n++;

        for (int k = 0; k < n; k++)
                if (!(all[k] & ~(open & hours_of(s, u))))
                        fine[m++] = all[k];
        for (; at > 0 && r->n_starts[at - 1] > m; at--) {
                r->staff[at] = r->staff[at - 1];
                r->n_starts[at] = r->n_starts[at - 1];
                memcpy(r->starts[at], r->starts[at - 1], sizeof r->starts[at]);
        }
        r->staff[at] = u->staff;
        r->n_starts[at] = m;
        memcpy(r->starts[at], fine, (size_t)m * sizeof *fine);
}

/* Can all sections of the lab run in it within these cells, as far as the lab and its teachers go?
 */
static bool lab_serves(const struct school *s, int lab, cellset open)
{
        struct rota r = {.n = 0};

        for (int u = 0; u < s->n_units && r.n < 32; u++)
                if (s->units[u].lab == lab && s->units[u].leader < 0)
                        rota_add(&r, s, &s->units[u], open);
        return rota_fill(&r, 0, 0);
}

/* Part-time teachers whose hours do not fit into their lab come all day. */
static void lengthen_hours(struct school *s)
{
        cellset all = ((cellset)1 << s->n_cells) - 1;

        for (int l = 0; l < s->n_labs; l++)
                for (int u = 0; u < s->n_units; u++)
                        if (s->units[u].lab == l && !lab_serves(s, l, s->labs[l].available))
                                s->staff[s->units[u].staff].available = all;
}

/* What may not be closed: with a plan what it uses; else enough for a tenth more than the demand.
 */
static bool may_close(const struct school *s, int lab, cellset cells)
{
        cellset rest = s->labs[lab].available & ~cells;

        if (rest == s->labs[lab].available)
                return false;
        if (!s->wish.planted)
                return __builtin_popcountll(rest) * 10 >= lab_need(s, lab) * 11 &&
                       lab_serves(s, lab, rest);
        for (int u = 0; u < s->n_units; u++)
                if (s->units[u].lab == lab && (s->units[u].cells & cells))
                        return false;
        return true;
}

/* Labs that stand empty too often are lent to the adult school for some periods, until a good four
 * fifths are in use. */
static void lend_labs(struct school *s)
{
        int need = 0, whole = !s->bell.parts && s->bell.year > 1;
        int slots = whole ? s->bell.n_periods : s->n_cells;

        for (int l = 0; l < s->n_labs; l++)
                need += lab_need(s, l);
        for (int trial = 0; trial < 4000 && need * 100 < lab_total(s) * 84; trial++) {
                int l = rng_below(&s->rng, s->n_labs), slot = rng_below(&s->rng, slots);
                cellset cells = whole ? bell_period(&s->bell, slot) : (cellset)1 << slot;
                if (may_close(s, l, cells))
                        s->labs[l].available &= ~cells;
        }
}

/* Even sections first, then one seat more in a section here and there until the total is reached.
 */
void slack_natural(struct school *s)
{
        int *order = mem_zero((size_t)s->n_offers, sizeof *order), wants = 0, seats = 0;

        for (int o = 0; o < s->n_offers; o++) {
                struct offer *x = &s->offers[o];
                order[o] = o;
                if (!x->n_units)
                        continue;
                x->size_max = (x->n_wants + x->n_units - 1) / x->n_units;
                x->size_min = smaller(x->n_wants / x->n_units, x->row->size) * 6 / 10;
                x->size_min = x->size_min ? x->size_min : 1;
                wants += x->n_wants * (x->pair ? 2 : 1);
                seats += x->size_max * x->n_units * (x->pair ? 2 : 1);
        }
        double goal = wants * (1.055 - s->wish.tight / 100.0);
        rng_shuffle(&s->rng, order, s->n_offers);
        for (int round = 0; round < 4; round++)
                for (int i = 0; i < s->n_offers; i++) {
                        struct offer *x = &s->offers[order[i]];
                        int n = x->n_units * (x->pair ? 2 : 1), step = seats > goal ? -1 : 1;
                        bool useful = step > 0 ? seats + n <= goal
                                               : s->wish.tight > 0 && x->size_max > x->size_min;
                        if (!x->n_units || !useful)
                                continue;
                        x->size_max += step;
                        seats += step * n;
                }
        mem_free(order);
        lengthen_hours(s);
        lend_labs(s);
        int load = 0, cells = 0;
        for (int t = 0; t < s->n_staff; t++) {
                load += s->staff[t].load * s->bell.n_terms;
                cells += s->staff[t].cells;
        }
        for (int t = 0; t < s->n_staff && cells * 100 > load * (96 + s->wish.tight); t++) {
                struct staff *x = &s->staff[t];
                int room = __builtin_popcountll(x->available) / s->bell.n_terms - 1;
                if (x->load < room && rng_chance(&s->rng, 0.5)) {
                        x->load++;
                        load += s->bell.n_terms;
                }
        }
}

static cellset term_cells(const struct school *s, int term)
{
        return (((cellset)1 << s->bell.n_periods) - 1) << term * s->bell.n_periods;
}

static cellset taught_in(const struct school *s, int staff, int term)
{
        cellset taught = 0;

        for (int u = 0; u < s->n_units; u++)
                if (s->units[u].staff == staff)
                        taught |= s->units[u].cells & term_cells(s, term);
        return taught;
}

static int load_of(const struct school *s, int staff)
{
        int most = 0;

        for (int t = 0; t < s->bell.n_terms; t++) {
                int n = __builtin_popcountll(taught_in(s, staff, t));
                most = n > most ? n : most;
        }
        return most;
}

/* Periods of a teacher in a term: his load, or fewer where he is not there. */
static int capacity_in(const struct school *s, int staff, int term)
{
        const struct staff *x = &s->staff[staff];
        int here = __builtin_popcountll(x->available & term_cells(s, term));

        return here < x->load ? here : x->load;
}

static double idle_share(const struct school *s)
{
        int load = 0, taught = 0;

        for (int i = 0; i < s->n_staff; i++)
                for (int t = 0; t < s->bell.n_terms; t++) {
                        load += capacity_in(s, i, t);
                        taught += __builtin_popcountll(taught_in(s, i, t));
                }
        return load ? 1 - (double)taught / load : 0;
}

/* Who teaches less in one term is hired for those hours, and his team's, only. */
static void part_year(struct school *s, int staff)
{
        struct staff *x = &s->staff[staff];
        cellset team = x->path >= 0 ? bell_period(&s->bell, s->paths[x->path].planning) : 0;

        for (int t = 0; t < s->bell.n_terms; t++) {
                cellset taught = taught_in(s, staff, t);
                if (__builtin_popcountll(taught) < capacity_in(s, staff, t))
                        x->available &= ~(term_cells(s, t) & ~taught & ~team);
        }
}

void slack_planted(struct school *s)
{
        for (int o = 0; o < s->n_offers; o++) {
                s->offers[o].size_max = 0;
                s->offers[o].size_min = 1000;
        }
        for (int u = 0; u < s->n_units; u++) {
                struct offer *o = &s->offers[s->units[u].offer];
                int n = s->units[u].enrolled;
                o->size_max = n > o->size_max ? n : o->size_max;
                o->size_min = smaller(o->size_min, n);
        }
        for (int o = 0; o < s->n_offers; o++) {
                int usual = s->offers[o].size_max * 7 / 10;
                s->offers[o].size_min = smaller(s->offers[o].size_min, usual > 1 ? usual : 1);
        }
        for (int t = 0; t < s->n_staff; t++)
                s->staff[t].load = load_of(s, t);
        for (int pass = 0; pass < 2; pass++)
                for (int t = 0; t < s->n_staff && idle_share(s) > 0.05; t++)
                        if (s->staff[t].path < 0 || pass == 1)
                                part_year(s, t);
        lend_labs(s);
}

static bool is_lab(const struct problem *pb, const struct course *c)
{
        const char *type = c->room_type >= 0 ? index_id(pb->room_types, c->room_type) : "classroom";

        return strcmp(type, "classroom") != 0 && strcmp(type, "gym") != 0;
}

static int stacked_on(const struct problem *pb, int course)
{
        for (int r = 0; r < pb->n_rules; r++)
                if (pb->rules[r].kind == RULE_STACK && ints_has(&pb->rules[r].courses, course) &&
                        pb->rules[r].courses.v[0] != course)
                        return pb->rules[r].courses.v[0];
        return -1;
}

static void count_courses(const struct problem *pb, struct figures *f)
{
        for (int i = 0; i < pb->n_courses; i++) {
                const struct course *c = &pb->courses[i];
                int n = c->sections_max_stated, cells = c->periods * c->terms * n;
                f->sections += n;
                f->small += n <= 2 ? n : 0;
                if (stacked_on(pb, i) >= 0)
                        continue;
                f->seats += n * c->size_max_stated;
                f->taught += c->staffed && c->counts_load ? cells : 0;
                f->lab_used += is_lab(pb, c) ? cells : 0;
        }
}

/* What the co-teachers teach. */
static int support_cells(const struct problem *pb)
{
        int cells = 0;

        for (int c = 0; c < pb->n_courses; c++)
                if (pb->courses[c].support.given)
                        cells += pb->courses[c].support.sections * pb->courses[c].terms *
                                 pb->courses[c].periods;
        return cells;
}

struct figures figures_of(const struct problem *pb)
{
        struct figures f = {.students = pb->n_students};

        count_courses(pb, &f);
        for (int t = 0; t < pb->n_teachers; t++) {
                const struct teacher *x = &pb->teachers[t];
                int load = x->stated.load >= 0 ? x->stated.load : pb->contract.limits.load;
                const char *credential =
                        x->credentials.n ? index_id(pb->credentials, x->credentials.v[0]) : "";
                for (int k = 0; k < pb->n_terms; k++) {
                        cellset term = (((cellset)1 << pb->n_periods) - 1) << k * pb->n_periods;
                        f.load += smaller(load, __builtin_popcountll(x->available & term));
                }
                if (!strcmp(credential, "education-specialist"))
                        f.taught += support_cells(pb);
                if (strncmp(credential, "cte-", 4) != 0)
                        continue;
                f.career_staff++;
                f.part_time += __builtin_popcountll(x->available) < pb->n_terms * pb->n_periods;
        }
        for (int r = 0; r < pb->n_rooms; r++)
                for (int c = 0; c < pb->n_courses; c++)
                        if (is_lab(pb, &pb->courses[c]) &&
                                ints_has(&pb->rooms[r].types, pb->courses[c].room_type)) {
                                f.lab_cells += __builtin_popcountll(pb->rooms[r].available);
                                break;
                        }
        for (int r = 0; r < pb->n_requests; r++)
                f.requests += pb->requests[r].kind != ALTERNATE;
        for (int i = 0; i < pb->n_students; i++) {
                bool cohort = false;
                for (int k = 0; k < pb->n_cohorts; k++)
                        cohort = cohort ||
                                 (pb->cohorts[k].pathway == pb->students[i].pathway_stated &&
                                         pb->cohorts[k].grade == pb->students[i].grade);
                f.in_cohorts += cohort && pb->students[i].cohort_stated != COHORT_DASH;
        }
        return f;
}

const char *figures_missed(const struct figures *f)
{
        if (f->small * 100 < f->sections * (f->students <= 300 ? 60 : 25))
                return "singletons and doubletons";
        if (f->seats * 100 > f->requests * 108)
                return "seats";
        if (f->taught * 100 < f->load * 92)
                return "teacher periods";
        if (f->lab_used * 100 < f->lab_cells * 80)
                return "labs";
        if (f->in_cohorts * 100 < f->students * 20)
                return "cohorts";
        if (f->part_time * 100 < f->career_staff * 30)
                return "part-time career teachers";
        return "";
}
