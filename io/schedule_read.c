/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schedule.json, by whomever it was written, to an answer. Unknown keys are passed over. */
#include "io/file.h"
#include "io/json_read.h"
#include "io/schedule_json.h"
#include <math.h>
#include <string.h>

/* Ten thousand students with eight requests each, all of them unmet with reasons, take 30 MB. */
static const size_t MAX_BYTES = (size_t)64 << 20;

struct reader {
        struct json_in in;
        const struct problem *pb;
        struct answer *an;
        bool has_sections;
};

/* ---- keys ---- */

/*
 * The number of key among names (NULL at the end), or -1. A key that is there twice is an error:
 * readers differ in which one they take.
 */
static int key_number(struct json_in *in, const char *const *names, unsigned *seen, const char *key)
{
        for (int i = 0; names[i]; i++) {
                if (strcmp(names[i], key))
                        continue;
                if (*seen >> i & 1)
                        json_fail(in, "found the key '%s' twice", key);
                *seen |= 1U << i;
                return i;
        }
        return -1;
}

static bool has_keys(struct json_in *in, struct place at, unsigned seen, unsigned needed,
        const char *const *names)
{
        for (int i = 0; names[i] && !in->failed; i++) {
                if (needed >> i & 1 && !(seen >> i & 1)) {
                        in->at = at;
                        return json_fail(in, "found no '%s' here; expected one", names[i]);
                }
        }
        return !in->failed;
}

/* ---- references ---- */

static int known(const struct index *ids, const char *id)
{
        int i = index_find(ids, id);

        return i < 0 ? UNKNOWN : i;
}

/* An id or null: its text to *id, its number, -1 or UNKNOWN back. */
static int reference(struct reader *r, const struct index *ids, const char **id)
{
        *id = json_get_text_or_null(&r->in);
        return *id ? known(ids, *id) : NONE;
}

static struct ints references(struct reader *r, const struct index *ids)
{
        int *v = NULL, n = 0, cap = 0;

        for (json_open_list(&r->in); json_more(&r->in);) {
                const char *id = json_get_text(&r->in);
                MEM_GROW(v, n, cap);
                v[n++] = known(ids, id);
        }
        struct ints list = {.n = n, .given = true};
        list.v = arena_array(r->an->arena, (size_t)n + 1, sizeof *v);
        if (n)
                memcpy(list.v, v, (size_t)n * sizeof *v);
        mem_free(v);
        return list;
}

/* ---- the three lists ---- */

static void read_section(struct reader *r, struct answer_section *s)
{
        static const char *const keys[] = {"course", "section", "teacher", "co_teacher", "room",
                "cohort", "terms", "periods", "students", NULL};
        const struct problem *pb = r->pb;
        unsigned seen = 0;
        const char *key;

        *s = (struct answer_section){
                .teacher = NONE, .co_teacher = NONE, .room = NONE, .cohort = NONE};
        json_kind(&r->in);
        s->at = r->in.at;
        for (json_open_object(&r->in); json_more_keys(&r->in, &key);) {
                switch (key_number(&r->in, keys, &seen, key)) {
                case 0:
                        s->course_id = json_get_text(&r->in);
                        s->course = known(pb->course_ids, s->course_id);
                        break;
                case 1:
                        s->number = json_get_int(&r->in);
                        break;
                case 2:
                        s->teacher = reference(r, pb->teacher_ids, &s->teacher_id);
                        break;
                case 3:
                        s->co_teacher = reference(r, pb->teacher_ids, &s->co_teacher_id);
                        break;
                case 4:
                        s->room = reference(r, pb->room_ids, &s->room_id);
                        break;
                case 5:
                        s->cohort = reference(r, pb->cohort_ids, &s->cohort_id);
                        break;
                case 6:
                        s->terms = references(r, pb->term_ids);
                        break;
                case 7:
                        s->periods = references(r, pb->period_ids);
                        break;
                case 8:
                        s->students = references(r, pb->student_ids);
                        break;
                default:
                        json_skip(&r->in);
                }
        }
        enum { COURSE = 1, SECTION = 2, TERMS = 1 << 6, PERIODS = 1 << 7, STUDENTS = 1 << 8 };
        has_keys(&r->in, s->at, seen, COURSE | SECTION | TERMS | PERIODS | STUDENTS, keys);
}

static void read_unplaced(struct reader *r, struct answer_unplaced *u)
{
        static const char *const keys[] = {"course", "section", "reason", NULL};
        unsigned seen = 0;
        const char *key;

        *u = (struct answer_unplaced){.why.room_type = NONE};
        json_kind(&r->in);
        struct place at = r->in.at;
        for (json_open_object(&r->in); json_more_keys(&r->in, &key);) {
                switch (key_number(&r->in, keys, &seen, key)) {
                case 0:
                        u->course_id = json_get_text(&r->in);
                        u->course = known(r->pb->course_ids, u->course_id);
                        break;
                case 1:
                        u->number = json_get_int(&r->in);
                        break;
                case 2:
                        u->reason = json_get_text_or_null(&r->in);
                        break;
                default:
                        json_skip(&r->in);
                }
        }
        has_keys(&r->in, at, seen, 3, keys);
}

