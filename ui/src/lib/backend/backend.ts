/** The commands and events of db-studio as the window uses them: failures are thrown `AppError`s. */
import type * as t from './types';

/** What the window can ask for. */
export interface Backend {
  welcome(): Promise<t.Welcome>;
  signUp(name: string, passphrase: string): Promise<t.UserCard>;
  signIn(name: string, passphrase: string): Promise<t.UserCard>;
  lock(): Promise<null>;
  changePassphrase(current: string, next: string): Promise<null>;
  used(): Promise<null>;
  connections(): Promise<t.ConnectionCard[]>;
  connection(id: t.ConnectionId): Promise<t.ConnectionCard>;
  createConnection(draft: t.ConnectionDraft, password: t.PasswordInput): Promise<t.ConnectionCard>;
  updateConnection(id: t.ConnectionId, draft: t.ConnectionDraft, password: t.PasswordInput): Promise<t.ConnectionCard>;
  duplicateConnection(id: t.ConnectionId): Promise<t.ConnectionCard>;
  deleteConnections(ids: t.ConnectionId[]): Promise<t.Deleted>;
  restoreConnections(ids: t.ConnectionId[]): Promise<null>;
  setActive(ids: t.ConnectionId[], active: boolean): Promise<null>;
  parseConnectionString(text: string): Promise<t.ParsedString>;
  formatConnectionString(target: t.Target): Promise<string>;
  validateTarget(target: t.Target): Promise<t.FieldProblem[]>;
  testConnection(run: number, id: t.ConnectionId): Promise<t.TestOutcome>;
  testDraft(run: number, target: t.Target, password: t.PasswordInput, of: t.ConnectionId | null): Promise<t.TestOutcome>;
  cancelTest(run: number): Promise<null>;
  startSync(connection: t.ConnectionId, scope: t.SyncScope): Promise<t.SyncRun>;
  cancelSync(run: number): Promise<null>;
  dashboard(): Promise<t.Dashboard>;
  settings(): Promise<t.Settings>;
  /** Calls back for every event; gives a function that ends it. */
  listen(hear: (event: t.Event) => void): () => void;
}

let chosen: Backend | undefined;

/** Chooses the backend; once, before anything is drawn. Tests choose the sample data. */
export function useBackend(next: Backend): void {
  chosen = next;
}

/** The backend that was chosen. */
export function backend(): Backend {
  if (!chosen) throw new Error('No backend has been chosen.');
  return chosen;
}
