/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Units, their teachers, and a placement of them found by annealing.
 *
 * What must not be (a teacher or a group twice at once, more rooms of a type than there are) costs
 * CLASH each; what should not be (many sections of a course at one time, few seats for a grade in a
 * period) costs squares. The annealing runs until nothing clashes.
 */
#include "benchmarks/redwood/redwood.h"
#include <math.h>

enum { LOAD = 6, PREPS = 3, SPECIALISTS = 3, CLASH = 1000, SWEEPS = 600, N_RIVALS = 4 };
enum { MAX_TYPES = 16, N_GRADES = 4 };

static const char *const rivals[N_RIVALS] = {"BAND", "CHOIR", "ORCH", "DRAMA2"};

int parts_of(const struct course *c)
{
        return c->partner != NULL ? 2 : 1;
}

const struct course *part_course(const struct course *c, int part)
{
        return part == 0 ? c : &catalog[course_find(c->partner)];
}

bool part_staffed(const struct course *c, int part)
{
        return strcmp(part_course(c, part)->pool, "none") != 0;
}

unsigned unit_mask(const struct unit *u, int start)
{
        const struct course *c = &catalog[u->course];
        bool two = c->periods == 2 || c->form == BLOCK;

        if (c->starts != 0 && (c->starts >> start & 1) == 0)
                return 0;
        if (!two)
                return 1u << start;
        /* Lunch parts the second period of a day from the third. */
        return start % 2 == 0 ? 3u << start : 0;
}

unsigned part_mask(const struct unit *u, int start, int part)
{
        if (catalog[u->course].form == BLOCK)
                return 1u << (start + part);
        return unit_mask(u, start);
}

static int hire(struct redwood *r, const char *pool, int nth)
{
        for (int i = 0; i < r->n_staff; i++)
                if (strcmp(r->staff[i].pool, pool) == 0 && --nth == 0)
                        return i;
        if (r->n_staff == MAX_STAFF)
                fail("too many teachers in", pool);
        r->staff[r->n_staff] = (struct staff){
                .pool = pool, .pathway = -1, .available = 0xff, .el_auth = true, .home = -1};
        r->n_staff++;
        return nth > 1 ? hire(r, pool, nth - 1) : r->n_staff - 1;
}

static bool teaches(const struct staff *t, int course)
{
        for (int i = 0; i < t->n_taught; i++)
                if (t->taught[i] == course)
                        return true;
        return false;
}

static void give(struct redwood *r, struct unit *u, int part, int teacher)
{
        const struct course *c = &catalog[u->course];
        struct staff *t = &r->staff[teacher];
        bool both = c->form == TERMS || c->form == EITHER;

        u->teacher[part] = teacher;
        for (int i = part; i < (both ? 2 : part + 1); i++) {
                int course = course_find(part_course(c, i)->id);
                u->teacher[i] = teacher;
                if (!teaches(t, course))
                        t->taught[t->n_taught++] = course;
        }
        t->load += c->periods == 2 ? 2 : 1;
}

static void make_units(struct redwood *r)
{
        for (int c = 0; c < n_catalog; c++)
                for (int k = 0; k < catalog[c].units; k++) {
                        if (r->n_units == MAX_UNITS)
                                fail("too many units at", catalog[c].id);
                        struct unit *u = &r->units[r->n_units++];
                        *u = (struct unit){.course = c,
                                .number = k + 1,
                                .teacher = {-1, -1},
                                .co_teacher = -1,
                                .room = {-1, -1},
                                .group = -1};
                        u->size = catalog[c].form == WAVES ? 2 * catalog[c].max : catalog[c].max;
                }
}

static struct unit *unit_of(struct redwood *r, int course, int number)
{
        for (int i = 0; i < r->n_units; i++)
                if (r->units[i].course == course && r->units[i].number == number)
                        return &r->units[i];
        fail("too few sections of", catalog[course].id);
        return NULL;
}

/* The last units of a course are reserved, so that its first, co-taught ones are mostly open. */
static void reserve(struct redwood *r)
{
        int left[MAX_COURSES] = {0};

        for (int pass = 0; pass < 2; pass++)
                for (int g = 0; g < N_GROUPS; g++)
                        for (int i = 0; i < MAX_LISTED && groups[g].courses[i] != NULL; i++) {
                                int c = course_find(groups[g].courses[i]);
                                if (pass == 0)
                                        left[c]++;
                                else
                                        unit_of(r, c, catalog[c].units - --left[c])->group = g;
                        }
}

