/** How often the catalogue of each connection changed since the browser was opened: what is shown reads again. */
import { backend } from '../../lib/backend';

let changes = $state.raw<ReadonlyMap<number, number>>(new Map());

/** A number that grows whenever the catalogue of this connection changes. */
export function catalogueChanges(connection: number): number {
  return changes.get(connection) ?? 0;
}

/** Follows the changes; `changed` is told of each. Gives a function that ends it. */
export function followCatalogue(changed: (connection: number) => void): () => void {
  return backend().listen((event) => {
    if (event.type !== 'catalogue_changed') return;
    changes = new Map(changes).set(event.connection, catalogueChanges(event.connection) + 1);
    changed(event.connection);
  });
}
