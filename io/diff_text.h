/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A difference in sentences, as data, as a page: the score, sections, who won and who lost.
 * Students by id only; without `students` they are counted and not named.
 */
#ifndef IO_DIFF_TEXT_H
#define IO_DIFF_TEXT_H

#include "io/json_write.h"
#include "model/difference.h"
#include <stdio.h>

void diff_text(const struct difference *d, bool students, FILE *to);
/* Members of an object that the caller has begun: "score", "requests_dropped", "requests_added",
 * "sections", "won", "lost", "moved", "people", "requests" (dropped, added) and "students" (their
 * seats). */
void diff_json(const struct difference *d, bool students, struct json_out *o);
/* One self-contained page without script. Errors stay in the stream. */
void diff_page(const struct difference *d, bool students, FILE *to);

/* ---- sentences (diff_text.c), also for the page ---- */

/* "ENG9 section 1 moves from ..."; free() it. */
char *diff_section_sentence(const struct difference *d, const struct section_change *c);
/* What a comparison of the scores leaves out: ", but 1 request was dropped ..."; free() it. */
char *diff_dropped_clause(const struct difference *d);
/* "K1 no longer asks for ART, where he had a seat."; free() it. */
char *diff_asked_sentence(const struct difference *d, const struct asked_change *c);
/* "K1 loses ART, gets BAND section 1."; free() it. */
char *diff_student_sentence(const struct difference *d, const struct student_change *c);

#endif
