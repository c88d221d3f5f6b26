/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is legal but doomed, one line per cause with a count. Each is certain: no schedule can do
 * better; what is said here need not be the only trouble.
 */
#include "io/problem_read.h"
#include "io/problem_warn_locks.h"
#include "io/problem_warn_rules.h"
#include <stdio.h>
#include <string.h>

enum { NAMED_IDS = 3, APART_TRIES = 100000 };

struct warning {
        const struct problem *pb;
        struct report *rp;
        struct arena *scratch;
};

static const char *plural(int n)
{
        return n == 1 ? "" : "s";
}

/* ---- names that only occur where they are asked for ---- */

static const char *hint(const struct warning *w, const struct index *known, const char *id)
{
        const char *near = index_nearest(known, id);
        return near ? arena_printf(w->scratch, " (did you mean '%s'?)", near) : "";
}

static void add_all(struct index *to, const struct index *from, const struct ints *list)
{
        for (int i = 0; i < list->n; i++)
                index_add(to, index_id(from, list->v[i]));
}

static void warn_flag(const struct warning *w, const struct index *held, int flag, struct place at)
{
        if (flag < 0)
                return;
        const char *id = index_id(w->pb->flags, flag);
        if (index_find(held, id) < 0)
                report_warn(w->rp, at, "flag '%s' is set for no student%s", id, hint(w, held, id));
}

static void warn_flags(const struct warning *w)
{
        const struct problem *pb = w->pb;
        struct index *held = index_new();
        for (int i = 0; i < pb->n_students; i++)
                add_all(held, pb->flags, &pb->students[i].flags);
        for (int c = 0; c < pb->n_courses; c++) {
                warn_flag(w, held, pb->courses[c].only.flag, pb->courses[c].at);
                if (pb->courses[c].support.given)
                        warn_flag(w, held, pb->courses[c].support.flag, pb->courses[c].at);
        }
        for (int q = 0; q < pb->n_requirements; q++)
                warn_flag(w, held, pb->requirements[q].whom.flag, pb->requirements[q].at);
        for (int i = 0; i < pb->n_rules; i++)
                if (pb->rules[i].kind == RULE_NEEDS || pb->rules[i].kind == RULE_LIMIT)
                        warn_flag(w, held, pb->rules[i].flag, pb->rules[i].at);
        index_free(held);
}

static void warn_areas(const struct warning *w)
{
        const struct problem *pb = w->pb;
        struct index *held = index_new();
        for (int c = 0; c < pb->n_courses; c++)
                if (pb->courses[c].area >= 0)
                        index_add(held, index_id(pb->areas, pb->courses[c].area));
        for (int q = 0; q < pb->n_requirements; q++) {
                const struct requirement *req = &pb->requirements[q];
                const char *id = req->area < 0 ? NULL : index_id(pb->areas, req->area);
                if (id && index_find(held, id) < 0)
                        report_warn(w->rp, req->at, "no course counts for area '%s' of '%s'%s", id,
                                req->id, hint(w, held, id));
        }
        index_free(held);
}

/* ---- courses: people and rooms ---- */

/* What is missing: "the credential 'x'" or "any of 'x', 'y'", with a hint for the first unheld. */
static const char *wanted(
        const struct warning *w, const struct ints *credentials, const struct index *held)
{
        const struct index *names = w->pb->credentials;
        const char *text = "", *near = "";
        for (int i = 0; i < credentials->n; i++) {
                const char *id = index_id(names, credentials->v[i]);
                text = arena_printf(w->scratch, "%s%s'%s'", text, i ? " or " : "", id);
                if (!*near && index_find(held, id) < 0)
                        near = hint(w, held, id);
        }
        return arena_printf(w->scratch, "%s%s", credentials->n ? text : "(nothing listed)", near);
}

static void warn_nobody(const struct warning *w, const struct course *c, const struct index *held)
{
        if (!c->sections_max)
                return;
        if (c->staffed && !c->able_teachers.n && c->teachers.given && !c->teachers.n)
                report_warn(
                        w->rp, c->at, "course '%s' can have no teacher: its list is empty", c->id);
        else if (c->staffed && !c->able_teachers.n && c->credentials.given)
                report_warn(w->rp, c->at, "course '%s' can have no teacher: nobody %sholds %s",
                        c->id, c->teachers.given ? "of its teachers " : "",
                        wanted(w, &c->credentials, held));
        else if (c->staffed && !c->able_teachers.n)
                report_warn(w->rp, c->at, "course '%s' can have no teacher: there is none", c->id);
        if (c->support.given && c->support.sections > 0 && !c->able_co_teachers.n)
                report_warn(w->rp, c->at, "course '%s' can have no co-teacher: nobody holds %s",
                        c->id, wanted(w, &c->support.credentials, held));
}

