/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/cte.h"
#include "solver/cte_parts.h"
#include "solver/glpk_guard.h"
#include "solver/mip.h"
#include <math.h>

static const double PLAN_SHARE = 0.10, BOUND_SHARE = 0.05, MOST_SHARE = 0.3;
static const int64_t SOON_STEPS = 20000000;
static const double SOON_SECONDS = 3;
static const double WHOLE = 1e-6;
static const double SLACK = 150;                /* less than a request of the first tier */
static const int64_t ENDLESS_STEPS = 400000000; /* where nothing limits the run */

struct job {
        const struct frame *frame;
        struct meter *meter;
        struct schedule *sc;
        struct bound *bound;
        struct cte_result out;
        struct arena *arena;
        struct made made;
        struct schedule *draft, *plan;
        int64_t lack; /* of the plan, as in lack_of() */
};

struct formulation *cte_program(struct cte *c)
{
        struct formulation *f = formulation_new(c->pb, (struct scope){0}, false);

        c->made->v[c->made->n++] = f;
        f->lp = glp_create_prob();
        glp_set_obj_dir(f->lp, GLP_MIN);
        return f;
}

/* What sections outside of the scope, placed by locks, take. */
static void read_around(struct cte *c)
{
        const struct problem *pb = c->pb;

        c->teacher_busy = arena_array(c->arena, (size_t)pb->n_teachers + 1, sizeof(cellset));
        c->room_busy = arena_array(c->arena, (size_t)pb->n_rooms + 1, sizeof(cellset));
        c->student_busy = arena_array(c->arena, (size_t)pb->n_students + 1, sizeof(cellset));
        for (int s = 0; c->around && s < pb->n_sections; s++) {
                int unit = c->frame->unit_of[s], start = c->around->start[s];
                if (start < 0 || unit < 0 || c->frame->bundles[c->frame->units[unit].bundle].cte)
                        continue;
                cellset cells = pb->courses[pb->section_course[s]].start_cells[start];
                if (c->around->teacher[s] >= 0)
                        c->teacher_busy[c->around->teacher[s]] |= cells;
                if (c->around->co_teacher[s] >= 0)
                        c->teacher_busy[c->around->co_teacher[s]] |= cells;
                if (c->around->room[s] >= 0)
                        c->room_busy[c->around->room[s]] |= cells;
        }
        for (int r = 0; c->around && r < pb->n_requests; r++) {
                int s = c->frame->locked_seat[r];
                if (s < 0 || c->around->start[s] < 0 ||
                        c->frame->bundles[c->frame->units[c->frame->unit_of[s]].bundle].cte)
                        continue;
                const struct course *co = &pb->courses[pb->section_course[s]];
                c->student_busy[pb->requests[r].student] |= co->start_block[c->around->start[s]];
        }
}

enum mode { PLAN, PLAN_BY_NAME, PLAN_WITH_BREAKS, RELAXATION };

static void build(struct cte *c, struct job *job, enum mode mode)
{
        *c = (struct cte){.frame = job->frame,
                .pb = job->frame->pb,
                .arena = job->arena,
                .made = &job->made,
                .plan = mode != RELAXATION,
                .breaks = mode == RELAXATION || mode == PLAN_WITH_BREAKS,
                .by_name = mode == PLAN_BY_NAME,
                .around = mode == RELAXATION ? NULL : job->sc};
        c->f = cte_program(c);
        read_around(c);
        cte_sorts(c);
        cte_packs(c);
        cte_columns(c);
        if (c->too_large)
                return;
        cte_staff_rows(c);
        cte_rows(c);
        cte_rule_rows(c);
}

static void keep_values(struct cte *c)
{
        int n = glp_get_num_cols(c->f->lp);

        c->value = arena_array(c->arena, (size_t)n + 1, sizeof *c->value);
        for (int i = 1; i <= n; i++)
                c->value[i] = glp_get_col_prim(c->f->lp, i);
}

/* A share of what is left; in a short run more, as a plan takes what it takes. */
static struct meter share_of(const struct meter *m, double share)
{
        double left = m->limit > 0 ? (double)meter_steps_left(m) / (double)SOON_STEPS
                                   : meter_seconds_left(m) / SOON_SECONDS;

        if (left * share < 1)
                share = left * MOST_SHARE < 1 ? MOST_SHARE : 1 / left;
        struct meter part = meter_part(m, share);
        if (part.limit <= 0 && part.deadline <= 0)
                part.limit = (int64_t)((double)ENDLESS_STEPS * share);
        return part;
}

