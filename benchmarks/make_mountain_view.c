/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make_mountain_view DATA TARGET DIR: the real demand of one school as a school of 2,200 students
 * in seven periods, with TARGET seats a section.
 *
 * Real are the courses, how many want each and, as near as swaps come to it, how many want both of
 * two. All else is invented: see benchmarks/README.md. The same arguments make the same school.
 */
#include "benchmarks/invent.h"

enum {
        STUDENTS = 2200,
        ATHLETES = 750, /* who have one period less for other courses */
        PERIODS = 7,
        LOAD = 5,
        SEASONS = 3,
        MAX_COURSES = 320,
        MAX_WANTS = PERIODS + SEASONS,
        MAX_REQUESTS = 16000,
        SWAPS = 8000000,
        ROOM_USE = 6 /* of the seven periods */
};

struct course {
        char id[16], title[40];
        int wanted, season; /* -1: no team */
        const char *credential, *room;
        int sections, max;
        double votes[4]; /* for the grades 9 to 12 of who takes it */
};

struct student {
        int n, wants[MAX_WANTS], left; /* left: courses beside teams that he has a period for */
        bool plays[SEASONS];
};

struct seat {
        int student, place; /* in wants */
};

struct school {
        struct random random;
        int n, target;
        struct course courses[MAX_COURSES];
        struct student students[STUDENTS];
        int real[MAX_COURSES][MAX_COURSES], pairs[MAX_COURSES][MAX_COURSES];
        int n_seats[SEASONS + 1]; /* those of no team last */
        struct seat seats[SEASONS + 1][MAX_REQUESTS];
};

static const struct {
        const char *prefix, *credential, *room;
} departments[] = {{"A", "mathematics", "classroom"}, {"B", "technology", "computer-lab"},
        {"C.1", "biology", "science-lab"}, {"C.2", "chemistry", "science-lab"},
        {"C.3", "physics", "science-lab"}, {"C.4", "biology", "science-lab"},
        {"D", "english", "classroom"}, {"E", "social-science", "classroom"},
        {"R", "social-science", "classroom"}, {"F.1", "french", "classroom"},
        {"F.2", "spanish", "classroom"}, {"F.4", "japanese", "classroom"},
        {"F.5", "mandarin", "classroom"}, {"G", "english", "classroom"}, {"I", "art", "art-room"},
        {"J", "performing-arts", "music-room"}, {"L", "health", "classroom"},
        {"M", "education-specialist", "classroom"}, {"P", "physical-education", "gym"},
        {"Q", NULL, NULL}, {"T", NULL, NULL}, {"", "general", "classroom"}};
enum { N_DEPARTMENTS = sizeof departments / sizeof *departments };

/* "C.2": a letter, a letter of any kind, and a digit. */
static bool matches(const char *prefix, const char *id)
{
        size_t n = strlen(prefix);

        if (n < 3)
                return !strncmp(prefix, id, n);
        return prefix[0] == id[0] && prefix[2] == id[2];
}

static FILE *open_data(const char *dir, const char *name)
{
        char path[MAX_PATH];
        join(path, dir, name);
        FILE *f = fopen(path, "r");
        if (!f)
                fail("cannot read", path);
        return f;
}

static int find(const struct school *s, const char *id)
{
        for (int c = 0; c < s->n; c++)
                if (!strcmp(s->courses[c].id, id))
                        return c;
        return -1;
}

static void describe(struct school *s, struct course *x)
{
        int d = 0;

        while (!matches(departments[d].prefix, x->id))
                d++;
        x->credential = departments[d].credential;
        x->room = departments[d].room;
        x->season = x->id[0] == 'Q' ? x->id[2] - '1' : -1;
        int target = s->target + (x->id[0] == 'P' ? 8 : 0);
        x->max = target + 4;
        x->sections = (x->wanted + target - 1) / target;
        if (x->season >= 0) { /* a team is one, however large */
                x->sections = 1;
                x->max = x->wanted > x->max ? x->wanted : x->max;
        }
}

static void read_courses(struct school *s, const char *dir)
{
        char line[256];
        FILE *f = open_data(dir, "course_requests.csv");

        if (!fgets(line, sizeof line, f))
                fail("no courses in", dir);
        while (s->n < MAX_COURSES && fgets(line, sizeof line, f)) {
                struct course *x = &s->courses[s->n];
                if (sscanf(line, "%15[^,],%39[^,],%d", x->id, x->title, &x->wanted) != 3 ||
                        x->wanted < 1)
                        fail("not a course:", line);
                describe(s, x);
                s->n++;
        }
        fclose(f);
}

static void read_pairs(struct school *s, const char *dir)
{
        char line[256], a[16], b[16];
        int n;
        FILE *f = open_data(dir, "pairs.csv");

        while (fgets(line, sizeof line, f)) {
                if (sscanf(line, "%15[^,],%15[^,],%d", a, b, &n) != 3)
                        continue;
                int x = find(s, a), y = find(s, b);
                if (x >= 0 && y >= 0)
                        s->real[x][y] = s->real[y][x] = n;
        }
        fclose(f);
}

