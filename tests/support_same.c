/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support_same.h"
#include <stdio.h>
#include <string.h>

static char place[200];

#define DIFFER(what, i) return snprintf(place, sizeof place, "%s %d", what, i), place
#define CHECK(fine, what, i)                                                                       \
        do {                                                                                       \
                if (!(fine))                                                                       \
                        DIFFER(what, i);                                                           \
        } while (0)

static bool text(const char *a, const char *b)
{
        return a == b || (a && b && !strcmp(a, b));
}

static const char *name(const struct index *ix, int i)
{
        return i < 0 ? NULL : index_id(ix, i);
}

static bool named(const struct index *x, int a, const struct index *y, int b)
{
        return (a < 0) == (b < 0) && (a >= 0 || a == b) && text(name(x, a), name(y, b));
}

static bool numbers(const struct ints *a, const struct ints *b)
{
        return a->n == b->n && (a->n == 0 || !memcmp(a->v, b->v, (size_t)a->n * sizeof *a->v));
}

static bool list(
        const struct index *x, const struct ints *a, const struct index *y, const struct ints *b)
{
        if (a->n != b->n || a->given != b->given)
                return false;
        for (int i = 0; i < a->n; i++)
                if (!named(x, a->v[i], y, b->v[i]))
                        return false;
        return true;
}

/* Lists of which an empty one is the same as none. */
static bool items(const struct index *x, struct ints a, const struct index *y, struct ints b)
{
        a.given = b.given = true;
        return list(x, &a, y, &b);
}

static bool ratio(struct ratio a, struct ratio b)
{
        return a.num * b.den == b.num * a.den;
}

static bool limits(const struct limits *a, const struct limits *b)
{
        return a->load == b->load && a->preps == b->preps && a->consecutive == b->consecutive &&
               a->contacts == b->contacts;
}

static bool whom(const struct problem *a, struct who x, const struct problem *b, struct who y)
{
        return x.pathway == y.pathway && x.cohort == y.cohort &&
               named(a->flags, x.flag, b->flags, y.flag);
}

static bool person(const struct person *a, const struct person *b)
{
        return text(a->given, b->given) && text(a->family, b->family) && text(a->email, b->email) &&
               text(a->sis_id, b->sis_id);
}

static bool dates(const struct problem *pb, int term, const struct problem *other)
{
        static const struct dates none;
        const struct dates *a = pb->term_dates ? &pb->term_dates[term] : &none;
        const struct dates *b = other->term_dates ? &other->term_dates[term] : &none;

        return text(a->start, b->start) && text(a->end, b->end);
}

static const char *bell_differs(const struct problem *a, const struct problem *b)
{
        CHECK(text(a->name, b->name) && text(a->year, b->year) &&
                        text(a->school_id, b->school_id) && text(a->district, b->district),
                "school", 0);
        CHECK(a->n_terms == b->n_terms && a->n_periods == b->n_periods, "bell", 0);
        for (int t = 0; t < a->n_terms; t++)
                CHECK(text(a->terms[t], b->terms[t]) && dates(a, t, b), "term", t);
        for (int p = 0; p < a->n_periods; p++) {
                const struct period *x = &a->periods[p], *y = &b->periods[p];
                CHECK(text(x->id, y->id) && text(x->day, y->day) && text(x->start, y->start) &&
                                text(x->end, y->end) && x->break_after == y->break_after,
                        "period", p);
        }
        const struct contract *c = &a->contract, *d = &b->contract;
        CHECK(limits(&c->limits, &d->limits), "contract limits", 0);
        CHECK(c->size_min == d->size_min && c->size_target == d->size_target &&
                        c->size_max == d->size_max,
                "contract size", 0);
        CHECK(c->n_full_day == d->n_full_day, "full days", 0);
        for (int i = 0; i < c->n_full_day; i++)
                CHECK(c->full_day[i].grade == d->full_day[i].grade &&
                                c->full_day[i].count == d->full_day[i].count,
                        "full day", i);
        CHECK(a->n_priorities == b->n_priorities, "priorities", 0);
        for (int i = 0; i < a->n_priorities; i++)
                CHECK(a->priorities[i] == b->priorities[i], "priority", i);
        return NULL;
}

static const char *staff_differs(const struct problem *a, const struct problem *b)
{
        CHECK(a->n_teachers == b->n_teachers && a->n_rooms == b->n_rooms, "teachers, rooms", 0);
        for (int i = 0; i < a->n_teachers; i++) {
                const struct teacher *x = &a->teachers[i], *y = &b->teachers[i];
                CHECK(text(x->id, y->id) && text(x->name, y->name) &&
                                person(&x->person, &y->person),
                        "teacher", i);
                CHECK(items(a->credentials, x->credentials, b->credentials, y->credentials),
                        "credentials of", i);
                CHECK(limits(&x->stated, &y->stated), "limits of", i);
                CHECK(x->available == y->available && x->home == y->home, "hours, home of", i);
        }
        for (int i = 0; i < a->n_rooms; i++) {
                const struct room *x = &a->rooms[i], *y = &b->rooms[i];
                CHECK(text(x->id, y->id) && x->capacity == y->capacity &&
                                x->available == y->available,
                        "room", i);
                CHECK(items(a->room_types, x->types, b->room_types, y->types), "types of room", i);
        }
        return NULL;
}

