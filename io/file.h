/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files in and out: read with limits, written whole or not at all. */
#ifndef IO_FILE_H
#define IO_FILE_H

#include "model/report.h"
#include <stddef.h>
#include <stdio.h>

/* The bytes of a regular file, at most max, with a NUL behind them; mem_free() them. NULL with an error in rp. */
char *file_read(const char *path, size_t max, size_t *size, struct place at, struct report *rp);

/*
 * What was read is not to be lost: from now on file_create() refuses to replace any file that
 * file_read() has read so far, or the one named, whatever name or link leads to it (told by device
 * and inode). Of one thread.
 */
void file_guard_read(void);
void file_guard(const char *path);

/* A file being written under a temporary name beside path, which is copied. */
struct file_out;
struct file_out *file_create(const char *path, int mode, struct report *rp);
FILE *file_stream(struct file_out *f);
/* Flush, check for errors and fsync, so that file_commit() can hardly fail. False (and f still open) on failure. */
bool file_settle(struct file_out *f, struct report *rp);
/* Flush, check for errors, fsync, rename; frees f. False (and nothing left behind) on any failure. */
bool file_commit(struct file_out *f, struct report *rp);
void file_abandon(struct file_out *f); /* NULL is fine */
/* Remove the temporary files of all open file_outs: for signal and out-of-memory exits (async-signal-safe). */
void file_abandon_all(void);
/* Make a directory and its parents, 0700 where it is new. */
bool dir_make(const char *path, struct report *rp);

/*
 * Between the two, what file_commit() and dir_make() make where nothing was is noted; made_end(false)
 * removes it again, so that a failure leaves neither half a folder nor a bar to the next try. What
 * was replaced stays as it is. made_end() returns its argument. Of one thread, and not nested.
 */
void made_begin(void);
bool made_end(bool keep);
/* Do both name the same entry of the same folder, whether or not a file is there yet? */
bool file_same_entry(const char *a, const char *b);
/* Are both there, and the same file (by device and inode)? */
bool file_same(const char *a, const char *b);
/* Hex SHA-256 of a sequence of buffers. */
struct sha256;
struct sha256 *sha256_new(void);
void sha256_add(struct sha256 *h, const void *data, size_t size);
void sha256_end(struct sha256 *h, char hex[65]); /* frees h */

#endif
