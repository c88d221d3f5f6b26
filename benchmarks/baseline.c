/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Build, then load: what schools do by hand, as a yardstick. Frozen: see benchmarks/README.md. */
#include "benchmarks/loader/desk.h"
#include "io/file.h"
#include "io/problem_read.h"
#include "io/schedule_json.h"
#include "model/measure.h"
#include "model/verify.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

static double now(void)
{
        struct timespec t;

        clock_gettime(CLOCK_MONOTONIC, &t);
        return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void complain(struct report *rp)
{
        for (int i = 0; i < report_count(rp); i++) {
                const struct message *m = report_message(rp, i);
                if (!m->warning)
                        fprintf(stderr, "baseline: %s\n", m->text);
        }
}

static struct answer *finish(const struct problem *pb, const struct schedule *sc, double seconds)
{
        struct answer *an = schedule_answer(sc);

        an->format_ok = true;
        an->input_file = pb->file;
        memcpy(an->input_sha256, pb->sha256, sizeof pb->sha256);
        an->version = "baseline";
        an->seconds = seconds;
        an->status = STATUS_FEASIBLE;
        for (int i = 0; i < an->n_unplaced; i++)
                an->unplaced[i].reason = "nothing was free";
        for (int i = 0; i < an->n_unmet; i++)
                an->unmet[i].reason = "no seat at a free time";
        struct verdict *v = verify(pb, an, false);
        for (int t = 0; t < N_TIERS; t++) {
                an->score_given[t] = true;
                double unit = t == REQUIREMENT_SHORTFALL ? (double)pb->year_unit : 1;
                an->score[t] = (double)v->score.tier[t] / unit;
        }
        for (int i = 0; i < v->n_faults; i++)
                fprintf(stderr, "baseline: fault %s: %s\n", v->faults[i].rule, v->faults[i].text);
        bool fine = !v->n_faults;
        verdict_free(v);
        if (fine)
                return an;
        answer_free(an);
        return NULL;
}

static void print_result(
        const struct problem *pb, const struct schedule *sc, const struct answer *an)
{
        struct measures m;

        measure(sc, &m);
        printf("%s: primary %d of %d met, CTE %d of %d, whole %d of %d, placed %d of %d, %.2f s\n",
                pb->name ? pb->name : pb->file, m.primary_met, m.primary, m.cte_met, m.cte_requests,
                m.students_whole, m.students, m.placed, m.sections, an->seconds);
}

static bool run(const char *path, const char *dir, struct report *rp)
{
        double begin = now();
        struct problem *pb = problem_read(path, NULL, rp);

        if (!pb)
                return false;
        struct desk *d = desk_new(pb);
        build_sections(d);
        load_students(d);
        repair(d);
        close_small(d);
        use_alternates(d);
        struct answer *an = finish(pb, d->sc, now() - begin);
        char *out = mem_alloc(strlen(dir) + 32);
        sprintf(out, "%s/schedule.json", dir);
        bool fine = an && dir_make(dir, rp) && answer_write(pb, an, out, rp);
        if (fine)
                print_result(pb, d->sc, an);
        mem_free(out);
        answer_free(an);
        schedule_free(d->sc);
        desk_free(d);
        problem_free(pb);
        return fine;
}

int main(int argc, char **argv)
{
        const char *dir = ".", *path = NULL;

        for (int i = 1; i < argc; i++)
                if (!strcmp(argv[i], "-o") && i + 1 < argc)
                        dir = argv[++i];
                else
                        path = argv[i];
        if (!path) {
                fputs("baseline SCHOOL.yaml -o DIR\n", stderr);
                return 1;
        }
        struct report *rp = report_new();
        bool fine = run(path, dir, rp);
        complain(rp);
        report_free(rp);
        return fine ? 0 : 1;
}
