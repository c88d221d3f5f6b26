/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/freeze.h"
#include <string.h>

/* ---- what ---- */

static const struct word {
        const char *name;
        unsigned what;
} words[] = {
        {"periods", FREEZE_PERIODS},
        {"teachers", FREEZE_TEACHERS},
        {"rooms", FREEZE_ROOMS},
        {"students", FREEZE_STUDENTS},
        {"sections", FREEZE_SECTIONS},
};
enum { N_WORDS = sizeof words / sizeof *words };

bool freeze_read(const char *text, unsigned *what, struct place at, struct report *rp)
{
        *what = 0;
        while (true) {
                size_t n = strcspn(text, ",");
                int i = 0;
                while (i < N_WORDS &&
                        (strlen(words[i].name) != n || strncmp(words[i].name, text, n) != 0))
                        i++;
                if (i == N_WORDS)
                        return report_error(rp, ERROR_INPUT, at,
                                "found '%.*s'; expected periods, teachers, rooms, students or "
                                "sections, with commas between",
                                (int)n, text);
                *what |= words[i].what;
                if (!text[n])
                        return true;
                text += n + 1;
        }
}

const char *freeze_text(struct arena *a, unsigned what)
{
        const char *text = "";

        if (what == FREEZE_SECTIONS)
                return words[N_WORDS - 1].name;
        for (int i = 0; i < N_WORDS - 1; i++)
                if (what & words[i].what)
                        text = arena_printf(a, "%s%s%s", text, *text ? "," : "", words[i].name);
        return text;
}

/* ---- which ---- */

enum key {
        KEY_SUBJECT,
        KEY_AREA,
        KEY_COURSE,
        KEY_PATHWAY,
        KEY_COHORT,
        KEY_TEACHER,
        KEY_ROOM,
        KEY_PERIOD,
        KEY_TERM,
        N_KEYS
};

static const char *const keys[N_KEYS] = {
        "subject", "area", "course", "pathway", "cohort", "teacher", "room", "period", "term"};

static const struct index *ids_of_key(const struct problem *pb, enum key key)
{
        const struct index *const ids[N_KEYS] = {[KEY_AREA] = pb->areas,
                [KEY_COURSE] = pb->course_ids,
                [KEY_PATHWAY] = pb->pathway_ids,
                [KEY_COHORT] = pb->cohort_ids,
                [KEY_TEACHER] = pb->teacher_ids,
                [KEY_ROOM] = pb->room_ids,
                [KEY_PERIOD] = pb->period_ids,
                [KEY_TERM] = pb->term_ids};

        return ids[key];
}

static bool is_subject(const struct problem *pb, const char *name)
{
        for (int c = 0; c < pb->n_courses; c++)
                if (pb->courses[c].subject && !strcmp(pb->courses[c].subject, name))
                        return true;
        return false;
}

/* The next term of *text: its key (N_KEYS: unknown) and value, in the arena. */
static const char *next_term(struct arena *a, const char **text, int *key, const char **word)
{
        size_t n = strcspn(*text, ";"), k = strcspn(*text, "=;");
        char *value = arena_strndup(a, *text + k + ((*text)[k] == '='), k < n ? n - k - 1 : 0);

        *word = arena_strndup(a, *text, k);
        for (*key = 0; *key < N_KEYS && strcmp(keys[*key], *word) != 0;)
                ++*key;
        *text += n + ((*text)[n] == ';');
        return value;
}

static bool known(const struct problem *pb, int key, const char *value)
{
        return key == KEY_SUBJECT ? is_subject(pb, value)
                                  : index_find(ids_of_key(pb, (enum key)key), value) >= 0;
}

bool freeze_only_check(const struct problem *pb, const struct freeze_only *only, struct report *rp)
{
        struct arena *a = arena_new();
        const char *text = only->text, *word;
        bool ok = true;

        while (ok && text && *text) {
                int key;
                const char *value = next_term(a, &text, &key, &word);
                if (key == N_KEYS)
                        ok = report_error(rp, ERROR_INPUT, only->at,
                                "found key '%s'; expected subject, area, course, pathway, cohort, "
                                "teacher, room, period or term, as in subject=Math;pathway=health",
                                word);
                else if (!known(pb, key, value))
                        ok = report_error(rp, ERROR_INPUT, only->at,
                                "found %s '%s'; expected one of the school", word, value);
        }
        arena_free(a);
        return ok;
}

