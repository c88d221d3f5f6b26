/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Teachers and rooms against the sections that are asked for. */
#include "model/flow.h"
#include "model/tally_parts.h"
#include <string.h>

static struct ints both(struct arena *a, const struct ints *x, const struct ints *y)
{
        struct ints out = {0};

        for (int i = 0; i < x->n; i++)
                if (ints_has(y, x->v[i]))
                        ints_push(a, &out, x->v[i]);
        return out;
}

static void push_once(struct arena *a, struct ints *list, int x)
{
        if (!ints_has(list, x))
                ints_push(a, list, x);
}

/* ---- batches ---- */

static cellset covered(const struct problem *pb, const struct course *c)
{
        cellset all = 0;

        for (int cell = 0; cell < pb->n_cells; cell++)
                all |= c->start_cells[cell];
        return all;
}

static void join_batch(const struct tally *t, struct batch *b, int course)
{
        const struct course *c = &t->pb->courses[course];

        if (!b->courses.n) {
                b->course = course;
                b->able = c->staffed ? c->able_teachers : (struct ints){0};
                b->rooms = c->able_rooms;
                b->covers = covered(t->pb, c);
        } else {
                b->able = both(t->arena, &b->able, &c->able_teachers);
                b->covers &= covered(t->pb, c);
        }
        ints_push(t->arena, &b->courses, course);
        b->sections = c->sections_min > b->sections ? c->sections_min : b->sections;
        b->cells = c->periods * c->terms > b->cells ? c->periods * c->terms : b->cells;
        b->largest =
                t->courses[course].largest > b->largest ? t->courses[course].largest : b->largest;
}

struct batch *tally_batches(const struct tally *t, int *n)
{
        const struct problem *pb = t->pb;
        struct batch *all = arena_array(t->arena, (size_t)pb->n_courses + 1, sizeof *all);
        int *of_stack = arena_array(t->arena, (size_t)pb->n_rules + 1, sizeof *of_stack);

        *n = 0;
        for (int c = 0; c < pb->n_courses; c++) {
                int stack = pb->courses[c].stack;
                if (pb->courses[c].sections_min < 1)
                        continue;
                if (stack >= 0 && of_stack[stack]) {
                        join_batch(t, &all[of_stack[stack] - 1], c);
                        continue;
                }
                join_batch(t, &all[(*n)++], c);
                if (stack >= 0)
                        of_stack[stack] = *n;
        }
        return all;
}

/* Those who co-teach the first sections of a course: [n_courses], *n of them. */
static struct batch *support_batches(const struct tally *t, int *n)
{
        const struct problem *pb = t->pb;
        struct batch *all = arena_array(t->arena, (size_t)pb->n_courses + 1, sizeof *all);

        *n = 0;
        for (int i = 0; i < pb->n_courses; i++) {
                const struct course *c = &pb->courses[i];
                int sections = c->support.sections;
                if (!c->support.given || !c->staffed || c->sections_min < 1)
                        continue;
                struct batch *b = &all[(*n)++];
                *b = (struct batch){.course = i,
                        .able = c->able_co_teachers,
                        .sections = sections < c->sections_min ? sections : c->sections_min,
                        .cells = c->periods * c->terms,
                        .covers = covered(pb, c),
                        .support = true};
                ints_push(t->arena, &b->courses, i);
        }
        return all;
}

/* ---- pools ---- */

static const char *credential_names(const struct tally *t, const struct ints *list)
{
        const char *text = list->n ? "" : "nobody";

        if (!list->given)
                return "anyone";
        for (int i = 0; i < list->n; i++)
                text = arena_printf(t->arena, "%s%s%s", text, i ? " or " : "",
                        index_id(t->pb->credentials, list->v[i]));
        return text;
}

static bool same_list(const struct ints *x, const struct ints *y)
{
        if (x->given != y->given || x->n != y->n)
                return false;
        for (int i = 0; i < x->n; i++)
                if (!ints_has(y, x->v[i]))
                        return false;
        return true;
}

