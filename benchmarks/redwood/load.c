/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is at Redwood High, where they sit in the plan, and what is known of them. */
#include "benchmarks/redwood/redwood.h"

enum { N_IEP_SHARE = 10, TRIES = 60, NODES = 4000, PASSES = 12, HEAVY = 1000000 };
enum { AFTERNOONS = 0x88 }; /* 4A and 4B */

static const struct {
        int grade, count;
} grades[] = {{9, 306}, {10, 304}, {11, 298}, {12, 292}};
enum { N_GRADES = sizeof grades / sizeof *grades };

static int unit_index(const struct redwood *r, const struct unit *u)
{
        return (int)(u - r->units);
}

static bool same(const char *a, const char *b)
{
        return strcmp(a, b) == 0;
}

static bool is_outsider(const struct redwood *r, const struct unit *u, int who)
{
        return u->group >= 0 &&
               (r->pupils[who].group < 0 ||
                       !same(groups[r->pupils[who].group].cohort, groups[u->group].cohort));
}

/* May the pupil sit there, his other classes aside? Purity is three quarters. */
static bool admits(const struct redwood *r, const struct unit *u, int who)
{
        const struct course *c = &catalog[u->course];
        const struct pupil *p = &r->pupils[who];

        if (u->n >= u->size || (c->grades >> (r->plan.people[who].grade - 9) & 1) == 0)
                return false;
        if (is_outsider(r, u, who) && 4 * u->members < 3 * (u->n + 1))
                return false;
        if (p->iep && c->co_taught > 0 && (u->number > c->co_taught || u->iep >= N_IEP_SHARE))
                return false;
        for (int part = 0; part < parts_of(c); part++)
                if (p->el && u->teacher[part] >= 0 && !r->staff[u->teacher[part]].el_auth)
                        return false;
        return true;
}

static bool fits(const struct redwood *r, const struct unit *u, int who)
{
        const struct pupil *p = &r->pupils[who];

        return (unit_mask(u, u->start) & (p->busy | p->away)) == 0 && admits(r, u, who);
}

static void sit(struct redwood *r, struct unit *u, int who)
{
        struct pupil *p = &r->pupils[who];

        u->seats[u->n++] = who;
        u->iep += p->iep;
        p->busy |= unit_mask(u, u->start);
        p->units[p->n_units++] = unit_index(r, u);
}

static void leave(struct redwood *r, struct unit *u, int who)
{
        struct pupil *p = &r->pupils[who];
        int i = 0;

        while (u->seats[i] != who)
                i++;
        u->seats[i] = u->seats[--u->n];
        u->iep -= p->iep;
        p->busy &= ~unit_mask(u, u->start);
        for (i = 0; p->units[i] != unit_index(r, u); i++)
                continue;
        p->units[i] = p->units[--p->n_units];
}

bool has_family(const struct redwood *r, int who, const char *family)
{
        const struct pupil *p = &r->pupils[who];

        for (int i = 0; i < p->n_units; i++)
                if (same(catalog[r->units[p->units[i]].course].family, family))
                        return true;
        return false;
}

static void need(struct redwood *r, int who, const char *course)
{
        struct pupil *p = &r->pupils[who];
        p->needs[p->n_needs++] = course_find(course);
}

/* Does the pupil have the course, from his group or from another subject? */
static bool has_course(const struct pupil *p, const char *course)
{
        int group = p->group;

        for (int i = 0; i < p->n_needs; i++)
                if (same(catalog[p->needs[i]].id, course))
                        return true;
        for (int i = 0; group >= 0 && i < MAX_LISTED && groups[group].courses[i] != NULL; i++)
                if (same(groups[group].courses[i], course))
                        return true;
        return false;
}

