/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/anonymous.h"
#include "io/csv_table.h"
#include "io/csv_write.h"
#include "io/file.h"
#include "io/problem_write.h"
#include "io/redact.h"
#include "io/schedule_json.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct place in_path(const char *path)
{
        return (struct place){.file = path};
}

/* ---- the school ---- */

static const char head[] =
        "An anonymous school: students and teachers have random codes, names and titles are left\n"
        "out. Small groups may still be recognised by who knows the school: share it under an\n"
        "agreement, not in public.";

/* The seats of the previous schedule of one course, time and teacher, as a section. */
static void add_past(const struct problem *pb, struct answer *an, const struct past_seat *p)
{
        struct answer_section *s = &an->sections[an->n_sections++];
        const uint64_t every = pb->n_periods < 64 ? (UINT64_C(1) << pb->n_periods) - 1 : UINT64_MAX;
        uint64_t periods = 0;

        *s = (struct answer_section){.course = p->course,
                .number = an->n_sections,
                .course_id = pb->courses[p->course].id,
                .teacher = p->teacher,
                .co_teacher = NONE,
                .room = NONE,
                .cohort = NONE};
        /* A teacher who does not exist today must come back as one. */
        s->teacher_id = p->teacher == UNKNOWN ? "-left-" : NULL;
        for (int t = 0; t < pb->n_terms; t++) {
                uint64_t in = p->cells >> t * pb->n_periods & every;
                if (in)
                        ints_push(an->arena, &s->terms, t);
                periods |= in;
        }
        for (int q = 0; q < pb->n_periods; q++)
                if (periods >> q & 1)
                        ints_push(an->arena, &s->periods, q);
}

static bool is_of(const struct past_seat *a, const struct past_seat *b)
{
        return a->course == b->course && a->cells == b->cells && a->teacher == b->teacher;
}

static struct answer *past_answer(const struct problem *pb)
{
        struct answer *an = answer_new();
        const struct past_seat **first =
                arena_array(an->arena, (size_t)pb->n_past + 1, sizeof *first);

        an->format_ok = true;
        an->version = "anonymize";
        an->input_file = "school.yaml";
        an->status = STATUS_FEASIBLE;
        an->sections = arena_array(an->arena, (size_t)pb->n_past + 1, sizeof *an->sections);
        for (int i = 0; i < pb->n_past; i++) {
                const struct past_seat *p = &pb->past[i];
                int k = 0;
                while (k < an->n_sections && !is_of(first[k], p))
                        k++;
                if (k == an->n_sections) {
                        first[k] = p;
                        add_past(pb, an, p);
                }
                ints_push(an->arena, &an->sections[k].students, p->student);
        }
        return an;
}

static bool write_past(const struct problem *pb, const char *path, struct report *rp)
{
        struct answer *an = past_answer(pb);
        bool ok = answer_write(pb, an, path, rp);
        answer_free(an);
        return ok;
}

static bool is_empty(const char *folder, struct report *rp)
{
        DIR *dir = opendir(folder);
        bool ok = true;

        if (!dir)
                return report_error(rp, ERROR_SYSTEM, in_path(folder),
                        "cannot look into the folder: %s", strerror(errno));
        for (struct dirent *e; ok && (e = readdir(dir));)
                ok = !strcmp(e->d_name, ".") || !strcmp(e->d_name, "..");
        closedir(dir);
        return ok || report_error(rp, ERROR_INPUT, in_path(folder),
                             "is not empty; nothing was written, expected a new folder");
}

bool anonymous_prepare(const char *folder, struct report *rp)
{
        return dir_make(folder, rp) && is_empty(folder, rp);
}

bool anonymous_write(const struct problem *pb, const char *folder, struct report *rp)
{
        struct arena *a = arena_new();
        const char *previous = pb->has_previous ? "previous.json" : NULL;
        bool ok = !previous || write_past(pb, arena_printf(a, "%s/%s", folder, previous), rp);

        ok = ok && problem_write(pb, arena_printf(a, "%s/school.yaml", folder), previous, head, rp);
        arena_free(a);
        return ok;
}

/* ---- the key ---- */

bool key_lies_apart(const char *path, const char *folder, struct report *rp)
{
        const char *slash = strrchr(path, '/');
        char *copy = mem_copy(path, strlen(path) + 1);
        struct stat st;

        copy[slash ? slash - path + (slash == path) : 0] = 0;
        char *beside = realpath(slash ? copy : ".", NULL);
        if (!beside && errno == ENOMEM)
                mem_short();
        char *shared = realpath(folder, NULL);
        size_t n = shared ? strlen(shared) : 0;
        bool inside =
                beside && shared && !strncmp(beside, shared, n) && (beside[n] == '/' || !beside[n]);
        bool ok = beside != NULL;
        if (!ok)
                report_error(
                        rp, ERROR_INPUT, in_path(path), "its folder is not there; expected one");
        else if (inside)
                ok = report_error(rp, ERROR_INPUT, in_path(path),
                        "would lie in the folder that is to be shared; expected it apart");
        else if (!lstat(path, &st))
                ok = report_error(
                        rp, ERROR_INPUT, in_path(path), "is there already; nothing was written");
        free(beside);
        free(shared);
        mem_free(copy);
        return ok;
}

