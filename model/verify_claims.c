/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is what the answer says of itself true: score, bounds, status, unplaced, unmet, order? */
#include "model/verify_audit.h"
#include <stdlib.h>

/* Fractions are written with at most 6 decimals. */
static const double ROUNDING = 1e-6;

static double in_years(const struct problem *pb, int64_t value, int tier)
{
        if (tier == REQUIREMENT_SHORTFALL)
                return (double)value / (double)pb->year_unit;
        return (double)value;
}

/* Also false for a NaN, which is within nothing. */
static bool equal(double a, double b)
{
        return a - b <= ROUNDING && b - a <= ROUNDING;
}

static void check_score(struct audit *au)
{
        const struct answer *an = au->an;
        bool all_met = true;

        for (int t = 0; t < N_TIERS; t++) {
                const double is = in_years(au->pb, au->v->score.tier[t], t);

                if (!an->score_given[t])
                        claim(au, "score: %s is not given; it is %.6g", tier_name(t), is);
                else if (!equal(an->score[t], is))
                        claim(au, "score: %s is given as %.10g; it is %.10g", tier_name(t),
                                an->score[t], is);
                if (an->bound_given[t] && !(an->bound[t] <= is + ROUNDING))
                        claim(au, "bound: %s is bounded by %.10g, above the score of %.10g",
                                tier_name(t), an->bound[t], is);
                all_met &= an->bound_given[t] && equal(an->bound[t], is);
        }
        if (an->status == STATUS_OPTIMAL && !all_met)
                claim(au, "status: optimal, yet the score does not equal its bound in every tier");
        if (an->status != STATUS_OPTIMAL && all_met)
                claim(au, "status: not optimal, yet the score equals its bound in every tier");
        if (an->status == UNKNOWN)
                claim(au, "status: none of optimal, feasible, interrupted");
        if (!an->format_ok)
                claim(au, "format: not msched-schedule/1");
}

/* An entry of a list: what it is by two numbers, and where the answer has it. */
struct item {
        int a, b;
        int at;
};

static int compare(const struct item *p, const struct item *q)
{
        if (p->a != q->a)
                return p->a < q->a ? -1 : 1;
        return p->b < q->b ? -1 : p->b > q->b;
}

static int by_item(const void *p, const void *q)
{
        const struct item *a = p, *b = q;
        const int d = compare(a, b);

        return d ? d : a->at < b->at ? -1 : a->at > b->at;
}

struct list {
        const char *name;
        int n_said, n_true;
        struct item *said, *is; /* is: in order */
        const char *(*tell)(struct audit *au, struct item it);
};

/* One claim per entry that is missing, wrong or there twice; one if only the order is not right. */
static void compare_lists(struct audit *au, struct list *l)
{
        bool ordered = true, same = true;
        int i = 0, j = 0;

        for (int k = 1; k < l->n_said; k++)
                ordered &= compare(&l->said[k - 1], &l->said[k]) <= 0;
        if (l->n_said)
                qsort(l->said, (size_t)l->n_said, sizeof *l->said, by_item);
        while (i < l->n_said || j < l->n_true) {
                int d = i == l->n_said ? 1 : -1;

                if (i < l->n_said && j < l->n_true)
                        d = compare(&l->said[i], &l->is[j]);
                if (d < 0)
                        claim(au, "%s: lists %s, which does not belong there", l->name,
                                l->tell(au, l->said[i]));
                else if (d > 0)
                        claim(au, "%s: does not list %s", l->name, l->tell(au, l->is[j]));
                i += d <= 0;
                j += d >= 0;
                same &= d == 0;
        }
        if (same && !ordered)
                claim(au, "%s: not in the order of the format", l->name);
}

static const char *tell_unplaced(struct audit *au, struct item it)
{
        const char *id = NULL;

        if (it.a < au->pb->n_courses)
                id = au->pb->courses[it.a].id;
        else
                id = au->an->unplaced[it.at].course_id;
        return arena_printf(au->arena, "%s-%d", id ? id : "?", it.b);
}