static void warn_staff(const struct warning *w)
{
        const struct problem *pb = w->pb;
        struct index *held = index_new();
        for (int t = 0; t < pb->n_teachers; t++)
                add_all(held, pb->credentials, &pb->teachers[t].credentials);
        for (int c = 0; c < pb->n_courses; c++)
                warn_nobody(w, &pb->courses[c], held);
        index_free(held);
}

static void warn_rooms(const struct warning *w)
{
        const struct problem *pb = w->pb;
        struct index *held = index_new();
        for (int i = 0; i < pb->n_rooms; i++)
                add_all(held, pb->room_types, &pb->rooms[i].types);
        for (int i = 0; i < pb->n_courses; i++) {
                const struct course *c = &pb->courses[i];
                if (c->room_type < 0 || c->able_rooms.n || !c->sections_max)
                        continue;
                const char *id = index_id(pb->room_types, c->room_type);
                report_warn(w->rp, c->at, "course '%s' can have no room: none is of type '%s'%s",
                        c->id, id, hint(w, held, id));
        }
        index_free(held);
}

/* ---- courses: time ---- */

static bool someone_there(const struct problem *pb, const struct course *c, cellset cells)
{
        bool teacher = !c->staffed, room = c->room_type < 0;
        for (int i = 0; i < c->able_teachers.n && !teacher; i++)
                teacher = !(cells & ~pb->teachers[c->able_teachers.v[i]].available);
        for (int i = 0; i < c->able_rooms.n && !room; i++)
                room = !(cells & ~pb->rooms[c->able_rooms.v[i]].available);
        return teacher && room;
}

/* The starts with an able teacher and a room, each there all the time. */
static cellset real_starts(const struct problem *pb, const struct course *c)
{
        cellset starts = 0;
        for (int cell = 0; cell < pb->n_cells; cell++)
                if (c->may_start >> cell & 1 && someone_there(pb, c, c->start_cells[cell]))
                        starts |= (cellset)1 << cell;
        return starts;
}

static void warn_starts(const struct warning *w)
{
        const struct problem *pb = w->pb;
        int longest = problem_longest_run(pb, pb->all_cells, 0);
        for (int i = 0; i < pb->n_courses; i++) {
                const struct course *c = &pb->courses[i];
                bool people = !c->staffed || c->able_teachers.n > 0;
                bool rooms = c->room_type < 0 || c->able_rooms.n > 0;
                if (!c->sections_max)
                        continue;
                if (c->periods > longest)
                        report_warn(w->rp, c->at,
                                "course '%s' meets %d periods in a row, but no run of periods is "
                                "longer than %d",
                                c->id, c->periods, longest);
                else if (!c->may_start)
                        report_warn(w->rp, c->at,
                                "course '%s' can start nowhere: 'at' leaves no start "
                                "with room for %d period%s and %d term%s",
                                c->id, c->periods, plural(c->periods), c->terms, plural(c->terms));
                else if (people && rooms && !real_starts(pb, c))
                        report_warn(w->rp, c->at,
                                "course '%s' can start nowhere: wherever it may, no able teacher "
                                "or "
                                "no room is available throughout",
                                c->id);
        }
}

/* ---- courses: seats ---- */

static int seats_per_section(const struct problem *pb, const struct course *c)
{
        int largest = c->room_type < 0 || !c->able_rooms.n ? c->size_max : 0;
        for (int i = 0; i < c->able_rooms.n; i++) {
                int capacity = pb->rooms[c->able_rooms.v[i]].capacity;
                if (capacity < 0 || capacity > c->size_max)
                        capacity = c->size_max;
                largest = capacity > largest ? capacity : largest;
        }
        return largest;
}

