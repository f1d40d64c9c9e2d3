// The first slice in the real window: a new user, a real server, a locked vault, the tray.
// Wants a display and a session bus of its own; prints `N passed, N failed` last.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Key } from 'webdriverio';
import { Desktop } from './lib/desktop.mjs';
import { app } from './lib/places.mjs';
import { Report, until } from './lib/report.mjs';
import { Filled } from './lib/filled.mjs';
import { Server, password } from './lib/server.mjs';
import { Driver } from './lib/window.mjs';

const passphrase = 'three quiet herons at dusk';
const data = mkdtempSync(join(tmpdir(), 'db-studio-e2e-'));
const bareData = mkdtempSync(join(tmpdir(), 'db-studio-e2e-bare-'));
const report = new Report();
const desktop = await Desktop.start();
const server = await Server.start();
const others = await Filled.start();
const driver = await Driver.start({ DB_STUDIO_DATA_DIR: data, DATABASE_URL: '' });
let window;

const step = (name, job) =>
  report.step(name, job, async () => window?.snapshot(`failed-${name.replace(/\W+/g, '-')}`));

try {
  await firstRun();
  await addServer();
  await browse();
  await everyKind();
  await tray();
  await commandLine();
  await offline();
  await lockAndDelete();
  await keyboard();
  await nowhereElse();
  await closing();
  await nothingWritten();
  await bare();
} finally {
  await window?.end().catch(() => {});
  await driver.end();
  await server.end();
  await others.end();
  desktop.end();
  for (const folder of [data, bareData]) rmSync(folder, { recursive: true, force: true });
}
process.exit(report.close());

async function firstRun() {
  await step('the window opens on the first run', async () => {
    window = await driver.open();
    await window.text('Set up db-studio');
    await window.picture('01-welcome');
  });
  await step('the tray item of a locked app names nothing', async () => {
    await trayHasOnly('Unlock', 'Quit');
    await desktop.shows('locked');
  });
  await step('a second start finds the first and ends', async () => {
    const env = { ...process.env, DB_STUDIO_DATA_DIR: data };
    const second = spawnSync(app, [], { env, timeout: 20_000, encoding: 'utf8' });
    same(second.status, 0, `its exit code (${second.stderr})`);
  });
  await step('signing up opens the browser with the sample database', async () => {
    await window.signUp('Ada', passphrase);
    await window.unfold('sample', 1);
    await window.picture('02-sample');
  });
  await step('a file is checked for damage when one asks for it', async () => {
    await window.click('//*[@role="treeitem" and @aria-level="2"]');
    await window.tab('Integrity');
    await window.button('Check integrity');
    await window.text('No damage was found.');
    await window.picture('02-integrity');
  });
  await quiet('during the first run');
}

async function addServer() {
  await step('a pasted string fills the fields', async () => {
    await window.keys(Key.Ctrl, 'n');
    await window.show('Connection string');
    await window.type('Connection string', server.url);
    await window.show('Fields');
    await until('the host is filled', async () => (await window.value('Host')) === server.host);
    same(await window.value('Port'), server.port, 'the port');
    same(await window.value('User'), 'app', 'the user');
    await window.type('Name', 'orders-prod');
  });
  await step('a wrong password fails at sign in, with a reason', async () => {
    await window.type('Password', 'not-the-password');
    await window.button('Test');
    await window.text('Failed at sign in');
    await window.picture('03-test-refused');
  });
  await step('the right password passes every stage', async () => {
    await window.type('Password', password);
    await window.button('Test again');
    await window.text('All fine in');
    await window.picture('04-test-fine');
  });
  await step('the connection is saved and synced', async () => {
    await window.button('Save');
    await window.button('Sync now');
    await window.button('Connections');
    await until('the card tells its tables', () =>
      window.run(() =>
        [...document.querySelectorAll('[role=row]')].some(
          (row) => row.textContent.includes('orders-prod') && /\d\s*tables/.test(row.textContent),
        ),
      ),
    );
    await window.picture('05-connections');
  });
  await quiet('while a connection was added');
}

