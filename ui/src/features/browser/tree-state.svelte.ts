/**
 * The tree of the browser as the view sees it: its rows, the row with the cursor, the filter. It loads
 * what comes into sight and remembers what was expanded over a re-sync and over a restart of the page.
 */
import {
  backend,
  type AppError,
  type ConnectionCard,
  type FilterResult,
  type ObjectCard,
  type PathLink,
  type TreeParent,
} from '../../lib/backend';
import { toAppError } from '../../lib/errors';
import { engineOf } from '../../lib/state/session.svelte';
import {
  canUnfold,
  connectionKey,
  filteredRows,
  folderKey,
  groupHolding,
  pathKey,
  Tree,
  type PageRequest,
  type Root,
  type TreeRow,
} from '../../lib/tree';
import { hiddenBelow } from './hidden';
import { recall, retain } from './memory';

const SETTLE = 40;
const TYPING = 150;
/** As many as one page of children may have. */
const MOST_CARDS = 1000;

/** The tree and what is done in it. */
export class TreeState {
  #tree = new Tree();
  #user: number | null = null;
  #cards: readonly ConnectionCard[] = [];
  #open: number | null = null;
  #roots: readonly Root[] = [];
  #sight: readonly [first: number, last: number] = [0, -1];
  #flights = new Map<PageRequest, Promise<void>>();
  #collapsed = new Set<string>();
  #lonely = new Set<string>();
  #settle: ReturnType<typeof setTimeout> | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #lookup = 0;
  #version = $state(0);

  #rows = $state.raw<readonly TreeRow[]>([]);
  #only = $state<number | null>(null);
  #filter = $state('');
  #found = $state.raw<FilterResult | null>(null);
  #foundCards: ReadonlyMap<number, ObjectCard> = new Map();
  #askedCards = new Set<string>();
  #filterFailure = $state.raw<AppError | null>(null);
  /** The key of the row with the cursor. */
  cursor = $state<string | null>(null);
  /** The key of the row whose page is open. */
  opened = $state<string | null>(null);
  /** The page that was open last, as the router keeps it. */
  at: Readonly<Record<string, string>> = {};
  /** A row that wants to be seen; a new object each time. */
  wish = $state.raw<{ index: number } | null>(null);

  /** The rows from top to bottom. */
  get rows(): readonly TreeRow[] {
    return this.#rows;
  }

  /** The one connection that is shown; null for all active ones. */
  get only(): number | null {
    return this.#only;
  }

  /** The text that names must hold. */
  get filter(): string {
    return this.#filter;
  }

  /** What the filter found; null without a filter and while it looks for the first time. */
  get found(): FilterResult | null {
    return this.#found;
  }

  /** Why the filter could not look. */
  get filterFailure(): AppError | null {
    return this.#filterFailure;
  }