/* What keeps the course at so many sections. */
static const char *why_sections(struct arena *a, const struct course *c)
{
        int target = c->size_target > 0 ? c->size_target : 1;

        if (c->sections_given)
                return arena_printf(a, "its 'sections' allows %d", c->sections_max);
        if (c->sections_max != (c->n_primary + target - 1) / target)
                return "a rule ties its number of sections to another course's";
        return arena_printf(a,
                "without 'sections' it has as many as its requests make at the target size of %d",
                target);
}

/* What keeps its sections at so many seats. */
static const char *why_seats(
        struct arena *a, const struct problem *pb, const struct course *c, int seats)
{
        if (seats < c->size_max)
                return arena_printf(a, "no room of type '%s' holds more than %d",
                        index_id(pb->room_types, c->room_type), seats);
        if (c->size_max_stated >= 0)
                return arena_printf(a, "its 'size' allows %d", seats);
        if (pb->contract.size_max >= 0)
                return arena_printf(a, "the contract's 'size' allows %d", seats);
        return arena_printf(a, "without 'size' a section has %d", seats);
}

static void warn_seats(const struct warning *w)
{
        const struct problem *pb = w->pb;
        int *primary = arena_array(w->scratch, (size_t)pb->n_courses + 1, sizeof *primary);
        int *all = arena_array(w->scratch, (size_t)pb->n_courses + 1, sizeof *all);
        for (int q = 0; q < pb->n_requests; q++) {
                primary[pb->requests[q].course] +=
                        pb->requests[q].admitted && pb->requests[q].kind != ALTERNATE;
                all[pb->requests[q].course] += pb->requests[q].admitted;
        }
        for (int i = 0; i < pb->n_courses; i++) {
                const struct course *c = &pb->courses[i];
                int seats = seats_per_section(pb, c);
                int64_t most = (int64_t)seats * c->sections_max;
                int64_t least = (int64_t)c->size_min * c->sections_min;
                if (all[i] && !c->sections_max)
                        report_warn(w->rp, c->sections_at,
                                "course '%s' has no section, but %d request%s", c->id, all[i],
                                plural(all[i]));
                else if (c->sections_max && !seats)
                        report_warn(w->rp, c->at,
                                "course '%s' seats nobody: no room of its type holds anybody",
                                c->id);
                else if (primary[i] > most)
                        report_warn(w->rp, c->sections_at,
                                "course '%s' has %d primary requests, but at most %d section%s of "
                                "%d seat%s: %s, %s",
                                c->id, primary[i], c->sections_max, plural(c->sections_max), seats,
                                plural(seats), why_sections(w->scratch, c),
                                why_seats(w->scratch, pb, c, seats));
                if (c->stack < 0 && least > all[i])
                        report_warn(w->rp, c->sections_at,
                                "course '%s' asks for %d section%s of at least %d student%s, but "
                                "only "
                                "%d can be seated",
                                c->id, c->sections_min, plural(c->sections_min), c->size_min,
                                plural(c->size_min), all[i]);
        }
}

/* ---- courses: periods of their teachers ---- */

static bool same_ints(const struct ints *a, const struct ints *b)
{
        return a->n == b->n && !memcmp(a->v, b->v, (size_t)a->n * sizeof *a->v);
}

/* Stacked sections are taught at once: the first course of a stack speaks for it. */
static int cells_asked(const struct problem *pb, const struct course *c)
{
        bool counts = c->staffed && c->counts_load;
        if (counts && c->stack >= 0)
                counts = &pb->courses[pb->rules[c->stack].courses.v[0]] == c;
        return counts ? c->sections_min * c->periods * c->terms : 0;
}

static int cells_offered(const struct problem *pb, const struct ints *teachers)
{
        int cells = 0;
        for (int i = 0; i < teachers->n; i++) {
                const struct teacher *who = &pb->teachers[teachers->v[i]];
                for (int t = 0; t < pb->n_terms; t++) {
                        int here = __builtin_popcountll(who->available & pb->term_cells[t]);
                        int load = who->limits.load;
                        cells += load >= 0 && load < here ? load : here;
                }
        }
        return cells;
}

