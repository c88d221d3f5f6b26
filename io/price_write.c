/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/price_write.h"
#include "io/json_write.h"
#include "io/summary.h"

static double in_years(const struct problem *pb, enum tier t, int64_t count)
{
        return (double)count / (t == REQUIREMENT_SHORTFALL ? (double)pb->year_unit : 1);
}

/* ---- phrases ---- */

/* The tiers that get better, or worse, each with by how much. */
static const char *tiers_text(
        struct arena *a, const struct problem *pb, const struct price *e, bool better)
{
        const char *text = "";

        for (int i = 0; i < N_TIERS; i++) {
                enum tier t = pb->order[i];
                char value[REAL_TEXT];
                int64_t gain = e->before.tier[t] - e->after.tier[t];
                if (!gain || (gain > 0) != better)
                        continue;
                real_text(in_years(pb, t, better ? gain : -gain), value);
                text = arena_printf(a, "%s%s%s %s", text, *text ? ", " : "", tier_name(t), value);
        }
        return text;
}

const char *price_gain_text(struct arena *a, const struct problem *pb, const struct price *e)
{
        const char *gains = tiers_text(a, pb, e, true), *loses = tiers_text(a, pb, e, false);

        if (!*gains)
                return "gains nothing";
        return *loses ? arena_printf(a, "gains %s; loses %s", gains, loses)
                      : arena_printf(a, "gains %s", gains);
}

const char *price_measures_text(struct arena *a, const struct price *e)
{
        const struct {
                const char *what;
                int by;
        } rows[] = {
                {"CTE sections placed", e->is.cte_placed - e->was.cte_placed},
                {"CTE requests met", e->is.cte_met - e->was.cte_met},
                {"primary requests met", e->is.primary_met - e->was.primary_met},
                {"primary met or alternate", e->is.primary_met + e->is.alternates_used -
                                                     e->was.primary_met - e->was.alternates_used},
                {"required requests met", e->is.required_met - e->was.required_met},
                {"students with every request met", e->is.students_whole - e->was.students_whole},
        };
        const char *text = "";

        for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
                if (rows[i].by)
                        text = arena_printf(
                                a, "%s%s%+d %s", text, *text ? ", " : "", rows[i].by, rows[i].what);
        return text;
}

const char *price_place_text(struct arena *a, const struct price *e)
{
        if (!e->at.file)
                return "";
        return e->at.line ? arena_printf(a, "%s:%d", e->at.file, e->at.line) : e->at.file;
}

/* What the first tier that the bound leaves open can still gain. */
static const char *at_most(struct arena *a, const struct problem *pb, const struct price *e)
{
        for (int i = 0; i < N_TIERS; i++) {
                enum tier t = pb->order[i];
                char value[REAL_TEXT];
                int64_t most;
                if (!price_at_most(e, t, &most))
                        return "";
                if (most == e->before.tier[t] - e->after.tier[t])
                        continue;
                real_text(in_years(pb, t, most), value);
                return arena_printf(a, "; at most %s %s by its bound", tier_name(t), value);
        }
        return "";
}

const char *price_sure_text(struct arena *a, const struct problem *pb, const struct price *e)
{
        const char *found = price_any(pb, e) ? "at least" : "none found";

        switch (e->sure) {
        case SURE_NONE:
                return e->why ? e->why : "not looked at: no time was left";
        case SURE_SCREENED:
                return arena_printf(a, "%s, without a search%s", found, at_most(a, pb, e));
        case SURE_SOLVED:
                return arena_printf(a, "%s%s", found, at_most(a, pb, e));
        case SURE_PROVEN:
                break;
        }
        return "exactly, proven";
}

/* ---- text ---- */

struct price_counts price_counts(const struct priced *list)
{
        struct price_counts n = {0};

        for (int i = 0; i < list->n; i++) {
                const struct price *e = &list->v[i];
                bool worth = e->sure != SURE_NONE && price_any(list->pb, e);
                n.worth += worth;
                n.worth_unsearched += worth && e->sure == SURE_SCREENED;
                n.unsearched += !worth && e->sure == SURE_SCREENED;
                n.nothing += !worth && e->sure > SURE_SCREENED;
                n.proven += !worth && e->sure == SURE_PROVEN;
                n.left += e->sure == SURE_NONE && !e->why;
        }
        return n;
}

static void text_entry(struct arena *a, const struct priced *list, int i, FILE *to)
{
        const struct price *e = &list->v[i];
        const char *measures = price_measures_text(a, e);

        fprintf(to, "%3d. %s", i + 1, e->text);
        if (e->at.line)
                fprintf(to, " (%s)", price_place_text(a, e));
        fprintf(to, "\n     %s (%s)\n", price_gain_text(a, list->pb, e),
                price_sure_text(a, list->pb, e));
        if (*measures)
                fprintf(to, "     %s\n", measures);
        fprintf(to, "     entry %s\n", e->key);
}

