/** What was found, in words. */
import type { ConnectionCard, EngineDescriptor, SearchHit, SearchResults } from '../../lib/backend';
import { nounOf } from '../../lib/facts';
import { count, counted, millis, oneLine } from '../../lib/format';

/** The longest name that is spoken. */
const SPOKEN = 200;

/** The type of a column or field, the rows of a table, else what it is. */
export function typeOf(hit: SearchHit, engine: EngineDescriptor | undefined): string {
  if (hit.type_text) return hit.type_text;
  if (hit.rows !== null) return `~${count(hit.rows)} ${hit.kind === 'collection' ? 'documents' : 'rows'}`;
  return nounOf(hit.kind, 1, engine);
}

/** The spoken name of a row. */
export function spokenOf(
  hit: SearchHit,
  path: readonly string[],
  card: ConnectionCard | undefined,
  engine: EngineDescriptor | undefined,
): string {
  const noun = nounOf(hit.kind, 1, engine);
  const type = typeOf(hit, engine);
  const draft = card?.connection.draft;
  return [
    [...path, hit.name].join('.'),
    noun,
    ...(type === noun ? [] : [type]),
    ...(hit.fit === 'comment' && hit.comment ? [hit.comment] : []),
    ...(draft ? [draft.name, draft.environment] : []),
  ]
    .map((words) => oneLine(words.slice(0, SPOKEN)))
    .join(', ');
}

/** How much was found, where, and how fast. */
export function summaryOf(results: SearchResults, only: string | null): string {
  const nearly = results.hits[0]?.fit === 'nearly';
  const found =
    results.total === 0
      ? 'No results'
      : nearly
        ? counted(results.total, 'similar name')
        : counted(results.total, 'result');
  const all = counted(results.of, 'connection');
  const where =
    only !== null ? oneLine(only) : results.total === 0 ? all : `${count(results.connections)} of ${all}`;
  return [`${found} in ${where}`, ...(results.millis === null ? [] : [millis(results.millis)])].join(', ');
}
