/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/memory.h"
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void say_and_exit(void)
{
        static const char text[] = "msched: out of memory\n";
        ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);

        (void)ignored;
        _exit(4);
}

static void (*short_handler)(void) = say_and_exit;

void mem_set_handler(void (*handler)(void))
{
        short_handler = handler ? handler : say_and_exit;
}

void mem_short(void)
{
        short_handler();
        _exit(4);
}

/* malloc(0) may give NULL; ours never does. */
static size_t at_least_one(size_t size)
{
        return size ? size : 1;
}

static size_t product(size_t count, size_t size)
{
        if (size && count > SIZE_MAX / size)
                mem_short();
        return count * size;
}

void *mem_alloc(size_t size)
{
        void *p = malloc(at_least_one(size));

        if (!p)
                mem_short();
        return p;
}

void *mem_zero(size_t count, size_t size)
{
        void *p = calloc(1, at_least_one(product(count, size)));

        if (!p)
                mem_short();
        return p;
}

void *mem_resize(void *old, size_t count, size_t size)
{
        void *p = realloc(old, at_least_one(product(count, size)));

        if (!p)
                mem_short();
        return p;
}

void *mem_copy(const void *from, size_t size)
{
        void *p = mem_alloc(size);

        if (size)
                memcpy(p, from, size);
        return p;
}

void mem_free(void *p)
{
        free(p);
}

/* Arenas hand out slices of blocks that double in size; all blocks go at once. */
enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

struct block {
        struct block *next;
        size_t size, used;
        max_align_t data[];
};

struct arena {
        struct block *blocks;
        size_t next_size;
};

struct arena *arena_new(void)
{
        struct arena *a = mem_zero(1, sizeof *a);

        a->next_size = FIRST_BLOCK;
        return a;
}

void arena_clear(struct arena *a)
{
        while (a->blocks) {
                struct block *next = a->blocks->next;

                mem_free(a->blocks);
                a->blocks = next;
        }
        a->next_size = FIRST_BLOCK;
}

void arena_free(struct arena *a)
{
        if (!a)
                return;
        arena_clear(a);
        mem_free(a);
}

static struct block *add_block(struct arena *a, size_t need)
{
        size_t size = need > a->next_size ? need : a->next_size;
        struct block *b;

        if (size > SIZE_MAX - sizeof *b)
                mem_short();
        b = mem_alloc(sizeof *b + size);
        b->size = size;
        b->used = 0;
        b->next = a->blocks;
        a->blocks = b;
        if (a->next_size < LARGEST_BLOCK)
                a->next_size *= 2;
        return b;
}

void *arena_alloc(struct arena *a, size_t size)
{
        const size_t unit = sizeof(max_align_t);
        struct block *b = a->blocks;
        char *p;

        if (size > SIZE_MAX - unit)
                mem_short();
        size = (at_least_one(size) + unit - 1) / unit * unit;
        if (!b || b->size - b->used < size)
                b = add_block(a, size);
        p = (char *)b->data + b->used;
        b->used += size;
        return memset(p, 0, size);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
        return arena_alloc(a, product(count, size));
}

char *arena_strdup(struct arena *a, const char *s)
{
        return arena_strndup(a, s, strlen(s));
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
        char *copy = arena_alloc(a, n + 1);

        memcpy(copy, s, n);
        return copy;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
        va_list args, again;
        char *text;
        int n;

        va_start(args, fmt);
        va_copy(again, args);
        n = vsnprintf(NULL, 0, fmt, args);
        va_end(args);
        if (n < 0)
                mem_short();
        text = arena_alloc(a, (size_t)n + 1);
        vsnprintf(text, (size_t)n + 1, fmt, again);
        va_end(again);
        return text;
}