static bool of_pathway(const struct problem *pb, int course, int pathway)
{
        const struct course *c = &pb->courses[course];

        if (c->pathway == pathway)
                return true;
        for (int i = 0; i < c->in_cohorts.n; i++)
                if (pb->cohorts[c->in_cohorts.v[i]].pathway == pathway)
                        return true;
        return false;
}

static bool term_holds(const struct schedule *sc, int s, int key, const char *value)
{
        const struct problem *pb = sc->pb;
        int course = pb->section_course[s];
        const struct course *c = &pb->courses[course];

        if (key == KEY_SUBJECT)
                return c->subject && !strcmp(c->subject, value);
        int x = index_find(ids_of_key(pb, (enum key)key), value);
        switch ((enum key)key) {
        case KEY_AREA:
                return c->area == x;
        case KEY_COURSE:
                return course == x;
        case KEY_PATHWAY:
                return of_pathway(pb, course, x);
        case KEY_COHORT:
                return sc->cohort[s] == x;
        case KEY_TEACHER:
                return sc->teacher[s] == x || sc->co_teacher[s] == x;
        case KEY_ROOM:
                return sc->room[s] == x;
        case KEY_PERIOD:
                return (c->start_cells[sc->start[s]] &
                               problem_cells_of_periods(pb, (uint64_t)1 << x)) != 0;
        case KEY_TERM:
                return (c->start_cells[sc->start[s]] & pb->term_cells[x]) != 0;
        default:
                return false;
        }
}

static bool passes(
        struct arena *a, const struct schedule *sc, int s, const struct freeze_only *only)
{
        const char *text = only ? only->text : NULL, *word;

        if (!text)
                return true;
        while (*text) {
                int key;
                const char *value = next_term(a, &text, &key, &word);
                if (term_holds(sc, s, key, value))
                        return true;
        }
        return false;
}

/* ---- what is still possible ---- */

static int first_cell(const struct problem *pb, const struct answer_section *a)
{
        if (!a->terms.n || !a->periods.n || a->terms.v[0] < 0 || a->periods.v[0] < 0)
                return NONE;
        return a->terms.v[0] * pb->n_periods + a->periods.v[0];
}

static void wish_parts(struct schedule *wish, int s, const struct answer_section *a)
{
        const struct problem *pb = wish->pb;
        const struct course *c = &pb->courses[a->course];
        int start = first_cell(pb, a);

        if (start < 0 || !(c->may_start >> start & 1))
                return;
        cellset cells = c->start_cells[start];
        wish->start[s] = start;
        if (a->teacher >= 0 && ints_has(&c->able_teachers, a->teacher) &&
                !(cells & ~pb->teachers[a->teacher].available))
                wish->teacher[s] = a->teacher;
        if (a->room >= 0 && ints_has(&c->able_rooms, a->room) &&
                !(cells & ~pb->rooms[a->room].available))
                wish->room[s] = a->room;
        if (a->cohort >= 0 && ints_has(&c->in_cohorts, a->cohort))
                wish->cohort[s] = a->cohort;
}

struct schedule *freeze_wish(const struct schedule *fits, const struct answer *an, struct place *at)
{
        const struct problem *pb = fits->pb;
        struct schedule *wish = schedule_new(pb);

        schedule_copy(wish, fits);
        for (int i = 0; i < an->n_sections; i++) {
                const struct answer_section *a = &an->sections[i];
                if (a->course < 0 || a->number < 1 ||
                        a->number > pb->courses[a->course].sections_max)
                        continue;
                int s = pb->courses[a->course].first_section + a->number - 1;
                at[s] = a->at;
                if (wish->start[s] < 0)
                        wish_parts(wish, s, a);
        }
        return wish;
}

/* ---- locks ---- */

enum { OTHERWISE = 1 << 8 }; /* a lock of the school wants the section to be otherwise */

static bool differs(const struct schedule *sc, int s, const struct lock *l)
{
        int n = sc->pb->n_periods, start = sc->start[s];

        if (start < 0)
                return false;
        return (l->period >= 0 && l->period != start % n) ||
               (l->term >= 0 && l->term != start / n) ||
               (l->teacher >= 0 && l->teacher != sc->teacher[s]) ||
               (l->room >= 0 && l->room != sc->room[s]);
}

