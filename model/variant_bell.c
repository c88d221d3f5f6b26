/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Another bell schedule.
 *
 * The day and the year are taken as lines from 0 to 1, in which a period or a term is an interval.
 * Who is there for at least half of a new period, by the old hours, is there in all of it. The pace
 * says how fast a course goes: in a 4x4 block, at twice the pace, a year's course takes half of
 * the year. A course keeps its seat time as nearly as whole periods and terms allow:
 *
 *     periods x terms / all terms x pace        before and after
 */
#include "model/variant_parts.h"
#include <string.h>

const struct bell_kind bell_kinds[] = {
        {"trad-6", "six periods a day", 1, 6, 4, 1},
        {"trad-7", "seven periods a day", 1, 7, 4, 1},
        {"trad-8", "eight periods a day", 1, 8, 4, 1},
        {"ab-8", "eight blocks on alternate days, four a day", 2, 4, 2, 1},
        {"4x4", "four blocks a day, a year's course in half a year", 1, 4, 2, 2},
};
const int n_bell_kinds = (int)(sizeof bell_kinds / sizeof bell_kinds[0]);

enum { MAX_DAYS = 64 };

struct side { /* the bell before, or after */
        int n_terms, n_periods, n_days, pace;
        int day[MAX_CELLS], place[MAX_CELLS]; /* of a period: its day, its number in the day */
        int size[MAX_DAYS];                   /* periods of a day */
        int longest_day;
};

struct change {
        struct problem *pb;
        struct notes *notes;
        const struct bell_kind *bell;
        struct side from, to;
};

/* ---- the two bells ---- */

/* Do most full-year courses run in part of the year? */
static int pace_of(const struct problem *pb, const struct side *s)
{
        int fast = 0, slow = 0;

        if (s->n_days > 1 || s->n_periods > 5 || s->n_terms < 2)
                return 1;
        for (int c = 0; c < pb->n_courses; c++) {
                if (pb->courses[c].years < pb->year_unit)
                        continue;
                fast += pb->courses[c].terms < s->n_terms;
                slow += pb->courses[c].terms == s->n_terms;
        }
        return fast > slow ? 2 : 1;
}

static void side_finish(struct side *s)
{
        memset(s->size, 0, sizeof s->size);
        for (int p = 0; p < s->n_periods; p++) {
                s->place[p] = s->size[s->day[p]]++;
                if (s->day[p] >= s->n_days)
                        s->n_days = s->day[p] + 1;
                if (s->size[s->day[p]] > s->longest_day)
                        s->longest_day = s->size[s->day[p]];
        }
}

static bool has_part_courses(const struct problem *pb)
{
        for (int c = 0; c < pb->n_courses; c++) {
                if (pb->courses[c].terms < pb->n_terms)
                        return true;
        }
        return false;
}

static int terms_after(const struct change *ch)
{
        int n = ch->from.n_terms;

        if (ch->to.pace == ch->from.pace)
                return n;
        if (ch->to.pace < ch->from.pace)
                return n % 2 ? n : n / 2;
        return n == 1 || !has_part_courses(ch->pb) ? 2 : 2 * n;
}

static void take_sides(struct change *ch)
{
        const struct problem *pb = ch->pb;
        struct side *from = &ch->from, *to = &ch->to;

        from->n_terms = pb->n_terms;
        from->n_periods = pb->n_periods;
        for (int p = 0; p < pb->n_periods; p++)
                from->day[p] = pb->periods[p].day_index;
        side_finish(from);
        from->pace = pace_of(pb, from);
        to->pace = ch->bell->pace;
        to->n_terms = terms_after(ch);
        to->n_periods = ch->bell->days * ch->bell->periods;
        for (int p = 0; p < to->n_periods; p++)
                to->day[p] = p / ch->bell->periods;
        side_finish(to);
}

/* ---- intervals ---- */

/* How much of [j, j+1) / m lies in [i, i+1) / n, as a share of 1. */
static double overlap(int i, int n, int j, int m)
{
        double low = (double)i / n, high = (double)(i + 1) / n;
        double begin = (double)j / m, end = (double)(j + 1) / m;

        if (begin > low)
                low = begin;
        if (end < high)
                high = end;
        return high > low ? (high - low) * m : 0;
}

