/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections, reservations and seats in the CTE stage's program: (P1) and (P4)-(P7). */
#include "solver/cte_parts.h"

enum { MAX_COLUMNS = 30000 };

/* How many of the crew could take the sort's section in these cells, by hours and limits. */
static int could_teach(
        const struct cte *c, const struct sort *so, const struct crew *crew, cellset cells)
{
        const struct problem *pb = c->pb;
        const struct course *co = &pb->courses[so->unit->course];
        int n = 0;

        for (int i = 0; !(cells & ~crew->free) && i < crew->teachers.n; i++) {
                const struct limits *l = &pb->teachers[crew->teachers.v[i]].limits;
                bool may = !(so->unit->counts_load && (co->periods > l->load || l->preps == 0));
                for (int term = 0; may && l->consecutive >= 0 && term < pb->n_terms; term++)
                        may = problem_longest_run(pb, cells, term) <= l->consecutive;
                n += may;
        }
        return n;
}

static void staff_columns(struct cte *c, struct sort *so, const struct ints *crews, int **out)
{
        *out = arena_array(c->arena, (size_t)(crews->n * so->n_slots) + 1, sizeof(int));
        for (int i = 0; i < crews->n; i++)
                for (int j = 0; j < so->n_slots; j++) {
                        int n = could_teach(c, so, &c->crews[crews->v[i]], so->slots[j].cells);
                        n = n < so->n ? n : so->n;
                        if (n)
                                (*out)[i * so->n_slots + j] =
                                        column_new(c->f, COL_TEACHER, 0, n, "z");
                }
}

static int rooms_in(const struct cte *c, int set, cellset cells)
{
        const struct room_set *rs = &c->room_sets[set];
        int n = 0;

        for (int i = 0; !(cells & ~rs->available) && i < rs->rooms.n; i++)
                n += !(cells & c->room_busy[rs->rooms.v[i]]);
        return n;
}

static void sort_columns(struct cte *c, struct sort *so)
{
        struct formulation *f = c->f;

        so->Y = arena_array(c->arena, (size_t)so->n_slots + 1, sizeof(int));
        so->w = arena_array(c->arena, (size_t)(so->n_rooms * so->n_slots) + 1, sizeof(int));
        for (int j = 0; j < so->n_slots; j++)
                so->Y[j] = column_new(f, COL_COHORT, 0, so->n, "Y");
        if (so->unit->staffed)
                staff_columns(c, so, &so->crews, &so->z);
        if (so->co_taught)
                staff_columns(c, so, &so->co_crews, &so->o);
        for (int r = 0; !so->ample && r < so->n_rooms; r++)
                for (int j = 0; j < so->n_slots; j++) {
                        int n = rooms_in(c, so->rooms[r], so->slots[j].cells);
                        n = n < so->n ? n : so->n;
                        if (n > 0)
                                so->w[r * so->n_slots + j] = column_new(f, COL_ROOM, 0, n, "w");
                }
}

static void lane_columns(struct cte *c, struct lane *la)
{
        const struct sort *so = &c->sorts[la->sort];
        const struct course *co = &c->pb->courses[la->course];
        size_t size = (size_t)(la->n_cohorts * so->n_slots) + 1;

        la->N = arena_array(c->arena, size, sizeof(int));
        la->fill = arena_array(c->arena, (size_t)la->n_cohorts + 1, sizeof(int));
        la->seats = arena_array(c->arena, size, sizeof *la->seats);
        for (int i = 0; i < la->n_cohorts * so->n_slots; i++)
                la->N[i] = column_new(c->f,
                        la->cohorts[i / so->n_slots] >= 0 ? COL_START : COL_COHORT, 0, so->n, "N");
        for (int h = 0; c->others[la->course] && h < la->n_cohorts; h++)
                la->fill[h] = column_new(c->f, COL_OTHER, 0, (double)so->n * co->size_max, "e");
}

