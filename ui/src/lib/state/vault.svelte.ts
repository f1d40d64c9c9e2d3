/** The time until the vault locks by itself, and the news that somebody is here. */
import { backend } from '../backend';
import { leave } from './session.svelte';

const TELL_EVERY = 15_000;

let locksAt = $state<number | null>(null);

/** When the vault locks by itself, in milliseconds since 1970; null when it never does or nobody said. */
export function vaultLocksAt(): number | null {
  return locksAt;
}

/** Follows the lock and tells of use; gives a function that ends it. */
export function followVault(): () => void {
  let told = 0;
  const used = () => {
    const now = Date.now();
    if (now - told < TELL_EVERY) return;
    told = now;
    // A failure here means that the vault is locked, of which an event tells.
    backend()
      .used()
      .catch(() => undefined);
  };
  const stop = backend().listen((event) => {
    if (event.type === 'locks_in')
      locksAt = event.seconds === null ? null : Date.now() + event.seconds * 1000;
    if (event.type === 'locked') leave();
  });
  const uses = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
  for (const use of uses) window.addEventListener(use, used, { passive: true });
  used();
  return () => {
    stop();
    locksAt = null;
    for (const use of uses) window.removeEventListener(use, used);
  };
}
