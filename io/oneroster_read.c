/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/oneroster_read.h"
#include "io/bundle.h"
#include "io/csv_table.h"
#include "io/csv_write.h"
#include "io/text.h"
#include "model/index.h"
#include <string.h>

struct reader {
        struct bundle_in *from;
        const struct roster_choice *choice;
        struct arena *arena;
        struct report *rp;
        struct roster_in *out;
        struct index *roles; /* 1.2: "user role org" of users' primary roles; NULL: 1.1 */
};

/* A table with the columns wanted: column[i] is the place of names[i], -1: not there. */
enum { MOST = 12, MOST_SESSIONS = 500 };
struct table {
        const struct csv_table *csv;
        int column[MOST];
        int status;
};

/* ---- cells ---- */

static const char *cell(const struct reader *r, const struct table *t, int row, int i)
{
        const struct csv_row *cells = &t->csv->rows[row];
        int column = i < 0 ? t->status : t->column[i];

        if (column < 0 || column >= cells->n)
                return "";
        const char *text = cells->cells[column].text;
        return text_line(r->arena, r->choice->guarded ? csv_unguarded(text) : text);
}

static struct place row_place(const struct table *t, int row)
{
        return t->csv->rows[row].cells[0].at;
}

/* Values separated by commas, each perhaps quoted. */
static struct in_list list_cell(const struct reader *r, const struct table *t, int row, int i)
{
        const char *p = cell(r, t, row, i);
        struct in_list list = {0};

        list.v = arena_array(r->arena, strlen(p) / 2 + 2, sizeof *list.v);
        while (*p) {
                char *value = arena_alloc(r->arena, strlen(p) + 1), *q = value;
                bool quoted = *p == '"';
                for (p += quoted; *p && (quoted || *p != ','); p++) {
                        if (quoted && *p == '"' && p[1] != '"') {
                                p += 1 + strcspn(p + 1, ",");
                                break;
                        }
                        p += quoted && *p == '"';
                        *q++ = *p;
                }
                *q = 0;
                p += *p == ',';
                value = text_trim(r->arena, value, strlen(value));
                if (*value)
                        list.v[list.n++] = value;
        }
        return list;
}

static bool has(const struct in_list *list, const char *value)
{
        for (int i = 0; i < list->n; i++)
                if (!strcmp(list->v[i], value))
                        return true;
        return false;
}

static bool deleted(const struct reader *r, const struct table *t, int row)
{
        return !strcmp(cell(r, t, row, -1), "tobedeleted");
}

/* ---- tables ---- */

/* names: the columns separated by blanks, those that must be there with a '!'. */
static bool open_table(
        struct reader *r, const char *file, const char *names, bool needed, struct table *t)
{
        const char *shown;
        size_t size = 0;
        int errors = report_errors(r->rp);
        char *bytes = bundle_read(r->from, r->arena, file, needed, &size, &shown, r->rp);

        *t = (struct table){0};
        t->csv = bytes ? csv_read(r->arena, shown, bytes, size, r->rp) : NULL;
        if (!t->csv)
                return report_errors(r->rp) == errors && !needed;
        csv_check(r->arena, t->csv, r->rp);
        t->status = csv_column(t->csv, "status");
        for (int i = 0; *names; i++) {
                size_t n = strcspn(names, " ");
                bool must = names[n - 1] == '!';
                const char *name = arena_strndup(r->arena, names, n - must);
                t->column[i] = csv_column(t->csv, name);
                if (must && t->column[i] < 0)
                        report_error(r->rp, ERROR_INPUT, t->csv->header.cells[0].at,
                                "found no column '%s'; expected it in the first line", name);
                names += n + (names[n] == ' ');
        }
        return report_errors(r->rp) == errors;
}

static int rows_of(const struct table *t)
{
        return t->csv ? t->csv->n_rows : 0;
}

static void *rows_for(const struct reader *r, const struct table *t, size_t size)
{
        return arena_array(r->arena, (size_t)rows_of(t) + 1, size);
}

/* Delta files tell changes only: no school can be made of them. */
static bool check_manifest(struct reader *r)
{
        struct table t;

        if (!open_table(r, "manifest.csv", "propertyName! value!", false, &t))
                return false;
        if (!t.csv)
                report_warn(r->rp, (struct place){.file = "manifest.csv"},
                        "is not there; the files are taken to be whole");
        for (int i = 0; i < rows_of(&t); i++)
                if (!strncmp(cell(r, &t, i, 0), "file.", 5) && !strcmp(cell(r, &t, i, 1), "delta"))
                        return report_error(r->rp, ERROR_INPUT, row_place(&t, i),
                                "found 'delta' files, which tell changes only; expected 'bulk'");
        return true;
}