/* May students of the pack sit in sections of the lane so reserved, and is it a break? */
static bool may_seat(const struct cte *c, const struct pack *p, const struct wish *w,
        const struct lane *la, int cohort, bool *breaks)
{
        const struct sort *so = &c->sorts[la->sort];
        bool serves = cohort >= 0 && cte_serves(c->pb, cohort, p->cohort);

        *breaks = w->counted && !serves;
        if (c->pb->section_number[so->unit->sections[la->place]] > w->max_section)
                return false;
        if (w->locked >= 0)
                return so->unit->sections[la->place] == w->locked;
        return c->breaks || !*breaks;
}

static void add_seat(struct cte *c, struct seat s)
{
        const struct sort *so = &c->sorts[c->lanes[s.lane].sort];
        struct wish *w = &c->packs[s.pack].wishes[s.wish];
        int at = s.cohort * so->n_slots + s.slot;

        s.column = column_new(c->f, COL_SEAT, 0, c->packs[s.pack].n, "m");
        ARENA_GROW(c->arena, c->seats, c->n_seats, c->cap_seats);
        ints_push(c->arena, &c->lanes[s.lane].seats[at], c->n_seats);
        ints_push(c->arena, &w->seats, c->n_seats);
        c->seats[c->n_seats++] = s;
}

static void wish_columns(struct cte *c, int pack, int wish)
{
        const struct pack *p = &c->packs[pack];
        struct wish *w = &c->packs[pack].wishes[wish];
        const struct ints *lanes = &c->lanes_of[w->course];

        for (int i = 0; i < lanes->n; i++) {
                const struct lane *la = &c->lanes[lanes->v[i]];
                const struct sort *so = &c->sorts[la->sort];
                for (int h = 0; h < la->n_cohorts; h++) {
                        struct seat s = {pack, wish, lanes->v[i], h, 0, 0, false};
                        if (!may_seat(c, p, w, la, la->cohorts[h], &s.breaks))
                                continue;
                        for (s.slot = 0; s.slot < so->n_slots; s.slot++)
                                if (!(so->slots[s.slot].cells & ~p->free))
                                        add_seat(c, s);
                }
        }
        w->unmet = column_new(c->f, COL_OTHER, 0, p->n, "u");
}

void cte_columns(struct cte *c)
{
        for (int k = 0; k < c->n_sorts; k++)
                sort_columns(c, &c->sorts[k]);
        for (int l = 0; l < c->n_lanes; l++)
                lane_columns(c, &c->lanes[l]);
        for (int p = 0; p < c->n_packs && !c->too_large; p++) {
                for (int w = 0; w < c->packs[p].n_wishes; w++)
                        wish_columns(c, p, w);
                c->too_large = glp_get_num_cols(c->f->lp) > MAX_COLUMNS;
        }
        c->missing = arena_array(c->arena, (size_t)c->pb->n_courses + 1, sizeof(int));
        for (int i = 0; i < c->pb->n_courses; i++)
                if (c->lanes_of[i].n)
                        c->missing[i] =
                                column_new(c->f, COL_OTHER, 0, c->pb->courses[i].sections_min, "f");
}

bool cte_row_seen(const struct cte *c, struct row_hashes *seen)
{
        const struct sum *row = &c->f->row;
        uint64_t h = (uint64_t)row->n;

        for (int i = 1; i <= row->n; i++) {
                h = (h ^ (uint64_t)row->column[i]) * 0x9e3779b97f4a7c15u;
                h = (h ^ (h >> 29) ^ (uint64_t)(int64_t)row->value[row->column[i]]) *
                    0xbf58476d1ce4e5b9u;
        }
        for (int i = 0; i < seen->n; i++)
                if (seen->v[i] == h)
                        return true;
        if (seen->n < (int)(sizeof seen->v / sizeof *seen->v))
                seen->v[seen->n++] = h;
        return false;
}

/* (P1) sections: sum(h) N[l,h,j] = Y[k,j] (of a stack: at most); as many as locks and courses ask.
 */
