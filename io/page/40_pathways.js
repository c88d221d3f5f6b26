/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pathways: teams and their planning, cohorts, their sections, and who sits outside and why. */

/* A section's students of this cohort's view: purity against what is asked. */
function purityCell(s) {
  const cohort = D.cohorts[s.h], low = s.in < cohort.purity * s.n - 1e-9;
  return [el('strong', { class: low ? 'bad' : null }, percent(s.in, s.n)), bar(s.in, s.n, low)];
}

function cohortSections(h) {
  const cohort = D.cohorts[h];
  const list = D.sections.filter((s) => serves(s, h) && cohort.courses.includes(s.c));
  if (!list.length) return el('p', { class: 'soft' }, 'No section is reserved for this cohort.');
  return table([
    { head: 'Section', cell: sectionLink },
    { head: 'Title', cell: (s) => said(courseTitle(courseOf(s))) },
    { head: 'Meets', cell: (s) => said(whenText(s)) },
    { head: 'Teacher', cell: (s) => s.t === undefined ? '' : said(teacherName(s.t)) },
    { head: 'Students', num: true, cell: (s) => `${s.n}/${s.cap}` },
    { head: 'Members', num: true, cell: (s) => s.in },
    { head: 'Purity', cell: purityCell },
  ], list, { label: `Sections reserved for ${cohort.id}` });
}

/* Why a member does not sit in a reserved section, read off the seats: full, or in the way of what. */
function whyOutside(request, h) {
  const reserved = D.courses[request.c].sections.filter((s) => serves(s, h));
  if (!reserved.length) return 'No section of it is reserved for the cohort.';
  const others = D.students[request.x].requests.filter((r) => r.s && r.s !== request.s);
  return reserved.map((s) => {
    const clash = others.filter((r) => overlap(r.s, s)).map((r) => sectionName(r.s));
    const parts = [];
    if (s.n >= s.cap) parts.push('is full');
    if (clash.length) parts.push(`meets during ${clash.join(' and ')}`);
    return `${sectionName(s)} ${parts.length ? parts.join(' and ') : 'has a seat, but a change would cost as much elsewhere'}`;
  }).join('; ') + '.';
}

function outsiders(h) {
  const cohort = D.cohorts[h], list = [];
  for (const student of D.students) {
    if (student.h !== h) continue;
    for (const request of student.requests) {
      if (request.kind !== 2 && cohort.courses.includes(request.c) && !(request.s && serves(request.s, h))) list.push(request);
    }
  }
  return list;
}

function outsiderTable(h) {
  const list = outsiders(h);
  if (!list.length) return el('p', { class: 'good' }, '✓ Every member sits with the cohort in every class of its list.');
  const reasons = new Map(D.unmet.filter((u) => D.students[u.s].h === h).map((u) => [`${u.s} ${u.c}`, u]));
  return el('details', { class: 'more', open: list.length <= 12 }, el('summary', null, `Outside the cohort’s sections: ${plural(list.length, 'request')}`), table([
    { head: 'Student', cell: (r) => studentLink(r.x) },
    { head: 'Name', cell: (r) => said(D.students[r.x].name || '') },
    { head: 'Course', cell: (r) => courseLink(D.courses[r.c]) },
    { head: 'Sits in', cell: (r) => r.s ? sectionLink(r.s) : el('span', { class: 'bad' }, 'not met') },
    { head: 'Why', cell: (r) => {
      const unmet = !r.s && reasons.get(`${r.x} ${r.c}`);
      return said(unmet ? unmet.text : whyOutside(r, h));
    } },
  ], list, { label: `Outside ${D.cohorts[h].id}` }));
}

function cohortBlock(h) {
  const cohort = D.cohorts[h], group = D.groups.find((g) => g.kind === 'cohort' && g.id === cohort.id);
  const inside = group && group.m.cohort_requests_met_inside;
  return el('section', { class: 'cohort' }, el('h3', null, 'Cohort ', said(cohort.id)),
    el('p', { class: 'soft' }, hasStudents || cohort.n >= 11 ? plural(cohort.n, 'member') : 'fewer than 11 members',
      cohort.grade !== undefined && `, grade ${cohort.grade}`, '; together in ', said(cohort.courses.map((c) => D.courses[c].id).join(', ')),
      `; at least ${Math.round(cohort.purity * 1000) / 10}% members`, cohort.strands && '; members move together',
      inside && inside.of > 0 && `; ${percent(inside.count, inside.of)} of their requests inside`, '.'),
    cohortSections(h), hasStudents && outsiderTable(h));
}

/* Is everyone of the team free: available and not teaching? */
function planningCell(path, p, m) {
  const busy = path.team.filter((t) => isAway(D.teachers[t], p, m) || D.sections.some((s) => (s.t === t || s.co === t) && runsIn(s, p, m)));
  if (!busy.length) return el('td', { class: 'num' }, el('span', { class: 'pill good' }, '✓ all free'));
  return el('td', { class: 'num soft' }, `${path.team.length - busy.length} of ${path.team.length}`);
}

function planning(path) {
  if (!path.team.length) return el('p', { class: 'soft' }, 'No team is named.');
  const counts = D.terms.map((_, m) => D.periods.filter((__, p) => path.team.every((t) => !isAway(D.teachers[t], p, m) && !D.sections.some((s) => (s.t === t || s.co === t) && runsIn(s, p, m)))).length);
  const fine = counts.every((n) => n >= path.planning);
  return [el('p', null, 'Team: ', path.team.map((t, i) => [i > 0 && ', ', said(teacherName(t))]), '. ',
    path.planning > 0 && el('span', { class: fine ? 'good' : 'bad' }, `${fine ? '✓' : '✗'} ${plural(path.planning, 'common planning period')} asked, ${counts.join(' and ')} found${D.terms.length > 1 ? ' by term' : ''}.`)),
  scroll(el('table', null, el('caption', null, 'How many of the team are free'), el('thead', null, el('tr', null, el('th', { scope: 'col' }, 'Term'), D.periods.map((p) => el('th', { scope: 'col', class: 'num' }, said(p.id))))),
    el('tbody', null, D.terms.map((term, m) => el('tr', null, el('th', { scope: 'row' }, said(term)), D.periods.map((_, p) => planningCell(path, p, m)))))), 'Common planning')];
}

function pathwayCard(path, i) {
  const group = D.groups.find((g) => g.kind === 'pathway' && g.id === path.id);
  const own = D.courses.filter((c) => c.path === i);
  return el('section', { class: 'card long stack', id: `pathway-${i}` }, el('h2', hued(pathHues.get(i), 'legend-head'), said(pathName(i)), path.sector && el('span', { class: 'soft small' }, ' ', said(path.sector))),
    el('p', null, group ? [`${plural(group.n, 'student')}; `, el('strong', null, percent(group.m.cte_requests_met.count, group.m.cte_requests_met.of)), ` of ${number(group.m.cte_requests_met.of)} CTE requests met. `] : null,
      own.length > 0 && ['Courses: ', own.map((c, k) => [k > 0 && ', ', courseLink(c), c.level && el('span', { class: 'soft' }, ` ${c.level}`), ` ${c.placed}/${c.lo}`]), ' (sections placed of those wanted).']),
    planning(path), D.cohorts.map((c, h) => c.path === i ? cohortBlock(h) : null));
}

views.pathways = {
  title: 'Pathways',
  hidden: !D.pathways.length,
  render(main) {
    add(main, D.pathways.map(pathwayCard));
  },
};
