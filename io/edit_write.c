/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/edit_write.h"
#include "io/problem_write.h"

enum { MOST_TOLD = 40 };

static const char *head(struct arena *a, const struct problem *pb, const struct edit *v, int n)
{
        const char *text = arena_printf(a, "%s, changed:", pb->name ? pb->name : "The school");

        for (int i = 0; i < n && i < MOST_TOLD; i++)
                text = arena_printf(a, "%s\n- %s", text, edit_text(a, pb, &v[i]));
        if (n > MOST_TOLD)
                text = arena_printf(a, "%s\n- and %d more changes", text, n - MOST_TOLD);
        return text;
}

bool edits_write(
        const struct problem *pb, const struct edit *v, int n, const char *path, struct report *rp)
{
        struct arena *a = arena_new();
        struct problem *edited = edits_apply(pb, v, n, rp);
        bool ok = edited && problem_write(edited, path, NULL, head(a, pb, v, n), rp);

        problem_free(edited);
        arena_free(a);
        return ok;
}
