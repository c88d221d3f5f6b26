/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sketch's own schedule: places and teachers of units, students in sections, what is wrong with
 * both. */
#ifndef SOLVER_SKETCH_PARTS_H
#define SOLVER_SKETCH_PARTS_H

#include "solver/put.h"
#include "solver/sketch.h"

struct sketch_least;    /* where sections stand, by who may enter them: sketch_least.c */
struct sketch_staff;    /* rooms and co-teachers by cell: sketch_staff.c */
struct sketch_teachers; /* teachers by name, and those books: sketch_teachers.c */

struct sketch_student { /* as he was before the move */
        int student;
        int first_seat; /* into sketch.was_seat: one for each of his requests */
};

struct sketch_again {
        int student, request; /* the request that brought him in, if its unit moved away; NONE */
        int64_t change;       /* in what he misses, at least */
};

struct sketch_unit {
        int unit, start;
};

struct sketch {
        struct state *st; /* random numbers; its places at the beginning and the end */
        const struct frame *f;
        const struct problem *pb;
        struct meter *meter;

        int *start;                     /* [n_units] */
        int *seat, *slot;               /* [n_requests] section; place in its list */
        int *list, *list_at;            /* requests seated in section s: list[list_at[s] ...] */
        int *enrol, *members;           /* [n_sections] */
        cellset *cells, *section_block; /* [n_sections] where they stand; 0: nowhere */
        uint64_t *open; /* [n_requests] the first 64 sections of the course: which he may enter */
        cellset *busy, *block; /* [n_students] */
        cellset *firm;         /* [n_students] his cells in sections that alone are open to him */
        int *missed;           /* [n_courses] requests not met */
        int64_t *weight;       /* [n_requests] energy of leaving it unmet; 0: not asked */
        int64_t *cost;         /* [n_students] of what he misses */
        struct set lacking;    /* students who miss something */
        struct set crowded;    /* sections with too many */
        int64_t unmet, excess; /* energy; students */
        int64_t staff_wrong, planning; /* cells; periods */
        int64_t price_seat, price_staff, price_planning;
        struct sketch_teachers *staff;
        struct sketch_seats *scratch;
        struct sketch_least *least;

        int64_t moved; /* moves of units that stood, so far */

        /* The move under way, to be taken back. */
        int stamp, *stamp_of; /* [n_students] */
        struct sketch_student *was;
        int n_was, cap_was;
        int *was_seat, n_was_seat, cap_was_seat;
        struct sketch_unit changed[16];
        int n_changed;
        struct was *displaced; /* seats of units that start elsewhere */
        int n_displaced, cap_displaced;
        struct sketch_again *again;        /* students to be seated anew */
        int n_again, cap_again, *again_at; /* [n_students] where among them, if he is */
};

static inline int64_t sketch_energy(const struct sketch *sk)
{
        return sk->unmet + sk->excess * sk->price_seat + sk->staff_wrong * sk->price_staff +
               sk->planning * sk->price_planning;
}

/* The unit stands there: its sections' cells. */
void sketch_set_start(struct sketch *sk, int unit, int start);

/* As the state stands, nobody seated yet; filled: everybody chooses a first time. */
struct sketch *sketch_new(struct state *st, struct meter *m);
void sketch_fill(struct sketch *sk);
void sketch_free(struct sketch *sk);
/* sketch_moves.c: one move, which stands or is taken back. */
void sketch_step(struct sketch *sk, int64_t temperature);

/* sketch_staff.c: which rooms and co-teachers are asked for beyond what there is. */
struct sketch_staff *sketch_staff_new(const struct state *st);
void sketch_staff_free(struct sketch_staff *sf);
/* Unit stands at start with the teacher (n 1) or no longer (n -1): what that changes in the number
 * of cells that are wrong. */
int sketch_staff_book(struct sketch_staff *sf, int unit, int start, int teacher, int n);

/* sketch_teachers.c. Nothing is placed at first. */
struct sketch_teachers *sketch_teachers_new(const struct state *st);
void sketch_teachers_free(struct sketch_teachers *te);
int sketch_teacher_of(const struct sketch_teachers *te, int unit); /* or NONE */
/* Cells without a teacher, and what the books of rooms and co-teachers find wrong. */
int64_t sketch_teachers_wrong(const struct sketch_teachers *te);
/* Common planning periods that teams lack. */
int64_t sketch_teachers_planning(const struct sketch_teachers *te);
/* A unit that lacks its teacher, or NONE. */
int sketch_untaught(const struct sketch_teachers *te, int random);
/* All changes since begin can be undone. */
void sketch_teachers_begin(struct sketch_teachers *te);
void sketch_teachers_undo(struct sketch_teachers *te);
/* Unit at start (or NONE) with the teacher, who must be free; or with none yet. */
void sketch_teachers_put(struct sketch_teachers *te, int unit, int start, int teacher);
/* A teacher for a unit that has none: the one wished for if he can, else whoever can by handing
 * units over. from: where to begin among those who are able. False: none was found. */
bool sketch_teachers_find(struct sketch_teachers *te, int unit, int wish, int from);
/* The teacher has become free: somewhere he may be missing. */
void sketch_teachers_fill(struct sketch_teachers *te, int teacher);
/* The teacher takes the unit, and others what he has then. */
void sketch_teachers_force(struct sketch_teachers *te, int unit, int teacher, int from);

static inline void sketch_count_staff(struct sketch *sk)
{
        sk->staff_wrong = sketch_teachers_wrong(sk->staff);
        sk->planning = sketch_teachers_planning(sk->staff);
}

/* sketch_least.c: made when it is known which sections are open to whom, before units stand. */
struct sketch_least *sketch_least_new(const struct sketch *sk);
void sketch_least_free(struct sketch_least *sl);
void sketch_least_move(struct sketch_least *sl, int section, int from, int to);
/* The least that the student must miss if seats were there, or the ceiling if that is less; the
 * search may be cut short and then says less. */
int64_t sketch_least(const struct sketch *sk, int student, int64_t ceiling);

/* Is a section open to the request at a start free of these cells? One section at `but` apart, if
 * that is not NONE. */
bool sketch_least_leaves(const struct sketch *sk, int request, cellset busy, int but);

/* sketch_seats.c */
struct sketch_seats *sketch_seats_new(void);
void sketch_seats_free(struct sketch_seats *sc);
void sketch_open(struct sketch *sk); /* which sections are open to whom */
/* Students of the section beyond its seats, and members short of what purity asks for. */
int sketch_excess(const struct sketch *sk, int section);
void sketch_take(struct sketch *sk, int request, int section); /* an unseated request */
void sketch_leave(struct sketch *sk, int request);             /* if seated */
/* What the student's seats and misses cost. */
int64_t sketch_own(const struct sketch *sk, int student);
/* What they would at best, or the ceiling if that is less: exact search over his requests, up to a
 * number of nodes. */
int64_t sketch_choose(struct sketch *sk, int student, int64_t ceiling);
/* Could the seated request, whose section stands elsewhere now, change section at no loss, his
 * other seats as they are? */
bool sketch_sidestep(const struct sketch *sk, int student, int request, int64_t *change);
/* Give him free seats that fit beside what he has; whether he has everything then. */
bool sketch_fit_in(struct sketch *sk, int student);
/* Seat him so, if that is better than what he has. */
void sketch_solve(struct sketch *sk, int student);
/* The student of a seated request chooses anew with its section closed to him, if that costs no
 * more than what he has; whether he did. */
bool sketch_turn_out(struct sketch *sk, int request);

#endif
