/** How the fields of an engine's form stand beside each other. Only the declaration decides. */
import type { FieldGroup, FormField } from '../../lib/backend';

/** One line of the form: a wide field with a narrow number, two halves, or one field alone. */
export interface FormRow {
  fields: readonly FormField[];
  shape: 'wide-narrow' | 'halves' | 'whole';
}

/** The fields of a group, in lines. */
export function rowsOf(form: readonly FormField[], group: FieldGroup): FormRow[] {
  const rows: FormRow[] = [];
  const waiting = form.filter((field) => field.group === group);
  while (waiting.length > 0) {
    const [field, next] = waiting;
    if (!field) break;
    if (field.input.type === 'file') {
      rows.push({ fields: [field], shape: 'whole' });
      waiting.splice(0, 1);
    } else if (group === 'main' && field.input.type === 'text' && next?.input.type === 'number') {
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
      return value && field.input.type === 'number' ? `${field.label.toLowerCase()} ${value}` : value;
    })
    .filter(Boolean)
    .join(', ');
}
