/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Edits in words, and where the user wrote what they change. Students by id only. */
#include "model/edit.h"

static const char *more(struct arena *a, int by, const char *one, const char *many)
{
        if (by == 1)
                return arena_printf(a, "one more %s", one);
        if (by == -1)
                return arena_printf(a, "one %s less", one);
        return by >= 0 ? arena_printf(a, "%d more %s", by, many)
                       : arena_printf(a, "%d %s less", -by, many);
}

static const char *cells_text(struct arena *a, const struct problem *pb, cellset cells)
{
        const char *text = "";

        for (int c = 0; c < pb->n_cells; c++) {
                if (!(cells >> c & 1))
                        continue;
                text = arena_printf(
                        a, "%s%s%s", text, *text ? ", " : "", pb->periods[c % pb->n_periods].id);
                if (pb->n_terms > 1)
                        text = arena_printf(a, "%s/%s", text, pb->terms[c / pb->n_periods]);
        }
        return text;
}

static const char *lock_text(struct arena *a, const struct problem *pb, const struct lock *l)
{
        const char *text = arena_printf(a, "%s-%d", pb->courses[l->course].id, l->section);

        if (l->student >= 0)
                text = arena_printf(a, "%s, student %s", text, pb->students[l->student].id);
        if (l->teacher >= 0)
                text = arena_printf(a, "%s, teacher %s", text, pb->teachers[l->teacher].id);
        if (l->room >= 0)
                text = arena_printf(a, "%s, room %s", text, pb->rooms[l->room].id);
        if (l->period >= 0)
                text = arena_printf(a, "%s, period %s", text, pb->periods[l->period].id);
        if (l->term >= 0)
                text = arena_printf(a, "%s, term %s", text, pb->terms[l->term]);
        if (l->cohort != COHORT_NOT_LOCKED)
                text = arena_printf(a, "%s, cohort %s", text,
                        l->cohort < 0 ? "none" : pb->cohorts[l->cohort].id);
        return text;
}

/* What a lock asks for: "CALC-1 runs in period 4A of S1, with kim, in room R2". */
static const char *asks_text(struct arena *a, const struct problem *pb, const struct lock *l)
{
        const char *text = arena_printf(a, "%s-%d", pb->courses[l->course].id, l->section);

        if (l->student >= 0)
                return arena_printf(a, "student %s sits in %s", pb->students[l->student].id, text);
        text = arena_printf(a, "%s runs", text);
        if (l->period >= 0)
                text = arena_printf(a, "%s in period %s", text, pb->periods[l->period].id);
        if (l->term >= 0 && pb->n_terms > 1)
                text = arena_printf(a, "%s from term %s", text, pb->terms[l->term]);
        if (l->teacher >= 0)
                text = arena_printf(a, "%s, with %s", text, pb->teachers[l->teacher].id);
        if (l->room >= 0)
                text = arena_printf(a, "%s, in room %s", text, pb->rooms[l->room].id);
        if (l->cohort != COHORT_NOT_LOCKED)
                text = arena_printf(a, "%s, for %s", text,
                        l->cohort < 0 ? "everybody" : pb->cohorts[l->cohort].id);
        return text;
}

static const char *limit_text(struct arena *a, const struct problem *pb, const struct edit *e)
{
        static const char *const parts[] = {"load", "preps", "consecutive", "contacts"};

        if (e->what < 0)
                return arena_printf(a, "without the contract's limit of %s", parts[e->part]);
        return arena_printf(
                a, "without the limit of %s of %s", parts[e->part], pb->teachers[e->what].id);
}

static const char *course_text(struct arena *a, const struct problem *pb, const struct edit *e)
{
        static const char *const parts[] = {
                "grades", "only", "credential", "teachers", "at", "minimum size"};

        return arena_printf(a, "without '%s' of %s", parts[e->part], pb->courses[e->what].id);
}

static const char *request_text(struct arena *a, const struct problem *pb, const struct edit *e)
{
        const struct request *q = &pb->requests[e->what];
        const char *who = pb->students[q->student].id, *what = pb->courses[q->course].id;

        if (e->kind == EDIT_DROP_REQUEST)
                return arena_printf(a, "student %s gives up %s", who, what);
        return arena_printf(
                a, "student %s takes %s instead of %s", who, pb->courses[e->part].id, what);
}

