/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a school with its tables, for the fuzzer and for replaying what it found. */
#ifndef TESTS_SUPPORT_FUZZ_H
#define TESTS_SUPPORT_FUZZ_H

#include <stddef.h>

/*
 * Read the bytes as school.yaml, students.csv and requests.csv, parted by lines of `===`. Aborts
 * where a refusal comes without an error, or a message with control characters or without a file.
 */
void fuzz_school(const char *bytes, size_t size);

#endif
