import type { RequestContext } from '../../context';
import { StartupError, type StartupProblem } from '../../errors';
import { areStrongKeys, type SigningKey } from '../../store';
import { canAllow } from './media-type';

const HOUR = 3_600_000;

/** Options of {@link DiskAttachmentStore}. `TContext` is what the application's `context(req)` returns. */
export interface DiskAttachmentStoreOptions<TContext = RequestContext> {
  /** The directory of the files; created if it does not exist. Keep nothing else in it. */
  directory: string;
  /**
   * Signs the links: 32 secret bytes or more. In a list, the first secret signs and all verify: to rotate,
   * put a new secret first, and older links stay valid.
   */
  secret: SigningKey | readonly SigningKey[];
  /**
   * The public URL of the chat, such as `https://shop.example/chatkit`. Links lead to `/attachments` below
   * it.
   */
  baseUrl: string | ((context: TContext) => string);
  /** The largest file, in bytes; 20 MiB by default. */
  maxSize?: number;
  /** Allowed types, such as `image/png` or `image/*`, and name endings, such as `.heic`; all by default. */
  allowedTypes?: readonly string[];
  /** How long a link for an upload is valid, in milliseconds; an hour by default. */
  expiresInMs?: number;
  /** How long a link to a preview is valid, in milliseconds; as long as the file by default. */
  previewExpiresInMs?: number;
  /** Which kind of upload is allowed; both by default. */
  mode?: 'two-phase' | 'direct';
  /** How long a file that no message refers to is kept, in milliseconds; a day by default. */
  keepUnsentMs?: number;
}

/** The options with their defaults. */
export interface DiskSettings<TContext> {
  readonly directory: string;
  readonly secrets: readonly SigningKey[];
  readonly baseUrl: string | ((context: TContext) => string);
  readonly maxSize: number;
  readonly allowedTypes: readonly string[];
  readonly expiresInMs: number;
  readonly previewExpiresInMs: number;
  readonly mode: 'two-phase' | 'direct' | undefined;
  readonly keepUnsentMs: number;
}

/** @throws StartupError with all problems */
export function settingsOf<TContext>(options: DiskAttachmentStoreOptions<TContext>): DiskSettings<TContext> {
  const settings: DiskSettings<TContext> = {
    directory: options.directory,
    secrets: secretsOf(options.secret),
    baseUrl: options.baseUrl,
    maxSize: options.maxSize ?? 20 * 1024 * 1024,
    allowedTypes: options.allowedTypes ?? ['*/*'],
    expiresInMs: options.expiresInMs ?? HOUR,
    previewExpiresInMs: options.previewExpiresInMs ?? Infinity,
    mode: options.mode,
    keepUnsentMs: options.keepUnsentMs ?? 24 * HOUR,
  };
  const problems = problemsOf(settings);
  if (problems.length > 0) throw new StartupError(problems);
  return settings;
}

function secretsOf(secret: DiskAttachmentStoreOptions['secret']): readonly SigningKey[] {
  return typeof secret === 'string' || secret instanceof Uint8Array ? [secret] : secret;
}

function problemsOf<TContext>(settings: DiskSettings<TContext>): StartupProblem[] {
  const problems: StartupProblem[] = [];
  const problem = (code: string, message: string, fix: string): void => {
    problems.push({ code, where: 'DiskAttachmentStore', message, fix });
  };
  // Callers in JavaScript may leave out what the types require.
  const { directory, secrets, baseUrl } = settings as Partial<DiskSettings<TContext>>;
  if (typeof directory !== 'string' || directory === '') {
    problem('no_directory', '`directory` is missing.', "Give one: `directory: 'data/attachments'`.");
  }
  if (!areStrongKeys(secrets)) {
    problem(
      'weak_secret',
      '`secret` must be 32 bytes or longer.',
      'Make one with `openssl rand -base64 48`, keep it outside the code, and give the same to all processes.',
    );
  }
  if (typeof baseUrl !== 'function' && !isHttpUrl(baseUrl)) {
    problem(
      'bad_base_url',
      `\`baseUrl\` is "${String(baseUrl)}".`,
      'Give the public URL of the chat, such as `https://shop.example/chatkit`, or a function that returns it.',
    );
  }
  const { allowedTypes } = settings as Partial<DiskSettings<TContext>>;
  if (!Array.isArray(allowedTypes) || allowedTypes.length === 0 || !allowedTypes.every(canAllow)) {
    problem(
      'bad_allowed_types',
      `\`allowedTypes\` is ${JSON.stringify(allowedTypes)}: ${emptyOrBad(allowedTypes)}.`,
      'Give types, such as `image/png` or `image/*`, or endings of names, such as `.heic`.',
    );
  }
  const numbers = ['maxSize', 'expiresInMs', 'previewExpiresInMs', 'keepUnsentMs'] as const;
  for (const name of numbers) {
    const value = settings[name];
    if (value > 0) continue;
    problem('bad_number', `\`${name}\` is ${String(value)}.`, 'Give a number above 0.');
  }
  return problems;
}

function emptyOrBad(allowedTypes: unknown): string {
  const bad = Array.isArray(allowedTypes) ? allowedTypes.filter((entry) => !canAllow(entry)) : [];
  return bad.length === 0
    ? 'it allows no file'
    : `no file matches ${bad.map((entry) => JSON.stringify(entry)).join(', ')}`;
}

export function isHttpUrl(text: unknown): boolean {
  return typeof text === 'string' && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
