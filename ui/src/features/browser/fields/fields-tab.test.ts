/** The page of a collection: its fields, folded, filtered and copied, its validator, its states. */
import { screen, waitFor, within } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ObjectKind, TreeParent } from '../../../lib/backend';
import { go } from '../../../lib/state/router.svelte';
import { violations } from '../../../test/accessible';
import { beginBrowsing, browse, button, heading, labelled, line, only, page } from '../../../test/browsing';
import type { FakeBackend } from '../../../test/fake';
import { appError } from '../../../test/fake/samples';

beforeEach(beginBrowsing);

const EVENTS = only('events-prod');
const CONNECTION = EVENTS[0]?.connection.id ?? 0;

async function child(fake: FakeBackend, parent: TreeParent, kind: ObjectKind, name: string): Promise<number> {
  const { rows } = await fake.children({ parent, kinds: [kind], filter: '', offset: 0, limit: 1000 });
  return rows.find((row) => row.name === name)?.id ?? 0;
}

/** Opens a collection of the sample server of documents. */
async function open(name: string, tab = 'fields'): Promise<{ fake: FakeBackend; id: number }> {
  const fake = await browse({ cards: EVENTS });
  const database = await child(fake, { type: 'connection', connection: CONNECTION }, 'database', 'events');
  const id = await child(fake, { type: 'object', object: database }, 'collection', name);
  go('browser', { connection: String(CONNECTION), object: String(id), tab });
  await heading(name);
  return { fake, id };
}

const grid = () => screen.findByRole('treegrid', { name: 'Fields' });
const rows = () =>
  labelled('row', /./)
    .filter((row) => row.hasAttribute('aria-level'))
    .map((row) => row.getAttribute('aria-label')?.split(',')[0]);
const chosen = async () => {
  const id = (await grid()).getAttribute('aria-activedescendant');
  return document
    .getElementById(id ?? '')
    ?.getAttribute('aria-label')
    ?.split(',')[0];
};

/** Scrolls to the last row: nothing is laid out here, so choosing a row does not. */
async function scrollDown(): Promise<void> {
  const viewport = (await grid()).querySelector('.viewport') as HTMLElement;
  viewport.scrollTop = Number((await grid()).getAttribute('aria-rowcount')) * 28 - 480;
  viewport.dispatchEvent(new Event('scroll'));
}

async function begin(user: UserEvent, keys: string): Promise<void> {
  (await grid()).focus();
  await user.keyboard(keys);
}

describe('the fields of a collection', () => {
  it('say types, presence with its interval, and what values look like', async () => {
    await open('deliveries');
    const phone = await line(/^phone,/);
    const cells = within(phone)
      .getAllByRole('gridcell')
      .map((cell) => cell.textContent?.trim());
    expect(cells).toEqual(['phone', 'string 71 %, long 29 %', '', '68.8 %', '66 – 72', 'mixed: 2 types']);
    expect(phone.getAttribute('aria-level')).toBe('2');
  });

  it('say that they are a sample, of how many, and when it was drawn', async () => {
    await open('deliveries');
    const note = await within(page()).findByText(/Sample of 1,000 of ~2.4 M documents/);
    expect(note.parentElement?.textContent).toContain('drawn at random by the server today at 08:56.');
    expect(within(page()).getByText(/the bracket holds the true share 95 times in 100/)).toBeTruthy();
  });

  it('say that nothing is uncertain where every document was looked at', async () => {
    await open('depots');
    expect(await within(page()).findByText(/All 12 documents were looked at/)).toBeTruthy();
    expect((await line(/^closedAt,/)).textContent).toContain('exact');
  });

  it('stand below a header with documents, size, spread and validator', async () => {
    await open('deliveries');
    const facts = page().querySelector('.facts')?.textContent?.replace(/\s+/g, ' ');
    expect(facts).toContain('~2.4 M documents, estimated');
    expect(facts).toMatch(/3\.1 GB stored, 1\.3 kB a document/);
    expect(facts).toContain('Sharded by orderId, hashed');
    expect(facts).toContain('Validator moderate, warns');
  });

  it('fold and unfold by the keys of a tree', async () => {
    await open('deliveries');
    const user = userEvent.setup();
    await line(/^customer,/);
    await begin(user, '{Home}{ArrowDown}{ArrowDown}{ArrowDown}');
    expect(await chosen()).toBe('customer');
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(rows()).not.toContain('phone'));
    expect((await line(/^customer,/)).getAttribute('aria-expanded')).toBe('false');
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(await chosen(), 'open already: on to the first inside').toBe('name');
    await user.keyboard('{ArrowLeft}');
    expect(await chosen(), 'back to what holds it').toBe('customer');
    await user.keyboard('{End}{Home}');
    expect(await chosen()).toBe('_id');
  });

  it('are filtered by path and type, with what holds them', async () => {
    await open('deliveries');
    const user = userEvent.setup();
    await line(/^_id,/);
    await user.type(screen.getByRole('textbox', { name: 'Filter fields' }), 'parcels.dims.h');
    expect(await within(page()).findByText('1 of 27 fields')).toBeTruthy();
    await waitFor(() => expect(rows()).toEqual(['parcels', '[ ].dims', 'height']));
  });

  it('are sorted among their siblings', async () => {
    await open('depots');
    const user = userEvent.setup();
    await line(/^_id,/);
    const head = within(await grid()).getByRole('columnheader', { name: /^Presence/ });
    await user.click(within(head).getByRole('button'));
    expect(head.getAttribute('aria-sort')).toBe('ascending');
    expect(rows()).toEqual(['closedAt', '_id', 'town']);
  });

  it('are copied as a JSON Schema', async () => {
    await open('depots');
    await line(/^_id,/);
    await userEvent.setup().click(await button('Copy as JSON Schema'));
    await waitFor(async () => {
      expect(JSON.parse(await navigator.clipboard.readText())).toEqual({
        bsonType: 'object',
        required: ['_id', 'town'],
        properties: {
          _id: { bsonType: 'string' },
          town: { bsonType: 'string' },
          closedAt: { bsonType: 'date' },
        },
      });
    });
  });

  it('carry marks for indexes and for what the validator declares', async () => {
    await open('deliveries');
    const order = await line(/^orderId,/);
    await within(order).findByRole('img', { name: 'In 1 index: orderId_hashed' });
    expect(
      within(order).getByRole('img', { name: /Declared by the validator\. Required: yes/ }),
    ).toBeTruthy();
  });

  it('are shown and unfolded when they are chosen elsewhere', async () => {
    const { fake, id } = await open('deliveries');
    await line(/^_id,/);
    const height = await child(fake, { type: 'object', object: id }, 'field', 'parcels.[].dims.height');
    go('browser', { connection: String(CONNECTION), object: String(id), tab: 'fields', row: String(height) });
    await waitFor(async () => expect(await chosen()).toBe('height'));
  });

  it('name the privilege that would show the rest', async () => {
    await open('deliveries');
    expect(await within(page()).findByText(/clusterMonitor/)).toBeTruthy();
  });
});

