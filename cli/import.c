/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"
#include "io/file.h"
#include "io/import_school.h"
#include <string.h>

static const struct flag flags[] = {
        FLAG_TEXT(0, "format", "oneroster", format, "what the files are"),
        FLAG_TEXT('o', "output", "DIR", output, "where the school goes"),
        FLAG_TEXT(0, "school", "ID", school, "which school, where there are several"),
        FLAG_SWITCH(0, "next-year", next_year, "students a grade higher, seniors left out"),
        FLAG_TEXT(0, "requests", "FILE.csv", requests, "a table of course requests"),
        FLAG_TEXT(0, "preset", "NAME", preset,
                "its columns: msched, powerschool, aeries or infinite-campus"),
        FLAG_TEXT(0, "map", "MAP.yaml", map, "its columns, from a file"),
        FLAG_TEXT(0, "columns", "LIST", columns, "its columns, as student=SN,course=CN"),
        FLAG_SWITCH(0, "print-map", print_map, "print the preset, to be edited"),
        FLAG_TEXT(0, "spreadsheet-safe", "yes|no", spreadsheet_safe,
                "yes: the files were written so (no)"),
        FLAG_SWITCH(0, "redact", redact, "no ids in messages"),
        FLAG_SWITCH('q', "quiet", quiet, "errors and warnings alone"),
};

static bool usable(const struct call *call)
{
        const struct settings *set = &call->set;
        const char *wrong = NULL;

        if (set->preset && !request_preset(set->preset))
                wrong = "knows the presets msched, powerschool, aeries and infinite-campus";
        else if (set->preset && set->map)
                wrong = "takes --preset or --map, not both";
        else if (set->print_map)
                return true;
        else if (!set->format || strncmp(set->format, "oneroster", 9) != 0)
                wrong = "needs --format oneroster";
        else if (call->n_args != 1)
                wrong = "needs the folder or the zip archive to read";
        else if (!set->output)
                wrong = "needs -o DIR";
        else if (!set->requests && (set->preset || set->map || set->columns))
                wrong = "needs --requests FILE.csv where its columns are told";
        if (wrong)
                fprintf(stderr, "msched: import %s; see 'msched import --help'\n", wrong);
        return !wrong;
}

static const char *preset_of(const struct call *call)
{
        return request_preset(call->set.preset ? call->set.preset : "msched");
}

static bool read_map(
        const struct call *call, struct arena *a, struct request_map *map, struct report *rp)
{
        const char *preset = preset_of(call);
        struct place at = {.file = call->set.map};
        size_t size = strlen(preset);
        bool ok;

        if (call->set.map) {
                char *text = file_read(call->set.map, (size_t)1 << 20, &size, at, rp);
                ok = text && request_map_read(a, call->set.map, text, size, map, rp);
                mem_free(text);
        } else {
                ok = request_map_read(a, "the preset", preset, size, map, rp);
        }
        return ok && (!call->set.columns || request_map_set(a, call->set.columns, map, rp));
}

static void print_counts(const struct call *call, const struct import_counts *n)
{
        printf("%s/school.yaml: %d students, %d teachers, %d courses, %d rooms, %d requests; last "
               "year %d classes with %d seats\n"
               "What is guessed or missing stands at its head. Now try\n  msched check "
               "%s/school.yaml\n",
                call->set.output, n->students, n->teachers, n->courses, n->rooms, n->requests,
                n->classes, n->seats, call->set.output);
}

static int import(const struct call *call, bool guarded)
{
        struct report *rp = report_new();
        struct arena *a = arena_new();
        struct request_map map;
        struct import_counts counts;
        const struct import_options o = {.choice = {.school = call->set.school, .guarded = guarded},
                .next_year = call->set.next_year,
                .requests = call->set.requests,
                .map = &map};
        bool ok = read_map(call, a, &map, rp) &&
                  import_school(call->args[0], &o, call->set.output, &counts, rp);

        int code = messages_end(rp);
        if (ok && !call->set.quiet)
                print_counts(call, &counts);
        arena_free(a);
        return code;
}

static int run(struct call *call)
{
        bool guarded = false;

        if (!usable(call) ||
                !yes_or_no(call, "spreadsheet-safe", call->set.spreadsheet_safe, &guarded))
                return EXIT_INPUT;
        if (!call->set.print_map)
                return import(call, guarded);
        fputs(preset_of(call), stdout);
        return EXIT_DONE;
}

const struct verb verb_import = {
        .name = "import",
        .args = "FOLDER|FILE.zip --format oneroster -o DIR [options]",
        .what = "make a school of OneRoster files and a table of requests",
        .more = "Make a school of the OneRoster files (1.1 or 1.2, bulk) of last year: students,\n"
                "teachers, courses, rooms, and the classes as they ran. DIR/school.yaml says at\n"
                "its head what is guessed or missing. Files that are there already are never\n"
                "overwritten.",
        .min_args = 0,
        .max_args = 1,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .run = run,
};
