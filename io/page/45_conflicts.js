/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conflict matrix: who asked for both, who missed one, and which pairs no student can take. */

const conflicts = { which: '', show: 'both' };
const pairs = new Map(); /* a * courses + b, a < b -> [both, lost] */
for (let i = 0; i < D.pairs.length; i += 4)
  pairs.set(D.pairs[i] * D.courses.length + D.pairs[i + 1], [D.pairs[i + 2], D.pairs[i + 3]]);

const MOST_COURSES = 48;

function pairOf(a, b) {
  return pairs.get(Math.min(a.i, b.i) * D.courses.length + Math.max(a.i, b.i)) || [0, 0];
}

/* Both run, and whatever the sections, they overlap. */
function excluded(a, b) {
  return a.sections.length > 0 && b.sections.length > 0 && a.sections.every((s) => b.sections.every((t) => overlap(s, t)));
}

function conflictCourses() {
  const asked = D.courses.filter((c) => c.primary > 0);
  const which = conflicts.which;
  let list = which === 'one' ? asked.filter((c) => c.lo === 1) : which === 'two' ? asked.filter((c) => c.lo <= 2)
    : which.startsWith('dept ') ? asked.filter((c) => deptOf(c) === which.slice(5)) : asked;
  const all = list.length;
  list = [...list].sort((a, b) => b.primary - a.primary).slice(0, MOST_COURSES);
  return { list: list.sort((a, b) => a.i - b.i), all };
}

function heatClass(n, most) {
  if (n === 0) return 'h0';
  if (n < 0) return 'h1';
  const share = n / most;
  return share > .66 ? 'h4' : share > .33 ? 'h3' : share > .12 ? 'h2' : 'h1';
}

function heatCell(a, b, most, at) {
  if (a === b) return el('td', { class: 'same' });
  const [both, lost] = pairOf(a, b), n = conflicts.show === 'both' ? both : lost, clash = both !== 0 && excluded(a, b);
  if (both === 0) return el('td', { class: 'h0' });
  const label = `${a.id} and ${b.id}: ${count(both)} asked for both, ${count(lost)} miss one${clash ? ', and no two sections fit together' : ''}`;
  return el('td', { class: `${heatClass(n, most)}${clash ? ' clash' : ''}` },
    el('button', { type: 'button', tabindex: at === 0 ? 0 : -1, 'aria-label': label, title: label, onclick: () => openPair(a, b) }, n === 0 ? '·' : n < 0 ? '<' : n));
}

function openPair(a, b) {
  const [both, lost] = pairOf(a, b);
  const side = (c) => table([
    { head: 'Section', cell: sectionLink },
    { head: 'Meets', cell: (s) => said(whenText(s)) },
    { head: 'Students', num: true, cell: (s) => `${s.n}/${s.cap}` },
  ], c.sections, { caption: c.title ? `${c.id}: ${c.title}` : c.id });
  const missing = hasStudents ? D.students.filter((st) => [a, b].every((c) => st.requests.some((r) => r.c === c.i && r.kind !== 2)) && st.requests.some((r) => (r.c === a.i || r.c === b.i) && !r.s)) : [];
  openDialog([said(a.id), ' and ', said(b.id)], [
    el('p', null, `${count(both)} students asked for both; ${count(lost)} of them miss at least one. `,
      excluded(a, b) && el('strong', { class: 'bad' }, 'No two of their sections fit together: nobody can take both.')),
    missing.length > 0 && el('p', null, 'They are ', missing.map((st, i) => [i > 0 && ', ', studentLink(st.i)]), '.'),
    side(a), side(b)]);
}

/* Arrow keys walk the matrix; one cell at a time is in the order of tabs. */
function walkable(tableNode) {
  tableNode.addEventListener('keydown', (event) => {
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    const cell = event.target.closest('td');
    if (!step || !cell) return;
    event.preventDefault();
    let row = cell.parentNode.rowIndex, column = cell.cellIndex;
    for (;;) {
      row += step[0];
      column += step[1];
      const next = tableNode.rows[row] && tableNode.rows[row].cells[column];
      if (!next || row < 1 || column < 1) return;
      const button = next.querySelector('button');
      if (!button) continue;
      event.target.tabIndex = -1;
      button.tabIndex = 0;
      button.focus();
      return;
    }
  });
  return tableNode;
}

