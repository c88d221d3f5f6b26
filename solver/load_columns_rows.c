/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seat classes, what each request may choose, and the rows that bind students together. */
#include "solver/load_columns_parts.h"
#include <math.h>

static int row_new(struct desk *d, double low, double high)
{
        const int i = ++d->n_rows;

        d->low = mem_resize(d->low, (size_t)i + 1, sizeof *d->low);
        d->high = mem_resize(d->high, (size_t)i + 1, sizeof *d->high);
        d->low[i] = low;
        d->high[i] = high;
        return i;
}

/* Can nothing in this school tell two sections of one course, time and reservation apart? */
static bool all_alike(const struct desk *d)
{
        const struct problem *pb = d->pb;

        if (pb->has_previous || d->st->has_contacts || d->f->n_flag_rules || pb->n_locks)
                return false;
        for (int r = 0; r < pb->n_rules; r++)
                if (pb->rules[r].kind == RULE_APART || pb->rules[r].kind == RULE_AVOID ||
                        pb->rules[r].kind == RULE_SAME_STUDENTS)
                        return false;
        return true;
}

static bool joins(const struct desk *d, const struct seat_class *c, int s, bool alike)
{
        return alike && c->cohort < 0 && d->st->cohort[s] < 0 &&
               c->start == section_start(d->st, s) && d->f->units[d->f->unit_of[s]].n == 1 &&
               !section_course(d->st, s)->support.given;
}

static void make_classes(struct desk *d)
{
        const struct problem *pb = d->pb;
        const bool alike = all_alike(d);

        d->class_of = arena_array(d->arena, (size_t)pb->n_sections + 1, sizeof(int));
        d->classes = arena_array(d->arena, (size_t)pb->n_sections + 1, sizeof *d->classes);
        for (int s = 0; s < pb->n_sections; s++) {
                const int course = pb->section_course[s];
                int q = d->n_classes;

                d->class_of[s] = NONE;
                if (d->sc->start[s] < 0)
                        continue;
                while (q > 0 && d->classes[q - 1].course == course &&
                        !joins(d, &d->classes[q - 1], s, alike))
                        q--;
                if (q == 0 || d->classes[q - 1].course != course)
                        q = ++d->n_classes;
                struct seat_class *c = &d->classes[q - 1];
                if (!c->n) {
                        c->course = course;
                        c->start = section_start(d->st, s);
                        c->cohort = d->st->cohort[s];
                        c->sections = arena_array(
                                d->arena, (size_t)pb->courses[course].sections_max, sizeof(int));
                }
                c->sections[c->n++] = s;
                d->class_of[s] = q - 1;
        }
}

static bool may_choose(const struct desk *d, int r, int s)
{
        const struct state *st = d->st;
        const struct frame *f = d->f;
        const struct problem *pb = d->pb;
        const struct request *q = &pb->requests[r];
        const int t = st->teacher[f->unit_of[s]], co = st->co[s];
        const struct ints *avoid = &f->student_avoid[q->student];
        const struct ints *flags = &f->student_flag_rules[q->student];

        if (!q->admitted || pb->section_number[s] > q->max_section ||
                (f->locked_seat[r] >= 0 && f->locked_seat[r] != s) ||
                (section_cells(st, s) & ~pb->students[q->student].available))
                return false;
        for (int i = 0; i < avoid->n; i++)
                if (avoid->v[i] == t || avoid->v[i] == co)
                        return false;
        for (int i = 0; i < flags->n; i++) {
                const int x = flags->v[i];
                const bool *has = f->teacher_has + x * pb->n_teachers;

                if (f->flag_rule_applies[x * pb->n_courses + q->course] &&
                        !f->flag_rules[x].limit && !(t >= 0 && has[t]) && !(co >= 0 && has[co]))
                        return false;
        }
        return true;
}

