// The engines that are measured: where each one's tables are, what reading them costs at
// least, and how they are changed. The SQL of the tables is in tests/support/scale.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runMeasured } from './processes.mjs';
import { scale } from './studio.mjs';

const raw = join(dirname(dirname(fileURLToPath(import.meta.url))), 'raw');
const shapes = ['wide', 'deep', 'schemas', 'databases'];
const groups = ['sales', 'stock', 'finance', 'people', 'support', 'shipping', 'buying', 'quality', 'web'];
groups.push('archive');

/** What is changed between two readings: a table that others refer to. */
const changed = 'booking_archive_3';

/** A private server; `programs` says where ours are. */
class Server {
  #child;

  async start(programs, kind, variable) {
    this.#child = spawn(programs.servers, [kind], { stdio: ['pipe', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: this.#child.stdout })) {
      if (line === 'ready') return this;
      if (line.startsWith(`${variable}=`)) this.url = new URL(line.slice(variable.length + 1));
    }
    throw new Error(`The server ${kind} did not start.`);
  }

  /** The process above the server's own. */
  get pid() {
    return this.#child.pid;
  }

  async end() {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.stdin.end();
    await ended;
  }
}

class Engine {
  flat = false;
  peers = { sqlalchemy: [], dbgate: [] };

  constructor(programs) {
    this.programs = programs;
  }

  make(size) {
    this.isShape = shapes.includes(size);
    if (this.isShape) {
      this.table = 'changing';
      this.peers = {};
    }
    scale(this.programs.scale, 'make', this.name, this.place, size);
  }

  run(sql, place = this.place) {
    scale(this.programs.scale, 'run', this.name, place, sql);
  }

  /** What the server says that it holds. */
  count() {
    return scale(this.programs.scale, 'count', this.name, this.place);
  }

  /** What a catalogue says that it holds. */
  kept(catalogue) {
    return scale(this.programs.scale, 'kept', catalogue, 'measured', this.flat ? 'flat' : 'placed');
  }

  /** What else there is to say of the raw reading, if anything. */
  remark() {}

  /** Writes a row into a table; no schema changes. */
  write(round) {
    if (this.isShape) return this.run(`INSERT INTO ${this.table} (id) VALUES (${round})`);
    const values = `VALUES (true, '2026-01-01', 'x')`;
    return this.run(`INSERT INTO ${this.table} (is_active, due_on, code) ${values}`);
  }

  /** Changes one table. */
  change(round) {
    this.run(`ALTER TABLE ${this.table} ADD COLUMN added_in_round_${round} integer`);
  }
}

class Postgres extends Engine {
  name = 'postgres';
  title = 'PostgreSQL';
  rawIs = 'psql, 5 set-based questions, rows to nowhere';
  table = `sales.${changed}`;

  async start() {
    this.server = await new Server().start(this.programs, 'debian', 'DB_STUDIO_TEST_POSTGRES_URL');
    const url = this.server.url;
    url.searchParams.set('sslmode', 'disable');
    const admin = url.href;
    this.run('CREATE DATABASE bench', admin);
    this.run('CREATE DATABASE empty', admin);
    const of = (database) => Object.assign(new URL(admin), { pathname: `/${database}` }).href;
    [this.place, this.empty] = [of('bench'), of('empty')];
    this.url = this.place;
    const ask = ['-XqAt', '-c', 'SHOW server_version', this.place];
    this.version = spawnSync('psql', ask, { encoding: 'utf8' }).stdout.split(' ')[0];
    this.pid = this.server.pid;
    this.peers.sqlalchemy = [this.place.replace('postgres:', 'postgresql+psycopg:'), ...groups];
    this.peers.dbgate = ['postgres', this.place, 'bench'];
  }

  /** Statistics as on a server that has been up for long. */
  settle() {
    if (this.changing) return this.run('CHECKPOINT');
    this.run('VACUUM ANALYZE');
    this.run('CHECKPOINT');
  }

  make(size) {
    super.make(size);
    if (size !== 'databases') return;
    // From here on the server as a whole is meant, and the table is where it was.
    this.changing = this.place;
    this.url = this.place = Object.assign(new URL(this.place), { pathname: '/' }).href;
  }

  run(sql, place = this.changing ?? this.place) {
    super.run(sql, place);
  }

  read() {
    const sql = this.#raw();
    const input = this.changing
      ? this.#databases()
          .map((name) => `\\connect ${name}\n${sql}`)
          .join('')
      : sql;
    return runMeasured('psql', ['-XqAt', this.changing ?? this.place], { input });
  }

