/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch/slurm.h"
#include "io/file.h"
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_TASKS = 1000 }; /* Slurm's own default is 1,001 */

/* 'text' for a shell. */
static void put_quoted(FILE *f, const char *text)
{
        fputc('\'', f);
        for (; *text; text++)
                fputs(*text == '\'' ? "'\\''" : (char[]){*text, 0}, f);
        fputc('\'', f);
}

/* A value on an #SBATCH line; a % would begin a pattern. */
static void put_option(FILE *f, const char *name, const char *value, const char *tail)
{
        fprintf(f, "#SBATCH --%s=\"", name);
        for (; *value; value++) {
                if (*value == '"' || *value == '\\')
                        fputc('\\', f);
                fputs(*value == '%' ? "%%" : (char[]){*value, 0}, f);
        }
        fprintf(f, "%s\"\n", tail);
}

static bool fits_a_line(const char *text, struct report *rp)
{
        if (!text || !strpbrk(text, "\n\r"))
                return true;
        return report_error(rp, ERROR_INPUT, (struct place){0},
                "a path or partition with a line end cannot stand in a script");
}

static void put_limits(const struct batch *b, const struct slurm *s, int per_task, FILE *f)
{
        int seconds = b->plan->seconds;

        fprintf(f, "#SBATCH --cpus-per-task=%d\n", s->threads);
        if (b->plan->memory)
                fprintf(f, "#SBATCH --mem=%dM\n", b->plan->memory + 64);
        if (seconds)
                fprintf(f, "#SBATCH --time=%lld\n", (long long)seconds * per_task / 60 + 2);
}

static void put_script(const struct batch *b, const struct slurm *s, const char *plan, FILE *f)
{
        int per_task = s->cells_per_task ? s->cells_per_task
                                         : (b->plan->n_cells + MOST_TASKS - 1) / MOST_TASKS;

        fprintf(f, "#!/bin/sh\n#SBATCH --job-name=msched\n#SBATCH --array=0-%d\n",
                (b->plan->n_cells - 1) / per_task);
        put_limits(b, s, per_task, f);
        fputs("#SBATCH --requeue\n#SBATCH --open-mode=append\n", f);
        put_option(f, "output", b->dir, "/slurm/task-%a.txt");
        if (s->partition)
                put_option(f, "partition", s->partition, "");
        fputs("exec ", f);
        put_quoted(f, b->program);
        fputs(" batch ", f);
        put_quoted(f, plan);
        fputs(" -o ", f);
        put_quoted(f, b->dir);
        if (s->root) {
                fputs(" --root ", f);
                put_quoted(f, s->root);
        }
        fputs(b->redact ? " --redact" : "", f);
        fprintf(f, " --cells-per-task %d --task \"$SLURM_ARRAY_TASK_ID\"\n", per_task);
}

const char *slurm_write(struct batch *b, const struct slurm *s, struct report *rp)
{
        const char *path = arena_printf(b->arena, "%s/slurm.sh", b->dir);
        char *plan = realpath(b->plan->file, NULL);
        struct file_out *out = NULL;

        if (plan && fits_a_line(plan, rp) && fits_a_line(b->dir, rp) &&
                fits_a_line(s->partition, rp) && fits_a_line(s->root, rp) &&
                dir_make(arena_printf(b->arena, "%s/slurm", b->dir), rp))
                out = file_create(path, 0700, rp);
        if (out)
                put_script(b, s, plan, file_stream(out));
        free(plan);
        return out && file_commit(out, rp) ? path : NULL;
}

/* The first line that a command prints; its exit code. */
static int ask(const char *const *command, char *line, size_t size)
{
        int fd[2], status = 0;

        if (pipe(fd))
                return -1;
        pid_t pid = fork();
        if (!pid) {
                dup2(fd[1], 1);
                close(fd[0]);
                close(fd[1]);
                execvp(command[0], (char *const *)command);
                _exit(127);
        }
        close(fd[1]);
        FILE *f = fdopen(fd[0], "r");
        line[0] = 0;
        if (!f || !fgets(line, (int)size, f))
                line[0] = 0;
        if (f)
                fclose(f);
        else
                close(fd[0]);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
                continue;
        line[strcspn(line, "\n;")] = 0; /* JOB;CLUSTER */
        return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

const char *slurm_submit(struct batch *b, const char *script, struct report *rp)
{
        const char *const command[] = {"sbatch", "--parsable", script, NULL};
        char line[200];
        int code = ask(command, line, sizeof line);

        if (!code && *line)
                return arena_strdup(b->arena, line);
        report_error(rp, code == 127 ? ERROR_INPUT : ERROR_SYSTEM, (struct place){.file = script},
                code == 127 ? "found no sbatch; --write-only writes the script and stops"
                            : "sbatch did not take the script (exit %d)",
                code);
        return NULL;
}
