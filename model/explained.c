/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/explained.h"

const char *fix_code(enum fix_kind kind)
{
        static const char *const codes[N_FIXES] = {
                [FIX_SEAT] = "seat",
                [FIX_MOVE] = "move",
                [FIX_SECTION] = "section",
                [FIX_UNLOCK] = "unlock",
                [FIX_TEACHER] = "teacher_period",
                [FIX_CREDENTIAL] = "credential",
                [FIX_RULE] = "rule",
                [FIX_GIVE_UP] = "give_up",
                [FIX_SWAP] = "swap",
        };
        return codes[kind];
}
