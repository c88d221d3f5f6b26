/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of problem_write() that have files of their own. */
#ifndef IO_PROBLEM_WRITE_PARTS_H
#define IO_PROBLEM_WRITE_PARTS_H

#include "model/problem.h"
#include <stdio.h>

void write_bell(FILE *f, const struct problem *pb);

#endif