/* Deal the courses of a subject out by track; members of a group have theirs already. */
static void deal(struct redwood *r, int first, int count, int share)
{
        const char *subject = core_shares[share].subject;
        int order[400], left[MAX_COURSES] = {0}, grade = core_shares[share].grade, at = share;

        for (int i = 0; i < count; i++) {
                int j = i, noisy = first + i;
                for (; j > 0 && r->pupils[order[j - 1]].track > r->pupils[noisy].track; j--)
                        order[j] = order[j - 1];
                order[j] = noisy;
        }
        for (int i = share; i < n_core_shares && core_shares[i].grade == grade; i++)
                left[i] = same(core_shares[i].subject, subject) ? core_shares[i].count : 0;
        for (int pass = 0; pass < 2; pass++)
                for (int i = 0; i < count; i++) {
                        int has = -1;
                        for (int k = share; k < n_core_shares && core_shares[k].grade == grade; k++)
                                if (same(core_shares[k].subject, subject) &&
                                        core_shares[k].course != NULL &&
                                        has_course(&r->pupils[order[i]], core_shares[k].course))
                                        has = k;
                        if (pass == 0 && has >= 0)
                                left[has]--;
                        if (pass == 0 || has >= 0)
                                continue;
                        while (left[at] == 0)
                                at++;
                        left[at]--;
                        if (core_shares[at].course != NULL)
                                need(r, order[i], core_shares[at].course);
                }
}

static void deal_grade(struct redwood *r, int first, int grade, int count)
{
        for (int i = 0; i < n_core_shares; i++) {
                if (core_shares[i].grade != grade ||
                        (i > 0 && core_shares[i - 1].grade == grade &&
                                same(core_shares[i].subject, core_shares[i - 1].subject)))
                        continue;
                for (int j = first; j < first + count; j++)
                        r->pupils[j].track += below(&r->plan.random, 31) - 15;
                deal(r, first, count, i);
        }
}

static void join_groups(struct redwood *r, int first, int grade, int count)
{
        int order[400], at = 0;

        for (int i = 0; i < count; i++)
                order[i] = first + i;
        shuffle(&r->plan.random, order, count);
        for (int g = 0; g < N_GROUPS; g++)
                for (int i = 0; groups[g].grade == grade && i < groups[g].size; i++) {
                        r->pupils[order[at]].group = g;
                        r->plan.people[order[at++]].pathway = pathways[groups[g].pathway].id;
                }
        for (int w = 0; w < N_PATHWAYS && grade == 12; w++)
                for (int i = 0; i < pathways[w].seniors; i++) {
                        r->plan.people[order[at]].pathway = pathways[w].id;
                        need(r, order[at++], pathways[w].third);
                }
}

/* Special education and English learners whose classes depend on it; the slower tracks outside
 * cohorts. */
static void choose_flags(struct redwood *r, int first, int grade, int count)
{
        int iep = grade == 9 ? 24 : grade == 10 ? 9 : 14, el = grade == 12 ? 6 : 20;

        for (int i = first; i < first + count && iep + el > 0; i++) {
                struct pupil *p = &r->pupils[i];
                if (p->group >= 0 || *r->plan.people[i].pathway != '\0' || p->track > 45)
                        continue;
                bool honors = false;
                for (int k = 0; k < p->n_needs; k++) {
                        const char *id = catalog[p->needs[k]].id;
                        honors = honors || same(id, "ENG9H") || same(id, "ENG10H") || id[0] == 'A';
                        honors = (honors && !same(id, "ALG1")) || same(id, "PRECALC");
                }
                if (honors)
                        continue;
                if (iep > 0 && percent(&r->plan.random, 60)) {
                        p->iep = true;
                        iep--;
                        need(r, i, "ACADSUP");
                } else if (el > 0) {
                        p->el = true;
                        el--;
                        need(r, i, i % 3 == 0 ? "ELD1" : "ELD2");
                }
        }
}

