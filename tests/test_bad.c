/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tests/bad/NAME/: a school with something wrong, and in `expect` every message that reading it
 * must give, in the form of `msched check`; a last line `accepted` where it is only warned of.
 *
 *     test_bad [FOLDER]        check all cases, as TAP
 *     test_bad --show NAME     print what the case gives, to compare and keep
 */
#include "io/problem_read.h"
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void print_message(FILE *to, const struct message *m)
{
        fputs(m->at.file ? m->at.file : "msched", to);
        if (m->at.line)
                fprintf(to, ":%d:%d", m->at.line, m->at.column);
        fprintf(to, ": %s%s\n", m->warning ? "warning: " : "", m->text);
}

/* What reading school.yaml in the current folder says. */
static void read_case(FILE *to)
{
        struct report *rp = report_new();
        struct problem *pb = problem_read("school.yaml", NULL, rp);
        int kept = 0;
        if (pb)
                problem_warn(pb, rp);
        for (int i = 0; i < report_count(rp); i++) {
                print_message(to, report_message(rp, i));
                kept += !report_message(rp, i)->warning;
        }
        if (report_errors(rp) > kept)
                fprintf(to, "msched: and %d more errors\n", report_errors(rp) - kept);
        if (pb)
                fputs("accepted\n", to);
        problem_free(pb);
        report_free(rp);
}

static char *text_of_case(void)
{
        char *text = NULL;
        size_t size = 0;
        FILE *to = open_memstream(&text, &size);
        if (!to)
                abort();
        read_case(to);
        fclose(to);
        return text;
}

static char *text_of_file(const char *path)
{
        FILE *from = fopen(path, "r");
        char *text = NULL;
        size_t size = 0;
        if (from && getdelim(&text, &size, 0, from) < 0 && text)
                *text = 0;
        if (from)
                fclose(from);
        return text;
}

static double now(void)
{
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool check_case(const char *name)
{
        enum { SECONDS = 5 }; /* a bomb that goes off takes minutes */
        double begin = now();
        char *got = text_of_case(), *want = text_of_file("expect");
        bool same = want && !strcmp(got, want), fast = now() - begin < SECONDS;
        printf("%s - %s\n", same && fast ? "ok" : "not ok", name);
        if (!same)
                printf("found:\n%sexpected:\n%s", got, want ? want : "(no file expect)\n");
        if (!fast)
                printf("took more than %d seconds\n", SECONDS);
        free(got);
        free(want);
        return same && fast;
}

static int is_case(const struct dirent *entry)
{
        return entry->d_name[0] != '.';
}

static void enter(const char *folder)
{
        if (chdir(folder)) {
                perror(folder);
                exit(2);
        }
}

static int check_all(void)
{
        enum { LEAST = 60 };
        struct dirent **entries;
        char home[PATH_MAX];
        int n = scandir(".", &entries, is_case, alphasort), bad = 0;
        if (n < 0 || !getcwd(home, sizeof home))
                return 2;
        for (int i = 0; i < n; i++) {
                enter(entries[i]->d_name);
                bad += !check_case(entries[i]->d_name);
                enter(home);
                free(entries[i]);
        }
        free(entries);
        printf("%s - there are %d bad schools, at least %d\n", n >= LEAST ? "ok" : "not ok", n,
                LEAST);
        printf("1..%d\n", n + 1);
        return bad || n < LEAST;
}

int main(int argc, char **argv)
{
        bool show = argc == 3 && !strcmp(argv[1], "--show");
        enter(argc == 2 ? argv[1] : "tests/bad");
        if (!show)
                return check_all();
        enter(argv[2]);
        read_case(stdout);
        return 0;
}
