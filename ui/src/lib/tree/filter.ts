/** The rows of a filtered tree: what the filter found, and the way down to each. */
import type { FilterMatch, ObjectCard, PathLink } from '../backend';
import { connectionKey, folderKey, objectKey } from './path';
import type { TreeRow } from './rows';
import { groupHolding, kindOf, type Group } from './shape';
import type { Root } from './tree';

interface Node {
  /** Where its folder stands among the folders of one object, as the descriptor has them. */
  readonly rank: number;
  readonly children: Node[];
  readonly below: Map<string, Node>;
  /** Makes the row once it is known whether anything stands below and where it stands itself. */
  row: (unfolds: boolean, position: number, siblings: number) => TreeRow;
}

/** The rows for what was found, without what lies below collapsed keys; `cards` are those known so far. */
export function filteredRows(
  matches: readonly FilterMatch[],
  roots: readonly Root[],
  collapsed: ReadonlySet<string>,
  cards: ReadonlyMap<number, ObjectCard> = new Map(),
): TreeRow[] {
  const top = node(() => {
    throw new RangeError('The top of the tree has no row.');
  });
  for (const match of matches) {
    const root = roots.find(({ id }) => id === match.connection);
    if (root) addMatch(top, match, root, cards);
  }
  const rows: TreeRow[] = [];
  flatten(top, collapsed, rows);
  return rows;
}

function addMatch(
  top: Node,
  { path }: FilterMatch,
  root: Root,
  cards: ReadonlyMap<number, ObjectCard>,
): void {
  const key = connectionKey(root.id);
  let parent = child(top, key, () => (_unfolds, position, siblings) => ({
    type: 'connection',
    key,
    parent: null,
    connection: root.id,
    depth: 0,
    position,
    siblings,
  }));
  let owner = key;
  let parentKey = key;
  let depth = 0;
  path.forEach((link, at) => {
    const above = path[at - 1];
    const group = above && groupHolding(root.engine, above.step.kind, link.step.kind);
    if (above && group?.folder != null) {
      const { folder, kinds } = group;
      const folderRow = folderKey(owner, folder);
      const [hangsFrom, folderDepth] = [parentKey, depth + 1];
      parent = child(
        parent,
        folderRow,
        (made) => (_unfolds, position, siblings) => ({
          type: 'folder',
          key: folderRow,
          parent: hangsFrom,
          connection: root.id,
          depth: folderDepth,
          position,
          siblings,
          label: folder,
          count: made.children.length,
          owner: above.id,
          kinds,
          unseen: null,
        }),
        kindOf(root.engine, above.step.kind)?.children.indexOf(group),
      );
      parentKey = folderRow;
      depth = folderDepth;
    }
    const place = {
      owner,
      parentKey,
      depth: depth + 1,
      above: above?.id ?? null,
      found: at === path.length - 1,
      card: cards.get(link.id) ?? null,
    };
    const objectRow = objectKey(owner, link.step.kind, link.step.name);
    parent = child(parent, objectRow, () => objectIn(link, root.id, objectRow, place));
    // A match may come after what was found below it.
    if (place.found) parent.row = objectIn(link, root.id, objectRow, place);
    owner = parentKey = objectRow;
    depth += 1;
  });
}

interface PlaceInTree {
  readonly parentKey: string;
  readonly depth: number;
  readonly above: number | null;
  readonly found: boolean;
  readonly card: ObjectCard | null;
}

function objectIn({ id, step }: PathLink, connection: number, key: string, place: PlaceInTree): Node['row'] {
  const groups: readonly Group[] = [];
  return (unfolds, position, siblings) => ({
    type: 'object',
    key,
    parent: place.parentKey,
    connection,
    depth: place.depth,
    position,
    siblings,
    id,
    kind: step.kind,
    name: step.name,
    owner: place.above,
    card: place.card,
    groups,
    unfolds,
    branch: '',
    index: 0,
    found: place.found,
  });
}

function node(row: Node['row'], rank = 0): Node {
  return { rank, children: [], below: new Map(), row };
}

function child(parent: Node, key: string, row: (made: Node) => Node['row'], rank = 0): Node {
  const known = parent.below.get(key);
  if (known) return known;
  const made: Node = node(() => {
    throw new RangeError('This row is not made yet.');
  }, rank);
  made.row = row(made);
  parent.below.set(key, made);
  parent.children.push(made);
  return made;
}

function flatten(parent: Node, collapsed: ReadonlySet<string>, rows: TreeRow[]): void {
  const children = [...parent.children].sort((a, b) => a.rank - b.rank);
  children.forEach((entry, at) => {
    const row = entry.row(entry.children.length > 0, at + 1, children.length);
    rows.push(row);
    if (!collapsed.has(row.key)) flatten(entry, collapsed, rows);
  });
}
