// Debian's packages through apt, unpacked into folders and never installed: the system stays as it is.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stop, ask, run } from './run.mjs';

/** Unpacks one package, of the machine's own suites, into a new folder. */
export async function unpack(name, folder, work) {
  const download = () => ask('apt-get', ['-qq', 'download', name], { cwd: work });
  if (download() === undefined) {
    await run('apt-get', ['update', '-qq']);
    if (download() === undefined) throw new Stop(`Debian's package ${name} cannot be had.`);
  }
  await unpackAll(work, folder);
}

/**
 * Unpacks a program's package, the libraries that it needs down to the C library, and further
 * packages without theirs into a new folder, so that it runs whatever the system has installed.
 *
 * apt works on lists, a status and an archive folder of its own, and checks signatures as ever.
 * With `suite` the packages are those of that suite of Debian, from the machine's own mirror.
 */
export async function unpackProgram({ program, further = [], suite }, folder, work) {
  const state = join(work, 'apt');
  mkdirSync(join(state, 'lists', 'partial'), { recursive: true });
  mkdirSync(join(state, 'archives', 'partial'), { recursive: true });
  // An empty status: nothing counts as installed, so everything needed is downloaded.
  writeFileSync(join(state, 'status'), '');
  const own = ['-qq', ...options(state, suite)];
  const apt = (...args) => run('apt-get', [...own, ...args], quiet(state));
  await apt('update');
  await apt('install', '--yes', '--no-install-recommends', '--download-only', program);
  if (further.length > 0) await apt('download', ...further);
  const runs = (file) =>
    /^(lib(?!perl)|zlib)/.test(file) || [program, ...further].includes(file.split('_')[0]);
  await unpackAll(join(state, 'archives'), folder, runs);
}

async function unpackAll(archives, folder, wanted = () => true) {
  for (const file of readdirSync(archives)) {
    if (file.endsWith('.deb') && wanted(file)) await run('dpkg-deb', ['-x', join(archives, file), folder]);
  }
}

/** What keeps apt to a folder of its own. */
function options(state, suite) {
  const set = {
    'Dir::State': state,
    'Dir::State::lists': join(state, 'lists'),
    'Dir::State::status': join(state, 'status'),
    'Dir::Cache': state,
    'Dir::Cache::archives': join(state, 'archives'),
    'Acquire::Languages': 'none',
    ...(process.getuid() === 0 ? { 'APT::Sandbox::User': 'root' } : {}),
    ...(suite ? ofSuite(state, suite) : {}),
  };
  return Object.entries(set).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

function ofSuite(state, suite) {
  const source = join(state, 'debian.sources');
  writeFileSync(source, `Types: deb\nURIs: ${mirror()}\nSuites: ${suite}\nComponents: main\n${signedBy()}`);
  mkdirSync(join(state, 'none'));
  return {
    'Dir::Etc::sourcelist': source,
    'Dir::Etc::sourceparts': join(state, 'none'),
    'Dir::Etc::preferences': join(state, 'none', 'preferences'),
    'Dir::Etc::preferencesparts': join(state, 'none'),
    'Acquire::Check-Valid-Until': 'false',
  };
}

/** Where this machine gets Debian's packages from. */
function mirror() {
  const format = '$(LABEL) $(REPO_URI)';
  const targets = ask('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']) ?? '';
  const found = /^Debian (\S+)$/m.exec(targets)?.[1];
  if (!found) throw new Stop('The sources of apt on this machine name no mirror of Debian.');
  return found;
}

/** Debian's own keys, also where the machine's sources leave them to the defaults. */
function signedBy() {
  const folder = '/usr/share/keyrings';
  const file = ['debian-archive-keyring.pgp', 'debian-archive-keyring.gpg'].find((name) =>
    readdirSync(folder).includes(name),
  );
  return file ? `Signed-By: ${join(folder, file)}\n` : '';
}

function quiet(state) {
  return { cwd: join(state, 'archives'), stdio: ['ignore', 'ignore', 'inherit'] };
}
