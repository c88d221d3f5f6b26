/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules, locks and priorities. */
#include "io/problem_read_parts.h"
#include "io/text.h"
#include "model/score.h"
#include <string.h>

/* ---- the kinds of rules that are maps ---- */

#define TO(member) offsetof(struct rule, member)
#define FLAG_FIELD                                                                                 \
        {                                                                                          \
                .key = "flag", .type = FIELD_REF, .to = TO(flag), .required = true, .noun = FLAG   \
        }
static const struct field needs_fields[] = {
        FLAG_FIELD,
        {.key = "credential",
                .type = FIELD_REFS,
                .to = TO(credentials),
                .required = true,
                .noun = CREDENTIAL,
                .form = LIST_OR_ONE},
};
MAPPING(needs_mapping, "the rule 'needs'", needs_fields, NULL);

static const struct field limit_fields[] = {
        FLAG_FIELD,
        {.key = "share", .type = FIELD_DECIMAL, .to = TO(share), .required = true, .high = 1},
        {.key = "courses", .type = FIELD_REFS, .to = TO(courses), .noun = COURSE, .once = true},
};
MAPPING(limit_mapping, "the rule 'limit'", limit_fields, NULL);

static const struct field avoid_fields[] = {
        {.key = "student", .type = FIELD_REF, .to = TO(student), .required = true, .noun = STUDENT},
        {.key = "teacher", .type = FIELD_REF, .to = TO(teacher), .required = true, .noun = TEACHER},
};
MAPPING(avoid_mapping, "the rule 'avoid'", avoid_fields, NULL);

/* ---- free ---- */

/* The numbers up to n. Rules may share one list of them, as nobody writes to it. */
static struct ints everyone(struct reader *r, struct ints *kept, int n)
{
        if (kept->given)
                return *kept;
        *kept = (struct ints){.n = n, .given = true};
        kept->v = arena_array(r->pb->arena, (size_t)n + 1, sizeof *kept->v);
        for (int i = 0; i < n; i++)
                kept->v[i] = i;
        return *kept;
}

/* Are the ids those of students? A list is of teachers if it names one. */
static bool names_students(const struct reader *r, const struct node *list)
{
        bool student = false;
        for (int i = 0; i < list->n; i++) {
                const char *id = list->items[i]->text;
                if (id && index_find(r->pb->teacher_ids, id) >= 0)
                        return false;
                student |= id && index_find(r->pb->student_ids, id) >= 0;
        }
        return student;
}

static void read_free_of(struct reader *r, const struct node *node, void *object)
{
        struct rule *rule = object;
        if (node->kind == NODE_SCALAR && !strcmp(node->text, "teachers")) {
                rule->teachers = everyone(r, &r->all_teachers, r->pb->n_teachers);
        } else if (node->kind == NODE_SCALAR && !strcmp(node->text, "students")) {
                rule->students = everyone(r, &r->all_students, r->pb->n_students);
        } else {
                const struct node *list = as_list(r, node, "of", LIST_OR_ONE);
                if (!list)
                        return;
                bool students = names_students(r, list);
                const struct field f = {
                        .key = "of", .noun = students ? STUDENT : TEACHER, .once = true};
                read_refs(r, list, &f, students ? &rule->students : &rule->teachers);
        }
}

static const struct field free_fields[] = {
        {.key = "of", .type = FIELD_OTHER, .required = true, .read = read_free_of},
        {.key = "periods", .type = FIELD_PERIODS, .to = TO(periods), .required = true},
        {.key = "count", .type = FIELD_WHOLE, .to = TO(count), .required = true, .high = MAX_CELLS},
};
MAPPING(free_mapping, "the rule 'free'", free_fields, NULL);

static void read_free(struct reader *r, const struct node *node, void *object)
{
        struct rule *rule = object;
        int before = report_errors(r->rp);
        read_map(r, node, &free_mapping, rule);
        int most = __builtin_popcountll(rule->periods);
        if (report_errors(r->rp) == before && rule->count > most)
                expected(r, node_get(node, "count"), "at most %d, the number of periods listed",
                        most);
}

/* ---- rules ---- */

#define COURSES_FIELD(name)                                                                        \
        {                                                                                          \
                .key = name, .type = FIELD_REFS, .to = TO(courses), .noun = COURSE, .once = true   \
        }
static const struct field rule_fields[] = {
        [RULE_SEPARATE] = COURSES_FIELD("separate"),
        [RULE_STACK] = COURSES_FIELD("stack"),
        [RULE_SAME_PERIOD] = COURSES_FIELD("same_period"),
        [RULE_ADJACENT] = COURSES_FIELD("adjacent"),
        [RULE_SAME_TEACHER] = COURSES_FIELD("same_teacher"),
        [RULE_SAME_STUDENTS] = COURSES_FIELD("same_students"),
        [RULE_BEFORE] = COURSES_FIELD("before"),
        [RULE_NEEDS] = {.key = "needs", .type = FIELD_MAP, .map = &needs_mapping},
        [RULE_LIMIT] = {.key = "limit", .type = FIELD_MAP, .map = &limit_mapping},
        [RULE_APART] = {.key = "apart",
                .type = FIELD_REFS,
                .to = TO(students),
                .noun = STUDENT,
                .once = true},
        [RULE_AVOID] = {.key = "avoid", .type = FIELD_MAP, .map = &avoid_mapping},
        [RULE_FREE] = {.key = "free", .type = FIELD_OTHER, .read = read_free},
};
#undef TO
MAPPING(rule_mapping, "a rule", rule_fields, NULL);

