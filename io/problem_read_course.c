/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Courses, pathways with their cohorts, requirements. */
#include "io/problem_read_parts.h"
#include "io/text.h"
#include <string.h>

static const struct who everybody = {NONE, NONE, NONE};

#define TO(member) offsetof(struct who, member)
static const struct field who_fields[] = {
        {.key = "pathway", .type = FIELD_REF, .to = TO(pathway), .noun = PATHWAY},
        {.key = "cohort", .type = FIELD_REF, .to = TO(cohort), .noun = COHORT},
        {.key = "flag", .type = FIELD_REF, .to = TO(flag), .noun = FLAG},
};
#undef TO
MAPPING(who_mapping, "'only' or 'for'", who_fields, NULL);

/* ---- courses ---- */

static void read_course_size(struct reader *r, const struct node *node, void *object)
{
        struct course *c = object;
        struct sizes sizes;
        read_sizes(r, node, &sizes);
        int max = r->pb->contract.size_max;
        max = max < 0 ? 36 : max;
        if (sizes.max < 0 && sizes.min > max)
                expected(r, node_get(node, "min"), "a min of at most %d, the contract's max", max);
        if (sizes.max < 0 && sizes.target > max)
                expected(r, node_get(node, "target"), "a target of at most %d, the contract's max",
                        max);
        c->size_min_stated = sizes.min;
        c->size_target_stated = sizes.target;
        c->size_max_stated = sizes.max;
}

static const struct field sections_fields[] = {
        {.key = "min",
                .type = FIELD_WHOLE,
                .to = offsetof(struct sizes, min),
                .high = MAX_SECTIONS},
        {.key = "max",
                .type = FIELD_WHOLE,
                .to = offsetof(struct sizes, max),
                .required = true,
                .high = MAX_SECTIONS},
};
MAPPING(sections_mapping, "'sections'", sections_fields, NULL);

static void read_sections(struct reader *r, const struct node *node, void *object)
{
        struct course *c = object;
        struct sizes sizes = {0, -1, -1};
        c->sections_at = node->at;
        c->sections_given = true;
        if (node->kind == NODE_SCALAR) {
                read_whole(r, node, "sections", 0, MAX_SECTIONS, &c->sections_max_stated);
                c->sections_min_stated = c->sections_max_stated;
                return;
        }
        read_map(r, node, &sections_mapping, &sizes);
        if (sizes.max >= 0 && sizes.min > sizes.max)
                expected(r, node_get(node, "min"), "a min of at most %d, the max", sizes.max);
        c->sections_min_stated = sizes.min;
        c->sections_max_stated = sizes.max;
}

static void read_terms(struct reader *r, const struct node *node, void *object)
{
        struct course *c = object;
        int most = r->broken[TERM] ? MAX_CELLS : r->pb->n_terms;
        if (read_whole(r, node, "terms", 1, most, &c->terms))
                c->terms_given = true;
}

static void read_credits(struct reader *r, const struct node *node, void *object)
{
        struct course *c = object;
        if (read_decimal(r, node, "credits", 0, 1000, &c->credits_stated))
                c->credits_given = true;
}

/* end or start; false for no, and true, as one would tick a box, for end. */
static void read_off_campus(struct reader *r, const struct node *node, void *object)
{
        struct course *c = object;
        bool yes;
        if (node->kind != NODE_SCALAR)
                expected(r, node, "end, start or false for 'off_campus'");
        else if (!strcmp(node->text, "end"))
                c->off_campus = OFF_END;
        else if (!strcmp(node->text, "start"))
                c->off_campus = OFF_START;
        else if (text_boolean(node->text, &yes))
                c->off_campus = yes ? OFF_END : OFF_NO;
        else
                expected(r, node, "end, start or false for 'off_campus'");
}

#define TO(member) offsetof(struct support, member)
static const struct field support_fields[] = {
        {.key = "flag", .type = FIELD_REF, .to = TO(flag), .required = true, .noun = FLAG},
        {.key = "credential",
                .type = FIELD_REFS,
                .to = TO(credentials),
                .required = true,
                .noun = CREDENTIAL,
                .form = LIST_OR_ONE},
        {.key = "sections",
                .type = FIELD_WHOLE,
                .to = TO(sections),
                .required = true,
                .high = MAX_SECTIONS},
};
#undef TO
MAPPING(support_mapping, "'support'", support_fields, NULL);

