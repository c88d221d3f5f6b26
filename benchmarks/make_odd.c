/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes odd and small schools, plainly: see benchmarks/README.md and instances.txt. */
#include "benchmarks/invent.h"
#include <getopt.h>

enum {
        MAX_COURSES = 400,
        MAX_STAFF = 2000,
        DEPARTMENTS = 8,
        TARGET = 28,
        SIZE = 30,
        MAX_LIST = 16
};

struct odd {
        int students, periods, terms, courses, requests, cohorts, seats, locks;
        int part_time, no_rooms, one_teacher, every_credential, singletons; /* flags */
        long seed;
        const char *dir;
        struct random random;
        int careers;                                               /* pathways */
        int wanted[MAX_COURSES], sections[MAX_COURSES], n_courses; /* careers' courses last */
        int *request; /* [students * MAX_LIST], -1 at the end */
        int staff[DEPARTMENTS], load;
};

static const struct option options[] = {{"students", 1, NULL, 0}, {"periods", 1, NULL, 1},
        {"terms", 1, NULL, 2}, {"courses", 1, NULL, 3}, {"requests", 1, NULL, 4},
        {"cohorts", 1, NULL, 5}, {"seats", 1, NULL, 6}, {"locks", 1, NULL, 7},
        {"part-time", 0, NULL, 8}, {"no-rooms", 0, NULL, 9}, {"one-teacher", 0, NULL, 10},
        {"every-credential", 0, NULL, 11}, {"singletons", 0, NULL, 12}, {"seed", 1, NULL, 13}, {0}};

static void usage(void)
{
        fputs("make_odd [--students N] [--periods N] [--terms N] [--courses N] [--requests N] "
              "[--cohorts N]\n"
              "         [--seats PERCENT] [--locks N] [--part-time] [--no-rooms] [--one-teacher]\n"
              "         [--every-credential] [--singletons] [--seed N] [-o DIR]\n"
              "\n"
              "  --requests          of each student\n"
              "  --cohorts           four to a pathway, one a grade\n"
              "  --seats             of what is asked for\n"
              "  --locks             of sections to teacher and period, then of students\n"
              "  --one-teacher       he has every credential and is alone\n"
              "  --every-credential  the first teacher has every one\n",
                stderr);
        exit(1);
}

static int clamp(int value, int low, int high)
{
        return value < low ? low : value > high ? high : value;
}

static void parse(int argc, char **argv, struct odd *o)
{
        int *const to[] = {&o->students, &o->periods, &o->terms, &o->courses, &o->requests,
                &o->cohorts, &o->seats, &o->locks, &o->part_time, &o->no_rooms, &o->one_teacher,
                &o->every_credential, &o->singletons};

        *o = (struct odd){.students = 100,
                .periods = 7,
                .terms = 1,
                .courses = 20,
                .requests = 6,
                .seats = 100,
                .seed = 1,
                .dir = "."};
        for (int c; (c = getopt_long(argc, argv, "o:", options, NULL)) != -1;) {
                if (c == 'o')
                        o->dir = optarg;
                else if (c == 13)
                        o->seed = atol(optarg);
                else if (c >= 0 && c < 13)
                        *to[c] = optarg ? atoi(optarg) : 1;
                else
                        usage();
        }
        if (optind != argc || o->students < 1 || o->students > 10000 || o->periods < 2 ||
                o->periods > 20 || o->terms < 1 || o->terms > 3 || o->courses < o->requests ||
                o->courses < 1 || o->courses + o->cohorts > MAX_COURSES ||
                o->requests > MAX_LIST - 2)
                usage();
        o->random.state = (uint64_t)o->seed;
}

static int grade_of(int student)
{
        return 9 + student % 4;
}

static int career_of(const struct odd *o, int student)
{
        return student / 4 % o->careers;
}