async function browse() {
  await step('every level down to a column is there', async () => {
    await window.button('Browser');
    await unfoldTo('sales');
    await window.unfold('Tables', 4);
    await window.click('//*[@role="treeitem" and starts-with(@aria-label, "orders") and @aria-level="5"]');
    await window.text('What was ordered.');
    for (const column of ['id', 'region', 'placed_at', 'total']) await window.text(column);
    await window.text('numeric(12,2)');
    await window.picture('06-columns');
  });
  await step('keys and indexes have pages of their own', async () => {
    for (const [tab, text] of [
      ['Keys', 'orders_customer'],
      ['Indexes', 'orders_placed'],
      ['Definition', 'CREATE TABLE'],
      ['Details', 'sales'],
    ]) {
      await window.tab(tab);
      await window.text(text);
      await window.picture(`07-${tab.toLowerCase()}`);
    }
  });
  await step('relationships are drawn and listed both ways', async () => {
    await window.tab('Relationships');
    await window.text('1 reference to 1 table');
    await window.text('sales.customers (region, number)');
    same(await window.run(() => document.querySelectorAll('.canvas svg path.wire').length), 1, 'lines');
    await window.picture('07-relationships');
    await window.click('//*[@role="group"]//button[contains(@aria-label, "sales.customers")]');
    await window.text('1 reference from 1 table');
  });
  await step('rarer kinds are listed with what they are in short', async () => {
    await window.click('//*[@role="treeitem" and starts-with(@aria-label, "sales,") and @aria-level="3"]');
    await window.text('total_of(');
    await window.text("'new', 'paid'");
    await window.picture('07-contents');
  });
  await step('a name made of markup is text', async () => {
    await window.text('<b>bold</b>');
    same(await window.run(() => document.querySelectorAll('[role=tree] b').length), 0, 'bold elements');
  });
  await quiet('while browsing');
}

async function everyKind() {
  for (const [name, url] of Object.entries(others.urls)) {
    const own = name.toLowerCase();
    await step(`${name}: connected, tested and synced`, async () => {
      await window.keys(Key.Ctrl, 'n');
      await window.show('Connection string');
      await window.type('Connection string', url);
      await window.show('Fields');
      await window.type('Name', own);
      await window.button('Test');
      await window.text('All fine in');
      await window.picture(`06-${own}-test`);
      await window.button('Save');
      await window.button('Sync now');
      await window.row(own, 1);
    });
    await step(`${name}: what it holds has pages`, async () => {
      if (name === 'MONGODB') {
        await find(`in:${own} kind:collection deliveries`, 'deliveries');
        await window.text('Sample of 1,000 of');
        for (const field of ['customer', 'email', 'legacyRef']) await window.text(field);
        await window.picture(`06-${own}`);
        await window.tab('Definition');
        await window.text('createCollection');
      } else {
        await find(`in:${own} kind:table orders`, 'orders');
        await window.text('What was ordered.');
        await window.picture(`06-${own}`);
        await window.tab('Relationships');
        await window.text('customers.id');
        await window.tab('Definition');
        await window.text('CREATE TABLE');
      }
    });
  }
  await quiet('with every kind of server');
}

/** Opens an object through the search. */
async function find(words, name) {
  await window.keys(Key.Ctrl, 'k');
  await until('the search has the focus', () =>
    window.run(() => document.activeElement?.getAttribute('role') === 'combobox'),
  );
  await window.write(words);
  await until(`${name} is what Enter opens`, () =>
    window.run(
      (wanted) =>
        document
          .querySelector('[role=option][aria-selected=true]')
          ?.getAttribute('aria-label')
          ?.includes(wanted),
      `${name},`,
    ),
  );
  await window.keys(Key.Enter);
  await until('the search is gone', () => window.run(() => !document.querySelector('[role=dialog]')));
}

async function tray() {
  await step('the tray lists connections with their state', async () => {
    await until('the menu names the connection', async () =>
      (await desktop.menu()).some(({ label }) => label.startsWith('orders-prod · ')),
    );
    await desktop.shows('well');
  });
  await step('a click in the tray tests and tells', async () => {
    const before = desktop.notifications.length;
    await desktop.click('orders-prod');
    const { summary } = await desktop.notification(before);
    if (!/^orders-prod: fine, \d+ ms$/.test(summary)) throw new Error(`It told: ${summary}`);
  });
}

