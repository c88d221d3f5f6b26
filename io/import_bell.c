/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Terms and periods, as far as the classes show them. */
#include "io/import_school.h"
#include "io/text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_PERIODS = 6 };

/* ---- terms ---- */

static int session_of(const struct import *im, const char *id)
{
        for (int i = 0; i < im->in->n_sessions; i++)
                if (!strcmp(im->in->sessions[i].id, id))
                        return i;
        return -1;
}

/* Is a the session b, or above it? Chains of parents may be circular. */
static bool holds(const struct import *im, int a, int b)
{
        for (int steps = 0; b >= 0 && steps < 10; steps++) {
                if (a == b)
                        return true;
                b = session_of(im, im->in->sessions[b].parent);
        }
        return false;
}

struct terms {
        int n, *session; /* in the order of the year */
        bool *used;      /* [n_sessions] a class names it */
};

static void mark_used(const struct import *im, struct terms *t)
{
        t->used = arena_array(im->arena, (size_t)im->in->n_sessions + 1, sizeof *t->used);
        t->session = arena_array(im->arena, (size_t)im->in->n_sessions + 1, sizeof *t->session);
        for (int c = 0; c < im->in->n_classes; c++) {
                const struct in_list *names = &im->in->classes[c].terms;
                for (int i = 0; i < names->n; i++) {
                        int s = session_of(im, names->v[i]);
                        if (s >= 0)
                                t->used[s] = true;
                }
        }
}

static void insert_by_start(const struct import *im, struct terms *t, int session)
{
        const struct in_session *s = im->in->sessions;
        int i = t->n++;

        for (; i > 0 && strcmp(s[t->session[i - 1]].start, s[session].start) > 0; i--)
                t->session[i] = t->session[i - 1];
        t->session[i] = session;
}

/* Those that classes name and that hold no other such one. */
static void find_terms(const struct import *im, struct terms *t)
{
        mark_used(im, t);
        for (int a = 0; a < im->in->n_sessions; a++) {
                bool lowest = t->used[a];
                for (int b = 0; lowest && b < im->in->n_sessions; b++)
                        lowest = a == b || !t->used[b] || !holds(im, a, b);
                if (lowest)
                        insert_by_start(im, t, a);
        }
}

static const char *term_id(const struct import *im, const struct in_session *s)
{
        if (text_is_id(s->title) && index_find(im->pb->term_ids, s->title) < 0)
                return s->title;
        return arena_printf(im->pb->arena, "T%d", index_size(im->pb->term_ids) + 1);
}

/* Dates are taken if all terms have them, one after the other. */
static void take_dates(struct import *im, const struct terms *t)
{
        struct problem *pb = im->pb;
        struct dates *d = arena_array(pb->arena, (size_t)t->n + 1, sizeof *d);
        bool fine = t->n > 0 && !im->o->next_year;

        for (int i = 0; i < t->n; i++) {
                const struct in_session *s = &im->in->sessions[t->session[i]];
                d[i] = (struct dates){s->start, s->end};
                fine = fine && text_date(s->start) && text_date(s->end) &&
                       strcmp(s->start, s->end) < 0 && (!i || strcmp(d[i - 1].end, s->start) < 0);
        }
        if (fine)
                pb->term_dates = d;
        else if (t->n && !im->o->next_year)
                report_warn(im->rp, (struct place){.file = im->in->sessions[0].at.file},
                        "the dates of the terms overlap or are not there; they are left out");
}

/* A class runs in the terms that it names, or that a session it names holds; by default in all. */
static void place_class(struct import *im, const struct terms *t, int c)
{
        const struct in_list *names = &im->in->classes[c].terms;

        for (int i = 0; i < im->pb->n_terms; i++) {
                bool runs = names->n == 0 || t->n == 0;
                for (int k = 0; k < names->n && !runs; k++)
                        runs = holds(im, session_of(im, names->v[k]), t->session[i]);
                if (runs)
                        ints_push(im->pb->arena, &im->class_terms[c], i);
        }
}

static void take_year(struct import *im, const struct terms *t)
{
        for (int i = 0; t->n && !im->o->next_year && i < im->in->n_sessions; i++)
                if (!strcmp(im->in->sessions[i].type, "schoolYear") && holds(im, i, t->session[0]))
                        im->pb->year = im->in->sessions[i].title;
}

static void read_terms(struct import *im)
{
        struct problem *pb = im->pb;
        struct terms t = {0};

        find_terms(im, &t);
        if (t.n > MAX_CELLS)
                t.n = 0;
        for (int i = 0; i < t.n; i++)
                index_add(pb->term_ids, term_id(im, &im->in->sessions[t.session[i]]));
        if (!t.n)
                index_add(pb->term_ids, "Y");
        pb->n_terms = index_size(pb->term_ids);
        pb->terms = arena_array(pb->arena, (size_t)pb->n_terms, sizeof *pb->terms);
        for (int i = 0; i < pb->n_terms; i++)
                pb->terms[i] = index_id(pb->term_ids, i);
        take_dates(im, &t);
        take_year(im, &t);
        for (int c = 0; c < im->in->n_classes; c++)
                place_class(im, &t, c);
}

