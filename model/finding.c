/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reasons as sentences for counselors. */
#include "model/finding.h"
#include <string.h>

const char *why_code(enum why why)
{
        static const char *const codes[N_WHY] = {
                [WHY_UNKNOWN] = "unknown",
                [WHY_GRADE] = "grade",
                [WHY_ONLY] = "only",
                [WHY_AWAY] = "away",
                [WHY_NOT_OFFERED] = "not_offered",
                [WHY_NOT_PLACED] = "not_placed",
                [WHY_BLOCKED] = "blocked",
                [WHY_POSSIBLE] = "possible",
                [WHY_NO_START] = "no_start",
                [WHY_NO_CREDENTIAL] = "no_credential",
                [WHY_NO_TEACHER] = "no_teacher",
                [WHY_NO_CO_TEACHER] = "no_co_teacher",
                [WHY_NO_ROOM_TYPE] = "no_room_type",
                [WHY_NO_ROOM] = "no_room",
                [WHY_TOO_FEW] = "too_few",
                [WHY_RULE] = "rule",
                [WHY_NO_NEED] = "no_need",
        };

        return codes[why];
}

const char *obstacle_code(enum obstacle_kind kind)
{
        static const char *const codes[N_BLOCKS] = {
                [BLOCK_FULL] = "full",
                [BLOCK_OVERLAP] = "overlap",
                [BLOCK_SUPPORT] = "support",
                [BLOCK_PURITY] = "purity",
                [BLOCK_CONTACTS] = "contacts",
                [BLOCK_AWAY] = "away",
                [BLOCK_RULE] = "rule",
                [BLOCK_LOCK] = "lock",
                [BLOCK_STRANDS] = "strands",
                [BLOCK_ALTERNATE] = "alternate",
        };

        return codes[kind];
}

static const char *titled(struct arena *a, const struct course *c)
{
        return c->title ? arena_printf(a, "%s (%s)", c->title, c->id) : c->id;
}

static const char *section_name(struct arena *a, const struct problem *pb, int s)
{
        return arena_printf(
                a, "%s-%d", pb->courses[pb->section_course[s]].id, pb->section_number[s]);
}

/* "a", "a and b", "a, b and c". */
static const char *joined(struct arena *a, const char *const *parts, int n, const char *last)
{
        const char *text = n ? parts[0] : "";

        for (int i = 1; i < n; i++)
                text = arena_printf(a, "%s%s%s", text, i == n - 1 ? last : ", ", parts[i]);
        return text;
}

static const char *courses_of(struct arena *a, const struct problem *pb, const struct ints *list)
{
        const char **parts = arena_array(a, (size_t)list->n, sizeof *parts);

        for (int i = 0; i < list->n; i++)
                parts[i] = pb->courses[list->v[i]].id;
        return joined(a, parts, list->n, " and ");
}

static const char *credentials_of(
        struct arena *a, const struct problem *pb, const struct ints *list)
{
        const char **parts = arena_array(a, (size_t)list->n, sizeof *parts);

        for (int i = 0; i < list->n; i++)
                parts[i] = index_id(pb->credentials, list->v[i]);
        return joined(a, parts, list->n, " or ");
}

/* school.yaml:41, without the folders. */
static const char *line_of(struct arena *a, struct place at)
{
        const char *slash = at.file ? strrchr(at.file, '/') : NULL;

        if (!at.file || !at.line)
                return "the input";
        return arena_printf(a, "%s:%d", slash ? slash + 1 : at.file, at.line);
}

static const char *rule_text(struct arena *a, const struct problem *pb, int i)
{
        return arena_printf(a, "the rule %s (%s)", rule_kind_name(pb->rules[i].kind),
                line_of(a, pb->rules[i].at));
}

static const char *lock_text(struct arena *a, const struct problem *pb, int i)
{
        return arena_printf(a, "the lock at %s", line_of(a, pb->locks[i].at));
}

/* All rules and locks of the reason: "the rule before (school.yaml:41) and the lock at ..." */
static const char *rules_of(struct arena *a, const struct problem *pb, const struct reason *r)
{
        const int n = r->rules.n + r->locks.n;
        const char **parts = arena_array(a, (size_t)n, sizeof *parts);

        for (int i = 0; i < r->rules.n; i++)
                parts[i] = rule_text(a, pb, r->rules.v[i]);
        for (int i = 0; i < r->locks.n; i++)
                parts[r->rules.n + i] = lock_text(a, pb, r->locks.v[i]);
        return joined(a, parts, n, " and ");
}

