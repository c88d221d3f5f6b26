/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch/folder.h"
#include "io/file.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- removing ---- */

static void remove_inside(int parent, const char *name);

static void empty_folder(int fd) /* closes it */
{
        DIR *dir = fdopendir(fd);

        if (!dir) {
                close(fd);
                return;
        }
        for (struct dirent *e; (e = readdir(dir));) {
                if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
                        remove_inside(dirfd(dir), e->d_name);
        }
        closedir(dir);
}

/* Never follows a link. */
static void remove_inside(int parent, const char *name)
{
        if (!unlinkat(parent, name, 0) || (errno != EISDIR && errno != EPERM))
                return;
        int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (fd >= 0)
                empty_folder(fd);
        unlinkat(parent, name, AT_REMOVEDIR);
}

void remove_tree(const char *path)
{
        remove_inside(AT_FDCWD, path);
}

/* ---- temporary folders ---- */

static bool failed(const char *what, const char *path, struct report *rp)
{
        return report_error(rp, ERROR_SYSTEM, (struct place){.file = path}, "cannot %s: %s", what,
                strerror(errno));
}

/* Is the folder that fd is open on still the one at path? */
static bool still_there(int fd, const char *path)
{
        struct stat mine, there;

        return !fstat(fd, &mine) && !lstat(path, &there) && mine.st_ino == there.st_ino &&
               mine.st_dev == there.st_dev;
}

static void clear(int fd)
{
        int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

        if (copy >= 0)
                empty_folder(copy);
}

static void name_folder(struct folder *f, struct arena *a, const char *final)
{
        const char *slash = strrchr(final, '/');
        int n = slash ? (int)(slash - final) + 1 : 0;

        f->final = arena_strdup(a, final);
        f->temporary = arena_printf(a, "%.*s.%s.tmp", n, final, final + n);
        f->lock = -1;
}

enum folder_state folder_open(
        struct folder *f, struct arena *a, const char *final, struct report *rp)
{
        name_folder(f, a, final);
        for (int tries = 0; tries < 100; tries++) {
                if (mkdir(f->temporary, 0700) && errno != EEXIST)
                        break;
                int fd = open(f->temporary, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
                if (fd < 0 && errno == ENOENT)
                        continue; /* whoever had it has just finished */
                if (fd < 0)
                        break;
                /* A file system without locks (some NFS) has one writer for each cell anyway. */
                if (flock(fd, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK) {
                        close(fd);
                        return FOLDER_BUSY;
                }
                if (still_there(fd, f->temporary)) {
                        clear(fd);
                        f->lock = fd;
                        return FOLDER_OPEN;
                }
                close(fd);
        }
        failed("make the folder", f->temporary, rp);
        return FOLDER_FAILED;
}

static void sync_folder(const char *path)
{
        int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

        if (fd < 0)
                return;
        fsync(fd);
        close(fd);
}

static void sync_parent(const char *path)
{
        char *parent = mem_copy(path, strlen(path) + 1), *slash = strrchr(parent, '/');

        if (slash)
                *slash = 0;
        sync_folder(slash ? parent : ".");
        mem_free(parent);
}

/* rename() replaces empty folders only: the old one moves into the temporary folder first. */
bool folder_commit(struct folder *f, const char *name, struct report *rp)
{
        struct arena *a = arena_new();
        const char *fresh = arena_printf(a, "%s/%s", f->temporary, name),
                   *old = arena_printf(a, "%s/replaced", f->temporary);
        bool ok = true;

        sync_folder(fresh);
        if (rename(f->final, old) && errno != ENOENT)
                ok = failed("move the old result away", f->final, rp);
        else if (rename(fresh, f->final))
                ok = failed("put the result in place", f->final, rp);
        if (ok)
                sync_parent(f->final);
        folder_abandon(f);
        arena_free(a);
        return ok;
}

void folder_abandon(struct folder *f)
{
        if (f->lock < 0)
                return;
        remove_tree(f->temporary);
        close(f->lock);
        f->lock = -1;
}

/* ---- litter ---- */

static bool ends_with(const char *text, const char *end)
{
        size_t n = strlen(text), m = strlen(end);

        return n >= m && !strcmp(text + n - m, end);
}

/* NAME.PID.HEX.tmp, as io/file.h names what it writes, of a process that is gone. */
static bool of_the_dead(const char *name)
{
        char *copy = mem_copy(name, strlen(name) + 1), *dot;
        long pid = 0;

        *strrchr(copy, '.') = 0;
        if ((dot = strrchr(copy, '.')))
                *dot = 0;
        if (dot && (dot = strrchr(copy, '.')))
                pid = strtol(dot + 1, NULL, 10);
        mem_free(copy);
        return pid > 0 && kill((pid_t)pid, 0) && errno == ESRCH;
}

static void sweep_one(int parent, const char *name)
{
        int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

        if (fd < 0) {
                if (errno == ENOTDIR && of_the_dead(name))
                        unlinkat(parent, name, 0);
                return;
        }
        if (*name == '.' && !flock(fd, LOCK_EX | LOCK_NB))
                remove_inside(parent, name);
        close(fd);
}

void sweep_folder(const char *path)
{
        DIR *dir = opendir(path);

        for (struct dirent *e; dir && (e = readdir(dir));) {
                if (ends_with(e->d_name, ".tmp"))
                        sweep_one(dirfd(dir), e->d_name);
        }
        if (dir)
                closedir(dir);
}
