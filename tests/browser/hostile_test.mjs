// A scenario that tries to get into the page: markup, quotes, format strings and control characters wherever it may
// say something. Nothing of it may run, load or become an element; all that can be seen of it must be seen.
import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {charts, folder, launch, makePage, open} from './browser.mjs';

const kMarkup = [
  '</script><script>window.foreign=1</script>', '<img src=x onerror=window.foreign=2>', '"><svg onload=window.foreign=3>',
  "' onmouseover='window.foreign=4", '<!--<script>', ']]></style><style>*{display:none}</style>', '${window.foreign=5}',
  '{{constructor}} {a} %s @total', 'javascript:window.foreign=6', '&lt;b&gt; &#60;i&#62; <a href="http://example.org">x</a>',
  '<iframe src=//example.org>', 'C:\\new\\table "quoted" \'single\' `ticked`'
];

/** A text as a scalar of YAML, every character but plain ones escaped. */
function quoted(text) {
  return '"' + Array.from(text).map(character => /[a-zA-Z0-9 ]/.test(character) ? character :
    `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('') + '"';
}

/** Control characters, and those that reorder a line, in eights between letters. */
function controls() {
  const codes = [...Array(0x20).keys()].concat([0x7f, ...[...Array(0x20).keys()].map(code => code + 0x80),
    0x200b, 0x2028, 0x2029, 0x202e, 0x2066, 0xfeff]);
  const texts = [];
  for (let index = 0; index < codes.length; index += 8)
    texts.push(codes.slice(index, index + 8).map(code => `c${String.fromCharCode(code)}`).join(''));
  return texts;
}

/** Every label, note, source, owner and tag is one of the texts in turn. */
function scenario(texts) {
  let next = 0;
  const text = () => quoted(texts[next++ % texts.length]);
  const words = () => `label: ${text()}, note: ${text()}, source: ${text()}, owner: ${text()}, tags: [${text()}]`;
  const names = [...Array(10).keys()];
  return [
    'tcosim: 1', `title: ${text()}`, 'currency: USD', 'horizon: 6 months', 'inputs:',
    ...names.map(n => `  i${n}: {value: "lognormal(mean=${100 + 40 * n}, sd=${20 + 9 * n}) USD", ${words()}}`),
    'costs:', ...names.map(n => `  c${n}: {category: data, formula: i${n}, ${words()}}`),
    'risks:', `  r: {category: risk, probability: 5%, impact: 200 to 800 USD, ${words()}}`,
    'outputs:', `  o: {formula: total / 2, ${words()}}`,
    'levers:', `  l: {label: ${text()}, note: ${text()}, scale: {i9: 0.5}}`, ''
  ].join('\n');
}

function page(name, texts, command = 'run') {
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, scenario(texts));
  return makePage(`${name}-${command}`, command, file);
}

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** Nothing ran, and no element stands that a scenario's text has made. */
async function assertHarmless({page, faults, blocked}) {
  assert.deepEqual([...faults, ...await blocked()], []);
  assert.deepEqual(await page.evaluate(() => ({
    foreign: window.foreign,
    elements: document.querySelectorAll('img, iframe, a[href^="http://example"], [onmouseover], [onload], [onerror]').length
  })), {foreign: undefined, elements: 0});
}

for (const command of ['run', 'levers']) {
  test(`markup in the words of a scenario stays words in the page of ${command}`, async () => {
    const made = page('markup', kMarkup, command), opened = await open(browser, made.file);
    await assertHarmless(opened);
    for (const chart of await opened.page.$$('figure.chart')) {
      await chart.scrollIntoViewIfNeeded();
      const box = await chart.boundingBox();
      for (const down of [0.3, 0.5, 0.7]) await opened.page.mouse.move(box.x + box.width * 0.5, box.y + box.height * down);
    }
    await opened.page.waitForTimeout(200);
    await assertHarmless(opened);
    if (command === 'run') {
      const seen = await opened.page.evaluate(() => document.body.textContent);
      for (const text of kMarkup) assert.ok(seen.includes(text), `not to be seen: ${text}`);
    }
  });
}

test('markup stays words with scripts off', async () => {
  const {page: still, faults} = await open(browser, page('still', kMarkup).file, {javaScriptEnabled: false});
  assert.deepEqual(faults, []);
  assert.equal(await still.$$eval('img, iframe, a[href^="http://example"], [onmouseover], [onload], [onerror]', all => all.length), 0);
});

test('control characters break neither the page nor its charts', async () => {
  const made = page('controls', controls()), opened = await open(browser, made.file);
  await assertHarmless(opened);
  for (const chart of await charts(opened.page)) assert.ok(chart.shapes >= 5 && chart.texts.length >= 4, JSON.stringify(chart));
  const raw = Array.from(made.html).filter(character => /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202e\u2066]/.test(character));
  assert.deepEqual(raw.map(character => character.charCodeAt(0)), []);
});
