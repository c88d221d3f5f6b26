/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What each rule, lock and limit costs a schedule, and what one more of something would be worth.
 *
 * Before and after are counted alike, by the rules of the changed school, so that what a rule
 * itself scores is no gain; sections asked for stay those of the school as it is.
 */
#ifndef MODEL_PRICED_H
#define MODEL_PRICED_H

#include "model/edit.h"
#include "model/measure.h"

enum price_kind {
        PRICE_RULE,
        PRICE_LOCK,
        PRICE_LIMIT, /* of the contract or of a teacher */
        PRICE_COHORT,
        PRICE_PURITY,
        PRICE_PLANNING,
        PRICE_COURSE,  /* what restricts a course */
        PRICE_SECTION, /* one more of these: */
        PRICE_STAFFED, /* a section, with the teacher and the room for it */
        PRICE_TEACHER,
        PRICE_ROOM,
        PRICE_PLACE, /* in a room that is full */
        PRICE_PERIOD,
        N_PRICES
};

enum price_sure {
        SURE_NONE,     /* could not be solved: see `why` */
        SURE_SCREENED, /* what a few steps bring: at least so much */
        SURE_SOLVED,   /* a search: at least so much */
        SURE_PROVEN,   /* exactly so much */
};

enum { MOST_PRICE_EDITS = 3 };
struct price {
        enum price_kind kind;
        int n_edits;
        struct edit edits[MOST_PRICE_EDITS];
        const char *key;  /* names it in every run: "rule:3", "section:ART" */
        const char *text; /* "without rule separate" */
        struct place at;  /* where the user wrote it; line 0: nowhere */
        enum price_sure sure;
        const char *why; /* SURE_NONE: in words */
        struct score before, after;
        struct measures was, is;
        struct bound bound; /* of the changed school: after can go no lower */
        bool idle;          /* nobody is concerned: worth nothing, for certain */
        double work;        /* millions of steps of the longest search; 0: none */
};

struct priced {
        struct arena *arena;
        const struct problem *pb; /* not owned */
        struct score given;       /* of the schedule that it began with */
        struct score best;        /* of the best one found for the school as it is */
        struct bound bound;       /* for that one */
        int n;
        struct price *v;                  /* most valuable first */
        int n_screened, n_solved, n_left; /* n_left: not even screened, no time was left */
};

const char *price_code(enum price_kind kind);      /* "rule", "lock", ... */
const char *price_sure_code(enum price_sure sure); /* "none", "screened", "solved", "proven" */

/* Negative, 0, positive as a is worth more, as much, less: by the tiers of pb from the top. */
int price_compare(const struct problem *pb, const struct price *a, const struct price *b);
/* Is it worth anything? */
bool price_any(const struct problem *pb, const struct price *e);
/*
 * The most that tier t can still gain, where that is known: what the bound leaves of it, as long as
 * no tier above it loses.
 */
bool price_at_most(const struct price *e, enum tier t, int64_t *most);

#endif
