/** The search over the made-up schemas; plain and slow, but of the same answers. */
import type {
  ObjectKind,
  PathLink,
  SearchFit,
  SearchHit,
  SearchRequest,
  SearchResults,
} from '../../lib/backend';
import type { Made } from './schema';

const ORDER: readonly (readonly ObjectKind[])[] = [
  ['table', 'view', 'materialized_view', 'foreign_table', 'collection'],
  ['database', 'schema'],
  ['column', 'field'],
];

interface Asked {
  words: string[];
  kinds: string[];
  within: string[];
  types: string[];
}

/** What the schemas hold that a text means, best first. */
export function searchIn(
  all: readonly Made[],
  pathOf: (id: number) => readonly PathLink[],
  connections: ReadonlyMap<number, string>,
  request: SearchRequest,
): SearchResults {
  const asked = understood(request.text);
  const hits: SearchHit[] = [];
  const counts: Partial<Record<ObjectKind, number>> = {};
  const found = new Set<number>();
  for (const { card } of isEmpty(asked) ? [] : all) {
    if (request.connections.length > 0 && !request.connections.includes(card.connection)) continue;
    const names = pathOf(card.id).map(({ step }) => step.name);
    const places = [...names, connections.get(card.connection) ?? ''].map((name) => name.toLowerCase());
    const type = typeOf(card.detail);
    if (!asked.within.every((place) => places.some((name) => name.includes(place)))) continue;
    if (!asked.types.every((wanted) => type?.toLowerCase().includes(wanted))) continue;
    const kind = card.kind.replaceAll('_', '');
    if (asked.kinds.length > 0 && !asked.kinds.some((wanted) => kind.startsWith(wanted))) continue;
    const fit = fitOf(asked.words, names, card.comment);
    if (!fit) continue;
    counts[card.kind] = (counts[card.kind] ?? 0) + 1;
    found.add(card.connection);
    if (request.kinds.length > 0 && !request.kinds.includes(card.kind)) continue;
    hits.push({
      object: card.id,
      connection: card.connection,
      kind: card.kind,
      path: names.slice(0, -1),
      name: card.name,
      type_text: type,
      rows: card.statistics.rows,
      comment: card.comment,
      fit,
      words: asked.words,
    });
  }
  hits.sort((a, b) => rank(a) - rank(b) || a.name.length - b.name.length);
  return {
    hits: hits.slice(0, request.limit),
    total: Object.values(counts).reduce((sum, count) => sum + count, 0),
    counts,
    connections: found.size,
    of: connections.size,
    millis: 4.2,
  };
}

function understood(text: string): Asked {
  const asked: Asked = { words: [], kinds: [], within: [], types: [] };
  for (const part of text.toLowerCase().split(/\s+/)) {
    const [, filter, value] = /^(kind|in|type):(.*)$/.exec(part) ?? [];
    if (filter === undefined) asked.words.push(...part.split('.').filter((word) => word !== ''));
    else if (!value) continue;
    else if (filter === 'kind') asked.kinds.push(value.replaceAll(/[-_]/g, ''));
    else (filter === 'in' ? asked.within : asked.types).push(value);
  }
  return asked;
}

function isEmpty({ words, kinds, within, types }: Asked): boolean {
  return words.length + kinds.length + within.length + types.length === 0;
}

function fitOf(words: readonly string[], names: readonly string[], comment: string | null): SearchFit | null {
  const lower = names.map((name) => name.toLowerCase());
  const own = lower.at(-1) ?? '';
  const inPath = (word: string) => lower.some((name) => name.includes(word));
  if (words.every(inPath) && (words.length === 0 || words.some((word) => own.includes(word)))) return 'name';
  const said = comment?.toLowerCase() ?? '';
  return words.every((word) => inPath(word) || said.includes(word)) &&
    words.some((word) => said.includes(word))
    ? 'comment'
    : null;
}

function rank({ fit, kind }: SearchHit): number {
  const at = ORDER.findIndex((kinds) => kinds.includes(kind));
  return (fit === 'comment' ? 10 : 0) + (at < 0 ? ORDER.length : at);
}

function typeOf(detail: Made['card']['detail']): string | null {
  if (detail.kind === 'column') return detail.type_text;
  if (detail.kind === 'field') return detail.types.join(', ');
  return detail.kind === 'other' ? detail.summary : null;
}
