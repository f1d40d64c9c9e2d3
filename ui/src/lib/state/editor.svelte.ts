/** Which connection is open in the editor sheet. Any page may open it; the shell draws it. */

/** What the editor begins with. */
export interface EditorRequest {
  /** The connection to change; absent for a new one. */
  readonly connection?: number;
  /** A connection string that was pasted. */
  readonly text?: string;
  /** Go to the password at once. */
  readonly focusPassword?: boolean;
}

let request = $state.raw<EditorRequest | null>(null);

/** What is open in the editor, if anything. */
export function editorRequest(): EditorRequest | null {
  return request;
}

/** Opens the editor. */
export function openEditor(next: EditorRequest = {}): void {
  request = next;
}

/** Closes the editor. */
export function closeEditor(): void {
  request = null;
}
