/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/diff_text.h"
#include "io/plain_page.h"
#include <stdlib.h>

static void score_table(const struct difference *d, FILE *to)
{
        const struct problem *pb = d->a->pb;
        int way = score_compare(pb->order, &d->after, &d->before);
        struct arena *a = arena_new();
        char *dropped = diff_dropped_clause(d);

        plain_section(to, "score", "Score",
                arena_printf(a, "%s%s.",
                        way < 0   ? "The second schedule is better"
                        : way > 0 ? "The first schedule is better"
                                  : "Both are equally good",
                        dropped));
        free(dropped);
        arena_free(a);
        plain_table(to, "score");
        plain_head(to, "Tier, from the top", false);
        plain_head(to, "Before", true);
        plain_head(to, "After", true);
        plain_rows(to);
        for (int i = 0; i < N_TIERS; i++) {
                enum tier t = pb->order[i];
                double unit = t == REQUIREMENT_SHORTFALL ? (double)pb->year_unit : 1;
                char text[REAL_TEXT];
                plain_row(to, true);
                plain_cell(to, tier_name(t), false);
                real_text((double)d->before.tier[t] / unit, text);
                plain_cell(to, text, true);
                real_text((double)d->after.tier[t] / unit, text);
                plain_cell(to, text, true);
                plain_row(to, false);
        }
        plain_table_end(to);
        plain_end(to);
}

/* Students won and lost by grade, so that inequity shows. */
static void grade_table(const struct difference *d, FILE *to)
{
        const struct problem *pb = d->a->pb;
        int count[64][N_FORTUNES] = {{0}};

        for (int i = 0; i < d->n_students; i++)
                count[pb->students[d->students[i].student].grade & 63][d->students[i].fortune]++;
        plain_section(to, "grades", "By grade", NULL);
        plain_table(to, "grades");
        plain_head(to, "Grade", false);
        plain_head(to, "Won", true);
        plain_head(to, "Lost", true);
        plain_head(to, "Only changed sections", true);
        plain_rows(to);
        for (int g = 0; g < 64; g++) {
                char text[16];
                if (!count[g][0] && !count[g][1] && !count[g][2])
                        continue;
                plain_row(to, true);
                snprintf(text, sizeof text, "%d", g);
                plain_cell(to, text, false);
                for (int f = 0; f < N_FORTUNES; f++) {
                        snprintf(text, sizeof text, "%d", count[g][f]);
                        plain_cell(to, text, true);
                }
                plain_row(to, false);
        }
        plain_table_end(to);
        plain_end(to);
}

/* Requests that only one of the schedules knows. */
static void asked_list(const struct difference *d, bool named, FILE *to)
{
        int added = d->n_asked - d->n_dropped;

        plain_section(to, "asked", "Requests", NULL);
        fprintf(to, "<p>%d dropped, %d added.</p>\n", d->n_dropped, added);
        if (named && d->n_asked) {
                plain_list(to, true);
                for (int i = 0; i < d->n_asked; i++) {
                        char *text = diff_asked_sentence(d, &d->asked[i]);
                        plain_item(to, text);
                        free(text);
                }
                plain_list(to, false);
        }
        plain_end(to);
}

static void section_list(const struct difference *d, FILE *to)
{
        plain_section(to, "sections", "Sections", NULL);
        if (!d->n_shifted)
                fputs("<p>None changed place, teacher, room or cohort.</p>\n", to);
        plain_list(to, true);
        for (int i = 0; i < d->n_sections; i++) {
                if (i == d->n_shifted) {
                        plain_list(to, false);
                        plain_end(to);
                        plain_section(to, "seats", "Sections with other students alone", NULL);
                        plain_list(to, true);
                }
                char *text = diff_section_sentence(d, &d->sections[i]);
                plain_item(to, text);
                free(text);
        }
        plain_list(to, false);
        plain_end(to);
}

static void student_list(const struct difference *d, enum fortune f, bool named, FILE *to)
{
        static const char *const titles[N_FORTUNES] = {
                "Who won", "Who lost", "Who neither won nor lost"};
        static const char *const ids[N_FORTUNES] = {"won", "lost", "moved"};

        plain_section(to, ids[f], titles[f], NULL);
        fprintf(to, "<p>%d student%s.</p>\n", d->fortunes[f], d->fortunes[f] == 1 ? "" : "s");
        if (named && d->fortunes[f]) {
                plain_list(to, true);
                for (int i = 0; i < d->n_students; i++) {
                        if (d->students[i].fortune != f)
                                continue;
                        char *text = diff_student_sentence(d, &d->students[i]);
                        plain_item(to, text);
                        free(text);
                }
                plain_list(to, false);
        }
        plain_end(to);
}

void diff_page(const struct difference *d, bool students, FILE *to)
{
        const struct problem *pb = d->a->pb;

        plain_open(to, pb->name, pb->year, "what changed");
        plain_nav(to, true);
        plain_link(to, "score", "Score");
        plain_link(to, "asked", "Requests");
        plain_link(to, "won", "Who won");
        plain_link(to, "lost", "Who lost");
        plain_link(to, "moved", "Who neither won nor lost");
        plain_link(to, "sections", "Sections");
        plain_nav(to, false);
        score_table(d, to);
        asked_list(d, students, to);
        if (students) /* small cells tell who it was */
                grade_table(d, to);
        for (int f = 0; f < N_FORTUNES; f++)
                student_list(d, (enum fortune)f, students, to);
        section_list(d, to);
        plain_close(to);
}