static void check_rule(struct reader *r, const struct node *item, struct rule *rule)
{
        for (int k = 0; k < rule_mapping.n; k++)
                if (!strcmp(rule_fields[k].key, item->keys[0]->text))
                        rule->kind = (enum rule_kind)k;
        bool pair = rule->kind <= RULE_BEFORE || rule->kind == RULE_APART;
        int n = rule->kind == RULE_APART ? rule->students.n : rule->courses.n;
        if (node_omitted(item->items[0]))
                expected(r, item->items[0], "what the rule '%s' is about", item->keys[0]->text);
        else if (pair && n < 2)
                report_warn(r->rp, item->at, "found a rule '%s' about %s; it has no effect",
                        item->keys[0]->text, n ? "one only" : "nothing");
}

void read_rules(struct reader *r, const struct node *list)
{
        struct problem *pb = r->pb;
        list = as_section(r, list, "rules", MAX_ITEMS);
        if (!list)
                return;
        pb->rules = arena_array(pb->arena, (size_t)list->n + 1, sizeof *pb->rules);
        for (int i = 0; i < list->n; i++) {
                const struct node *item = list->items[i];
                struct rule *rule = &pb->rules[pb->n_rules];
                *rule = (struct rule){.kind = RULE_SEPARATE,
                        .flag = NONE,
                        .student = NONE,
                        .teacher = NONE,
                        .at = item->at};
                int before = report_errors(r->rp);
                read_map(r, item, &rule_mapping, rule);
                if (item->kind != NODE_MAP || report_errors(r->rp) > before)
                        continue;
                if (item->n != 1) {
                        input_error(r, item->at, "found a rule with %d keys; expected exactly one",
                                item->n);
                        continue;
                }
                check_rule(r, item, rule);
                pb->n_rules++;
        }
}

/* ---- locks ---- */

static void read_lock_cohort(struct reader *r, const struct node *node, void *object)
{
        struct lock *lock = object;
        lock->cohort = NONE;
        if (!node_omitted(node))
                read_ref(r, node, COHORT, &lock->cohort);
}

#define TO(member) offsetof(struct lock, member)
static const struct field lock_fields[] = {
        {.key = "course", .type = FIELD_REF, .to = TO(course), .required = true, .noun = COURSE},
        {.key = "section",
                .type = FIELD_WHOLE,
                .to = TO(section),
                .required = true,
                .low = 1,
                .high = MAX_SECTIONS},
        {.key = "student", .type = FIELD_REF, .to = TO(student), .noun = STUDENT},
        {.key = "teacher", .type = FIELD_REF, .to = TO(teacher), .noun = TEACHER},
        {.key = "room", .type = FIELD_REF, .to = TO(room), .noun = ROOM},
        {.key = "period", .type = FIELD_REF, .to = TO(period), .noun = PERIOD},
        {.key = "term", .type = FIELD_REF, .to = TO(term), .noun = TERM},
        {.key = "cohort", .type = FIELD_OTHER, .null_counts = true, .read = read_lock_cohort},
};
#undef TO
MAPPING(lock_mapping, "a lock", lock_fields, NULL);

void read_locks(struct reader *r, const struct node *list)
{
        struct problem *pb = r->pb;
        list = as_section(r, list, "locks", MAX_LOCKS);
        if (!list)
                return;
        pb->locks = arena_array(pb->arena, (size_t)list->n + 1, sizeof *pb->locks);
        pb->n_locks = list->n;
        for (int i = 0; i < list->n; i++) {
                pb->locks[i] = (struct lock){.course = NONE,
                        .student = NONE,
                        .teacher = NONE,
                        .room = NONE,
                        .period = NONE,
                        .term = NONE,
                        .cohort = COHORT_NOT_LOCKED,
                        .at = list->items[i]->at};
                read_map(r, list->items[i], &lock_mapping, &pb->locks[i]);
        }
}

/* ---- priorities ---- */

static void add_priority(struct reader *r, const struct node *item)
{
        struct problem *pb = r->pb;
        int tier = item->kind == NODE_SCALAR && item->text ? tier_find(item->text) : -1;
        if (tier < 0) {
                struct index *names = index_new();
                for (int t = CTE_UNPLACED + 1; t < N_TIERS; t++)
                        index_add(names, tier_name((enum tier)t));
                const char *hint = item->kind == NODE_SCALAR && item->text
                                           ? did_you_mean(r, names, item->text)
                                           : "";
                expected(r, item, "the name of a tier%s", hint);
                index_free(names);
        } else if (tier <= CTE_UNPLACED) {
                expected(r, item, "tiers 3 to 14: cte_unmet and cte_unplaced always lead");
        } else {
                for (int i = 0; i < pb->n_priorities; i++)
                        if (pb->priorities[i] == (enum tier)tier) {
                                expected(r, item, "every tier once");
                                return;
                        }
                pb->priorities[pb->n_priorities++] = (enum tier)tier;
        }
}

void read_priorities(struct reader *r, const struct node *list)
{
        list = as_section(r, list, "priorities", N_TIERS);
        for (int i = 0; list && i < list->n; i++)
                add_priority(r, list->items[i]);
}
