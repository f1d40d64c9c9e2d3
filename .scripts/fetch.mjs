// node .scripts/fetch.mjs NAME…: makes sure of downloads in the cache folder and prints where they are.
import { fetch, names } from './lib/fetched.mjs';
import { main } from './lib/run.mjs';

await main(async () => {
  const wanted = process.argv.slice(2);
  for (const name of wanted.length > 0 ? wanted : names) {
    process.stdout.write(`${await fetch(name)}\n`);
  }
});
