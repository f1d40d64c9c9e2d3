// The readings of one engine at one size, round after round, and the table of their medians.
import { statementsHeard } from './heard.mjs';
import { cpuAtRest } from './processes.mjs';
import { readAs } from './peers.mjs';
import { Studio } from './studio.mjs';

/** A peer that takes longer than this many seconds is asked once only. */
const PATIENCE = 20;

const again = 'db-studio, again: nothing changed';
const first = 'db-studio, first sync';

/** Measures an engine whose tables are made, and gives the lines of a report. */
export async function measureSync(engine, { app, size, rounds, peers, say }) {
  const runs = new Map();
  const words = new Set();
  const keep = (who, run) => {
    if (run.failed) return words.add(`${who}: failed or was ended (${run.failed.split('\n').at(-1)}).`);
    if (!runs.has(who)) runs.set(who, []);
    runs.get(who).push(run);
    say(`  ${who}: ${seconds(run.wall)} s, CPU ${seconds(run.client)} + ${seconds(run.server)} s`);
  };
  const complete = [];
  let stored;
  const idle = await engine.idle();
  if (idle) words.add(startIn(idle));
  const remark = engine.remark();
  if (remark) words.add(remark);
  const empty = await ofEmpty(engine, app);
  for (let round = 1; round <= rounds; round += 1) {
    say(`${engine.title}, ${size.toUpperCase()}, round ${round} of ${rounds}`);
    keep('raw', await rawRead(engine));
    const studio = await Studio.start(app, engine.url, engine.pid);
    try {
      keep(first, await studio.order('sync'));
      complete.push(verdict('after the first sync', engine, studio));
      keep(again, await studio.order('sync'));
      engine.write(round);
      keep('db-studio, again: a row was written', await studio.order('sync'));
      engine.change(round);
      keep('db-studio, again: one table changed', await studio.order('sync'));
      complete.push(verdict('after the change', engine, studio));
      stored = studio.stored;
    } finally {
      await studio.end();
    }
    for (const peer of engine.isShape ? [] : peers) {
      const before = runs.get(peer.name)?.[0];
      if (round === 1 || (before && before.wall < PATIENCE)) keep(peer.name, await readAs(peer, engine));
    }
  }
  words.add(`The catalogue's file has ${stored.toFixed(0)} MiB then.`);
  words.add(await statementsHeard(engine, app));
  return report({ engine, size, rounds, runs, words, complete, empty });
}

async function rawRead(engine) {
  const before = await cpuAtRest(engine.pid);
  const run = await engine.read();
  if (run.failed) throw new Error(`The raw reading failed: ${run.failed}`);
  return { ...run, server: (await cpuAtRest(engine.pid)) - before };
}

/** What the same program needs for a database with nothing in it. */
async function ofEmpty(engine, app) {
  const studio = await Studio.start(app, engine.empty, engine.pid);
  try {
    return await studio.order('sync');
  } finally {
    await studio.end();
  }
}

/** Whether the catalogue holds the very objects that the server says it has. */
function verdict(when, engine, studio) {
  const [there, kept] = [engine.count(), engine.kept(studio.catalogue)].map((text) => JSON.parse(text));
  const kinds = [...new Set([...Object.keys(there), ...Object.keys(kept)])];
  const wrong = kinds.filter((kind) => {
    const [a, b] = [there[kind], kept[kind]];
    return a?.count !== b?.count || a?.digest !== b?.digest;
  });
  const count = (of, kind) => of[kind]?.count ?? 0;
  const told = kinds.map((kind) => `${count(there, kind)} × ${kind}`).join(', ');
  const missed = wrong.map((kind) => `${kind} (${count(there, kind)} there, ${count(kept, kind)} kept)`);
  return { when, told, missed: missed.join(', ') };
}

function report({ engine, size, rounds, runs, words, complete, empty }) {
  const raw = medians(runs.get('raw'));
  const rows = [...runs].map(([who, all]) => {
    const it = medians(all);
    const [cpuRaw, cpuIt] = [raw, it].map((one) => one.client + one.server);
    const isOurs = who.startsWith('db-studio');
    return [
      who === 'raw' ? `the least: ${engine.rawIs}` : who,
      seconds(it.wall),
      seconds(it.client),
      seconds(it.server),
      times(cpuIt / cpuRaw),
      times(it.wall / raw.wall),
      it.peak.toFixed(0),
      isOurs ? Math.max(0, it.peak - empty.peak).toFixed(0) : '',
      isOurs ? whole(it.statements) : '',
      isOurs ? [it.added, it.changed, it.removed].map(whole).join(' / ') : '',
      String(all.length),
    ];
  });
  const head = ['', 'wall s', 'CPU s, client', 'CPU s, server', '× raw CPU', '× raw wall'];
  head.push('peak MiB', 'added MiB', 'statements', 'new / changed / gone', 'runs');
  return [
    `## Sync: ${[engine.title, engine.version].filter(Boolean).join(' ')}, ${size.toUpperCase()}`,
    '',
    ...table(head, rows),
    '',
    `Medians of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, interleaved; what is asked again is asked of the same process. Added: the peak less that of a sync of an empty database by the same program (${empty.peak.toFixed(0)} MiB).`,
    ...complete.filter((one, at) => at < 2 || one.missed).map(inWords),
    ...[...words].filter(Boolean),
  ];
}

function inWords({ when, told, missed }) {
  if (missed) return `NOT COMPLETE ${when}: ${missed}.`;
  return `Complete ${when}: the catalogue holds the very objects that the server counts (${told}).`;
}

/** What the raw reading's own client needs before it asks anything. */
function startIn({ wall, client }) {
  const took = `${seconds(wall)} s and ${seconds(client)} CPU s`;
  return `Of the raw reading, ${took} are the start and the sign-in of its client.`;
}

function medians(all) {
  const of = (key) => {
    const sorted = all.map((run) => run[key] ?? 0).toSorted((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  };
  const keys = ['wall', 'client', 'server', 'peak', 'statements', 'added', 'changed', 'removed'];
  return Object.fromEntries(keys.map((key) => [key, of(key)]));
}

/** A table as Markdown, its columns as wide as they need to be. */
export function table(head, rows) {
  const widths = head.map((_, at) => Math.max(3, ...[head, ...rows].map((row) => row[at].length)));
  const line = (row) =>
    `| ${row.map((text, at) => (at ? text.padStart(widths[at]) : text.padEnd(widths[at]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (at ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)];
}

export function seconds(value) {
  return value.toFixed(value < 0.1 ? 3 : 2);
}

function whole(value) {
  return String(Math.floor(value));
}

function times(ratio) {
  return Number.isFinite(ratio) ? ratio.toFixed(2) : '–';
}
