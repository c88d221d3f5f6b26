/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a section or a course opens. */

let dialog;

function openDialog(title, body) {
  if (dialog) dialog.close();
  const from = document.activeElement;
  const mine = el('dialog', { 'aria-labelledby': 'dialog-title' },
    el('div', { class: 'dialog-head' }, el('h2', { id: 'dialog-title' }, title),
      el('button', { type: 'button', class: 'plain', onclick: () => mine.close() }, 'Close')),
    el('div', { class: 'dialog-body' }, body));
  mine.addEventListener('close', () => {
    mine.remove();
    if (dialog === mine) dialog = undefined;
    if (from && from.isConnected) from.focus();
  });
  mine.addEventListener('click', (event) => { if (event.target === mine) mine.close(); });
  mine.addEventListener('click', (event) => { if (event.target.closest('a[href^="#"]')) mine.close(); });
  document.body.append(mine);
  mine.showModal();
  dialog = mine;
}

/* Which of the course's credentials the teacher holds. */
function credentialText(c, t) {
  if (t === undefined) return 'no teacher needed';
  if (!c.cred) return 'anyone may teach it';
  const held = c.cred.filter((x) => D.teachers[t].cred.includes(x));
  return held.length ? [said(held.join(', ')), el('span', { class: 'good' }, ' ✓ held')] : el('span', { class: 'bad' }, 'not held: ', said(c.cred.join(' or ')));
}

function purityText(s) {
  const cohort = D.cohorts[s.h];
  const ok = s.in >= cohort.purity * s.n - 1e-9;
  return [el('strong', { class: ok ? 'good' : 'bad' }, percent(s.in, s.n)), ` (${s.in} of ${s.n} are members; at least ${Math.round(cohort.purity * 1000) / 10}% asked)`];
}

function seatsText(s) {
  const c = courseOf(s);
  const free = s.cap - s.n;
  return [`${s.n} of ${s.cap} taken, `, free > 0 ? plural(free, 'seat') + ' free' : el('span', { class: 'warn' }, 'full'),
    el('span', { class: 'soft' }, ` (class size ${c.size[0]} to ${c.size[2]}${c.size[1] >= 0 ? `, target ${c.size[1]}` : ''})`), seatBar(s.n, s.cap)];
}

function rosterTable(s) {
  return table([
    { head: 'Student', cell: (x) => studentLink(x) },
    { head: 'Name', cell: (x) => said(D.students[x].name || '') },
    { head: 'Grade', num: true, cell: (x) => D.students[x].g },
    { head: 'Pathway', cell: (x) => D.students[x].path === undefined ? '' : said(D.pathways[D.students[x].path].id) },
    { head: 'Cohort', cell: (x) => D.students[x].h === undefined ? '' : said(D.cohorts[D.students[x].h].id) },
    { head: 'Flags', cell: (x) => said((D.students[x].f || []).join(', ')) },
  ], s.roster, { label: 'Roster' });
}

function waiting(c) {
  if (!hasStudents) {
    const counts = D.unmet.filter((u) => u.c === c.i);
    if (!counts.length) return null;
    return [el('h3', null, 'Asked for it and not seated'), el('ul', null, counts.map((u) => el('li', null, `${u.n}: ${causeTitle(u.why)}`)))];
  }
  const list = D.unmet.filter((u) => u.c === c.i);
  if (!list.length) return null;
  return [el('h3', null, `Asked for ${c.id} and not seated: ${list.length}`), table([
    { head: 'Student', cell: (u) => studentLink(u.s) },
    { head: 'Request', cell: (u) => KINDS[u.kind] },
    { head: 'Why', cell: (u) => said(u.text || causeTitle(u.why)) },
  ], list, { label: 'Not seated' })];
}

function openSection(s) {
  const c = courseOf(s);
  const row = (name, value) => value && [el('dt', null, name), el('dd', null, value)];
  const times = D.periods[s.p].start ? ` (${D.periods[s.p].start}${D.periods[s.p + s.len - 1].end ? '–' + D.periods[s.p + s.len - 1].end : ''})` : '';
  openDialog([said(sectionName(s)), ' ', said(c.title || '', { class: 'soft' })], [
    el('dl', { class: 'facts' },
      row('Meets', [said(whenText(s)), times, D.terms.length > 1 && !termsText(s) && ', all year']),
      row('Teacher', s.t === undefined ? 'none' : [said(teacherName(s.t)), s.co !== undefined && [' with ', said(teacherName(s.co))]]),
      row('Credential', credentialText(c, s.t)),
      row('Room', s.r === undefined ? 'none needed' : [said(D.rooms[s.r].id), c.room && el('span', { class: 'soft' }, ' ', said(c.room))]),
      row('Seats', seatsText(s)),
      s.h !== undefined && row('Reserved for', [said(D.cohorts[s.h].id), D.cohorts[s.h].wide && el('span', { class: 'soft' }, ' (the whole pathway counts)')]),
      s.h !== undefined && row('Purity', purityText(s)),
      row('Department', said(deptOf(c))),
      c.path !== undefined && row('Pathway', [said(pathName(c.path)), c.level && `, ${c.level}`]),
      s.lock && row('Fixed', 'something of this section is locked by hand'),
      row('Course', courseLink(c))),
    hasStudents ? [el('h3', null, `Roster: ${plural(s.roster.length, 'student')}`), rosterTable(s)]
      : el('p', { class: 'soft' }, 'This page holds no student records.'),
    waiting(c),
  ]);
}

function openCourse(c) {
  const row = (name, value) => [el('dt', null, name), el('dd', null, value)];
  openDialog([said(c.id), ' ', said(c.title || '', { class: 'soft' })], [
    el('dl', { class: 'facts' },
      row('Requests', `${number(c.primary)} primary, ${number(c.asked - c.primary)} as alternates`),
      row('Met', [`${number(c.met)} (${percent(c.met, c.primary)}), ${plural(c.alternates, 'alternate')} used`, bar(c.met, c.primary)]),
      row('Sections', `${c.placed} placed; ${c.lo === c.hi ? c.lo : `${c.lo} to ${c.hi}`} wanted`),
      row('Seats', `${number(c.seats)}, ${number(c.seats - c.met - c.alternates)} free`),
      c.cred && row('Credential', said(c.cred.join(' or '))),
      c.room && row('Room type', said(c.room))),
    c.sections.length > 0 && table([
      { head: 'Section', cell: sectionLink },
      { head: 'Meets', cell: (s) => said(whenText(s)) },
      { head: 'Teacher', cell: (s) => s.t === undefined ? '' : said(teacherName(s.t)) },
      { head: 'Room', cell: (s) => s.r === undefined ? '' : said(D.rooms[s.r].id) },
      { head: 'Students', num: true, cell: (s) => [`${s.n}/${s.cap}`, seatBar(s.n, s.cap)] },
      { head: 'Reserved for', cell: (s) => s.h === undefined ? '' : said(D.cohorts[s.h].id) },
    ], c.sections, { label: 'Sections' }),
    waiting(c),
  ]);
}
