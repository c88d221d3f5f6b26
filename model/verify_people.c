/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Teachers, rooms and students across sections: H1, H3, H5, H8 and the students of H11. */
#include "model/verify_audit.h"

/* H1: each section against the first earlier one that shares a cell with it. */
static void check_once(struct audit *au, const struct ints *list, const char *what, const char *id)
{
        cellset taken = 0;

        for (int i = 0; i < list->n; i++) {
                const struct seen *s = &au->sections[list->v[i]];
                const cellset both = taken & s->cells;

                taken |= s->cells;
                for (int j = 0; both && j < i; j++) {
                        const struct seen *o = &au->sections[list->v[j]];

                        if (!(o->cells & both) || audit_one_unit(o, s))
                                continue;
                        fault(au, "H1", s->said->at, "%s %s is in %s and in %s at one time", what,
                                id, audit_name(au, o), audit_name(au, s));
                        break;
                }
        }
}

static int teachers_of(const struct audit *au, const struct seen *s, int who[2])
{
        const int t = s->said->teacher, co = s->said->co_teacher;
        int n = 0;

        if (t >= 0 && t < au->pb->n_teachers)
                who[n++] = t;
        if (co >= 0 && co < au->pb->n_teachers && co != t)
                who[n++] = co;
        return n;
}

static void give_room(struct audit *au, struct ints *lists, int n)
{
        for (int i = 0; i < n; i++) {
                lists[i].v = arena_array(au->arena, (size_t)lists[i].n + 1, sizeof(int));
                lists[i].n = 0;
        }
}

static void list_uses(struct audit *au)
{
        const struct problem *pb = au->pb;

        au->taught = arena_array(au->arena, (size_t)pb->n_teachers + 1, sizeof *au->taught);
        au->hosted = arena_array(au->arena, (size_t)pb->n_rooms + 1, sizeof *au->hosted);
        for (int pass = 0; pass < 2; pass++) {
                for (int i = 0; i < au->n_sections; i++) {
                        const int r = au->sections[i].said->room;
                        int who[2];
                        const int n = teachers_of(au, &au->sections[i], who);

                        for (int j = 0; j < n + (r >= 0 && r < pb->n_rooms); j++) {
                                struct ints *l = j < n ? &au->taught[who[j]] : &au->hosted[r];

                                if (pass)
                                        l->v[l->n] = i;
                                l->n++;
                        }
                }
                if (pass == 0) {
                        give_room(au, au->taught, pb->n_teachers);
                        give_room(au, au->hosted, pb->n_rooms);
                }
        }
}

static int first_of(int own, int contract, int otherwise)
{
        if (own >= 0)
                return own;
        return contract >= 0 ? contract : otherwise;
}

/* What one teacher does in one term. */
struct tally {
        int load, preps, run, contacts;
};

static bool same_prep(const struct seen *a, const struct seen *b)
{
        return a->course == b->course || (a->stack >= 0 && a->stack == b->stack);
}

static struct tally tally_of(const struct audit *au, const struct ints *list, int term)
{
        const struct problem *pb = au->pb;
        uint64_t counted = 0, busy = 0;
        struct tally y = {0};
        int run = 0;

        for (int i = 0; i < list->n; i++) {
                const struct seen *s = &au->sections[list->v[i]];
                uint64_t here = 0;
                bool fresh = s->course->counts_load;

                for (int p = 0; p < pb->n_periods; p++)
                        here |= (s->cells >> (term * pb->n_periods + p) & 1) << p;
                if (!here)
                        continue;
                busy |= here;
                if (!s->course->counts_load)
                        continue;
                counted |= here;
                y.contacts += s->listed;
                for (int j = 0; fresh && j < i; j++) {
                        const struct seen *o = &au->sections[list->v[j]];

                        if (o->course->counts_load && same_prep(o, s) && o->term <= term &&
                                o->last_term >= term)
                                fresh = false;
                }
                y.preps += fresh;
        }
        y.load = __builtin_popcountll(counted);
        for (int p = 0; p < pb->n_periods; p++) {
                run = busy >> p & 1 ? run + 1 : 0;
                if (run > y.run)
                        y.run = run;
                if (p + 1 < pb->n_periods && !audit_run(pb, p, p + 1))
                        run = 0;
        }
        return y;
}

