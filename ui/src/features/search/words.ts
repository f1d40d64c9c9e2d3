/** What people type into the search: words, and filters such as `kind:table`. */
const FILTER = /^(kind|in|type):/i;

/** Whether there is anything to look for: a filter without a value is not yet a question. */
export function isQuestion(text: string): boolean {
  return parts(text).some((part) =>
    FILTER.test(part) ? part.replace(FILTER, '') : part.replaceAll('.', ''),
  );
}

/** Whether a filter narrows the search. */
export function hasFilter(text: string): boolean {
  return parts(text).some((part) => FILTER.test(part));
}

/** The text without its filters. */
export function withoutFilters(text: string): string {
  return parts(text)
    .filter((part) => !FILTER.test(part))
    .join(' ');
}

/** The text with one filter more, ready to be typed on. */
export function withFilter(text: string, filter: string): string {
  const before = text.trimEnd();
  return before === '' ? filter : `${before} ${filter}`;
}

/** The words in lower case. */
export function wordsOf(text: string): string[] {
  return parts(text.toLowerCase());
}

function parts(text: string): string[] {
  return text.split(/\s+/).filter((part) => part !== '');
}
