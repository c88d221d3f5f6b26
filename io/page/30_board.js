/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The master board: teachers, rooms or courses by periods. */

const board = { by: 'teachers', colour: 'dept', dept: '', grade: '', path: '', term: '', text: '' };

function inGrade(s, grade) {
  const c = courseOf(s);
  return s.g.includes(grade) || (!s.g.length && Boolean(c.grades) && c.grades.includes(grade));
}

function boardMatch(s) {
  const c = courseOf(s), needle = fold(board.text);
  if (board.dept && deptOf(c) !== board.dept) return false;
  if (board.grade && !inGrade(s, Number(board.grade))) return false;
  if (board.path !== '' && c.path !== Number(board.path) && (s.h === undefined || D.cohorts[s.h].path !== Number(board.path))) return false;
  if (!needle) return true;
  return [c.id, c.title, sectionName(s), s.t !== undefined && teacherName(s.t), s.co !== undefined && teacherName(s.co),
    s.r !== undefined && D.rooms[s.r].id, s.h !== undefined && D.cohorts[s.h].id].some((text) => text && holds(text, needle));
}

/* Rows of the board: {name, note, thing, sections}. */
function boardRows(by) {
  const rows = [], rest = [];
  if (by === 'courses')
    return D.courses.map((c) => ({ name: c.id, note: c.title, sections: c.sections }));
  const things = by === 'teachers' ? D.teachers : D.rooms;
  things.forEach((thing, i) => rows.push({ name: thing.name || thing.id, thing, sections: [], number: i }));
  for (const s of D.sections) {
    const at = by === 'teachers' ? [s.t, s.co].filter((t) => t !== undefined) : s.r === undefined ? [] : [s.r];
    at.forEach((i) => rows[i].sections.push(s));
    if (!at.length) rest.push(s);
  }
  for (const row of rows) row.note = by === 'teachers' ? loadText(row) : row.thing.types.join(', ') + (row.thing.cap !== undefined ? `, ${row.thing.cap} places` : '');
  if (rest.length) rows.push({ name: by === 'teachers' ? 'No teacher' : 'No room', note: 'none needed', sections: rest });
  return rows;
}

/* Periods taught in the fullest term, of the load. Stacked sections, taught at once, are one; advisory is none. */
function loadText(row) {
  let most = 0;
  for (let m = 0; m < D.terms.length; m++) {
    let n = 0;
    for (let p = 0; p < D.periods.length; p++) n += row.sections.some((s) => !courseOf(s).loadless && runsIn(s, p, m)) ? 1 : 0;
    most = Math.max(most, n);
  }
  return `teaches ${most} of ${row.thing.load !== undefined ? row.thing.load : D.periods.length}`;
}

function sectionCard(s, by, colour, plain) {
  const terms = termsText(s), parts = [];
  if (by !== 'teachers') parts.push(s.t !== undefined ? said(teacherName(s.t)) : 'no teacher', ' · ');
  if (by !== 'rooms' && s.r !== undefined) parts.push(said(D.rooms[s.r].id), ' · ');
  parts.push(`${s.n}/${s.cap}`);
  const look = plain ? { class: 'section other' } : hued(hueOf(s, colour), 'section');
  return el('button', Object.assign(look, { type: 'button', columns: `${s.p - s.from + 1} / span ${s.len}`, onclick: () => openSection(s) }),
    el('b', null, said(sectionName(s))), terms && [' ', el('span', { class: 'tag' }, said(terms))],
    s.h !== undefined && [' ', el('span', { class: 'tag', title: 'reserved for a cohort' }, '◆ ', said(D.cohorts[s.h].id))],
    el('span', { class: 'meta' }, parts));
}

/* Runs of periods that a section spans become one cell: [{from, len, sections}]. */
function boardCells(sections) {
  const cells = [], sorted = [...sections].sort((a, b) => a.p - b.p || b.len - a.len || a.m - b.m);
  let i = 0;
  for (let p = 0; p < D.periods.length;) {
    const cell = { from: p, len: 1, sections: [] };
    while (i < sorted.length && sorted[i].p < cell.from + cell.len) {
      cell.len = Math.max(cell.len, sorted[i].p + sorted[i].len - cell.from);
      cell.sections.push(sorted[i++]);
    }
    cells.push(cell);
    p += cell.len;
  }
  return cells;
}

