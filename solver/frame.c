/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/frame.h"
#include <string.h>

static struct ints ints_both(struct arena *a, const struct ints *x, const struct ints *y)
{
        struct ints out = {0};
        for (int i = 0; i < x->n; i++)
                if (ints_has(y, x->v[i]))
                        ints_push(a, &out, x->v[i]);
        return out;
}

/* Units. */

static cellset starts_in(const struct problem *pb, int term, int period)
{
        cellset out = 0;
        for (int cell = 0; cell < pb->n_cells; cell++)
                if ((term < 0 || cell / pb->n_periods == term) &&
                        (period < 0 || cell % pb->n_periods == period))
                        out |= (cellset)1 << cell;
        return out;
}

static void keep_only(struct arena *a, struct ints *list, int x)
{
        struct ints one = {0};
        if (ints_has(list, x))
                ints_push(a, &one, x);
        *list = one;
}

/* Where section k of a stacked course may start and who may teach it, locks and all. */
static cellset open_starts(const struct problem *pb, int course, int k)
{
        cellset starts = pb->courses[course].may_start;

        for (int i = 0; pb->courses[course].stack >= 0 && i < pb->n_locks; i++)
                if (pb->locks[i].course == course && pb->locks[i].section == k)
                        starts &= starts_in(pb, pb->locks[i].term, pb->locks[i].period);
        return starts;
}

static struct ints open_teachers(struct arena *a, const struct problem *pb, int course, int k)
{
        struct ints able = pb->courses[course].able_teachers;

        for (int i = 0; pb->courses[course].stack >= 0 && i < pb->n_locks; i++)
                if (pb->locks[i].course == course && pb->locks[i].section == k &&
                        pb->locks[i].teacher >= 0)
                        keep_only(a, &able, pb->locks[i].teacher);
        return able;
}

/* Sections of one number that a `separate` or `adjacent` rule keeps apart can never be stacked. */
static bool kept_apart(const struct problem *pb, int a, int b)
{
        for (int i = 0; i < pb->n_rules; i++)
                if ((pb->rules[i].kind == RULE_SEPARATE || pb->rules[i].kind == RULE_ADJACENT) &&
                        ints_has(&pb->rules[i].courses, a) && ints_has(&pb->rules[i].courses, b))
                        return a != b;
        return false;
}

/* A section that shares no start or teacher would keep all of the unit from running. */
static bool may_join(const struct frame *f, const struct unit *u, int course, int k)
{
        const struct problem *pb = f->pb;
        const struct course *a = &pb->courses[u->course], *b = &pb->courses[course];

        for (int i = 0; i < u->n; i++) {
                int other = pb->section_course[u->sections[i]];
                if (kept_apart(pb, other, course))
                        return false;
        }
        struct ints able = open_teachers(f->arena, pb, course, k);
        return a->periods == b->periods && a->terms == b->terms &&
               (u->starts & open_starts(pb, course, k)) &&
               (!u->staffed || ints_both(f->arena, &u->teachers, &able).n);
}

static void unit_join(struct frame *f, struct unit *u, int section)
{
        const struct problem *pb = f->pb;
        int course = pb->section_course[section], k = pb->section_number[section];
        const struct course *c = &pb->courses[course];
        struct ints able = open_teachers(f->arena, pb, course, k);

        if (u->n == 0) {
                u->course = course;
                u->starts = open_starts(pb, course, k);
                u->staffed = c->staffed;
                u->roomed = c->room_type >= 0;
                u->teachers = able;
                u->rooms = c->able_rooms;
                u->prep = c->stack >= 0 ? pb->n_courses + c->stack : course;
        } else {
                u->starts &= open_starts(pb, course, k);
                u->teachers = ints_both(f->arena, &u->teachers, &able);
        }
        u->counts_load |= c->counts_load;
        u->least = c->size_min > u->least ? c->size_min : u->least;
        u->most = c->size_max > u->most ? c->size_max : u->most;
        u->demand += c->n_requests / (c->sections_max > 0 ? c->sections_max : 1);
        u->sections[u->n++] = section;
        f->unit_of[section] = (int)(u - f->units);
}

static bool must_run(const struct problem *pb, int course, int k)
{
        for (int j = 0; j < pb->n_locks; j++)
                if (pb->locks[j].course == course && pb->locks[j].section == k &&
                        !pb->locks[j].kept)
                        return true;
        return false;
}

