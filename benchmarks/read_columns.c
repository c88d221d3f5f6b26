/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A peer's solution of an exported program as a schedule.
 *
 *     read_columns SCHOOL.yaml SOLUTION SCHEDULE.json TIER
 *     read_columns SCHOOL.yaml SOLUTION SCHEDULE.json TIER OLD.json
 *
 * SOLUTION has a line `name value` for each column that is not 0; no file: the empty schedule. With
 * OLD.json the schedule is written only if it is better. Prints the value of the tier (a number as
 * the tiers are numbered), by our own count. The exit code is 2 where the solution breaks a hard
 * rule.
 */
#include "io/problem_read.h"
#include "io/schedule_json.h"
#include "model/verify.h"
#include "solver/formulation.h"
#include "solver/glpk_guard.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reading {
        struct formulation *f;
        FILE *from;
        struct schedule *sc;
        int known; /* columns named that the program has; those of goals it does not */
};

/* Values by column while formulation_read() asks; it passes nothing through. */
static double *values;

static double value_of(glp_prob *lp, int column)
{
        (void)lp;
        return values[column];
}

static void read_values(void *context)
{
        struct reading *r = context;
        char name[256];
        double value;

        formulation_build(r->f);
        glp_create_index(r->f->lp);
        values = mem_zero((size_t)glp_get_num_cols(r->f->lp) + 1, sizeof *values);
        while (fscanf(r->from, "%255s %lf", name, &value) == 2) {
                int column = glp_find_col(r->f->lp, name);
                if (!column)
                        continue;
                values[column] = value;
                r->known++;
        }
        formulation_read(r->f, value_of, r->sc);
        formulation_close(r->f);
        mem_free(values);
}

static bool fill(const struct problem *pb, const char *path, struct schedule *sc, struct report *rp)
{
        FILE *from = fopen(path, "r");

        if (!from)
                return true; /* nothing found */
        struct reading r = {
                .f = formulation_new(pb, (struct scope){NULL, NULL}, true), .from = from, .sc = sc};
        bool fine = glpk_guard(read_values, &r, rp);
        fclose(from);
        formulation_free(r.f);
        if (fine && !r.known)
                return report_error(rp, ERROR_INPUT, (struct place){.file = path},
                        "found no column of the program");
        return fine;
}

static bool better(const struct problem *pb, const struct verdict *v, const char *old,
        bool *better_one, struct report *rp)
{
        struct answer *an = answer_read(pb, old, rp);

        if (!an)
                return false;
        struct verdict *than = verify(pb, an, false);
        *better_one = score_compare(pb->order, &v->score, &than->score) < 0;
        verdict_free(than);
        answer_free(an);
        return true;
}

static struct answer *answer_of(
        const struct problem *pb, const struct schedule *sc, const struct verdict *v)
{
        struct answer *an = schedule_answer(sc);

        an->format_ok = true;
        an->input_file = pb->file;
        memcpy(an->input_sha256, pb->sha256, sizeof pb->sha256);
        an->version = "peer";
        an->status = STATUS_FEASIBLE;
        for (int i = 0; i < an->n_unplaced; i++)
                an->unplaced[i].reason = "not in the solution";
        for (int i = 0; i < an->n_unmet; i++)
                an->unmet[i].reason = "not in the solution";
        for (int t = 0; v && t < N_TIERS; t++) {
                double unit = t == REQUIREMENT_SHORTFALL ? (double)pb->year_unit : 1;
                an->score_given[t] = true;
                an->score[t] = (double)v->score.tier[t] / unit;
        }
        return an;
}

/* The exit code. */
static int convert(const struct problem *pb, char **args, struct report *rp)
{
        struct schedule *sc = schedule_new(pb);
        bool fine = fill(pb, args[1], sc, rp), keep = true;
        struct answer *bare = answer_of(pb, sc, NULL);
        struct verdict *v = verify(pb, bare, false);
        int code = fine ? v->n_faults ? 2 : 0 : 1;

        if (code == 0 && args[4])
                fine = better(pb, v, args[4], &keep, rp);
        if (code == 0 && fine) {
                struct answer *an = answer_of(pb, sc, v);
                int tier = atoi(args[3]) - 1;
                fine = !keep || answer_write(pb, an, args[2], rp);
                printf("%lld\n", tier >= 0 && tier < N_TIERS ? (long long)v->score.tier[tier] : 0);
                answer_free(an);
        }
        for (int i = 0; i < v->n_faults && i < 5; i++)
                fprintf(stderr, "read_columns: %s: %s\n", v->faults[i].rule, v->faults[i].text);
        verdict_free(v);
        answer_free(bare);
        schedule_free(sc);
        return fine ? code : 1;
}

int main(int argc, char **argv)
{
        if (argc < 5) {
                fputs("read_columns SCHOOL.yaml SOLUTION SCHEDULE.json TIER [OLD.json]\n", stderr);
                return 1;
        }
        struct report *rp = report_new();
        struct problem *pb = problem_read(argv[1], NULL, rp);
        int code = pb ? convert(pb, argv + 1, rp) : 1;

        for (int i = 0; i < report_count(rp); i++)
                if (!report_message(rp, i)->warning)
                        fprintf(stderr, "read_columns: %s\n", report_message(rp, i)->text);
        problem_free(pb);
        report_free(rp);
        return code;
}
