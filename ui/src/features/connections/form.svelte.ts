/**
 * The editor's form: one draft behind two views, fields and connection string.
 * The password never stands in the string; a typed one lives here until it is saved or the sheet closes.
 */
import {
  backend,
  type AppError,
  type ConnectionCard,
  type ConnectionDraft,
  type EngineDescriptor,
  type Environment,
  type FieldProblem,
  type FormField,
  type PasswordInput,
} from '../../lib/backend';
import { ENVIRONMENT_COLOUR } from '../../lib/environments';
import { toAppError } from '../../lib/errors';

/** Where the password comes from when the form is saved or tested. */
export type PasswordSource = 'vault' | 'typed' | 'string';

/** The form of one connection, new or kept. */
export class ConnectionForm {
  draft = $state<ConnectionDraft>() as ConnectionDraft;
  text = $state('');
  /** What is wrong with the string, if anything. */
  textError = $state.raw<AppError | null>(null);
  /** Parts of the string that were understood and left out. */
  ignored = $state.raw<readonly string[]>([]);
  passwordSource = $state<PasswordSource>('typed');
  password = $state('');
  suggestedName = $state('');
  saving = $state(false);
  failure = $state.raw<AppError | null>(null);

  private problems = $state.raw<readonly FieldProblem[]>([]);
  private left = $state<Record<string, boolean>>({});
  private triedToSave = $state(false);
  private ticket: number | null = null;
  private original: string;
  private parses = 0;

  constructor(
    readonly card: ConnectionCard | null,
    private readonly engines: readonly EngineDescriptor[],
  ) {
    this.draft = card ? structuredClone(card.connection.draft) : emptyDraft(engines[0]?.id ?? '');
    this.passwordSource = card?.has_password ? 'vault' : 'typed';
    this.original = JSON.stringify(this.draft);
    void this.check();
  }

  get engine(): EngineDescriptor | undefined {
    return this.engines.find((engine) => engine.id === this.draft.target.engine);
  }

  /** How many things differ from what is kept. */
  get changes(): number {
    const before = flatten(JSON.parse(this.original));
    const now = flatten($state.snapshot(this.draft));
    const keys = new Set([...before.keys(), ...now.keys()]);
    const differing = [...keys].filter((key) => before.get(key) !== now.get(key)).length;
    return differing + (this.passwordChanged ? 1 : 0);
  }

  get passwordChanged(): boolean {
    if (this.passwordSource === 'vault') return false;
    return this.password !== '' || this.passwordSource === 'string' || (this.card?.has_password ?? false);
  }

  /** The name that is kept when none was typed. */
  get nameOrSuggestion(): string {
    return this.draft.name.trim() || this.suggestedName;
  }

  valueOf(field: FormField): string {
    return this.draft.target.fields[field.key] ?? '';
  }

  set(field: FormField, value: string): void {
    if (value === '') delete this.draft.target.fields[field.key];
    else this.draft.target.fields[field.key] = value;
    const kept = this.card?.connection.draft.target.fields[field.key] ?? '';
    // A password for one server is not for another one.
    const elsewhere = WHERE.some((key) => key === field.key) && value !== kept;
    if (this.passwordSource === 'vault' && elsewhere) this.replacePassword();
    this.failure = null;
  }

  /** What to say at a field: only once it was left, or after an attempt to save. */
  errorAt(key: string): string | null {
    const at = this.failure?.field ?? (this.failure?.kind === 'conflict' ? 'name' : null);
    if (this.failure && at === key) return sentence(this.failure);
    if (!this.left[key] && !this.triedToSave) return null;
    if (key === 'name') return this.nameOrSuggestion === '' ? 'A name is needed.' : null;
    const problem = this.problems.find((entry) => entry.field === key);
    return problem ? sentence(problem) : null;
  }

  leave(key: string): void {
    this.left[key] = true;
    void this.check();
    void this.suggestName();
  }

  chooseEngine(id: string): void {
    // What both engines call the same stays; the rest belonged to the other one.
    const declared = this.engines.find((engine) => engine.id === id)?.form ?? [];
    const fields = Object.entries(this.draft.target.fields).filter(([key, value]) =>
      declared.some((field) => field.key === key && mayHold(field, value)),
    );
    this.draft.target = { engine: id, fields: Object.fromEntries(fields) };
    void this.check();
  }

  chooseEnvironment(environment: Environment): void {
    const followed = this.colourFollowsEnvironment;
    this.draft.environment = environment;
    if (followed) this.draft.colour = ENVIRONMENT_COLOUR[environment];
  }

  get colourFollowsEnvironment(): boolean {
    return this.draft.colour.toLowerCase() === ENVIRONMENT_COLOUR[this.draft.environment];
  }

