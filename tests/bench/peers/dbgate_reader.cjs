// Runs DbGate's own analyser on one database after another, keeps what it tells, and prints
// what that took: seconds of the clock and of the processor, and MiB at the peak.
// Runs in the folder where its packages are installed.
const { createRequire } = require('node:module');
const { join } = require('node:path');
const fetched = createRequire(join(process.cwd(), 'package.json'));

const tools = fetched('dbgate-tools');
global.DBGATE_PACKAGES = { 'dbgate-tools': tools };

const [engine, place, ...databases] = process.argv.slice(2);
const plugin = fetched(
  `dbgate-plugin-${{ postgres: 'postgres', mariadb: 'mysql', sqlite: 'sqlite' }[engine]}`,
);
plugin.initialize?.({ DBGATE_PACKAGES: global.DBGATE_PACKAGES });
const driver = plugin.drivers.find((one) => one.engine.startsWith(`${engine}@`));

async function main() {
  const [began, before] = [process.hrtime.bigint(), process.cpuUsage()];
  const kept = [];
  for (const database of databases) {
    const connection = await driver.connect(target(database));
    const version = await driver.getVersion(connection);
    kept.push(await driver.analyseFull(connection, version));
    await driver.close(connection);
  }
  const used = process.cpuUsage(before);
  const tables = kept.reduce((sum, one) => sum + one.tables.length, 0);
  process.stdout.write(
    JSON.stringify({
      wall: Number(process.hrtime.bigint() - began) / 1e9,
      cpu: (used.user + used.system) / 1e6,
      peak: process.resourceUsage().maxRSS / 1024,
      tables,
    }) + '\n',
  );
  process.exit(0);
}

function target(database) {
  if (engine === 'sqlite') return { engine: driver.engine, databaseFile: place, isReadOnly: true };
  const url = new URL(place);
  const { hostname: server, port, username: user } = url;
  const password = decodeURIComponent(url.password);
  return { engine: driver.engine, server, port: Number(port), user, password, database };
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
