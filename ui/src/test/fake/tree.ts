/** The tree over made-up schemas: all of it at once, of which a part is given. */
import type {
  ConnectionCard,
  EngineDescriptor,
  ObjectCard,
  ObjectKind,
  TreeAct,
  TreeMark,
  TreeRequest,
  TreeRow,
  TreeRowOf,
  TreeView,
} from '../../lib/backend';
import {
  EVERY,
  connectionKey,
  countOf,
  folderKey,
  groupHolding,
  kindOf,
  objectKey,
  pathKey,
} from '../../lib/tree';
import { ofKinds, type Schema } from './schema';

type Shown = Omit<TreeRow, 'parent_at'>;
/** The kinds of which nothing could be seen, each with the reason, by the key of what they would stand below. */
type Hidden = ReadonlyMap<string, ReadonlyMap<ObjectKind, string>>;

/** What a tree is made of. */
export interface TreeSource {
  readonly schema: Schema;
  readonly cards: readonly ConnectionCard[];
  engine(card: ConnectionCard): EngineDescriptor | undefined;
}

/** A tree, with what is unfolded in it. */
export class FakeTree {
  readonly #open = new Set<string>();
  readonly #lonely = new Set<string>();
  #folded = new Set<string>();
  #filter = '';
  #version = 0;
  #said = '';

  /** The rows that are asked for, after something was done. */
  answer(source: TreeSource, request: TreeRequest): TreeView {
    const filter = request.filter.trim().toLowerCase();
    if (filter !== this.#filter) this.#folded = new Set();
    this.#filter = filter;
    if (request.act) this.#fold(source, request, request.act);
    let made = this.#make(source, request);
    if (this.#unfoldLonely(made.rows)) made = this.#make(source, request);
    const { rows, found } = made;
    const said = rows.map(({ key }) => key).join('\n');
    if (said !== this.#said || request.act?.type === 'refresh') this.#version += 1;
    this.#said = said;
    const to = request.act ? target(source, rows, request.act) : null;
    const from =
      to && (to.at < request.from || to.at >= request.from + request.count)
        ? Math.max(0, to.at - Math.floor(request.count / 2))
        : Math.max(0, Math.min(request.from, rows.length - request.count));
    const places = new Map(rows.map(({ key }, at) => [key, at]));
    return {
      version: this.#version,
      total: rows.length,
      from,
      rows: rows.slice(from, from + request.count).map((row) => ({
        ...row,
        parent_at: row.parent === null ? null : (places.get(row.parent) ?? null),
      })),
      marks: request.marks.map((key) => nearest(rows, key)),
      to,
      found: filter === '' ? null : found,
    };
  }

  #isOpen(key: string): boolean {
    return this.#filter === '' ? this.#open.has(key) : !this.#folded.has(key);
  }

  #set(key: string, open: boolean): void {
    if (this.#filter !== '') this.#folded[open ? 'delete' : 'add'](key);
    else this.#open[open ? 'add' : 'delete'](key);
  }

  #fold(source: TreeSource, request: TreeRequest, act: TreeAct): void {
    const all = () => this.#make(source, request).rows;
    if (act.type === 'expand' || act.type === 'collapse') {
      for (const key of act.keys) {
        this.#set(key, act.type === 'expand');
        if (!key.includes('/')) this.#lonely[act.type === 'expand' ? 'add' : 'delete'](key);
      }
    } else if (act.type === 'expand_each') {
      for (const row of all()) if (row.parent === act.key && row.unfolds) this.#set(row.key, true);
    } else if (act.type === 'expand_all') {
      for (let before = -1, rows = all(); before !== rows.length; before = rows.length, rows = all())
        for (const { key } of rows)
          if (key === act.key || key.startsWith(`${act.key}/`)) this.#set(key, true);
    } else if (act.type === 'collapse_all') {
      for (const { key } of all())
        if (key === act.key || key.startsWith(`${act.key}/`)) this.#set(key, false);
    } else if (act.type === 'reveal' && this.#filter === '') {
      const made = source.schema.get(act.object);
      const card = source.cards.find(({ connection }) => connection.id === made?.card.connection);
      if (!card) return;
      let owner = connectionKey(card.connection.id);
      const path = source.schema.path(act.object);
      path.forEach(({ step }, at) => {
        const above = path[at - 1]?.step;
        const folder = above && groupHolding(source.engine(card), above.kind, step.kind)?.folder;
        this.#set(owner, true);
        if (folder != null) this.#set(folderKey(owner, folder), true);
        owner = objectKey(owner, step.kind, step.name);
      });
    }
  }

  #unfoldLonely(rows: readonly Shown[]): boolean {
    let any = false;
    for (const key of this.#lonely) {
      const below = rows.filter(
        ({ parent, of }) => parent === key && of.type === 'object' && of.card.kind === 'database',
      );
      const [only] = below;
      if (!only) continue;
      this.#lonely.delete(key);
      if (below.length > 1) continue;
      this.#open.add(only.key);
      any = true;
    }
    return any;
  }

