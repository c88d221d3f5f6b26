/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/bundle.h"
#include "io/file.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zip.h>

enum { MAX_FILES = 12 }; /* fewer than io/file.h has open at once */

static const size_t max_bytes = (size_t)64 << 20;

struct member {
        char *name;
        FILE *stream;
        char *bytes; /* of the memory stream: free() */
        size_t size;
};

struct bundle {
        struct arena *arena;
        const char *path;
        int n;
        struct member members[MAX_FILES];
};

static struct place in_path(const char *path)
{
        return (struct place){.file = path};
}

static bool is_archive(const char *path)
{
        size_t n = strlen(path);
        return n > 4 && !strcmp(path + n - 4, ".zip");
}

/* ---- collecting ---- */

struct bundle *bundle_new(const char *path)
{
        struct bundle *b = mem_zero(1, sizeof *b);

        b->arena = arena_new();
        b->path = path;
        return b;
}

FILE *bundle_file(struct bundle *b, const char *name)
{
        if (b->n == MAX_FILES)
                return NULL;
        struct member *m = &b->members[b->n++];
        m->name = arena_strdup(b->arena, name);
        m->stream = open_memstream(&m->bytes, &m->size);
        if (!m->stream)
                mem_short();
        return m->stream;
}

void bundle_free(struct bundle *b)
{
        if (!b)
                return;
        for (int i = 0; i < b->n; i++) {
                if (b->members[i].stream)
                        fclose(b->members[i].stream);
                free(b->members[i].bytes);
        }
        arena_free(b->arena);
        mem_free(b);
}

static void finish_streams(struct bundle *b)
{
        for (int i = 0; i < b->n; i++) {
                struct member *m = &b->members[i];
                bool failed = ferror(m->stream);
                if (fclose(m->stream) || failed || !m->bytes)
                        mem_short();
                m->stream = NULL;
        }
}

/* ---- a folder ---- */

static bool is_ours(const struct bundle *b, const char *name)
{
        for (int i = 0; i < b->n; i++)
                if (!strcmp(b->members[i].name, name))
                        return true;
        return false;
}

static bool ends_like_ours(const struct bundle *b, const char *name)
{
        const char *dot = strrchr(name, '.');
        for (int i = 0; dot && i < b->n; i++) {
                const char *own = strrchr(b->members[i].name, '.');
                if (own && !strcmp(own, dot))
                        return true;
        }
        return false;
}

static bool may_fill(const struct bundle *b, bool force, struct report *rp)
{
        DIR *dir = opendir(b->path);
        bool ok = true;

        if (!dir)
                return report_error(rp, ERROR_SYSTEM, in_path(b->path),
                        "cannot look into the folder: %s", strerror(errno));
        for (struct dirent *e; ok && (e = readdir(dir));) {
                if (!is_ours(b, e->d_name) && ends_like_ours(b, e->d_name))
                        ok = report_error(rp, ERROR_INPUT, in_path(b->path),
                                "found '%s' there, which would be taken for one of the files "
                                "written; expected a folder without it",
                                e->d_name);
                else if (is_ours(b, e->d_name) && !force)
                        ok = report_error(rp, ERROR_INPUT, in_path(b->path),
                                "found '%s' there already; nothing was written (--force replaces "
                                "it)",
                                e->d_name);
        }
        closedir(dir);
        return ok;
}

/* A folder that was there keeps its mode: whoever made it is told. */
static void warn_of_readers(const char *path, struct report *rp)
{
        struct stat st;

        if (!stat(path, &st) && st.st_mode & (S_IRWXG | S_IRWXO))
                report_warn(rp, in_path(path),
                        "others may enter this folder, though not read the files that are written "
                        "there");
}