/* What locks of the school say of each section already: bits of enum freeze. */
static unsigned *stated_of(struct arena *a, const struct schedule *sc)
{
        const struct problem *pb = sc->pb;
        unsigned *stated = arena_array(a, (size_t)pb->n_sections + 1, sizeof *stated);

        for (int i = 0; i < pb->n_locks; i++) {
                const struct lock *l = &pb->locks[i];
                int s = pb->courses[l->course].first_section + l->section - 1;
                if (l->student >= 0)
                        continue;
                stated[s] |= l->period >= 0 || l->term >= 0 ? FREEZE_PERIODS : 0;
                stated[s] |= l->teacher >= 0 ? FREEZE_TEACHERS : 0;
                stated[s] |= l->room >= 0 ? FREEZE_ROOMS : 0;
                stated[s] |= l->cohort != COHORT_NOT_LOCKED ? FREEZE_COHORTS : 0;
                stated[s] |= differs(sc, s, l) ? OTHERWISE : 0;
        }
        return stated;
}

/* Where the section that a lock is about starts, by the school's locks or as it does now; or NONE.
 */
static int locked_start(const struct schedule *sc, int s)
{
        const struct problem *pb = sc->pb;
        int period = sc->start[s] < 0 ? NONE : sc->start[s] % pb->n_periods;
        int term = sc->start[s] < 0 ? 0 : sc->start[s] / pb->n_periods;

        for (int i = 0; i < pb->n_locks; i++) {
                const struct lock *l = &pb->locks[i];
                if (pb->courses[l->course].first_section + l->section - 1 != s)
                        continue;
                period = l->period >= 0 ? l->period : period;
                term = l->term >= 0 ? l->term : term;
        }
        return period < 0 ? NONE : term * pb->n_periods + period;
}

/* The school's lock that wants the teacher or the room of section s, as it stands, for another
 * section then, which does not stand so; or NULL. */
static const struct lock *taken_by(const struct schedule *sc, const unsigned *stated, int s)
{
        const struct problem *pb = sc->pb;
        const struct course *c = &pb->courses[pb->section_course[s]];

        for (int i = 0; i < pb->n_locks; i++) {
                const struct lock *l = &pb->locks[i];
                const struct course *d = &pb->courses[l->course];
                int o = d->first_section + l->section - 1;
                if (l->student >= 0 || o == s || !(stated[o] & OTHERWISE) ||
                        (c->stack >= 0 && c->stack == d->stack &&
                                pb->section_number[s] == l->section))
                        continue;
                bool teacher = l->teacher >= 0 && l->teacher == sc->teacher[s];
                bool room = l->room >= 0 && l->room == sc->room[s];
                int start = locked_start(sc, o);
                if ((teacher || room) && start >= 0 &&
                        (d->start_cells[start] & c->start_cells[sc->start[s]]))
                        return l;
        }
        return NULL;
}

static struct lock empty_lock(const struct problem *pb, int s, const struct place *at)
{
        return lock_of(pb->section_course[s], pb->section_number[s],
                at ? at[s] : (struct place){.file = pb->file});
}

static void freeze_place(
        const struct schedule *sc, int s, unsigned what, const struct place *at, struct edits *out)
{
        const struct problem *pb = sc->pb;
        struct lock l = empty_lock(pb, s, at);

        l.kept = true;
        if (what & FREEZE_PERIODS) {
                l.period = sc->start[s] % pb->n_periods;
                l.term = sc->start[s] / pb->n_periods;
        }
        if (what & FREEZE_TEACHERS)
                l.teacher = sc->teacher[s];
        if (what & FREEZE_ROOMS)
                l.room = sc->room[s];
        if (what & FREEZE_COHORTS)
                l.cohort = sc->cohort[s];
        if (what & ~(unsigned)FREEZE_STUDENTS)
                edits_push(out, (struct edit){.kind = EDIT_ADD_LOCK, .lock = l});
}

/* A student whom the school locks somewhere else, or the same, is left to that lock. */
static bool is_bound(const struct problem *pb, const struct request *q)
{
        for (int i = 0; i < pb->n_locks; i++)
                if (pb->locks[i].student == q->student && pb->locks[i].course == q->course)
                        return true;
        return false;
}

/* Is the student's seat in section s at a time when the school locks him into another, or an
 * alternate for what he gets there? */