/* Courses that come first are the likelier, as squares of a uniform number are small. */
static int draw(struct odd *o)
{
        int a = below(&o->random, 1000), b = o->singletons ? 999 : 300 + below(&o->random, 700);

        return a * b / 1000 * o->courses / 1000;
}

static void draw_requests(struct odd *o)
{
        o->careers = (o->cohorts + 3) / 4;
        o->n_courses = o->courses + 4 * o->careers;
        o->request = calloc((size_t)o->students * MAX_LIST, sizeof *o->request);
        if (!o->request)
                fail("no memory for", "requests");
        for (int k = 0; k < o->students; k++) {
                int *list = o->request + k * MAX_LIST, n = 0;

                if (o->careers && o->requests)
                        list[n++] = o->courses + 4 * career_of(o, k) + k % 4;
                while (n < o->requests) {
                        int c = draw(o), i = 0;
                        while (i < n && list[i] != c)
                                i++;
                        if (i == n)
                                list[n++] = c;
                }
                for (int i = 0; i < n; i++)
                        o->wanted[list[i]]++;
                list[n] = -1;
        }
        for (int c = 0; c < o->n_courses; c++) {
                int seats = o->wanted[c] * o->seats / 100;
                int n = o->seats < 100 ? seats / SIZE : (seats + TARGET - 1) / TARGET;
                o->sections[c] = o->singletons ? 1 : clamp(n, 1, 200);
        }
}

static void print_bell(const struct odd *o, FILE *f)
{
        static const char *const names[] = {"T1", "T2", "T3"};

        fprintf(f, "msched: 1\nschool: {name: An odd school}\nbell:\n  terms: [");
        for (int t = 0; t < o->terms; t++)
                fprintf(f, "%s%s", t ? ", " : "", o->terms > 1 ? names[t] : "Y");
        fprintf(f, "]\n  periods: %d\ncontract: {size: {target: %d, max: %d}}\n", o->periods,
                TARGET, SIZE);
}

static void hire(struct odd *o)
{
        int sections[DEPARTMENTS] = {0};

        o->load = o->part_time ? clamp(o->periods / 2, 1, 20) : clamp(o->periods - 1, 1, 20);
        for (int c = 0; c < o->n_courses; c++)
                sections[c % DEPARTMENTS] += o->sections[c];
        for (int d = 0; d < DEPARTMENTS; d++)
                o->staff[d] = (sections[d] + o->load - 1) / o->load;
        if (o->one_teacher)
                for (int d = 0; d < DEPARTMENTS; d++)
                        o->staff[d] = d == 0;
}

static void print_half(const struct odd *o, int half, FILE *f)
{
        int from = half ? o->periods - o->load : 0;

        fputs(", available: [", f);
        for (int p = 0; p < o->load; p++)
                fprintf(f, "%s\"%d\"", p ? ", " : "", from + p + 1);
        fputs("]", f);
}

static void print_teachers(const struct odd *o, FILE *f)
{
        fputs("teachers:\n", f);
        for (int d = 0; d < DEPARTMENTS; d++)
                for (int i = 0; i < o->staff[d]; i++) {
                        bool all = o->one_teacher || (o->every_credential && !d && !i);
                        fprintf(f, "  - {id: t%d-%d, credentials: [", d, i);
                        for (int e = 0; e < DEPARTMENTS; e++)
                                if (all || e == d)
                                        fprintf(f, "%sdept%d", all && e ? ", " : "", e);
                        fprintf(f, "], load: %d", o->load);
                        if (o->part_time)
                                print_half(o, i % 2, f);
                        fputs("}\n", f);
                }
}

static void print_rooms(const struct odd *o, FILE *f)
{
        int sections = 0;

        for (int c = 0; c < o->n_courses; c++)
                sections += o->sections[c];
        if (o->no_rooms)
                return;
        fputs("rooms:\n", f);
        for (int r = 0; r < sections / (o->periods - 1) + 2; r++)
                fprintf(f, "  - {id: R%d, types: [classroom]}\n", r);
}