static void pool_add(const struct tally *t, struct pool *p, const struct batch *b,
        const struct ints *able, const int *capacity)
{
        for (int i = 0; i < b->courses.n; i++)
                ints_push(t->arena, &p->courses, b->courses.v[i]);
        p->sections += b->sections;
        p->cells += b->sections * b->cells;
        for (int i = 0; i < able->n; i++) {
                if (ints_has(&p->able, able->v[i]))
                        continue;
                ints_push(t->arena, &p->able, able->v[i]);
                p->has += capacity[able->v[i]];
        }
}

static bool takes_load(const struct tally *t, const struct batch *b)
{
        const struct course *c = &t->pb->courses[b->course];

        return c->staffed && c->counts_load;
}

static void space_pools(struct tally *t, const struct batch *batches, int n, const int *capacity)
{
        const struct course *courses = t->pb->courses;

        t->space = arena_array(t->arena, (size_t)n + 1, sizeof *t->space);
        for (int i = 0; i < n; i++) {
                int type = courses[batches[i].course].room_type, p = 0;
                if (type < 0)
                        continue;
                while (p < t->n_space && type != courses[t->space[p].courses.v[0]].room_type)
                        p++;
                if (p == t->n_space)
                        t->space[t->n_space++].name = index_id(t->pb->room_types, type);
                pool_add(t, &t->space[p], &batches[i], &batches[i].rooms, capacity);
        }
}

/* ---- shortages: the cut of a largest flow from batches to people or rooms ---- */

struct supply {
        struct tally *t;
        int n, n_right;
        const struct batch **batch; /* those that need one */
        const struct ints **able;   /* [n] */
        const int *capacity;        /* [n_right] cells */
        const cellset *available;   /* [n_right] */
        bool *left, *right;         /* in the part looked at */
        bool *seen;                 /* batches told of */
};

/* Nobody is in two sections of a batch in one cell. */
static int most_of(const struct supply *s, int i, int j)
{
        int cells = __builtin_popcountll(s->available[j] & s->batch[i]->covers);
        int need = s->batch[i]->sections * s->batch[i]->cells;

        return cells < need ? cells : need;
}

/* The connected part of the chosen nodes that batch `first` belongs to; others: and what those not
 * chosen can give its batches. */
static struct shortage part_of(struct supply *s, int first, bool others)
{
        struct arena *a = s->t->arena;
        struct shortage out = {0};
        struct ints queue = {0};

        ints_push(a, &queue, first);
        s->seen[first] = true;
        for (int at = 0; at < queue.n; at++) {
                int i = queue.v[at];
                const struct batch *b = s->batch[i];
                out.cells += b->sections * b->cells;
                for (int c = 0; c < b->courses.n; c++)
                        ints_push(a, &out.courses, b->courses.v[c]);
                for (int k = 0; k < s->able[i]->n; k++) {
                        int j = s->able[i]->v[k];
                        if (!s->right[j] && !others)
                                continue;
                        if (!s->right[j]) {
                                out.has += most_of(s, i, j);
                                push_once(a, &out.able, j);
                                continue;
                        }
                        if (!ints_has(&out.able, j))
                                out.has += s->capacity[j];
                        push_once(a, &out.able, j);
                        for (int o = 0; o < s->n; o++) {
                                if (s->seen[o] || !s->left[o] || !ints_has(s->able[o], j))
                                        continue;
                                s->seen[o] = true;
                                ints_push(a, &queue, o);
                        }
                }
        }
        return out;
}

static struct shortage *parts_of(struct supply *s, bool others, int *n)
{
        struct shortage *all = arena_array(s->t->arena, (size_t)s->n + 1, sizeof *all);

        memset(s->seen, 0, (size_t)s->n * sizeof *s->seen);
        *n = 0;
        for (int i = 0; i < s->n; i++)
                if (s->left[i] && !s->seen[i])
                        all[(*n)++] = part_of(s, i, others);
        return all;
}

