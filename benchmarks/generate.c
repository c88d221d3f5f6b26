/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes schools of any size and bell: see benchmarks/README.md. */
#include "benchmarks/school/build.h"
#include "benchmarks/school/rules.h"
#include "benchmarks/school/slack.h"
#include "io/file.h"
#include "io/problem_write.h"
#include "io/schedule_json.h"
#include "model/verify.h"
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void usage(FILE *f)
{
        fputs("generate --kind natural|planted --students N --bell BELL --seed S [--tight PCT] "
              "[--hard]\n"
              "         [--rules] [--homes] [--check] [-o DIR]\n"
              "\n"
              "Writes DIR/school.yaml with its tables and, of a planted school, DIR/plan.json.\n"
              "  BELL      trad-6, trad-7, trad-8, ab-8, 4x4 or trimester\n"
              "  --tight   percent of seats and teacher periods fewer than usual (natural)\n"
              "  --hard    more courses with one or two sections, and more students in cohorts\n"
              "  --rules   limits, rules of every kind, locks, support and common planning that "
              "the plan keeps (planted)\n"
              "  --homes   home rooms\n"
              "  --check   fail if the school is an easier one than the bench allows\n",
                f);
}

static bool number(const char *text, long low, long high, long *out)
{
        char *end;

        *out = strtol(text, &end, 10);
        return *text && !*end && *out >= low && *out <= high;
}

static bool parse(int argc, char **argv, struct wish *w, const char **dir)
{
        static const struct option options[] = {{"kind", 1, NULL, 'k'}, {"students", 1, NULL, 'n'},
                {"bell", 1, NULL, 'b'}, {"seed", 1, NULL, 's'}, {"tight", 1, NULL, 't'},
                {"hard", 0, NULL, 'd'}, {"rules", 0, NULL, 'r'}, {"homes", 0, NULL, 'm'},
                {"check", 0, NULL, 'c'}, {"help", 0, NULL, 'h'}, {0}};
        long v = 0;

        *w = (struct wish){.n_students = 300, .seed = 1, .bell = "trad-6", .kind = "natural"};
        for (int c; (c = getopt_long(argc, argv, "o:h", options, NULL)) != -1;) {
                bool fine = true;
                if (c == 'k')
                        w->kind = optarg,
                        fine = !strcmp(optarg, "natural") || !strcmp(optarg, "planted");
                else if (c == 'n')
                        fine = number(optarg, 60, 10000, &v), w->n_students = (int)v;
                else if (c == 'b')
                        w->bell = optarg;
                else if (c == 's')
                        fine = number(optarg, 0, 1000000000, &v), w->seed = (uint64_t)v;
                else if (c == 't')
                        fine = number(optarg, 0, 50, &v), w->tight = (int)v;
                else if (c == 'd')
                        w->hard = true;
                else if (c == 'r')
                        w->rules = true;
                else if (c == 'm')
                        w->homes = true;
                else if (c == 'c')
                        w->check = true;
                else if (c == 'o')
                        *dir = optarg;
                else
                        fine = false;
                if (!fine)
                        return false;
        }
        w->planted = !strcmp(w->kind, "planted");
        return optind == argc;
}

static int complain(struct report *rp)
{
        for (int i = 0; i < report_count(rp); i++) {
                const struct message *m = report_message(rp, i);
                fprintf(stderr, "generate: %s%s\n", m->warning ? "warning: " : "", m->text);
        }
        return report_errors(rp) ? 1 : 0;
}

/* False where the school is easier than the bench allows. */
static bool print_figures(const struct problem *pb)
{
        struct figures f = figures_of(pb);
        const char *missed = figures_missed(&f);

        printf("%s: %d students, %d courses, %d sections, %d primary requests\n", pb->name,
                f.students, pb->n_courses, f.sections, f.requests);
        printf("  small %.1f%%  seats %.3f  teacher %.1f%%  labs %.1f%%  cohorts %.1f%%  part-time "
               "%.0f%%%s%s\n",
                100.0 * f.small / f.sections, 1.0 * f.seats / f.requests, 100.0 * f.taught / f.load,
                100.0 * f.lab_used / (f.lab_cells ? f.lab_cells : 1),
                100.0 * f.in_cohorts / f.students,
                100.0 * f.part_time / (f.career_staff ? f.career_staff : 1),
                *missed ? "  MISSES " : "", missed);
        return !*missed;
}

