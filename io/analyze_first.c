/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to look at first, in sentences: what is certain to go wrong, CTE leading. */
#include "io/analyze_sheet.h"

enum { NAMED = 8, PAIRS_NAMED = 10 };

static const char *plural(int n)
{
        return n == 1 ? "" : "s";
}

static void glance(struct sheets *all, struct sheet *s)
{
        const struct tally *t = all->tally;
        const struct problem *pb = t->pb;
        int primary = 0, cte = 0, sections = 0, singles = 0;

        for (int c = 0; c < pb->n_courses; c++) {
                primary += pb->courses[c].n_primary;
                cte += t->courses[c].cte;
                sections += pb->courses[c].sections_min;
                singles += pb->courses[c].sections_max == 1;
        }
        put_cell(all, s,
                arena_printf(all->arena,
                        "%d students make %d primary requests, %d of them CTE requests, for %d "
                        "sections of %d courses, %d of which have a single section.",
                        pb->n_students, primary, cte, sections, pb->n_courses, singles));
        put_cell(all, s,
                arena_printf(all->arena,
                        "The sections ask for %.1f periods of teaching a term: %.1f FTE of %d "
                        "periods each.",
                        (double)t->staffed_cells / pb->n_terms,
                        (double)t->staffed_cells / pb->n_terms / t->load, t->load));
}

static void shortages(struct sheets *all, struct sheet *s)
{
        const struct tally *t = all->tally;
        double terms = t->pb->n_terms;

        for (int i = 0; i < t->n_staff_short; i++) {
                const struct shortage *v = &t->staff_short[i];
                put_cell(all, s,
                        arena_printf(all->arena,
                                "Teachers run short: %s ask for %.1f periods a term; %s can give "
                                "%.1f.",
                                course_list(all, &v->courses, NAMED), v->cells / terms,
                                teacher_list(all, &v->able, NAMED), v->has / terms));
        }
        for (int i = 0; i < t->n_space_short; i++) {
                const struct shortage *v = &t->space_short[i];
                put_cell(all, s,
                        arena_printf(all->arena,
                                "Rooms run short: %s ask for %.1f periods a term; %s can give "
                                "%.1f.",
                                course_list(all, &v->courses, NAMED), v->cells / terms,
                                room_list(all, &v->able, NAMED), v->has / terms));
        }
}

static void full_courses(struct sheets *all, struct sheet *s)
{
        const struct tally *t = all->tally;

        for (int c = 0; c < t->pb->n_courses; c++) {
                const struct course *it = &t->pb->courses[c];
                int lack = it->n_primary - t->courses[c].seats;
                if (lack > 0)
                        put_cell(all, s,
                                arena_printf(all->arena,
                                        "%s has %d seat%s for %d primary requests: %d stay%s "
                                        "unmet.",
                                        it->id, t->courses[c].seats, plural(t->courses[c].seats),
                                        it->n_primary, lack, lack == 1 ? "s" : ""));
        }
}

static void full_for_others(struct sheets *all, struct sheet *s)
{
        const struct tally *t = all->tally;

        for (int c = 0; c < t->pb->n_courses; c++) {
                const struct course_tally *n = &t->courses[c];
                int lack = n->others - n->others_seats;
                int known = t->pb->courses[c].n_primary - n->seats; /* told already */
                if (n->others_seats >= 0 && lack > 0 && lack > known)
                        put_cell(all, s,
                                arena_printf(all->arena,
                                        "%s has %d seat%s for %d student%s outside its cohorts, "
                                        "given purity: %d stay%s unmet, or members sit outside "
                                        "their sections.",
                                        t->pb->courses[c].id, n->others_seats,
                                        plural(n->others_seats), n->others, plural(n->others), lack,
                                        lack == 1 ? "s" : ""));
        }
}

static void groups(struct sheets *all, struct sheet *s)
{
        const struct tally *t = all->tally;
        const struct problem *pb = t->pb;

        for (int i = 0; i < t->n_groups; i++) {
                const struct group_tally *g = &t->groups[i];
                if (g->groups > pb->courses[g->course].sections_max)
                        put_cell(all, s,
                                arena_printf(all->arena,
                                        "Cohort %s makes %d groups in %s, which has %d section%s.",
                                        pb->cohorts[g->cohort].id, g->groups,
                                        pb->courses[g->course].id,
                                        pb->courses[g->course].sections_max,
                                        plural(pb->courses[g->course].sections_max)));
        }
}

static void pairs(struct sheets *all, struct sheet *s)
{
        const struct tally *t = all->tally;
        const struct problem *pb = t->pb;
        int told = 0;

        for (int i = 0; i < t->n_pairs; i++) {
                const struct pair *p = &t->pairs[i];
                if (!p->never)
                        continue;
                put_cell(all, s,
                        arena_printf(all->arena,
                                "%s and %s cannot be taken together, wherever they start; %d "
                                "student%s request%s both.",
                                pb->courses[p->a].id, pb->courses[p->b].id, p->students,
                                plural(p->students), p->students == 1 ? "s" : ""));
        }
        for (int i = 0; i < t->n_pairs && told < PAIRS_NAMED; i++) {
                const struct pair *p = &t->pairs[i];
                if (!p->single || p->never || p->students < 2)
                        continue;
                put_cell(all, s,
                        arena_printf(all->arena,
                                "Singletons %s and %s must not overlap: %d students request both.",
                                pb->courses[p->a].id, pb->courses[p->b].id, p->students));
                told++;
        }
}

static void requests(struct sheets *all, struct sheet *s)
{
        const struct tally *t = all->tally;
        const struct problem *pb = t->pb;
        int much = 0, little = 0;

        for (int k = 0; k < pb->n_students; k++) {
                much += t->loads[k].cells > t->loads[k].available;
                little += t->loads[k].cells < t->loads[k].owed;
        }
        if (much)
                put_cell(all, s,
                        arena_printf(all->arena, "%d student%s for more periods than there are.",
                                much, much == 1 ? " asks" : "s ask"));
        if (little)
                put_cell(all, s,
                        arena_printf(all->arena, "%d student%s for less than a full day.", little,
                                little == 1 ? " asks" : "s ask"));
        for (int i = 0; i < t->n_coverage; i++) {
                const struct coverage *c = &t->coverage[i];
                int lack = c->students - c->covered;
                if (lack)
                        put_cell(all, s,
                                arena_printf(all->arena,
                                        "%s, grade %d: the requests of %d of %d students leave it "
                                        "short; %d of them have alternates that would help.",
                                        pb->requirements[c->requirement].id, t->grades[c->grade],
                                        lack, c->students, c->by_alternates));
        }
}

static void idle(struct sheets *all, struct sheet *s)
{
        const struct tally *t = all->tally;
        struct ints list = {0};

        for (int j = 0; j < t->pb->n_teachers; j++)
                if (t->teachers[j].most < t->teachers[j].capacity)
                        ints_push(all->arena, &list, j);
        if (list.n)
                put_cell(all, s,
                        arena_printf(all->arena, "The load of %d teacher%s cannot be filled: %s.",
                                list.n, plural(list.n), teacher_list(all, &list, NAMED)));
}

void sheets_first(struct sheets *all)
{
        struct sheet *s = sheet_add(all, "first", "What to look at first", "What",
                "What is said to be short is so for certain, whatever the schedule.");

        s->sentences = true;
        glance(all, s);
        shortages(all, s);
        full_courses(all, s);
        full_for_others(all, s);
        groups(all, s);
        pairs(all, s);
        requests(all, s);
        idle(all, s);
}
