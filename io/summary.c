/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/summary.h"
#include <stddef.h>

/* One measure: a count, of how many; plus is added to the count (-1: nothing). */
struct row {
        const char *label, *key;
        ptrdiff_t count, plus, of;
};

#define AT(field) ((ptrdiff_t)offsetof(struct measures, field))

static const struct row rows[] = {
        {"CTE sections placed", "cte_sections_placed", AT(cte_placed), -1, AT(cte_sections)},
        {"CTE requests met", "cte_requests_met", AT(cte_met), -1, AT(cte_requests)},
        {"cohort purity: members in seats of reserved sections", "cohort_purity",
                AT(reserved_members), -1, AT(reserved_seats)},
        {"cohort requests met in a reserved section", "cohort_requests_met_inside",
                AT(cohort_met_inside), -1, AT(cohort_requests)},
        {"primary requests met", "primary_met", AT(primary_met), -1, AT(primary)},
        {"primary met plus alternates used, of primary", "primary_met_or_alternate",
                AT(primary_met), AT(alternates_used), AT(primary)},
        {"required requests met", "required_met", AT(required_met), -1, AT(required)},
        {"students with every primary request met", "students_whole", AT(students_whole), -1,
                AT(students)},
        {"sections placed", "sections_placed", AT(placed), -1, AT(sections)},
};
enum { N_ROWS = sizeof rows / sizeof rows[0] };

static int value(const struct measures *m, ptrdiff_t field)
{
        return field < 0 ? 0 : *(const int *)(const void *)((const char *)m + field);
}

static void text_row(const struct measures *m, const struct row *r, FILE *to)
{
        int count = value(m, r->count) + value(m, r->plus), of = value(m, r->of);

        fprintf(to, "  %-54s %7d of %7d", r->label, count, of);
        /* Cut, not rounded: 100% is said of all alone. */
        if (of)
                fprintf(to, "  %5.1f%%", (double)((int64_t)count * 1000 / of) / 10);
        putc('\n', to);
}

static void score_lines(const struct problem *pb, const struct answer *an, FILE *to)
{
        char score[REAL_TEXT], bound[REAL_TEXT];

        fprintf(to, "\n  %-22s %12s %12s\n", "score, from the top", "value", "bound");
        for (int i = 0; i < N_TIERS; i++) {
                enum tier t = pb->order[i];
                real_text(an->score[t], score);
                real_text(an->bound[t], bound);
                fprintf(to, "  %-22s %12s %12s\n", tier_name(t), score,
                        an->bound_given[t] ? bound : "-");
        }
}

void summary_text(
        const struct problem *pb, const struct answer *an, const struct measures *m, FILE *to)
{
        for (int i = 0; i < N_ROWS; i++)
                text_row(m, &rows[i], to);
        fprintf(to,
                "\n  %-54s %7d\n  (California's Education Code 51228.1 forbids periods without "
                "content; the tier\n  empty_periods counts another thing: periods of class below "
                "the contract's full_day)\n",
                "idle periods of students who miss a class asked for", m->empty_asked);
        score_lines(pb, an, to);
}

static void tiers(struct json_out *o, const struct problem *pb, const char *key, const bool *given,
        const double *values)
{
        json_begin_flat(o, key, '{');
        for (int i = 0; i < N_TIERS; i++) {
                enum tier t = pb->order[i];
                if (given[t])
                        json_real(o, tier_name(t), values[t]);
                else
                        json_null(o, tier_name(t));
        }
        json_end(o, '}');
}

void measures_json(struct json_out *o, const char *key, const struct measures *m)
{
        json_begin(o, key, '{');
        for (int i = 0; i < N_ROWS; i++) {
                const struct row *r = &rows[i];
                json_begin_flat(o, r->key, '{');
                json_int(o, "count", value(m, r->count) + value(m, r->plus));
                json_int(o, "of", value(m, r->of));
                json_end(o, '}');
        }
        json_int(o, "empty_periods_asked", m->empty_asked);
        json_end(o, '}');
}

void summary_json(struct json_out *o, const struct problem *pb, const struct answer *an,
        const struct measures *m)
{
        measures_json(o, "measures", m);
        tiers(o, pb, "score", an->score_given, an->score);
        tiers(o, pb, "bound", an->bound_given, an->bound);
}

static double in_years(const struct problem *pb, enum tier t, int64_t count)
{
        return (double)count / (t == REQUIREMENT_SHORTFALL ? (double)pb->year_unit : 1);
}

void score_text(const struct problem *pb, const struct score *score, FILE *to)
{
        char text[REAL_TEXT];

        for (int i = 0; i < N_TIERS; i++) {
                enum tier t = pb->order[i];
                real_text(in_years(pb, t, score->tier[t]), text);
                fprintf(to, "  %-22s %12s\n", tier_name(t), text);
        }
}

void score_json(struct json_out *o, const struct problem *pb, const struct score *score)
{
        json_begin_flat(o, "score", '{');
        for (int i = 0; i < N_TIERS; i++) {
                enum tier t = pb->order[i];
                json_real(o, tier_name(t), in_years(pb, t, score->tier[t]));
        }
        json_end(o, '}');
}
