/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts without the ids of students. */
#ifndef IO_REDACT_H
#define IO_REDACT_H

#include "model/index.h"
#include "model/memory.h"
#include <stdbool.h>

/*
 * The text with [student] for every id of ids that stands in it as a word, and for what is quoted
 * after the word student; ids NULL (not known): with '...' for everything quoted, and for the word
 * after student. In the arena, or the text itself.
 */
const char *redact(struct arena *a, const struct index *ids, const char *text);

/*
 * The text with to[i] for every word that is id i of ids (a word: nothing of a word stands beside
 * it). In the arena; NULL for NULL.
 */
const char *words_replaced(
        struct arena *a, const struct index *ids, const char *const *to, const char *text);

#endif
