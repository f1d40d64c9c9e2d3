// A server that is far away: a proxy that holds back every byte, each way, stands before it.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Studio } from './studio.mjs';
import { seconds, table } from './sync.mjs';

/** Milliseconds that every byte takes, each way. */
const ONE_WAY = 75;

class Link {
  #child;
  #lines;

  static async before(program, { hostname, port }) {
    const link = new Link();
    const args = ['far', hostname, port, String(ONE_WAY)];
    link.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    link.#lines = createInterface({ input: link.#child.stdout })[Symbol.asyncIterator]();
    link.port = (await link.#lines.next()).value;
    return link;
  }

  async counts() {
    this.#child.stdin.write('\n');
    const [connections, trips] = (await this.#lines.next()).value.split(' ').map(Number);
    return { connections, trips };
  }

  end() {
    this.#child.stdin.end();
  }
}

/** Tests and syncs an engine's server over the link, and gives the lines of a report. */
export async function measureFar(engine, { app, size, say }) {
  const link = await Link.before(engine.programs.scale, engine.server.url);
  const url = new URL(engine.url);
  url.port = link.port;
  const studio = await Studio.start(app, url.href, engine.pid);
  const rows = [];
  const order = async (what, word) => {
    const before = await link.counts();
    const run = await studio.order(word);
    const after = await link.counts();
    const trips = after.trips - before.trips;
    const connections = after.connections - before.connections;
    say(`  ${what}: ${seconds(run.wall)} s, ${trips} round trips`);
    rows.push([what, seconds(run.wall), String(trips), String(connections)]);
  };
  try {
    say(`${engine.title}, ${size.toUpperCase()}, ${ONE_WAY} ms away`);
    await order('test of the connection', 'test');
    await order('first sync', 'sync');
    await order('again: nothing changed', 'sync');
    engine.change('far');
    await order('again: one table changed', 'sync');
  } finally {
    await studio.end();
    link.end();
  }
  return [
    `## ${ONE_WAY} ms away, each way: ${engine.title} ${engine.version}, ${size.toUpperCase()}`,
    '',
    ...table(['', 'wall s', 'round trips', 'connections'], rows),
  ];
}
