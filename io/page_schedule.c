/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schedule in the page's island: sections, what is missing and why, who sits where. */
#include "io/page_parts.h"
#include <string.h>

static void grades(struct json_out *o, uint32_t set)
{
        json_begin_flat(o, "g", '[');
        for (int g = 0; g < 32; g++) {
                if (set >> g & 1)
                        json_int(o, NULL, g);
        }
        json_end(o, ']');
}

static void section(
        struct json_out *o, const struct schedule *sc, int s, const struct section_outcome *facts)
{
        const struct problem *pb = sc->pb;
        const struct course *c = &pb->courses[pb->section_course[s]];

        json_begin_flat(o, NULL, '{');
        json_int(o, "c", pb->section_course[s]);
        json_int(o, "k", pb->section_number[s]);
        json_int(o, "p", sc->start[s] % pb->n_periods);
        json_int(o, "len", c->periods);
        json_int(o, "m", sc->start[s] / pb->n_periods);
        json_int(o, "terms", c->terms);
        if (sc->teacher[s] >= 0)
                json_int(o, "t", sc->teacher[s]);
        if (sc->co_teacher[s] >= 0)
                json_int(o, "co", sc->co_teacher[s]);
        if (sc->room[s] >= 0)
                json_int(o, "r", sc->room[s]);
        if (sc->cohort[s] >= 0) {
                json_int(o, "h", sc->cohort[s]);
                json_int(o, "in", facts->members);
        }
        json_int(o, "n", facts->students);
        json_int(o, "cap", facts->seats);
        if (facts->locked)
                json_bool(o, "lock", true);
        grades(o, facts->grades);
        json_end(o, '}');
}

static void unplaced(struct json_out *o, const struct answer *an)
{
        json_begin(o, "unplaced", '[');
        for (int i = 0; i < an->n_unplaced; i++) {
                const struct answer_unplaced *u = &an->unplaced[i];
                json_begin_flat(o, NULL, '{');
                json_int(o, "c", u->course);
                json_int(o, "k", u->number);
                json_text(o, "why", outcome_cause(&u->why));
                json_text(o, "text", u->reason ? u->reason : "");
                json_end(o, '}');
        }
        json_end(o, ']');
}

static void unmet(struct json_out *o, const struct page *page)
{
        const struct problem *pb = page->schedule->pb;
        const struct answer *an = page->answer;

        json_begin(o, "unmet", '[');
        for (int i = 0; i < an->n_unmet; i++) {
                const struct answer_unmet *u = &an->unmet[i];
                int r = problem_request_of(pb, u->student, u->course);
                json_begin_flat(o, NULL, '{');
                json_int(o, "s", u->student);
                json_int(o, "c", u->course);
                json_int(o, "kind", u->kind);
                json_bool(o, "cte", r >= 0 && pb->requests[r].cte);
                json_text(o, "why", outcome_cause(&u->why));
                json_text(o, "text", u->reason ? u->reason : "");
                json_end(o, '}');
        }
        json_end(o, ']');
}

/* Without students: how many requests of a course and kind, by cause; no sentence, no student. */
static void unmet_counts(struct json_out *o, const struct page *page)
{
        const struct problem *pb = page->schedule->pb;
        const struct answer *an = page->answer;
        bool *done = mem_zero((size_t)an->n_unmet, sizeof *done);

        json_begin(o, "unmet", '[');
        for (int i = 0; i < an->n_unmet; i++) {
                const struct answer_unmet *u = &an->unmet[i];
                const char *why = outcome_cause(&u->why);
                int n = 0;

                if (done[i])
                        continue;
                for (int j = i; j < an->n_unmet; j++) {
                        const struct answer_unmet *v = &an->unmet[j];
                        if (v->course != u->course || strcmp(outcome_cause(&v->why), why))
                                continue;
                        done[j] = true;
                        n++;
                }
                json_begin_flat(o, NULL, '{');
                json_int(o, "c", u->course);
                json_bool(o, "cte", pb->courses[u->course].pathway >= 0);
                json_text(o, "why", why);
                json_int(o, "n", n);
                json_end(o, '}');
        }
        json_end(o, ']');
        mem_free(done);
}

