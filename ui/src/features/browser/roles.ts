/** What a column is to its table, in marks and words. */
import type { ColumnRole, ObjectKind } from '../../lib/backend';
import { referenceName } from './describe';

/** A role and what is said of it. */
export interface SaidRole {
  readonly kind: ObjectKind;
  readonly words: string;
}

const ORDER: readonly ObjectKind[] = ['primary_key', 'unique', 'foreign_key'];

/** The roles of a column in their order, each once. */
export function rolesOf(roles: readonly ColumnRole[]): SaidRole[] {
  return ORDER.flatMap((kind) => {
    const role = roles.find((candidate) => candidate.kind === kind);
    return role ? [{ kind, words: wordsOf(role) }] : [];
  });
}

function wordsOf({ kind, references }: ColumnRole): string {
  if (kind === 'primary_key') return 'In the primary key';
  if (kind === 'unique') return 'In a unique constraint';
  return references ? `References ${referenceName(references)}` : 'Foreign key';
}
