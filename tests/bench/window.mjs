// How smooth the tree is with 10,000 tables, all of them unfolded: the time of every
// frame while it unfolds, scrolls, filters and is typed into. Prints and writes; never
// passes or fails on a time.
//
//   npm run bench -- --window
//   xvfb-run -a -s "-screen 0 1440x900x24 -nolisten tcp" dbus-run-session -- \
//     node tests/bench/window.mjs [--app PROGRAM] [--tables N] [--pictures] [--only PATTERN] [--threads] [--dry]
//
// The frames are those of the window: from one requestAnimationFrame to the next, in the
// page itself, while a script in the page does what a hand would. Beside them stands the
// processor time that the page and the app took for each frame, which says on a busy
// machine what the frames would be on a quiet one; blank are frames with rows
// not yet there, and late those whose first row is still that of an earlier place.
// Bare rows are a list of nothing but two words a row, moved by a loop of the script: the
// least that the web view takes. --only leaves out all scenes whose words do not fit.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Desktop } from '../e2e/lib/desktop.mjs';
import { packages } from '../e2e/lib/places.mjs';
import { until } from '../e2e/lib/report.mjs';
import { Driver } from '../e2e/lib/window.mjs';
import { keepLarge, large } from './start-large.mjs';
import { machine, writePart } from './start-results.mjs';

const release = join(packages, '..', '..', '..', 'release', 'db-studio');
const { values: options } = parseArgs({
  options: {
    tables: { type: 'string', default: '10000' },
    pictures: { type: 'boolean', default: false },
    app: { type: 'string', default: release },
    only: { type: 'string', default: '' },
    threads: { type: 'boolean', default: false },
    dry: { type: 'boolean', default: false },
  },
});

const desktop = await Desktop.start();
const folder = mkdtempSync(join(tmpdir(), 'db-studio-window-'));
const driver = await Driver.start({
  DB_STUDIO_DATA_DIR: folder,
  DATABASE_URL: '',
});
const lines = [];
let window;

try {
  window = await driver.open(options.app);
  await keepLarge(window, large(Number(options.tables)), 1);
  console.log(`${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, ${options.tables} tables`);
  console.log(`${'what'.padEnd(44)} frames   fps    p50    p95    max  >50ms  blank   late  page  app ms`);
  await measure();
  if (!options.dry && options.only === '') report();
} finally {
  await window?.end().catch(() => {});
  await driver.end();
  desktop.end();
  rmSync(folder, { recursive: true, force: true });
}

async function measure() {
  await window.button('Browser');
  await window.row('large-1', 1);
  await window.run(tools);
  await until('the sync has ended', () => window.run(() => window.bench.isRead('large-1')), 300_000);
  await window.run(() => void window.bench.calm());
  await frames('nothing done, for comparison', () => window.bench.rest(1500));
  await frames('expand the connection with all below', () => window.bench.expandAll('large-1'));
  const total = await window.run(() => window.bench.total());
  console.log(`${total.toLocaleString('en')} rows are visible`);
  await picture('window-unfolded');
  await frames('scroll by the wheel, 60 px a frame', () => window.bench.scroll(60, 240));
  await frames('scroll fast, 600 px a frame', () => window.bench.scroll(600, 240));
  await frames('bare rows, 600 px a frame, for comparison', () => window.bench.bare(600, 240));
  await frames('drag the scroll bar from top to bottom', () => window.bench.drag(240));
  await frames('End, Home and PageDown by key', () =>
    window.bench.keys(['End', 'Home', ...Array(40).fill('PageDown')]),
  );
  await frames('ArrowDown held', () => window.bench.keys(Array(120).fill('ArrowDown')));
  await frames('type-ahead to a name', () => window.bench.type('warehouse_total'));
  await frames('type-ahead to no name', () => window.bench.type('zzzz'));
  await frames('filter: one letter', () => window.bench.filter('a'));
  await frames('scroll what it found', () => window.bench.scroll(600, 120));
  await frames('filter: a word', () => window.bench.filter('customer_status'));
  await picture('window-filtered');
  await frames('filter cleared', () => window.bench.filter(''));
  await frames('collapse all', () => window.bench.collapseAll('large-1'));
}