async function commandLine() {
  await step('the command line reads the same server without signing in', async () => {
    const url = server.url;
    const counts = run(['inspect', '--password-stdin', '--format', 'counts', url], password);
    same(counts.status, 0, `the exit code (${counts.stderr})`);
    for (const line of ['table\t4', 'view\t1', 'foreign_key\t1', 'primary_key\t3', 'check\t1']) {
      if (!counts.stdout.split('\n').includes(line)) throw new Error(`No ${line} in:\n${counts.stdout}`);
    }
    const refused = run(['test', '--password-stdin', url], 'not-the-password');
    same(refused.status, 1, 'the exit code of a wrong password');
    if (!/^hint: /m.test(refused.stderr)) throw new Error(`No hint in: ${refused.stderr}`);
  });
  await step('it syncs and shows the same catalogue while the window is open', async () => {
    const account = ['--user', 'Ada', '--passphrase-stdin'];
    const synced = run([...account, 'sync', 'orders-prod'], passphrase);
    same(synced.status, 0, `the exit code (${synced.stderr})`);
    same(synced.stdout, 'orders-prod: 0 added, 0 changed, 0 removed\n', 'what changed');
    const tree = run([...account, 'tree', 'orders-prod', 'shop.sales.orders'], passphrase);
    if (!tree.stdout.includes('total')) throw new Error(`No column total in:\n${tree.stdout}${tree.stderr}`);
    const wrong = run([...account, 'connections'], 'wrong passphrase');
    same(wrong.status, 1, 'the exit code of a wrong passphrase');
  });
}

async function offline() {
  await step('with the server stopped, the tray says so and browsing goes on', async () => {
    await server.order('stop');
    const before = desktop.notifications.length;
    const { id } = await desktop.entry('orders-prod');
    await desktop.click('orders-prod');
    const { summary } = await desktop.notification(before);
    same(summary, 'orders-prod: not reached', 'the notification');
    const entry = await until('the menu says so', () => desktop.entry('orders-prod · not reached'));
    same(entry.id, id, 'the entry, which is only worded anew');
    await desktop.shows('failing');
    await desktop.click('Test all');
    const all = await desktop.notification(before + 1);
    same(all.summary, '4 of 5 connections are fine', 'the second notification');
    same(all.body, 'orders-prod: not reached', 'what it says below');
    await window.unfold('archive', 3);
    await window.unfold('Tables', 4);
    await window.click('//*[@role="treeitem" and starts-with(@aria-label, "orders") and @aria-level="5"]');
    await window.text('kept_until');
    await window.picture('08-offline');
  });
  await step('after a restart everything is still there', async () => {
    await window.end();
    window = await driver.open();
    await window.text('Welcome back');
    await window.picture('09-sign-in');
    await window.type('Passphrase', 'wrong passphrase');
    await window.button('Open');
    await window.text('The passphrase is not the right one.');
    await window.type('Passphrase', passphrase);
    await window.button('Open');
    await window.button('Browser');
    // The sample unfolds by itself, and moves what is below it.
    await window.row('Views', 3);
    await unfoldTo('archive');
    await window.unfold('Tables', 4);
    await window.click('//*[@role="treeitem" and starts-with(@aria-label, "orders") and @aria-level="5"]');
    await window.text('kept_until');
  });
  await quiet('without the server');
}

async function lockAndDelete() {
  await step('locking replaces the page and the tray names nothing', async () => {
    await window.run(() => void (window.leftover = 'still here'));
    await window.button('Lock');
    await window.text('Welcome back');
    await window.drawn();
    same(await window.run(() => window.leftover ?? 'gone'), 'gone', 'the old page');
    await trayHasOnly('Unlock', 'Quit');
  });
  await step('unlocking brings it back, and the tray can lock too', async () => {
    await window.type('Passphrase', passphrase);
    await window.button('Open');
    await window.find('//nav[@aria-label="Pages"]');
    await trayHas('Lock');
    await desktop.click('Lock');
    await window.text('Welcome back');
    await window.drawn();
    await window.type('Passphrase', passphrase);
    await window.button('Open');
    await window.button('Connections');
    await window.text('orders-prod');
  });
  await step('a deletion can be taken back', async () => {
    await remove();
    await window.button('Undo');
    await window.text('orders-prod');
  });
  await step('a deleted connection is gone', async () => {
    await remove();
    await until('the card is gone', () =>
      window.run(() => !document.querySelector('[role=grid]')?.textContent.includes('orders-prod')),
    );
    await window.picture('10-deleted');
  });
  await step('the dashboard and the settings are drawn', async () => {
    await window.button('Dashboard');
    await window.text('Dashboard');
    await window.picture('11-dashboard');
    await window.button('Settings');
    await window.text(data);
    await window.picture('12-settings');
  });
  await quiet('around the lock');
}