/* All under temporary names first; the manifest, if there is one, was added last. */
static bool write_folder(struct bundle *b, bool force, struct report *rp)
{
        struct file_out *file[MAX_FILES] = {NULL};
        bool ok = dir_make(b->path, rp) && may_fill(b, force, rp);

        if (ok)
                warn_of_readers(b->path, rp);
        for (int i = 0; i < b->n && ok; i++) {
                const struct member *m = &b->members[i];
                file[i] = file_create(arena_printf(b->arena, "%s/%s", b->path, m->name), 0600, rp);
                ok = file[i] != NULL;
                if (ok)
                        fwrite(m->bytes, 1, m->size, file_stream(file[i]));
                ok = ok && file_settle(file[i], rp);
        }
        for (int i = 0; i < b->n; i++) {
                if (ok)
                        ok = file_commit(file[i], rp);
                else
                        file_abandon(file[i]);
        }
        return ok;
}

/* ---- an archive ---- */

static bool zip_failed(const char *path, zip_error_t *error, struct report *rp)
{
        report_error(rp, ERROR_SYSTEM, in_path(path), "cannot make the archive: %s",
                zip_error_strerror(error));
        zip_error_fini(error);
        return false;
}

static bool add_member(zip_t *archive, const struct member *m)
{
        const time_t epoch = 315619200; /* 1980-01-02: the same bytes whenever it is written */
        zip_source_t *source = zip_source_buffer(archive, m->bytes, m->size, 0);
        zip_int64_t at = source ? zip_file_add(archive, m->name, source, ZIP_FL_ENC_UTF_8) : -1;

        if (source && at < 0)
                zip_source_free(source);
        return at >= 0 && !zip_file_set_mtime(archive, (zip_uint64_t)at, epoch, 0) &&
               !zip_set_file_compression(archive, (zip_uint64_t)at, ZIP_CM_DEFLATE, 9);
}

/* The bytes of the archive are left in `whole`. */
static bool pack(struct bundle *b, zip_source_t *whole, struct report *rp)
{
        zip_error_t error;
        bool ok = true;

        zip_error_init(&error);
        zip_source_keep(whole);
        zip_t *archive = zip_open_from_source(whole, ZIP_TRUNCATE, &error);
        if (!archive) {
                zip_source_free(whole);
                return zip_failed(b->path, &error, rp);
        }
        for (int i = 0; i < b->n && ok; i++)
                ok = add_member(archive, &b->members[i]);
        if (ok && !zip_close(archive)) {
                zip_error_fini(&error);
                return true;
        }
        report_error(rp, ERROR_SYSTEM, in_path(b->path), "cannot make the archive: %s",
                zip_strerror(archive));
        zip_discard(archive);
        zip_error_fini(&error);
        return false;
}

static bool copy_out(zip_source_t *whole, FILE *to)
{
        char part[1 << 14];
        zip_int64_t got = 0;

        if (zip_source_open(whole))
                return false;
        while ((got = zip_source_read(whole, part, sizeof part)) > 0)
                fwrite(part, 1, (size_t)got, to);
        zip_source_close(whole);
        return got == 0;
}

static bool write_archive(struct bundle *b, bool force, struct report *rp)
{
        struct stat st;
        zip_error_t error;

        if (!force && !lstat(b->path, &st))
                return report_error(rp, ERROR_INPUT, in_path(b->path),
                        "is there already; nothing was written (--force replaces it)");
        zip_error_init(&error);
        zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, &error);
        if (!whole)
                return zip_failed(b->path, &error, rp);
        zip_error_fini(&error);
        struct file_out *file = pack(b, whole, rp) ? file_create(b->path, 0600, rp) : NULL;
        bool ok = file != NULL;
        if (ok && !copy_out(whole, file_stream(file))) {
                ok = report_error(rp, ERROR_SYSTEM, in_path(b->path), "cannot make the archive");
                file_abandon(file);
        } else if (ok) {
                ok = file_commit(file, rp);
        }
        zip_source_free(whole);
        return ok;
}

bool bundle_commit(struct bundle *b, bool force, struct report *rp)
{
        finish_streams(b);
        bool ok = is_archive(b->path) ? write_archive(b, force, rp) : write_folder(b, force, rp);
        bundle_free(b);
        return ok;
}

/* ---- reading ---- */

struct bundle_in {
        const char *path;
        char *root;     /* real path of a folder: free() */
        zip_t *archive; /* or NULL */
};

