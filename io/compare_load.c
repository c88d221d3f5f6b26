/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/compare.h"
#include "io/problem_read.h"
#include "io/schedule_json.h"
#include "model/verify.h"
#include <string.h>

void compare_init(struct compared *c)
{
        *c = (struct compared){.arena = arena_new()};
}

void compare_release(struct compared *c)
{
        for (int i = 0; i < c->n; i++) {
                for (int k = 0; k < c->v[i].n; k++)
                        mem_free(c->v[i].v[k].runs);
                mem_free(c->v[i].v);
        }
        for (int i = 0; i < c->n_owned; i++) {
                struct owned *o = &c->owned[i];
                for (int k = 0; k < o->n; k++)
                        schedule_free(o->sc[k]);
                problem_free(o->pb);
                mem_free(o->sc);
        }
        mem_free(c->v);
        mem_free(c->owned);
        arena_free(c->arena);
}

/* ---- schools and scenarios ---- */

static struct compared_school *school_of(struct compared *c, const char *id)
{
        for (int i = 0; i < c->n; i++) {
                if (!strcmp(c->v[i].id, id))
                        return &c->v[i];
        }
        MEM_GROW(c->v, c->n, c->cap);
        c->v[c->n] = (struct compared_school){.id = arena_strdup(c->arena, id), .base = -1};
        return &c->v[c->n++];
}

struct compared_scenario *compare_scenario(
        struct compared *c, const char *school, const char *id, const char *title)
{
        struct compared_school *s = school_of(c, school);

        for (int i = 0; i < s->n; i++) {
                if (!strcmp(s->v[i].id, id))
                        return &s->v[i];
        }
        MEM_GROW(s->v, s->n, s->cap);
        s->v[s->n] = (struct compared_scenario){
                .id = arena_strdup(c->arena, id), .title = arena_strdup(c->arena, title)};
        return &s->v[s->n++];
}

/* ---- schedules ---- */

static struct owned *problem_at(
        struct compared *c, const char *file, const char *root, struct report *rp)
{
        for (int i = 0; i < c->n_owned; i++) {
                if (!strcmp(c->owned[i].path, file))
                        return &c->owned[i];
        }
        struct problem *pb = problem_read(file, root, rp);
        if (!pb)
                return NULL;
        MEM_GROW(c->owned, c->n_owned, c->cap_owned);
        c->owned[c->n_owned] = (struct owned){.path = arena_strdup(c->arena, file), .pb = pb};
        return &c->owned[c->n_owned++];
}

/* Scores recounted; bounds as stated, where they were proven for this very school. */
static struct run run_of(const struct problem *pb, const struct answer *an, const struct verdict *v)
{
        struct run run = {
                .seed = (int)an->seed, .seconds = an->seconds, .status = an->status, .pb = pb};
        bool same = !strcmp(an->input_sha256, pb->sha256);

        for (int t = 0; t < N_TIERS; t++) {
                double unit = t == REQUIREMENT_SHORTFALL ? (double)pb->year_unit : 1;
                run.score[t] = (double)v->score.tier[t] / unit;
                run.bound_given[t] = same && an->bound_given[t];
                run.bound[t] = an->bound[t];
        }
        if (!same && run.status == STATUS_OPTIMAL)
                run.status = STATUS_FEASIBLE;
        return run;
}

static bool keep_run(struct owned *o, struct compared_scenario *to, const struct answer *an,
        const char *path, struct report *rp)
{
        struct verdict *v = verify(o->pb, an, false);
        bool sound = v->n_faults == 0;

        if (!sound) {
                report_error(rp, ERROR_INPUT, (struct place){.file = path},
                        "the schedule breaks a rule of its school (%s: %s); it cannot be compared",
                        v->faults[0].rule, v->faults[0].text);
        } else {
                struct run run = run_of(o->pb, an, v);
                MEM_GROW(o->sc, o->n, o->cap);
                o->sc[o->n] = answer_schedule(o->pb, an, rp);
                run.sc = o->sc[o->n++];
                MEM_GROW(to->runs, to->n, to->cap);
                to->runs[to->n++] = run;
        }
        verdict_free(v);
        return sound;
}

bool compare_add(struct compared *c, struct compared_scenario *to, const char *dir,
        const char *file, const char *root, struct report *rp)
{
        struct owned *o = problem_at(c, file, root, rp);
        const char *path = arena_printf(c->arena, "%s/schedule.json", dir);
        struct answer *an = o ? answer_read(o->pb, path, rp) : NULL;
        bool ok = an && keep_run(o, to, an, path, rp);

        answer_free(an);
        return ok;
}

/* ---- the end ---- */

static void finish_scenario(struct compared_school *s, struct compared_scenario *x)
{
        struct runs base = {s->v[s->base].n, s->v[s->base].runs}, own = {x->n, x->runs};

        x->best = runs_best(&own);
        measure(x->runs[x->best].sc, &x->measures);
        measure_usage(x->runs[x->best].sc, &x->usage);
        compare_runs(&base, &own, &x->against);
}

void compare_finish(struct compared *c)
{
        for (int i = 0; i < c->n; i++) {
                struct compared_school *s = &c->v[i];
                for (int k = 0; k < s->n; k++) {
                        if (!s->v[k].n)
                                continue;
                        if (s->base < 0)
                                s->base = k;
                        finish_scenario(s, &s->v[k]);
                }
        }
}
