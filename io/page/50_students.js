/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Students: found by id or name, with the week, the requests, and what went wrong. */

const students = { text: '', grade: '', path: '', flag: '', unmet: false, shown: 60 };

function studentMatch(st) {
  const needle = fold(students.text);
  if (students.grade && String(st.g) !== students.grade) return false;
  if (students.path !== '' && st.path !== Number(students.path)) return false;
  if (students.flag && !(st.f || []).includes(students.flag)) return false;
  if (students.unmet && !st.unmet) return false;
  return !needle || holds(st.id, needle) || (st.name && holds(st.name, needle));
}

/* The periods by day: [{day, periods: [p]}]. */
const DAYS = [];
D.periods.forEach((p, i) => {
  const day = p.day === undefined ? '' : p.day;
  if (!DAYS.length || DAYS[DAYS.length - 1].day !== day) DAYS.push({ day, periods: [] });
  DAYS[DAYS.length - 1].periods.push(i);
});

/* What a student does in period p: one entry for the year, or one a term where they differ. */
function slots(st, p) {
  const taken = st.requests.filter((r) => r.s);
  const at = D.terms.map((_, m) => taken.find((r) => runsIn(r.s, p, m)));
  const gone = D.terms.map((_, m) => isAway(st, p, m));
  if (at.every((r, m) => r === at[0] && gone[m] === gone[0])) return [{ request: at[0], gone: gone[0], term: '' }];
  return at.map((request, m) => ({ request, gone: gone[m], term: D.terms[m] }));
}

function slotNode(st, slot, owes) {
  const term = slot.term && [el('span', { class: 'tag' }, said(slot.term)), ' '];
  if (!slot.request && slot.gone) return el('div', { class: 'slot gone' }, term, 'not available');
  if (!slot.request) return el('div', { class: owes ? 'slot empty' : 'slot free' }, term, owes ? 'no class' : 'free');
  const s = slot.request.s, c = courseOf(s);
  return el('div', hued(hueOf(s, 'dept'), 'slot'), term, sectionLink(s), el('div', null, said(c.title || '')),
    el('div', { class: 'soft' }, s.t !== undefined && said(teacherName(s.t)), s.t !== undefined && s.r !== undefined && ', ', s.r !== undefined && said(D.rooms[s.r].id)));
}

/* Periods of class in the emptiest term, below what is owed. */
function lacks(st) {
  if (!st.owed && !st.unmet) return false;
  const per = D.terms.map((_, m) => D.periods.filter((__, p) => st.requests.some((r) => r.s && runsIn(r.s, p, m))).length);
  return st.unmet > 0 || Math.min(...per) < st.owed;
}

function weekGrid(st) {
  const owes = lacks(st), most = Math.max(...DAYS.map((d) => d.periods.length));
  const named = DAYS.length > 1 || DAYS[0].day;
  const head = el('tr', null, el('th', { scope: 'col' }, el('span', { class: 'hidden-text' }, 'Period')), DAYS.map((d) => el('th', { scope: 'col' }, named ? ['Day ', said(d.day)] : 'Every day')));
  const rows = [];
  for (let i = 0; i < most; i++) {
    const first = DAYS.find((d) => d.periods[i] !== undefined).periods[i];
    const name = named ? `Period ${i + 1}` : D.periods[first].id;
    rows.push(el('tr', null, el('th', { scope: 'row' }, said(name), D.periods[first].start && el('div', { class: 'soft small' }, D.periods[first].start)),
      DAYS.map((d) => el('td', null, d.periods[i] === undefined ? null : slots(st, d.periods[i]).map((slot) => slotNode(st, slot, owes))))));
  }
  return scroll(el('table', { class: 'week' }, el('thead', null, head), el('tbody', null, rows)), 'Week');
}

function requestRows(st) {
  const reasons = new Map(D.unmet.filter((u) => u.s === st.i).map((u) => [u.c, u]));
  return table([
    { head: 'Course', cell: (r) => [courseLink(D.courses[r.c]), el('div', { class: 'soft small' }, said(D.courses[r.c].title || ''))] },
    { head: 'Request', cell: (r) => [KINDS[r.kind], reasons.has(r.c) && reasons.get(r.c).cte && el('div', null, el('span', { class: 'tag' }, 'CTE'))] },
    { head: 'Result', cell: (r) => r.s ? el('span', { class: 'nowrap' }, el('span', { class: 'good' }, r.kind === 2 ? '✓ used: ' : '✓ '), sectionLink(r.s))
      : r.kind === 2 ? el('span', { class: 'soft' }, st.unmet > 0 ? 'not used' : 'not needed') : el('strong', { class: 'bad' }, '✗ not met') },
    { head: 'Why, and what would help', cell: (r) => {
      const entry = fixOfRequest(st.id, D.courses[r.c].id), u = reasons.get(r.c);
      if (!u) return '';
      return [said(entry && entry.sentence || u.text || causeTitle(u.why)), fixList(entry)];
    } },
  ], st.requests, { label: 'Requests', class: 'stacking' });
}

