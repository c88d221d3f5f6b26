/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page in a real browser, watched: console, errors, requests, accessibility; claims as TAP. */
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(path.join(path.resolve(process.env.TOOLS), 'package.json'));
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const VIEWS = ['summary', 'board', 'pathways', 'conflicts', 'students', 'courses', 'unmet', 'print'];
let bad = 0;

export async function claim(text, check) {
  try {
    const failure = await check();
    if (failure) throw new Error(String(failure));
    console.log(`ok - ${text}`);
  } catch (error) {
    bad++;
    console.log(`not ok - ${text}`);
    console.log(String(error.message).split('\n').slice(0, 8).map((line) => `# ${line}`).join('\n'));
  }
}

export function same(found, expected) {
  return JSON.stringify(found) === JSON.stringify(expected) ? null : `${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`;
}

export async function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}

/* Opens a file; page.noise collects what must not be. */
export async function open(browser, file, options = {}) {
  const context = await browser.newContext({
    colorScheme: options.dark ? 'dark' : 'light', viewport: options.phone ? { width: 390, height: 844 } : { width: 1360, height: 900 },
  });
  const page = await context.newPage();
  const address = pathToFileURL(path.resolve(file)).href;
  page.noise = [];
  page.setDefaultTimeout(60000);
  page.on('console', (m) => page.noise.push(`console ${m.type()}: ${m.text()}`));
  page.on('pageerror', (e) => page.noise.push(`error: ${e.message}`));
  page.on('dialog', (d) => { page.noise.push(`dialog: ${d.message()}`); d.dismiss(); });
  page.on('request', (r) => { if (r.url() !== address) page.noise.push(`request: ${r.url()}`); });
  await page.goto(address);
  return page;
}

export async function violations(page) {
  if (!await page.evaluate(() => Boolean(window.axe))) await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.map((v) => `${v.id}: ${v.nodes.length} x ${v.nodes[0].html.slice(0, 160)}`).join('\n');
}

export async function view(page, name) {
  await page.click(`#tab-${name}`);
  await page.waitForFunction((id) => document.getElementById(id).getAttribute('aria-current') === 'page', `tab-${name}`);
}

/* Nothing may stick out of the window, whatever the names. */
export async function sticksOut(page) {
  const extra = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return extra > 0 ? `wider than the window by ${extra} pixels` : null;
}

export async function shot(page, name) {
  if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, `${name}.png`), fullPage: Boolean(process.env.FULL_PAGE) });
}

export async function pdfPages(page, file) {
  const bytes = await page.pdf({ preferCSSPageSize: true });
  if (file) fs.writeFileSync(file, bytes);
  return (bytes.toString('latin1').match(/\/Type\s*\/Page\b/g) || []).length;
}

export function done() {
  process.exitCode = bad ? 1 : 0;
}
