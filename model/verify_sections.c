/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each section by itself: its number, cells, teacher, room, reservation and enrolment. */
#include "model/verify_audit.h"
#include <stdlib.h>
#include <string.h>

char *audit_name(struct audit *au, const struct seen *s)
{
        return arena_printf(au->arena, "%s-%d", s->course->id, s->number);
}

bool audit_one_unit(const struct seen *a, const struct seen *b)
{
        return a == b || (a->stack >= 0 && a->stack == b->stack && a->number == b->number);
}

struct seen *audit_find(const struct audit *au, int course, int number)
{
        const struct course_facts *f = &au->courses[course];
        int low = f->first, high = f->first + f->n;

        while (low < high) {
                const int mid = low + (high - low) / 2;

                if (au->sections[mid].number < number)
                        low = mid + 1;
                else
                        high = mid;
        }
        if (low == f->first + f->n || au->sections[low].number != number)
                return NULL;
        return &au->sections[low];
}

struct seen *audit_seat(const struct audit *au, int student, int course)
{
        const struct ints *seats = &au->students[student].seats;

        for (int i = seats->n - 1; i >= 0; i--)
                if (au->sections[seats->v[i]].said->course == course)
                        return &au->sections[seats->v[i]];
        return NULL;
}

bool audit_locked(const struct audit *au, int course, int number)
{
        for (int i = 0; i < au->pb->n_locks; i++) {
                const struct lock *l = &au->pb->locks[i];

                if (l->course == course && l->section == number && l->student < 0 && !l->kept)
                        return true;
        }
        return false;
}

bool audit_same_day(const struct period *a, const struct period *b)
{
        if (!a->day || !b->day)
                return a->day == b->day;
        return strcmp(a->day, b->day) == 0;
}

bool audit_run(const struct problem *pb, int first, int last)
{
        for (int p = first; p < last; p++)
                if (pb->periods[p].break_after ||
                        !audit_same_day(&pb->periods[p], &pb->periods[p + 1]))
                        return false;
        return true;
}

/* Do the indices ascend by one from the first? */
static bool ascend(const struct ints *list)
{
        for (int i = 1; i < list->n; i++)
                if (list->v[i] != list->v[0] + i)
                        return false;
        return true;
}

static bool known(const struct ints *list, int n)
{
        for (int i = 0; i < list->n; i++)
                if (list->v[i] < 0 || list->v[i] >= n)
                        return false;
        return list->n > 0;
}

static void check_cells(struct audit *au, const struct seen *s)
{
        const struct problem *pb = au->pb;
        const struct course *c = s->course;
        const struct ints *ps = &s->said->periods, *ts = &s->said->terms;
        const struct place at = s->said->at;

        if (ps->n != c->periods || !ascend(ps) || !audit_run(pb, ps->v[0], ps->v[ps->n - 1]))
                fault(au, "cell", at, "%s is in %d periods from %s; expected %d consecutive ones",
                        audit_name(au, s), ps->n, pb->periods[s->period].id, c->periods);
        if (ts->n != c->terms || !ascend(ts))
                fault(au, "cell", at, "%s is in %d terms from %s; expected %d consecutive ones",
                        audit_name(au, s), ts->n, pb->terms[s->term], c->terms);
        if (c->at_periods.given && !ints_has(&c->at_periods, s->period))
                fault(au, "H6", c->at, "%s starts in period %s, which its `at` does not name",
                        audit_name(au, s), pb->periods[s->period].id);
        if (c->at_terms.given && !ints_has(&c->at_terms, s->term))
                fault(au, "H6", c->at, "%s starts in term %s, which its `at` does not name",
                        audit_name(au, s), pb->terms[s->term]);
}

static bool holds_one(const struct teacher *t, const struct ints *credentials)
{
        for (int i = 0; i < credentials->n; i++)
                if (ints_has(&t->credentials, credentials->v[i]))
                        return true;
        return false;
}

