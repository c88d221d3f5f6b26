/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Do locks and hard rules clash? A quick search first; where it fails an integer program over the
 * locked sections decides. A clash is filtered down to a minimal set: items are taken away, many at
 * a time and then one by one, as long as what is left still clashes.
 */
#include "solver/clash.h"
#include "model/verify.h"
#include "solver/exact.h"
#include "solver/glpk_guard.h"
#include "solver/mip.h"
#include <float.h>
#include <string.h>

enum holds { HOLDS, CLASHES, OPEN };

struct filter {
        const struct problem *pb;
        struct meter *meter;
        struct report *rp;
        struct arena *arena;
        int n;
        struct item *items; /* locks, then rules, then the lines of people, rooms and courses */
        bool *kept;
};

struct trial {
        struct formulation *f;
        struct meter *meter;
        struct schedule *sc;
        enum holds holds;
};

static void try_program(void *context)
{
        struct trial *tr = context;
        struct mip_result found;

        formulation_build(tr->f);
        found = mip_solve(tr->f, tr->meter, DBL_MAX);
        if (found.status == MIP_INFEASIBLE)
                tr->holds = CLASHES;
        if (found.status == MIP_OPTIMAL || found.status == MIP_FEASIBLE) {
                tr->holds = HOLDS;
                formulation_read(tr->f, glp_mip_col_val, tr->sc);
        }
        formulation_close(tr->f);
}

/* Does a schedule exist? It is then in sc. */
static enum holds decide(
        const struct problem *pb, struct meter *m, struct schedule *sc, struct report *rp)
{
        struct arena *a = arena_new();
        struct trial tr = {.meter = m, .sc = sc, .holds = OPEN};

        if (place_locked(pb, m, sc)) {
                arena_free(a);
                return HOLDS;
        }
        tr.f = formulation_new(pb, locked_scope(pb, a), false);
        if (!glpk_guard(try_program, &tr, rp))
                tr.holds = OPEN;
        formulation_free(tr.f);
        arena_free(a);
        return tr.holds;
}

static bool still_clashes(struct filter *fi)
{
        struct arena *a = arena_new();
        struct problem *less = relaxed_problem(fi->pb, a, fi->items, fi->n, fi->kept);
        struct schedule *sc = schedule_new(less);
        const bool clash = decide(less, fi->meter, sc, fi->rp) == CLASHES;

        schedule_free(sc);
        arena_free(a);
        return clash;
}

/* Take away what the clash does without, among the items from first to end. */
static void shrink(struct filter *fi, int first, int end)
{
        for (int size = end - first; size > 0; size = size > 1 ? (size + 1) / 2 : 0)
                for (int at = first; at < end; at += size) {
                        const int stop = at + size < end ? at + size : end;
                        bool any = false;
                        bool *was;

                        was = mem_copy(fi->kept, (size_t)fi->n * sizeof *was);
                        for (int k = at; k < stop; k++) {
                                any |= fi->kept[k];
                                fi->kept[k] = false;
                        }
                        if (any && !still_clashes(fi))
                                for (int k = at; k < stop; k++)
                                        fi->kept[k] = was[k];
                        mem_free(was);
                }
}

static void add_item(struct filter *fi, enum item_kind kind, int index)
{
        fi->kept[fi->n] = true;
        fi->items[fi->n++] = (struct item){kind, index};
}

static void list_items(struct filter *fi)
{
        const struct problem *pb = fi->pb;
        const int most =
                pb->n_locks * 2 + pb->n_rules + pb->n_teachers + pb->n_rooms + pb->n_courses;

        fi->items = arena_array(fi->arena, (size_t)most + 1, sizeof *fi->items);
        fi->kept = arena_array(fi->arena, (size_t)most + 1, sizeof *fi->kept);
        for (int l = 0; l < pb->n_locks; l++)
                add_item(fi, ITEM_LOCK, l);
        for (int n = 0; n < pb->n_rules; n++)
                add_item(fi, ITEM_RULE, n);
}

/* The lines of the data that could matter once the locks are few. */
static void list_data(struct filter *fi)
{
        const struct problem *pb = fi->pb;
        bool *named = arena_array(fi->arena, (size_t)pb->n_students + 1, sizeof *named);
        bool *course = arena_array(fi->arena, (size_t)pb->n_courses + 1, sizeof *course);

        for (int l = 0; l < pb->n_locks; l++) {
                if (!fi->kept[l])
                        continue;
                course[pb->locks[l].course] = true;
                if (pb->locks[l].student != NONE)
                        named[pb->locks[l].student] = true;
        }
        for (int k = 0; k < pb->n_students; k++)
                if (named[k])
                        add_item(fi, ITEM_STUDENT, k);
        for (int r = 0; r < pb->n_rooms; r++)
                add_item(fi, ITEM_ROOM, r);
        for (int t = 0; t < pb->n_teachers; t++)
                add_item(fi, ITEM_TEACHER, t);
        for (int c = 0; c < pb->n_courses; c++)
                if (course[c])
                        add_item(fi, ITEM_COURSE, c);
}

