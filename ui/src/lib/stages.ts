/** The stages of a connection test in words. */
import type { Stage } from './backend';

/** The word for each stage. */
export const STAGE_LABELS: Readonly<Record<Stage, string>> = {
  parse: 'Parse',
  resolve: 'Resolve',
  connect: 'Connect',
  tls: 'TLS',
  sign_in: 'Sign in',
  server_version: 'Server version',
  privileges: 'Privileges',
};
