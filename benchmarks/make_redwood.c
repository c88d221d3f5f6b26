/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make_redwood DIR [PLAN]: writes the school of examples/redwood into DIR, which must exist, and
 * its hidden plan, a schedule without a fault, to the file PLAN.
 */
#include "benchmarks/redwood/redwood.h"

int main(int argc, char **argv)
{
        static struct redwood r;
        uint64_t seed = 2038; /* the first from 2027 on with a whole plan */

        if (argc != 2 && argc != 3) {
                fputs("usage: make_redwood DIR [PLAN]\n", stderr);
                return 1;
        }
        do {
                memset(&r, 0, sizeof r);
                r.plan.random.state = seed++;
                r.plan.periods = period_ids;
                r.plan.terms = term_ids;
                staff_units(&r);
        } while (!place_units(&r) || !load_people(&r));
        perturb_requests(&r);
        read_plan(&r);
        flag_people(&r);
        write_redwood(&r, argv[1]);
        if (argc == 3)
                write_plan(&r.plan, argv[2]);
        return 0;
}
