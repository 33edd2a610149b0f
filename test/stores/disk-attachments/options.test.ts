import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StartupError } from '../../../src';
import { DiskAttachmentStore, type DiskAttachmentStoreOptions } from '../../../src/stores/disk-attachments';
import { temporaryDirectories } from '../temporary';

const newDirectory = temporaryDirectories();
const secret = 's'.repeat(32);
const baseUrl = 'https://shop.example/chatkit';

function problemsOf(options: Partial<DiskAttachmentStoreOptions>): string[] {
  try {
    new DiskAttachmentStore({ directory: newDirectory(), secret, baseUrl, ...options });
    return [];
  } catch (error) {
    for (const { fix, where } of (error as StartupError).problems) {
      expect(fix).toMatch(/^(Give|Make) /);
      expect(where).toBe('DiskAttachmentStore');
    }
    return (error as StartupError).problems.map(({ code }) => code);
  }
}

test.each<[string, Partial<DiskAttachmentStoreOptions>, string]>([
  ['no directory', { directory: '' }, 'no_directory'],
  ['a short secret', { secret: 's'.repeat(31) }, 'weak_secret'],
  ['a short secret among good ones', { secret: [secret, Buffer.alloc(31)] }, 'weak_secret'],
  ['no secret', { secret: undefined as never }, 'weak_secret'],
  ['an empty list of secrets', { secret: [] }, 'weak_secret'],
  ['no URL', { baseUrl: undefined as never }, 'bad_base_url'],
  ['a path for a URL', { baseUrl: '/chatkit' }, 'bad_base_url'],
  ['a URL that is not of the web', { baseUrl: 'file:///chatkit' }, 'bad_base_url'],
  ['a size of nothing', { maxSize: 0 }, 'bad_number'],
  ['no types at all', { allowedTypes: [] }, 'bad_allowed_types'],
  ['types that are no list', { allowedTypes: 'image/png' as never }, 'bad_allowed_types'],
  ...[
    'png',
    'heic',
    '*.heic',
    'image',
    'image/',
    '/png',
    '*/png',
    'image/p*',
    'image/png; q=1',
    '.',
    '',
    'a.heic',
    '. heic',
    5,
  ].map((entry): [string, Partial<DiskAttachmentStoreOptions>, string] => [
    `a type that no file has, ${JSON.stringify(entry)},`,
    { allowedTypes: ['image/png', entry as string] },
    'bad_allowed_types',
  ]),
  ['an age that is no number', { keepUnsentMs: NaN }, 'bad_number'],
])('%s is a problem', (_, options, code) => {
  expect(problemsOf(options)).toEqual([code]);
});

test('types, kinds of types and endings of names are no problem', () => {
  const allowedTypes = ['*', '*/*', 'image/*', 'IMAGE/PNG', '.heic', '.HEIC', '.tar.gz', 'image/svg+xml'];
  for (const entry of allowedTypes)
    expect([entry, problemsOf({ allowedTypes: [entry] })]).toEqual([entry, []]);
});

test('the problem names the types that no file has', () => {
  const make = () =>
    new DiskAttachmentStore({ directory: newDirectory(), secret, baseUrl, allowedTypes: ['png', '.heic'] });
  expect(make).toThrow('no file matches "png"');
});

test('a secret may be bytes of any kind', () => {
  for (const bytes of [Buffer.alloc(32), new Uint8Array(32)]) {
    expect(problemsOf({ secret: bytes })).toEqual([]);
    expect(problemsOf({ secret: [bytes, secret] })).toEqual([]);
  }
});

test('all problems are told at once', () => {
  expect(problemsOf({ directory: '', secret: '', baseUrl: '', expiresInMs: -1 })).toEqual([
    'no_directory',
    'weak_secret',
    'bad_base_url',
    'bad_number',
  ]);
});

test('the directory is made', () => {
  const directory = join(newDirectory(), 'a', 'b');
  expect(problemsOf({ directory, secret: [Buffer.alloc(32), secret], baseUrl: () => '' })).toEqual([]);
  expect(existsSync(directory)).toBe(true);
});

test('a function that returns no URL fails the request, not the server', () => {
  const store = new DiskAttachmentStore({ directory: newDirectory(), secret, baseUrl: () => 'shop' });
  const scope = { owner: 'ann', requestContext: {}, signal: new AbortController().signal };
  const input = { name: 'a', size: 1, mime_type: 'text/plain' };
  expect(() => store.createAttachment(scope, input)).toThrow(
    'baseUrl returned "shop", which is not an http or https URL.',
  );
});
