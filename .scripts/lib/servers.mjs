// The database servers that a whole test run shares. They end when this process does.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { environment, root, target } from './places.mjs';
import { Stop } from './run.mjs';

/** Starts them and gives the environment that tests find them by, and a way to end them. */
export async function startServers() {
  const child = spawn(join(target, 'debug', 'servers'), [], {
    cwd: root,
    env: environment,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const variables = {};
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'ready') {
      return {
        variables,
        stop() {
          child.stdin.end();
          return ended;
        },
      };
    }
    const [name, ...value] = line.split('=');
    variables[name] = value.join('=');
  }
  throw new Stop('The test servers did not start.');
}
