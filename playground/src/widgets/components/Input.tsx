import type { Input as InputData, Textarea as TextareaData } from 'chatkit-controllers/widgets';
import { useLayoutEffect, useRef } from 'react';
import { clean } from '../box-style';
import { useControlName } from '../labels';
import { CONTROL_SIZE, GUTTER, GUTTER_OF_SIZE } from '../tokens';
import type { ComponentProps } from '../types';
import { useField } from '../use-field';
import { pick } from '../values';
import { useFirstFocus } from './Text';

const TYPES = new Set(['number', 'email', 'text', 'password', 'tel', 'url']);

function controlStyle({
  size = 'md',
  gutterSize,
}: {
  size?: string | undefined;
  gutterSize?: string | undefined;
}) {
  const gutter = pick(GUTTER, gutterSize, 'gutter') ?? pick(GUTTER_OF_SIZE, size, 'control size') ?? 12;
  return { height: pick(CONTROL_SIZE, size, 'control size') ?? 32, gutter };
}

export function Input({ props }: ComponentProps<InputData>) {
  const { value, set, id } = useField(props.name, props.defaultValue ?? '');
  const called = useControlName(props.name, props.placeholder);
  const field = useRef<HTMLInputElement>(null);
  useFirstFocus(field, props.autoFocus, props.autoSelect);
  const { height, gutter } = controlStyle(props);
  const type = props.inputType !== undefined && TYPES.has(props.inputType) ? props.inputType : 'text';
  return (
    <input
      ref={field}
      id={id}
      className="w-input"
      data-variant={props.variant ?? 'outline'}
      data-pill={props.pill === true || undefined}
      type={type}
      name={props.name}
      value={value}
      placeholder={props.placeholder}
      required={props.required}
      pattern={props.pattern}
      disabled={props.disabled}
      step={type === 'number' ? 'any' : undefined}
      autoComplete={props.allowAutofillExtensions === true ? undefined : 'off'}
      aria-label={called.hasLabel ? undefined : called.text}
      style={{ height, paddingInline: gutter }}
      onChange={(event) => set(event.target.value)}
    />
  );
}

export function Textarea({ props }: ComponentProps<TextareaData>) {
  const { value, set, id } = useField(props.name, props.defaultValue ?? '');
  const called = useControlName(props.name, props.placeholder);
  const field = useRef<HTMLTextAreaElement>(null);
  useFirstFocus(field, props.autoFocus, props.autoSelect);
  const { gutter } = controlStyle(props);
  useLayoutEffect(() => {
    if (props.autoResize === true && field.current !== null) grow(field.current);
  }, [value, props.autoResize]);
  return (
    <textarea
      ref={field}
      id={id}
      className="w-input w-textarea"
      data-variant={props.variant ?? 'outline'}
      name={props.name}
      rows={props.rows ?? 3}
      value={value}
      placeholder={props.placeholder}
      required={props.required}
      disabled={props.disabled}
      autoComplete={props.allowAutofillExtensions === true ? undefined : 'off'}
      aria-label={called.hasLabel ? undefined : called.text}
      style={clean({
        paddingInline: gutter,
        maxHeight: props.maxRows === undefined ? undefined : `calc(${String(props.maxRows)}lh + 18px)`,
      })}
      onChange={(event) => {
        event.target.setCustomValidity(problemOf(event.target.value, props.pattern));
        set(event.target.value);
      }}
    />
  );
}

/** Checks `pattern`, which HTML does not support for textareas. */
function problemOf(value: string, pattern: string | undefined): string {
  if (pattern === undefined || value === '') return '';
  try {
    return new RegExp(`^(?:${pattern})$`, 'v').test(value) ? '' : 'Please match the requested format.';
  } catch {
    return '';
  }
}

function grow(field: HTMLTextAreaElement): void {
  field.style.height = 'auto';
  field.style.height = `${String(field.scrollHeight + 2)}px`;
}
