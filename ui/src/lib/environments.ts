/** The environments in the words and tones of the window. */
import type { Environment } from './backend';

interface Presentation {
  label: string;
  /** The token family: `--prod`, `--prod-fill`. */
  tone: 'prod' | 'stag' | 'dev' | 'loc';
}

/** How each environment is shown, most careful first. */
export const ENVIRONMENTS: Readonly<Record<Environment, Presentation>> = {
  production: { label: 'production', tone: 'prod' },
  staging: { label: 'staging', tone: 'stag' },
  development: { label: 'development', tone: 'dev' },
  local: { label: 'local', tone: 'loc' },
};

/** All environments in that order. */
export const ENVIRONMENT_ORDER: readonly Environment[] = ['production', 'staging', 'development', 'local'];

/** The colour that a new connection takes from its environment; readable in both themes. */
export const ENVIRONMENT_COLOUR: Readonly<Record<Environment, string>> = {
  production: '#d92d4a',
  staging: '#c98212',
  development: '#399d57',
  local: '#3b82f6',
};
