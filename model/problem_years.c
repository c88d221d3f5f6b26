/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/problem_finish.h"

/*
 * Years are fractions. All of them become whole numbers of 1/year_unit years, with year_unit the
 * least common multiple of their denominators.
 */
enum { TOO_FINE = 0 };

static int64_t gcd(int64_t a, int64_t b)
{
        while (b) {
                const int64_t r = a % b;

                a = b;
                b = r;
        }
        return a < 0 ? -a : a;
}

static struct ratio reduced(int64_t num, int64_t den)
{
        const int64_t g = gcd(num, den);

        return g > 1 ? (struct ratio){num / g, den / g} : (struct ratio){num, den};
}

/* Credits over 10; without any, the course's part of the year. */
static struct ratio years_of(const struct problem *pb, const struct course *c)
{
        if (!c->credits_given)
                return reduced(c->terms, pb->n_terms);
        if (c->credits_stated.den > INT64_MAX / 10)
                return (struct ratio){0, INT64_MAX};
        return reduced(c->credits_stated.num, c->credits_stated.den * 10);
}

/* The least common multiple, or TOO_FINE where it or anything counted in it could overflow. */
static int64_t common(int64_t unit, struct ratio r)
{
        const int64_t most = (int64_t)1 << 40;
        const int64_t den = reduced(r.num, r.den).den;
        int64_t factor;

        if (unit == TOO_FINE || den > most)
                return TOO_FINE;
        factor = den / gcd(unit, den);
        return unit > most / factor ? TOO_FINE : unit * factor;
}

static int64_t common_unit(const struct problem *pb)
{
        int64_t unit = 1;

        for (int c = 0; c < pb->n_courses; c++)
                unit = common(unit, years_of(pb, &pb->courses[c]));
        for (int q = 0; q < pb->n_requirements; q++)
                for (int g = 0; g < pb->requirements[q].n_by; g++)
                        unit = common(unit, pb->requirements[q].by[g].stated);
        for (int i = 0; i < pb->n_students; i++)
                for (int y = 0; y < pb->students[i].n_years; y++)
                        unit = common(unit, pb->students[i].years[y].stated);
        return unit;
}

/* r in units; r.den divides unit. False where the product is out of range. */
static bool in_units(struct ratio r, int64_t unit, int64_t *out)
{
        const struct ratio x = reduced(r.num, r.den);

        return !__builtin_mul_overflow(x.num, unit / x.den, out) && *out < (int64_t)1 << 44 &&
               *out > -((int64_t)1 << 44);
}

void finish_years(struct problem *pb, struct report *rp)
{
        const struct place at = {pb->file, 0, 0};
        bool fits = true;

        pb->year_unit = common_unit(pb);
        if (pb->year_unit == TOO_FINE) {
                pb->year_unit = 1;
                report_error(rp, ERROR_INPUT, at,
                        "found credits and years with too many different fractions; expected "
                        "decimals with few digits");
                return;
        }
        for (int c = 0; c < pb->n_courses; c++)
                fits &= in_units(
                        years_of(pb, &pb->courses[c]), pb->year_unit, &pb->courses[c].years);
        for (int q = 0; q < pb->n_requirements; q++)
                for (int g = 0; g < pb->requirements[q].n_by; g++)
                        fits &= in_units(pb->requirements[q].by[g].stated, pb->year_unit,
                                &pb->requirements[q].by[g].years);
        for (int i = 0; i < pb->n_students; i++)
                for (int y = 0; y < pb->students[i].n_years; y++) {
                        int64_t ignored;

                        fits &= in_units(pb->students[i].years[y].stated, pb->year_unit, &ignored);
                }
        if (!fits)
                report_error(rp, ERROR_INPUT, at,
                        "found credits or years that are too large; expected a few years of "
                        "few decimals");
}

/* Without a column of his own: the largest that the requirement asks of a lower grade. */
static int64_t years_before(const struct problem *pb, const struct student *who, int requirement)
{
        const struct requirement *q = &pb->requirements[requirement];
        int64_t years = 0;

        for (int i = 0; i < who->n_years; i++)
                if (who->years[i].requirement == requirement &&
                        in_units(who->years[i].stated, pb->year_unit, &years))
                        return years;
        for (int i = 0; i < who->n_years; i++)
                if (q->area >= 0 && who->years[i].requirement < 0 &&
                        who->years[i].area == q->area &&
                        in_units(who->years[i].stated, pb->year_unit, &years))
                        return years;
        for (int i = 0; i < q->n_by; i++)
                if (q->by[i].grade < who->grade && q->by[i].years > years)
                        years = q->by[i].years;
        return years;
}

int64_t problem_years_asked(const struct problem *pb, int student, int requirement)
{
        const struct requirement *q = &pb->requirements[requirement];
        const struct student *who = &pb->students[student];

        if (!problem_is_of(pb, student, q->whom))
                return 0;
        for (int i = 0; i < q->n_by; i++)
                if (q->by[i].grade == who->grade) {
                        int64_t rest = q->by[i].years - years_before(pb, who, requirement);
                        return rest > 0 ? rest : 0;
                }
        return 0;
}

bool problem_counts_for(const struct problem *pb, int requirement, int course)
{
        const struct requirement *q = &pb->requirements[requirement];

        return q->area >= 0 ? pb->courses[course].area == q->area : ints_has(&q->courses, course);
}
