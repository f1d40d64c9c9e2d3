import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { useBackend, type ConnectionCard } from '../../lib/backend';
import MenuLayer from '../../lib/components/MenuLayer.svelte';
import ToastLayer from '../../lib/components/ToastLayer.svelte';
import { followConnections } from '../../lib/state/connections.svelte';
import { editorRequest } from '../../lib/state/editor.svelte';
import { place } from '../../lib/state/router.svelte';
import { violations } from '../../test/accessible';
import { fakeBackend, type FakeBackend, type FakeOptions } from '../../test/fake';
import { appError, sampleCards } from '../../test/fake/samples';
import { enterSample } from '../../test/sample';
import Connections from './Connections.svelte';
import { clearFilter, clearSelection, listView } from './view.svelte';

beforeEach(() => {
  clearFilter();
  clearSelection();
  listView.view = 'grid';
  listView.sort = 'favourites';
});

async function list(options: FakeOptions = {}): Promise<FakeBackend> {
  const fake = await enterSample(options);
  render(ToastLayer);
  render(MenuLayer);
  render(Connections);
  return fake;
}

const rows = () => screen.getAllByRole('row').filter((row) => row.dataset['id'] !== undefined);
const row = (name: RegExp) => screen.getByRole('row', { name });

describe('the states of the list', () => {
  it('says what it is for while there is nothing, with the one button that fills it', async () => {
    await list({ cards: [] });
    expect(screen.getByText('No connections yet')).toBeTruthy();
    await userEvent
      .setup()
      .click(screen.getAllByRole('button', { name: 'Add connection' })[1] as HTMLElement);
    expect(editorRequest()).toEqual({});
  });

  it('has the shape of the list while it loads', async () => {
    useBackend({ ...fakeBackend(), connections: () => new Promise(() => undefined) });
    const stop = followConnections();
    render(Connections);
    expect(screen.getByRole('status', { name: 'Loading connections' })).toBeTruthy();
    stop();
  });

  it('says what failed and tries again', async () => {
    const fake = fakeBackend();
    let broken = true;
    useBackend({
      ...fake,
      connections: () =>
        broken ? Promise.reject(appError('storage', 'The disk is full.', 'Make room.')) : fake.connections(),
    });
    const stop = followConnections();
    render(Connections);
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.');
    broken = false;
    await userEvent.setup().click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(rows()).toHaveLength(15));
    stop();
  });

  it('says that the filter leaves everything out, and how to see it again', async () => {
    await list();
    const user = userEvent.setup();
    await user.type(screen.getByRole('textbox', { name: 'Filter connections' }), 'nothing like it');
    expect(await screen.findByText('No connection matches')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Clear the filter' }));
    expect(rows()).toHaveLength(15);
  });
});

describe('deleting', () => {
  it('names the connection and what goes with it, and can be undone', async () => {
    const fake = await list();
    const user = userEvent.setup();
    row(/^warehouse,/).focus();
    await user.keyboard('{Delete}');
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('Delete warehouse?');
    expect(dialog.textContent).toContain('22 schemas, 1,460 tables, 24,871 columns');
    expect(dialog.textContent).toContain('its password in the vault');
    expect(
      fake.calls.some(([name]) => name === 'deleteConnections'),
      'nothing happens before the answer',
    ).toBe(false);

    await user.click(within(dialog).getByRole('button', { name: 'Delete warehouse' }));
    expect(await screen.findByText('Deleted warehouse.')).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('row', { name: /^warehouse,/ })).toBeNull());

    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(row(/^warehouse,/)).toBeTruthy());
  });

  it('does nothing when one thinks better of it', async () => {
    const fake = await list();
    const user = userEvent.setup();
    row(/^warehouse,/).focus();
    await user.keyboard('{Delete}');
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Cancel' }));
    expect(fake.cards()).toHaveLength(15);
  });
});

