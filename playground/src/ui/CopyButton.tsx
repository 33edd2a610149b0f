import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { copyText } from './copy-text';

interface CopyButtonProps {
  label: string;
  icon: LucideIcon;
  text: () => string;
}

/** Copies a text, and confirms it. */
export function CopyButton({ label, icon: Icon, text }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  return (
    <button
      type="button"
      className="text-button small"
      onClick={() =>
        void copyText(text()).then(
          () => setCopied(true),
          () => setCopied(false),
        )
      }
    >
      <Icon size={14} aria-hidden /> {isCopied ? 'Copied' : label}
    </button>
  );
}