static void make_options(struct desk *d)
{
        const struct problem *pb = d->pb;
        int n = 0, room = 0;

        d->option_at = arena_array(d->arena, (size_t)pb->n_requests + 1, sizeof(int));
        for (int r = 0; r < pb->n_requests; r++) {
                const struct course *c = &pb->courses[pb->requests[r].course];

                d->option_at[r] = n;
                for (int s = c->first_section; s < c->first_section + c->sections_max; s++) {
                        const int q = d->class_of[s];

                        if (q < 0 || d->classes[q].sections[0] != s || !may_choose(d, r, s))
                                continue;
                        MEM_GROW(d->options, n, room);
                        d->options[n++] = (struct option){q, section_cells(d->st, s),
                                c->start_block[d->classes[q].start],
                                breaks_cohort(d->st, r, s) ? 1 : 0, seat_moved(d->st, r, s) ? 1 : 0,
                                0};
                }
        }
        d->option_at[pb->n_requests] = n;
}

static double seats_of(const struct desk *d, const struct seat_class *c)
{
        double sum = 0;

        for (int i = 0; i < c->n; i++)
                sum += d->st->seats[c->sections[i]];
        return sum;
}

/* A section's own minimum; that of a stack is the unit's. */
static double least_of(const struct desk *d, const struct seat_class *c)
{
        const struct unit *u = &d->f->units[d->f->unit_of[c->sections[0]]];
        const int size = d->pb->courses[c->course].size_min;
        double sum = 0;

        if (u->n > 1)
                return !u->exempt && size > 0 ? 1 : 0;
        for (int i = 0; i < c->n; i++)
                sum += d->f->units[d->f->unit_of[c->sections[i]]].exempt ? 0 : size;
        return sum;
}

static void class_rows(struct desk *d)
{
        for (int q = 0; q < d->n_classes; q++)
                d->classes[q].row =
                        row_new(d, least_of(d, &d->classes[q]), seats_of(d, &d->classes[q]));
}

/* A stack's sections together: only those that are placed count. */
static void unit_row(struct desk *d, int u)
{
        const struct unit *unit = &d->f->units[u];
        const int room = d->st->room[u];
        int least = 0, most = 0;

        for (int i = 0; i < unit->n; i++) {
                const struct course *c = section_course(d->st, unit->sections[i]);

                if (d->sc->start[unit->sections[i]] < 0)
                        continue;
                least = c->size_min > least ? c->size_min : least;
                most = c->size_max > most ? c->size_max : most;
        }
        if (room >= 0 && d->pb->rooms[room].capacity >= 0 && d->pb->rooms[room].capacity < most)
                most = d->pb->rooms[room].capacity;
        d->unit_row[u] = row_new(d, unit->exempt ? 0 : least, most);
}

static void unit_rows(struct desk *d)
{
        d->unit_row = arena_array(d->arena, (size_t)d->f->n_units + 1, sizeof(int));
        for (int u = 0; u < d->f->n_units; u++)
                if (d->f->units[u].n > 1 && d->st->start[u] >= 0)
                        unit_row(d, u);
}

static void other_rows(struct desk *d)
{
        const struct problem *pb = d->pb;
        const struct frame *f = d->f;
        const size_t flags = (size_t)(pb->n_sections * f->n_flag_rules);
        const size_t apart = (size_t)pb->n_rules * (size_t)f->n_units;

        d->purity_row = arena_array(d->arena, (size_t)pb->n_sections + 1, sizeof(int));
        d->contact_row =
                arena_array(d->arena, (size_t)(pb->n_teachers * pb->n_terms) + 1, sizeof(int));
        d->limit_row = arena_array(d->arena, flags + 1, sizeof(int));
        d->apart_row = arena_array(d->arena, apart + 1, sizeof(int));
        for (int s = 0; s < pb->n_sections; s++)
                if (d->class_of[s] >= 0 && d->st->cohort[s] >= 0)
                        d->purity_row[s] = row_new(d, -INFINITY, 0);
        for (int t = 0; t < pb->n_teachers; t++)
                for (int term = 0; term < pb->n_terms && pb->teachers[t].limits.contacts >= 0;
                        term++)
                        d->contact_row[t * pb->n_terms + term] =
                                row_new(d, -INFINITY, pb->teachers[t].limits.contacts);
        for (int e = 0; e < (int)flags; e++) {
                const int s = e / f->n_flag_rules, x = e % f->n_flag_rules;
                const int at = x * pb->n_courses + pb->section_course[s];

                if (d->class_of[s] >= 0 && f->flag_rules[x].limit && f->flag_rule_applies[at])
                        d->limit_row[e] = row_new(d, -INFINITY, f->flag_rule_cap[at]);
        }
        for (int r = 0; r < pb->n_rules; r++)
                for (int u = 0; u < f->n_units && pb->rules[r].kind == RULE_APART; u++)
                        if (d->st->start[u] >= 0)
                                d->apart_row[r * f->n_units + u] = row_new(d, -INFINITY, 1);
}

