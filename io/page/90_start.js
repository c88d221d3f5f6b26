/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame, the way between views, light and dark. */

const dark = matchMedia('(prefers-color-scheme: dark)');
let theme = '';

function paint() {
  document.documentElement.dataset.theme = theme || (dark.matches ? 'dark' : 'light');
}

function themeButton() {
  const names = { '': 'Auto', light: 'Light', dark: 'Dark' };
  const button = el('button', { type: 'button', class: 'plain no-print', onclick: () => {
    theme = theme === '' ? 'light' : theme === 'light' ? 'dark' : '';
    button.textContent = `Theme: ${names[theme]}`;
    paint();
  } }, 'Theme: Auto');
  return button;
}

function frame() {
  const tabs = Object.entries(views).filter(([, v]) => !v.hidden).map(([name, v]) => el('li', null,
    el('a', { href: `#/${name}`, id: `tab-${name}` }, v.title, v.count > 0 && el('span', { class: 'count' }, number(v.count)))));
  document.body.append(
    el('a', { class: 'skip', href: '#main', onclick: (event) => { event.preventDefault(); document.querySelector('h1').focus(); } }, 'Skip to the view'),
    el('header', { class: 'top' }, el('div', { class: 'top-row' },
      el('div', { class: 'brand' }, el('strong', null, said(D.school || 'Master schedule')), ' ', el('span', null, D.year && [said(D.year), ' · '], 'master schedule')), themeButton()),
    el('nav', { class: 'views', 'aria-label': 'Views' }, el('ul', null, tabs))),
    el('main', { id: 'main' }),
    el('footer', null, hasStudents ? 'This page holds student records: keep it as you keep those. ' : 'Student records are left out of this page. ',
      'It works offline and sends nothing anywhere.'));
}

function show() {
  const [, name = 'summary', argument] = location.hash.split('/');
  const view = views[name] && !views[name].hidden ? views[name] : views.summary;
  const main = document.getElementById('main');
  if (dialog) dialog.close();
  const heading = el('h1', { tabindex: -1 }, view.title === 'Unmet' ? 'Unplaced and unmet' : view.title);
  main.replaceChildren(heading);
  for (const tab of document.querySelectorAll('nav.views a')) {
    if (tab.id === `tab-${view === views.summary ? 'summary' : name}`) {
      tab.setAttribute('aria-current', 'page');
      tab.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    } else {
      tab.removeAttribute('aria-current');
    }
  }
  let id = argument;
  try { id = argument === undefined ? undefined : decodeURIComponent(argument); } catch (error) { id = argument; }
  view.render(main, id);
  document.title = `${view.title} · ${D.school || 'Master schedule'}${D.year ? ' ' + D.year : ''}`;
  return heading;
}

paint();
dark.addEventListener('change', paint);
frame();
show();
/* Paper cannot be opened. */
addEventListener('beforeprint', () => document.querySelectorAll('details.cause').forEach((d) => { d.fillIn(); d.open = true; }));
addEventListener('hashchange', () => {
  const chosen = document.activeElement;
  const heading = show();
  if (!chosen || !chosen.isConnected || chosen === document.body) heading.focus();
});