static void check_limit(
        struct audit *au, const struct teacher *t, int term, int n, int most, const char *what)
{
        if (most >= 0 && n > most)
                fault(au, "H3", t->at, "%s has %d %s in %s; expected at most %d", t->id, n, what,
                        au->pb->terms[term], most);
}

static void check_limits(struct audit *au, int number)
{
        const struct problem *pb = au->pb;
        const struct limits *con = &pb->contract.limits;
        const struct teacher *t = &pb->teachers[number];
        const int usual = pb->n_periods - 1 > 1 ? pb->n_periods - 1 : 1;

        for (int term = 0; term < pb->n_terms && au->taught[number].n; term++) {
                const struct tally y = tally_of(au, &au->taught[number], term);

                check_limit(au, t, term, y.load, first_of(t->stated.load, con->load, usual),
                        "periods of load");
                check_limit(
                        au, t, term, y.preps, first_of(t->stated.preps, con->preps, -1), "preps");
                check_limit(au, t, term, y.run,
                        first_of(t->stated.consecutive, con->consecutive, -1), "periods in a row");
                check_limit(au, t, term, y.contacts,
                        first_of(t->stated.contacts, con->contacts, -1), "contacts");
        }
}

/* H5 and H11 of one seat, apart from the student's other seats. */
static void check_seat(struct audit *au, int x, const struct seen *s)
{
        const struct student *st = &au->pb->students[x];
        const struct course *c = s->course;
        const struct ints *wishes = &au->students[x].requests;
        bool asked = false;
        uint64_t periods = 0;

        for (int i = 0; i < wishes->n && !asked; i++)
                asked = au->pb->requests[wishes->v[i]].course == s->said->course;
        if (!asked)
                fault(au, "H5", s->said->at, "student %s sits in %s and did not request it", st->id,
                        audit_name(au, s));
        if ((c->grades.given && !ints_has(&c->grades, st->grade)) || !audit_is_of(au, x, c->only))
                fault(au, "H5", c->at, "student %s sits in %s, which does not admit them", st->id,
                        audit_name(au, s));
        for (int i = 0; i < s->said->periods.n; i++)
                periods |= (uint64_t)1 << s->said->periods.v[i];
        if (periods & ~st->periods)
                fault(au, "H5", s->said->at, "student %s is not available for %s", st->id,
                        audit_name(au, s));
        if (c->support.given && s->number > c->support.sections &&
                ints_has(&st->flags, c->support.flag))
                fault(au, "H11", c->at, "student %s needs a co-taught section, not %s", st->id,
                        audit_name(au, s));
}

/* Periods of o on the day of s, in a term of s, that off_campus or travel of s forbid. */
static bool disturbs(const struct audit *au, const struct seen *s, const struct seen *o)
{
        const struct problem *pb = au->pb;
        const struct period *day = &pb->periods[s->period];
        const int first = s->period, last = s->said->periods.v[s->said->periods.n - 1];
        bool share_term = false;

        for (int i = 0; i < o->said->terms.n; i++)
                share_term |= ints_has(&s->said->terms, o->said->terms.v[i]);
        for (int i = 0; share_term && i < o->said->periods.n; i++) {
                const int p = o->said->periods.v[i];
                const struct period *other = &pb->periods[p];
                const int before = first - p, after = p - last;

                if (!audit_same_day(other, day))
                        continue;
                if (s->course->off_campus == OFF_END && after > 0)
                        return true;
                if (s->course->off_campus == OFF_START && before > 0)
                        return true;
                if ((before > 0 && before <= s->course->travel) ||
                        (after > 0 && after <= s->course->travel))
                        return true;
        }
        return false;
}

