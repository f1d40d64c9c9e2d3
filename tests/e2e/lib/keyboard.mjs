// Keys as a keyboard sends them, for a window that no driver holds.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './places.mjs';

const script = join(root, 'tests', 'e2e', 'lib', 'keys.py');

/** Types a text. */
export function type(text) {
  keys('type', text);
}

/** Presses keys together: `ctrl+k`. */
export function press(together) {
  keys('press', together);
}

function keys(verb, what) {
  const done = spawnSync('python3', [script, verb, what], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${verb} ${what}: ${done.error ?? done.stderr}`);
}
