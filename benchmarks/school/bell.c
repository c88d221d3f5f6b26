/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benchmarks/school/school.h"
#include <string.h>

static const struct bell bells[] = {
        {"trad-6", 2, 6, {"S1", "S2"}, {"1", "2", "3", "4", "5", "6"}, {0}, {[3] = true}, 5, false,
                2, 2, 2},
        {"trad-7", 2, 7, {"S1", "S2"}, {"1", "2", "3", "4", "5", "6", "7"}, {0}, {[3] = true}, 6,
                false, 2, 2, 2},
        {"trad-8", 2, 8, {"S1", "S2"}, {"1", "2", "3", "4", "5", "6", "7", "8"}, {0}, {[4] = true},
                6, false, 2, 2, 2},
        {"ab-8", 2, 8, {"S1", "S2"}, {"1A", "2A", "3A", "4A", "1B", "2B", "3B", "4B"},
                {0, 0, 0, 0, 1, 1, 1, 1}, {[1] = true, [5] = true}, 6, false, 2, 2, 2},
        {"4x4", 2, 4, {"S1", "S2"}, {"1", "2", "3", "4"}, {0}, {[1] = true}, 3, false, 1, 1, 2},
        {"trimester", 3, 5, {"T1", "T2", "T3"}, {"1", "2", "3", "4", "5"}, {0}, {[2] = true}, 4,
                true, 1, 1, 3},
};

bool bell_find(struct bell *b, const char *name)
{
        for (size_t i = 0; i < sizeof bells / sizeof *bells; i++) {
                if (strcmp(bells[i].name, name) != 0)
                        continue;
                *b = bells[i];
                return true;
        }
        return false;
}

cellset bell_period(const struct bell *b, int p)
{
        cellset cells = 0;

        for (int t = 0; t < b->n_terms; t++)
                cells |= (cellset)1 << (t * b->n_periods + p);
        return cells;
}

cellset bell_cells(const struct bell *b, int periods, int terms, int t, int p)
{
        cellset cells = 0;

        if (t + terms > b->n_terms || p + periods > b->n_periods)
                return 0;
        for (int i = p; i < p + periods - 1; i++)
                if (b->break_after[i] || b->day[i] != b->day[i + 1])
                        return 0;
        for (int k = t; k < t + terms; k++)
                for (int i = p; i < p + periods; i++)
                        cells |= (cellset)1 << (k * b->n_periods + i);
        return cells;
}

int bell_starts(const struct bell *b, int periods, int terms, cellset *out)
{
        int n = 0;

        for (int t = 0; t < b->n_terms; t++)
                for (int p = 0; p < b->n_periods; p++) {
                        cellset cells = bell_cells(b, periods, terms, t, p);
                        if (cells)
                                out[n++] = cells;
                }
        return n;
}
