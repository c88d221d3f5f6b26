/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Identifier text -> small integer, in order of insertion; with did-you-mean for unknown ones. */
#ifndef MODEL_INDEX_H
#define MODEL_INDEX_H

struct index;
struct index *index_new(void);
void index_free(struct index *ix);
/* Add id (its text is copied); the new number, or -1 if it is there already. */
int index_add(struct index *ix, const char *id);
int index_find(const struct index *ix, const char *id);      /* its number or -1 */
int index_size(const struct index *ix);
const char *index_id(const struct index *ix, int i);
/* The nearest known id by edit distance (at most a third of the length, at least 1), or NULL. */
const char *index_nearest(const struct index *ix, const char *id);

#endif
