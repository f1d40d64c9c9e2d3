/** What people do with rows of the tree and with objects. */
import Copy from '@lucide/svelte/icons/copy';
import FolderOpen from '@lucide/svelte/icons/folder-open';
import Link from '@lucide/svelte/icons/link';
import Pencil from '@lucide/svelte/icons/pencil';
import PanelRight from '@lucide/svelte/icons/panel-right';
import PlugZap from '@lucide/svelte/icons/plug-zap';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import { backend, type PathStep } from '../../lib/backend';
import { notify, type MenuEntry } from '../../lib/components';
import { toAppError } from '../../lib/errors';
import { syncAll, testAndTell } from '../../lib/state/connection-actions';
import { connectionCard } from '../../lib/state/connections.svelte';
import { openEditor } from '../../lib/state/editor.svelte';
import type { TreeRow } from '../../lib/tree';
import { copyText, sqlName } from './copy';
import { tabListing } from './kinds';
import { openConnection, openObject } from './place';
import { browserTree } from './tree-state.svelte';

/** Begins to read an object again; says why where it cannot begin. */
export async function syncObject(connection: number, object: number): Promise<void> {
  try {
    await backend().startSync(connection, { type: 'object', object });
  } catch (thrown) {
    const { message, hint } = toAppError(thrown);
    notify([message, hint].filter(Boolean).join(' '), { tone: 'fail' });
  }
}

/** Begins to read again what a row stands for. */
export async function syncRow(row: TreeRow): Promise<void> {
  if (row.type === 'object') await syncObject(row.connection, row.id);
  else if (row.type === 'folder') await syncObject(row.connection, row.owner);
  else if (row.type === 'connection' || row.parent === String(row.connection))
    await syncAll([row.connection]);
}

/** Opens the page of what a row stands for: what a table's page lists is opened there, chosen in its tab. */
export function openRow(row: TreeRow): void {
  if (row.type === 'connection') openConnection(row.connection);
  if (row.type !== 'object') return;
  const tab = tabListing(row.kind);
  browserTree.opened = row.key;
  if (tab && row.owner !== null) openObject(row.connection, row.owner, tab, row.id);
  else openObject(row.connection, row.id);
}

/** A name with those of what holds it, from below the database on, as SQL writes it. */
export function qualifiedName(path: readonly PathStep[]): string {
  const below = path.filter(
    ({ kind }, at) => (kind !== 'database' && kind !== 'server') || at === path.length - 1,
  );
  return below.map(nameIn).join('.');
}

/** Routines are named with the types of their arguments, which are no part of what stands in quotes. */
function nameIn({ kind, name }: PathStep): string {
  const at = kind === 'function' || kind === 'procedure' || kind === 'aggregate' ? name.indexOf('(') : -1;
  return at < 0 ? sqlName(name) : sqlName(name.slice(0, at)) + name.slice(at);
}

/** Copies the link of an object. */
export async function copyLink(object: number): Promise<void> {
  await withPage(object, (page) => copyText(page.link, `the link to ${page.card.name}`));
}

/** The context menu of a row. */
export function rowMenu(row: TreeRow): MenuEntry[] {
  const unfolding: MenuEntry[] = row.unfolds
    ? [
        row.open
          ? { label: 'Collapse', run: () => browserTree.collapse([row.key]), keys: 'Left' }
          : { label: 'Expand', run: () => browserTree.expand([row.key]), keys: 'Right' },
        { label: 'Expand with all below', run: () => browserTree.expandAll(row.key) },
        { label: 'Collapse with all below', run: () => browserTree.collapseAll(row.key) },
      ]
    : [];
  switch (row.type) {
    case 'connection':
      return [...connectionEntries(row.connection), 'separator', ...unfolding];
    case 'object':
      return [
        { label: 'Open', icon: FolderOpen, run: () => openRow(row), keys: 'Enter' },
        ...(tabListing(row.kind)
          ? [
              {
                label: 'Open in details',
                icon: PanelRight,
                run: () => openObject(row.connection, row.id, 'details'),
              },
            ]
          : []),
        { label: 'Sync this', icon: RefreshCw, run: () => void syncRow(row), keys: 'F5' },
        'separator',
        { label: 'Copy name', icon: Copy, run: () => void copyText(row.name, 'the name') },
        {
          label: 'Copy qualified name',
          run: () =>
            void withPage(row.id, (page) =>
              copyText(qualifiedName(page.path.map(({ step }) => step)), 'the qualified name'),
            ),
        },
        { label: 'Copy link', icon: Link, run: () => void copyLink(row.id) },
        ...(unfolding.length > 0 ? (['separator', ...unfolding] as const) : []),
      ];
    case 'folder':
      return [
        { label: 'Sync this', icon: RefreshCw, run: () => void syncRow(row), keys: 'F5' },
        'separator',
        ...unfolding,
      ];
    case 'waiting':
    case 'note':
      return [];
  }
}

function connectionEntries(id: number): MenuEntry[] {
  const name = connectionCard(id)?.connection.draft.name ?? '';
  return [
    { label: 'Open', icon: FolderOpen, run: () => openConnection(id), keys: 'Enter' },
    { label: 'Sync this', icon: RefreshCw, run: () => void syncAll([id]), keys: 'F5' },
    { label: 'Test', icon: PlugZap, run: () => void testAndTell(id) },
    { label: 'Edit connection', icon: Pencil, run: () => openEditor({ connection: id }) },
    'separator',
    { label: 'Copy name', icon: Copy, run: () => void copyText(name, 'the name') },
  ];
}

async function withPage(
  object: number,
  use: (page: Awaited<ReturnType<ReturnType<typeof backend>['object']>>) => Promise<void>,
): Promise<void> {
  try {
    await use(await backend().object(object));
  } catch (thrown) {
    notify(toAppError(thrown).message, { tone: 'fail' });
  }
}
