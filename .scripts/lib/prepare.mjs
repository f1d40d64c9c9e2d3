// What every command does first: tools, packages, npm packages, the built UI, the built app.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages } from './packages.mjs';
import { environment, root, target } from './places.mjs';
import { run, say } from './run.mjs';
import { digestOf, isFresh, stamp } from './stamp.mjs';
import { checkToolchain } from './toolchain.mjs';

const inRoot = { cwd: root, env: environment };

/**
 * The debug profile with the built UI embedded. Debug, because it is there in
 * half the time of a release build, the tests drive the very same binary, and
 * the crates whose speed one feels are optimised in it all the same.
 * `npm run build` makes the release.
 */
export const appBuild = ['-p', 'db-studio', '--features', 'db-studio/custom-protocol'];

/** Makes sure of the toolchain, the system's packages, npm's packages and the built UI. */
export async function prepare({ tests = false } = {}) {
  checkToolchain();
  await installPackages({ tests });
  await installModules();
  await buildUi();
}

/** Builds the app that `npm start` opens; cargo knows what has changed. */
export async function buildApp() {
  say(`Building the app (in ${target}; the first time takes some minutes)`);
  await run('cargo', ['build', '--locked', ...appBuild], inRoot);
}

async function installModules() {
  const digest = digestOf([join(root, 'package-lock.json')]);
  if (isFresh('modules', digest)) return;
  say('Installing the npm packages');
  await run('npm', ['ci', '--no-audit', '--no-fund'], inRoot);
  stamp('modules', digest);
}

async function buildUi() {
  const dist = join(root, 'ui', 'dist');
  const sources = ['ui', 'icons', 'package.json', 'package-lock.json'];
  const digest = digestOf(
    sources.map((name) => join(root, name)),
    (path) => path === dist,
  );
  if (existsSync(join(dist, 'index.html')) && isFresh('ui', digest)) return;
  say('Building the UI');
  await run('npm', ['run', '--silent', 'ui:build'], inRoot);
  stamp('ui', digest);
}
