/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/reseat.h"
#include <string.h>

enum { MAX_CHOICES = 48 };

struct choice {
        int section;
        cellset cells, block;
        int64_t cost; /* breaks and moved seats */
};

struct ask { /* one request, primary ones first */
        int request, n;
        bool alternate;
        int64_t unmet; /* energy of leaving a primary unmet */
        struct choice choice[MAX_CHOICES];
};

struct reseat {
        int most;           /* requests of one student */
        struct ask *store;  /* by request */
        struct ask **level; /* in the order of the search: primary ones, hardest first, then
                               alternates */
        int n, n_primary, n_alternate_gain;
        int *chosen, *best; /* [most] index into choice or -1, by level */
        int *seat;          /* [most] section by request, as thought of: for pair rules */
        int64_t best_energy, floor;
        int nodes;
        int student, first, keep;
};

struct reseat *reseat_new(const struct problem *pb)
{
        struct reseat *rs = mem_zero(1, sizeof *rs);

        for (int k = 0; k < pb->n_students; k++)
                if (pb->students[k].n_requests > rs->most)
                        rs->most = pb->students[k].n_requests;
        rs->store = mem_alloc((size_t)(rs->most + 1) * sizeof *rs->store);
        rs->level = mem_alloc((size_t)(rs->most + 1) * sizeof *rs->level);
        rs->chosen = mem_alloc((size_t)(rs->most + 1) * sizeof(int));
        rs->best = mem_alloc((size_t)(rs->most + 1) * sizeof(int));
        rs->seat = mem_alloc((size_t)(rs->most + 1) * sizeof(int));
        return rs;
}

void reseat_free(struct reseat *rs)
{
        if (!rs)
                return;
        mem_free(rs->store);
        mem_free(rs->level);
        mem_free(rs->chosen);
        mem_free(rs->best);
        mem_free(rs->seat);
        mem_free(rs);
}

/* Rules tie some of his seats to each other: sections of equal time are not alike. */
static bool is_tied(const struct state *st, int student)
{
        int h = st->pb->students[student].cohort;

        return st->f->pair_first[student] < st->f->pair_first[student + 1] ||
               (h >= 0 && st->pb->cohorts[h].strands);
}

/* Keep one section for each pattern of cells and cost: the present seat, else the emptier one. */
static void offer(const struct state *st, struct ask *l, struct choice c)
{
        int now = st->seat[l->request];

        for (int i = 0; i < l->n; i++) {
                struct choice *old = &l->choice[i];
                if (old->cells != c.cells || old->block != c.block || old->cost != c.cost)
                        continue;
                if (old->section == now)
                        return;
                if (c.section == now || st->enrol[c.section] < st->enrol[old->section])
                        *old = c;
                return;
        }
        if (l->n < MAX_CHOICES)
                l->choice[l->n++] = c;
}

static void offer_section(const struct state *st, struct ask *l, int s, bool paired)
{
        const struct course *c = section_course(st, s);
        int start = section_start(st, s);
        int64_t cost = 0;

        if (st->f->counted_break[l->request] && breaks_cohort(st, l->request, s))
                cost += st->price.tier[COHORT_BREAKS];
        if (st->pb->has_previous && seat_moved(st, l->request, s))
                cost += st->price.tier[MOVED];
        if (st->soft || st->over || st->least_missing || st->purity_missing)
                cost += seat_toll(st, l->request, s);
        struct choice one = {s, c->start_cells[start], c->start_block[start], cost};
        if (!paired)
                offer(st, l, one);
        else if (l->n < MAX_CHOICES)
                l->choice[l->n++] = one; /* same_students tells sections apart by number */
}

