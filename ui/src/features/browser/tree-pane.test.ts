/** The tree of the browser: keys, loading, filter, menu, and what it keeps. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { useBackend, type TreeRequest } from '../../lib/backend';
import { runPageCommand } from '../../lib/state/page-commands';
import { go, place } from '../../lib/state/router.svelte';
import {
  NOW,
  beginBrowsing,
  browse,
  cursor,
  gone,
  heading,
  labelled,
  line,
  only,
  openOrders,
  page,
  row,
  tree,
} from '../../test/browsing';
import { appError } from '../../test/fake/samples';
import { enterSample } from '../../test/sample';
import Browser from './Browser.svelte';
import { browserTree } from './tree-state.svelte';

beforeEach(beginBrowsing);

describe('the tree', () => {
  it('opens the first connection and unfolds its only database', async () => {
    await browse();
    await waitFor(async () => expect((await row(/^orders-prod/)).getAttribute('aria-expanded')).toBe('true'));
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
    await waitFor(() => expect(cursor()).toBe('customer_id, bigint'));
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
    await waitFor(() => expect(cursor()).toMatch(/^crm/));
    await user.keyboard('{ArrowLeft}');
    expect(cursor()).toMatch(/^orders,/);
    await user.keyboard('{ArrowLeft}');
    await gone(/^sales,/);
    await user.keyboard('{End}');
    await waitFor(() => expect(cursor()).toBe('billing-prod'));
  });

  it('keeps what is expanded and chosen, and where one is, when the catalogue changes', async () => {
    const fake = await browse();
    const user = userEvent.setup();
    await openOrders(user);
    await user.click(await line(/^status,/));
    tree().focus();
    await user.keyboard('{Home}');
    const asked = () => fake.calls.filter(([name]) => name === 'tree' || name === 'object').length;
    const before = asked();
    fake.emit({ type: 'catalogue_changed', connection: 1 });
    await waitFor(() => expect(asked(), 'what is in sight is read again').toBeGreaterThan(before + 1));
    expect((await row(/^orders, One/)).getAttribute('aria-selected')).toBe('true');
    expect((await line(/^status,/)).getAttribute('aria-selected')).toBe('true');
    expect(cursor()).toBe('orders-prod');
  });

  it('remembers what was open over a restart of the page, for the same user alone', async () => {
    await browse();
    await openOrders(userEvent.setup());
    await waitFor(() => expect(JSON.stringify(history.state)).toContain('schema:sales/table:orders'));
    browserTree.begin(2);
    expect(browserTree.opened, 'another user').toBeNull();
    browserTree.begin(1);
    expect(browserTree.opened).toBe('1/database:orders/schema:sales/table:orders');
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

  it('shows the place of 10,000 tables and asks only for rows in sight', async () => {
    const fake = await browse();
    const user = userEvent.setup();
    await row(/^large,/);
    tree().focus();
    await user.keyboard('lar{ArrowRight}');
    await row(/^Tables, 10,000/);
    await user.keyboard('{ArrowRight}{ArrowRight}');
    const first = await row(/^measurement_00000/);
    expect(first.getAttribute('aria-setsize')).toBe('10000');
    const counts = fake.calls.flatMap(([name, request]) =>
      name === 'tree' ? (request as TreeRequest).count : [],
    );
    expect(Math.max(...counts), 'however many there are').toBeLessThan(200);
    expect(
      fake.calls.filter(([name]) => name === 'children').length,
      'no level is asked for as a whole',
    ).toBeLessThan(5);
  });

  it('goes on where one types and moves faster than rows arrive', async () => {
    const fake = await browse();
    const user = userEvent.setup();
    await row(/^sales,/);
    let slow = true;
    useBackend({
      ...fake,
      tree: async (request) => {
        if (slow) await new Promise((done) => setTimeout(done, 30));
        return fake.tree(request);
      },
    });
    tree().focus();
    await user.keyboard('sal{ArrowRight}{ArrowDown}{ArrowRight}');
    await row(/^carts/);
    slow = false;
    await waitFor(() => expect(cursor(), 'each key meant what came of those before').toMatch(/^Tables, 7/));
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
      tree: (request) =>
        broken ? Promise.reject(appError('storage', 'The catalogue is busy.', '')) : fake.tree(request),
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

  it('says the types of what it found', async () => {
    await browse();
    const user = userEvent.setup();
    await row(/^sales,/);
    runPageCommand('filter');
    await user.keyboard('coupon_');
    expect(await row(/^coupon_code, text$/)).toBeTruthy();
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
