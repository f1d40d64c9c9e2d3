/** The search in the window: from the keys that open it to the page that a row opens. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SearchRequest, SearchResults } from '../lib/backend';
import ToastLayer from '../lib/components/ToastLayer.svelte';
import { editorRequest } from '../lib/state/editor.svelte';
import { place } from '../lib/state/router.svelte';
import { session } from '../lib/state/session.svelte';
import { theme } from '../lib/state/theme.svelte';
import { violations } from '../test/accessible';
import type { FakeBackend, FakeOptions } from '../test/fake';
import { HOSTILE } from '../test/fake/orders';
import { appError } from '../test/fake/samples';
import { enterSample } from '../test/sample';
import { useBackend } from '../lib/backend';
import Frame from './Frame.svelte';

// Loaded late by the window, so that its time counts as no test's.
beforeAll(() => import('./Search.svelte'));

beforeEach(() => {
  // Nothing is laid out here: lists get a height.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(480);
});

interface Opened {
  fake: FakeBackend;
  user: UserEvent;
}

/** The window with the search open. */
async function opened(keys = '{Control>}k{/Control}', options: FakeOptions = {}): Promise<Opened> {
  const fake = await enterSample(options);
  render(ToastLayer);
  render(Frame);
  const user = userEvent.setup();
  await user.keyboard(keys);
  await field();
  return { fake, user };
}

/** Answers searches by other means than the fake's. */
function answering(fake: FakeBackend, search: (request: SearchRequest) => Promise<SearchResults>) {
  useBackend({ ...fake, search });
}

const field = () => screen.findByRole<HTMLInputElement>('combobox', { name: 'Search everything' });
const closed = () =>
  waitFor(() => expect(screen.queryByRole('combobox', { name: 'Search everything' })).toBeNull());
const options = () => [...document.querySelectorAll<HTMLElement>('[role=option][id]')];
const named = (name: RegExp) =>
  waitFor(() => {
    const found = options().find((option) => name.test(option.getAttribute('aria-label') ?? ''));
    if (!found) throw new Error(`Nothing called ${String(name)} is listed.`);
    return found;
  });
const chosen = () =>
  document.querySelector('[role=option][aria-selected=true]')?.getAttribute('aria-label') ?? '';
const tab = () => document.querySelector('[role=tab][aria-selected=true]')?.textContent?.trim() ?? '';
const heads = () =>
  [...document.querySelectorAll('[role=listbox] .head:not([hidden])')].map((head) =>
    head.textContent?.trim(),
  );
const nothing: SearchResults = { hits: [], total: 0, counts: {}, connections: 0, of: 15, millis: 1 };

describe('the search opens', () => {
  it('with Ctrl+K, and gives the focus back when it closes', async () => {
    const { user } = await opened();
    expect(document.activeElement).toBe(await field());
    await user.keyboard('{Escape}');
    await closed();
    const button = screen.getByRole('button', { name: 'Search everything' });
    await user.click(button);
    await field();
    await user.keyboard('{Control>}k{/Control}');
    await closed();
    expect(document.activeElement).toBe(button);
  });

  it('with Ctrl+P, on the tables', async () => {
    const { user } = await opened('{Control>}p{/Control}');
    expect(tab()).toMatch(/^Tables/);
    await user.keyboard('email');
    await waitFor(() => expect(screen.getByText(/^No tables found for/)).toBeTruthy());
  });

  it('with what can be typed and what was opened last', async () => {
    const { user } = await opened();
    await waitFor(() => expect(heads()).toEqual(['Recently opened']));
    await user.click(screen.getByRole('button', { name: /^kind:index/, hidden: true }));
    expect((await field()).value).toBe('kind:');
  });
});