function boardCell(row, cell, options) {
  const away = row.thing && !cell.sections.length && D.terms.every((_, m) => isAway(row.thing, cell.from, m));
  const cards = cell.sections.map((s) => { s.from = cell.from; return sectionCard(s, options.by, options.colour, !options.match(s)); });
  return el('td', { colspan: cell.len > 1 ? cell.len : null, class: away ? 'away' : null },
    away && el('span', { class: 'hidden-text' }, 'not available'), cards.length > 0 && el('div', { class: 'cell' }, cards));
}

function periodHead(p) {
  const time = p.start ? `${p.start}${p.end ? '–' + p.end : ''}` : '';
  return el('th', { scope: 'col' }, said(p.id), (time || (p.day && !p.id.includes(p.day))) && el('span', { class: 'small' }, p.day && !p.id.includes(p.day) ? `${p.day} ${time}` : time));
}

/* options: by, colour, match(section), term (its number or -1) */
function boardTable(options) {
  const heads = { teachers: 'Teacher', rooms: 'Room', courses: 'Course' };
  let shown = 0;
  const body = [];
  for (const row of boardRows(options.by)) {
    const sections = row.sections.filter((s) => options.term < 0 || (s.m <= options.term && options.term < s.m + s.terms));
    if (options.narrow && !sections.some(options.match)) continue;
    shown++;
    body.push(el('tr', null, el('th', { scope: 'row' }, said(row.name), row.note && el('span', { class: 'small' }, said(row.note))),
      boardCells(sections).map((cell) => boardCell(row, cell, options))));
  }
  const head = el('tr', null, el('th', { scope: 'col' }, heads[options.by]), D.periods.map(periodHead));
  return { node: el('table', { class: 'board' }, el('thead', null, head), el('tbody', null, body)), shown };
}

function legend(colour) {
  const items = colour === 'dept' ? [...deptHues].map(([name, hue]) => [name, hue]) : [...pathHues].map(([p, hue]) => [pathName(p), hue]);
  if (colour !== 'dept') items.push(['No pathway', null]);
  return el('ul', { class: 'legend', 'aria-label': 'Colors' }, items.map(([name, hue]) => el('li', hued(hue, ''), said(name))));
}

function drawBoard(box) {
  const term = board.term === '' ? -1 : Number(board.term);
  const narrow = Boolean(board.dept || board.grade || board.path !== '' || board.text || board.term);
  const made = boardTable({ by: board.by, colour: board.colour, match: boardMatch, term, narrow });
  const n = D.sections.filter((s) => boardMatch(s) && (term < 0 || (s.m <= term && term < s.m + s.terms))).length;
  box.replaceChildren(status(`${plural(n, 'section')} in ${plural(made.shown, 'row')}. Choose a section to see who sits there.`),
    legend(board.colour), scroll(made.node, `Master board by ${board.by}`, true));
}

views.board = {
  title: 'Master board',
  render(main) {
    const box = el('div', { class: 'for-board stack' });
    const set = (key) => (value) => { board[key] = value; drawBoard(box); };
    add(main, [el('div', { class: 'filters card' },
      segments('Rows', [['teachers', 'Teachers'], ['rooms', 'Rooms'], ['courses', 'Courses']], board.by, set('by')),
      segments('Color by', [['dept', 'Department'], ['path', 'Pathway']], board.colour, set('colour')),
      choice('Department', deptOptions(), board.dept, set('dept')),
      choice('Grade', gradeOptions(), board.grade, set('grade')),
      D.pathways.length > 0 && choice('Pathway', pathOptions(), board.path, set('path')),
      D.terms.length > 1 && choice('Term', [['', 'All'], ...D.terms.map((t, i) => [String(i), t])], board.term, set('term')),
      search('Search', board.text, set('text'))), box]);
    drawBoard(box);
  },
};
