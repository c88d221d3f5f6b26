/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One round of hand work after loading, and the sections that stay too small closed. */
#include "benchmarks/loader/desk.h"

static int met(const struct desk *d, int student)
{
        const struct student *st = &d->pb->students[student];
        int n = 0;

        for (int r = st->first_request; r < st->first_request + st->n_requests; r++)
                n += d->sc->seat[r] >= 0;
        return n;
}

/* Take his schedule apart and load him again; keep the better. */
static void load_again(struct desk *d, int student)
{
        const struct student *st = &d->pb->students[student];
        int before = met(d, student), old[64], n = st->n_requests < 64 ? st->n_requests : 64;
        int strand = d->strand[student];

        for (int i = 0; i < n; i++) {
                int r = st->first_request + i;
                old[i] = d->sc->seat[r];
                if (old[i] >= 0 && desk_may_leave(d, r))
                        desk_leave(d, r);
        }
        load_one(d, student);
        if (met(d, student) >= before)
                return;
        for (int i = 0; i < n; i++)
                if (d->sc->seat[st->first_request + i] >= 0 && !d->pinned[st->first_request + i])
                        desk_leave(d, st->first_request + i);
        d->strand[student] = strand;
        for (int i = 0; i < n; i++)
                if (old[i] >= 0 && d->sc->seat[st->first_request + i] < 0)
                        desk_sit(d, st->first_request + i, old[i]);
}

/* Somebody in the full section s moves to another section of the course, and r takes the seat. */
static bool make_room(struct desk *d, int r, int s)
{
        const struct problem *pb = d->pb;
        const struct course *c = &pb->courses[pb->section_course[s]];

        int course = pb->section_course[s];
        for (int k = d->asked_first[course]; k < d->asked_first[course + 1]; k++) {
                int x = d->asked[k];
                if (d->sc->seat[x] != s || !desk_may_leave(d, x))
                        continue;
                desk_leave(d, x);
                bool mine = desk_may_sit(d, r, s);
                for (int o = c->first_section; mine && o < c->first_section + c->sections_max;
                        o++) {
                        if (o == s || d->sc->start[o] < 0 || !desk_may_sit(d, x, o))
                                continue;
                        desk_sit(d, x, o);
                        if (desk_may_sit(d, r, s)) {
                                desk_sit(d, r, s);
                                return true;
                        }
                        desk_leave(d, x);
                }
                desk_sit(d, x, s);
        }
        return false;
}

static bool seat_somehow(struct desk *d, int r)
{
        const struct course *c = &d->pb->courses[d->pb->requests[r].course];

        for (int s = c->first_section; s < c->first_section + c->sections_max; s++)
                if (d->sc->start[s] >= 0 && desk_may_sit(d, r, s)) {
                        desk_sit(d, r, s);
                        return true;
                }
        for (int s = c->first_section; s < c->first_section + c->sections_max; s++)
                if (d->sc->start[s] >= 0 && desk_full(d, s) && desk_could_sit(d, r, s) &&
                        make_room(d, r, s))
                        return true;
        return false;
}

static void seat_unmet(struct desk *d)
{
        for (int r = 0; r < d->pb->n_requests; r++)
                if (d->pb->requests[r].kind != ALTERNATE && d->sc->seat[r] < 0)
                        seat_somehow(d, r);
}

void repair(struct desk *d)
{
        const struct problem *pb = d->pb;

        for (int i = 0; i < pb->n_students; i++) {
                const struct student *st = &pb->students[i];
                bool lacks = false;
                for (int r = st->first_request; r < st->first_request + st->n_requests; r++)
                        lacks = lacks || (pb->requests[r].kind != ALTERNATE && d->sc->seat[r] < 0);
                if (lacks)
                        load_again(d, i);
        }
        seat_unmet(d);
}

