/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The school in the page's island: what was stated, as far as the views show it. */
#include "io/page_parts.h"
#include <string.h>

void page_ints(struct json_out *o, const char *key, const struct ints *list)
{
        json_begin_flat(o, key, '[');
        for (int i = 0; i < list->n; i++)
                json_int(o, NULL, list->v[i]);
        json_end(o, ']');
}

/* Absent rather than null: a page of thousands of objects is smaller so. */
static void text_if(struct json_out *o, const char *key, const char *text)
{
        if (text)
                json_text(o, key, text);
}

static void number_if(struct json_out *o, const char *key, int value)
{
        if (value >= 0)
                json_int(o, key, value);
}

static void names(
        struct json_out *o, const char *key, const struct index *ix, const struct ints *list)
{
        json_begin_flat(o, key, '[');
        for (int i = 0; i < list->n; i++)
                json_text(o, NULL, index_id(ix, list->v[i]));
        json_end(o, ']');
}

/* Cells that are not available; absent where all are. */
static void away(struct json_out *o, const struct problem *pb, cellset available)
{
        if (available == pb->all_cells)
                return;
        json_begin_flat(o, "away", '[');
        for (int c = 0; c < pb->n_cells; c++) {
                if (!(available >> c & 1))
                        json_int(o, NULL, c);
        }
        json_end(o, ']');
}

static void bell(struct json_out *o, const struct problem *pb)
{
        json_begin_flat(o, "terms", '[');
        for (int t = 0; t < pb->n_terms; t++)
                json_text(o, NULL, pb->terms[t]);
        json_end(o, ']');
        json_begin(o, "periods", '[');
        for (int p = 0; p < pb->n_periods; p++) {
                const struct period *at = &pb->periods[p];
                json_begin_flat(o, NULL, '{');
                json_text(o, "id", at->id);
                text_if(o, "day", at->day);
                text_if(o, "start", at->start);
                text_if(o, "end", at->end);
                json_end(o, '}');
        }
        json_end(o, ']');
}

static void teachers(struct json_out *o, const struct problem *pb)
{
        json_begin(o, "teachers", '[');
        for (int t = 0; t < pb->n_teachers; t++) {
                const struct teacher *who = &pb->teachers[t];
                json_begin_flat(o, NULL, '{');
                json_text(o, "id", who->id);
                text_if(o, "name", who->name);
                names(o, "cred", pb->credentials, &who->credentials);
                number_if(o, "load", who->limits.load);
                away(o, pb, who->available);
                json_end(o, '}');
        }
        json_end(o, ']');
}

static void rooms(struct json_out *o, const struct problem *pb)
{
        json_begin(o, "rooms", '[');
        for (int r = 0; r < pb->n_rooms; r++) {
                const struct room *room = &pb->rooms[r];
                json_begin_flat(o, NULL, '{');
                json_text(o, "id", room->id);
                names(o, "types", pb->room_types, &room->types);
                number_if(o, "cap", room->capacity);
                away(o, pb, room->available);
                json_end(o, '}');
        }
        json_end(o, ']');
}

static void pathways(struct json_out *o, const struct problem *pb)
{
        json_begin(o, "pathways", '[');
        for (int p = 0; p < pb->n_pathways; p++) {
                const struct pathway *path = &pb->pathways[p];
                json_begin_flat(o, NULL, '{');
                json_text(o, "id", path->id);
                text_if(o, "title", path->title);
                text_if(o, "sector", path->sector);
                page_ints(o, "team", &path->team);
                json_int(o, "planning", path->common_planning);
                json_end(o, '}');
        }
        json_end(o, ']');
}

static void cohorts(struct json_out *o, const struct problem *pb, bool students)
{
        json_begin(o, "cohorts", '[');
        for (int h = 0; h < pb->n_cohorts; h++) {
                const struct cohort *co = &pb->cohorts[h];
                json_begin_flat(o, NULL, '{');
                json_text(o, "id", co->id);
                json_int(o, "path", co->pathway);
                number_if(o, "grade", co->grade);
                page_ints(o, "courses", &co->courses);
                json_real(o, "purity", (double)co->purity.num / (double)co->purity.den);
                json_bool(o, "wide", co->purity_of_pathway);
                json_bool(o, "strands", co->strands);
                /* 0 where there are few: none of them may be told apart */
                json_int(o, "n", students || co->members.n >= PAGE_SMALL ? co->members.n : 0);
                json_end(o, '}');
        }
        json_end(o, ']');
}

static void course(struct json_out *o, const struct problem *pb, const struct course *c)
{
        static const char *const levels[] = {NULL, "introductory", "concentrator", "capstone"};

        json_text(o, "id", c->id);
        text_if(o, "title", c->title);
        text_if(o, "dept", c->subject);
        if (c->area >= 0)
                json_text(o, "area", index_id(pb->areas, c->area));
        number_if(o, "path", c->pathway);
        text_if(o, "level", levels[c->level]);
        if (c->grades.given)
                page_ints(o, "grades", &c->grades);
        if (c->credentials.given)
                names(o, "cred", pb->credentials, &c->credentials);
        if (c->room_type >= 0)
                json_text(o, "room", index_id(pb->room_types, c->room_type));
        if (!c->counts_load)
                json_bool(o, "loadless", true);
        json_begin_flat(o, "size", '[');
        json_int(o, NULL, c->size_min);
        json_int(o, NULL, c->size_target);
        json_int(o, NULL, c->size_max);
        json_end(o, ']');
        json_int(o, "lo", c->sections_min);
        json_int(o, "hi", c->sections_max);
        json_int(o, "len", c->periods);
        json_int(o, "terms", c->terms);
        json_int(o, "asked", c->n_requests);
        json_int(o, "primary", c->n_primary);
}

static void courses(struct json_out *o, const struct problem *pb)
{
        json_begin(o, "courses", '[');
        for (int c = 0; c < pb->n_courses; c++) {
                json_begin_flat(o, NULL, '{');
                course(o, pb, &pb->courses[c]);
                json_end(o, '}');
        }
        json_end(o, ']');
}

void page_school(struct json_out *o, const struct page *page)
{
        const struct problem *pb = page->schedule->pb;

        json_text(o, "school", pb->name);
        json_text(o, "year", pb->year);
        bell(o, pb);
        teachers(o, pb);
        rooms(o, pb);
        pathways(o, pb);
        cohorts(o, pb, page->students);
        courses(o, pb);
}
