/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/file.h"
#include "model/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MAX_OPEN = 16 };

/*
 * Temporary names sit in static storage, so that a signal handler can remove them: it may look
 * neither at memory that is being freed nor at a half-written name. live is set after the name is
 * complete and before the file exists.
 */
struct file_out {
        atomic_bool taken, live;
        char temporary[PATH_MAX];
        char path[PATH_MAX];
        FILE *stream;
        int fd, error; /* error: errno of the first write that failed, or 0 */
        char *buffer;
};

static struct file_out open_files[MAX_OPEN];

static struct place in_file(const char *path)
{
        return (struct place){.file = path};
}

/* ---- files that may not be replaced ---- */

/*
 * Paths of what was read, the first n_guarded of them guarded; as long as the program. Looked up
 * anew each time: the inode of a file that is gone may be another's.
 */
static char **seen;
static int n_seen, cap_seen, n_guarded;

static void remember(const char *path)
{
        MEM_GROW(seen, n_seen, cap_seen);
        seen[n_seen] = mem_copy(path, strlen(path) + 1);
        n_seen++;
}

void file_guard_read(void)
{
        n_guarded = n_seen;
}

void file_guard(const char *path)
{
        remember(path);
        char *last = seen[n_seen - 1];
        seen[n_seen - 1] = seen[n_guarded];
        seen[n_guarded++] = last;
}

