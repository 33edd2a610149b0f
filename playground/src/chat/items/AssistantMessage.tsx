import type { AssistantMessageItem } from 'chatkit-controllers/client';
import { memo } from 'react';
import { CitedText } from './CitedText';

export const AssistantMessage = memo(function AssistantMessage({ item }: { item: AssistantMessageItem }) {
  return (
    <>
      {item.content.map((part, index) => (
        <CitedText key={index} text={part.text} annotations={part.annotations} />
      ))}
    </>
  );
});
