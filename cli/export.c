/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"
#include "io/export_row.h"
#include "io/export_table.h"
#include "io/file.h"
#include "io/oneroster.h"
#include "model/verify.h"
#include <string.h>

static const struct flag flags[] = {
        FLAG_TEXT(0, "format", "NAME", format,
                "oneroster, oneroster-1.2, powerschool, aeries or csv"),
        FLAG_TEXT('o', "output", "DIR|FILE.zip", output, "where the files go"),
        FLAG_TEXT(0, "map", "MAP.yaml", map, "tables and columns, instead of the format's own"),
        FLAG_SWITCH(0, "print-map", print_map, "print the format's own, to be edited"),
        FLAG_TEXT(0, "spreadsheet-safe", "yes|no", spreadsheet_safe,
                "no cell may be a formula (csv: yes; others: no)"),
        FLAG_SWITCH(0, "force", force, "replace files; export a schedule that breaks hard rules"),
        FLAG_TEXT(0, "root", "DIR", root, "the folder that all files of the school lie under"),
        FLAG_SWITCH(0, "redact", redact, "no student ids in messages"),
        FLAG_SWITCH('q', "quiet", quiet, "errors and warnings alone"),
};

static bool is_oneroster(const char *format)
{
        return !strncmp(format, "oneroster", 9);
}

static bool known_format(const char *format)
{
        return !strcmp(format, "oneroster") || !strcmp(format, "oneroster-1.1") ||
               !strcmp(format, "oneroster-1.2") || export_map(format);
}

/* What is asked for makes sense; prints why not. */
static bool usable(const struct call *call)
{
        const struct settings *set = &call->set;
        const char *wrong = NULL;

        if (!set->format || !known_format(set->format))
                wrong = "needs --format oneroster, oneroster-1.2, powerschool, aeries or csv";
        else if (set->map && is_oneroster(set->format))
                wrong = "takes no --map with OneRoster, whose columns are fixed";
        else if (set->print_map && is_oneroster(set->format))
                wrong = "has no map of OneRoster, whose columns are fixed";
        else if (!set->print_map && call->n_args != 2)
                wrong = "needs SCHOOL.yaml and SCHEDULE.json";
        else if (!set->print_map && !set->output)
                wrong = "needs -o DIR or -o FILE.zip";
        if (wrong)
                fprintf(stderr, "msched: export %s; see 'msched export --help'\n", wrong);
        return !wrong;
}

/* An SIS would take what is there at its word: the schedule must be one, and of this school. */
static bool sound(
        const struct call *call, const struct problem *pb, struct answer *an, struct report *rp)
{
        struct place at = {.file = call->args[1]};
        struct verdict *v = verify(pb, an, false);
        int faults = v->n_faults;
        int own = 0;

        if (strcmp(an->input_sha256, pb->sha256) != 0)
                report_warn(rp, at,
                        "was made from another state of %s; it is checked against the present one",
                        call->args[0]);
        for (int i = 0; i < faults && i < 3; i++)
                report_warn(rp, at, "%s: %s", v->faults[i].rule, v->faults[i].text);
        verdict_free(v);
        if (faults && !call->set.force)
                return report_error(rp, ERROR_INPUT, at,
                        "the schedule breaks %d hard rules (see 'msched verify'); --force exports "
                        "it all the same",
                        faults);
        for (int i = 0; i < an->n_sections; i++)
                if (export_has(pb, &an->sections[i]))
                        an->sections[own++] = an->sections[i];
        if (own < an->n_sections)
                report_warn(rp, at,
                        "%d sections name what the school does not have; they are left out",
                        an->n_sections - own);
        an->n_sections = own;
        return true;
}

static bool write_tables(const struct call *call, const struct problem *pb, const struct answer *an,
        bool safe, struct bundle *b, struct report *rp)
{
        const char *own = export_map(call->set.format);
        size_t size = strlen(own);
        struct place at = {.file = call->set.map};

        if (!call->set.map)
                return export_tables(pb, an, call->set.format, own, size, safe, b, rp);
        char *text = file_read(call->set.map, (size_t)1 << 20, &size, at, rp);
        file_guard_read();
        bool ok = text && export_tables(pb, an, call->set.map, text, size, safe, b, rp);
        mem_free(text);
        return ok;
}

static bool write_all(const struct call *call, const struct problem *pb, struct answer *an,
        bool safe, struct report *rp)
{
        const struct oneroster_options o = {
                .v12 = !strcmp(call->set.format, "oneroster-1.2"), .guard = safe};

        if (!sound(call, pb, an, rp))
                return false;
        struct bundle *b = bundle_new(call->set.output);
        bool ok = is_oneroster(call->set.format) ? oneroster_write(pb, an, &o, b, rp)
                                                 : write_tables(call, pb, an, safe, b, rp);
        if (ok)
                return bundle_commit(b, call->set.force, rp);
        bundle_free(b);
        return false;
}

static int export_schedule(struct call *call, bool safe)
{
        int code;
        struct problem *pb = load_school(call, false, &code);
        struct answer *an = pb ? load_answer(call, pb, call->args[1], false, &code) : NULL;

        if (an) {
                struct report *rp = report_new();
                bool ok = write_all(call, pb, an, safe, rp);
                code = messages_end(rp);
                if (ok && !call->set.quiet)
                        printf("%s: %d sections of %d students\n", call->set.output, an->n_sections,
                                pb->n_students);
        }
        answer_free(an);
        problem_free(pb);
        return code;
}

static int run(struct call *call)
{
        bool safe;

        if (!usable(call))
                return EXIT_INPUT;
        safe = !strcmp(call->set.format, "csv");
        if (!yes_or_no(call, "spreadsheet-safe", call->set.spreadsheet_safe, &safe))
                return EXIT_INPUT;
        if (!call->set.print_map)
                return export_schedule(call, safe);
        fputs(export_map(call->set.format), stdout);
        return EXIT_DONE;
}

const struct verb verb_export = {
        .name = "export",
        .args = "SCHOOL.yaml SCHEDULE.json --format NAME -o DIR [options]",
        .what = "write a schedule as files that other systems take",
        .more = "Write a schedule as files for another system (oneroster, powerschool, aeries) or\n"
                "for people (csv), to a folder or to a zip archive. What OneRoster wants and the\n"
                "school does not say is listed by 'msched check SCHOOL.yaml --for oneroster'.",
        .min_args = 0,
        .max_args = 2,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .run = run,
};
