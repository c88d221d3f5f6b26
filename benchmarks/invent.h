/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the generators of the examples share: a random source, invented people and a hidden plan.
 *
 * A plan is a whole schedule that is made first; the students' requests are read off it, so a
 * schedule that meets them is known to exist. Everything is in fixed arrays, as these programs run
 * once, on schools whose size is known. The output depends on the seed alone.
 */
#ifndef BENCHMARKS_INVENT_H
#define BENCHMARKS_INVENT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_SEATS = 60, MAX_PLAN = 800, MAX_PEOPLE = 2000, MAX_ASKED = 20 };

struct random {
        uint64_t state;
};

/* Splitmix64: a counter, scrambled. */
static inline uint64_t random_next(struct random *r)
{
        uint64_t x = r->state += 0x9e3779b97f4a7c15u;
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
        x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
        return x ^ (x >> 31);
}

/* Uniform in 0..n-1. The bias, n / 2^64, does not matter here. */
static inline int below(struct random *r, int n)
{
        return (int)(random_next(r) % (uint64_t)n);
}

static inline bool percent(struct random *r, int share)
{
        return below(r, 100) < share;
}

static inline void shuffle(struct random *r, int *v, int n)
{
        for (int i = n - 1; i > 0; i--) {
                int j = below(r, i + 1), keep = v[i];
                v[i] = v[j];
                v[j] = keep;
        }
}

static inline void fail(const char *what, const char *which)
{
        fprintf(stderr, "no plan: %s %s\n", what, which);
        exit(1);
}

enum { MAX_PATH = 4096 };

static inline void join(char path[MAX_PATH], const char *dir, const char *name)
{
        int n = snprintf(path, MAX_PATH, "%s/%s", dir, name);
        if (n < 0 || n >= MAX_PATH)
                fail("path too long:", dir);
}

static inline FILE *open_new(const char *path)
{
        FILE *f = fopen(path, "w");
        if (f == NULL)
                fail("cannot write", path);
        return f;
}

static inline FILE *create(const char *dir, const char *name)
{
        char path[MAX_PATH];
        join(path, dir, name);
        return open_new(path);
}

/* Close what was written; a disk that is full must not go unseen. */
static inline void finish(FILE *f)
{
        bool bad = ferror(f) != 0;
        if (fclose(f) != 0 || bad)
                fail("cannot write", "a file");
}

/* Names of nobody: given names, and surnames of two halves. */
static const char *const given_names[] = {"Adele", "Amaro", "Anouk", "Basil", "Brisa", "Caleb",
        "Chiara", "Cosmo", "Dalia", "Darius", "Delphine", "Edda", "Elio", "Emeka", "Farid", "Fern",
        "Galen", "Gemma", "Hana", "Hollis", "Ilse", "Imani", "Isidro", "Jolie", "Jun", "Kaia",
        "Kenji", "Lark", "Leandro", "Lien", "Lucio", "Mabel", "Mateo", "Mina", "Nadia", "Noor",
        "Odette", "Omar", "Paloma", "Pavel", "Quentin", "Rafa", "Ravi", "Rosalba", "Saskia",
        "Selim", "Tadeo", "Thuy", "Tomas", "Uma", "Valeria", "Vikram", "Wren", "Xenia", "Yael",
        "Yusuf", "Zadie", "Zeno"};
static const char *const surname_fronts[] = {"Alda", "Bera", "Casta", "Dorva", "Ela", "Fenna",
        "Gala", "Hara", "Ina", "Jova", "Kela", "Lora", "Mara", "Nara", "Orla", "Pera", "Quina",
        "Rova", "Sola", "Tama", "Ulla", "Vela", "Wina", "Yara", "Zama"};
static const char *const surname_backs[] = {"bell", "dez", "field", "gan", "ken", "lin", "mond",
        "nov", "rez", "shi", "son", "thorpe", "vik", "worth"};
enum {
        N_GIVEN = sizeof given_names / sizeof *given_names,
        N_FRONTS = sizeof surname_fronts / sizeof *surname_fronts,
        N_BACKS = sizeof surname_backs / sizeof *surname_backs,
        N_SURNAMES = N_FRONTS * N_BACKS
};

static inline const char *given_name(struct random *r)
{
        return given_names[below(r, N_GIVEN)];
}

static inline void surname(int i, char *text, size_t size)
{
        snprintf(text, size, "%s%s", surname_fronts[i / N_BACKS], surname_backs[i % N_BACKS]);
}

/* A planned section; number counts from 1 within its course. Texts are not owned; NULL: none. */
struct planned {
        const char *course, *teacher, *co_teacher, *room, *cohort;
        int number, term, terms, period, periods;
        int size, n;
        int seats[MAX_SEATS];
};

enum asked_kind { ASKED_REQUIRED, ASKED_ELECTIVE, ASKED_ALTERNATE };

struct asked {
        const char *course, *instead; /* instead: the request that an alternate is for, or NULL */
        enum asked_kind kind;
};

struct person {
        int grade;
        const char *pathway, *cohort; /* "": an empty cell */
        char name[48];
        int n_asked;
        struct asked asked[MAX_ASKED];
};

