// The report of `tcosim run --html` as people use it: loads quietly, answers, moves, sorts, filters, with keys alone.
import assert from 'node:assert/strict';
import {statSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {charts, library, launch, makePage, open, value} from './browser.mjs';

const kCharts = ['histogram', 's-curve', 'contingency', 'tornado', 'spider', 'breakdown', 'waterfall',
  'rank-correlation', 'scatter', 'convergence'];
let browser, report, plain;

before(async () => {
  browser = await launch();
  report = makePage('report', 'run', join(library, 'support_assistant.yaml'));
  plain = await open(browser, report.file);
});
after(() => browser.close());

function embedded(page) {
  return page.$eval('#result', element => JSON.parse(element.textContent));
}

/** Presses Tab until the element has the focus; fails where no number of tabs gets there. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 400; ++presses) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(wanted => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`no number of tabs reaches ${selector}`);
}

/** The three numbers of the page are those of the JSON at this confidence in per cent. */
async function assertShows(page, confidence, curve) {
  const point = curve.find(one => Math.round(one.confidence * 100) === confidence);
  assert.ok(point, `the curve has no ${confidence}%`);
  assert.equal(await value(page, '#budget'), point.budget);
  assert.equal(await value(page, '#contingency'), point.contingency);
  assert.equal(await value(page, '#contingency-percent'), point.percent);
  const shown = (await page.textContent('#budget')).replace(/[^\d.]/g, '');
  assert.ok(Math.abs(Number(shown) - point.budget) <= 0.51, `#budget shows ${shown} for ${point.budget}`);
}

test('loading says nothing, asks for nothing and breaks no policy', async () => {
  assert.deepEqual(plain.faults, []);
  assert.deepEqual(await plain.blocked(), []);
});

test('the policy of the page stops scripts that are not its own', async () => {
  const {page} = await open(browser, report.file);
  const policy = await page.getAttribute('meta[http-equiv="Content-Security-Policy"]', 'content');
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe-eval|script-src[^;]*unsafe-inline|https?:/);
  const outcome = await page.evaluate(() => new Promise(resolve => {
    const script = document.createElement('script');
    script.textContent = 'window.foreign = "ran"';
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.foreign = 1"><b onclick="window.foreign = 2">x</b>');
    document.querySelector('b[onclick]').click();
    // Later, since a driver's own call may evaluate whatever the policy says.
    setTimeout(() => {
      let evaluated = 'ran';
      try { (0, eval)('1'); } catch (error) { evaluated = error.name; }
      resolve({evaluated, foreign: window.foreign, blocked: window.blockedByPolicy.length});
    }, 200);
  }));
  assert.deepEqual({...outcome, blocked: outcome.blocked > 2}, {evaluated: 'EvalError', foreign: undefined, blocked: true});
});

test('the answer stands first: one sentence and three numbers, those of the JSON', async () => {
  const {page} = plain, {json} = report;
  const headline = json.contingency.find(row => row.target === json.headline);
  assert.match(await page.textContent('#headline-sentence'), /80%/);
  assert.equal(await value(page, '#budget'), headline.budget);
  assert.equal(await value(page, '#contingency'), headline.contingency);
  assert.equal(await value(page, '#contingency-percent'), headline.percent);
  const [answer, first] = await page.evaluate(() => ['#budget', 'figure.chart'].map(
    selector => document.querySelector(selector).getBoundingClientRect().top));
  assert.ok(answer < 500 && answer < first, `the budget stands ${answer} px down, the first chart ${first} px`);
});

test('the numbers inside the page are those of --json', async () => {
  const inside = await embedded(plain.page);
  for (const key of ['total', 'base', 'headline', 'contingency', 'flat', 'budgets', 'lines', 'categories', 'sensitivity'])
    assert.deepEqual(inside[key], report.json[key], key);
});

