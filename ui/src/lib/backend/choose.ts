/** Chooses the backend: Rust inside the app, sample data in a plain browser while developing. */
import { useBackend } from './backend';

/** Makes the right backend the one in use. */
export async function chooseBackend(): Promise<void> {
  if (import.meta.env.MODE !== 'production' && !('__TAURI_INTERNALS__' in window)) {
    const { browserBackend } = await import('../../test/fake/browser');
    useBackend(browserBackend());
  } else {
    const { tauriBackend } = await import('./tauri');
    useBackend(tauriBackend);
  }
}
