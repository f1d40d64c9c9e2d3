/**
 * The tree of the browser as the view sees it: the rows that are here, the row with the cursor, the
 * filter. Which rows there are is known in Rust; this asks for those in sight and says what to do.
 */
import {
  backend,
  type AppError,
  type ConnectionCard,
  type PathLink,
  type TreeAct,
  type TreeMark,
  type TreeView,
} from '../../lib/backend';
import { toAppError } from '../../lib/errors';
import { connectionCard } from '../../lib/state/connections.svelte';
import { engineOf } from '../../lib/state/session.svelte';
import {
  connectionKey,
  failedRow,
  pathKey,
  RowWindow,
  treeRow,
  waitingRow,
  type RowList,
  type TreeRow,
} from '../../lib/tree';
import { recall, retain } from './memory';

const TYPING = 150;
/** How many rows are asked for before it is known how many are in sight. */
const FIRST = 80;
/** So many milliseconds after a jump to other rows, one is not about to jump on. */
const ARRIVED = 60;

/** A row that wants to be seen. */
interface Wish {
  readonly index: number;
  readonly align: 'auto' | 'center';
}

/** How something is done to the tree. */
interface Doing {
  /** Called when all that was asked for before is done. */
  readonly begun?: () => void;
  /** Called with where it led, before what the tree shows then is drawn. */
  readonly shown?: (to: TreeMark | null) => void;
  /** Whether one sees the first rows then, wherever one is now. */
  readonly fromTop?: boolean;
}

/** The tree and what is done in it. */
export class TreeState {
  #window = new RowWindow<TreeRow>(waitingRow);
  #user: number | null = null;
  #cards: readonly ConnectionCard[] = [];
  #open: number | null = null;
  #shown: readonly number[] = [];
  #sight: readonly [first: number, last: number] = [0, FIRST - 1];
  /** What is to be done, one after the other; scrolling waits for none of it. */
  #acts: Promise<void> = Promise.resolve();
  #waiting = 0;
  #refreshing = false;
  #looking = false;
  /** Runs while one jumps from rows to others. */
  #jumping: ReturnType<typeof setTimeout> | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #applied = '';

  /** Changes whenever other rows are here. */
  #turn = $state(0);
  #only = $state<number | null>(null);
  #filter = $state('');
  #found = $state<number | null>(null);
  #failure = $state.raw<AppError | null>(null);
  #cursor = $state<string | null>(null);
  #cursorAt = $state(-1);
  /** The key of the row whose page is open. */
  opened = $state<string | null>(null);
  /** The page that was open last, as the router keeps it. */
  at: Readonly<Record<string, string>> = {};
  /** A row that wants to be seen; a new object each time. */
  wish = $state.raw<Wish | null>(null);

  /** The rows from top to bottom; a new list whenever other rows are here. */
  readonly rows = $derived.by((): RowList<TreeRow> => {
    void this.#turn;
    const rows = this.#window;
    const failed = this.#failure && rows.length === 0 ? failedRow(this.#failure) : null;
    return failed ? { length: 1, at: () => failed, has: () => true } : rows.list();
  });

  /** The one connection that is shown; null for all active ones. */
  get only(): number | null {
    return this.#only;
  }

  /** The text that names must hold. */
  get filter(): string {
    return this.#filter;
  }

  /** How many objects the filter found; null without a filter and while it looks for the first time. */
  get found(): number | null {
    return this.#found;
  }

  /** Why the last rows could not be loaded. */
  get failure(): AppError | null {
    return this.#failure;
  }

  /** The key of the row with the cursor. */
  get cursor(): string | null {
    return this.#cursor;
  }

  /** The number of the row with the cursor; −1 for none. */
  get cursorAt(): number {
    return this.#cursorAt;
  }

  /** The row with the cursor, if it is here. */
  get cursorRow(): TreeRow | undefined {
    void this.#turn;
    return this.#cursorAt < 0 ? undefined : this.#window.loaded(this.#cursorAt);
  }