static void outcomes(struct json_out *o, const struct page *page, const struct outcome *out)
{
        const struct problem *pb = page->schedule->pb;

        json_begin(o, "fates", '['); /* by course: met, alternates used, placed, seats */
        for (int c = 0; c < pb->n_courses; c++) {
                json_begin_flat(o, NULL, '[');
                json_int(o, NULL, out->courses[c].met);
                json_int(o, NULL, out->courses[c].alternates);
                json_int(o, NULL, out->courses[c].placed);
                json_int(o, NULL, out->courses[c].seats);
                json_end(o, ']');
        }
        json_end(o, ']');
        json_begin_flat(o, "pairs", '['); /* a, b, both, lost; -1: fewer than PAGE_SMALL */
        for (int i = 0; i < out->n_pairs; i++) {
                const struct pair_outcome *p = &out->pairs[i];
                bool small = !page->students && p->both < PAGE_SMALL;
                bool few = !page->students && p->lost > 0 && p->lost < PAGE_SMALL;
                json_int(o, NULL, p->a);
                json_int(o, NULL, p->b);
                json_int(o, NULL, small ? -1 : p->both);
                json_int(o, NULL, small || few ? -1 : p->lost);
        }
        json_end(o, ']');
}

void page_schedule(struct json_out *o, const struct page *page, const struct outcome *out)
{
        const struct schedule *sc = page->schedule;

        json_begin(o, "sections", '[');
        for (int s = 0; s < sc->pb->n_sections; s++) {
                if (sc->start[s] >= 0)
                        section(o, sc, s, &out->sections[s]);
        }
        json_end(o, ']');
        unplaced(o, page->answer);
        if (page->students)
                unmet(o, page);
        else
                unmet_counts(o, page);
        outcomes(o, page, out);
}

/* ---- students ---- */

/* Sections are listed without those that do not run: the number of each in the island's list. */
static int *listed(const struct schedule *sc)
{
        int *at = mem_zero((size_t)sc->pb->n_sections + 1, sizeof *at), n = 0;

        for (int s = 0; s < sc->pb->n_sections; s++)
                at[s] = sc->start[s] >= 0 ? n++ : -1;
        return at;
}

static void requests(
        struct json_out *o, const struct schedule *sc, const struct student *st, const int *at)
{
        json_begin_flat(o, "r", '['); /* course, kind, section or -1 */
        for (int r = st->first_request; r < st->first_request + st->n_requests; r++) {
                json_int(o, NULL, sc->pb->requests[r].course);
                json_int(o, NULL, (int)sc->pb->requests[r].kind);
                json_int(o, NULL, sc->seat[r] < 0 ? -1 : at[sc->seat[r]]);
        }
        json_end(o, ']');
}

static void student(
        struct json_out *o, const struct schedule *sc, const struct student *st, const int *at)
{
        const struct problem *pb = sc->pb;

        json_begin_flat(o, NULL, '{');
        json_text(o, "id", st->id);
        if (st->name)
                json_text(o, "name", st->name);
        json_int(o, "g", st->grade);
        if (st->pathway >= 0)
                json_int(o, "path", st->pathway);
        if (st->cohort >= 0)
                json_int(o, "h", st->cohort);
        if (st->full_day)
                json_int(o, "owed", st->full_day);
        if (st->flags.n) {
                json_begin_flat(o, "f", '[');
                for (int i = 0; i < st->flags.n; i++)
                        json_text(o, NULL, index_id(pb->flags, st->flags.v[i]));
                json_end(o, ']');
        }
        if (st->available != pb->all_cells) {
                json_begin_flat(o, "away", '[');
                for (int c = 0; c < pb->n_cells; c++) {
                        if (!(st->available >> c & 1))
                                json_int(o, NULL, c);
                }
                json_end(o, ']');
        }
        requests(o, sc, st, at);
        json_end(o, '}');
}

void page_students(struct json_out *o, const struct page *page)
{
        const struct schedule *sc = page->schedule;

        if (!page->students)
                return;
        int *at = listed(sc);
        json_begin(o, "students", '[');
        for (int x = 0; x < sc->pb->n_students; x++)
                student(o, sc, &sc->pb->students[x], at);
        json_end(o, ']');
        mem_free(at);
}
