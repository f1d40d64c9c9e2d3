/** How key combinations are written, matched and shown. What they do is the shell's business. */

const MAC = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform);

const SYMBOLS: Readonly<Record<string, string>> = MAC
  ? { Mod: '⌘', Shift: '⇧', Alt: '⌥', Left: '←', Right: '→', Enter: '↵' }
  : { Mod: 'Ctrl', Left: '←', Right: '→' };

/** The key caps of a combination, as this platform names them. */
export function keyCaps(keys: string): string[] {
  return keys.split('+').map((key) => SYMBOLS[key] ?? key);
}

/** Whether the event is this combination, such as `Mod+N`, `Alt+Left` or `F5`. */
export function matchesKeys(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  const wants = (modifier: string) => parts.includes(modifier);
  const mod = MAC ? event.metaKey : event.ctrlKey;
  const other = MAC ? event.ctrlKey : event.metaKey;
  // A character such as ? needs Shift on some layouts and not on others.
  const shiftMatters = /^[a-z0-9]$/i.test(key) || key.length > 1;
  return (
    mod === wants('Mod') &&
    !other &&
    event.altKey === wants('Alt') &&
    (!shiftMatters || event.shiftKey === wants('Shift')) &&
    eventKey(event) === key.toLowerCase()
  );
}

function eventKey(event: KeyboardEvent): string {
  return event.key.replace(/^Arrow/, '').toLowerCase();
}

/** Whether typed characters go into the event's target. */
export function isTyping(event: Event): boolean {
  const target = event.target;
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  );
}