/* Courses with the same able teachers share their periods. */
static void warn_loads(const struct warning *w)
{
        const struct problem *pb = w->pb;
        bool *done = arena_array(w->scratch, (size_t)pb->n_courses + 1, sizeof *done);
        for (int i = 0; i < pb->n_courses; i++) {
                const struct course *c = &pb->courses[i];
                int asked = 0, n = 0;
                if (done[i] || !cells_asked(pb, c) || !c->able_teachers.n)
                        continue;
                for (int j = i; j < pb->n_courses; j++) {
                        const struct course *other = &pb->courses[j];
                        int cells = cells_asked(pb, other);
                        if (!cells || !same_ints(&c->able_teachers, &other->able_teachers))
                                continue;
                        asked += cells;
                        done[j] = true;
                        n++;
                }
                int offered = cells_offered(pb, &c->able_teachers);
                if (asked > offered)
                        report_warn(w->rp, c->at,
                                "course '%s'%s need%s %d periods of class over all terms, but the "
                                "%d teacher%s able to teach %s %d",
                                c->id,
                                n == 1 ? ""
                                       : arena_printf(w->scratch,
                                                 " and %d other%s with the same teachers", n - 1,
                                                 plural(n - 1)),
                                n == 1 ? "s" : "", asked, c->able_teachers.n,
                                plural(c->able_teachers.n),
                                c->able_teachers.n == 1 ? "has" : "have", offered);
        }
}

/* ---- pathways ---- */

struct puzzle {
        const struct problem *pb;
        const struct course *courses[MAX_CELLS];
        cellset starts[MAX_CELLS];
        int n, tries;
};

/* Can courses i.. be placed beside what is taken? Gives in (true) when it takes too long to know.
 */
static bool fit_apart(struct puzzle *z, int i, cellset taken, cellset blocked)
{
        if (i == z->n || ++z->tries > APART_TRIES)
                return true;
        for (cellset left = z->starts[i]; left; left &= left - 1) {
                int cell = __builtin_ctzll(left);
                cellset cells = z->courses[i]->start_cells[cell];
                cellset block = z->courses[i]->start_block[cell];
                if (!(cells & blocked) && !(block & taken) &&
                        fit_apart(z, i + 1, taken | cells, blocked | block))
                        return true;
        }
        return false;
}

static void warn_empty(const struct warning *w)
{
        const struct problem *pb = w->pb;
        int *members = arena_array(w->scratch, (size_t)pb->n_cohorts + 1, sizeof *members);

        for (int k = 0; k < pb->n_students; k++)
                if (pb->students[k].cohort >= 0)
                        members[pb->students[k].cohort]++;
        for (int h = 0; pb->n_students && h < pb->n_cohorts; h++)
                if (!members[h])
                        report_warn(w->rp, pb->cohorts[h].at, "cohort '%s' has no members",
                                pb->cohorts[h].id);
}

static void warn_cohort(const struct warning *w, const struct cohort *k)
{
        struct puzzle z = {.pb = w->pb};
        int cells = 0;
        for (int i = 0; i < k->courses.n; i++) {
                const struct course *c = &w->pb->courses[k->courses.v[i]];
                cellset starts = c->sections_max ? real_starts(w->pb, c) : 0;
                cells += c->periods * c->terms;
                if (!starts || z.n == MAX_CELLS)
                        continue;
                int at = z.n++;
                for (; at > 0 &&
                        __builtin_popcountll(starts) < __builtin_popcountll(z.starts[at - 1]);
                        at--) {
                        z.starts[at] = z.starts[at - 1];
                        z.courses[at] = z.courses[at - 1];
                }
                z.starts[at] = starts;
                z.courses[at] = c;
        }
        if (cells > w->pb->n_cells)
                report_warn(w->rp, k->at,
                        "the courses of cohort '%s' take %d cells (periods x terms), but there are "
                        "%d",
                        k->id, cells, w->pb->n_cells);
        else if (!fit_apart(&z, 0, 0, 0))
                report_warn(w->rp, k->at,
                        "the courses of cohort '%s' cannot be placed apart: wherever they may "
                        "start, "
                        "some overlap",
                        k->id);
}

static void warn_team(const struct warning *w, const struct pathway *p)
{
        const struct problem *pb = w->pb;
        cellset common = pb->all_cells;
        for (int i = 0; i < p->team.n; i++)
                common &= pb->teachers[p->team.v[i]].available;
        for (int t = 0; t < pb->n_terms && p->common_planning; t++) {
                int n = __builtin_popcountll(common & pb->term_cells[t]);
                if (n >= p->common_planning)
                        continue;
                report_warn(w->rp, p->at,
                        "the team of pathway '%s' is available together in %d period%s of term "
                        "'%s', "
                        "but common_planning asks for %d",
                        p->id, n, plural(n), pb->terms[t], p->common_planning);
                return;
        }
}

