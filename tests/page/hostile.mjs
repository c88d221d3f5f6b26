/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hostile.mjs school DIR: a school whose every name is a script, a quote, right-to-left text or 200 characters long;
 * hostile.mjs plain DIR: the same with plain names.
 * hostile.mjs browse PAGE: its page must run none of it and keep its layout.
 */
import fs from 'node:fs';
import path from 'node:path';
import { VIEWS, claim, done, launch, open, same, shot, sticksOut, view, violations } from './harness.mjs';

const PLAIN = process.argv[2] === 'plain';
const NAMES = PLAIN ? Array.from({ length: 20 }, (_, i) => `Name ${String.fromCharCode(65 + i)}`) : [
  '</script><script>window.hacked = 1</script>', '<img src=x onerror="window.hacked = 2">', '"><svg onload=window.hacked=3>',
  '\u202e\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 <b>', 'javascript:window.hacked=4//', '__proto__', 'constructor', '${window.hacked = 5}',
  '\u{1F469}\u{1F3FD}\u200d\u{1F3EB}'.repeat(28), 'x\u0301\u0302'.repeat(66), '\u2028\u2029]]>', "' onclick='window.hacked=6", '&lt;script&gt;&#60;', '\\u003c/script\\u003e',
  'W'.repeat(200), '#/students/%00', '<!--<script>', 'toString', '=1+1', '/etc/../x',
];

/* The n-th id of a kind: hostile, and its own. */
const id = (kind, n) => PLAIN ? `${kind}${n}` : [...`${NAMES[(n + kind.length) % NAMES.length]} ${kind}${n}`].slice(-200).join('').replaceAll(';', ',');
const name = (n) => NAMES[n % NAMES.length];
const q = (text) => JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/* A surrogate pair is one character to YAML. */
const yaml = (text) => q(text).replace(/\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}/g, (pair) =>
  `\\U${JSON.parse(`"${pair}"`).codePointAt(0).toString(16).padStart(8, '0')}`);

function school(folder) {
  const periods = 4, courses = 8, students = 40;
  const list = (n, make) => Array.from({ length: n }, (_, i) => make(i)).join('\n');
  const text = `msched: 1
school: {name: ${yaml(NAMES[0])}, year: ${yaml(NAMES[1])}}
bell:
  terms: [${yaml(id('term', 0))}, ${yaml(id('term', 1))}]
  periods:
${list(periods, (i) => `    - {id: ${yaml(id('period', i))}, day: ${yaml(name(i >> 1))}, start: "0${8 + (i & 1)}:00"}`)}
contract: {size: {target: 12, max: 16}, full_day: {9: 4}}
teachers:
${list(6, (i) => `  - {id: ${yaml(id('teacher', i))}, name: ${yaml(name(i))}, credentials: [${yaml(id('cred', i % 2))}]}`)}
rooms:
${list(5, (i) => `  - {id: ${yaml(id('room', i))}, types: [${yaml(id('type', 0))}], capacity: 16}`)}
courses:
${list(courses, (i) => `  - {id: ${yaml(id('course', i))}, title: ${yaml(name(i + 3))}, subject: ${yaml(name(i + 5))}, credential: ${yaml(id('cred', i % 2))}, room: ${yaml(id('type', 0))}${i === 0 ? `, pathway: ${yaml(id('path', 0))}` : ''}}`)}
pathways:
  - id: ${yaml(id('path', 0))}
    title: ${yaml(name(2))}
    sector: ${yaml(name(14))}
    team: [${yaml(id('teacher', 0))}, ${yaml(id('teacher', 1))}]
    common_planning: 1
    cohorts: [{id: ${yaml(id('cohort', 0))}, grade: 9, courses: [${yaml(id('course', 0))}, ${yaml(id('course', 1))}]}]
students:
${list(students, (i) => `  - {id: ${yaml(id('student', i))}, name: ${yaml(name(i))}, grade: ${9 + i % 2}, flags: [${yaml(id('flag', i % 3))}]${i < 10 ? `, pathway: ${yaml(id('path', 0))}` : ''}}`)}
requests:
${list(students * 4, (n) => {
    const i = n >> 2, k = n & 3;
    return `  - {student: ${yaml(id('student', i))}, course: ${yaml(id('course', i < 10 && k < 2 ? k : 2 * k + (i * (k + 1)) % 2))}}`;
  })}
`;
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'school.yaml'), text);
}

async function browse(file) {
  const browser = await launch();
  try {
    for (const options of process.env.MSCHED_FULL ? [{ dark: true }, { phone: true }] : [{ phone: true, dark: true }]) {
      const how = options.phone ? 'on a phone' : 'in the dark';
      const page = await open(browser, file, options);
      for (const v of VIEWS) {
        await view(page, v);
        if (v === 'students') await page.click('.people a');
        await claim(`hostile names ${how}: ${v} is accessible`, () => violations(page));
        await claim(`hostile names ${how}: ${v} fits the window`, () => sticksOut(page));
        await shot(page, `hostile-${options.phone ? 'phone' : 'dark'}-${v}`);
      }
      await view(page, 'students');
      await claim(`hostile names ${how}: each student is found by id`, async () => {
        for (let n = 0; n < 3; n++) {
          await page.fill('input[type=search]', `student${n}`);
          await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
          await page.click('.people a >> nth=0');
          const found = await page.textContent('.facts dd');
          if (!found.includes('student')) return found;
        }
        return null;
      });
      await view(page, 'board');
      await page.click('.board .section');
      await claim(`hostile names ${how}: a section opens and fits`, async () => await violations(page) || sticksOut(page));
      await shot(page, `hostile-${options.phone ? 'phone' : 'dark'}-section`);
      await claim(`hostile names ${how}: nothing of them ran`, async () => same(await page.evaluate(() => window.hacked === undefined), true) || page.noise.join('\n'));
      await page.context().close();
    }
  } finally {
    await browser.close();
  }
  done();
}

if (process.argv[2] !== 'browse') school(process.argv[3]);
else await browse(process.argv[3]);