static bool same_support(const struct problem *a, const struct support *x, const struct problem *b,
        const struct support *y)
{
        if (!x->given || !y->given)
                return x->given == y->given;
        return x->sections == y->sections && named(a->flags, x->flag, b->flags, y->flag) &&
               items(a->credentials, x->credentials, b->credentials, y->credentials);
}

static const char *course_differs(const struct problem *a, const struct course *x,
        const struct problem *b, const struct course *y, int i)
{
        CHECK(text(x->id, y->id) && text(x->title, y->title) && text(x->subject, y->subject),
                "course", i);
        CHECK(named(a->areas, x->area, b->areas, y->area), "area of course", i);
        CHECK(x->credits_given == y->credits_given &&
                        (!x->credits_given || ratio(x->credits_stated, y->credits_stated)),
                "credits of course", i);
        CHECK(x->grades.given == y->grades.given && numbers(&x->grades, &y->grades),
                "grades of course", i);
        CHECK(whom(a, x->only, b, y->only), "only of course", i);
        CHECK(list(a->credentials, &x->credentials, b->credentials, &y->credentials),
                "credential of course", i);
        CHECK(list(a->teacher_ids, &x->teachers, b->teacher_ids, &y->teachers),
                "teachers of course", i);
        CHECK(named(a->room_types, x->room_type, b->room_types, y->room_type), "room of course", i);
        CHECK(x->size_min_stated == y->size_min_stated &&
                        x->size_target_stated == y->size_target_stated &&
                        x->size_max_stated == y->size_max_stated,
                "size of course", i);
        CHECK(x->sections_given == y->sections_given, "sections of course", i);
        CHECK(!x->sections_given || (x->sections_min_stated == y->sections_min_stated &&
                                            x->sections_max_stated == y->sections_max_stated),
                "number of sections of course", i);
        CHECK(x->periods == y->periods && x->terms == y->terms && x->terms_given == y->terms_given,
                "length of course", i);
        CHECK(list(a->period_ids, &x->at_periods, b->period_ids, &y->at_periods) &&
                        list(a->term_ids, &x->at_terms, b->term_ids, &y->at_terms),
                "at of course", i);
        CHECK(x->staffed == y->staffed && x->counts_load == y->counts_load &&
                        x->off_campus == y->off_campus && x->travel == y->travel,
                "staffed, load, off_campus, travel of course", i);
        CHECK(same_support(a, &x->support, b, &y->support), "support of course", i);
        CHECK(x->pathway == y->pathway && x->level == y->level, "pathway of course", i);
        return NULL;
}

static const char *pathways_differ(const struct problem *a, const struct problem *b)
{
        CHECK(a->n_pathways == b->n_pathways && a->n_cohorts == b->n_cohorts, "pathways", 0);
        for (int i = 0; i < a->n_pathways; i++) {
                const struct pathway *x = &a->pathways[i], *y = &b->pathways[i];
                CHECK(text(x->id, y->id) && text(x->title, y->title) && text(x->sector, y->sector),
                        "pathway", i);
                CHECK(items(a->teacher_ids, x->team, b->teacher_ids, y->team), "team of pathway",
                        i);
                CHECK(x->common_planning == y->common_planning && x->n_cohorts == y->n_cohorts &&
                                (!x->n_cohorts || x->first_cohort == y->first_cohort),
                        "planning, cohorts of pathway", i);
        }
        for (int i = 0; i < a->n_cohorts; i++) {
                const struct cohort *x = &a->cohorts[i], *y = &b->cohorts[i];
                CHECK(text(x->id, y->id) && x->pathway == y->pathway && x->grade == y->grade,
                        "cohort", i);
                CHECK(items(a->course_ids, x->courses, b->course_ids, y->courses),
                        "courses of cohort", i);
                CHECK(ratio(x->purity, y->purity) && x->purity_of_pathway == y->purity_of_pathway &&
                                x->strands == y->strands,
                        "purity of cohort", i);
        }
        return NULL;
}

