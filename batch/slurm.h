/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A plan as a Slurm job array: a script whose tasks take their cells by number. The results lie in
 * the same folder as those of a local run; no scheduler library is linked, sbatch is run.
 */
#ifndef BATCH_SLURM_H
#define BATCH_SLURM_H

#include "batch/batch.h"

struct slurm {
        const char *partition, *root; /* NULL: none */
        int cells_per_task;           /* 0: as many as keep the array within 1,000 tasks */
        int threads;                  /* of a cell */
};

/* Write DIR/slurm.sh; its path in b's arena, NULL with an error. */
const char *slurm_write(struct batch *b, const struct slurm *s, struct report *rp);
/* Submit it; the number of the job in b's arena, NULL with an error. */
const char *slurm_submit(struct batch *b, const char *script, struct report *rp);

#endif