static void check_unplaced(struct audit *au)
{
        const struct answer *an = au->an;
        const int n_courses = au->pb->n_courses;
        struct list l = {.name = "unplaced", .tell = tell_unplaced, .n_said = an->n_unplaced};
        int64_t most = 0;

        for (int c = 0; c < n_courses; c++)
                most += au->courses[c].lo;
        l.said = arena_array(au->arena, (size_t)an->n_unplaced + 1, sizeof *l.said);
        l.is = arena_array(au->arena, (size_t)most + 1, sizeof *l.is);
        for (int i = 0; i < an->n_unplaced; i++) {
                const int c = an->unplaced[i].course;

                l.said[i] = (struct item){
                        c < 0 || c > n_courses ? n_courses : c, an->unplaced[i].number, i};
        }
        for (int c = 0; c < n_courses; c++) {
                int lacking = au->courses[c].lo - au->courses[c].n;

                for (int k = 1; k <= au->courses[c].hi && lacking > 0; k++)
                        if (!audit_find(au, c, k)) {
                                l.is[l.n_true++] = (struct item){c, k, 0};
                                lacking--;
                        }
        }
        compare_lists(au, &l);
}

static const char *tell_unmet(struct audit *au, struct item it)
{
        const struct problem *pb = au->pb;
        const char *student = NULL, *course = NULL;

        if (it.a < pb->n_students && it.b < au->students[it.a].requests.n) {
                const int r = au->students[it.a].requests.v[it.b];

                student = pb->students[it.a].id;
                course = pb->courses[pb->requests[r].course].id;
        } else {
                student = au->an->unmet[it.at].student_id;
                course = au->an->unmet[it.at].course_id;
        }
        return arena_printf(
                au->arena, "student %s, course %s", student ? student : "?", course ? course : "?");
}

/* Student, and place of the request among the student's; past the end of either where there is
 * none. */
static struct item unmet_item(const struct audit *au, int at)
{
        const struct answer_unmet *u = &au->an->unmet[at];
        struct item it = {au->pb->n_students, 0, at};

        if (u->student < 0 || u->student >= au->pb->n_students)
                return it;
        it.a = u->student;
        it.b = au->students[it.a].requests.n;
        for (int i = 0; i < au->students[it.a].requests.n; i++)
                if (au->pb->requests[au->students[it.a].requests.v[i]].course == u->course)
                        it.b = i;
        return it;
}

static void check_unmet(struct audit *au)
{
        static const char *const kinds[] = {"required", "elective", "alternate"};
        const struct problem *pb = au->pb;
        const struct answer *an = au->an;
        struct list l = {.name = "unmet", .tell = tell_unmet, .n_said = an->n_unmet};

        l.said = arena_array(au->arena, (size_t)an->n_unmet + 1, sizeof *l.said);
        l.is = arena_array(au->arena, (size_t)pb->n_requests + 1, sizeof *l.is);
        for (int i = 0; i < an->n_unmet; i++) {
                const struct item it = l.said[i] = unmet_item(au, i);
                enum kind kind;

                if (it.a == pb->n_students || it.b == au->students[it.a].requests.n)
                        continue;
                kind = pb->requests[au->students[it.a].requests.v[it.b]].kind;
                if (an->unmet[i].kind != -1 && an->unmet[i].kind != (int)kind)
                        claim(au, "unmet: %s is said to be of another kind than %s",
                                tell_unmet(au, it), kinds[kind]);
        }
        for (int x = 0; x < pb->n_students; x++)
                for (int i = 0; i < au->students[x].requests.n; i++) {
                        const struct request *rq = &pb->requests[au->students[x].requests.v[i]];

                        if (rq->kind != ALTERNATE && !audit_seat(au, x, rq->course))
                                l.is[l.n_true++] = (struct item){x, i, 0};
                }
        compare_lists(au, &l);
}

/* Sections by course and number, the students of each as in the input. */
static void check_order(struct audit *au)
{
        const struct answer *an = au->an;
        bool sections = true, students = true;

        for (int i = 0; i < an->n_sections; i++) {
                const struct ints *list = &an->sections[i].students;

                for (int j = 1; j < list->n; j++)
                        students &= list->v[j - 1] <= list->v[j];
                if (i == 0)
                        continue;
                sections &= an->sections[i - 1].course < an->sections[i].course ||
                            (an->sections[i - 1].course == an->sections[i].course &&
                                    an->sections[i - 1].number <= an->sections[i].number);
        }
        if (!sections)
                claim(au, "sections: not in the order of the format");
        if (!students)
                claim(au, "students: not in the order of the input in every section");
}

void audit_claims(struct audit *au)
{
        check_score(au);
        check_unplaced(au);
        check_unmet(au);
        check_order(au);
}
