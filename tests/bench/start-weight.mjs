// What a program and all that it started weigh, as the kernel counts it.
import { readdirSync, readFileSync } from 'node:fs';

/** The processes below one, itself first: their names and proportional set sizes in MiB. */
export function processes(root) {
  const parents = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = read(`/proc/${pid}/stat`);
    // The name stands in parentheses and may hold any letter.
    if (stat) parents.set(Number(pid), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const found = [root];
  for (const pid of found)
    for (const [child, parent] of parents) if (parent === pid && !found.includes(child)) found.push(child);
  return found.map((pid) => ({ pid, name: read(`/proc/${pid}/comm`).trim(), mib: pss(pid) }));
}

/** Their sum. */
export function weight(list) {
  return list.reduce((sum, { mib }) => sum + mib, 0);
}

function pss(pid) {
  const kib = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1];
  return Number(kib ?? 0) / 1024;
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has just ended.
    return '';
  }
}
