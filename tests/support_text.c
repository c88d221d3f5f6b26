/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support_text.h"
#include "io/problem_read.h"
#include "model/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

char *text_edit(const char *text, const char *from, const char *to)
{
        if (!from)
                return mem_copy(text, strlen(text) + 1);
        const char *at = strstr(text, from);
        if (!at)
                fail_msg("nothing to edit: '%s'", from);
        size_t head = (size_t)(at - text), size = strlen(text) - strlen(from) + strlen(to) + 1;
        char *out = mem_alloc(size);
        snprintf(out, size, "%.*s%s%s", (int)head, text, to, at + strlen(from));
        return out;
}

struct problem *text_school(const char *yaml)
{
        char dir[] = "/tmp/msched-test-XXXXXX", path[64];

        assert_non_null(mkdtemp(dir));
        snprintf(path, sizeof path, "%s/school.yaml", dir);
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        fputs(yaml, f);
        fclose(f);
        struct report *rp = report_new();
        struct problem *pb = problem_read(path, NULL, rp);
        unlink(path);
        rmdir(dir);
        for (int i = 0; !pb && i < report_count(rp); i++) {
                const struct message *m = report_message(rp, i);
                print_message("%d:%d: %s\n", m->at.line, m->at.column, m->text);
        }
        if (!pb)
                fail_msg("the school has errors:\n%s", yaml);
        report_free(rp);
        return pb;
}

/* The number of an id; `-` is none. */
static int known(const struct index *ix, const char *id)
{
        if (strcmp(id, "-") == 0)
                return -1;
        int i = index_find(ix, id);
        if (i < 0)
                fail_msg("no such id: '%s'", id);
        return i;
}

int text_request(const struct problem *pb, const char *student, const char *course)
{
        int r = problem_request_of(
                pb, known(pb->student_ids, student), known(pb->course_ids, course));

        if (r < 0)
                fail_msg("%s does not ask for %s", student, course);
        return r;
}

int text_section(const struct problem *pb, const char *course, int number)
{
        return pb->courses[known(pb->course_ids, course)].first_section + number - 1;
}

static void place_section(struct schedule *sc, char *text)
{
        const struct problem *pb = sc->pb;
        char course[16], period[16], term[16], teacher[16], co_teacher[16], room[16], cohort[16];
        int number, used = 0;

        int n = sscanf(text, " %15s %d %15[^/]/%15s %15s %15s %15s %15[^:]:%n", course, &number,
                period, term, teacher, co_teacher, room, cohort, &used);
        if (n != 8 || !used)
                fail_msg("no section: '%s'", text);
        int s = text_section(pb, course, number);
        sc->start[s] = known(pb->term_ids, term) * pb->n_periods + known(pb->period_ids, period);
        sc->teacher[s] = known(pb->teacher_ids, teacher);
        sc->co_teacher[s] = known(pb->teacher_ids, co_teacher);
        sc->room[s] = known(pb->room_ids, room);
        sc->cohort[s] = known(pb->cohort_ids, cohort);
        char *rest = NULL;
        for (char *x = strtok_r(text + used, " ", &rest); x; x = strtok_r(NULL, " ", &rest))
                sc->seat[text_request(pb, x, course)] = s;
}

struct schedule *text_schedule(const struct problem *pb, const char *text)
{
        struct schedule *sc = schedule_new(pb);
        char *copy = text_edit(text, NULL, NULL), *rest = NULL;

        for (char *part = strtok_r(copy, ";", &rest); part; part = strtok_r(NULL, ";", &rest))
                if (part[strspn(part, " ")])
                        place_section(sc, part);
        mem_free(copy);
        return sc;
}

bool text_valid(const struct schedule *sc)
{
        struct answer *an = schedule_answer(sc);
        struct verdict *v = verify(sc->pb, an, false);
        bool valid = v->n_faults == 0;

        verdict_free(v);
        answer_free(an);
        return valid;
}

static void print_obstacle(FILE *f, const struct problem *pb, const struct obstacle *o)
{
        fprintf(f, " %s@%s-%d", obstacle_code(o->kind),
                pb->courses[pb->section_course[o->section]].id, pb->section_number[o->section]);
        for (int i = 0; i < o->courses.n; i++)
                fprintf(f, "(%s)", pb->courses[o->courses.v[i]].id);
        if (o->rule >= 0)
                fprintf(f, "(rule=%d)", o->rule);
        if (o->lock >= 0)
                fprintf(f, "(lock=%d)", o->lock);
        if (o->cohort >= 0)
                fprintf(f, "(cohort=%s)", pb->cohorts[o->cohort].id);
        if (o->teacher >= 0)
                fprintf(f, "(teacher=%s)", pb->teachers[o->teacher].id);
        if (o->room >= 0)
                fprintf(f, "(room=%s)", pb->rooms[o->room].id);
}

char *text_reason(const struct problem *pb, const struct reason *r)
{
        char *text = NULL;
        size_t size = 0;
        FILE *f = open_memstream(&text, &size);

        assert_non_null(f);
        fputs(why_code(r->why), f);
        for (int i = 0; i < r->credentials.n; i++)
                fprintf(f, " %s", index_id(pb->credentials, r->credentials.v[i]));
        if (r->room_type >= 0)
                fprintf(f, " %s", index_id(pb->room_types, r->room_type));
        for (int i = 0; i < r->rules.n; i++)
                fprintf(f, " rule=%d", r->rules.v[i]);
        for (int i = 0; i < r->locks.n; i++)
                fprintf(f, " lock=%d", r->locks.v[i]);
        if (r->why == WHY_TOO_FEW)
                fprintf(f, " %d of %d asking, need %d", r->could, r->asking, r->need);
        for (int i = 0; i < r->n_obstacles; i++)
                print_obstacle(f, pb, &r->obstacles[i]);
        fclose(f);
        char *copy = mem_copy(text, size + 1);
        free(text);
        return copy;
}