  #make(source: TreeSource, { connections }: TreeRequest): { rows: Shown[]; found: number } {
    const rows: Shown[] = [];
    let found = 0;
    const shown = connections.flatMap(
      (id) => source.cards.find(({ connection }) => connection.id === id) ?? [],
    );
    const kept = shown.map((card) => {
      const finds = this.#filter === '' ? null : this.#finds(source, card);
      found += finds?.found.size ?? 0;
      return { card, finds };
    });
    const roots = kept.filter(({ finds }) => finds === null || finds.found.size > 0);
    roots.forEach(({ card, finds }, at) => {
      const { id } = card.connection;
      const key = connectionKey(id);
      const open = this.#isOpen(key);
      const place = { parent: null, connection: id, depth: 0, position: at + 1, siblings: roots.length };
      rows.push({ ...place, key, unfolds: true, open, of: { type: 'connection' } });
      if (!open) return;
      const level = new Level(source, card, finds, (row) => this.#isOpen(row), rows);
      if (card.synced_at === null) level.note(key, 1, 'never_read', 'Not read yet.');
      else level.objects(source.schema.below({ connection: id }), key, key, 1);
    });
    return { rows, found };
  }

  #finds(source: TreeSource, card: ConnectionCard): Finds {
    const [found, kept] = [new Set<number>(), new Set<number>()];
    for (const { card: object } of source.schema.all()) {
      if (object.connection !== card.connection.id || object.kind === 'server') continue;
      if (!object.name.toLowerCase().includes(this.#filter)) continue;
      found.add(object.id);
      for (const { id } of source.schema.path(object.id)) kept.add(id);
    }
    return { found, kept };
  }
}

/** What a filter found in one connection, and with what stands above it. */
interface Finds {
  readonly found: ReadonlySet<number>;
  readonly kept: ReadonlySet<number>;
}

/** A group of children that are shown. */
interface Group {
  readonly folder: string | null;
  readonly kinds: readonly ObjectKind[];
  readonly all: readonly ObjectCard[];
  readonly unseen: string | null;
}

/** Puts the rows below one connection into a list. */
class Level {
  readonly #engine: EngineDescriptor | undefined;
  readonly #hidden: Hidden;

  constructor(
    readonly source: TreeSource,
    readonly card: ConnectionCard,
    readonly finds: Finds | null,
    readonly isOpen: (key: string) => boolean,
    readonly rows: Shown[],
  ) {
    this.#engine = source.engine(card);
    this.#hidden = hiddenBelow(card);
  }