static void print_course(const struct odd *o, int c, FILE *f)
{
        fprintf(f, "  - {id: C%d, credential: dept%d, sections: %d", c, c % DEPARTMENTS,
                o->sections[c]);
        if (!o->no_rooms)
                fputs(", room: classroom", f);
        if (c >= o->courses)
                fprintf(f, ", pathway: path%d, grades: [%d]", (c - o->courses) / 4,
                        9 + (c - o->courses) % 4);
        fputs("}\n", f);
}

static void print_pathways(const struct odd *o, FILE *f)
{
        if (!o->careers)
                return;
        fputs("pathways:\n", f);
        for (int p = 0; p < o->careers; p++) {
                fprintf(f, "  - id: path%d\n    cohorts:\n", p);
                for (int g = 0; g < 4 && 4 * p + g < o->cohorts; g++)
                        fprintf(f, "      - {id: path%d-%d, grade: %d, courses: [C%d, C0]}\n", p,
                                9 + g, 9 + g, o->courses + 4 * p + g);
        }
}

/* Every teacher's sections one after the other in his first periods: they cannot clash. */
static int lock_sections(const struct odd *o, int n, FILE *f)
{
        int used[DEPARTMENTS] = {0}, done = 0;

        for (int c = 0; c < o->n_courses; c++)
                for (int k = 0; k < o->sections[c] && done < n; k++) {
                        int d = c % DEPARTMENTS, at = used[d]++;
                        if (at >= o->staff[d] * o->load)
                                break;
                        fprintf(f,
                                "  - {course: C%d, section: %d, teacher: t%d-%d, period: \"%d\"}\n",
                                c, k + 1, d, at / o->load, at % o->load + 1);
                        done++;
                }
        return done;
}

static void print_locks(const struct odd *o, FILE *f)
{
        int done, seated[MAX_COURSES] = {0};

        if (!o->locks)
                return;
        fputs("locks:\n", f);
        done = lock_sections(o, o->locks * 2 / 3, f);
        for (int k = 0; k < o->students && done < o->locks; k++, done++) {
                int c = o->request[k * MAX_LIST];
                if (c >= 0)
                        fprintf(f, "  - {student: S%d, course: C%d, section: %d}\n", k, c,
                                1 + seated[c]++ % o->sections[c]);
        }
}

static void print_school(const struct odd *o)
{
        FILE *f = create(o->dir, "school.yaml");

        print_bell(o, f);
        print_teachers(o, f);
        print_rooms(o, f);
        fputs("courses:\n", f);
        for (int c = 0; c < o->n_courses; c++)
                print_course(o, c, f);
        print_pathways(o, f);
        fputs("students: {file: students.csv}\nrequests: {file: requests.csv}\n", f);
        print_locks(o, f);
        finish(f);
}

static void print_tables(const struct odd *o)
{
        FILE *f = create(o->dir, "students.csv");

        fputs("id,grade,pathway\n", f);
        for (int k = 0; k < o->students; k++) {
                fprintf(f, "S%d,%d,", k, grade_of(k));
                if (o->careers)
                        fprintf(f, "path%d", career_of(o, k));
                fputs("\n", f);
        }
        finish(f);
        f = create(o->dir, "requests.csv");
        fputs("student,course,kind\n", f);
        for (int k = 0; k < o->students; k++)
                for (int i = 0; o->request[k * MAX_LIST + i] >= 0; i++)
                        fprintf(f, "S%d,C%d,%s\n", k, o->request[k * MAX_LIST + i],
                                i < 4 ? "required" : "elective");
        finish(f);
}

int main(int argc, char **argv)
{
        struct odd o;

        parse(argc, argv, &o);
        draw_requests(&o);
        hire(&o);
        print_school(&o);
        print_tables(&o);
        free(o.request);
        return 0;
}
