/** The settings over the sample backend. */
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { useBackend } from '../../lib/backend';
import ToastLayer from '../../lib/components/ToastLayer.svelte';
import { violations } from '../../test/accessible';
import { PASSPHRASE, type FakeBackend } from '../../test/fake';
import { appError } from '../../test/fake/samples';
import { enterSample } from '../../test/sample';
import Settings from './Settings.svelte';

async function open(change: (fake: FakeBackend) => Partial<FakeBackend> = () => ({})): Promise<FakeBackend> {
  const fake = await enterSample();
  useBackend({ ...fake, ...change(fake) });
  render(ToastLayer);
  render(Settings);
  return fake;
}

async function fillIn(current: string, next: string, again: string) {
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Change passphrase' }));
  await user.type(screen.getByLabelText('Current passphrase'), current);
  await user.type(screen.getByLabelText('New passphrase'), next);
  await user.type(screen.getByLabelText('New passphrase again'), again);
  await user.click(screen.getByRole('button', { name: 'Change passphrase' }));
}

describe('the passphrase', () => {
  it('says at the field that the current one is wrong', async () => {
    await open();
    await fillIn('wrong', 'one', 'one');
    expect(await screen.findByText(/This is not the right passphrase/)).toBeTruthy();
    const field = screen.getByLabelText('Current passphrase');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(field, 'what was typed is gone').toHaveProperty('value', '');
  });

  it('is not changed while the two new ones differ', async () => {
    const fake = await open();
    await fillIn(PASSPHRASE, 'one', 'two');
    expect(await screen.findByText('The two passphrases differ.')).toBeTruthy();
    expect(fake.calls.some(([name]) => name === 'changePassphrase')).toBe(false);
  });

  it('is changed, and nothing of it stays in the page', async () => {
    await open();
    await fillIn(PASSPHRASE, 'a new one', 'a new one');
    expect(await screen.findByText('The passphrase has been changed.')).toBeTruthy();
    expect(screen.queryByLabelText('Current passphrase')).toBeNull();
  });

  it('says before it happens that nobody can recover what is locked by it', async () => {
    await open();
    expect(await screen.findByText(/nobody can recover them/)).toBeTruthy();
  });
});

describe('the other settings', () => {
  it('keeps the tray and the lock time at once', async () => {
    const fake = await open();
    await userEvent.setup().click(await screen.findByRole('switch', { name: 'Keep db-studio in the tray' }));
    expect(fake.calls).toContainEqual([
      'setSettings',
      { lock_after_minutes: 15, close_to_tray: true, keep_history_days: 0 },
    ]);
  });

  it('keeps for how long the past is known', async () => {
    const fake = await open();
    const user = userEvent.setup();
    (await screen.findByLabelText('Keep the past: For ever')).focus();
    await user.keyboard('{Enter}');
    await user.click(await screen.findByRole('option', { name: '90 days' }));
    expect(fake.calls).toContainEqual([
      'setSettings',
      { lock_after_minutes: 15, close_to_tray: false, keep_history_days: 90 },
    ]);
  });

  it('takes a change back that could not be kept, and says so', async () => {
    await open(() => ({
      setSettings: () => Promise.reject(appError('storage', 'The disk is full.', 'Make room.')),
    }));
    const tray = await screen.findByRole('switch', { name: 'Keep db-studio in the tray' });
    await userEvent.setup().click(tray);
    expect(await screen.findByText('The disk is full. Make room.')).toBeTruthy();
    await waitFor(() => expect(tray.getAttribute('aria-checked')).toBe('false'));
  });

  it('colours the window', async () => {
    const fake = await open();
    await userEvent.setup().click(await screen.findByRole('radio', { name: 'Dark' }));
    expect(document.documentElement.dataset['theme']).toBe('dark');
    expect(fake.calls).toContainEqual(['setTheme', 'dark']);
    await userEvent.setup().click(screen.getByRole('radio', { name: 'As the system' }));
    expect(document.documentElement.dataset['theme']).toBeUndefined();
  });

  it('uses another data folder from the next start on', async () => {
    await open();
    await userEvent.setup().click(await screen.findByRole('button', { name: 'Change' }));
    expect((await screen.findByText(/From the next start on/)).textContent).toContain('/home/ada/elsewhere');
  });

  it('changes nothing when no folder is chosen', async () => {
    const fake = await open(() => ({ pickFolder: async () => null }));
    await userEvent.setup().click(await screen.findByRole('button', { name: 'Change' }));
    expect(fake.calls.some(([name]) => name === 'setDataFolder')).toBe(false);
  });

  it('says why they could not be read, and tries again', async () => {
    let broken = true;
    await open((fake) => ({
      settings: () =>
        broken ? Promise.reject(appError('storage', 'The disk is full.', '')) : fake.settings(),
    }));
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.');
    broken = false;
    await userEvent.setup().click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('switch', { name: 'Keep db-studio in the tray' })).toBeTruthy();
  });

  it('is spoken of in names that axe accepts', async () => {
    await open();
    await screen.findByRole('button', { name: 'Change passphrase' });
    expect(await violations()).toEqual([]);
  });
});
