/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/explain_write.h"
#include "io/explain_grid.h"
#include "io/file.h"
#include "io/json_write.h"
#include "model/freeze.h"

/* ---- what both say ---- */

static const char *people(struct arena *a, int n, const char *what)
{
        return arena_printf(a, "%d other student%s %s", n, n == 1 ? "" : "s", what);
}

static const char *requests(struct arena *a, int n, const char *what)
{
        return arena_printf(a, "%d request%s of others %s", n, n == 1 ? "" : "s", what);
}

enum { MOST_EFFECTS = 12 };

/* "gives up WELD2, a CTE request" */
static const char *grave(struct arena *a, const struct problem *pb, const struct fix *x)
{
        const struct request *q = &pb->requests[x->given_up];
        int k = pb->students[q->student].cohort;
        const char *what = q->cte                ? "a CTE request"
                           : q->kind == REQUIRED ? "which is required"
                                                 : "which the cohort takes together";

        return arena_printf(a, "gives up %s, %s%s%s", pb->courses[q->course].id, what,
                !q->cte && q->kind != REQUIRED && k >= 0 ? ": " : "",
                !q->cte && q->kind != REQUIRED && k >= 0 ? pb->cohorts[k].id : "");
}

/* The side effects, in sentences; their number. */
static int effects(struct arena *a, const struct problem *pb, const struct fix *x,
        const char *out[MOST_EFFECTS])
{
        int n = 0;

        if (x->grave)
                out[n++] = grave(a, pb, x);
        if (x->own_lost)
                out[n++] = arena_printf(a, "costs the student %d request%s", x->own_lost,
                        x->own_lost == 1 ? "" : "s");
        if (x->lost)
                out[n++] = requests(a, x->lost, "no longer met");
        if (x->gained)
                out[n++] = requests(a, x->gained, "met too");
        if (x->moved)
                out[n++] =
                        people(a, x->moved, x->moved == 1 ? "changes sections" : "change sections");
        if (x->alternates)
                out[n++] = arena_printf(a, "%d alternate%s of others no longer used", x->alternates,
                        x->alternates == 1 ? "" : "s");
        if (x->sections && x->kind != FIX_MOVE)
                out[n++] = arena_printf(a, "%d section%s another period, teacher or room",
                        x->sections, x->sections == 1 ? " has" : "s have");
        if (x->shorter)
                out[n++] = "leaves a requirement (A-G or graduation) shorter";
        if (x->empty)
                out[n++] =
                        arena_printf(a, "%d more empty period%s of students who asked for a class",
                                x->empty, x->empty == 1 ? "" : "s");
        if (x->cte_lost)
                out[n++] = arena_printf(a, "%d more CTE request%s or section%s not met",
                        x->cte_lost, x->cte_lost == 1 ? "" : "s", x->cte_lost == 1 ? "" : "s");
        if (x->cohort_breaks)
                out[n++] = arena_printf(a,
                        "%d more cohort request%s met outside the cohort's sections",
                        x->cohort_breaks, x->cohort_breaks == 1 ? "" : "s");
        return n;
}

static const char *cost(const struct fix *x)
{
        if (x->lost)
                return x->lost < x->gained ? "gives others more requests than it takes from them"
                                           : "takes requests from others";
        if (fix_is_last_resort(x))
                return "a last resort: takes what the student's plan needs";
        if (x->kind == FIX_SWAP)
                return "another course than the one asked for";
        if (x->own_lost)
                return "takes a request of the student's own";
        return "takes no request from anyone";
}

const char *explain_solving(struct arena *a, const struct fix *x)
{
        const char *frozen = freeze_text(a, x->frozen);
        char work[REAL_TEXT];

        real_text(x->work, work);
        return arena_printf(a, "%s%s%s--time-limit 0 --work-limit %s", *frozen ? "--freeze " : "",
                frozen, *frozen ? " " : "", work);
}

/* ---- JSON ---- */

static void write_fix(
        struct json_out *o, struct arena *a, const struct problem *pb, const struct fix *x)
{
        const char *said[MOST_EFFECTS];
        int n = effects(a, pb, x, said);