static void enrol(struct redwood *r)
{
        for (int g = 0; g < N_GRADES; g++) {
                int first = r->plan.n_people;
                for (int i = 0; i < grades[g].count; i++) {
                        struct pupil *p =
                                &r->pupils[plan_person(&r->plan, grades[g].grade, "", "")];
                        *p = (struct pupil){
                                .group = -1, .track = below(&r->plan.random, 100), .target = 8};
                        if (grades[g].grade == 12)
                                p->target = 6 + below(&r->plan.random, 3);
                }
                join_groups(r, first, grades[g].grade, grades[g].count);
                deal_grade(r, first, grades[g].grade, grades[g].count);
                choose_flags(r, first, grades[g].grade, grades[g].count);
                for (int i = first; i < r->plan.n_people && grades[g].grade == 12; i += 5)
                        if (r->pupils[i].target == 6 && *r->plan.people[i].pathway == '\0')
                                r->pupils[i].away = AFTERNOONS;
        }
}

static void seat_groups(struct redwood *r)
{
        for (int i = 0; i < r->plan.n_people; i++)
                for (int u = 0; u < r->n_units && r->pupils[i].group >= 0; u++)
                        if (r->units[u].group == r->pupils[i].group) {
                                r->units[u].members++;
                                sit(r, &r->units[u], i);
                        }
}

/* Units of the course in which the pupil fits, the emptier mostly first. */
static int options(struct redwood *r, int who, int course, int list[16])
{
        int n = 0, key[16];

        for (int i = 0; i < r->n_units; i++) {
                const struct unit *u = &r->units[i];
                if (u->course != course || !fits(r, u, who))
                        continue;
                int k = 100 * u->n / u->size + below(&r->plan.random, 40), j = n++;
                for (; j > 0 && key[j - 1] > k; j--) {
                        key[j] = key[j - 1];
                        list[j] = list[j - 1];
                }
                key[j] = k;
                list[j] = i;
        }
        return n;
}

/* Seat the needs from k on: the one with the fewest units first. False: cannot. */
static bool seat_needs(struct redwood *r, int who, int k, int *nodes)
{
        struct pupil *p = &r->pupils[who];
        int list[16], best = -1, fewest = 99;

        if (k == p->n_needs)
                return true;
        for (int i = k; i < p->n_needs; i++) {
                int n = options(r, who, p->needs[i], list);
                if (n < fewest) {
                        fewest = n;
                        best = i;
                }
        }
        int course = p->needs[best], n = options(r, who, course, list);
        p->needs[best] = p->needs[k];
        p->needs[k] = course;
        for (int i = 0; i < n && --*nodes > 0; i++) {
                sit(r, &r->units[list[i]], who);
                if (seat_needs(r, who, k + 1, nodes))
                        return true;
                leave(r, &r->units[list[i]], who);
        }
        return false;
}

/* How much the pupil would like a pick: a language mostly, a place with room, and chance. */
static int appeal(struct redwood *r, const struct unit *u, int who)
{
        const struct course *c = &catalog[u->course];
        int value = 100 * (u->size - u->n) / u->size + below(&r->plan.random, 60);

        if (same(c->family, "language") && r->plan.people[who].grade < 12)
                value += 40;
        return value;
}

/* Fill free periods with picks, one by one; the number that stays free below the target. */
static int fill(struct redwood *r, int who)
{
        struct pupil *p = &r->pupils[who];

        while (__builtin_popcount(p->busy) < p->target) {
                int best = -1, most = -1;
                for (int i = 0; i < r->n_units; i++) {
                        const struct unit *u = &r->units[i];
                        const struct course *c = &catalog[u->course];
                        if (c->core || !fits(r, u, who) || has_family(r, who, c->family))
                                continue;
                        int value = appeal(r, u, who);
                        if (value > most) {
                                most = value;
                                best = i;
                        }
                }
                if (best < 0)
                        break;
                sit(r, &r->units[best], who);
        }
        return p->target - __builtin_popcount(p->busy);
}

static void unseat(struct redwood *r, int who)
{
        struct pupil *p = &r->pupils[who];

        for (int i = p->n_units - 1; i >= 0; i--) {
                struct unit *u = &r->units[p->units[i]];
                if (u->group < 0 || p->group != u->group)
                        leave(r, u, who);
        }
}

