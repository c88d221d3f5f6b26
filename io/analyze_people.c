/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requirements, pathways and cohorts, and what students ask for. */
#include "io/analyze_sheet.h"

static void requirement_sheets(struct sheets *all)
{
        const struct tally *t = all->tally;
        const struct problem *pb = t->pb;
        double unit = (double)pb->year_unit;
        struct sheet *s = sheet_add(all, "requirements", "Requirement coverage",
                "Requirement|Grade|#Students|#Covered|#Short|#Alternates would|#Years short",
                "Students of whom the requirement asks something this year; those whose primary "
                "requests cover it; those whom they leave short, and how many of these their "
                "alternates would help.");
        for (int i = 0; i < t->n_coverage; i++) {
                const struct coverage *c = &t->coverage[i];
                put_cell(all, s, pb->requirements[c->requirement].id);
                put_count(all, s, t->grades[c->grade]);
                put_count(all, s, c->students);
                put_count(all, s, c->covered);
                put_count(all, s, c->students - c->covered);
                put_count(all, s, c->by_alternates);
                put_share(all, s, (double)c->missing, unit, true);
        }
        struct sheet *g = sheet_add(all, "requirement_students", "Students short of a requirement",
                "Student|Grade|Requirement|#Years asked|#Years requested|#By alternates",
                "Each student whose requests leave a requirement short.");
        g->students = true;
        for (int i = 0; i < t->n_gaps; i++) {
                const struct gap *it = &t->gaps[i];
                put_cell(all, g, pb->students[it->student].id);
                put_count(all, g, pb->students[it->student].grade);
                put_cell(all, g, pb->requirements[it->requirement].id);
                put_share(all, g, (double)it->asked, unit, true);
                put_share(all, g, (double)it->requested, unit, true);
                put_share(all, g, (double)it->alternates, unit, true);
        }
}

static void pathway_sheet(struct sheets *all)
{
        const struct tally *t = all->tally;
        const struct problem *pb = t->pb;
        const char *columns = "Pathway|Title|#Students|#Team|#Common planning";

        for (int g = 0; g < t->n_grades; g++)
                columns = arena_printf(all->arena, "%s|#Grade %d", columns, t->grades[g]);
        struct sheet *s = sheet_add(all, "pathways", "Pathways", columns,
                "Students of each pathway by grade, the teachers of its team and the periods in "
                "which they plan together.");
        for (int p = 0; p < pb->n_pathways; p++) {
                int total = 0;
                int *by_grade = arena_array(all->arena, (size_t)t->n_grades + 1, sizeof *by_grade);
                for (int k = 0; k < pb->n_students; k++) {
                        if (pb->students[k].pathway != p)
                                continue;
                        total++;
                        for (int g = 0; g < t->n_grades; g++)
                                by_grade[g] += t->grades[g] == pb->students[k].grade;
                }
                put_cell(all, s, pb->pathways[p].id);
                put_cell(all, s, pb->pathways[p].title);
                put_count(all, s, total);
                put_count(all, s, pb->pathways[p].team.n);
                put_count(all, s, pb->pathways[p].common_planning);
                for (int g = 0; g < t->n_grades; g++)
                        put_count(all, s, by_grade[g]);
        }
}

static const char *group_note(const struct tally *t, const struct group_tally *g)
{
        if (!g->members)
                return "nobody asks";
        return g->groups > t->pb->courses[g->course].sections_max ? "more groups than sections"
                                                                  : "";
}

static void cohort_sheet(struct sheets *all)
{
        const struct tally *t = all->tally;
        const struct problem *pb = t->pb;
        struct sheet *s = sheet_add(all, "cohorts", "Cohorts and the groups that they make",
                "Cohort|#Members|Course|#Who request it|#Groups|#Sections|#Group size|#Others|"
                "Note",
                "Groups: sections of the largest size that the members fill, rounded up. Others: "
                "students from outside who may sit in them, given purity and seats.");

        for (int i = 0; i < t->n_groups; i++) {
                const struct group_tally *g = &t->groups[i];
                put_cell(all, s, pb->cohorts[g->cohort].id);
                put_count(all, s, pb->cohorts[g->cohort].members.n);
                put_cell(all, s, pb->courses[g->course].id);
                put_count(all, s, g->members);
                put_count(all, s, g->groups);
                put_count(all, s, pb->courses[g->course].sections_max);
                put_share(all, s, g->members, g->groups, false);
                put_count(all, s, g->outsiders);
                put_cell(all, s, group_note(t, g));
        }
}

static void load_sheets(struct sheets *all)
{
        const struct tally *t = all->tally;
        const struct problem *pb = t->pb;
        double terms = pb->n_terms;
        struct sheet *s = sheet_add(all, "loads", "What students ask for, by grade",
                "Grade|#Students|#Ask for too much|#Ask for a full day|#Ask for too little|"
                "#Without alternates",
                "Too much: primary requests for more periods than the student has; too little: "
                "for less than a full day of the contract.");
        struct sheet *o = sheet_add(all, "student_loads", "What each student asks for",
                "Student|Grade|#Periods asked|#Periods available|#Periods owed|#Alternates|Note",
                "Periods a term, on average.");

        o->students = true;
        for (int g = 0; g < t->n_grades; g++) {
                int much = 0, little = 0, bare = 0;
                for (int k = 0; k < pb->n_students; k++) {
                        const struct load_tally *l = &t->loads[k];
                        if (pb->students[k].grade != t->grades[g])
                                continue;
                        much += l->cells > l->available;
                        little += l->cells < l->owed;
                        bare += !l->alternates;
                        put_cell(all, o, pb->students[k].id);
                        put_count(all, o, t->grades[g]);
                        put_share(all, o, l->cells, terms, false);
                        put_share(all, o, l->available, terms, false);
                        put_share(all, o, l->owed, terms, false);
                        put_count(all, o, l->alternates);
                        put_cell(all, o,
                                l->cells > l->available ? "too much"
                                : l->cells < l->owed    ? "too little"
                                                        : "");
                }
                put_count(all, s, t->grades[g]);
                put_count(all, s, t->students[g]);
                put_count(all, s, much);
                put_count(all, s, t->students[g] - much - little);
                put_count(all, s, little);
                put_count(all, s, bare);
        }
}

void sheets_people(struct sheets *all)
{
        requirement_sheets(all);
        pathway_sheet(all);
        cohort_sheet(all);
        load_sheets(all);
}