static bool same(const struct stat *a, const struct stat *b)
{
        return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

bool file_same(const char *a, const char *b)
{
        struct stat x, y;

        return !stat(a, &x) && !stat(b, &y) && same(&x, &y);
}

bool file_same_entry(const char *a, const char *b)
{
        const char *slash_a = strrchr(a, '/'), *slash_b = strrchr(b, '/');
        char *in_a = mem_copy(a, strlen(a) + 1), *in_b = mem_copy(b, strlen(b) + 1);

        in_a[slash_a ? slash_a - a + 1 : 0] = 0;
        in_b[slash_b ? slash_b - b + 1 : 0] = 0;
        bool equal = !strcmp(slash_a ? slash_a + 1 : a, slash_b ? slash_b + 1 : b) &&
                     file_same(*in_a ? in_a : ".", *in_b ? in_b : ".");
        mem_free(in_a);
        mem_free(in_b);
        return equal;
}

static bool is_guarded(const struct stat *st)
{
        struct stat other;

        for (int i = 0; i < n_guarded; i++)
                if (!stat(seen[i], &other) && same(&other, st))
                        return true;
        return false;
}

/* ---- what was made ---- */

static bool noting;
static char **made;
static int n_made, cap_made;

static void note_made(const char *path)
{
        if (!noting)
                return;
        MEM_GROW(made, n_made, cap_made);
        made[n_made] = mem_copy(path, strlen(path) + 1);
        n_made++;
}

void made_begin(void)
{
        noting = true;
}

bool made_end(bool keep)
{
        while (n_made) {
                char *path = made[--n_made];
                if (!keep)
                        remove(path); /* a folder that others have filled meanwhile stays */
                mem_free(path);
        }
        mem_free(made);
        made = NULL;
        cap_made = 0;
        noting = false;
        return keep;
}

/* ---- reading ---- */

static bool refuse_kind(const char *path, mode_t mode, struct place at, struct report *rp)
{
        return report_error(rp, ERROR_INPUT, at, "'%s' is %s; expected a regular file", path,
                S_ISDIR(mode) ? "a directory" : "a device or a pipe");
}

static bool refuse_size(const char *path, size_t max, struct place at, struct report *rp)
{
        return report_error(
                rp, ERROR_INPUT, at, "'%s' is too large; expected at most %zu MB", path, max >> 20);
}

/* All of fd, of about `size` bytes (it may grow meanwhile). */
static char *read_all(
        int fd, const char *path, size_t max, size_t *size, struct place at, struct report *rp)
{
        size_t room = *size + 1, n = 0;
        char *bytes = mem_alloc(room + 1);

        for (;;) {
                ssize_t got = read(fd, bytes + n, room - n);
                if (got < 0 && errno == EINTR)
                        continue;
                if (got < 0)
                        report_error(rp, ERROR_SYSTEM, at, "cannot read '%s': %s", path,
                                strerror(errno));
                else if (n + (size_t)got > max)
                        refuse_size(path, max, at, rp);
                else if (got > 0) {
                        n += (size_t)got;
                        if (n == room) {
                                room *= 2;
                                bytes = mem_resize(bytes, room + 1, 1);
                        }
                        continue;
                } else {
                        bytes[n] = 0;
                        *size = n;
                        return bytes;
                }
                mem_free(bytes);
                return NULL;
        }
}

char *file_read(const char *path, size_t max, size_t *size, struct place at, struct report *rp)
{
        /* Not to hang on a pipe without a writer. */
        int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        struct stat st;
        char *bytes = NULL;

        if (fd < 0) {
                report_error(rp, ERROR_INPUT, at, "cannot open '%s': %s", path, strerror(errno));
                return NULL;
        }
        if (fstat(fd, &st))
                report_error(rp, ERROR_SYSTEM, at, "cannot read '%s': %s", path, strerror(errno));
        else if (!S_ISREG(st.st_mode))
                refuse_kind(path, st.st_mode, at, rp);
        else if ((uintmax_t)st.st_size > max)
                refuse_size(path, max, at, rp);
        else {
                remember(path);
                *size = (size_t)st.st_size;
                bytes = read_all(fd, path, max, size, at, rp);
        }
        close(fd);
        return bytes;
}

/* ---- writing ---- */

static bool cannot_write(const char *path, struct report *rp)
{
        return report_error(
                rp, ERROR_SYSTEM, in_file(path), "cannot write the file: %s", strerror(errno));
}

static struct file_out *free_slot(void)
{
        for (int i = 0; i < MAX_OPEN; i++) {
                if (!atomic_exchange(&open_files[i].taken, true))
                        return &open_files[i];
        }
        return NULL;
}

/* Never through a link to elsewhere, never onto a device: rename would replace it. */
static bool may_replace(const char *path, struct report *rp)
{
        struct stat st;

        if (stat(path, &st))
                return true;
        if (S_ISREG(st.st_mode) && !is_guarded(&st))
                return true;
        if (S_ISREG(st.st_mode))
                return report_error(rp, ERROR_INPUT, in_file(path),
                        "is one of the files that were read, and would be replaced; expected "
                        "another name");
        return refuse_kind(path, st.st_mode, in_file(path), rp);
}

static int open_temporary(struct file_out *f, int mode)
{
        for (int tries = 0; tries < 100; tries++) {
                struct timespec now;
                clock_gettime(CLOCK_MONOTONIC, &now);
                int n = snprintf(f->temporary, sizeof f->temporary, "%s.%ld.%lx.tmp", f->path,
                        (long)getpid(), (unsigned long)now.tv_nsec);
                if (n < 0 || (size_t)n >= sizeof f->temporary) {
                        errno = ENAMETOOLONG;
                        return -1;
                }
                atomic_store(&f->live, true);
                int fd = open(f->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
                if (fd >= 0 || errno != EEXIST)
                        return fd;
                atomic_store(&f->live, false);
        }
        return -1;
}

static void release(struct file_out *f)
{
        mem_free(f->buffer);
        f->buffer = NULL;
        f->stream = NULL;
        atomic_store(&f->live, false);
        atomic_store(&f->taken, false);
}

/* A stream only knows that some write failed; the reason is kept here, for the message. */
static ssize_t put_bytes(void *cookie, const char *bytes, size_t size)
{
        struct file_out *f = cookie;
        size_t done = 0;

        while (done < size) {
                ssize_t n = write(f->fd, bytes + done, size - done);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n <= 0) {
                        f->error = f->error ? f->error : n < 0 ? errno : EIO;
                        return 0;
                }
                done += (size_t)n;
        }
        return (ssize_t)done;
}

static int shut(void *cookie)
{
        const struct file_out *f = cookie;

        return close(f->fd);
}

struct file_out *file_create(const char *path, int mode, struct report *rp)
{
        enum { BUFFER = 1 << 16 };
        if (!may_replace(path, rp))
                return NULL;
        struct file_out *f = free_slot();
        if (!f) {
                report_error(rp, ERROR_SYSTEM, in_file(path), "too many files are being written");
                return NULL;
        }
        int n = snprintf(f->path, sizeof f->path, "%s", path);
        int fd = -1;
        errno = ENAMETOOLONG;
        if (n >= 0 && (size_t)n < sizeof f->path)
                fd = open_temporary(f, mode);
        if (fd < 0) {
                cannot_write(path, rp);
                release(f);
                return NULL;
        }
        f->fd = fd;
        f->error = 0;
        f->stream = fopencookie(f, "w", (cookie_io_functions_t){.write = put_bytes, .close = shut});
        if (!f->stream) {
                close(fd);
                file_abandon_all();
                mem_short();
        }
        f->buffer = mem_alloc(BUFFER);
        setvbuf(f->stream, f->buffer, _IOFBF, BUFFER);
        return f;
}

FILE *file_stream(struct file_out *f)
{
        return f->stream;
}

bool file_settle(struct file_out *f, struct report *rp)
{
        bool ok = !fflush(f->stream) && !ferror(f->stream);

        if (ok && !fsync(f->fd))
                return true;
        if (!ok)
                errno = f->error ? f->error : EIO;
        return cannot_write(f->path, rp);
}

/* The entry of the renamed file must reach the disk as well; some file systems refuse, harmlessly.
 */
static void sync_folder_of(char *path)
{
        char *slash = strrchr(path, '/');

        if (slash)
                *(slash == path ? slash + 1 : slash) = 0;
        int fd = open(slash ? path : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0)
                return;
        fsync(fd);
        close(fd);
}

bool file_commit(struct file_out *f, struct report *rp)
{
        bool ok = file_settle(f, rp);

        if (fclose(f->stream) && ok)
                ok = cannot_write(f->path, rp);
        struct stat st;
        bool is_new = ok && lstat(f->path, &st);
        if (ok && rename(f->temporary, f->path))
                ok = cannot_write(f->path, rp);
        if (ok && is_new)
                note_made(f->path);
        if (!ok)
                unlink(f->temporary);
        else
                sync_folder_of(f->path);
        release(f);
        return ok;
}

void file_abandon(struct file_out *f)
{
        if (!f)
                return;
        fclose(f->stream);
        unlink(f->temporary);
        release(f);
}

void file_abandon_all(void)
{
        for (int i = 0; i < MAX_OPEN; i++) {
                if (atomic_load(&open_files[i].live))
                        unlink(open_files[i].temporary);
        }
}

static bool make_one(const char *path, const char *whole, struct report *rp)
{
        struct stat st;

        if (!mkdir(path, 0700)) {
                note_made(path);
                return true;
        }
        if (errno == EEXIST && !stat(path, &st) && S_ISDIR(st.st_mode))
                return true;
        bool usage = errno == EEXIST || errno == ENOTDIR;
        return report_error(rp, usage ? ERROR_INPUT : ERROR_SYSTEM, in_file(whole),
                usage ? "'%s' is not a directory" : "cannot make the directory '%s': %s", path,
                strerror(errno));
}

bool dir_make(const char *path, struct report *rp)
{
        char *part = mem_copy(path, strlen(path) + 1);
        bool ok = true;

        for (char *p = part + 1; ok && *part && *p; p++) {
                if (*p != '/')
                        continue;
                *p = 0;
                ok = make_one(part, path, rp);
                *p = '/';
        }
        ok = ok && make_one(part, path, rp);
        mem_free(part);
        return ok;
}
