/* SPDX-License-Identifier: GPL-3.0-or-later */
/* H6: the rules, one function per kind; with what stacks ask in H4 and H9. */
#include "model/verify_audit.h"

/* Is this the first place of the course in the rule's list? */
static bool is_first(const struct rule *ru, int i)
{
        for (int j = 0; j < i; j++)
                if (ru->courses.v[j] == ru->courses.v[i])
                        return false;
        return true;
}

struct group {
        int n;
        struct seen **v;
};

/* Placed sections with number k of the rule's courses, in the order of the list. */
static struct group group_of(const struct audit *au, const struct rule *ru, int k, struct seen **v)
{
        struct group g = {0, v};

        for (int i = 0; i < ru->courses.n; i++) {
                struct seen *s = audit_find(au, ru->courses.v[i], k);

                if (s && is_first(ru, i))
                        g.v[g.n++] = s;
        }
        return g;
}

/* Calls check once for each number that a placed section of the rule's courses has. */
static void each_number(struct audit *au, const struct rule *ru,
        void (*check)(struct audit *au, const struct rule *ru, struct group g))
{
        struct seen **v = arena_array(au->arena, (size_t)ru->courses.n + 1, sizeof(struct seen *));

        for (int i = 0; i < ru->courses.n; i++) {
                const struct course_facts *f = &au->courses[ru->courses.v[i]];

                for (int j = f->first; is_first(ru, i) && j < f->first + f->n; j++) {
                        struct group g = group_of(au, ru, au->sections[j].number, v);

                        if (g.n && g.v[0] == &au->sections[j])
                                check(au, ru, g);
                }
        }
}

static void check_stack(struct audit *au, const struct rule *ru, struct group g)
{
        const struct answer_section *a = g.v[0]->said;
        const int r = a->room, has_room = r >= 0 && r < au->pb->n_rooms;
        int sum = 0, most = 0, least = 0;
        bool locked = false;

        for (int i = 0; i < g.n; i++) {
                const struct seen *s = g.v[i];
                const struct course_facts *f = &au->courses[s->said->course];

                if (s->cells != g.v[0]->cells || s->said->teacher != a->teacher ||
                        s->said->room != a->room)
                        fault(au, "H6", ru->at,
                                "stack: %s and %s are not with one teacher in one room at one time",
                                audit_name(au, g.v[0]), audit_name(au, s));
                sum += s->listed;
                most = f->size_max > most ? f->size_max : most;
                least = f->size_min > least ? f->size_min : least;
                locked |= audit_locked(au, s->said->course, s->number);
        }
        if (has_room && au->pb->rooms[r].capacity >= 0 && au->pb->rooms[r].capacity < most)
                most = au->pb->rooms[r].capacity;
        if (sum > most)
                fault(au, "H4", ru->at,
                        "stack: %s and those with it have %d students; expected at "
                        "most %d",
                        audit_name(au, g.v[0]), sum, most);
        if (sum < least && !locked)
                fault(au, "H9", ru->at,
                        "stack: %s and those with it have %d students; expected at "
                        "least %d",
                        audit_name(au, g.v[0]), sum, least);
}

static void check_same_period(struct audit *au, const struct rule *ru, struct group g)
{
        for (int i = 1; i < g.n; i++)
                if (g.v[i]->period != g.v[0]->period)
                        fault(au, "H6", ru->at, "same_period: %s and %s start in two periods",
                                audit_name(au, g.v[0]), audit_name(au, g.v[i]));
}

static void check_same_teacher(struct audit *au, const struct rule *ru, struct group g)
{
        for (int i = 1; i < g.n; i++)
                if (g.v[i]->said->teacher != g.v[0]->said->teacher)
                        fault(au, "H6", ru->at, "same_teacher: %s and %s have two teachers",
                                audit_name(au, g.v[0]), audit_name(au, g.v[i]));
}

static uint64_t terms_of(const struct seen *s)
{
        uint64_t terms = 0;

        for (int i = 0; i < s->said->terms.n; i++)
                terms |= (uint64_t)1 << s->said->terms.v[i];
        return terms;
}

