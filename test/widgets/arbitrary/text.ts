import fc from 'fast-check';
import type { Caption, Editable, Markdown, Text, Title } from '../../../src/widgets/components';
import { component } from './component';
import { object } from './shape';
import {
  captionSize,
  color,
  dimension,
  flag,
  number,
  text,
  textAlign,
  textSize,
  titleSize,
  weight,
} from './values';

const typography = { color, weight, textAlign, truncate: flag, maxLines: number };

const editable = object<Editable>(
  { name: text },
  {
    autoFocus: flag,
    autoSelect: flag,
    autoComplete: text,
    allowAutofillExtensions: flag,
    pattern: text,
    placeholder: text,
    required: flag,
  },
);

export const texts = {
  Text: component<Text>(
    'Text',
    { value: text },
    {
      ...typography,
      streaming: flag,
      italic: flag,
      lineThrough: flag,
      width: dimension,
      size: textSize,
      minLines: number,
      editable: fc.oneof(fc.constant(false as const), editable),
    },
  ),
  Title: component<Title>('Title', { value: text }, { ...typography, size: titleSize }),
  Caption: component<Caption>('Caption', { value: text }, { ...typography, size: captionSize }),
  Markdown: component<Markdown>('Markdown', { value: text }, { streaming: flag }),
};
