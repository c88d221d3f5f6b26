/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/diff_text.h"
#include <stdlib.h>

static const char *course_id(const struct problem *pb, int section)
{
        return pb->courses[pb->section_course[section]].id;
}

static const char *name(const struct index *ids, int i)
{
        return i < 0 ? NULL : index_id(ids, i);
}

static const char *or_none(const char *id)
{
        return id ? id : "none";
}

/* ---- sentences ---- */

static void start_text(const struct problem *pb, int s, int start, FILE *to)
{
        fprintf(to, "period %s", pb->periods[start % pb->n_periods].id);
        if (pb->courses[pb->section_course[s]].terms < pb->n_terms)
                fprintf(to, " of %s", pb->terms[start / pb->n_periods]);
}

/* "; teacher: kim, was lopez" */
static void was(FILE *to, const char *what, const struct index *ids, int before, int after)
{
        if (before != after)
                fprintf(to, "; %s: %s, was %s", what, or_none(name(ids, after)),
                        or_none(name(ids, before)));
}

static void people(FILE *to, const struct section_change *c)
{
        if (c->joined)
                fprintf(to, "; %d student%s join%s", c->joined, c->joined == 1 ? "" : "s",
                        c->joined == 1 ? "s" : "");
        if (c->left)
                fprintf(to, "; %d student%s leave%s", c->left, c->left == 1 ? "" : "s",
                        c->left == 1 ? "s" : "");
}

static void section_text(const struct difference *d, const struct section_change *c, FILE *to)
{
        const struct schedule *a = d->a, *b = d->b;
        const struct problem *pb = a->pb;
        int s = c->section;

        fprintf(to, "%s section %d ", course_id(pb, s), pb->section_number[s]);
        if (c->what & CHANGE_PLACED) {
                fputs("runs now, in ", to);
                start_text(pb, s, b->start[s], to);
        } else if (c->what & CHANGE_DROPPED) {
                fputs("no longer runs; it was in ", to);
                start_text(pb, s, a->start[s], to);
        } else if (c->what & CHANGE_TIME) {
                fputs("moves from ", to);
                start_text(pb, s, a->start[s], to);
                fputs(" to ", to);
                start_text(pb, s, b->start[s], to);
        } else {
                fputs("stays in ", to);
                start_text(pb, s, a->start[s], to);
        }
        if (!(c->what & (CHANGE_PLACED | CHANGE_DROPPED))) {
                was(to, "teacher", pb->teacher_ids, a->teacher[s], b->teacher[s]);
                was(to, "co-teacher", pb->teacher_ids, a->co_teacher[s], b->co_teacher[s]);
                was(to, "room", pb->room_ids, a->room[s], b->room[s]);
                was(to, "reserved for", pb->cohort_ids, a->cohort[s], b->cohort[s]);
        }
        people(to, c);
        putc('.', to);
}

static void seat_text(const struct problem *pb, const struct seat_change *c, FILE *to)
{
        const char *course = pb->courses[pb->requests[c->request].course].id;

        if (c->from < 0)
                fprintf(to, " gets %s section %d", course, pb->section_number[c->to]);
        else if (c->to < 0)
                fprintf(to, " loses %s", course);
        else
                fprintf(to, " goes to %s section %d, not %d", course, pb->section_number[c->to],
                        pb->section_number[c->from]);
}

static FILE *open_text(char **text, size_t *size)
{
        FILE *to = open_memstream(text, size);

        if (!to)
                mem_short();
        return to;
}

static char *close_text(FILE *to, char **text)
{
        bool failed = ferror(to);

        if (fclose(to) || failed || !*text)
                mem_short();
        return *text;
}

char *diff_section_sentence(const struct difference *d, const struct section_change *c)
{
        char *text = NULL;
        size_t size;
        FILE *to = open_text(&text, &size);

        section_text(d, c, to);
        return close_text(to, &text);
}

char *diff_student_sentence(const struct difference *d, const struct student_change *c)
{
        const struct problem *pb = d->a->pb;
        char *text = NULL;
        size_t size;
        FILE *to = open_text(&text, &size);

        fputs(pb->students[c->student].id, to);
        for (int i = 0; i < c->n_seats; i++) {
                fputs(i ? "," : "", to);
                seat_text(pb, &d->seats[c->first_seat + i], to);
        }
        putc('.', to);
        return close_text(to, &text);
}

