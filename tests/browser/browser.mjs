// What all browser tests share: the program's pages, a browser, and a record of everything a page must not do.
// TCOSIM_PROGRAM is the program, TCOSIM_DRIVER the folder with node_modules, CHROMIUM another browser than Debian's.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const {chromium} = createRequire(join(process.env.TCOSIM_DRIVER || here, 'package.json'))('playwright-core');

export const library = join(here, '..', '..', 'scenarios', 'library');
export const folder = mkdtempSync(join(tmpdir(), 'tcosim-browser-'));
process.on('exit', () => rmSync(folder, {recursive: true, force: true}));

/** Runs the program; what it prints. */
export function tcosim(...options) {
  return execFileSync(process.env.TCOSIM_PROGRAM, options.map(String), {encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']});
}

/** The page of a command, and its numbers: {file, html, json}. */
export function makePage(name, command, ...options) {
  const file = join(folder, `${name}.html`), numbers = join(folder, `${name}.json`);
  tcosim(command, ...options, '--draws', 20000, '--quiet', '--html', file, '--json', numbers);
  return {file, html: readFileSync(file, 'utf8'), json: JSON.parse(readFileSync(numbers, 'utf8'))};
}

/** Chromium; as root, as in a container, it has no sandbox. */
export function launch() {
  return chromium.launch({executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox']});
}

// Runs in the page before its own scripts: what the page's policy blocks is kept.
function watchPolicy() {
  window.blockedByPolicy = [];
  document.addEventListener('securitypolicyviolation', event => {
    window.blockedByPolicy.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
  });
}

/** A page in a context of its own without network, drawn to its end; `faults` fills with what must not happen. */
export async function open(browser, file, {width = 1280, height = 900, ...context} = {}) {
  const own = await browser.newContext({viewport: {width, height}, offline: true, ...context});
  const page = await own.newPage(), address = pathToFileURL(file).href, faults = [];
  page.on('console', message => {
    if (['error', 'warning', 'assert'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', error => faults.push(`exception: ${error.message}`));
  page.on('dialog', dialog => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', request => {
    if (request.url().split('#')[0] !== address) faults.push(`request: ${request.url().slice(0, 200)}`);
  });
  if (context.javaScriptEnabled !== false) await page.addInitScript(watchPolicy);
  await page.goto(address);
  await drawn(page);
  return {page, faults, blocked: () => page.evaluate(() => window.blockedByPolicy)};
}

/** Every chart stands, those below the window too: scrolls through the page and back to its top. */
export async function drawn(page) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let y = 0; y < height; y += 600) {
    await page.evaluate(to => window.scrollTo(0, to), y);
    await page.waitForTimeout(20);
  }
  await page.evaluate(() => window.scrollTo(0, 0));
  // Asked from here: with scripts off, a page has no timers to wait by.
  const empty = () => page.$$eval('figure.chart', figures => figures.filter(one => !one.querySelector('svg text')).map(one => one.id));
  for (let waits = 0; waits < 100 && (await empty()).length > 0; ++waits) await page.waitForTimeout(100);
  await page.waitForTimeout(100);
}

/** What is drawn of each chart: {id, width, height, shapes, texts, bad}; bad are texts and paths without a number. */
export function charts(page) {
  return page.evaluate(() => Array.from(document.querySelectorAll('figure.chart')).map(figure => {
    const visible = Array.from(figure.querySelectorAll('svg')).filter(one => one.getBoundingClientRect().width > 50);
    const svg = visible[0], box = svg ? svg.getBoundingClientRect() : {width: 0, height: 0};
    const all = selector => svg ? Array.from(svg.querySelectorAll(selector)) : [];
    const texts = all('text').map(one => one.textContent.trim()).filter(Boolean);
    const broken = /NaN|undefined|Infinity|\[object|null/;
    return {
      id: figure.id, pictures: visible.length, width: box.width, height: box.height,
      shapes: all('path, rect, polygon, polyline, circle').length, texts,
      bad: texts.filter(text => broken.test(text)).concat(all('path').map(one => one.getAttribute('d')).filter(d => broken.test(d)))
    };
  }));
}

/** The full-precision number that an element shows. */
export function value(page, selector) {
  return page.$eval(selector, element => Number(element.dataset.value));
}
