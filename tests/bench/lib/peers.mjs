// Others that read schemas, from their own registries into the cache folder; one that cannot
// be had is left out with a word.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cache } from '../../../.scripts/lib/places.mjs';
import { ask } from '../../../.scripts/lib/run.mjs';
import { cpuAtRest, runMeasured } from './processes.mjs';

const own = join(dirname(dirname(fileURLToPath(import.meta.url))), 'peers');
const folder = (name) => join(cache, 'peers', name);

/** A reading that takes longer is ended. */
const LIMIT = 240;

const python = {
  name: 'SQLAlchemy `get_multi_*`',
  packages: ['sqlalchemy==2.1.9', 'psycopg[binary]==3.3.9', 'pymysql==1.2.4'],
  command: (engine) => [
    join(folder('python'), 'bin', 'python'),
    [join(own, 'sqlalchemy_reader.py'), ...engine.peers.sqlalchemy],
  ],
  fetch() {
    const place = folder('python');
    if (!existsSync(place)) ask('python3', ['-m', 'venv', place]);
    const pip = ['-m', 'pip', 'install', '--quiet', ...this.packages];
    return ask(join(place, 'bin', 'python'), pip) !== undefined;
  },
};

const node = {
  name: 'DbGate `analyseFull`',
  packages: [
    'dbgate-plugin-postgres@7.2.2',
    'dbgate-plugin-mysql@7.3.0',
    'dbgate-plugin-sqlite@7.2.2',
    'wkx',
  ],
  command: (engine) => ['node', [join(own, 'dbgate_reader.cjs'), ...engine.peers.dbgate]],
  fetch() {
    const place = folder('node');
    mkdirSync(place, { recursive: true });
    if (!existsSync(join(place, 'package.json'))) writeFileSync(join(place, 'package.json'), '{}');
    const install = ['install', '--no-audit', '--no-fund', '--silent', ...this.packages];
    return ask('npm', install, { cwd: place }) !== undefined;
  },
};

/** Those that can be had, and a word for each that cannot. */
export function fetchPeers() {
  const [there, words] = [[], []];
  for (const peer of [python, node]) {
    if (peer.fetch()) there.push(peer);
    else words.push(`${peer.name} is left out: its packages (${peer.packages.join(', ')}) could not be had.`);
  }
  return { there, words };
}

/** One reading by a peer, with what it took of it and of the server. */
export async function readAs(peer, engine) {
  const before = await cpuAtRest(engine.pid);
  const [command, args] = peer.command(engine);
  const ran = await runMeasured(command, args, { cwd: folder('node'), keep: true, limit: LIMIT });
  if (ran.failed) return { failed: ran.failed };
  const { wall, cpu: client, peak, tables } = JSON.parse(ran.output.trim().split('\n').at(-1));
  const server = (await cpuAtRest(engine.pid)) - before;
  return { wall, client, server, peak, tables };
}
