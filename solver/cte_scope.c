/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sets of the CTE stage: sorts of units, sets of rooms, packs of students. */
#include "solver/cte_parts.h"

/* Sorts and lanes. */

static bool same_ints(const struct ints *a, const struct ints *b)
{
        return a->n == b->n && (!a->n || !memcmp(a->v, b->v, (size_t)a->n * sizeof *a->v));
}

static bool is_co_taught(const struct problem *pb, int s)
{
        const struct course *c = &pb->courses[pb->section_course[s]];

        return c->support.given && pb->section_number[s] <= c->support.sections;
}

static bool has_same_students(const struct problem *pb, int course)
{
        for (int i = 0; i < pb->n_rules; i++)
                if (pb->rules[i].kind == RULE_SAME_STUDENTS &&
                        ints_has(&pb->rules[i].courses, course))
                        return true;
        return false;
}

/* Does the number of the unit matter: links, same_students, a student's lock? */
static bool is_tied(const struct cte *c, int unit)
{
        const struct frame *f = c->frame;
        const struct unit *u = &f->units[unit];

        if (f->bundles[u->bundle].n_links)
                return true;
        for (int i = 0; i < u->n; i++)
                if (has_same_students(c->pb, c->pb->section_course[u->sections[i]]))
                        return true;
        for (int r = 0; u->must && r < c->pb->n_requests; r++)
                if (f->locked_seat[r] >= 0 && f->unit_of[f->locked_seat[r]] == unit)
                        return true;
        return false;
}

static bool alike(const struct cte *c, const struct unit *a, const struct unit *b)
{
        const struct problem *pb = c->pb;

        if (a->n != b->n || a->starts != b->starts || a->must != b->must ||
                a->exempt != b->exempt || !same_ints(&a->teachers, &b->teachers) ||
                !same_ints(&a->rooms, &b->rooms))
                return false;
        for (int i = 0; i < a->n; i++) {
                int s = a->sections[i], t = b->sections[i];
                if (pb->section_course[s] != pb->section_course[t] ||
                        is_co_taught(pb, s) != is_co_taught(pb, t) ||
                        c->frame->locked_cohort[s] != c->frame->locked_cohort[t])
                        return false;
        }
        return true;
}

static void add_lane(struct cte *c, struct sort *so, int place)
{
        const struct problem *pb = c->pb;
        int s = so->unit->sections[place], course = pb->section_course[s];
        int locked = c->frame->locked_cohort[s];
        const struct ints *in = &pb->courses[course].in_cohorts;
        struct lane *la = &c->lanes[c->n_lanes];

        la->sort = (int)(so - c->sorts);
        la->course = course;
        la->place = place;
        la->cohorts = arena_array(c->arena, (size_t)in->n + 1, sizeof(int));
        if (locked == COHORT_NOT_LOCKED || locked == NONE)
                la->cohorts[la->n_cohorts++] = NONE;
        for (int i = 0; i < in->n; i++)
                if (locked == COHORT_NOT_LOCKED || locked == in->v[i])
                        la->cohorts[la->n_cohorts++] = in->v[i];
        ints_push(c->arena, &c->lanes_of[course], c->n_lanes++);
}

static void new_sort(struct cte *c, int unit, bool tied)
{
        const struct problem *pb = c->pb;
        const struct unit *u = &c->frame->units[unit];
        const struct course *first = &pb->courses[u->course];
        struct sort *so = &c->sorts[c->n_sorts++];

        so->unit = u;
        so->tied = tied;
        so->units = arena_array(c->arena, (size_t)first->sections_max + 1, sizeof(int));
        so->units[so->n++] = unit;
        so->teachers = u->teachers;
        so->co_taught = u->n == 1 && is_co_taught(pb, u->sections[0]);
        if (so->co_taught)
                so->co_teachers = first->able_co_teachers;
        so->slots = arena_array(c->arena, (size_t)pb->n_cells, sizeof *so->slots);
        for (cellset m = u->starts; m; m &= m - 1) {
                int start = __builtin_ctzll(m);
                so->slots[so->n_slots++] = (struct slot){start, first->start_cells[start]};
        }
        so->first_lane = c->n_lanes;
        so->n_lanes = u->n;
        for (int i = 0; i < u->n; i++)
                add_lane(c, so, i);
}

