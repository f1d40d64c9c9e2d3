// How long the search takes over 1.1 million names, in the core. Prints and writes;
// never passes or fails on a time.
//
//   node tests/bench/search.mjs [--rounds N] [--program PROGRAM] [--dry]
//
// Six connections to a file of 10,000 tables are read into a catalogue, and each query is
// asked as the window asks it: parsed, looked for, ranked, and the 50 best shown with
// their facts from the catalogue. Where hardly anything is found as it is written, names
// with slips are looked for too; the search says when, and such queries have a row and a
// target of their own.
import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../e2e/lib/places.mjs';
import { large } from './start-large.mjs';
import { machine, spread, writePart } from './start-results.mjs';

const CONNECTIONS = '6';
const TARGETS = { '1 letter': 25 };
const TARGET = 10;
const TARGET_WITH_SLIPS = 40;
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    program: { type: 'string' },
    dry: { type: 'boolean', default: false },
  },
});

const program = options.program ?? build();
const ran = spawnSync(program, [large(), CONNECTIONS, options.rounds], {
  encoding: 'utf8',
  maxBuffer: 1 << 26,
});
if (ran.status !== 0) throw new Error(`The measurement failed: ${ran.error ?? ran.stderr}`);
const answers = ran.stdout
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const facts = Object.assign({}, ...answers.filter((answer) => !answer.class));
const rows = answers.filter((answer) => answer.class).flatMap(split);

const text = `## Search, in the core

${machine()}. ${facts.names.toLocaleString('en')} names of ${CONNECTIONS} connections, release build, ${options.rounds} rounds, 50 hits shown. Written by \`node tests/bench/search.mjs\`.

| queries | how many | p50 ms | p95 ms | slowest ms | target p95 |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

The names are loaded in ${facts.load_ms.toFixed(0)} ms with the first search; the search after a sync that changed nothing takes ${facts.after_unchanged_sync_ms.toFixed(0)} ms and loads nothing.`;
process.stdout.write(`${text}\n`);
if (!options.dry) writePart('search in the core', text);

/** A row for the queries that were answered as written, and one for those with slips. */
function split({ class: name, queries, slips, ms }) {
  const timed = queries.map((query, at) => ({ query, slips: slips[at], ms: ms[at] }));
  const asWritten = timed.filter((query) => !query.slips);
  const withSlips = timed.filter((query) => query.slips);
  const slipped = asWritten.length > 0 ? `${name}, with slips` : name;
  return [
    ...(asWritten.length > 0 ? [row(name, asWritten, TARGETS[name] ?? TARGET)] : []),
    ...(withSlips.length > 0 ? [row(slipped, withSlips, TARGET_WITH_SLIPS)] : []),
  ];
}

function row(name, timed, target) {
  const { p50, p95, max } = spread(timed.flatMap((query) => query.ms));
  const slowest = timed.find((query) => query.ms.includes(max)).query;
  return `| ${name} | ${timed.length} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${max.toFixed(1)} (\`${slowest}\`) | ≤ ${target} |`;
}

function build() {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'db-studio');
  const target = process.env.CARGO_TARGET_DIR || join(cache, 'target');
  const args = ['build', '--release', '--locked', '-p', 'db-studio-tests', '--bin', 'search'];
  const env = { ...process.env, CARGO_TARGET_DIR: target };
  const built = spawnSync('cargo', args, { cwd: root, env, stdio: 'inherit' });
  if (built.status !== 0) throw new Error('The measurement was not built.');
  return join(target, 'release', 'search');
}
