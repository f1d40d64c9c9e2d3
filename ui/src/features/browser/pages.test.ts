/** The pages of the browser: tables, connections in every state, hostile names. */
import { screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { type SyncRun } from '../../lib/backend';
import { editorRequest } from '../../lib/state/editor.svelte';
import { back, go } from '../../lib/state/router.svelte';
import { violations } from '../../test/accessible';
import {
  beginBrowsing,
  browse,
  button,
  firstTable,
  heading,
  labelled,
  line,
  only,
  openOrders,
  page,
  row,
  tree,
} from '../../test/browsing';
import { HOSTILE } from '../../test/fake/orders';

beforeEach(beginBrowsing);

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
    await screen.findByRole('tab', { name: 'Relationships 11' });
    expect(screen.getAllByRole('tab').map((tab) => tab.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
      'Columns 18',
      'Keys and constraints 9',
      'Indexes 7',
      'Relationships 11',
      'Triggers 2',
      'Policies 1',
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