static void check_adjacent(struct audit *au, const struct rule *ru, struct group g)
{
        for (int i = 1; i < g.n; i++)
                for (int j = i; j > 0 && g.v[j]->period < g.v[j - 1]->period; j--) {
                        struct seen *later = g.v[j - 1];

                        g.v[j - 1] = g.v[j];
                        g.v[j] = later;
                }
        for (int i = 1; i < g.n; i++) {
                const struct seen *a = g.v[i - 1], *b = g.v[i];
                const int end = a->period + a->said->periods.n;

                if (end != b->period || !audit_run(au->pb, end - 1, end) ||
                        terms_of(a) != terms_of(b))
                        fault(au, "H6", ru->at, "adjacent: %s and %s are not in one run",
                                audit_name(au, a), audit_name(au, b));
        }
}

static void check_separate(struct audit *au, const struct rule *ru)
{
        for (int i = 0; i < ru->courses.n; i++) {
                const struct course_facts *f = &au->courses[ru->courses.v[i]];

                for (int j = 0; j < i; j++) {
                        const struct course_facts *g = &au->courses[ru->courses.v[j]];

                        if (f == g)
                                continue;
                        for (int a = f->first; a < f->first + f->n; a++)
                                for (int b = g->first; b < g->first + g->n; b++)
                                        if (au->sections[a].cells & au->sections[b].cells)
                                                fault(au, "H6", ru->at,
                                                        "separate: %s and %s overlap",
                                                        audit_name(au, &au->sections[b]),
                                                        audit_name(au, &au->sections[a]));
                }
        }
}

static void check_same_students(struct audit *au, const struct rule *ru)
{
        for (int x = 0; x < au->pb->n_students; x++) {
                const struct seen *first = NULL;

                for (int i = 0; au->students[x].seats.n > 1 && i < ru->courses.n; i++) {
                        const struct seen *s = audit_seat(au, x, ru->courses.v[i]);

                        if (s && first && s->number != first->number)
                                fault(au, "H6", ru->at,
                                        "same_students: student %s sits in %s and %s",
                                        au->pb->students[x].id, audit_name(au, first),
                                        audit_name(au, s));
                        if (!first)
                                first = s;
                }
        }
}

static void check_before(struct audit *au, const struct rule *ru)
{
        for (int x = 0; x < au->pb->n_students; x++) {
                const struct seen *last = NULL;

                for (int i = 0; au->students[x].seats.n > 1 && i < ru->courses.n; i++) {
                        const struct seen *s = audit_seat(au, x, ru->courses.v[i]);

                        if (s && last && s != last && last->last_term >= s->term)
                                fault(au, "H6", ru->at,
                                        "before: student %s sits in %s, which does not end before "
                                        "%s",
                                        au->pb->students[x].id, audit_name(au, last),
                                        audit_name(au, s));
                        if (s)
                                last = s;
                }
        }
}

static int flagged(const struct audit *au, const struct seen *s, int flag)
{
        int n = 0;

        for (int i = 0; i < s->students.n; i++)
                n += ints_has(&au->pb->students[s->students.v[i]].flags, flag);
        return n;
}

static bool credentialed(const struct audit *au, int teacher, const struct ints *credentials)
{
        if (teacher < 0 || teacher >= au->pb->n_teachers)
                return false;
        for (int i = 0; i < credentials->n; i++)
                if (ints_has(&au->pb->teachers[teacher].credentials, credentials->v[i]))
                        return true;
        return false;
}

static void check_needs(struct audit *au, const struct rule *ru)
{
        for (int i = 0; i < au->n_sections; i++) {
                const struct seen *s = &au->sections[i];

                if (s->course->staffed && !credentialed(au, s->said->teacher, &ru->credentials) &&
                        !credentialed(au, s->said->co_teacher, &ru->credentials) &&
                        flagged(au, s, ru->flag))
                        fault(au, "H6", ru->at, "needs: %s has a student with %s, no such teacher",
                                audit_name(au, s), index_id(au->pb->flags, ru->flag));
        }
}

static void check_limit(struct audit *au, const struct rule *ru)
{
        for (int i = 0; i < au->n_sections; i++) {
                const struct seen *s = &au->sections[i];
                const int64_t most = au->courses[s->said->course].size_max;
                int64_t n;

                if (ru->courses.given && !ints_has(&ru->courses, s->said->course))
                        continue;
                n = flagged(au, s, ru->flag);
                if (n * ru->share.den > ru->share.num * most)
                        fault(au, "H6", ru->at, "limit: %s has %d students with %s, too many",
                                audit_name(au, s), (int)n, index_id(au->pb->flags, ru->flag));
        }
}

/* Among the students of one section, or of sections stacked with each other, at most one is listed.
 */
