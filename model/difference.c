/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/difference.h"

static int what_changed(const struct schedule *a, const struct schedule *b, int s)
{
        if (a->start[s] < 0 && b->start[s] < 0)
                return 0;
        if (a->start[s] < 0)
                return CHANGE_PLACED;
        if (b->start[s] < 0)
                return CHANGE_DROPPED;
        int what = 0;
        if (a->start[s] != b->start[s])
                what |= CHANGE_TIME;
        if (a->teacher[s] != b->teacher[s] || a->co_teacher[s] != b->co_teacher[s])
                what |= CHANGE_TEACHER;
        if (a->room[s] != b->room[s])
                what |= CHANGE_ROOM;
        if (a->cohort[s] != b->cohort[s])
                what |= CHANGE_COHORT;
        return what;
}

static void find_seats(struct difference *d, struct section_change *all)
{
        const struct problem *pb = d->a->pb;
        int cap = 0, last = -1;

        for (int r = 0; r < pb->n_requests; r++) {
                int from = d->a->seat[r], to = d->b->seat[r];
                if (from == to)
                        continue;
                MEM_GROW(d->seats, d->n_seats, cap);
                d->seats[d->n_seats++] = (struct seat_change){r, from, to};
                if (from >= 0)
                        all[from].left++;
                if (to >= 0)
                        all[to].joined++;
                d->n_students += pb->requests[r].student != last;
                last = pb->requests[r].student;
        }
}

void difference_init(struct difference *d, const struct schedule *a, const struct schedule *b)
{
        const struct problem *pb = a->pb;
        struct section_change *all = mem_zero((size_t)pb->n_sections + 1, sizeof *all);

        *d = (struct difference){.a = a, .b = b};
        find_seats(d, all);
        for (int s = 0; s < pb->n_sections; s++) {
                struct section_change c = all[s];
                c.section = s;
                c.what = what_changed(a, b, s);
                if (c.what || c.joined || c.left)
                        all[d->n_sections++] = c;
        }
        d->sections = all;
}

void difference_release(struct difference *d)
{
        mem_free(d->sections);
        mem_free(d->seats);
        *d = (struct difference){0};
}
