// What a citizen does with lupe-web, in a real browser; every page looked at by axe-core, an HTML
// validator and a CSS parser. TAP. Needs what package.json names, beside this file or its copy.
//
//   node journeys.mjs CHROMIUM SITE CANNED-SITE PDF-SITE [SCREENSHOT-FOLDER]
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';

const require = createRequire(process.cwd() + '/');
const { chromium } = require('playwright-core');
const { HtmlValidate } = require('html-validate');
const csstree = require('css-tree');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const [program, site, canned, print, screenshots] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: program,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const tests = [];
const test = (name, run) => tests.push({ name, run });

const pages = [
  `${site}/`, `${site}/suche?q=Kurs`, `${site}/suche?q=Kurs&seite=2`, `${site}/suche?q=Kurs&typ=text%2Fplain`,
  `${site}/suche?q=Kurs&jahr=2019&von=2018`, `${site}/suche?q=Wilkommensservice`, `${site}/suche?q=xyzzyxyzzy`,
  `${site}/suche?q=Kita+Drachen`, `${site}/dokument?pfad=faq%2Fsprachkurse.md&q=Kurs`,
  `${site}/dokument?pfad=faq%2Fsprachkurse.md`, `${site}/hilfe`, `${site}/barrierefreiheit`,
  `${site}/nirgends`, `${site}/suche?q=%22%22`, `${site}/suche?q=a&von=gestern`,
  `${print}/suche?q=Sprachkursen`, `${print}/dokument?pfad=jahrbuch.pdf&q=Sprachkursen`,
  `${canned}/suche?q=Kurs`, `${canned}/dokument?pfad=x&q=Kurs&ab=262144`,
];

// A page on which nothing may go wrong: no message on the console, nothing from elsewhere.
async function open(url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.problems = [];
  page.on('console', (message) => page.problems.push(message.text()));
  page.on('pageerror', (error) => page.problems.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(url).origin)) page.problems.push(request.url());
  });
  await page.goto(url);
  return page;
}

async function close(page) {
  const problems = page.problems.filter((text) => !/status of 4\d\d/.test(text));
  await page.context().close();
  assert.deepEqual(problems, []);
}

// Scrolling to a place comes a moment after the page.
async function eventually(holds) {
  for (let tries = 0; tries < 50 && !await holds(); tries++) await new Promise((done) => { setTimeout(done, 100); });
  assert.ok(await holds());
}

async function search(page, words) {
  await page.getByLabel('Suchbegriffe').fill(words);
  await page.getByRole('button', { name: 'Suchen' }).click();
}

const status = (page) => page.getByRole('status').textContent();
const found = async (page) => Number((await status(page)).match(/^(\d+) Dokumente? gefunden/)[1]);

async function searchAndRefine(options) {
  const page = await open(`${site}/`, options);
  await search(page, 'Kurs');
  assert.match(await status(page), /^\d+ Dokumente gefunden\. .*Angezeigt: 1 bis 10\.$/);
  const all = await found(page);
  await page.getByRole('link', { name: 'Markdown', exact: true }).click();
  assert.ok(await found(page) > 0 && await found(page) < all);
  assert.equal(await page.locator('.about', { hasText: 'Markdown' }).count(), await page.locator('article').count());
  await page.getByRole('link', { name: 'Markdown aufheben' }).click();
  assert.equal(await found(page), all);
  await close(page);
}

test('a citizen searches, narrows the results and takes it back', () => searchAndRefine());

test('all of it works without JavaScript', () => searchAndRefine({ javaScriptEnabled: false }));

test('a year is chosen from the table behind the chart', async () => {
  const page = await open(`${site}/suche?q=Kurs`);
  await page.getByText('Alle Jahre als Tabelle').click();
  const row = page.getByRole('row', { name: /^2019/ });
  const documents = Number(await row.getByRole('cell').textContent());
  await row.getByRole('link').click();
  assert.equal(await page.locator('article').count(), documents);
  for (const date of await page.locator('.about time').all())
    assert.match(await date.getAttribute('datetime'), /^2019/);
  await close(page);
});

test('dates are typed as people write them', async () => {
  const page = await open(`${site}/suche?q=Kurs`);
  const all = await found(page);
  await page.getByText('Zeitraum und Sortierung').click();
  await page.getByLabel('Datum von').fill('1.1.2020');
  await page.getByLabel('Datum bis').fill('2021');
  await page.getByLabel('Sortierung').selectOption('neueste');
  await page.getByRole('button', { name: 'Suchen' }).click();
  const dates = await page.locator('.about time').evaluateAll((all) => all.map((time) => time.dateTime));
  assert.ok(dates.length > 0 && dates.every((date) => date >= '2020' && date < '2022'));
  assert.deepEqual(dates, [...dates].sort().reverse());
  await page.getByRole('link', { name: 'Alle Eingrenzungen aufheben' }).click();
  assert.equal(await found(page), all);
  await close(page);
});

