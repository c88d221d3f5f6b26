/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Courses: seats, sizes, balance; sorted by any column. */

const courses = { text: '', dept: '', path: '', grade: '', sort: 0, down: false };

/* Sizes of the sections as dots, from none to the largest maximum; the dashed line is the target. */
function sizeStrip(c) {
  if (!c.sections.length) return el('span', { class: 'soft' }, 'none placed');
  const top = Math.max(c.size[2], ...c.sections.map((s) => s.n), 1), x = (n) => 4 + n * 112 / top;
  const sizes = c.sections.map((s) => s.n).sort((a, b) => a - b);
  return el('svg', { class: 'strip', viewBox: '0 0 120 20', role: 'img', 'aria-label': `sizes ${sizes.join(', ')} of at most ${c.size[2]}` },
    el('line', { class: 'axis', x1: 4, y1: 16, x2: 116, y2: 16 }), el('line', { class: 'axis', x1: x(c.size[2]), y1: 6, x2: x(c.size[2]), y2: 16 }),
    c.size[1] >= 0 && el('line', { class: 'goal', x1: x(c.size[1]), y1: 2, x2: x(c.size[1]), y2: 18 }),
    c.sections.map((s) => el('circle', { cx: x(s.n), cy: 11, r: 4, class: s.h !== undefined ? 'kept' : null })));
}

/* Largest less smallest among sections for everybody. */
function spread(c) {
  const sizes = c.sections.filter((s) => s.h === undefined).map((s) => s.n);
  return sizes.length > 1 ? Math.max(...sizes) - Math.min(...sizes) : -1;
}

const COURSE_COLUMNS = [
  { head: 'Course', key: (c) => c.id, cell: (c) => [courseLink(c), el('div', { class: 'soft small' }, said(c.title || ''))] },
  { head: 'Department', key: deptOf, cell: (c) => said(deptOf(c)) },
  { head: 'Requests', num: true, key: (c) => c.primary, cell: (c) => number(c.primary) },
  { head: 'Not met', num: true, key: (c) => c.primary - c.met, cell: (c) => el('span', { class: c.primary > c.met ? 'bad' : 'soft' }, number(c.primary - c.met)) },
  { head: 'Met', num: true, key: (c) => c.primary ? c.met / c.primary : 2, cell: (c) => [percent(c.met, c.primary), bar(c.met, c.primary)] },
  { head: 'Sections', num: true, key: (c) => c.placed, cell: (c) => el('span', { class: c.placed < c.lo ? 'bad' : null }, `${c.placed}/${c.lo === c.hi ? c.lo : `${c.lo}–${c.hi}`}`) },
  { head: 'Seats', num: true, key: (c) => c.seats, cell: (c) => number(c.seats) },
  { head: 'Free', num: true, key: (c) => c.seats - c.met - c.alternates, cell: (c) => number(c.seats - c.met - c.alternates) },
  { head: 'Average', num: true, key: (c) => c.placed ? (c.met + c.alternates) / c.placed : -1, cell: (c) => c.placed ? ((c.met + c.alternates) / c.placed).toFixed(1) : '–' },
  { head: 'Sizes', key: (c) => Math.max(0, ...c.sections.map((s) => s.n)), cell: sizeStrip },
  { head: 'Spread', num: true, key: spread, cell: (c) => spread(c) < 0 ? el('span', { class: 'soft' }, '–') : el('span', { class: spread(c) > 3 ? 'warn' : null }, spread(c)) },
];

function courseMatch(c) {
  const needle = fold(courses.text);
  if (courses.dept && deptOf(c) !== courses.dept) return false;
  if (courses.path !== '' && c.path !== Number(courses.path)) return false;
  if (courses.grade && c.grades && !c.grades.includes(Number(courses.grade))) return false;
  return !needle || holds(c.id, needle) || (c.title && holds(c.title, needle));
}

function drawCourses(box) {
  const column = COURSE_COLUMNS[courses.sort], found = D.courses.filter(courseMatch);
  const order = (a, b) => typeof a === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true });
  found.sort((a, b) => (courses.down ? -1 : 1) * order(column.key(a), column.key(b)) || a.i - b.i);
  const head = COURSE_COLUMNS.map((c, i) => el('th', { scope: 'col', class: c.num && 'num', 'aria-sort': i === courses.sort ? courses.down ? 'descending' : 'ascending' : null },
    el('button', { type: 'button', class: 'sort', onclick: () => {
      courses.down = i === courses.sort ? !courses.down : Boolean(c.num);
      courses.sort = i;
      drawCourses(box);
      box.querySelectorAll('button.sort')[i].focus();
    } }, c.head)));
  const body = found.map((c) => el('tr', null, COURSE_COLUMNS.map((col, i) => el(i ? 'td' : 'th', { scope: i ? null : 'row', class: col.num && 'num' }, col.cell(c)))));
  box.replaceChildren(status(`${plural(found.length, 'course')}, ${plural(found.reduce((n, c) => n + c.placed, 0), 'section')}, ${plural(found.reduce((n, c) => n + c.primary - c.met, 0), 'request')} not met`),
    el('ul', { class: 'keys' }, el('li', null, 'Sizes: a dot a section, orange if it is reserved for a cohort; dashed, the target; the end line, the most allowed.')),
    scroll(el('table', null, el('thead', null, el('tr', null, head)), el('tbody', null, body)), 'Courses', true));
}

views.courses = {
  title: 'Courses',
  render(main) {
    const box = el('div', { class: 'stack' });
    const set = (key) => (value) => { courses[key] = value; drawCourses(box); };
    add(main, [el('div', { class: 'filters card' }, search('Course', courses.text, set('text')),
      choice('Department', deptOptions(), courses.dept, set('dept')), choice('Grade', gradeOptions(), courses.grade, set('grade')),
      D.pathways.length > 0 && choice('Pathway', pathOptions(), courses.path, set('path'))), box]);
    drawCourses(box);
  },
};