bool key_write(const struct anonymous *key, const char *path, struct report *rp)
{
        struct file_out *f = file_create(path, 0600, rp);
        struct csv_out o = {.to = f ? file_stream(f) : NULL};

        if (!f)
                return false;
        csv_header(&o, "kind,id,code");
        for (int i = 0; i < key->n; i++) {
                csv_text(&o, key->v[i].kind);
                csv_text(&o, key->v[i].id);
                csv_text(&o, key->v[i].code);
                csv_end(&o);
        }
        return file_commit(f, rp);
}

static bool take_rows(struct anonymous *key, const struct csv_table *csv, struct report *rp)
{
        static const char *const names[] = {"kind", "id", "code"};
        int column[3], errors = report_errors(rp);

        csv_check(key->arena, csv, rp);
        for (int i = 0; i < 3; i++) {
                column[i] = csv_column(csv, names[i]);
                if (column[i] < 0)
                        return report_error(rp, ERROR_INPUT, csv->header.cells[0].at,
                                "found no column '%s'; expected kind, id and code", names[i]);
        }
        for (int i = 0; i < csv->n_rows && report_errors(rp) == errors; i++) {
                const struct csv_cell *c = csv->rows[i].cells;
                MEM_GROW(key->v, key->n, key->cap);
                key->v[key->n++] =
                        (struct alias){c[column[0]].text, c[column[1]].text, c[column[2]].text};
        }
        return report_errors(rp) == errors;
}

bool key_read(const char *path, struct anonymous *key, struct report *rp)
{
        size_t size = 0;
        char *bytes = file_read(path, (size_t)32 << 20, &size, in_path(path), rp);

        *key = (struct anonymous){.arena = arena_new()};
        if (!bytes)
                return false;
        const struct csv_table *csv = csv_read(key->arena, path, bytes, size, rp);
        mem_free(bytes);
        return csv && take_rows(key, csv, rp);
}

/* ---- the way back ---- */

static int by_number(const void *p, const void *q)
{
        const struct answer_section *a = p, *b = q;
        return a->course != b->course ? a->course - b->course : a->number - b->number;
}

static int by_value(const void *p, const void *q)
{
        return *(const int *)p - *(const int *)q;
}

static int by_course(const void *p, const void *q)
{
        const struct answer_unplaced *a = p, *b = q;
        return a->course != b->course ? a->course - b->course : a->number - b->number;
}

static int by_student(const void *p, const void *q)
{
        const struct answer_unmet *a = p, *b = q;
        return a->student - b->student;
}

/* Requests of one student stand in the order of the school that the schedule was made from. */
static void sort_unmet(const struct problem *pb, struct answer *an)
{
        for (int i = 0; i < an->n_unmet; i++) {
                struct answer_unmet u = an->unmet[i];
                int k = i;
                for (; k > 0 && an->unmet[k - 1].student == u.student && u.student >= 0 &&
                        u.course >= 0 && an->unmet[k - 1].course >= 0 &&
                        problem_request_of(pb, u.student, an->unmet[k - 1].course) >
                                problem_request_of(pb, u.student, u.course);
                        k--)
                        an->unmet[k] = an->unmet[k - 1];
                an->unmet[k] = u;
        }
}

/* In the order that the format wants, which is that of the school. */
static void sort_lists(const struct problem *pb, struct answer *an)
{
        if (an->n_sections)
                qsort(an->sections, (size_t)an->n_sections, sizeof *an->sections, by_number);
        for (int i = 0; i < an->n_sections; i++) {
                struct ints *students = &an->sections[i].students;
                if (students->n)
                        qsort(students->v, (size_t)students->n, sizeof *students->v, by_value);
        }
        if (an->n_unplaced)
                qsort(an->unplaced, (size_t)an->n_unplaced, sizeof *an->unplaced, by_course);
        if (an->n_unmet)
                qsort(an->unmet, (size_t)an->n_unmet, sizeof *an->unmet, by_student);
        sort_unmet(pb, an);
}

/* Reasons are sentences with codes in them. */
static void restore_reasons(struct answer *an, const struct anonymous *key)
{
        struct index *codes = index_new();
        const char **ids = arena_array(an->arena, (size_t)key->n + 1, sizeof *ids);

        for (int i = 0; i < key->n; i++) {
                int k = index_add(codes, key->v[i].code);
                if (k >= 0)
                        ids[k] = key->v[i].id;
        }
        for (int i = 0; i < an->n_unplaced; i++)
                an->unplaced[i].reason =
                        words_replaced(an->arena, codes, ids, an->unplaced[i].reason);
        for (int i = 0; i < an->n_unmet; i++)
                an->unmet[i].reason = words_replaced(an->arena, codes, ids, an->unmet[i].reason);
        index_free(codes);
}

bool anonymous_restore(const struct problem *pb, const struct problem *coded,
        const struct anonymous *key, const char *from, const char *to, struct report *rp)
{
        struct stat st;

        if (!lstat(to, &st))
                return report_error(
                        rp, ERROR_INPUT, in_path(to), "is there already; nothing was written");
        struct answer *an = answer_read(coded, from, rp);
        if (!an)
                return false;
        restore_reasons(an, key);
        sort_lists(pb, an);
        an->input_file = pb->file;
        memcpy(an->input_sha256, pb->sha256, sizeof an->input_sha256);
        bool ok = answer_write(pb, an, to, rp);
        answer_free(an);
        return ok;
}