static int hit(struct hit *hits, int n, int row, double value)
{
        if (!row)
                return n;
        for (int i = 0; i < n; i++)
                if (hits[i].row == row) {
                        hits[i].value += value;
                        return n;
                }
        if (n < MOST_HITS)
                hits[n++] = (struct hit){row, value};
        return n;
}

static int contact_hits(const struct desk *d, int person, int q, struct hit *hits, int n)
{
        const struct seat_class *c = &d->classes[q];
        const int first = c->start / d->pb->n_periods;

        if (person < 0 || !d->pb->courses[c->course].counts_load)
                return n;
        for (int t = first; t < first + d->pb->courses[c->course].terms; t++)
                n = hit(hits, n, d->contact_row[person * d->pb->n_terms + t], 1);
        return n;
}

int desk_hits(const struct desk *d, int k, int q, struct hit hits[MOST_HITS])
{
        const struct seat_class *c = &d->classes[q];
        const int s = c->sections[0], u = d->f->unit_of[s];
        const struct ints *flags = &d->f->student_flag_rules[k], *apart = &d->f->student_apart[k];
        int n = hit(hits, 0, c->row, 1);

        n = hit(hits, n, d->unit_row[u], 1);
        if (c->cohort >= 0) {
                const struct ratio p = d->pb->cohorts[c->cohort].purity;
                const bool member = frame_is_member(d->pb, k, c->cohort);

                n = hit(hits, n, d->purity_row[s], (double)(member ? p.num - p.den : p.num));
        }
        n = contact_hits(d, d->st->teacher[u], q, hits, n);
        n = contact_hits(d, d->st->co[s], q, hits, n);
        for (int i = 0; i < flags->n; i++)
                n = hit(hits, n, d->limit_row[s * d->f->n_flag_rules + flags->v[i]], 1);
        for (int i = 0; i < apart->n; i++)
                n = hit(hits, n, d->apart_row[apart->v[i] * d->f->n_units + u], 1);
        return n;
}

/* Those who keep their seats use up what the rows give. */
static void take_off_frozen(struct desk *d)
{
        struct hit hits[MOST_HITS];

        for (int r = 0; r < d->pb->n_requests; r++) {
                const int k = d->pb->requests[r].student, s = d->st->seat[r];

                if (s < 0 || d->movable[k])
                        continue;
                const int n = desk_hits(d, k, d->class_of[s], hits);
                for (int i = 0; i < n; i++) {
                        d->low[hits[i].row] -= hits[i].value;
                        d->high[hits[i].row] -= hits[i].value;
                }
        }
}

static bool is_movable(const struct desk *d, int k)
{
        const struct student *who = &d->pb->students[k];
        int hits = 4 + 2 * d->pb->n_terms + d->f->student_flag_rules[k].n;

        if (who->cohort >= 0 && d->pb->cohorts[who->cohort].strands)
                return false;
        return who->n_requests > 0 && hits + d->f->student_apart[k].n <= MOST_HITS;
}

void desk_rows(struct desk *d)
{
        const struct problem *pb = d->pb;

        d->movable = arena_array(d->arena, (size_t)pb->n_students + 1, sizeof(bool));
        for (int k = 0; k < pb->n_students; k++) {
                d->movable[k] = is_movable(d, k);
                d->exact &= d->movable[k] || !pb->students[k].n_requests;
        }
        make_classes(d);
        make_options(d);
        class_rows(d);
        unit_rows(d);
        other_rows(d);
        take_off_frozen(d);
        d->student_row = arena_array(d->arena, (size_t)pb->n_students + 1, sizeof(int));
        for (int k = 0; k < pb->n_students; k++)
                if (d->movable[k])
                        d->student_row[k] = row_new(d, 1, 1);
}