/* A course named for several grades counts for each as much less. */
static void read_grades(struct school *s, const char *dir)
{
        char line[256];
        FILE *f = open_data(dir, "grade_level_classes.csv");

        while (fgets(line, sizeof line, f)) {
                char *rest = line;
                for (int g = 0; g < 4 && rest; g++) {
                        char *cell = strsep(&rest, ",\r\n");
                        int c = find(s, cell);
                        if (c >= 0)
                                s->courses[c].votes[g] = 1;
                }
        }
        fclose(f);
        for (int c = 0; c < s->n; c++) {
                double *v = s->courses[c].votes, sum = v[0] + v[1] + v[2] + v[3];
                for (int g = 0; g < 4 && sum > 0; g++)
                        v[g] /= sum;
        }
}

static bool has(const struct student *k, int c)
{
        for (int i = 0; i < k->n; i++)
                if (k->wants[i] == c)
                        return true;
        return false;
}

static void want(struct school *s, int k, int c)
{
        struct student *who = &s->students[k];
        int season = s->courses[c].season, kind = season < 0 ? SEASONS : season;

        for (int i = 0; i < who->n; i++) {
                s->pairs[c][who->wants[i]]++;
                s->pairs[who->wants[i]][c]++;
        }
        s->seats[kind][s->n_seats[kind]++] = (struct seat){k, who->n};
        who->wants[who->n++] = c;
        if (season >= 0)
                who->plays[season] = true;
        else
                who->left--;
}

/* Whoever has the most periods left, at random among equals; in a team, an athlete free in its
 * season. */
static int taker(struct school *s, int c)
{
        int best = -1, most = -1, first = below(&s->random, STUDENTS);
        int season = s->courses[c].season;

        for (int i = 0; i < STUDENTS; i++) {
                int k = (first + i) % STUDENTS, left = s->students[k].left;
                bool may = season < 0 ? left > 0 && !has(&s->students[k], c)
                                      : k < ATHLETES && !s->students[k].plays[season];
                if (may && season >= 0)
                        return k;
                if (may && left > most) {
                        most = left;
                        best = k;
                }
        }
        return best;
}

static void hand_out(struct school *s)
{
        bool done[MAX_COURSES] = {false};

        for (int k = 0; k < STUDENTS; k++)
                s->students[k].left = PERIODS - (k < ATHLETES);
        for (int n = 0; n < s->n; n++) {
                int c = -1;
                for (int i = 0; i < s->n; i++)
                        if (!done[i] && (c < 0 || s->courses[i].wanted > s->courses[c].wanted))
                                c = i;
                done[c] = true;
                for (int i = 0; i < s->courses[c].wanted; i++) {
                        int k = taker(s, c);
                        if (k < 0)
                                fail("nobody is left for", s->courses[c].id);
                        want(s, k, c);
                }
        }
}

/*
 * What squared distance from the real pairs changes when a student has new instead of old: one pair
 * less with old and one more with new for each of the others.
 */
static long shift(const struct school *s, const struct student *k, int place, int new)
{
        int old = k->wants[place];
        long change = 0;

        for (int i = 0; i < k->n; i++) {
                if (i == place)
                        continue;
                int c = k->wants[i];
                change += 1 - 2 * (s->pairs[old][c] - s->real[old][c]);
                change += 1 + 2 * (s->pairs[new][c] - s->real[new][c]);
        }
        return change;
}

static void replace(struct school *s, struct student *k, int place, int new)
{
        int old = k->wants[place];

        for (int i = 0; i < k->n; i++) {
                if (i == place)
                        continue;
                int c = k->wants[i];
                s->pairs[old][c]--;
                s->pairs[c][old]--;
                s->pairs[new][c]++;
                s->pairs[c][new]++;
        }
        k->wants[place] = new;
}

/* Two students exchange a course where that brings the pairs nearer to the real ones. */
static void exchange(struct school *s)
{
        int at = below(&s->random, s->n_seats[0] + s->n_seats[1] + s->n_seats[2] + s->n_seats[3]);
        int kind = 0;

        while (at >= s->n_seats[kind])
                at -= s->n_seats[kind++];
        struct seat a = s->seats[kind][at], b = s->seats[kind][below(&s->random, s->n_seats[kind])];
        struct student *p = &s->students[a.student], *q = &s->students[b.student];
        int x = p->wants[a.place], y = q->wants[b.place];
        if (p == q || x == y || has(p, y) || has(q, x))
                return;
        if (shift(s, p, a.place, y) + shift(s, q, b.place, x) > 0)
                return;
        replace(s, p, a.place, y);
        replace(s, q, b.place, x);
}

/* Share of the real pairs that the students have. */
static double likeness(const struct school *s)
{
        long same = 0, all = 0;

        for (int x = 0; x < s->n; x++)
                for (int y = 0; y < x; y++) {
                        same += s->pairs[x][y] < s->real[x][y] ? s->pairs[x][y] : s->real[x][y];
                        all += s->real[x][y];
                }
        return all ? (double)same / (double)all : 1;
}

