/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A school from YAML and CSV: one field table per mapping, then cross-references, then
 * problem_finish(). */
#ifndef IO_PROBLEM_READ_H
#define IO_PROBLEM_READ_H

#include "io/yaml_node.h"
#include "model/problem.h"

/*
 * Read the school in the YAML file at path with its tables. All errors of all files go to rp (line,
 * column, what was found, what was expected); warnings too. NULL if there were errors, else a
 * finished problem that the caller frees. root: the folder that every file it names must lie under
 * after realpath; NULL: the folder of path.
 */
struct problem *problem_read(const char *path, const char *root, struct report *rp);

/*
 * The same from a tree, whose nodes may come from several files and must outlive the problem. What
 * a node names is relative to its file and must lie under that file's folder, or under root. The
 * problem's sha256 is that of the tables alone.
 */
struct problem *problem_read_tree(
        const char *file, const struct node *top, const char *root, struct report *rp);

/* Warnings for what is legal but doomed: requests no section can serve, courses without a teacher,
 * ... */
void problem_warn(const struct problem *pb, struct report *rp);

#endif