static const char *full_text(struct arena *a, const struct problem *pb, const struct obstacle *o)
{
        const char *text = "is full";

        if (o->courses.n)
                text = arena_printf(a, "is full together with %s, stacked with it",
                        courses_of(a, pb, &o->courses));
        if (o->room >= 0)
                text = arena_printf(a, "%s (room %s holds %d)", text, pb->rooms[o->room].id,
                        pb->rooms[o->room].capacity);
        return text;
}

/* What a section does that keeps the student out, as a predicate to follow its name. */
static const char *predicate(struct arena *a, const struct problem *pb, const struct obstacle *o)
{
        const char *courses = courses_of(a, pb, &o->courses);
        const char *cohort = o->cohort >= 0 ? pb->cohorts[o->cohort].id : "";
        const bool any = o->courses.n > 0;

        switch (o->kind) {
        case BLOCK_OVERLAP:
                return arena_printf(a, "overlaps with %s", any ? courses : "another class");
        case BLOCK_SUPPORT:
                return "is not co-taught, which the student needs";
        case BLOCK_PURITY:
                return arena_printf(a, "is reserved for %s and takes no more others", cohort);
        case BLOCK_CONTACTS:
                return arena_printf(a, "has no seat left within the contacts limit of %s",
                        o->teacher >= 0 ? pb->teachers[o->teacher].id : "its teacher");
        case BLOCK_AWAY:
                return "meets when the student is not available";
        case BLOCK_RULE:
                return arena_printf(a, "is ruled out by %s%s%s",
                        o->rule >= 0 ? rule_text(a, pb, o->rule) : "a rule",
                        any ? ", because of " : "", any ? courses : "");
        case BLOCK_LOCK:
                return arena_printf(a, "is ruled out by %s%s%s",
                        o->lock >= 0 ? lock_text(a, pb, o->lock) : "a lock",
                        any ? ", which holds the student in " : "", any ? courses : "");
        case BLOCK_STRANDS:
                return arena_printf(a, "would split members of %s", cohort);
        case BLOCK_ALTERNATE:
                if (!any)
                        return "would stand in for a request that is met";
                return arena_printf(a, "is replaced by the alternate %s", courses);
        default:
                return full_text(a, pb, o);
        }
}

/* What keeps the student out of one or more of the sections. */
struct hurdle {
        const char *text; /* a predicate */
        enum obstacle_kind kind;
        int n;       /* sections that it holds for */
        bool *holds; /* [sections] */
};

/* The obstacles turned about: sections, and the hurdles that stand before them. */
struct table {
        int n_sections, n_hurdles;
        int *sections;
        struct hurdle *hurdles;
};

static bool is_plain_full(const struct obstacle *o)
{
        return o->kind == BLOCK_FULL && o->room < 0 && !o->courses.n;
}

/*
 * Does another obstacle of the section make this one needless to say: full by the room's capacity,
 * too; or an alternate, which is there because of the others?
 */
static bool is_said(const struct reason *r, int i)
{
        const struct obstacle *o = &r->obstacles[i];

        for (int j = 0; j < r->n_obstacles; j++) {
                const struct obstacle *p = &r->obstacles[j];

                if (p->section != o->section)
                        continue;
                if (o->kind == BLOCK_FULL && !is_plain_full(o) && is_plain_full(p))
                        return true;
                if (o->kind == BLOCK_ALTERNATE && p->kind != BLOCK_ALTERNATE)
                        return true;
        }
        return false;
}

static struct hurdle *hurdle_of(
        struct arena *a, const struct problem *pb, struct table *t, const struct obstacle *o)
{
        const char *text = predicate(a, pb, o);
        struct hurdle *h = t->hurdles;

        while (h < t->hurdles + t->n_hurdles && strcmp(h->text, text))
                h++;
        if (h == t->hurdles + t->n_hurdles) {
                t->n_hurdles++;
                *h = (struct hurdle){text, o->kind, 0, NULL};
        }
        return h;
}

static struct table table_of(struct arena *a, const struct problem *pb, const struct reason *r)
{
        const size_t n = (size_t)r->n_obstacles;
        struct table t = {0};