describe('what is typed', () => {
  it('is found as one types, and Enter opens the best and closes', async () => {
    const { user } = await opened();
    await user.keyboard('sales.orders');
    await named(/^sales\.orders, table/);
    expect(document.querySelector('[role=dialog]')?.textContent).toMatch(
      /results? in 1 of 15 connections, 4\.2 ms/,
    );
    await user.keyboard('{Enter}');
    await closed();
    expect(place().page).toBe('browser');
    expect(place().at).toMatchObject({ connection: '1' });
  });

  it('opens a column on the page of its table', async () => {
    const { fake, user } = await opened();
    await user.keyboard('sales.coupons percent');
    const row = await named(/^sales\.coupons\.percent_off, column/);
    await user.click(row);
    await closed();
    await waitFor(() => expect(place().at).toMatchObject({ connection: '1', tab: 'columns' }));
    const page = await fake.object(Number(place().at['object']));
    expect(page.card.name).toBe('coupons');
    expect((await fake.object(Number(place().at['row']))).card.name).toBe('percent_off');
  });

  it('stays open with Ctrl+Enter', async () => {
    const { user } = await opened();
    await user.keyboard('sales.orders');
    await named(/^sales\.orders, table/);
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(place().page).toBe('browser'));
    expect(document.activeElement).toBe(await field());
  });

  it('is shown with the words marked', async () => {
    const { user } = await opened();
    await user.keyboard('coup perc');
    const row = await named(/percent_off/);
    expect([...row.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['coup', 'perc']);
  });

  it('that is hostile stays text', async () => {
    const { user } = await opened();
    await user.keyboard('in:hostile kind:table');
    await named(/onerror/);
    expect(document.querySelector('[role=listbox] img')).toBeNull();
    expect(options().length).toBeGreaterThanOrEqual(HOSTILE.length - 1);
    for (const option of options()) expect(option.getAttribute('aria-label')?.length).toBeLessThan(900);
  });
});

