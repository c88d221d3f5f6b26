/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch/batch.h"
#include "io/file.h"
#include "io/json_read.h"
#include "io/json_write.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
        struct timespec t;

        clock_gettime(CLOCK_MONOTONIC, &t);
        return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- what is there ---- */

enum { MAX_SCHEDULE = 1 << 30 };

/* Hex SHA-256 of the file; "" where it cannot be read. */
static void hash_of(const char *path, char hex[KEY_SIZE])
{
        struct report *unheard = report_new();
        size_t size = 0;
        char *bytes = access(path, R_OK)
                              ? NULL
                              : file_read(path, MAX_SCHEDULE, &size, (struct place){0}, unheard);

        hex[0] = 0;
        if (bytes) {
                struct sha256 *h = sha256_new();
                sha256_add(h, bytes, size);
                sha256_end(h, hex);
                mem_free(bytes);
        }
        report_free(unheard);
}

/* The key and the hash of the schedule in cell.json; "" if there is none. */
static void read_keys(const char *dir, char key[KEY_SIZE], char hash[KEY_SIZE])
{
        struct arena *a = arena_new();
        struct report *unheard = report_new();
        const char *path = arena_printf(a, "%s/cell.json", dir), *name;
        size_t size = 0;
        char *bytes = access(path, R_OK)
                              ? NULL
                              : file_read(path, 1 << 20, &size, (struct place){0}, unheard);
        struct json_in in;

        key[0] = hash[0] = 0;
        if (bytes) {
                json_in_init(&in, path, bytes, size, a, unheard);
                for (json_open_object(&in); json_more_keys(&in, &name);) {
                        if (!strcmp(name, "key"))
                                snprintf(key, KEY_SIZE, "%s", json_get_text(&in));
                        else if (!strcmp(name, "schedule_sha256"))
                                snprintf(hash, KEY_SIZE, "%s", json_get_text(&in));
                        else
                                json_skip(&in);
                }
                mem_free(bytes);
        }
        report_free(unheard);
        arena_free(a);
}

bool cell_is_done(const char *dir, const char *key)
{
        struct arena *a = arena_new();
        char there[KEY_SIZE], hash[KEY_SIZE], now_there[KEY_SIZE];

        read_keys(dir, there, hash);
        hash_of(arena_printf(a, "%s/schedule.json", dir), now_there);
        bool done = !strcmp(there, key) && *hash && !strcmp(hash, now_there);
        arena_free(a);
        return done;
}

/* ---- the child ---- */

struct words_out {
        const char *v[200];
        int n;
};

static void push(struct words_out *w, const char *word)
{
        enum { MOST = sizeof w->v / sizeof w->v[0] };

        if (w->n < MOST - 1)
                w->v[w->n++] = word;
        w->v[w->n] = NULL;
}

static struct words_out command_of(const struct batch *b, struct running *r)
{
        const struct words *options = &b->options[r->cell->scenario];
        struct words_out w = {{0}, 0};

        push(&w, b->program);
        push(&w, "solve");
        push(&w, "school.yaml"); /* a bare name: results shall not tell where they were made */
        push(&w, "-o");
        push(&w, arena_printf(r->arena, "%s/result", r->folder.temporary));
        push(&w, "--quiet");
        if (b->redact)
                push(&w, "--redact");
        push(&w, "--seed");
        push(&w, arena_printf(r->arena, "%d", r->cell->seed));
        for (int i = 0; i < options->n; i++)
                push(&w, options->v[i]);
        return w;
}

/* Dies with its parent; signals for the batch are not for it, so no result is cut short by one. */
static void become(const struct batch *b, const struct running *r, struct words_out *w,
        int messages, pid_t parent)
{
        static const int ignored[] = {SIGINT, SIGTERM, SIGHUP};
        int memory = b->plan->memory;
        int null = open("/dev/null", O_RDONLY);

        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
                _exit(1);
        for (int i = 0; i < (int)(sizeof ignored / sizeof ignored[0]); i++)
                signal(ignored[i], SIG_IGN);
        fcntl(r->folder.lock, F_SETFD, 0);
        if (memory) {
                struct rlimit limit = {(rlim_t)memory << 20, (rlim_t)memory << 20};
                setrlimit(RLIMIT_AS, &limit);
        }
        if (chdir(batch_input(b, r->cell)->dir) || dup2(null, 0) < 0 || dup2(messages, 1) < 0 ||
                dup2(messages, 2) < 0)
                _exit(4);
        execv(w->v[0], (char *const *)w->v);
        dprintf(2, "cannot run %s: %s\n", w->v[0], strerror(errno));
        _exit(4);
}

