// Where things are: the checkout, and the folders outside it that builds and downloads fill.
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Everything that may be deleted at any time and is made again. */
export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'db-studio');

/** What cargo builds. Kept outside the checkout, so that clones share it. */
export const target = process.env.CARGO_TARGET_DIR || join(cache, 'target');

/** Test tools built from source. */
export const tools = join(cache, 'tools');

/** The debug build of the app: `npm start` opens it and the window's tests drive it. */
export const app = join(target, 'debug', 'db-studio');

/** The environment of every program that builds or tests. */
export const environment = { ...process.env, CARGO_TARGET_DIR: target };