struct bundle_in *bundle_open(const char *path, struct report *rp)
{
        struct stat st;
        zip_t *archive = NULL;
        int code = 0;

        if (stat(path, &st)) {
                report_error(rp, ERROR_INPUT, in_path(path), "cannot open '%s': %s", path,
                        strerror(errno));
                return NULL;
        }
        bool folder = S_ISDIR(st.st_mode);
        if (!folder && S_ISREG(st.st_mode))
                archive = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, &code);
        if (code == ZIP_ER_MEMORY)
                mem_short();
        if (!folder && !archive) {
                report_error(rp, ERROR_INPUT, in_path(path),
                        "'%s' is neither a folder nor a zip archive that can be read", path);
                return NULL;
        }
        struct bundle_in *b = mem_zero(1, sizeof *b);
        b->path = path;
        b->archive = archive;
        b->root = folder ? realpath(path, NULL) : NULL;
        if (folder && !b->root)
                mem_short();
        return b;
}

void bundle_close(struct bundle_in *b)
{
        if (!b)
                return;
        if (b->archive)
                zip_discard(b->archive);
        free(b->root);
        mem_free(b);
}

static char *absent(const char *shown, bool needed, struct report *rp)
{
        if (needed)
                report_error(rp, ERROR_INPUT, in_path(shown), "the file is not there; expected it");
        return NULL;
}

static char *read_member(struct bundle_in *b, struct arena *a, const char *name, bool needed,
        size_t *size, const char *shown, struct report *rp)
{
        zip_stat_t st;
        zip_int64_t at = zip_name_locate(b->archive, name, 0);

        if (at < 0)
                return absent(shown, needed, rp);
        zip_file_t *file = NULL;
        if (!zip_stat_index(b->archive, (zip_uint64_t)at, 0, &st) && st.valid & ZIP_STAT_SIZE &&
                st.size <= max_bytes)
                file = zip_fopen_index(b->archive, (zip_uint64_t)at, 0);
        char *bytes = file ? arena_alloc(a, (size_t)st.size + 1) : NULL;
        /* One byte more than it says it has: an archive may lie. */
        if (bytes && zip_fread(file, bytes, st.size + 1) != (zip_int64_t)st.size)
                bytes = NULL;
        if (file)
                zip_fclose(file);
        if (!bytes) {
                report_error(rp, ERROR_INPUT, in_path(shown),
                        "cannot be read from the archive (damaged, locked, or over %zu MB)",
                        max_bytes >> 20);
                return NULL;
        }
        bytes[st.size] = 0;
        *size = (size_t)st.size;
        return bytes;
}

static bool lies_inside(const struct bundle_in *b, const char *real)
{
        size_t n = strlen(b->root);
        return !strcmp(b->root, "/") || (!strncmp(real, b->root, n) && real[n] == '/');
}

static char *read_beside(struct bundle_in *b, struct arena *a, bool needed, size_t *size,
        const char *shown, struct report *rp)
{
        char *real = realpath(shown, NULL);

        if (!real && errno == ENOMEM)
                mem_short();
        if (!real && errno == ENOENT)
                return absent(shown, needed, rp);
        bool inside = real && lies_inside(b, real);
        free(real);
        if (!inside) {
                report_error(rp, ERROR_INPUT, in_path(shown),
                        "is a link out of its folder, or cannot be opened; expected a file there");
                return NULL;
        }
        char *bytes = file_read(shown, max_bytes, size, in_path(shown), rp);
        if (!bytes)
                return NULL;
        char *copy = arena_alloc(a, *size + 1);
        memcpy(copy, bytes, *size);
        mem_free(bytes);
        return copy;
}

char *bundle_read(struct bundle_in *b, struct arena *a, const char *name, bool needed, size_t *size,
        const char **shown, struct report *rp)
{
        *shown = arena_printf(a, "%s/%s", b->path, name);
        if (b->archive)
                return read_member(b, a, name, needed, size, *shown, rp);
        return read_beside(b, a, needed, size, *shown, rp);
}