static struct flow *flow_of(const struct supply *s)
{
        struct flow *f = flow_new(s->t->arena, s->n, s->n_right);

        for (int i = 0; i < s->n; i++) {
                flow_need(f, i, s->batch[i]->sections * s->batch[i]->cells);
                for (int k = 0; k < s->able[i]->n; k++)
                        flow_edge(f, i, s->able[i]->v[k], most_of(s, i, s->able[i]->v[k]));
        }
        for (int j = 0; j < s->n_right; j++)
                flow_room(f, j, s->capacity[j]);
        flow_run(f);
        return f;
}

static void supply_open(struct supply *s, int n)
{
        struct arena *a = s->t->arena;

        s->batch = arena_array(a, (size_t)n + 1, sizeof *s->batch);
        s->able = arena_array(a, (size_t)n + 1, sizeof *s->able);
        s->left = arena_array(a, (size_t)n + 1, sizeof *s->left);
        s->seen = arena_array(a, (size_t)n + 1, sizeof *s->seen);
        s->right = arena_array(a, (size_t)s->n_right + 1, sizeof *s->right);
}

static struct shortage *short_parts(struct supply *s, const struct flow *f, int *n)
{
        for (int i = 0; i < s->n; i++)
                s->left[i] = flow_left_short(f, i);
        for (int j = 0; j < s->n_right; j++)
                s->right[j] = flow_right_full(f, j);
        return parts_of(s, true, n);
}

/* Teachers who cannot all be used up, with every course that they could teach. */
static struct shortage *spare_parts(struct supply *s, const struct flow *f, int *n)
{
        for (int j = 0; j < s->n_right; j++)
                s->right[j] = flow_right_spare(f, j);
        for (int i = 0; i < s->n; i++) {
                s->left[i] = false;
                for (int k = 0; k < s->able[i]->n; k++)
                        s->left[i] |= s->right[s->able[i]->v[k]];
        }
        struct shortage *all = parts_of(s, false, n);
        int kept = 0;
        for (int i = 0; i < *n; i++)
                if (all[i].has > all[i].cells)
                        all[kept++] = all[i];
        *n = kept;
        return all;
}

/* ---- teachers ---- */

static const struct ints *asked_of(const struct problem *pb, const struct batch *b)
{
        const struct course *c = &pb->courses[b->course];

        return b->support ? &c->support.credentials : &c->credentials;
}

static void staff_pools(struct tally *t, const struct supply *s)
{
        const struct ints **lists = arena_array(t->arena, (size_t)s->n + 1, sizeof *lists);

        t->staff = arena_array(t->arena, (size_t)s->n + 1, sizeof *t->staff);
        for (int i = 0; i < s->n; i++) {
                const struct ints *list = asked_of(t->pb, s->batch[i]);
                int p = 0;
                while (p < t->n_staff && !same_list(list, lists[p]))
                        p++;
                if (p == t->n_staff) {
                        lists[p] = list;
                        t->staff[t->n_staff++].name = credential_names(t, list);
                }
                pool_add(t, &t->staff[p], s->batch[i], s->able[i], s->capacity);
        }
}

static int capacity_of(const struct problem *pb, const struct teacher *who)
{
        int cells = 0;

        for (int term = 0; term < pb->n_terms; term++) {
                int there = __builtin_popcountll(who->available & pb->term_cells[term]);
                cells += there < who->limits.load ? there : who->limits.load;
        }
        return cells;
}

/* Periods of a term in at most `preps` of the batches; sizes: [n], is used up. */
static int best_preps(int *sizes, int n, int preps)
{
        int sum = 0;

        for (int i = 0; i < n && (preps < 0 || i < preps); i++) {
                int best = i;
                for (int j = i + 1; j < n; j++)
                        best = sizes[j] > sizes[best] ? j : best;
                int swap = sizes[i];
                sizes[i] = sizes[best];
                sizes[best] = swap;
                sum += sizes[i];
        }
        return sum;
}

