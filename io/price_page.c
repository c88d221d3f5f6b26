/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/json_write.h"
#include "io/plain_page.h"
#include "io/price_write.h"

static void tier_cell(const struct problem *pb, enum tier t, int64_t count, FILE *to)
{
        char text[REAL_TEXT];

        real_text((double)count / (t == REQUIREMENT_SHORTFALL ? (double)pb->year_unit : 1), text);
        plain_cell(to, text, true);
}

static void score_table(const struct priced *list, FILE *to)
{
        const struct problem *pb = list->pb;

        plain_section(to, "score", "The school as it is",
                "The score of the schedule given, of the best one found on the way, and what no "
                "schedule can go below where that is known.");
        plain_table(to, "score");
        plain_head(to, "Tier, from the top", false);
        plain_head(to, "Given", true);
        plain_head(to, "Best found", true);
        plain_head(to, "Bound", true);
        plain_rows(to);
        for (int i = 0; i < N_TIERS; i++) {
                enum tier t = pb->order[i];
                plain_row(to, true);
                plain_cell(to, tier_name(t), false);
                tier_cell(pb, t, list->given.tier[t], to);
                tier_cell(pb, t, list->best.tier[t], to);
                if (list->bound.known[t])
                        tier_cell(pb, t, list->bound.tier[t], to);
                else
                        plain_cell(to, "-", true);
                plain_row(to, false);
        }
        plain_table_end(to);
        plain_end(to);
}

static void entry_row(
        struct arena *a, const struct priced *list, const struct price *e, bool worth, FILE *to)
{
        plain_row(to, true);
        plain_cell(to, e->text, false);
        plain_cell(to, price_place_text(a, e), false);
        if (worth) {
                plain_cell(to, price_gain_text(a, list->pb, e), false);
                plain_cell(to, price_measures_text(a, e), false);
        }
        plain_cell(to, price_sure_text(a, list->pb, e), false);
        plain_cell(to, e->key, false);
        plain_row(to, false);
}

enum part { PART_WORTH, PART_NOTHING, PART_OPEN };

static enum part part_of(const struct priced *list, const struct price *e)
{
        if (e->sure != SURE_NONE && price_any(list->pb, e))
                return PART_WORTH;
        return e->sure > SURE_SCREENED ? PART_NOTHING : PART_OPEN;
}

static void entry_table(
        struct arena *a, const struct priced *list, const char *id, enum part part, FILE *to)
{
        bool worth = part == PART_WORTH;

        plain_table(to, id);
        plain_head(to, "Change", false);
        plain_head(to, "Where", false);
        if (worth) {
                plain_head(to, "What it gains, by tier", false);
                plain_head(to, "Measures", false);
        }
        plain_head(to, "How sure", false);
        plain_head(to, "Entry", false);
        plain_rows(to);
        for (int i = 0; i < list->n; i++) {
                const struct price *e = &list->v[i];
                if (part_of(list, e) == part)
                        entry_row(a, list, e, worth, to);
        }
        plain_table_end(to);
        plain_end(to);
}

void price_page(const struct priced *list, FILE *to)
{
        struct arena *a = arena_new();

        plain_open(to, list->pb->name, list->pb->year, "what rules cost and more would bring");
        plain_nav(to, true);
        plain_link(to, "worth", "Worth something");
        plain_link(to, "nothing", "No gain found");
        plain_link(to, "open", "Not searched");
        plain_link(to, "score", "The school as it is");
        plain_nav(to, false);
        plain_section(to, "worth", "Worth something",
                "Most valuable first, by the score's tiers from the top. What a lower "
                "tier loses for it is told behind. \"At least\": a longer search may find "
                "more; \"exactly\": proven.");
        entry_table(a, list, "worth", PART_WORTH, to);
        plain_section(to, "nothing", "No gain found",
                "For certain where it says so; else the search found none in its time.");
        entry_table(a, list, "nothing", PART_NOTHING, to);
        plain_section(to, "open", "Not searched",
                "No time was left: a few steps gained nothing, or not even these were tried.");
        entry_table(a, list, "open", PART_OPEN, to);
        score_table(list, to);
        plain_close(to);
        arena_free(a);
}