/* ---- the school ---- */

static const char *org_names(const struct reader *r, const struct table *t)
{
        const char *all = "";

        for (int i = 0; i < rows_of(t) && strlen(all) < 300; i++)
                if (!strcmp(cell(r, t, i, 2), "school"))
                        all = arena_printf(r->arena, "%s%s%s", all, *all ? ", " : "",
                                text_quoted(r->arena, cell(r, t, i, 0)));
        return all;
}

static bool choose_school(struct reader *r)
{
        const char *wanted = r->choice->school;
        struct table t;
        int found = -1, schools = 0;

        if (!open_table(
                    r, "orgs.csv", "sourcedId! name! type! identifier parentSourcedId", true, &t))
                return false;
        for (int i = 0; i < rows_of(&t); i++) {
                if (strcmp(cell(r, &t, i, 2), "school") != 0 || deleted(r, &t, i))
                        continue;
                schools++;
                if (!wanted || !strcmp(cell(r, &t, i, 0), wanted) ||
                        !strcmp(cell(r, &t, i, 1), wanted) || !strcmp(cell(r, &t, i, 3), wanted))
                        found = i;
        }
        if (found < 0 || (schools > 1 && !wanted))
                return report_error(r->rp, ERROR_INPUT, t.csv->header.cells[0].at,
                        "found %d schools%s; expected one%s: %s", schools,
                        wanted ? arena_printf(r->arena, ", none of them %s",
                                         text_quoted(r->arena, wanted))
                               : "",
                        schools ? " to be named by --school" : "", org_names(r, &t));
        r->out->school_sourced = cell(r, &t, found, 0);
        r->out->school = cell(r, &t, found, 1);
        r->out->school_identifier = cell(r, &t, found, 3);
        r->out->district = "";
        for (int i = 0; i < rows_of(&t); i++)
                if (*cell(r, &t, found, 4) && !strcmp(cell(r, &t, i, 0), cell(r, &t, found, 4)))
                        r->out->district = cell(r, &t, i, 1);
        return true;
}

/* ---- sessions, courses, classes ---- */

static bool read_sessions(struct reader *r)
{
        struct table t;

        if (!open_table(r, "academicSessions.csv",
                    "sourcedId! title! type! startDate endDate parentSourcedId", false, &t))
                return false;
        if (rows_of(&t) > MOST_SESSIONS)
                return report_error(r->rp, ERROR_INPUT, row_place(&t, MOST_SESSIONS),
                        "found %d sessions; expected at most %d", rows_of(&t), MOST_SESSIONS);
        r->out->sessions = rows_for(r, &t, sizeof *r->out->sessions);
        for (int i = 0; i < rows_of(&t); i++)
                if (!deleted(r, &t, i))
                        r->out->sessions[r->out->n_sessions++] =
                                (struct in_session){cell(r, &t, i, 0), cell(r, &t, i, 1),
                                        cell(r, &t, i, 2), cell(r, &t, i, 3), cell(r, &t, i, 4),
                                        cell(r, &t, i, 5), row_place(&t, i)};
        return true;
}

static bool read_courses(struct reader *r)
{
        struct table t;

        if (!open_table(r, "courses.csv",
                    "sourcedId! title! courseCode orgSourcedId grades subjects", true, &t))
                return false;
        r->out->courses = rows_for(r, &t, sizeof *r->out->courses);
        for (int i = 0; i < rows_of(&t); i++)
                if (!deleted(r, &t, i))
                        r->out->courses[r->out->n_courses++] = (struct in_course){cell(r, &t, i, 0),
                                cell(r, &t, i, 1), cell(r, &t, i, 2), cell(r, &t, i, 3),
                                list_cell(r, &t, i, 4), list_cell(r, &t, i, 5), row_place(&t, i)};
        return true;
}

