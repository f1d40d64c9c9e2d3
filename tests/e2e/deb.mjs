// The .deb as a user gets it: what it holds and wants, installed, started, removed.
// Wants a display and a session bus of its own; prints `N passed, N failed` last.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Desktop } from './lib/desktop.mjs';
import { packages } from './lib/places.mjs';
import { Report, until } from './lib/report.mjs';
import { Driver } from './lib/window.mjs';

const report = new Report();
const folder = mkdtempSync(join(tmpdir(), 'db-studio-deb-'));
const unpacked = join(folder, 'unpacked');
const isRoot = process.getuid() === 0;
const name = 'db-studio';
let deb;

try {
  await contents();
  if (isRoot) await installed();
  else await started(join(unpacked, 'usr/bin/db-studio'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(report.close());

async function contents() {
  await report.step('there is a package', async () => {
    const found = readdirSync(packages).filter((file) => file.endsWith('.deb'));
    if (found.length !== 1) throw new Error(`${packages} holds ${found.length} packages, not one.`);
    deb = join(packages, found[0]);
  });
  await report.step('it names itself and the tray library it needs', async () => {
    has(field('Package'), name);
    for (const library of ['libayatana-appindicator3-1', 'libwebkit2gtk-4.1-0', 'libgtk-3-0']) {
      has(field('Depends'), library);
    }
  });
  await report.step('it holds the program, its menu entry and its icons', async () => {
    tell('dpkg-deb', '-x', deb, unpacked);
    const entry = readFileSync(join(unpacked, 'usr/share/applications', 'db-studio.desktop'), 'utf8');
    has(entry, 'Exec=env MALLOC_ARENA_MAX=2 ');
    has(entry, ' db-studio\nStartupWMClass=db-studio\n');
    has(entry, 'Name=db-studio');
    const icons = tell('find', join(unpacked, 'usr/share/icons'), '-name', '*.png');
    has(icons, '128x128');
  });
  await report.step('every library of the program is there', async () => {
    const libraries = tell('ldd', join(unpacked, 'usr/bin/db-studio'));
    if (libraries.includes('not found')) throw new Error(libraries);
    if (/libssl|libcrypto/.test(libraries)) throw new Error(`OpenSSL is linked:\n${libraries}`);
  });
}

async function installed() {
  const before = tell('dpkg-query', '-W', '-f', '${Package} ${db:Status-Status}\n');
  if (before.includes(`${name} installed`)) throw new Error(`${name} is installed on this machine already.`);
  try {
    await report.step('it installs', async () => {
      tell('dpkg', '-i', deb);
      has(tell('/usr/bin/db-studio', '--version'), name);
    });
    await started('/usr/bin/db-studio');
  } finally {
    await report.step('it is removed cleanly', async () => {
      const files = tell('dpkg', '-L', name).trim().split('\n');
      const own = files.filter((file) => /db-studio/.test(file));
      if (own.length < 3) throw new Error(`It had only installed ${own.join(', ')}.`);
      tell('dpkg', '-P', name);
      const left = own.filter((file) => existsSync(file));
      if (left.length > 0) throw new Error(`These are left: ${left.join(', ')}`);
      if (spawnSync('dpkg-query', ['-W', name]).status === 0) throw new Error('dpkg still knows it.');
    });
  }
}

async function started(program) {
  await report.step('its command line reads the sample database', async () => {
    const env = { ...process.env, TMPDIR: folder };
    const demo = spawnSync(program, ['demo'], { env, encoding: 'utf8' });
    if (demo.status !== 0) throw new Error(demo.stderr);
    has(demo.stdout, 'sample: fine');
  });
  const desktop = await Desktop.start();
  const data = join(folder, 'data');
  const driver = await Driver.start({ DB_STUDIO_DATA_DIR: data });
  let window;
  try {
    await report.step('its window opens', async () => {
      window = await driver.open(program);
      await window.text('Set up db-studio');
      await window.snapshot('20-installed');
    });
    await report.step('it finds its tray library', async () => {
      const labels = (await desktop.menu()).map(({ label }) => label);
      if (labels.join() !== 'Unlock,Quit') throw new Error(`The tray says ${labels.join(', ')}.`);
      const maps = await until('the process is found', () => mapsOf(program));
      has(maps, 'libayatana-appindicator3');
    });
    await report.step('the page complains of nothing', async () => {
      const complaints = await window.complaints();
      if (complaints.length > 0) throw new Error(complaints.join('\n'));
    });
    await report.step('quitting from the tray ends it', async () => {
      await desktop.click('Quit');
      await until('the process is gone', () => !mapsOf(program));
    });
  } finally {
    await window?.end().catch(() => {});
    await driver.end();
    desktop.end();
  }
}

/** What a running program has mapped into its memory. */
function mapsOf(program) {
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] === program) {
        return readFileSync(`/proc/${pid}/maps`, 'utf8');
      }
    } catch {
      // It ended while it was looked at.
    }
  }
  return undefined;
}

function field(key) {
  return tell('dpkg-deb', '-f', deb, key);
}

function tell(command, ...args) {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.error ?? done.stderr}`);
  return done.stdout;
}

function has(text, part) {
  if (!text.includes(part)) throw new Error(`No “${part}” in: ${text.slice(0, 2000)}`);
}
