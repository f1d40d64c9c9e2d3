// The tray without a window, as a user starts the app: no driver holds it, so that it
// rests. Wants a display and a session bus of its own; prints `N passed, N failed` last.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Key } from 'webdriverio';
import { Desktop } from './lib/desktop.mjs';
import { app, artefacts } from './lib/places.mjs';
import { Report, until } from './lib/report.mjs';
import { Server, password } from './lib/server.mjs';
import { Driver } from './lib/window.mjs';

const passphrase = 'three quiet herons at dusk';
const folder = mkdtempSync(join(tmpdir(), 'db-studio-rest-'));
const environment = { WEBKIT_DISABLE_DMABUF_RENDERER: '1', DB_STUDIO_DATA_DIR: folder };
const report = new Report();
const desktop = await Desktop.start();
const server = await Server.start();
let program;

try {
  await report.step('somebody keeps a server, and the app in the tray', prepare);
  await report.step('they start it and sign in by keyboard', signIn);
  const before = picture('30-before-rest');
  await report.step('a closed window leaves one process, and no web view in it', rests);
  await report.step('the vault is open still', tests);
  await report.step('the window comes back as it was left', () => comesBack(before));
  await report.step('it rests again, and gives back what it opened', restsAgain);
  await report.step('a locked app rests too', locks);
  await report.step('quitting from the tray ends it', quits);
} finally {
  program?.kill('SIGKILL');
  await server.end();
  desktop.end();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(report.close());

async function prepare() {
  const driver = await Driver.start(environment);
  try {
    const window = await driver.open();
    await window.signUp('Ada', passphrase);
    await window.keys(Key.Ctrl, 'n');
    const [before, after] = server.url.split('@');
    await window.show('Connection string');
    await window.type('Connection string', `${before}:${encodeURIComponent(password)}@${after}`);
    await window.show('Fields');
    await window.type('Name', 'orders-prod');
    await window.button('Save');
    await window.button('Settings');
    await window.turnOn('Keep db-studio in the tray');
    await window.end();
  } finally {
    await driver.end();
  }
}

async function signIn() {
  program = spawn(app, [], { env: { ...process.env, ...environment }, stdio: 'inherit' });
  await until('the window is shown', () => desktop.windowIsShown());
  await until('the web view is there', () => children().length > 1);
  await still();
  desktop.type(passphrase);
  desktop.press('Return');
  await until('somebody is signed in', async () => (await labels()).includes('Lock'));
  await still();
  desktop.press('ctrl+comma');
  await still();
}

async function rests() {
  desktop.closeWindow();
  await until('the window is gone', () => !desktop.windowIsShown());
  await until('its processes are gone, also from the list of the ended', () => children().length === 0);
  await until('the tray is back', async () => (await labels()).includes('Lock'));
  const words = readFileSync(`/proc/${program.pid}/cmdline`, 'utf8').split('\0');
  if (!words.includes('--in-tray')) throw new Error(`It runs as ${words.join(' ')}`);
  if (program.exitCode !== null) throw new Error('The process has ended.');
}

async function tests() {
  const before = desktop.notifications.length;
  await desktop.click('orders-prod');
  const { summary } = await desktop.notification(before);
  if (!/^orders-prod: fine, \d+ ms$/.test(summary)) throw new Error(`It told: ${summary}`);
}

async function comesBack(before) {
  await desktop.click('Open db-studio');
  await until('the window is shown', () => desktop.windowIsShown());
  await until('it looks as before', () => differing(before, picture('31-after-rest')) < 2000);
}

async function restsAgain() {
  const open = files();
  await rests();
  await until('no more is open than before', () => files() <= open);
  await desktop.click('Open db-studio');
  await until('the window is shown', () => desktop.windowIsShown());
}

async function locks() {
  await desktop.click('Lock');
  await until('it is locked', async () => (await labels()).includes('Unlock'));
  desktop.closeWindow();
  await until('its processes are gone', () => children().length === 0);
  await until('the tray is back, and locked', async () => (await labels()).join() === 'Unlock,Quit');
}

async function quits() {
  await desktop.click('Quit');
  await until('the process has ended', () => program.exitCode !== null);
  if (program.exitCode !== 0) throw new Error(`It ended with ${program.exitCode}.`);
}

async function labels() {
  return (await desktop.menu()).map(({ label }) => label);
}

/** The processes that the app has started, also those that ended and nobody has asked for. */
function children() {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === program.pid;
    } catch {
      // It ended while it was looked at.
      return false;
    }
  });
}

/** How many files the app has open. */
function files() {
  return readdirSync(`/proc/${program.pid}/fd`).length;
}

/** Waits until the screen does not change any more. */
async function still() {
  let last = picture('30-before-rest');
  await until('the screen is still', () => {
    const next = picture('30-before-rest-next');
    const same = differing(last, next) === 0;
    last = next;
    return same;
  });
}

function picture(name) {
  const file = join(artefacts, `${name}.png`);
  tell('import', '-silent', '-window', 'root', file);
  return file;
}

/** How many pixels differ between two pictures. */
function differing(one, other) {
  const { stderr } = spawnSync('compare', ['-metric', 'AE', one, other, 'null:'], { encoding: 'utf8' });
  return Number(stderr);
}

function tell(command, ...args) {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command}: ${done.error ?? done.stderr}`);
}
