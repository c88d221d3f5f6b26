/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support_fuzz.h"
#include "io/problem_read.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[100];

static void remove_folder(void)
{
        static const char *const names[] = {"school.yaml", "students.csv", "requests.csv"};
        char path[200];
        for (int i = 0; i < 3; i++) {
                snprintf(path, sizeof path, "%s/%s", folder, names[i]);
                unlink(path);
        }
        rmdir(folder);
}

static void make_folder(void)
{
        if (*folder)
                return;
        snprintf(folder, sizeof folder, "%s/msched-fuzz-XXXXXX",
                access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
        if (!mkdtemp(folder))
                abort();
        atexit(remove_folder);
}

static const char *write_part(const char *name, const char *bytes, size_t size)
{
        static char path[200];
        snprintf(path, sizeof path, "%s/%s", folder, name);
        FILE *to = fopen(path, "w");
        if (!to || fwrite(bytes, 1, size, to) != size || fclose(to))
                abort();
        return path;
}

/* The bytes up to the next line of `===`; what follows it stays in *rest. */
static size_t cut(const char **rest, size_t *left)
{
        static const char line[] = "\n===\n";
        const char *end = memmem(*rest, *left, line, strlen(line));
        size_t size = end ? (size_t)(end - *rest) + 1 : *left;
        size_t taken = end ? size + strlen(line) - 1 : size;
        *rest += taken;
        *left -= taken;
        return size;
}

static void check_message(const struct message *m)
{
        bool bad = !m->at.file || m->at.line < 0 || m->at.column < 0 || !*m->text;
        for (const char *c = m->text; *c; c++)
                bad |= (unsigned char)*c < 0x20 || *c == 0x7f;
        if (bad) {
                fprintf(stderr, "%s:%d:%d: %s\n", m->at.file, m->at.line, m->at.column, m->text);
                abort();
        }
}

void fuzz_school(const char *bytes, size_t size)
{
        make_folder();
        const char *parts[3];
        size_t sizes[3];
        for (int i = 0; i < 3; i++) {
                parts[i] = bytes;
                sizes[i] = cut(&bytes, &size);
        }
        write_part("students.csv", parts[1], sizes[1]);
        write_part("requests.csv", parts[2], sizes[2]);
        struct report *rp = report_new();
        struct problem *pb = problem_read(write_part("school.yaml", parts[0], sizes[0]), NULL, rp);
        if (!pb != (report_errors(rp) > 0))
                abort();
        if (pb)
                problem_warn(pb, rp);
        for (int i = 0; i < report_count(rp); i++)
                check_message(report_message(rp, i));
        problem_free(pb);
        report_free(rp);
}
