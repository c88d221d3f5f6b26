/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/problem_write_parts.h"
#include "io/yaml_out.h"
#include <string.h>

static bool numbered(const struct problem *pb)
{
        for (int p = 0; p < pb->n_periods; p++) {
                char id[16];
                snprintf(id, sizeof id, "%d", p + 1);
                const struct period *at = &pb->periods[p];
                if (strcmp(id, at->id) != 0 || at->day || at->start || at->end || at->break_after)
                        return false;
        }
        return true;
}

static void write_term_dates(FILE *f, const struct problem *pb)
{
        bool more = false;

        for (int t = 0; pb->term_dates && t < pb->n_terms; t++) {
                const struct dates *d = &pb->term_dates[t];
                struct map m = {f, false};
                if (!d->start && !d->end)
                        continue;
                fputs(more ? ", " : "  term_dates: {", f);
                more = true;
                put_text(f, pb->terms[t]);
                fputs(": {", f);
                key_text(&m, "start", d->start);
                key_text(&m, "end", d->end);
                fputc('}', f);
        }
        fputs(more ? "}\n" : "", f);
}

void write_bell(FILE *f, const struct problem *pb)
{
        fputs("\nbell:\n  terms: [", f);
        for (int t = 0; t < pb->n_terms; t++) {
                fputs(t ? ", " : "", f);
                put_text(f, pb->terms[t]);
        }
        fputs("]\n", f);
        write_term_dates(f, pb);
        if (numbered(pb)) {
                fprintf(f, "  periods: %d\n", pb->n_periods);
                return;
        }
        fputs("  periods:\n", f);
        for (int p = 0; p < pb->n_periods; p++) {
                const struct period *at = &pb->periods[p];
                struct map m = {f, false};
                fputs("    - {", f);
                key_text(&m, "id", at->id);
                key_text(&m, "day", at->day);
                key_text(&m, "start", at->start);
                key_text(&m, "end", at->end);
                if (at->break_after) {
                        key_name(&m, "break_after");
                        fputs("true", f);
                }
                fputs("}\n", f);
        }
}