static void count_plan(const struct cte *c, struct cte_result *out)
{
        double unmet = 0, missing = 0, breaks = 0;

        for (int p = 0; p < c->n_packs; p++)
                for (int w = 0; w < c->packs[p].n_wishes; w++)
                        unmet += c->value[c->packs[p].wishes[w].unmet];
        for (int i = 0; i < c->pb->n_courses; i++)
                if (c->pb->courses[i].pathway >= 0 && c->missing[i])
                        missing += c->value[c->missing[i]];
        for (int i = 0; i < c->n_seats; i++)
                breaks += c->seats[i].breaks ? c->value[c->seats[i].column] : 0;
        out->breaks = (int64_t)ceil(breaks - WHOLE);
        out->unmet = c->never + (int64_t)ceil(unmet - WHOLE);
        out->unplaced = (int64_t)ceil(missing - WHOLE);
}

/* Weighted as the tiers are. */
static int64_t lack_of(const struct cte *c, const struct cte_result *out)
{
        return 100 * (out->unmet + c->left) + 300 * (out->unplaced + c->nobody) + out->breaks;
}

/* A plan, kept if it lacks less than the one there is. */
static void make_plan(struct job *job, struct meter *m, enum mode mode)
{
        struct cte c;
        struct cte_result out = {.placed = true};

        build(&c, job, mode);
        c.meter = m;
        if (!c.too_large) {
                cte_soft(&c);
                if (cte_dive(&c, SLACK)) {
                        keep_values(&c);
                        schedule_copy(job->draft, job->sc);
                        count_plan(&c, &out);
                        if (cte_realize(&c, job->draft) &&
                                (!job->out.placed || lack_of(&c, &out) < job->lack)) {
                                job->out = out;
                                job->lack = lack_of(&c, &out);
                                schedule_copy(job->plan, job->draft);
                        }
                }
        }
        formulation_close(c.f);
}

static void bound_first_tiers(struct job *job, struct meter *m)
{
        struct cte c;

        build(&c, job, RELAXATION);
        c.meter = m;
        if (!c.too_large)
                cte_bounds(&c, job->bound);
        formulation_close(c.f);
}

static bool is_best(const struct job *job)
{
        const int64_t *b = job->bound->tier;

        return job->out.placed &&
               job->lack <= 100 * b[CTE_UNMET] + 300 * b[CTE_UNPLACED] + b[COHORT_BREAKS];
}

static void body(void *context)
{
        struct job *job = context;
        struct meter plan = share_of(job->meter, PLAN_SHARE);

        for (int mode = PLAN; mode <= PLAN_WITH_BREAKS && !is_best(job); mode++)
                if (!meter_over(&plan))
                        make_plan(job, &plan, (enum mode)mode);
        meter_join(job->meter, &plan);
        if (is_best(job))
                return;
        struct meter bound = share_of(job->meter, BOUND_SHARE);
        bound_first_tiers(job, &bound);
        meter_join(job->meter, &bound);
}

static void bound_body(void *context)
{
        struct job *job = context;

        bound_first_tiers(job, job->meter);
}

/* Guard what body does with the job, then free what it left; whether GLPK held out. */
static bool run_job(struct job *job, void (*run)(void *))
{
        const struct frame *f = job->frame;
        struct report *rp = report_new();
        bool any = false, fine;

        job->arena = arena_new();
        for (int i = 0; i < f->n_bundles; i++)
                any |= f->bundles[i].cte;
        fine = any && glpk_guard(run, job, rp);
        for (int i = 0; i < job->made.n; i++)
                formulation_free(job->made.v[i]);
        arena_free(job->arena);
        report_free(rp);
        return fine;
}

struct cte_result cte_place(
        const struct frame *f, struct meter *m, struct schedule *sc, struct bound *b)
{
        struct job job = {.frame = f, .meter = m, .sc = sc, .bound = b};

        job.draft = schedule_new(f->pb);
        job.plan = schedule_new(f->pb);
        if (!run_job(&job, body))
                job.out.placed = false;
        if (job.out.placed)
                schedule_copy(sc, job.plan);
        schedule_free(job.draft);
        schedule_free(job.plan);
        return job.out;
}

void cte_bound(const struct frame *f, struct meter *m, struct bound *b)
{
        struct job job = {.frame = f, .meter = m, .bound = b};

        run_job(&job, bound_body);
}
