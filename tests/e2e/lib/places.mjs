// Where the programs under test are and where a run leaves its pictures.
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'db-studio');
const target = process.env.CARGO_TARGET_DIR || join(cache, 'target');

/** The checkout. */
export const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** The app with the built UI in it. */
export const app = process.env.DB_STUDIO_APP || join(target, 'debug', 'db-studio');

/** What starts private database servers. */
export const servers = process.env.DB_STUDIO_SERVERS || join(target, 'debug', 'servers');

/** What starts servers of the other kinds with something in them. */
export const filled = process.env.DB_STUDIO_FILLED || join(target, 'debug', 'filled');

/** What drives the window. */
export const driver = process.env.TAURI_DRIVER || join(cache, 'tools', 'bin', 'tauri-driver');

/** The installable package, once it is built. */
export const packages = process.env.DB_STUDIO_PACKAGES || join(target, 'release', 'bundle', 'deb');

/** Pictures of every step; kept after the run. */
export const artefacts = join(root, 'tests', 'e2e', 'artefacts');
mkdirSync(artefacts, { recursive: true });