/* The plan, recounted by verify, so that a plan with a fault never gets out. */
static bool write_plan(const struct build *b, const char *dir, struct report *rp)
{
        struct problem *pb = b->pb;
        char *path = arena_printf(pb->arena, "%s/school.yaml", dir);
        const char *texts[] = {path, arena_printf(pb->arena, "%s/students.csv", dir),
                arena_printf(pb->arena, "%s/requests.csv", dir)};
        struct sha256 *hash = sha256_new();

        for (int i = 0; i < 3; i++) {
                size_t size;
                char *bytes = file_read(texts[i], (size_t)1 << 30, &size, (struct place){0}, rp);
                if (!bytes)
                        return false;
                sha256_add(hash, bytes, size);
                mem_free(bytes);
        }
        sha256_end(hash, pb->sha256);
        struct schedule *sc = build_schedule(b);
        struct answer *an = schedule_answer(sc);
        an->format_ok = true;
        an->input_file = "school.yaml";
        memcpy(an->input_sha256, pb->sha256, sizeof pb->sha256);
        an->version = "generator";
        an->status = STATUS_FEASIBLE;
        struct verdict *v = verify(pb, an, false);
        for (int i = 0; i < v->n_faults && i < 20; i++)
                report_error(rp, ERROR_SYSTEM, (struct place){0}, "the plan is at fault: %s %s",
                        v->faults[i].rule, v->faults[i].text);
        for (int t = 0; t < N_TIERS; t++) {
                an->score_given[t] = true;
                double unit = t == REQUIREMENT_SHORTFALL ? (double)pb->year_unit : 1;
                an->score[t] = (double)v->score.tier[t] / unit;
                an->bound_given[t] = false;
                if (v->score.tier[t])
                        printf("  plan: %s %.6g\n", tier_name((enum tier)t), an->score[t]);
        }
        bool fine = !v->n_faults &&
                    answer_write(pb, an, arena_printf(pb->arena, "%s/plan.json", dir), rp);
        verdict_free(v);
        answer_free(an);
        schedule_free(sc);
        return fine;
}

static bool write_all(struct build *b, const char *dir, struct report *rp)
{
        struct problem *pb = b->pb;
        const struct wish *w = &b->s->wish;
        const char *head = arena_printf(pb->arena,
                "Made by generate --kind %s --students %d --bell %s --seed %llu%s%s%s%s", w->kind,
                w->n_students, w->bell, (unsigned long long)w->seed,
                w->tight ? arena_printf(pb->arena, " --tight %d", w->tight) : "",
                w->hard ? " --hard" : "", w->rules ? " --rules" : "", w->homes ? " --homes" : "");
        const char *path = arena_printf(pb->arena, "%s/school.yaml", dir);

        pb->file = path;
        return dir_make(dir, rp) && problem_write(pb, path, NULL, head, rp) &&
               problem_finish(pb, rp) && (!w->planted || write_plan(b, dir, rp));
}

int main(int argc, char **argv)
{
        struct school s = {0};
        const char *dir = ".";

        if (!parse(argc, argv, &s.wish, &dir) || !bell_find(&s.bell, s.wish.bell)) {
                usage(stderr);
                return 1;
        }
        struct report *rp = report_new();
        s.arena = arena_new();
        s.n_cells = s.bell.n_terms * s.bell.n_periods;
        s.rng = rng_for(s.wish.seed, 3);
        demand_draw(&s);
        staff_hire(&s);
        if (s.wish.planted) {
                plan_place(&s);
                plan_seat(&s);
                slack_planted(&s);
        } else {
                slack_natural(&s);
        }
        struct build *b = build_problem(&s);
        if (s.wish.planted && s.wish.rules)
                rules_read_off(b);
        if (s.wish.homes)
                rules_homes(b);
        bool fine = write_all(b, dir, rp);
        fine = (print_figures(b->pb) || !s.wish.check) && fine;
        int code = complain(rp);
        problem_free(b->pb);
        build_free(b);
        arena_free(s.arena);
        report_free(rp);
        return fine ? code : 1;
}
