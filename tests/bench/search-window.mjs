// How long it takes on the screen from a key to the rows that it finds, among 1.1 million
// names. Prints and writes; never passes or fails on a time.
//
//   node tests/bench/search-window.mjs [--app PROGRAM] [--dry]
//
// Measured in the page: from the key's own time to the frame after the last change that the
// key brought about.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Key } from 'webdriverio';
import { packages } from '../e2e/lib/places.mjs';
import { until } from '../e2e/lib/report.mjs';
import { Driver } from '../e2e/lib/window.mjs';
import { keepLarge, large } from './start-large.mjs';
import { machine, spread, writePart } from './start-results.mjs';
import { Screen } from './start-screen.mjs';

const release = join(packages, '..', '..', '..', 'release', 'db-studio');
const CONNECTIONS = 6;
const TYPED = [
  'customer_status',
  'id',
  'e',
  'warehouse',
  'invoice amount',
  'key',
  'cutsomer',
  'kind:index or',
];
/** Nothing more comes after a key for so long, in milliseconds. */
const QUIET = 350;
const { values: options } = parseArgs({
  options: { app: { type: 'string', default: release }, dry: { type: 'boolean', default: false } },
});

const screen = await Screen.start();
process.env.DISPLAY = screen.display;
delete process.env.WAYLAND_DISPLAY;
const data = mkdtempSync(join(tmpdir(), 'db-studio-search-'));
const driver = await Driver.start({ DB_STUDIO_DATA_DIR: data });
try {
  const window = await driver.open(options.app);
  await keepLarge(window, large(), CONNECTIONS);
  await window.keys(Key.Ctrl, 'k');
  await until('the search has the focus', () =>
    window.run(() => document.activeElement?.getAttribute('role') === 'combobox'),
  );
  await window.run(watch);
  const [first] = await type(window, 'z');
  const taken = [];
  for (const text of TYPED) taken.push(...(await type(window, text)));
  report(first, taken);
  await window.end();
} finally {
  await driver.end();
  screen.end();
  rmSync(data, { recursive: true, force: true });
}

/** Notes each key and when the last of its changes was painted; runs inside the page. */
function watch() {
  window.pressed = [];
  addEventListener('keydown', (event) => window.pressed.push({ key: event.key, at: event.timeStamp }), true);
  new MutationObserver(() => {
    const of = window.pressed.at(-1);
    requestAnimationFrame(() => setTimeout(() => of && (of.shown = performance.now())));
  }).observe(document.querySelector('[role=dialog]'), {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
}

/** Empties the field and types a text; gives how long each of its keys took. */
async function type(window, text) {
  await window.keys(Key.Ctrl, 'a');
  await window.keys(Key.Backspace);
  await after(QUIET);
  await window.run(() => (window.pressed.length = 0));
  for (const letter of text) {
    await window.keys(letter);
    await after(QUIET);
  }
  const pressed = await window.run(() => window.pressed);
  return pressed.filter(({ key }) => key.length === 1).map(({ at, shown }) => shown - at);
}

function report(first, taken) {
  const { p50, p95, max } = spread(taken.filter(Number.isFinite));
  const line = (words, value) => `| ${words} | ${value} |`;
  const text = `## Search, on the screen

${machine()}. ${CONNECTIONS} connections with 10,000 tables each, release build, ${taken.length} keys. Written by \`node tests/bench/search-window.mjs\`.

| key to rows painted | ms |
| --- | --- |
${[
  line('p50', p50.toFixed(0)),
  line('p95 (target ≤ 50)', p95.toFixed(0)),
  line('slowest', max.toFixed(0)),
  line('the first key, while the names are still being loaded', first.toFixed(0)),
].join('\n')}`;
  process.stdout.write(`${text}\n`);
  if (!options.dry) writePart('search on the screen', text);
}
