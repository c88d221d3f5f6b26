/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The least that a student must miss where the units stand, seats and tolls apart: most moves are
 * given up on this bound before anybody chooses. Requests for one course to which the same sections
 * are open share the set of starts at which one of them stands.
 */
#include "solver/sketch_parts.h"

enum { MOST_ASKED = 16, NODES = 60, MOST_CELLS = 64 };

struct starts {
        cellset at;                   /* starts with a section */
        int n;                        /* how many such starts */
        const cellset *cells, *block; /* of the course, by start */
        short sections[MOST_CELLS];
};

struct sketch_least {
        int *kind_of;        /* [n_requests] */
        struct starts *kind; /* [n_kinds] */
        int n_kinds, cap_kinds;
        struct ints *section_kinds; /* [n_sections] those that may enter it */
        int *store;
};

struct asked {
        const struct starts *kind;
        int64_t weight;
};

struct descent {
        struct asked asked[MOST_ASKED];
        int n, nodes;
        int64_t best;
};

static int kinds_of_course(
        const struct sketch *sk, struct sketch_least *sl, int course, uint64_t *opens)
{
        int first = sl->n_kinds, at = sk->st->course_request_at[course];

        for (int i = at; i < sk->st->course_request_at[course + 1]; i++) {
                int r = sk->st->course_requests[i], k = first;
                while (k < sl->n_kinds && opens[k - first] != sk->open[r])
                        k++;
                if (k == sl->n_kinds) {
                        MEM_GROW(sl->kind, sl->n_kinds, sl->cap_kinds);
                        sl->kind[k] = (struct starts){.cells = sk->pb->courses[course].start_cells,
                                .block = sk->pb->courses[course].start_block};
                        opens[sl->n_kinds++ - first] = sk->open[r];
                }
                sl->kind_of[r] = k;
        }
        return sl->n_kinds - first;
}

struct sketch_least *sketch_least_new(const struct sketch *sk)
{
        const struct problem *pb = sk->pb;
        struct sketch_least *sl = mem_zero(1, sizeof *sl);
        uint64_t *opens = mem_zero((size_t)pb->n_requests + 1, sizeof *opens);
        int cap = 0, n = 0;

        sl->kind_of = mem_zero((size_t)pb->n_requests + 1, sizeof(int));
        sl->section_kinds = mem_zero((size_t)pb->n_sections + 1, sizeof *sl->section_kinds);
        for (int c = 0; c < pb->n_courses; c++) {
                const struct course *co = &pb->courses[c];
                int kinds = kinds_of_course(sk, sl, c, opens);
                for (int i = 0; i < co->sections_max && i < 64; i++)
                        for (int k = 0; k < kinds; k++) {
                                if (!(opens[k] >> i & 1))
                                        continue;
                                MEM_GROW(sl->store, n, cap);
                                sl->store[n++] = sl->n_kinds - kinds + k;
                                sl->section_kinds[co->first_section + i].n++;
                        }
        }
        mem_free(opens);
        for (int s = 0, at = 0; s < pb->n_sections; s++) {
                sl->section_kinds[s].v = sl->store ? sl->store + at : NULL;
                at += sl->section_kinds[s].n;
        }
        return sl;
}

void sketch_least_free(struct sketch_least *sl)
{
        mem_free(sl->kind_of);
        mem_free(sl->kind);
        mem_free(sl->section_kinds);
        mem_free(sl->store);
        mem_free(sl);
}

void sketch_least_move(struct sketch_least *sl, int section, int from, int to)
{
        const struct ints *kinds = &sl->section_kinds[section];

        for (int i = 0; i < kinds->n; i++) {
                struct starts *k = &sl->kind[kinds->v[i]];
                if (from >= 0 && --k->sections[from] == 0) {
                        k->at &= ~((cellset)1 << from);
                        k->n--;
                }
                if (to >= 0 && k->sections[to]++ == 0) {
                        k->at |= (cellset)1 << to;
                        k->n++;
                }
        }
}

static void descend(struct descent *d, int depth, cellset busy, cellset block, int64_t cost)
{
        if (cost >= d->best)
                return;
        if (depth == d->n || --d->nodes < 0) {
                d->best = cost;
                return;
        }
        const struct asked *a = &d->asked[depth];
        for (cellset m = a->kind->at; m; m &= m - 1) {
                int q = __builtin_ctzll(m);
                cellset cells = a->kind->cells[q], around = a->kind->block[q];
                if ((cells & block) || (around & busy))
                        continue;
                descend(d, depth + 1, busy | cells, block | around, cost);
                if (d->best == cost)
                        return;
        }
        descend(d, depth + 1, busy, block, cost + a->weight);
}

int64_t sketch_least(const struct sketch *sk, int student, int64_t ceiling)
{
        const struct student *who = &sk->pb->students[student];
        struct descent d;

        d.n = 0;
        d.nodes = NODES;
        d.best = ceiling;
        for (int r = who->first_request;
                r < who->first_request + who->n_requests && d.n < MOST_ASKED; r++) {
                if (!sk->weight[r])
                        continue;
                struct asked a = {&sk->least->kind[sk->least->kind_of[r]], sk->weight[r]};
                int i = d.n++;
                for (; i > 0 && d.asked[i - 1].kind->n > a.kind->n; i--)
                        d.asked[i] = d.asked[i - 1];
                d.asked[i] = a;
        }
        descend(&d, 0, 0, 0, 0);
        return d.best;
}

bool sketch_least_leaves(const struct sketch *sk, int request, cellset busy, int but)
{
        const struct starts *k = &sk->least->kind[sk->least->kind_of[request]];
        cellset at = k->at;

        if (but >= 0 && k->sections[but] == 1)
                at &= ~((cellset)1 << but);
        for (; at; at &= at - 1)
                if (!(k->cells[__builtin_ctzll(at)] & busy))
                        return true;
        return false;
}
