// The report at every width, in both themes, on paper and without scripts.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {charts, drawn, folder, launch, library, makePage, open} from './browser.mjs';

let browser, report;

before(async () => {
  browser = await launch();
  report = makePage('look', 'run', join(library, 'support_assistant.yaml'));
});
after(() => browser.close());

/** Texts that are cut off: of a chart outside its picture, of the page in a box that hides what is too long. */
function clipped(page) {
  return page.evaluate(() => {
    const cut = [];
    for (const svg of document.querySelectorAll('figure.chart svg')) {
      const frame = svg.getBoundingClientRect();
      if (frame.width < 50) continue;
      for (const text of svg.querySelectorAll('text')) {
        const box = text.getBoundingClientRect();
        if (box.width > 0 && (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1))
          cut.push(`${svg.closest('figure').id}: ${text.textContent}`);
      }
    }
    for (const box of document.querySelectorAll('body *:not(svg):not(svg *)')) {
      const style = getComputedStyle(box);
      const hides = ['hidden', 'clip'].includes(style.overflowX) && style.position !== 'absolute';
      if (hides && box.clientWidth > 20 && box.scrollWidth > box.clientWidth + 1) cut.push(`${box.tagName}#${box.id}.${box.className}`);
    }
    return cut;
  });
}

/** How much wider than the window the page is, and what sticks out. */
function tooWide(page) {
  return page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
    Array.from(document.querySelectorAll('body *')).filter(one => one.getBoundingClientRect().right > window.innerWidth + 1)
      .slice(0, 5).map(one => `${one.tagName}#${one.id}.${one.className} ends at ${one.getBoundingClientRect().right}`));
}

/** How bright a CSS colour is, 0 to 255. */
function brightness(colour) {
  const [red, green, blue] = colour.match(/[\d.]+/g).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

const background = page => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const chartText = page => page.$eval('#chart-histogram svg text', text => getComputedStyle(text).fill);

for (const width of [360, 768, 1600]) {
  test(`at ${width} pixels nothing is cut off and nothing scrolls sideways`, async () => {
    const {page, faults} = await open(browser, report.file, {width});
    assert.deepEqual(await tooWide(page), []);
    assert.deepEqual(await clipped(page), []);
    for (const chart of await charts(page)) {
      assert.ok(chart.width >= Math.min(300, width * 0.75) && chart.width <= width, `${chart.id} is ${chart.width} wide`);
      assert.ok(chart.height >= 150 && chart.shapes >= 5 && chart.texts.length >= 4, JSON.stringify(chart));
    }
    assert.deepEqual(faults, []);
  });
}

test('charts follow the window when it is made narrower', async () => {
  const {page} = await open(browser, report.file, {width: 1600});
  await page.setViewportSize({width: 360, height: 800});
  await page.waitForTimeout(400);
  await drawn(page);
  assert.deepEqual(await tooWide(page), []);
  for (const chart of await charts(page)) assert.ok(chart.width <= 360, `${chart.id} is ${chart.width} wide`);
});

test('the page is light or dark as the system says, its charts too', async () => {
  for (const [scheme, light] of [['light', true], ['dark', false]]) {
    const {page, faults} = await open(browser, report.file, {colorScheme: scheme});
    assert.equal(brightness(await background(page)) > 128, light, scheme);
    assert.equal(brightness(await chartText(page)) < 128, light, `${scheme}: ${await chartText(page)}`);
    assert.deepEqual(faults, []);
  }
});

test('a button changes the theme, by keys alone, its charts too', async () => {
  const {page, faults} = await open(browser, report.file, {colorScheme: 'light'});
  const before = brightness(await background(page));
  for (let presses = 0; presses < 60; ++presses) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement.id === 'theme')) break;
  }
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  await drawn(page);
  assert.ok(before > 128 && brightness(await background(page)) < 128);
  assert.ok(brightness(await chartText(page)) > 128);
  assert.deepEqual(faults, []);
});

test('what has the focus shows it', async () => {
  const {page} = await open(browser, report.file);
  for (let presses = 0; presses < 8; ++presses) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement);
      return {what: document.activeElement.outerHTML.slice(0, 80), seen: style.outlineStyle !== 'none' || style.boxShadow !== 'none'};
    });
    assert.ok(focus.seen, focus.what);
  }
});

// Without scripts a scatter is told in words: a cloud of draws takes as long to draw as four other charts.
async function toldInWords(page, chart) {
  return chart.id.startsWith('chart-scatter') && chart.pictures === 0 &&
    /This picture needs scripts\. .*\d/.test(await page.textContent(`#${chart.id} .note`));
}

for (const [name, scripts] of [['with scripts', true], ['without scripts', false]]) {
  test(`on paper, ${name}, every page has text and every chart is whole`, async () => {
    const {page} = await open(browser, report.file, {javaScriptEnabled: scripts, colorScheme: 'dark'});
    const file = join(folder, `paper-${scripts}.pdf`);
    writeFileSync(file, await page.pdf({format: 'A4', printBackground: true}));
    const sheets = execFileSync('pdftotext', ['-layout', file, '-'], {encoding: 'utf8'}).split('\f').slice(0, -1);
    assert.ok(sheets.length >= 3 && sheets.length <= 40, `${sheets.length} pages`);
    sheets.forEach((sheet, index) => assert.ok(sheet.trim().length > 20, `page ${index + 1} of ${sheets.length} is empty`));
    const words = sheets.join('\n').replace(/\s+/g, ' ');
    const sentence = (await page.textContent('#headline-sentence')).trim().replace(/\s+/g, ' ');
    assert.ok(words.includes(sentence.slice(0, 40)), `no '${sentence.slice(0, 40)}' on paper`);

    await page.emulateMedia({media: 'print'});
    await page.waitForTimeout(300);
    assert.ok(brightness(await background(page)) > 250, 'paper is white');
    const found = await charts(page);
    assert.ok(found.length >= 10);
    for (const chart of found) {
      if (!scripts && await toldInWords(page, chart)) continue;
      assert.ok(chart.width >= 300 && chart.shapes >= 5 && chart.bad.length === 0, JSON.stringify(chart));
      assert.equal(chart.pictures, 1, `${chart.id} stands ${chart.pictures} times on paper`);
      const label = chart.texts.find(text => /[a-z]{4}/i.test(text));
      assert.ok(words.includes(label.slice(0, 15)), `${chart.id}: '${label}' is not on paper`);
    }
  });
}

test('with scripts off the charts and tables stand', async () => {
  const {page, faults} = await open(browser, report.file, {javaScriptEnabled: false, width: 360});
  const found = await charts(page);
  assert.ok(found.length >= 10, `${found.length} charts`);
  for (const chart of found) {
    if (await toldInWords(page, chart)) continue;
    assert.equal(chart.pictures, 1, `${chart.id} stands ${chart.pictures} times`);
    assert.ok(chart.width >= 250 && chart.height >= 100 && chart.shapes >= 5 && chart.texts.length >= 4, JSON.stringify(chart));
  }
  assert.deepEqual(await tooWide(page), []);
  assert.match(await page.textContent('#headline-sentence'), /\d/);
  const rows = await page.$$eval('table', tables => tables.map(table => [table.id, table.rows.length]));
  assert.ok(rows.length >= 4, `${rows.length} tables`);
  for (const [id, count] of rows) assert.ok(count >= 2, `${id} has ${count} rows`);
  assert.deepEqual(faults, []);
});
