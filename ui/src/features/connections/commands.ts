/** The commands of one connection, as its context menu lists them. */
import Copy from '@lucide/svelte/icons/copy';
import Eye from '@lucide/svelte/icons/eye';
import EyeOff from '@lucide/svelte/icons/eye-off';
import ListTree from '@lucide/svelte/icons/list-tree';
import PlugZap from '@lucide/svelte/icons/plug-zap';
import RefreshCcwDot from '@lucide/svelte/icons/refresh-ccw-dot';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import Settings from '@lucide/svelte/icons/settings';
import Star from '@lucide/svelte/icons/star';
import StarOff from '@lucide/svelte/icons/star-off';
import Trash from '@lucide/svelte/icons/trash';
import type { ConnectionCard } from '../../lib/backend';
import type { MenuEntry } from '../../lib/components';
import {
  duplicate,
  setActive,
  syncAll,
  testAndTell,
  toggleFavourite,
} from '../../lib/state/connection-actions';
import { openEditor } from '../../lib/state/editor.svelte';
import { go } from '../../lib/state/router.svelte';

/** Shows a connection in the browser. */
export function openInBrowser(card: ConnectionCard): void {
  go('browser', { connection: String(card.connection.id) });
}

/** The entries of the menu; `askDelete` opens the confirmation. */
export function menuEntries(card: ConnectionCard, askDelete: () => void): MenuEntry[] {
  const { id, active, draft } = card.connection;
  return [
    { label: 'Open in the browser', icon: ListTree, run: () => openInBrowser(card) },
    'separator',
    { label: 'Test', icon: PlugZap, run: () => void testAndTell(id) },
    { label: 'Sync', icon: RefreshCw, run: () => void syncAll([id]), disabled: card.running !== null },
    {
      label: 'Sync everything anew',
      icon: RefreshCcwDot,
      run: () => void syncAll([id], 'everything'),
      disabled: card.running !== null,
    },
    'separator',
    { label: 'Edit', icon: Settings, run: () => openEditor({ connection: id }) },
    { label: 'Duplicate', icon: Copy, run: () => void duplicate(id) },
    {
      label: draft.favourite ? 'Take the star off' : 'Make it a favourite',
      icon: draft.favourite ? StarOff : Star,
      run: () => void toggleFavourite(card),
    },
    {
      label: active ? 'Deactivate' : 'Activate',
      icon: active ? EyeOff : Eye,
      run: () => void setActive([id], !active),
    },
    'separator',
    { label: 'Delete', icon: Trash, run: askDelete },
  ];
}