        t.sections = arena_array(a, n, sizeof *t.sections);
        t.hurdles = arena_array(a, n, sizeof *t.hurdles);
        for (int i = 0; i < r->n_obstacles; i++) {
                const struct obstacle *o = &r->obstacles[i];
                struct hurdle *h;
                int s = 0;

                while (s < t.n_sections && t.sections[s] != o->section)
                        s++;
                if (s == t.n_sections)
                        t.sections[t.n_sections++] = o->section;
                if (is_said(r, i))
                        continue;
                h = hurdle_of(a, pb, &t, o);
                if (!h->holds)
                        h->holds = arena_array(a, n, sizeof *h->holds);
                h->n += !h->holds[s];
                h->holds[s] = true;
        }
        return t;
}

/* Sections, of those not told yet (told may be NULL), that something of the kind stands before. */
static int stands_before(const struct table *t, enum obstacle_kind kind, const bool *told)
{
        int n = 0;

        for (int s = 0; s < t->n_sections; s++) {
                bool any = false;

                for (int h = 0; h < t->n_hurdles; h++)
                        any |= t->hurdles[h].kind == kind && t->hurdles[h].holds[s];
                n += any && !(told && told[s]);
        }
        return n;
}

/* What stands before many sections beside the hurdles that were told, whose kinds are these. */
static const char *besides(struct arena *a, const struct table *t, const bool *said, int least)
{
        static const struct {
                enum obstacle_kind kind;
                const char *one, *many;
        } others[] = {
                {BLOCK_PURITY, "is reserved for a cohort and takes no more others",
                        "are reserved for cohorts and take no more others"},
                {BLOCK_OVERLAP, "overlaps with the student's other classes",
                        "overlap with the student's other classes"},
        };
        const char *text = "";

        for (size_t i = 0; i < sizeof others / sizeof others[0] && t->n_sections > 1; i++) {
                const int n = stands_before(t, others[i].kind, NULL);
                if (said[others[i].kind] || n < least)
                        continue;
                text = n == t->n_sections
                               ? arena_printf(a, "%s; all of them %s, too", text, others[i].many)
                               : arena_printf(a, "%s; %d of them %s, too", text, n,
                                         n == 1 ? others[i].one : others[i].many);
        }
        return text;
}

/* Hurdles that stand before every placed section; NULL if there is none. */
static const char *all_blocked(
        struct arena *a, const struct course *c, const struct table *t, const char *course)
{
        const char *placed = t->n_sections < c->sections_max ? "placed " : "";
        const char **parts = arena_array(a, (size_t)t->n_hurdles, sizeof *parts);
        bool said[N_BLOCKS] = {false};
        const char *what, *also;
        int n = 0;

        for (int h = 0; h < t->n_hurdles; h++)
                if (t->hurdles[h].n == t->n_sections) {
                        parts[n++] = t->hurdles[h].text;
                        said[t->hurdles[h].kind] = true;
                }
        if (n == 0)
                return NULL;
        also = besides(a, t, said, 1);
        what = joined(a, parts, n, " and ");
        if (t->n_sections == 1)
                return arena_printf(a, "The only %ssection of %s %s.", placed, course, what);
        if (!strcmp(what, "is full") && t->n_sections == 2)
                return arena_printf(a, "Both %ssections of %s are full%s.", placed, course, also);
        if (!strcmp(what, "is full"))
                return arena_printf(a, "All %d %ssections of %s are full%s.", t->n_sections, placed,
                        course, also);
        return arena_printf(a, "Each of the %d %ssections of %s %s%s.", t->n_sections, placed,
                course, what, also);
}

/* "FR3-1 is full", "each of FR3-1 and FR3-2 is full": of the sections not told yet. */
static const char *some_blocked(struct arena *a, const struct problem *pb, const struct table *t,
        const struct hurdle *h, bool *told)
{
        const char **names = arena_array(a, (size_t)t->n_sections, sizeof *names);
        int n = 0;

        for (int s = 0; s < t->n_sections; s++)
                if (h->holds[s] && !told[s]) {
                        names[n++] = section_name(a, pb, t->sections[s]);
                        told[s] = true;
                }
        return arena_printf(
                a, "%s%s %s", n == 1 ? "" : "each of ", joined(a, names, n, " and "), h->text);
}

/*
 * A hurdle of the kind that stands before most of the sections not told yet, of these the one that
 * stands before most; NULL: all are told.
 */