test('paging goes on where the page before ended', async () => {
  const page = await open(`${site}/suche?q=Kurs`);
  const seen = new Set(await page.locator('article h3').allTextContents());
  await page.getByRole('link', { name: 'Weiter' }).click();
  assert.match(await status(page), /Angezeigt: 11 bis 20/);
  assert.equal(await page.locator('[aria-current=page]').textContent(), '2');
  assert.equal(await page.locator('ol.results').getAttribute('start'), '11');
  for (const title of await page.locator('article .path').allTextContents()) assert.ok(!seen.has(title));
  await page.getByRole('link', { name: 'Zurück', exact: true }).click();
  assert.match(await status(page), /Angezeigt: 1 bis 10/);
  await close(page);
});

test('a place leads to that place in the text, and the list of places to each', async () => {
  const page = await open(`${site}/suche?q=Kurs`);
  await page.locator('article').nth(1).locator('.place').first().click();
  const id = new URL(page.url()).hash.slice(1);
  assert.match(await page.locator(`mark[id=${id}]`).textContent(), /kurs/i);
  await eventually(() => page.locator(`mark[id=${id}]`).evaluate((mark) => {
    const box = mark.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
  }));
  const told = Number((await page.locator('.status').textContent()).match(/\d+/)[0]);
  assert.equal(await page.locator('mark').count(), told);
  for (const link of await page.getByRole('navigation', { name: 'Fundstellen' }).getByRole('link').all()) {
    const target = (await link.getAttribute('href')).slice(1);
    assert.equal(await page.locator(`mark[id=${target}]`).count(), 1);
  }
  await page.getByRole('link', { name: 'Zurück zu den Ergebnissen' }).click();
  assert.ok(await found(page) > 0);
  await close(page);
});

