// Remembers what a step was last done for, so that it is done again only after a change.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.mjs';

const folder = join(root, 'node_modules', '.db-studio');

/** True where `name` was last stamped with this digest. */
export function isFresh(name, digest) {
  try {
    return readFileSync(join(folder, name), 'utf8') === digest;
  } catch {
    return false;
  }
}

/** Remembers that `name` was done for this digest. */
export function stamp(name, digest) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), digest);
}

/** A digest of the names and bytes of files and, all the way down, of folders. */
export function digestOf(paths, leftOut = () => false) {
  const hash = createHash('sha256');
  const add = (path) => {
    if (leftOut(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name));
    } else {
      hash.update(`${path}\0`).update(readFileSync(path));
    }
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}
