/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A difference in sentences, by section and by student, or as data. Students by id only. */
#ifndef IO_DIFF_TEXT_H
#define IO_DIFF_TEXT_H

#include "io/json_write.h"
#include "model/difference.h"
#include <stdio.h>

void diff_text(const struct difference *d, FILE *to);
/* The members "sections" and "students" of an object that the caller has begun. */
void diff_json(const struct difference *d, struct json_out *o);

#endif