describe('by keyboard', () => {
  it('one card is in the tab order, arrows move, Enter opens it in the browser', async () => {
    await list();
    const user = userEvent.setup();
    expect(rows().filter((entry) => entry.tabIndex === 0)).toHaveLength(1);
    (rows()[0] as HTMLElement).focus();
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(document.activeElement).toBe(rows()[1]));
    await user.keyboard('{Enter}');
    expect(place()).toEqual({ page: 'browser', at: { connection: '2' } });
  });

  it('Space selects, Shift extends, Escape lets go', async () => {
    await list();
    const user = userEvent.setup();
    (rows()[0] as HTMLElement).focus();
    await user.keyboard(' ');
    expect(listView.selected.size).toBe(1);
    expect(screen.getByRole('toolbar', { name: 'Selected connections' }).textContent).toContain('1 selected');
    await user.keyboard('{Shift>}{End}{/Shift}');
    expect(listView.selected.size).toBe(15);
    await user.keyboard('{Escape}');
    expect(listView.selected.size).toBe(0);
  });

  it('the selected ones are deactivated together', async () => {
    const fake = await list();
    const user = userEvent.setup();
    (rows()[0] as HTMLElement).focus();
    await user.keyboard(' {Shift>}{ArrowRight}{/Shift}');
    const bar = within(screen.getByRole('toolbar', { name: 'Selected connections' }));
    await user.click(bar.getByRole('button', { name: 'Deactivate' }));
    expect(fake.calls.find(([name]) => name === 'setActive')).toEqual(['setActive', [1, 2], false]);
  });
});

describe('what a card tells and does', () => {
  it('shows a sync as it goes and lets it be cancelled', async () => {
    const fake = await list();
    const card = row(/^orders-staging,/);
    expect(within(card).getByRole('progressbar').getAttribute('aria-valuenow')).toBe('412');
    await userEvent.setup().click(within(card).getByRole('button', { name: 'Cancel' }));
    expect(fake.calls).toContainEqual(['cancelSync', 1]);
  });

  it('says how many parts the last sync could not read, and what would help', async () => {
    const [first] = sampleCards(Date.now()) as [ConnectionCard];
    const warning = {
      object: [],
      reason: 'The schema payroll may not be read.',
      grant: 'GRANT USAGE …',
      unseen: true,
    };
    const last_sync = first.last_sync && { ...first.last_sync, changed: 0, warnings: [warning, warning] };
    await list({ cards: [{ ...first, last_sync }] });
    expect(within(row(/^orders-prod,/)).getByText(/2 parts not read/)).toBeTruthy();
  });

  it('tests and says how it went', async () => {
    await list();
    await userEvent.setup().click(within(row(/^warehouse,/)).getByRole('button', { name: 'Test' }));
    expect(await screen.findByText('warehouse: fine, 52 ms.')).toBeTruthy();
  });

  it('opens its menu by the menu key and gives the focus back', async () => {
    await list();
    const user = userEvent.setup();
    const card = row(/^warehouse,/);
    card.focus();
    card.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
    await user.click(await screen.findByRole('menuitem', { name: 'Edit' }));
    expect(editorRequest()).toEqual({ connection: 5 });
  });

  it('counts, in the words of its engine, are part of its spoken name', async () => {
    await list();
    expect(row(/^tariffs\.sqlite,/).getAttribute('aria-label')).toBe(
      'tariffs.sqlite, SQLite, local, reachable in 0.4 ms, 1 database, 19 tables, 164 columns',
    );
  });
});

describe('hostile names', () => {
  const HOSTILE = [
    '<img src=x onerror="document.title=1">',
    'line\nbreak',
    '\u202Egnp.exe',
    'zero\u200Bwidth 🧨',
    'x'.repeat(10_000),
    '__proto__',
  ];

  it.each(['grid', 'table'] as const)('are text and nothing else in the %s', async (view) => {
    listView.view = view;
    const [template] = sampleCards(Date.now()) as [ConnectionCard];
    const cards = HOSTILE.map((name, at) => {
      const { connection } = template;
      const draft = { ...connection.draft, name, folder: name, tags: [name] };
      return { ...template, address: name, database: name, connection: { ...connection, id: at + 1, draft } };
    });
    await list({ cards });
    expect(document.querySelector('img'), 'markup stays text').toBeNull();
    if (view === 'grid') {
      expect(document.body.textContent).toContain('<img src=x');
      expect(document.body.textContent, 'no direction mark reaches the page').not.toContain('\u202E');
      expect(rows()).toHaveLength(HOSTILE.length);
    }
  });
});

it.each(['grid', 'table'] as const)('the %s is spoken of in names that axe accepts', async (view) => {
  listView.view = view;
  await list({ cards: sampleCards(Date.now()).filter((card) => [2, 4, 14].includes(card.connection.id)) });
  expect(await violations()).toEqual([]);
});
