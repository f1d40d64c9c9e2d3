// npm run bench: how db-studio reads schemas, beside the least that it can take and beside
// others. Prints and writes RESULTS.md; never passes or fails on a time.
//
//   npm run bench -- [--size s|m|l|xl|wide|deep|schemas|databases] [--engine postgres|mariadb|sqlite] [--rounds N]
//                    [--no-peers] [--far] [--no-build] [--dry]
//                    [--start] [--search] [--window]
//
// --size and --engine may be given more than once. Sizes are schemas that are all alike, with
// 100, 2,000, 10,000 and 100,000 tables; the others are large in another way
// (tests/support/scale/shapes.rs) and are read without peers. --far measures only over a far link. The
// last three run other parts, each a script of its own here, instead of the syncs.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { environment, root, target } from '../../.scripts/lib/places.mjs';
import { appBuild, prepare } from '../../.scripts/lib/prepare.mjs';
import { Stop, ask, main, run, say, status } from '../../.scripts/lib/run.mjs';
import { engines } from './lib/engines.mjs';
import { measureFar } from './lib/far.mjs';
import { fetchPeers } from './lib/peers.mjs';
import { measureSync } from './lib/sync.mjs';
import { machine, writePart } from './start-results.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const programs = {
  app: process.env.DB_STUDIO_APP || join(target, 'release', 'db-studio'),
  servers: process.env.DB_STUDIO_SERVERS || join(target, 'debug', 'servers'),
  scale: process.env.DB_STUDIO_SCALE || join(target, 'debug', 'scale'),
};
/** The engines that know of such schemas; of all others every engine does. */
const knowing = {
  deep: ['postgres', 'mariadb'],
  schemas: ['postgres'],
  databases: ['postgres', 'mariadb'],
};
/** What other parts measure, by the word that asks for them. */
const others = {
  start: ['start.mjs'],
  search: ['search.mjs', 'search-window.mjs'],
  window: ['window.mjs'],
};
/** A screen and a message bus of their own, for the parts that open the window. */
const onScreen = ['xvfb-run', '-a', '-s', '-screen 0 1440x900x24 -nolisten tcp', 'dbus-run-session', '--'];

await main(async () => {
  const options = read();
  const asked = Object.keys(others).filter((name) => options[name]);
  if (!options['no-build']) await build();
  for (const script of asked.flatMap((name) => others[name])) await otherPart(script, options);
  if (asked.length > 0) return;
  const peers = options['no-peers'] || options.far ? { there: [], words: [] } : fetchPeers();
  for (const word of peers.words) print(word);
  for (const size of options.size) {
    const able = options.engine.filter((name) => (knowing[size] ?? options.engine).includes(name));
    for (const name of able) await part(name, size, options, peers);
  }
});

function read() {
  const text = { type: 'string', multiple: true };
  const flag = { type: 'boolean', default: false };
  const { values } = parseArgs({
    options: {
      size: { ...text, default: ['l'] },
      engine: { ...text, default: Object.keys(engines) },
      rounds: { type: 'string', default: '5' },
      'no-peers': flag,
      far: flag,
      'no-build': flag,
      dry: flag,
      ...Object.fromEntries(Object.keys(others).map((name) => [name, flag])),
    },
  });
  const unknown = values.engine.find((name) => !engines[name]);
  if (unknown) throw new Stop(`There is no engine ${unknown}; there are ${Object.keys(engines).join(', ')}.`);
  if (values.far) values.engine = values.engine.filter((name) => name !== 'sqlite');
  return values;
}

async function build() {
  await prepare({ tests: true });
  say('Building what is measured, and what measures');
  const inRoot = { cwd: root, env: environment };
  await run('cargo', ['build', '--locked', '--release', ...appBuild], inRoot);
  const bins = ['--bin', 'servers', '--bin', 'scale'];
  await run('cargo', ['build', '--locked', '-p', 'db-studio-tests', ...bins], inRoot);
}

async function otherPart(script, { dry }) {
  const [program, ...words] = [...onScreen, 'node', join(here, script), ...(dry ? ['--dry'] : [])];
  const code = await status(program, words, { cwd: root, env: environment });
  if (code !== 0) throw new Stop(`${script} failed (${code}).`);
}

/** One engine at one size, from the start of its server to the lines in RESULTS.md. */
async function part(name, size, options, peers) {
  for (const client of { postgres: ['psql'], mariadb: ['mariadb'], sqlite: [] }[name]) {
    if (!ask(client, ['--version']))
      throw new Stop(`${client} is needed for the raw reading and was not found.`);
  }
  const engine = new engines[name](programs);
  say(`${engine.title}: making ${size.toUpperCase()}`);
  try {
    await engine.start();
    engine.make(size);
    engine.settle();
    const given = { app: programs.app, size, rounds: Number(options.rounds), peers: peers.there, say: print };
    const lines = await (options.far ? measureFar : measureSync)(engine, given);
    const text = [...lines, ...peers.words, `Measured ${machine()}.`].join('\n');
    print(`\n${text}\n`);
    if (!options.dry) writePart(`${options.far ? 'far' : 'sync'}-${name}-${size}`, text);
  } finally {
    await engine.end();
  }
}

function print(text) {
  process.stdout.write(`${text}\n`);
}
