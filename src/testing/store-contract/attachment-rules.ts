import { type FileAttachment, type ImageAttachment } from '../../protocol';
import { type AttachmentPatch } from '../../store';
import { type Rules } from './contract-case';
import { assertIdTaken, assertNotFound, HARD_TEXT, newId, assertSame } from './kit';

export const attachmentRules: Rules = {
  'an attachment comes back as it was saved': async ({ store, scope }) => {
    const image: ImageAttachment = {
      type: 'image',
      id: newId(),
      name: HARD_TEXT,
      mime_type: 'image/png',
      preview_url: 'https://files.example/p',
      upload_descriptor: { url: 'https://files.example/u', method: 'PUT', headers: { 'x-a': 'b' } },
      metadata: { nothing: null, sizes: [1, 2] },
    };
    await store.saveAttachment(scope, image);
    assertSame(await store.loadAttachment(scope, image.id), image);
  },
  'saving an attachment again replaces it': async ({ store, scope }) => {
    const file = newFile();
    await store.saveAttachment(scope, { ...file, metadata: { gone: true } });
    await store.saveAttachment(scope, { ...file, thread_id: 'thr_1' });
    assertSame(await store.loadAttachment(scope, file.id), { ...file, thread_id: 'thr_1' });
  },
  'a patch of an attachment changes the given fields only, and returns the whole record': async (kit) => {
    const { store, scope } = kit;
    const file: FileAttachment = {
      ...newFile(),
      upload_descriptor: { url: 'https://files.example/u', method: 'PUT', headers: {} },
      metadata: { kept: [1], cleared: 1, changed: 1 },
    };
    await store.saveAttachment(scope, file);
    assertSame(await store.patchAttachment(scope, file.id, {}), file);
    const sent = { ...file, thread_id: 'thr_1' };
    assertSame(await store.patchAttachment(scope, file.id, { thread_id: 'thr_1' }), sent);
    const cleared: Partial<FileAttachment> = { ...sent };
    delete cleared.upload_descriptor;
    assertSame(await store.patchAttachment(scope, file.id, { upload_descriptor: undefined }), cleared);
    const metadata = { cleared: undefined, changed: 2, added: 3 };
    const noted = { ...cleared, metadata: { kept: [1], changed: 2, added: 3 } };
    assertSame(await store.patchAttachment(scope, file.id, { metadata }), noted);
    const patch: AttachmentPatch = { ...newFile(), thread_id: 'thr_2' };
    assertSame(await store.patchAttachment(scope, file.id, patch), { ...noted, thread_id: 'thr_2' });
    assertSame(await store.loadAttachment(scope, file.id), { ...noted, thread_id: 'thr_2' });
  },
  'concurrent patches of an attachment are not lost': async ({ store, scope }) => {
    const file: FileAttachment = {
      ...newFile(),
      upload_descriptor: { url: 'https://files.example/u', method: 'PUT', headers: {} },
    };
    await store.saveAttachment(scope, file);
    const keys = Array.from({ length: 6 }, (_, n) => `key ${String(n)}`);
    await Promise.all([
      store.patchAttachment(scope, file.id, { thread_id: 'thr_1' }),
      store.patchAttachment(scope, file.id, { upload_descriptor: undefined }),
      ...keys.map(async (key) => store.patchAttachment(scope, file.id, { metadata: { [key]: key } })),
    ]);
    const { thread_id, upload_descriptor, metadata = {} } = await store.loadAttachment(scope, file.id);
    assertSame([thread_id, upload_descriptor, Object.keys(metadata).sort()], ['thr_1', undefined, keys]);
  },
  "saving an attachment under another owner's id is a DeveloperError": async ({ store, scope, stranger }) => {
    const file = newFile();
    await store.saveAttachment(scope, file);
    await assertIdTaken(() => store.saveAttachment(stranger, { ...file, name: 'stolen' }));
    assertSame(await store.loadAttachment(scope, file.id), file);
  },
  'an attachment that is not there is a NotFoundError to load, to patch and to delete': async ({
    store,
    scope,
  }) => {
    const file = newFile();
    await store.saveAttachment(scope, file);
    await store.deleteAttachment(scope, file.id);
    await assertNotFound(() => store.loadAttachment(scope, file.id));
    await assertNotFound(() => store.patchAttachment(scope, file.id, { thread_id: 'thr_1' }));
    await assertNotFound(() => store.deleteAttachment(scope, file.id));
    await assertNotFound(() => store.deleteAttachment(scope, newId()));
  },
  'changing a given or returned object changes no stored attachment': async ({ store, scope }) => {
    const given = { ...newFile(), metadata: { tags: ['a'] } };
    await store.saveAttachment(scope, given);
    given.metadata.tags.push('changed');
    Object.assign(await store.loadAttachment(scope, given.id), { name: 'changed' });
    const loaded = await store.loadAttachment(scope, given.id);
    assertSame(loaded, { ...given, metadata: { tags: ['a'] } });
  },
};

function newFile(): FileAttachment {
  return { type: 'file', id: newId(), name: 'a.txt', mime_type: 'text/plain' };
}
