/** What the window makes of each kind of error. A new kind does not compile until it is here. */
import type { AppError, ErrorKind } from './backend';

/** How a kind of error is shown and what may be done about it. */
export interface Presentation {
  /** A few words that head the message. */
  title: string;
  /** Whether doing the same again may help. */
  retry: boolean;
}

const PRESENTATIONS: Readonly<Record<ErrorKind, Presentation>> = {
  signed_out: { title: 'Locked', retry: false },
  wrong_passphrase: { title: 'Wrong passphrase', retry: true },
  vault_damaged: { title: 'The vault cannot be read', retry: false },
  invalid_input: { title: 'Not usable as it is', retry: false },
  not_found: { title: 'Not there any more', retry: false },
  conflict: { title: 'Taken or changed meanwhile', retry: false },
  unreachable: { title: 'Not reachable', retry: true },
  tls: { title: 'No secure link', retry: true },
  sign_in_refused: { title: 'Sign in refused', retry: true },
  not_allowed: { title: 'Not allowed', retry: true },
  timed_out: { title: 'Took too long', retry: true },
  busy: { title: 'In use', retry: true },
  cancelled: { title: 'Cancelled', retry: true },
  unsupported: { title: 'Not supported', retry: false },
  server: { title: 'The server reported an error', retry: true },
  storage: { title: 'The catalogue could not be used', retry: true },
  internal: { title: 'A fault in db-studio', retry: true },
};

/** How this kind is shown. */
export function presentation(kind: ErrorKind): Presentation {
  return PRESENTATIONS[kind];
}

/** Whatever was thrown, as the error that the window shows. */
export function toAppError(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  const words = thrown instanceof Error ? thrown.message : typeof thrown === 'string' ? thrown : '';
  return {
    kind: 'internal',
    message: 'Something in db-studio did not work as it should.',
    hint: null,
    field: null,
    causes: words ? [words] : [],
  };
}

function isAppError(value: unknown): value is AppError {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    typeof value.kind === 'string' &&
    Object.hasOwn(PRESENTATIONS, value.kind) &&
    'message' in value
  );
}
