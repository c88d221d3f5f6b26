/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/verify_audit.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static char *format(struct arena *a, const char *fmt, va_list args)
{
        char *text = NULL, *kept;

        if (vasprintf(&text, fmt, args) < 0)
                mem_short();
        kept = arena_strdup(a, text);
        free(text);
        return kept;
}

void fault(struct audit *au, const char *rule, struct place at, const char *fmt, ...)
{
        struct verdict *v = au->v;
        va_list args;

        MEM_GROW(v->faults, v->n_faults, au->cap_faults);
        va_start(args, fmt);
        v->faults[v->n_faults++] = (struct fault){rule, at, format(v->arena, fmt, args)};
        va_end(args);
}

void claim(struct audit *au, const char *fmt, ...)
{
        struct verdict *v = au->v;
        va_list args;

        MEM_GROW(v->claims, v->n_claims, au->cap_claims);
        va_start(args, fmt);
        v->claims[v->n_claims++] =
                (struct fault){"claim", {NULL, 0, 0}, format(v->arena, fmt, args)};
        va_end(args);
}

struct verdict *verify(const struct problem *pb, const struct answer *an, bool claims)
{
        struct verdict *v = mem_zero(1, sizeof *v);
        struct audit au = {.pb = pb, .an = an, .v = v, .arena = arena_new()};

        v->arena = arena_new();
        audit_facts(&au);
        audit_sections(&au);
        audit_people(&au);
        audit_rules(&au);
        audit_locks(&au);
        audit_strands(&au);
        audit_score(&au);
        if (claims)
                audit_claims(&au);
        arena_free(au.arena);
        return v;
}

void verdict_free(struct verdict *v)
{
        if (!v)
                return;
        arena_free(v->arena);
        mem_free(v->faults);
        mem_free(v->claims);
        mem_free(v);
}