test('a place in a PDF leads to the page of the original, by the page that is printed on it', async () => {
  const page = await open(`${canned}/suche?q=Kurs`);
  const place = page.getByRole('link', { name: 'Seite 12 (Blatt 14)' });
  assert.match(await place.getAttribute('href'), /^\/datei\?pfad=.*\.pdf#page=14$/);
  assert.equal(await page.getByRole('link', { name: 'Seite 84', exact: true }).count(), 1);
  for (const reason of ['Wortteil', 'andere Wortform', 'Genderform', 'Umlaut', 'Vorschrift', 'Bindestrich',
    'Platzhalter', 'ähnliche Schreibung'])
    assert.ok(await page.getByText(reason).count() > 0, reason);
  assert.match(await page.locator('.completeness').textContent(),
    /1\.412 von 1\.417 Dateien durchsucht: 3 ohne Text, 2 nicht lesbar\. Stand: 22\. November 2026\./);
  assert.match(await status(page), /37 Dokumente gefunden\. Gleiche Texte sind zusammengefasst zu 31 Ergebnissen\./);
  await page.getByText('Liegt auch an 2 weiteren Orten').click();
  assert.equal(await page.getByRole('link', { name: 'kopien/integrationsbericht.pdf' }).count(), 1);
  await page.getByRole('link', { name: 'Integrationsbericht 2019' }).click();
  assert.equal(await page.locator('#seite-14').textContent(), 'Seite 12 (Blatt 14)');
  assert.deepEqual(await page.getByRole('navigation', { name: 'Fundstellen' }).getByRole('listitem').allTextContents(),
    ['Seite 12 (Blatt 14) 2-mal', 'Seite iv (Blatt 15)']);
  assert.equal(await page.locator('.text h3').textContent(), ' Kurse und Zahlen');
  assert.match(await page.locator('.text p').nth(2).textContent(), /Jahr, das auf dieses folgt\.\n- Punkt eins\n/);
  assert.match(await page.getByRole('link', { name: 'Nächster Teil' }).first().getAttribute('href'), /ab=524288/);
  await close(page);
});

test('a hit in a PDF is opened at its page, and there it stands', async () => {
  const page = await open(`${print}/suche?q=Sprachkursen`);
  const place = page.getByRole('link', { name: 'Seite 2 (Blatt 4)' });
  const href = await place.getAttribute('href');
  assert.equal(href, '/datei?pfad=jahrbuch.pdf#page=4');
  const original = await page.request.get(print + href.split('#')[0]);
  assert.equal(original.headers()['content-type'], 'application/pdf');
  assert.match(original.headers()['content-disposition'] ?? 'inline', /^inline/);
  const pdf = await original.body();
  const words = (number) => execFileSync('pdftotext', ['-f', number, '-l', number, '-', '-'],
    { input: pdf, encoding: 'utf8' });
  assert.match(words('4'), /Sprachkursen/);
  assert.doesNotMatch(words('2'), /Sprachkursen/);
  await page.getByRole('link', { name: 'Übersicht' }).click();
  assert.equal(await page.locator('#seite-4').textContent(), 'Seite 2 (Blatt 4)');
  await page.getByRole('navigation', { name: 'Fundstellen' }).getByRole('link', { name: 'Seite 2 (Blatt 4)' }).click();
  const id = new URL(page.url()).hash.slice(1);
  await eventually(() => page.locator(`[id="${id}"]`).evaluate((one) => {
    const box = one.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
  }));
  assert.match(await page.locator('mark').first().textContent(), /Sprachkursen/);
  await close(page);
});

test('results are narrowed to what one body has published', async () => {
  const page = await open(`${print}/suche?q=Stadt`);
  assert.equal(await found(page), 2);
  await page.getByRole('link', { name: 'Stadtarchiv', exact: true }).click();
  assert.match(page.url(), /[?&]stelle=Stadtarchiv/);
  assert.equal(await found(page), 1);
  assert.match(await page.locator('article').textContent(), /jahrbuch\.pdf/);
  await page.getByRole('link', { name: 'Stadtarchiv aufheben' }).click();
  assert.equal(await found(page), 2);
  await close(page);
});

test('a word nobody knows gets an offer', async () => {
  const page = await open(`${site}/suche?q=Wilkommensservice`);
  assert.match(await status(page), /Kein Dokument/);
  await page.getByRole('link', { name: 'Willkommensservice' }).click();
  assert.ok(await page.locator('article').count() > 0);
  await close(page);
});

test('the keyboard is enough, in an order that makes sense', async () => {
  const page = await open(`${site}/`);
  const focused = () => page.evaluate(() => document.activeElement.textContent || document.activeElement.id);
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Zum Inhalt springen');
  assert.ok(await page.locator('.skip').evaluate((link) => link.getBoundingClientRect().left >= 0));
  const order = [];
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('Tab');
    order.push(await focused());
  }
  assert.deepEqual(order, ['Dokumentensuche', 'Hilfe zur Suche', 'q', 'Suchen', 'Zeitraum und Sortierung']);
  await page.locator('#q').focus();
  await page.keyboard.type('Kurs');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=Kurs/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), await page.locator('article h3 a').first().textContent());
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.notEqual(outline, 'none');
  await page.keyboard.press('Enter');
  await page.waitForURL(/dokument/);
  await close(page);
});

test('nothing is cut off on a phone, or at 400 % zoom', async () => {
  const page = await open(`${site}/`, { viewport: { width: 320, height: 640 }, isMobile: true });
  for (const url of pages) {
    await page.goto(url);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 320, `${url}: ${width} pixels wide`);
  }
  await page.goto(`${site}/suche?q=Kurs`);
  await page.getByRole('link', { name: 'Ergebnisse eingrenzen' }).click();
  await eventually(() => page.locator('aside').evaluate((aside) => aside.getBoundingClientRect().top < innerHeight));
  await page.context().close();
});

test('text spacing of the reader’s own cuts nothing off', async () => {
  const page = await open(`${site}/suche?q=Kurs`, { viewport: { width: 320, height: 640 }, bypassCSP: true });
  await page.addStyleTag({ content: '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }' });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 320);
  await page.context().close();
});

test('dark is dark, and print is black on white without controls', async () => {
  const page = await open(`${site}/suche?q=Kurs`, { colorScheme: 'dark' });
  const color = (name) => page.evaluate((n) => getComputedStyle(document.documentElement)[n], name);
  assert.equal(await color('backgroundColor'), 'rgb(20, 23, 27)');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  assert.equal(await color('backgroundColor'), 'rgb(255, 255, 255)');
  assert.equal(await page.locator('form').isVisible(), false);
  assert.equal(await page.locator('aside').isVisible(), false);
  assert.ok(await page.locator('article').first().isVisible());
  assert.ok((await page.pdf()).length > 10000);
  await close(page);
});

