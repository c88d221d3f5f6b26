/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/plain_page.h"

static const char style[] =
        ":root{color-scheme:light dark;--ink:#17212b;--soft:#4d5a67;--paper:#fff;--band:#f4f6f8;"
        "--line:#d5dce3;--accent:#0b5c7a}\n"
        "@media(prefers-color-scheme:dark){:root{--ink:#e8edf2;--soft:#bac5d0;--paper:#1b232c;"
        "--band:#12181f;--line:#35414d;--accent:#7cc7e3}}\n"
        "body{margin:0;background:var(--paper);color:var(--ink);"
        "font:15px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}\n"
        "header,nav,main{max-width:76rem;margin:0 auto;padding:0 1rem}\n"
        "h1{font-size:1.6rem;margin:1.2rem 0 .2rem}h2{font-size:1.2rem;margin:2.2rem 0 .3rem}\n"
        "p{max-width:48rem;color:var(--soft);margin:.3rem 0 .8rem}a{color:var(--accent)}\n"
        "nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1rem;list-style:none;padding:0}\n"
        ".box{overflow-x:auto;border:1px solid var(--line);border-radius:.4rem}\n"
        "table{border-collapse:collapse;min-width:100%;font-size:.9rem;"
        "font-variant-numeric:tabular-nums}\n"
        "th,td{padding:.25rem .6rem;text-align:left;vertical-align:top;"
        "border-bottom:1px solid var(--line)}\n"
        "th{background:var(--band);font-weight:600}th.n,td.n{text-align:right}\n"
        "tbody tr:last-child td{border-bottom:0}li{margin:.25rem 0;max-width:60rem}\n"
        "td{overflow-wrap:break-word;max-width:24rem}\n"
        "@media print{nav{display:none}.box{border:0}h2{break-after:avoid}}\n";

void plain_text(FILE *to, const char *text)
{
        for (; *text; text++) {
                switch (*text) {
                case '&':
                        fputs("&amp;", to);
                        break;
                case '<':
                        fputs("&lt;", to);
                        break;
                case '>':
                        fputs("&gt;", to);
                        break;
                case '"':
                        fputs("&quot;", to);
                        break;
                default:
                        putc(*text, to);
                }
        }
}

void plain_name(FILE *to, const char *text)
{
        fputs("<bdi>", to);
        plain_text(to, text);
        fputs("</bdi>", to);
}

void plain_open(FILE *to, const char *name, const char *year, const char *what)
{
        name = name ? name : "School";
        fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
              "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
              "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
              "style-src 'unsafe-inline'\">\n<title>",
                to);
        plain_text(to, name);
        fprintf(to, ": %s</title>\n<style>\n%s</style>\n</head>\n<body>\n<header>\n<h1>", what,
                style);
        plain_name(to, name);
        if (year) {
                putc(' ', to);
                plain_name(to, year);
        }
        fprintf(to, ": %s</h1>\n</header>\n<main>\n", what);
}

void plain_close(FILE *to)
{
        fputs("</main>\n</body>\n</html>\n", to);
}

void plain_nav(FILE *to, bool begin)
{
        fputs(begin ? "<nav aria-label=\"On this page\"><ul>\n" : "</ul></nav>\n", to);
}

void plain_link(FILE *to, const char *id, const char *title)
{
        fprintf(to, "<li><a href=\"#%s\">%s</a></li>\n", id, title);
}

void plain_section(FILE *to, const char *id, const char *title, const char *about)
{
        fprintf(to, "<section id=\"%s\" aria-labelledby=\"h-%s\">\n<h2 id=\"h-%s\">%s</h2>\n", id,
                id, id, title);
        if (!about)
                return;
        fputs("<p>", to);
        plain_text(to, about);
        fputs("</p>\n", to);
}

void plain_end(FILE *to)
{
        fputs("</section>\n", to);
}

void plain_list(FILE *to, bool begin)
{
        fputs(begin ? "<ul>\n" : "</ul>\n", to);
}

void plain_item(FILE *to, const char *text)
{
        fputs("<li>", to);
        plain_name(to, text);
        fputs("</li>\n", to);
}

/* Wide tables scroll in a box of their own, which the keyboard can reach. */
void plain_table(FILE *to, const char *id)
{
        fprintf(to,
                "<div class=\"box\" tabindex=\"0\" role=\"group\" aria-labelledby=\"h-%s\">\n"
                "<table>\n<thead><tr>",
                id);
}

void plain_head(FILE *to, const char *text, bool number)
{
        fprintf(to, "<th scope=\"col\"%s>", number ? " class=\"n\"" : "");
        plain_text(to, text);
        fputs("</th>", to);
}

void plain_rows(FILE *to)
{
        fputs("</tr></thead>\n<tbody>\n", to);
}

void plain_row(FILE *to, bool begin)
{
        fputs(begin ? "<tr>" : "</tr>\n", to);
}

void plain_cell(FILE *to, const char *text, bool number)
{
        fputs(number ? "<td class=\"n\">" : "<td>", to);
        if (number)
                plain_text(to, text);
        else if (*text)
                plain_name(to, text);
        fputs("</td>", to);
}

void plain_table_end(FILE *to)
{
        fputs("</tbody>\n</table>\n</div>\n", to);
}
