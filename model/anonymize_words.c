/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/anonymize_words.h"
#include <ctype.h>
#include <string.h>

enum { SHORTEST = 3, LONGEST = 200 }; /* bytes of a word that counts; longer ones are cut */

struct words {
        struct index *people; /* in lower case */
        struct index *taken;  /* ids and codes, in lower case */
};

static bool in_word(char c)
{
        return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static char *lowered(char to[LONGEST + 1], const char *from, size_t n)
{
        n = n < LONGEST ? n : LONGEST;
        for (size_t i = 0; i < n; i++)
                to[i] = (char)tolower((unsigned char)from[i]);
        to[n] = 0;
        return to;
}

static void add_words(struct words *w, const char *text, bool whole)
{
        char word[LONGEST + 1];

        if (!text)
                return;
        if (strlen(text) >= SHORTEST)
                index_add(w->people, lowered(word, text, strlen(text)));
        for (const char *p = text; *p && !whole;) {
                size_t n = 0;
                while (in_word(p[n]))
                        n++;
                if (n >= SHORTEST)
                        index_add(w->people, lowered(word, p, n));
                p += n + (n == 0);
        }
}

static void add_person(
        struct words *w, const char *id, const char *name, const struct person *person)
{
        add_words(w, id, true);
        add_words(w, name, false);
        add_words(w, person->given, false);
        add_words(w, person->family, false);
        add_words(w, person->email, true);
        add_words(w, person->sis_id, true);
}

static void take_all(struct words *w, const struct index *ids)
{
        for (int i = 0; i < index_size(ids); i++)
                words_add(w, index_id(ids, i));
}

struct words *words_of(const struct problem *pb)
{
        struct words *w = mem_zero(1, sizeof *w);
        const struct index *const all[] = {pb->term_ids, pb->period_ids, pb->teacher_ids,
                pb->room_ids, pb->course_ids, pb->pathway_ids, pb->cohort_ids, pb->requirement_ids,
                pb->student_ids, pb->credentials, pb->room_types, pb->areas, pb->flags};

        w->people = index_new();
        w->taken = index_new();
        for (int i = 0; i < pb->n_teachers; i++)
                add_person(w, pb->teachers[i].id, pb->teachers[i].name, &pb->teachers[i].person);
        for (int i = 0; i < pb->n_students; i++)
                add_person(w, pb->students[i].id, pb->students[i].name, &pb->students[i].person);
        for (size_t i = 0; i < sizeof all / sizeof *all; i++)
                take_all(w, all[i]);
        take_all(w, w->people);
        return w;
}

void words_free(struct words *w)
{
        index_free(w->people);
        index_free(w->taken);
        mem_free(w);
}

bool words_add(struct words *w, const char *code)
{
        char word[LONGEST + 1];
        return index_add(w->taken, lowered(word, code, strlen(code))) >= 0;
}

/* Every run of whole words is looked up, since an id may hold blanks and dashes. */
bool words_name_somebody(const struct words *w, const char *id)
{
        char part[LONGEST + 1];

        for (const char *p = id; *p; p++) {
                if (p > id && in_word(p[-1]) && in_word(*p))
                        continue;
                for (size_t n = 1; n <= LONGEST && p[n - 1]; n++)
                        if (!(in_word(p[n - 1]) && in_word(p[n])) && n >= SHORTEST &&
                                index_find(w->people, lowered(part, p, n)) >= 0)
                                return true;
        }
        return false;
}
