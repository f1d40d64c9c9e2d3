/** A JSON Schema made of the fields that are known, with `bsonType` as document stores read it. */
import { ELEMENT, fieldNamed } from './fields';
import type { ObjectCard } from '../../../lib/backend';
import { declaredTypes } from './words';

interface Branch {
  card: ObjectCard | null;
  readonly inside: Map<string, Branch>;
}

/** The schema as text. What every document held is required; it says what was seen, not what must be. */
export function jsonSchema(cards: readonly ObjectCard[]): string {
  const root: Branch = { card: null, inside: new Map() };
  for (const card of cards) {
    if (card.detail.kind !== 'field') continue;
    let branch = root;
    for (const step of card.detail.path) {
      const next = branch.inside.get(step) ?? { card: null, inside: new Map() };
      branch.inside.set(step, next);
      branch = next;
    }
    branch.card = card;
  }
  return `${JSON.stringify({ bsonType: 'object', ...inner(root) }, null, 2)}\n`;
}

function schemaOf(branch: Branch): Record<string, unknown> {
  const { card } = branch;
  const seen = card?.sample?.facts.types.map(({ name }) => name) ?? [];
  const types = seen.length > 0 ? seen : declaredTypes(card?.attributes ?? []);
  const own = types.length > 0 ? types : implied(branch);
  return {
    ...(own.length === 0 ? {} : { bsonType: own.length === 1 ? own[0] : own }),
    ...(card?.comment ? { description: card.comment } : {}),
    ...inner(branch),
  };
}

function inner({ inside }: Branch): Record<string, unknown> {
  const elements = inside.get(ELEMENT);
  const fields = [...inside].filter(([name]) => name !== ELEMENT);
  const required = fields.filter(([, { card }]) => isAlwaysThere(card)).map(([name]) => fieldNamed(name));
  return {
    ...(required.length > 0 ? { required } : {}),
    ...(fields.length > 0
      ? {
          properties: Object.fromEntries(
            fields.map(([name, branch]) => [fieldNamed(name), schemaOf(branch)]),
          ),
        }
      : {}),
    ...(elements ? { items: schemaOf(elements) } : {}),
  };
}

function isAlwaysThere(card: ObjectCard | null): boolean {
  if (!card) return false;
  const declared = card.attributes.some(({ key, value }) => key === 'required' && value === true);
  const facts = card.sample?.facts;
  return declared || (facts !== undefined && facts.of > 0 && facts.present === facts.of);
}

function implied({ inside }: Branch): string[] {
  if (inside.size === 0) return [];
  return [inside.has(ELEMENT) ? 'array' : 'object'];
}