static void print_staff(const struct school *s, FILE *f)
{
        fputs("teachers:\n", f);
        for (int d = 0; d < N_DEPARTMENTS; d++) {
                const char *name = departments[d].credential;
                int sections = 0, n = 0;
                bool again = !name;
                for (int e = 0; e < d && !again; e++)
                        again = departments[e].credential &&
                                !strcmp(departments[e].credential, name);
                if (again)
                        continue;
                for (int c = 0; c < s->n; c++)
                        if (s->courses[c].credential && !strcmp(s->courses[c].credential, name))
                                sections += s->courses[c].sections;
                for (; sections > 0; sections -= LOAD)
                        fprintf(f, "  - {id: %s-%d, credentials: [%s], load: %d}\n", name, ++n,
                                name, sections < LOAD ? sections : LOAD);
        }
}

static void print_rooms(const struct school *s, FILE *f)
{
        static const char *const types[] = {
                "classroom", "science-lab", "computer-lab", "art-room", "music-room", "gym"};

        fputs("rooms:\n", f);
        for (int i = 0; i < (int)(sizeof types / sizeof *types); i++) {
                int sections = 0;
                for (int c = 0; c < s->n; c++)
                        if (s->courses[c].room && !strcmp(s->courses[c].room, types[i]))
                                sections += s->courses[c].sections;
                for (int r = 0; r < (sections + ROOM_USE - 1) / ROOM_USE; r++)
                        fprintf(f, "  - {id: %s-%d, types: [%s]}\n", types[i], r + 1, types[i]);
        }
}

static void print_course(const struct school *s, const struct course *x, FILE *f)
{
        static const char *const seasons[] = {"F", "W", "S"};

        fprintf(f, "  - {id: %s, title: \"%s\", sections: %d, size: {min: 1, target: %d, max: %d}",
                x->id, x->title, x->sections, s->target < x->max ? s->target : x->max, x->max);
        if (x->credential)
                fprintf(f, ", credential: %s", x->credential);
        else
                fputs(", staffed: false", f);
        if (x->room)
                fprintf(f, ", room: %s", x->room);
        if (x->season >= 0)
                fprintf(f, ", terms: 1, credits: 0, at: {periods: [\"%d\"], terms: [%s]}", PERIODS,
                        seasons[x->season]);
        fputs("}\n", f);
}

static void print_school(const struct school *s, const char *dir)
{
        FILE *f = create(dir, "school.yaml");

        fprintf(f,
                "# Demand of Mountain View High School, 2020-21, %d seats a section; all else "
                "is invented.\n",
                s->target);
        fprintf(f,
                "msched: 1\nschool: {name: Mountain View demand}\n"
                "bell: {terms: [F, W, S], periods: %d}\ncontract: {load: %d}\n",
                PERIODS, LOAD);
        print_staff(s, f);
        print_rooms(s, f);
        fputs("courses:\n", f);
        for (int c = 0; c < s->n; c++)
                print_course(s, &s->courses[c], f);
        fputs("students: {file: students.csv}\nrequests: {file: requests.csv}\n", f);
        finish(f);
}

static int grade_of(const struct school *s, const struct student *k)
{
        double votes[4] = {0};
        int best = 3;

        for (int i = 0; i < k->n; i++)
                for (int g = 0; g < 4; g++)
                        votes[g] += s->courses[k->wants[i]].votes[g];
        for (int g = 3; g >= 0; g--)
                if (votes[g] > votes[best])
                        best = g;
        return 9 + best;
}

static void print_students(const struct school *s, const char *dir)
{
        FILE *people = create(dir, "students.csv"), *wishes = create(dir, "requests.csv");

        fputs("id,grade\n", people);
        fputs("student,course,kind\n", wishes);
        for (int k = 0; k < STUDENTS; k++) {
                const struct student *who = &s->students[k];
                fprintf(people, "S%04d,%d\n", k, grade_of(s, who));
                for (int i = 0; i < who->n; i++) {
                        const struct course *x = &s->courses[who->wants[i]];
                        fprintf(wishes, "S%04d,%s,%s\n", k, x->id,
                                strchr("ACDER", x->id[0]) ? "required" : "elective");
                }
        }
        finish(people);
        finish(wishes);
}

int main(int argc, char **argv)
{
        if (argc != 4 || atoi(argv[2]) < 10) {
                fputs("make_mountain_view DATA TARGET DIR\n", stderr);
                return 1;
        }
        struct school *s = calloc(1, sizeof *s);
        if (!s)
                fail("no memory for", "the school");
        s->target = atoi(argv[2]);
        s->random.state = 1;
        read_courses(s, argv[1]);
        read_pairs(s, argv[1]);
        read_grades(s, argv[1]);
        hand_out(s);
        for (int i = 0; i < SWAPS; i++)
                exchange(s);
        print_school(s, argv[3]);
        print_students(s, argv[3]);
        printf("Mountain View, %d seats: %.1f%% of the real pairs\n", s->target, 100 * likeness(s));
        free(s);
        return 0;
}
