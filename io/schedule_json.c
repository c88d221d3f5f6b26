/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/schedule_json.h"
#include "io/file.h"
#include "io/json_write.h"
#include <stdlib.h>
#include <string.h>

static void write_input(struct json_out *o, const struct answer *an)
{
        json_begin_flat(o, "input", '{');
        json_text(o, "file", an->input_file);
        json_text(o, "sha256", an->input_sha256);
        json_end(o, '}');
}

/* As a number or a word where it is one, so that readers need not parse texts. */
static void write_option(struct json_out *o, const struct option_value *v)
{
        char *end;
        double number = strtod(v->value, &end);

        if (*v->value && !*end)
                json_real(o, v->name, number);
        else if (!strcmp(v->value, "yes") || !strcmp(v->value, "no"))
                json_bool(o, v->name, v->value[0] == 'y');
        else
                json_text(o, v->name, v->value);
}

static void write_solver(struct json_out *o, const struct answer *an)
{
        static const char *const status[] = {"optimal", "feasible", "interrupted"};

        json_begin(o, "solver", '{');
        json_text(o, "version", an->version);
        json_begin_flat(o, "options", '{');
        for (int i = 0; i < an->n_options; i++)
                write_option(o, &an->options[i]);
        json_end(o, '}');
        json_int(o, "seed", an->seed);
        json_real(o, "seconds", an->seconds);
        json_text(o, "status", an->status >= 0 ? status[an->status] : NULL);
        json_end(o, '}');
}

static void write_tiers(struct json_out *o, const char *key, const bool *given, const double *value)
{
        json_begin(o, key, '{');
        for (int t = 0; t < N_TIERS; t++) {
                if (given[t])
                        json_real(o, tier_name((enum tier)t), value[t]);
                else
                        json_null(o, tier_name((enum tier)t));
        }
        json_end(o, '}');
}

/* ---- sections ---- */

static void write_ids(
        struct json_out *o, const char *key, const struct index *ids, const struct ints *list)
{
        json_begin_flat(o, key, '[');
        for (int i = 0; i < list->n; i++)
                json_text(o, NULL, list->v[i] < 0 ? NULL : index_id(ids, list->v[i]));
        json_end(o, ']');
}

static const char *id_of(const struct index *ids, int i, const char *written)
{
        return i >= 0 ? index_id(ids, i) : written;
}

static void write_section(
        struct json_out *o, const struct problem *pb, const struct answer_section *s)
{
        json_begin_flat(o, NULL, '{');
        json_text(o, "course", id_of(pb->course_ids, s->course, s->course_id));
        json_int(o, "section", s->number);
        json_text(o, "teacher", id_of(pb->teacher_ids, s->teacher, s->teacher_id));
        json_text(o, "co_teacher", id_of(pb->teacher_ids, s->co_teacher, s->co_teacher_id));
        json_text(o, "room", id_of(pb->room_ids, s->room, s->room_id));
        write_ids(o, "terms", pb->term_ids, &s->terms);
        write_ids(o, "periods", pb->period_ids, &s->periods);
        json_text(o, "cohort", id_of(pb->cohort_ids, s->cohort, s->cohort_id));
        write_ids(o, "students", pb->student_ids, &s->students);
        json_end(o, '}');
}

/* ---- reasons ---- */

static void write_name(struct json_out *o, const char *key, const struct index *ids, int i)
{
        if (i >= 0)
                json_text(o, key, index_id(ids, i));
}

/* A rule or a lock: what it is, and where it stands. */
static void write_stated(struct json_out *o, const char *key, const char *what, struct place at)
{
        json_begin_flat(o, key, '{');
        if (what)
                json_text(o, "kind", what);
        json_int(o, "line", at.line);
        json_end(o, '}');
}

static void write_rule(struct json_out *o, const char *key, const struct problem *pb, int i)
{
        if (i >= 0)
                write_stated(o, key, rule_kind_name(pb->rules[i].kind), pb->rules[i].at);
}

static void write_lock(struct json_out *o, const char *key, const struct problem *pb, int i)
{
        if (i >= 0)
                write_stated(o, key, NULL, pb->locks[i].at);
}

static void write_places(struct json_out *o, const struct problem *pb, const struct ints *rules,
        const struct ints *locks)
{
        if (rules->n) {
                json_begin_flat(o, "rules", '[');
                for (int i = 0; i < rules->n; i++)
                        write_rule(o, NULL, pb, rules->v[i]);
                json_end(o, ']');
        }
        if (locks->n) {
                json_begin_flat(o, "locks", '[');
                for (int i = 0; i < locks->n; i++)
                        write_lock(o, NULL, pb, locks->v[i]);
                json_end(o, ']');
        }
}

