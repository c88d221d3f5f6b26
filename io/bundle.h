/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files that belong together, written to a folder or as one zip archive, and read back.
 *
 * A bundle is kept in memory until it is whole. A path that ends in ".zip" is an archive, which is
 * the same bytes for the same files; any other is a folder.
 */
#ifndef IO_BUNDLE_H
#define IO_BUNDLE_H

#include "model/memory.h"
#include "model/report.h"
#include <stdio.h>

struct bundle;

/* path lives as long as the messages. */
struct bundle *bundle_new(const char *path);
/* A stream for the file of that name (a bare name), good until bundle_commit(). */
FILE *bundle_file(struct bundle *b, const char *name);
/*
 * Write all files, readable by their owner alone, each under a temporary name first, and free the
 * bundle. What is there already is refused, but with `force` files of these names are replaced: a
 * link by a file, never the file that it points at. Other files of a folder that end as ours do
 * (".csv") are refused even then, since a reader would take them for part of the bundle.
 */
bool bundle_commit(struct bundle *b, bool force, struct report *rp);
void bundle_free(struct bundle *b); /* without writing it; NULL is fine */

/* A folder or an archive to read from. */
struct bundle_in;
struct bundle_in *bundle_open(const char *path, struct report *rp); /* NULL with an error */
/*
 * The bytes of the file, with a NUL behind them, in the arena; NULL where it is not there, with an
 * error in rp if it cannot be read or `needed`. Nothing outside of the folder is ever read, and of
 * an archive only what lies at its top. *shown: the file's name for messages.
 */
char *bundle_read(struct bundle_in *b, struct arena *a, const char *name, bool needed, size_t *size,
        const char **shown, struct report *rp);
void bundle_close(struct bundle_in *b); /* NULL is fine */

#endif