function report() {
  const text = `## The tree in the window

${machine()}, load ${loadavg()[0].toFixed(1)} at the end. ${options.tables} tables, all unfolded, X server without a graphics card. Written by \`node tests/bench/window.mjs\`.

| what | frames | a second | p50 ms | p95 ms | longest | > 50 ms | blank | late | CPU of the page, ms a frame | of the app |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${lines.join('\n')}`;
  writePart('the tree in the window', text);
}

async function picture(name) {
  if (options.pictures) await window.picture(name);
}

/** Runs a script of the page and prints the frames that passed meanwhile. */
async function frames(what, job) {
  if (!new RegExp(options.only).test(what) && !what.startsWith('expand')) return;
  const body = String(job).replace(/^[^>]*=>\s*/, '');
  const before = burnt();
  const threads = options.threads ? byThread() : null;
  await window.run(`window.bench.begin(); (${body}).then(() => window.bench.end());`);
  const taken = await until(what, () => window.run(() => window.bench.taken()), 120_000);
  const [page, core] = burnt().map((time, at) => (time - before[at]) / taken.times.length);
  const times = taken.times.sort((a, b) => a - b);
  const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(1);
  const sum = times.reduce((all, time) => all + time, 0);
  const slow = times.filter((time) => time > 50).length;
  const burning = [page.toFixed(1), core.toFixed(1)];
  const rate = ((times.length / sum) * 1000).toFixed(1);
  const cells = [times.length, rate, at(0.5), at(0.95), at(1), slow, taken.blank, taken.late, ...burning];
  lines.push(`| ${[what, ...cells].join(' | ')} |`);
  const widths = [8, 6, 7, 7, 7, 7, 7, 7, 6, 7];
  if (threads) {
    const now = byThread();
    const parts = [...now].map(([name, ms]) => [name, (ms - (threads.get(name) ?? 0)) / taken.times.length]);
    const most = parts.filter(([, ms]) => ms >= 0.2).sort((a, b) => b[1] - a[1]);
    console.log(`  ${most.map(([name, ms]) => `${name} ${ms.toFixed(1)}`).join(', ')}`);
  }
  console.log(what.padEnd(43) + cells.map((cell, at) => String(cell).padStart(widths[at])).join(''));
}

/** The processor time of each thread of the page, in milliseconds, by the thread's name. */
function byThread() {
  const sums = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder)) continue;
      if (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('WebKitWeb')) continue;
      for (const task of readdirSync(`/proc/${pid}/task`)) {
        const name = readFileSync(`/proc/${pid}/task/${task}/comm`, 'utf8').trim();
        // Nanoseconds on a processor.
        const [ran] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ');
        sums.set(name, (sums.get(name) ?? 0) + Number(ran) / 1e6);
      }
    } catch {
      // It has ended meanwhile, or is another one's.
    }
  }
  return sums;
}

/** The processor time that the page and the app have taken, in milliseconds. */
function burnt() {
  const sums = [0, 0];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder)) continue;
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const which = name.startsWith('WebKitWeb') ? 0 : name.startsWith('db-studio') ? 1 : -1;
      // User and system time, in ticks of 10 ms.
      if (which >= 0) sums[which] += (Number(fields[11]) + Number(fields[12])) * 10;
    } catch {
      // It has ended meanwhile, or is another one's.
    }
  }
  return sums;
}

