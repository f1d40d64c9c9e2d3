/** The backend over Tauri's commands and events; with the bindings, the only file that knows Tauri. */
import { getCurrentWindow } from '@tauri-apps/api/window';
import { commands, events } from '../../bindings';
import { toAppError } from '../errors';
import type { Backend } from './backend';

type Command = (...args: never[]) => Promise<unknown>;

/** Bad arguments and unknown commands reject with plain words; every failure leaves here as an `AppError`. */
function throwingAppErrors<C extends Record<string, Command>>(commands: C): C {
  const wrapped = Object.entries(commands).map(([name, command]) => [
    name,
    (...args: never[]) =>
      command(...args).catch((thrown: unknown) => {
        throw toAppError(thrown);
      }),
  ]);
  return Object.fromEntries(wrapped) as C;
}

/** The real backend. */
export const tauriBackend: Backend = {
  ...throwingAppErrors(commands),
  listen(hear) {
    const ready = events.studioEvent.listen(({ payload }) => hear(payload));
    return () => void ready.then((stop) => stop());
  },
  setTitle(title) {
    // A desktop without titles is no reason to trouble anybody.
    getCurrentWindow()
      .setTitle(title)
      .catch(() => undefined);
  },
};
