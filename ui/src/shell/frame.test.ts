import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { editorRequest } from '../lib/state/editor.svelte';
import { setCurrentObject } from '../lib/state/current.svelte';
import { providePageCommands } from '../lib/state/page-commands';
import { go, place, restart } from '../lib/state/router.svelte';
import { session } from '../lib/state/session.svelte';
import { violations } from '../test/accessible';
import type { FakeOptions } from '../test/fake';
import { enterSample } from '../test/sample';
import Frame from './Frame.svelte';
import { windowTitle } from './title';

beforeEach(() => setCurrentObject(null));

async function frame(options: FakeOptions = {}) {
  const fake = await enterSample(options);
  render(Frame);
  return fake;
}

describe('the keys', () => {
  it('open what the list of keys says', async () => {
    await frame();
    const user = userEvent.setup();
    await user.keyboard('?');
    const keys = await screen.findByRole('dialog');
    expect(within(keys).getByText('New connection')).toBeTruthy();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.keyboard('{Control>}n{/Control}');
    expect(editorRequest()).toEqual({});
  });

  it('go back, forward and to a favourite', async () => {
    await frame();
    const user = userEvent.setup();
    await user.keyboard('{Control>}2{/Control}');
    expect(place(), 'the second favourite').toEqual({ page: 'browser', at: { connection: '2' } });
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    expect(place().page).toBe('dashboard');
    await user.keyboard('{Alt>}{ArrowRight}{/Alt}');
    expect(place().page).toBe('browser');
  });

  it('mean what the open page makes of them', async () => {
    await frame();
    const sync = vi.fn();
    const stop = providePageCommands({ sync });
    await userEvent.setup().keyboard('{F5}');
    stop();
    expect(sync).toHaveBeenCalledOnce();
  });

  it('are letters where one types', async () => {
    restart('connections');
    await frame();
    const user = userEvent.setup();
    await user.type(screen.getByRole('textbox', { name: 'Filter connections' }), '?');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('lock the vault and take everything off the page', async () => {
    const fake = await frame();
    await userEvent.setup().keyboard('{Control>}l{/Control}');
    expect(fake.calls.some(([name]) => name === 'lock')).toBe(true);
    await waitFor(() => expect(session.phase).toBe('starting'));
    expect(session.user).toBeNull();
  });
});

it('a lock from elsewhere takes everything off the page too', async () => {
  const fake = await frame();
  fake.emit({ type: 'locked' });
  expect(session.phase).toBe('starting');
  expect(session.user).toBeNull();
});

describe('the status bar', () => {
  const bar = () => within(screen.getByRole('contentinfo', { name: 'Status' }));

  it('shows the sync that runs, how far it is, and a way to stop it', async () => {
    await frame();
    expect(bar().getByText('412 of 1,184 tables')).toBeTruthy();
    expect(bar().getByRole('button', { name: 'Running work' })).toBeTruthy();
  });

  it('is that of the connection in view, tinted for production alone', async () => {
    await frame();
    expect(bar().getByText('No connection selected')).toBeTruthy();
    setCurrentObject({ connection: 1 });
    await waitFor(() => expect(bar().getByText('orders-prod')).toBeTruthy());
    expect(screen.getByRole('contentinfo').classList).toContain('production');
    setCurrentObject({ connection: 9 });
    await waitFor(() => expect(bar().getByText('orders-dev')).toBeTruthy());
    expect(screen.getByRole('contentinfo').classList).not.toContain('production');
  });

  it('says when the vault locks by itself', async () => {
    const fake = await frame();
    expect(bar().getByText('Vault open')).toBeTruthy();
    fake.emit({ type: 'locks_in', seconds: 12 * 60 + 30 });
    await waitFor(() => expect(bar().getByText(/locks in 12 min/)).toBeTruthy());
  });
});

describe('the title', () => {
  it('names connection and object on the browser, else the page', () => {
    expect(windowTitle('browser', 'orders-prod', 'sales.orders')).toBe(
      'orders-prod – sales.orders – db-studio',
    );
    expect(windowTitle('connections', 'orders-prod')).toBe('Connections – db-studio');
  });

  it('stays short and on one line, whatever the name', () => {
    const title = windowTitle('browser', 'x'.repeat(10_000), 'a\nb');
    expect(title.length).toBeLessThan(300);
    expect(title).not.toContain('\n');
  });
});

describe('the dashboard', () => {
  it('leads from a number to the list behind it', async () => {
    await frame();
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: /^Failing/ }));
    expect(place()).toEqual({ page: 'connections', at: { state: 'failing' } });
    await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(2));
  });

  it('says what needs attention and tests it again', async () => {
    const fake = await frame();
    const attention = await screen.findByRole('region', { name: 'Needs attention' });
    expect(attention.textContent).toContain('The server refused the password for user billing_ro.');
    await userEvent
      .setup()
      .click(within(attention).getAllByRole('button', { name: 'Test' })[0] as HTMLElement);
    await waitFor(() => expect(fake.calls.some(([name]) => name === 'testConnection')).toBe(true));
  });

  it('has one button to begin with while there is nothing', async () => {
    await frame({ cards: [] });
    expect(await screen.findByText('Nothing to show yet')).toBeTruthy();
  });

  it('is spoken of in names that axe accepts', async () => {
    await frame();
    await screen.findByRole('region', { name: 'Needs attention' });
    expect(await violations()).toEqual([]);
  });
});

it('the place is kept while another page is open', async () => {
  await frame();
  go('connections');
  await screen.findByRole('grid');
  expect(document.title).toBe('Connections – db-studio');
});