/* What is in the way; the alternate only where it is all there is. */
function spotNode(s, blocks, here) {
  const names = blocks.filter((b) => b !== 'full' && (b !== 'alternate' || blocks.length === 1));
  const free = s.cap - s.n;
  return el('div', { class: here ? 'spot here' : blocks.length ? 'spot' : 'spot open' }, sectionLink(s), termsText(s) && [' ', el('span', { class: 'tag' }, said(termsText(s)))],
    here ? el('div', { class: 'good' }, '✓ sits here') : el('div', { class: blocks.includes('full') ? 'warn' : null }, blocks.includes('full') ? 'full' : `${free} free`),
    names.map((b) => el('div', { class: 'soft' }, Array.isArray(b) ? ['overlaps ', b.map((id, i) => [i > 0 && ', ', said(id)])] : BLOCKS[b] || said(b))));
}

/* One row a request, one column a period, in each cell the sections there. */
function requestGrid(st) {
  const rows = grids.get(st.id);
  if (!rows) return null;
  const byId = new Map(st.requests.map((r) => [D.courses[r.c].id, r]));
  const body = rows.map(([id, ...spots]) => {
    const r = byId.get(id);
    if (!r) return null;
    const at = spots.map(([k, ...blocks]) => ({ s: D.courses[r.c].sections.find((s) => s.k === k), blocks })).filter((x) => x.s);
    return el('tr', null, el('th', { scope: 'row' }, courseLink(D.courses[r.c]), !r.s && r.kind !== 2 && el('div', { class: 'bad small' }, 'not met'), r.kind === 2 && el('div', { class: 'soft small' }, 'alternate')),
      D.periods.map((__, p) => el('td', null, at.filter((x) => x.s.p <= p && p < x.s.p + x.s.len).map((x) => spotNode(x.s, x.blocks, r.s === x.s)))));
  });
  return el('details', { class: 'card' }, el('summary', null, 'Where each request could sit'),
    el('p', { class: 'soft small' }, 'Every section of each course, the seats left, and what keeps the student out. Overlaps name the classes in the way.'),
    scroll(el('table', { class: 'spots' }, el('thead', null, el('tr', null, el('th', { scope: 'col' }, 'Request'), D.periods.map(periodHead))), el('tbody', null, body)), 'Requests by periods'));
}

function studentDetail(st) {
  const row = (name, value) => value !== undefined && value !== false && [el('dt', null, name), el('dd', null, value)];
  return el('article', { class: 'stack' }, el('div', { class: 'card' }, el('h2', null, said(studentName(st.i))),
    el('dl', { class: 'facts' }, row('Student', said(st.id)), row('Grade', st.g),
      row('Pathway', st.path !== undefined && said(pathName(st.path))), row('Cohort', st.h !== undefined && said(D.cohorts[st.h].id)),
      row('Flags', st.f && said(st.f.join(', '))),
      row('Requests', st.unmet ? el('strong', { class: 'bad' }, `${st.unmet} not met`) : el('span', { class: 'good' }, '✓ all met')))),
  el('div', { class: 'card' }, el('h3', null, 'Week'), weekGrid(st)),
  el('div', { class: 'card' }, el('h3', null, 'Requests'), requestRows(st)), requestGrid(st));
}

function listItem(st, current) {
  return el('li', null, el('a', { href: '#/students/' + encodeURIComponent(st.id), 'aria-current': st === current ? 'true' : null },
    el('span', { class: 'name' }, said(studentName(st.i)), st.name && el('span', { class: 'soft small' }, ' ', said(st.id))), el('span', { class: 'soft small nowrap' }, `grade ${st.g}`),
    st.unmet > 0 && el('span', { class: 'pill bad' }, st.unmet, el('span', { class: 'hidden-text' }, ' not met'))));
}

function drawStudents(box, current) {
  const found = D.students.filter(studentMatch);
  const more = found.length > students.shown && el('button', { type: 'button', class: 'plain more', onclick: () => { students.shown += 200; drawStudents(box, current); } }, 'Show more');
  box.replaceChildren(status(`${plural(found.length, 'student')} found`),
    el('div', { class: 'scroll tall list-box', tabindex: 0, role: 'group', 'aria-label': 'Students found' },
      el('ul', { class: 'people' }, found.slice(0, students.shown).map((st) => listItem(st, current)))), more || '');
}

views.students = {
  title: 'Students',
  hidden: !hasStudents,
  render(main, id) {
    const current = id === undefined ? undefined : D.students.find((st) => st.id === id);
    const flags = [...new Set(D.students.flatMap((st) => st.f || []))];
    const box = el('div', { class: 'stack' });
    const set = (key) => (value) => { students[key] = value; students.shown = 60; drawStudents(box, current); };
    const tick = el('input', { type: 'checkbox', id: 'only-unmet', onchange: () => set('unmet')(tick.checked) });
    tick.checked = students.unmet;
    const left = el('div', { class: 'stack' }, el('div', { class: 'filters card' }, search('Id or name', students.text, set('text')),
      choice('Grade', gradeOptions(), students.grade, set('grade')),
      D.pathways.length > 0 && choice('Pathway', pathOptions(), students.path, set('path')),
      flags.length > 0 && choice('Flag', [['', 'All'], ...flags.map((f) => [f, f])], students.flag, set('flag')),
      el('div', { class: 'check' }, tick, el('label', { for: 'only-unmet' }, 'With unmet requests'))), box);
    const right = current ? studentDetail(current) : el('div', { class: 'card soft' }, id === undefined ? 'Choose a student to see the week, the requests and what would help.' : ['No student has the id ', said(id), '.']);
    main.append(el('div', { class: 'split' }, left, right));
    drawStudents(box, current);
    if (current && matchMedia('(max-width: 50rem)').matches) right.scrollIntoView();
  },
};
