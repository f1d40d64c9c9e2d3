// npm run build: the release build and its installable package.
import { join } from 'node:path';
import { prepare } from './lib/prepare.mjs';
import { environment, root, target } from './lib/places.mjs';
import { main, run, say } from './lib/run.mjs';

await main(async () => {
  await prepare();
  say('Building the release and its .deb');
  await run('npx', ['--no-install', 'tauri', 'build', '--bundles', 'deb', '--ci'], {
    cwd: root,
    env: environment,
  });
  say(`The package is in ${join(target, 'release', 'bundle', 'deb')}`);
});
