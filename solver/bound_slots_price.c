/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The set of choices in one period that earns most. What a choice loses grows with what is taken
 * before it, so its loss now bounds its loss later: branch and bound, best choices first.
 */
#include "solver/bound_slots_parts.h"
#include <string.h>

struct candidate {
        int choice;
        double gain; /* price less what it would lose beside what is taken */
};

static const double FUZZ = 1e-7;

static const struct choice *choice_at(const struct slots *s, int c)
{
        return &s->classes[s->class].choices[c];
}

static int64_t loss_of(const struct slots *s, const struct choice *c)
{
        const struct item *it = &s->items[c->item];
        const int terms = s->pb->n_terms;
        int64_t sum = 0;

        for (int n = 0; n < it->n; n++)
                for (int t = c->term; t < c->term + c->terms; t++) {
                        const int held = s->held[it->wishes[n].student * terms + t];

                        sum += held < it->wishes[n].weight ? held : it->wishes[n].weight;
                }
        return sum;
}

/* Can choice c have person x, others moving over if need be? used: [n] by whom, in one term. */
static bool augment(struct slots *s, int c, int *used, const struct ints *able, cellset cell)
{
        for (int i = 0; i < able->n; i++) {
                const int t = able->v[i];

                if (s->tried[t] || !(s->pb->teachers[t].available & cell))
                        continue;
                s->tried[t] = true;
                if (used[t] >= 0) {
                        const struct choice *o = choice_at(s, used[t]);
                        const struct course *co = &s->pb->courses[s->items[o->item].course];

                        if (!augment(s, used[t], used, &co->able_teachers, cell))
                                continue;
                }
                used[t] = c;
                return true;
        }
        return false;
}

static bool augment_room(struct slots *s, int c, int *used, const struct ints *able, cellset cell)
{
        for (int i = 0; i < able->n; i++) {
                const int r = able->v[i];

                if (s->tried[r] || !(s->pb->rooms[r].available & cell))
                        continue;
                s->tried[r] = true;
                if (used[r] >= 0) {
                        const struct choice *o = choice_at(s, used[r]);
                        const struct course *co = &s->pb->courses[s->items[o->item].course];

                        if (!augment_room(s, used[r], used, &co->able_rooms, cell))
                                continue;
                }
                used[r] = c;
                return true;
        }
        return false;
}

/* Is there a teacher and a room for choice c in each of its terms, beside the others? They are then
 * taken. Stacked courses share theirs and are left alone. */
static bool staff(struct slots *s, int c)
{
        const struct problem *pb = s->pb;
        const struct choice *x = choice_at(s, c);
        const struct course *co = &pb->courses[s->items[x->item].course];

        for (int t = x->term; t < x->term + x->terms && co->stack == NONE; t++) {
                const cellset cell = (cellset)1
                                     << (t * pb->n_periods + s->classes[s->class].period);

                memset(s->tried, 0, (size_t)pb->n_teachers * sizeof *s->tried);
                if (co->staffed &&
                        !augment(s, c, s->taught + t * pb->n_teachers, &co->able_teachers, cell))
                        return false;
                memset(s->tried, 0, (size_t)pb->n_rooms * sizeof *s->tried);
                if (co->room_type != NONE &&
                        !augment_room(s, c, s->roomed + t * pb->n_rooms, &co->able_rooms, cell))
                        return false;
        }
        return true;
}

static void note_best(struct slots *s, double earned)
{
        if (earned <= s->best + FUZZ)
                return;
        s->best = earned;
        slots_keep(s, s->path, s->depth, s->path_loss);
}

/*
 * What the candidates from i on could add: one of each item; of those that only one teacher could
 * take, one in each term, their gains spread over their terms.
 */
static void bounds_from(struct slots *s, const struct candidate *list, int n, double *rest)
{
        const int terms = s->pb->n_terms;

        rest[n] = 0;
        for (int i = n - 1; i >= 0; i--) {
                const struct choice *c = choice_at(s, list[i].choice);
                const int sole = s->items[c->item].sole;
                double more = 0;

                for (int t = c->term; t < c->term + c->terms && sole >= 0; t++) {
                        double *best = &s->by_teacher[sole * terms + t];
                        const double share = list[i].gain / c->terms;

                        more += share > *best ? share - *best : 0;
                        *best = share > *best ? share : *best;
                }
                if (sole < 0 && list[i].gain > s->by_item[c->item]) {
                        more = list[i].gain - s->by_item[c->item];
                        s->by_item[c->item] = list[i].gain;
                }
                rest[i] = rest[i + 1] + more;
        }
        for (int i = 0; i < n; i++) {
                const struct choice *c = choice_at(s, list[i].choice);
                const int sole = s->items[c->item].sole;

                s->by_item[c->item] = 0;
                for (int t = 0; t < terms && sole >= 0; t++)
                        s->by_teacher[sole * terms + t] = 0;
        }
}