/* Several attempts; keep the best. HEAVY for a need that is not met, 1 for a free period. */
static int load_one(struct redwood *r, int who)
{
        struct pupil *p = &r->pupils[who];
        int best = 2 * HEAVY, units[10], n = 0;

        for (int i = 0; i < TRIES && best > 0; i++) {
                int nodes = NODES;
                unseat(r, who);
                int cost = seat_needs(r, who, 0, &nodes) ? 0 : HEAVY;
                cost += fill(r, who);
                if (cost >= best)
                        continue;
                best = cost;
                n = p->n_units;
                memcpy(units, p->units, sizeof units);
        }
        unseat(r, who);
        for (int i = 0; i < n; i++)
                if ((p->busy & unit_mask(&r->units[units[i]], r->units[units[i]].start)) == 0)
                        sit(r, &r->units[units[i]], who);
        return best;
}

/* Give the seats of a few others back, load the pupil before them, then them. */
static void load_against(struct redwood *r, int who, int *cost)
{
        int others[8];

        for (int i = 0; i < 8; i++) {
                others[i] = below(&r->plan.random, r->plan.n_people);
                unseat(r, others[i]);
        }
        cost[who] = load_one(r, who);
        for (int i = 0; i < 8; i++)
                if (others[i] != who)
                        cost[others[i]] = load_one(r, others[i]);
}

/* Take another course of the same subject and grade in place of one, whichever fits best. */
static int load_swapped(struct redwood *r, int who, int cost)
{
        struct pupil *p = &r->pupils[who];
        const int grade = r->plan.people[who].grade;

        for (int i = 0; i < n_core_shares && cost >= HEAVY; i++)
                for (int j = 0; j < n_core_shares && cost >= HEAVY; j++) {
                        const struct core_share *a = &core_shares[i], *b = &core_shares[j];
                        int k = 0;
                        if (i == j || a->grade != grade || b->grade != grade || a->course == NULL ||
                                b->course == NULL || !same(a->subject, b->subject) ||
                                same(a->course, "AMSENG") || same(b->course, "AMSENG"))
                                continue;
                        while (k < p->n_needs && !same(catalog[p->needs[k]].id, a->course))
                                k++;
                        if (k == p->n_needs)
                                continue;
                        int was = p->needs[k];
                        p->needs[k] = course_find(b->course);
                        cost = load_one(r, who);
                        for (k = 0; cost >= HEAVY && p->needs[k] != course_find(b->course);)
                                k++;
                        if (cost >= HEAVY)
                                p->needs[k] = was;
                }
        return cost;
}

bool load_people(struct redwood *r)
{
        static int order[MAX_PEOPLE], cost[MAX_PEOPLE];
        int n, missing = 0, holes = 0;

        enrol(r);
        n = r->plan.n_people;
        seat_groups(r);
        for (int i = 0; i < n; i++)
                order[i] = i;
        shuffle(&r->plan.random, order, n);
        for (int pass = 0; pass < 3; pass++)
                for (int i = 0; i < n; i++) {
                        struct pupil *p = &r->pupils[order[i]];
                        int turn = p->iep || p->el ? 0 : p->group >= 0 ? 1 : 2;
                        if (turn == pass)
                                cost[order[i]] = load_one(r, order[i]);
                }
        for (int pass = 0; pass < PASSES; pass++)
                for (int i = 0; i < n; i++)
                        if (cost[i] > 0 && pass % 2 == 1)
                                load_against(r, i, cost);
                        else if (cost[i] > 0)
                                cost[i] = load_one(r, i);
        for (int i = 0; i < n; i++)
                if (cost[i] >= HEAVY)
                        cost[i] = load_swapped(r, i, cost[i]);
        for (int i = 0; i < n; i++) {
                missing += cost[i] >= HEAVY;
                holes += cost[i] % HEAVY;
        }
        return missing + holes == 0;
}
