// Programs that tests and checks use and that are built from source, once, into the cache folder.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, tools } from './places.mjs';
import { run, say } from './run.mjs';

const builds = {
  'cargo-machete': { version: '0.9.2' },
  'secantus-mdb': {
    version: '0.5.3-beta.193',
    program: 'secantusd-rs',
    // It asks for a newer compiler than it needs.
    args: ['--ignore-rust-version'],
  },
  'tauri-driver': { version: '2.1.0' },
};

/** Where a tool is, after building it where this version of it is missing. */
export async function tool(name) {
  const { version, program = name, args = [] } = builds[name];
  const path = join(tools, 'bin', program);
  if (existsSync(path) && isListed(name)) return path;
  say(`Building ${name}`);
  const work = join(tools, `work-${name}`);
  const install = ['install', name, '--version', version, '--locked', '--root', tools, ...args];
  await run('cargo', install, { cwd: root, env: { ...process.env, CARGO_TARGET_DIR: work } });
  rmSync(work, { recursive: true, force: true });
  return path;
}

/** cargo keeps a list of what it has installed in a folder. */
function isListed(name) {
  return readFileSync(join(tools, '.crates.toml'), 'utf8').includes(`"${name} ${builds[name].version} (`);
}