static int least_loaded(struct redwood *r, const char *pool, int n)
{
        int best = hire(r, pool, 1);

        for (int i = 2; i <= n; i++) {
                int t = hire(r, pool, i);
                if (r->staff[t].load < r->staff[best].load)
                        best = t;
        }
        return best;
}

/* Teachers who are given: by the catalog, by the pathway's team, and those who co-teach. */
static void give_fixed(struct redwood *r)
{
        for (int i = 0; i < r->n_units; i++) {
                struct unit *u = &r->units[i];
                const struct course *c = &catalog[u->course];
                for (int part = 0; part < parts_of(c); part++) {
                        const struct course *pc = part_course(c, part);
                        if (!part_staffed(c, part) || u->teacher[part] >= 0)
                                continue;
                        if (strcmp(pc->pool, "special") == 0)
                                give(r, u, part, least_loaded(r, "special", SPECIALISTS));
                        else if (pc->nth > 0)
                                give(r, u, part, hire(r, pc->pool, pc->nth));
                        else if (u->group >= 0 && strcmp(pc->pool, "science") == 0)
                                give(r, u, part, hire(r, pc->pool, groups[u->group].grade - 9));
                        else if (u->group >= 0)
                                give(r, u, part, hire(r, pc->pool, groups[u->group].pathway + 1));
                        if (u->group >= 0)
                                r->staff[u->teacher[part]].pathway = groups[u->group].pathway;
                }
                if (u->number <= c->co_taught) {
                        u->co_teacher = least_loaded(r, "special", SPECIALISTS);
                        r->staff[u->co_teacher].load++;
                }
        }
}

/* The next free unit of the pool that teacher t may take without another course, or with. */
static bool give_next(struct redwood *r, int t, bool another)
{
        struct staff *who = &r->staff[t];

        for (int i = 0; i < r->n_units; i++) {
                struct unit *u = &r->units[i];
                const struct course *c = &catalog[u->course];
                for (int part = 0; part < parts_of(c); part++) {
                        const struct course *pc = part_course(c, part);
                        if (u->teacher[part] >= 0 || strcmp(pc->pool, who->pool) != 0 ||
                                (!another && !teaches(who, course_find(pc->id))))
                                continue;
                        give(r, u, part, t);
                        return true;
                }
        }
        return false;
}

/* Full loads, with few courses each: music and theater have more, there is one teacher of each. */
static void give_rest(struct redwood *r, const char *pool)
{
        bool broad = strcmp(pool, "music") == 0 || strcmp(pool, "theater") == 0;
        int preps = broad ? 6 : PREPS;

        for (int nth = 1;; nth++) {
                int t = hire(r, pool, nth), fresh = r->staff[t].load == 0;
                struct staff *who = &r->staff[t];
                while (who->load < LOAD &&
                        (give_next(r, t, false) ||
                                (who->n_taught < preps && give_next(r, t, true))))
                        continue;
                if (who->load == 0) {
                        r->n_staff -= fresh;
                        return;
                }
        }
}

static void name_staff(struct redwood *r)
{
        int order[N_SURNAMES];

        for (int i = 0; i < N_SURNAMES; i++)
                order[i] = i;
        shuffle(&r->plan.random, order, N_SURNAMES);
        for (int i = 0; i < r->n_staff; i++) {
                struct staff *t = &r->staff[i];
                char last[24];
                surname(order[i], last, sizeof last);
                snprintf(t->name, sizeof t->name, "%s %s", given_name(&r->plan.random), last);
                snprintf(t->id, sizeof t->id, "%c%s", last[0] + 'a' - 'A', last + 1);
                t->preps = t->n_taught;
                t->el_auth = strcmp(t->pool, "music") != 0 && strcmp(t->pool, "business") != 0;
        }
}