static const char *requirements_differ(const struct problem *a, const struct problem *b)
{
        CHECK(a->n_requirements == b->n_requirements, "requirements", 0);
        for (int i = 0; i < a->n_requirements; i++) {
                const struct requirement *x = &a->requirements[i], *y = &b->requirements[i];
                CHECK(text(x->id, y->id) && named(a->areas, x->area, b->areas, y->area) &&
                                items(a->course_ids, x->courses, b->course_ids, y->courses) &&
                                x->n_by == y->n_by && whom(a, x->whom, b, y->whom),
                        "requirement", i);
                for (int k = 0; k < x->n_by; k++)
                        CHECK(x->by[k].grade == y->by[k].grade &&
                                        ratio(x->by[k].stated, y->by[k].stated),
                                "years of requirement", i);
        }
        return NULL;
}

/* The columns may come in another order. */
static bool same_years(const struct problem *a, const struct student *x, const struct problem *b,
        const struct student *y)
{
        int found = 0;

        for (int i = 0; i < x->n_years; i++)
                for (int k = 0; k < y->n_years; k++)
                        found += x->years[i].requirement == y->years[k].requirement &&
                                 named(a->areas, x->years[i].area, b->areas, y->years[k].area) &&
                                 ratio(x->years[i].stated, y->years[k].stated);
        return x->n_years == y->n_years && found == x->n_years;
}

static const char *students_differ(const struct problem *a, const struct problem *b)
{
        CHECK(a->n_students == b->n_students && a->n_requests == b->n_requests,
                "students, requests", 0);
        for (int i = 0; i < a->n_students; i++) {
                const struct student *x = &a->students[i], *y = &b->students[i];
                CHECK(text(x->id, y->id) && text(x->name, y->name) && x->grade == y->grade &&
                                person(&x->person, &y->person),
                        "student", i);
                CHECK(x->pathway_stated == y->pathway_stated &&
                                x->cohort_stated == y->cohort_stated,
                        "pathway, cohort of student", i);
                CHECK(items(a->flags, x->flags, b->flags, y->flags), "flags of student", i);
                CHECK(x->periods == y->periods, "hours of student", i);
                CHECK(same_years(a, x, b, y), "years of student", i);
        }
        for (int i = 0; i < a->n_requests; i++) {
                const struct request *x = &a->requests[i], *y = &b->requests[i];
                CHECK(x->student == y->student && x->course == y->course && x->kind == y->kind &&
                                x->rank_stated == y->rank_stated && x->stands_for == y->stands_for,
                        "request", i);
        }
        return NULL;
}

static const char *rules_differ(const struct problem *a, const struct problem *b)
{
        CHECK(a->n_rules == b->n_rules && a->n_locks == b->n_locks, "rules, locks", 0);
        for (int i = 0; i < a->n_rules; i++) {
                const struct rule *x = &a->rules[i], *y = &b->rules[i];
                CHECK(x->kind == y->kind &&
                                items(a->course_ids, x->courses, b->course_ids, y->courses),
                        "rule", i);
                CHECK(x->kind != RULE_LIMIT || x->courses.given == y->courses.given,
                        "courses of rule", i);
                CHECK((x->kind != RULE_NEEDS && x->kind != RULE_LIMIT) ||
                                named(a->flags, x->flag, b->flags, y->flag),
                        "flag of rule", i);
                CHECK(items(a->credentials, x->credentials, b->credentials, y->credentials),
                        "credential of rule", i);
                CHECK(x->kind != RULE_LIMIT || ratio(x->share, y->share), "share of rule", i);
                CHECK(items(a->student_ids, x->students, b->student_ids, y->students) &&
                                items(a->teacher_ids, x->teachers, b->teacher_ids, y->teachers),
                        "people of rule", i);
                CHECK(x->kind != RULE_AVOID ||
                                (x->student == y->student && x->teacher == y->teacher),
                        "avoid", i);
                CHECK(x->kind != RULE_FREE || (x->periods == y->periods && x->count == y->count),
                        "free", i);
        }
        for (int i = 0; i < a->n_locks; i++) {
                const struct lock *x = &a->locks[i], *y = &b->locks[i];
                CHECK(x->course == y->course && x->section == y->section &&
                                x->student == y->student && x->teacher == y->teacher &&
                                x->room == y->room && x->period == y->period &&
                                x->term == y->term && x->cohort == y->cohort,
                        "lock", i);
        }
        return NULL;
}

const char *problems_differ(const struct problem *a, const struct problem *b)
{
        static const char *(*const parts[])(const struct problem *, const struct problem *) = {
                bell_differs, staff_differs, pathways_differ, requirements_differ, students_differ,
                rules_differ};
        const char *found = NULL;

        for (size_t i = 0; i < sizeof parts / sizeof *parts && !found; i++)
                found = parts[i](a, b);
        CHECK(found || a->n_courses == b->n_courses, "courses", 0);
        for (int c = 0; c < a->n_courses && !found; c++)
                found = course_differs(a, &a->courses[c], b, &b->courses[c], c);
        return found;
}