static void section_rows(struct cte *c)
{
        for (int l = 0; l < c->n_lanes; l++) {
                const struct lane *la = &c->lanes[l];
                const struct sort *so = &c->sorts[la->sort];
                for (int j = 0; j < so->n_slots; j++) {
                        for (int h = 0; h < la->n_cohorts; h++)
                                row_add(c->f, la->N[h * so->n_slots + j], 1);
                        row_add(c->f, so->Y[j], -1);
                        if (so->n_lanes > 1)
                                row_at_most(c->f, 0, "lane");
                        else
                                row_equal(c->f, 0, "lane");
                }
        }
        for (int k = 0; k < c->n_sorts; k++) {
                const struct sort *so = &c->sorts[k];
                for (int j = 0; j < so->n_slots; j++)
                        row_add(c->f, so->Y[j], 1);
                row_at_most(c->f, so->n, "sort");
                for (int j = 0; j < so->n_slots; j++)
                        row_add(c->f, so->Y[j], 1);
                row_at_least(c->f, so->least_required, "sort");
        }
        for (int i = 0; i < c->pb->n_courses; i++) {
                if (!c->lanes_of[i].n)
                        continue;
                for (int x = 0; x < c->lanes_of[i].n; x++) {
                        const struct lane *la = &c->lanes[c->lanes_of[i].v[x]];
                        int size = la->n_cohorts * c->sorts[la->sort].n_slots;
                        for (int y = 0; y < size; y++)
                                row_add(c->f, la->N[y], 1);
                }
                row_add(c->f, c->missing[i], 1);
                row_at_least(c->f, c->pb->courses[i].sections_min, "asked");
        }
}

static void add_enrolment(struct cte *c, const struct lane *la, int at, double coefficient)
{
        for (int i = 0; i < la->seats[at].n; i++)
                row_add(c->f, c->seats[la->seats[at].v[i]].column, coefficient);
}

/* (P4) seats: enrolment within size and room. */
static void room_seats(struct cte *c, const struct lane *la, int j)
{
        const struct sort *so = &c->sorts[la->sort];
        int size = c->pb->courses[la->course].size_max;
        bool smaller = false;

        for (int r = 0; !so->ample && r < so->n_rooms; r++) {
                int cap = c->room_sets[so->rooms[r]].capacity;
                smaller |= cap >= 0 && cap < size;
                row_add(c->f, so->w[r * so->n_slots + j], -(cap < 0 || cap > size ? size : cap));
        }
        if (!smaller) {
                row_drop(c->f);
                return;
        }
        for (int h = 0; h < la->n_cohorts; h++)
                add_enrolment(c, la, h * so->n_slots + j, 1);
        row_at_most(c->f, 0, "room");
}

/* (P5) all of a lane's sections with one reservation together: seats, others' too, and minimum. */
static void size_rows(struct cte *c, const struct lane *la, int h)
{
        const struct sort *so = &c->sorts[la->sort];
        const struct course *co = &c->pb->courses[la->course];
        int least = so->unit->exempt ? 0 : co->size_min;

        if (so->n_lanes > 1 && least > 1)
                least = 1;
        for (int side = 0; side < 2; side++) {
                for (int at = h * so->n_slots; at < (h + 1) * so->n_slots; at++) {
                        add_enrolment(c, la, at, 1);
                        row_add(c->f, la->N[at], side ? -least : -co->size_max);
                }
                row_add(c->f, la->fill[h], 1);
                if (side)
                        row_at_least(c->f, 0, "size_min");
                else
                        row_at_most(c->f, 0, "size");
        }
}

/* Could somebody who has no CTE request for the course count as a member there? */
static bool others_count(const struct problem *pb, int course, int cohort)
{
        for (int k = 0; k < pb->n_students; k++) {
                if (!frame_is_member(pb, k, cohort))
                        continue;
                int r = problem_request_of(pb, k, course);
                if (r >= 0 && !pb->requests[r].cte)
                        return true;
        }
        return false;
}

static bool is_outsider(const struct cte *c, const struct seat *s, int cohort)
{
        const struct cohort *h = &c->pb->cohorts[cohort];
        const struct pack *p = &c->packs[s->pack];

        return h->purity_of_pathway ? p->pathway != h->pathway : p->cohort != cohort;
}

static bool add_purity(struct cte *c, const struct lane *la, int at, int cohort)
{
        const struct ratio p = c->pb->cohorts[cohort].purity;
        bool any = false;

        for (int i = 0; i < la->seats[at].n; i++) {
                const struct seat *s = &c->seats[la->seats[at].v[i]];
                bool out = is_outsider(c, s, cohort);
                row_add(c->f, s->column, out ? (double)p.num : -(double)(p.den - p.num));
                any |= out;
        }
        return any;
}