static void add_unit(struct cte *c, int unit)
{
        bool tied = is_tied(c, unit);

        for (int k = 0; !tied && k < c->n_sorts; k++) {
                struct sort *so = &c->sorts[k];
                if (so->tied || so->n >= c->pb->courses[so->unit->course].sections_max ||
                        !alike(c, so->unit, &c->frame->units[unit]))
                        continue;
                so->units[so->n++] = unit;
                so->least_required += so->unit->must;
                return;
        }
        new_sort(c, unit, tied);
        c->sorts[c->n_sorts - 1].least_required += c->frame->units[unit].must;
}

/* Crews. */

static bool same_work(const struct cte *c, int t, int u)
{
        const struct limits *l = &c->pb->teachers[t].limits, *m = &c->pb->teachers[u].limits;

        if (l->load != m->load || l->preps != m->preps || l->consecutive != m->consecutive)
                return false;
        for (int k = 0; k < c->n_sorts; k++) {
                const struct sort *so = &c->sorts[k];
                if (ints_has(&so->teachers, t) != ints_has(&so->teachers, u) ||
                        ints_has(&so->co_teachers, t) != ints_has(&so->co_teachers, u))
                        return false;
        }
        return true;
}

static bool has_work(const struct cte *c, int t)
{
        for (int k = 0; k < c->n_sorts; k++)
                if (ints_has(&c->sorts[k].teachers, t) || ints_has(&c->sorts[k].co_teachers, t))
                        return true;
        return false;
}

static struct ints crews_of(const struct cte *c, const struct ints *teachers)
{
        struct ints out = {0};

        for (int i = 0; i < teachers->n; i++)
                if (!ints_has(&out, c->crew_of[teachers->v[i]]))
                        ints_push(c->arena, &out, c->crew_of[teachers->v[i]]);
        return out;
}

static void make_crews(struct cte *c)
{
        const struct problem *pb = c->pb;

        c->crews = arena_array(c->arena, (size_t)pb->n_teachers + 1, sizeof *c->crews);
        c->crew_of = arena_array(c->arena, (size_t)pb->n_teachers + 1, sizeof(int));
        for (int t = 0; t < pb->n_teachers; t++) {
                cellset hours = pb->teachers[t].available & ~c->teacher_busy[t];
                int k = 0;
                c->crew_of[t] = NONE;
                if (!has_work(c, t))
                        continue;
                while (k < c->n_crews && (c->by_name || c->crews[k].free != hours ||
                                                 !same_work(c, c->crews[k].teachers.v[0], t)))
                        k++;
                if (k == c->n_crews)
                        c->crews[c->n_crews++].free = hours;
                ints_push(c->arena, &c->crews[k].teachers, t);
                c->crew_of[t] = k;
        }
        for (int k = 0; k < c->n_sorts; k++) {
                c->sorts[k].crews = crews_of(c, &c->sorts[k].teachers);
                c->sorts[k].co_crews = crews_of(c, &c->sorts[k].co_teachers);
        }
}

/* Rooms. */

static bool is_locked_room(const struct problem *pb, int room)
{
        for (int i = 0; i < pb->n_locks; i++)
                if (pb->locks[i].room == room)
                        return true;
        return false;
}

static int room_set_of(struct cte *c, int room)
{
        const struct room *r = &c->pb->rooms[room];
        bool own = is_locked_room(c->pb, room);

        for (int k = 0; !own && k < c->n_room_sets; k++) {
                struct room_set *set = &c->room_sets[k];
                const struct room *first = &c->pb->rooms[set->rooms.v[0]];
                if (set->capacity == r->capacity && set->available == r->available &&
                        same_ints(&first->types, &r->types) &&
                        !is_locked_room(c->pb, set->rooms.v[0]) &&
                        !(c->room_busy[room] | c->room_busy[set->rooms.v[0]]))
                        return k;
        }
        struct room_set *set = &c->room_sets[c->n_room_sets];
        set->capacity = r->capacity;
        set->available = r->available;
        ints_push(c->arena, &set->rooms, room);
        return c->n_room_sets++;
}

