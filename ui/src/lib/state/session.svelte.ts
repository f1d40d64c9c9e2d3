/** Who is signed in, and what may be known before: engines, users, version. */
import { backend, type AppError, type EngineDescriptor, type UserCard, type Welcome } from '../backend';
import { toAppError } from '../errors';
import { goOnAt } from './router.svelte';
import { applyTheme } from './theme.svelte';

/** How far the window has come. */
export type Phase = 'starting' | 'failed' | 'first_run' | 'signed_out' | 'open';

let phase = $state<Phase>('starting');
let known = $state.raw<Welcome | null>(null);
let user = $state.raw<UserCard | null>(null);
let failure = $state.raw<AppError | null>(null);

/** Where the window stands. */
export const session = {
  get phase(): Phase {
    return phase;
  },
  /** Why nothing could be learned at all. */
  get failure(): AppError | null {
    return failure;
  },
  get user(): UserCard | null {
    return user;
  },
  get users(): readonly UserCard[] {
    return known?.users ?? [];
  },
  get engines(): readonly EngineDescriptor[] {
    return known?.engines ?? [];
  },
  get version(): string {
    return known?.version ?? '';
  },
};

/** The engine's declaration, if it is one of ours. */
export function engineOf(id: string): EngineDescriptor | undefined {
  return known?.engines.find((engine) => engine.id === id);
}

/** Learns who is here. */
export async function startSession(): Promise<void> {
  phase = 'starting';
  try {
    known = await backend().welcome();
    applyTheme(known.theme);
    user = known.signed_in;
    if (user) await goOn();
    phase = user ? 'open' : known.users.length > 0 ? 'signed_out' : 'first_run';
  } catch (thrown) {
    failure = toAppError(thrown);
    phase = 'failed';
  }
}

/** Goes on where a window that was closed meanwhile stood. */
async function goOn(): Promise<void> {
  try {
    const left = await backend().leftAt();
    if (left !== null) goOnAt(left);
  } catch {
    // One begins at the first page.
  }
}

/** Makes a user and opens their window. Throws what went wrong. */
export async function signUp(name: string, passphrase: string): Promise<void> {
  user = await backend().signUp(name, passphrase);
  phase = 'open';
}

/** Opens a user's window. Throws what went wrong. */
export async function signIn(name: string, passphrase: string): Promise<void> {
  user = await backend().signIn(name, passphrase);
  phase = 'open';
}

/** Goes to the sign up of another person on this machine, and back. */
export function showSignUp(show: boolean): void {
  phase = show || session.users.length === 0 ? 'first_run' : 'signed_out';
}

/** Closes the vault. Rust then puts a new page in place of this one, whose memory goes with it. */
export async function lock(): Promise<void> {
  await backend().lock();
  leave();
}

/** Takes everything off the page, until the new one is there. */
export function leave(): void {
  user = null;
  phase = 'starting';
}
