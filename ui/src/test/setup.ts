/** What every component test begins with. */
import { afterEach } from 'vitest';
import { hideTip } from '../lib/components/tip.svelte';

afterEach(() => {
  hideTip();
  document.body.replaceChildren();
});
