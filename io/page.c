/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/page.h"
#include "io/file.h"
#include "io/page_parts.h"
#include <stdlib.h>
#include <string.h>

/* ---- text that cannot leave its place ---- */

static void print_html(FILE *to, const char *text)
{
        for (const char *p = text; *p; p++) {
                if (*p == '<' || *p == '>' || *p == '&' || *p == '"' || *p == '\'')
                        fprintf(to, "&#%d;", *p);
                else
                        putc(*p, to);
        }
}

/*
 * JSON inside a script element: <, > and & can only stand in texts, where \u003c means the same and
 * ends no element; U+2028 and U+2029 (e2 80 a8, e2 80 a9) end lines in older scripts.
 */
static void print_island(FILE *to, const char *json, size_t size)
{
        for (const char *p = json; p < json + size; p++) {
                if (*p == '<' || *p == '>' || *p == '&') {
                        fprintf(to, "\\u%04x", *p);
                } else if (!strncmp(p, "\xe2\x80\xa8", 3) || !strncmp(p, "\xe2\x80\xa9", 3)) {
                        fprintf(to, "\\u20%02x", (unsigned char)p[2] & 0x2f);
                        p += 2;
                } else {
                        putc(*p, to);
                }
        }
}

/* ---- the content security policy ---- */

static int hex_digit(char c)
{
        return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* 'sha256-...' in base64, as the policy names what may run. */
static void print_hash(FILE *to, const unsigned char *bytes, size_t size)
{
        static const char digits[] =
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        unsigned char raw[33] = {0};
        char hex[65];
        struct sha256 *h = sha256_new();

        sha256_add(h, bytes, size);
        sha256_end(h, hex);
        for (int i = 0; i < 32; i++)
                raw[i] = (unsigned char)(hex_digit(hex[2 * i]) << 4 | hex_digit(hex[2 * i + 1]));
        fputs("'sha256-", to);
        for (int i = 0; i < 43; i++) { /* 32 bytes are 42 2/3 digits of six bits */
                int bit = 6 * i, two = raw[bit / 8] << 8 | raw[bit / 8 + 1];
                putc(digits[two >> (10 - bit % 8) & 63], to);
        }
        fputs("='", to);
}

static void print_policy(FILE *to)
{
        fputs("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
              "base-uri 'none'; form-action 'none'; script-src ",
                to);
        print_hash(to, page_js, page_js_size);
        fputs("; style-src ", to);
        print_hash(to, page_css, page_css_size);
        fputs("\">\n", to);
}

/* ---- the page ---- */

/* The island's JSON, which free() frees; NULL after an error. */
static char *render(const struct page *page, size_t *size, struct report *rp)
{
        char *json = NULL;
        FILE *to = open_memstream(&json, size);
        struct json_out o = {.to = to};
        struct outcome out;

        if (!to)
                mem_short();
        outcome_init(&out, page->schedule);
        json_begin(&o, NULL, '{');
        json_text(&o, "format", "msched-page/1");
        page_school(&o, page);
        page_schedule(&o, page, &out);
        page_measures(&o, page);
        page_students(&o, page);
        bool ok = page_explain(&o, page, rp);
        json_end(&o, '}');
        outcome_release(&out);
        bool failed = ferror(to);
        if (fclose(to) || failed || !json)
                mem_short();
        if (ok)
                return json;
        free(json);
        return NULL;
}

static void print_head(FILE *to, const struct problem *pb)
{
        fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n", to);
        print_policy(to);
        fputs("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
              "<meta name=\"referrer\" content=\"no-referrer\">\n"
              "<meta name=\"robots\" content=\"noindex\">\n<title>",
                to);
        print_html(to, pb->name ? pb->name : "Master schedule");
        if (pb->year) {
                putc(' ', to);
                print_html(to, pb->year);
        }
        fputs(": master schedule</title>\n<style>", to);
        fwrite(page_css, 1, page_css_size, to);
        fputs("</style>\n</head>\n<body>\n", to);
}

bool page_print(const struct page *page, FILE *to, struct report *rp)
{
        size_t size = 0;
        char *json = render(page, &size, rp);

        if (!json)
                return false;
        print_head(to, page->schedule->pb);
        fputs("<noscript><p>This page shows a schedule with the help of its own script, which is "
              "switched off in this browser. schedule.txt, beside this page, needs none.</p>"
              "</noscript>\n<script type=\"application/json\" id=\"data\">",
                to);
        print_island(to, json, size);
        fputs("</script>\n<script>", to);
        fwrite(page_js, 1, page_js_size, to);
        fputs("</script>\n</body>\n</html>\n", to);
        free(json);
        return true;
}

bool page_write(const struct page *page, const char *path, struct report *rp)
{
        struct file_out *f = file_create(path, page->students ? 0600 : 0644, rp);

        if (!f)
                return false;
        if (page_print(page, file_stream(f), rp))
                return file_commit(f, rp);
        file_abandon(f);
        return false;
}
