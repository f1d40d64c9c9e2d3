/** The rarer kinds: lists, details, checks for damage, and what a role may not see. */
import { screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { useBackend, type ObjectCard, type ObjectPage, type VerificationView } from '../../lib/backend';
import { go } from '../../lib/state/router.svelte';
import { violations } from '../../test/accessible';
import { beginBrowsing, browse, button, heading, line, named, page, row, tree } from '../../test/browsing';
import type { FakeBackend } from '../../test/fake';
import { postgres } from '../../test/fake/engines';
import { HOSTILE } from '../../test/fake/orders';
import { appError } from '../../test/fake/samples';
import { other } from '../../test/fake/schema';
import { qualifiedName } from './actions';
import { attributeFacts, grantsOf } from './facts';
import { forgetChecks } from './integrity.svelte';
import { hiddenKinds, lacksOf } from './lacks';
import { linkOf } from './named';
import { EVERY } from '../../lib/tree';

beforeEach(() => {
  beginBrowsing();
  forgetChecks();
});

async function openPage(fake: FakeBackend, tab: string, ...names: string[]): Promise<number> {
  const object = await named(fake, 1, ...names);
  go('browser', { connection: '1', object: String(object), tab });
  return object;
}

describe('the rarer kinds', () => {
  it('stand in their folders in the tree, with one line of what they are', async () => {
    await browse();
    const user = userEvent.setup();
    await row(/^sales,/);
    tree().focus();
    await user.keyboard('sal{ArrowRight}');
    await row(/^Functions, 2/);
    await user.keyboard('fun{ArrowRight}');
    expect(
      await row(/^order_total\(bigint\), \(order_id bigint, OUT total numeric\) → numeric/),
    ).toBeTruthy();
  });

  it('stand in the contents with what they are in short', async () => {
    const fake = await browse();
    await openPage(fake, 'contents', 'orders', 'sales');
    const list = await screen.findByRole('grid', { name: 'Contents' });
    const status = await line(/^order_status, Enum type/);
    expect(status.textContent).toContain("'draft', 'open', 'paid', 'archived'");
    expect(within(list).getByRole('columnheader', { name: 'In short, comment' })).toBeTruthy();
    await userEvent.setup().type(screen.getByRole('textbox', { name: 'Filter objects' }), 'archived');
    expect(await line(/^order_status/), 'the filter looks there too').toBeTruthy();
    await waitFor(() => expect(list.getAttribute('aria-rowcount')).toBe('2'));
  });

  it('stand together by kind, in the order of the engine', async () => {
    const fake = await browse();
    useBackend({
      ...fake,
      // As the catalogue gives them: by name alone.
      children: async (request) => {
        const { total, rows } = await fake.children(request);
        return { total, rows: [...rows].sort((a, b) => (a.name < b.name ? -1 : 1)) };
      },
    });
    await openPage(fake, 'contents', 'orders', 'sales');
    await line(/^order_status, Enum type/);
    const shown = [...page().querySelectorAll('[role=row][aria-label]')].map(
      (cells) => cells.getAttribute('aria-label')?.split(', ').at(-1) ?? '',
    );
    expect([...new Set(shown)]).toHaveLength(shown.filter((kind, at) => kind !== shown[at - 1]).length);
    expect(shown[0], 'tables first').toBe('Table');
  });

  it('of a table have a tab where there are any, and open from it', async () => {
    const fake = await browse();
    await openPage(fake, 'partitions', 'orders', 'sales', 'order_events');
    const partition = await line(/^order_events_2019, FOR VALUES FROM/);
    expect(screen.queryByRole('tab', { name: /^Policies/ }), 'it has none').toBeNull();
    const user = userEvent.setup();
    await user.click(partition);
    await user.keyboard('{Enter}');
    await heading('order_events_2019');
  });

  it('of the server stand beside its databases, and one database unfolds all the same', async () => {
    const fake = await browse();
    await row(/^sales,/);
    const server = await row(/^Server, 2/);
    expect(server.getAttribute('aria-level')).toBe('2');
    await openPage(fake, 'contents', 'server');
    await heading('Server');
    expect(await line(/^app_ro, Role/)).toBeTruthy();
  });

  it('show hostile words as text', async () => {
    const fake = await browse();
    const object = await named(fake, 1, 'orders', 'sales', 'order_status');
    const shown = await fake.object(object);
    const hostile = HOSTILE.join(' ');
    useBackend({
      ...fake,
      object: async () => ({
        ...shown,
        card: {
          ...shown.card,
          name: hostile,
          comment: hostile,
          detail: other('enum_type', hostile, hostile),
          attributes: [
            { key: hostile, value: [...HOSTILE] },
            { key: 'privileges', value: HOSTILE.map((name) => `SELECT to ${name}`) },
            { key: 'x', value: HOSTILE.map((name) => ({ kind: 'table' as const, schema: name, name })) },
          ],
        },
      }),
    });
    go('browser', { connection: '1', object: String(object), tab: 'details' });
    expect(await screen.findByRole('table', { name: 'Privileges' })).toBeTruthy();
    expect(document.querySelector('img')).toBeNull();
    expect(await violations(page())).toEqual([]);
  }, 60_000);
});

describe('a qualified name', () => {
  it('quotes the name of a routine and leaves the types of its arguments alone', () => {
    const routine = [
      { kind: 'database' as const, name: 'shop' },
      { kind: 'schema' as const, name: 'Sales' },
      { kind: 'function' as const, name: 'Total(bigint, text)' },
    ];
    expect(qualifiedName(routine)).toBe('"Sales"."Total"(bigint, text)');
    expect(
      qualifiedName([
        { kind: 'server', name: 'server' },
        { kind: 'role', name: 'app' },
      ]),
    ).toBe('app');
  });
});

describe('details', () => {
  it('show lists one by one, objects as links and privileges as a table', async () => {
    const fake = await browse();
    await openPage(fake, 'details', 'orders', 'sales', 'orders');
    expect(await screen.findByText('autovacuum_vacuum_scale_factor=0.02')).toBeTruthy();
    const rights = await screen.findByRole('table', { name: 'Privileges' });
    expect(
      within(rights)
        .getAllByRole('row')
        .map((cells) => cells.textContent?.trim()),
    ).toEqual(['Granted toMay', 'app_roSELECT', '"app writer"SELECT, INSERT, UPDATE with grant option']);
    await openPage(fake, 'details', 'orders', 'sales', 'revenue_by_day');
    await userEvent.setup().click(await button('sales.payments'));
    await heading('payments');
  });

  it('say that an object behind a link is not in the catalogue', async () => {
    const fake = await browse();
    await openPage(fake, 'details', 'orders', 'sales', 'revenue_by_day');
    await userEvent.setup().click(await button('sales.gone'));
    expect(await screen.findByText('sales.gone is not in the catalogue.')).toBeTruthy();
    await heading('revenue_by_day');
  });

  it('lead to a role of the server', async () => {
    const fake = await browse();
    await openPage(fake, 'details', 'server', 'app_ro');
    await userEvent.setup().click(await button('sales_owner'));
    await heading('sales_owner');
  });

  it('keep what is no list of privileges among the facts of the engine', () => {
    const card = { kind: 'role', attributes: [{ key: 'privileges', value: 'all' }] } as unknown as ObjectCard;
    expect(grantsOf(card)).toEqual([]);
    expect(attributeFacts(card, postgres).map(({ value }) => value)).toEqual(['all']);
    expect(
      grantsOf({ ...card, attributes: [{ key: 'privileges', value: ['SELECT to a to b', 'nobody'] }] }),
    ).toEqual([
      { grantee: 'a to b', privileges: 'SELECT' },
      { grantee: '', privileges: 'nobody' },
    ]);
  });

  it('write the link of an object of the same database, whatever its name', () => {
    const link = 'db-studio://uuid/database:shop/schema:a/table:t';
    expect(linkOf({ link } as ObjectPage, { kind: 'table', schema: 'x/y', name: 'p:q' })).toBe(
      'db-studio://uuid/database:shop/schema:x%2Fy/table:p%3Aq',
    );
    expect(linkOf({ link } as ObjectPage, { kind: 'view', schema: null, name: 'v' })).toBe(
      'db-studio://uuid/database:shop/view:v',
    );
  });
});

describe('what a role may not see', () => {
  it('stands below the list it concerns, with a statement to copy', async () => {
    const fake = await browse();
    await openPage(fake, 'contents', 'orders');
    const words = await within(page()).findByText(/may not read the event triggers of orders/);
    expect(words.textContent).toContain('GRANT SELECT ON pg_catalog.pg_event_trigger TO app_ro;');
    const user = userEvent.setup();
    await user.click(await button('Copy the statement that would show it'));
    await screen.findByText('Copied the statement.');
    expect(await navigator.clipboard.readText()).toBe(
      'GRANT SELECT ON pg_catalog.pg_event_trigger TO app_ro;',
    );
  });

  it('is said where a list is empty for that reason', async () => {
    const fake = await browse();
    await openPage(fake, 'contents', 'orders', 'payroll');
    expect(await screen.findByText('This role may not see the objects here.')).toBeTruthy();
  });

  it('has a folder in the tree that says so', async () => {
    await browse();
    const user = userEvent.setup();
    const folder = await row(/^Event triggers, not readable/);
    await user.click(folder);
    expect(await row(/^The role app_ro may not read the event triggers/)).toBeTruthy();
  });

  it('is about the tab that lists its kind, or about all of the object', () => {
    const path = [{ id: 1, step: { kind: 'table' as const, name: 't' } }];
    const about = (reason: string, ...steps: [string, string][]) => ({
      object: [path[0]?.step, ...steps.map(([kind, name]) => ({ kind, name }))],
      reason,
      grant: null,
      unseen: true,
    });
    const shown = {
      path,
      warnings: [
        about('all'),
        about('triggers', ['trigger', EVERY]),
        about('one index', ['index', 'i']),
        about('rules', ['rule', EVERY]),
      ],
    } as unknown as ObjectPage;
    const tabs = ['columns', 'indexes', 'triggers', 'details'] as const;
    const reasons = (tab: (typeof tabs)[number]) => lacksOf(shown, tab, tabs).map(({ reason }) => reason);
    expect(reasons('triggers')).toEqual(['all', 'triggers']);
    expect(reasons('indexes')).toEqual(['all', 'one index']);
    expect(reasons('columns'), 'what no tab lists is told on the first').toEqual(['all', 'rules']);
    expect(reasons('details')).toHaveLength(4);
    expect(hiddenKinds(shown)).toEqual(['trigger', 'rule']);
  });
});

describe('a check for damage', () => {
  const start = async (verify: () => Promise<VerificationView>) => {
    const fake = await browse();
    useBackend({ ...fake, verify });
    await openPage(fake, 'integrity', 'orders');
    await userEvent.setup().click(await button('Check integrity'));
    return fake;
  };

  it('is begun by hand, says that it runs, goes on elsewhere, and tells what was checked', async () => {
    let answer: (found: VerificationView) => void = () => undefined;
    const fake = await start(() => new Promise((resolve) => (answer = resolve)));
    expect(await screen.findByText('Checking orders')).toBeTruthy();
    expect(page().textContent).toContain('takes from seconds to many minutes');
    await openPage(fake, 'details', 'orders', 'sales');
    await heading('sales');
    await openPage(fake, 'integrity', 'orders');
    expect(await screen.findByText('Checking orders'), 'it still runs').toBeTruthy();
    answer({ checked: '12 pages and 3 tables', findings: [], more: false, millis: 1840 });
    expect(await screen.findByText('No damage was found.')).toBeTruthy();
    expect(page().textContent).toMatch(/Checked 12 pages and 3 tables\.\s*It took 1\.8 s\./);
    expect(await violations()).toEqual([]);
  }, 60_000);

  it('lists what is wrong and says where there is more', async () => {
    await start(async () => ({
      checked: 'what can be read',
      findings: ['Page 3 is never used.', HOSTILE[0]],
      more: true,
      millis: null,
    }));
    const list = await screen.findByRole('list', { name: 'Findings' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['Page 3 is never used.', HOSTILE[0]]);
    expect(page().textContent).toMatch(/More than\s*2 problems\s*were found/);
    expect(page().textContent).toContain('There is more wrong than this list tells.');
  });

  it('says why it could not be done', async () => {
    await start(() => Promise.reject(appError('busy', 'The file is locked.', 'Close what writes to it.')));
    expect((await screen.findByRole('alert')).textContent).toContain('The file is locked.');
    expect(await button('Check again')).toBeTruthy();
  });
});