/*
 * Reasons are filled with 0 where nothing applies, so a field counts only for the kinds that use
 * it.
 */
static void write_obstacle(struct json_out *o, const struct problem *pb, const struct obstacle *b)
{
        json_begin_flat(o, NULL, '{');
        json_text(o, "code", obstacle_code(b->kind));
        if (b->section >= 0 && b->section < pb->n_sections)
                json_int(o, "section", pb->section_number[b->section]);
        if (b->courses.n)
                write_ids(o, "courses", pb->course_ids, &b->courses);
        if (b->kind == BLOCK_RULE)
                write_rule(o, "rule", pb, b->rule);
        if (b->kind == BLOCK_LOCK)
                write_lock(o, "lock", pb, b->lock);
        if (b->kind == BLOCK_OVERLAP)
                write_places(o, pb, &(struct ints){0}, &b->held);
        if (b->kind == BLOCK_PURITY || b->kind == BLOCK_STRANDS)
                write_name(o, "cohort", pb->cohort_ids, b->cohort);
        if (b->kind == BLOCK_CONTACTS)
                write_name(o, "teacher", pb->teacher_ids, b->teacher);
        if (b->kind == BLOCK_FULL)
                write_name(o, "room", pb->room_ids, b->room);
        json_end(o, '}');
}

static void write_why(struct json_out *o, const struct problem *pb, const struct reason *r)
{
        json_begin_flat(o, "why", '{');
        json_text(o, "code", why_code(r->why));
        if (r->credentials.n)
                write_ids(o, "credentials", pb->credentials, &r->credentials);
        if (r->why == WHY_NO_ROOM || r->why == WHY_NO_ROOM_TYPE)
                write_name(o, "room_type", pb->room_types, r->room_type);
        write_places(o, pb, &r->rules, &r->locks);
        if (r->why == WHY_TOO_FEW) {
                json_int(o, "could", r->could);
                json_int(o, "need", r->need);
        }
        if (r->n_obstacles) {
                json_begin_flat(o, "obstacles", '[');
                for (int i = 0; i < r->n_obstacles; i++)
                        write_obstacle(o, pb, &r->obstacles[i]);
                json_end(o, ']');
        }
        json_end(o, '}');
}

static void write_unplaced(
        struct json_out *o, const struct problem *pb, const struct answer_unplaced *u)
{
        json_begin_flat(o, NULL, '{');
        json_text(o, "course", id_of(pb->course_ids, u->course, u->course_id));
        json_int(o, "section", u->number);
        json_text(o, "reason", u->reason ? u->reason : "");
        write_why(o, pb, &u->why);
        json_end(o, '}');
}

static void write_unmet(struct json_out *o, const struct problem *pb, const struct answer_unmet *u)
{
        static const char *const kinds[] = {"required", "elective", "alternate"};

        json_begin_flat(o, NULL, '{');
        json_text(o, "student", id_of(pb->student_ids, u->student, u->student_id));
        json_text(o, "course", id_of(pb->course_ids, u->course, u->course_id));
        json_text(o, "kind", u->kind >= 0 ? kinds[u->kind] : NULL);
        json_text(o, "reason", u->reason ? u->reason : "");
        write_why(o, pb, &u->why);
        json_end(o, '}');
}

void answer_print(const struct problem *pb, const struct answer *an, FILE *to)
{
        struct json_out o = {.to = to};

        json_begin(&o, NULL, '{');
        json_text(&o, "format", "msched-schedule/1");
        write_input(&o, an);
        write_solver(&o, an);
        write_tiers(&o, "score", an->score_given, an->score);
        write_tiers(&o, "bound", an->bound_given, an->bound);
        json_begin(&o, "sections", '[');
        for (int i = 0; i < an->n_sections; i++)
                write_section(&o, pb, &an->sections[i]);
        json_end(&o, ']');
        json_begin(&o, "unplaced", '[');
        for (int i = 0; i < an->n_unplaced; i++)
                write_unplaced(&o, pb, &an->unplaced[i]);
        json_end(&o, ']');
        json_begin(&o, "unmet", '[');
        for (int i = 0; i < an->n_unmet; i++)
                write_unmet(&o, pb, &an->unmet[i]);
        json_end(&o, ']');
        json_end(&o, '}');
}

bool answer_write(
        const struct problem *pb, const struct answer *an, const char *path, struct report *rp)
{
        struct file_out *f = file_create(path, 0600, rp);

        if (!f)
                return false;
        answer_print(pb, an, file_stream(f));
        return file_commit(f, rp);
}
