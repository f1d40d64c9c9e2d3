// A screen that nobody sees, whose picture can be read from a file at any moment:
// what a window shows is known without asking the window.
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

const WIDTH = 1440;
const HEIGHT = 900;
/** Every eighth line of the picture is looked at. */
const EVERY = 8;
const LOOKED_AT = Math.floor(HEIGHT / EVERY);
/** How long apart two looks are, in milliseconds. */
const PACE = 5;
/** Bytes of a look that may differ without it being another picture: a blinking caret. */
const CARET = 400;

/** A private X server. */
export class Screen {
  #child;
  #folder = mkdtempSync(join(tmpdir(), 'db-studio-screen-'));
  #file;

  static async start() {
    const screen = new Screen();
    const size = ['-screen', '0', `${WIDTH}x${HEIGHT}x24`];
    const args = ['-displayfd', '3', ...size, '-nolisten', 'tcp', '-fbdir', screen.#folder];
    screen.#child = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const number = await new Promise((resolve, reject) => {
      screen.#child.once('error', reject);
      screen.#child.once('exit', () => reject(new Error('Xvfb did not start.')));
      screen.#child.stdio[3].once('data', (text) => resolve(String(text).trim()));
    });
    screen.display = `:${number}`;
    screen.#file = openSync(join(screen.#folder, 'Xvfb_screen0'), 'r');
    return screen;
  }

  end() {
    closeSync(this.#file);
    this.#child.kill('SIGTERM');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** What the screen shows now, every eighth line of it. */
  look() {
    const head = Buffer.alloc(100);
    readSync(this.#file, head, 0, head.length, 0);
    // The header of an X window dump: its length, and the colours behind it.
    const [begin, line] = [head.readUInt32BE(0) + 12 * head.readUInt32BE(76), head.readUInt32BE(48)];
    const seen = Buffer.alloc(LOOKED_AT * line);
    for (let row = 0; row < LOOKED_AT; row += 1)
      readSync(this.#file, seen, row * line, line, begin + row * EVERY * line);
    return seen;
  }

  /**
   * Watches from the moment `act` is called until nothing has changed for `quiet` milliseconds.
   * Gives when the first change was seen and since when the picture is the one that stayed.
   */
  async watch(act, quiet = 1500) {
    let last = this.look();
    const seen = [{ at: 0, picture: last }];
    const began = performance.now();
    act();
    let changed = performance.now();
    while (seen.length === 1 || performance.now() - changed < quiet) {
      const [picture, at] = [this.look(), performance.now()];
      if (!picture.equals(last)) {
        if (differing(picture, last) > CARET) changed = at;
        seen.push({ at: at - began, picture });
        last = picture;
      }
      if (at - began > 60_000) throw new Error('The screen did not come to rest.');
      await after(PACE);
    }
    const final = seen.at(-1).picture;
    let settled = seen.length - 1;
    while (settled > 1 && differing(seen[settled - 1].picture, final) <= CARET) settled -= 1;
    return { first: seen[1].at, settled: seen[settled].at };
  }
}

function differing(one, other) {
  let count = 0;
  for (let at = 0; at < one.length; at += 4) if (one.readUInt32LE(at) !== other.readUInt32LE(at)) count += 4;
  return count;
}
