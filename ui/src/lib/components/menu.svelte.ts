/**
 * Menus: one layer for the whole window (`MenuLayer`). A menu is a list of
 * entries opened at a point or at an element, by mouse or by keyboard.
 */
import type { Component } from 'svelte';

/** One line of a menu. */
export interface MenuItem {
  label: string;
  run: () => void;
  icon?: Component<{ size?: number }>;
  /** The keys that do the same, such as `Mod+N`. */
  keys?: string;
  disabled?: boolean;
  /** A choice that is on or off; absent for plain commands. */
  checked?: boolean;
}

/** What a menu is made of. */
export type MenuEntry = MenuItem | 'separator';

/** A menu that is open. */
export interface OpenMenu {
  entries: readonly MenuEntry[];
  label: string;
  anchor: { getBoundingClientRect: () => DOMRect };
  /** Where the focus goes back to. */
  origin: HTMLElement | null;
}

let open = $state.raw<OpenMenu | null>(null);

/** The open menu, if any. */
export function currentMenu(): OpenMenu | null {
  return open;
}

/** Closes the open menu. */
export function closeMenu(): void {
  open = null;
}

/** Opens a menu below an element. */
export function openMenuAt(element: HTMLElement, label: string, entries: readonly MenuEntry[]): void {
  open = { entries, label, anchor: element, origin: element };
}

/** Opens a context menu where the pointer is, or below the focused element when a key asked for it. */
export function openContextMenu(event: MouseEvent, label: string, entries: readonly MenuEntry[]): void {
  event.preventDefault();
  event.stopPropagation();
  const origin = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  const byKey = event.clientX === 0 && event.clientY === 0;
  const target = event.target instanceof HTMLElement ? event.target : origin;
  const rect = byKey && target ? target.getBoundingClientRect() : new DOMRect(event.clientX, event.clientY);
  open = { entries, label, anchor: { getBoundingClientRect: () => rect }, origin };
}