/* ---- periods ---- */

/* Numbers in a text by value, the rest by letter: 2 before 10, 1A before 2A. */
static int compare(const char *a, const char *b)
{
        while (*a && *b) {
                if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
                        char *end_a, *end_b;
                        unsigned long x = strtoul(a, &end_a, 10), y = strtoul(b, &end_b, 10);
                        if (x != y)
                                return x < y ? -1 : 1;
                        a = end_a;
                        b = end_b;
                } else if (*a != *b) {
                        return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
                } else {
                        a++;
                        b++;
                }
        }
        return (*a != 0) - (*b != 0);
}

/* "3B" is the third period of day B; NULL: no such name. */
static const char *day_of(const char *period)
{
        size_t digits = strspn(period, "0123456789");
        return digits && isupper((unsigned char)period[digits]) && !period[digits + 1]
                       ? period + digits
                       : NULL;
}

static int by_period(const void *p, const void *q)
{
        return compare(*(const char *const *)p, *(const char *const *)q);
}

static int by_day(const void *p, const void *q)
{
        const char *a = *(const char *const *)p, *b = *(const char *const *)q;
        int order = strcmp(day_of(a), day_of(b));
        return order ? order : compare(a, b);
}

/* Do the periods name two days or more, each of them one? */
static bool has_days(int n, const char **names)
{
        bool several = false;

        for (int i = 0; i < n; i++) {
                if (!day_of(names[i]))
                        return false;
                several |= strcmp(day_of(names[i]), day_of(names[0])) != 0;
        }
        return several;
}

static const char **period_names(const struct import *im, int *n)
{
        struct index *seen = index_new();

        for (int c = 0; c < im->in->n_classes; c++) {
                const struct in_list *periods = &im->in->classes[c].periods;
                for (int i = 0; i < periods->n; i++)
                        if (text_is_id(periods->v[i]))
                                index_add(seen, periods->v[i]);
        }
        *n = index_size(seen);
        const char **names = arena_array(im->pb->arena, (size_t)*n + USUAL_PERIODS, sizeof *names);
        for (int i = 0; i < *n; i++)
                names[i] = arena_strdup(im->pb->arena, index_id(seen, i));
        index_free(seen);
        if (*n * im->pb->n_terms > MAX_CELLS) {
                report_warn(im->rp, im->in->classes[0].at,
                        "found %d periods in %d terms, more than %d cells; the periods are left "
                        "out",
                        *n, im->pb->n_terms, MAX_CELLS);
                *n = 0;
        }
        return names;
}

static void read_periods(struct import *im)
{
        struct problem *pb = im->pb;
        int n;
        const char **names = period_names(im, &n);
        bool days = has_days(n, names);

        if (n)
                qsort(names, (size_t)n, sizeof *names, days ? by_day : by_period);
        for (int i = 0; !n && i < USUAL_PERIODS && (i + 1) * pb->n_terms <= MAX_CELLS; i++)
                names[i] = arena_printf(pb->arena, "%d", i + 1);
        pb->n_periods = n                                         ? n
                        : MAX_CELLS / pb->n_terms < USUAL_PERIODS ? MAX_CELLS / pb->n_terms
                                                                  : USUAL_PERIODS;
        pb->periods = arena_array(pb->arena, (size_t)pb->n_periods, sizeof *pb->periods);
        for (int i = 0; i < pb->n_periods; i++) {
                index_add(pb->period_ids, names[i]);
                pb->periods[i] = (struct period){
                        .id = index_id(pb->period_ids, i), .day = days ? day_of(names[i]) : NULL};
        }
        pb->n_cells = pb->n_terms * pb->n_periods;
        for (int c = 0; c < im->in->n_classes; c++)
                for (int i = 0; i < im->in->classes[c].periods.n; i++) {
                        int p = index_find(pb->period_ids, im->in->classes[c].periods.v[i]);
                        if (p >= 0 && n)
                                ints_push(pb->arena, &im->class_periods[c], p);
                }
}

static int by_number(const void *p, const void *q)
{
        return *(const int *)p - *(const int *)q;
}

void import_bell(struct import *im)
{
        read_terms(im);
        read_periods(im);
        for (int c = 0; c < im->in->n_classes; c++)
                if (im->class_periods[c].n)
                        qsort(im->class_periods[c].v, (size_t)im->class_periods[c].n, sizeof(int),
                                by_number);
}