static void gather(struct state *st, struct ask *l, int keep, int ban)
{
        const struct problem *pb = st->pb;
        const struct request *q = &pb->requests[l->request];
        const struct course *c = &pb->courses[q->course];
        int now = st->seat[l->request];
        bool paired = is_tied(st, q->student);

        l->n = 0;
        if (!q->admitted)
                return;
        if (l->request == keep) {
                if (now >= 0)
                        offer_section(st, l, now, paired);
                return;
        }
        bool simple = st->f->student_simple[q->student] && !st->has_contacts;
        for (int s = c->first_section; s < c->first_section + c->sections_max; s++) {
                if (s != now) {
                        if (s == ban || section_start(st, s) < 0 || !seat_left(st, s))
                                continue;
                        if (simple ? st->cohort[s] >= 0 && !seat_pure(st, q->student, s)
                                   : !seat_open_but_strands(st, l->request, s))
                                continue;
                }
                offer_section(st, l, s, paired);
        }
        /* The present seat first: what need not change does not. */
        for (int i = 1; i < l->n; i++)
                if (l->choice[i].section == now) {
                        struct choice c0 = l->choice[0];
                        l->choice[0] = l->choice[i];
                        l->choice[i] = c0;
                }
        if (l->n > 2) { /* else a turn at random */
                int from = l->choice[0].section == now;
                int i = from + draw(st, l->n - from);
                struct choice c0 = l->choice[from];
                l->choice[from] = l->choice[i];
                l->choice[i] = c0;
        }
        meter_spend(st->meter, 1 + c->sections_max / 4);
}

static bool harder(const struct ask *a, const struct ask *b)
{
        if (a->alternate != b->alternate)
                return b->alternate;
        if (a->alternate)
                return false;
        return a->n < b->n || (a->n == b->n && a->unmet > b->unmet);
}

static int64_t unmet_price(const struct state *st, int r)
{
        const struct request *q = &st->pb->requests[r];
        int64_t price = 4 * st->price.tier[REQUEST_LOSS];

        if (q->kind == ALTERNATE)
                return 0;
        if (q->cte)
                return price + st->price.tier[CTE_UNMET];
        return q->kind == REQUIRED ? price + st->price.tier[REQUIRED_UNMET] : price;
}

static void make_levels(struct state *st, struct reseat *rs, int keep, int ban)
{
        const struct problem *pb = st->pb;
        const struct student *who = &pb->students[rs->student];

        rs->n = rs->n_primary = 0;
        for (int pass = 0; pass < 2; pass++) {
                for (int r = rs->first; r < rs->first + who->n_requests; r++) {
                        bool alternate = pb->requests[r].kind == ALTERNATE;
                        if (alternate != (pass == 1))
                                continue;
                        if (alternate && st->no_alternates && st->f->locked_seat[r] < 0)
                                continue;
                        struct ask *l = rs->level[rs->n] = &rs->store[rs->n];
                        rs->n++;
                        l->request = r;
                        l->alternate = alternate;
                        l->unmet = unmet_price(st, r);
                        gather(st, l, keep, ban);
                        rs->n_primary += !alternate;
                }
        }
        for (int i = 1; i < rs->n_primary; i++)
                for (int j = i; j > 0 && harder(rs->level[j], rs->level[j - 1]); j--) {
                        struct ask *l = rs->level[j];
                        rs->level[j] = rs->level[j - 1];
                        rs->level[j - 1] = l;
                }
}

static bool pairs_hold(const struct state *st, const struct reseat *rs, int request, int section)
{
        const struct frame *f = st->f;

        for (int i = f->pair_first[rs->student]; i < f->pair_first[rs->student + 1]; i++) {
                const struct seat_pair *p = &f->pairs[i];
                if (p->first != request && p->second != request)
                        continue;
                int a = p->first == request ? section : rs->seat[p->first - rs->first];
                int b = p->second == request ? section : rs->seat[p->second - rs->first];
                if (!seat_pair_holds(st, p, a, b))
                        return false;
        }
        if (!in_strands(st, request, section))
                return true;
        for (int i = 0; i < rs->n; i++) {
                int r = rs->level[i]->request, s = rs->seat[r - rs->first];
                if (r != request && s >= 0 && !strand_pair_holds(st, request, section, r, s))
                        return false;
        }
        return true;
}

struct node {
        cellset busy, block;
        int64_t energy; /* of what is decided: unmet, breaks, unevenness, alternates */
        int lost, used;
};

static bool fits(const struct choice *c, const struct node *x)
{
        return !(c->cells & x->block) && !(c->block & x->busy);
}