static void tally_teacher(struct tally *t, const struct supply *s, int who, int *sizes)
{
        const struct problem *pb = t->pb;
        struct teacher_tally *it = &t->teachers[who];
        int n = 0, sum = 0;

        it->capacity = s->capacity[who];
        for (int i = 0; i < s->n; i++) {
                if (!ints_has(s->able[i], who))
                        continue;
                it->courses += s->batch[i]->courses.n;
                it->sections += s->batch[i]->sections;
                sum += most_of(s, i, who);
                sizes[n++] = s->batch[i]->sections * pb->courses[s->batch[i]->course].periods;
        }
        int by_preps = best_preps(sizes, n, pb->teachers[who].limits.preps) * pb->n_terms;
        it->most = sum < by_preps ? sum : by_preps;
        it->most = it->most < it->capacity ? it->most : it->capacity;
}

static void need_one(struct supply *s, const struct batch *b)
{
        if (!takes_load(s->t, b))
                return;
        s->batch[s->n] = b;
        s->able[s->n++] = &b->able;
        s->t->staffed_cells += b->sections * b->cells;
}

static void staff(struct tally *t, const struct batch *batches, int n)
{
        int n_support;
        const struct batch *support = support_batches(t, &n_support);
        const struct problem *pb = t->pb;
        struct supply s = {.t = t, .n_right = pb->n_teachers};
        int *capacity = arena_array(t->arena, (size_t)pb->n_teachers + 1, sizeof *capacity);
        cellset *there = arena_array(t->arena, (size_t)pb->n_teachers + 1, sizeof *there);
        int *sizes = arena_array(t->arena, (size_t)(n + n_support) + 1, sizeof *sizes);

        for (int j = 0; j < pb->n_teachers; j++) {
                capacity[j] = capacity_of(pb, &pb->teachers[j]);
                there[j] = pb->teachers[j].available;
        }
        supply_open(&s, n + n_support);
        s.capacity = capacity;
        s.available = there;
        for (int i = 0; i < n; i++)
                need_one(&s, &batches[i]);
        for (int i = 0; i < n_support; i++)
                need_one(&s, &support[i]);
        struct flow *f = flow_of(&s);
        t->staff_short = short_parts(&s, f, &t->n_staff_short);
        t->staff_over = spare_parts(&s, f, &t->n_staff_over);
        t->teachers = arena_array(t->arena, (size_t)pb->n_teachers + 1, sizeof *t->teachers);
        for (int j = 0; j < pb->n_teachers; j++) {
                tally_teacher(t, &s, j, sizes);
                t->teachers[j].spare = flow_right_spare(f, j);
        }
        staff_pools(t, &s);
}

static void space(struct tally *t, const struct batch *batches, int n)
{
        const struct problem *pb = t->pb;
        struct supply s = {.t = t, .n_right = pb->n_rooms};
        int *capacity = arena_array(t->arena, (size_t)pb->n_rooms + 1, sizeof *capacity);
        cellset *there = arena_array(t->arena, (size_t)pb->n_rooms + 1, sizeof *there);

        for (int j = 0; j < pb->n_rooms; j++) {
                there[j] = pb->rooms[j].available;
                capacity[j] = __builtin_popcountll(there[j]);
        }
        supply_open(&s, n);
        s.capacity = capacity;
        s.available = there;
        for (int i = 0; i < n; i++) {
                if (pb->courses[batches[i].course].room_type < 0)
                        continue;
                s.batch[s.n] = &batches[i];
                s.able[s.n++] = &batches[i].rooms;
        }
        struct flow *f = flow_of(&s);
        t->space_short = short_parts(&s, f, &t->n_space_short);
        space_pools(t, batches, n, capacity);
}

void tally_staff(struct tally *t)
{
        int n;
        struct batch *batches = tally_batches(t, &n);

        for (int i = 0; i < n; i++)
                t->section_cells += batches[i].sections * batches[i].cells;
        staff(t, batches, n);
        space(t, batches, n);
}