static void check_day(struct audit *au, int x)
{
        const struct ints *seats = &au->students[x].seats;

        for (int i = 0; i < seats->n; i++) {
                const struct seen *s = &au->sections[seats->v[i]];

                if (s->course->off_campus == OFF_NO && !s->course->travel)
                        continue;
                for (int j = 0; j < seats->n; j++) {
                        const struct seen *o = &au->sections[seats->v[j]];

                        if (j != i && disturbs(au, s, o))
                                fault(au, "H5", s->course->at,
                                        "student %s sits in %s too near to %s (off_campus, travel)",
                                        au->pb->students[x].id, audit_name(au, o),
                                        audit_name(au, s));
                }
        }
}

static void check_once_per_course(struct audit *au, int x)
{
        const struct ints *seats = &au->students[x].seats;

        /* seats are sorted by course */
        for (int i = 1; i < seats->n; i++) {
                const struct seen *a = &au->sections[seats->v[i - 1]];
                const struct seen *b = &au->sections[seats->v[i]];

                if (a->course == b->course)
                        fault(au, "H5", b->said->at, "student %s sits in %s and in %s",
                                au->pb->students[x].id, audit_name(au, a), audit_name(au, b));
        }
}

/* H8: every alternate used stands for an unmet primary request of its own. */
static void check_alternates(struct audit *au, int x)
{
        const struct problem *pb = au->pb;
        const struct ints *wishes = &au->students[x].requests;
        int unmet = 0, used = 0;

        for (int i = 0; i < wishes->n; i++) {
                const struct request *rq = &pb->requests[wishes->v[i]];
                const bool sits = audit_seat(au, x, rq->course) != NULL;

                if (rq->kind != ALTERNATE) {
                        unmet += !sits;
                        continue;
                }
                used += sits;
                if (!sits || rq->stands_for < 0)
                        continue;
                if (audit_seat(au, x, pb->requests[rq->stands_for].course) ||
                        pb->requests[rq->stands_for].kind == ALTERNATE)
                        fault(au, "H8", rq->at,
                                "student %s sits in %s for %s, which is not an unmet primary "
                                "request",
                                pb->students[x].id, pb->courses[rq->course].id,
                                pb->courses[pb->requests[rq->stands_for].course].id);
                for (int j = 0; j < i; j++) {
                        const struct request *o = &pb->requests[wishes->v[j]];

                        if (o->kind == ALTERNATE && o->stands_for == rq->stands_for &&
                                audit_seat(au, x, o->course))
                                fault(au, "H8", rq->at, "student %s sits in %s and %s, both for %s",
                                        pb->students[x].id, pb->courses[o->course].id,
                                        pb->courses[rq->course].id,
                                        pb->courses[pb->requests[rq->stands_for].course].id);
                }
        }
        if (used > unmet)
                fault(au, "H8", pb->students[x].at,
                        "student %s uses %d alternates for %d unmet requests", pb->students[x].id,
                        used, unmet);
}

/* A student sits in one of stacked sections: for students they do not count as one. */
static void check_student(struct audit *au, int x)
{
        const struct ints *seats = &au->students[x].seats;
        cellset taken = 0;

        for (int i = 0; i < seats->n; i++) {
                const struct seen *s = &au->sections[seats->v[i]];

                check_seat(au, x, s);
                for (int j = 0; j < i && taken & s->cells; j++) {
                        const struct seen *o = &au->sections[seats->v[j]];

                        if (o->cells & s->cells)
                                fault(au, "H1", s->said->at,
                                        "student %s is in %s and in %s at one time",
                                        au->pb->students[x].id, audit_name(au, o),
                                        audit_name(au, s));
                }
                taken |= s->cells;
        }
        check_once_per_course(au, x);
        check_day(au, x);
        check_alternates(au, x);
}

void audit_people(struct audit *au)
{
        const struct problem *pb = au->pb;

        list_uses(au);
        for (int t = 0; t < pb->n_teachers; t++) {
                check_once(au, &au->taught[t], "teacher", pb->teachers[t].id);
                check_limits(au, t);
        }
        for (int r = 0; r < pb->n_rooms; r++)
                check_once(au, &au->hosted[r], "room", pb->rooms[r].id);
        for (int x = 0; x < pb->n_students; x++)
                check_student(au, x);
}
