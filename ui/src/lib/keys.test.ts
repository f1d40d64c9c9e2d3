import { describe, expect, it } from 'vitest';
import { isTyping, keyCaps, matchesKeys } from './keys';

const press = (key: string, held: Partial<KeyboardEventInit> = {}) =>
  new KeyboardEvent('keydown', { key, ...held });

describe('key combinations', () => {
  it('match with exactly their modifiers', () => {
    expect(matchesKeys(press('n', { ctrlKey: true }), 'Mod+N')).toBe(true);
    expect(matchesKeys(press('n'), 'Mod+N'), 'without Ctrl').toBe(false);
    expect(matchesKeys(press('N', { ctrlKey: true, shiftKey: true }), 'Mod+N'), 'with Shift too').toBe(false);
    expect(matchesKeys(press('ArrowLeft', { altKey: true }), 'Alt+Left')).toBe(true);
  });

  it('a sign is matched whether or not its layout needs Shift', () => {
    expect(matchesKeys(press('?', { shiftKey: true }), '?')).toBe(true);
    expect(matchesKeys(press('?'), '?')).toBe(true);
  });

  it('are shown as their caps', () => {
    expect(keyCaps('Mod+Shift+N')).toEqual(['Ctrl', 'Shift', 'N']);
  });

  it('know where characters are typed', () => {
    const input = document.createElement('input');
    let typing: boolean | null = null;
    input.addEventListener('keydown', (event) => (typing = isTyping(event)));
    input.dispatchEvent(press('a'));
    expect(typing).toBe(true);
  });
});
