// How long db-studio takes from its start until it can be used, and what it weighs, with
// 10,000 tables stored. Prints and writes; never passes or fails on a time.
//
//   node tests/bench/start.mjs [--rounds N] [--app PROGRAM] [--dry]
//
// Usable is: the screen shows the whole page for signing in, or the whole first page
// afterwards, and stays so. It is read from the X server's own picture. The program is started
// as the desktop's entry does it.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Desktop } from '../e2e/lib/desktop.mjs';
import { packages } from '../e2e/lib/places.mjs';
import { until } from '../e2e/lib/report.mjs';
import { Driver } from '../e2e/lib/window.mjs';
import { keepLarge, large, person } from './start-large.mjs';
import { machine, spread, writePart } from './start-results.mjs';
import { Screen } from './start-screen.mjs';
import { processes, weight } from './start-weight.mjs';

const release = join(dirname(dirname(dirname(packages))), 'release', 'db-studio');
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    app: { type: 'string', default: release },
    dry: { type: 'boolean', default: false },
  },
});

const screen = await Screen.start();
process.env.DISPLAY = screen.display;
delete process.env.WAYLAND_DISPLAY;
// A session bus of its own, for the tray.
const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=3'], {
  stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
});
process.env.DBUS_SESSION_BUS_ADDRESS = await new Promise((resolve) =>
  bus.stdio[3].once('data', (text) => resolve(String(text).trim())),
);
const desktop = await Desktop.start();
const folder = mkdtempSync(join(tmpdir(), 'db-studio-start-'));
const environment = { WEBKIT_DISABLE_DMABUF_RENDERER: '1', DB_STUDIO_DATA_DIR: join(folder, 'data') };
const entry = readFileSync(new URL('../../src-tauri/db-studio.desktop', import.meta.url), 'utf8');
const told = /^Exec=env (.*) \{\{exec\}\}$/m.exec(entry)[1].split(' ');
const lines = [];
let app;

try {
  await store();
  const starts = [];
  for (let round = 0; round <= Number(options.rounds); round += 1) {
    starts.push(await start());
    if (round < Number(options.rounds)) await stop();
  }
  // The first one fills the machine's caches.
  const [first, ...warm] = starts;
  const [shown, usable] = [
    spread(warm.map(({ first }) => first)),
    spread(warm.map(({ settled }) => settled)),
  ];
  say('start: window on the screen', `${ms(shown.p50)} (p95 ${ms(shown.p95)})`, '');
  say('start: usable (sign in painted)', `${ms(usable.p50)} (p95 ${ms(usable.p95)})`, '≤ 600 ms');
  say('the same, first start after the install', ms(first.settled), '');
  weigh('at the sign in', '');
  const opened = await screen.watch(() => {
    desktop.type(person.passphrase);
    desktop.press('Return');
  });
  say('passphrase entered to dashboard painted', ms(opened.settled), '');
  weigh('dashboard', '');
  const browser = await screen.watch(() => desktop.press('ctrl+1'));
  say('keys to browser painted', ms(browser.settled), '');
  await after(2000);
  weigh('window with 10,000 tables stored, browser open', '≤ 240 MiB');
  desktop.press('ctrl+k');
  await after(500);
  desktop.type('customer status');
  await after(1500);
  weigh('the same after a search', '');
  desktop.press('Escape');
  desktop.closeWindow();
  await until('the window is gone', () => !desktop.windowIsShown());
  if (app.exitCode !== null) throw new Error('The app has ended instead of staying in the tray.');
  await after(5000);
  weigh('tray only', '≤ 90 MiB');
  const again = await screen.watch(() => void desktop.click('Open db-studio'));
  say('from the tray to the page painted', ms(again.settled), '');
  await after(1000);
  weigh('the window again', '');
  size();
} finally {
  await stop();
  desktop.end();
  bus.kill('SIGTERM');
  screen.end();
  rmSync(folder, { recursive: true, force: true });
}
report();

/** A data folder as it is after a first day: 10,000 tables read, one favourite, kept in the tray. */
async function store() {
  const file = large();
  const driver = await Driver.start(environment);
  const window = await driver.open(options.app);
  await keepLarge(window, file, 1);
  // The star shows itself only to a pointer.
  await window.run(() =>
    [...document.querySelectorAll('[role=row]')]
      .find((row) => row.textContent.includes('large-1'))
      .querySelector('[aria-label="Favourite"]')
      .click(),
  );
  await window.button('Settings');
  await window.turnOn('Keep db-studio in the tray');
  await after(1000);
  await window.end();
  await driver.end();
}

async function start() {
  const seen = await screen.watch(() => {
    app = spawn('env', [...told, options.app], { env: { ...process.env, ...environment }, stdio: 'ignore' });
  }, 2500);
  return seen;
}

async function stop() {
  if (!app || app.exitCode !== null || app.signalCode !== null) return;
  const ended = new Promise((resolve) => app.once('exit', resolve));
  const all = processes(app.pid);
  app.kill('SIGTERM');
  await ended;
  await until('all of it has ended', () => all.every(({ pid }) => !existsSync(`/proc/${pid}`)));
}

function weigh(when, target) {
  const list = processes(app.pid);
  const each = list.map(({ name, mib }) => `${name} ${mib.toFixed(0)}`).join(', ');
  say(`PSS, ${when}`, `${weight(list).toFixed(0)} MiB (${each})`, target);
}

function size() {
  const name = existsSync(packages) ? readdirSync(packages).find((file) => file.endsWith('.deb')) : undefined;
  if (name) say('the .deb', `${(statSync(join(packages, name)).size / 1e6).toFixed(2)} MB`, '≤ 15 MB');
}

function ms(value) {
  return `${Math.round(value)} ms`;
}

function say(what, measured, target) {
  lines.push(`| ${what} | ${measured} | ${target} |`);
  process.stdout.write(`${what}: ${measured}${target ? `   (${target})` : ''}\n`);
}

function report() {
  const text = `## Start and weight

${machine()}. Release build, a private X server, ${options.rounds} starts, medians. Written by \`node tests/bench/start.mjs\`.

| what | measured | target |
| --- | --- | --- |
${lines.join('\n')}`;
  if (!options.dry) writePart('start and weight', text);
}