static void make_stack_units(struct frame *f, const struct rule *rule)
{
        const struct problem *pb = f->pb;
        int most = 0;

        for (int i = 0; i < rule->courses.n; i++) {
                int m = pb->courses[rule->courses.v[i]].sections_max;
                most = m > most ? m : most;
        }
        for (int k = 1; k <= most; k++) {
                struct unit *u = &f->units[f->n_units++];
                u->sections = arena_array(f->arena, (size_t)rule->courses.n, sizeof(int));
                /* Locked sections go first: the others join them or do not run. */
                for (int i = 0; i < 2 * rule->courses.n; i++) {
                        int course = rule->courses.v[i % rule->courses.n];
                        int s = pb->courses[course].first_section + k - 1;
                        if (k > pb->courses[course].sections_max || f->unit_of[s] >= 0 ||
                                must_run(pb, course, k) != (i < rule->courses.n))
                                continue;
                        if (u->n == 0 || may_join(f, u, course, k))
                                unit_join(f, u, s);
                }
        }
}

static void make_units(struct frame *f)
{
        const struct problem *pb = f->pb;

        f->units = arena_array(f->arena, (size_t)pb->n_sections + 1, sizeof *f->units);
        f->unit_of = arena_array(f->arena, (size_t)pb->n_sections + 1, sizeof(int));
        for (int s = 0; s < pb->n_sections; s++)
                f->unit_of[s] = NONE;
        for (int i = 0; i < pb->n_rules; i++)
                if (pb->rules[i].kind == RULE_STACK)
                        make_stack_units(f, &pb->rules[i]);
        for (int s = 0; s < pb->n_sections; s++) {
                if (pb->courses[pb->section_course[s]].stack >= 0)
                        continue;
                struct unit *u = &f->units[f->n_units++];
                u->sections = arena_array(f->arena, 1, sizeof(int));
                unit_join(f, u, s);
        }
}

static void apply_lock(struct frame *f, const struct lock *lock)
{
        const struct problem *pb = f->pb;
        int s = pb->courses[lock->course].first_section + lock->section - 1;

        if (lock->section > pb->courses[lock->course].sections_max || f->unit_of[s] < 0)
                return;
        struct unit *u = &f->units[f->unit_of[s]];
        u->must |= !lock->kept;
        if (lock->student < 0 && !lock->kept) {
                u->exempt = true;
                u->least = 0;
        }
        if (lock->student >= 0) {
                int r = problem_request_of(pb, lock->student, lock->course);
                if (r >= 0)
                        f->locked_seat[r] = s;
        }
        u->starts &= starts_in(pb, lock->term, lock->period);
        if (lock->teacher >= 0)
                keep_only(f->arena, &u->teachers, lock->teacher);
        if (lock->room >= 0)
                keep_only(f->arena, &u->rooms, lock->room);
        if (lock->cohort != COHORT_NOT_LOCKED)
                f->locked_cohort[s] = lock->cohort;
}

static void apply_locks(struct frame *f)
{
        const struct problem *pb = f->pb;

        f->locked_seat = arena_array(f->arena, (size_t)pb->n_requests + 1, sizeof(int));
        f->locked_cohort = arena_array(f->arena, (size_t)pb->n_sections + 1, sizeof(int));
        for (int r = 0; r < pb->n_requests; r++)
                f->locked_seat[r] = NONE;
        for (int s = 0; s < pb->n_sections; s++)
                f->locked_cohort[s] = COHORT_NOT_LOCKED;
        for (int i = 0; i < pb->n_locks; i++)
                apply_lock(f, &pb->locks[i]);
}

/* Links and bundles. */

static bool ties(enum rule_kind kind)
{
        return kind == RULE_SAME_PERIOD || kind == RULE_ADJACENT || kind == RULE_SAME_TEACHER;
}

static void make_links(struct frame *f)
{
        const struct problem *pb = f->pb;
        int most = 0;

        for (int i = 0; i < pb->n_rules; i++)
                if (ties(pb->rules[i].kind) && pb->rules[i].courses.n)
                        most += pb->courses[pb->rules[i].courses.v[0]].sections_max;
        f->links = arena_array(f->arena, (size_t)most + 1, sizeof *f->links);
        for (int i = 0; i < pb->n_rules; i++) {
                const struct rule *rule = &pb->rules[i];
                if (!ties(rule->kind) || !rule->courses.n)
                        continue;
                for (int k = 1; k <= pb->courses[rule->courses.v[0]].sections_max; k++) {
                        struct link *l = &f->links[f->n_links++];
                        l->kind = rule->kind;
                        l->units = arena_array(f->arena, (size_t)rule->courses.n, sizeof(int));
                        for (int j = 0; j < rule->courses.n; j++) {
                                int s = pb->courses[rule->courses.v[j]].first_section + k - 1;
                                if (f->unit_of[s] >= 0)
                                        l->units[l->n++] = f->unit_of[s];
                        }
                }
        }
}

static int root_of(int *up, int u)
{
        while (up[u] != u)
                u = up[u] = up[up[u]];
        return u;
}

