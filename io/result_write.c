/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/result_write.h"
#include "io/file.h"
#include "io/json_write.h"
#include "io/page.h"
#include "io/schedule_json.h"
#include "io/schedule_text.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* In the order of renaming. */
static const char *const names[] = {"schedule.txt", "report.html", "input.json", "schedule.json"};
enum { TEXT, PAGE, INPUT, SCHEDULE, N_FILES };

/* The bytes of schedule.json, which free() frees. */
static char *render(const struct problem *pb, const struct answer *an, size_t *size)
{
        char *bytes = NULL;
        FILE *to = open_memstream(&bytes, size);

        if (!to)
                mem_short();
        answer_print(pb, an, to);
        bool failed = ferror(to);
        /* glibc closes without complaint, and without bytes, when the last allocation fails. */
        if (fclose(to) || failed || !bytes)
                mem_short();
        return bytes;
}

static void absolute(struct json_out *o, const char *key, const char *path)
{
        char *real = path ? realpath(path, NULL) : NULL;

        json_text(o, key, real ? real : path);
        free(real);
}

static void print_input(const struct problem *pb, const char *sha256, const char *root, FILE *to)
{
        struct json_out o = {.to = to};

        json_begin(&o, NULL, '{');
        json_text(&o, "format", "msched-input/1");
        json_text(&o, "schedule_sha256", sha256);
        absolute(&o, "school", pb->file);
        absolute(&o, "root", root);
        json_text(&o, "sha256", pb->sha256);
        json_end(&o, '}');
}

/* an has been verified, so all of it fits the problem. */
static bool print_page(
        const struct answer *an, const struct problem *pb, FILE *to, struct report *rp)
{
        struct schedule *sc = answer_schedule(pb, an, rp);
        struct page page = {.schedule = sc, .answer = an, .students = true};
        bool ok = page_print(&page, to, rp);

        schedule_free(sc);
        return ok;
}

bool result_prepare(const char *dir, struct report *rp)
{
        struct arena *a = arena_new();
        bool ok = dir_make(dir, rp);

        for (int i = 0; i < N_FILES && ok; i++) {
                struct file_out *f = file_create(arena_printf(a, "%s/%s", dir, names[i]), 0600, rp);
                file_abandon(f);
                ok = f != NULL;
        }
        arena_free(a);
        return ok;
}

bool result_replaces(const char *dir, const char *path)
{
        struct arena *a = arena_new();
        bool found = false;

        for (int i = 0; i < N_FILES && !found; i++)
                found = file_same_entry(arena_printf(a, "%s/%s", dir, names[i]), path);
        arena_free(a);
        return found;
}

/* What goes to the folder, and what has been written of it under temporary names. */
struct result {
        const struct problem *pb;
        const struct answer *an;
        const char *root, *bytes; /* bytes: of schedule.json */
        size_t size;
        char sha256[65];
        const char *path[N_FILES]; /* as long as the messages */
        struct file_out *file[N_FILES];
};

static bool print_file(struct result *w, int i, FILE *to, struct report *rp)
{
        switch (i) {
        case TEXT:
                schedule_text(w->pb, w->an, w->sha256, to);
                return true;
        case PAGE:
                return print_page(w->an, w->pb, to, rp);
        case INPUT:
                print_input(w->pb, w->sha256, w->root, to);
                return true;
        default:
                fwrite(w->bytes, 1, w->size, to);
                return true;
        }
}

/* All of it is on the disk, but for its name. */
static bool stage(struct result *w, int i, struct report *rp)
{
        w->file[i] = file_create(w->path[i], 0600, rp);
        if (!w->file[i])
                return false;
        if (print_file(w, i, file_stream(w->file[i]), rp) && file_settle(w->file[i], rp))
                return true;
        file_abandon(w->file[i]); /* its room is wanted by the others */
        w->file[i] = NULL;
        return false;
}

/* An older one would tell of another schedule. */
static void leave_out(const struct result *w, int i, struct report *rp)
{
        unlink(w->path[i]);
        report_warn(rp, (struct place){.file = w->path[i]},
                "left out: schedule.json is written without it");
}

static bool write_all(struct result *w, struct report *rp)
{
        /* The truth gets its room first, its name last. */
        bool ok = stage(w, SCHEDULE, rp) && stage(w, INPUT, rp);

        for (int i = TEXT; i <= PAGE && ok; i++)
                stage(w, i, rp);
        for (int i = 0; i < N_FILES; i++) {
                if (!ok)
                        file_abandon(w->file[i]);
                else if (i >= INPUT)
                        ok = file_commit(w->file[i], rp);
                else if (!w->file[i] || !file_commit(w->file[i], rp))
                        leave_out(w, i, rp);
        }
        return ok && !report_errors(rp);
}

bool result_write(const struct problem *pb, const struct answer *an, const char *dir,
        const char *root, struct report *rp)
{
        struct arena *a = arena_new();
        struct result w = {.pb = pb, .an = an, .root = root};
        char *bytes = render(pb, an, &w.size);
        struct sha256 *h = sha256_new();

        w.bytes = bytes;
        sha256_add(h, bytes, w.size);
        sha256_end(h, w.sha256);
        for (int i = 0; i < N_FILES; i++)
                w.path[i] = arena_printf(a, "%s/%s", dir, names[i]);
        bool ok = write_all(&w, rp);
        free(bytes);
        arena_free(a);
        return ok;
}
