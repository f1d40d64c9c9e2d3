// Parts of RESULTS.md, each between its own marks, so that one can be written anew
// without the others.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { root } from '../e2e/lib/places.mjs';

const file = join(root, 'tests', 'bench', 'RESULTS.md');

/** Writes a part, in the place where it stood before or at the end. */
export function writePart(name, text) {
  const [begin, end] = [`<!-- begin: ${name} -->`, `<!-- end: ${name} -->`];
  const part = `${begin}\n${text.trim()}\n${end}`;
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '# Measured\n';
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  const after =
    from >= 0 && to > from
      ? before.slice(0, from) + part + before.slice(to + end.length)
      : `${before.trimEnd()}\n\n${part}\n`;
  writeFileSync(file, after);
}

/** When and on what it was measured. */
export function machine() {
  const [first, ...others] = cpus();
  const memory = `${Math.round(totalmem() / 1024 ** 3)} GiB`;
  const date = new Date().toISOString().slice(0, 10);
  return `${date}, ${others.length + 1} cores (${first?.model.trim() ?? 'unknown'}), ${memory}, ${type()} ${release()}`;
}

/** The middle of a list, and the value that 95 of 100 do not pass. */
export function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
  return { p50: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? NaN };
}