/* All rooms of the problem by set; one that a lock names is a set of its own. */
static void rooms_of_sorts(struct cte *c)
{
        const struct problem *pb = c->pb;
        int *set_of = arena_array(c->arena, (size_t)pb->n_rooms + 1, sizeof(int));

        c->room_sets = arena_array(c->arena, (size_t)pb->n_rooms + 1, sizeof *c->room_sets);
        for (int r = 0; r < pb->n_rooms; r++) {
                set_of[r] = room_set_of(c, r);
                if (!ints_has(&c->room_sets[set_of[r]].rooms, r))
                        ints_push(c->arena, &c->room_sets[set_of[r]].rooms, r);
        }
        for (int k = 0; k < c->n_sorts; k++) {
                struct sort *so = &c->sorts[k];
                so->rooms = arena_array(c->arena, (size_t)c->n_room_sets + 1, sizeof(int));
                for (int i = 0; so->unit->roomed && i < so->unit->rooms.n; i++) {
                        int set = set_of[so->unit->rooms.v[i]];
                        struct ints have = {so->n_rooms, true, so->rooms};
                        if (!ints_has(&have, set))
                                so->rooms[so->n_rooms++] = set;
                }
        }
}

/* Are there rooms enough for all units that may use the set at once, each as large as needed? */
static bool is_ample(const struct cte *c, int set)
{
        const struct room_set *rs = &c->room_sets[set];
        int units = 0;

        if (rs->available != c->pb->all_cells)
                return false;
        for (int i = 0; i < rs->rooms.n; i++)
                if (c->room_busy[rs->rooms.v[i]])
                        return false;
        for (int k = 0; k < c->n_sorts; k++) {
                struct ints have = {c->sorts[k].n_rooms, true, c->sorts[k].rooms};
                if (!ints_has(&have, set))
                        continue;
                units += c->sorts[k].n;
                if (rs->capacity >= 0 && rs->capacity < c->sorts[k].unit->most)
                        return false;
        }
        return units <= rs->rooms.n;
}

static void drop_ample_rooms(struct cte *c)
{
        bool *ample = arena_array(c->arena, (size_t)c->n_room_sets + 1, sizeof *ample);

        for (int i = 0; i < c->n_room_sets; i++)
                ample[i] = is_ample(c, i);
        for (int k = 0; k < c->n_sorts; k++) {
                struct sort *so = &c->sorts[k];
                bool any = false;
                for (int i = 0; i < so->n_rooms; i++)
                        any |= ample[so->rooms[i]];
                so->ample = any || !so->unit->roomed;
        }
}

void cte_sorts(struct cte *c)
{
        const struct frame *f = c->frame;

        c->sorts = arena_array(c->arena, (size_t)f->n_units + 1, sizeof *c->sorts);
        c->lanes = arena_array(c->arena, (size_t)c->pb->n_sections + 1, sizeof *c->lanes);
        c->lanes_of = arena_array(c->arena, (size_t)c->pb->n_courses + 1, sizeof *c->lanes_of);
        for (int u = 0; u < f->n_units; u++)
                if (f->bundles[f->units[u].bundle].cte && f->units[u].n)
                        add_unit(c, u);
        make_crews(c);
        rooms_of_sorts(c);
        drop_ample_rooms(c);
}

/* Packs. */

bool cte_serves(const struct problem *pb, int cohort, int own)
{
        const struct cohort *h = &pb->cohorts[cohort];

        if (own < 0)
                return false;
        return cohort == own || (h->purity_of_pathway && h->pathway == pb->cohorts[own].pathway);
}

static uint64_t mix(uint64_t h, uint64_t x)
{
        h = (h ^ x) * 0x9e3779b97f4a7c15u;
        return h ^ (h >> 29);
}

