/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One self-contained HTML page that shows a schedule: opens from disk, asks nothing of any network.
 *
 * The page is a frame, a stylesheet, one JSON island with all data, and a script that shows them;
 * stylesheet and script are embedded at build time from io/page/. Whatever the school's texts
 * hold, the island cannot be left (every <, > and & is escaped) and a content security policy lets
 * nothing run but the one script.
 */
#ifndef IO_PAGE_H
#define IO_PAGE_H

#include "model/schedule.h"
#include "model/verify.h"
#include <stdio.h>

struct page {
        const struct schedule *schedule;
        /* Of the same schedule: lists with reasons (`why` and words), score, bound, status. */
        const struct answer *answer;
        const struct verdict *verdict; /* NULL: verified, nothing found */
        const char *explain;           /* path of an explain.json to show, too; or NULL */
        const char *sha256; /* of schedule.json: an explain.json of another is left out */
        bool students;      /* false: no student record, and no count below 11 of them */
};

/* Counts of students below this are left out of a page without students (small cells). */
enum { PAGE_SMALL = 11 };

/*
 * What is shown of explain.json (format msched-explain/1), all of it optional:
 *
 *     {"schedule_sha256": "...",
 *      "requests": [{"student": "S0042", "course": "BAND", "sentence": "...", "fixes": [FIX ...]}],
 *      "sections": [{"course": "FR4", "section": 2, "sentence": "...", "fixes": [FIX ...]}]}
 *
 *     FIX: {"kind": "one more seat", "text": "...", "cost": "...", "effects": ["..."]}
 *
 * best fix first; cost and effects are sentences on what it takes from others.
 */

/* Write the page to the stream, whose errors stay there. False if explain cannot be read. */
bool page_print(const struct page *page, FILE *to, struct report *rp);

/* Write it to path: temporary file, rename; mode 0600, or 0644 without students. */
bool page_write(const struct page *page, const char *path, struct report *rp);

#endif
