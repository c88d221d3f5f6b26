/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * browse.mjs PAGE SCHEDULE.json SHARED: every view, filter and search, checked against the schedule itself.
 * browse.mjs PAGE: every view, once.
 */
import fs from 'node:fs';
import { VIEWS, claim, done, launch, open, pdfPages, same, shot, sticksOut, view, violations } from './harness.mjs';

const [, , file, scheduleFile, shared] = process.argv;
const schedule = scheduleFile && JSON.parse(fs.readFileSync(scheduleFile, 'utf8'));
const full = Boolean(process.env.MSCHED_FULL);
const browser = await launch();

const text = (page, selector) => page.textContent(selector);
const firstNumber = async (page, selector) => Number((await text(page, selector)).replace(/,/g, '').match(/\d+/)[0]);
/* Searches wait for the typist; by the page's own clock, so that a slow machine is no matter. */
const settle = (page) => page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
const nameOf = (s) => `${s.course}-${s.section}`;

/* ---- every view: accessible, nothing sticking out ---- */

async function views(options, name) {
  const page = await open(browser, file, options);
  for (const v of VIEWS) {
    await view(page, v);
    if (v === 'students') await page.click('.people a');
    await claim(`${name}: ${v} is accessible`, () => violations(page));
    await claim(`${name}: ${v} fits the window`, () => sticksOut(page));
    await shot(page, `${name}-${v}`);
  }
  await claim(`${name}: nothing in the console, no request`, () => page.noise.join('\n'));
  await page.context().close();
}

/* ---- what the views say, and their controls ---- */

async function board(page) {
  await view(page, 'board');
  const onBoard = async () => page.$$eval('.board .section:not(.other) b', (nodes) => [...new Set(nodes.map((n) => n.textContent))]);
  await claim('the board has every section, by room and course, too', async () => {
    const all = schedule.sections.map(nameOf).sort();
    for (const rows of ['Rooms', 'Courses', 'Teachers']) {
      await page.click(`.segments button:text-is("${rows}")`);
      const wrong = same((await onBoard()).sort(), all);
      if (wrong) return `${rows}: ${wrong.slice(0, 300)}`;
    }
    return null;
  });
  const busy = schedule.sections.find((s) => s.teacher && s.students.length);
  await claim('a department can be chosen', async () => {
    const option = await page.$eval('label:text-is("Department") + select', (s) => s.options[1].value);
    await page.selectOption('label:text-is("Department") + select', option);
    const n = (await onBoard()).length, said = await firstNumber(page, '[role=status]');
    await page.selectOption('label:text-is("Department") + select', '');
    return n === said && n > 0 && n < schedule.sections.length ? null : `${n} shown, ${said} said`;
  });
  await claim('grade, pathway and term can be chosen', async () => {
    for (const label of ['Grade', 'Pathway', 'Term']) {
      const select = await page.$(`label:text-is("${label}") + select`);
      if (!select) continue;
      await select.selectOption({ index: 1 });
      const n = (await onBoard()).length;
      await select.selectOption({ index: 0 });
      if (!n || n > schedule.sections.length) return `${label}: ${n}`;
    }
    return null;
  });
  await claim('a search finds a section and greys the others', async () => {
    await page.fill('label:text-is("Search") + input', nameOf(busy));
    await settle(page);
    const found = await onBoard();
    return found.includes(nameOf(busy)) && found.length < schedule.sections.length ? null : found.join(' ');
  });
  await page.focus(`.board .section:not(.other)`);
  await page.keyboard.press('Enter');
  await claim('a section opens by key: roster as in the schedule', async () => {
    const title = await text(page, 'dialog h2');
    const section = schedule.sections.find((s) => title.startsWith(nameOf(s) + ' '));
    const roster = await page.$$eval('dialog table tbody th', (nodes) => nodes.map((n) => n.textContent));
    return same(roster.slice(0, section.students.length), section.students);
  });
  await claim('the open section is accessible', () => violations(page));
  await shot(page, 'section');
  await page.keyboard.press('Escape');
  await claim('escape closes it and the focus returns', async () =>
    await page.$('dialog') ? 'still open' : same(await page.evaluate(() => document.activeElement.className.includes('section')), true));
  await page.fill('label:text-is("Search") + input', '');
}