static bool launch(const struct batch *b, struct running *r)
{
        const char *path = arena_printf(r->arena, "%s/messages", r->folder.temporary);
        int messages = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        struct words_out w = command_of(b, r);
        pid_t parent = getpid();

        if (messages < 0)
                return false;
        r->begin = now();
        r->pid = fork();
        if (!r->pid)
                become(b, r, &w, messages, parent);
        close(messages);
        return r->pid > 0;
}

/* ---- begin and end ---- */

static const char *failed_path(const struct batch *b, const struct cell *c)
{
        return arena_printf(b->arena, "%s.failed", batch_cell_dir(b, c));
}

/* Why, and what the process said, for who comes later; a result of other input goes. */
static void record_failure(
        const struct batch *b, const struct cell *c, const char *why, const char *messages)
{
        struct report *rp = report_new();
        struct file_out *out = file_create(failed_path(b, c), 0600, rp);

        if (out) {
                fprintf(file_stream(out), "%s\n%s", why, messages);
                file_commit(out, rp);
        }
        remove_tree(batch_cell_dir(b, c));
        report_free(rp);
}

static void release(struct running *r)
{
        folder_abandon(&r->folder);
        arena_free(r->arena);
        *r = (struct running){0};
}

static enum cell_state fail(
        struct batch *b, const struct cell *c, const char **why, const char *text)
{
        *why = text;
        record_failure(b, c, text, "");
        return CELL_FAILED;
}

static enum cell_state open_cell(
        struct batch *b, struct running *r, const char *dir, const char **why)
{
        struct report *rp = report_new();
        char *slash = arena_strdup(r->arena, dir);
        enum folder_state state = FOLDER_FAILED;

        *strrchr(slash, '/') = 0;
        if (dir_make(slash, rp))
                state = folder_open(&r->folder, r->arena, dir, rp);
        if (report_count(rp))
                *why = arena_strdup(b->arena, report_message(rp, 0)->text);
        report_free(rp);
        return state == FOLDER_OPEN ? CELL_RUNNING : state == FOLDER_BUSY ? CELL_BUSY : CELL_FAILED;
}

enum cell_state cell_start(
        struct batch *b, const struct cell *c, struct running *r, const char **why)
{
        const char *dir = batch_cell_dir(b, c);

        *why = NULL;
        *r = (struct running){.cell = c, .arena = arena_new(), .folder.lock = -1};
        if (batch_input(b, c)->ready && cell_key(b, c, r->key) && cell_is_done(dir, r->key)) {
                release(r);
                return CELL_DONE;
        }
        enum cell_state state = open_cell(b, r, dir, why);
        if (state == CELL_RUNNING && !r->key[0])
                state = fail(b, c, why, "its school could not be made");
        else if (state == CELL_RUNNING && cell_is_done(dir, r->key))
                state = CELL_DONE; /* by another process, meanwhile */
        else if (state == CELL_RUNNING && !launch(b, r))
                state = fail(b, c, why, "cannot start a process");
        if (state != CELL_RUNNING)
                release(r);
        return state;
}

/* What a process said, at most 4 KB of it. */
static const char *messages_of(struct running *r)
{
        enum { MOST = 4096 };
        char *text = arena_alloc(r->arena, MOST + 1);
        FILE *f = fopen(arena_printf(r->arena, "%s/messages", r->folder.temporary), "re");

        if (f) {
                size_t n = fread(text, 1, MOST, f);
                text[n] = 0;
                fclose(f);
        }
        return text;
}