test('every chart is drawn, with words and shapes and without a broken number', async () => {
  const found = await charts(plain.page);
  for (const name of kCharts) assert.ok(found.some(one => one.id.startsWith(`chart-${name}`)), `no chart ${name}`);
  for (const chart of found) {
    assert.ok(chart.width >= 400 && chart.height >= 150, `${chart.id}: ${chart.width} x ${chart.height}`);
    assert.ok(chart.shapes >= 5 && chart.texts.length >= 4, `${chart.id}: ${chart.shapes} shapes, ${chart.texts.length} texts`);
    assert.deepEqual(chart.bad, [], chart.id);
  }
});

test('every chart has a title, its method below it and words for who cannot see it', async () => {
  const words = await plain.page.$$eval('figure.chart', figures => figures.map(figure => {
    const plot = figure.querySelector('.plot'), rest = figure.querySelector('.method');
    const named = attribute => (document.getElementById(plot.getAttribute(attribute)) || {textContent: ''}).textContent;
    return {id: figure.id, role: plot.getAttribute('role'), title: named('aria-labelledby'), summary: named('aria-describedby'),
      method: rest ? rest.textContent : ''};
  }));
  for (const chart of words) {
    const told = chart.role === 'img' && chart.title.length > 5 && chart.summary.length > 20 && chart.method.length > 20;
    assert.ok(told, JSON.stringify(chart));
  }
});

test('the slider, by keys alone, moves budget, contingency and percent to those of the JSON', async () => {
  const {page, faults} = await open(browser, report.file);
  const {curve} = await embedded(page);
  assert.equal(curve.length, 99);
  const at = async () => Number(await page.inputValue('#confidence'));
  await tabTo(page, '#confidence');
  assert.equal(await at(), 80);
  await assertShows(page, 80, curve);
  await page.keyboard.press('ArrowRight');
  await assertShows(page, 81, curve);
  for (let presses = 0; presses < 6; ++presses) await page.keyboard.press('ArrowLeft');
  await assertShows(page, 75, curve);
  await page.keyboard.press('Home');
  await assertShows(page, await at(), curve);
  assert.ok(await at() <= 5);
  await page.keyboard.press('End');
  await assertShows(page, await at(), curve);
  assert.ok(await at() >= 95);
  assert.deepEqual(faults, []);
});

test('a typed confidence moves them too, and the slider with them', async () => {
  const {page, faults} = await open(browser, report.file);
  const {curve} = await embedded(page);
  await tabTo(page, '#confidence-number');
  for (const typed of ['90', '37']) {
    await page.keyboard.press('Control+A');
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
    await assertShows(page, Number(typed), curve);
    assert.equal(await page.inputValue('#confidence'), typed);
  }
  // What is no confidence leaves a valid one
  await page.keyboard.press('Control+A');
  await page.keyboard.type('250');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await assertShows(page, Number(await page.inputValue('#confidence')), curve);
  assert.deepEqual(faults, []);
});

test('tables sort by keys alone, numbers by value, and say how they are sorted', async () => {
  const {page} = await open(browser, report.file);
  const button = '#table-lines thead button';
  const headers = await page.$$eval(button, list => list.map(one => one.textContent.trim()));
  assert.ok(headers.length > 3, `${headers.length} buttons in the head of the table of lines`);
  const column = await page.$eval('#table-lines', table => {
    const cells = Array.from(table.tBodies[0].rows[0].cells);
    return cells.findIndex(cell => cell.dataset.value !== undefined && !Number.isNaN(Number(cell.dataset.value)));
  });
  const numbers = () => page.$eval('#table-lines', (table, index) => Array.from(table.tBodies[0].rows)
    .filter(row => !row.hidden && row.cells[index].dataset.value !== undefined).map(row => Number(row.cells[index].dataset.value)), column);
  await tabTo(page, `#table-lines thead th:nth-child(${column + 1}) button`);
  await page.keyboard.press('Enter');
  const once = await numbers();
  await page.keyboard.press('Enter');
  const twice = await numbers();
  const ascending = list => list.every((one, index) => index === 0 || list[index - 1] <= one);
  assert.ok(once.length > 4);
  assert.ok(ascending(once) !== ascending(twice), `${once} then ${twice}`);
  assert.ok(ascending(once) || ascending(once.slice().reverse()), `${once}`);
  assert.ok(ascending(twice) || ascending(twice.slice().reverse()), `${twice}`);
  assert.match(await page.getAttribute(`#table-lines thead th:nth-child(${column + 1})`, 'aria-sort'), /ascending|descending/);
});

