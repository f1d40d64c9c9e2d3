/** The browser over the sample backend: the tree, the pages, their states, by mouse and by keyboard. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useBackend, type ChildrenRequest, type SyncRun, type TreeParent } from '../../lib/backend';
import MenuLayer from '../../lib/components/MenuLayer.svelte';
import ToastLayer from '../../lib/components/ToastLayer.svelte';
import { editorRequest } from '../../lib/state/editor.svelte';
import { runPageCommand } from '../../lib/state/page-commands';
import { back, go, place } from '../../lib/state/router.svelte';
import { violations } from '../../test/accessible';
import type { FakeBackend, FakeOptions } from '../../test/fake';
import { HOSTILE } from '../../test/fake/orders';
import { appError, sampleCards } from '../../test/fake/samples';
import { enterSample } from '../../test/sample';
import Browser from './Browser.svelte';
import { browserTree } from './tree-state.svelte';

beforeEach(() => {
  // Nothing is laid out here; without a height a virtual list would show no row.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(480);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(960);
  browserTree.begin(-1);
  browserTree.setConnections([], null);
  history.replaceState(null, '');
});

const NOW = Date.now();
const only = (...names: string[]) =>
  sampleCards(NOW).filter(({ connection }) => names.includes(connection.draft.name));

async function browse(options: FakeOptions = {}, at: Record<string, string> = {}): Promise<FakeBackend> {
  const fake = await enterSample({ cards: only('orders-prod', 'billing-prod'), now: NOW, ...options });
  go('browser', at);
  render(ToastLayer);
  render(MenuLayer);
  render(Browser);
  return fake;
}

const tree = () => document.querySelector<HTMLElement>('[role=tree]') as HTMLElement;
// By attributes and not by role and name: computing those for every row makes slow tests.
const labelled = (role: string, name: RegExp) =>
  [...document.querySelectorAll<HTMLElement>(`[role=${role}]`)].filter((element) =>
    name.test(element.getAttribute('aria-label') ?? ''),
  );
const found = (role: string, name: RegExp): Promise<HTMLElement> =>
  waitFor(() => {
    const [element] = labelled(role, name);
    if (!element) throw new Error(`There is no ${role} ${String(name)}.`);
    return element;
  });
const row = (name: RegExp) => found('treeitem', name);
const line = (name: RegExp) => found('row', name);
const gone = (name: RegExp) => waitFor(() => expect(labelled('treeitem', name)).toEqual([]));
const cursor = () =>
  document.getElementById(tree().getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-label');
const heading = (name: string) =>
  waitFor(() => expect(document.querySelector('h2')?.textContent?.trim()).toBe(name));
const page = () => document.querySelector<HTMLElement>('section[aria-label=Object]') as HTMLElement;
const button = (name: string) => within(page()).findByRole('button', { name });

/** The first table of a connection, past its first database and schema. */
async function firstTable(fake: FakeBackend, connection: number): Promise<number> {
  const first = async (parent: TreeParent) => {
    const { rows } = await fake.children({ parent, kinds: [], filter: '', offset: 0, limit: 1 });
    return rows[0]?.id ?? 0;
  };
  const database = await first({ type: 'connection', connection });
  return first({ type: 'object', object: await first({ type: 'object', object: database }) });
}

/** From the first connection down to the table orders, with the keys alone. */
async function openOrders(user: UserEvent): Promise<void> {
  await row(/^sales,/);
  tree().focus();
  await user.keyboard('sal{ArrowRight}');
  await row(/^Tables, 7/);
  await user.keyboard('{ArrowRight}{ArrowRight}');
  await row(/^carts/);
  await user.keyboard('orders{Enter}');
  await heading('orders');
}