/* How many students the hand lacks; 0: it may stay. */
static int lacking(const struct desk *d, int s)
{
        const struct problem *pb = d->pb;
        int hand[MAX_HAND], n = desk_hand(d, s, hand), all = 0, least = 0, empty = 0;

        for (int i = 0; i < n; i++) {
                const struct course *c = &pb->courses[pb->section_course[hand[i]]];
                if (desk_pinned_section(d, hand[i]))
                        return 0;
                all += d->enrolled[hand[i]];
                least = c->size_min > least ? c->size_min : least;
                empty += n > 1 && c->size_min > 0 && !d->enrolled[hand[i]] &&
                         d->sc->start[hand[i]] >= 0;
        }
        return all < least ? least - all : empty;
}

/* Of a stack only the section without students goes, as long as another stays. */
static bool drop_empty(struct desk *d, int s)
{
        int hand[MAX_HAND], n = desk_hand(d, s, hand), stay = 0, gone = 0, least = 0;

        for (int i = 0; i < n; i++) {
                stay += d->sc->start[hand[i]] >= 0 && d->enrolled[hand[i]];
                if (d->enrolled[hand[i]])
                        least = d->pb->courses[d->pb->section_course[hand[i]]].size_min;
        }
        if (n < 2 || stay != 1)
                return false;
        for (int i = 0; i < n; i++) {
                int x = hand[i];
                if (d->sc->start[x] < 0 || d->enrolled[x])
                        continue;
                d->sc->start[x] = d->sc->teacher[x] = d->sc->co_teacher[x] = d->sc->room[x] =
                        d->sc->cohort[x] = NONE;
                gone++;
        }
        return gone && least >= 0;
}

/* A lock seats somebody in it, so it has to run. */
static bool must_run(const struct desk *d, int s)
{
        int hand[MAX_HAND], n = desk_hand(d, s, hand);

        for (int l = 0; l < d->pb->n_locks; l++)
                for (int i = 0; i < n; i++)
                        if (d->pb->locks[l].course == d->pb->section_course[hand[i]] &&
                                d->pb->locks[l].section == d->pb->section_number[hand[i]])
                                return true;
        return false;
}

/* Students of larger sections of the course come over. */
static void fill_up(struct desk *d, int s)
{
        const struct problem *pb = d->pb;
        int c = pb->section_course[s];

        for (int k = d->asked_first[c]; k < d->asked_first[c + 1] && lacking(d, s); k++) {
                int r = d->asked[k], from = d->sc->seat[r];
                bool spare = from >= 0 && from != s && d->enrolled[from] > pb->courses[c].size_min;
                if (!spare || !desk_may_leave(d, r))
                        continue;
                desk_leave(d, r);
                desk_sit(d, r, desk_may_sit(d, r, s) ? s : from);
        }
}

static void seat_again(struct desk *d, const int *hand, int n)
{
        for (int i = 0; i < n; i++) {
                int c = d->pb->section_course[hand[i]];
                for (int k = d->asked_first[c]; k < d->asked_first[c + 1]; k++)
                        if (d->sc->seat[d->asked[k]] < 0 &&
                                d->pb->requests[d->asked[k]].kind != ALTERNATE)
                                seat_somehow(d, d->asked[k]);
        }
}

void close_small(struct desk *d)
{
        const struct problem *pb = d->pb;

        for (int s = 0; s < pb->n_sections; s++)
                if (d->sc->start[s] >= 0 && must_run(d, s) && lacking(d, s))
                        fill_up(d, s);
        for (int round = 0; round < pb->n_sections; round++) {
                int worst = NONE, most = 0;
                for (int s = 0; s < pb->n_sections; s++) {
                        int lack = d->sc->start[s] >= 0 && !must_run(d, s) ? lacking(d, s) : 0;
                        if (lack > most) {
                                most = lack;
                                worst = s;
                        }
                }
                if (worst < 0)
                        break;
                int hand[MAX_HAND], n = desk_hand(d, worst, hand);
                if (!drop_empty(d, worst))
                        desk_unplace(d, worst);
                seat_again(d, hand, n);
        }
        seat_unmet(d);
}
