/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/oneroster.h"
#include "io/text.h"
#include <stdlib.h>
#include <string.h>

/* "2027-28", "2027-2028", "2027/28", "2028" (the year it ends in). */
static int year_of_text(const char *text)
{
        char *end;
        long first = strtol(text, &end, 10), last;

        if (end != text + 4 || first < 1000)
                return -1;
        if (!*end)
                return (int)first;
        const char *rest = end + 1;
        last = strtol(rest, &end, 10);
        if (!strchr("-/", rest[-1]) || *end || (end != rest + 2 && end != rest + 4))
                return -1;
        if (end == rest + 2)
                last += (first + 1) / 100 * 100;
        return last == first + 1 ? (int)last : -1;
}

int oneroster_year(const struct problem *pb)
{
        int year = pb->year ? year_of_text(pb->year) : -1;

        if (year < 0 && pb->term_dates && pb->term_dates[pb->n_terms - 1].end)
                year = atoi(pb->term_dates[pb->n_terms - 1].end);
        return year;
}

bool oneroster_names(struct arena *a, const struct person *p, const char *name, const char *id,
        const char **given, const char **family)
{
        const char *comma = name ? strchr(name, ',') : NULL;
        const char *blank = name ? strrchr(name, ' ') : NULL;

        *given = *family = name ? name : id;
        if (comma && *text_trim(a, comma + 1, strlen(comma + 1))) {
                *family = text_trim(a, name, (size_t)(comma - name));
                *given = text_trim(a, comma + 1, strlen(comma + 1));
        } else if (blank) {
                *given = text_trim(a, name, (size_t)(blank - name));
                *family = blank + 1;
        }
        if (p->given)
                *given = p->given;
        if (p->family)
                *family = p->family;
        return name || p->given || p->family;
}

struct missing {
        int names, sis_ids, emails, n;
};

static void count(struct missing *m, struct arena *a, const struct person *p, const char *name,
        const char *id)
{
        const char *given, *family;

        m->n++;
        m->names += !oneroster_names(a, p, name, id, &given, &family);
        m->sis_ids += !p->sis_id;
        m->emails += !p->email;
}

static void warn_people(
        const struct missing *m, bool all, const char *what, struct place at, struct report *rp)
{
        if (m->names)
                report_warn(rp, at,
                        "%d of %d %s have no 'name', 'given' or 'family'; the id stands for both "
                        "names",
                        m->names, m->n, what);
        if (m->sis_ids && all)
                report_warn(rp, at,
                        "%d of %d %s have no 'sis_id'; their sourcedIds are made of their ids",
                        m->sis_ids, m->n, what);
        if (m->emails && all)
                report_warn(rp, at, "%d of %d %s have no 'email'; the sourcedId is their username",
                        m->emails, m->n, what);
}

static bool check_dates(const struct problem *pb, struct place at, struct report *rp)
{
        bool ok = true;

        for (int t = 0; t < pb->n_terms; t++)
                if (!pb->term_dates || !pb->term_dates[t].start || !pb->term_dates[t].end)
                        ok = report_error(rp, ERROR_INPUT, at,
                                "OneRoster wants to know when term '%s' starts and ends; expected "
                                "it in bell: term_dates: {%s: {start: ..., end: ...}}",
                                pb->terms[t], pb->terms[t]);
        return ok;
}

bool oneroster_check(const struct problem *pb, bool all, struct report *rp)
{
        struct place at = {.file = pb->file};
        struct arena *a = arena_new();
        struct missing teachers = {0}, students = {0};
        bool ok = check_dates(pb, at, rp);

        if (!pb->name)
                ok = report_error(rp, ERROR_INPUT, at,
                        "OneRoster wants the name of the school; expected school: {name: ...}");
        if (oneroster_year(pb) < 0)
                ok = report_error(rp, ERROR_INPUT, at,
                        "OneRoster wants the school year; expected school: {year: 2027-28}");
        if (!pb->school_id && all)
                report_warn(rp, at,
                        "the school has no 'id'; sourcedIds are made of its name and change with "
                        "it");
        for (int i = 0; i < pb->n_teachers; i++)
                count(&teachers, a, &pb->teachers[i].person, pb->teachers[i].name,
                        pb->teachers[i].id);
        for (int i = 0; i < pb->n_students; i++)
                count(&students, a, &pb->students[i].person, pb->students[i].name,
                        pb->students[i].id);
        warn_people(&teachers, all, "teachers", at, rp);
        warn_people(&students, all, "students", at, rp);
        arena_free(a);
        return ok;
}