/* A teacher or co-teacher: there exactly where one must be, able and available. */
static void check_person(struct audit *au, const struct seen *s, bool co, bool must)
{
        const int t = co ? s->said->co_teacher : s->said->teacher;
        const char *id = co ? s->said->co_teacher_id : s->said->teacher_id;
        const char *rule = co ? "H11" : "H2", *what = co ? "co-teacher" : "teacher";
        const struct ints *need = co ? &s->course->support.credentials : &s->course->credentials;
        const struct place at = s->said->at;
        const struct teacher *who;

        if (t == NONE) {
                if (must)
                        fault(au, rule, at, "%s has no %s", audit_name(au, s), what);
                return;
        }
        if (!must) {
                fault(au, rule, at, "%s has a %s and needs none", audit_name(au, s), what);
                return;
        }
        if (t < 0 || t >= au->pb->n_teachers) {
                fault(au, rule, at, "%s has an unknown %s %s", audit_name(au, s), what,
                        id ? id : "?");
                return;
        }
        who = &au->pb->teachers[t];
        if ((co || need->given) && !holds_one(who, need))
                fault(au, rule, at, "%s: %s holds no credential for it", audit_name(au, s),
                        who->id);
        if (!co && s->course->teachers.given && !ints_has(&s->course->teachers, t))
                fault(au, rule, at, "%s: %s is not among its teachers", audit_name(au, s), who->id);
        if (s->cells & ~who->available)
                fault(au, rule, at, "%s: %s is not available then", audit_name(au, s), who->id);
}

static void check_people(struct audit *au, const struct seen *s)
{
        const struct support *support = &s->course->support;

        check_person(au, s, false, s->course->staffed);
        check_person(au, s, true, support->given && s->number <= support->sections);
        if (s->said->teacher >= 0 && s->said->teacher == s->said->co_teacher)
                fault(au, "H11", s->said->at, "%s: its teacher is its co-teacher, too",
                        audit_name(au, s));
}

static void check_room(struct audit *au, const struct seen *s)
{
        const int r = s->said->room, type = s->course->room_type;
        const struct place at = s->said->at;

        if (type < 0) {
                if (r != NONE)
                        fault(au, "H4", at, "%s has a room and needs none", audit_name(au, s));
                return;
        }
        if (r < 0 || r >= au->pb->n_rooms) {
                fault(au, "H4", at, "%s has %s", audit_name(au, s),
                        r == NONE ? "no room" : "an unknown room");
                return;
        }
        if (!ints_has(&au->pb->rooms[r].types, type))
                fault(au, "H4", at, "%s: room %s is no %s", audit_name(au, s), au->pb->rooms[r].id,
                        index_id(au->pb->room_types, type));
        if (s->cells & ~au->pb->rooms[r].available)
                fault(au, "H2", at, "%s: room %s is not available then", audit_name(au, s),
                        au->pb->rooms[r].id);
}

static void check_reservation(struct audit *au, const struct seen *s)
{
        const int k = s->said->cohort, course = s->said->course;
        const struct cohort *co;
        int members = 0;

        if (k == NONE)
                return;
        if (k < 0 || k >= au->pb->n_cohorts || !ints_has(&au->pb->cohorts[k].courses, course)) {
                fault(au, "H7", s->said->at, "%s is reserved for %s, which does not list it",
                        audit_name(au, s), s->said->cohort_id ? s->said->cohort_id : "?");
                return;
        }
        co = &au->pb->cohorts[k];
        for (int i = 0; i < s->listed; i++) {
                const int x = s->said->students.v[i];
                const struct student_facts *f;

                if (x < 0 || x >= au->pb->n_students)
                        continue;
                f = &au->students[x];
                members += co->purity_of_pathway ? f->pathway == co->pathway : f->cohort == k;
        }
        /* members >= purity x enrolment, in whole numbers */
        if ((int64_t)members * co->purity.den < (int64_t)s->listed * co->purity.num)
                fault(au, "H7", co->at, "%s: %d of its %d students are members of %s, too few",
                        audit_name(au, s), members, s->listed, co->id);
}

static void check_enrolment(struct audit *au, const struct seen *s)
{
        const struct course_facts *f = &au->courses[s->said->course];
        const int r = s->said->room, known_room = r >= 0 && r < au->pb->n_rooms;
        const int room = known_room ? au->pb->rooms[r].capacity : -1;
        int most = f->size_max, least = f->size_min;

        if (s->stack < 0 && s->course->room_type >= 0 && room >= 0 && room < most)
                most = room;
        if (s->stack >= 0 && least > 1)
                least = 1;
        if (s->listed > most)
                fault(au, "H4", s->said->at, "%s has %d students; expected at most %d",
                        audit_name(au, s), s->listed, most);
        if (s->listed < least && !audit_locked(au, s->said->course, s->number))
                fault(au, "H9", s->said->at, "%s has %d students; expected at least %d",
                        audit_name(au, s), s->listed, least);
}