/* The share of new period p that old periods cover, on the same day or on all alike. */
static double covered(const struct change *ch, uint64_t old, int p)
{
        const struct side *a = &ch->from, *b = &ch->to;
        bool by_day = a->n_days == b->n_days;
        double sum = 0;

        for (int q = 0; q < a->n_periods; q++) {
                if (!(old >> q & 1) || (by_day && a->day[q] != b->day[p]))
                        continue;
                sum += overlap(a->place[q], a->size[a->day[q]], b->place[p], b->size[b->day[p]]);
        }
        return by_day ? sum : sum / a->n_days;
}

enum { SCALE = 1000000 }; /* shares are compared in millionths */
static int millionths(double x)
{
        return (int)(x * SCALE + 0.5);
}

/* New periods at least half covered by the old ones; where none is, those covered best. */
static uint64_t new_periods(const struct change *ch, uint64_t old)
{
        uint64_t half = 0, best = 0;
        int most = 0;

        for (int p = 0; p < ch->to.n_periods; p++) {
                int share = millionths(covered(ch, old, p));
                if (share >= SCALE / 2)
                        half |= (uint64_t)1 << p;
                if (share > most)
                        best = 0;
                if (share >= most && share)
                        best |= (uint64_t)1 << p;
                most = share > most ? share : most;
        }
        return half ? half : best;
}

static uint64_t low_bits(int n)
{
        return n >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << n) - 1;
}

static cellset new_cells(const struct change *ch, cellset old)
{
        const struct side *a = &ch->from, *b = &ch->to;
        cellset out = 0;

        for (int t = 0; t < b->n_terms; t++) {
                for (int p = 0; p < b->n_periods; p++) {
                        double share = 0;
                        for (int u = 0; u < a->n_terms; u++) {
                                uint64_t there = old >> u * a->n_periods & low_bits(a->n_periods);
                                share += overlap(u, a->n_terms, t, b->n_terms) *
                                         covered(ch, there, p);
                        }
                        if (millionths(share) >= SCALE / 2)
                                out |= (cellset)1 << (t * b->n_periods + p);
                }
        }
        return out;
}

/* ---- numbers ---- */

static int ceiling(int64_t a, int64_t b)
{
        return (int)((a + b - 1) / b);
}

/* x of n as so many of m, to the nearest, halves down. */
static int in_proportion(int x, int n, int m)
{
        return ceiling(2 * (int64_t)x * m - n, 2 * (int64_t)n);
}

/* The same share of the day; one period of each day is left for planning, if one was. */
static int new_load(const struct change *ch, int load)
{
        int n = ch->from.n_periods, m = ch->to.n_periods;
        int y = load > 0 ? in_proportion(load, n, m) : load;

        if (load > 0 && load < n && y > m - ch->to.n_days)
                y = m - ch->to.n_days;
        return load > 0 && y < 1 ? 1 : y;
}

static void change_limits(const struct change *ch, struct limits *l, int load)
{
        int n = ch->from.n_periods, m = ch->to.n_periods;
        int after = load > 0 ? new_load(ch, load) : 0;

        if (l->contacts > 0)
                l->contacts = after ? ceiling((int64_t)l->contacts * after, load)
                                    : ceiling((int64_t)l->contacts * m, n);
        if (l->preps > 0)
                l->preps = ceiling((int64_t)l->preps * m, n);
        if (l->consecutive > 0)
                l->consecutive =
                        ceiling((int64_t)l->consecutive * ch->to.longest_day, ch->from.longest_day);
        l->load = new_load(ch, l->load);
}

static void note_limit(const struct change *ch, const char *what, int before, int after)
{
        if (before >= 0 && before != after)
                notes_add(ch->pb, ch->notes, "contract: %s %d instead of %d", what, after, before);
}

static void change_contract(const struct change *ch)
{
        struct contract *c = &ch->pb->contract;
        const struct limits before = c->limits;

        change_limits(ch, &c->limits, before.load);
        note_limit(ch, "load", before.load, c->limits.load);
        if (before.load < 0)
                notes_add(ch->pb, ch->notes, "contract: load stays all periods but one");
        note_limit(ch, "preps", before.preps, c->limits.preps);
        note_limit(ch, "consecutive", before.consecutive, c->limits.consecutive);
        note_limit(ch, "contacts", before.contacts, c->limits.contacts);
        for (int i = 0; i < c->n_full_day; i++) {
                struct grade_count *g = &c->full_day[i];
                int was = g->count;
                g->count = in_proportion(was, ch->from.n_periods, ch->to.n_periods);
                if (g->count != was)
                        notes_add(ch->pb, ch->notes,
                                "contract: full_day of grade %d is %d instead of %d", g->grade,
                                g->count, was);
        }
}

