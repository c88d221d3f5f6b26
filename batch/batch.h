/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A plan at work in a folder.
 *
 *     DIR/batch.json                          what the cells are, for collect and compare
 *     DIR/schools/SCHOOL/SCENARIO/            school.yaml and its tables, changes applied
 *     DIR/cells/SCHOOL/SCENARIO/seed-N/       what solve wrote, and cell.json with the cell's key
 *     DIR/cells/SCHOOL/SCENARIO/seed-N.failed why it could not be solved
 *
 * A cell's key is a hash of all that decides its result: program, school, options, seed. A cell is
 * done if its folder holds that key. Each cell is solved by a process of its own.
 */
#ifndef BATCH_BATCH_H
#define BATCH_BATCH_H

#include "batch/folder.h"
#include "batch/plan.h"
#include <signal.h>
#include <sys/types.h>

enum { KEY_SIZE = 65 };

struct words { /* arguments of a command */
        int n;
        const char *const *v;
};

struct input { /* a school with a scenario's changes */
        const char *dir;
        bool ready;
        char sha256[KEY_SIZE]; /* of its files; "" until asked for */
};

struct batch {
        struct arena *arena;
        const struct plan *plan;
        const char *dir, *program, *version; /* dir: a real path */
        const struct words *options;         /* [n_scenarios] for `solve`, without seed */
        struct input *inputs;                /* [n_schools * n_scenarios] */
        bool redact;                         /* no student ids in the messages of cells */
};

/* Everything but plan and options; dir is made if need be. batch_release() it also after false. */
bool batch_init(struct batch *b, const struct plan *plan, const char *dir, const char *version,
        const struct words *options, struct report *rp);
void batch_release(struct batch *b);
struct input *batch_input(const struct batch *b, const struct cell *c);
const char *batch_cell_dir(const struct batch *b, const struct cell *c);

/*
 * Write the schools and batch.json; what is there and the same stays. A school that cannot be made
 * leaves its errors in DIR/schools/SCHOOL/SCENARIO.failed and in rp_school (once), and its cells
 * will fail. False if the folder cannot be used.
 */
bool batch_prepare(struct batch *b, const char *root, struct report *rp_school, struct report *rp);
/* Sole use of the folder for a local run; -1 with an error if another has it. close() it. */
int batch_lock(const struct batch *b, struct report *rp);
void batch_sweep(const struct batch *b); /* litter of killed runs */

/* ---- one cell (cell.c) ---- */

enum cell_state { CELL_DONE, CELL_FAILED, CELL_BUSY, CELL_RUNNING };

struct running {
        const struct cell *cell;
        struct arena *arena;
        struct folder folder;
        char key[KEY_SIZE];
        pid_t pid;
        double begin;
        bool over_time; /* killed for it */
};

/* The key of the cell now; false if its school is not there. */
bool cell_key(const struct batch *b, const struct cell *c, char key[KEY_SIZE]);
/* Does dir hold a result with that key? */
bool cell_is_done(const char *dir, const char *key);
/* Start it unless it is done. FAILED: *why says so, in b's arena. */
enum cell_state cell_start(
        struct batch *b, const struct cell *c, struct running *r, const char **why);
/* Its process has ended so. DONE: the result is in place. Releases r. */
enum cell_state cell_end(struct batch *b, struct running *r, int status, const char **why);
void cell_kill(struct running *r); /* and forget what it did; releases r */

/* ---- many cells on this machine (local.c) ---- */

struct batch_event {
        enum cell_state state;
        const struct cell *cell;
        const char *why; /* FAILED */
        bool was_done;   /* DONE: before this run */
        double seconds;  /* that it took */
        int done, failed, total;
        double left; /* seconds, about; negative: not known yet */
};

struct local {
        int jobs;
        int n;
        const int *cells; /* numbers in the plan */
        const volatile sig_atomic_t *stop;
        void (*progress)(void *context, const struct batch_event *e);
        void *context;
};

struct tally_of_cells {
        int done, failed, busy, left; /* left: not begun, or killed, because of stop */
};

void batch_run(struct batch *b, const struct local *l, struct tally_of_cells *out);

#endif
