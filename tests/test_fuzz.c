/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Replays tests/fuzz/corpus: schools that the fuzzer found to take new paths, and those that once
 * made the reader stumble. Each is read whole, then cut short at many places.
 */
#include "tests/support_fuzz.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static int is_file(const struct dirent *entry)
{
        return entry->d_name[0] != '.';
}

static size_t read_file(const char *name, char *bytes, size_t most)
{
        char path[400];
        snprintf(path, sizeof path, "tests/fuzz/corpus/%s", name);
        FILE *from = fopen(path, "r");
        if (!from)
                return 0;
        size_t size = fread(bytes, 1, most, from);
        fclose(from);
        return size;
}

int main(void)
{
        enum { MOST = 1 << 16, CUTS = 8 };
        static char bytes[MOST];
        struct dirent **entries;
        int n = scandir("tests/fuzz/corpus", &entries, is_file, alphasort);
        for (int i = 0; i < n; i++) {
                size_t size = read_file(entries[i]->d_name, bytes, MOST);
                for (size_t k = CUTS; k > 0; k--)
                        fuzz_school(bytes, size * k / CUTS);
                free(entries[i]);
        }
        if (n >= 0)
                free(entries);
        printf("%s - %d files of the corpus are read without a stumble\n",
                n >= 20 ? "ok" : "not ok", n);
        puts("1..1");
        return n < 20;
}
