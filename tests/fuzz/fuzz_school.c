/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fuzzer's door to fuzz_school(); see tests/fuzz/run. */
#include "tests/support_fuzz.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        fuzz_school((const char *)data, size);
        return 0;
}