  #raw() {
    return readFileSync(join(raw, 'postgres.sql'), 'utf8');
  }

  /** By its own estimates the server divides the least among several processes, or does not. */
  remark() {
    const input = this.#raw().replaceAll('COPY (', 'EXPLAIN ').replaceAll(') TO STDOUT', '');
    const plans = spawnSync('psql', ['-XqAt', this.changing ?? this.place], { input, encoding: 'utf8' });
    const divided = plans.stdout.match(/Workers Planned/g)?.length ?? 0;
    return `Of the 5 questions of the raw reading, the server divides ${divided} among several processes.`;
  }

  #databases() {
    const list = 'SELECT datname FROM pg_database WHERE NOT datistemplate';
    return spawnSync('psql', ['-XqAtc', list, this.changing], { encoding: 'utf8' }).stdout.trim().split('\n');
  }

  /** Makes the server log all that it is asked, or no longer. */
  async listen(on) {
    const place = this.changing ?? this.place;
    this.run(on ? `ALTER SYSTEM SET log_statement = 'all'` : 'ALTER SYSTEM RESET log_statement', place);
    this.run('SELECT pg_reload_conf()', place);
    const ask = (what) =>
      spawnSync('psql', ['-XqAtc', `SHOW ${what}`, place], { encoding: 'utf8' }).stdout.trim();
    while ((ask('log_statement') === 'all') !== on) await after(50);
    this.log = join(dirname(ask('data_directory')), 'server.log');
  }

  heard() {
    return readFileSync(this.log, 'utf8').match(/ LOG:  (statement|execute .*?): /g)?.length ?? 0;
  }

  /** How many of them are the asking itself. */
  ownQuestions = 0;

  idle() {
    return runMeasured('psql', ['-XqAt', '-c', ';', this.changing ?? this.place]);
  }

  end() {
    return this.server.end();
  }
}

class MariaDb extends Engine {
  name = 'mariadb';
  title = 'MariaDB';
  rawIs = 'mariadb, 6 questions to information_schema, rows to nowhere';
  table = `sales.${changed}`;

  async start() {
    this.server = await new Server().start(this.programs, 'mariadb', 'DB_STUDIO_TEST_MARIADB_URL');
    this.place = this.server.url.href;
    this.run('CREATE DATABASE empty');
    const of = (database) => {
      const url = new URL(this.place);
      url.pathname = `/${database}`;
      url.searchParams.set('ssl-mode', 'disabled');
      return url.href;
    };
    [this.url, this.empty] = [of(''), of('empty')];
    const ask = this.#client('-BNe', 'SELECT version()');
    this.version = spawnSync('mariadb', ask, { encoding: 'utf8' }).stdout.split('-')[0];
    this.pid = this.server.pid;
    this.peers.sqlalchemy = [this.place.replace('mysql:', 'mariadb+pymysql:'), ...groups.slice(0, 4)];
    this.peers.dbgate = ['mariadb', this.place, ...groups.slice(0, 4)];
  }

  make(size) {
    if (!shapes.includes(size)) return super.make(size);
    this.run('CREATE DATABASE sales');
    const server = this.place;
    this.place = Object.assign(new URL(server), { pathname: '/sales' }).href;
    super.make(size);
    this.place = server;
    this.table = 'sales.changing';
  }

  settle() {}

  read() {
    const own = `('mysql', 'sys', 'information_schema', 'performance_schema')`;
    const text = readFileSync(join(raw, 'mariadb.sql'), 'utf8');
    const input = this.isShape ? text.replaceAll(/IN \('sales'.*\)/g, `NOT IN ${own}`) : text;
    return runMeasured('mariadb', this.#client('-BNq'), { input });
  }

  async listen() {
    const [first, second] = [this.heard(), this.heard()];
    this.ownQuestions = second - first;
  }

  heard() {
    const ask = this.#client('-BNe', `SHOW GLOBAL STATUS LIKE 'Questions'`);
    return Number(spawnSync('mariadb', ask, { encoding: 'utf8' }).stdout.split('\t')[1]);
  }

  idle() {
    return runMeasured('mariadb', this.#client('-BNe', 'DO 1'));
  }

  end() {
    return this.server.end();
  }

  #client(...args) {
    const { hostname, port, username, password } = this.server.url;
    return [
      '--no-defaults',
      '-h',
      hostname,
      '-P',
      port,
      '-u',
      username,
      `-p${password}`,
      '--protocol=tcp',
      ...args,
    ];
  }
}

class Sqlite extends Engine {
  name = 'sqlite';
  title = 'SQLite';
  rawIs = 'every fact by pragma functions in one statement, thrown away';
  table = changed;
  flat = true;

  async start() {
    this.folder = mkdtempSync(join(tmpdir(), 'db-studio-bench-sqlite-'));
    [this.place, this.empty] = ['bench.db', 'empty.db'].map((name) => join(this.folder, name));
    this.run('PRAGMA user_version = 1', this.empty);
    this.url = `sqlite:${this.place}`;
    this.empty = `sqlite:${this.empty}`;
    this.peers.sqlalchemy = [`sqlite:///${this.place}`];
    this.peers.dbgate = ['sqlite', this.place, 'bench'];
  }

  settle() {}

  read() {
    return runMeasured(this.programs.scale, ['raw', this.place]);
  }

  idle() {}

  async end() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** All of them, by the names that one asks for them by. */
export const engines = { postgres: Postgres, mariadb: MariaDb, sqlite: Sqlite };