test('results can be downloaded as CSV, BibTeX and JSON', async () => {
  const page = await open(`${site}/suche?q=Kurs`);
  const all = await found(page);
  for (const [name, file] of [['CSV', 'ergebnisse.csv'], ['BibTeX', 'ergebnisse.bib'], ['JSON', 'ergebnisse.json']]) {
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name, exact: true }).click();
    const got = await download;
    assert.equal(got.suggestedFilename(), file);
    const text = readFileSync(await got.path(), 'utf8');
    assert.ok(text.includes('Integrationskurse und Berufssprachkurse'));
    if (name === 'CSV') assert.equal(text.trim().split('\r\n').length, all + 1);
    if (name === 'JSON') assert.equal(JSON.parse(text).results.length, all);
    if (name === 'BibTeX') assert.equal(text.match(/^@misc\{/gm).length, all);
  }
  await page.context().close();
});

test('a browser can add the search', async () => {
  const page = await open(`${site}/`);
  const answer = await page.request.get(site + await page.locator('link[rel=search]').getAttribute('href'));
  const template = await page.evaluate((xml) => new DOMParser().parseFromString(xml, 'text/xml')
    .querySelector('Url').getAttribute('template'), await answer.text());
  assert.equal(template, `${site}/suche?q={searchTerms}`);
  await page.goto(template.replace('{searchTerms}', encodeURIComponent('"Kurs"')));
  assert.match(await status(page), /gefunden/);
  await close(page);
});

test('axe-core finds nothing on any page, light or dark', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const page = await open(pages[0], { colorScheme });
    // what differs in the dark is colours: one page of each kind
    const kinds = colorScheme === 'light' ? pages : [pages[0], pages[5], pages[10], ...pages.slice(-2)];
    for (const url of kinds) {
      await page.goto(url);
      await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      assert.deepEqual(violations.map(({ id, nodes }) => [url, id, nodes[0].html, nodes[0].failureSummary]), []);
    }
    await page.context().close();
  }
});

test('every page is valid HTML', async () => {
  const validator = new HtmlValidate({
    extends: ['html-validate:standard', 'html-validate:a11y'],
    // rules of taste: lines are not for reading, and a search engine reads titles of its own accord
    rules: { 'long-title': 'off', 'no-trailing-whitespace': 'off', 'no-raw-characters': 'off' },
  });
  for (const url of pages) {
    const html = await (await fetch(url)).text();
    const report = await validator.validateString(html);
    assert.deepEqual(report.results.flatMap(({ messages }) => messages.map((m) =>
      [url, m.ruleId, m.message, html.slice(Math.max(0, m.offset - 80), m.offset + 80)])), []);
  }
});

test('the style sheet has no property or value that is none', async () => {
  const html = await (await fetch(`${site}/`)).text();
  const css = await (await fetch(site + html.match(/href="(\/stil\.css[^"]+)"/)[1])).text();
  const wrong = [];
  const tree = csstree.parse(css, { positions: true, onParseError: (error) => wrong.push(error.message) });
  csstree.walk(tree, { visit: 'Declaration', enter(node) {
    const uncheckable = node.property.startsWith('--') || csstree.generate(node.value).includes('var(');
    const { error } = uncheckable ? {} : csstree.lexer.matchDeclaration(node);
    if (error) wrong.push(`${node.property}: ${error.message}`);
  } });
  assert.deepEqual(wrong, []);
  const used = new Set(css.match(/var\((--[a-z-]+)/g).map((use) => use.slice(4)));
  for (const name of used) assert.ok(css.includes(`${name}:`), name);
});

async function takeScreenshots() {
  for (const [name, url, width, height, colorScheme] of [
    ['results', `${site}/suche?q=Sprachkurs`, 1100, 800, 'light'],
    ['document', `${site}/dokument?pfad=faq%2Fsprachkurse.md&q=Sprachkurs`, 1100, 800, 'light'],
    ['phone', `${site}/suche?q=Sprachkurs`, 390, 800, 'dark'],
  ]) {
    const page = await open(url, { viewport: { width, height }, colorScheme });
    await page.screenshot({ path: `${screenshots}/${name}.png` });
    await page.context().close();
  }
}

let failed = false;
if (screenshots) {
  await takeScreenshots();
} else {
  console.log(`1..${tests.length}`);
  for (const [number, { name, run }] of tests.entries()) {
    try {
      await run();
      console.log(`ok ${number + 1} - ${name}`);
    } catch (error) {
      failed = true;
      console.log(`not ok ${number + 1} - ${name}`);
      console.log(String(error.stack).replace(/^/gm, '# '));
    }
  }
}
await browser.close();
process.exit(failed ? 1 : 0);
