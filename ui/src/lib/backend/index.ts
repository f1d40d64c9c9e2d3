/**
 * The one way from the window to what db-studio can do. `backend()` speaks to Rust
 * inside the app and to sample data in a plain browser; features see no difference.
 */
export type * from '../../bindings';
export { backend, useBackend, type Backend } from './backend';