describe('the tree', () => {
  it('opens the first connection and unfolds its only database', async () => {
    await browse();
    expect((await row(/^orders-prod/)).getAttribute('aria-expanded')).toBe('true');
    expect((await row(/^sales,/)).getAttribute('aria-level'), 'schemas stand below the database').toBe('3');
    await heading('orders-prod');
  });

  it('goes down to a column by keyboard and opens it in the table that holds it', async () => {
    await browse();
    const user = userEvent.setup();
    await openOrders(user);
    await user.keyboard('{ArrowRight}');
    await row(/^Columns, 18/);
    await user.keyboard('{ArrowRight}{ArrowRight}');
    await row(/^public_no,/);
    await user.keyboard('cust');
    expect(cursor()).toBe('customer_id, bigint');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(place().at).toMatchObject({ tab: 'columns' }));
    const chosen = await line(/^customer_id/);
    await waitFor(() => expect(chosen.getAttribute('aria-selected')).toBe('true'));
  });

  it('collapses and goes to the parent with Left, to the ends with Home and End', async () => {
    await browse();
    const user = userEvent.setup();
    await row(/^sales,/);
    tree().focus();
    await user.keyboard('{Home}{ArrowDown}{ArrowDown}');
    expect(cursor()).toMatch(/^crm/);
    await user.keyboard('{ArrowLeft}');
    expect(cursor()).toMatch(/^orders,/);
    await user.keyboard('{ArrowLeft}');
    await gone(/^sales,/);
    await user.keyboard('{End}');
    expect(cursor()).toBe('billing-prod');
  });

  it('keeps what is expanded and chosen, and where one is, when the catalogue changes', async () => {
    const fake = await browse();
    const user = userEvent.setup();
    await openOrders(user);
    await user.click(await line(/^status,/));
    tree().focus();
    await user.keyboard('{Home}');
    const asked = () => fake.calls.filter(([name]) => name === 'children' || name === 'object').length;
    const before = asked();
    fake.emit({ type: 'catalogue_changed', connection: 1 });
    await waitFor(() => expect(asked(), 'what is in sight is read again').toBeGreaterThan(before + 2));
    expect((await row(/^orders, One/)).getAttribute('aria-selected')).toBe('true');
    expect((await line(/^status,/)).getAttribute('aria-selected')).toBe('true');
    expect(cursor()).toBe('orders-prod');
  });

  it('remembers what was expanded over a restart of the page, for the same user alone', async () => {
    await browse();
    await openOrders(userEvent.setup());
    await waitFor(() => expect(JSON.stringify(history.state)).toContain('schema:sales'));
    browserTree.begin(2);
    expect(browserTree.isOpen({ key: '1/database:orders/schema:sales' } as never), 'another user').toBe(
      false,
    );
    browserTree.begin(1);
    expect(browserTree.isOpen({ key: '1/database:orders/schema:sales' } as never)).toBe(true);
  });

  it('leaves collapsed what one collapses while its page is open', async () => {
    await browse();
    const user = userEvent.setup();
    await row(/^sales,/);
    tree().focus();
    await user.keyboard('{Home}{ArrowLeft}');
    await gone(/^sales,/);
    await user.type(await within(page()).findByRole('textbox', { name: 'Filter objects' }), 'crm');
    expect(await line(/^crm,/), 'the page still lists what is inside').toBeTruthy();
    expect(labelled('treeitem', /^sales,/)).toEqual([]);
  });

  it('shows one connection alone, also an inactive one', async () => {
    await browse({ cards: only('orders-prod', 'billing-prod', 'partner-feed') });
    await row(/^billing-prod/);
    expect(labelled('treeitem', /^partner-feed/), 'not among the active ones').toEqual([]);
    browserTree.show(14);
    await row(/^partner-feed/);
    expect(labelled('treeitem', /^(orders|billing)-prod/)).toEqual([]);
    expect(await row(/^public,/), 'it unfolds').toBeTruthy();
  });

  it('shows the place of 10,000 tables and loads only those in sight', async () => {
    const fake = await browse();
    const user = userEvent.setup();
    await row(/^large,/);
    tree().focus();
    await user.keyboard('lar{ArrowRight}');
    await row(/^Tables, 10,000/);
    await user.keyboard('{ArrowRight}{ArrowRight}');
    const first = await row(/^measurement_00000/);
    expect(first.getAttribute('aria-setsize')).toBe('10000');
    const offsets = fake.calls.flatMap(([name, request]) =>
      name === 'children' ? (request as ChildrenRequest).offset : [],
    );
    expect(Math.max(...offsets), 'no page after the first one').toBe(0);
  });

  it('says where the server let nothing be seen, and why', async () => {
    await browse();
    const user = userEvent.setup();
    const payroll = await row(/^payroll, not readable/);
    await user.dblClick(payroll);
    expect(await row(/may not use schema payroll/)).toBeTruthy();
    expect((await screen.findByText(/so its tables are unknown/)).textContent).toContain(
      'GRANT USAGE ON SCHEMA payroll',
    );
  });

  it('shows why a page of it could not be read, in place, and tries again', async () => {
    const fake = await enterSample({ cards: only('orders-prod'), now: NOW });
    let broken = true;
    useBackend({
      ...fake,
      children: (request) =>
        broken ? Promise.reject(appError('storage', 'The catalogue is busy.', '')) : fake.children(request),
    });
    go('browser');
    render(Browser);
    const note = await row(/The catalogue is busy/);
    broken = false;
    await userEvent.setup().click(within(note).getByRole('button', { name: 'Try again' }));
    expect(await row(/^sales,/)).toBeTruthy();
  });
});

