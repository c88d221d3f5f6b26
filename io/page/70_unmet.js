/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is unplaced and unmet, grouped by cause. */

const unmet = { kind: '', cte: '', grade: '', dept: '', text: '' };
const weight = (u) => hasStudents ? 1 : u.n;
const unmetTotal = D.unmet.reduce((n, u) => n + weight(u), 0);

function unmetMatch(u) {
  const c = D.courses[u.c], needle = fold(unmet.text);
  if (unmet.cte && u.cte !== (unmet.cte === 'yes')) return false;
  if (unmet.dept && deptOf(c) !== unmet.dept) return false;
  if (hasStudents && unmet.kind && KINDS[u.kind] !== unmet.kind) return false;
  if (hasStudents && unmet.grade && String(D.students[u.s].g) !== unmet.grade) return false;
  if (!needle) return true;
  return [c.id, c.title, hasStudents && D.students[u.s].id, hasStudents && D.students[u.s].name].some((text) => text && holds(text, needle));
}

function causeRows(list) {
  const columns = hasStudents ? [
    { head: 'Student', cell: (u) => studentLink(u.s) },
    { head: 'Grade', num: true, cell: (u) => D.students[u.s].g },
    { head: 'Course', cell: (u) => [courseLink(D.courses[u.c]), u.cte && [' ', el('span', { class: 'tag' }, 'CTE')]] },
    { head: 'Request', cell: (u) => KINDS[u.kind] },
    { head: 'Why, and what would help', cell: (u) => {
      const entry = fixOfRequest(D.students[u.s].id, D.courses[u.c].id);
      return [said(entry && entry.sentence || u.text), fixList(entry)];
    } },
  ] : [
    { head: 'Course', cell: (u) => courseLink(D.courses[u.c]) },
    { head: 'Title', cell: (u) => said(D.courses[u.c].title || '') },
    { head: 'Requests', num: true, cell: (u) => u.n },
  ];
  return table(columns, list, { label: 'Requests', class: hasStudents && 'stacking' });
}

const FIRST_ROWS = 150;

/* The first of a long list, and the rest when it is asked for. */
function fillCause(inside, why, list, all) {
  const shown = all ? list : list.slice(0, FIRST_ROWS);
  inside.replaceChildren();
  add(inside, [causeHint(why) && el('p', { class: 'soft' }, causeHint(why)), causeRows(shown),
    shown.length < list.length && el('button', { type: 'button', class: 'plain more', onclick: () => fillCause(inside, why, list, true) }, `Show all ${number(list.length)}`)]);
}

/* A list is filled in when it is opened. */
function causeBlock(why, list, total, open) {
  const inside = el('div', { class: 'inside' });
  const n = list.reduce((sum, u) => sum + weight(u), 0);
  const worst = new Map();
  list.forEach((u) => worst.set(u.c, (worst.get(u.c) || 0) + weight(u)));
  const top = [...worst].sort((a, b) => b[1] - a[1]).slice(0, 4).map(([c, k], i) => [i > 0 && ', ', said(D.courses[c].id), ` ${k}`]);
  const fill = () => {
    if (!inside.firstChild) fillCause(inside, why, list, false);
  };
  const block = el('details', { class: 'cause', ontoggle: () => { if (block.open) fill(); } }, el('summary', null, el('span', { class: 'title' }, causeTitle(why)),
    el('span', { class: 'soft small' }, top), el('strong', null, number(n)), bar(n, total)), inside);
  block.fillIn = fill;
  if (open) {
    fill();
    block.open = true;
  }
  return block;
}

function unplacedCard() {
  if (!D.unplaced.length) return el('p', { class: 'good' }, '✓ Every section that was asked for is placed.');
  return el('section', { class: 'card long' }, el('h2', null, `Unplaced sections: ${D.unplaced.length}`), table([
    { head: 'Section', cell: (u) => [courseLink(D.courses[u.c]), `, section ${u.k}`, D.courses[u.c].path !== undefined && [' ', el('span', { class: 'tag' }, 'CTE')]] },
    { head: 'Cause', cell: (u) => causeTitle(u.why) },
    { head: 'Why, and what would help', cell: (u) => {
      const entry = fixOfSection(D.courses[u.c].id, u.k);
      return [said(entry && entry.sentence || u.text), fixList(entry)];
    } },
  ], D.unplaced, { label: 'Unplaced sections', class: 'stacking' }));
}

function drawUnmet(box) {
  const found = D.unmet.filter(unmetMatch), total = found.reduce((n, u) => n + weight(u), 0);
  const groups = new Map();
  found.forEach((u) => groups.set(u.why, [...(groups.get(u.why) || []), u]));
  const sorted = [...groups].sort((a, b) => b[1].reduce((n, u) => n + weight(u), 0) - a[1].reduce((n, u) => n + weight(u), 0));
  box.replaceChildren(status(total === unmetTotal ? `${plural(total, 'request')} not met` : `${number(total)} of ${plural(unmetTotal, 'request')} not met`),
    ...sorted.map(([why, list]) => causeBlock(why, list, total, total <= 25 || sorted.length === 1)));
}

views.unmet = {
  title: 'Unmet',
  count: unmetTotal + D.unplaced.length,
  render(main) {
    const box = el('div', null);
    const set = (key) => (value) => { unmet[key] = value; drawUnmet(box); };
    add(main, [unplacedCard(), el('h2', null, `Unmet requests: ${number(unmetTotal)}`)]);
    if (!unmetTotal) {
      add(main, [el('p', { class: 'good' }, '✓ Every primary request is met.')]);
      return;
    }
    add(main, [el('div', { class: 'filters card' },
      choice('CTE', [['', 'All'], ['yes', 'CTE requests'], ['no', 'Others']], unmet.cte, set('cte')),
      hasStudents && choice('Request', [['', 'All'], ['required', 'required'], ['elective', 'elective']], unmet.kind, set('kind')),
      hasStudents && choice('Grade', gradeOptions(), unmet.grade, set('grade')),
      choice('Department', deptOptions(), unmet.dept, set('dept')), search('Student or course', unmet.text, set('text'))), box]);
    drawUnmet(box);
  },
};