async function keyboard() {
  await step('without a mouse: lock, unlock, find a table, open it', async () => {
    await window.keys(Key.Ctrl, 'l');
    await window.text('Welcome back');
    await window.drawn();
    await until('the passphrase has the focus', () =>
      window.run(() => document.activeElement?.getAttribute('name') === 'passphrase'),
    );
    await window.write(passphrase);
    await window.keys(Key.Enter);
    await window.find('//nav[@aria-label="Pages"]');
    await window.keys('?');
    await window.find('//*[@role="dialog"]');
    await window.picture('13-keys');
    await window.keys(Key.Escape);
    await until('the dialog is gone', () => window.run(() => !document.querySelector('[role=dialog]')));
    await tabTo('Browser');
    await window.keys(Key.Enter);
    await window.find('//*[@role="tree"]');
    await window.keys(Key.Ctrl, 'f');
    await until('the filter has the focus', () =>
      window.run(() => document.activeElement?.getAttribute('aria-label') === 'Filter the tree'),
    );
    await window.write('artist');
    await window.text('match');
    await window.keys(Key.ArrowDown);
    await window.keys(Key.Enter);
    await window.text('VARCHAR(120)');
    await window.picture('14-keyboard');
  });
  await step('without a mouse: search for a column and open it', async () => {
    await window.keys(Key.Ctrl, 'k');
    await until('the search has the focus', () =>
      window.run(() => document.activeElement?.getAttribute('role') === 'combobox'),
    );
    await window.write('artist name');
    await window.find('//*[@role="option" and contains(@aria-label, "artist.name, column")]');
    await window.picture('15-search');
    await window.write(' kind:column');
    await until('the column is what Enter opens', () =>
      window.run(() =>
        document
          .querySelector('[role=option][aria-selected=true]')
          ?.getAttribute('aria-label')
          ?.includes('artist.name, column'),
      ),
    );
    await window.keys(Key.Enter);
    await until('the search is gone', () => window.run(() => !document.querySelector('[role=dialog]')));
    await window.find('//*[@role="row" and starts-with(@aria-label, "name")]');
  });
  await quiet('with the keyboard alone');
}