describe('the filter', () => {
  it('keeps the way to what it found, and gives the tree back when cleared', async () => {
    await browse();
    const user = userEvent.setup();
    await row(/^sales,/);
    runPageCommand('filter');
    await user.keyboard('coupon_code');
    expect((await row(/^coupon_code/)).getAttribute('aria-level')).toBe('7');
    expect(labelled('treeitem', /^crm/), 'what was not found is left out').toEqual([]);
    await user.keyboard('{Escape}');
    expect(await row(/^crm/)).toBeTruthy();
  });

  it('says when nothing is named like this', async () => {
    await browse();
    const user = userEvent.setup();
    await user.type(await screen.findByRole('textbox', { name: 'Filter the tree' }), 'nothing like it');
    expect(await screen.findByText('Nothing is named like this.')).toBeTruthy();
  });

  it('opens a copied link', async () => {
    const fake = await browse();
    await row(/^sales,/);
    const { rows } = await fake.children({
      parent: { type: 'connection', connection: 1 },
      kinds: [],
      filter: '',
      offset: 0,
      limit: 1,
    });
    const { link } = await fake.object(rows[0]?.id ?? 0);
    const user = userEvent.setup();
    await user.click(screen.getByRole('textbox', { name: 'Filter the tree' }));
    await user.paste(link);
    await user.keyboard('{Enter}');
    await heading('orders');
  });
});

