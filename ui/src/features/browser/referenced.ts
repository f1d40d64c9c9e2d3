/** Which table of the catalogue a foreign key refers to. The roles of its columns know it. */
import type { ObjectCard } from '../../lib/backend';

/** The referenced table's id; null for what is no foreign key, or refers to a table that is not in the catalogue. */
export function referencedTable(key: ObjectCard, columns: readonly ObjectCard[]): number | null {
  if (key.kind !== 'foreign_key') return null;
  for (const { roles } of columns) {
    const role = roles.find(({ constraint }) => constraint === key.id);
    if (role?.references?.object != null) return role.references.object;
  }
  return null;
}