async function nowhereElse() {
  await step('prototypes are frozen', async () => {
    same(await window.run(() => Object.isFrozen(Object.prototype)), true, 'Object.prototype is frozen');
  });
  await step('the window goes nowhere else', async () => {
    const before = await window.run(() => location.href);
    await window.run(() => void (location.href = 'http://127.0.0.1:9/'));
    await window.run(() => void open('http://127.0.0.1:9/'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    same(await window.run(() => location.href), before, 'the address of the page');
    same((await window.browser.getWindowHandles()).length, 1, 'windows');
  });
}

async function closing() {
  await step('a closed window leaves the tray and no web view, where the user chose that', async () => {
    await window.keys(Key.Ctrl, ',');
    await window.click('//*[@role="switch" and @aria-label="Keep db-studio in the tray"]');
    await closesTo('hidden');
    await until(
      'the web view has ended',
      () => !programs(data).some((name) => name.endsWith('WebKitWebProcess')),
    );
    await trayHas('Lock');
    await desktop.click('Open db-studio');
    await until('the window is back', () => desktop.windowIsShown());
    await window.again();
    // The new one stands where the closed one stood.
    await window.text('Keep db-studio in the tray');
  });
  await step('else closing the window ends the app', async () => {
    await window.click('//*[@role="switch" and @aria-label="Keep db-studio in the tray"]');
    await window.click('//*[@role="radiogroup"]//*[normalize-space()="Dark"]');
    await until('the page is dark', () =>
      window.run(() => document.documentElement.dataset.theme === 'dark'),
    );
    await closesTo('ended');
    await window.end().catch(() => {});
    window = undefined;
  });
  await step('the next start finds size and theme as they were left', async () => {
    const kept = JSON.parse(readFileSync(join(data, 'machine.json'), 'utf8'));
    same(kept.window.width, 1360, 'the width');
    window = await driver.open();
    same(await window.run(() => innerWidth), 1360, 'the width of the page');
    same(kept.theme, 'dark', 'the kept theme');
    same(await window.run(() => document.documentElement.dataset.theme), 'dark', 'the theme of the page');
  });
}

async function bare() {
  await step('without a session bus and so without a tray, the window opens all the same', async () => {
    const bus = `unix:path=${join(bareData, 'nobody')}`;
    const alone = await Driver.start({ DB_STUDIO_DATA_DIR: bareData, DBUS_SESSION_BUS_ADDRESS: bus });
    try {
      const other = await alone.open();
      await other.text('Set up db-studio');
      await other.end();
    } finally {
      await alone.end();
    }
  });
}

async function nothingWritten() {
  await step('no file that the app wrote holds a secret', async () => {
    await window.end();
    window = undefined;
    await until('every process of the app has ended', () => running(data).length === 0);
    const secrets = [password, passphrase, 'not-the-password', 'wrong passphrase'];
    const needles = secrets.flatMap((secret) => [
      Buffer.from(secret),
      Buffer.from(secret, 'utf16le'),
      Buffer.from(encodeURIComponent(secret)),
    ]);
    const files = filesUnder(data);
    if (files.length < 4) throw new Error(`Only ${files.length} files were looked at.`);
    for (const file of files) {
      const bytes = readFileSync(file);
      if (needles.some((needle) => bytes.includes(needle))) throw new Error(`A secret is in ${file}.`);
    }
  });
}

/** Runs the program without a window. */
function run(args, input) {
  const env = { ...process.env, DB_STUDIO_DATA_DIR: data };
  return spawnSync(app, args, { env, input: `${input}\n`, encoding: 'utf8', timeout: 30_000 });
}

/** Unfolds the server down to a schema. */
async function unfoldTo(schema) {
  await window.unfold('orders-prod', 1);
  await window.unfold('shop', 2);
  await window.unfold(schema, 3);
}

async function remove() {
  await window.button('Connections');
  const card = await window.find('//*[@role="row" and contains(., "orders-prod")]');
  await card.moveTo();
  await (await card.$('button[aria-label="Delete"]')).click();
  await window.text('This goes with it');
  await window.snapshot('10-delete');
  await window.button('Delete orders-prod');
}

/** Moves the focus with Tab until it is on what is called like this. */
async function tabTo(name) {
  for (let presses = 0; presses < 60; presses += 1) {
    const here = await window.run(() => document.activeElement?.getAttribute('aria-label'));
    if (here === name) return;
    await window.keys(Key.Tab);
  }
  throw new Error(`Tab never came to ${name}.`);
}

async function quiet(when) {
  await step(`the page complains of nothing ${when}`, async () => {
    const complaints = await window.complaints();
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
  });
}

/** Closes the window until that has come about; the tray learns of a setting soon after. */
async function closesTo(state) {
  await until(`the window is ${state}`, async () => {
    if (state === 'ended') {
      if (running(data).length === 0) return true;
    } else if (!desktop.windowIsShown()) {
      return (await desktop.menu()).length > 0;
    }
    desktop.closeWindow();
    return false;
  });
}

async function trayHas(...labels) {
  await until(`the tray has ${labels.join(', ')}`, async () => {
    const seen = (await desktop.menu()).map(({ label }) => label);
    return labels.every((label) => seen.includes(label)) && seen;
  });
}

async function trayHasOnly(...labels) {
  await until(`the tray has only ${labels.join(', ')}`, async () => {
    const seen = (await desktop.menu()).map(({ label }) => label);
    return JSON.stringify(seen) === JSON.stringify(labels);
  });
}

function same(found, wanted, what) {
  if (found !== wanted) throw new Error(`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}.`);
}

/** The processes that were started for a data folder, those of the web view too. */
function running(folder) {
  return processes(folder).map(({ pid }) => pid);
}

/** The programs that these run. */
function programs(folder) {
  return processes(folder).map(({ program }) => program);
}

function processes(folder) {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const program = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0];
      const ours = program === app || /\/WebKit\w+Process$/.test(program);
      const there = ours && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder);
      return there ? [{ pid, program }] : [];
    } catch {
      return [];
    }
  });
}

function filesUnder(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const kind = statSync(path, { throwIfNoEntry: false });
    if (!kind) return [];
    return kind.isDirectory() ? filesUnder(path) : kind.isFile() ? [path] : [];
  });
}
