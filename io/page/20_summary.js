/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Summary: is it right, how good is it, for whom. */

function measureCard(key, hint) {
  const m = D.measures[key];
  return el('section', { class: 'card measure' }, el('h3', null, MEASURES[key]),
    el('div', { class: 'value' }, percent(m.count, m.of)),
    el('div', { class: 'of' }, m.of ? `${number(m.count)} of ${number(m.of)}` : 'none in this school'),
    bar(m.count, m.of), hint && el('p', { class: 'soft small' }, hint));
}

function trustNotice() {
  if (D.faults.length) {
    const listed = D.faults.slice(0, 50).map((f) => el('li', null, `${f.rule}: `, f.text ? said(f.text) : 'broken'));
    return el('div', { class: 'notice' }, el('strong', null, `This schedule breaks ${plural(D.faults.length, 'rule')}.`),
      ' What does not fit is left out of the views below.', el('ul', null, listed));
  }
  return el('div', { class: 'notice fine' }, el('strong', null, 'Checked: no hard rule is broken. '),
    'No teacher, room or student is in two places; every teacher holds the credential; no class is over its size.');
}

function boundText(row) {
  if (row.bound === undefined) return el('span', { class: 'soft' }, 'no bound known');
  if (row.bound >= row.value) return el('span', { class: 'good' }, '✓ nobody can do better');
  if (!row.bound) return null; // at least 0 goes without saying
  return el('span', null, `at least ${number(row.bound)} is unavoidable`);
}

function scoreTable() {
  return table([
    { head: 'Rank', num: true, cell: (row) => D.score.indexOf(row) + 1 },
    { head: 'What it counts', cell: (row) => (TIERS[row.tier] || [row.tier])[0] },
    { head: 'Value', num: true, cell: (row) => el('strong', { class: row.value ? null : 'good' }, number(row.value)) },
    { head: 'Unit', cell: (row) => el('span', { class: 'soft' }, (TIERS[row.tier] || ['', ''])[1]) },
    { head: 'Proven limit', cell: boundText },
  ], D.score, { label: 'Score by tier', plain: true });
}

const EQUITY = ['primary_met', 'required_met', 'cte_requests_met', 'students_whole'];

function groupName(g) {
  if (g.kind === 'grade') return `Grade ${g.id}`;
  if (g.kind === 'flag') return said(g.id);
  if (g.id === null) return 'No pathway';
  const path = D.pathways.find((p) => p.id === g.id);
  return said(path && path.title || g.id);
}

/* Marked: more than three points below the school as a whole. */
function equityCell(m, key) {
  const mine = m[key], all = D.measures[key];
  if (!mine.of) return el('span', { class: 'soft' }, '–');
  const low = all.of > 0 && mine.count / mine.of < all.count / all.of - 0.03;
  return [el('span', { class: low ? 'warn' : null }, low && el('span', { 'aria-hidden': 'true' }, '▼ '), percent(mine.count, mine.of),
    low && el('span', { class: 'hidden-text' }, ' below the school')), bar(mine.count, mine.of, low)];
}

function equityTable() {
  const heads = { grade: 'By grade', pathway: 'By pathway', flag: 'By flag' };
  const columns = ['Students', ...EQUITY.map((k) => MEASURES[k]), 'Idle periods'];
  const row = (name, n, m) => el('tr', null, el('th', { scope: 'row' }, name), el('td', { class: 'num' }, number(n)),
    EQUITY.map((k) => el('td', null, equityCell(m, k))), el('td', { class: 'num' }, number(m.empty_periods_asked)));
  const body = [row('The school', D.measures.students_whole.of, D.measures)];
  for (const kind of ['grade', 'pathway', 'flag']) {
    const groups = D.groups.filter((g) => g.kind === kind);
    if (!groups.length) continue;
    body.push(el('tr', { class: 'group' }, el('th', { scope: 'colgroup', colspan: columns.length + 1 }, heads[kind])));
    groups.forEach((g) => body.push(row(groupName(g), g.n, g.m)));
  }
  return scroll(el('table', null, el('thead', null, el('tr', null, el('th', { scope: 'col' }, 'Group'),
    columns.map((c, i) => el('th', { scope: 'col', class: i === 0 || i === columns.length - 1 ? 'num' : null }, c)))), el('tbody', null, body)), 'Measures by group');
}

function runFacts() {
  const statuses = { optimal: 'proven optimal: nobody can do better in any line of the score', feasible: 'a limit ended the search', interrupted: 'stopped by hand' };
  const row = (name, value) => [el('dt', null, name), el('dd', null, value)];
  return el('dl', { class: 'facts' },
    row('Students', number(D.measures.students_whole.of)),
    row('Sections', `${number(D.sections.length)} placed${D.unplaced.length ? `, ${D.unplaced.length} not` : ''}`),
    row('Search', `${statuses[D.status] || 'made by another program'}${D.seconds ? `, ${number(Math.round(D.seconds * 10) / 10)} s` : ''}, seed ${D.seed}`),
    row('Made from', [said(D.file || 'unknown'), ' ', el('span', { class: 'soft small' }, `sha256 ${String(D.sha256).slice(0, 16)}…`)]),
    row('Program', `msched ${D.version || ''}`));
}

views.summary = {
  title: 'Summary',
  render(main) {
    add(main, [
      trustNotice(),
      el('section', { 'aria-labelledby': 'cte-first' }, el('h2', { id: 'cte-first' }, 'Career technical education, first'),
        el('div', { class: 'grid', }, ['cte_requests_met', 'cte_sections_placed', 'cohort_requests_met_inside'].map((k) => measureCard(k)),
          measureCard('cohort_purity', 'Members, of all who sit in sections reserved for a cohort'))),
      el('section', { 'aria-labelledby': 'everybody' }, el('h2', { id: 'everybody' }, 'Everybody'),
        el('div', { class: 'grid' }, ['primary_met', 'primary_met_or_alternate', 'required_met', 'students_whole'].map((k) => measureCard(k))),
        el('p', { class: 'soft' }, D.measures.empty_periods_asked
          ? [el('strong', { class: 'warn' }, plural(D.measures.empty_periods_asked, 'period')), ' in which a student sits idle and misses a class asked for (California Education Code 51228.1); periods below a full day, whether asked for or not, are in the score below.']
          : 'No student sits idle and misses a class asked for (California Education Code 51228.1).')),
      el('section', { class: 'card long' }, el('h2', null, 'For whom'), el('p', { class: 'lead' }, 'A group that is served worse than the school shows here: ▼ marks more than three points below.'), equityTable(),
        !hasStudents && el('p', { class: 'soft small' }, 'Groups of fewer than 11 students are left out of this page.')),
      el('section', { class: 'card long' }, el('h2', null, 'Score, from the top'),
        el('p', { class: 'lead' }, 'Smaller is better. A line matters only where all lines above it are equal. A proven limit holds for every schedule that is as good in the lines above.'), scoreTable()),
      el('section', { class: 'card' }, el('h2', null, 'How it was made'), runFacts()),
    ]);
  },
};
