/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"
#include "io/file.h"
#include "io/text.h"
#include "model/memory.h"
#include <string.h>
#include <sys/stat.h>

/* A school on two screens, which every newcomer edits: comments tell what one would look up first.
 */
static const char school[] =
        "# A school for msched. 'msched check school.yaml' tells what is wrong with it,\n"
        "# 'msched solve school.yaml -o result' makes a schedule.\n"
        "msched: 1\n"
        "school: {name: Example High, year: 2027-28}\n"
        "\n"
        "bell:\n"
        "  # terms: [S1, S2]            # omit: one term, the whole year\n"
        "  periods:                     # in the order of the day; ids are yours\n"
        "    - {id: 1, start: \"08:30\", end: \"09:50\"}\n"
        "    - {id: 2, start: \"10:00\", end: \"11:20\", break_after: true}    # lunch\n"
        "    - {id: 3, start: \"12:00\", end: \"13:20\"}\n"
        "    - {id: 4, start: \"13:30\", end: \"14:50\"}\n"
        "\n"
        "contract:                      # defaults, which a teacher or a course overrides\n"
        "  load: 3                      # periods taught, at most\n"
        "  size: {target: 8, max: 10}   # students in a section\n"
        "\n"
        "teachers:\n"
        "  - {id: lee, name: A. Lee, credentials: [cte-health, biology], available: [1, 2, 3]}\n"
        "  - {id: cruz, credentials: [english]}\n"
        "  - {id: patel, credentials: [mathematics, art]}\n"
        "\n"
        "rooms:\n"
        "  - {id: R1, types: [classroom]}\n"
        "  - {id: R2, types: [classroom]}\n"
        "  - {id: LAB, types: [health-lab, classroom], capacity: 8}\n"
        "\n"
        "courses:\n"
        "  - id: HLTH1\n"
        "    title: Health Careers 1\n"
        "    subject: Career Technical Education\n"
        "    pathway: health            # this makes it a CTE course\n"
        "    level: introductory\n"
        "    credential: cte-health     # whoever teaches it holds this\n"
        "    room: health-lab           # a type of room\n"
        "    periods: 2                 # two periods in a row, not across lunch\n"
        "  - {id: ENG9, title: English 9, subject: English, area: B, grades: [9],\n"
        "     credential: english, room: classroom}\n"
        "  - {id: ALG1, title: Algebra 1, subject: Mathematics, area: C,\n"
        "     credential: mathematics, room: classroom}\n"
        "  - {id: BIO, title: Biology, subject: Science, area: D, credential: biology,\n"
        "     room: classroom}\n"
        "  - {id: ART, title: Art 1, subject: Arts, area: F, credential: art, room: classroom}\n"
        "\n"
        "pathways:\n"
        "  - id: health\n"
        "    title: Patient Care\n"
        "    team: [lee, cruz]\n"
        "    cohorts:                   # students who take these courses together\n"
        "      - {id: health-9, grade: 9, courses: [ENG9, HLTH1], purity: 0.75}\n"
        "\n"
        "students: {file: students.csv}   # id,grade and optionally pathway,flags,...\n"
        "requests: {file: requests.csv}   # kind: required, elective or alternate\n";

static const char students[] = "id,grade,pathway\n"
                               "S01,9,health\nS02,9,health\nS03,9,health\nS04,9,health\n"
                               "S05,9,health\nS06,9,health\nS07,9,\nS08,9,\nS09,9,\nS10,9,\n"
                               "S11,9,\nS12,9,\n";

static const char *const names[] = {"school.yaml", "students.csv", "requests.csv"};
enum { N_FILES = sizeof names / sizeof names[0] };

static void print_requests(FILE *to)
{
        fputs("student,course,kind\n", to);
        for (int k = 1; k <= 12; k++) {
                fprintf(to, "S%02d,ENG9,required\nS%02d,ALG1,required\n", k, k);
                if (k <= 6)
                        fprintf(to, "S%02d,HLTH1,elective\n", k);
                else
                        fprintf(to, "S%02d,ART,elective\nS%02d,BIO,elective\n", k, k);
        }
        fputs("S12,HLTH1,alternate\n", to);
}

static bool is_free(const char *path, struct report *rp)
{
        struct stat st;

        if (lstat(path, &st))
                return true;
        return report_error(rp, ERROR_INPUT, (struct place){.file = path},
                "is there already; nothing was written");
}

static bool write_one(const char *path, int i, struct report *rp)
{
        struct file_out *f = file_create(path, 0600, rp);

        if (!f)
                return false;
        if (i == 2)
                print_requests(file_stream(f));
        else
                fputs(i == 0 ? school : students, file_stream(f));
        return file_commit(f, rp);
}

static int run(struct call *call)
{
        struct report *rp = report_new();
        struct arena *a = arena_new();
        const char *path[N_FILES];
        bool ok = true;

        for (int i = 0; i < N_FILES; i++) {
                path[i] = arena_printf(a, "%s/%s", call->args[0], names[i]);
                ok = ok && is_free(path[i], rp);
        }
        made_begin();
        ok = ok && dir_make(call->args[0], rp);
        /* The tables first: a school.yaml that is there has them. */
        for (int i = N_FILES - 1; i >= 0 && ok; i--)
                ok = write_one(path[i], i, rp);
        made_end(ok);
        if (ok && !call->set.quiet)
                printf("%s: a small school; now try\n  msched check %s\n  msched solve %s -o %s\n",
                        path[0], text_shell(a, path[0]), text_shell(a, path[0]),
                        text_shell(a, arena_printf(a, "%s/result", call->args[0])));
        arena_free(a);
        return messages_end(rp);
}

static const struct flag flags[] = {
        FLAG_SWITCH('q', "quiet", quiet, "errors alone"),
};

const struct verb verb_init = {
        .name = "init",
        .args = "DIR",
        .what = "write a small commented school to start from",
        .more = "Write school.yaml, students.csv and requests.csv to DIR: a small school, with\n"
                "comments, to start from. Files that are there already are never overwritten.",
        .min_args = 1,
        .max_args = 1,
        .flags = flags,
        .n_flags = sizeof flags / sizeof flags[0],
        .run = run,
};
