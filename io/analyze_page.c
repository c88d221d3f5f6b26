/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The analysis as one page without script: opens from disk, asks nothing of the network. */
#include "io/analyze_write.h"
#include <string.h>

static const char style[] =
        ":root{color-scheme:light dark;--ink:#1b2430;--soft:#55606e;--paper:#fff;--band:#f3f5f8;"
        "--line:#d5dae1;--accent:#0b5394}\n"
        "@media(prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#a9b4c2;--paper:#14181e;"
        "--band:#1d232b;--line:#39424e;--accent:#8ab8ef}}\n"
        "body{margin:0;background:var(--paper);color:var(--ink);"
        "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}\n"
        "header,nav,main{max-width:76rem;margin:0 auto;padding:0 1rem}\n"
        "h1{font-size:1.6rem;margin:1.2rem 0 .2rem}h2{font-size:1.2rem;margin:2.2rem 0 .3rem}\n"
        "p{max-width:48rem;color:var(--soft);margin:.3rem 0 .8rem}a{color:var(--accent)}\n"
        "nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1rem;list-style:none;padding:0}\n"
        ".box{overflow-x:auto;border:1px solid var(--line);border-radius:.4rem}\n"
        "table{border-collapse:collapse;width:100%;font-size:.9rem;"
        "font-variant-numeric:tabular-nums}\n"
        "th,td{padding:.25rem .6rem;text-align:left;vertical-align:top;"
        "border-bottom:1px solid var(--line)}\n"
        "th{background:var(--band);font-weight:600}th.n,td.n{text-align:right}\n"
        "tbody tr:last-child td{border-bottom:0}li{margin:.25rem 0;max-width:60rem}\n"
        "td{overflow-wrap:anywhere;min-width:3rem}\n"
        "@media print{nav{display:none}.box{border:0}h2{break-after:avoid}}\n";

static void put_html(FILE *to, const char *text)
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

/* Right-to-left text stays within its own cell. */
static void put_isolated(FILE *to, const char *text)
{
        fputs("<bdi>", to);
        put_html(to, text);
        fputs("</bdi>", to);
}

static void put_row(const struct sheet *s, int row, FILE *to)
{
        fputs("<tr>", to);
        for (int c = 0; c < s->n_columns; c++) {
                const char *text = s->cells[row * s->n_columns + c];
                fputs(s->columns[c].number ? "<td class=\"n\">" : "<td>", to);
                if (s->columns[c].number)
                        put_html(to, text);
                else if (*text)
                        put_isolated(to, text);
                fputs("</td>", to);
        }
        fputs("</tr>\n", to);
}

static void put_table(const struct sheet *s, int rows, FILE *to)
{
        fprintf(to,
                "<div class=\"box\" tabindex=\"0\" role=\"region\" aria-labelledby=\"h-%s\">\n"
                "<table>\n<thead><tr>",
                s->name);
        for (int c = 0; c < s->n_columns; c++) {
                fprintf(to, "<th scope=\"col\"%s>", s->columns[c].number ? " class=\"n\"" : "");
                put_html(to, s->columns[c].heading);
                fputs("</th>", to);
        }
        fputs("</tr></thead>\n<tbody>\n", to);
        for (int r = 0; r < rows; r++)
                put_row(s, r, to);
        fputs("</tbody>\n</table>\n</div>\n", to);
}

static void put_list(const struct sheet *s, FILE *to)
{
        fputs("<ul>\n", to);
        for (int r = 0; r < s->n_rows; r++) {
                fputs("<li>", to);
                put_isolated(to, s->cells[r]);
                fputs("</li>\n", to);
        }
        fputs("</ul>\n", to);
}

static void put_sheet(const struct sheet *s, FILE *to)
{
        int rows = s->show && s->show < s->n_rows ? s->show : s->n_rows;

        fprintf(to, "<section id=\"%s\">\n<h2 id=\"h-%s\">%s</h2>\n<p>", s->name, s->name,
                s->title);
        put_html(to, s->about);
        fputs("</p>\n", to);
        if (!s->n_rows)
                fputs("<p>None.</p>\n", to);
        else if (s->sentences)
                put_list(s, to);
        else
                put_table(s, rows, to);
        if (rows < s->n_rows)
                fprintf(to, "<p>And %d more in %s.csv.</p>\n", s->n_rows - rows, s->name);
        fputs("</section>\n", to);
}

void analyze_page(const struct sheets *all, FILE *to)
{
        const struct problem *pb = all->tally->pb;
        const char *name = pb->name ? pb->name : "School";

        fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
              "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
              "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
              "style-src 'unsafe-inline'\">\n<title>",
                to);
        put_html(to, name);
        fprintf(to,
                ": before solving</title>\n<style>\n%s</style>\n</head>\n<body>\n<header>\n<h1>",
                style);
        put_isolated(to, name);
        fputs(" ", to);
        put_isolated(to, pb->year ? pb->year : "");
        fputs(": before solving</h1>\n</header>\n<nav aria-label=\"Tables\"><ul>\n", to);
        for (int i = 0; i < all->n; i++)
                if (!all->v[i]->students)
                        fprintf(to, "<li><a href=\"#%s\">%s</a></li>\n", all->v[i]->name,
                                all->v[i]->title);
        fputs("</ul></nav>\n<main>\n", to);
        for (int i = 0; i < all->n; i++)
                if (!all->v[i]->students)
                        put_sheet(all->v[i], to);
        fputs("</main>\n</body>\n</html>\n", to);
}
