/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How good the schedule is, in the page's island: score, measures, and the same by group. */
#include "io/page_parts.h"
#include "io/summary.h"

static void score(struct json_out *o, const struct page *page)
{
        const struct problem *pb = page->schedule->pb;
        const struct answer *an = page->answer;

        json_begin(o, "score", '['); /* from the top; n: the number in the specification */
        for (int i = 0; i < N_TIERS; i++) {
                enum tier t = pb->order[i];
                json_begin_flat(o, NULL, '{');
                json_text(o, "tier", tier_name(t));
                json_int(o, "n", (int)t + 1);
                json_real(o, "value", an->score[t]);
                if (an->bound_given[t])
                        json_real(o, "bound", an->bound[t]);
                json_end(o, '}');
        }
        json_end(o, ']');
}

static void group(struct json_out *o, const struct page *page, const char *kind, const char *id,
        const bool *in)
{
        struct measures m;
        int n = 0;

        for (int x = 0; x < page->schedule->pb->n_students; x++)
                n += in[x];
        if (!n || (!page->students && n < PAGE_SMALL))
                return;
        measure_some(page->schedule, in, &m);
        json_begin_flat(o, NULL, '{');
        json_text(o, "kind", kind);
        json_text(o, "id", id);
        json_int(o, "n", n);
        measures_json(o, "m", &m);
        json_end(o, '}');
}

static void by_grade(struct json_out *o, const struct page *page, bool *in)
{
        const struct problem *pb = page->schedule->pb;
        char id[16];

        for (int g = 0; g <= 20; g++) {
                for (int x = 0; x < pb->n_students; x++)
                        in[x] = pb->students[x].grade == g;
                snprintf(id, sizeof id, "%d", g);
                group(o, page, "grade", id, in);
        }
}

/* Pathway -1: those without one. */
static void by_pathway(struct json_out *o, const struct page *page, bool *in)
{
        const struct problem *pb = page->schedule->pb;

        for (int p = pb->n_pathways - 1; p >= -1; p--) {
                int which = p < 0 ? NONE : pb->n_pathways - 1 - p;
                for (int x = 0; x < pb->n_students; x++)
                        in[x] = pb->students[x].pathway == which;
                const char *id = which < 0 ? NULL : pb->pathways[which].id;
                if (pb->n_pathways)
                        group(o, page, "pathway", id, in);
        }
}

static void by_cohort(struct json_out *o, const struct page *page, bool *in)
{
        const struct problem *pb = page->schedule->pb;

        for (int h = 0; h < pb->n_cohorts; h++) {
                for (int x = 0; x < pb->n_students; x++)
                        in[x] = pb->students[x].cohort == h;
                group(o, page, "cohort", pb->cohorts[h].id, in);
        }
}

static void by_flag(struct json_out *o, const struct page *page, bool *in)
{
        const struct problem *pb = page->schedule->pb;

        for (int f = 0; f < index_size(pb->flags); f++) {
                for (int x = 0; x < pb->n_students; x++)
                        in[x] = problem_has_flag(pb, x, f);
                group(o, page, "flag", index_id(pb->flags, f), in);
        }
}

static void faults(struct json_out *o, const struct page *page)
{
        const struct verdict *v = page->verdict;

        json_begin(o, "faults", '[');
        for (int i = 0; v && i < v->n_faults; i++) {
                json_begin_flat(o, NULL, '{');
                json_text(o, "rule", v->faults[i].rule);
                if (page->students) /* the words name students */
                        json_text(o, "text", v->faults[i].text);
                json_end(o, '}');
        }
        json_end(o, ']');
}

void page_measures(struct json_out *o, const struct page *page)
{
        static const char *const status[] = {"optimal", "feasible", "interrupted"};
        const struct problem *pb = page->schedule->pb;
        const struct answer *an = page->answer;
        bool *in = mem_zero((size_t)pb->n_students + 1, sizeof *in);
        struct measures m;

        json_text(o, "file", an->input_file);
        json_text(o, "sha256", an->input_sha256);
        json_text(o, "version", an->version);
        json_int(o, "seed", an->seed);
        json_real(o, "seconds", an->seconds);
        json_text(o, "status", an->status >= 0 ? status[an->status] : NULL);
        faults(o, page);
        score(o, page);
        measure(page->schedule, &m);
        measures_json(o, "measures", &m);
        json_begin(o, "groups", '[');
        by_grade(o, page, in);
        by_pathway(o, page, in);
        by_cohort(o, page, in);
        by_flag(o, page, in);
        json_end(o, ']');
        mem_free(in);
}
