/** Moving, opening and selecting in a list of connections, by keyboard and by mouse. */
import type { ConnectionCard } from '../../lib/backend';
import { openContextMenu } from '../../lib/components';
import { testAll, syncAll } from '../../lib/state/connection-actions';
import { openEditor } from '../../lib/state/editor.svelte';
import { menuEntries, openInBrowser } from './commands';
import { clearSelection, listView, selectOnly, selectTo, toggleSelected } from './view.svelte';

interface Options {
  cards: () => readonly ConnectionCard[];
  /** How many stand side by side. */
  columns: (grid: HTMLElement) => number;
  ondelete: (ids: readonly number[]) => void;
  /** Brings the row at this place into sight before it is focused. */
  reveal?: (index: number) => void;
}

/** The behaviour of one list; its rows carry their connection's id as `data-id`. */
export function listKeys({ cards, columns, ondelete, reveal }: Options) {
  let current = $state<number | null>(null);

  const order = () => cards().map((card) => card.connection.id);
  const shownCurrent = () => (current !== null && order().includes(current) ? current : (order()[0] ?? null));
  const chosen = (id: number) => (listView.selected.has(id) ? [...listView.selected] : [id]);

  function focus(grid: HTMLElement, index: number) {
    const id = order()[index];
    if (id === undefined) return;
    current = id;
    reveal?.(index);
    requestAnimationFrame(() => grid.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus());
  }

  function keydown(event: KeyboardEvent) {
    const grid = event.currentTarget;
    const row = event.target;
    if (!(grid instanceof HTMLElement) || !(row instanceof HTMLElement)) return;
    if (event.key === 'Escape' && listView.selected.size > 0) {
      clearSelection();
      return;
    }
    // Keys pressed in a button of the row belong to the button.
    if (row.dataset['id'] === undefined || event.metaKey || event.altKey) return;
    const id = Number(row.dataset['id']);
    const card = cards().find((entry) => entry.connection.id === id);
    const index = order().indexOf(id);
    if (!card || index < 0) return;
    const last = cards().length - 1;
    const wide = columns(grid);

    const moves: Readonly<Record<string, number>> = {
      ArrowRight: index + 1,
      ArrowLeft: index - 1,
      ArrowDown: index + wide,
      ArrowUp: index - wide,
      Home: 0,
      End: last,
    };
    const to = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (to !== undefined) {
      event.preventDefault();
      if (to < 0 || to > last) return;
      if (event.shiftKey) {
        if (listView.selected.size === 0) toggleSelected(id);
        selectTo(order()[to] as number, order());
      }
      focus(grid, to);
    } else if (event.ctrlKey) {
      if (event.key === 'a') {
        event.preventDefault();
        selectOnly(order());
      }
    } else if (event.key === 'Enter') {
      event.preventDefault();
      openInBrowser(card);
    } else if (event.key === ' ') {
      event.preventDefault();
      toggleSelected(id);
    } else if (event.key === 'Delete') {
      ondelete(chosen(id));
    } else if (event.key === 'e') {
      openEditor({ connection: id });
    } else if (event.key === 't') {
      void testAll(chosen(id));
    } else if (event.key === 's') {
      void syncAll(chosen(id));
    }
  }

  function click(event: MouseEvent, card: ConnectionCard) {
    if (event.target instanceof Element && event.target.closest('button')) return;
    const { id } = card.connection;
    current = id;
    if (event.shiftKey) selectTo(id, order());
    else if (event.ctrlKey || event.metaKey) toggleSelected(id);
    else if (listView.selected.size > 0) selectOnly([id]);
    else openInBrowser(card);
  }

  function focusin(event: FocusEvent) {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-id]') : null;
    if (row) current = Number(row.dataset['id']);
  }

  function contextmenu(event: MouseEvent, card: ConnectionCard) {
    openContextMenu(
      event,
      card.connection.draft.name,
      menuEntries(card, () => ondelete([card.connection.id])),
    );
  }

  return {
    isCurrent: (id: number) => id === shownCurrent(),
    keydown,
    click,
    focusin,
    contextmenu,
  };
}
