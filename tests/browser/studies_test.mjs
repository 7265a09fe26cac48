// The pages of `tcosim compare` and `tcosim levers`.
import assert from 'node:assert/strict';
import {statSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {charts, launch, library, makePage, open} from './browser.mjs';

const kPages = {
  compare: ['compare', join(library, 'support_assistant.yaml'), join(library, 'support_assistant_optimized.yaml')],
  levers: ['levers', join(library, 'levers.yaml')]
};
let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

for (const [name, command] of Object.entries(kPages)) {
  test(`the page of ${name} opens with an answer and draws its charts at any width, quietly`, async () => {
    const {file} = makePage(name, ...command);
    assert.ok(statSync(file).size < 2e6, `${statSync(file).size} bytes`);
    for (const [width, colorScheme] of [[360, 'light'], [1600, 'dark']]) {
      const {page, faults, blocked} = await open(browser, file, {width, colorScheme});
      assert.match(await page.textContent('#headline-sentence'), /\d/);
      const found = await charts(page);
      assert.ok(found.length >= 3, `${found.length} charts`);
      for (const chart of found) assert.ok(chart.shapes >= 4 && chart.texts.length >= 3 && chart.bad.length === 0, JSON.stringify(chart));
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(excess <= 0, `${excess} pixels too wide at ${width}`);
      assert.ok(await page.$$eval('table', tables => tables.length) >= 1);
      assert.deepEqual([...faults, ...await blocked()], []);
    }
  });

  test(`the page of ${name} stands with scripts off`, async () => {
    const {file} = makePage(`${name}-still`, ...command);
    const {page, faults} = await open(browser, file, {javaScriptEnabled: false});
    for (const chart of await charts(page)) assert.ok(chart.shapes >= 4 && chart.texts.length >= 3, JSON.stringify(chart));
    assert.deepEqual(faults, []);
  });
}