struct plan {
        struct random random;
        const char *const *periods, *const *terms;
        int n_planned, n_people;
        struct planned planned[MAX_PLAN];
        struct person people[MAX_PEOPLE];
};

static inline struct planned *plan_section(struct plan *p, const char *course)
{
        if (p->n_planned == MAX_PLAN)
                fail("too many sections at", course);
        struct planned *s = &p->planned[p->n_planned++];
        *s = (struct planned){.course = course, .number = 1, .terms = 1, .periods = 1};
        for (const struct planned *t = p->planned; t < s; t++)
                s->number += strcmp(t->course, course) == 0;
        return s;
}

static inline int plan_person(struct plan *p, int grade, const char *pathway, const char *cohort)
{
        if (p->n_people == MAX_PEOPLE)
                fail("too many students", "");
        struct person *who = &p->people[p->n_people];
        char last[24];
        surname(below(&p->random, N_SURNAMES), last, sizeof last);
        *who = (struct person){.grade = grade, .pathway = pathway, .cohort = cohort};
        snprintf(who->name, sizeof who->name, "%s %s", given_name(&p->random), last);
        return p->n_people++;
}

static inline struct asked *ask(
        struct plan *p, int person, const char *course, enum asked_kind kind)
{
        struct person *who = &p->people[person];
        if (who->n_asked == MAX_ASKED)
                fail("too many requests for", course);
        struct asked *a = &who->asked[who->n_asked++];
        *a = (struct asked){.course = course, .kind = kind};
        return a;
}

static inline bool asks(const struct person *who, const char *course)
{
        for (int i = 0; i < who->n_asked; i++)
                if (strcmp(who->asked[i].course, course) == 0)
                        return true;
        return false;
}

static inline void seat(struct plan *p, struct planned *s, int person, enum asked_kind kind)
{
        if (s->n == s->size || s->n == MAX_SEATS)
                fail("no seat left in", s->course);
        s->seats[s->n++] = person;
        ask(p, person, s->course, kind);
}

static inline void write_students(const struct plan *p, const char *dir)
{
        FILE *f = create(dir, "students.csv");
        fputs("id,grade,name,pathway,cohort\n", f);
        for (int i = 0; i < p->n_people; i++) {
                const struct person *who = &p->people[i];
                fprintf(f, "S%04d,%d,%s,%s,%s\n", i + 1, who->grade, who->name, who->pathway,
                        who->cohort);
        }
        finish(f);
}

static inline void write_requests(const struct plan *p, const char *dir)
{
        static const char *const kinds[] = {"required", "elective", "alternate"};
        FILE *f = create(dir, "requests.csv");
        fputs("student,course,kind,rank,for\n", f);
        for (int i = 0; i < p->n_people; i++) {
                int rank = 0;
                for (int j = 0; j < p->people[i].n_asked; j++) {
                        const struct asked *a = &p->people[i].asked[j];
                        fprintf(f, "S%04d,%s,%s,", i + 1, a->course, kinds[a->kind]);
                        if (a->kind == ASKED_ALTERNATE)
                                fprintf(f, "%d", ++rank);
                        fprintf(f, ",%s\n", a->instead != NULL ? a->instead : "");
                }
        }
        finish(f);
}

static inline void put_id(FILE *f, const char *key, const char *id)
{
        if (id == NULL)
                fprintf(f, ",\"%s\":null", key);
        else
                fprintf(f, ",\"%s\":\"%s\"", key, id);
}

static inline void put_ids(FILE *f, const char *key, const char *const *ids, int first, int n)
{
        fprintf(f, ",\"%s\":[", key);
        for (int i = 0; i < n; i++)
                fprintf(f, "%s\"%s\"", i > 0 ? "," : "", ids[first + i]);
        fputc(']', f);
}

/* The plan as a schedule, to check it; its score is not counted here. */
static inline void write_plan(const struct plan *p, const char *path)
{
        FILE *f = open_new(path);
        fputs("{\"format\":\"msched-schedule/"
              "1\",\"score\":{},\"bound\":{},\"unplaced\":[],\"unmet\":[],"
              "\n\"sections\":[",
                f);
        for (int i = 0; i < p->n_planned; i++) {
                const struct planned *s = &p->planned[i];
                fprintf(f, "%s\n{\"course\":\"%s\",\"section\":%d", i > 0 ? "," : "", s->course,
                        s->number);
                put_id(f, "teacher", s->teacher);
                put_id(f, "co_teacher", s->co_teacher);
                put_id(f, "room", s->room);
                put_id(f, "cohort", s->cohort);
                put_ids(f, "terms", p->terms, s->term, s->terms);
                put_ids(f, "periods", p->periods, s->period, s->periods);
                fputs(",\"students\":[", f);
                for (int j = 0; j < s->n; j++)
                        fprintf(f, "%s\"S%04d\"", j > 0 ? "," : "", s->seats[j] + 1);
                fputs("]}", f);
        }
        fputs("\n]}\n", f);
        finish(f);
}

#endif
