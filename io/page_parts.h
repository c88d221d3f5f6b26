/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of page_print(). */
#ifndef IO_PAGE_PARTS_H
#define IO_PAGE_PARTS_H

#include "io/json_write.h"
#include "io/page.h"
#include "model/outcome.h"

/* io/page/page.css and io/page/NN_*.js in the order of their names; embedded by the Makefile. */
extern const unsigned char page_css[], page_js[];
extern const unsigned int page_css_size, page_js_size;

/* Members of the island's object, which the caller has begun. Numbers count from 0. */
void page_school(struct json_out *o, const struct page *page); /* bell, people, rooms, courses */
void page_schedule(struct json_out *o, const struct page *page, const struct outcome *out);
void page_measures(struct json_out *o, const struct page *page); /* score, measures, by group */
void page_students(struct json_out *o, const struct page *page); /* records, or nothing */

/* The member "explain": the file's object as it is; null where there is none. */
bool page_explain(struct json_out *o, const struct page *page, struct report *rp);

/* List of whole numbers; key NULL inside a list. */
void page_ints(struct json_out *o, const char *key, const struct ints *list);

#endif