static int64_t leaf_energy(const struct state *st, const struct reseat *rs, const struct node *x)
{
        const struct frame *f = st->f;
        int64_t energy = x->energy;

        for (int i = f->need_first[rs->student]; i < f->need_first[rs->student + 1]; i++) {
                int64_t rest = f->needs[i].years;
                for (int j = 0; j < f->needs[i].n && rest > 0; j++) {
                        int r = f->need_requests[f->needs[i].first + j];
                        if (rs->seat[r - rs->first] >= 0)
                                rest -= st->pb->courses[st->pb->requests[r].course].years;
                }
                energy += rest > 0 ? rest * st->price.tier[REQUIREMENT_SHORTFALL] : 0;
        }
        return energy + empty_of(st->pb, rs->student, x->busy) * st->price.tier[EMPTY_PERIODS];
}

/* What the requests still to decide lose for certain: those that no choice fits any more. */
static int64_t certain_loss(const struct reseat *rs, int depth, const struct node *x, int *lost)
{
        int64_t sum = 0;

        for (int i = depth; i < rs->n_primary; i++) {
                const struct ask *l = rs->level[i];
                int j = 0;
                while (j < l->n && !fits(&l->choice[j], x))
                        j++;
                if (j == l->n) {
                        sum += l->unmet;
                        ++*lost;
                }
        }
        return sum;
}

static int64_t lower_bound(
        const struct state *st, const struct reseat *rs, int depth, const struct node *x)
{
        int lost = x->lost;
        int64_t sum = x->energy + certain_loss(rs, depth, x, &lost);
        int alternates = rs->n - (depth > rs->n_primary ? depth : rs->n_primary);

        if (lost > x->lost && lost > 1) {
                int counted = x->lost > 1 ? x->lost - 1 : 0;
                sum += (lost - 1 - counted) * st->price.tier[UNEVEN];
        }
        /* Every request still to decide could make room for one more alternate. */
        int room = rs->n_primary > depth ? alternates : lost - x->used;
        int gains = room < alternates ? room : alternates;
        return sum - (gains > 0 ? gains * 3 * st->price.tier[REQUEST_LOSS] : 0);
}

/* H8: the alternate's own unmet request is unmet and nobody else stands for it. */
static bool may_stand(
        const struct state *st, const struct reseat *rs, int depth, const struct node *x)
{
        const struct problem *pb = st->pb;
        int r = rs->level[depth]->request, whom = pb->requests[r].stands_for;

        if (x->used >= x->lost)
                return false;
        if (whom < 0)
                return true;
        if (rs->seat[whom - rs->first] >= 0)
                return false;
        for (int i = rs->n_primary; i < depth; i++)
                if (rs->chosen[i] >= 0 && pb->requests[rs->level[i]->request].stands_for == whom)
                        return false;
        return true;
}

static void descend(struct state *st, struct reseat *rs, int depth, const struct node *x);

static void take(struct state *st, struct reseat *rs, int depth, const struct node *x)
{
        struct ask *l = rs->level[depth];
        const struct request *q = &st->pb->requests[l->request];
        bool paired = is_tied(st, rs->student);

        for (int i = 0; i < l->n && rs->nodes > 0; i++) {
                const struct choice *c = &l->choice[i];
                if (!fits(c, x) || (paired && !pairs_hold(st, rs, l->request, c->section)))
                        continue;
                struct node next = *x;
                next.busy |= c->cells;
                next.block |= c->block;
                if (st->f->student_free[rs->student].n &&
                        !student_free_holds(st, rs->student, next.busy))
                        continue;
                next.energy += c->cost;
                if (l->alternate) {
                        next.used++;
                        next.energy -=
                                (q->rank < 3 ? 4 - q->rank : 1) * st->price.tier[REQUEST_LOSS];
                }
                rs->chosen[depth] = i;
                rs->seat[l->request - rs->first] = c->section;
                descend(st, rs, depth + 1, &next);
                rs->chosen[depth] = NONE;
                rs->seat[l->request - rs->first] = NONE;
                if (rs->best_energy <= rs->floor)
                        return;
        }
}

