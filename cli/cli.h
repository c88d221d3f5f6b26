/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command line: verbs in a table, options in tables, one file per verb. A verb takes a call and
 * returns the exit code; it may print to standard output; messages go to standard error.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "model/schedule.h"
#include "solver/options.h"
#include <stddef.h>
#include <stdio.h>

enum exit_code {
        EXIT_DONE = 0,
        EXIT_INPUT = 1,  /* bad input or usage */
        EXIT_FAULTS = 2, /* verify found some */
        EXIT_CLASH = 3,  /* contradictory locks or rules */
        EXIT_SYSTEM = 4, /* our fault, the disk's or the memory's */
};

/* What the options of any verb set. */
struct settings {
        const char *output, *from, *root, *cte_first;
        const char *show; /* of scenario */
        const char *cell, *task, *partition; /* of batch */
        int jobs, cells_per_task, min_cell; /* min_cell: of compare */
        bool list, slurm, write_only, csv;
        const char *format, *map, *spreadsheet_safe; /* of export and import */
        const char *freeze, *freeze_only, *board;
        const char *trace;                           /* of solve */
        const char *purpose;                         /* check --for */
        const char *school, *requests, *preset, *columns; /* of import */
        bool next_year;
        const char *key, *restore; /* of anonymize */
        bool print_map, redact;
        const char *student, *course, *section, *apply, *fix; /* of explain */
        const char *entry; /* of price */
        bool no_fixes;
        bool quiet, json, verbose, force, no_students;
        int tier; /* as the specification numbers them; 0: not given */
};

struct flag {
        char letter;              /* 0: none */
        const char *name, *value; /* value: what stands for it in the help; NULL: takes none */
        size_t to; /* offset in struct settings: const char *, bool without value, int if whole */
        bool whole;
        const char *help;
};

#define FLAG_TEXT(letter, name, value, field, help)                                                \
        {                                                                                          \
                letter, name, value, offsetof(struct settings, field), false, help                 \
        }
#define FLAG_INT(letter, name, value, field, help)                                                 \
        {                                                                                          \
                letter, name, value, offsetof(struct settings, field), true, help                  \
        }
#define FLAG_SWITCH(letter, name, field, help)                                                     \
        {                                                                                          \
                letter, name, NULL, offsetof(struct settings, field), false, help                  \
        }

struct call {
        const struct verb *verb;
        double begin; /* clock_now() at the start of the program */
        int n_args;
        char **args; /* without options */
        struct settings set;
        struct options options; /* of the solver */
        bool timed;             /* --time-limit was given */
};

struct verb {
        const char *name, *args; /* args: as the help shows them */
        const char *what;        /* one line, for the list of verbs */
        const char *more;        /* the rest of its help */
        int min_args, max_args;
        const struct flag *flags;
        int n_flags;
        bool solver_options; /* takes those of solver/options.h too */
        int (*run)(struct call *call);
};

extern const struct verb verb_analyze, verb_check, verb_solve, verb_verify, verb_diff, verb_report, verb_model, verb_init,
        verb_help;
extern const struct verb verb_anonymize, verb_explain, verb_price;
extern const struct verb verb_board, verb_export, verb_import, verb_scenario, verb_batch, verb_collect, verb_compare;
extern const struct verb *const verbs[];
extern const int n_verbs;

/* ---- arguments (arguments.c) ---- */

const struct verb *verb_find(const char *name);
void help_print(void); /* of the program */
void help_print_verb(const struct verb *verb);
/* Read argv[1..] into call. False: stop with *code, all being said. */
bool arguments_read(struct call *call, int argc, char **argv, int *code);

/* value, the text of an option, as yes or no; NULL leaves *out. False: stop, all being said. */
bool yes_or_no(const struct call *call, const char *option, const char *value, bool *out);

/* ---- messages (messages.c) ---- */

/*
 * From now on no message shows a student's id: while the school's are not known, no text that it
 * quotes.
 */
void messages_redact(void);
/* The ids to hide; they are copied. */
void messages_know(const struct index *student_ids);

/* Where warnings are not what was asked for: a schedule of last year drops a thousand seats. */
enum { SOME_WARNINGS = 20 };

/* The same of one school among several: what is quoted stays hidden, too. */
void messages_know_more(const struct index *student_ids);
/* text as a message may show it, in the arena: for JSON. NULL for NULL. */
const char *message_text(struct arena *a, const char *text);

/* Print the messages, control characters made harmless; the exit code that they ask for. */
int messages_print(struct report *rp, int most_warnings);
/* The same with some warnings, and free it. */
int messages_end(struct report *rp);
/* text on one line of a terminal. */
void print_safe(FILE *to, const char *text);

/* ---- reading (load.c): what was read may not be written over from then on ---- */

/* The school named by the first argument; NULL: stop with *code, all being said. warn: with
 * problem_warn(). */
struct problem *load_school(const struct call *call, bool warn, int *code);
/*
 * A schedule; NULL: stop with *code. strict: refuse one that was made from another input, unless
 * --force.
 */
struct answer *load_answer(const struct call *call, const struct problem *pb, const char *path,
        bool strict, int *code);
/* The schedule of an edited school, what no longer fits being reported. */
struct schedule *load_schedule(const struct problem *pb, const char *path, int *code);
/* The sha256 of the bytes of a schedule's file. */
bool load_hash(const char *path, char hex[65], struct report *rp);

#endif
