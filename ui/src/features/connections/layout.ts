/** How the fields of an engine's form stand beside each other. Only the declaration decides. */
import type { FieldGroup, FormField } from '../../lib/backend';

/** One line of the form: a wide field with a narrow number, two halves, or one field alone. */
export interface FormRow {
  fields: readonly FormField[];
  shape: 'wide-narrow' | 'halves' | 'whole';
}

/** The last field that every connection wants; those after it are for some servers only. */
const LAST_OF_ALL = 'database';
/** So many more fields still stand with the others. */
const FEW = 2;

/** The fields of the first group that are in sight. */
export function mainFields(form: readonly FormField[]): readonly FormField[] {
  const more = new Set(moreFields(form));
  return form.filter((field) => field.group === 'main' && !more.has(field));
}

/** The fields of the first group that wait in a closed section. */
export function moreFields(form: readonly FormField[]): readonly FormField[] {
  const main = form.filter(({ group }) => group === 'main');
  const last = main.findIndex(({ key }) => key === LAST_OF_ALL);
  const after = last < 0 ? [] : main.slice(last + 1);
  return after.length > FEW ? after : [];
}

/** Fields in lines. */
export function rowsOf(fields: readonly FormField[]): FormRow[] {
  const rows: FormRow[] = [];
  const waiting = [...fields];
  while (waiting.length > 0) {
    const [field, next, third] = waiting;
    if (!field) break;
    if (field.input.type === 'file' || (next && third && isAddress(next, third))) {
      rows.push({ fields: [field], shape: 'whole' });
      waiting.splice(0, 1);
    } else if (next && isAddress(field, next)) {
      rows.push({ fields: [field, next], shape: 'wide-narrow' });
      waiting.splice(0, 2);
    } else if (next && next.input.type !== 'file') {
      rows.push({ fields: [field, next], shape: 'halves' });
      waiting.splice(0, 2);
    } else {
      rows.push({ fields: [field], shape: 'halves' });
      waiting.splice(0, 1);
    }
  }
  return rows;
}

/** A server and its port. */
function isAddress(field: FormField, next: FormField): boolean {
  const named = field.input.type === 'hosts' || field.input.type === 'text';
  return field.group === 'main' && named && next.input.type === 'number';
}

/** The closed sections after the first group, with their titles. */
export const SECTIONS: readonly { group: FieldGroup; title: string }[] = [
  { group: 'tls', title: 'TLS' },
  { group: 'limits', title: 'Limits' },
];

/** What a closed section says of its fields: set values, or what holds without them. */
export function summary(fields: readonly FormField[], valueOf: (field: FormField) => string): string {
  return fields
    .map((field) => {
      const value = valueOf(field) || field.default;
      if (field.input.type === 'choice') {
        const chosen = field.input.choices.find((choice) => choice.value === value);
        return chosen?.label ?? (value || field.placeholder);
      }
      return value && field.input.type === 'number' ? labelled(field, value) : value;
    })
    .filter(Boolean)
    .join(', ');
}

/** What a closed section says of fields that most people leave alone: those that are set. */
export function setSummary(fields: readonly FormField[], valueOf: (field: FormField) => string): string {
  const set = fields.flatMap((field) => {
    const value = valueOf(field);
    if (value === '' || value === field.default) return [];
    const choices = field.input.type === 'choice' ? field.input.choices : [];
    return [labelled(field, choices.find((choice) => choice.value === value)?.label ?? value)];
  });
  return set.join(', ') || 'Automatic';
}

/** The unit of a number, as its explanation begins with it: `s` for seconds. */
export function unitOf({ input, help }: FormField): string {
  return input.type === 'number' && /^(in )?seconds\b/i.test(help) ? 's' : '';
}

function labelled(field: FormField, value: string): string {
  return [field.label.toLowerCase(), value, unitOf(field)].filter(Boolean).join(' ');
}
