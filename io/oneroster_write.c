/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/oneroster.h"
#include "io/oneroster_ids.h"
#include "io/sheet.h"
#include "io/text.h"
#include <string.h>

struct roster {
        const struct problem *pb;
        const struct answer *an;
        const struct oneroster_options *o;
        struct bundle *bundle;
        struct report *rp;
        struct roster_ids ids;
        int year;
};

/* ---- what every file has ---- */

#define COMMON "sourcedId", "status", "dateLastModified"

static void open_sheet(
        struct sheet *s, struct roster *r, const char *name, const char *const *columns)
{
        sheet_begin(s, bundle_file(r->bundle, name), name, columns, r->o->guard);
}

/* Bulk files leave status and dateLastModified blank. */
static void begin_row(struct sheet *s, const char *id)
{
        sheet_text(s, id);
        sheet_blank(s, 2);
}

/* Grades as the standard's code list (CEDS) has them. */
static const char *grade_code(struct arena *a, int grade)
{
        if (grade < 1 || grade > 13)
                return grade == 0 ? "KG" : "Other";
        return arena_printf(a, "%02d", grade);
}

static void put_grades(struct sheet *s, struct roster *r, const struct ints *grades)
{
        struct arena *a = r->ids.arena;
        const char **codes = arena_array(a, (size_t)grades->n + 1, sizeof *codes);

        for (int i = 0; i < grades->n; i++)
                codes[i] = grade_code(a, grades->v[i]);
        sheet_list(s, grades->n, codes);
}

static void put_subject(struct sheet *s, const struct course *c)
{
        sheet_list(s, c->subject != NULL, &c->subject);
        sheet_blank(s, 1); /* subjectCodes: as many as subjects, or none */
}

/* ---- orgs, sessions, courses ---- */

static void write_orgs(struct roster *r)
{
        static const char *const columns[] = {
                COMMON, "name", "type", "identifier", "parentSourcedId", NULL};
        const struct problem *pb = r->pb;
        struct sheet s;

        open_sheet(&s, r, "orgs.csv", columns);
        if (pb->district) {
                begin_row(&s, r->ids.district);
                sheet_text(&s, pb->district);
                sheet_text(&s, "district");
                sheet_blank(&s, 2);
                sheet_row(&s);
        }
        begin_row(&s, r->ids.school);
        sheet_text(&s, pb->name);
        sheet_text(&s, "school");
        sheet_text(&s, pb->school_id);
        sheet_text(&s, r->ids.district);
        sheet_row(&s);
        sheet_end(&s, r->rp);
}

static void put_session(struct sheet *s, const struct roster *r, const char *id, const char *title,
        const char *type, struct dates d, const char *parent)
{
        begin_row(s, id);
        sheet_text(s, title);
        sheet_text(s, type);
        sheet_text(s, d.start);
        sheet_text(s, d.end);
        sheet_text(s, parent);
        sheet_int(s, r->year);
        sheet_row(s);
}

static void write_sessions(struct roster *r)
{
        static const char *const columns[] = {COMMON, "title", "type", "startDate", "endDate",
                "parentSourcedId", "schoolYear", NULL};
        const struct problem *pb = r->pb;
        const struct dates *d = pb->term_dates;
        struct sheet s;

        open_sheet(&s, r, "academicSessions.csv", columns);
        put_session(&s, r, r->ids.year,
                pb->year ? pb->year : arena_printf(r->ids.arena, "%d-%d", r->year - 1, r->year),
                "schoolYear", (struct dates){d[0].start, d[pb->n_terms - 1].end}, NULL);
        for (int t = 0; t < pb->n_terms; t++)
                put_session(&s, r, r->ids.term[t], pb->terms[t],
                        pb->n_terms == 2 ? "semester" : "term", d[t], r->ids.year);
        sheet_end(&s, r->rp);
}

static void write_courses(struct roster *r)
{
        static const char *const columns[] = {COMMON, "schoolYearSourcedId", "title", "courseCode",
                "grades", "orgSourcedId", "subjects", "subjectCodes", NULL};
        struct sheet s;

        open_sheet(&s, r, "courses.csv", columns);
        for (int i = 0; i < r->pb->n_courses; i++) {
                const struct course *c = &r->pb->courses[i];
                begin_row(&s, r->ids.course[i]);
                sheet_text(&s, r->ids.year);
                sheet_text(&s, c->title ? c->title : c->id);
                sheet_text(&s, c->id);
                put_grades(&s, r, &c->grades);
                sheet_text(&s, r->ids.school);
                put_subject(&s, c);
                sheet_row(&s);
        }
        sheet_end(&s, r->rp);
}

/* ---- classes and who is in them ---- */