/* (P6) purity: a outsiders <= (b - a) members, in each slot and, with others, in all. */
static void purity_rows(struct cte *c, const struct lane *la, int h)
{
        const struct sort *so = &c->sorts[la->sort];
        int cohort = la->cohorts[h];
        const struct ratio p = c->pb->cohorts[cohort].purity;
        bool members = others_count(c->pb, la->course, cohort);

        for (int at = h * so->n_slots; at < (h + 1) * so->n_slots; at++) {
                if (!add_purity(c, la, at, cohort) || members)
                        row_drop(c->f);
                else
                        row_at_most(c->f, 0, "purity");
        }
        for (int at = h * so->n_slots; at < (h + 1) * so->n_slots; at++)
                add_purity(c, la, at, cohort);
        row_add(c->f, la->fill[h], members ? -(double)(p.den - p.num) : (double)p.num);
        row_at_most(c->f, 0, "purity");
}

/* A plan's reserved section has members enough for its minimum with as many others as purity lets.
 */
static void members_row(struct cte *c, const struct lane *la, int at, int cohort)
{
        const struct sort *so = &c->sorts[la->sort];
        const struct ratio p = c->pb->cohorts[cohort].purity;
        int64_t least = so->unit->exempt ? 0 : c->pb->courses[la->course].size_min, all = 0;

        for (int i = 0; i < la->seats[at].n; i++) {
                const struct seat *s = &c->seats[la->seats[at].v[i]];
                if (is_outsider(c, s, cohort))
                        continue;
                all += c->packs[s->pack].n;
                row_add(c->f, s->column, 1);
        }
        least = (least * p.num + p.den - 1) / p.den;
        row_add(c->f, la->N[at], -(double)(least < all ? least : all));
        row_at_least(c->f, 0, "members");
}

static void slot_rows(struct cte *c, const struct lane *la, int at, int cohort)
{
        add_enrolment(c, la, at, 1);
        row_add(c->f, la->N[at], -c->pb->courses[la->course].size_max);
        row_at_most(c->f, 0, "seats");
        if (c->plan && cohort >= 0)
                members_row(c, la, at, cohort);
        for (int i = 0; i < la->seats[at].n; i++) {
                const struct seat *s = &c->seats[la->seats[at].v[i]];
                const struct pack *p = &c->packs[s->pack];
                if (2 * p->n >= c->pb->courses[la->course].size_max || p->n_wishes < 2)
                        continue;
                row_add(c->f, s->column, 1);
                row_add(c->f, la->N[at], -p->n);
                row_at_most(c->f, 0, "link");
        }
}

static void lane_rows(struct cte *c)
{
        for (int l = 0; l < c->n_lanes; l++) {
                const struct lane *la = &c->lanes[l];
                const struct sort *so = &c->sorts[la->sort];
                for (int j = 0; j < so->n_slots; j++)
                        room_seats(c, la, j);
                for (int h = 0; h < la->n_cohorts; h++) {
                        size_rows(c, la, h);
                        if (la->cohorts[h] >= 0)
                                purity_rows(c, la, h);
                        for (int at = h * so->n_slots; at < (h + 1) * so->n_slots; at++)
                                slot_rows(c, la, at, la->cohorts[h]);
                }
        }
        for (int i = 0; i < c->pb->n_courses; i++) {
                for (int x = 0; x < c->lanes_of[i].n; x++) {
                        const struct lane *la = &c->lanes[c->lanes_of[i].v[x]];
                        for (int h = 0; h < la->n_cohorts; h++)
                                row_add(c->f, la->fill[h], 1);
                }
                row_at_most(c->f, c->others[i], "others");
        }
}

static void stack_rows(struct cte *c)
{
        for (int k = 0; k < c->n_sorts; k++) {
                const struct sort *so = &c->sorts[k];
                for (int j = 0; so->n_lanes > 1 && j < so->n_slots; j++) {
                        for (int l = so->first_lane; l < so->first_lane + so->n_lanes; l++)
                                for (int h = 0; h < c->lanes[l].n_cohorts; h++)
                                        add_enrolment(c, &c->lanes[l], h * so->n_slots + j, 1);
                        row_add(c->f, so->Y[j], -so->unit->most);
                        row_at_most(c->f, 0, "stack");
                }
        }
}

