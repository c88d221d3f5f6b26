/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/report.h"
#include "model/memory.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
        struct message message;
        int file, number; /* order of first appearance of its file, and of arrival */
};

struct report {
        struct arena *arena;
        struct entry *entries;
        int n, cap;
        const char **files; /* copies, so that messages outlive the problem */
        int n_files, cap_files;
        int n_errors, n_warnings;
        bool seen[ERROR_SYSTEM + 1];
        bool sorted;
};

struct report *report_new(void)
{
        struct report *rp = mem_zero(1, sizeof *rp);

        rp->arena = arena_new();
        return rp;
}

void report_free(struct report *rp)
{
        if (!rp)
                return;
        arena_free(rp->arena);
        mem_free(rp->entries);
        mem_free(rp->files);
        mem_free(rp);
}

/* The number of a file by first appearance; -1 for none. */
static int file_number(struct report *rp, const char *file)
{
        if (!file)
                return -1;
        for (int i = rp->n_files - 1; i >= 0; i--)
                if (!strcmp(rp->files[i], file))
                        return i;
        MEM_GROW(rp->files, rp->n_files, rp->cap_files);
        rp->files[rp->n_files] = arena_strdup(rp->arena, file);
        return rp->n_files++;
}

static void keep(struct report *rp, struct message m, const char *fmt, va_list args)
{
        char *text = NULL;
        struct entry *e;

        if (vasprintf(&text, fmt, args) < 0)
                mem_short();
        MEM_GROW(rp->entries, rp->n, rp->cap);
        e = &rp->entries[rp->n];
        e->message = m;
        e->message.text = arena_strdup(rp->arena, text);
        e->file = file_number(rp, m.at.file);
        e->message.at.file = e->file < 0 ? NULL : rp->files[e->file];
        e->number = rp->n++;
        rp->sorted = false;
        free(text);
}

bool report_error(struct report *rp, enum error_kind kind, struct place at, const char *fmt, ...)
{
        va_list args;

        rp->seen[kind] = true;
        if (rp->n_errors++ >= REPORT_MAX_ERRORS)
                return false;
        va_start(args, fmt);
        keep(rp, (struct message){.kind = kind, .at = at}, fmt, args);
        va_end(args);
        return false;
}

void report_warn(struct report *rp, struct place at, const char *fmt, ...)
{
        va_list args;

        rp->n_warnings++;
        va_start(args, fmt);
        keep(rp, (struct message){.warning = true, .at = at}, fmt, args);
        va_end(args);
}

int report_errors(const struct report *rp)
{
        return rp->n_errors;
}

int report_warnings(const struct report *rp)
{
        return rp->n_warnings;
}

int report_count(const struct report *rp)
{
        return rp->n;
}

static int by_place(const void *p, const void *q)
{
        const struct entry *a = p, *b = q;
        const struct place *x = &a->message.at, *y = &b->message.at;

        if (a->file != b->file)
                return a->file < b->file ? -1 : 1;
        if (x->line != y->line)
                return x->line < y->line ? -1 : 1;
        if (x->column != y->column)
                return x->column < y->column ? -1 : 1;
        return a->number < b->number ? -1 : a->number > b->number;
}

const struct message *report_message(struct report *rp, int i)
{
        if (!rp->sorted && rp->n)
                qsort(rp->entries, (size_t)rp->n, sizeof *rp->entries, by_place);
        rp->sorted = true;
        return &rp->entries[i].message;
}

enum error_kind report_worst(const struct report *rp)
{
        if (rp->seen[ERROR_SYSTEM])
                return ERROR_SYSTEM;
        return rp->seen[ERROR_CLASH] ? ERROR_CLASH : ERROR_INPUT;
}