void staff_units(struct redwood *r)
{
        make_units(r);
        reserve(r);
        give_fixed(r);
        for (int i = 0; i < r->n_units; i++) {
                const struct course *c = &catalog[r->units[i].course];
                for (int part = 0; part < parts_of(c); part++)
                        if (r->units[i].teacher[part] < 0 && part_staffed(c, part))
                                give_rest(r, part_course(c, part)->pool);
        }
        name_staff(r);
        for (int i = 0; i < n_part_timers; i++) {
                struct staff *t = &r->staff[hire(r, part_timers[i].pool, part_timers[i].nth)];
                t->available = part_timers[i].periods;
                t->stated = part_timers[i].available;
                t->el_auth = part_timers[i].nth == 1;
        }
}

struct usage {
        int staff[MAX_STAFF][N_PERIODS], rooms[MAX_TYPES][N_PERIODS], groups[N_GROUPS][N_PERIODS];
        int courses[MAX_COURSES][N_PERIODS], rivals[N_PERIODS];
        double seats[N_GRADES][N_PERIODS];
};

static int type_find(const char *type)
{
        for (int i = 0; i < n_room_types; i++)
                if (strcmp(room_types[i].type, type) == 0)
                        return i;
        fail("unknown room type", type);
        return -1;
}

static bool is_rival(const struct course *c)
{
        for (int i = 0; i < N_RIVALS; i++)
                if (strcmp(c->id, rivals[i]) == 0)
                        return true;
        return false;
}

static int grades_of(const struct course *c)
{
        int n = 0;

        for (int g = 0; g < N_GRADES; g++)
                n += c->grades >> g & 1;
        return n;
}

/* Does the part need a room and a teacher beside those of the part before it? */
static bool part_counts(const struct course *c, int part)
{
        return part == 0 || c->form == BLOCK || c->form == WAVES;
}

static double use_staff(struct usage *x, int teacher, int p, int by)
{
        double cost = teacher >= 0 && x->staff[teacher][p] > (by > 0 ? 0 : 1) ? CLASH : 0;

        if (teacher >= 0)
                x->staff[teacher][p] += by;
        return cost;
}

/* Count the unit in (by 1) or out (by -1); the cost of its being there. */
static double use(struct usage *x, const struct unit *u, int start, int by)
{
        const struct course *c = &catalog[u->course];
        double cost = 0, share = (double)u->size / grades_of(c);

        for (int p = 0; p < N_PERIODS; p++) {
                if ((unit_mask(u, start) >> p & 1) == 0)
                        continue;
                for (int part = 0; part < parts_of(c); part++) {
                        if (!part_counts(c, part) || (part_mask(u, start, part) >> p & 1) == 0)
                                continue;
                        cost += use_staff(x, u->teacher[part], p, by);
                        const char *room = part_course(c, part)->room;
                        if (room == NULL)
                                continue;
                        int type = type_find(room), *n = &x->rooms[type][p];
                        cost += *n + (by > 0) > room_types[type].count ? CLASH : 0;
                        *n += by;
                }
                cost += use_staff(x, u->co_teacher, p, by);
                if (u->group >= 0) {
                        cost += x->groups[u->group][p] > (by < 0) ? CLASH : 0;
                        x->groups[u->group][p] += by;
                }
                if (is_rival(c)) {
                        cost += x->rivals[p] > (by < 0) ? CLASH : 0;
                        x->rivals[p] += by;
                }
                cost += 8 * x->courses[u->course][p];
                x->courses[u->course][p] += by;
                for (int g = 0; g < N_GRADES; g++)
                        if (c->grades >> g & 1) {
                                cost += share * x->seats[g][p] / 100;
                                x->seats[g][p] += by * share;
                        }
        }
        return cost;
}

/* Bits of the periods in which a teacher of the unit's part may teach. */
static bool staff_can(const struct redwood *r, const struct unit *u, int start)
{
        for (int part = 0; part < 2; part++) {
                if (u->teacher[part] < 0)
                        continue;
                const struct staff *t = &r->staff[u->teacher[part]];
                unsigned can = t->available;
                if (t->pathway >= 0)
                        can &= ~(1u << r->common[t->pathway]);
                if ((part_mask(u, start, part) & ~can) != 0)
                        return false;
        }
        return true;
}

