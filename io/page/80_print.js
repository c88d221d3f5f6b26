/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sheets to print: the board, teachers, rooms, students one a page in English or Spanish. */

const sheets = { what: 'board', by: 'teachers', lang: 'en', grade: '', path: '', text: '', lot: 0 };
const PREVIEW = 6;
const LOT = 300; /* browsers take far longer for many hundred sheets at once than for as many in lots */

function schoolLine() {
  return [said(D.school || 'Master schedule'), D.year && [' ', said(D.year)]];
}

function boardSheet() {
  const made = boardTable({ by: sheets.by, colour: 'dept', match: () => true, term: -1 });
  return el('section', { class: 'sheet for-board' }, el('div', { class: 'head' }, el('h2', null, 'Master schedule'), el('span', { class: 'soft' }, schoolLine())), legend('dept'), made.node);
}

/* One row a period; a cell of each term where they differ. find(p, m): sections then. */
function timeSheet(title, note, thing, sections) {
  const rows = D.periods.map((period, p) => {
    const at = sections.filter((s) => s.p <= p && p < s.p + s.len).sort((a, b) => a.m - b.m);
    const away = D.terms.every((_, m) => isAway(thing, p, m));
    const time = period.start ? `${period.start}${period.end ? '–' + period.end : ''}` : '';
    return el('tr', null, el('th', { scope: 'row' }, said(period.id)), el('td', { class: 'nowrap' }, time),
      el('td', null, at.length ? at.map((s) => el('div', null, el('span', { class: 'what' }, said(sectionName(s))), ' ', said(courseOf(s).title || ''), termsText(s) && [' (', said(termsText(s)), ')'])) : el('span', { class: 'soft' }, away ? 'not available' : '')),
      el('td', null, at.map((s) => el('div', null, sheets.what === 'teachers' ? s.r !== undefined && said(D.rooms[s.r].id) : s.t !== undefined && [said(teacherName(s.t)), s.co !== undefined && [', ', said(teacherName(s.co))]]))),
      el('td', { class: 'num' }, at.map((s) => el('div', null, `${s.n}/${s.cap}`))));
  });
  const heads = ['Period', 'Time', 'Class', sheets.what === 'teachers' ? 'Room' : 'Teacher', 'Students'];
  return el('section', { class: 'sheet' }, el('div', { class: 'head' }, el('h2', null, title), el('span', { class: 'soft' }, schoolLine())), el('p', { class: 'soft' }, note),
    el('table', null, el('thead', null, el('tr', null, heads.map((h, i) => el('th', { scope: 'col', class: i === 4 ? 'num' : null }, h)))), el('tbody', null, rows)));
}

function studentCell(slot, w) {
  const term = slot.term && [el('strong', null, said(slot.term)), ': '];
  if (!slot.request) return el('div', { class: 'soft' }, term, slot.gone ? w.away : w.none);
  const s = slot.request.s, c = courseOf(s);
  return el('div', null, term, el('span', { class: 'what' }, said(courseTitle(c))), ' ', el('span', { class: 'soft small' }, said(sectionName(s))));
}

function studentSheet(st) {
  const w = WORDS[sheets.lang];
  const rows = D.periods.map((period, p) => {
    const at = slots(st, p);
    const time = period.start ? `${period.start}${period.end ? '–' + period.end : ''}` : '';
    const each = (make) => at.map((slot) => el('div', null, slot.request ? make(slot.request.s) : '\u00a0'));
    return el('tr', null, el('th', { scope: 'row' }, said(period.id)), el('td', { class: 'nowrap' }, time), el('td', null, at.map((slot) => studentCell(slot, w))),
      el('td', null, each((s) => s.t !== undefined && said(teacherName(s.t)))), el('td', null, each((s) => s.r !== undefined && said(D.rooms[s.r].id))));
  });
  const missing = st.requests.filter((r) => !r.s && r.kind !== 2);
  return el('section', { class: 'sheet', lang: w.lang }, el('div', { class: 'head' }, el('h2', null, said(studentName(st.i))), el('span', { class: 'soft' }, schoolLine())),
    el('p', null, `${w.schedule} · ${w.number} `, said(st.id), ` · ${w.grade} ${st.g}`, st.path !== undefined && [` · ${w.pathway}: `, said(pathName(st.path))]),
    el('table', null, el('thead', null, el('tr', null, [w.period, w.time, w.course, w.teacher, w.room].map((h) => el('th', { scope: 'col' }, h)))), el('tbody', null, rows)),
    el('p', { class: 'foot' }, missing.length > 0 && [`${w.missing}: `, missing.map((r, i) => [i > 0 && ', ', said(courseTitle(D.courses[r.c]))]), '. '], w.note));
}

