/** The rows of the list: what was found in groups, commands, and ways to see more. Pure: no view. */
import type {
  ConnectionCard,
  EngineDescriptor,
  ObjectKind,
  RecentObject,
  SearchHit,
  SearchResults,
} from '../../lib/backend';
import { count } from '../../lib/format';
import type { PaletteTab } from '../../lib/state/palette.svelte';
import { kindOf } from '../../lib/tree';
import type { PaletteCommand } from './commands';
import { holds } from './marks';
import { TAB_KINDS, TABLE_KINDS } from './tabs';

/** A row that can be chosen opens something or shows more; heads and notes are only read. */
export type Row =
  | { readonly type: 'head'; readonly key: string; readonly words: string }
  | {
      readonly type: 'object';
      readonly key: string;
      readonly hit: SearchHit;
      readonly path: readonly string[];
    }
  | {
      readonly type: 'command';
      readonly key: string;
      readonly command: PaletteCommand;
      /** What is marked in its words. */
      readonly found: readonly string[];
    }
  | { readonly type: 'more'; readonly key: string; readonly words: string; readonly to: More }
  | { readonly type: 'note'; readonly key: string; readonly words: string };

/** Where a row for more leads: to a tab, or to a filter. */
export type More = { readonly tab: PaletteTab } | { readonly filter: string };

/** What is known of a connection. */
export interface Known {
  readonly card: (connection: number) => ConnectionCard | undefined;
  readonly engine: (connection: number) => EngineDescriptor | undefined;
  /** Whether any connection keeps collections. */
  readonly collections: boolean;
}

/** How many of each group are shown beside other groups, at least. */
const EACH = 5;
/** How many rows the groups may share, where each has enough. */
const TOGETHER = 13;

interface Group {
  readonly key: string;
  readonly words: string;
  /** The filter that shows all of them, where no tab does. */
  readonly filter: string | null;
  /** How many there are, also beyond those that were asked for. */
  readonly total: number;
  readonly hits: SearchHit[];
}

/** Whether a row can be chosen. */
export function isChoice(row: Row | undefined): boolean {
  return row !== undefined && row.type !== 'head' && row.type !== 'note';
}

/** What was found and the commands, as a tab shows them. */
export function resultRows(
  tab: PaletteTab,
  results: SearchResults,
  commands: readonly PaletteCommand[],
  known: Known,
  words: readonly string[] = [],
): Row[] {
  const wanted = tab === 'comments' ? results.hits.filter(({ fit }) => fit === 'comment') : results.hits;
  const groups = groupsOf(tab === 'commands' ? [] : wanted, results, known);
  const number = groups.length + Number(commands.length > 0);
  const each = tab === 'everything' && number > 1 ? Math.max(EACH, Math.floor(TOGETHER / number)) : Infinity;
  const missing = missingIn(tab, results, wanted.length);
  return [
    ...groups.flatMap((group) => groupRows(group, each, known)),
    ...(tab === 'everything' ? elsewhereRows(groups, results) : []),
    ...(missing === null ? [] : [{ type: 'note', key: 'note', words: missing } as const]),
    ...commandRows(commands, words, each),
  ];
}

/** Commands below their head, with the words that found them. */
export function commandRows(
  commands: readonly PaletteCommand[],
  words: readonly string[],
  most = Infinity,
): Row[] {
  if (commands.length === 0) return [];
  const shown = commands.slice(0, most);
  return [
    { type: 'head', key: 'commands', words: 'Commands' },
    ...shown.map(
      (command) => ({ type: 'command', key: `command ${command.words}`, command, found: words }) as const,
    ),
  ];
}

/** Objects that were opened last. */
export function recentRows(
  recent: readonly RecentObject[],
  kinds: readonly ObjectKind[],
  known: Known,
): Row[] {
  const rows = recent
    .filter(({ kind, connection }) => (kinds.length === 0 || kinds.includes(kind)) && known.card(connection))
    .map(({ object, connection, kind, parent, name }): Row => {
      const path = parent === null ? [] : [parent];
      const hit: SearchHit = {
        object,
        connection,
        kind,
        path,
        name,
        type_text: null,
        rows: null,
        comment: null,
        fit: 'name',
        words: [],
      };
      return { type: 'object', key: `recent ${object}`, hit, path };
    });
  return rows.length === 0 ? [] : [{ type: 'head', key: 'recent', words: 'Recently opened' }, ...rows];
}

/** Rows as most are, of nothing: what is made ready before anything is found. */
export function spareRows(connection: number | undefined, [command]: readonly PaletteCommand[]): Row[] {
  if (connection === undefined || command === undefined) return [];
  const hit: SearchHit = {
    object: 0,
    connection,
    kind: 'column',
    path: [''],
    name: '',
    type_text: null,
    rows: null,
    comment: null,
    fit: 'name',
    words: [],
  };
  const kinds: readonly (readonly [Row, number])[] = [
    [{ type: 'object', key: 'spare', hit, path: hit.path }, 18],
    [{ type: 'head', key: 'spare', words: '' }, 3],
    [more('spare', '', { filter: '' }), 3],
    [{ type: 'command', key: 'spare', command, found: [] }, 6],
  ];
  return kinds.flatMap(([row, times]) => Array<Row>(times).fill(row));
}

