/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data and what all views use: elements, names, times, colours. */

const D = JSON.parse(document.getElementById('data').textContent);
const views = {}; /* name: {title, count, render(main, argument)}, in the order of the tabs */
const hasStudents = Array.isArray(D.students);

/* ---- elements: texts only ever become text nodes ---- */

function el(tag, attributes, ...children) {
  const node = tag === 'svg' || el.svg.has(tag)
    ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (key === 'hue') node.style.setProperty('--h', value);
    else if (key === 'value') node.value = value;
    else if (key === 'columns') node.style.gridColumn = value;
    else node.setAttribute(key, value === true ? '' : String(value));
  }
  add(node, children);
  return node;
}
el.svg = new Set(['rect', 'circle', 'line', 'title', 'path', 'g']);

function add(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/* A text of the school: its direction must not spill into what stands beside it. */
function said(text, attributes) {
  return el('bdi', attributes, text);
}

function plural(n, one, many) {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many || one + 's'}`;
}

function number(n) {
  return Number(n).toLocaleString('en-US', { maximumFractionDigits: 6 });
}

/* Counts of students that are too small to tell are -1 in a page without students. */
function count(n) {
  return n < 0 ? '<11' : number(n);
}

/* Cut, not rounded: 100% is said of all alone. */
function percent(part, whole) {
  if (!whole) return '–';
  const tenths = Math.floor(part * 1000 / whole);
  return (tenths / 10).toFixed(1) + '%';
}

function bar(part, whole, low) {
  const width = whole ? Math.max(0, Math.min(100, part * 100 / whole)) : 0;
  const kind = whole && part === whole ? 'bar full' : low ? 'bar low' : 'bar';
  return el('svg', { class: kind, viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    el('rect', { x: 0, y: 0, width, height: 8 }));
}

/* A full section is no success and no failure. */
function seatBar(part, whole) {
  const node = bar(part, whole);
  node.setAttribute('class', 'bar');
  return node;
}

/* columns: [{head, num, cell(row)}] */
function table(columns, rows, options = {}) {
  const head = el('tr', null, columns.map((c) => el('th', { scope: 'col', class: c.num && 'num' }, c.head)));
  const body = rows.map((row) => el('tr', null, columns.map((c, i) =>
    el(i === 0 && !options.plain ? 'th' : 'td', { scope: i === 0 && !options.plain ? 'row' : null, class: c.num && 'num' }, c.cell(row)))));
  const t = el('table', { class: options.class }, options.caption && el('caption', null, options.caption),
    el('thead', null, head), el('tbody', null, body));
  return scroll(t, options.label || options.caption || 'Table', options.tall);
}

/* A box that scrolls must take the focus, so that keys can scroll it. */
function scroll(node, label, tall) {
  return el('div', { class: tall ? 'scroll tall' : 'scroll', tabindex: 0, role: 'group', 'aria-label': label }, node);
}

/* ---- names ---- */

const teacherName = (t) => D.teachers[t].name || D.teachers[t].id;
const courseOf = (s) => D.courses[s.c];
const sectionName = (s) => `${courseOf(s).id}-${s.k}`;
const courseTitle = (c) => c.title || c.id;
const pathName = (p) => D.pathways[p].title || D.pathways[p].id;
const studentName = (x) => D.students[x].name || D.students[x].id;
const deptOf = (c) => c.dept || (c.path !== undefined ? 'Career technical education' : 'Other');
const KINDS = ['required', 'elective', 'alternate'];

function termsText(s) {
  if (s.terms === D.terms.length) return '';
  return s.terms === 1 ? D.terms[s.m] : `${D.terms[s.m]}–${D.terms[s.m + s.terms - 1]}`;
}

function periodsText(s) {
  const first = D.periods[s.p].id, last = D.periods[s.p + s.len - 1].id;
  return s.len === 1 ? first : `${first}–${last}`;
}

function whenText(s) {
  const terms = termsText(s);
  return terms ? `${periodsText(s)}, ${terms}` : periodsText(s);
}

/* ---- sections, seats ---- */

D.sections.forEach((s, i) => { s.i = i; s.roster = []; });
D.courses.forEach((c, i) => { c.i = i; c.sections = []; [c.met, c.alternates, c.placed, c.seats] = D.fates[i]; });
D.sections.forEach((s) => courseOf(s).sections.push(s));

/* A student's requests as {c, kind, s}; s: the section or undefined. */
function unpack(student, x) {
  const list = [];
  for (let i = 0; i < student.r.length; i += 3) {
    const request = { x, c: student.r[i], kind: student.r[i + 1], s: D.sections[student.r[i + 2]] };
    if (request.s) request.s.roster.push(x);
    list.push(request);
  }
  student.i = x;
  student.requests = list;
  student.unmet = 0;
}
if (hasStudents) {
  D.students.forEach(unpack);
  D.unmet.forEach((u) => { D.students[u.s].unmet++; });
}

const runsIn = (s, p, m) => s.p <= p && p < s.p + s.len && s.m <= m && m < s.m + s.terms;
const overlap = (a, b) => a.p < b.p + b.len && b.p < a.p + a.len && a.m < b.m + b.terms && b.m < a.m + a.terms;
const isAway = (thing, p, m) => Boolean(thing.away) && thing.away.includes(m * D.periods.length + p);

/* Does the section serve cohort h: reserved for it, or for its pathway as a whole? */
function serves(s, h) {
  if (s.h === undefined) return false;
  const kept = D.cohorts[s.h];
  return s.h === h || (kept.wide && kept.path === D.cohorts[h].path);
}

/* ---- colours: a hue a group, the name is always written, too ---- */

const HUES = [205, 28, 140, 285, 48, 335, 178, 95, 250, 8, 160, 310];

function palette(names) {
  const hues = new Map();
  names.forEach((name, i) => hues.set(name, { hue: HUES[i % HUES.length], second: i >= HUES.length }));
  return hues;
}

const deptHues = palette([...new Set(D.courses.map(deptOf))]);
const pathHues = palette(D.pathways.map((p, i) => i));

function hueOf(s, by) {
  const c = courseOf(s);
  if (by === 'dept') return deptHues.get(deptOf(c));
  return pathHues.get(c.path !== undefined ? c.path : s.h !== undefined ? D.cohorts[s.h].path : -1);
}

function hued(found, base) {
  return { class: `${base} hued${found ? found.second ? ' second' : '' : ' none'}`, hue: found ? found.hue : null };
}

/* ---- form parts ---- */

let nextId = 0;

function field(label, control) {
  control.id = control.id || `f${nextId++}`;
  return el('div', { class: 'field' }, el('label', { for: control.id }, label), control);
}

/* options: [[value, text]] */
function choice(label, options, value, change) {
  const select = el('select', { onchange: () => change(select.value) },
    options.map(([v, text]) => el('option', { value: v, selected: v === value }, text)));
  select.value = value;
  return field(label, select);
}

function search(label, value, change) {
  const input = el('input', { type: 'search', value, autocomplete: 'off', spellcheck: 'false' });
  let timer;
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => change(input.value), 120);
  });
  return field(label, input);
}

function segments(label, options, value, change) {
  const box = el('div', { class: 'segments', role: 'group', 'aria-label': label });
  for (const [v, text] of options) {
    box.append(el('button', {
      type: 'button', 'aria-pressed': String(v === value), onclick: (event) => {
        for (const b of box.children) b.setAttribute('aria-pressed', String(b === event.currentTarget));
        change(v);
      },
    }, text));
  }
  return el('div', { class: 'field' }, el('span', { class: 'label' }, label), box);
}

function status(text) {
  return el('p', { role: 'status', class: 'soft small' }, text);
}

const fold = (text) => String(text).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const holds = (hay, needle) => fold(hay).includes(needle);
const gradeOptions = () => {
  const grades = new Set(D.groups.filter((g) => g.kind === 'grade').map((g) => g.id));
  D.courses.forEach((c) => (c.grades || []).forEach((g) => grades.add(String(g))));
  return [['', 'All'], ...[...grades].sort((a, b) => a - b).map((g) => [g, `Grade ${g}`])];
};
const deptOptions = () => [['', 'All'], ...[...deptHues.keys()].map((d) => [d, d])];
const pathOptions = () => [['', 'All'], ...D.pathways.map((p, i) => [String(i), pathName(i)])];

/* ---- links ---- */

function sectionLink(s) {
  return el('button', { type: 'button', class: 'link', onclick: () => openSection(s) }, said(sectionName(s)));
}

function courseLink(c) {
  return el('button', { type: 'button', class: 'link', onclick: () => openCourse(c) }, said(c.id));
}

function studentLink(x) {
  const student = D.students[x];
  return el('a', { href: '#/students/' + encodeURIComponent(student.id) }, said(student.id));
}

/* ---- fixes of explain.json, as far as it has them ---- */

const fixes = new Map();
const listOf = (value) => Array.isArray(value) ? value : [];

for (const entry of listOf(D.explain && D.explain.requests))
  fixes.set(`request ${JSON.stringify([entry.student, entry.course])}`, entry);
const grids = new Map(listOf(D.explain && D.explain.grids).map(([id, ...rows]) => [id, rows]));
for (const entry of listOf(D.explain && D.explain.sections))
  fixes.set(`section ${JSON.stringify([entry.course, entry.section])}`, entry);

/* How to make a change: the command, in the folder of the school. */
function howTo(entry, i) {
  const quoted = (x) => /^[\w.-]+$/.test(x) ? x : `'${String(x).replace(/'/g, "'\\''")}'`;
  const who = entry.section === undefined ? `--student ${quoted(entry.student)} --course ${quoted(entry.course)}` : `--section ${quoted(`${entry.course}-${entry.section}`)}`;
  return el('details', { class: 'how' }, el('summary', null, 'How to make this change'),
    el('code', null, said(`msched explain SCHOOL.yaml SCHEDULE.json ${who} --fix ${i + 1} --apply NEWDIR`)),
    el('div', { class: 'soft' }, 'It writes the school with the change made to NEWDIR and prints the command that solves it.'));
}

function fixList(entry) {
  const list = listOf(entry && entry.fixes);
  if (!list.length) return null;
  return el('div', { class: 'fix-box' }, el('strong', { class: 'small' }, list.length === 1 ? 'What would help' : 'What would help, best first'),
    el('ol', { class: 'fixes small' }, list.map((fix, i) => el('li', null, said(fix.text || fix.kind || ''),
      fix.cost && [' – ', said(fix.cost, { class: 'soft' })],
      listOf(fix.effects).length > 0 && el('ul', null, listOf(fix.effects).map((e) => el('li', { class: 'soft' }, said(typeof e === 'string' ? e : JSON.stringify(e))))), howTo(entry, i)))));
}
const fixOfRequest = (student, course) => fixes.get(`request ${JSON.stringify([student, course])}`);
const fixOfSection = (course, k) => fixes.get(`section ${JSON.stringify([course, k])}`);