  objects(all: readonly ObjectCard[], owner: string, parent: string, depth: number, above?: number): void {
    const shown = this.#kept(all);
    if (shown.length === 0) this.note(parent, depth, 'nothing', 'Nothing here.');
    shown.forEach((card, at) => {
      const key = objectKey(owner, card.kind, card.name);
      const groups = this.#groups(card, key);
      const unfolds = groups.length > 0 || (this.finds === null && card.unseen !== null);
      const open = unfolds && this.isOpen(key);
      const found = this.finds?.found.has(card.id) ?? false;
      this.#push(key, parent, depth, at + 1, shown.length, unfolds, open, {
        type: 'object',
        card,
        owner: above ?? null,
        found,
      });
      if (!open) return;
      if (groups.length === 0) this.note(key, depth + 1, 'unseen', card.unseen ?? '');
      const folders = groups.filter(({ folder }) => folder !== null);
      for (const group of groups) {
        if (group.folder === null) this.objects(group.all, key, key, depth + 1, card.id);
        else this.#folder(card, key, depth + 1, group, folders.indexOf(group) + 1, folders.length);
      }
    });
  }

  note(parent: string, depth: number, about: 'never_read' | 'nothing' | 'unseen', text: string): void {
    this.#push(`${parent}+!`, parent, depth, 1, 1, false, false, { type: 'note', about, text });
  }

  #folder(
    { id }: ObjectCard,
    owner: string,
    depth: number,
    group: Group,
    position: number,
    siblings: number,
  ): void {
    const { kinds, all, unseen } = group;
    const label = group.folder ?? '';
    const key = folderKey(owner, label);
    const open = this.isOpen(key);
    const count = all.length;
    const of: TreeRowOf = { type: 'folder', label, count, owner: id, kinds: [...kinds], unseen };
    this.#push(key, owner, depth, position, siblings, true, open, of);
    if (!open) return;
    if (unseen !== null) this.note(key, depth + 1, 'unseen', unseen);
    if (count > 0) this.objects(all, owner, key, depth + 1, id);
  }

  #groups(card: ObjectCard, key: string): Group[] {
    const hidden = this.finds === null ? this.#hidden.get(key) : undefined;
    // Counting is enough to see that there is nothing below.
    const below =
      countOf(Object.keys(card.child_counts) as ObjectKind[], card.child_counts) === 0
        ? []
        : this.#kept(this.source.schema.below({ object: card.id }));
    return (kindOf(this.#engine, card.kind)?.children ?? [])
      .map(({ folder, kinds }) => {
        const reason = kinds.map((kind) => hidden?.get(kind)).find((said) => said !== undefined);
        return {
          folder,
          kinds,
          all: ofKinds(below, kinds),
          unseen: folder === null ? null : (reason ?? null),
        };
      })
      .filter(({ all, unseen }) => all.length > 0 || unseen !== null);
  }

  #kept(cards: readonly ObjectCard[]): readonly ObjectCard[] {
    const { finds } = this;
    return finds === null ? cards : cards.filter(({ id }) => finds.kept.has(id));
  }

  #push(
    key: string,
    parent: string,
    depth: number,
    position: number,
    siblings: number,
    unfolds: boolean,
    open: boolean,
    of: TreeRowOf,
  ): void {
    const connection = this.card.connection.id;
    this.rows.push({ key, parent, connection, depth, position, siblings, unfolds, open, of });
  }
}

function hiddenBelow({ connection, last_sync }: ConnectionCard): Hidden {
  const hidden = new Map<string, Map<ObjectKind, string>>();
  for (const { object, reason } of last_sync?.warnings ?? []) {
    const last = object.at(-1);
    if (last?.name !== EVERY) continue;
    const owner = pathKey(connection.id, object.slice(0, -1));
    const kinds = hidden.get(owner) ?? new Map<ObjectKind, string>();
    hidden.set(owner, kinds);
    if (!kinds.has(last.kind)) kinds.set(last.kind, reason);
  }
  return hidden;
}

function target(source: TreeSource, rows: readonly Shown[], act: TreeAct): TreeMark | null {
  switch (act.type) {
    case 'find':
      return nearest(rows, act.key);
    case 'reveal': {
      const connection = source.schema.get(act.object)?.card.connection ?? 0;
      return nearest(
        rows,
        pathKey(
          connection,
          source.schema.path(act.object).map(({ step }) => step),
        ),
      );
    }
    case 'type_ahead': {
      const wanted = act.text.toLowerCase();
      for (let step = act.text.length > 1 ? 0 : 1; step <= rows.length; step += 1) {
        const at = (act.at + step) % rows.length;
        const row = rows[at];
        if (row && nameOf(source, row).toLowerCase().startsWith(wanted)) return markOf(row, at, true);
      }
      return null;
    }
    case 'first_found': {
      const at = rows.findIndex(({ of }) => of.type === 'object' && of.found);
      const row = rows[at];
      return row ? markOf(row, at, true) : null;
    }
    default:
      return null;
  }
}

function nearest(rows: readonly Shown[], key: string): TreeMark | null {
  let best: TreeMark | null = null;
  rows.forEach((row, at) => {
    if (row.key === key) best = markOf(row, at, true);
    else if (best?.exact !== true && key.startsWith(`${row.key}/`)) best = markOf(row, at, false);
  });
  return best;
}

const markOf = ({ key }: Shown, at: number, exact: boolean): TreeMark => ({ at, key, exact });

function nameOf(source: TreeSource, { of, connection }: Shown): string {
  switch (of.type) {
    case 'connection':
      return source.cards.find((card) => card.connection.id === connection)?.connection.draft.name ?? '';
    case 'object':
      return of.card.name;
    case 'folder':
      return of.label;
    case 'note':
      return '';
  }
}
