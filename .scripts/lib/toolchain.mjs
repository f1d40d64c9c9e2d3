// Checks for Rust and Node.js, which the person installs, and says how.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.mjs';
import { Stop, ask } from './run.mjs';

/** Stops, with the way to get them, where Rust or Node.js is missing or too old. */
export function checkToolchain() {
  const node = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node;
  require_(
    'Node.js',
    process.versions.node,
    node.replace(/[^\d.]/g, ''),
    "Get it from https://nodejs.org, or through your system's packages.",
  );
  const rust = /rust-version = "([\d.]+)"/.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))[1];
  const how = 'Get it from https://rustup.rs; where rustup is there already: rustup update stable.';
  require_('Rust', /\d+\.\d+\.\d+/.exec(ask('rustc', ['--version']) ?? '')?.[0], rust, how);
  if (!ask('cargo', ['--version'])) throw new Stop(`cargo was not found. ${how}`);
}

function require_(name, found, wanted, how) {
  if (!found) throw new Stop(`${name} ${wanted} or newer is needed and was not found.\n${how}`);
  if (older(found, wanted)) throw new Stop(`${name} ${wanted} or newer is needed; this is ${found}.\n${how}`);
}

function older(found, wanted) {
  const [a, b] = [found, wanted].map((version) => version.split('.').map(Number));
  for (let part = 0; part < b.length; part += 1) {
    if ((a[part] ?? 0) !== b[part]) return (a[part] ?? 0) < b[part];
  }
  return false;
}
