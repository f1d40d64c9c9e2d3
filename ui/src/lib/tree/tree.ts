/**
 * The tree as a flat list of rows: pure, without backend and without view. It knows what is expanded
 * and what is loaded, gives the rows from top to bottom, and says which pages the rows in sight need.
 */
import type { AppError, Children, EngineDescriptor } from '../backend';
import { Branch, type BranchPlace } from './branch';
import { folderRow, note, objectRow, placeBelow, type HiddenBelow } from './make';
import { connectionKey } from './path';
import type { ObjectRow, PageRequest, TreeRow } from './rows';
import type { Group } from './shape';

/** A connection as the tree needs it. */
export interface Root {
  readonly id: number;
  readonly engine: EngineDescriptor | undefined;
  /** Whether the catalogue holds anything of it. */
  readonly read: boolean;
  /** How many children are expected below it. */
  readonly expected: number;
  /** What could not be seen; the same value until that changes. */
  readonly hidden: HiddenBelow;
}

/** Nothing hidden. */
export const NOTHING_HIDDEN: HiddenBelow = new Map();

/** Everything that the tree holds, and the rows that it shows. */
export class Tree {
  readonly #expanded: Set<string>;
  readonly #branches = new Map<string, Branch>();
  #roots: readonly Root[] = [];
  #rows: readonly TreeRow[] | null = null;

  constructor(expanded: Iterable<string> = []) {
    this.#expanded = new Set(expanded);
  }

  /** The keys of what is expanded. */
  get expanded(): ReadonlySet<string> {
    return this.#expanded;
  }

