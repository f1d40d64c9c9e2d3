// Programs that tests and checks use and that are built from source, once, into the cache folder.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, tools } from './places.mjs';
import { run, say } from './run.mjs';

const versions = { 'cargo-machete': '0.9.2', 'tauri-driver': '2.1.0' };

/** Where a tool is, after building it where this version of it is missing. */
export async function tool(name) {
  const path = join(tools, 'bin', name);
  if (existsSync(path) && isListed(name)) return path;
  say(`Building ${name}`);
  const work = join(tools, `work-${name}`);
  const args = ['install', name, '--version', versions[name], '--locked', '--root', tools];
  await run('cargo', args, { cwd: root, env: { ...process.env, CARGO_TARGET_DIR: work } });
  rmSync(work, { recursive: true, force: true });
  return path;
}

/** cargo keeps a list of what it has installed in a folder. */
function isListed(name) {
  return readFileSync(join(tools, '.crates.toml'), 'utf8').includes(`"${name} ${versions[name]} (`);
}