describe('the page of a table', () => {
  it('tells its facts and says which of them are estimates', async () => {
    await browse();
    await openOrders(userEvent.setup());
    expect(page().textContent).toContain('~4,218,000 rows, estimated');
    expect(page().textContent).toMatch(/1\.9 GB\s*of which indexes\s*710 MB/);
    expect(
      await screen.findByText(/sent 9 statements in the last sync of this connection and no COUNT/),
    ).toBeTruthy();
  });

  it('has the tabs of its descriptor, with counts', async () => {
    await browse();
    await openOrders(userEvent.setup());
    expect(screen.getAllByRole('tab').map((tab) => tab.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
      'Columns 18',
      'Keys and constraints 9',
      'Indexes 7',
      'Triggers 2',
      'Definition',
      'Details',
    ]);
  });

  it('follows a reference with Enter, and Back returns', async () => {
    await browse();
    const user = userEvent.setup();
    await openOrders(user);
    const grid = await screen.findByRole('grid', { name: 'Columns' });
    await user.click(await line(/^customer_id/));
    expect(document.activeElement).toBe(grid);
    await user.keyboard('{Enter}');
    await heading('customers');
    expect((await row(/^customers/)).getAttribute('aria-selected'), 'the tree goes along').toBe('true');
    back();
    await heading('orders');
  });

  it('sorts by a column and back to the order of the server', async () => {
    await browse();
    const user = userEvent.setup();
    await openOrders(user);
    const grid = await screen.findByRole('grid', { name: 'Columns' });
    const first = () => grid.querySelectorAll('[role=row]')[1]?.getAttribute('aria-label');
    await waitFor(() => expect(first()).toMatch(/^id,/));
    const head = within(grid).getByRole('columnheader', { name: 'Name' });
    await user.click(within(head).getByRole('button'));
    expect(head.getAttribute('aria-sort')).toBe('ascending');
    expect(first()).toMatch(/^attributes/);
    await user.click(within(head).getByRole('button'));
    expect(first()).toMatch(/^updated_at/);
    await user.click(within(head).getByRole('button'));
    expect(first()).toMatch(/^id,/);
  });

  it('hides columns of the table and copies what the filter leaves', async () => {
    await browse();
    const user = userEvent.setup();
    await openOrders(user);
    await user.click(await button('Columns shown'));
    await user.click(await screen.findByRole('menuitem', { name: 'Comment' }));
    await waitFor(() => expect(screen.queryByRole('columnheader', { name: 'Comment' })).toBeNull());
    await user.type(screen.getByRole('textbox', { name: 'Filter columns' }), '_total');
    expect(await screen.findByText(/3 of 18 columns/)).toBeTruthy();
    await user.click(await button('Copy as'));
    await user.click(await screen.findByRole('menuitem', { name: 'Names' }));
    await screen.findByText('Copied 3 columns.');
    expect(await navigator.clipboard.readText()).toBe('net_total\ntax_total\ngross_total');
  });

  it('shows what was run', async () => {
    await browse();
    const user = userEvent.setup();
    await openOrders(user);
    await user.click(await button('What was run'));
    expect((await screen.findByRole('dialog')).textContent).toContain('FROM pg_catalog.pg_database AS d');
  });

  it('says that a definition is rendered by db-studio', async () => {
    await browse();
    const user = userEvent.setup();
    await openOrders(user);
    await user.click(screen.getByRole('tab', { name: /^Definition/ }));
    expect(await screen.findByText(/Written by db-studio from the catalogue/)).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Definition' }).textContent).toContain(
      'create table sales.orders (',
    );
  });

  it.each(['Columns', 'Keys', 'Definition', 'Details'])(
    'is spoken of in names that axe accepts on the tab %s',
    async (tab) => {
      await browse();
      const user = userEvent.setup();
      await openOrders(user);
      await user.click(screen.getByRole('tab', { name: new RegExp(`^${tab}`) }));
      await waitFor(() => expect(document.querySelector('[role=tabpanel] [aria-busy]')).toBeNull());
      expect(await violations()).toEqual([]);
    },
    60_000,
  );
});

