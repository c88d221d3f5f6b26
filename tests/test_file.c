/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/file.h"
#include "model/memory.h"
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/test_file.XXXXXX";

static int enter_folder(void **state)
{
        (void)state;
        return mkdtemp(folder) && !chdir(folder) ? 0 : -1;
}

static int leave_folder(void **state)
{
        (void)state;
        return chdir("/") || rmdir(folder) ? -1 : 0; /* rmdir: every test left it empty */
}

static void sha_is(const char *text, size_t times, const char *expected)
{
        struct sha256 *h = sha256_new();
        char hex[65];

        for (size_t i = 0; i < times; i++)
                sha256_add(h, text, strlen(text));
        sha256_end(h, hex);
        assert_string_equal(hex, expected);
}

/* The vectors of FIPS 180-4 and NIST's examples. */
static void sha256_gives_the_standards_digests(void **state)
{
        (void)state;
        sha_is("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        sha_is("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        sha_is("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
        sha_is("a", 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static bool exists(const char *path)
{
        struct stat st;

        return !lstat(path, &st);
}

static int files_here(void)
{
        DIR *d = opendir(".");
        int n = 0;

        for (struct dirent *e; (e = readdir(d));)
                n += e->d_name[0] != '.';
        closedir(d);
        return n;
}

static void put(const char *path, const char *text)
{
        struct report *rp = report_new();
        struct file_out *f = file_create(path, 0600, rp);

        assert_non_null(f);
        fputs(text, file_stream(f));
        assert_true(file_commit(f, rp));
        assert_int_equal(report_count(rp), 0);
        report_free(rp);
}

static void contains(const char *path, const char *text)
{
        struct report *rp = report_new();
        size_t size;
        char *bytes = file_read(path, 1000, &size, (struct place){0}, rp);

        assert_non_null(bytes);
        assert_string_equal(bytes, text);
        assert_int_equal(size, strlen(text));
        mem_free(bytes);
        report_free(rp);
}

static void a_file_appears_whole_and_private(void **state)
{
        struct stat st;

        (void)state;
        put("a", "first");
        put("a", "second");
        contains("a", "second");
        assert_int_equal(stat("a", &st), 0);
        assert_int_equal(st.st_mode & 0777, 0600);
        assert_int_equal(files_here(), 1);
        unlink("a");
}

static void an_abandoned_file_leaves_the_old_one(void **state)
{
        struct report *rp = report_new();

        (void)state;
        put("a", "old");
        struct file_out *f = file_create("a", 0600, rp);
        fputs("new", file_stream(f));
        assert_int_equal(files_here(), 2);
        file_abandon(f);
        contains("a", "old");
        assert_int_equal(files_here(), 1);

        f = file_create("a", 0600, rp);
        file_abandon_all();
        assert_int_equal(files_here(), 1);
        file_abandon(f);
        unlink("a");
        report_free(rp);
}

/* Files may grow to so many bytes; -1: to any size. */
static void limit_files(long bytes)
{
        struct rlimit limit;

        signal(SIGXFSZ, SIG_IGN);
        assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
        limit.rlim_cur = bytes < 0 ? limit.rlim_max : (rlim_t)bytes;
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* Write so many bytes where 100 have room, by a path that is gone by then. */
static void fails_with_its_reason(size_t size)
{
        struct report *rp = report_new();
        char *path = mem_copy("a", 2);
        struct file_out *f = file_create(path, 0600, rp);

        *path = 'b';
        mem_free(path);
        limit_files(100);
        for (size_t i = 0; i < size; i++)
                fputc('x', file_stream(f));
        bool ok = file_commit(f, rp);
        limit_files(-1);
        assert_false(ok);
        assert_int_equal(report_worst(rp), ERROR_SYSTEM);
        assert_string_equal(report_message(rp, 0)->at.file, "a");
        assert_non_null(strstr(report_message(rp, 0)->text, "File too large"));
        contains("a", "old");
        assert_int_equal(files_here(), 1);
        report_free(rp);
}

static void a_failed_write_leaves_the_old_file_and_tells_why(void **state)
{
        (void)state;
        put("a", "old");
        fails_with_its_reason(1000);    /* at the end */
        fails_with_its_reason(1000000); /* long before the end */
        unlink("a");
}

static void a_failure_takes_back_what_was_new(void **state)
{
        struct report *rp = report_new();

        (void)state;
        put("old", "1");
        assert_true(dir_make("there", rp));
        made_begin();
        put("old", "2");
        assert_true(dir_make("there/x/y", rp));
        put("there/x/y/new", "");
        put("there/x/new", "");
        assert_false(made_end(false));
        contains("old", "2");
        assert_true(exists("there"));
        assert_false(exists("there/x"));

        made_begin();
        put("new", "");
        assert_true(made_end(true));
        made_begin();
        assert_true(dir_make("filled", rp));
        close(open("filled/other", O_WRONLY | O_CREAT, 0600));
        assert_false(made_end(false));
        put("later", "");
        assert_false(made_end(false));
        assert_true(exists("new") && exists("later") && exists("filled/other"));
        unlink("new");
        unlink("later");
        unlink("old");
        unlink("filled/other");
        rmdir("filled");
        rmdir("there");
        report_free(rp);
}

static void an_entry_is_the_same_by_any_way(void **state)
{
        struct report *rp = report_new();

        (void)state;
        assert_true(dir_make("d", rp));
        assert_int_equal(symlink("d", "way"), 0);
        assert_true(file_same_entry("d/a", "./way/a"));
        assert_true(file_same_entry("a", "d/../a"));
        assert_false(file_same_entry("d/a", "d/b"));
        assert_false(file_same_entry("d/a", "a"));
        assert_false(file_same_entry("none/a", "none/a"));
        unlink("way");
        rmdir("d");
        report_free(rp);
}

static void refused(const char *path, const char *expected)
{
        struct report *rp = report_new();
        size_t size;

        assert_null(file_read(path, 4, &size, (struct place){0}, rp));
        assert_int_equal(report_errors(rp), 1);
        assert_non_null(strstr(report_message(rp, 0)->text, expected));
        report_free(rp);
}

static void what_is_no_readable_file_is_refused(void **state)
{
        (void)state;
        refused(".", "is a directory");
        refused("/dev/null", "is a device or a pipe");
        refused("missing", "No such file");
        put("a", "12345");
        refused("a", "too large");
        unlink("a");
        assert_int_equal(mkfifo("pipe", 0600), 0);
        refused("pipe", "is a device or a pipe");
        unlink("pipe");
}

static void a_device_is_never_replaced(void **state)
{
        struct report *rp = report_new();

        (void)state;
        assert_null(file_create("/dev/null", 0600, rp));
        assert_null(file_create("/tmp", 0600, rp));
        assert_int_equal(report_errors(rp), 2);
        report_free(rp);
}

static void parents_are_made_private(void **state)
{
        struct report *rp = report_new();
        struct stat st;

        (void)state;
        assert_true(dir_make("x/y/z", rp));
        assert_true(dir_make("x/y/z/", rp));
        assert_int_equal(stat("x", &st), 0);
        assert_int_equal(st.st_mode & 0777, 0700);
        put("x/file", "");
        assert_false(dir_make("x/file", rp));
        assert_int_equal(report_worst(rp), ERROR_INPUT);
        assert_false(dir_make("x/file/y", rp));
        assert_false(exists("x/file/y"));
        unlink("x/file");
        rmdir("x/y/z");
        rmdir("x/y");
        rmdir("x");
        report_free(rp);
}

static void what_was_read_is_never_replaced(void **state)
{
        struct report *rp = report_new();
        size_t size;

        (void)state;
        put("school", "old");
        put("late", "old");
        assert_int_equal(symlink("school", "soft"), 0);
        assert_int_equal(link("school", "hard"), 0);
        mem_free(file_read("soft", 10, &size, (struct place){.file = "soft"}, rp));
        file_abandon(file_create("school", 0600, rp)); /* read, not guarded */
        assert_int_equal(report_errors(rp), 0);
        file_guard_read();
        assert_null(file_create("school", 0600, rp));
        assert_null(file_create("./soft", 0600, rp));
        assert_null(file_create("hard", 0600, rp));
        assert_int_equal(report_worst(rp), ERROR_INPUT);
        mem_free(file_read("late", 10, &size, (struct place){.file = "late"}, rp));
        struct file_out *f = file_create("late", 0600, rp);
        assert_non_null(f);
        file_abandon(f);
        file_guard("late");
        assert_null(file_create("late", 0600, rp));
        file_guard("nowhere");
        assert_int_equal(report_errors(rp), 4);
        unlink("soft");
        unlink("hard");
        unlink("late");
        unlink("school");
        report_free(rp);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(sha256_gives_the_standards_digests),
                cmocka_unit_test(a_file_appears_whole_and_private),
                cmocka_unit_test(an_abandoned_file_leaves_the_old_one),
                cmocka_unit_test(a_failed_write_leaves_the_old_file_and_tells_why),
                cmocka_unit_test(a_failure_takes_back_what_was_new),
                cmocka_unit_test(an_entry_is_the_same_by_any_way),
                cmocka_unit_test(what_is_no_readable_file_is_refused),
                cmocka_unit_test(a_device_is_never_replaced),
                cmocka_unit_test(parents_are_made_private),
                cmocka_unit_test(what_was_read_is_never_replaced),
        };
        return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
