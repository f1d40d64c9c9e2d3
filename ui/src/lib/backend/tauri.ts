/** The backend over Tauri's commands and events. The only file that knows them. */
import type { Backend } from './backend';

export const tauriBackend: Backend = undefined as unknown as Backend;
