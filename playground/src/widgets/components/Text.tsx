import type {
  Caption as CaptionData,
  Editable,
  Markdown as MarkdownData,
  Text as TextData,
  Title as TitleData,
} from 'chatkit-controllers/widgets';
import { useEffect, useRef, type CSSProperties } from 'react';
import { Markdown } from '../../markdown/Markdown';
import { clean } from '../box-style';
import { useControlName } from '../labels';
import { CAPTION_SIZE, TEXT_SIZE, TITLE_SIZE, WEIGHT } from '../tokens';
import { asText } from '../as-text';
import type { ComponentProps } from '../types';
import { useField } from '../use-field';
import { color, length, pick } from '../values';

type Typography = Pick<TextData, 'color' | 'weight' | 'textAlign' | 'truncate' | 'maxLines'> & {
  size?: string | undefined;
};

function textStyle(
  props: Typography,
  sizes: Readonly<Record<string, readonly [number, number]>>,
): CSSProperties {
  const [size, line] = pick(sizes, props.size ?? 'md', 'text size') ?? sizes['md'] ?? [16, 24];
  const lines = props.truncate === true ? 1 : props.maxLines;
  return clean({
    fontSize: size,
    lineHeight: `${String(line)}px`,
    fontWeight: pick(WEIGHT, props.weight, 'weight'),
    textAlign: props.textAlign,
    color: color(props.color, 'text'),
    ...(typeof lines === 'number' && lines > 0
      ? {
          display: '-webkit-box',
          WebkitBoxOrient: 'vertical',
          WebkitLineClamp: lines,
          overflow: 'hidden',
          ...(props.truncate === true ? { wordBreak: 'break-all' } : {}),
        }
      : {}),
  });
}

export function Text({ props }: ComponentProps<TextData>) {
  const style = clean({
    ...textStyle(props, TEXT_SIZE),
    fontStyle: props.italic === true ? 'italic' : undefined,
    textDecoration: props.lineThrough === true ? 'line-through' : undefined,
    width: length(props.width),
    minHeight: typeof props.minLines === 'number' ? `${String(props.minLines)}lh` : undefined,
  });
  if (typeof props.editable === 'object' && props.editable !== null) {
    return (
      <EditableText
        value={asText(props.value)}
        editable={props.editable}
        style={style}
        minLines={props.minLines ?? 1}
      />
    );
  }
  return (
    <p className="w-text" data-streaming={props.streaming === true || undefined} style={style}>
      {asText(props.value)}
    </p>
  );
}

interface EditableProps {
  value: string;
  editable: Editable;
  style: CSSProperties;
  minLines: number;
}

/** An editable text, a field of the form around it. It looks like text until it is focused. */
function EditableText({ value: initial, editable, style, minLines }: EditableProps) {
  const { value, set, id } = useField(editable.name, initial);
  const called = useControlName(editable.name, editable.placeholder);
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useFirstFocus(field, editable.autoFocus, editable.autoSelect);
  const common = {
    ref: field,
    id,
    name: editable.name,
    value,
    style,
    className: 'w-editable',
    placeholder: editable.placeholder,
    required: editable.required,
    autoComplete: editable.autoComplete ?? (editable.allowAutofillExtensions === true ? undefined : 'off'),
    'aria-label': called.hasLabel ? undefined : called.text,
    onChange: (event: { target: { value: string } }) => set(event.target.value),
  };
  if (minLines > 1 || initial.includes('\n')) return <textarea {...common} rows={minLines} />;
  return <input {...common} pattern={editable.pattern} />;
}

/** Focuses the field once, when the component is mounted. */
export function useFirstFocus(
  field: { current: HTMLInputElement | HTMLTextAreaElement | null },
  autoFocus: boolean | undefined,
  autoSelect: boolean | undefined,
): void {
  useEffect(() => {
    if (autoFocus === true) field.current?.focus({ preventScroll: true });
    if (autoSelect === true) field.current?.select();
  }, []);
}

export function Title({ props }: ComponentProps<TitleData>) {
  const style = { fontWeight: 600, ...textStyle(props, TITLE_SIZE) };
  return (
    <div className="w-title" role="heading" aria-level={3} style={style}>
      {asText(props.value)}
    </div>
  );
}

export function Caption({ props }: ComponentProps<CaptionData>) {
  return (
    <p className="w-caption" style={textStyle(props, CAPTION_SIZE)}>
      {asText(props.value)}
    </p>
  );
}

export function WidgetMarkdown({ props }: ComponentProps<MarkdownData>) {
  return (
    <div className="w-markdown" data-streaming={props.streaming === true || undefined}>
      <Markdown text={asText(props.value)} />
    </div>
  );
}