static void read_support(struct reader *r, const struct node *node, void *object)
{
        struct course *c = object;
        c->support.given = true;
        read_map(r, node, &support_mapping, &c->support);
}

#define TO(member) offsetof(struct course, member)
static const struct field at_fields[] = {
        {.key = "periods", .type = FIELD_REFS, .to = TO(at_periods), .noun = PERIOD},
        {.key = "terms", .type = FIELD_REFS, .to = TO(at_terms), .noun = TERM},
};
MAPPING(at_mapping, "'at'", at_fields, NULL);

static const char *const level_words[] = {"introductory", "concentrator", "capstone", NULL};

static const struct field course_fields[] = {
        {.key = "id", .type = FIELD_ID, .required = true},
        {.key = "title", .type = FIELD_TEXT, .to = TO(title)},
        {.key = "subject", .type = FIELD_TEXT, .to = TO(subject)},
        {.key = "area", .type = FIELD_REF, .to = TO(area), .noun = AREA},
        {.key = "credits", .type = FIELD_OTHER, .read = read_credits},
        {.key = "grades", .type = FIELD_GRADES, .to = TO(grades)},
        {.key = "only", .type = FIELD_MAP, .to = TO(only), .map = &who_mapping},
        {.key = "credential",
                .type = FIELD_REFS,
                .to = TO(credentials),
                .noun = CREDENTIAL,
                .form = LIST_OR_ONE},
        {.key = "teachers", .type = FIELD_REFS, .to = TO(teachers), .noun = TEACHER},
        {.key = "room", .type = FIELD_REF, .to = TO(room_type), .noun = ROOM_TYPE},
        {.key = "size", .type = FIELD_OTHER, .read = read_course_size},
        {.key = "sections", .type = FIELD_OTHER, .read = read_sections},
        {.key = "periods", .type = FIELD_WHOLE, .to = TO(periods), .low = 1, .high = MAX_CELLS},
        {.key = "terms", .type = FIELD_OTHER, .read = read_terms},
        {.key = "at", .type = FIELD_MAP, .map = &at_mapping},
        {.key = "staffed", .type = FIELD_BOOLEAN, .to = TO(staffed)},
        {.key = "load", .type = FIELD_BOOLEAN, .to = TO(counts_load)},
        {.key = "off_campus", .type = FIELD_OTHER, .read = read_off_campus},
        {.key = "travel", .type = FIELD_WHOLE, .to = TO(travel), .high = MAX_CELLS},
        {.key = "support", .type = FIELD_OTHER, .read = read_support},
        {.key = "pathway", .type = FIELD_REF, .to = TO(pathway), .noun = PATHWAY},
        {.key = "level",
                .type = FIELD_WORD,
                .to = TO(level),
                .low = LEVEL_INTRODUCTORY,
                .words = level_words},
};
#undef TO
MAPPING(course_mapping, "a course", course_fields, NULL);

static void init_course(struct reader *r, void *object, const char *id, struct place at)
{
        *(struct course *)object = (struct course){.id = id,
                .at = at,
                .sections_at = at,
                .area = NONE,
                .only = everybody,
                .room_type = NONE,
                .size_min_stated = -1,
                .size_target_stated = -1,
                .size_max_stated = -1,
                .sections_min_stated = -1,
                .sections_max_stated = -1,
                .periods = 1,
                .terms = r->pb->n_terms,
                .staffed = true,
                .counts_load = true,
                .support = {.flag = NONE},
                .pathway = NONE,
                .stack = NONE};
}

const struct section course_section = {
        COURSE, sizeof(struct course), &course_mapping, init_course, NULL};

/* ---- pathways and cohorts ---- */

#define TO(member) offsetof(struct pathway, member)
static const struct field pathway_fields[] = {
        {.key = "id", .type = FIELD_ID, .required = true},
        {.key = "title", .type = FIELD_TEXT, .to = TO(title)},
        {.key = "sector", .type = FIELD_TEXT, .to = TO(sector)},
        {.key = "team", .type = FIELD_REFS, .to = TO(team), .noun = TEACHER},
        {.key = "common_planning",
                .type = FIELD_WHOLE,
                .to = TO(common_planning),
                .high = MAX_CELLS},
        {.key = "cohorts", .type = FIELD_NONE},
};
#undef TO
MAPPING(pathway_mapping, "a pathway", pathway_fields, NULL);

