/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Schools with less asked: stated fields are changed, so that everything follows from them. */
#include "model/edit.h"
#include "solver/clash.h"
#include <string.h>

enum { WITHOUT_LIMIT = 100000 };

/* What rules derive of numbers of sections is stated, so that a rule less does not change it. */
static void state_sections(const struct problem *pb, struct problem *to)
{
        for (int c = 0; c < pb->n_courses; c++) {
                to->courses[c].sections_given = true;
                to->courses[c].sections_min_stated = pb->courses[c].sections_min;
                to->courses[c].sections_max_stated = pb->courses[c].sections_max;
        }
}

static struct ints with(struct problem *to, const struct ints *list, int x)
{
        struct ints out = {.given = true};

        for (int i = 0; i < list->n; i++)
                ints_push(to->arena, &out, list->v[i]);
        if (!ints_has(&out, x))
                ints_push(to->arena, &out, x);
        return out;
}

/* No room is needed; where a lock names one, any will do. */
static void any_room(struct problem *to, struct course *c)
{
        bool named = false;

        for (int l = 0; l < to->n_locks; l++)
                named |= &to->courses[to->locks[l].course] == c && to->locks[l].room >= 0;
        if (!named) {
                c->room_type = NONE;
                return;
        }
        if (c->room_type < 0) {
                int type = index_add(to->room_types, "any room");
                c->room_type = type >= 0 ? type : index_find(to->room_types, "any room");
        }
        for (int r = 0; r < to->n_rooms; r++)
                to->rooms[r].types = with(to, &to->rooms[r].types, c->room_type);
}

static void any_size(const struct problem *to, struct course *c)
{
        c->size_min_stated = 0;
        c->size_target_stated = c->size_max_stated = to->n_students + 1;
}

static void open_course(struct problem *to, enum item_kind kind, struct course *c)
{
        switch (kind) {
        case ITEM_COURSE_AT:
                c->at_periods = c->at_terms = (struct ints){0};
                break;
        case ITEM_COURSE_LENGTH:
                c->periods = c->terms = 1;
                c->terms_given = true;
                break;
        case ITEM_COURSE_CREDENTIAL:
                c->credentials = (struct ints){0};
                break;
        case ITEM_COURSE_TEACHERS:
                c->teachers = (struct ints){0};
                break;
        case ITEM_COURSE_STAFFED:
                c->staffed = true;
                break;
        case ITEM_COURSE_ROOM:
                any_room(to, c);
                break;
        case ITEM_COURSE_SIZE:
                any_size(to, c);
                break;
        case ITEM_COURSE_GRADES:
                c->grades = (struct ints){0};
                break;
        case ITEM_COURSE_ONLY:
                c->only = (struct who){NONE, NONE, NONE};
                break;
        case ITEM_COURSE_SUPPORT:
                c->support.given = false;
                break;
        default: /* ITEM_COURSE_CAMPUS */
                c->off_campus = OFF_NO;
                c->travel = 0;
        }
}

static void open_limit(struct problem *to, enum item_kind kind, int teacher)
{
        struct limits *l = teacher < 0 ? &to->contract.limits : &to->teachers[teacher].stated;
        int none = teacher < 0 ? NO_LIMIT : WITHOUT_LIMIT;

        switch (kind) {
        case ITEM_TEACHER_LOAD:
                l->load = to->n_periods;
                break;
        case ITEM_TEACHER_PREPS:
                l->preps = none;
                break;
        case ITEM_TEACHER_CONSECUTIVE:
                l->consecutive = none;
                break;
        default: /* ITEM_TEACHER_CONTACTS */
                l->contacts = none;
        }
}

static void open_cohort(struct problem *to, enum item_kind kind, int cohort)
{
        struct cohort *k = &to->cohorts[cohort];

        if (kind == ITEM_COHORT_PURITY)
                k->purity = (struct ratio){0, 1};
        if (kind == ITEM_COHORT_STRANDS)
                k->strands = false;
        if (kind != ITEM_COHORT_COURSES)
                return;
        for (int i = 0; i < to->n_locks; i++)
                if (to->locks[i].cohort == cohort)
                        k->courses = with(to, &k->courses, to->locks[i].course);
}

static void open_item(struct problem *to, struct item it)
{
        cellset all = problem_cells_of_periods(to, ~(uint64_t)0);

        switch (it.kind) {
        case ITEM_LOCK:
        case ITEM_RULE:
                break; /* these go as a whole */
        case ITEM_STUDENT_AVAILABLE:
                to->students[it.index].periods = ~(uint64_t)0;
                break;
        case ITEM_ROOM_AVAILABLE:
                to->rooms[it.index].available = all;
                break;
        case ITEM_ROOM_CAPACITY:
                to->rooms[it.index].capacity = NO_LIMIT;
                break;
        case ITEM_TEACHER_AVAILABLE:
                to->teachers[it.index].available = all;
                break;
        default:
                if (it.kind >= ITEM_COHORT_COURSES)
                        open_cohort(to, it.kind, it.index);
                else if (it.kind >= ITEM_COURSE_AT)
                        open_course(to, it.kind, &to->courses[it.index]);
                else
                        open_limit(to, it.kind, it.index);
        }
}

static void keep_locks_and_rules(
        const struct problem *pb, struct problem *to, const struct items *items, const bool *kept)
{
        bool *rule = mem_zero((size_t)pb->n_rules + 1, sizeof *rule);
        bool *known = mem_zero((size_t)pb->n_rules + 1, sizeof *known);

        to->n_locks = to->n_rules = 0;
        for (int k = 0; k < items->n; k++) {
                const struct item it = items->v[k];
                if (it.kind == ITEM_LOCK && kept[k])
                        to->locks[to->n_locks++] = pb->locks[it.index];
                if (it.kind == ITEM_RULE) {
                        known[it.index] = true;
                        rule[it.index] = kept[k];
                }
        }
        for (int i = 0; i < pb->n_rules; i++)
                if (rule[i] || !known[i])
                        to->rules[to->n_rules++] = pb->rules[i];
        mem_free(rule);
        mem_free(known);
}

struct problem *relaxed_problem(
        const struct problem *pb, const struct items *items, const bool *kept)
{
        struct problem *to = problem_copy(pb);
        struct report *rp = report_new();

        state_sections(pb, to);
        keep_locks_and_rules(pb, to, items, kept);
        for (int k = 0; k < items->n; k++)
                if (!kept[k])
                        open_item(to, items->v[k]);
        bool fine = problem_finish(to, rp);
        report_free(rp);
        if (fine)
                return to;
        problem_free(to);
        return NULL;
}