/* Where line n of a written school came from: "scenarios.yaml:7"; NULL: from the school itself. */
static const char *origin_of(struct arena *a, const char *school, long n)
{
        const char *line = school;

        while (n-- > 1 && line)
                line = (line = strchr(line, '\n')) ? line + 1 : NULL;
        if (!line)
                return NULL;
        const char *text = arena_strndup(a, line, strcspn(line, "\n"));
        const char *mark = strrchr(text, '#');
        bool ours = mark && mark > text + 3 && !strncmp(mark - 3, "   # ", 5);
        return ours && strrchr(mark, ':') ? mark + 2 : NULL;
}

/* What was said of lines of the cell's school, of the lines that the user wrote instead. */
static const char *with_origins(const struct batch *b, struct running *r, const char *said)
{
        static const char name[] = "school.yaml:";
        const char *path = arena_printf(r->arena, "%s/school.yaml", batch_input(b, r->cell)->dir);
        struct report *unheard = report_new();
        size_t size;
        char *school = file_read(path, (size_t)64 << 20, &size, (struct place){0}, unheard);
        const char *done = "", *from = said;

        for (const char *p = said; school && (p = strstr(p, name));) {
                char *end;
                long n = strtol(p + sizeof name - 1, &end, 10);
                const char *origin = origin_of(r->arena, school, n);
                if (origin) {
                        end += *end == ':' ? 1 + strspn(end + 1, "0123456789") : 0; /* column */
                        done = arena_printf(
                                r->arena, "%s%.*s%s", done, (int)(p - from), from, origin);
                        from = end;
                }
                p = end;
        }
        mem_free(school);
        report_free(unheard);
        return arena_printf(r->arena, "%s%s", done, from);
}

static const char *reason_of(struct batch *b, const struct running *r, int status, const char *said)
{
        const char *end = strchr(said, '\n');
        int n = end ? (int)(end - said) : (int)strlen(said);

        if (r->over_time)
                return arena_printf(b->arena, "over the limit of %d seconds", b->plan->seconds);
        if (WIFSIGNALED(status))
                return arena_printf(b->arena, "killed by signal %d%s", WTERMSIG(status),
                        WTERMSIG(status) == SIGKILL ? " (out of memory, perhaps)" : "");
        return arena_printf(b->arena, "exit %d: %.*s", WEXITSTATUS(status), n > 300 ? 300 : n,
                n ? said : "(nothing said)");
}

static bool write_cell_json(const struct batch *b, const struct running *r, struct report *rp)
{
        const struct cell *c = r->cell;
        const char *path = arena_printf(r->arena, "%s/result/cell.json", r->folder.temporary);
        struct file_out *out = file_create(path, 0600, rp);
        char hash[KEY_SIZE];

        if (!out)
                return false;
        hash_of(arena_printf(r->arena, "%s/result/schedule.json", r->folder.temporary), hash);
        struct json_out o = {.to = file_stream(out)};
        json_begin(&o, NULL, '{');
        json_text(&o, "format", "msched-cell/1");
        json_text(&o, "school", b->plan->schools[c->school].id);
        json_text(&o, "scenario", plan_scenario_id(b->plan, c->scenario));
        json_int(&o, "seed", c->seed);
        json_text(&o, "key", r->key);
        json_text(&o, "schedule_sha256", hash);
        json_end(&o, '}');
        return file_commit(out, rp);
}

static enum cell_state commit(struct batch *b, struct running *r, const char **why)
{
        struct report *rp = report_new();
        bool ok = write_cell_json(b, r, rp) && folder_commit(&r->folder, "result", rp);

        if (!ok)
                *why = arena_strdup(b->arena, report_message(rp, 0)->text);
        else
                unlink(failed_path(b, r->cell));
        report_free(rp);
        return ok ? CELL_DONE : CELL_FAILED;
}

enum cell_state cell_end(struct batch *b, struct running *r, int status, const char **why)
{
        enum cell_state state;

        *why = NULL;
        if (WIFEXITED(status) && !WEXITSTATUS(status) && !r->over_time) {
                state = commit(b, r, why);
        } else {
                const char *said = with_origins(b, r, messages_of(r));
                *why = reason_of(b, r, status, said);
                record_failure(b, r->cell, *why, said);
                state = CELL_FAILED;
        }
        release(r);
        return state;
}

void cell_kill(struct running *r)
{
        kill(r->pid, SIGKILL);
        while (waitpid(r->pid, NULL, 0) < 0 && errno == EINTR)
                continue;
        release(r);
}