  /** Begins for a user; what another one had expanded is forgotten. */
  begin(user: number): void {
    if (this.#user === user) return;
    const kept = recall(user);
    this.#user = user;
    this.#tree = new Tree(kept?.expanded);
    this.#only = kept?.only ?? null;
    this.at = kept?.at ?? {};
    this.cursor = this.opened = kept?.opened ?? null;
    this.#filter = '';
    this.#found = null;
    this.#setRoots();
  }

  /** The connections there are, in order. */
  setConnections(cards: readonly ConnectionCard[], open: number | null): void {
    this.#cards = cards;
    this.#open = open;
    if (this.#only !== null && !cards.some(({ connection }) => connection.id === this.#only))
      this.#only = null;
    this.#setRoots();
  }

  /** Shows one connection, or all active ones. */
  show(only: number | null): void {
    this.#only = only;
    if (only !== null) {
      this.#tree.expand([connectionKey(only)]);
      this.#lonely.add(connectionKey(only));
    }
    this.#setRoots();
    if (this.#filter !== '') void this.#look();
  }

  /** Whether a row is expanded. */
  isOpen(row: TreeRow): boolean {
    void this.#version;
    return this.#found ? !this.#collapsed.has(row.key) : this.#tree.expanded.has(row.key);
  }

  /** Expands rows. */
  expand(keys: readonly string[]): void {
    if (this.#found) for (const key of keys) this.#collapsed.delete(key);
    else this.#tree.expand(keys);
    for (const key of keys) if (!key.includes('/')) this.#lonely.add(key);
    this.#changed();
  }

  /** Collapses rows; a cursor below one of them goes up to it. */
  collapse(keys: readonly string[]): void {
    for (const key of keys) this.#liftCursor(key);
    for (const key of keys) this.#lonely.delete(key);
    if (this.#found) for (const key of keys) this.#collapsed.add(key);
    else this.#tree.collapse(keys);
    this.#changed();
  }

  /** Expands or collapses a row. */
  toggle(row: TreeRow): void {
    if (!canUnfold(row)) return;
    if (this.isOpen(row)) this.collapse([row.key]);
    else this.expand([row.key]);
  }

  /** Collapses a row and everything below it. */
  collapseAll(key: string): void {
    this.#liftCursor(key);
    this.#tree.collapseAll(key);
    this.#changed();
  }

  /** Says which rows are in sight; what they lack is loaded once the scrolling has settled. */
  inSight(first: number, last: number): void {
    this.#sight = [first, last];
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => this.#load(), SETTLE);
  }

  /** Loads a branch again that had failed. */
  retry(branch: string): void {
    this.#tree.retry(branch);
    this.#changed();
  }

  /** Reads what is shown of a connection again; of all without one. */
  refresh(connection?: number): void {
    this.#tree.growOld(connection);
    this.#changed();
    if (this.#filter !== '') void this.#look();
  }

  /** Sets the text that names must hold. */
  setFilter(text: string): void {
    this.#filter = text;
    clearTimeout(this.#typing);
    if (text.trim() === '') {
      this.#lookup += 1;
      this.#found = null;
      this.#filterFailure = null;
      this.#changed();
    } else {
      this.#typing = setTimeout(() => void this.#look(), TYPING);
    }
  }

  /** Unfolds the way to an object, loads it if need be, and brings it into sight. */
  async reveal(connection: number, path: readonly PathLink[], chosen?: string): Promise<void> {
    const steps = path.map(({ step }) => step);
    const key = pathKey(connection, steps);
    this.opened = chosen?.startsWith(`${key}/`) ? chosen : key;
    if (this.#found) return this.#wishFor(this.opened);
    const engine = this.#roots.find(({ id }) => id === connection)?.engine;
    let owner = connectionKey(connection);
    for (const [at, step] of steps.entries()) {
      const above = steps[at - 1];
      const folder = above && groupHolding(engine, above.kind, step.kind)?.folder;
      this.#tree.expand(folder == null ? [owner] : [owner, folderKey(owner, folder)]);
      const next = pathKey(connection, steps.slice(0, at + 1));
      if (!(await this.#find(owner, next))) break;
      owner = next;
    }
    this.#changed();
    this.#wishFor(this.opened);
  }

  /** Keeps what is expanded and open for a restart of the page. */
  remember(): void {
    if (this.#user === null) return;
    const { opened, at } = this;
    retain({ user: this.#user, expanded: this.#tree.expanded, only: this.#only, opened, at });
  }

  /** The row with this key, if it is among the rows. */
  indexOf(key: string | null): number {
    return key === null ? -1 : this.#rows.findIndex((row) => row.key === key);
  }

  #wishFor(key: string): void {
    const index = this.indexOf(key);
    if (index < 0) return;
    this.cursor = key;
    this.wish = { index };
  }

  async #find(owner: string, key: string): Promise<boolean> {
    for (;;) {
      const branches = this.#tree.branchesBelow(owner);
      if (branches.some((branch) => branch.find(key))) return true;
      const request = branches.map((branch) => branch.wantNext()).find((wanted) => wanted !== undefined);
      if (request) await this.#fetch(request);
      else if (this.#flights.size > 0) await Promise.all(this.#flights.values());
      else return false;
    }
  }

  #setRoots(): void {
    // An inactive connection is there when it is open or asked for.
    const shownAtAll = this.#cards.filter(
      ({ connection: { id, active } }) => active || id === this.#open || id === this.#only,
    );
    this.#roots = shownAtAll.map((card) => ({
      id: card.connection.id,
      engine: engineOf(card.connection.draft.target.engine),
      read: card.synced_at !== null,
      expected: card.counts.database ?? 1,
      hidden: hiddenBelow(card.connection.id, card.last_sync?.warnings),
    }));
    const shown = this.#only === null ? this.#roots : this.#roots.filter(({ id }) => id === this.#only);
    if (this.#tree.setRoots(shown)) this.#changed();
  }

  #changed(): void {
    if (this.#lonely.size > 0) this.#expandLonely();
    this.#rows = this.#found
      ? filteredRows(this.#found.matches, this.#roots, this.#collapsed, this.#foundCards)
      : this.#tree.rows;
    this.#version += 1;
    this.#load();
    this.remember();
  }

  #load(): void {
    const [first, last] = this.#sight;
    if (this.#found) {
      for (const row of this.#rows.slice(first, last + 1)) this.#describeFound(row);
      return;
    }
    for (const request of this.#tree.wanted(this.#rows.slice(first, last + 1))) void this.#fetch(request);
  }

  #fetch(request: PageRequest): Promise<void> {
    const tree = this.#tree;
    tree.ask(request);
    const { parent, kinds, offset, limit } = request;
    const flight = backend()
      .children({ parent, kinds: [...kinds], filter: '', offset, limit })
      .then(
        (children) => tree.put(request, children),
        (thrown: unknown) => tree.fail(request, toAppError(thrown)),
      )
      .then(() => {
        this.#flights.delete(request);
        if (tree === this.#tree) this.#changed();
      });
    this.#flights.set(request, flight);
    return flight;
  }

  /** Asks for the cards of what was found beside a row in sight: they say types and more than names. */
  #describeFound(row: TreeRow): void {
    if (row.type !== 'object' || !row.found || row.card !== null) return;
    const parent: TreeParent =
      row.owner === null
        ? { type: 'connection', connection: row.connection }
        : { type: 'object', object: row.owner };
    const key = JSON.stringify([parent, row.kind]);
    if (this.#askedCards.has(key)) return;
    this.#askedCards.add(key);
    const lookup = this.#lookup;
    backend()
      .children({ parent, kinds: [row.kind], filter: this.#filter.trim(), offset: 0, limit: MOST_CARDS })
      .then(
        ({ rows }) => {
          if (lookup !== this.#lookup || !this.#found) return;
          this.#foundCards = new Map([...this.#foundCards, ...rows.map((card) => [card.id, card] as const)]);
          this.#changed();
        },
        // The names are there; a row without more is no reason to trouble anybody.
        () => undefined,
      );
  }

  async #look(): Promise<void> {
    const lookup = ++this.#lookup;
    const shown = this.#only === null ? this.#roots : this.#roots.filter(({ id }) => id === this.#only);
    try {
      const found = await backend().filterTree(
        this.#filter.trim(),
        shown.map(({ id }) => id),
      );
      if (lookup !== this.#lookup) return;
      this.#found = found;
      this.#foundCards = new Map();
      this.#askedCards.clear();
      this.#filterFailure = null;
      this.#collapsed.clear();
      this.wish = { index: 0 };
    } catch (thrown) {
      if (lookup !== this.#lookup) return;
      this.#filterFailure = toAppError(thrown);
    }
    this.#changed();
  }

  /** Where a connection unfolds to its one database, that one unfolds with it. */
  #expandLonely(): void {
    const lonely: string[] = [];
    for (const row of this.#tree.rows) {
      if (row.type !== 'object' || row.kind !== 'database' || row.depth !== 1 || row.parent === null)
        continue;
      // The server itself stands beside its databases.
      const databases = row.siblings - Number(this.#hasServer(row.parent));
      if (this.#lonely.delete(row.parent) && databases === 1) lonely.push(row.key);
    }
    if (lonely.length > 0) this.#tree.expand(lonely);
  }

  #hasServer(connection: string): boolean {
    return this.#tree.rows.some(
      (row) => row.type === 'object' && row.kind === 'server' && row.parent === connection,
    );
  }

  #liftCursor(key: string): void {
    const top = this.indexOf(key);
    const at = this.indexOf(this.cursor);
    const depth = this.#rows[top]?.depth ?? 0;
    const below = this.#rows.slice(top + 1, at + 1);
    if (top >= 0 && at > top && below.every((row) => row.depth > depth)) this.cursor = key;
  }
}

/** The one tree of the window; it outlives the visits to the browser. */
export const browserTree = new TreeState();