char *diff_asked_sentence(const struct difference *d, const struct asked_change *c)
{
        const struct problem *pb = d->a->pb;
        const char *who = pb->students[c->student].id, *what = pb->courses[c->course].id;
        char *text = NULL;
        size_t size;
        FILE *to = open_text(&text, &size);

        if (c->dropped)
                fprintf(to, "%s no longer asks for %s%s%s.", who, what,
                        c->cte ? ", a course of the student's CTE pathway" : "",
                        c->had ? ", which the first schedule gave" : ", which was not met");
        else
                fprintf(to, "%s asks for %s, and did not before%s.", who, what,
                        c->had ? "" : "; it is not met");
        return close_text(to, &text);
}

char *diff_dropped_clause(const struct difference *d)
{
        int cte = 0;
        char *text = NULL;
        size_t size;
        FILE *to = open_text(&text, &size);

        for (int i = 0; i < d->n_asked; i++)
                cte += d->asked[i].dropped && d->asked[i].cte;
        if (d->n_dropped)
                fprintf(to, ", but %d request%s dropped between the two and count%s in neither",
                        d->n_dropped, d->n_dropped == 1 ? " was" : "s were",
                        d->n_dropped == 1 ? "s" : "");
        if (cte)
                fprintf(to, " (%d for CTE)", cte);
        return close_text(to, &text);
}

static void tier_text(const struct difference *d, enum tier t, FILE *to)
{
        double unit = t == REQUIREMENT_SHORTFALL ? (double)d->a->pb->year_unit : 1;
        char before[REAL_TEXT], after[REAL_TEXT];

        real_text((double)d->before.tier[t] / unit, before);
        real_text((double)d->after.tier[t] / unit, after);
        fprintf(to, "  %s: %s, was %s\n", tier_name(t), after, before);
}

static void score_lines(const struct difference *d, FILE *to)
{
        const enum tier *order = d->a->pb->order;
        int way = score_compare(order, &d->after, &d->before);
        char *dropped = diff_dropped_clause(d);

        fprintf(to, "the score is %s%s\n",
                way < 0   ? "better"
                : way > 0 ? "worse"
                          : "the same",
                dropped);
        free(dropped);
        for (int i = 0; i < N_TIERS; i++)
                if (d->before.tier[order[i]] != d->after.tier[order[i]])
                        tier_text(d, order[i], to);
}

static void students_lines(const struct difference *d, enum fortune f, bool named, FILE *to)
{
        static const char *const verbs[N_FORTUNES] = {
                "won", "lost", "neither won nor lost (other sections, or a course for another)"};

        fprintf(to, "\n%d student%s %s\n", d->fortunes[f], d->fortunes[f] == 1 ? "" : "s",
                verbs[f]);
        for (int i = 0; named && i < d->n_students; i++) {
                if (d->students[i].fortune != f)
                        continue;
                char *text = diff_student_sentence(d, &d->students[i]);
                fprintf(to, "  %s\n", text);
                free(text);
        }
}

static void asked_lines(const struct difference *d, bool dropped, bool named, FILE *to)
{
        int n = dropped ? d->n_dropped : d->n_asked - d->n_dropped;

        if (n)
                fprintf(to, "\n%d request%s %s\n", n, n == 1 ? "" : "s",
                        dropped ? "dropped" : "added");
        for (int i = 0; named && i < d->n_asked; i++) {
                if (d->asked[i].dropped != dropped)
                        continue;
                char *text = diff_asked_sentence(d, &d->asked[i]);
                fprintf(to, "  %s\n", text);
                free(text);
        }
}

static void sections_lines(const struct difference *d, FILE *to)
{
        int same = d->n_sections - d->n_shifted;

        fprintf(to, "\n%d section%s changed\n", d->n_shifted, d->n_shifted == 1 ? "" : "s");
        for (int i = 0; i < d->n_sections; i++) {
                char *text = diff_section_sentence(d, &d->sections[i]);
                if (i == d->n_shifted)
                        fprintf(to, "\n%d section%s with other students alone\n", same,
                                same == 1 ? "" : "s");
                fprintf(to, "  %s\n", text);
                free(text);
        }
}

void diff_text(const struct difference *d, bool students, FILE *to)
{
        score_lines(d, to);
        asked_lines(d, true, students, to);
        asked_lines(d, false, students, to);
        sections_lines(d, to);
        for (int f = 0; f < N_FORTUNES; f++)
                students_lines(d, (enum fortune)f, students, to);
}

/* ---- data ---- */

