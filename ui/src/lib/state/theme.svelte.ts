/** Light, dark, or as the system has it. */

/** What may be chosen. */
export type ThemeChoice = 'system' | 'light' | 'dark';

let choice = $state<ThemeChoice>('system');

/** The choice that is in force. */
export function theme(): ThemeChoice {
  return choice;
}

/** Puts a choice in force for this window. */
export function applyTheme(next: ThemeChoice): void {
  choice = next;
  if (next === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = next;
}
