/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flags, support and the rules that name people, as the plan keeps them. */
#include "benchmarks/school/rules.h"
#include <math.h>
#include <string.h>

static bool sits_in(const struct school *s, int pupil, int unit)
{
        return s->pupils[pupil].seat[__builtin_ctzll(s->units[unit].cells)] == unit;
}

static void set_flag(struct build *b, int i, int flag)
{
        struct student *st = &b->pb->students[i];
        int list[4], n = st->flags.n;

        if (ints_has(&st->flags, flag))
                return;
        memcpy(list, st->flags.v, (size_t)n * sizeof *list);
        list[n] = flag;
        st->flags = build_ints(b->pb, list, n + 1);
}

static void set_credential(struct build *b, int teacher, int credential)
{
        struct teacher *t = &b->pb->teachers[teacher];
        int list[8], n = t->credentials.n;

        if (ints_has(&t->credentials, credential))
                return;
        memcpy(list, t->credentials.v, (size_t)n * sizeof *list);
        list[n] = credential;
        t->credentials = build_ints(b->pb, list, n + 1);
}

/* Section k becomes section 1 and the other way round. */
static void make_first(struct build *b, int course, int k)
{
        int *units = &b->unit_of[course * b->most], keep = units[0];

        units[0] = units[k - 1];
        units[k - 1] = keep;
}

static void support(struct build *b, int course, int flag, int credential)
{
        struct course *c = &b->pb->courses[course];

        c->support = (struct support){true, flag, build_ints(b->pb, &credential, 1), 1};
}

static bool stacked(const struct build *b, int course)
{
        for (int r = 0; r < b->pb->n_rules; r++)
                if (b->pb->rules[r].kind == RULE_STACK &&
                        ints_has(&b->pb->rules[r].courses, course))
                        return true;
        return false;
}

/* One specialist teaches beside the first sections of some core courses, at different times. */
static cellset choose_support(struct build *b, int flag, int credential, int most)
{
        struct school *s = b->s;
        cellset busy = 0;

        for (int o = 0; o < s->n_offers && most > 0; o++) {
                const struct offer *x = &s->offers[o];
                bool core = x->role == ENGLISH || x->role == MATH || x->role == SCIENCE;
                if (!core || x->row->tilt > 0 || x->n_units < 2 || stacked(b, b->course_of[o]) ||
                        rng_chance(&s->rng, 0.3))
                        continue;
                for (int k = x->n_units; k >= 1; k--) {
                        const struct unit *u = rule_unit(b, b->course_of[o], k);
                        if ((u->cells & busy) || u->cohort >= 0)
                                continue;
                        busy |= u->cells;
                        make_first(b, b->course_of[o], k);
                        support(b, b->course_of[o], flag, credential);
                        most--;
                        break;
                }
        }
        return busy;
}

/* Students who may carry the flag: in no supported course outside its supported section. */
static bool may_be_flagged(const struct build *b, int i, bool *supported)
{
        const struct school *s = b->s;

        *supported = false;
        for (int c = 0; c < b->pb->n_courses; c++) {
                if (!b->pb->courses[c].support.given)
                        continue;
                for (int k = 1; k <= rule_sections(b, c); k++) {
                        if (!sits_in(s, i, build_unit(b, c, k)))
                                continue;
                        if (k > 1)
                                return false;
                        *supported = true;
                }
        }
        return true;
}

static void hire_specialist(struct build *b, cellset busy, int credential)
{
        struct problem *pb = b->pb;
        struct teacher *t = &pb->teachers[pb->n_teachers];
        int load = 0;

        *t = (struct teacher){.id = "specialist-1",
                .credentials = build_ints(pb, &credential, 1),
                .stated = {-1, -1, -1, -1},
                .available = ((cellset)1 << pb->n_cells) - 1,
                .home = -1};
        for (int i = 0; i < pb->n_terms; i++) {
                cellset term = (((cellset)1 << pb->n_periods) - 1) << i * pb->n_periods;
                int n = __builtin_popcountll(busy & term);
                load = n > load ? n : load;
        }
        t->stated = (struct limits){load, pb->n_periods, pb->n_periods, 250};
        index_add(pb->teacher_ids, t->id);
        b->specialist = pb->n_teachers++;
}

static void support_some(struct build *b)
{
        struct problem *pb = b->pb;
        int flag = build_term(pb, pb->flags, "iep"),
            credential = build_term(pb, pb->credentials, "education-specialist");
        cellset busy = choose_support(b, flag, credential, b->s->bell.load / 2 + 1);

        if (busy)
                hire_specialist(b, busy, credential);
        for (int i = 0; i < pb->n_students; i++) {
                bool supported;
                if (may_be_flagged(b, i, &supported) &&
                        rng_chance(&b->s->rng, supported ? 0.25 : 0.06))
                        set_flag(b, i, flag);
        }
}

static int flagged_in(const struct build *b, int unit, int flag)
{
        int n = 0;

        for (int i = 0; i < b->s->n_pupils; i++)
                n += sits_in(b->s, i, unit) && ints_has(&b->pb->students[i].flags, flag);
        return n;
}

/* The largest share of flagged students in any section of the course, up to the next hundredth. */
static void state_limit(struct build *b, int course, int flag)
{
        int most = 0, max = b->pb->courses[course].size_max_stated;

        for (int k = 1; k <= rule_sections(b, course); k++) {
                int n = flagged_in(b, build_unit(b, course, k), flag);
                most = n > most ? n : most;
        }
        if (!most || b->pb->courses[course].support.given)
                return;
        struct rule *r = rule_add(b, RULE_LIMIT);
        r->flag = flag;
        r->share = (struct ratio){(most * 100 + max - 1) / max, 100};
        r->courses = build_ints(b->pb, &course, 1);
}

