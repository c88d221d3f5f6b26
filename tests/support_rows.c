/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support_rows.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int number_of(const struct index *ix, const char *id)
{
        const int i = index_find(ix, id);

        return i < 0 ? UNKNOWN : i;
}

static struct ints list_of(struct arena *a, const struct index *ix, char *text)
{
        struct ints list = {0, true, arena_array(a, strlen(text) + 1, sizeof(int))};
        char *rest = text;

        for (char *id = strsep(&rest, ","); id && strcmp(text, "-"); id = strsep(&rest, ","))
                list.v[list.n++] = number_of(ix, id);
        return list;
}

static int one_of(const struct index *ix, const char *id, const char **text)
{
        *text = strcmp(id, "-") ? id : NULL;
        return *text ? number_of(ix, id) : NONE;
}

static void read_row(const struct problem *pb, struct arena *a, char *row, struct answer_section *s)
{
        static char none[] = "-";
        char *field[8], *rest = row, *dash;

        for (int i = 0; i < 8; i++) {
                field[i] = strsep(&rest, " ");
                if (!field[i])
                        field[i] = none;
        }
        dash = strrchr(field[0], '-');
        if (dash) {
                *dash = '\0';
                s->number = atoi(dash + 1);
        }
        s->course = number_of(pb->course_ids, field[0]);
        s->course_id = field[0];
        s->teacher = one_of(pb->teacher_ids, field[1], &s->teacher_id);
        s->co_teacher = one_of(pb->teacher_ids, field[2], &s->co_teacher_id);
        s->room = one_of(pb->room_ids, field[3], &s->room_id);
        s->terms = list_of(a, pb->term_ids, field[4]);
        s->periods = list_of(a, pb->period_ids, field[5]);
        s->cohort = one_of(pb->cohort_ids, field[6], &s->cohort_id);
        s->students = list_of(a, pb->student_ids, field[7]);
}

struct answer *rows_answer(const struct problem *pb, const char *rows)
{
        struct answer *an = answer_new();
        char *rest = arena_strdup(an->arena, rows);

        an->format_ok = true;
        an->status = STATUS_FEASIBLE;
        an->sections = arena_array(an->arena, strlen(rows) + 1, sizeof *an->sections);
        for (char *row = strsep(&rest, "\n"); row; row = strsep(&rest, "\n"))
                if (*row)
                        read_row(pb, an->arena, row, &an->sections[an->n_sections++]);
        return an;
}

void rows_codes(const struct verdict *v, char *out, int size)
{
        static const char *const codes[] = {
                "cell", "H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8", "H9", "H10", "H11"};
        int n = 0;

        *out = '\0';
        for (size_t c = 0; c < sizeof codes / sizeof *codes; c++) {
                bool found = false;

                for (int i = 0; i < v->n_faults; i++)
                        found |= !strcmp(v->faults[i].rule, codes[c]);
                if (found)
                        n += snprintf(out + n, (size_t)(size - n), "%s%s", n ? " " : "", codes[c]);
        }
}
