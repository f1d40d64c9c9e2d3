// db-studio's own program with one connection, told what to do and watched from outside.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuAtRest, forgetPeak, memory } from './processes.mjs';

/** A process with a fresh catalogue. */
export class Studio {
  #child;
  #lines;
  #server;

  /** Starts `program` for the server or file at `url`; `server` is the server's process. */
  static async start(program, url, server) {
    const studio = new Studio();
    studio.folder = mkdtempSync(join(tmpdir(), 'db-studio-bench-'));
    const { DISPLAY: _, WAYLAND_DISPLAY: __, DATABASE_URL: ___, ...env } = process.env;
    studio.#server = server;
    studio.#child = spawn(program, ['--data-dir', studio.folder, 'measure'], {
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    studio.#lines = createInterface({ input: studio.#child.stdout })[Symbol.asyncIterator]();
    studio.#child.stdin.write(`${url}\n`);
    const { value } = await studio.#lines.next();
    if (value !== 'ready') throw new Error(`${program} cannot be measured: it said ${value}.`);
    return studio;
  }

  /** Its catalogue. */
  get catalogue() {
    return join(this.folder, 'catalogue.sqlite');
  }

  /** Does `sync` or `test`, with what that took of it and of the server. */
  async order(word) {
    const pid = this.#child.pid;
    forgetPeak(pid);
    const before = { own: await cpuAtRest(pid), server: await cpuAtRest(this.#server) };
    const began = process.hrtime.bigint();
    this.#child.stdin.write(`${word}\n`);
    const { value, done } = await this.#lines.next();
    const wall = Number(process.hrtime.bigint() - began) / 1e9;
    if (done) throw new Error(`db-studio ended at ${word}.`);
    const answer = JSON.parse(value);
    if (answer.error) throw new Error(`db-studio could not ${word}: ${JSON.stringify(answer.error)}`);
    return {
      ...answer,
      wall,
      client: (await cpuAtRest(pid)) - before.own,
      server: (await cpuAtRest(this.#server)) - before.server,
      peak: memory(pid, 'VmHWM'),
    };
  }

  /** MiB of the catalogue's file. */
  get stored() {
    return statSync(this.catalogue).size / 1024 ** 2;
  }

  /** Ends it and removes what it kept. */
  async end() {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.stdin.end();
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Runs our `scale` program and gives what it printed. */
export function scale(program, ...args) {
  const ran = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, RUST_BACKTRACE: '0' } });
  if (ran.status !== 0) throw new Error(`scale ${args[0]} failed: ${ran.stderr}`);
  return ran.stdout.trim();
}
