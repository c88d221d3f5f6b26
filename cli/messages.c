/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"
#include "io/redact.h"

static bool redacting, several;
static struct index *hidden; /* NULL: not known yet */

void messages_redact(void)
{
        redacting = true;
}

void messages_know(const struct index *student_ids)
{
        if (!redacting)
                return;
        index_free(hidden);
        hidden = index_new();
        for (int i = 0; i < index_size(student_ids); i++)
                index_add(hidden, index_id(student_ids, i));
}

void messages_know_more(const struct index *student_ids)
{
        several = true;
        if (!redacting)
                return;
        if (!hidden)
                hidden = index_new();
        for (int i = 0; i < index_size(student_ids); i++)
                if (index_find(hidden, index_id(student_ids, i)) < 0)
                        index_add(hidden, index_id(student_ids, i));
}

const char *message_text(struct arena *a, const char *text)
{
        if (!redacting || !text)
                return text;
        text = redact(a, hidden, text);
        return hidden && several ? redact(a, NULL, text) : text;
}

/* What a file says must not steer the terminal: no byte below a blank, no C1 control (U+0080..9F).
 */
static void print_harmless(FILE *to, const char *text)
{
        for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
                if (p[0] == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0) {
                        p++;
                        putc('?', to);
                } else {
                        putc(*p < 0x20 || *p == 0x7f ? '?' : *p, to);
                }
        }
}

void print_safe(FILE *to, const char *text)
{
        if (!redacting) {
                print_harmless(to, text);
                return;
        }
        struct arena *a = arena_new();
        print_harmless(to, message_text(a, text));
        arena_free(a);
}

static void print_message(const struct message *m)
{
        print_safe(stderr, m->at.file ? m->at.file : "msched");
        if (m->at.line)
                fprintf(stderr, ":%d:%d", m->at.line, m->at.column);
        fputs(m->warning ? ": warning: " : ": ", stderr);
        print_safe(stderr, m->text);
        putc('\n', stderr);
}

int messages_print(struct report *rp, int most_warnings)
{
        int kept = 0, warnings = 0;

        for (int i = 0; i < report_count(rp); i++) {
                const struct message *m = report_message(rp, i);
                if (m->warning && warnings++ >= most_warnings)
                        continue;
                print_message(m);
                kept += !m->warning;
        }
        if (warnings > most_warnings)
                fprintf(stderr, "msched: and %d more warnings\n", warnings - most_warnings);
        if (report_errors(rp) > kept)
                fprintf(stderr, "msched: and %d more errors\n", report_errors(rp) - kept);
        if (!report_errors(rp))
                return EXIT_DONE;
        switch (report_worst(rp)) {
        case ERROR_CLASH:
                return EXIT_CLASH;
        case ERROR_SYSTEM:
                return EXIT_SYSTEM;
        case ERROR_INPUT:
                break;
        }
        return EXIT_INPUT;
}

int messages_end(struct report *rp)
{
        int code = messages_print(rp, SOME_WARNINGS);

        report_free(rp);
        return code;
}