static void sort(struct candidate *list, int n)
{
        for (int i = 1; i < n; i++)
                for (int j = i; j > 0 && list[j].gain > list[j - 1].gain; j--) {
                        const struct candidate c = list[j];
                        list[j] = list[j - 1];
                        list[j - 1] = c;
                }
}

static void descend(struct slots *s, const struct candidate *from, int n_from, double earned);

/* Take choice c, if it can be staffed, and go on with the candidates behind it. */
static void take(struct slots *s, const struct candidate *list, int at, int n, double earned)
{
        const struct problem *pb = s->pb;
        const struct choice *c = choice_at(s, list[at].choice);
        const struct item *it = &s->items[c->item];
        const size_t people = (size_t)(pb->n_terms * pb->n_teachers) * sizeof(int);
        const size_t rooms = (size_t)(pb->n_terms * pb->n_rooms) * sizeof(int);
        int *saved = mem_alloc(people + rooms + (size_t)(it->n * c->terms + 1) * sizeof(int));
        int *held = saved + pb->n_terms * (pb->n_teachers + pb->n_rooms), m = 0;

        memcpy(saved, s->taught, people);
        memcpy(saved + pb->n_terms * pb->n_teachers, s->roomed, rooms);
        if (staff(s, list[at].choice)) {
                const int64_t loss = loss_of(s, c);

                for (int n_wish = 0; n_wish < it->n; n_wish++)
                        for (int t = c->term; t < c->term + c->terms; t++) {
                                int *cell = &s->held[it->wishes[n_wish].student * pb->n_terms + t];

                                held[m++] = *cell;
                                if (*cell < it->wishes[n_wish].weight)
                                        *cell = it->wishes[n_wish].weight;
                        }
                s->path[s->depth++] = list[at].choice;
                s->path_loss += loss;
                descend(s, list + at + 1, n - at - 1, earned + list[at].gain);
                s->path_loss -= loss;
                s->depth--;
                for (int n_wish = it->n - 1; n_wish >= 0; n_wish--)
                        for (int t = c->term + c->terms - 1; t >= c->term; t--)
                                s->held[it->wishes[n_wish].student * pb->n_terms + t] = held[--m];
        }
        memcpy(s->taught, saved, people);
        memcpy(s->roomed, saved + pb->n_terms * pb->n_teachers, rooms);
        mem_free(saved);
}

static void descend(struct slots *s, const struct candidate *from, int n_from, double earned)
{
        struct candidate *list = mem_alloc((size_t)(n_from + 1) * sizeof *list);
        double *rest = mem_alloc((size_t)(n_from + 1) * sizeof *rest);
        int n = 0;

        note_best(s, earned);
        for (int i = 0; i < n_from; i++) {
                const struct choice *c = choice_at(s, from[i].choice);
                const double gain = s->price[c->item] - (double)loss_of(s, c);
                bool there = false;

                for (int d = 0; d < s->depth; d++)
                        there |= choice_at(s, s->path[d])->item == c->item;
                if (gain > FUZZ && !there)
                        list[n++] = (struct candidate){from[i].choice, gain};
        }
        sort(list, n);
        bounds_from(s, list, n, rest);
        s->nodes -= 1 + n_from / 8;
        if (!meter_spend(s->meter, 8 + n_from))
                s->nodes = NONE;
        for (int i = 0; i < n && earned + rest[i] > s->best + FUZZ; i++) {
                if (s->nodes < 0) {
                        s->open = earned + rest[i] > s->open ? earned + rest[i] : s->open;
                        break;
                }
                take(s, list, i, n, earned);
        }
        mem_free(list);
        mem_free(rest);
}

double slots_price(struct slots *s, int class, int64_t nodes)
{
        const struct slot_class *x = &s->classes[class];
        const struct problem *pb = s->pb;
        struct candidate *all = mem_alloc((size_t)(x->n_choices + 1) * sizeof *all);

        s->class = class;
        s->best = 0;
        s->open = 0;
        s->depth = 0;
        s->path_loss = 0;
        s->nodes = nodes;
        memset(s->held, 0, (size_t)(pb->n_students * pb->n_terms) * sizeof *s->held);
        for (int i = 0; i < pb->n_terms * pb->n_teachers; i++)
                s->taught[i] = NONE;
        for (int i = 0; i < pb->n_terms * pb->n_rooms; i++)
                s->roomed[i] = NONE;
        for (int c = 0; c < x->n_choices; c++)
                all[c].choice = c;
        descend(s, all, x->n_choices, 0);
        mem_free(all);
        return s->open > s->best ? s->open : s->best;
}