/* ---- people and rooms ---- */

static void change_people(const struct change *ch)
{
        struct problem *pb = ch->pb;
        int part_time = 0, away = 0, rooms = 0;

        for (int t = 0; t < pb->n_teachers; t++) {
                struct teacher *x = &pb->teachers[t];
                int load = x->stated.load >= 0 ? x->stated.load : pb->contract.limits.load;
                change_limits(ch, &x->stated, load);
                part_time += x->available != pb->all_cells;
                cellset now = new_cells(ch, x->available);
                if (!now && x->available)
                        notes_add(pb, ch->notes,
                                "teacher %s is there for half of no new period: available nowhere",
                                x->id);
                x->available = now;
        }
        for (int r = 0; r < pb->n_rooms; r++) {
                rooms += pb->rooms[r].available != pb->all_cells;
                pb->rooms[r].available = new_cells(ch, pb->rooms[r].available);
        }
        for (int s = 0; s < pb->n_students; s++) {
                struct student *x = &pb->students[s];
                uint64_t all = low_bits(ch->from.n_periods);
                if ((x->periods & all) == all) {
                        x->periods = low_bits(ch->to.n_periods);
                } else if (x->periods & all) {
                        x->periods = new_periods(ch, x->periods);
                        away++;
                }
        }
        if (part_time || away || rooms)
                notes_add(pb, ch->notes,
                        "%d part-time teachers, %d students and %d rooms with hours of their own "
                        "are there in a new period if they were for half of that time of day",
                        part_time, away, rooms);
}

/* ---- courses ---- */

/* Periods and terms of a course, with the same seat time. */
static void new_length(const struct change *ch, int *periods, int *terms, bool *longer)
{
        const int p = *periods, t = *terms, n = ch->from.n_terms, m = ch->to.n_terms;
        int64_t time = (int64_t)p * t * m * ch->from.pace; /* over n, m terms and the new pace */

        if (ch->to.pace > ch->from.pace)
                *periods = (p + 1) / 2;
        else if (ch->to.pace < ch->from.pace && 2 * t > n)
                *periods = 2 * p;
        int64_t per_term = (int64_t)*periods * n * ch->to.pace;
        *terms = ceiling(time, per_term);
        *longer = time % per_term != 0;
        if (*terms > m)
                *terms = m;
}

static void list_bits(struct problem *pb, struct ints *list, uint64_t bits)
{
        *list = (struct ints){.given = true};
        for (int i = 0; i < 64; i++) {
                if (bits >> i & 1)
                        ints_push(pb->arena, list, i);
        }
}

static uint64_t bits_of(const struct ints *list)
{
        uint64_t bits = 0;

        for (int i = 0; i < list->n; i++)
                bits |= (uint64_t)1 << list->v[i];
        return bits;
}

/* Terms in which the course may start: halves of the year stay whole. */
static void change_start_terms(const struct change *ch, struct course *c, int old_terms)
{
        const int n = ch->from.n_terms, m = ch->to.n_terms;
        bool half = m == 4 && c->terms == 2, free_start = !c->at_terms.given || old_terms == n;
        uint64_t out = 0;

        for (int u = 0; u + c->terms <= m; u++) {
                bool fits = free_start || n == m;
                for (int i = 0; !fits && i < c->at_terms.n; i++)
                        fits = overlap(c->at_terms.v[i], n, u, m) > 0;
                if (n == m && !free_start)
                        fits = ints_has(&c->at_terms, u);
                if (fits && !(half && u % 2))
                        out |= (uint64_t)1 << u;
        }
        if (c->at_terms.given && !c->at_terms.n)
                return; /* it starts nowhere, as before */
        if (out && (half || !free_start))
                list_bits(ch->pb, &c->at_terms, out);
        else
                c->at_terms = (struct ints){0};
}

static int64_t common_divisor(int64_t a, int64_t b)
{
        while (b) {
                int64_t rest = a % b;
                a = b;
                b = rest;
        }
        return a;
}