static void init_pathway(struct reader *r, void *object, const char *id, struct place at)
{
        (void)r;
        *(struct pathway *)object = (struct pathway){.id = id, .at = at};
}

const struct section pathway_section = {
        PATHWAY, sizeof(struct pathway), &pathway_mapping, init_pathway, NULL};

static void read_purity_of(struct reader *r, const struct node *node, void *object)
{
        struct cohort *k = object;
        bool scalar = node->kind == NODE_SCALAR;
        k->purity_of_pathway = scalar && !strcmp(node->text, "pathway");
        if (!k->purity_of_pathway && !(scalar && !strcmp(node->text, "cohort")))
                expected(r, node, "cohort or pathway for 'purity_of'");
}

#define TO(member) offsetof(struct cohort, member)
static const struct field cohort_fields[] = {
        {.key = "id", .type = FIELD_ID, .required = true},
        {.key = "grade", .type = FIELD_WHOLE, .to = TO(grade), .high = MAX_GRADE},
        {.key = "courses", .type = FIELD_REFS, .to = TO(courses), .noun = COURSE},
        {.key = "purity", .type = FIELD_DECIMAL, .to = TO(purity), .high = 1},
        {.key = "purity_of", .type = FIELD_OTHER, .read = read_purity_of},
        {.key = "strands", .type = FIELD_BOOLEAN, .to = TO(strands)},
};
#undef TO
MAPPING(cohort_mapping, "a cohort", cohort_fields, NULL);

static void init_cohort(struct reader *r, void *object, const char *id, struct place at)
{
        (void)r;
        *(struct cohort *)object =
                (struct cohort){.id = id, .at = at, .pathway = NONE, .grade = -1, .purity = {3, 4}};
}

static void check_cohort(struct reader *r, const struct node *node, void *object)
{
        (void)object;
        const struct node *id = node_get(node, "id");
        if (id && id->text && !strcmp(id->text, "-"))
                expected(r, id, "another id: in the table of students '-' means no cohort");
}

const struct section cohort_section = {
        COHORT, sizeof(struct cohort), &cohort_mapping, init_cohort, check_cohort};

/* ---- requirements ---- */

static void read_years_by_grade(struct reader *r, const struct node *node, void *object)
{
        struct requirement *req = object;
        if (!expect_map(r, node, "'years_by_grade', which are grades"))
                return;
        const int *grades = read_grade_keys(r, node, "years_by_grade");
        req->by = arena_array(r->pb->arena, (size_t)node->n + 1, sizeof *req->by);
        for (int i = 0; i < node->n; i++) {
                struct grade_years *to = &req->by[req->n_by];
                if (node_omitted(node->items[i]) ||
                        !read_decimal(
                                r, node->items[i], "years_by_grade", 0, MAX_YEARS, &to->stated))
                        continue;
                to->grade = grades[i];
                req->n_by++;
        }
}

#define TO(member) offsetof(struct requirement, member)
static const struct field requirement_fields[] = {
        {.key = "id", .type = FIELD_ID, .required = true},
        {.key = "area", .type = FIELD_REF, .to = TO(area), .noun = AREA},
        {.key = "courses", .type = FIELD_REFS, .to = TO(courses), .noun = COURSE},
        {.key = "years_by_grade",
                .type = FIELD_OTHER,
                .required = true,
                .read = read_years_by_grade},
        {.key = "for", .type = FIELD_MAP, .to = TO(whom), .map = &who_mapping},
};
#undef TO
MAPPING(requirement_mapping, "a requirement", requirement_fields, NULL);

static void init_requirement(struct reader *r, void *object, const char *id, struct place at)
{
        (void)r;
        *(struct requirement *)object =
                (struct requirement){.id = id, .at = at, .area = NONE, .whom = everybody};
}

static void check_requirement(struct reader *r, const struct node *node, void *object)
{
        (void)object;
        const struct node *area = node_get(node, "area"), *courses = node_get(node, "courses");
        if (area && courses)
                input_error(
                        r, courses->at, "found 'courses' beside 'area'; expected one of the two");
        else if (!area && !courses && node->kind == NODE_MAP)
                input_error(r, node->at,
                        "found a requirement without 'area' and 'courses'; expected one of the "
                        "two");
}

const struct section requirement_section = {REQUIREMENT, sizeof(struct requirement),
        &requirement_mapping, init_requirement, check_requirement};