static bool leads(const struct problem *pb, const struct unit *u)
{
        for (int i = 0; i < u->n; i++) {
                const struct course *c = &pb->courses[pb->section_course[u->sections[i]]];
                if (c->pathway >= 0 || c->in_cohorts.n)
                        return true;
        }
        return false;
}

static void make_bundles(struct frame *f)
{
        int *up = mem_alloc((size_t)(f->n_units + 1) * sizeof *up);
        int *bundle_of_root = mem_alloc((size_t)(f->n_units + 1) * sizeof *up);

        for (int u = 0; u < f->n_units; u++)
                up[u] = u;
        for (int i = 0; i < f->n_links; i++)
                for (int j = 1; j < f->links[i].n; j++)
                        up[root_of(up, f->links[i].units[j])] = root_of(up, f->links[i].units[0]);
        f->bundles = arena_array(f->arena, (size_t)f->n_units + 1, sizeof *f->bundles);
        for (int u = 0; u < f->n_units; u++)
                if (root_of(up, u) == u)
                        bundle_of_root[u] = f->n_bundles++;
        for (int u = 0; u < f->n_units; u++) {
                int b = bundle_of_root[root_of(up, u)];
                struct ints list = {f->bundles[b].n, true, f->bundles[b].units};
                ints_push(f->arena, &list, u);
                f->bundles[b].n = list.n;
                f->bundles[b].units = list.v;
                f->bundles[b].cte |= leads(f->pb, &f->units[u]);
                f->units[u].bundle = b;
        }
        for (int i = 0; i < f->n_links; i++) {
                if (!f->links[i].n)
                        continue;
                struct bundle *b = &f->bundles[f->units[f->links[i].units[0]].bundle];
                struct ints list = {b->n_links, true, b->links};
                ints_push(f->arena, &list, i);
                b->n_links = list.n;
                b->links = list.v;
        }
        mem_free(up);
        mem_free(bundle_of_root);
}

static int place_in(const struct bundle *b, int unit)
{
        for (int i = 0; i < b->n; i++)
                if (b->units[i] == unit)
                        return i;
        return NONE;
}

/* One unbroken run of periods in the same terms, in any order: sort by start, each ends where the
 * next begins. */
static bool run_unbroken(
        const struct frame *f, const struct link *l, const struct bundle *b, const int *starts)
{
        const struct problem *pb = f->pb;
        int begin[64], length[64], n = 0, term = NONE, terms = NONE;

        for (int i = 0; i < l->n && n < 64; i++) {
                int start = starts[place_in(b, l->units[i])];
                const struct course *c = &pb->courses[f->units[l->units[i]].course];
                if (start < 0)
                        continue;
                if (term >= 0 && (start / pb->n_periods != term || c->terms != terms))
                        return false;
                term = start / pb->n_periods;
                terms = c->terms;
                int at = n++;
                for (; at > 0 && begin[at - 1] > start % pb->n_periods; at--) {
                        begin[at] = begin[at - 1];
                        length[at] = length[at - 1];
                }
                begin[at] = start % pb->n_periods;
                length[at] = c->periods;
        }
        for (int i = 0; i + 1 < n; i++) {
                int end = begin[i] + length[i];
                if (end != begin[i + 1] || !pb->periods[end - 1].joins_next)
                        return false;
        }
        return true;
}

static bool one_period(
        const struct frame *f, const struct link *l, const struct bundle *b, const int *starts)
{
        int period = NONE;

        for (int i = 0; i < l->n; i++) {
                int start = starts[place_in(b, l->units[i])];
                if (start < 0)
                        continue;
                if (period >= 0 && start % f->pb->n_periods != period)
                        return false;
                period = start % f->pb->n_periods;
        }
        return true;
}

bool frame_links_hold(const struct frame *f, int bundle, const int *starts)
{
        const struct bundle *b = &f->bundles[bundle];

        for (int i = 0; i < b->n_links; i++) {
                const struct link *l = &f->links[b->links[i]];
                if (l->kind == RULE_SAME_PERIOD && !one_period(f, l, b, starts))
                        return false;
                if (l->kind == RULE_ADJACENT && !run_unbroken(f, l, b, starts))
                        return false;
        }
        return true;
}

struct frame *frame_new(const struct problem *pb)
{
        struct arena *a = arena_new();
        struct frame *f = arena_alloc(a, sizeof *f);

        f->arena = a;
        f->pb = pb;
        make_units(f);
        apply_locks(f);
        make_links(f);
        make_bundles(f);
        frame_rules(f);
        frame_floors(f);
        return f;
}

void frame_free(struct frame *f)
{
        if (f)
                arena_free(f->arena);
}