/* The sheets as functions, so that thousands are only made to be printed. */
function sheetMakers() {
  const needle = fold(sheets.text);
  if (sheets.what === 'board') return [boardSheet];
  if (sheets.what === 'students')
    return D.students.filter((st) => (!sheets.grade || String(st.g) === sheets.grade) && (sheets.path === '' || st.path === Number(sheets.path)) &&
      (!needle || holds(st.id, needle) || (st.name && holds(st.name, needle)))).map((st) => () => studentSheet(st));
  return boardRows(sheets.what).filter((row) => row.thing && (!needle || holds(row.name, needle)) && (row.sections.length || needle))
    .map((row) => () => timeSheet(said(row.name), said(row.note), row.thing, row.sections));
}

let makers = [];

function drawSheets(box, all) {
  const shown = all ? makers : makers.slice(0, PREVIEW);
  box.querySelector('.sheets').replaceChildren(...shown.map((make) => make()));
}

function lotChoice(box, n) {
  const lots = [];
  for (let i = 0; i * LOT < n; i++) lots.push([String(i), `${i * LOT + 1} to ${Math.min(n, (i + 1) * LOT)}`]);
  const choose = (value) => { sheets.lot = Number(value); drawLot(box); };
  return lots.length > 1 ? choice('Sheets in this lot', lots, String(sheets.lot), choose) : '';
}

function drawLot(box) {
  const all = sheetMakers();
  makers = all.slice(sheets.lot * LOT, (sheets.lot + 1) * LOT);
  box.querySelector('[role=status]').textContent = `${plural(makers.length, 'sheet')}${all.length > makers.length ? ` of ${number(all.length)}` : ''}${makers.length > PREVIEW ? `; the first ${PREVIEW} are shown, all ${makers.length} are printed` : ''}.`;
  drawSheets(box, false);
  return all.length;
}

function redrawSheets(box) {
  sheets.lot = 0;
  box.querySelector('.lots').replaceChildren(lotChoice(box, drawLot(box)));
}

function sheetFilters(box) {
  const set = (key) => (value) => { sheets[key] = value; redrawSheets(box); };
  const people = sheets.what === 'students';
  return [sheets.what === 'board' && choice('Rows', [['teachers', 'Teachers'], ['rooms', 'Rooms'], ['courses', 'Courses']], sheets.by, set('by')),
    people && segments('Language', [['en', 'English'], ['es', 'Español']], sheets.lang, set('lang')),
    people && choice('Grade', gradeOptions(), sheets.grade, set('grade')),
    people && D.pathways.length > 0 && choice('Pathway', pathOptions(), sheets.path, set('path')),
    sheets.what !== 'board' && search('Name', sheets.text, set('text')),
    el('button', { type: 'button', class: 'button strong', onclick: () => window.print() }, 'Print…')];
}

/* Only while the sheets are on show: every other view prints as it is. */
const sheetBox = () => document.querySelector('.sheet-box');
addEventListener('beforeprint', () => { if (sheetBox()) drawSheets(sheetBox(), true); });
addEventListener('afterprint', () => { if (sheetBox()) drawSheets(sheetBox(), false); });

views.print = {
  title: 'Print',
  render(main) {
    const box = el('div', { class: 'sheet-box stack' }, el('div', { class: 'no-print' }, el('div', { class: 'lots' }), status('')), el('div', { class: 'sheets' }));
    const rest = el('div', { class: 'filters' });
    const kinds = [['board', 'Board'], ['teachers', 'Teachers'], ['rooms', 'Rooms'], ...(hasStudents ? [['students', 'Students']] : [])];
    const redo = () => { rest.replaceChildren(); add(rest, sheetFilters(box)); redrawSheets(box); };
    add(main, [el('div', { class: 'card filters' }, segments('Sheets', kinds, sheets.what, (what) => { sheets.what = what; sheets.text = ''; redo(); }), rest), box]);
    redo();
  },
};
