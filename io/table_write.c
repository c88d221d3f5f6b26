/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/table_write.h"
#include "io/file.h"
#include "io/yaml_out.h"
#include <inttypes.h>
#include <string.h>

const char *years_column(const struct problem *pb, const struct years_before *y)
{
        const char *of = y->requirement >= 0 ? pb->requirements[y->requirement].id
                                             : index_id(pb->areas, y->area);

        return arena_printf(pb->arena, "years_%s", of);
}

static void put_cell(FILE *f, const char *s)
{
        if (!s)
                return;
        if (!s[strcspn(s, "\",\r\n")]) {
                fputs(s, f);
                return;
        }
        fputc('"', f);
        for (; *s; s++) {
                if (*s == '"')
                        fputc('"', f);
                fputc(*s, f);
        }
        fputc('"', f);
}

static struct file_out *open_table(const char *path, const char *name, struct report *rp)
{
        const char *slash = strrchr(path, '/');
        size_t n = slash ? (size_t)(slash - path) + 1 : 0;
        char *beside = mem_alloc(n + strlen(name) + 1);

        memcpy(beside, path, n);
        strcpy(beside + n, name);
        struct file_out *out = file_create(beside, 0600, rp);
        mem_free(beside);
        return out;
}

/* The columns years_X that some student has, in order of first appearance. */
struct columns {
        int n, cap;
        struct years_before *v;
        bool person; /* and the columns of struct person */
};

static bool same_column(const struct years_before *a, const struct years_before *b)
{
        return a->requirement == b->requirement && (a->requirement >= 0 || a->area == b->area);
}

static struct columns find_columns(const struct problem *pb)
{
        struct columns cols = {0};

        for (int s = 0; s < pb->n_students; s++) {
                const struct student *who = &pb->students[s];
                const struct person *p = &who->person;
                cols.person |= p->given || p->family || p->email || p->sis_id;
                for (int i = 0; i < who->n_years; i++) {
                        int k = 0;
                        while (k < cols.n && !same_column(&cols.v[k], &who->years[i]))
                                k++;
                        if (k < cols.n)
                                continue;
                        MEM_GROW(cols.v, cols.n, cols.cap);
                        cols.v[cols.n++] = who->years[i];
                }
        }
        return cols;
}

static void put_flags(FILE *f, const struct problem *pb, const struct student *who)
{
        for (int i = 0; i < who->flags.n; i++) {
                fputs(i ? ";" : "", f);
                put_cell(f, index_id(pb->flags, who->flags.v[i]));
        }
}

static void put_available(FILE *f, const struct problem *pb, const struct student *who)
{
        bool all = true;
        const char *mark = "";

        for (int p = 0; p < pb->n_periods; p++)
                all = all && (who->periods >> p & 1);
        for (int p = 0; p < pb->n_periods && !all; p++) {
                if (!(who->periods >> p & 1))
                        continue;
                fputs(mark, f);
                put_cell(f, pb->periods[p].id);
                mark = ";";
        }
}

static void put_person(FILE *f, const struct person *p)
{
        const char *const cells[] = {p->given, p->family, p->email, p->sis_id};

        for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
                fputc(',', f);
                put_cell(f, cells[i]);
        }
}

static void put_student(
        FILE *f, const struct problem *pb, const struct student *who, const struct columns *cols)
{
        put_cell(f, who->id);
        fprintf(f, ",%d,", who->grade);
        put_cell(f, who->name);
        fputc(',', f);
        put_cell(f, who->pathway_stated >= 0 ? pb->pathways[who->pathway_stated].id : NULL);
        fputc(',', f);
        if (who->cohort_stated == COHORT_DASH)
                fputc('-', f);
        else
                put_cell(f, who->cohort_stated >= 0 ? pb->cohorts[who->cohort_stated].id : NULL);
        fputc(',', f);
        put_flags(f, pb, who);
        fputc(',', f);
        put_available(f, pb, who);
        if (cols->person)
                put_person(f, &who->person);
        for (int k = 0; k < cols->n; k++) {
                fputc(',', f);
                for (int i = 0; i < who->n_years; i++)
                        if (same_column(&who->years[i], &cols->v[k]))
                                put_ratio(f, who->years[i].stated);
        }
        fputc('\n', f);
}

bool students_write(const struct problem *pb, const char *path, struct report *rp)
{
        struct file_out *out = open_table(path, "students.csv", rp);

        if (!out)
                return false;
        FILE *f = file_stream(out);
        struct columns cols = find_columns(pb);
        fputs("id,grade,name,pathway,cohort,flags,available", f);
        fputs(cols.person ? ",given,family,email,sis_id" : "", f);
        for (int k = 0; k < cols.n; k++) {
                fputc(',', f);
                put_cell(f, years_column(pb, &cols.v[k]));
        }
        fputc('\n', f);
        for (int s = 0; s < pb->n_students; s++)
                put_student(f, pb, &pb->students[s], &cols);
        mem_free(cols.v);
        return file_commit(out, rp);
}

bool requests_write(const struct problem *pb, const char *path, struct report *rp)
{
        static const char *const kinds[] = {"required", "elective", "alternate"};
        struct file_out *out = open_table(path, "requests.csv", rp);

        if (!out)
                return false;
        FILE *f = file_stream(out);
        fputs("student,course,kind,rank,for\n", f);
        for (int r = 0; r < pb->n_requests; r++) {
                const struct request *q = &pb->requests[r];
                put_cell(f, pb->students[q->student].id);
                fputc(',', f);
                put_cell(f, pb->courses[q->course].id);
                fprintf(f, ",%s,", kinds[q->kind]);
                if (q->rank_stated >= 0)
                        fprintf(f, "%d", q->rank_stated);
                fputc(',', f);
                if (q->stands_for >= 0)
                        put_cell(f, pb->courses[pb->requests[q->stands_for].course].id);
                fputc('\n', f);
        }
        return file_commit(out, rp);
}
