/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/analyze_sheet.h"
#include <inttypes.h>
#include <string.h>

static int count_columns(const char *columns)
{
        int n = 1;

        for (const char *p = columns; *p; p++)
                n += *p == '|';
        return n;
}

struct sheet *sheet_add(struct sheets *all, const char *name, const char *title,
        const char *columns, const char *about)
{
        struct sheet *s = arena_alloc(all->arena, sizeof *s);

        s->name = name;
        s->title = title;
        s->about = about;
        s->n_columns = count_columns(columns);
        s->columns = arena_array(all->arena, (size_t)s->n_columns, sizeof *s->columns);
        for (int i = 0; i < s->n_columns; i++) {
                size_t n = strcspn(columns, "|");
                s->columns[i].number = *columns == '#';
                s->columns[i].heading = arena_strndup(all->arena, columns + s->columns[i].number,
                        n - (size_t)s->columns[i].number);
                columns += n + 1;
        }
        all->v[all->n++] = s;
        return s;
}

void put_cell(struct sheets *all, struct sheet *s, const char *text)
{
        if (s->n_cells == s->cap) {
                s->cap = s->cap ? s->cap * 2 : 64;
                const char **more = arena_array(all->arena, (size_t)s->cap, sizeof *more);
                if (s->n_cells)
                        memcpy(more, s->cells, (size_t)s->n_cells * sizeof *more);
                s->cells = more;
        }
        s->cells[s->n_cells++] = text ? text : "";
        s->n_rows = s->n_cells / s->n_columns;
}

void put_count(struct sheets *all, struct sheet *s, int64_t n)
{
        put_cell(all, s, arena_printf(all->arena, "%" PRId64, n));
}

void put_share(struct sheets *all, struct sheet *s, double num, double den, bool fine)
{
        if (den > 0 && fine)
                put_cell(all, s, arena_printf(all->arena, "%.2f", num / den));
        else
                put_cell(all, s, den > 0 ? arena_printf(all->arena, "%.1f", num / den) : NULL);
}

typedef const char *namer(const struct problem *pb, int i);

static const char *course_name(const struct problem *pb, int i)
{
        return pb->courses[i].id;
}

static const char *teacher_name(const struct problem *pb, int i)
{
        return pb->teachers[i].id;
}

static const char *room_name(const struct problem *pb, int i)
{
        return pb->rooms[i].id;
}

static const char *list(struct sheets *all, const struct ints *of, int most, namer *name)
{
        const char *text = of->n ? "" : "none";

        for (int i = 0; i < of->n && i < most; i++)
                text = arena_printf(
                        all->arena, "%s%s%s", text, i ? ", " : "", name(all->tally->pb, of->v[i]));
        if (of->n > most)
                text = arena_printf(all->arena, "%s and %d more", text, of->n - most);
        return text;
}

const char *course_list(struct sheets *all, const struct ints *courses, int most)
{
        return list(all, courses, most, course_name);
}

const char *teacher_list(struct sheets *all, const struct ints *teachers, int most)
{
        return list(all, teachers, most, teacher_name);
}

const char *room_list(struct sheets *all, const struct ints *rooms, int most)
{
        return list(all, rooms, most, room_name);
}

struct sheets *sheets_new(const struct tally *t)
{
        struct arena *a = arena_new();
        struct sheets *all = arena_alloc(a, sizeof *all);

        all->arena = a;
        all->tally = t;
        sheets_first(all);
        sheets_courses(all);
        sheets_staff(all);
        sheets_people(all);
        return all;
}

void sheets_free(struct sheets *all)
{
        if (all)
                arena_free(all->arena);
}