/* ---- students and requests ---- */

enum ruled_out { OUT_GRADE, OUT_ONLY, OUT_AWAY, N_RULED_OUT };

struct group {
        int n;
        struct place at;
        const char *ids;
};

static void join(const struct warning *w, struct group *g, struct place at, const char *student)
{
        if (!g->n)
                g->at = at;
        if (g->n < NAMED_IDS)
                g->ids = arena_printf(
                        w->scratch, "%s%s%s", g->n ? g->ids : "", g->n ? ", " : "", student);
        else if (g->n == NAMED_IDS)
                g->ids = arena_printf(w->scratch, "%s ...", g->ids);
        g->n++;
}

static enum ruled_out why_out(const struct problem *pb, const struct request *q)
{
        const struct course *c = &pb->courses[q->course];
        if (c->grades.given && !ints_has(&c->grades, pb->students[q->student].grade))
                return OUT_GRADE;
        return problem_is_of(pb, q->student, c->only) ? OUT_AWAY : OUT_ONLY;
}

static void warn_requests(const struct warning *w)
{
        static const char *const texts[N_RULED_OUT] = {"it is not open to their grade",
                "its 'only' keeps them out", "they are not available when it may run"};
        const struct problem *pb = w->pb;
        struct group(*groups)[N_RULED_OUT] =
                arena_array(w->scratch, (size_t)pb->n_courses + 1, sizeof *groups);
        for (int i = 0; i < pb->n_requests; i++) {
                const struct request *q = &pb->requests[i];
                /* A course that can start nowhere has had its warning. */
                if (!q->admitted &&
                        (pb->courses[q->course].may_start || why_out(pb, q) != OUT_AWAY))
                        join(w, &groups[q->course][why_out(pb, q)], q->at,
                                pb->students[q->student].id);
        }
        for (int c = 0; c < pb->n_courses; c++)
                for (int why = 0; why < N_RULED_OUT; why++) {
                        const struct group *g = &groups[c][why];
                        if (g->n)
                                report_warn(w->rp, g->at,
                                        "course '%s' is requested by %d student%s (%s), but %s; "
                                        "that stays unmet",
                                        pb->courses[c].id, g->n, plural(g->n), g->ids, texts[why]);
                }
}

static void warn_students(const struct warning *w)
{
        const struct problem *pb = w->pb;
        struct group g = {0};
        for (int i = 0; i < pb->n_students; i++) {
                const struct student *s = &pb->students[i];
                int cells = 0;
                for (int q = s->first_request; q < s->first_request + s->n_requests; q++) {
                        const struct course *c = &pb->courses[pb->requests[q].course];
                        if (pb->requests[q].admitted && pb->requests[q].kind != ALTERNATE)
                                cells += c->periods * c->terms;
                }
                if (cells > __builtin_popcountll(s->available))
                        join(w, &g, s->at, s->id);
        }
        if (g.n)
                report_warn(w->rp, g.at,
                        "%d student%s request%s more periods than the day has for them (%s)", g.n,
                        plural(g.n), g.n == 1 ? "s" : "", g.ids);
        if (pb->n_courses && !pb->n_requests)
                report_warn(w->rp, (struct place){pb->file, 1, 1}, "there are no requests");
}

void problem_warn(const struct problem *pb, struct report *rp)
{
        struct warning w = {pb, rp, arena_new()};
        warn_staff(&w);
        warn_rooms(&w);
        warn_starts(&w);
        warn_seats(&w);
        warn_loads(&w);
        for (int k = 0; k < pb->n_cohorts; k++)
                warn_cohort(&w, &pb->cohorts[k]);
        warn_empty(&w);
        for (int p = 0; p < pb->n_pathways; p++)
                warn_team(&w, &pb->pathways[p]);
        warn_rules(pb, rp);
        warn_locks(pb, rp);
        warn_flags(&w);
        warn_areas(&w);
        warn_requests(&w);
        warn_students(&w);
        arena_free(w.scratch);
}