/* (P7) students: each wish once; nobody twice at a time, with what off_campus and travel owe. */
static void pack_rows(struct cte *c, const struct pack *p)
{
        const struct problem *pb = c->pb;

        for (int w = 0; w < p->n_wishes; w++) {
                for (int i = 0; i < p->wishes[w].seats.n; i++)
                        row_add(c->f, c->seats[p->wishes[w].seats.v[i]].column, 1);
                row_add(c->f, p->wishes[w].unmet, 1);
                row_equal(c->f, p->n, "wish");
        }
        struct row_hashes seen = {0};
        for (int a = 0; p->n_wishes > 1 && a < pb->n_cells; a++)
                for (int first = -1; first < p->n_wishes; first++) {
                        const struct course *co =
                                first < 0 ? NULL : &pb->courses[p->wishes[first].course];
                        if (co && co->off_campus == OFF_NO && !co->travel)
                                continue;
                        for (int w = 0; w < p->n_wishes; w++)
                                for (int i = 0; i < p->wishes[w].seats.n; i++) {
                                        const struct seat *s = &c->seats[p->wishes[w].seats.v[i]];
                                        const struct lane *la = &c->lanes[s->lane];
                                        const struct slot *sl = &c->sorts[la->sort].slots[s->slot];
                                        cellset takes = co && w == first
                                                                ? co->start_block[sl->start]
                                                                : sl->cells;
                                        if (takes >> a & 1)
                                                row_add(c->f, s->column, 1);
                                }
                        if (cte_row_seen(c, &seen))
                                row_drop(c->f);
                        else
                                row_at_most(c->f, p->n, "student");
                }
}

/* Adds the seats of the wish whose cells meet `cells`; the cells that all of these share with it.
 */
static cellset add_meeting(struct cte *c, const struct wish *w, cellset cells)
{
        cellset shared = cells;

        for (int i = 0; i < w->seats.n; i++) {
                const struct seat *s = &c->seats[w->seats.v[i]];
                cellset taken = c->sorts[c->lanes[s->lane].sort].slots[s->slot].cells;
                if (!(taken & cells))
                        continue;
                row_add(c->f, s->column, 1);
                shared &= taken;
        }
        return shared;
}

static void add_at(struct cte *c, const struct wish *w, cellset cells)
{
        for (int i = 0; i < w->seats.n; i++) {
                const struct seat *s = &c->seats[w->seats.v[i]];
                if (c->sorts[c->lanes[s->lane].sort].slots[s->slot].cells == cells)
                        row_add(c->f, s->column, 1);
        }
}

/*
 * Whoever takes cells S is in no slot of another wish that meets S: m(S) + sum(slots meeting S) m
 * <= n. Where these have a cell in common, that cell's row says as much.
 */
static void meeting_rows(struct cte *c, const struct pack *p, const struct wish *w)
{
        const struct course *co = &c->pb->courses[w->course];
        struct row_hashes seen = {0};

        for (cellset m = co->may_start; m; m &= m - 1) {
                cellset cells = co->start_cells[__builtin_ctzll(m)];
                for (int v = 0; v < p->n_wishes; v++) {
                        if (&p->wishes[v] == w || add_meeting(c, &p->wishes[v], cells)) {
                                row_drop(c->f);
                                continue;
                        }
                        add_at(c, w, cells);
                        if (cte_row_seen(c, &seen))
                                row_drop(c->f);
                        else
                                row_at_most(c->f, p->n, "meeting");
                }
        }
}

void cte_rows(struct cte *c)
{
        section_rows(c);
        lane_rows(c);
        stack_rows(c);
        for (int p = 0; p < c->n_packs; p++) {
                pack_rows(c, &c->packs[p]);
                for (int w = 0; w < c->packs[p].n_wishes; w++)
                        meeting_rows(c, &c->packs[p], &c->packs[p].wishes[w]);
        }
}
