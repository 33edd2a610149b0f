export { DiskAttachmentStore } from './disk-attachment-store';
export type { AttachmentFile } from './disk-attachment-store';
export type { DiskAttachmentStoreOptions } from './options';