/* Credits stay what they were, stated where the new length would give others. */
static void keep_credits(const struct change *ch, struct course *c)
{
        int64_t num = c->years * 10, den = ch->pb->year_unit, d = common_divisor(num, den);
        const struct ratio stay = {num / d, den / d};

        if (c->credits_given || c->years * ch->to.n_terms == den * c->terms)
                return;
        c->credits_given = ch->pb->n_requirements || variant_is_decimal(stay);
        if (c->credits_given)
                c->credits_stated = stay;
        else
                notes_add(ch->pb, ch->notes, "%s: credits in proportion to its new terms", c->id);
}

struct length { /* of a course, before and after */
        int old_periods, old_terms, periods, terms;
        bool longer, noted;
};

static struct length change_course(const struct change *ch, struct course *c)
{
        struct length x = {.old_periods = c->periods, .old_terms = c->terms};

        new_length(ch, &c->periods, &c->terms, &x.longer);
        x.periods = c->periods;
        x.terms = c->terms;
        c->terms_given = c->terms != ch->to.n_terms;
        change_start_terms(ch, c, x.old_terms);
        keep_credits(ch, c);
        if (c->at_periods.n)
                list_bits(ch->pb, &c->at_periods, new_periods(ch, bits_of(&c->at_periods)));
        if (c->periods > ch->to.longest_day)
                notes_add(ch->pb, ch->notes, "%s: no day has %d periods, so it cannot run", c->id,
                        c->periods);
        bool same_share = x.old_terms * ch->to.n_terms == x.terms * ch->from.n_terms;
        x.noted = x.periods == x.old_periods && same_share && !x.longer;
        return x;
}

/* One line for all courses of one length; the first few are named. */
static void note_lengths(const struct change *ch, struct length *lengths, int first)
{
        enum { NAMED = 6 };
        const struct length *x = &lengths[first];
        const char *names = "";
        int n = 0;

        for (int c = first; c < ch->pb->n_courses; c++) {
                struct length *y = &lengths[c];
                if (y->noted || y->old_periods != x->old_periods || y->old_terms != x->old_terms)
                        continue;
                y->noted = true;
                if (n++ < NAMED)
                        names = arena_printf(ch->pb->arena, "%s%s%s", names, n > 1 ? ", " : "",
                                ch->pb->courses[c].id);
        }
        if (n > NAMED)
                names = arena_printf(ch->pb->arena, "%s and %d more", names, n - NAMED);
        notes_add(ch->pb, ch->notes,
                "%s: %d period%s in %d of %d terms instead of %d in %d of %d%s", names, x->periods,
                x->periods == 1 ? "" : "s", x->terms, ch->to.n_terms, x->old_periods, x->old_terms,
                ch->from.n_terms,
                x->longer ? ", rounded up to whole terms: more time than before" : "");
}

static void change_courses(const struct change *ch)
{
        struct problem *pb = ch->pb;
        struct length *lengths = mem_zero((size_t)pb->n_courses, sizeof *lengths);
        int at = 0;

        for (int c = 0; c < pb->n_courses; c++) {
                lengths[c] = change_course(ch, &pb->courses[c]);
                at += pb->courses[c].at_periods.n > 0;
        }
        if (at)
                notes_add(pb, ch->notes,
                        "%d courses with periods of their own start at the same time of day", at);
        for (int c = 0; c < pb->n_courses; c++) {
                if (!lengths[c].noted)
                        note_lengths(ch, lengths, c);
        }
        mem_free(lengths);
}

/* ---- rules, locks, the bell itself ---- */