/* The known students, each once; stamp[x] is the last section that had x, plus one. */
static void read_students(struct audit *au, struct seen *s, int *stamp, int mark)
{
        const struct ints *said = &s->said->students;
        int strangers = 0, twice = 0;

        s->listed = said->n;
        s->students.v = arena_array(au->arena, (size_t)said->n + 1, sizeof(int));
        for (int i = 0; i < said->n; i++) {
                const int x = said->v[i];

                if (x < 0 || x >= au->pb->n_students) {
                        strangers++;
                } else if (stamp[x] == mark) {
                        twice++;
                } else {
                        stamp[x] = mark;
                        s->students.v[s->students.n++] = x;
                        au->students[x].seats.n++;
                }
        }
        if (strangers)
                fault(au, "H5", s->said->at, "%s lists %d unknown students", audit_name(au, s),
                        strangers);
        if (twice)
                fault(au, "H5", s->said->at, "%s lists %d students twice", audit_name(au, s),
                        twice);
}

/* An entry that can be looked at: known course, periods and terms. */
static bool read_section(struct audit *au, const struct answer_section *said, struct seen *s)
{
        const struct problem *pb = au->pb;

        if (said->course < 0 || said->course >= pb->n_courses) {
                fault(au, "H5", said->at, "section %d of %s: there is no such course", said->number,
                        said->course_id ? said->course_id : "?");
                return false;
        }
        *s = (struct seen){.said = said,
                .course = &pb->courses[said->course],
                .number = said->number,
                .stack = au->courses[said->course].stack};
        if (!known(&said->periods, pb->n_periods) || !known(&said->terms, pb->n_terms)) {
                fault(au, "cell", said->at, "%s is in no or in unknown periods or terms",
                        audit_name(au, s));
                return false;
        }
        s->period = said->periods.v[0];
        s->term = said->terms.v[0];
        for (int i = 0; i < said->terms.n; i++) {
                if (said->terms.v[i] > s->last_term)
                        s->last_term = said->terms.v[i];
                for (int j = 0; j < said->periods.n; j++)
                        s->cells |= (cellset)1
                                    << (said->terms.v[i] * pb->n_periods + said->periods.v[j]);
        }
        return true;
}

static int by_number(const void *p, const void *q)
{
        const struct seen *a = p, *b = q;

        if (a->said->course != b->said->course)
                return a->said->course < b->said->course ? -1 : 1;
        if (a->number != b->number)
                return a->number < b->number ? -1 : 1;
        return a->said < b->said ? -1 : a->said > b->said;
}

/* Sort, and leave out entries whose course and number an earlier one has. */
static void sort_sections(struct audit *au)
{
        int n = 0;

        if (au->n_sections)
                qsort(au->sections, (size_t)au->n_sections, sizeof *au->sections, by_number);
        for (int i = 0; i < au->n_sections; i++) {
                struct seen *s = &au->sections[i];

                if (n && au->sections[n - 1].said->course == s->said->course &&
                        au->sections[n - 1].number == s->number) {
                        fault(au, "H10", s->said->at, "%s is there twice", audit_name(au, s));
                        continue;
                }
                au->sections[n++] = *s;
        }
        au->n_sections = n;
        for (int i = n - 1; i >= 0; i--) {
                struct course_facts *f = &au->courses[au->sections[i].said->course];

                f->first = i;
                f->n++;
        }
}

static void list_seats(struct audit *au)
{
        const struct problem *pb = au->pb;
        int *stamp = arena_array(au->arena, (size_t)pb->n_students + 1, sizeof *stamp);

        for (int i = 0; i < au->n_sections; i++)
                read_students(au, &au->sections[i], stamp, i + 1);
        for (int x = 0; x < pb->n_students; x++) {
                struct ints *seats = &au->students[x].seats;

                seats->v = arena_array(au->arena, (size_t)seats->n + 1, sizeof(int));
                seats->n = 0;
        }
        for (int i = 0; i < au->n_sections; i++)
                for (int j = 0; j < au->sections[i].students.n; j++) {
                        struct ints *seats = &au->students[au->sections[i].students.v[j]].seats;

                        seats->v[seats->n++] = i;
                }
}

static void check_number(struct audit *au, const struct seen *s)
{
        const int hi = au->courses[s->said->course].hi;

        if (s->number < 1 || s->number > hi)
                fault(au, "H10", s->course->sections_at, "%s is beyond its %d sections",
                        audit_name(au, s), hi);
}

void audit_sections(struct audit *au)
{
        const struct answer *an = au->an;

        au->sections = arena_array(au->arena, (size_t)an->n_sections + 1, sizeof *au->sections);
        for (int i = 0; i < an->n_sections; i++)
                au->n_sections += read_section(au, &an->sections[i], &au->sections[au->n_sections]);
        sort_sections(au);
        list_seats(au);
        for (int i = 0; i < au->n_sections; i++) {
                const struct seen *s = &au->sections[i];

                check_number(au, s);
                check_cells(au, s);
                check_people(au, s);
                check_room(au, s);
                check_reservation(au, s);
                check_enrolment(au, s);
        }
}
