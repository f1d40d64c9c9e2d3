/** Numbers, sizes, times and names in the words of the window. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A whole number with its thousands grouped: `4,538`. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A count with its noun in the right number: `1 table`, `412 tables`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : plural}`;
}

/** A large estimate in few characters: `~900`, `~81 k`, `~4.2 M`. */
export function roughly(value: number): string {
  const units = ['', ' k', ' M', ' G', ' T', ' P'];
  let amount = value;
  let unit = 0;
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || amount >= 9.95 ? 0 : 1;
  return `~${trimZero(amount.toFixed(digits))}${units[unit]}`;
}

/** A size in bytes with its unit: `38.4 MB`. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let amount = value;
  let unit = 0;
  while (amount >= 999.5 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || amount >= 100 ? 0 : 1;
  return `${amount.toFixed(digits)} ${units[unit]}`;
}

/** A duration in milliseconds with its unit: `0.4 ms`, `12 ms`, `1.8 s`. */
export function millis(value: number): string {
  if (value < 0.05) return '<0.1 ms';
  if (value < 9.95) return `${trimZero(value.toFixed(1))} ms`;
  if (value < 999.5) return `${Math.round(value)} ms`;
  return `${trimZero((value / SECOND).toFixed(1))} s`;
}

/** A running time as `0:03` or `1:02:03`. */
export function elapsed(value: number): string {
  const seconds = Math.max(0, Math.floor(value / SECOND));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A part of a time with two digits: `08`. */
export function two(part: number): string {
  return String(part).padStart(2, '0');
}

/** How long before `now` a moment was: `just now`, `20 s ago`, `14 min ago`, `2 h ago`, `3 d ago`. */
export function ago(at: number, now: number, age = false): string {
  const past = now - at;
  if (past < 5 * SECOND) return age ? 'now' : 'just now';
  const text = duration(past);
  return age ? text : `${text} ago`;
}

/** A duration in its largest unit: `20 s`, `14 min`, `2 h`, `3 d`. */
export function duration(value: number): string {
  if (value < MINUTE) return `${Math.floor(value / SECOND)} s`;
  if (value < HOUR) return `${Math.floor(value / MINUTE)} min`;
  if (value < DAY) return `${Math.floor(value / HOUR)} h`;
  return `${Math.floor(value / DAY)} d`;
}

/** A name on one line: control characters become visible, so that none hides or breaks a row. */
export function oneLine(text: string): string {
  return text.replace(CONTROLS, (character) => PICTURES[character] ?? '\u{FFFD}');
}

// Controls, line separators, and the marks that turn the direction of the text around them.
const CONTROLS = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;
const PICTURES: Readonly<Record<string, string>> = { '\n': '↵', '\r': '↵', '\t': '⇥' };

function trimZero(text: string): string {
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}
