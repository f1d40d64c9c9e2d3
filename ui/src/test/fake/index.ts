/** A backend that lives in memory: for component tests, and for the window in a plain browser. */
import type {
  Backend,
  ConnectionCard,
  ConnectionDraft,
  Event,
  PasswordInput,
  DataFolder,
  Settings,
  StageReport,
  SyncRun,
  Target,
  TestOutcome,
  Theme,
  UserCard,
} from '../../lib/backend';
import { browseCommands } from './browse';
import { postgres, sqlite } from './engines';
import { appError, sampleCards } from './samples';

/** How the backend behaves. */
export interface FakeOptions {
  users?: UserCard[];
  signedIn?: boolean;
  cards?: ConnectionCard[];
  /** Between the steps of what takes time, in milliseconds. */
  pace?: number;
  now?: number;
  theme?: Theme;
}

/** The fake, with what tests need to look behind it. */
export interface FakeBackend extends Backend {
  /** Every call that was made, as its name and arguments. */
  readonly calls: readonly (readonly [string, ...unknown[]])[];
  /** Tells everyone who listens. */
  emit(event: Event): void;
  /** The connections that are kept. */
  cards(): ConnectionCard[];
}

/** The passphrase that signs in to the fake. */
export const PASSPHRASE = 'correct horse battery staple';
/** The password that the fake's servers accept. */
export const PASSWORD = 'right';