static int kind_of(const char *name)
{
        static const char *const names[] = {"required", "elective", "alternate"};

        if (!name)
                return -1;
        for (int i = REQUIRED; i <= ALTERNATE; i++) {
                if (!strcmp(name, names[i]))
                        return i;
        }
        return UNKNOWN;
}

static void read_unmet(struct reader *r, struct answer_unmet *u)
{
        static const char *const keys[] = {"student", "course", "kind", "reason", NULL};
        unsigned seen = 0;
        const char *key;

        *u = (struct answer_unmet){.kind = -1, .why.room_type = NONE};
        json_kind(&r->in);
        struct place at = r->in.at;
        for (json_open_object(&r->in); json_more_keys(&r->in, &key);) {
                switch (key_number(&r->in, keys, &seen, key)) {
                case 0:
                        u->student_id = json_get_text(&r->in);
                        u->student = known(r->pb->student_ids, u->student_id);
                        break;
                case 1:
                        u->course_id = json_get_text(&r->in);
                        u->course = known(r->pb->course_ids, u->course_id);
                        break;
                case 2:
                        u->kind = kind_of(json_get_text_or_null(&r->in));
                        break;
                case 3:
                        u->reason = json_get_text_or_null(&r->in);
                        break;
                default:
                        json_skip(&r->in);
                }
        }
        has_keys(&r->in, at, seen, 3, keys);
}

/* A list of whatever `read` reads, copied into the answer's arena. */
#define READ_LIST(r, list, count, read)                                                            \
        do {                                                                                       \
                int n_ = 0, cap_ = 0;                                                              \
                size_t size_ = sizeof *(list);                                                     \
                (list) = NULL;                                                                     \
                for (json_open_list(&(r)->in); json_more(&(r)->in);) {                             \
                        MEM_GROW(list, n_, cap_);                                                  \
                        read(r, &(list)[n_++]);                                                    \
                }                                                                                  \
                void *kept_ = arena_array((r)->an->arena, (size_t)n_ + 1, size_);                  \
                if (n_)                                                                            \
                        memcpy(kept_, list, (size_t)n_ *size_);                                    \
                mem_free(list);                                                                    \
                (list) = kept_;                                                                    \
                (count) = n_;                                                                      \
        } while (0)

/* ---- input, solver, score ---- */

static void read_input(struct reader *r)
{
        static const char *const keys[] = {"file", "sha256", NULL};
        unsigned seen = 0;
        const char *key;

        for (json_open_object(&r->in); json_more_keys(&r->in, &key);) {
                int k = key_number(&r->in, keys, &seen, key);
                if (k < 0) {
                        json_skip(&r->in);
                        continue;
                }
                const char *text = json_get_text_or_null(&r->in);
                if (k == 0)
                        r->an->input_file = text;
                else if (text && strlen(text) == 64)
                        strcpy(r->an->input_sha256, text);
        }
}

static void read_options(struct reader *r)
{
        struct answer *an = r->an;
        struct option_value *v = NULL;
        int n = 0, cap = 0;
        const char *key;

        for (json_open_object(&r->in); json_more_keys(&r->in, &key);) {
                enum json_kind kind = json_kind(&r->in);
                if (kind == JSON_OBJECT || kind == JSON_LIST) {
                        json_skip(&r->in);
                        continue;
                }
                MEM_GROW(v, n, cap);
                v[n].name = key;
                v[n++].value = json_get_scalar(&r->in);
        }
        an->n_options = n;
        an->options = arena_array(an->arena, (size_t)n + 1, sizeof *v);
        if (n)
                memcpy(an->options, v, (size_t)n * sizeof *v);
        mem_free(v);
}

static int status_of(const char *name)
{
        static const char *const names[] = {"optimal", "feasible", "interrupted"};

        for (int i = STATUS_OPTIMAL; i <= STATUS_INTERRUPTED; i++) {
                if (!strcmp(name, names[i]))
                        return i;
        }
        return UNKNOWN;
}

/* What another program's seed is worth to us, without overflow. */
static int64_t whole(double value)
{
        return fabs(value) < 1e15 ? (int64_t)value : 0;
}

static void read_solver(struct reader *r)
{
        static const char *const keys[] = {"version", "options", "seed", "seconds", "status", NULL};
        struct answer *an = r->an;
        unsigned seen = 0;
        const char *key;

        for (json_open_object(&r->in); json_more_keys(&r->in, &key);) {
                switch (key_number(&r->in, keys, &seen, key)) {
                case 0:
                        an->version = json_get_text_or_null(&r->in);
                        break;
                case 1:
                        read_options(r);
                        break;
                case 2:
                        an->seed = whole(json_get_number(&r->in));
                        break;
                case 3:
                        an->seconds = json_get_number(&r->in);
                        break;
                case 4:
                        an->status = status_of(json_get_text(&r->in));
                        break;
                default:
                        json_skip(&r->in);
                }
        }
}

