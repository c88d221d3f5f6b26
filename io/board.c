/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/board.h"
#include "io/csv_table.h"
#include "io/csv_write.h"
#include "io/file.h"
#include "io/text.h"

static const char header[] =
        "course,section,term,period,teacher,room,title,co_teacher,cohort,students,size_max";
static const char *const names[] = {"course", "section", "term", "period", "teacher", "room"};
enum column { COURSE, SECTION, TERM, PERIOD, TEACHER, ROOM, N_COLUMNS };

/* ---- writing ---- */

static void write_section(struct csv_out *o, const struct schedule *sc, int s, int students)
{
        const struct problem *pb = sc->pb;
        const struct course *c = &pb->courses[pb->section_course[s]];
        int start = sc->start[s];
        bool runs = start >= 0;

        csv_text(o, c->id);
        csv_int(o, pb->section_number[s]);
        csv_text(o, runs ? pb->terms[start / pb->n_periods] : NULL);
        csv_text(o, runs ? pb->periods[start % pb->n_periods].id : NULL);
        csv_text(o, runs && sc->teacher[s] >= 0 ? pb->teachers[sc->teacher[s]].id : NULL);
        csv_text(o, runs && sc->room[s] >= 0 ? pb->rooms[sc->room[s]].id : NULL);
        csv_text(o, c->title);
        csv_text(o, runs && sc->co_teacher[s] >= 0 ? pb->teachers[sc->co_teacher[s]].id : NULL);
        csv_text(o, runs && sc->cohort[s] >= 0 ? pb->cohorts[sc->cohort[s]].id : NULL);
        csv_int(o, students);
        csv_int(o, c->size_max);
        csv_end(o);
}

bool board_write(const struct schedule *sc, const char *path, struct report *rp)
{
        const struct problem *pb = sc->pb;
        struct file_out *f = file_create(path, 0600, rp);

        if (!f)
                return false;
        struct csv_out o = {.to = file_stream(f), .guard = true};
        int *students = mem_zero((size_t)pb->n_sections + 1, sizeof *students);
        for (int r = 0; r < pb->n_requests; r++)
                if (sc->seat[r] >= 0)
                        students[sc->seat[r]]++;
        csv_header(&o, header);
        for (int s = 0; s < pb->n_sections; s++)
                write_section(&o, sc, s, students[s]);
        mem_free(students);
        return file_commit(f, rp);
}

/* ---- reading ---- */

struct board {
        const struct problem *pb;
        struct report *rp;
        struct arena *arena;
        const struct csv_table *table;
        int column[N_COLUMNS];
        bool *seen; /* [n_sections] */
};

static const struct csv_cell *cell_of(
        const struct board *b, const struct csv_row *row, enum column c)
{
        static const struct csv_cell empty = {.text = ""};

        return b->column[c] < 0 || b->column[c] >= row->n ? &empty : &row->cells[b->column[c]];
}

static const char *text_of(const struct board *b, const struct csv_row *row, enum column c)
{
        return csv_unguarded(cell_of(b, row, c)->text);
}

/* The number of the id in a cell: NONE where it is empty; UNKNOWN, reported, where it is none. */
static int read_id(
        struct board *b, const struct csv_row *row, enum column c, const struct index *ids)
{
        const char *text = text_of(b, row, c);
        int found = *text ? index_find(ids, text) : NONE;

        if (!*text || found >= 0)
                return found;
        const char *near = index_nearest(ids, text);
        report_error(b->rp, ERROR_INPUT, cell_of(b, row, c)->at,
                "found %s %s; expected one of the school%s", names[c], text_quoted(b->arena, text),
                near ? arena_printf(b->arena, " (did you mean '%s'?)", near) : "");
        return UNKNOWN;
}

static int read_section(struct board *b, const struct csv_row *row, int course)
{
        const struct course *c = &b->pb->courses[course];
        const char *text = text_of(b, row, SECTION);
        struct place at = cell_of(b, row, SECTION)->at;
        int k;

        if (!text_whole(text, 1, MAX_SECTIONS, &k) || k > c->sections_max) {
                report_error(b->rp, ERROR_INPUT, at, "found section %s of %s; expected 1 to %d",
                        text_quoted(b->arena, text), c->id, c->sections_max);
                return UNKNOWN;
        }
        int s = c->first_section + k - 1;
        if (b->seen[s]) {
                report_error(b->rp, ERROR_INPUT, at,
                        "found %s section %d a second time; expected each once", c->id, k);
                return UNKNOWN;
        }
        b->seen[s] = true;
        return s;
}

static struct lock lock_at(const struct problem *pb, int s, struct place at)
{
        return lock_of(pb->section_course[s], pb->section_number[s], at);
}

static void add_lock(struct edits *out, struct lock l)
{
        edits_push(out, (struct edit){.kind = EDIT_ADD_LOCK, .lock = l});
}

static void read_row(struct board *b, const struct csv_row *row, struct edits *out)
{
        const struct problem *pb = b->pb;
        int course = read_id(b, row, COURSE, pb->course_ids);
        int term = read_id(b, row, TERM, pb->term_ids);
        int period = read_id(b, row, PERIOD, pb->period_ids);
        int teacher = read_id(b, row, TEACHER, pb->teacher_ids);
        int room = read_id(b, row, ROOM, pb->room_ids);

        if (course == NONE)
                report_error(b->rp, ERROR_INPUT, row->cells[0].at,
                        "found a row without a course; expected one");
        int s = course >= 0 ? read_section(b, row, course) : UNKNOWN;
        if (s < 0)
                return;
        if (period >= 0 || term >= 0) {
                struct lock l = lock_at(pb, s, cell_of(b, row, period >= 0 ? PERIOD : TERM)->at);
                l.period = period >= 0 ? period : NONE;
                l.term = term >= 0 ? term : NONE;
                add_lock(out, l);
        }
        if (teacher >= 0) {
                struct lock l = lock_at(pb, s, cell_of(b, row, TEACHER)->at);
                l.teacher = teacher;
                add_lock(out, l);
        }
        if (room >= 0) {
                struct lock l = lock_at(pb, s, cell_of(b, row, ROOM)->at);
                l.room = room;
                add_lock(out, l);
        }
}

static bool match_columns(struct board *b)
{
        const struct place at = b->table->header.n ? b->table->header.cells[0].at
                                                   : (struct place){.file = b->table->file};

        for (int c = 0; c < N_COLUMNS; c++) {
                b->column[c] = csv_column(b->table, names[c]);
                if (c <= SECTION && b->column[c] < 0)
                        return report_error(b->rp, ERROR_INPUT, at,
                                "found no column '%s'; expected a board as 'msched board' writes "
                                "it",
                                names[c]);
        }
        return true;
}

bool board_read(const struct problem *pb, const char *path, struct edits *out, struct report *rp)
{
        enum { LARGEST = 32 << 20 };
        struct board b = {.pb = pb, .rp = rp, .arena = arena_new()};
        int before = report_errors(rp);
        size_t size;
        char *bytes = file_read(path, LARGEST, &size, (struct place){.file = path}, rp);

        b.table = bytes ? csv_read(b.arena, path, bytes, size, rp) : NULL;
        b.seen = arena_array(b.arena, (size_t)pb->n_sections + 1, sizeof *b.seen);
        if (b.table) {
                csv_check(b.arena, b.table, rp);
                if (match_columns(&b))
                        for (int i = 0; i < b.table->n_rows; i++)
                                read_row(&b, &b.table->rows[i], out);
        }
        mem_free(bytes);
        arena_free(b.arena);
        return report_errors(rp) == before;
}
