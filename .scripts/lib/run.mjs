// Runs programs and speaks to the person at the terminal. Nothing about db-studio.
import { spawn, spawnSync } from 'node:child_process';

/** A failure whose message is all that the person needs; no stack is shown. */
export class Stop extends Error {}

/** Says what begins now. */
export function say(text) {
  process.stdout.write(`\n\u001b[1m${text}\u001b[0m\n`);
}

/** Runs a program with this terminal's output and stops where it fails. */
export async function run(command, args, options = {}) {
  const code = await status(command, args, options);
  if (code !== 0) throw new Stop(`${[command, ...args].join(' ')} failed (${code}).`);
}

/** Runs a program with this terminal's output and gives its exit code. */
export function status(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.on('error', (error) => {
      process.stderr.write(`${command} could not be run: ${error.message}.\n`);
      resolve(127);
    });
    child.on('close', (code, signal) => resolve(code ?? `ended by ${signal}`));
  });
}

/** Runs a program, shows its output as it comes, and gives it with the exit code. */
export function tee(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options });
    const output = [];
    child.stdout.on('data', (chunk) => {
      output.push(chunk);
      process.stdout.write(chunk);
    });
    child.on('error', (error) => {
      process.stderr.write(`${command} could not be run: ${error.message}.\n`);
      resolve({ code: 127, output: '' });
    });
    child.on('close', (code, signal) =>
      resolve({ code: code ?? `ended by ${signal}`, output: Buffer.concat(output).toString() }),
    );
  });
}

/** What a program prints, without its last line break, or nothing where it fails. */
export function ask(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', ...options });
  return result.status === 0 ? result.stdout.trimEnd() : undefined;
}

/** Runs a whole script; a failure becomes its message and, like an end by a signal, exit code 1. */
export async function main(job) {
  try {
    const code = (await job()) ?? 0;
    process.exitCode = typeof code === 'number' ? code : 1;
  } catch (error) {
    process.stderr.write(`\n${error instanceof Stop ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}