static const struct hurdle *widest(const struct table *t, const bool *told)
{
        const struct hurdle *best = NULL;
        int most = 0, most_kind = 0;

        for (int h = 0; h < t->n_hurdles; h++) {
                int kind = stands_before(t, t->hurdles[h].kind, told), n = 0;

                for (int s = 0; s < t->n_sections; s++)
                        n += t->hurdles[h].holds[s] && !told[s];
                if (n && (kind > most_kind || (kind == most_kind && n > most))) {
                        most_kind = kind;
                        most = n;
                        best = &t->hurdles[h];
                }
        }
        return best;
}

/*
 * What stands before all sections; else one hurdle for each section, as few different ones as a
 * greedy choice finds, and what stands before most of them beside it. The data beside the sentence
 * have all of them.
 */
static const char *blocked_by(
        struct arena *a, const struct problem *pb, const struct course *c, const struct reason *r)
{
        const struct table t = table_of(a, pb, r);
        bool *told = arena_array(a, (size_t)t.n_sections, sizeof *told), said[N_BLOCKS] = {false};
        const char *text;

        if (t.n_sections == 0)
                return arena_printf(a, "No section of %s is open.", titled(a, c));
        text = all_blocked(a, c, &t, titled(a, c));
        if (text)
                return text;
        text = "";
        for (const struct hurdle *h; (h = widest(&t, told));) {
                said[h->kind] = true;
                text = arena_printf(
                        a, "%s%s%s", text, *text ? "; " : "", some_blocked(a, pb, &t, h, told));
        }
        text = arena_printf(a, "%s%s", text, besides(a, &t, said, t.n_sections / 2 + 1));
        if (!strncmp(text, "each", 4))
                return arena_printf(a, "Each%s.", text + 4);
        return arena_printf(a, "%s.", text);
}

/* Locks of sections without sisters that keep classes at the time where they overlap: " X-1 is kept
 * at its time by the lock at school.yaml:41." */
static const char *held_text(struct arena *a, const struct problem *pb, const struct reason *r)
{
        struct ints told = {0};
        const char *text = "";

        told.v = arena_array(a, (size_t)pb->n_locks + 1, sizeof *told.v);
        for (int i = 0; i < r->n_obstacles; i++)
                for (int j = 0; j < r->obstacles[i].held.n; j++) {
                        int l = r->obstacles[i].held.v[j];
                        const struct lock *lock = &pb->locks[l];
                        if (ints_has(&told, l) || pb->courses[lock->course].sections_max > 1)
                                continue;
                        told.v[told.n++] = l;
                        text = arena_printf(a, "%s %s-%d is kept at its time by %s.", text,
                                pb->courses[lock->course].id, lock->section, lock_text(a, pb, l));
                }
        return text;
}

static const char *blocked(
        struct arena *a, const struct problem *pb, const struct course *c, const struct reason *r)
{
        return arena_printf(a, "%s%s", blocked_by(a, pb, c, r), held_text(a, pb, r));
}

static const char *kept_for(struct arena *a, const struct problem *pb, const struct course *c)
{
        const char *parts[3];
        int n = 0;

        if (c->only.pathway >= 0)
                parts[n++] = arena_printf(a, "pathway %s", pb->pathways[c->only.pathway].id);
        if (c->only.cohort >= 0)
                parts[n++] = arena_printf(a, "cohort %s", pb->cohorts[c->only.cohort].id);
        if (c->only.flag >= 0)
                parts[n++] = arena_printf(a, "flag %s", index_id(pb->flags, c->only.flag));
        return joined(a, parts, n, " and ");
}

const char *reason_of_request(
        struct arena *a, const struct problem *pb, int request, const struct reason *r)
{
        const struct request *rq = &pb->requests[request];
        const struct course *c = &pb->courses[rq->course];
        const struct student *st = &pb->students[rq->student];
        const char *course = titled(a, c);

        switch (r->why) {
        case WHY_GRADE:
                return arena_printf(a, "%s is not open to grade %d.", course, st->grade);
        case WHY_ONLY:
                return arena_printf(
                        a, "%s is kept for students of %s.", course, kept_for(a, pb, c));
        case WHY_AWAY:
                return arena_printf(a, "Student %s is not available in any period where %s may be.",
                        st->id, course);
        case WHY_NOT_OFFERED:
                return arena_printf(a, "%s has no section.", course);
        case WHY_NOT_PLACED:
                return arena_printf(a, "No section of %s is placed.", course);
        case WHY_BLOCKED:
                return blocked(a, pb, c, r);
        case WHY_POSSIBLE:
                return arena_printf(a,
                        "Nothing rules out a seat in %s, but it would cost as much or more "
                        "elsewhere.",
                        course);
        default:
                return "The search ended before it found why.";
        }
}

