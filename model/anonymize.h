/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A school without people: random codes instead of ids, no free text, no order that tells anything.
 *
 * What the format derives from the order of rows (default cohorts, ranks of alternates) is stated
 * first, so that the anonymous school has the schedules of the original one, with the same scores.
 */
#ifndef MODEL_ANONYMIZE_H
#define MODEL_ANONYMIZE_H

#include "model/problem.h"

struct alias {
        const char *kind; /* "student", "teacher", "room", ... */
        const char *id, *code;
};

struct anonymous {
        struct arena *arena; /* owns all texts */
        int n, cap;
        struct alias *v; /* the key: everything that has a code */
};

struct chance {
        uint64_t (*draw)(void *context); /* 64 random bits */
        void *context;
};

/*
 * Change the stated fields of pb, which is finished; from then on it can only be written and freed.
 * Students and teachers all get codes; a course, room or any other thing gets one where its id
 * holds an id, a name or a word of a name of somebody (of three letters or more).
 * anonymous_release() the key.
 */
void problem_anonymize(struct problem *pb, const struct chance *chance, struct anonymous *key);
void anonymous_release(struct anonymous *key);

/*
 * Give what the key names its code, and nothing else: pb as it was read, to read with it what
 * speaks of the anonymous school. False, with an error, where the key is of another school.
 */
bool problem_encode(struct problem *pb, const struct anonymous *key, struct report *rp);

/* A random number below n, every one as likely. */
int chance_below(const struct chance *chance, int n);

#endif
