import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import ToastLayer from '../../lib/components/ToastLayer.svelte';
import { openEditor, editorRequest, type EditorRequest } from '../../lib/state/editor.svelte';
import { violations } from '../../test/accessible';
import { PASSWORD, type FakeBackend, type FakeOptions } from '../../test/fake';
import { enterSample } from '../../test/sample';
import Editor from './Editor.svelte';

async function edit(request: EditorRequest = {}, options: FakeOptions = {}): Promise<FakeBackend> {
  const fake = await enterSample(options);
  openEditor(request);
  render(ToastLayer);
  render(Editor, { request });
  return fake;
}

const panel = () => within(screen.getByRole('region', { name: 'Test connection' }));

describe('the editor', () => {
  it('keeps a new connection with the password from a pasted string', async () => {
    const fake = await edit({ text: `postgres://ada:${PASSWORD}@db.example.net/shop` });
    const user = userEvent.setup();
    const string = await screen.findByRole('textbox', { name: 'Connection string' });
    await waitFor(() => expect(string).toHaveProperty('value', 'postgres://ada@db.example.net/shop'));
    expect(document.body.innerHTML, 'the password is nowhere in the page').not.toContain(PASSWORD + '@');

    await user.click(screen.getByRole('tab', { name: 'Fields' }));
    expect(screen.getByLabelText('Host')).toHaveProperty('value', 'db.example.net');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Added shop.');
    const made = fake.calls.find(([name]) => name === 'createConnection');
    expect(made?.[2]).toEqual({ type: 'parsed', ticket: 7 });
    expect(editorRequest(), 'the sheet is closed').toBeNull();
  });

  it('a string that is pasted over another takes its place, and its password is never seen', async () => {
    await edit({ connection: 1 });
    const user = userEvent.setup();
    await user.click(screen.getByRole('tab', { name: 'Connection string' }));
    const string = await screen.findByRole('textbox', { name: 'Connection string' });
    await waitFor(() =>
      expect(string).toHaveProperty('value', 'postgres://app_ro@orders-db.prod.example.net/orders'),
    );
    string.focus();
    await user.paste('postgres://ada:sesame-open@db.example.net/shop');
    await waitFor(() => expect(string).toHaveProperty('value', 'postgres://ada@db.example.net/shop'));
    expect(screen.getByText(/was taken out of the string/)).toBeTruthy();
  });

  it('says at the field what is missing, as one leaves it', async () => {
    await edit();
    const user = userEvent.setup();
    await user.click(screen.getByLabelText('Host'));
    await user.tab();
    expect(await screen.findByText(/The host is missing/)).toBeTruthy();
    expect(screen.getByLabelText('Host').getAttribute('aria-invalid')).toBe('true');
  });

  it('asks before changes are thrown away', async () => {
    await edit({ connection: 1 });
    const user = userEvent.setup();
    await user.type(screen.getByLabelText('Description'), 'x');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(await screen.findByText('What was changed here is lost.')).toBeTruthy();
    expect(editorRequest()).not.toBeNull();
    await user.click(screen.getByRole('button', { name: 'Discard 1 change' }));
    expect(editorRequest()).toBeNull();
  });

  it('shows no password of the vault, only that there is one', async () => {
    await edit({ connection: 1 });
    const field = screen.getByLabelText('Password');
    expect(field).toHaveProperty('readOnly', true);
    expect(field.closest('.field')?.textContent).toContain('vault');
  });

  it('is spoken of in names that axe accepts', async () => {
    await edit({ connection: 1 });
    expect(await violations()).toEqual([]);
  });
});

describe('the test panel', () => {
  it('lists the stages of the engine before anything ran', async () => {
    await edit({ connection: 1 });
    expect(panel().getAllByRole('listitem')).toHaveLength(7);
    expect(panel().getByRole('button', { name: 'Test' })).toBeTruthy();
  });

  it('ends with the total when all stages pass', async () => {
    await edit({ connection: 1 });
    await userEvent.setup().click(panel().getByRole('button', { name: 'Test' }));
    expect(await panel().findByText(/All fine in 52 ms/)).toBeTruthy();
    expect(panel().getByText('PostgreSQL 16.4')).toBeTruthy();
  });

  it('stops at the failing stage with reason, hint, and the words of the server folded', async () => {
    await edit({ connection: 1 });
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: 'Replace' }));
    await user.type(screen.getByLabelText('Password'), 'wrong');
    await user.click(panel().getByRole('button', { name: 'Test' }));

    expect(await panel().findByText(/Failed at sign in after 47 ms/)).toBeTruthy();
    const alert = panel().getByRole('alert');
    expect(alert.textContent).toContain('refused the password for user app_ro');
    expect(alert.textContent).toContain('Replace the password');
    expect(panel().getAllByText('not reached')).toHaveLength(2);
    expect(alert.textContent, 'folded').not.toContain('SQLSTATE');
    await user.click(within(alert).getByRole('button', { name: 'What the server said' }));
    expect(alert.textContent).toContain('SQLSTATE 28P01');
  });

  it('can be cancelled while it runs', async () => {
    const fake = await edit({ connection: 1 }, { pace: 30 });
    const user = userEvent.setup();
    await user.click(panel().getByRole('button', { name: 'Test' }));
    await user.click(await panel().findByRole('button', { name: 'Cancel' }));
    expect(await panel().findByText(/Stopped after/)).toBeTruthy();
    expect(fake.calls.some(([name]) => name === 'cancelTest')).toBe(true);
  });

  it('takes no stage of another test', async () => {
    const fake = await edit({ connection: 1 });
    fake.emit({
      type: 'test_stage',
      run: 9999,
      connection: 1,
      report: { stage: 'parse', state: 'failed', note: 'not mine', millis: 1, error: null },
    });
    await Promise.resolve();
    expect(panel().queryByText('not mine')).toBeNull();
  });
});