/* What a teacher or co-teacher must have: "with credential x " or "". */
static const char *credential_text(
        struct arena *a, const struct problem *pb, const struct reason *r)
{
        if (!r->credentials.n)
                return "";
        return arena_printf(a, " with credential %s", credentials_of(a, pb, &r->credentials));
}

static const char *no_start(
        struct arena *a, const struct problem *pb, const struct course *c, const char *name)
{
        const bool at = c->at_periods.given || c->at_terms.given;

        return arena_printf(a, "%s finds no run of %d period%s in %d of %d terms%s.", name,
                c->periods, c->periods == 1 ? "" : "s", c->terms, pb->n_terms,
                at ? " where its `at` lets it start" : "");
}

static const char *no_credential(struct arena *a, const struct problem *pb, const struct course *c,
        const char *name, const struct reason *r)
{
        const char *held = credentials_of(a, pb, &r->credentials);

        if (!r->credentials.n)
                return arena_printf(a, "No teacher may take %s.", name);
        if (c->teachers.given)
                return arena_printf(a, "None of its teachers holds the credential %s.", held);
        return arena_printf(a, "No teacher holds the credential %s.", held);
}

/* Why the section's minimum cannot be had from those who still miss the course. */
static const char *too_few_text(
        struct arena *a, const struct course *c, const char *name, const struct reason *r)
{
        const char *needs =
                arena_printf(a, "%s needs %d student%s", name, r->need, r->need == 1 ? "" : "s");

        if (!r->asking)
                return arena_printf(
                        a, "%s, and nobody who asks for %s is without a seat in it.", needs, c->id);
        const char *of = arena_printf(a, "%s, and of the %d student%s without a seat in %s", needs,
                r->asking, r->asking == 1 ? "" : "s", c->id);
        if (!r->could)
                return arena_printf(a,
                        "%s none could come at any time that is left for it: other classes are in "
                        "the way then, or rules and limits.",
                        of);
        return arena_printf(a,
                "%s at most %d could come at any one time that is left for it: the others have "
                "other classes then, or rules and limits keep them out.",
                of, r->could);
}

static const char *section_text(struct arena *a, const struct problem *pb, const struct course *c,
        const char *name, const struct reason *r)
{
        const char *who = credential_text(a, pb, r);
        const char *room = r->room_type >= 0 ? index_id(pb->room_types, r->room_type) : "any";

        switch (r->why) {
        case WHY_NO_START:
                return no_start(a, pb, c, name);
        case WHY_NO_CREDENTIAL:
                return no_credential(a, pb, c, name, r);
        case WHY_NO_TEACHER:
                return arena_printf(a,
                        "No teacher%s is free, within load and limits, in any period where %s may "
                        "be.",
                        who, name);
        case WHY_NO_CO_TEACHER:
                return arena_printf(a,
                        "No co-teacher%s is free, within load and limits, when a teacher of %s is.",
                        who, name);
        case WHY_NO_ROOM_TYPE:
                return arena_printf(a, "No room has the type %s.", room);
        case WHY_NO_ROOM:
                return arena_printf(a, "No room of type %s is free when a teacher is.", room);
        case WHY_TOO_FEW:
                return too_few_text(a, c, name, r);
        case WHY_RULE:
                return arena_printf(a, "Every place that is left for %s is ruled out.", name);
        case WHY_NO_NEED:
                return arena_printf(
                        a, "Nobody who asked for %s could sit in %s.", titled(a, c), name);
        case WHY_POSSIBLE:
                return arena_printf(a, "%s could be placed, but the search left it out.", name);
        default:
                return "The search ended before it found why.";
        }
}

const char *reason_of_section(
        struct arena *a, const struct problem *pb, int section, const struct reason *r)
{
        const struct course *c = &pb->courses[pb->section_course[section]];
        const char *text = section_text(a, pb, c, section_name(a, pb, section), r);

        if (!r->rules.n && !r->locks.n)
                return text;
        return arena_printf(a, "%.*s, by %s.", (int)strlen(text) - 1, text, rules_of(a, pb, r));
}