        json_begin_flat(o, NULL, '{');
        json_text(o, "kind", fix_code(x->kind));
        json_text(o, "text", x->text);
        json_text(o, "cost", cost(x));
        json_begin_flat(o, "effects", '[');
        for (int i = 0; i < n; i++)
                json_text(o, NULL, said[i]);
        json_end(o, ']');
        json_begin_flat(o, "edits", '[');
        for (int i = 0; i < x->n_edits; i++) {
                struct place at = edit_at(pb, &x->edits[i]);
                json_begin_flat(o, NULL, '{');
                json_text(o, "text", edit_text(a, pb, &x->edits[i]));
                if (at.line)
                        json_int(o, "line", at.line);
                json_end(o, '}');
        }
        json_end(o, ']');
        json_int(o, "own_lost", x->own_lost);
        json_int(o, "lost", x->lost);
        json_int(o, "gained", x->gained);
        json_int(o, "moved", x->moved);
        json_int(o, "alternates", x->alternates);
        json_int(o, "sections", x->sections);
        json_int(o, "cte_lost", x->cte_lost);
        json_int(o, "cohort_breaks", x->cohort_breaks);
        json_bool(o, "requirement_shorter", x->shorter);
        json_int(o, "empty_periods", x->empty);
        json_bool(o, "last_resort", fix_is_last_resort(x));
        json_text(o, "verified_by",
                arena_printf(a, "solve --from SCHEDULE.json %s", explain_solving(a, x)));
        json_end(o, '}');
}

static void write_fixes(struct json_out *o, struct arena *a, const struct problem *pb,
        const struct fix *v, int n, bool late)
{
        if (late)
                json_bool(o, "not_looked_for", true);
        json_begin(o, "fixes", '[');
        for (int i = 0; i < n; i++)
                write_fix(o, a, pb, &v[i]);
        json_end(o, ']');
}

static void write_request(struct json_out *o, struct arena *a, const struct problem *pb,
        const struct explained_request *e)
{
        static const char *const kinds[] = {"required", "elective", "alternate"};
        const struct request *q = &pb->requests[e->request];

        json_begin(o, NULL, '{');
        json_text(o, "student", pb->students[q->student].id);
        json_text(o, "course", pb->courses[q->course].id);
        json_text(o, "kind", kinds[q->kind]);
        json_text(o, "why", why_code(e->reason.why));
        json_text(o, "reason", reason_of_request(a, pb, e->request, &e->reason));
        write_fixes(o, a, pb, e->fixes, e->n_fixes, e->late);
        json_end(o, '}');
}

static void write_section(struct json_out *o, struct arena *a, const struct problem *pb,
        const struct explained_section *e)
{
        json_begin(o, NULL, '{');
        json_text(o, "course", pb->courses[pb->section_course[e->section]].id);
        json_int(o, "section", pb->section_number[e->section]);
        json_text(o, "why", why_code(e->reason.why));
        json_text(o, "reason", reason_of_section(a, pb, e->section, &e->reason));
        if (e->clash)
                json_text(o, "cannot_hold_together", e->clash);
        write_fixes(o, a, pb, e->fixes, e->n_fixes, e->late);
        json_end(o, '}');
}

static void write_obstacle(struct json_out *o, const struct problem *pb, const struct obstacle *b)
{
        json_begin_flat(o, NULL, '{');
        json_text(o, "code", obstacle_code(b->kind));
        if (b->courses.n) {
                json_begin_flat(o, "courses", '[');
                for (int i = 0; i < b->courses.n; i++)
                        json_text(o, NULL, pb->courses[b->courses.v[i]].id);
                json_end(o, ']');
        }
        if (b->kind == BLOCK_RULE)
                json_int(o, "line", pb->rules[b->rule].at.line);
        if (b->kind == BLOCK_LOCK)
                json_int(o, "line", pb->locks[b->lock].at.line);
        json_end(o, '}');
}

static void write_spot(struct json_out *o, const struct schedule *sc, const struct grid_spot *g)
{
        const struct problem *pb = sc->pb;
        int start = sc->start[g->section];

        json_begin_flat(o, NULL, '{');
        json_int(o, "section", pb->section_number[g->section]);
        json_text(o, "term", pb->terms[start / pb->n_periods]);
        json_text(o, "period", pb->periods[start % pb->n_periods].id);
        json_int(o, "free", g->free);
        if (g->seated)
                json_bool(o, "seated", true);
        json_begin_flat(o, "blocked_by", '[');
        for (int i = 0; i < g->n_obstacles; i++)
                write_obstacle(o, pb, &g->obstacles[i]);
        json_end(o, ']');
        json_end(o, '}');
}

