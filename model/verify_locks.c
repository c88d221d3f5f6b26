/* SPDX-License-Identifier: GPL-3.0-or-later */
/* H6: the locks; H7: cohorts that move together. */
#include "model/verify_audit.h"

static void lock_fault(struct audit *au, const struct lock *l, const struct seen *s,
        const char *what, const char *id)
{
        fault(au, "H6", l->at, "lock: %s is not with %s %s", audit_name(au, s), what, id);
}

static void check_lock(struct audit *au, const struct lock *l)
{
        const struct problem *pb = au->pb;
        const struct seen *s = audit_find(au, l->course, l->section);

        if (!s && l->kept)
                return;
        if (!s) {
                fault(au, "H6", l->at, "lock: %s-%d is not placed", pb->courses[l->course].id,
                        l->section);
                return;
        }
        if (l->student >= 0 && !ints_has(&s->students, l->student))
                lock_fault(au, l, s, "student", pb->students[l->student].id);
        if (l->teacher >= 0 && s->said->teacher != l->teacher)
                lock_fault(au, l, s, "teacher", pb->teachers[l->teacher].id);
        if (l->room >= 0 && s->said->room != l->room)
                lock_fault(au, l, s, "room", pb->rooms[l->room].id);
        if (l->period >= 0 && s->period != l->period)
                lock_fault(au, l, s, "period", pb->periods[l->period].id);
        if (l->term >= 0 && s->term != l->term)
                lock_fault(au, l, s, "term", pb->terms[l->term]);
        if (l->cohort != COHORT_NOT_LOCKED && s->said->cohort != l->cohort)
                lock_fault(
                        au, l, s, "cohort", l->cohort < 0 ? "(none)" : pb->cohorts[l->cohort].id);
}

void audit_locks(struct audit *au)
{
        for (int i = 0; i < au->pb->n_locks; i++)
                check_lock(au, &au->pb->locks[i]);
}

/* The section reserved for cohort k in which the student takes the course, or NULL. */
static const struct seen *reserved_seat(const struct audit *au, int k, int student, int course)
{
        const struct ints *seats = &au->students[student].seats;

        for (int i = 0; i < seats->n; i++) {
                const struct seen *s = &au->sections[seats->v[i]];

                if (s->said->course == course && s->said->cohort == k)
                        return s;
        }
        return NULL;
}

/* Members of k in one reserved section s sit together in each listed course, too. */
static void check_strand(struct audit *au, int k, const struct seen *s)
{
        const struct cohort *co = &au->pb->cohorts[k];

        for (int i = 0; i < co->courses.n; i++) {
                const struct seen *first = NULL;

                for (int j = 0; j < s->students.n; j++) {
                        const int x = s->students.v[j];
                        const struct seen *o;

                        if (au->students[x].cohort != k)
                                continue;
                        o = reserved_seat(au, k, x, co->courses.v[i]);
                        if (o && first && o != first) {
                                fault(au, "H7", co->at,
                                        "strands of %s: members in %s sit in %s and in %s", co->id,
                                        audit_name(au, s), audit_name(au, first),
                                        audit_name(au, o));
                                break;
                        }
                        if (!first)
                                first = o;
                }
        }
}

void audit_strands(struct audit *au)
{
        for (int i = 0; i < au->n_sections; i++) {
                const struct seen *s = &au->sections[i];
                const int k = s->said->cohort;

                if (k >= 0 && k < au->pb->n_cohorts && au->pb->cohorts[k].strands)
                        check_strand(au, k, s);
        }
}
