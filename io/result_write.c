/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/result_write.h"
#include "io/file.h"
#include "io/json_write.h"
#include "io/page.h"
#include "io/schedule_json.h"
#include "io/schedule_text.h"
#include <stdlib.h>
#include <string.h>

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
        if (!dir_make(dir, rp))
                return false;
        struct arena *a = arena_new();
        struct file_out *f = file_create(arena_printf(a, "%s/%s", dir, names[SCHEDULE]), 0600, rp);
        file_abandon(f);
        arena_free(a);
        return f != NULL;
}

bool result_write(const struct problem *pb, const struct answer *an, const char *dir,
        const char *root, struct report *rp)
{
        struct arena *a = arena_new();
        struct file_out *file[N_FILES] = {NULL};
        char sha256[65];
        size_t size;
        char *bytes = render(pb, an, &size);
        struct sha256 *h = sha256_new();
        bool ok = true;

        sha256_add(h, bytes, size);
        sha256_end(h, sha256);
        for (int i = 0; i < N_FILES && ok; i++) {
                file[i] = file_create(arena_printf(a, "%s/%s", dir, names[i]), 0600, rp);
                ok = file[i] != NULL;
        }
        if (ok) {
                schedule_text(pb, an, sha256, file_stream(file[TEXT]));
                ok = print_page(an, pb, file_stream(file[PAGE]), rp);
                print_input(pb, sha256, root, file_stream(file[INPUT]));
                fwrite(bytes, 1, size, file_stream(file[SCHEDULE]));
        }
        for (int i = 0; i < N_FILES && ok; i++)
                ok = file_settle(file[i], rp);
        for (int i = 0; i < N_FILES; i++) {
                if (ok)
                        ok = file_commit(file[i], rp);
                else
                        file_abandon(file[i]);
        }
        free(bytes);
        arena_free(a);
        return ok;
}
