/** Small marks beside a field's name: which indexes hold it, and what the validator declares of it. */
import type { EngineDescriptor, ObjectCard } from '../../../lib/backend';
import { counted } from '../../../lib/format';
import { attributeFacts } from '../facts';
import { dotted, type FieldNode } from './fields';

/** The words of a field's marks; null where it has none. */
export interface FieldMarks {
  readonly indexed: string | null;
  readonly declared: string | null;
}

/** The names of the indexes that hold a field, by its dotted path. */
export function indexedPaths(indexes: readonly ObjectCard[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { name, detail } of indexes) {
    if (detail.kind !== 'index') continue;
    for (const { column } of detail.parts) {
      if (column !== null) found.set(column, [...(found.get(column) ?? []), name]);
    }
  }
  return found;
}

/** The marks of a field. */
export function marksOf(
  node: FieldNode,
  indexed: ReadonlyMap<string, readonly string[]>,
  engine: EngineDescriptor | undefined,
): FieldMarks {
  // Elements of an array are indexed by the array's own name; the mark stands there once.
  const names = node.label === '[ ]' ? [] : (indexed.get(dotted(node.path)) ?? []);
  const facts = attributeFacts(node.card, engine);
  return {
    indexed:
      names.length === 0 ? null : `In ${counted(names.length, 'index', 'indexes')}: ${names.join(', ')}`,
    declared:
      facts.length === 0
        ? null
        : `Declared by the validator. ${facts.map(({ label, value }) => `${label}: ${value}`).join('; ')}`,
  };
}
