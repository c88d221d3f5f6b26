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

struct filter {
        const struct problem *pb;
        struct meter *meter;
        struct report *rp;
        struct arena *arena;
        struct items items; /* locks, then rules, then parts of the lines of data */
        bool *kept;
        bool sure; /* each trial had an answer */
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

enum holds locks_hold(
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
        struct problem *less = relaxed_problem(fi->pb, &fi->items, fi->kept);
        enum holds holds = OPEN;

        if (less) {
                struct schedule *sc = schedule_new(less);
                holds = locks_hold(less, fi->meter, sc, fi->rp);
                schedule_free(sc);
                problem_free(less);
        }
        fi->sure &= holds != OPEN;
        return holds == CLASHES;
}

/* Take away what the clash does without, among the items from first to end. */
static void shrink(struct filter *fi, int first, int end)
{
        for (int size = end - first; size > 0; size = size > 1 ? (size + 1) / 2 : 0)
                for (int at = first; at < end; at += size) {
                        const int stop = at + size < end ? at + size : end;
                        bool any = false;
                        bool *was;

                        was = mem_copy(fi->kept, (size_t)fi->items.n * sizeof *was);
                        for (int k = at; k < stop; k++) {
                                any |= fi->kept[k];
                                fi->kept[k] = false;
                        }
                        fi->sure |= size == 1 && at == first; /* only the last round tells */
                        if (any && !still_clashes(fi))
                                for (int k = at; k < stop; k++)
                                        fi->kept[k] = was[k];
                        mem_free(was);
                }
}

/* All are kept that are new. */
static void keep_new(struct filter *fi, int from)
{
        bool *kept = arena_array(fi->arena, (size_t)fi->items.n + 1, sizeof *kept);

        for (int k = 0; k < fi->items.n; k++)
                kept[k] = k >= from || fi->kept[k];
        fi->kept = kept;
}

/* A cell of a board, which is not of the school's own file: what the user just changed. */
static bool on_board(const struct problem *pb, struct item it)
{
        const struct lock *l = it.kind == ITEM_LOCK ? &pb->locks[it.index] : NULL;

        return l && !l->kept && l->student == NONE && l->at.file && pb->file &&
               strcmp(l->at.file, pb->file) != 0;
}

static const char *told(struct filter *fi, struct arena *a, struct place *first)
{
        const char *list = "";
        bool board = false;

        *first = (struct place){0};
        for (int k = 0; k < fi->items.n; k++) {
                struct place at;
                const char *text;

                if (!fi->kept[k])
                        continue;
                text = item_text(fi->arena, fi->pb, fi->items.v[k], &at);
                if (!first->line || (!board && on_board(fi->pb, fi->items.v[k]))) {
                        *first = at;
                        board = on_board(fi->pb, fi->items.v[k]);
                }
                list = arena_printf(a, "%s%s%s", list, *list ? "; " : "", text);
                if (at.line)
                        list = arena_printf(a, "%s (%s:%d)", list, at.file ? at.file : "", at.line);
        }
        return list;
}

/* shrink() what was added from first on; true if that was answered for certain. */
static bool shrink_new(struct filter *fi, int first)
{
        keep_new(fi, first);
        fi->sure = true;
        shrink(fi, first, fi->items.n);
        return fi->sure;
}

const char *minimal_clash(struct arena *a, const struct problem *pb, struct meter *m,
        struct place *first, bool *sure, struct report *rp)
{
        struct filter fi = {.pb = pb, .meter = m, .rp = rp, .arena = arena_new()};

        items_of_locks(pb, fi.arena, &fi.items);
        items_of_rules(pb, fi.arena, &fi.items);
        keep_new(&fi, 0);
        fi.sure = true;
        shrink(&fi, 0, pb->n_locks);
        *sure = fi.sure;
        fi.sure = true;
        shrink(&fi, pb->n_locks, fi.items.n);
        *sure &= fi.sure;
        const int data = fi.items.n;
        items_of_data(pb, fi.arena, fi.kept, &fi.items);
        *sure &= shrink_new(&fi, data);
        const char *text = told(&fi, a, first);
        arena_free(fi.arena);
        return text;
}

static void explain_clash(const struct problem *pb, struct meter *m, struct report *rp)
{
        struct arena *a = arena_new();
        struct place first;
        bool sure;
        const char *text = minimal_clash(a, pb, m, &first, &sure, rp);

        report_error(rp, ERROR_CLASH, first,
                "found what cannot hold together: %s; expected one of these to be changed%s", text,
                sure ? "" : " (time ran out: perhaps not each of them matters)");
        arena_free(a);
}

bool exact_locks_hold(
        const struct problem *pb, struct meter *m, struct schedule *sc, struct report *rp)
{
        struct schedule *own = schedule_new(pb);
        struct meter part = meter_part(m, 1);
        enum holds holds = HOLDS;

        if (pb->n_locks) {
                holds = locks_hold(pb, &part, own, rp);
                if (holds == CLASHES)
                        explain_clash(pb, &part, rp);
        }
        if (holds == HOLDS && sc)
                schedule_copy(sc, own);
        meter_join(m, &part);
        schedule_free(own);
        return holds != CLASHES;
}
