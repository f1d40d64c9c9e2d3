// npm run bindings: writes ui/src/bindings.ts anew from the commands and events of the Rust side.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { environment, root } from './lib/places.mjs';
import { main, run } from './lib/run.mjs';

await main(async () => {
  // Tauri wants the folder of the built UI; what is in it does not matter here.
  mkdirSync(join(root, 'ui', 'dist'), { recursive: true });
  const build = ['-p', 'db-studio', '--features', 'db-studio/custom-protocol'];
  await run('cargo', ['run', '--quiet', ...build, '--', 'bindings'], {
    cwd: root,
    env: environment,
  });
});
