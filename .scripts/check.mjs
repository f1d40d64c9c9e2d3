// npm run check: format and lint, of Rust and of the UI. Changes nothing.
import { join } from 'node:path';
import { prepare } from './lib/prepare.mjs';
import { environment, root } from './lib/places.mjs';
import { main, say, status } from './lib/run.mjs';
import { tool } from './lib/tools.mjs';

const inRoot = { cwd: root, env: environment };

await main(async () => {
  await prepare();
  const failed = [];
  for (const { name, command } of checks(await tool('cargo-machete'))) {
    say(name);
    if ((await status(...command, inRoot)) !== 0) failed.push(name);
  }
  if (failed.length === 0) return say('All checks passed');
  process.stderr.write(`\nFailed: ${failed.join('; ')}.\n`);
  return 1;
});

function checks(machete) {
  return [
    { name: 'Format of Rust', command: ['cargo', ['fmt', '--all', '--check']] },
    {
      name: 'Lints of Rust',
      command: ['cargo', ['clippy', '--locked', '--workspace', '--all-targets', '--', '-D', 'warnings']],
    },
    { name: 'Unused dependencies', command: [machete, ['src-tauri', 'tests']] },
    { name: 'Licences, sources and banned crates', command: ['node', [join(root, '.scripts/deny.mjs')]] },
    {
      name: 'Format of the scripts',
      command: [
        'npx',
        [
          '--no-install',
          'prettier',
          '--config',
          'ui/.prettierrc.json',
          '--check',
          '--no-error-on-unmatched-pattern',
          '.scripts',
          'tests/bench/**/*.mjs',
          'tests/e2e',
        ],
      ],
    },
    { name: 'Types, lints and format of the UI', command: ['npm', ['run', '--silent', 'ui:check']] },
  ];
}
