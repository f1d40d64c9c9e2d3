import { describe, expect, it, vi } from 'vitest';
import type { ConnectionCard } from '../../lib/backend';
import { postgres, sqlite } from '../../test/fake/engines';
import { enterSample } from '../../test/sample';
import { ConnectionForm } from './form.svelte';

const engines = [postgres, sqlite];
const SECRET = 's3cr3t-of-orders';

async function kept(): Promise<{ form: ConnectionForm; card: ConnectionCard }> {
  const fake = await enterSample();
  const card = fake.cards()[0] as ConnectionCard;
  return { form: new ConnectionForm(card, engines), card };
}

describe('fields and string are two views of one thing', () => {
  it('a string fills the fields and suggests a name', async () => {
    await enterSample();
    const form = new ConnectionForm(null, engines);
    await form.fromText('postgres://ada@db.example.net:5433/shop?sslmode=require');
    expect(form.draft.target).toEqual({
      engine: 'postgres',
      fields: { host: 'db.example.net', port: '5433', user: 'ada', database: 'shop', tls: 'require' },
    });
    expect(form.nameOrSuggestion).toBe('shop');
  });

  it('fields suggest a name too, as one leaves them', async () => {
    await enterSample();
    const form = new ConnectionForm(null, engines);
    form.draft.target.fields = { host: 'db.example.net', database: 'shop' };
    form.leave('database');
    await vi.waitFor(() => expect(form.nameOrSuggestion).toBe('shop'));
  });

  it('fields come back as a string', async () => {
    const { form } = await kept();
    await form.toText();
    expect(form.text).toBe('postgres://app_ro@orders-db.prod.example.net/orders');
  });

  it('a form that nobody filled has no string in the way of one that is pasted', async () => {
    await enterSample();
    const form = new ConnectionForm(null, engines);
    await form.toText();
    expect(form.text).toBe('');
  });

  it('a string of another engine changes the engine', async () => {
    await enterSample();
    const form = new ConnectionForm(null, engines);
    await form.fromText('sqlite:/home/ada/tariffs.db');
    expect(form.engine?.id).toBe('sqlite');
  });

  it('a string that is none leaves the fields and says what is wrong', async () => {
    const { form, card } = await kept();
    await form.fromText('not a string');
    expect(form.textError?.message).toContain('not a connection string');
    expect(form.draft.target).toEqual(card.connection.draft.target);
  });
});

describe('the password', () => {
  it('leaves the string at once and goes to the commands behind its ticket', async () => {
    await enterSample();
    const form = new ConnectionForm(null, engines);
    await form.fromText(`postgres://ada:${SECRET}@db.example.net/shop`);
    expect(form.text).not.toContain(SECRET);
    expect(form.passwordInput()).toEqual({ type: 'parsed', ticket: 7 });
  });

  it('of the vault is kept until it is replaced, and can be kept after all', async () => {
    const { form } = await kept();
    expect(form.passwordInput()).toEqual({ type: 'keep' });
    form.replacePassword();
    form.password = SECRET;
    expect(form.passwordInput()).toEqual({ type: 'typed', password: SECRET });
    form.keepPassword();
    expect(form.passwordInput()).toEqual({ type: 'keep' });
    expect(form.password, 'the typed one is forgotten').toBe('');
  });

  it('for one server never goes to another that a string names', async () => {
    const { form } = await kept();
    await form.fromText('postgres://app_ro@elsewhere.example.net/orders');
    expect(form.passwordInput()).toEqual({ type: 'none' });
  });

  it('stays when a string changes only the database', async () => {
    const { form } = await kept();
    await form.fromText('postgres://app_ro@orders-db.prod.example.net/archive');
    expect(form.passwordInput()).toEqual({ type: 'keep' });
  });
});

describe('what is wrong is said at the field', () => {
  it('only after the field was left', async () => {
    await enterSample();
    const form = new ConnectionForm(null, engines);
    await form.check();
    expect(form.errorAt('host')).toBeNull();
    form.leave('host');
    await form.check();
    expect(form.errorAt('host')).toContain('The host is missing.');
  });

  it('at every field after an attempt to save, which sends nothing', async () => {
    const fake = await enterSample();
    const form = new ConnectionForm(null, engines);
    expect(await form.save()).toBeNull();
    expect(form.errorAt('host')).not.toBeNull();
    expect(form.errorAt('name')).toBe('A name is needed.');
    expect(fake.calls.some(([name]) => name === 'createConnection')).toBe(false);
  });

  it('at the name when it is taken', async () => {
    const { form } = await kept();
    form.draft.name = 'warehouse';
    expect(await form.save()).toBeNull();
    expect(form.errorAt('name')).toContain('already a connection named warehouse');
  });
});

it('changes are counted against what is kept', async () => {
  const { form } = await kept();
  expect(form.changes).toBe(0);
  form.draft.description = 'Read replica';
  form.chooseEnvironment('staging');
  expect(form.changes, 'description, environment, and the colour that follows it').toBe(3);
  form.chooseEnvironment('production');
  expect(form.changes).toBe(1);
});

it('a colour of its own does not follow the environment', async () => {
  const { form } = await kept();
  form.draft.colour = '#3b82f6';
  form.chooseEnvironment('local');
  expect(form.draft.colour).toBe('#3b82f6');
});

it('another engine keeps only the fields that it knows too', async () => {
  const { form } = await kept();
  form.chooseEngine('sqlite');
  expect(form.draft.target).toEqual({ engine: 'sqlite', fields: {} });
});