describe('documents of any sort', () => {
  it('have names that are text and nothing else', async () => {
    await open('odd');
    await line(/^with.dots,/);
    expect(document.querySelector('img, b b, i'), 'markup stays text').toBeNull();
    const text = (await grid()).textContent ?? '';
    expect(text).toContain('<img src=x onerror=alert(1)>');
    expect(text).toContain('__proto__');
    expect(text, 'no mark turns the direction of the page').not.toContain('\u202E');
    expect(labelled('row', /^a field without a name,/).length, 'the empty name is one').toBeGreaterThan(0);
  });

  it('may be sixty levels deep', async () => {
    await open('deep');
    const user = userEvent.setup();
    await line(/^level1,/);
    await begin(user, `{Home}${'{ArrowRight}'.repeat(118)}`);
    await scrollDown();
    await waitFor(async () => expect(await chosen()).toBe('level60'));
    const row = await line(/^level60,/);
    expect(row.getAttribute('aria-level')).toBe('60');
    expect(within(row).getAllByRole('gridcell')[0]?.textContent, 'its depth is told').toContain('60');
  });

  it('may have thousands of fields, of which those in sight are drawn', async () => {
    await open('settings');
    await line(/^group0,/);
    await begin(userEvent.setup(), '{Home}*{End}');
    await waitFor(async () => expect((await grid()).getAttribute('aria-rowcount')).toBe('5001'));
    await scrollDown();
    await waitFor(async () => expect(await chosen()).toBe('setting48'));
    expect(labelled('row', /./).length, 'rows that exist').toBeLessThan(120);
  });

  it('may not be there at all', async () => {
    await open('empty');
    expect(await within(page()).findByText(/There are no documents here yet/)).toBeTruthy();
  });

  it('may not be readable: the reason stands there, with another try', async () => {
    const { fake, id } = await open('deliveries', 'details');
    const children = fake.children;
    fake.children = () => Promise.reject(appError('internal', 'The catalogue is locked.', 'Try again.'));
    go('browser', { connection: String(CONNECTION), object: String(id), tab: 'fields' });
    const alert = await within(page()).findByRole('alert');
    expect(alert.textContent).toContain('The catalogue is locked.');
    fake.children = children;
    await userEvent.setup().click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(await line(/^_id,/)).toBeTruthy();
  });
});

describe('the validator of a collection', () => {
  it('is shown as JSON with what its level and action mean', async () => {
    await open('deliveries', 'validator');
    const text = await screen.findByRole('region', { name: 'Validator' });
    expect(text.textContent).toContain('"enum": [');
    expect(within(page()).getByText(/changes to those that already passed/)).toBeTruthy();
    expect(within(page()).getByText(/the server logs a warning/)).toBeTruthy();
  });

  it('is said to be none where there is none', async () => {
    await open('depots', 'validator');
    expect(await within(page()).findByText(/documents of this collection may be like anything/)).toBeTruthy();
  });
});

it.each(['fields', 'validator'])(
  'the tab %s is spoken of in names that axe accepts',
  async (tab) => {
    await open('deliveries', tab);
    await waitFor(() => expect(document.querySelector('[role=tabpanel] [aria-busy]')).toBeNull());
    expect(await violations()).toEqual([]);
  },
  60_000,
);
