/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Folders as whole results: made under a temporary name, locked, put in place by one rename.
 *
 * A temporary folder is `.NAME.tmp` beside its final place. Who works in it holds a lock on it,
 * which the process that solves may inherit: it is free again when both are dead, however they
 * ended. What is found unlocked is litter of a killed run.
 */
#ifndef BATCH_FOLDER_H
#define BATCH_FOLDER_H

#include "model/memory.h"
#include "model/report.h"

struct folder {
        const char *final, *temporary; /* in the arena given */
        int lock;                      /* close-on-exec; -1: none */
};

enum folder_state { FOLDER_OPEN, FOLDER_BUSY, FOLDER_FAILED };

/* Open an empty temporary folder for final. BUSY: another process works on it. */
enum folder_state folder_open(
        struct folder *f, struct arena *a, const char *final, struct report *rp);
/* Put temporary/NAME in the final place instead of what is there, and clean up. */
bool folder_commit(struct folder *f, const char *name, struct report *rp);
void folder_abandon(struct folder *f);

/* Remove a file or a folder with all that is in it; what is not there is fine. */
void remove_tree(const char *path);
/* Remove what killed runs left in a folder: unlocked `.*.tmp`, files of dead processes. */
void sweep_folder(const char *path);

#endif
