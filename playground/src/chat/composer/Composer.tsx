import { ArrowUp, Square, X } from 'lucide-react';
import { useEffect, useRef, type ClipboardEvent, type DragEvent, type KeyboardEvent } from 'react';
import { useChat, useConfig, useWorkspace } from '../../state/contexts';
import { EMPTY_DRAFT } from '../../state/draft';
import { useStore } from '../../state/store';
import { IconButton } from '../../ui/Button';
import { AttachButton } from './AttachButton';
import { DictateButton } from './DictateButton';
import { FileChips } from './FileChips';
import { MentionList } from './MentionList';
import { messageOf } from './message-of';
import { ModelMenu, ToolMenu } from './Choices';
import { useMentions } from './use-mentions';
import { useUploads } from './use-uploads';

/** The composer; in a closed thread, a note instead. */
export function Composer() {
  const status = useChat().thread.thread?.status;
  if (status?.type === 'closed') {
    return (
      <p className="composer-note" role="status">
        {status.reason ?? 'This chat is closed.'}
      </p>
    );
  }
  return (
    <MessageForm lock={status?.type === 'locked' ? (status.reason ?? 'This chat is locked.') : undefined} />
  );
}

/** @param lock the reason why the thread accepts no messages now */
function MessageForm({ lock }: { lock: string | undefined }) {
  const { chat, draft } = useWorkspace();
  const { options } = useConfig();
  const state = useChat();
  const value = useStore(draft);
  const field = useRef<HTMLTextAreaElement>(null);
  const uploads = useUploads();
  const mentions = useMentions(field);
  const isStreaming = state.streaming !== undefined;
  const isLocked = lock !== undefined;
  const mayUpload = options.composer?.attachments?.enabled === true;
  const takesFiles = mayUpload && !isLocked;
  const isUploading = value.files.some(
    ({ attachment, problem }) => attachment === undefined && problem === undefined,
  );
  const hasFiles = value.files.some(({ attachment }) => attachment !== undefined);
  const maySend = (value.text.trim() !== '' || hasFiles) && !isStreaming && !isUploading && !isLocked;
  const tool = options.composer?.tools?.find(({ id }) => id === value.tool);

  useEffect(() => fitHeight(field.current), [value.text]);

  const send = async (): Promise<void> => {
    if (!maySend) return;
    const message = messageOf(value);
    const attachments = value.files.flatMap(({ attachment }) => attachment ?? []);
    const keptTool = tool?.persistent === true ? value.tool : undefined;
    draft.set({ ...EMPTY_DRAFT, model: value.model, tool: keptTool });
    const taken = await chat.send(message, { text: value.text.trim(), attachments });
    // Restores a message that the server did not accept.
    if (!taken && draft.get().text === '') draft.set(value);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (mentions.onKeyDown(event)) return;
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };
  const takeFiles = (event: ClipboardEvent | DragEvent, files: FileList): void => {
    if (!takesFiles || files.length === 0) return;
    event.preventDefault();
    uploads.add([...files]);
  };
  return (
    <form
      className="composer"
      aria-label="Composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onDragOver={(event) => takesFiles && event.preventDefault()}
      onDrop={(event) => takeFiles(event, event.dataTransfer.files)}
    >
      {value.quote !== undefined && !isLocked && (
        <div className="quoted in-composer">
          <span>{value.quote}</span>
          <IconButton
            icon={X}
            label="Remove the quote"
            size={14}
            onClick={() => draft.update((each) => ({ ...each, quote: undefined }))}
          />
        </div>
      )}
      <FileChips files={value.files} onRemove={uploads.remove} />
      <MentionList mentions={mentions} />
      <textarea
        ref={field}
        rows={1}
        aria-label="Message"
        role={mentions.isOpen ? 'combobox' : undefined}
        aria-expanded={mentions.isOpen ? true : undefined}
        aria-controls={mentions.isOpen ? mentions.listId : undefined}
        aria-activedescendant={mentions.activeId}
        placeholder={lock ?? tool?.placeholderOverride ?? options.composer?.placeholder ?? 'Message the AI'}
        // The draft is hidden, and kept until the thread accepts messages again.
        value={isLocked ? '' : value.text}
        disabled={isLocked}
        onChange={(event) => {
          draft.update((each) => ({ ...each, text: event.target.value }));
          mentions.onInput(event.target);
        }}
        onKeyDown={onKeyDown}
        onPaste={(event) => takeFiles(event, event.clipboardData.files)}
      />
      <fieldset className="composer-bar" disabled={isLocked}>
        {mayUpload && <AttachButton options={options.composer?.attachments} onFiles={uploads.add} />}
        <ToolMenu />
        <ModelMenu />
        <span className="spacer" />
        {options.composer?.dictation?.enabled === true && <DictateButton />}
        {isStreaming && state.thread.allowCancel ? (
          <button
            type="button"
            className="send-button"
            aria-label="Stop"
            title="Stop (Escape)"
            onClick={() => chat.stop()}
          >
            <Square size={14} fill="currentColor" aria-hidden />
          </button>
        ) : (
          <button
            type="submit"
            className="send-button"
            aria-label="Send"
            title="Send (Enter)"
            disabled={!maySend}
          >
            <ArrowUp size={18} aria-hidden />
          </button>
        )}
      </fieldset>
    </form>
  );
}

function fitHeight(field: HTMLTextAreaElement | null): void {
  if (field === null) return;
  field.style.height = 'auto';
  field.style.height = `${String(Math.min(field.scrollHeight, 200))}px`;
}
