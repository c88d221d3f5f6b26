/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests that are read off the plan, a few that are not, and flags that the plan's classes allow.
 */
#include "benchmarks/redwood/redwood.h"

enum { SWAPPED_PERCENT = 6, OPEN_PERCENT = 90, N_ALTERNATES = 2, NAMED_PERCENT = 15 };

static bool same(const char *a, const char *b)
{
        return strcmp(a, b) == 0;
}

static bool is_pick(const struct course *c)
{
        return !c->core && c->form == PLAIN && c->extra == NULL && !same(c->family, "cte");
}

static bool has_extra(const struct redwood *r, int who, const char *family)
{
        const struct pupil *p = &r->pupils[who];

        for (int i = 0; i < p->n_extra; i++)
                if (same(catalog[p->extra[i]].family, family))
                        return true;
        return has_family(r, who, family);
}

/* A pick of a family that the pupil has nothing of yet. */
static int another(struct redwood *r, int who)
{
        int grade = r->plan.people[who].grade, c;

        do
                c = below(&r->plan.random, n_catalog);
        while (!is_pick(&catalog[c]) || (catalog[c].grades >> (grade - 9) & 1) == 0 ||
                has_extra(r, who, catalog[c].family));
        return c;
}

/* Seats that the plan leaves in a course. */
static int spare(const struct redwood *r, int course)
{
        int n = 0;

        for (int i = 0; i < r->n_units; i++)
                if (r->units[i].course == course)
                        n += r->units[i].size - r->units[i].n;
        return n;
}

/* Another pick, which most often has a seat left somewhere, if hardly at the right time. */
static int another_open(struct redwood *r, int who)
{
        int c = another(r, who);

        for (int i = 0; i < 20 && spare(r, c) < 4; i++)
                if (percent(&r->plan.random, OPEN_PERCENT))
                        c = another(r, who);
        return c;
}

void perturb_requests(struct redwood *r)
{
        for (int i = 0; i < r->plan.n_people; i++) {
                struct pupil *p = &r->pupils[i];
                for (int k = 0; k < p->n_units && p->n_extra < 2; k++) {
                        struct unit *u = &r->units[p->units[k]];
                        if (!is_pick(&catalog[u->course]) ||
                                !percent(&r->plan.random, SWAPPED_PERCENT))
                                continue;
                        int seat = 0, c = another_open(r, i);
                        while (u->seats[seat] != i)
                                seat++;
                        u->seats[seat] = u->seats[--u->n];
                        p->units[k--] = p->units[--p->n_units];
                        p->extra[p->n_extra++] = c;
                }
        }
}

static struct planned *section(struct redwood *r, const struct unit *u, int part, int class)
{
        const struct course *c = &catalog[u->course], *pc = part_course(c, part);
        struct planned *s = plan_section(&r->plan, pc->id);
        bool one_term = c->form == TERMS || c->form == WAVES || c->form == SEQUEL;
        bool swapped = (c->form == TERMS && u->number % 2 == 0) || (c->form == WAVES && class == 1);

        s->teacher = u->teacher[part] >= 0 ? r->staff[u->teacher[part]].id : NULL;
        s->co_teacher = u->co_teacher >= 0 ? r->staff[u->co_teacher].id : NULL;
        s->room = u->room[part] >= 0 ? r->rooms[u->room[part]].id : NULL;
        s->cohort = u->group >= 0 ? groups[u->group].cohort : NULL;
        s->period = u->start + (c->form == BLOCK ? part : 0);
        s->periods = c->periods == 2 ? 2 : 1;
        s->terms = one_term ? 1 : 2;
        s->term = one_term ? part ^ swapped : 0;
        s->size = pc->max;
        return s;
}

/* Of two levels stacked in one class the twelfth grade takes the upper. */
static bool sits(const struct redwood *r, const struct course *c, int who, int part)
{
        return c->form != EITHER || (r->plan.people[who].grade == 12) == (part == 1);
}