/* score or bound: a number a tier; null stands for none. */
static void read_tiers(struct reader *r, bool given[N_TIERS], double value[N_TIERS])
{
        unsigned seen = 0;
        const char *key;

        for (json_open_object(&r->in); json_more_keys(&r->in, &key);) {
                int t = tier_find(key);
                if (t < 0 || json_kind(&r->in) == JSON_NULL) {
                        json_skip(&r->in);
                        continue;
                }
                if (seen >> t & 1)
                        json_fail(&r->in, "found the key '%s' twice", key);
                seen |= 1U << t;
                given[t] = true;
                value[t] = json_get_number(&r->in);
        }
}

static void read_all(struct reader *r)
{
        static const char *const keys[] = {"format", "input", "solver", "score", "bound",
                "sections", "unplaced", "unmet", NULL};
        struct answer *an = r->an;
        unsigned seen = 0;
        const char *key;

        for (json_open_object(&r->in); json_more_keys(&r->in, &key);) {
                switch (key_number(&r->in, keys, &seen, key)) {
                case 0:
                        an->format_ok = !strcmp(json_get_text(&r->in), "msched-schedule/1");
                        break;
                case 1:
                        read_input(r);
                        break;
                case 2:
                        read_solver(r);
                        break;
                case 3:
                        read_tiers(r, an->score_given, an->score);
                        break;
                case 4:
                        read_tiers(r, an->bound_given, an->bound);
                        break;
                case 5:
                        r->has_sections = true;
                        READ_LIST(r, an->sections, an->n_sections, read_section);
                        break;
                case 6:
                        READ_LIST(r, an->unplaced, an->n_unplaced, read_unplaced);
                        break;
                case 7:
                        READ_LIST(r, an->unmet, an->n_unmet, read_unmet);
                        break;
                default:
                        json_skip(&r->in);
                }
        }
}

struct answer *answer_read(const struct problem *pb, const char *path, struct report *rp)
{
        struct place at = {.file = path};
        size_t size;
        char *text = file_read(path, MAX_BYTES, &size, at, rp);

        if (!text)
                return NULL;
        struct reader r = {.pb = pb, .an = answer_new()};
        r.an->status = UNKNOWN;
        json_in_init(&r.in, arena_strdup(r.an->arena, path), text, size, r.an->arena, rp);
        read_all(&r);
        bool ok = json_finish(&r.in);
        if (ok && !r.has_sections)
                ok = report_error(rp, ERROR_INPUT, at,
                        "found no 'sections'; expected a schedule in the format msched-schedule/1");
        mem_free(text);
        if (ok)
                return r.an;
        answer_free(r.an);
        return NULL;
}

/* ---- previous ---- */

static cellset cells_of(const struct problem *pb, const struct answer_section *s)
{
        cellset cells = 0;

        for (int i = 0; i < s->terms.n; i++) {
                for (int j = 0; j < s->periods.n; j++) {
                        if (s->terms.v[i] < 0 || s->periods.v[j] < 0)
                                return 0;
                        int cell = s->terms.v[i] * pb->n_periods + s->periods.v[j];
                        if (cell >= MAX_CELLS)
                                return 0;
                        cells |= UINT64_C(1) << cell;
                }
        }
        return cells;
}

/* Each seat once, even if the schedule says it twice: bit (student, course) of `seen`. */
static bool first_time(unsigned char *seen, size_t bit)
{
        bool first = !(seen[bit / 8] >> bit % 8 & 1);

        seen[bit / 8] |= (unsigned char)(1 << bit % 8);
        return first;
}

bool previous_read(struct problem *pb, const char *path, struct place at, struct report *rp)
{
        const char *kept = arena_strdup(pb->arena, path);
        struct answer *an = answer_read(pb, kept, rp);
        size_t n_courses = (size_t)index_size(pb->course_ids);
        size_t n_students = (size_t)index_size(pb->student_ids);
        struct past_seat *past = NULL;
        int n = 0, cap = 0;

        if (!an)
                return report_error(
                        rp, ERROR_INPUT, at, "the previous schedule '%s' cannot be read", path);
        unsigned char *seen = mem_zero(n_courses * n_students / 8 + 1, 1);
        for (int i = 0; i < an->n_sections; i++) {
                const struct answer_section *s = &an->sections[i];
                for (int j = 0; s->course >= 0 && j < s->students.n; j++) {
                        int k = s->students.v[j];
                        if (k < 0 || !first_time(seen, (size_t)k * n_courses + (size_t)s->course))
                                continue;
                        MEM_GROW(past, n, cap);
                        past[n++] = (struct past_seat){.student = k,
                                .course = s->course,
                                .cells = cells_of(pb, s),
                                .teacher = s->teacher};
                }
        }
        mem_free(seen);
        pb->has_previous = true;
        pb->n_past = n;
        pb->past = arena_array(pb->arena, (size_t)n + 1, sizeof *past);
        if (n)
                memcpy(pb->past, past, (size_t)n * sizeof *past);
        mem_free(past);
        answer_free(an);
        return true;
}
