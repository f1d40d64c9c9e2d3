/** The tab Relationships in its states: diagram, lists, keys, hostile names. */
import { screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useBackend, type Relationships } from '../../../lib/backend';
import { go } from '../../../lib/state/router.svelte';
import { violations } from '../../../test/accessible';
import { beginBrowsing, browse, heading, line, named, page } from '../../../test/browsing';
import type { FakeBackend } from '../../../test/fake';
import { HOSTILE } from '../../../test/fake/orders';
import { appError } from '../../../test/fake/samples';

beforeEach(beginBrowsing);

// Loaded late by the page, so that its time counts as no test's.
beforeAll(() => import('./Diagram.svelte'));

async function openTab(fake: FakeBackend, ...names: string[]): Promise<void> {
  const object = await named(fake, 1, ...names);
  go('browser', { connection: '1', object: String(object), tab: 'relationships' });
  await heading(names.at(-1) ?? '');
}

describe('the relationships of a table', () => {
  it('are counted at the tab before it is opened', async () => {
    const fake = await browse();
    const object = await named(fake, 1, 'orders', 'sales', 'orders');
    go('browser', { connection: '1', object: String(object) });
    await waitFor(() =>
      expect(screen.getByRole('tab', { name: /^Relationships/ }).textContent).toMatch(/Relationships\s*11/),
    );
  });

  it('are listed both ways, with what a delete does', async () => {
    const fake = await browse();
    await openTab(fake, 'orders', 'sales', 'orders');
    expect(await line(/^placed_by, crm\.contacts\.id, on delete set null$/)).toBeTruthy();
    expect(await line(/^id, sales\.order_lines\.order_id, on delete cascade$/)).toBeTruthy();
    expect(await line(/^sales\.open_orders, View$/), 'a view that needs it').toBeTruthy();
    expect(page().textContent).toContain('6 references to 5 tables, 3 references from 3 tables');
  });

  it('are drawn with a name for each box that says what it is', async () => {
    const fake = await browse();
    await openTab(fake, 'orders', 'sales', 'orders');
    const picture = await screen.findByRole('group', { name: 'Diagram of sales.orders' });
    const boxes = within(picture).getAllByRole('button');
    expect(boxes.map((box) => box.getAttribute('aria-label'))).toContain(
      'Table, crm.addresses, id, about 29,053 rows',
    );
    expect(boxes, 'five at the left, three at the right').toHaveLength(8);
    await waitFor(() => expect(picture.textContent, 'types of the columns').toContain('character(3)'));
    expect(picture.textContent).toContain('11 more columns');
  });

  it('mark in the diagram what is chosen in a list, and open it with Enter', async () => {
    const fake = await browse();
    const user = userEvent.setup();
    await openTab(fake, 'orders', 'sales', 'orders');
    await user.click(await line(/^customer_id,/));
    await waitFor(() => expect(document.querySelectorAll('svg g.chosen'), 'one line').toHaveLength(1));
    await user.keyboard('{Enter}');
    await heading('customers');
    expect(
      screen.getByRole('tab', { name: /^Relationships/ }).getAttribute('aria-selected'),
      'one can walk on from there',
    ).toBe('true');
  });

  it('walk on from a box', async () => {
    const fake = await browse();
    await openTab(fake, 'orders', 'sales', 'orders');
    await userEvent.setup().click(await screen.findByRole('button', { name: /^Table, sales\.payments/ }));
    await heading('payments');
    expect(await line(/^order_id, sales\.orders\.id/)).toBeTruthy();
  });

  it('name a table that is not in the catalogue without a link', async () => {
    const fake = await browse();
    await openTab(fake, 'orders', 'sales', 'carts');
    const away = await line(/^customer_id, archive\.old_customers, .*not in the catalogue$/);
    expect(within(away).queryByRole('button', { hidden: true })).toBeNull();
    expect(
      await screen.findByRole('img', { name: /archive\.old_customers.*not in the catalogue/ }),
    ).toBeTruthy();
    expect(
      within(screen.getByRole('list', { name: 'Legend' })).getByText('not in the catalogue'),
    ).toBeTruthy();
    expect(await line(/^merged_into, sales\.carts\.id/), 'the reference to itself').toBeTruthy();
  });

  it('of very many stay complete in the list', async () => {
    const fake = await browse();
    await openTab(fake, 'orders', 'wide', 'wide_table');
    expect(await screen.findByText('118 more, in the list below')).toBeTruthy();
    const list = screen.getByRole('grid', { name: 'Referenced by' });
    expect(list.getAttribute('aria-rowcount')).toBe('131');
    await userEvent
      .setup()
      .type(screen.getByRole('textbox', { name: 'Filter the lists' }), 'measurement_00129');
    expect(await line(/measurement_00129/)).toBeTruthy();
    expect(list.getAttribute('aria-rowcount'), 'only what the filter leaves').toBe('2');
  });

  it('can be copied', async () => {
    const fake = await browse();
    const user = userEvent.setup();
    await openTab(fake, 'orders', 'sales', 'orders');
    await user.click(await screen.findByRole('button', { name: 'Copy as' }));
    await user.click(await screen.findByRole('menuitem', { name: 'CSV' }));
    await screen.findByText('Copied 11 links.');
    expect(await navigator.clipboard.readText()).toContain(
      'references,orders_placed_by_fk,placed_by,crm.contacts.id,no action,set null',
    );
  });

  it('say so where there are none', async () => {
    const fake = await browse();
    await openTab(fake, 'orders', 'hostile', HOSTILE[1]);
    expect(await screen.findByText(/No foreign key refers from here or to here/)).toBeTruthy();
  });

  it('say why they could not be looked for, and try again', async () => {
    const fake = await browse();
    const object = await named(fake, 1, 'orders', 'sales', 'orders');
    let broken = true;
    useBackend({
      ...fake,
      relationships: (id) =>
        broken ? Promise.reject(appError('storage', 'The catalogue is busy.', '')) : fake.relationships(id),
    });
    go('browser', { connection: '1', object: String(object), tab: 'relationships' });
    expect(await screen.findByText('The catalogue is busy.')).toBeTruthy();
    broken = false;
    await userEvent.setup().click(within(page()).getByRole('button', { name: 'Try again' }));
    expect(await line(/^customer_id,/)).toBeTruthy();
  });

  it('show hostile names as text', async () => {
    const fake = await browse();
    const object = await named(fake, 1, 'orders', 'sales', 'orders');
    const links = HOSTILE.map((name, at) => ({
      constraint: 90_000 + at,
      name,
      columns: [name],
      table: { object: null, kind: 'table' as const, schema: name, name, rows: 1 },
      their_columns: [name, name],
      optional: false,
      single: false,
      on_update: 'cascade' as const,
      on_delete: 'cascade' as const,
    }));
    const found: Relationships = { references: links, referenced_by: [], depends_on: [], needed_by: [] };
    useBackend({ ...fake, relationships: () => Promise.resolve(found) });
    go('browser', { connection: '1', object: String(object), tab: 'relationships' });
    expect(await line(/^<img src=x/)).toBeTruthy();
    expect(document.querySelector('img')).toBeNull();
    expect(page().textContent, 'no mark turns the direction of the page').not.toContain('\u202E');
  });

  it('are spoken of in names that axe accepts', async () => {
    const fake = await browse();
    await openTab(fake, 'orders', 'sales', 'orders');
    await line(/^customer_id,/);
    expect(await violations()).toEqual([]);
  }, 60_000);
});

describe('the relationships of other objects', () => {
  it('are what a view reads, and what is missing of it', async () => {
    const fake = await browse();
    await openTab(fake, 'orders', 'sales', 'revenue_by_day');
    expect(await line(/^sales\.orders, Table$/)).toBeTruthy();
    expect(await line(/^sales\.gone, Table, not in the catalogue$/)).toBeTruthy();
    expect(screen.queryByRole('grid', { name: 'References' }), 'a view has no keys').toBeNull();
    expect(page().textContent).toContain('depends on 3 objects');
  });
});