static void read_unit(struct redwood *r, const struct unit *u)
{
        const struct course *c = &catalog[u->course];
        int classes = c->form == WAVES ? 2 : 1;

        for (int class = 0; class < classes; class ++)
                for (int part = 0; part < parts_of(c); part++) {
                        struct planned *s = section(r, u, part, class);
                        for (int i = class; i < u->n; i += classes)
                                if (sits(r, c, u->seats[i], part))
                                        seat(&r->plan, s, u->seats[i],
                                                c->core ? ASKED_REQUIRED : ASKED_ELECTIVE);
                }
}

static void ask_alternates(struct redwood *r, int who)
{
        struct person *person = &r->plan.people[who];
        struct pupil *p = &r->pupils[who];
        int electives = 0;
        const char *named = NULL;

        for (int i = 0; i < person->n_asked; i++)
                if (person->asked[i].kind == ASKED_ELECTIVE &&
                        below(&r->plan.random, ++electives) == 0)
                        named = person->asked[i].course;
        for (int i = 0; i < N_ALTERNATES; i++) {
                int c = another(r, who);
                struct asked *a = ask(&r->plan, who, catalog[c].id, ASKED_ALTERNATE);
                if (i == 0 && percent(&r->plan.random, NAMED_PERCENT))
                        a->instead = named;
                p->extra[p->n_extra++] = c;
        }
}

void read_plan(struct redwood *r)
{
        for (int i = 0; i < r->n_units; i++)
                read_unit(r, &r->units[i]);
        for (int i = 0; i < r->plan.n_people; i++) {
                for (int k = 0; k < r->pupils[i].n_extra; k++)
                        ask(&r->plan, i, catalog[r->pupils[i].extra[k]].id, ASKED_ELECTIVE);
                ask_alternates(r, i);
        }
}

static bool sits_in(const struct planned *s, int who)
{
        for (int i = 0; i < s->n; i++)
                if (s->seats[i] == who)
                        return true;
        return false;
}

/* Has each of the pupil's classes a teacher who may teach English learners? */
static bool el_taught(const struct redwood *r, int who)
{
        const struct pupil *p = &r->pupils[who];

        for (int i = 0; i < p->n_units; i++)
                for (int part = 0; part < 2; part++) {
                        int t = r->units[p->units[i]].teacher[part];
                        if (t >= 0 && !r->staff[t].el_auth)
                                return false;
                }
        return true;
}

/* Would the pupil be one too many in some class, at 3 in 10? counts: per planned section. */
static bool is_too_many(struct redwood *r, int who, int *counts)
{
        for (int pass = 0; pass < 2; pass++)
                for (int i = 0; i < r->plan.n_planned; i++) {
                        if (!sits_in(&r->plan.planned[i], who))
                                continue;
                        if (pass == 0 && 10 * (counts[i] + 1) > 3 * r->plan.planned[i].size)
                                return true;
                        counts[i] += pass;
                }
        return false;
}

void flag_people(struct redwood *r)
{
        static int counts[MAX_PLAN];

        for (int i = 0; i < r->plan.n_people; i++) {
                struct pupil *p = &r->pupils[i];
                int grade = r->plan.people[i].grade;
                if (percent(&r->plan.random, p->group >= 0 ? 25 : 10))
                        p->at_risk = !is_too_many(r, i, counts);
                if (!p->el && percent(&r->plan.random, 7))
                        p->el = el_taught(r, i);
                if (!p->iep && grade >= 11 && percent(&r->plan.random, 4))
                        p->iep = true;
                for (int k = 0; k < p->n_units; k++)
                        p->iep = p->iep &&
                                 (catalog[r->units[p->units[k]].course].co_taught == 0 ||
                                         r->units[p->units[k]].number <=
                                                 catalog[r->units[p->units[k]].course].co_taught);
        }
}