async function students(page) {
  await view(page, 'students');
  const who = schedule.unmet.length ? schedule.unmet[0].student : schedule.sections[0].students[0];
  await claim('a student is found by id', async () => {
    await page.fill('input[type=search]', who.toLowerCase());
    await settle(page);
    await page.click('.people a');
    const facts = await text(page, '.facts dd');
    return same(facts, who);
  });
  await claim('the week shows the classes of the schedule', async () => {
    const shown = await page.$$eval('.week button.link', (nodes) => [...new Set(nodes.map((n) => n.textContent))].sort());
    return same(shown, schedule.sections.filter((s) => s.students.includes(who)).map(nameOf).sort());
  });
  await claim('unmet requests come with their reason', async () => {
    const reasons = schedule.unmet.filter((u) => u.student === who).map((u) => u.reason);
    const body = await text(page, 'main');
    return reasons.find((r) => !body.includes(r));
  });
  await claim('where each request could sit: the sections of the schedule, a class of his own in each row that is met', async () => {
    await page.click('details.card > summary');
    const rows = await page.$$eval('.spots tbody tr', (nodes) => nodes.map((tr) => [tr.querySelector('th button').textContent,
      [...new Set([...tr.querySelectorAll('.spot button')].map((b) => b.textContent))].sort(), tr.querySelectorAll('.spot.here').length > 0]));
    for (const [course, names, here] of rows) {
      const all = schedule.sections.filter((s) => s.course === course);
      const wrong = same(names, all.map(nameOf).sort()) || same(here, all.some((s) => s.students.includes(who)));
      if (wrong) return `${course}: ${wrong}`;
    }
    return rows.length ? await violations(page) : 'no row';
  });
  await shot(page, 'grid');
  await claim('only students with unmet requests can be listed', async () => {
    await page.fill('input[type=search]', '');
    await page.check('#only-unmet');
    await settle(page);
    return same(await firstNumber(page, '[role=status]'), new Set(schedule.unmet.map((u) => u.student)).size);
  });
  await page.uncheck('#only-unmet');
}

async function others(page) {
  await view(page, 'summary');
  await claim('the summary counts unmet requests as the schedule does', async () => {
    const card = await text(page, '.measure:has(h3:text-is("Primary requests met")) .of');
    const [met, of] = card.replace(/,/g, '').match(/\d+/g).map(Number);
    return same(of - met, schedule.unmet.length);
  });
  await view(page, 'conflicts');
  await claim('arrow keys walk the conflict matrix, enter opens a pair', async () => {
    await page.focus('.heat button[tabindex="0"]');
    const before = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const after = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
    await page.keyboard.press('Enter');
    const open = await page.$('dialog[open]');
    await page.keyboard.press('Escape');
    return before !== after && open ? null : `${before}, ${after}`;
  });
  await claim('all choices of courses make a matrix or say why not', async () => {
    const select = 'label:text-is("Courses") + select';
    for (const value of await page.$$eval(`${select} option`, (nodes) => nodes.map((n) => n.value))) {
      await page.selectOption(select, value);
      if (!await page.$('.heat') && !(await text(page, 'main')).includes('Too few')) return value;
    }
    return null;
  });
  await view(page, 'courses');
  await claim('courses are sorted by a column, both ways', async () => {
    const met = () => page.$$eval('tbody tr td:nth-child(3)', (nodes) => nodes.map((n) => Number(n.textContent.replace(/,/g, ''))));
    await page.click('button.sort:text-is("Requests")');
    const down = await met();
    await page.click('button.sort:text-is("Requests")');
    const up = await met();
    return same(down, [...down].sort((a, b) => b - a)) || same(up, [...down].sort((a, b) => a - b));
  });
  await claim('a course opens and closes', async () => {
    await page.click('tbody tr button.link');
    await page.waitForSelector('dialog[open]');
    await page.click('dialog button:text-is("Close")');
    await page.waitForSelector('dialog', { state: 'detached' });
    return null;
  });
  await view(page, 'unmet');
  await claim('causes add up to the unmet requests', async () => {
    const counts = await page.$$eval('details.cause summary strong', (nodes) => nodes.map((n) => Number(n.textContent.replace(/,/g, ''))));
    return same(counts.reduce((a, b) => a + b, 0), schedule.unmet.length);
  });
  await claim('a cause opens and lists its requests', async () => {
    const first = await page.$('details.cause');
    if (!first) return null;
    if (!await first.evaluate((d) => d.open)) await page.click('details.cause summary');
    await page.waitForSelector('details.cause[open] tbody tr');
    const rows = await page.$$eval('details.cause:first-of-type tbody tr', (nodes) => nodes.length);
    const said = await firstNumber(page, 'details.cause:first-of-type summary strong');
    if (said <= 150) return same(rows, said);
    await page.click('details.cause:first-of-type button.more');
    return same([rows, await page.$$eval('details.cause:first-of-type tbody tr', (nodes) => nodes.length)], [150, said]);
  });
  await view(page, 'pathways');
  await claim('every reserved section stands under its cohort', async () => {
    const shown = await page.$$eval('.cohort tbody th button', (nodes) => nodes.map((n) => n.textContent));
    return schedule.sections.filter((s) => s.cohort).map(nameOf).find((name) => !shown.includes(name));
  });
}

