// npm run coverage: writes src-tauri/engines/COVERAGE.md anew from what the engines declare.
import { environment, root } from './lib/places.mjs';
import { main, run } from './lib/run.mjs';

await main(async () => {
  await run('cargo', ['test', '--quiet', '-p', 'db-studio-tests', '--test', 'coverage'], {
    cwd: root,
    env: { ...environment, DB_STUDIO_WRITE_COVERAGE: '1' },
  });
});
