/** What every component test begins and ends with. */
import { cleanup } from '@testing-library/svelte';
import { afterEach } from 'vitest';
import { closeMenu } from '../lib/components/menu.svelte';
import { hideTip } from '../lib/components/tip.svelte';
import { clearToasts } from '../lib/components/toasts.svelte';
import { closeEditor } from '../lib/state/editor.svelte';
import { closePalette } from '../lib/state/palette.svelte';
import { restart } from '../lib/state/router.svelte';
import { leaveSample } from './sample';

afterEach(() => {
  cleanup();
  leaveSample();
  closeEditor();
  closePalette();
  closeMenu();
  hideTip();
  clearToasts();
  restart('dashboard');
  localStorage.clear();
  document.body.replaceChildren();
});
