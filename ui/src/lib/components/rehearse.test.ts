import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { rehearse } from './rehearse';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** What happens to an element and below. */
function watched(element: Element) {
  const records: MutationRecord[] = [];
  const observer = new MutationObserver((more) => records.push(...more));
  observer.observe(element, { subtree: true, childList: true, attributes: true, characterData: true });
  return () => [...records, ...observer.takeRecords()];
}

it('a menu and a list are drawn outside of the page and are gone before anything else happens', async () => {
  const input = document.body.appendChild(document.createElement('input'));
  input.focus();
  const focused = vi.fn();
  document.addEventListener('focusin', focused);
  const outside = document.createElement('div');
  const page = watched(document.documentElement);

  rehearse(outside);
  document.body.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
  vi.advanceTimersByTime(2000);
  const roles = ['menu', 'listbox'].filter((role) => outside.querySelector(`[role=${role}]`));
  expect(roles, 'both are open').toEqual(['menu', 'listbox']);
  expect(outside.isConnected, 'where nobody sees them').toBe(false);

  // No event comes between: only what the layers themselves wait for.
  for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
  expect(outside.textContent, 'they are gone').toBe('');
  expect(page(), 'the page is as it was').toEqual([]);
  expect(document.activeElement).toBe(input);
  expect(focused).not.toHaveBeenCalled();
  document.removeEventListener('focusin', focused);
});
