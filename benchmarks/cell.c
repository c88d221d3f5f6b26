/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One cell of the bench: run a program on a school, watch its time and memory, recount what it
 * wrote.
 *
 *     cell SCHOOL.yaml SCHEDULE.json COMMAND...
 *
 * prints one key=value a line. The exit code is 0 where the schedule is there, valid and free of
 * false claims.
 */
#include "io/problem_read.h"
#include "io/schedule_json.h"
#include "model/measure.h"
#include "model/verify.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
        struct timespec t;

        clock_gettime(CLOCK_MONOTONIC, &t);
        return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Its output goes to standard error, so that only our lines are on standard output. */
static int run(char **command)
{
        double begin = now();
        struct rusage usage = {0};
        int status = 0;
        pid_t child = fork();

        if (child == 0) {
                dup2(STDERR_FILENO, STDOUT_FILENO);
                execvp(command[0], command);
                perror(command[0]);
                _exit(127);
        }
        if (child < 0 || wait4(child, &status, 0, &usage) < 0)
                return -1;
        printf("seconds=%.2f\nmemory_mib=%.1f\nexit=%d\n", now() - begin,
                (double)usage.ru_maxrss / 1024,
                WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void print_measures(const struct schedule *sc)
{
        struct measures m;

        measure(sc, &m);
        printf("cte_sections=%d\ncte_placed=%d\nsections=%d\nplaced=%d\n", m.cte_sections,
                m.cte_placed, m.sections, m.placed);
        printf("cte_requests=%d\ncte_met=%d\nreserved_seats=%d\nreserved_members=%d\n",
                m.cte_requests, m.cte_met, m.reserved_seats, m.reserved_members);
        printf("primary=%d\nprimary_met=%d\nalternates=%d\nrequired=%d\nrequired_met=%d\n",
                m.primary, m.primary_met, m.alternates_used, m.required, m.required_met);
        printf("students=%d\nwhole=%d\n", m.students, m.students_whole);
}

static void print_tiers(const struct problem *pb, const struct verdict *v, const struct answer *an)
{
        for (int t = 0; t < N_TIERS; t++) {
                double unit = t == REQUIREMENT_SHORTFALL ? (double)pb->year_unit : 1;
                printf("%s=%.6g\n", tier_name((enum tier)t), (double)v->score.tier[t] / unit);
                if (an->bound_given[t])
                        printf("bound_%s=%.6g\n", tier_name((enum tier)t), an->bound[t]);
        }
        for (int i = 0; i < N_TIERS; i++)
                printf("%s%s", i ? " " : "order=", tier_name(pb->order[i]));
        static const char *const words[] = {"optimal", "feasible", "interrupted"};
        printf("\nstatus=%s\n", an->status >= 0 ? words[an->status] : "unknown");
}

static bool recount(const char *school, const char *schedule, struct report *rp)
{
        struct problem *pb = problem_read(school, NULL, rp);
        struct answer *an = pb ? answer_read(pb, schedule, rp) : NULL;

        if (!an) {
                problem_free(pb);
                return false;
        }
        struct verdict *v = verify(pb, an, true);
        struct schedule *sc = answer_schedule(pb, an, rp);
        print_measures(sc);
        print_tiers(pb, v, an);
        printf("faults=%d\nfalse_claims=%d\n", v->n_faults, v->n_claims);
        bool fine = !v->n_faults && !v->n_claims;
        schedule_free(sc);
        verdict_free(v);
        answer_free(an);
        problem_free(pb);
        return fine;
}

int main(int argc, char **argv)
{
        if (argc < 4) {
                fputs("cell SCHOOL.yaml SCHEDULE.json COMMAND...\n", stderr);
                return 1;
        }
        unlink(argv[2]);
        fflush(stdout);
        if (run(argv + 3) != 0)
                return 1;
        struct report *rp = report_new();
        bool fine = recount(argv[1], argv[2], rp);
        for (int i = 0; i < report_count(rp); i++)
                if (!report_message(rp, i)->warning)
                        fprintf(stderr, "cell: %s\n", report_message(rp, i)->text);
        report_free(rp);
        return fine ? 0 : 1;
}
