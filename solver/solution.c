/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/solution.h"
#include <string.h>

static const char *base_name(const char *path)
{
        const char *slash = path ? strrchr(path, '/') : NULL;

        return slash ? slash + 1 : path;
}

static void fill_options(struct answer *an, const struct options *o)
{
        char text[64];

        an->options = arena_array(an->arena, (size_t)n_option_rows, sizeof *an->options);
        for (int i = 0; i < n_option_rows; i++) {
                if (!strcmp(option_rows[i].name, "threads"))
                        continue; /* never changes a result, not even this record of it */
                options_text(o, i, text, sizeof text);
                an->options[an->n_options].name = option_rows[i].name;
                an->options[an->n_options++].value = arena_strdup(an->arena, text);
        }
}

/* Scores count years in the problem's unit; answers count years. */
static void fill_score(struct answer *an, const struct problem *pb, const struct solution *s)
{
        for (int t = 0; t < N_TIERS; t++) {
                double unit = t == REQUIREMENT_SHORTFALL ? (double)pb->year_unit : 1;
                an->score_given[t] = true;
                an->score[t] = (double)s->score.tier[t] / unit;
                an->bound_given[t] = s->bound.known[t];
                if (s->bound.known[t])
                        an->bound[t] = (double)s->bound.tier[t] / unit;
        }
}

static void fill_reasons(struct answer *an, const struct problem *pb, const struct solution *s)
{
        for (int i = 0; i < an->n_unplaced; i++) {
                struct answer_unplaced *u = &an->unplaced[i];
                int section = pb->courses[u->course].first_section + u->number - 1;
                u->why = s->unplaced[section];
                u->reason = reason_of_section(an->arena, pb, section, &u->why);
        }
        for (int i = 0; i < an->n_unmet; i++) {
                struct answer_unmet *u = &an->unmet[i];
                int request = problem_request_of(pb, u->student, u->course);
                u->why = s->unmet[request];
                u->reason = reason_of_request(an->arena, pb, request, &u->why);
        }
}

struct answer *solution_answer(
        const struct problem *pb, const struct options *o, const struct solution *s)
{
        struct answer *an = schedule_answer(s->schedule);

        an->format_ok = true;
        an->input_file = base_name(pb->file);
        memcpy(an->input_sha256, pb->sha256, sizeof an->input_sha256);
        an->version = MSCHED_VERSION;
        fill_options(an, o);
        an->seed = o->seed;
        an->seconds = s->seconds;
        an->status = (int)s->status;
        fill_score(an, pb, s);
        fill_reasons(an, pb, s);
        return an;
}