  /** Writes the fields as a string, without the password. */
  async toText(): Promise<void> {
    if (Object.keys(this.draft.target.fields).length === 0) {
      // A string of defaults alone would stand in the way of the one that is pasted.
      this.text = '';
      return;
    }
    try {
      this.text = await backend().formatConnectionString($state.snapshot(this.draft.target));
      this.textError = null;
    } catch (thrown) {
      this.textError = toAppError(thrown);
    }
  }

  /** Takes the fields from a string. A password in it goes behind a ticket and out of sight at once. */
  async fromText(text: string): Promise<void> {
    this.text = text;
    const parse = ++this.parses;
    if (text.trim() === '') {
      this.textError = null;
      return;
    }
    try {
      const parsed = await backend().parseConnectionString(text);
      // A later keystroke has its own answer; a password that came meanwhile is in that one too.
      if (parse !== this.parses) return;
      const elsewhere = WHERE.some((key) => parsed.target.fields[key] !== this.draft.target.fields[key]);
      this.draft.target = parsed.target;
      this.suggestedName = parsed.suggested_name;
      this.ignored = parsed.ignored;
      this.textError = null;
      if (parsed.password_ticket !== null) {
        this.ticket = parsed.password_ticket;
        this.passwordSource = 'string';
        this.password = '';
        this.text = parsed.text;
      } else if (elsewhere && this.passwordSource !== 'typed') {
        // A password for one server is not for another one.
        this.replacePassword();
      }
      void this.check();
    } catch (thrown) {
      if (parse === this.parses) this.textError = toAppError(thrown);
    }
  }

  /** Makes room for another password than the kept one. */
  replacePassword(): void {
    this.passwordSource = 'typed';
    this.password = '';
    this.ticket = null;
  }

  /** Goes back to the password that the vault keeps. */
  keepPassword(): void {
    if (!this.card?.has_password) return;
    this.passwordSource = 'vault';
    this.password = '';
  }

  /** The password as commands take it. */
  passwordInput(): PasswordInput {
    if (this.passwordSource === 'vault') return { type: 'keep' };
    if (this.passwordSource === 'string' && this.ticket !== null)
      return { type: 'parsed', ticket: this.ticket };
    return this.password === '' ? { type: 'none' } : { type: 'typed', password: this.password };
  }

  async check(): Promise<void> {
    try {
      this.problems = await backend().validateTarget($state.snapshot(this.draft.target));
    } catch {
      // Saving will say what is wrong.
      this.problems = [];
    }
  }

  /** A name made of what the fields say, as a string of the same would suggest it. */
  private async suggestName(): Promise<void> {
    if (this.card || Object.keys(this.draft.target.fields).length === 0) return;
    try {
      const text = await backend().formatConnectionString($state.snapshot(this.draft.target));
      this.suggestedName = (await backend().parseConnectionString(text)).suggested_name;
    } catch {
      // Fields that are not whole yet suggest nothing.
    }
  }

  /** Keeps the connection. Gives it, or null when something must be changed first. */
  async save(): Promise<ConnectionCard | null> {
    if (this.saving) return null;
    this.triedToSave = true;
    this.failure = null;
    this.saving = true;
    try {
      await this.check();
      if (this.problems.length > 0 || this.nameOrSuggestion === '') return null;
      const draft = { ...$state.snapshot(this.draft), name: this.nameOrSuggestion };
      return this.card
        ? await backend().updateConnection(this.card.connection.id, draft, this.passwordInput())
        : await backend().createConnection(draft, this.passwordInput());
    } catch (thrown) {
      this.failure = toAppError(thrown);
      return null;
    } finally {
      this.saving = false;
    }
  }
}

/** The fields that say whose password it is. */
const WHERE = ['scheme', 'host', 'port', 'socket', 'user'] as const;

/** Whether a field of another engine knows a value. */
function mayHold({ input }: FormField, value: string): boolean {
  return input.type !== 'choice' || input.choices.some((choice) => choice.value === value);
}

function emptyDraft(engine: string): ConnectionDraft {
  return {
    name: '',
    description: '',
    target: { engine, fields: {} },
    colour: ENVIRONMENT_COLOUR.local,
    environment: 'local',
    folder: '',
    tags: [],
    favourite: false,
    read_only: true,
    metadata: {},
  };
}

function sentence({ message, hint }: { message: string; hint: string | null }): string {
  return [message, hint].filter(Boolean).join(' ');
}

function flatten(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return new Map([[path, JSON.stringify(value)]]);
  }
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...flatten(inner, `${path}.${key}`)]));
}