async function printing(page) {
  await view(page, 'print');
  await claim('the board prints', async () => await pdfPages(page, process.env.SHOTS && `${process.env.SHOTS}/board.pdf`) > 0 ? null : 'no page');
  await page.click('.segments button:text-is("Students")');
  await claim('students print one a page, in Spanish', async () => {
    await page.click('.segments button:text-is("Español")');
    const some = schedule.sections.reduce((a, b) => a.students.length > b.students.length ? a : b).students[0].slice(0, -1);
    await page.fill('label:text-is("Name") + input', some);
    await settle(page);
    const sheets = await firstNumber(page, '[role=status]');
    const lang = await page.getAttribute('.sheet', 'lang');
    const pages = await pdfPages(page, process.env.SHOTS && `${process.env.SHOTS}/students.pdf`);
    return same([lang, pages], ['es', sheets]);
  });
  await claim('the sheets are accessible', () => violations(page));
  await shot(page, 'sheets');
  for (const kind of ['Teachers', 'Rooms']) {
    await page.click(`.segments button:text-is("${kind}")`);
    await claim(`${kind.toLowerCase()} print one a page`, async () =>
      same(await pdfPages(page, process.env.SHOTS && `${process.env.SHOTS}/${kind}.pdf`), await firstNumber(page, '[role=status]')));
  }
}

async function theme(page) {
  await claim('light and dark can be chosen', async () => {
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await background();
    await page.click('button:has-text("Theme")');
    await page.click('button:has-text("Theme")');
    const after = await background();
    await page.click('button:has-text("Theme")');
    return before !== after && before === await background() ? null : `${before} ${after}`;
  });
  await claim('the first key reaches a link past the frame', async () => {
    await page.reload();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    return same(await page.evaluate(() => document.activeElement.tagName), 'H1');
  });
}

async function glance() {
  const page = await open(browser, file, { phone: true });
  for (const v of VIEWS) {
    await view(page, v);
    await claim(`a large school: ${v} fits a phone`, () => sticksOut(page));
  }
  await claim('a large school: nothing in the console, no request', () => page.noise.join('\n'));
}

async function everything() {
  await views({}, 'light');
  if (full) await views({ dark: true }, 'dark');
  if (full) await views({ phone: true, dark: true }, 'phone');
  const page = await open(browser, file);
  await board(page);
  await students(page);
  await others(page);
  await printing(page);
  await theme(page);
  await claim('all of this left nothing in the console and asked for nothing', () => page.noise.join('\n'));
  await page.context().close();
  const bare = await open(browser, shared, { dark: true });
  for (const v of VIEWS.filter((name) => name !== 'students')) await view(bare, v);
  await claim('the page to share has every view but the students', async () => await bare.$('#tab-students') ? 'there is a tab' : bare.noise.join('\n'));
  await claim('the page to share is accessible', () => violations(bare));
}

try {
  await (schedule ? everything() : glance());
} finally {
  await browser.close();
}
done();
