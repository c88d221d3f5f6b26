/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solver/glpk_guard.h"
#include "model/memory.h"
#include <glpk.h>
#include <setjmp.h>
#include <string.h>

/* What GLPK said last, and where to go when it gives up. */
struct fence {
        jmp_buf out;
        char said[200];
};

/* GLPK puts its complaint on the terminal before it calls the error hook: keep it instead. */
static int keep_text(void *info, const char *text)
{
        struct fence *fence = info;
        const size_t used = strlen(fence->said);

        strncat(fence->said, text, sizeof fence->said - used - 1);
        return 1;
}

static void leave(void *info)
{
        struct fence *fence = info;

        longjmp(fence->out, 1);
}

static const char *one_line(char *text)
{
        for (char *c = text; *c; c++)
                if (*c == '\n')
                        *c = c[1] ? ' ' : '\0';
        return text;
}

bool glpk_guard(void (*body)(void *context), void *context, struct report *rp)
{
        struct fence fence = {.said = ""};
        const struct place nowhere = {0};
        volatile bool whole = false;

        enum { NO_MEMORY = 2 }; /* left to itself, GLPK would abort() at the first call */
        if (glp_init_env() == NO_MEMORY)
                mem_short();
        if (!setjmp(fence.out)) {
                glp_term_hook(keep_text, &fence);
                glp_term_out(GLP_OFF);
                glp_error_hook(leave, &fence);
                body(context);
                whole = true;
        }
        glp_error_hook(NULL, NULL);
        glp_term_hook(NULL, NULL);
        glp_free_env();
        if (whole)
                return true;
        if (strstr(fence.said, "memory"))
                mem_short();
        return report_error(
                rp, ERROR_SYSTEM, nowhere, "found GLPK giving up: %s", one_line(fence.said));
}
