/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/import_school.h"
#include "io/file.h"
#include "io/problem_read.h"
#include "io/problem_write.h"
#include "io/schedule_json.h"
#include <string.h>
#include <sys/stat.h>

enum { MOST_ITEMS = 5000 }; /* as the reader of schools has it */

static const char head[] =
        "A school made of OneRoster files. Such files say who is there, what is offered and how\n"
        "it ran; the rest is guessed or missing. Go through it in this order:\n"
        "\n"
        "bell       Periods are those that classes name. Check their order and days, and add\n"
        "           break_after: true where lunch is.\n"
        "contract   Not known. For example:\n"
        "             contract: {load: 5, preps: 3, contacts: 165, size: {target: 28, max: 34}}\n"
        "teachers   Credentials are the subjects that they taught. Add others, and part time as\n"
        "             available: [1, 2, 3]\n"
        "rooms      All are of one type, without a capacity. Give labs, gyms and kitchens types\n"
        "           of their own, and their courses the type.\n"
        "courses    Add size, area, credits; for career technical education pathway and level.\n"
        "           How many sections there are follows from the requests and the target size.\n"
        "pathways   Not known. For example:\n"
        "             pathways:\n"
        "               - id: health\n"
        "                 team: [nguyen, kim]\n"
        "                 cohorts: [{id: health-10, grade: 10, courses: [ENG10, HLTH1]}]\n"
        "students   Add the columns pathway and flags to students.csv.\n"
        "requests   OneRoster has none: put them into requests.csv.\n"
        "\n"
        "last/schedule.json has the classes as they ran. To stay close to them:\n"
        "  previous: {file: last/schedule.json}\n"
        "\n";

/* ---- the school ---- */

static const char *or_none(const char *text)
{
        return *text ? text : NULL;
}

static bool few(struct import *im, const char *what, int n, int most)
{
        return n <= most || report_error(im->rp, ERROR_INPUT, (struct place){0},
                                    "found %d %s; expected at most %d", n, what, most);
}

static bool build(struct import *im)
{
        size_t n = (size_t)im->in->n_classes + 1;
        int errors = report_errors(im->rp);

        im->class_course = arena_array(im->arena, n, sizeof *im->class_course);
        im->class_terms = arena_array(im->arena, n, sizeof *im->class_terms);
        im->class_periods = arena_array(im->arena, n, sizeof *im->class_periods);
        im->pb->name = or_none(im->in->school);
        im->pb->school_id = or_none(im->in->school_identifier);
        im->pb->district = or_none(im->in->district);
        import_bell(im);
        import_people(im);
        import_courses(im);
        return report_errors(im->rp) == errors &&
               few(im, "students", im->pb->n_students, MAX_STUDENTS) &&
               few(im, "teachers", im->pb->n_teachers, MOST_ITEMS) &&
               few(im, "rooms", im->pb->n_rooms, MOST_ITEMS) &&
               few(im, "courses", im->pb->n_courses, MOST_ITEMS) &&
               few(im, "classes", im->in->n_classes, MAX_SECTIONS);
}

/* Courses by every name that a table of requests may have for them: id or sourcedId. */
static bool add_requests(struct import *im)
{
        const struct import_options *o = im->o;
        return !o->requests ||
               import_requests(im->pb, im->courses, o->requests, o->map, o->choice.guarded, im->rp);
}

/* ---- files ---- */

static bool is_free(const char *path, struct report *rp)
{
        struct stat st;

        return lstat(path, &st) || report_error(rp, ERROR_INPUT, (struct place){.file = path},
                                           "is there already; nothing was written");
}

static bool write_last(const struct import *im, const struct problem *pb, const char *path,
        struct import_counts *counts)
{
        struct answer *an = import_last(im, &counts->seats);

        an->input_file = pb->file;
        memcpy(an->input_sha256, pb->sha256, sizeof an->input_sha256);
        counts->classes = an->n_sections;
        bool ok = answer_write(pb, an, path, im->rp);
        answer_free(an);
        return ok;
}

/* The school is read again: what was written is what a school is. */
static bool write_all(struct import *im, const char *folder, struct import_counts *counts)
{
        static const char *const names[] = {"students.csv", "requests.csv", "last/schedule.json"};
        const char *path = arena_printf(im->arena, "%s/school.yaml", folder);
        const char *last = arena_printf(im->arena, "%s/last", folder);
        bool ok = is_free(path, im->rp);

        for (size_t i = 0; ok && i < sizeof names / sizeof *names; i++)
                ok = is_free(arena_printf(im->pb->arena, "%s/%s", folder, names[i]), im->rp);
        if (!ok || !dir_make(last, im->rp) || !problem_write(im->pb, path, NULL, head, im->rp))
                return false;
        struct problem *pb = problem_read(path, NULL, im->rp);
        ok = pb && write_last(im, pb, arena_printf(im->arena, "%s/schedule.json", last), counts);
        problem_free(pb);
        return ok;
}

bool import_school(const char *path, const struct import_options *o, const char *folder,
        struct import_counts *counts, struct report *rp)
{
        struct roster_in in;
        struct import im = {.in = &in, .o = o, .arena = arena_new(), .rp = rp, .pb = problem_new()};
        bool ok =
                roster_read(path, &o->choice, im.arena, &in, rp) && build(&im) && add_requests(&im);

        *counts = (struct import_counts){im.pb->n_students, im.pb->n_teachers, im.pb->n_courses,
                im.pb->n_rooms, 0, 0, im.pb->n_requests};
        made_begin();
        ok = made_end(ok && write_all(&im, folder, counts));
        index_free(im.users);
        index_free(im.courses);
        index_free(im.classes);
        problem_free(im.pb);
        arena_free(im.arena);
        return ok;
}