  /** All rows from top to bottom; the same list until something changes. */
  get rows(): readonly TreeRow[] {
    return (this.#rows ??= this.#flatten());
  }

  /** The connections to show, in order. Gives whether anything is different. */
  setRoots(roots: readonly Root[]): boolean {
    if (sameRoots(this.#roots, roots)) return false;
    for (const root of roots) {
      const before = this.#roots.find(({ id }) => id === root.id);
      if (before && before.hidden !== root.hidden) this.growOld(root.id);
    }
    this.#roots = roots;
    this.#rows = null;
    return true;
  }

  /** Expands rows. */
  expand(keys: Iterable<string>): void {
    for (const key of keys) this.#expanded.add(key);
    this.#rows = null;
  }

  /** Collapses rows; what is expanded below them stays so for the next time. */
  collapse(keys: Iterable<string>): void {
    for (const key of keys) this.#expanded.delete(key);
    this.#rows = null;
  }

  /** Collapses a row and all that is expanded below it. */
  collapseAll(key: string): void {
    this.collapse([key, ...[...this.#expanded].filter((other) => other.startsWith(`${key}/`))]);
  }

  /** The pages that these rows need and nobody has asked for. */
  wanted(rows: readonly TreeRow[]): PageRequest[] {
    const requests = new Map<string, PageRequest>();
    for (const row of rows) {
      if (row.type !== 'waiting' && row.type !== 'object' && row.type !== 'note') continue;
      const request = this.#branches.get(row.branch)?.want(row.index);
      if (request) requests.set(`${request.offset}:${request.branch}`, request);
    }
    return [...requests.values()];
  }

  /** Notes that a page is on its way. */
  ask(request: PageRequest): void {
    this.#branches.get(request.branch)?.ask(request);
  }

  /** Takes a page in. */
  put(request: PageRequest, children: Children): void {
    this.#branches.get(request.branch)?.put(request, children);
    this.#rows = null;
  }

  /** Notes that a page could not be loaded. */
  fail(request: PageRequest, error: AppError): void {
    this.#branches.get(request.branch)?.fail(request, error);
    this.#rows = null;
  }

  /** Lets the failed pages of a branch be asked for again. */
  retry(branch: string): void {
    this.#branches.get(branch)?.retry();
    this.#rows = null;
  }

  /** Marks what is loaded of a connection as old; of all connections without one. */
  growOld(connection?: number): void {
    for (const branch of this.#branches.values()) {
      if (connection === undefined || branch.place.connection === connection) branch.growOld();
    }
    this.#rows = null;
  }

  /** The branches that hang directly below an expanded object or connection. */
  branchesBelow(key: string): Branch[] {
    void this.rows;
    return [...this.#branches.values()].filter((branch) => branch.place.owner === key);
  }

  #flatten(): readonly TreeRow[] {
    const rows: TreeRow[] = [];
    this.#roots.forEach((root, at) => {
      const key = connectionKey(root.id);
      rows.push({
        type: 'connection',
        key,
        parent: null,
        connection: root.id,
        depth: 0,
        position: at + 1,
        siblings: this.#roots.length,
      });
      if (this.#expanded.has(key)) this.#flattenRoot(root, key, rows);
    });
    return rows;
  }

  #flattenRoot(root: Root, key: string, rows: TreeRow[]): void {
    const place: BranchPlace = {
      key: `${key}+`,
      owner: key,
      connection: root.id,
      depth: 1,
      parent: key,
      source: { type: 'connection', connection: root.id },
      kinds: [],
    };
    if (!root.read) {
      rows.push(note(place, 'never_read', 'Not read yet.'));
      return;
    }
    this.#flattenBranch(this.#branch(root, place, root.expected), root, rows);
  }

  #flattenBranch(branch: Branch, root: Root, rows: TreeRow[]): void {
    for (let index = 0; index < branch.total; index += 1) {
      const row = branch.rowAt(index);
      if (row.type === 'waiting' && branch.error) continue;
      rows.push(row);
      if (row.type === 'object' && row.unfolds && this.#expanded.has(row.key))
        this.#flattenObject(row, root, rows);
    }
    if (branch.error) rows.push(note(branch.place, 'failed', branch.error.message, branch.error));
    else if (branch.total === 0) rows.push(note(branch.place, 'nothing', 'Nothing here.'));
  }

  #flattenObject(row: ObjectRow, root: Root, rows: TreeRow[]): void {
    const unseen = row.card?.unseen;
    const folders = row.groups.filter((group) => group.folder !== null).length;
    let position = 0;
    for (const group of row.groups) {
      if (group.folder === null) {
        this.#flattenBranch(this.#branchOf(row, group, row.key, row.depth + 1, root), root, rows);
        continue;
      }
      position += 1;
      const folder = folderRow(row, group, group.folder, position, folders);
      rows.push(folder);
      if (!this.#expanded.has(folder.key)) continue;
      const branch = this.#branchOf(row, group, folder.key, row.depth + 2, root);
      if (group.unseen !== null) rows.push(note(branch.place, 'unseen', group.unseen));
      if (group.unseen === null || branch.total > 0) this.#flattenBranch(branch, root, rows);
    }
    if (unseen != null && row.groups.length === 0) {
      rows.push(note(placeBelow(row), 'unseen', unseen));
    }
  }

  #branchOf(row: ObjectRow, group: Group, parent: string, depth: number, root: Root): Branch {
    const place: BranchPlace = {
      key: `${row.key}+${group.kinds.join('+')}`,
      owner: row.key,
      connection: row.connection,
      depth,
      parent,
      source: { type: 'object', object: row.id },
      kinds: group.kinds,
    };
    return this.#branch(root, place, group.count);
  }

  #branch(root: Root, place: BranchPlace, expected: number): Branch {
    const known = this.#branches.get(place.key);
    if (known && sameSource(known.place, place)) {
      known.expect(expected);
      return known;
    }
    const branch = new Branch(place, expected, (card, index, siblings) => {
      // What is hidden may have changed since the branch was made.
      const now = this.#roots.find(({ id }) => id === root.id) ?? root;
      return objectRow(card, now.engine, place, index, siblings, now.hidden);
    });
    this.#branches.set(place.key, branch);
    return branch;
  }
}

function sameSource(a: BranchPlace, b: BranchPlace): boolean {
  if (a.source.type === 'connection' || b.source.type === 'connection')
    return a.source.type === b.source.type;
  return a.source.object === b.source.object;
}

function sameRoots(a: readonly Root[], b: readonly Root[]): boolean {
  return (
    a.length === b.length &&
    a.every((root, at) => {
      const other = b[at];
      return (
        other !== undefined &&
        root.id === other.id &&
        root.engine === other.engine &&
        root.read === other.read &&
        root.expected === other.expected &&
        root.hidden === other.hidden
      );
    })
  );
}