function heatMap(list) {
  let most = 1, at = 0;
  list.forEach((a) => list.forEach((b) => { if (a !== b) most = Math.max(most, pairOf(a, b)[conflicts.show === 'both' ? 0 : 1]); }));
  const rows = list.map((a) => el('tr', null, el('th', { scope: 'row', title: courseTitle(a) }, said(a.id)), list.map((b) => heatCell(a, b, most, a === b || pairOf(a, b)[0] === 0 ? 1 : at++))));
  return walkable(el('table', { class: 'heat' }, el('thead', null, el('tr', null, el('th', { scope: 'col' }, el('span', { class: 'hidden-text' }, 'Course')),
    list.map((b) => el('th', { scope: 'col', title: courseTitle(b) }, el('span', null, said(b.id)))))), el('tbody', null, rows)));
}

function worstPairs(list) {
  const rows = [];
  list.forEach((a) => list.forEach((b) => {
    if (a.i >= b.i) return;
    const [both, lost] = pairOf(a, b);
    if (both !== 0) rows.push({ a, b, both, lost, clash: excluded(a, b) });
  }));
  rows.sort((x, y) => Number(y.clash) - Number(x.clash) || y.lost - x.lost || y.both - x.both);
  if (!rows.length) return null;
  return el('section', { class: 'card long' }, el('h2', null, 'Most harmful pairs'), table([
    { head: 'Course', cell: (r) => courseLink(r.a) },
    { head: 'and', cell: (r) => courseLink(r.b) },
    { head: 'Asked for both', num: true, cell: (r) => count(r.both) },
    { head: 'Miss one', num: true, cell: (r) => count(r.lost) },
    { head: 'Sections', num: true, cell: (r) => `${r.a.placed} × ${r.b.placed}` },
    { head: 'Fit together', cell: (r) => r.clash ? el('span', { class: 'bad' }, '✗ not in this schedule') : !r.a.placed || !r.b.placed ? el('span', { class: 'warn' }, 'one does not run') : '✓' },
    { head: 'More', cell: (r) => el('button', { type: 'button', class: 'link', onclick: () => openPair(r.a, r.b) }, 'Details', el('span', { class: 'hidden-text' }, ` of ${r.a.id} and ${r.b.id}`)) },
  ], rows.slice(0, 40), { label: 'Most harmful pairs' }));
}

function drawConflicts(box) {
  const { list, all } = conflictCourses();
  box.replaceChildren(
    status(all > list.length ? `The ${list.length} most requested of ${all} courses.` : `${plural(list.length, 'course')}.`),
    el('ul', { class: 'keys' }, [['h1', 'few students'], ['h2', 'some'], ['h3', 'many'], ['h4', 'most'], ['clash', 'no two sections fit together']]
      .map(([c, text]) => el('li', null, el('span', { class: `swatch ${c}` }), text))),
    list.length > 1 ? scroll(heatMap(list), 'Conflict matrix. Arrow keys move between cells.', true) : el('p', null, 'Too few courses to compare.'),
    el('div', { class: 'gap' }, worstPairs(list)));
}

views.conflicts = {
  title: 'Conflicts',
  render(main) {
    if (!conflicts.which) conflicts.which = D.courses.filter((c) => c.primary > 0 && c.lo === 1).length > 1 ? 'one' : 'all';
    const box = el('div', { class: 'stack' });
    const set = (key) => (value) => { conflicts[key] = value; drawConflicts(box); };
    add(main, [el('p', { class: 'lead' }, 'A number is how many students asked for both courses. Two courses with one section each must not meet at the same time where many asked for both.'),
      el('div', { class: 'filters card' },
        choice('Courses', [['one', 'With one section'], ['two', 'With one or two sections'], ['all', 'Most requested'], ...[...deptHues.keys()].map((d) => [`dept ${d}`, d])], conflicts.which, set('which')),
        segments('Show', [['both', 'Asked for both'], ['lost', 'Miss one']], conflicts.show, set('show'))), box]);
    drawConflicts(box);
  },
};