static void side_json(struct json_out *o, const char *key, const struct schedule *sc, int s)
{
        const struct problem *pb = sc->pb;

        if (sc->start[s] < 0) {
                json_null(o, key);
                return;
        }
        json_begin_flat(o, key, '{');
        json_text(o, "term", pb->terms[sc->start[s] / pb->n_periods]);
        json_text(o, "period", pb->periods[sc->start[s] % pb->n_periods].id);
        json_text(o, "teacher", name(pb->teacher_ids, sc->teacher[s]));
        json_text(o, "co_teacher", name(pb->teacher_ids, sc->co_teacher[s]));
        json_text(o, "room", name(pb->room_ids, sc->room[s]));
        json_text(o, "cohort", name(pb->cohort_ids, sc->cohort[s]));
        json_end(o, '}');
}

static void number_json(struct json_out *o, const char *key, const struct problem *pb, int section)
{
        if (section < 0)
                json_null(o, key);
        else
                json_int(o, key, pb->section_number[section]);
}

static void scores_json(const struct difference *d, struct json_out *o)
{
        const struct problem *pb = d->a->pb;

        json_begin(o, "score", '[');
        for (int i = 0; i < N_TIERS; i++) {
                enum tier t = pb->order[i];
                double unit = t == REQUIREMENT_SHORTFALL ? (double)pb->year_unit : 1;
                json_begin_flat(o, NULL, '{');
                json_text(o, "tier", tier_name(t));
                json_real(o, "before", (double)d->before.tier[t] / unit);
                json_real(o, "after", (double)d->after.tier[t] / unit);
                json_end(o, '}');
        }
        json_end(o, ']');
}

static void people_json(const struct difference *d, struct json_out *o)
{
        static const char *const names[N_FORTUNES] = {"won", "lost", "moved"};

        json_begin(o, "people", '[');
        for (int i = 0; i < d->n_students; i++) {
                const struct student_change *c = &d->students[i];
                json_begin_flat(o, NULL, '{');
                json_text(o, "student", d->a->pb->students[c->student].id);
                json_text(o, "outcome", names[c->fortune]);
                json_int(o, "gained", c->gained);
                json_int(o, "lost", c->lost);
                json_int(o, "moved", c->moved);
                json_end(o, '}');
        }
        json_end(o, ']');
}

static void seats_json(const struct difference *d, struct json_out *o)
{
        const struct problem *pb = d->a->pb;

        json_begin(o, "students", '[');
        for (int i = 0; i < d->n_seats; i++) {
                const struct request *r = &pb->requests[d->seats[i].request];
                json_begin_flat(o, NULL, '{');
                json_text(o, "student", pb->students[r->student].id);
                json_text(o, "course", pb->courses[r->course].id);
                number_json(o, "before", pb, d->seats[i].from);
                number_json(o, "after", pb, d->seats[i].to);
                json_end(o, '}');
        }
        json_end(o, ']');
}

static void asked_json(const struct difference *d, struct json_out *o)
{
        const struct problem *pb = d->a->pb;

        json_begin(o, "requests", '[');
        for (int i = 0; i < d->n_asked; i++) {
                const struct asked_change *c = &d->asked[i];
                json_begin_flat(o, NULL, '{');
                json_text(o, "student", pb->students[c->student].id);
                json_text(o, "course", pb->courses[c->course].id);
                json_text(o, "change", c->dropped ? "dropped" : "added");
                json_bool(o, "met", c->had);
                json_bool(o, "cte", c->cte);
                json_end(o, '}');
        }
        json_end(o, ']');
}

void diff_json(const struct difference *d, bool students, struct json_out *o)
{
        const struct problem *pb = d->a->pb;

        scores_json(d, o);
        json_int(o, "requests_dropped", d->n_dropped);
        json_int(o, "requests_added", d->n_asked - d->n_dropped);
        json_begin(o, "sections", '[');
        for (int i = 0; i < d->n_sections; i++) {
                const struct section_change *c = &d->sections[i];
                json_begin_flat(o, NULL, '{');
                json_text(o, "course", course_id(pb, c->section));
                json_int(o, "section", pb->section_number[c->section]);
                side_json(o, "before", d->a, c->section);
                side_json(o, "after", d->b, c->section);
                json_int(o, "joined", c->joined);
                json_int(o, "left", c->left);
                json_end(o, '}');
        }
        json_end(o, ']');
        json_int(o, "won", d->fortunes[FORTUNE_WON]);
        json_int(o, "lost", d->fortunes[FORTUNE_LOST]);
        json_int(o, "moved", d->fortunes[FORTUNE_MOVED]);
        if (!students)
                return;
        people_json(d, o);
        asked_json(d, o);
        seats_json(d, o);
}
