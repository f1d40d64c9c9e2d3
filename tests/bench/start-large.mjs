// A SQLite file of 10,000 tables with names like those of real schemas, and a data
// folder in which somebody keeps it as often as is asked for.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { Key } from 'webdriverio';
import { until } from '../e2e/lib/report.mjs';

const passphrase = 'three quiet herons at dusk';
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'db-studio');
const script = 'import sqlite3,sys; d=sqlite3.connect(sys.argv[1]); d.executescript(sys.stdin.read())';
/** Who keeps it. */
export const person = { name: 'Ada', passphrase };

const SUBJECTS = `account address agent article asset audit batch billing booking branch budget campaign
  carrier cart category channel claim client comment company contact contract coupon course currency customer
  delivery department deposit device discount document employee event expense facility feature feedback file
  forecast gateway goods group holiday image incident ingredient inspection insurance inventory invoice item
  journal language lead leave ledger license line location log loyalty machine market measure member merchant
  message meter milestone mission module note notification offer order owner package page parcel partner
  passenger patient payment payroll permission person plan policy portfolio position post price process product
  profile project promotion property provider publication purchase quality quote rate receipt recipe record
  refund region registration reminder rental report request reservation resource response return review reward
  role route rule salary sample schedule season segment sensor session setting shift shipment shop signature
  site skill slot source station statement stock store student subscription supplier survey task tax team tenant
  territory test ticket token tour tracking transaction transfer trip unit usage user vehicle vendor version
  visit voucher wallet warehouse warranty webhook workflow zone`.split(/\s+/);
const ASPECTS = `archive assignment attachment attribute balance change content count detail draft entry
  history import index info key label level limit link list map member meta metric note option period
  permission queue reason reference relation result revision schedule score snapshot state status summary tag
  template total trace type usage value version view`.split(/\s+/);
const COLUMNS = [
  ['status', 'VARCHAR(20)'],
  ['email', 'VARCHAR(254)'],
  ['amount', 'NUMERIC(12,2)'],
  ['currency_code', 'CHAR(3)'],
  ['description', 'TEXT'],
  ['created_at', 'TIMESTAMP'],
  ['updated_at', 'TIMESTAMP'],
  ['external_reference', 'UUID'],
  ['is_active', 'BOOLEAN'],
  ['quantity', 'INTEGER'],
  ['valid_from', 'DATE'],
  ['metadata', 'JSON'],
  ['display_name', 'VARCHAR(200)'],
  ['sort_order', 'SMALLINT'],
  ['latitude', 'DOUBLE PRECISION'],
  ['checksum', 'BYTEA'],
];

/**
 * The file: 12 columns, a primary key, one or two foreign keys, two indexes, a check.
 * Made once and kept in the cache, for common builds of SQLite take a minute or more.
 */
export function large(tables = 10_000) {
  const file = join(cache, 'bench', `large-${tables}.db`);
  if (existsSync(file)) return file;
  mkdirSync(dirname(file), { recursive: true });
  rmSync(`${file}.part`, { force: true });
  const names = Array.from({ length: tables }, (_, at) => nameOf(at));
  const made = spawnSync('python3', ['-c', script, `${file}.part`], {
    input: `PRAGMA journal_mode=OFF; BEGIN;\n${names.map((name, at) => table(name, at, names)).join('\n')}\nCOMMIT;`,
    maxBuffer: 1 << 26,
  });
  if (made.status !== 0) throw new Error(`${file} was not made: ${made.error ?? made.stderr}`);
  renameSync(`${file}.part`, file);
  return file;
}

function nameOf(at) {
  const round = Math.floor(at / SUBJECTS.length);
  const name = `${SUBJECTS[at % SUBJECTS.length]}_${ASPECTS[round % ASPECTS.length]}`;
  return round < ASPECTS.length ? name : `${name}_${Math.floor(round / ASPECTS.length) + 1}`;
}

function table(name, at, names) {
  const [own] = name.split('_');
  const other = names[Math.floor(at / 3)];
  const third = names[Math.floor(at / 7)];
  const columns = Array.from(
    { length: 9 },
    (_, step) => COLUMNS[(at + step * 3 + (step >> 2)) % COLUMNS.length],
  );
  const facts = [...new Map(columns)].map(([column, type]) => `${column} ${type}`);
  const filling = Array.from(
    { length: 9 - facts.length },
    (_, step) => `${own}_extra_${step} TEXT DEFAULT 'x'`,
  );
  return `CREATE TABLE ${name} (id INTEGER PRIMARY KEY, ${other}_id INTEGER REFERENCES ${other} (id),
    ${own}_number INTEGER NOT NULL ${at % 2 ? `REFERENCES ${third} (id)` : ''}, ${[...facts, ...filling].join(', ')},
    CONSTRAINT ${name}_number_check CHECK (${own}_number > 0));
    CREATE INDEX ${name}_number_idx ON ${name} (${own}_number);
    CREATE UNIQUE INDEX ${name}_${other}_id_key ON ${name} (${other}_id, ${own}_number);`;
}

/** Signs somebody up in an open window and keeps the file as often as asked, read each time. */
export async function keepLarge(window, file, times) {
  await window.signUp(person.name, passphrase);
  for (let number = 1; number <= times; number += 1) {
    await window.keys(Key.Ctrl, 'n');
    await window.show('Connection string');
    await window.type('Connection string', `sqlite:${file}`);
    await window.show('Fields');
    await window.type('Name', `large-${number}`);
    await window.button('Save');
    await window.button('Sync now');
    await window.button('Connections');
    await until(
      `large-${number} is read`,
      () =>
        window.run(
          (name) =>
            [...document.querySelectorAll('[role=row]')].some(
              (row) => row.textContent.includes(name) && /10,000\s*tables/.test(row.textContent),
            ),
          `large-${number}`,
        ),
      120_000,
    );
  }
}