/** Makes a backend with sample data. */
export function fakeBackend(options: FakeOptions = {}): FakeBackend {
  const now = options.now ?? Date.now();
  const pace = options.pace ?? 0;
  const calls: [string, ...unknown[]][] = [];
  const hearers = new Set<(event: Event) => void>();
  const bin = new Map<number, ConnectionCard>();
  const stopped = new Set<number>();
  let users = options.users ?? [{ id: 1, name: 'Ada', last_signed_in_at: now - 86_400_000 }];
  let signedIn: UserCard | null = options.signedIn === false ? null : (users[0] ?? null);
  let cards = options.cards ?? sampleCards(now);
  let settings: Settings = { lock_after_minutes: 15, close_to_tray: false };
  let ticket: string | null = null;
  let theme: Theme = options.theme ?? 'system';
  let folder: DataFolder = {
    path: '/home/ada/.local/share/db-studio',
    next: null,
    catalogue: '/home/ada/.local/share/db-studio/catalogue.sqlite',
    catalogue_bytes: 38_400_000,
  };
  let lastRun = 1;

  const emit = (event: Event) => hearers.forEach((hear) => hear(event));
  const rest = () => (pace > 0 ? new Promise((done) => setTimeout(done, pace)) : Promise.resolve());
  const find = (id: number): ConnectionCard => {
    const card = cards.find((entry) => entry.connection.id === id);
    if (!card)
      throw appError('not_found', 'This connection does not exist.', 'It may have been deleted meanwhile.');
    return card;
  };
  const change = (id: number, to: (card: ConnectionCard) => ConnectionCard) => {
    cards = cards.map((card) => (card.connection.id === id ? to(card) : card));
    emit({ type: 'connections_changed' });
    return find(id);
  };
  const keep = (draft: ConnectionDraft, password: PasswordInput, id: number | null): ConnectionCard => {
    if (cards.some((card) => card.connection.draft.name === draft.name && card.connection.id !== id)) {
      throw {
        ...appError('conflict', `There is already a connection named ${draft.name}.`, 'Choose another name.'),
        field: 'name',
      };
    }
    const at = Date.now();
    const old = id === null ? undefined : find(id);
    const next = id ?? Math.max(0, ...cards.map((card) => card.connection.id)) + 1;
    const card: ConnectionCard = {
      connection: {
        id: next,
        uuid: old?.connection.uuid ?? `0197b000-0000-7000-8000-${String(next).padStart(12, '0')}`,
        draft,
        active: old?.connection.active ?? true,
        sort_order: old?.connection.sort_order ?? next,
        created_at: old?.connection.created_at ?? at,
        updated_at: at,
        last_used_at: old?.connection.last_used_at ?? null,
      },
      address: address(draft.target),
      database: draft.target.fields['database'] ?? null,
      has_password: password.type === 'keep' ? (old?.has_password ?? false) : password.type !== 'none',
      reach: old?.reach ?? null,
      latencies: old?.latencies ?? [],
      running: null,
      last_sync: old?.last_sync ?? null,
      synced_at: old?.synced_at ?? null,
      counts: old?.counts ?? {},
    };
    cards = old ? cards.map((entry) => (entry === old ? card : entry)) : [...cards, card];
    emit({ type: 'connections_changed' });
    return card;
  };
  const run = async (
    number: number,
    target: Target,
    connection: number | null,
    password: string | null,
  ): Promise<TestOutcome> => {
    const engine = target.engine === sqlite.id ? sqlite : postgres;
    const stages: StageReport[] = [];
    for (const stage of engine.stages) {
      emit({
        type: 'test_stage',
        run: number,
        connection,
        report: { stage, state: 'running', note: null, millis: null, error: null },
      });
      await rest();
      const error = stopped.has(number)
        ? appError('cancelled', 'The test was stopped.', 'Nothing was left behind.')
        : stage === 'sign_in' && password !== PASSWORD
          ? appError(
              'sign_in_refused',
              `The server refused the password for user ${target.fields['user'] ?? ''}.`,
              'Replace the password. If it is right, ask whether this user may sign in from this address.',
              ['FATAL: password authentication failed', 'SQLSTATE 28P01'],
            )
          : null;
      const report: StageReport = {
        stage,
        state: error ? 'failed' : 'passed',
        note: error ? 'refused' : (NOTES[stage] ?? null),
        millis: TIMES[stage] ?? 1,
        error,
      };
      stages.push(report);
      emit({ type: 'test_stage', run: number, connection, report });
      if (error) return { stages, millis: 47, server: null, user: null, error, lacks: [] };
    }
    return {
      stages,
      millis: 52,
      server: 'PostgreSQL 16.4',
      user: target.fields['user'] ?? null,
      error: null,
      lacks: [],
    };
  };
  const typed = (password: PasswordInput): string | null =>
    password.type === 'typed'
      ? password.password
      : password.type === 'parsed'
        ? ticket
        : password.type === 'keep'
          ? PASSWORD
          : null;

  const commands: Omit<Backend, 'listen' | 'setTitle'> = {
    ...browseCommands(() => cards, now),
    welcome: async () => ({
      engines: [postgres, sqlite],
      users,
      signed_in: signedIn,
      version: '0.1.0',
      theme,
    }),
    signUp: async (name) => {
      const user = { id: users.length + 1, name, last_signed_in_at: Date.now() };
      users = [user, ...users];
      signedIn = user;
      return user;
    },
    signIn: async (name, passphrase) => {
      await rest();
      const user = users.find((entry) => entry.name === name);
      if (!user || passphrase !== PASSPHRASE) {
        throw wrongPassphrase();
      }
      signedIn = user;
      return user;
    },
    lock: async () => {
      signedIn = null;
      emit({ type: 'locked' });
      return null;
    },
    changePassphrase: async (current) => {
      if (current !== PASSPHRASE) throw wrongPassphrase();
      return null;
    },
    used: async () => null,
    connections: async () => {
      await rest();
      return cards;
    },
    createConnection: async (draft, password) => keep(draft, password, null),
    updateConnection: async (id, draft, password) => keep(draft, password, id),
    duplicateConnection: async (id) => {
      const { draft } = find(id).connection;
      return keep({ ...draft, name: `${draft.name} copy` }, { type: 'keep' }, null);
    },
    connection: async (id) => find(id),
    deleteConnections: async (ids) => {
      for (const id of ids) bin.set(id, find(id));
      cards = cards.filter((card) => !ids.includes(card.connection.id));
      emit({ type: 'connections_changed' });
      return { undo_seconds: 8 };
    },
    restoreConnections: async (ids) => {
      const back = ids.flatMap((id) => bin.get(id) ?? []);
      cards = [...cards, ...back].sort((a, b) => a.connection.sort_order - b.connection.sort_order);
      for (const id of ids) bin.delete(id);
      emit({ type: 'connections_changed' });
      return null;
    },
    setActive: async (ids, active) => {
      for (const id of ids) change(id, (card) => ({ ...card, connection: { ...card.connection, active } }));
      return null;
    },
    parseConnectionString: async (words) => {
      const url = URL.parse(words.trim().replace(/^jdbc:/, ''));
      if (!url) {
        throw {
          ...appError(
            'invalid_input',
            'This is not a connection string that db-studio knows.',
            'It begins with a scheme such as postgres://.',
          ),
          field: 'string',
        };
      }
      const found = url.password ? decodeURIComponent(url.password) : null;
      if (found !== null) ticket = found;
      const target: Target = url.protocol.startsWith('postgres')
        ? {
            engine: postgres.id,
            fields: present({
              host: url.hostname,
              port: url.port,
              user: decodeURIComponent(url.username),
              database: url.pathname.slice(1),
              tls: url.searchParams.get('sslmode') ?? '',
            }),
          }
        : { engine: sqlite.id, fields: { file: url.pathname } };
      return {
        target,
        text: format(target),
        password_ticket: found === null ? null : 7,
        suggested_name: target.fields['database'] ?? target.fields['host'] ?? 'database',
        ignored: [],
      };
    },
    formatConnectionString: async (target) => format(target),
    validateTarget: async (target) =>
      target.engine === postgres.id && !target.fields['host']
        ? [
            {
              field: 'host',
              message: 'The host is missing.',
              hint: 'Type a name, an address or the folder of a socket.',
            },
          ]
        : [],
    testDraft: (number, target, password, of) => run(number, target, of, typed(password)),
    testConnection: async (number, id) => {
      const card = find(id);
      const outcome = await run(
        number,
        card.connection.draft.target,
        id,
        card.reach?.error ? 'wrong' : PASSWORD,
      );
      change(id, (old) => ({
        ...old,
        reach: {
          at: Date.now(),
          millis: outcome.error ? null : outcome.millis,
          error: outcome.error,
          last_good_at: outcome.error ? (old.reach?.last_good_at ?? null) : Date.now(),
          server: outcome.server ?? old.reach?.server ?? null,
        },
        latencies: [...old.latencies, outcome.error ? null : outcome.millis].slice(-24),
      }));
      emit({ type: 'connection_tested', connection: id });
      return outcome;
    },
    cancelTest: async (number) => {
      stopped.add(number);
      return null;
    },
    startSync: async (id, scope) => {
      const begun: SyncRun = {
        run: ++lastRun,
        connection: id,
        scope,
        started_at: Date.now(),
        doing: 'Reading tables',
        done: 0,
        total: 100,
        ended: null,
      };
      change(id, (card) => ({ ...card, running: begun }));
      emit({ type: 'sync', run: begun });
      void finish(begun);
      return begun;
    },
    cancelSync: async (number) => {
      stopped.add(-number);
      return null;
    },
    dashboard: async () => {
      const sum = (pick: (card: ConnectionCard) => number | undefined) =>
        cards.reduce((all, card) => all + (pick(card) ?? 0), 0);
      const active = cards.filter((card) => card.connection.active);
      return {
        connections: cards.length,
        active: active.length,
        reachable: active.filter((card) => card.reach && !card.reach.error).length,
        failing: active.filter((card) => card.reach?.error).length,
        databases: sum((card) => card.counts.database),
        tables: sum((card) => card.counts.table),
        columns: sum((card) => card.counts.column),
        catalogue_bytes: 38_400_000,
        stale: active
          .filter((card) => !card.synced_at || Date.now() - card.synced_at >= 86_400_000)
          .map((card) => card.connection.id),
        by_engine: [postgres.id, sqlite.id].map((engine) => ({
          engine,
          tables: cards
            .filter((card) => card.connection.draft.target.engine === engine)
            .reduce((all, card) => all + (card.counts.table ?? 0), 0),
        })),
        recent: [
          {
            object: 11,
            connection: 1,
            kind: 'table' as const,
            parent: 'sales',
            name: 'orders',
            at: now - 60_000,
          },
          {
            object: 12,
            connection: 3,
            kind: 'view' as const,
            parent: 'events',
            name: 'deliveries',
            at: now - 120_000,
          },
          {
            object: 13,
            connection: 7,
            kind: 'table' as const,
            parent: 'billing',
            name: 'invoices',
            at: now - 180_000,
          },
        ].filter((recent) => cards.some((card) => card.connection.id === recent.connection)),
      };
    },
    runningSyncs: async () => cards.flatMap((card) => card.running ?? []),
    settings: async () => settings,
    setSettings: async (next) => {
      settings = next;
      return null;
    },
    dataFolder: async () => folder,
    setDataFolder: async (path) => (folder = { ...folder, next: path }),
    setTheme: async (next) => {
      theme = next;
      return null;
    },
    pickFile: async () => '/home/ada/work/tariffs.sqlite',
    pickFolder: async () => '/home/ada/elsewhere',
  };

  async function finish(begun: SyncRun) {
    for (let done = 20; done <= 100; done += 20) {
      await rest();
      const error = stopped.has(-begun.run)
        ? appError('cancelled', 'The sync was stopped.', 'The last good catalogue is still there.')
        : null;
      const over = error !== null || done === 100;
      const at = Date.now();
      const step: SyncRun = {
        ...begun,
        done,
        ended: over ? { sync: begun.run, at, error, added: 0, changed: 0, removed: 0, warnings: [] } : null,
      };
      change(begun.connection, (card) => ({
        ...card,
        running: over ? null : step,
        last_sync: step.ended ?? card.last_sync,
        synced_at: over && !error ? at : card.synced_at,
      }));
      emit({ type: 'sync', run: step });
      if (over) return;
    }
  }

  const recorded = Object.fromEntries(
    Object.entries(commands).map(([name, command]) => [
      name,
      (...args: unknown[]) => {
        calls.push([name, ...args]);
        return (command as (...args: unknown[]) => unknown)(...args);
      },
    ]),
  ) as unknown as Omit<Backend, 'listen' | 'setTitle'>;

  return {
    ...recorded,
    listen: (hear) => {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    setTitle: () => undefined,
    calls,
    emit,
    cards: () => cards,
  };
}

const wrongPassphrase = () =>
  appError(
    'wrong_passphrase',
    'This is not the right passphrase.',
    'Check Caps Lock and the keyboard layout.',
  );

const NOTES: Partial<Record<StageReport['stage'], string>> = {
  parse: 'PostgreSQL, 1 host',
  resolve: '10.20.4.17',
  connect: 'port 5432 answers',
  tls: '1.3, verified',
  sign_in: 'accepted',
  server_version: 'PostgreSQL 16.4',
  privileges: 'may read 6 schemas',
};

const TIMES: Partial<Record<StageReport['stage'], number>> = {
  parse: 0.2,
  resolve: 4,
  connect: 11,
  tls: 23,
  sign_in: 9,
  server_version: 1.4,
  privileges: 3.1,
};

function present(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

function address({ fields }: Target): string {
  return fields['file'] ?? `${fields['host'] ?? 'localhost'}${fields['port'] ? `:${fields['port']}` : ''}`;
}

function format(target: Target): string {
  const { host, port, user, database, tls, file } = target.fields;
  if (file !== undefined) return `sqlite:${file}`;
  const who = user ? `${encodeURIComponent(user)}@` : '';
  return `postgres://${who}${host ?? ''}${port ? `:${port}` : ''}/${database ?? ''}${tls ? `?sslmode=${tls}` : ''}`;
}
