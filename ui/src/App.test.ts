import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeAll, describe, expect, it } from 'vitest';
import App from './App.svelte';
import { useBackend } from './lib/backend';
import { go, place, restart } from './lib/state/router.svelte';
import { startSession } from './lib/state/session.svelte';
import { violations } from './test/accessible';
import { fakeBackend, PASSPHRASE, type FakeOptions } from './test/fake';
import { appError } from './test/fake/samples';

// Loaded late by the window, so that its time counts as no test's.
beforeAll(() => Promise.all([import('./shell/Frame.svelte'), import('./features/welcome/Welcome.svelte')]));

async function open(options: FakeOptions) {
  const fake = fakeBackend(options);
  useBackend(fake);
  await startSession();
  render(App);
  await waitFor(() => expect(document.querySelector('main, nav'), 'a page is drawn').not.toBeNull());
  return fake;
}

describe('first run', () => {
  it('asks for a name and a passphrase twice, then opens the browser', async () => {
    const fake = await open({ users: [] });
    const user = userEvent.setup();
    await user.type(screen.getByLabelText('Your name'), 'Ada');
    await user.type(screen.getByLabelText('Passphrase'), PASSPHRASE);
    await user.type(screen.getByLabelText('Passphrase again'), PASSPHRASE);
    await user.click(screen.getByRole('button', { name: 'Open the browser' }));
    await screen.findByRole('navigation', { name: 'Pages' });
    expect(fake.calls.find(([name]) => name === 'signUp')).toEqual(['signUp', 'Ada', PASSPHRASE]);
    expect(place().page).toBe('browser');
  });

  it('says at the field what is missing or differs, and sends nothing', async () => {
    const fake = await open({ users: [] });
    const user = userEvent.setup();
    await user.type(screen.getByLabelText('Passphrase'), 'one');
    await user.type(screen.getByLabelText('Passphrase again'), 'two');
    await user.click(screen.getByRole('button', { name: 'Open the browser' }));
    expect(screen.getByText('A name is needed.')).toBeTruthy();
    expect(screen.getByText('The two passphrases differ.')).toBeTruthy();
    expect(fake.calls.some(([name]) => name === 'signUp')).toBe(false);
  });

  it('shows how strong the passphrase is, without a rule', async () => {
    await open({ users: [] });
    const user = userEvent.setup();
    await user.type(screen.getByLabelText('Passphrase'), 'abc');
    expect(screen.getByText('Weak')).toBeTruthy();
    await user.type(screen.getByLabelText('Passphrase'), ' and some more words in a row');
    expect(screen.queryByText('Weak')).toBeNull();
  });

  it('is spoken of in names that axe accepts', async () => {
    await open({ users: [] });
    expect(await violations()).toEqual([]);
  });
});

describe('sign in', () => {
  it('opens with the right passphrase and puts the cursor there at once', async () => {
    await open({ signedIn: false });
    const passphrase = screen.getByLabelText('Passphrase');
    await waitFor(() => expect(document.activeElement).toBe(passphrase));
    await userEvent.setup().keyboard(`${PASSPHRASE}{Enter}`);
    expect(await screen.findByRole('navigation', { name: 'Pages' })).toBeTruthy();
  });

  it('says at the field that the passphrase is wrong, and empties it', async () => {
    await open({ signedIn: false });
    await userEvent.setup().type(screen.getByLabelText('Passphrase'), 'wrong{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('This is not the right passphrase.');
    const passphrase = screen.getByLabelText('Passphrase');
    expect(passphrase).toHaveProperty('value', '');
    await waitFor(() => expect(document.activeElement, 'one can type again at once').toBe(passphrase));
  });

  it('lets another person on this machine sign up, and come back', async () => {
    await open({ signedIn: false });
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: 'Another person' }));
    expect(screen.getByText('Set up db-studio')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Back to sign in' }));
    expect(screen.getByText('Welcome back, Ada')).toBeTruthy();
  });

  it('is spoken of in names that axe accepts', async () => {
    await open({ signedIn: false });
    expect(await violations()).toEqual([]);
  });
});

it('a window that is opened anew goes on where the closed one was', async () => {
  const fake = await open({});
  go('connections');
  await waitFor(() => expect(fake.calls.at(-1)?.[0]).toBe('leaveAt'));
  const left = await fake.leftAt();
  restart('dashboard');
  const next = fakeBackend();
  await next.leaveAt(left ?? '');
  useBackend(next);
  await startSession();
  expect(place().page).toBe('connections');
});

it('a start that fails says why and can be tried again', async () => {
  const fake = fakeBackend();
  useBackend({
    ...fake,
    welcome: () => Promise.reject(appError('storage', 'The catalogue is of a newer db-studio.', 'Update.')),
  });
  await startSession();
  render(App);
  expect(screen.getByRole('alert').textContent).toContain('newer db-studio');
  useBackend(fake);
  await userEvent.setup().click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('navigation', { name: 'Pages' })).toBeTruthy();
});

it('the theme of this machine is in force before sign in', async () => {
  await open({ signedIn: false, theme: 'dark' });
  expect(document.documentElement.dataset['theme']).toBe('dark');
});