  /** Begins for a user. */
  begin(user: number): void {
    if (this.#user === user) return;
    const kept = recall(user);
    this.#user = user;
    this.#window = new RowWindow<TreeRow>(waitingRow);
    this.#only = kept?.only ?? null;
    this.at = kept?.at ?? {};
    this.#cursor = this.opened = kept?.opened ?? null;
    this.#cursorAt = -1;
    clearTimeout(this.#typing);
    this.#filter = this.#applied = '';
    this.#found = null;
    this.#failure = null;
    this.#shown = [];
    this.#turn += 1;
    this.#setShown();
  }

  /** The connections there are, in order. */
  setConnections(cards: readonly ConnectionCard[], open: number | null): void {
    this.#cards = cards;
    this.#open = open;
    if (this.#only !== null && !cards.some(({ connection }) => connection.id === this.#only))
      this.#only = null;
    this.#setShown();
  }

  /** Shows one connection, or all active ones. */
  show(only: number | null): void {
    this.#only = only;
    if (only !== null) this.expand([connectionKey(only)]);
    this.#setShown();
    this.remember();
  }

  /** Expands rows. */
  expand(keys: readonly string[]): void {
    void this.#act({ type: 'expand', keys: [...keys] });
  }

  /** Collapses rows; a cursor below one of them goes up to it. */
  collapse(keys: readonly string[]): void {
    void this.#act({ type: 'collapse', keys: [...keys] });
  }

  /** Expands or collapses a row. */
  toggle(row: TreeRow): void {
    if (!row.unfolds) return;
    if (row.open) this.collapse([row.key]);
    else this.expand([row.key]);
  }

  /** Expands everything that hangs directly from a row; all connections without one. */
  expandEach(key: string | null): void {
    void this.#act({ type: 'expand_each', key });
  }

  /** Expands a row and everything below it. */
  expandAll(key: string): void {
    void this.#act({ type: 'expand_all', key });
  }

  /** Collapses a row and everything below it. */
  collapseAll(key: string): void {
    void this.#act({ type: 'collapse_all', key });
  }

  /** Says which rows are in sight; what they lack is asked for. */
  inSight(first: number, last: number): void {
    const [before, until] = this.#sight;
    this.#sight = [first, Math.max(last, first)];
    if (first > until || last < before) {
      clearTimeout(this.#jumping);
      this.#jumping = setTimeout(() => {
        this.#jumping = undefined;
        void this.#look();
      }, ARRIVED);
    }
    void this.#look();
  }

  /** Tries again what has failed. */
  retry(): void {
    this.refresh();
  }

  /** Reads what is shown again. */
  refresh(): void {
    if (this.#refreshing) return;
    this.#refreshing = true;
    void this.#act({ type: 'refresh' }, { begun: () => (this.#refreshing = false) });
  }

  /** Sets the text that names must hold. */
  setFilter(text: string): void {
    this.#filter = text;
    clearTimeout(this.#typing);
    const wanted = text.trim();
    if (wanted === this.#applied) return;
    const apply = () => {
      const cleared = wanted === '';
      this.#applied = wanted;
      const key = cleared ? this.#cursor : null;
      void this.#act(key === null ? null : { type: 'find', key }, {
        fromTop: true,
        shown: () => {
          if (this.#applied !== wanted) return;
          this.wish = { index: cleared ? Math.max(this.#cursorAt, 0) : 0, align: 'auto' };
        },
      });
    };
    if (wanted === '') apply();
    else this.#typing = setTimeout(apply, TYPING);
  }

  /** Puts the cursor on a row and brings it into sight. */
  moveTo(index: number): void {
    if (index < 0 || index >= this.#window.length) return;
    this.#cursorAt = index;
    // Where the row is not here yet, its key is taken when it comes.
    this.#cursor = this.#window.loaded(index)?.key ?? null;
    this.wish = { index, align: 'auto' };
  }

  /** Puts the cursor on the next row whose name begins with a text. */
  typeAhead(text: string): void {
    void this.#act(() => ({ type: 'type_ahead', text, at: Math.max(this.#cursorAt, 0) }), {
      shown: (to) => this.#goTo(to),
    });
  }

  /** Puts the cursor on the first row that the filter found. */
  goToFound(): void {
    void this.#act({ type: 'first_found' }, { shown: (to) => this.#goTo(to) });
  }

  /** Brings the row whose page is open into sight, or the one that it is folded into. */
  locate(): void {
    const key = this.opened;
    if (key === null) return;
    void this.#act({ type: 'find', key }, { shown: (to) => this.#goTo(to, 'center') });
  }

  /** Unfolds the way to an object, and brings it into sight. */
  async reveal(connection: number, path: readonly PathLink[], chosen?: string): Promise<void> {
    const object = path.at(-1)?.id;
    if (object === undefined) return;
    const key = pathKey(
      connection,
      path.map(({ step }) => step),
    );
    const opened = chosen?.startsWith(`${key}/`) ? chosen : key;
    this.opened = opened;
    this.remember();
    let to = await this.#act({ type: 'reveal', object });
    if (opened !== key) to = await this.#act({ type: 'find', key: opened });
    if (to?.exact && this.opened === opened) this.#goTo(to);
  }

  /** When all is done that was asked for so far; null when nothing is under way. */
  settled(): Promise<void> | null {
    return this.#waiting === 0 ? null : this.#acts;
  }

  /** Keeps what is open for a restart of the page. */
  remember(): void {
    if (this.#user === null) return;
    const { opened, at } = this;
    retain({ user: this.#user, only: this.#only, opened, at });
  }

  #goTo(to: TreeMark | null, align: Wish['align'] = 'auto'): void {
    if (!to) return;
    this.#cursor = to.key;
    this.#cursorAt = to.at;
    this.wish = { index: to.at, align };
  }

  #setShown(): void {
    // An inactive connection is there when it is open or asked for.
    const shown = this.#cards
      .filter(({ connection: { id, active } }) =>
        this.#only === null ? active || id === this.#open : id === this.#only,
      )
      .map(({ connection }) => connection.id);
    if (shown.length === this.#shown.length && shown.every((id, at) => id === this.#shown[at])) return;
    this.#shown = shown;
    void this.#act(null);
  }

  /** Does something to the tree after all that was asked for before, and takes in what it shows then. */
  #act(act: TreeAct | (() => TreeAct) | null, how: Doing = {}): Promise<TreeMark | null> {
    this.#waiting += 1;
    const done = this.#acts.then(async () => {
      how.begun?.();
      return this.#ask(typeof act === 'function' ? act() : act, how);
    });
    this.#acts = done.then(() => {
      this.#waiting -= 1;
      void this.#look();
    });
    return done;
  }

  async #ask(act: TreeAct | null, { fromTop, shown }: Doing): Promise<TreeMark | null> {
    const [first, last] = this.#sight;
    const [from, count] = [fromTop ? 0 : Math.max(0, first - FIRST / 2), last - first + 1 + FIRST];
    const marks = this.#cursor === null ? [] : [this.#cursor];
    const view = await this.#request(act, from, count, marks, ({ marks: [mark], to }) => {
      if (mark !== undefined) {
        this.#cursor = mark?.key ?? null;
        this.#cursorAt = mark?.at ?? -1;
      }
      shown?.(to);
    });
    return view?.to ?? null;
  }

  /** Asks for what is in sight and not here, as long as there is any. */
  async #look(): Promise<void> {
    if (this.#looking || this.#waiting > 0) return;
    this.#looking = true;
    for (;;) {
      const wanted = this.#window.wanted(...this.#sight);
      if (!wanted || this.#waiting > 0) break;
      // What is around them would keep those waiting that one jumps to next.
      if (this.#jumping !== undefined && this.#window.has(...this.#sight)) break;
      const { version } = this.#window;
      const view = await this.#request(null, wanted.from, wanted.count, []);
      if (!view) break;
      // Rows stand elsewhere by now, so the cursor does too.
      if (view.version !== version) {
        void this.#act(null);
        break;
      }
    }
    this.#looking = false;
  }

  async #request(
    act: TreeAct | null,
    from: number,
    count: number,
    marks: readonly string[],
    taken?: (view: TreeView) => void,
  ): Promise<TreeView | null> {
    const rows = this.#window;
    const [filter, shown] = [this.#applied, this.#shown];
    try {
      const request = { connections: [...shown], filter, act, from, count, marks: [...marks] };
      const view = await backend().tree(request);
      if (rows !== this.#window) return null;
      this.#failure = null;
      this.#take(view);
      taken?.(view);
      return view;
    } catch (thrown) {
      const error = toAppError(thrown);
      if (rows === this.#window && error.kind !== 'cancelled') this.#failure = error;
      return null;
    }
  }

  #take({ version, total, from, rows, found }: TreeView): void {
    const filtered = found !== null;
    this.#window.put(version, total, from, rows, (row) => treeRow(row, engineIn(row.connection), filtered));
    this.#found = found;
    if (this.#cursor === null && this.#cursorAt >= 0)
      this.#cursor = this.#window.loaded(this.#cursorAt)?.key ?? null;
    this.#turn += 1;
  }
}

function engineIn(connection: number) {
  return engineOf(connectionCard(connection)?.connection.draft.target.engine ?? '');
}

/** The one tree of the window; it outlives the visits to the browser. */
export const browserTree = new TreeState();