static bool read_classes(struct reader *r)
{
        struct table t;

        if (!open_table(r, "classes.csv",
                    "sourcedId! courseSourcedId! classCode location termSourcedIds periods "
                    "schoolSourcedId!",
                    false, &t))
                return false;
        r->out->classes = rows_for(r, &t, sizeof *r->out->classes);
        for (int i = 0; i < rows_of(&t); i++)
                if (!deleted(r, &t, i) && !strcmp(cell(r, &t, i, 6), r->out->school_sourced))
                        r->out->classes[r->out->n_classes++] = (struct in_class){cell(r, &t, i, 0),
                                cell(r, &t, i, 1), cell(r, &t, i, 2), cell(r, &t, i, 3),
                                list_cell(r, &t, i, 4), list_cell(r, &t, i, 5), row_place(&t, i)};
        return true;
}

/* ---- people ---- */

static const char *role_key(const struct reader *r, const char *user, const char *role)
{
        return arena_printf(r->arena, "%s\n%s", user, role);
}

/* 1.2: roles in the school stand in a file of their own. */
static bool read_roles(struct reader *r)
{
        struct table t;

        if (!open_table(r, "roles.csv", "sourcedId! userSourcedId! role! orgSourcedId!", false, &t))
                return false;
        if (t.csv)
                r->roles = index_new();
        for (int i = 0; i < rows_of(&t); i++)
                if (!deleted(r, &t, i) && !strcmp(cell(r, &t, i, 3), r->out->school_sourced))
                        index_add(r->roles, role_key(r, cell(r, &t, i, 1), cell(r, &t, i, 2)));
        return true;
}

static bool has_role(const struct reader *r, const struct table *t, int row, const char *role)
{
        if (r->roles)
                return index_find(r->roles, role_key(r, cell(r, t, row, 0), role)) >= 0;
        struct in_list orgs = list_cell(r, t, row, 7);
        return !strcmp(cell(r, t, row, 8), role) && has(&orgs, r->out->school_sourced);
}

static bool read_users(struct reader *r)
{
        struct table t;

        if (!open_table(r, "users.csv",
                    r->roles ? "sourcedId! enabledUser givenName familyName identifier email grades"
                             : "sourcedId! enabledUser givenName familyName identifier email "
                               "grades orgSourcedIds! role!",
                    true, &t))
                return false;
        r->out->users = rows_for(r, &t, sizeof *r->out->users);
        for (int i = 0; i < rows_of(&t); i++) {
                bool student = has_role(r, &t, i, "student");
                if (deleted(r, &t, i) || !strcmp(cell(r, &t, i, 1), "false") ||
                        (!student && !has_role(r, &t, i, "teacher")))
                        continue;
                r->out->users[r->out->n_users++] = (struct in_user){cell(r, &t, i, 0),
                        cell(r, &t, i, 2), cell(r, &t, i, 3), cell(r, &t, i, 4), cell(r, &t, i, 5),
                        list_cell(r, &t, i, 6), student, row_place(&t, i)};
        }
        return true;
}

static bool read_seats(struct reader *r)
{
        struct table t;

        if (!open_table(r, "enrollments.csv",
                    "sourcedId! classSourcedId! userSourcedId! role! primary schoolSourcedId!",
                    false, &t))
                return false;
        r->out->seats = rows_for(r, &t, sizeof *r->out->seats);
        for (int i = 0; i < rows_of(&t); i++) {
                bool teacher = !strcmp(cell(r, &t, i, 3), "teacher");
                if (deleted(r, &t, i) || strcmp(cell(r, &t, i, 5), r->out->school_sourced) != 0 ||
                        (!teacher && strcmp(cell(r, &t, i, 3), "student") != 0))
                        continue;
                r->out->seats[r->out->n_seats++] =
                        (struct in_seat){cell(r, &t, i, 1), cell(r, &t, i, 2), teacher,
                                !strcmp(cell(r, &t, i, 4), "true"), row_place(&t, i)};
        }
        return true;
}

bool roster_read(const char *path, const struct roster_choice *choice, struct arena *a,
        struct roster_in *out, struct report *rp)
{
        struct reader r = {.choice = choice, .arena = a, .rp = rp, .out = out};

        *out = (struct roster_in){0};
        r.from = bundle_open(path, rp);
        bool ok = r.from && check_manifest(&r) && choose_school(&r);
        /* All errors of all files, once it is known whose they are. */
        if (ok) {
                ok &= read_sessions(&r);
                ok &= read_courses(&r);
                ok &= read_classes(&r);
                bool roles = read_roles(&r);
                ok &= roles && read_users(&r);
                ok &= read_seats(&r);
        }
        index_free(r.roles);
        bundle_close(r.from);
        return ok;
}
