// A private PostgreSQL with a role, two schemas and the names that make trouble.
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { servers } from './places.mjs';

/** The password of the role; searched for in everything that the app writes. */
export const password = 'Tr0ub4dor&3-in-the-vault';

const schema = `
CREATE ROLE app LOGIN PASSWORD '${password}';
CREATE DATABASE shop OWNER app;
\\connect shop
SET ROLE app;
CREATE SCHEMA sales;
CREATE SCHEMA archive;
CREATE TABLE sales.customers (
  region char(2) NOT NULL, number integer NOT NULL, name text NOT NULL, mail text UNIQUE,
  PRIMARY KEY (region, number));
CREATE TABLE sales.orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  region char(2) NOT NULL, number integer NOT NULL,
  placed_at timestamptz NOT NULL DEFAULT now(), total numeric(12,2) CHECK (total >= 0),
  CONSTRAINT orders_customer FOREIGN KEY (region, number) REFERENCES sales.customers ON DELETE CASCADE);
COMMENT ON TABLE sales.orders IS 'What was ordered.';
COMMENT ON COLUMN sales.orders.total IS 'In euros.';
CREATE INDEX orders_placed ON sales.orders (placed_at DESC) WHERE total > 0;
CREATE TYPE sales.state AS ENUM ('new', 'paid');
CREATE FUNCTION sales.total_of(region char, number integer) RETURNS numeric LANGUAGE sql STABLE
  RETURN (SELECT sum(total) FROM sales.orders AS o WHERE o.region = $1 AND o.number = $2);
CREATE TABLE archive.orders (id bigint PRIMARY KEY, kept_until date);
CREATE VIEW sales.open_orders AS SELECT id, total FROM sales.orders WHERE total > 0;
CREATE TABLE sales."<b>bold</b> ""quoted"" 🛒" ("a.b" integer);
`;

/** A running server. */
export class Server {
  #child;
  #answers;

  /** Starts it and fills it. */
  static async start() {
    const server = new Server();
    server.#child = spawn(servers, ['debian'], { stdio: ['pipe', 'pipe', 'inherit'] });
    server.#answers = createInterface({ input: server.#child.stdout })[Symbol.asyncIterator]();
    const values = {};
    for (;;) {
      const { value: line, done } = await server.#answers.next();
      if (done) throw new Error('The private server did not start.');
      if (line === 'ready') break;
      const [name, ...rest] = line.split('=');
      values[name] = rest.join('=');
    }
    const url = new URL(values.DB_STUDIO_TEST_POSTGRES_URL);
    server.host = url.hostname;
    server.port = url.port;
    const psql = spawnSync('psql', ['-qX', '-v', 'ON_ERROR_STOP=1', url.href], {
      input: schema,
      encoding: 'utf8',
    });
    if (psql.status !== 0) throw new Error(`psql could not fill the server: ${psql.stderr ?? psql.error}`);
    return server;
  }

  /** The address of the database, without a password. */
  get url() {
    return `postgres://app@${this.host}:${this.port}/shop?sslmode=prefer`;
  }

  /** Stops it in good order, or starts it again at the same port. */
  async order(word) {
    this.#child.stdin.write(`${word}\n`);
    await this.#answers.next();
  }

  /** Ends it for good. */
  async end() {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.stdin.end();
    await ended;
  }
}
