/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/export.h"
#include "model/verify.h"
#include "solver/formulation.h"
#include "solver/glpk_guard.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct writing {
        struct formulation *f;
        enum tier tier;
        const struct score *fixed; /* NULL: no tier above is fixed */
        const char *path;          /* where GLPK writes, a temporary name */
        bool lp, written;
};

static bool ends_in(const char *path, const char *ending)
{
        const size_t n = strlen(path), m = strlen(ending);

        return n > m && !strcmp(path + n - m, ending);
}

/*
 * The constant of the objective as a column that a row makes 1: not every reader keeps a constant,
 * or takes a program without rows.
 */
static void state_constant(glp_prob *lp)
{
        const double constant = glp_get_obj_coef(lp, 0);
        const int row = glp_add_rows(lp, 1), one[2] = {0, glp_add_cols(lp, 1)};
        const double unit[2] = {0, 1};

        glp_set_row_name(lp, row, "one_is_1");
        glp_set_row_bnds(lp, row, GLP_FX, 1, 1);
        glp_set_mat_row(lp, row, 1, one, unit);
        glp_set_col_name(lp, one[1], "one");
        glp_set_col_bnds(lp, one[1], GLP_LO, 0, 0);
        glp_set_obj_coef(lp, one[1], constant);
        glp_set_obj_coef(lp, 0, 0);
}

/* GLPK marks columns of zeros with a comment in MPS that others take for data: leave them out. */
static void drop_empty(struct formulation *f)
{
        const int n = glp_get_num_cols(f->lp);
        int *list = arena_array(f->arena, (size_t)n + 1, sizeof *list), empty = 0;

        for (int c = 1; c <= n; c++) {
                const double cost = glp_get_obj_coef(f->lp, c);

                if (!glp_get_mat_col(f->lp, c, NULL, NULL) && !(cost > 0 || cost < 0))
                        list[++empty] = c;
        }
        if (empty)
                glp_del_cols(f->lp, empty, list);
}

static void write_program(void *context)
{
        struct writing *w = context;
        const enum tier *tiers = w->f->pb->order;

        formulation_build(w->f);
        for (int n = 0; n < N_TIERS && tiers[n] != w->tier; n++)
                if (w->fixed)
                        formulation_cap(w->f, tiers[n], w->fixed->tier[tiers[n]]);
        formulation_aim(w->f, w->tier);
        state_constant(w->f->lp);
        drop_empty(w->f);
        glp_set_obj_name(w->f->lp, tier_name(w->tier));
        w->written = w->lp ? !glp_write_lp(w->f->lp, NULL, w->path)
                           : !glp_write_mps(w->f->lp, GLP_MPS_FILE, NULL, w->path);
        formulation_close(w->f);
}

/* What the numbers in names stand for. */
static void write_numbers(FILE *out, const struct problem *pb)
{
        fprintf(out, "# s section, c course, t teacher, r room, k cohort or student, i request,\n"
                     "# p start cell, a cell\n");
        for (int s = 0; s < pb->n_sections; s++)
                fprintf(out, "s%d section %s-%d\n", s, pb->courses[pb->section_course[s]].id,
                        pb->section_number[s]);
        for (int c = 0; c < pb->n_courses; c++)
                fprintf(out, "c%d course %s\n", c, pb->courses[c].id);
        for (int t = 0; t < pb->n_teachers; t++)
                fprintf(out, "t%d teacher %s\n", t, pb->teachers[t].id);
        for (int r = 0; r < pb->n_rooms; r++)
                fprintf(out, "r%d room %s\n", r, pb->rooms[r].id);
        for (int k = 0; k < pb->n_cohorts; k++)
                fprintf(out, "k%d cohort %s\n", k, pb->cohorts[k].id);
        for (int k = 0; k < pb->n_students; k++)
                fprintf(out, "k%d student %s\n", k, pb->students[k].id);
        for (int i = 0; i < pb->n_requests; i++)
                fprintf(out, "i%d request %s %s\n", i, pb->students[pb->requests[i].student].id,
                        pb->courses[pb->requests[i].course].id);
        for (int a = 0; a < pb->n_cells; a++)
                fprintf(out, "a%d cell %s %s\n", a, pb->terms[a / pb->n_periods],
                        pb->periods[a % pb->n_periods].id);
        for (int n = 0; n < pb->n_rules; n++)
                fprintf(out, "n%d rule %s line %d\n", n, rule_kind_name(pb->rules[n].kind),
                        pb->rules[n].at.line);
}

static bool refused(const char *path, struct report *rp)
{
        return report_error(rp, ERROR_SYSTEM, (struct place){path, 0, 0},
                "found %s; expected to write the file", strerror(errno));
}

static bool write_map(const struct problem *pb, const char *path, struct report *rp)
{
        struct arena *a = arena_new();
        const char *temporary = arena_printf(a, "%s.map.new", path);
        const int fd = open(temporary, O_CREAT | O_TRUNC | O_WRONLY, 0600);
        FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
        bool good = out != NULL;

        if (good) {
                write_numbers(out, pb);
                good = !ferror(out);
                good = !fclose(out) && good;
        }
        good = good && !rename(temporary, arena_printf(a, "%s.map", path));
        if (!good) {
                refused(path, rp);
                unlink(temporary);
        }
        arena_free(a);
        return good;
}

static bool write_both(
        const struct problem *pb, struct writing *w, const char *path, struct report *rp)
{
        if (!glpk_guard(write_program, w, rp)) {
                unlink(w->path);
                return false;
        }
        if (!w->written || rename(w->path, path)) {
                refused(path, rp);
                unlink(w->path);
                return false;
        }
        return write_map(pb, path, rp);
}

bool export_model(const struct problem *pb, enum tier tier, const struct schedule *from,
        const char *path, struct report *rp)
{
        struct arena *a = arena_new();
        struct writing w = {.tier = tier, .lp = ends_in(path, ".lp")};
        struct answer *an = from ? schedule_answer(from) : NULL;
        struct verdict *v = an ? verify(pb, an, false) : NULL;
        bool good = true;

        if (!w.lp && !ends_in(path, ".mps"))
                good = report_error(rp, ERROR_INPUT, (struct place){path, 0, 0},
                        "found the name %s; expected one that ends in .lp or .mps", path);
        if (good && !v && tier != pb->order[0])
                good = report_error(rp, ERROR_INPUT, (struct place){path, 0, 0},
                        "found tier %s without a schedule; expected one whose values fix the tiers "
                        "above it",
                        tier_name(tier));
        if (good) {
                w.f = formulation_new(pb, (struct scope){NULL, NULL}, true);
                w.fixed = v ? &v->score : NULL;
                w.path = arena_printf(a, "%s.new%ld", path, (long)getpid());
                good = write_both(pb, &w, path, rp);
                formulation_free(w.f);
        }
        if (v)
                verdict_free(v);
        if (an)
                answer_free(an);
        arena_free(a);
        return good;
}
