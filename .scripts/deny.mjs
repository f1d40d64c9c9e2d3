// Runs cargo-deny, fetched as a ready program, over the rules in .cargo/deny.toml.
import { join } from 'node:path';
import { fetch } from './lib/fetched.mjs';
import { environment, root } from './lib/places.mjs';
import { main, status } from './lib/run.mjs';

await main(async () => {
  const folder = await fetch('cargo-deny-0.20.2');
  const args = ['--locked', 'check', 'bans', 'licenses', 'sources'];
  return status(join(folder, 'bin', 'cargo-deny'), args, { cwd: root, env: environment });
});
