// What processes have used, from /proc: seconds of the processor and MiB of memory.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';

/** How many times a second the kernel counts: the same on every Linux that we run on. */
const TICKS = 100;

/** CPU seconds of a process, of all below it, and of those below that have ended. */
function cpu(pid) {
  const all = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = attempt(() => readFileSync(`/proc/${name}/stat`, 'utf8'));
    if (!stat) continue;
    // The name of the program, in brackets, may hold anything.
    const [, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const used = rest.slice(9, 13).reduce((sum, ticks) => sum + Number(ticks), 0);
    all.set(Number(name), { parent: Number(parent), used });
  }
  const isBelow = (one) => one === pid || (all.has(one) && isBelow(all.get(one).parent));
  return [...all].reduce((sum, [one, { used }]) => (isBelow(one) ? sum + used : sum), 0) / TICKS;
}

/** The same once none of them works any more, so that what ends late is counted too. */
export async function cpuAtRest(pid) {
  let [last, now] = [-1, pid ? cpu(pid) : 0];
  while (now !== last) {
    await after(40);
    [last, now] = [now, pid ? cpu(pid) : 0];
  }
  return now;
}

/** MiB that a process holds (`VmRSS`), or held at most (`VmHWM`). */
export function memory(pid, what) {
  const status = attempt(() => readFileSync(`/proc/${pid}/status`, 'utf8')) ?? '';
  return Number(new RegExp(`^${what}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1024;
}

/** Makes the peak of a process start anew from what it holds now. */
export function forgetPeak(pid) {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/**
 * Runs a program to its end, with what it took: seconds of the clock, CPU seconds of it and all
 * below it, MiB at its peak, and what it printed if `keep` asks for that.
 */
export function runMeasured(command, args, { env = process.env, cwd, input, keep = false, limit } = {}) {
  return new Promise((resolve, reject) => {
    const began = process.hrtime.bigint();
    // The shell knows what its children used, also those that have ended.
    const shell = spawn('sh', ['-c', '"$@"; code=$?; times >&3; exit $code', 'sh', command, ...args], {
      env,
      cwd,
      detached: true,
      stdio: [input === undefined ? 'ignore' : 'pipe', keep ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    });
    const texts = { output: '', errors: '', times: '' };
    shell.stdout?.on('data', (text) => (texts.output += text));
    shell.stderr.on('data', (text) => (texts.errors += text));
    shell.stdio[3].on('data', (text) => (texts.times += text));
    if (input !== undefined) shell.stdin.end(input);
    let peak = 0;
    const watch = setInterval(() => {
      const children = attempt(() =>
        readFileSync(`/proc/${shell.pid}/task/${shell.pid}/children`, 'utf8').trim(),
      );
      for (const child of children?.split(' ') ?? []) peak = Math.max(peak, memory(child, 'VmHWM'));
    }, 5);
    // Itself and all that it started, and nothing else: they are a group of their own.
    const stop = limit && setTimeout(() => process.kill(-shell.pid, 'SIGKILL'), limit * 1000);
    shell.on('error', reject);
    shell.on('close', (code) => {
      const wall = Number(process.hrtime.bigint() - began) / 1e9;
      clearInterval(watch);
      clearTimeout(stop);
      if (code !== 0) return resolve({ failed: texts.errors.trim() || `ended after ${wall.toFixed(0)} s` });
      const used = [...texts.times.split('\n')[1].matchAll(/(\d+)m([\d.]+)s/g)];
      const client = used.reduce((sum, [, minutes, seconds]) => sum + minutes * 60 + Number(seconds), 0);
      resolve({ wall, client, peak, output: texts.output });
    });
  });
}

/** What a job gives, or nothing where it fails: processes end while one looks at them. */
function attempt(job) {
  try {
    return job();
  } catch {
    return undefined;
  }
}