static void put_class(struct sheet *s, struct roster *r, const struct answer_section *in)
{
        const struct problem *pb = r->pb;
        const struct course *c = &pb->courses[in->course];
        struct arena *a = r->ids.arena;
        const char *terms[MAX_CELLS], *periods[MAX_CELLS];

        for (int i = 0; i < in->terms.n; i++)
                terms[i] = r->ids.term[in->terms.v[i]];
        for (int i = 0; i < in->periods.n; i++)
                periods[i] = pb->periods[in->periods.v[i]].id;
        begin_row(s, roster_class_id(&r->ids, pb, in->course, in->number));
        sheet_text(s, arena_printf(a, "%s (%d)", c->title ? c->title : c->id, in->number));
        put_grades(s, r, &c->grades);
        sheet_text(s, r->ids.course[in->course]);
        sheet_text(s, arena_printf(a, "%s-%d", c->id, in->number));
        sheet_text(s, "scheduled");
        sheet_text(s, in->room >= 0 ? pb->rooms[in->room].id : NULL);
        sheet_text(s, r->ids.school);
        sheet_list(s, in->terms.n, terms);
        put_subject(s, c);
        sheet_list(s, in->periods.n, periods);
        sheet_row(s);
}

static void write_classes(struct roster *r)
{
        static const char *const columns[] = {COMMON, "title", "grades", "courseSourcedId",
                "classCode", "classType", "location", "schoolSourcedId", "termSourcedIds",
                "subjects", "subjectCodes", "periods", NULL};
        struct sheet s;

        open_sheet(&s, r, "classes.csv", columns);
        for (int i = 0; i < r->an->n_sections; i++)
                put_class(&s, r, &r->an->sections[i]);
        sheet_end(&s, r->rp);
}

static void put_seat(struct sheet *s, struct roster *r, const struct answer_section *in,
        const char *user, const char *id, bool student, bool primary)
{
        const char *role = student ? "student" : "teacher";
        const struct dates *d = r->pb->term_dates;
        const char *class_id = roster_class_id(&r->ids, r->pb, in->course, in->number);

        begin_row(s, roster_enrollment_id(&r->ids, class_id, role, id));
        sheet_text(s, class_id);
        sheet_text(s, r->ids.school);
        sheet_text(s, user);
        sheet_text(s, role);
        sheet_text(s, primary ? "true" : "false");
        sheet_text(s, d[in->terms.v[0]].start);
        sheet_text(s, d[in->terms.v[in->terms.n - 1]].end);
        sheet_row(s);
}

static void write_enrollments(struct roster *r)
{
        static const char *const columns[] = {COMMON, "classSourcedId", "schoolSourcedId",
                "userSourcedId", "role", "primary", "beginDate", "endDate", NULL};
        struct sheet s;

        open_sheet(&s, r, "enrollments.csv", columns);
        for (int i = 0; i < r->an->n_sections; i++) {
                const struct answer_section *in = &r->an->sections[i];
                for (int k = 0; k < 2; k++) {
                        int t = k ? in->co_teacher : in->teacher;
                        if (t >= 0)
                                put_seat(&s, r, in, r->ids.teacher[t], r->pb->teachers[t].id, false,
                                        k == 0);
                }
                for (int k = 0; k < in->students.n; k++) {
                        int who = in->students.v[k];
                        put_seat(&s, r, in, r->ids.student[who], r->pb->students[who].id, true,
                                false);
                }
        }
        sheet_end(&s, r->rp);
}

/* ---- users ---- */

struct user {
        const char *sourced, *role, *id, *name;
        const struct person *person;
        int grade; /* -1: none */
};

static struct user user_of(const struct roster *r, int i)
{
        const struct problem *pb = r->pb;

        if (i < pb->n_teachers) {
                const struct teacher *t = &pb->teachers[i];
                return (struct user){r->ids.teacher[i], "teacher", t->id, t->name, &t->person, -1};
        }
        i -= pb->n_teachers;
        const struct student *s = &pb->students[i];
        return (struct user){r->ids.student[i], "student", s->id, s->name, &s->person, s->grade};
}

static void put_user(struct sheet *s, struct roster *r, const struct user *u)
{
        struct arena *a = r->ids.arena;
        const char *given, *family;

        oneroster_names(a, u->person, u->name, u->id, &given, &family);
        begin_row(s, u->sourced);
        sheet_text(s, "true");
        if (!r->o->v12) {
                sheet_text(s, r->ids.school);
                sheet_text(s, u->role);
        }
        sheet_text(s, u->person->email ? u->person->email : u->sourced);
        sheet_blank(s, 1);
        sheet_text(s, given);
        sheet_text(s, family);
        sheet_blank(s, 1);
        sheet_text(s, u->id);
        sheet_text(s, u->person->email);
        sheet_blank(s, 3);
        sheet_text(s, u->grade < 0 ? NULL : grade_code(a, u->grade));
        sheet_blank(s, 1);
        if (r->o->v12) {
                sheet_blank(s, 4);
                sheet_text(s, r->ids.school);
                sheet_blank(s, 1);
        }
        sheet_row(s);
}

