import type { MessageParts, UserMessageContent } from 'chatkit-controllers/client';
import type { Draft } from '../../state/draft';
import type { Entity } from '../../data/entity';

/** Makes the message of a draft. */
export function messageOf({ text, quote, tool, model, entities, files }: Draft): MessageParts {
  return {
    content: contentOf(text.trim(), entities),
    attachments: files.flatMap(({ attachment }) => attachment ?? []),
    ...(quote === undefined ? {} : { quoted_text: quote }),
    inference_options: {
      ...(tool === undefined ? {} : { tool_choice: { id: tool } }),
      ...(model === undefined ? {} : { model }),
    },
  };
}

/** Splits text into texts and tags for mentions: `Ask @Ada` becomes a text and a tag. */
export function contentOf(text: string, entities: readonly Entity[]): UserMessageContent[] {
  const mentions = entities.toSorted((a, b) => b.title.length - a.title.length);
  const content: UserMessageContent[] = [];
  const say = (part: string): void => {
    if (part !== '') content.push({ type: 'input_text', text: part });
  };
  let start = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const entity = mentions.find(({ title }) => text.startsWith(title, at + 1));
    if (entity === undefined) continue;
    say(text.slice(start, at));
    const { id, title, data, group, interactive } = entity;
    content.push({
      type: 'input_tag',
      id,
      text: title,
      data: data ?? {},
      ...(group === undefined ? {} : { group }),
      interactive: interactive ?? false,
    });
    start = at + 1 + title.length;
    at = start - 1;
  }
  say(text.slice(start));
  return content.length === 0 ? [{ type: 'input_text', text: '' }] : content;
}
