/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For LD_PRELOAD: allocation number FAIL_AT of the program fails, with FAIL_ALL all later ones too.
 * At a normal end the number of allocations goes to the file FAIL_COUNT.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static atomic_long count;
static long fail_at = -1;
static int fail_all;
static void *(*real_malloc)(size_t);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);

/* dlsym allocates before it can say where calloc is; such memory is never freed. */
static char early[1 << 16];
static size_t early_used;

__attribute__((constructor)) static void begin(void)
{
        const char *at = getenv("FAIL_AT");

        /* ISO C knows no conversion from object to function pointers. */
        *(void **)&real_malloc = dlsym(RTLD_NEXT, "malloc");
        *(void **)&real_calloc = dlsym(RTLD_NEXT, "calloc");
        *(void **)&real_realloc = dlsym(RTLD_NEXT, "realloc");
        fail_all = getenv("FAIL_ALL") != NULL;
        fail_at = at ? atol(at) : -1;
}

__attribute__((destructor)) static void end(void)
{
        const char *path = getenv("FAIL_COUNT");
        FILE *f = path ? fopen(path, "w") : NULL;

        if (!f)
                return;
        fprintf(f, "%ld\n", (long)count);
        fclose(f);
}

static int fails(void)
{
        long n = atomic_fetch_add(&count, 1) + 1;

        if (fail_at < 1 || (n != fail_at && !(fail_all && n > fail_at)))
                return 0;
        errno = ENOMEM;
        return 1;
}

static void *take_early(size_t size)
{
        size_t from = early_used;

        early_used += (size + 15) & ~(size_t)15;
        return early_used <= sizeof early ? early + from : NULL;
}

void *malloc(size_t size)
{
        if (!real_malloc)
                return take_early(size);
        return fails() ? NULL : real_malloc(size);
}

void *calloc(size_t n, size_t size)
{
        if (!real_calloc)
                return take_early(n * size);
        return fails() ? NULL : real_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
        if ((char *)old >= early && (char *)old < early + sizeof early) {
                void *new = malloc(size);
                return new ? memcpy(new, old, size) : NULL;
        }
        return fails() ? NULL : real_realloc(old, size);
}