static void change_rules(const struct change *ch)
{
        struct problem *pb = ch->pb;
        int n = ch->from.n_periods, m = ch->to.n_periods, locks = 0;

        for (int i = 0; i < pb->n_rules; i++) {
                struct rule *r = &pb->rules[i];
                if (r->kind != RULE_FREE)
                        continue;
                int before = __builtin_popcountll(r->periods);
                r->periods = new_periods(ch, r->periods);
                int after = __builtin_popcountll(r->periods);
                if (before && r->count > 0)
                        r->count = ceiling((int64_t)r->count * after, before);
                notes_add(pb, ch->notes, "a rule 'free' asks for %d of the %d periods at its time",
                        r->count, after);
        }
        for (int w = 0; w < pb->n_pathways; w++) {
                int *planning = &pb->pathways[w].common_planning;
                int was = *planning, now = in_proportion(was, n, m);
                if (was > 0)
                        *planning = now > 1 ? now : 1;
                if (*planning != was)
                        notes_add(pb, ch->notes, "pathway %s: common planning %d instead of %d",
                                pb->pathways[w].id, *planning, was);
        }
        for (int i = 0; i < pb->n_locks; i++) {
                struct lock *l = &pb->locks[i];
                locks += l->period >= 0 || l->term >= 0;
                l->period = l->term = -1;
        }
        if (locks)
                notes_add(pb, ch->notes, "%d locks lose their period and term", locks);
        if (pb->has_previous)
                notes_add(pb, ch->notes, "the previous schedule falls: it had other periods");
        pb->has_previous = false;
}

static bool has_breaks(const struct problem *pb)
{
        for (int p = 0; p < pb->n_periods; p++) {
                if (pb->periods[p].break_after)
                        return true;
        }
        return false;
}

static void set_terms(const struct change *ch)
{
        static const char *const one[] = {"Y"}, *const two[] = {"S1", "S2"},
                                 *const four[] = {"Q1", "Q2", "Q3", "Q4"};
        struct problem *pb = ch->pb;
        int n = ch->to.n_terms;

        if (n == pb->n_terms)
                return;
        pb->terms = arena_array(pb->arena, (size_t)n, sizeof *pb->terms);
        for (int t = 0; t < n; t++)
                pb->terms[t] = n == 1   ? one[t]
                               : n == 2 ? two[t]
                               : n == 4 ? four[t]
                                        : arena_printf(pb->arena, "T%d", t + 1);
        pb->term_dates = NULL;
        notes_add(pb, ch->notes, "bell: %d terms instead of %d", n, pb->n_terms);
        pb->n_terms = n;
}

static void set_bell(const struct change *ch)
{
        struct problem *pb = ch->pb;
        const struct bell_kind *b = ch->bell;
        bool breaks = has_breaks(pb);

        notes_add(pb, ch->notes, "bell: %s%s", b->title,
                breaks ? "; lunch is in the middle of the day" : "");
        set_terms(ch);
        pb->n_periods = ch->to.n_periods;
        pb->periods = arena_array(pb->arena, (size_t)pb->n_periods, sizeof *pb->periods);
        for (int p = 0; p < pb->n_periods; p++) {
                struct period *it = &pb->periods[p];
                int day = ch->to.day[p], place = ch->to.place[p];
                if (b->days > 1) {
                        it->day = arena_printf(pb->arena, "%c", 'A' + day);
                        it->id = arena_printf(pb->arena, "%d%c", place + 1, 'A' + day);
                } else {
                        it->id = arena_printf(pb->arena, "%d", place + 1);
                }
                it->break_after = breaks && place + 1 == b->lunch;
        }
}

static bool same_bell(const struct side *a, const struct side *b)
{
        return a->n_terms == b->n_terms && a->pace == b->pace && a->n_days == b->n_days &&
               !memcmp(a->size, b->size, sizeof a->size);
}

static void change_all(struct change *ch)
{
        struct problem *pb = ch->pb;
        struct notes *notes = ch->notes;
        struct before before;

        notes_add(pb, notes, "the bell before is taken as %d periods on %d day%s%s",
                ch->from.n_periods, ch->from.n_days, ch->from.n_days == 1 ? "" : "s",
                ch->from.pace > 1 ? ", courses at twice the pace" : "");
        before_take(&before, pb);
        change_people(ch);
        change_contract(ch);
        change_courses(ch);
        variant_keep_loads(pb, &before, notes);
        before_release(&before);
        change_rules(ch);
        set_bell(ch);
        pb->all_cells = low_bits(pb->n_terms * pb->n_periods);
        pb->n_cells = pb->n_terms * pb->n_periods;
}

void variant_bell(struct problem *pb, const struct bell_kind *bell, struct notes *notes)
{
        struct change *ch = mem_zero(1, sizeof *ch);

        *ch = (struct change){.pb = pb, .notes = notes, .bell = bell};
        take_sides(ch);
        if (same_bell(&ch->from, &ch->to))
                notes_add(pb, notes, "bell: %s, as before", bell->title);
        else
                change_all(ch);
        mem_free(ch);
}
