/** What made-up objects refer to and depend on, found by name as the services find it. */
import type {
  Attribute,
  ForeignKeyDetail,
  ForeignKeyLink,
  ObjectCard,
  ObjectLink,
  ObjectName,
  Relationships,
} from '../../lib/backend';
import { ofKinds, type Schema } from './schema';

/** Both ways from an object. */
export function relationshipsOf(schema: Schema, id: number): Relationships {
  const keys = schema.all().flatMap(({ card, parent }) => {
    if (card.detail.kind !== 'foreign_key' || parent === null) return [];
    const { schema: name, name: table } = card.detail.references;
    return [
      { card, detail: card.detail, from: parent, to: tableNamed(schema, card.connection, name, table) },
    ];
  });
  return {
    references: keys
      .filter(({ from }) => from === id)
      .map(({ card, detail, from, to }) => ({
        ...side(schema, card, detail, from),
        columns: detail.columns,
        table: to ? linkTo(schema, to) : { object: null, kind: 'table', ...detail.references, rows: null },
        their_columns: detail.referenced_columns,
      })),
    referenced_by: keys.flatMap(({ card, detail, from, to }) => {
      const table = schema.get(from)?.card;
      if (to?.id !== id || !table) return [];
      return [
        {
          ...side(schema, card, detail, from),
          columns: detail.referenced_columns,
          table: linkTo(schema, table),
          their_columns: detail.columns,
        },
      ];
    }),
    depends_on: namedBy(schema.get(id)?.card.attributes ?? []).map((name) => named(schema, name)),
    needed_by: schema.all().flatMap(({ card }) => {
      const needs = namedBy(card.attributes).some((name) => named(schema, name).object === id);
      return needs ? [linkTo(schema, card)] : [];
    }),
  };
}

type Side = Pick<ForeignKeyLink, 'constraint' | 'name' | 'optional' | 'single' | 'on_update' | 'on_delete'>;

function side(schema: Schema, key: ObjectCard, detail: ForeignKeyDetail, table: number): Side {
  const below = schema.below({ object: table });
  const optional = ofKinds(below, ['column']).some(
    ({ name, detail: column }) =>
      detail.columns.includes(name) && column.kind === 'column' && column.nullable,
  );
  const single = ofKinds(below, ['primary_key', 'unique']).some(
    ({ detail: unique }) =>
      'columns' in unique && unique.columns.every((column) => detail.columns.includes(column)),
  );
  const { on_update, on_delete } = detail;
  return { constraint: key.id, name: key.name, optional, single, on_update, on_delete };
}

function tableNamed(
  schema: Schema,
  connection: number,
  inSchema: string | null,
  name: string,
): ObjectCard | undefined {
  return schema
    .all()
    .find(
      ({ card }) =>
        card.connection === connection &&
        card.kind === 'table' &&
        card.name === name &&
        schemaOf(schema, card.id) === inSchema,
    )?.card;
}

function namedBy(attributes: readonly Attribute[]): ObjectName[] {
  return attributes
    .filter(({ key }) => key === 'depends_on')
    .flatMap(({ value }) =>
      Array.isArray(value) ? value.flatMap((entry) => (typeof entry === 'string' ? [] : entry)) : [],
    );
}

function named(schema: Schema, { kind, schema: inSchema, name }: ObjectName): ObjectLink {
  const found = schema
    .all()
    .find(
      ({ card }) => card.kind === kind && card.name === name && schemaOf(schema, card.id) === inSchema,
    )?.card;
  return found ? linkTo(schema, found) : { object: null, kind, schema: inSchema, name, rows: null };
}

function linkTo(schema: Schema, card: ObjectCard): ObjectLink {
  return {
    object: card.id,
    kind: card.kind,
    schema: schemaOf(schema, card.id),
    name: card.name,
    rows: card.statistics.rows,
  };
}

function schemaOf(schema: Schema, id: number): string | null {
  return schema.path(id).find(({ step }) => step.kind === 'schema')?.step.name ?? null;
}
