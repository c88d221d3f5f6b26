/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/oneroster_ids.h"
#include "io/file.h"
#include <ctype.h>
#include <string.h>

enum { LONGEST = 200, KEPT = 100 }; /* databases behind such files have 255 characters at most */

/* Letters, digits and '-' as they are, a blank as '_', other bytes as ~hh: no two texts become one.
 */
static char *part(struct arena *a, const char *text)
{
        static const char digits[] = "0123456789abcdef";
        char *to = arena_alloc(a, 3 * strlen(text) + 1), *p = to;

        for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
                if (isalnum(*c) || *c == '-' || *c == ' ') {
                        *p++ = *c == ' ' ? '_' : (char)*c;
                        continue;
                }
                *p++ = '~';
                *p++ = digits[*c >> 4];
                *p++ = digits[*c & 15];
        }
        *p = 0;
        return to;
}

/* The same shortened by a hash where it is too long. */
static const char *fitting(struct arena *a, const char *id)
{
        char hex[65];

        if (strlen(id) <= LONGEST)
                return id;
        struct sha256 *h = sha256_new();
        sha256_add(h, id, strlen(id));
        sha256_end(h, hex);
        return arena_printf(a, "%.*s.%.40s", KEPT, id, hex);
}

static const char *joined(struct arena *a, const char *left, const char *kind, const char *id)
{
        return fitting(a, arena_printf(a, "%s.%s.%s", left, kind, part(a, id)));
}

static const char *user_id(struct arena *a, const char *school, const char *kind,
        const struct person *p, const char *id)
{
        return p->sis_id ? p->sis_id : joined(a, school, kind, id);
}

static bool unique(struct index *seen, const char *id, const struct problem *pb, const char *what,
        const char *which, struct place at, struct report *rp)
{
        if (index_add(seen, id) >= 0)
                return true;
        return report_error(rp, ERROR_INPUT, at.line ? at : (struct place){.file = pb->file},
                "the sourcedId of %s '%s' (its sis_id, or made of its id) is that of another "
                "person; expected another for each",
                what, which);
}

static bool users_init(struct roster_ids *ids, const struct problem *pb, struct report *rp)
{
        struct index *seen = index_new();
        struct arena *a = ids->arena;
        bool ok = true;

        ids->teacher = arena_array(a, (size_t)pb->n_teachers + 1, sizeof *ids->teacher);
        ids->student = arena_array(a, (size_t)pb->n_students + 1, sizeof *ids->student);
        for (int i = 0; i < pb->n_teachers; i++) {
                const struct teacher *t = &pb->teachers[i];
                ids->teacher[i] = user_id(a, ids->school, "teacher", &t->person, t->id);
                ok &= unique(seen, ids->teacher[i], pb, "teacher", t->id, t->at, rp);
        }
        for (int i = 0; i < pb->n_students; i++) {
                const struct student *s = &pb->students[i];
                ids->student[i] = user_id(a, ids->school, "student", &s->person, s->id);
                ok &= unique(seen, ids->student[i], pb, "student", s->id, s->at, rp);
        }
        index_free(seen);
        return ok;
}

bool roster_ids_init(struct roster_ids *ids, const struct problem *pb, int year, struct report *rp)
{
        struct arena *a = arena_new();

        *ids = (struct roster_ids){.arena = a};
        const char *school = pb->school_id ? pb->school_id : pb->name ? pb->name : "school";
        ids->school = fitting(a, part(a, school));
        if (pb->district)
                ids->district = fitting(a, arena_printf(a, "district.%s", part(a, pb->district)));
        ids->year = arena_printf(a, "%s.%d", ids->school, year);
        ids->term = arena_array(a, (size_t)pb->n_terms + 1, sizeof *ids->term);
        ids->course = arena_array(a, (size_t)pb->n_courses + 1, sizeof *ids->course);
        for (int t = 0; t < pb->n_terms; t++)
                ids->term[t] = joined(a, ids->year, "term", pb->terms[t]);
        for (int c = 0; c < pb->n_courses; c++)
                ids->course[c] = joined(a, ids->school, "course", pb->courses[c].id);
        return users_init(ids, pb, rp);
}

void roster_ids_release(struct roster_ids *ids)
{
        arena_free(ids->arena);
}

/* The number stands before the course, so that a shortened id keeps it apart. */
const char *roster_class_id(
        struct roster_ids *ids, const struct problem *pb, int course, int number)
{
        struct arena *a = ids->arena;
        return fitting(a, arena_printf(a, "%s.class.%d.%s", ids->year, number,
                                  part(a, pb->courses[course].id)));
}

const char *roster_enrollment_id(
        struct roster_ids *ids, const char *class_id, const char *role, const char *id)
{
        return joined(ids->arena, class_id, role, id);
}

const char *roster_role_id(struct roster_ids *ids, const char *role, const char *id)
{
        return fitting(ids->arena,
                arena_printf(ids->arena, "%s.role.%s.%s", ids->school, role, part(ids->arena, id)));
}