static const char *lock_text(struct arena *a, const struct problem *pb, const struct lock *lk)
{
        const char *text =
                arena_printf(a, "lock of %s-%d", pb->courses[lk->course].id, lk->section);

        if (lk->student != NONE)
                text = arena_printf(a, "%s, student %s", text, pb->students[lk->student].id);
        if (lk->teacher != NONE)
                text = arena_printf(a, "%s, teacher %s", text, pb->teachers[lk->teacher].id);
        if (lk->room != NONE)
                text = arena_printf(a, "%s, room %s", text, pb->rooms[lk->room].id);
        if (lk->period != NONE)
                text = arena_printf(a, "%s, period %s", text, pb->periods[lk->period].id);
        if (lk->term != NONE)
                text = arena_printf(a, "%s, term %s", text, pb->terms[lk->term]);
        if (lk->cohort != COHORT_NOT_LOCKED)
                text = arena_printf(a, "%s, cohort %s", text,
                        lk->cohort == NONE ? "none" : pb->cohorts[lk->cohort].id);
        return text;
}

static const char *item_text(const struct filter *fi, struct item it, struct place *at)
{
        const struct problem *pb = fi->pb;

        switch (it.kind) {
        case ITEM_LOCK:
                *at = pb->locks[it.index].at;
                return lock_text(fi->arena, pb, &pb->locks[it.index]);
        case ITEM_RULE:
                *at = pb->rules[it.index].at;
                return arena_printf(fi->arena, "rule %s", rule_kind_name(pb->rules[it.index].kind));
        case ITEM_TEACHER:
                *at = pb->teachers[it.index].at;
                return arena_printf(fi->arena, "teacher %s", pb->teachers[it.index].id);
        case ITEM_ROOM:
                *at = pb->rooms[it.index].at;
                return arena_printf(fi->arena, "room %s", pb->rooms[it.index].id);
        case ITEM_COURSE:
                *at = pb->courses[it.index].at;
                return arena_printf(fi->arena, "course %s", pb->courses[it.index].id);
        case ITEM_STUDENT:
                break;
        }
        *at = pb->students[it.index].at;
        return arena_printf(fi->arena, "student %s", pb->students[it.index].id);
}

/* A cell of a board, which is not of the school's own file: what the user just changed. */
static bool on_board(const struct problem *pb, struct item it)
{
        const struct lock *l = it.kind == ITEM_LOCK ? &pb->locks[it.index] : NULL;

        return l && !l->kept && l->student == NONE && l->at.file && pb->file &&
               strcmp(l->at.file, pb->file) != 0;
}

static void tell(struct filter *fi)
{
        struct place first = {0};
        bool board = false;
        const char *list = "";

        for (int k = 0; k < fi->n; k++) {
                struct place at;
                const char *text;

                if (!fi->kept[k])
                        continue;
                text = item_text(fi, fi->items[k], &at);
                if (!first.line || (!board && on_board(fi->pb, fi->items[k]))) {
                        first = at;
                        board = on_board(fi->pb, fi->items[k]);
                }
                list = arena_printf(fi->arena, "%s%s%s (%s:%d)", list, *list ? "; " : "", text,
                        at.file ? at.file : "", at.line);
        }
        report_error(fi->rp, ERROR_CLASH, first,
                "found what cannot hold together: %s; expected one of these to be changed", list);
}

static void explain_clash(const struct problem *pb, struct meter *m, struct report *rp)
{
        struct filter fi = {.pb = pb, .meter = m, .rp = rp, .arena = arena_new()};

        list_items(&fi);
        shrink(&fi, 0, pb->n_locks);
        shrink(&fi, pb->n_locks, fi.n);
        list_data(&fi);
        shrink(&fi, pb->n_locks + pb->n_rules, fi.n);
        tell(&fi);
        arena_free(fi.arena);
}

bool exact_locks_hold(
        const struct problem *pb, struct meter *m, struct schedule *sc, struct report *rp)
{
        struct schedule *own = schedule_new(pb);
        struct meter part = meter_part(m, 1);
        enum holds holds = HOLDS;

        if (pb->n_locks) {
                holds = decide(pb, &part, own, rp);
                if (holds == CLASHES)
                        explain_clash(pb, &part, rp);
        }
        if (holds == HOLDS && sc)
                schedule_copy(sc, own);
        meter_join(m, &part);
        schedule_free(own);
        return holds != CLASHES;
}