static void text_counts(const struct priced *list, FILE *to)
{
        struct price_counts n = price_counts(list);

        fprintf(to, "%s%d of %d entries are worth something", list->n ? "\n" : "", n.worth,
                list->n);
        if (n.worth_unsearched)
                fprintf(to, ", %d of them without a search", n.worth_unsearched);
        fprintf(to, "; %d gain nothing that was found, %d of these for certain\n", n.nothing,
                n.proven);
        if (n.unsearched + n.left)
                fprintf(to,
                        "%d were not searched, a few steps alone gained nothing; %d were not "
                        "looked "
                        "at: a longer --time-limit does more\n",
                        n.unsearched, n.left);
}

void price_text(const struct priced *list, FILE *to)
{
        struct arena *a = arena_new();

        for (int i = 0; i < list->n; i++) {
                const struct price *e = &list->v[i];
                if (list->n == 1 || (e->sure != SURE_NONE && price_any(list->pb, e)))
                        text_entry(a, list, i, to);
                else if (e->sure == SURE_NONE && e->why)
                        fprintf(to, "  -  %s (%s): %s\n", e->text, price_place_text(a, e), e->why);
        }
        text_counts(list, to);
        if (score_compare(list->pb->order, &list->best, &list->given) < 0)
                fputs("the schedule itself can be better without any change: 'msched solve "
                      "--from'\n",
                        to);
        arena_free(a);
}

/* ---- JSON ---- */

static void tiers(
        struct json_out *o, const struct problem *pb, const char *key, const struct score *score)
{
        json_begin_flat(o, key, '{');
        for (int i = 0; i < N_TIERS; i++) {
                enum tier t = pb->order[i];
                json_real(o, tier_name(t), in_years(pb, t, score->tier[t]));
        }
        json_end(o, '}');
}

static void bounds(
        struct json_out *o, const struct problem *pb, const char *key, const struct bound *bound)
{
        json_begin_flat(o, key, '{');
        for (int i = 0; i < N_TIERS; i++) {
                enum tier t = pb->order[i];
                if (bound->known[t])
                        json_real(o, tier_name(t), in_years(pb, t, bound->tier[t]));
                else
                        json_null(o, tier_name(t));
        }
        json_end(o, '}');
}

static void gains(struct json_out *o, const struct problem *pb, const struct price *e)
{
        struct score gain;
        struct bound most = e->bound;

        for (int t = 0; t < N_TIERS; t++) {
                gain.tier[t] = e->before.tier[t] - e->after.tier[t];
                most.known[t] = price_at_most(e, (enum tier)t, &most.tier[t]);
        }
        tiers(o, pb, "gain", &gain);
        bounds(o, pb, "gain_at_most", &most);
        tiers(o, pb, "before", &e->before);
        tiers(o, pb, "after", &e->after);
        bounds(o, pb, "bound", &e->bound);
        measures_json(o, "measures_before", &e->was);
        measures_json(o, "measures_after", &e->is);
}

static void json_entry(
        struct json_out *o, struct arena *a, const struct problem *pb, const struct price *e)
{
        json_begin(o, NULL, '{');
        json_text(o, "key", e->key);
        json_text(o, "kind", price_code(e->kind));
        json_text(o, "text", e->text);
        json_text(o, "file", e->at.file);
        if (e->at.line)
                json_int(o, "line", e->at.line);
        else
                json_null(o, "line");
        json_text(o, "sure", price_sure_code(e->sure));
        json_text(o, "sure_text", price_sure_text(a, pb, e));
        json_bool(o, "worth", e->sure != SURE_NONE && price_any(pb, e));
        if (e->sure != SURE_NONE) {
                json_text(o, "gain_text", price_gain_text(a, pb, e));
                json_text(o, "measures_text", price_measures_text(a, e));
                json_real(o, "work", e->work);
                gains(o, pb, e);
        }
        json_end(o, '}');
}

void price_json(const struct priced *list, FILE *to)
{
        struct json_out o = {.to = to};
        struct arena *a = arena_new();

        json_begin(&o, NULL, '{');
        json_text(&o, "format", "msched-price/1");
        tiers(&o, list->pb, "given", &list->given);
        tiers(&o, list->pb, "best", &list->best);
        bounds(&o, list->pb, "bound", &list->bound);
        json_int(&o, "screened", list->n_screened);
        json_int(&o, "solved", list->n_solved);
        json_int(&o, "left", list->n_left);
        struct price_counts n = price_counts(list);
        json_int(&o, "worth", n.worth);
        json_int(&o, "nothing", n.nothing);
        json_int(&o, "nothing_proven", n.proven);
        json_int(&o, "not_searched", n.unsearched);
        json_begin(&o, "entries", '[');
        for (int i = 0; i < list->n; i++)
                json_entry(&o, a, list->pb, &list->v[i]);
        json_end(&o, ']');
        json_end(&o, '}');
        arena_free(a);
}