static const char *supply_text(struct arena *a, const struct problem *pb, const struct edit *e)
{
        switch (e->kind) {
        case EDIT_CAPACITY:
                return arena_printf(a, "%s in room %s", more(a, e->by, "place", "places"),
                        pb->rooms[e->what].id);
        case EDIT_LOAD:
                return arena_printf(a, "%s of load for %s", more(a, e->by, "period", "periods"),
                        pb->teachers[e->what].id);
        case EDIT_TEACHER_FREE:
                return arena_printf(a, "%s available in %s too", pb->teachers[e->what].id,
                        cells_text(a, pb, e->cells));
        case EDIT_ROOM_FREE:
                return arena_printf(a, "room %s available in %s too", pb->rooms[e->what].id,
                        cells_text(a, pb, e->cells));
        case EDIT_CREDENTIAL:
                return arena_printf(a, "%s holds the credential %s, too", pb->teachers[e->what].id,
                        index_id(pb->credentials, e->part));
        case EDIT_ADD_TEACHER:
                return arena_printf(a, "one more teacher with %s, for %d period%s",
                        index_id(pb->credentials, e->what), e->by, e->by == 1 ? "" : "s");
        default:
                return arena_printf(
                        a, "one more room of type %s", index_id(pb->room_types, e->what));
        }
}

const char *edit_text(struct arena *a, const struct problem *pb, const struct edit *e)
{
        switch (e->kind) {
        case EDIT_SEATS:
                return arena_printf(a, "%s in each section of %s", more(a, e->by, "seat", "seats"),
                        pb->courses[e->what].id);
        case EDIT_SECTIONS:
                return arena_printf(a, "%s of %s", more(a, e->by, "section", "sections"),
                        pb->courses[e->what].id);
        case EDIT_ADD_PERIOD:
                return "one more period in the day";
        case EDIT_ADD_LOCK:
                return asks_text(a, pb, &e->lock);
        case EDIT_DROP_LOCK:
                return arena_printf(
                        a, "without the lock of %s", lock_text(a, pb, &pb->locks[e->what]));
        case EDIT_DROP_RULE:
                return arena_printf(a, "without rule %s", rule_kind_name(pb->rules[e->what].kind));
        case EDIT_DROP_LIMIT:
                return limit_text(a, pb, e);
        case EDIT_DROP_COHORT:
                return arena_printf(a, "without cohort %s", pb->cohorts[e->what].id);
        case EDIT_DROP_PURITY:
                return arena_printf(a, "without the purity of cohort %s", pb->cohorts[e->what].id);
        case EDIT_DROP_PLANNING:
                return arena_printf(a, "without common planning of %s", pb->pathways[e->what].id);
        case EDIT_DROP_COURSE:
                return course_text(a, pb, e);
        case EDIT_DROP_REQUEST:
        case EDIT_SWAP_REQUEST:
                return request_text(a, pb, e);
        default:
                return supply_text(a, pb, e);
        }
}

struct place edit_at(const struct problem *pb, const struct edit *e)
{
        switch (e->kind) {
        case EDIT_SEATS:
        case EDIT_DROP_COURSE:
                return pb->courses[e->what].at;
        case EDIT_SECTIONS:
                return pb->courses[e->what].sections_at;
        case EDIT_CAPACITY:
        case EDIT_ROOM_FREE:
                return pb->rooms[e->what].at;
        case EDIT_LOAD:
        case EDIT_TEACHER_FREE:
        case EDIT_CREDENTIAL:
                return pb->teachers[e->what].at;
        case EDIT_ADD_LOCK:
                return e->lock.at;
        case EDIT_DROP_LOCK:
                return pb->locks[e->what].at;
        case EDIT_DROP_RULE:
                return pb->rules[e->what].at;
        case EDIT_DROP_LIMIT:
                return e->what >= 0 ? pb->teachers[e->what].at : pb->contract.at;
        case EDIT_DROP_COHORT:
        case EDIT_DROP_PURITY:
                return pb->cohorts[e->what].at;
        case EDIT_DROP_PLANNING:
                return pb->pathways[e->what].at;
        case EDIT_DROP_REQUEST:
        case EDIT_SWAP_REQUEST:
                return pb->requests[e->what].at;
        default:
                return (struct place){.file = pb->file};
        }
}
