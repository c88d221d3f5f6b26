/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/variant_parts.h"

void before_take(struct before *b, const struct problem *pb)
{
        b->loads = mem_zero((size_t)pb->n_teachers + 1, sizeof *b->loads);
        b->periods = mem_zero((size_t)pb->n_courses + 1, sizeof *b->periods);
        for (int t = 0; t < pb->n_teachers; t++)
                b->loads[t] = pb->teachers[t].stated.load;
        for (int c = 0; c < pb->n_courses; c++)
                b->periods[c] = pb->courses[c].periods;
}

void before_release(struct before *b)
{
        mem_free(b->loads);
        mem_free(b->periods);
}

/* The longest meeting of a course that the teacher had load enough for. */
static int longest_meeting(const struct problem *pb, const struct before *b, int t)
{
        int longest = 0;

        for (int i = 0; i < pb->n_courses; i++) {
                const struct course *c = &pb->courses[i];
                if (c->counts_load && b->periods[i] <= b->loads[t] && c->periods > longest &&
                        ints_has(&c->able_teachers, t))
                        longest = c->periods;
        }
        return longest;
}

void variant_keep_loads(struct problem *pb, const struct before *b, struct notes *notes)
{
        const char *names = "";

        for (int t = 0; t < pb->n_teachers; t++) {
                struct teacher *x = &pb->teachers[t];
                if (b->loads[t] < 0)
                        continue;
                int least = longest_meeting(pb, b, t);
                if (x->stated.load < least)
                        x->stated.load = least;
                if (x->stated.load != b->loads[t])
                        names = arena_printf(pb->arena, "%s%s%s %d (%d)", names, *names ? ", " : "",
                                x->id, x->stated.load, b->loads[t]);
        }
        if (*names)
                notes_add(pb, notes, "own loads of teachers, before in brackets: %s", names);
}