describe('the states of a connection', () => {
  const unread = () =>
    only('orders-prod').map((card) => ({ ...card, synced_at: null, last_sync: null, counts: {} }));

  it('says that nothing has been read yet, with the one button that reads', async () => {
    const fake = await browse({ cards: unread() });
    expect(await screen.findByText(/Nothing has been read from orders-prod yet/)).toBeTruthy();
    const button = within(screen.getByRole('region', { name: 'Object' })).getByRole('button', {
      name: 'Sync',
    });
    await userEvent.setup().click(button);
    expect(fake.calls).toContainEqual(['startSync', 1, { type: 'connection' }]);
  });

  it('shows a first sync with words, tables of tables, time and a way out', async () => {
    const running: SyncRun = {
      run: 7,
      connection: 1,
      scope: { type: 'connection' },
      started_at: Date.now(),
      doing: 'Reading database orders',
      done: 12,
      total: 400,
      ended: null,
    };
    const fake = await browse({ cards: unread().map((card) => ({ ...card, running })) });
    expect(await within(page()).findByText('Reading database orders')).toBeTruthy();
    expect(within(page()).getByText(/12 of 400 tables/)).toBeTruthy();
    await userEvent.setup().click(await button('Cancel'));
    expect(fake.calls).toContainEqual(['cancelSync', 7]);
  });

  it('says why it fails, with the words of the server folded, and keeps the last good tree', async () => {
    await browse({}, { connection: '2' });
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The server refused the password for user billing_ro.');
    expect(alert.textContent, 'folded').not.toContain('28P01');
    expect(await row(/^public,/), 'the tree is still whole').toBeTruthy();
    await userEvent.setup().click(await button('Edit connection'));
    expect(editorRequest()).toEqual({ connection: 2 });
  });

  it('is browsed offline, and says so', async () => {
    const fake = await browse({ cards: only('shop-legacy') });
    go('browser', { connection: '6', object: String(await firstTable(fake, 6)) });
    expect(await screen.findByText(/Offline, as it was when last read/)).toBeTruthy();
    expect(await line(/^number,/), 'its columns are there').toBeTruthy();
  });

  it('says why a definition that was never read cannot be shown offline', async () => {
    const fake = await browse({ cards: only('shop-legacy') });
    const table = await firstTable(fake, 6);
    go('browser', { connection: '6', object: String(table), tab: 'definition' });
    const words = await within(page()).findByText(/has not been read yet, and the server cannot be reached/);
    const alert = words.closest<HTMLElement>('[role=alert]') as HTMLElement;
    expect(within(alert).getByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  it('says when an object is gone', async () => {
    await browse({}, { connection: '1', object: '999999' });
    expect((await screen.findByRole('alert')).textContent).toContain('This object is not in the catalogue.');
  });

  it('begins with a connection where there is none', async () => {
    await browse({ cards: [] });
    await userEvent.setup().click(await screen.findByRole('button', { name: 'New connection' }));
    expect(editorRequest()).toEqual({});
  });
});

describe('syncing from the tree', () => {
  it('reads again with F5 what has the cursor', async () => {
    const fake = await browse();
    const user = userEvent.setup();
    await row(/^sales,/);
    tree().focus();
    await user.keyboard('sal');
    runPageCommand('sync');
    await waitFor(() => {
      const call = fake.calls.find(([name]) => name === 'startSync');
      expect(call?.[2]).toMatchObject({ type: 'object' });
    });
  });

  it('offers names, link and sync in the menu of a row', async () => {
    const fake = await browse();
    const user = userEvent.setup();
    await openOrders(user);
    const orders = await row(/^orders, One/);
    orders.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
    await user.click(await screen.findByRole('menuitem', { name: 'Copy qualified name' }));
    await screen.findByText('Copied the qualified name.');
    expect(await navigator.clipboard.readText()).toBe('sales.orders');
    orders.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
    await user.click(await screen.findByRole('menuitem', { name: /^Sync this/ }));
    await waitFor(() => expect(fake.calls.some(([name]) => name === 'startSync')).toBe(true));
  });
});

describe('hostile names', () => {
  it('are text and nothing else in tree, lists, details and definition', async () => {
    await browse();
    const user = userEvent.setup();
    await row(/^hostile,/);
    tree().focus();
    await user.keyboard('hos{ArrowRight}');
    await row(/^Tables, 7/);
    await user.keyboard('{ArrowRight}{ArrowRight}');
    await row(/^<img/);
    await user.keyboard('{ArrowRight}{Enter}');
    await heading('<img src=x onerror=alert(1)>');
    for (const tab of ['Columns', 'Definition', 'Details']) {
      await user.click(screen.getByRole('tab', { name: new RegExp(`^${tab}`) }));
      await waitFor(() => expect(document.querySelector('[role=tabpanel] [aria-busy]')).toBeNull());
      expect(document.querySelector('img'), `markup stays text on ${tab}`).toBeNull();
    }
    const shown = labelled('treeitem', /./).map((item) => item.textContent ?? '');
    expect(
      shown.some((text) => text.includes('line↵break')),
      'a line break stays on its line',
    ).toBe(true);
    expect(shown.join(''), 'no mark turns the direction of the page').not.toContain('\u202E');
    expect(HOSTILE.length).toBeGreaterThan(0);
  });
});
