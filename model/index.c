/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/index.h"
#include "model/memory.h"
#include <ctype.h>
#include <limits.h>
#include <string.h>

/* uthash calls exit() when memory is short, unless it gets its memory from us. */
#define uthash_malloc(size) mem_alloc(size)
#define uthash_free(p, size) mem_free(p)
#define uthash_fatal(text) mem_short()
#include <uthash.h>

struct entry {
        UT_hash_handle hh;
        int number;
        const char *id;
};

struct index {
        struct arena *arena;
        struct entry *table;
        struct entry **entries;
        int n, cap;
};

struct index *index_new(void)
{
        struct index *ix = mem_zero(1, sizeof *ix);

        ix->arena = arena_new();
        return ix;
}

void index_free(struct index *ix)
{
        if (!ix)
                return;
        HASH_CLEAR(hh, ix->table);
        arena_free(ix->arena);
        mem_free(ix->entries);
        mem_free(ix);
}

int index_find(const struct index *ix, const char *id)
{
        struct entry *e = NULL;

        HASH_FIND(hh, ix->table, id, strlen(id), e);
        return e ? e->number : -1;
}

int index_add(struct index *ix, const char *id)
{
        struct entry *e;

        if (index_find(ix, id) >= 0)
                return -1;
        e = arena_alloc(ix->arena, sizeof *e);
        e->id = arena_strdup(ix->arena, id);
        e->number = ix->n;
        HASH_ADD_KEYPTR(hh, ix->table, e->id, strlen(e->id), e);
        MEM_GROW(ix->entries, ix->n, ix->cap);
        ix->entries[ix->n] = e;
        return ix->n++;
}

int index_size(const struct index *ix)
{
        return ix->n;
}

const char *index_id(const struct index *ix, int i)
{
        return ix->entries[i]->id;
}

enum { LONGEST_GUESS = 60 }; /* longer ids get no did-you-mean */

static int same_letter(char a, char b)
{
        return tolower((unsigned char)a) == tolower((unsigned char)b);
}

static int smaller(int a, int b)
{
        return a < b ? a : b;
}

/* Insertions, deletions, changes and swaps of neighbours that turn a into b; case is free. */
static int distance(const char *a, int n, const char *b, int m)
{
        int row[3][LONGEST_GUESS + 1];

        for (int j = 0; j <= m; j++)
                row[0][j] = j;
        for (int i = 1; i <= n; i++) {
                int *now = row[i % 3];
                const int *up = row[(i + 2) % 3], *up2 = row[(i + 1) % 3];

                now[0] = i;
                for (int j = 1; j <= m; j++) {
                        now[j] = up[j - 1] + !same_letter(a[i - 1], b[j - 1]);
                        now[j] = smaller(now[j], 1 + smaller(up[j], now[j - 1]));
                        if (i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) &&
                                same_letter(a[i - 2], b[j - 1]))
                                now[j] = smaller(now[j], up2[j - 2] + 1);
                }
        }
        return row[n % 3][m];
}

const char *index_nearest(const struct index *ix, const char *id)
{
        const size_t n = strlen(id);
        const char *found = NULL;
        int best; /* the first distance that is too far */

        if (n > LONGEST_GUESS)
                return NULL;
        best = n < 6 ? 2 : (int)n / 3 + 1;
        for (int i = 0; i < ix->n; i++) {
                const char *known = ix->entries[i]->id;
                const size_t m = strlen(known);
                int d;

                if (m > LONGEST_GUESS || m + (size_t)best <= n || n + (size_t)best <= m)
                        continue;
                d = distance(id, (int)n, known, (int)m);
                if (d < best) {
                        best = d;
                        found = known;
                }
        }
        return found;
}