static bool all_authorised(const struct build *b, int i, int credential)
{
        const struct school *s = b->s;

        for (int c = 0; c < s->n_cells; c++) {
                int u = s->pupils[i].seat[c];
                if (u >= 0 &&
                        !ints_has(&b->pb->teachers[s->units[u].staff].credentials, credential))
                        return false;
        }
        return true;
}

/* So many teachers are authorised that one student in sixteen has none but those. */
static void state_needs(struct build *b)
{
        struct problem *pb = b->pb;
        struct school *s = b->s;
        int flag = build_term(pb, pb->flags, "el"),
            credential = build_term(pb, pb->credentials, "el-auth");
        double share = pow(0.06, 1.0 / (s->bell.n_periods + (s->bell.parts ? 8 : 0)));

        for (int t = 0; t < s->n_staff; t++)
                if (rng_chance(&s->rng, share))
                        set_credential(b, t, credential);
        for (int i = 0; i < pb->n_students; i++)
                if (all_authorised(b, i, credential) && rng_chance(&s->rng, 0.8))
                        set_flag(b, i, flag);
        struct rule *r = rule_add(b, RULE_NEEDS);
        r->flag = flag;
        r->credentials = build_ints(pb, &credential, 1);
}

static bool together(const struct school *s, int i, int k)
{
        for (int c = 0; c < s->n_cells; c++) {
                int u = s->pupils[i].seat[c], v = s->pupils[k].seat[c];
                if (u >= 0 && v >= 0 &&
                        (u == v || s->units[u].leader == v || s->units[v].leader == u))
                        return true;
        }
        return false;
}

static void state_apart(struct build *b, int most)
{
        struct school *s = b->s;

        for (int trial = 0; trial < 5000 && most > 0; trial++) {
                int v[2] = {rng_below(&s->rng, s->n_pupils), rng_below(&s->rng, s->n_pupils)};
                if (v[0] == v[1] || s->pupils[v[0]].grade != s->pupils[v[1]].grade ||
                        together(s, v[0], v[1]))
                        continue;
                rule_add(b, RULE_APART)->students = build_ints(b->pb, v, 2);
                most--;
        }
}

/* A student and a teacher of his course whom he does not have. */
static void state_avoid(struct build *b, int most)
{
        struct school *s = b->s;

        for (int trial = 0; trial < 20000 && most > 0; trial++) {
                int i = rng_below(&s->rng, s->n_pupils),
                    u = s->pupils[i].seat[rng_below(&s->rng, s->n_cells)];
                if (u < 0)
                        continue;
                const struct offer *o = &s->offers[s->units[u].offer];
                int teacher = s->units[o->first_unit + rng_below(&s->rng, o->n_units)].staff;
                bool has = false;
                for (int c = 0; c < s->n_cells; c++)
                        has = has || (s->pupils[i].seat[c] >= 0 &&
                                             s->units[s->pupils[i].seat[c]].staff == teacher);
                if (has)
                        continue;
                struct rule *r = rule_add(b, RULE_AVOID);
                r->student = i;
                r->teacher = teacher;
                most--;
        }
}

static int free_periods(const struct build *b, cellset busy, uint64_t periods)
{
        int least = 64;

        for (int t = 0; t < b->pb->n_terms; t++) {
                int n = __builtin_popcountll(periods & ~(busy >> t * b->pb->n_periods));
                least = n < least ? n : least;
        }
        return least;
}

static cellset busy_cells(const struct build *b, int teacher)
{
        cellset busy = 0;

        for (int u = 0; u < b->s->n_units; u++)
                busy |= b->s->units[u].staff == teacher ? b->s->units[u].cells : 0;
        return busy;
}

static cellset class_cells(const struct build *b, int i)
{
        cellset busy = 0;

        for (int c = 0; c < b->s->n_cells; c++)
                busy |= b->s->pupils[i].seat[c] >= 0 ? (cellset)1 << c : 0;
        return busy;
}

static void state_free(struct build *b, bool teachers, int most)
{
        struct problem *pb = b->pb;
        int people = teachers ? b->s->n_staff : b->s->n_pupils;

        for (int trial = 0; trial < 20000 && most > 0; trial++) {
                int v[2] = {rng_below(&b->s->rng, people), rng_below(&b->s->rng, people)};
                uint64_t periods = 0;
                for (int i = 0; i < 1 + pb->n_periods / 2; i++)
                        periods |= (uint64_t)1 << rng_below(&b->s->rng, pb->n_periods);
                int x = free_periods(
                        b, teachers ? busy_cells(b, v[0]) : class_cells(b, v[0]), periods);
                int y = free_periods(
                        b, teachers ? busy_cells(b, v[1]) : class_cells(b, v[1]), periods);
                if (v[0] == v[1] || !x || !y)
                        continue;
                struct rule *r = rule_add(b, RULE_FREE);
                *(teachers ? &r->teachers : &r->students) = build_ints(pb, v, 2);
                r->periods = periods;
                r->count = x < y ? x : y;
                most--;
        }
}

void rules_of_people(struct build *b)
{
        struct problem *pb = b->pb;
        int size = 2 + b->s->n_pupils / 100;

        support_some(b);
        int iep = build_term(pb, pb->flags, "iep");
        for (int i = 0; i < size; i++)
                state_limit(b, rng_below(&b->s->rng, pb->n_courses), iep);
        state_needs(b);
        state_apart(b, size);
        state_avoid(b, size);
        state_free(b, true, 1 + size / 4);
        state_free(b, false, 1 + size / 8);
}
