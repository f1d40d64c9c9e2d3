/** Makes the rows of the tree from what is loaded. */
import type { AppError, EngineDescriptor, ObjectCard } from '../backend';
import type { BranchPlace } from './branch';
import { folderKey, objectKey } from './path';
import type { FolderRow, NoteRow, ObjectRow } from './rows';
import { groupsOf, type Group, type Hidden } from './shape';

/** What could not be seen, by the key of the object that it would stand below. */
export type HiddenBelow = ReadonlyMap<string, Hidden>;

/** The row of a child of a branch. */
export function objectRow(
  card: ObjectCard,
  engine: EngineDescriptor | undefined,
  place: BranchPlace,
  index: number,
  siblings: number,
  hidden: HiddenBelow,
): ObjectRow {
  const key = objectKey(place.owner, card.kind, card.name);
  const groups = groupsOf(engine, card.kind, card.child_counts, hidden.get(key));
  return {
    type: 'object',
    key,
    parent: place.parent,
    connection: card.connection,
    depth: place.depth,
    position: index + 1,
    siblings,
    id: card.id,
    kind: card.kind,
    name: card.name,
    owner: place.source.type === 'object' ? place.source.object : null,
    card,
    groups,
    unfolds: groups.length > 0 || card.unseen !== null,
    branch: place.key,
    index,
    found: false,
  };
}

/** The row of a folder of an object. */
export function folderRow(
  row: ObjectRow,
  group: Group,
  label: string,
  position: number,
  siblings: number,
): FolderRow {
  return {
    type: 'folder',
    key: folderKey(row.key, label),
    parent: row.key,
    connection: row.connection,
    depth: row.depth + 1,
    position,
    siblings,
    label,
    count: group.count,
    owner: row.id,
    kinds: group.kinds,
    unseen: group.unseen,
  };
}

/** Words in the place of what is not there. */
export function note(
  place: BranchPlace,
  about: NoteRow['about'],
  text: string,
  error: AppError | null = null,
): NoteRow {
  return {
    type: 'note',
    key: `${place.key}!`,
    parent: place.parent,
    connection: place.connection,
    depth: place.depth,
    position: 1,
    siblings: 1,
    about,
    text,
    error,
    branch: place.key,
    index: 0,
  };
}

/** The place below an object of which no group is known. */
export function placeBelow(row: ObjectRow): BranchPlace {
  return {
    key: `${row.key}+`,
    owner: row.key,
    connection: row.connection,
    depth: row.depth + 1,
    parent: row.key,
    source: { type: 'object', object: row.id },
    kinds: [],
  };
}