#define NAMED                                                                                      \
        "username", "userIds", "givenName", "familyName", "middleName", "identifier", "email",     \
                "sms", "phone", "agentSourcedIds", "grades", "password"

static void write_users(struct roster *r)
{
        static const char *const v11[] = {
                COMMON, "enabledUser", "orgSourcedIds", "role", NAMED, NULL};
        static const char *const v12[] = {COMMON, "enabledUser", NAMED, "userMasterIdentifier",
                "preferredGivenName", "preferredMiddleName", "preferredFamilyName",
                "primaryOrgSourcedId", "pronouns", NULL};
        struct sheet s;

        open_sheet(&s, r, "users.csv", r->o->v12 ? v12 : v11);
        for (int i = 0; i < r->pb->n_teachers + r->pb->n_students; i++) {
                struct user u = user_of(r, i);
                put_user(&s, r, &u);
        }
        sheet_end(&s, r->rp);
}

static void write_roles(struct roster *r)
{
        static const char *const columns[] = {COMMON, "userSourcedId", "roleType", "role",
                "beginDate", "endDate", "orgSourcedId", "userProfileSourcedId", NULL};
        const struct dates *d = r->pb->term_dates;
        struct sheet s;

        open_sheet(&s, r, "roles.csv", columns);
        for (int i = 0; i < r->pb->n_teachers + r->pb->n_students; i++) {
                struct user u = user_of(r, i);
                begin_row(&s, roster_role_id(&r->ids, u.role, u.id));
                sheet_text(&s, u.sourced);
                sheet_text(&s, "primary");
                sheet_text(&s, u.role);
                sheet_text(&s, d[0].start);
                sheet_text(&s, d[r->pb->n_terms - 1].end);
                sheet_text(&s, r->ids.school);
                sheet_blank(&s, 1);
                sheet_row(&s);
        }
        sheet_end(&s, r->rp);
}

/* ---- the manifest ---- */

static bool is_one_of(const char *name, const char *list)
{
        size_t n = strlen(name);
        for (const char *at = list; (at = strstr(at, name)); at += n)
                if ((at == list || at[-1] == ' ') && (!at[n] || at[n] == ' '))
                        return true;
        return false;
}

static void write_manifest(struct roster *r)
{
        static const char *const columns[] = {"propertyName", "value", NULL};
        static const char *const v11[] = {"academicSessions", "categories", "classes",
                "classResources", "courses", "courseResources", "demographics", "enrollments",
                "lineItems", "orgs", "resources", "results", "users", NULL};
        static const char *const v12[] = {"academicSessions", "categories", "classes",
                "classResources", "courses", "courseResources", "demographics", "enrollments",
                "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales", "orgs",
                "resources", "resultLearningObjectiveIds", "results", "resultScoreScales", "roles",
                "scoreScales", "userProfiles", "userResources", "users", NULL};
        static const char present[] =
                "academicSessions classes courses enrollments orgs roles users";
        const char *const *files = r->o->v12 ? v12 : v11;
        const char *const head[][2] = {{"manifest.version", "1.0"},
                {"oneroster.version", r->o->v12 ? "1.2" : "1.1"}, {"source.systemName", "msched"},
                {"source.systemCode", "msched"}};
        struct sheet s;

        open_sheet(&s, r, "manifest.csv", columns);
        for (int i = 0; i < 4; i++) {
                for (const char *const *f = files; i == 2 && *f; f++) {
                        sheet_text(&s, arena_printf(r->ids.arena, "file.%s", *f));
                        sheet_text(&s, is_one_of(*f, present) ? "bulk" : "absent");
                        sheet_row(&s);
                }
                sheet_text(&s, head[i][0]);
                sheet_text(&s, head[i][1]);
                sheet_row(&s);
        }
        sheet_end(&s, r->rp);
}

bool oneroster_write(const struct problem *pb, const struct answer *an,
        const struct oneroster_options *o, struct bundle *b, struct report *rp)
{
        struct roster r = {.pb = pb, .an = an, .o = o, .bundle = b, .rp = rp};

        if (!oneroster_check(pb, false, rp))
                return false;
        r.year = oneroster_year(pb);
        bool ok = roster_ids_init(&r.ids, pb, r.year, rp);
        if (ok) {
                write_orgs(&r);
                write_sessions(&r);
                write_courses(&r);
                write_classes(&r);
                write_users(&r);
                if (o->v12)
                        write_roles(&r);
                write_enrollments(&r);
                write_manifest(&r);
        }
        roster_ids_release(&r.ids);
        return ok;
}