static void descend(struct state *st, struct reseat *rs, int depth, const struct node *x)
{
        if (--rs->nodes < 0)
                return;
        if (depth == rs->n) {
                int64_t energy = leaf_energy(st, rs, x);
                if (energy < rs->best_energy) {
                        rs->best_energy = energy;
                        memcpy(rs->best, rs->chosen, (size_t)rs->n * sizeof(int));
                }
                return;
        }
        if (lower_bound(st, rs, depth, x) >= rs->best_energy)
                return;
        struct ask *l = rs->level[depth];
        if (!l->alternate || may_stand(st, rs, depth, x))
                take(st, rs, depth, x);
        if (rs->best_energy <= rs->floor)
                return;
        if (l->n && (l->request == rs->keep || st->f->locked_seat[l->request] >= 0))
                return; /* never given up while there is one */
        struct node next = *x;
        if (!l->alternate) {
                next.energy += l->unmet + (x->lost ? st->price.tier[UNEVEN] : 0);
                next.lost++;
        }
        rs->chosen[depth] = NONE;
        descend(st, rs, depth + 1, &next);
}

/* Leave what changes, then enter; a section that has meanwhile closed (a rule between the student's
 * own seats) is left out. */
static void apply(struct state *st, struct reseat *rs)
{
        for (int i = 0; i < rs->n; i++) {
                const struct ask *l = rs->level[i];
                int to = rs->best[i] < 0 ? NONE : l->choice[rs->best[i]].section;
                if (st->seat[l->request] != to)
                        seat_set(st, l->request, NONE);
        }
        for (int i = 0; i < rs->n; i++) {
                const struct ask *l = rs->level[i];
                int to = rs->best[i] < 0 ? NONE : l->choice[rs->best[i]].section;
                if (to >= 0 && st->seat[l->request] < 0 && seat_left(st, to) &&
                        seat_open(st, l->request, to) && seat_fits(st, l->request, to))
                        seat_set(st, l->request, to);
        }
}

/* What his seats add to the price of sections with too many students. */
static int64_t own_over(const struct state *st, int student)
{
        const struct student *who = &st->pb->students[student];
        int64_t sum = 0;

        if (!st->soft && !st->over && !st->least_missing && !st->purity_missing)
                return 0;
        for (int r = who->first_request; r < who->first_request + who->n_requests; r++)
                if (st->seat[r] >= 0)
                        sum += seat_toll(st, r, st->seat[r]);
        return sum;
}

void reseat(struct state *st, int student, int keep, int ban, int nodes, int64_t ceiling)
{
        struct reseat *rs = st->reseat;
        const struct student *who = &st->pb->students[student];

        settle(st, student);
        rs->student = student;
        rs->first = who->first_request;
        rs->keep = keep;
        rs->floor = st->floor[student];
        int64_t over = own_over(st, student), own = st->cost[student].energy + over;
        if (keep < 0 && own <= rs->floor)
                return;
        rs->nodes = nodes;
        rs->best_energy = own;
        if (ceiling < st->energy) /* his part may be what is left of it, and no more */
                rs->best_energy = own - (st->energy - ceiling) + 1;
        if (rs->best_energy <= rs->floor)
                return;
        make_levels(st, rs, keep, ban);
        for (int i = 0; i < rs->n; i++)
                rs->chosen[i] = NONE;
        for (int i = 0; i < who->n_requests; i++)
                rs->seat[i] = NONE; /* of alternates that are not looked at, too */
        struct node root = {0};
        int64_t before = rs->best_energy;
        descend(st, rs, 0, &root);
        meter_spend(st->meter, 1 + (nodes - rs->nodes) / 2);
        if (rs->best_energy < before) {
                apply(st, rs);
                settle(st, student);
        }
}

bool make_way(struct state *st, int r, int s)
{
        const struct problem *pb = st->pb;
        const struct student *who = &pb->students[pb->requests[r].student];
        const struct course *c = section_course(st, s);
        int start = section_start(st, s);

        for (int q = who->first_request; q < who->first_request + who->n_requests; q++) {
                int o = st->seat[q];
                if (o < 0)
                        continue;
                const struct course *d = section_course(st, o);
                int at = section_start(st, o);
                bool clash = (c->start_block[start] & d->start_cells[at]) ||
                             (c->start_cells[start] & d->start_block[at]);
                if (!clash && pb->requests[q].kind != ALTERNATE)
                        continue;
                if (st->f->locked_seat[q] < 0)
                        seat_set(st, q, NONE);
                else if (clash)
                        return false;
        }
        return true;
}
