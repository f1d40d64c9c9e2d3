/** Opening an object of which only the name is known, as another object of its database refers to it. */
import { backend, type ObjectName, type ObjectPage } from '../../lib/backend';
import { notify } from '../../lib/components';
import { toAppError } from '../../lib/errors';
import { relationName } from './describe';
import { openObject } from './place';

/** Opens it, or says that it is not in the catalogue. */
export async function openNamed(page: ObjectPage, name: ObjectName): Promise<void> {
  try {
    openObject(page.card.connection, await backend().openLink(linkOf(page, name)));
  } catch (thrown) {
    const { kind, message } = toAppError(thrown);
    notify(
      kind === 'not_found' || kind === 'invalid_input'
        ? `${relationName(name)} is not in the catalogue.`
        : message,
      { tone: 'fail' },
    );
  }
}

/** The link of an object in the same database as the one of this page. */
export function linkOf({ link }: ObjectPage, { kind, schema, name }: ObjectName): string {
  // db-studio://<connection>/<database>/…
  const database = link.split('/').slice(0, 4).join('/');
  const steps = [...(schema === null ? [] : [['schema', schema]]), [kind, name]];
  return [database, ...steps.map(([what, called]) => `${what}:${encodeURIComponent(called ?? '')}`)].join(
    '/',
  );
}
