/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linked in the place of solution_answer (--wrap): a solver that is wrong in one seat or one claim.
 */
#include "solver/solution.h"
#include <stdlib.h>

struct answer *__real_solution_answer(
        const struct problem *pb, const struct options *o, const struct solution *s);
struct answer *__wrap_solution_answer(
        const struct problem *pb, const struct options *o, const struct solution *s);

struct answer *__wrap_solution_answer(
        const struct problem *pb, const struct options *o, const struct solution *s)
{
        struct answer *an = __real_solution_answer(pb, o, s);

        if (getenv("SPOIL_SEAT"))
                an->sections[0].students.v[0] = an->sections[0].students.v[1];
        if (getenv("SPOIL_SCORE"))
                an->score[CTE_UNMET] += 1;
        return an;
}
