// Private servers of the other kinds, each with a small shop in it.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { filled } from './places.mjs';

/** Running servers; `urls` says where, by the name of their kind. */
export class Filled {
  #child;
  urls = {};

  static async start() {
    const servers = new Filled();
    servers.#child = spawn(filled, [], { stdio: ['pipe', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: servers.#child.stdout })) {
      if (line === 'ready') return servers;
      const [name, ...url] = line.split('=');
      servers.urls[name] = url.join('=');
    }
    throw new Error('The private servers did not start.');
  }

  async end() {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.stdin.end();
    await ended;
  }
}