test('lines are filtered by category and by a word, and the page says how many are shown', async () => {
  const {page, faults} = await open(browser, report.file);
  const form = 'form[data-table="table-lines"]';
  const names = () => page.$$eval('#table-lines tbody tr', rows => rows.filter(row => !row.hidden).map(row => row.cells[0].textContent.trim()));
  const shown = name => { const row = report.json.lines.find(one => one.name === name); return row.label || row.name; };
  const all = await names();
  assert.equal(all.length, report.json.lines.length);
  await page.selectOption(`${form} select`, 'data');
  assert.deepEqual((await names()).sort(), report.json.lines.filter(row => row.category === 'data').map(row => shown(row.name)).sort());
  await page.selectOption(`${form} select`, '');
  await page.fill(`${form} input`, 'ENGINEER');
  const found = await names();
  assert.ok(found.length >= 1 && found.length < all.length && found.includes(shown('engineering')), `${found}`);
  assert.match(await page.textContent(`${form} output`), new RegExp(`${found.length} of ${all.length}`));
  await page.fill(`${form} input`, '');
  assert.deepEqual(await names(), all);
  assert.deepEqual(faults, []);
});

/** The middles of the largest shapes of a chart, relative to it. */
function shapes(chart) {
  return chart.evaluate(svg => {
    const frame = svg.getBoundingClientRect();
    return Array.from(svg.querySelectorAll('path, rect')).map(one => one.getBoundingClientRect())
      .filter(box => box.width > 6 && box.height > 6 && box.width * box.height < 0.2 * frame.width * frame.height)
      .sort((a, b) => b.width * b.height - a.width * a.height).slice(0, 8)
      .map(box => [box.left - frame.left + box.width / 2, box.top - frame.top + box.height / 2]);
  });
}

test('a chart that is pointed at says the figures of what is under the pointer', async () => {
  const {page, faults} = await open(browser, report.file, {width: 1200});
  for (const name of ['histogram', 's-curve', 'tornado']) {
    const chart = page.locator(`#chart-${name} svg`).first();
    await chart.scrollIntoViewIfNeeded();
    const box = await chart.boundingBox();
    const words = async () => new Set((await chart.locator('text').allTextContents()).map(text => text.trim()));
    const still = await words();
    let said = '';
    for (const [x, y] of [...await shapes(chart), [box.width * 0.5, box.height * 0.5], [box.width * 0.3, box.height * 0.7]]) {
      await page.mouse.move(box.x + x - 3, box.y + y);
      await page.mouse.move(box.x + x, box.y + y);
      await page.waitForTimeout(150);
      said = Array.from(await words()).filter(text => !still.has(text)).join(' ');
      if (/\d/.test(said)) break;
    }
    assert.match(said, /\d/, `${name} says nothing`);
    assert.doesNotMatch(said, /NaN|undefined|\[object/);
    await page.mouse.move(5, 5);
  }
  assert.deepEqual(faults, []);
});

test('each report of the library is drawn, quiet and under 2 MB', async () => {
  for (const name of ['full_finetune_70b', 'on_premise', 'gpu_market', 'levers', 'qlora_7b']) {
    const {file} = makePage(name, 'run', join(library, `${name}.yaml`));
    assert.ok(statSync(file).size < 2e6, `${name}: ${statSync(file).size} bytes`);
    const {page, faults, blocked} = await open(browser, file, {width: 1000});
    assert.deepEqual([...faults, ...await blocked()], [], name);
    const found = await charts(page);
    assert.ok(found.length >= 8, `${name}: ${found.length} charts`);
    for (const chart of found) assert.ok(chart.shapes >= 5 && chart.bad.length === 0, `${name} ${JSON.stringify(chart)}`);
    await page.context().close();
  }
});