/** What the page is told to do; runs in the page. */
function tools() {
  const tree = () => document.querySelector('[role=tree]');
  const frame = () => new Promise(requestAnimationFrame);
  const rest = (time) => new Promise((done) => setTimeout(done, time));
  let times = null;
  let blank = 0;
  let late = 0;
  let last = 0;
  let done = false;
  const isBlank = () => tree()?.querySelector('[role=treeitem][aria-busy]') != null;
  const isLate = () => {
    const first = Math.floor(tree().scrollTop / 24);
    return first < total() && tree().querySelector(`[data-at="${first}"]`) === null;
  };
  const step = (now) => {
    if (done) return;
    if (last) times.push(now - last);
    last = now;
    if (isBlank()) blank += 1;
    if (isLate()) late += 1;
    requestAnimationFrame(step);
  };
  const rowOf = (name) => tree().querySelector(`[role=treeitem][aria-label^="${name}"]`);
  const total = () => Math.round(parseFloat(tree().firstElementChild.style.height) / 24);
  const calm = async (limit = 60_000) => {
    const began = performance.now();
    for (let quiet = 0; quiet < 10 && performance.now() - began < limit;) {
      const before = total();
      await frame();
      quiet = total() === before && !isBlank() ? quiet + 1 : 0;
    }
  };
  const choose = async (name, entry) => {
    tree().scrollTop = 0;
    await calm();
    rowOf(name).dispatchEvent(
      new MouseEvent('contextmenu', {
        bubbles: true,
        cancelable: true,
        clientX: 60,
        clientY: 200,
      }),
    );
    let item;
    while (!item) {
      await frame();
      item = [...document.querySelectorAll('[role=menuitem]')].find((other) =>
        other.textContent.includes(entry),
      );
    }
    const before = total();
    item.click();
    item.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
    while (Math.abs(total() - before) < 10_000) await frame();
    await calm();
  };
  const press = (key) =>
    tree().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  window.bench = {
    begin: () => {
      [times, blank, late, last, done] = [[], 0, 0, 0, false];
      requestAnimationFrame(step);
    },
    end: () => (done = true),
    taken: () => (done ? { times, blank, late } : null),
    isRead: (name) => rowOf(name) !== null && !document.body.innerText.includes(`Reading ${name}`),
    rest,
    calm,
    total,
    expandAll: (name) => choose(name, 'Expand with all below'),
    collapseAll: (name) => choose(name, 'Collapse with all below'),
    scroll: async (pixels, count) => {
      tree().scrollTop = 0;
      await calm();
      for (let at = 0; at < count; at += 1) {
        tree().scrollTop += pixels;
        await frame();
      }
    },
    bare: async (pixels, count) => {
      const list = document.createElement('div');
      const { left, top, width, height } = tree().getBoundingClientRect();
      const at = { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` };
      Object.assign(list.style, {
        ...at,
        position: 'fixed',
        overflow: 'auto',
        contain: 'strict',
        zIndex: 99,
      });
      list.style.background = 'var(--frame)';
      const canvas = list.appendChild(document.createElement('div'));
      Object.assign(canvas.style, { position: 'relative', height: '12000000px' });
      const rows = Array.from({ length: Math.ceil(height / 24) + 21 }, () => {
        const row = canvas.appendChild(document.createElement('div'));
        Object.assign(row.style, { position: 'absolute', inset: '0 0 auto', height: '24px' });
        return row;
      });
      document.body.append(list);
      for (let step = 0; step < count; step += 1) {
        list.scrollTop += pixels;
        const first = Math.floor(list.scrollTop / 24);
        for (let index = first; index < first + rows.length; index += 1) {
          const row = rows[index % rows.length];
          if (row.dataset.at === String(index)) continue;
          row.dataset.at = index;
          row.style.transform = `translateY(${index * 24}px)`;
          row.textContent = `warehouse_total_${index} INTEGER`;
        }
        await frame();
      }
      list.remove();
    },
    drag: async (count) => {
      const { scrollHeight, clientHeight } = tree();
      for (let at = 0; at <= count; at += 1) {
        tree().scrollTop = ((scrollHeight - clientHeight) * at) / count;
        await frame();
      }
      await calm();
    },
    keys: async (all) => {
      tree().focus();
      for (const key of all) {
        press(key);
        await frame();
      }
      await calm();
    },
    type: async (text) => {
      tree().focus();
      for (const letter of text) {
        press(letter);
        await rest(60);
      }
      await calm();
      await rest(1000);
    },
    filter: async (text) => {
      const said = () =>
        document.querySelector('section[aria-label=Objects] [role=status]')?.textContent ?? '';
      const before = said();
      const input = document.querySelector('input[aria-label="Filter the tree"]');
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      const began = performance.now();
      while (said() === before && performance.now() - began < 20_000) await frame();
      await calm();
    },
  };
}