/* One row a request; its sections by the term and period where they start. */
static void write_grid(
        struct json_out *o, const struct schedule *sc, const struct explained_student *x)
{
        const struct problem *pb = sc->pb;

        json_begin(o, NULL, '{');
        json_text(o, "student", pb->students[x->student].id);
        json_begin(o, "rows", '[');
        for (int i = 0; i < x->n_rows; i++) {
                const struct grid_row *row = &x->rows[i];
                json_begin(o, NULL, '{');
                json_text(o, "course", pb->courses[pb->requests[row->request].course].id);
                json_bool(o, "met", sc->seat[row->request] >= 0);
                json_begin(o, "sections", '[');
                for (int j = 0; j < row->n_spots; j++)
                        write_spot(o, sc, &row->spots[j]);
                json_end(o, ']');
                json_end(o, '}');
        }
        json_end(o, ']');
        json_end(o, '}');
}

void explain_json(const struct explained *ex, const char *sha256, FILE *to)
{
        const struct problem *pb = ex->sc->pb;
        struct json_out o = {.to = to};
        struct arena *a = arena_new();

        json_begin(&o, NULL, '{');
        json_text(&o, "format", "msched-explain/1");
        json_text(&o, "schedule_sha256", sha256);
        json_bool(&o, "fixes_looked_for", ex->looked);
        json_begin(&o, "requests", '[');
        for (int i = 0; i < ex->n_requests; i++)
                write_request(&o, a, pb, &ex->requests[i]);
        json_end(&o, ']');
        json_begin(&o, "sections", '[');
        for (int i = 0; i < ex->n_sections; i++)
                write_section(&o, a, pb, &ex->sections[i]);
        json_end(&o, ']');
        json_begin(&o, "grids", '[');
        for (int i = 0; i < ex->n_students; i++)
                write_grid(&o, ex->sc, &ex->students[i]);
        json_end(&o, ']');
        json_end(&o, '}');
        fputc('\n', to);
        arena_free(a);
}

bool explain_write(
        const struct explained *ex, const char *sha256, const char *path, struct report *rp)
{
        struct file_out *f = file_create(path, 0600, rp);

        if (!f)
                return false;
        explain_json(ex, sha256, file_stream(f));
        return file_commit(f, rp);
}

/* ---- text ---- */

static void print_fixes(struct arena *a, const struct explained *ex, const struct fix *v, int n,
        bool late, FILE *to)
{
        const struct problem *pb = ex->sc->pb;
        const char *said[MOST_EFFECTS];

        if (!ex->looked)
                return;
        if (late)
                fputs("  No time was left to look for changes that help; asked for alone it is.\n",
                        to);
        else if (!n)
                fputs("  No small change that helps was found.\n", to);
        for (int i = 0; i < n; i++) {
                fprintf(to, "  %d. %s: %s\n", i + 1, v[i].text, cost(&v[i]));
                int m = effects(a, pb, &v[i], said);
                for (int j = 0; j < m; j++)
                        fprintf(to, "     %s\n", said[j]);
                fprintf(to, "     holds when solved with %s\n", explain_solving(a, &v[i]));
        }
}

void explain_text(const struct explained *ex, bool grids, FILE *to)
{
        const struct problem *pb = ex->sc->pb;
        struct arena *a = arena_new();

        for (int i = 0; i < ex->n_students && grids; i++)
                explain_grid(ex, &ex->students[i], to);
        for (int i = 0; i < ex->n_requests; i++) {
                const struct explained_request *e = &ex->requests[i];
                const struct request *q = &pb->requests[e->request];
                fprintf(to, "%s, %s: %s\n", pb->students[q->student].id, pb->courses[q->course].id,
                        reason_of_request(a, pb, e->request, &e->reason));
                print_fixes(a, ex, e->fixes, e->n_fixes, e->late, to);
        }
        for (int i = 0; i < ex->n_sections; i++) {
                const struct explained_section *e = &ex->sections[i];
                fprintf(to, "%s-%d: %s\n", pb->courses[pb->section_course[e->section]].id,
                        pb->section_number[e->section],
                        reason_of_section(a, pb, e->section, &e->reason));
                if (e->clash)
                        fprintf(to, "  What cannot hold together: %s.\n", e->clash);
                print_fixes(a, ex, e->fixes, e->n_fixes, e->late, to);
        }
        arena_free(a);
}