static void check_apart_in(
        struct audit *au, const struct rule *ru, struct group g, const bool *listed)
{
        int first = -1;

        for (int i = 0; i < g.n; i++)
                for (int j = 0; j < g.v[i]->students.n; j++) {
                        const int x = g.v[i]->students.v[j];

                        if (!listed[x] || x == first)
                                continue;
                        if (first >= 0)
                                fault(au, "H6", ru->at,
                                        "apart: students %s and %s sit together in %s",
                                        au->pb->students[first].id, au->pb->students[x].id,
                                        audit_name(au, g.v[i]));
                        else
                                first = x;
                }
}

static void check_apart(struct audit *au, const struct rule *ru)
{
        const struct problem *pb = au->pb;
        bool *listed = arena_array(au->arena, (size_t)pb->n_students + 1, sizeof *listed);
        struct seen **v = arena_array(au->arena, (size_t)pb->n_courses + 1, sizeof(struct seen *));

        for (int i = 0; i < ru->students.n; i++)
                listed[ru->students.v[i]] = true;
        for (int i = 0; i < au->n_sections; i++) {
                struct seen *s = &au->sections[i];
                struct group g = {1, v};

                v[0] = s;
                if (s->stack >= 0)
                        g = group_of(au, &pb->rules[s->stack], s->number, v);
                if (g.v[0] == s)
                        check_apart_in(au, ru, g, listed);
        }
}

static void check_avoid(struct audit *au, const struct rule *ru)
{
        const struct ints *seats = &au->students[ru->student].seats;

        for (int i = 0; i < seats->n; i++) {
                const struct seen *s = &au->sections[seats->v[i]];

                if (s->said->teacher == ru->teacher || s->said->co_teacher == ru->teacher)
                        fault(au, "H6", ru->at, "avoid: student %s sits in %s with %s",
                                au->pb->students[ru->student].id, audit_name(au, s),
                                au->pb->teachers[ru->teacher].id);
        }
}

static void check_free_one(struct audit *au, const struct rule *ru, const struct ints *sections,
        const char *what, const char *id)
{
        const struct problem *pb = au->pb;
        cellset taken = 0;

        for (int i = 0; i < sections->n; i++)
                taken |= au->sections[sections->v[i]].cells;
        for (int t = 0; t < pb->n_terms; t++) {
                int n = 0;

                for (int p = 0; p < pb->n_periods; p++)
                        n += (ru->periods >> p & 1) && !(taken >> (t * pb->n_periods + p) & 1);
                if (n < ru->count)
                        fault(au, "H6", ru->at,
                                "free: %s %s has %d of these periods free in %s; expected %d", what,
                                id, n, pb->terms[t], ru->count);
        }
}

static void check_free(struct audit *au, const struct rule *ru)
{
        for (int i = 0; i < ru->teachers.n; i++)
                check_free_one(au, ru, &au->taught[ru->teachers.v[i]], "teacher",
                        au->pb->teachers[ru->teachers.v[i]].id);
        for (int i = 0; i < ru->students.n; i++)
                check_free_one(au, ru, &au->students[ru->students.v[i]].seats, "student",
                        au->pb->students[ru->students.v[i]].id);
}

void audit_rules(struct audit *au)
{
        for (int i = 0; i < au->pb->n_rules; i++) {
                const struct rule *ru = &au->pb->rules[i];

                switch (ru->kind) {
                case RULE_SEPARATE:
                        check_separate(au, ru);
                        break;
                case RULE_STACK:
                        each_number(au, ru, check_stack);
                        break;
                case RULE_SAME_PERIOD:
                        each_number(au, ru, check_same_period);
                        break;
                case RULE_ADJACENT:
                        each_number(au, ru, check_adjacent);
                        break;
                case RULE_SAME_TEACHER:
                        each_number(au, ru, check_same_teacher);
                        break;
                case RULE_SAME_STUDENTS:
                        check_same_students(au, ru);
                        break;
                case RULE_BEFORE:
                        check_before(au, ru);
                        break;
                case RULE_NEEDS:
                        check_needs(au, ru);
                        break;
                case RULE_LIMIT:
                        check_limit(au, ru);
                        break;
                case RULE_APART:
                        check_apart(au, ru);
                        break;
                case RULE_AVOID:
                        check_avoid(au, ru);
                        break;
                case RULE_FREE:
                        check_free(au, ru);
                        break;
                case N_RULE_KINDS:
                        break;
                }
        }
}