/* Draw a start by the weights exp(-cost / heat). */
static void draw_start(struct redwood *r, struct usage *x, struct unit *u, double heat)
{
        double cost[N_PERIODS], least = INFINITY, sum = 0;

        for (int s = 0; s < N_PERIODS; s++) {
                cost[s] = INFINITY;
                if (unit_mask(u, s) == 0 || !staff_can(r, u, s))
                        continue;
                cost[s] = use(x, u, s, 1);
                use(x, u, s, -1);
                least = fmin(least, cost[s]);
        }
        if (isinf(least))
                fail("no period for", catalog[u->course].id);
        for (int s = 0; s < N_PERIODS; s++)
                sum += cost[s] = exp((least - cost[s]) / heat);
        double at = sum * below(&r->plan.random, 1 << 20) / (1 << 20);
        u->start = -1;
        for (int s = 0; s < N_PERIODS; s++) {
                if (cost[s] <= 0)
                        continue;
                u->start = s;
                if ((at -= cost[s]) < 0)
                        break;
        }
        use(x, u, u->start, 1);
}

/* One room after the other for the parts that have none yet; homes for whoever has them most. */
static void give_rooms(struct redwood *r)
{
        unsigned busy[64] = {0};

        for (int pass = 0; pass < 2; pass++)
                for (int i = 0; i < r->n_units; i++) {
                        struct unit *u = &r->units[i];
                        const struct course *c = &catalog[u->course];
                        for (int part = 0; part < parts_of(c); part++) {
                                const struct course *pc = part_course(c, part);
                                if (pc->room == NULL || u->room[part] >= 0)
                                        continue;
                                if (!part_counts(c, part)) {
                                        u->room[part] = u->room[0];
                                        continue;
                                }
                                unsigned mask = part_mask(u, u->start, part);
                                int type = type_find(pc->room);
                                for (int k = 0; k < r->n_rooms && u->room[part] < 0; k++)
                                        if (r->rooms[k].type == type && (busy[k] & mask) == 0 &&
                                                (pass == 1 || r->staff[u->teacher[part]].home == k))
                                                u->room[part] = k;
                                if (u->room[part] >= 0)
                                        busy[u->room[part]] |= mask;
                                else if (pass == 1)
                                        fail("no room for", pc->id);
                        }
                }
}

static void give_homes(struct redwood *r)
{
        bool taken[64] = {false};

        for (int i = 0; i < n_room_types; i++)
                for (int k = 0; k < room_types[i].count; k++) {
                        snprintf(r->rooms[r->n_rooms].id, sizeof r->rooms[0].id, "%s%d",
                                room_types[i].prefix, k + 1);
                        r->rooms[r->n_rooms++].type = i;
                }
        for (int t = 0; t < r->n_staff; t++) {
                struct staff *who = &r->staff[t];
                const char *room = who->n_taught > 0 ? catalog[who->taught[0]].room : NULL;
                for (int k = 0; k < r->n_rooms && room != NULL && who->home < 0; k++)
                        if (!taken[k] && strcmp(room_types[r->rooms[k].type].type, room) == 0) {
                                who->home = k;
                                taken[k] = true;
                        }
        }
}

bool place_units(struct redwood *r)
{
        static struct usage x;
        int order[MAX_UNITS];
        double cost = INFINITY;

        memset(&x, 0, sizeof x);
        for (int w = 0; w < N_PATHWAYS; w++)
                r->common[w] = (const int[]){5, 2, 4, 7, 3, 6}[w];
        for (int i = 0; i < r->n_units; i++) {
                order[i] = i;
                draw_start(r, &x, &r->units[i], 1000);
        }
        for (int sweep = 0; cost >= CLASH; sweep++) {
                if (sweep > 2 * SWEEPS)
                        return false;
                double heat = sweep < SWEEPS ? 300 * pow(0.003, (double)sweep / SWEEPS) : 1;
                cost = 0;
                shuffle(&r->plan.random, order, r->n_units);
                for (int i = 0; i < r->n_units; i++) {
                        struct unit *u = &r->units[order[i]];
                        use(&x, u, u->start, -1);
                        draw_start(r, &x, u, heat);
                        double clash = use(&x, u, u->start, -1);
                        cost = fmax(cost, clash);
                        use(&x, u, u->start, 1);
                }
                if (sweep < SWEEPS)
                        cost = INFINITY;
        }
        give_homes(r);
        give_rooms(r);
        return true;
}