describe('the newest search', () => {
  it('wins, and what is shown stays until it is answered', async () => {
    const { fake, user } = await opened();
    const waiting: (() => void)[] = [];
    answering(
      fake,
      (request) => new Promise((done) => waiting.push(() => void fake.search(request).then(done))),
    );
    await user.keyboard('r');
    waiting.shift()?.();
    await named(/rates/);
    await user.keyboard('ef');
    expect(waiting, 'each change is asked at once').toHaveLength(2);
    expect(options().length, 'nothing flickers').toBeGreaterThan(0);
    waiting[1]?.();
    await named(/refunds/);
    const after = options().map((option) => option.getAttribute('aria-label'));
    waiting[0]?.();
    await fake.connections();
    expect(options().map((option) => option.getAttribute('aria-label'))).toEqual(after);
  });

  it('changes the rows once: what was opened last stays until the first answer is there', async () => {
    const { fake, user } = await opened();
    await waitFor(() => expect(heads()).toEqual(['Recently opened']));
    let go: () => void = () => undefined;
    answering(fake, (request) => new Promise((done) => (go = () => void fake.search(request).then(done))));
    await user.keyboard('r');
    expect(heads(), 'until then').toEqual(['Recently opened']);
    go();
    await named(/rates/);
    expect(heads(), 'from then on').not.toContain('Recently opened');
  });

  it('is drawn into rows that wait for it, which nobody sees or hears until then', async () => {
    const { user } = await opened();
    const waiting = () => document.querySelectorAll('[role=listbox] [role=option][hidden]');
    await waitFor(() => expect(waiting().length).toBeGreaterThan(5));
    for (const row of waiting()) expect(row.getAttribute('aria-hidden')).toBe('true');
    const [first] = waiting();
    await user.keyboard('refunds');
    const row = await named(/refunds/);
    expect([...document.querySelectorAll('[role=option]')]).toContain(first);
    expect(row.hidden).toBe(false);
  });

  it('is drawn into the rows of the answer before it', async () => {
    const { user } = await opened();
    await user.keyboard('coupons');
    const before = await named(/^sales\.coupons, table/);
    await user.keyboard('{Control>}a{/Control}orders');
    const after = await named(/^sales\.orders, table/);
    expect(after, 'the element of what was the best').toBe(before);
    expect(after.textContent).toContain('orders');
    expect(after.textContent, 'nothing is left of it').not.toContain('coupons');
  });

  it('changes nothing of what is shown before it is there', async () => {
    const { fake, user } = await opened();
    await user.keyboard('sett');
    const command = await named(/settings, command$/i);
    answering(fake, () => new Promise(() => undefined));
    const shown = document.querySelector('[role=dialog] [role=listbox]')?.innerHTML;
    const tabs = document.querySelector('[role=dialog] [role=tablist]')?.innerHTML;
    await user.keyboard('x');
    expect(command.querySelector('mark')?.textContent?.toLowerCase(), 'the mark is still the old').toBe(
      'sett',
    );
    expect(document.querySelector('[role=dialog] [role=listbox]')?.innerHTML).toBe(shown);
    expect(document.querySelector('[role=dialog] [role=tablist]')?.innerHTML).toBe(tabs);
  });

  it('is asked again once a sync has ended, and shows what that brought', async () => {
    const { fake, user } = await opened();
    let synced = false;
    answering(fake, async (request) => (synced ? fake.search(request) : nothing));
    await user.keyboard('refunds');
    await screen.findByText(/found for “refunds”/);
    synced = true;
    fake.emit({ type: 'catalogue_changed', connection: 1 });
    await named(/refunds/);
  });

  it('is what Enter opens, also when pressed before it is answered', async () => {
    const { fake, user } = await opened();
    let go: () => void = () => undefined;
    answering(fake, (request) => new Promise((done) => (go = () => void fake.search(request).then(done))));
    await user.keyboard('sales.orders{Enter}');
    expect(place().page).toBe('dashboard');
    go();
    await closed();
    await waitFor(() => expect(place().page).toBe('browser'));
  });

  it('is not troubled by the one that it ended', async () => {
    const { fake, user } = await opened();
    answering(fake, (request) =>
      request.text === 'r' ? Promise.reject(appError('cancelled', 'Ended.', '')) : fake.search(request),
    );
    await user.keyboard('re');
    await named(/refunds/);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('the keys of the search', () => {
  it('move, turn pages and go to both ends', async () => {
    const { user } = await opened();
    await user.keyboard('kind:table in:sales');
    await named(/coupons/);
    const all = options().map((option) => option.getAttribute('aria-label'));
    expect(chosen()).toBe(all[0]);
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
    expect(chosen()).toBe(all[1]);
    await user.keyboard('{End}');
    expect(chosen()).toBe(all.at(-1));
    await user.keyboard('{ArrowDown}');
    expect(chosen(), 'past the last comes the first').toBe(all[0]);
    await user.keyboard('{PageDown}');
    expect(chosen()).not.toBe(all[0]);
    await user.keyboard('{Home}');
    expect(chosen()).toBe(all[0]);
    expect((await field()).getAttribute('aria-activedescendant')).toBe(
      document.querySelector('[role=option][aria-selected=true]')?.id,
    );
  });

  it('narrow with Tab, there and back', async () => {
    const { user } = await opened();
    await user.keyboard('{Tab}{Tab}');
    await waitFor(() => expect(tab()).toMatch(/^Tables/));
    await user.keyboard('{Shift>}{Tab}{Tab}{Tab}{/Shift}');
    await waitFor(() => expect(tab()).toMatch(/^Commands/));
    expect(document.activeElement).toBe(await field());
  });

  it('lock, as everywhere', async () => {
    const { user } = await opened();
    await user.keyboard('{Control>}l{/Control}');
    await waitFor(() => expect(session.phase).toBe('starting'));
  });
});

it('only one connection is searched where one is chosen', async () => {
  const { fake, user } = await opened();
  await user.keyboard('id');
  await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
  expect(document.activeElement).toBe(screen.getByLabelText('Connections: All connections'));
  await user.keyboard('{Enter}');
  await user.click(await screen.findByRole('option', { name: 'warehouse' }));
  await waitFor(() =>
    expect(document.querySelector('[role=dialog]')?.textContent).toMatch(/results? in warehouse/),
  );
  const request = fake.calls.findLast(([name]) => name === 'search')?.[1];
  expect(request).toMatchObject({ text: 'id', connections: [5] });
});

describe('commands', () => {
  it('are those of the window, found by their words', async () => {
    const { user } = await opened();
    await user.keyboard('new conn');
    await user.click(await named(/^New connection, command/));
    await closed();
    expect(editorRequest()).toEqual({});
  });

  it('change the theme and show the keys', async () => {
    const { user } = await opened();
    await user.keyboard('dark theme');
    await user.click(await named(/^Switch to the dark theme/));
    await waitFor(() => expect(theme()).toBe('dark'));
    await user.keyboard('{Control>}k{/Control}');
    await field();
    await user.keyboard('keys');
    await user.click(await named(/^Show all keys/));
    const keys = await screen.findByRole('dialog', { name: 'Keys' });
    expect(within(keys).getByText('Jump to an object')).toBeTruthy();
  });

  it('leave out what the open page does not know', async () => {
    const { user } = await opened();
    await user.keyboard('{Shift>}{Tab}{/Shift}');
    await named(/^Lock, command/);
    expect(options().some((option) => /Filter this list|side bar|Back/.test(option.textContent ?? ''))).toBe(
      false,
    );
  });

  it('open, sync, test and edit a connection by its name', async () => {
    const { user } = await opened();
    await user.keyboard('warehouse');
    await named(/^Sync warehouse/);
    await named(/^Test warehouse/);
    await named(/^Edit warehouse/);
    await user.click(await named(/^Open warehouse/));
    expect(place()).toEqual({ page: 'browser', at: { connection: '5' } });
  });
});

describe('a search', () => {
  it('that finds nothing says so and offers to look everywhere', async () => {
    const { user } = await opened();
    await user.keyboard('{Tab}zebra kind:table');
    await screen.findByText('No columns found for “zebra kind:table”');
    await user.click(screen.getByRole('button', { name: 'Clear the filters' }));
    await screen.findByText('Nothing found for “zebra”');
    expect(tab()).toMatch(/^Everything/);
    expect(screen.queryByRole('button', { name: 'Clear the filters' })).toBeNull();
  });

  it('that fails says why and can be tried again', async () => {
    const { fake, user } = await opened();
    let fails = true;
    answering(fake, (request) =>
      fails
        ? Promise.reject(appError('storage', 'The catalogue could not be read.', 'Free some space.'))
        : fake.search(request),
    );
    await user.keyboard('orders');
    expect((await screen.findByRole('alert')).textContent).toContain('The catalogue could not be read.');
    fails = false;
    await user.keyboard('{Enter}');
    await named(/sales\.orders, table/);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('that takes long says that it is under way', async () => {
    const { fake, user } = await opened();
    answering(fake, () => new Promise(() => undefined));
    await user.keyboard('o');
    await screen.findByText(/^Searching/);
  });

  it('whose hit is gone meanwhile says so', async () => {
    const { fake, user } = await opened();
    await user.keyboard('percent_off');
    const row = await named(/percent_off, column/);
    useBackend({
      ...fake,
      object: () =>
        Promise.reject(
          appError(
            'not_found',
            'This object is not in the catalogue.',
            'It may have been dropped meanwhile.',
          ),
        ),
    });
    await user.click(row);
    await screen.findByText(/This object is not in the catalogue/);
  });
});

it('ten thousand hits make no more rows than fit', async () => {
  const { fake, user } = await opened();
  const hit = (at: number) => ({
    object: at,
    connection: 1,
    kind: 'column' as const,
    path: ['orders', 'x'],
    name: 'n'.repeat(10_000) + at,
    type_text: 't'.repeat(10_000),
    rows: null,
    comment: 'c'.repeat(10_000),
    fit: 'name' as const,
    words: ['n'],
  });
  answering(fake, async () => ({
    ...nothing,
    hits: Array.from({ length: 500 }, (_, at) => hit(at)),
    total: 10_000,
    counts: { column: 10_000 },
  }));
  await user.keyboard('{Tab}n');
  await waitFor(() => expect(options().length).toBeGreaterThan(5));
  expect(options().length).toBeLessThan(60);
  expect(document.querySelector('[role=listbox]')?.textContent?.length).toBeLessThan(60_000);
});

it('is spoken of in names that axe accepts', async () => {
  const { user } = await opened();
  await waitFor(() => expect(heads()).toEqual(['Recently opened']));
  expect(await violations(), 'while nothing is typed').toEqual([]);
  await user.keyboard('orders');
  await named(/sales\.orders, table/);
  expect(await violations(), 'with results').toEqual([]);
});
