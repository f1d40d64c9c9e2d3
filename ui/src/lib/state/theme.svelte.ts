/** Light, dark, or as the system has it. The choice is kept by Rust, as it holds before sign in. */
import { backend, type Theme } from '../backend';

let choice = $state<Theme>('system');

/** The choice that is in force. */
export function theme(): Theme {
  return choice;
}

/** Puts a choice in force for this window. */
export function applyTheme(next: Theme): void {
  choice = next;
  if (next === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = next;
}

/** Puts a choice in force and keeps it. Throws what went wrong. */
export async function chooseTheme(next: Theme): Promise<void> {
  applyTheme(next);
  await backend().setTheme(next);
}
