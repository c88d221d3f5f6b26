/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that tell who somebody is: ids and names of people, and the words of names. */
#ifndef MODEL_ANONYMIZE_WORDS_H
#define MODEL_ANONYMIZE_WORDS_H

#include "model/problem.h"

struct words;

/* Also knows all other ids, so that no code is one of them. words_free() it. */
struct words *words_of(const struct problem *pb);
void words_free(struct words *w);
/* Does the id hold such a word? Case and what stands between words do not matter. */
bool words_name_somebody(const struct words *w, const char *id);
/* Take a code; false where it is taken, or a word or an id. */
bool words_add(struct words *w, const char *code);

#endif