static bool is_in_the_way(const struct schedule *sc, const struct request *q, int s)
{
        const struct problem *pb = sc->pb;
        const struct course *c = &pb->courses[q->course];
        int start = sc->start[s];

        for (int i = 0; i < pb->n_locks; i++) {
                const struct lock *l = &pb->locks[i];
                if (l->student != q->student || l->course == q->course)
                        continue;
                const struct course *d = &pb->courses[l->course];
                int r = problem_request_of(pb, l->student, l->course);
                if (q->kind == ALTERNATE && r >= 0 && sc->seat[r] < 0)
                        return true;
                int other = locked_start(sc, d->first_section + l->section - 1);
                if (other >= 0 && ((d->start_block[other] & c->start_cells[start]) ||
                                          (d->start_cells[other] & c->start_block[start])))
                        return true;
        }
        return false;
}

/* An alternate that stands for nothing that is unmet (H8), as the request has gone from the school:
 * the last ones of those too many. */
static bool stands_for_nothing(const struct schedule *sc, int r)
{
        const struct problem *pb = sc->pb;
        const struct request *q = &pb->requests[r];
        const struct student *who = &pb->students[q->student];
        int unmet = 0, used = 0, before = 0;

        if (q->kind != ALTERNATE)
                return false;
        if (q->stands_for >= 0 && sc->seat[q->stands_for] >= 0)
                return true;
        for (int i = who->first_request; i < who->first_request + who->n_requests; i++) {
                bool alternate = pb->requests[i].kind == ALTERNATE;
                unmet += !alternate && sc->seat[i] < 0;
                used += alternate && sc->seat[i] >= 0;
                before += alternate && sc->seat[i] >= 0 && i < r;
        }
        return used > unmet && before >= unmet;
}

static void give_way(const struct schedule *sc, int s, const struct lock *by, struct report *rp)
{
        const struct problem *pb = sc->pb;
        bool teacher = by->teacher >= 0 && by->teacher == sc->teacher[s];

        report_warn(rp, by->at,
                "%s-%d has %s %s at this time; it is not kept as it is, but sought another place",
                pb->courses[pb->section_course[s]].id, pb->section_number[s],
                teacher ? "teacher" : "room",
                teacher ? pb->teachers[by->teacher].id : pb->rooms[by->room].id);
}

void freeze(const struct schedule *sc, unsigned what, const struct freeze_only *only,
        const struct place *at, struct edits *out, struct report *rp)
{
        const struct problem *pb = sc->pb;
        struct arena *a = arena_new();
        unsigned *stated = stated_of(a, sc);
        bool *frozen = arena_array(a, (size_t)pb->n_sections + 1, sizeof *frozen);

        int *enrolled = arena_array(a, (size_t)pb->n_sections + 1, sizeof *enrolled);
        for (int r = 0; r < pb->n_requests; r++)
                if (sc->seat[r] >= 0)
                        enrolled[sc->seat[r]]++;
        for (int s = 0; s < pb->n_sections; s++) {
                const struct course *c = &pb->courses[pb->section_course[s]];
                if (sc->start[s] < 0 || stated[s] & OTHERWISE || !passes(a, sc, s, only))
                        continue;
                const struct lock *by = taken_by(sc, stated, s);
                if (by) {
                        give_way(sc, s, by, rp);
                        continue;
                }
                frozen[s] = c->stack >= 0 || enrolled[s] >= c->size_min;
                freeze_place(sc, s, what & ~stated[s], at, out);
        }
        for (int r = 0; r < pb->n_requests && what & FREEZE_STUDENTS; r++) {
                int s = sc->seat[r];
                if (s < 0 || !frozen[s] || is_bound(pb, &pb->requests[r]) ||
                        stands_for_nothing(sc, r) || is_in_the_way(sc, &pb->requests[r], s))
                        continue;
                struct lock l = empty_lock(pb, s, at);
                l.student = pb->requests[r].student;
                edits_push(out, (struct edit){.kind = EDIT_ADD_LOCK, .lock = l});
        }
        arena_free(a);
}

struct problem *freeze_answer(struct problem *pb, const struct answer *an, unsigned what,
        const struct freeze_only *only, struct report *rp)
{
        struct edits locks = {0};
        struct report *ignored = report_new(); /* what does not fit is told when it is read again */
        struct schedule *fits = answer_schedule(pb, an, ignored);
        struct place *at = mem_zero((size_t)pb->n_sections + 1, sizeof *at);
        struct schedule *wish = freeze_wish(fits, an, at);

        freeze(wish, what, only, at, &locks, rp);
        struct problem *with = locks.n ? edits_apply(pb, locks.v, locks.n, rp) : pb;
        schedule_free(wish);
        schedule_free(fits);
        mem_free(at);
        edits_release(&locks);
        report_free(ignored);
        return with;
}