static bool same_wishes(const struct pack *a, const struct pack *b)
{
        if (a->hash != b->hash || a->n_wishes != b->n_wishes || a->cohort != b->cohort ||
                a->pathway != b->pathway || a->free != b->free)
                return false;
        for (int i = 0; i < a->n_wishes; i++) {
                const struct wish *x = &a->wishes[i], *y = &b->wishes[i];
                if (x->course != y->course || x->max_section != y->max_section ||
                        x->locked != y->locked || x->counted != y->counted)
                        return false;
        }
        return true;
}

/* Insertion by course: students list the same courses in any order. */
static void add_wish(struct pack *p, struct wish w)
{
        int at = p->n_wishes++;

        for (; at > 0 && p->wishes[at - 1].course > w.course; at--)
                p->wishes[at] = p->wishes[at - 1];
        p->wishes[at] = w;
}

/* The student's CTE requests for courses of the scope that can be met at all. */
static void read_student(struct cte *c, int k, struct pack *p)
{
        const struct problem *pb = c->pb;
        const struct student *who = &pb->students[k];

        p->n_wishes = 0;
        p->pathway = who->pathway;
        p->cohort = who->cohort;
        p->free = who->available & ~c->student_busy[k];
        for (int r = who->first_request; r < who->first_request + who->n_requests; r++) {
                const struct request *q = &pb->requests[r];
                const struct course *co = &pb->courses[q->course];
                if (!q->cte || (c->around && c->around->seat[r] >= 0 && !c->lanes_of[q->course].n))
                        continue;
                if (!q->admitted || !c->lanes_of[q->course].n || q->max_section <= 0) {
                        c->never++;
                        continue;
                }
                int most = q->max_section < co->sections_max ? q->max_section : co->sections_max;
                add_wish(p, (struct wish){.course = q->course,
                                    .max_section = most,
                                    .locked = c->plan ? c->frame->locked_seat[r] : NONE,
                                    .counted = c->frame->counted_break[r]});
        }
        p->hash = mix((uint64_t)(p->cohort + 2) * 31 + (uint64_t)(p->pathway + 2), p->free);
        for (int i = 0; i < p->n_wishes; i++)
                p->hash = mix(p->hash,
                        (uint64_t)p->wishes[i].course * 64 + (uint64_t)p->wishes[i].max_section);
}

static struct pack *pack_of(struct cte *c, const struct pack *like, int *cap)
{
        for (int i = 0; i < c->n_packs; i++)
                if (same_wishes(&c->packs[i], like))
                        return &c->packs[i];
        ARENA_GROW(c->arena, c->packs, c->n_packs, *cap);
        struct pack *p = &c->packs[c->n_packs++];
        size_t size = (size_t)like->n_wishes * sizeof *p->wishes;
        *p = *like;
        p->n = 0;
        p->students = NULL;
        p->wishes = arena_alloc(c->arena, size + 1);
        memcpy(p->wishes, like->wishes, size);
        return p;
}

static void count_others(struct cte *c)
{
        const struct problem *pb = c->pb;

        c->others = arena_array(c->arena, (size_t)pb->n_courses + 1, sizeof(int));
        for (int r = 0; r < pb->n_requests; r++)
                c->others[pb->requests[r].course] +=
                        pb->requests[r].admitted && !pb->requests[r].cte;
}

void cte_packs(struct cte *c)
{
        const struct problem *pb = c->pb;
        struct pack like = {0};
        int cap = 0, most = 0;

        for (int k = 0; k < pb->n_students; k++)
                most = pb->students[k].n_requests > most ? pb->students[k].n_requests : most;
        like.wishes = arena_array(c->arena, (size_t)most + 1, sizeof *like.wishes);
        for (int k = 0; k < pb->n_students; k++) {
                read_student(c, k, &like);
                if (!like.n_wishes)
                        continue;
                struct pack *p = pack_of(c, &like, &cap);
                struct ints list = {p->n, true, p->students};
                ints_push(c->arena, &list, k);
                p->students = list.v;
                p->n = list.n;
        }
        count_others(c);
}
