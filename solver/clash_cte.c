/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/edit.h"
#include "solver/clash.h"

static void add_section(const struct problem *pb, int s, struct edits *list)
{
        const struct course *c = &pb->courses[pb->section_course[s]];
        struct lock l = lock_of(pb->section_course[s], pb->section_number[s], c->sections_at);

        edits_push(list, (struct edit){.kind = EDIT_ADD_LOCK, .lock = l});
}

/* The school in which section s and the CTE sections that are placed have to run. */
static struct problem *all_run(const struct schedule *sc, int s)
{
        const struct problem *pb = sc->pb;
        struct edits list = {0};
        struct report *rp = report_new();

        for (int o = 0; o < pb->n_sections; o++)
                if (o == s ||
                        (sc->start[o] >= 0 && pb->courses[pb->section_course[o]].pathway >= 0))
                        add_section(pb, o, &list);
        struct problem *to = edits_apply(pb, list.v, list.n, rp);
        edits_release(&list);
        report_free(rp);
        return to;
}

const char *cte_clash(struct arena *a, const struct schedule *sc, int s, struct meter *m)
{
        struct problem *to = all_run(sc, s);
        const char *text = NULL;
        struct place first;
        bool sure;

        if (!to)
                return NULL;
        struct report *rp = report_new();
        struct schedule *found = schedule_new(to);
        if (locks_hold(to, m, found, rp) == CLASHES)
                text = minimal_clash(a, to, m, &first, &sure, rp);
        if (text && !sure)
                text = arena_printf(a, "%s (time ran out: perhaps not each of them matters)", text);
        schedule_free(found);
        report_free(rp);
        problem_free(to);
        return text;
}
