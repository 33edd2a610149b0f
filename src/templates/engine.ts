import { type Engine } from './jinja/syntax';
import { TemplateError } from './template-error';

let engine: Engine | undefined;

/** The optional package that reads templates, loaded with the first of them. */
export function loadEngine(): Engine {
  engine ??= requireEngine();
  return engine;
}

function requireEngine(): Engine {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when needed, at once, and seen by bundlers
    return require('@huggingface/jinja') as Engine;
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new TemplateError(
      'template_engine_missing',
      'Widget templates need the package that reads them. Run `npm install @huggingface/jinja`.',
    );
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
