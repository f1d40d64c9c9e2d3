/** The browser on sample data, for its tests: opening it, and finding what it shows. */
import { render, waitFor, within } from '@testing-library/svelte';
import type { UserEvent } from '@testing-library/user-event';
import { expect, vi } from 'vitest';
import type { TreeParent } from '../lib/backend';
import Browser from '../features/browser/Browser.svelte';
import { browserTree } from '../features/browser/tree-state.svelte';
import MenuLayer from '../lib/components/MenuLayer.svelte';
import ToastLayer from '../lib/components/ToastLayer.svelte';
import { go } from '../lib/state/router.svelte';
import type { FakeBackend, FakeOptions } from './fake';
import { sampleCards } from './fake/samples';
import { enterSample } from './sample';

/** Forgets what an earlier test opened, and gives lists a height: nothing is laid out here. */
export function beginBrowsing(): void {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(480);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(960);
  browserTree.begin(-1);
  browserTree.setConnections([], null);
  history.replaceState(null, '');
}

/** When the sample data is from. */
export const NOW = Date.now();
/** The sample connections with these names. */
export const only = (...names: string[]) =>
  sampleCards(NOW).filter(({ connection }) => names.includes(connection.draft.name));

/** Opens the browser on sample data. */
export async function browse(
  options: FakeOptions = {},
  at: Record<string, string> = {},
): Promise<FakeBackend> {
  const fake = await enterSample({ cards: only('orders-prod', 'billing-prod'), now: NOW, ...options });
  go('browser', at);
  render(ToastLayer);
  render(MenuLayer);
  render(Browser);
  return fake;
}

/** The tree itself. */
export const tree = () => document.querySelector<HTMLElement>('[role=tree]') as HTMLElement;
/** The elements of a role with such a name. By attributes: computing names for every row makes slow tests. */
export const labelled = (role: string, name: RegExp) =>
  [...document.querySelectorAll<HTMLElement>(`[role=${role}]`)].filter((element) =>
    name.test(element.getAttribute('aria-label') ?? ''),
  );
const found = (role: string, name: RegExp): Promise<HTMLElement> =>
  waitFor(() => {
    const [element] = labelled(role, name);
    if (!element) throw new Error(`There is no ${role} ${String(name)}.`);
    return element;
  });
/** A row of the tree, once it is there. */
export const row = (name: RegExp) => found('treeitem', name);
/** A row of a table, once it is there. */
export const line = (name: RegExp) => found('row', name);
/** Waits until no row of the tree has this name. */
export const gone = (name: RegExp) => waitFor(() => expect(labelled('treeitem', name)).toEqual([]));
/** What the row with the cursor is called. */
export const cursor = () =>
  document.getElementById(tree().getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-label');
/** Waits until the page of this object is open. */
export const heading = (name: string) =>
  waitFor(() => expect(document.querySelector('h2')?.textContent?.trim()).toBe(name));
/** The page beside the tree. */
export const page = () => document.querySelector<HTMLElement>('section[aria-label=Object]') as HTMLElement;
/** A button of the page, once it is there. */
export const button = (name: string) => within(page()).findByRole('button', { name });

/** The object at the end of these names, from the database down. */
export async function named(fake: FakeBackend, connection: number, ...names: string[]): Promise<number> {
  let parent: TreeParent = { type: 'connection', connection };
  let object = 0;
  for (const name of names) {
    const { rows } = await fake.children({ parent, kinds: [], filter: name, offset: 0, limit: 1000 });
    const found = rows.find((card) => card.name === name);
    if (!found) throw new Error(`There is no ${name}.`);
    object = found.id;
    parent = { type: 'object', object };
  }
  return object;
}

/** The first table of a connection, past its first database and schema. */
export async function firstTable(fake: FakeBackend, connection: number): Promise<number> {
  const first = async (parent: TreeParent) => {
    const { rows } = await fake.children({ parent, kinds: [], filter: '', offset: 0, limit: 1 });
    return rows[0]?.id ?? 0;
  };
  const database = await first({ type: 'connection', connection });
  return first({ type: 'object', object: await first({ type: 'object', object: database }) });
}

/** From the first connection down to the table orders, with the keys alone. */
export async function openOrders(user: UserEvent): Promise<void> {
  await row(/^sales,/);
  tree().focus();
  await user.keyboard('sal{ArrowRight}');
  await row(/^Tables, 7/);
  await user.keyboard('{ArrowRight}{ArrowRight}');
  await row(/^carts/);
  await user.keyboard('orders{Enter}');
  await heading('orders');
}
