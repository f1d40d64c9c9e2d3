export type ConnectionId = number; export type UserId = number; export type ObjectId = number; export type SyncId = number; export type EngineId = string; export type Amount = number; export type Timestamp = number;
export type ErrorKind = 'signed_out'|'wrong_passphrase'|'vault_damaged'|'invalid_input'|'not_found'|'conflict'|'unreachable'|'tls'|'sign_in_refused'|'not_allowed'|'timed_out'|'busy'|'cancelled'|'unsupported'|'server'|'storage'|'internal';
export interface AppError { kind: ErrorKind; message: string; hint: string|null; field: string|null; causes: string[] }
export type ObjectKind = 'database'|'schema'|'table'|'view'|'materialized_view'|'foreign_table'|'column'|'primary_key'|'unique'|'check'|'exclusion'|'foreign_key'|'index'|'trigger';
export type Stage = 'parse'|'resolve'|'connect'|'tls'|'sign_in'|'server_version'|'privileges';
export type StageState = 'running'|'passed'|'skipped'|'failed';
export interface StageReport { stage: Stage; state: StageState; note: string|null; millis: number|null; error: AppError|null }
export interface Target { engine: EngineId; fields: { [key: string]: string } }
export type Environment = 'production'|'staging'|'development'|'local';
export interface ConnectionDraft { name: string; description: string; target: Target; colour: string; environment: Environment; folder: string; tags: string[]; favourite: boolean; read_only: boolean; metadata: { [key: string]: string } }
export interface Connection { id: ConnectionId; uuid: string; draft: ConnectionDraft; active: boolean; sort_order: number; created_at: Timestamp; updated_at: Timestamp; last_used_at: Timestamp|null }
export type FieldGroup = 'main'|'tls'|'limits';
export interface Choice { value: string; label: string; help: string }
export type FieldInput = { type: 'text' } | { type: 'password' } | { type: 'number'; min: number; max: number } | { type: 'file' } | { type: 'choice'; choices: Choice[] };
export interface FormField { key: string; label: string; help: string; placeholder: string; group: FieldGroup; input: FieldInput; required: boolean; default: string }
export type Tab = 'contents'|'columns'|'constraints'|'indexes'|'triggers'|'definition'|'details';
export interface TreeGroup { folder: string|null; kinds: ObjectKind[] }
export interface AttributeDescriptor { key: string; label: string; help: string }
export interface KindDescriptor { kind: ObjectKind; label: string; plural: string; parents: ObjectKind[]; children: TreeGroup[]; tabs: Tab[]; attributes: AttributeDescriptor[] }
export interface UrlParameter { name: string; field: string; values: [string, string][] }
export interface EngineDescriptor { id: string; label: string; schemes: string[]; file_extensions: string[]; parameters: UrlParameter[]; form: FormField[]; stages: Stage[]; kinds: KindDescriptor[] }
export interface PathStep { kind: ObjectKind; name: string }
export interface Warning { object: PathStep[]; reason: string; grant: string|null; unseen: boolean }
export interface UserCard { id: UserId; name: string; last_signed_in_at: Timestamp|null }
export interface Welcome { engines: EngineDescriptor[]; users: UserCard[]; signed_in: UserCard|null; version: string }
export interface Settings { lock_after_minutes: number; close_to_tray: boolean }
export type SyncScope = { type: 'connection' } | { type: 'object'; object: ObjectId };
export interface SyncEnded { sync: SyncId; at: Timestamp; error: AppError|null; added: Amount; changed: Amount; removed: Amount; warnings: Warning[] }
export interface SyncRun { run: number; connection: ConnectionId; scope: SyncScope; started_at: Timestamp; doing: string; done: Amount; total: Amount|null; ended: SyncEnded|null }
export interface Reach { at: Timestamp; millis: number|null; error: AppError|null; last_good_at: Timestamp|null; server: string|null }
export interface ConnectionCard { connection: Connection; address: string; database: string|null; has_password: boolean; reach: Reach|null; latencies: (number|null)[]; running: SyncRun|null; last_sync: SyncEnded|null; synced_at: Timestamp|null; counts: Partial<Record<ObjectKind, Amount>> }
export type PasswordInput = { type: 'keep' } | { type: 'none' } | { type: 'typed'; password: string } | { type: 'parsed'; ticket: number };
export interface ParsedString { target: Target; text: string; password_ticket: number|null; suggested_name: string; ignored: string[] }
export interface FieldProblem { field: string; message: string; hint: string }
export interface TestOutcome { stages: StageReport[]; millis: number; server: string|null; user: string|null; error: AppError|null; lacks: Warning[] }
export interface Deleted { undo_seconds: number }
export interface EngineCount { engine: EngineId; tables: Amount }
export interface RecentObject { object: ObjectId; connection: ConnectionId; kind: ObjectKind; parent: string|null; name: string; at: Timestamp }
export interface Dashboard { connections: number; active: number; reachable: number; failing: number; databases: Amount; tables: Amount; columns: Amount; catalogue_bytes: Amount; stale: ConnectionId[]; by_engine: EngineCount[]; recent: RecentObject[] }
export type Event =
  | { type: 'test_stage'; run: number; connection: ConnectionId|null; report: StageReport }
  | { type: 'connection_tested'; connection: ConnectionId }
  | { type: 'connections_changed' }
  | { type: 'sync'; run: SyncRun }
  | { type: 'catalogue_changed'; connection: ConnectionId }
  | { type: 'locked' }
  | { type: 'locks_in'; seconds: Amount|null };
