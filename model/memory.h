/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory that is either there or ends the run.
 *
 * No caller can go on without the memory it asked for, so mem_* never return NULL: when the system
 * refuses, the handler is called, which must not return (cli removes its temporary files, says so
 * and exits with 4; the last good result stays on the disk because results are renamed into place).
 * Arenas are for what lives and dies together; everything else is freed with mem_free.
 */
#ifndef MODEL_MEMORY_H
#define MODEL_MEMORY_H

#include <stddef.h>

/* Called, possibly from any thread, when memory is short; must not return. Default: message, _exit(4). */
void mem_set_handler(void (*handler)(void));

void *mem_alloc(size_t size);                  /* uninitialised */
void *mem_zero(size_t count, size_t size);     /* all bytes 0; overflow is checked */
void *mem_resize(void *old, size_t count, size_t size);
void *mem_copy(const void *from, size_t size); /* a copy that the caller frees */
void mem_free(void *p);                        /* NULL is fine */

/* The one way to say that memory is short, also for libraries' own refusals. Does not return. */
void mem_short(void) __attribute__((noreturn));

/* MEM_GROW(a, n, cap): room for one more element in the mem_* array a. */
#define MEM_GROW(a, n, cap)                                                                        \
        do {                                                                                       \
                if ((n) >= (cap)) {                                                                \
                        (cap) = (cap) ? (cap)*2 : 8;                                               \
                        (a) = mem_resize((a), (size_t)(cap), sizeof *(a));                         \
                }                                                                                  \
        } while (0)

struct arena;
struct arena *arena_new(void);
void arena_free(struct arena *a); /* NULL is fine; frees all that was taken from it */
void arena_clear(struct arena *a);
void *arena_alloc(struct arena *a, size_t size);              /* zeroed, aligned for any type */
void *arena_array(struct arena *a, size_t count, size_t size); /* zeroed; overflow is checked */
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
