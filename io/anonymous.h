/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of an anonymous school, its key, and the way back. */
#ifndef IO_ANONYMOUS_H
#define IO_ANONYMOUS_H

#include "model/anonymize.h"
#include "model/schedule.h"

/*
 * Write a school after problem_anonymize() to folder/school.yaml with its tables and, where it has
 * one, the previous schedule.
 */
bool anonymous_write(const struct problem *pb, const char *folder, struct report *rp);

/* Make the folder; false, with an error, where it is there and not empty. */
bool anonymous_prepare(const char *folder, struct report *rp);

/* The key as CSV (kind, id, code), readable by its owner alone; nothing is overwritten. */
bool key_write(const struct anonymous *key, const char *path, struct report *rp);
/* anonymous_release() it, also after a failure. */
bool key_read(const char *path, struct anonymous *key, struct report *rp);
/* Refuse a key that would lie in the folder, or in one below it. */
bool key_lies_apart(const char *path, const char *folder, struct report *rp);

/*
 * Rewrite a schedule of the anonymous school as one of pb. coded: the school as pb was read, after
 * problem_encode() with the key. Nothing is overwritten.
 */
bool anonymous_restore(const struct problem *pb, const struct problem *coded,
        const struct anonymous *key, const char *from, const char *to, struct report *rp);

#endif