function groupRows({ key, words, filter, total, hits }: Group, most: number, known: Known): Row[] {
  const shown = hits.slice(0, most);
  return [
    { type: 'head', key, words },
    ...shown.map(
      (hit) => ({ type: 'object', key: `object ${hit.object}`, hit, path: pathOf(hit, known) }) as const,
    ),
    ...(filter !== null && total > shown.length
      ? [more(key, `All ${count(total)} ${words.toLowerCase()}`, { filter })]
      : []),
  ];
}

/** Ways to what was found but fits so much worse that none of it is among the best. */
function elsewhereRows(groups: readonly Group[], { counts }: SearchResults): Row[] {
  // Comments fit worst: where some are listed, everything that fits better is too.
  if (groups.some(({ key }) => key === 'comments')) return [];
  return (['tables', 'columns', 'fields'] as const).flatMap((tab) => {
    const [kind] = TAB_KINDS[tab];
    const total = TAB_KINDS[tab].reduce((sum, of) => sum + (counts[of] ?? 0), 0);
    const there = groups.some(({ key }) => key === (tab === 'tables' ? tab : kind));
    return total > 0 && !there ? [more(tab, `All ${count(total)} ${tab}`, { tab })] : [];
  });
}

/** The groups in the order of their best hits; those found by a comment are the last. */
function groupsOf(hits: readonly SearchHit[], { counts }: SearchResults, known: Known): Group[] {
  const groups = new Map<string, Group>();
  for (const hit of hits) {
    const key = hit.fit === 'comment' ? 'comments' : groupKey(hit.kind);
    let group = groups.get(key);
    if (!group) {
      group = { key, ...aboutGroup(key, hit, hits, counts, known), hits: [] };
      groups.set(key, group);
    }
    group.hits.push(hit);
  }
  const all = [...groups.values()];
  return [...all.filter(({ key }) => key !== 'comments'), ...all.filter(({ key }) => key === 'comments')];
}

function aboutGroup(
  key: string,
  { kind, connection }: SearchHit,
  hits: readonly SearchHit[],
  counts: SearchResults['counts'],
  known: Known,
): Omit<Group, 'key' | 'hits'> {
  if (key === 'comments') {
    const total = hits.filter(({ fit }) => fit === 'comment').length;
    return { words: 'Comments', filter: null, total };
  }
  if (key === 'tables') {
    const total = TABLE_KINDS.reduce((sum, of) => sum + (counts[of] ?? 0), 0);
    const words = known.collections ? 'Tables and collections' : 'Tables and views';
    return { words, filter: null, total };
  }
  const total = counts[kind] ?? 0;
  if (kind === 'column') return { words: 'Columns', filter: null, total };
  if (kind === 'field') return { words: 'Fields', filter: null, total };
  const plain = kind.replaceAll('_', ' ');
  const words =
    kindOf(known.engine(connection), kind)?.plural ?? `${plain[0]?.toUpperCase()}${plain.slice(1)}s`;
  return { words, filter: `kind:${kind.replaceAll('_', '-')}`, total };
}

function groupKey(kind: ObjectKind): string {
  return TABLE_KINDS.includes(kind) ? 'tables' : kind;
}

/** The database is left out where its connection has only the one, unless it is what was looked for. */
function pathOf({ connection, path, name, words }: SearchHit, known: Known): readonly string[] {
  const [first, ...rest] = path;
  if (first === undefined || known.card(connection)?.counts.database !== 1) return path.filter(Boolean);
  const below = [...rest, name];
  const needed = words.some((word) => holds(first, word) && !below.some((step) => holds(step, word)));
  return needed ? path : rest;
}

/** What is said where more was found than is listed. */
function missingIn(tab: PaletteTab, results: SearchResults, listed: number): string | null {
  if (tab === 'everything' || tab === 'commands' || listed === 0) return null;
  if (tab === 'comments') {
    return results.total > results.hits.length ? 'There may be more. Type more to narrow the search.' : null;
  }
  const kinds = tab === 'tables' ? TABLE_KINDS : ([tab === 'columns' ? 'column' : 'field'] as const);
  const total = kinds.reduce((sum, kind) => sum + (results.counts[kind] ?? 0), 0);
  return total > listed
    ? `The best ${count(listed)} of ${count(total)} are shown. Type more to narrow the search.`
    : null;
}

function more(key: string, words: string, to: More): Row {
  return { type: 'more', key: `more ${key}`, words, to };
}
