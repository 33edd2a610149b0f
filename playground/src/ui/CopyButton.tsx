import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';

interface CopyButtonProps {
  label: string;
  icon: LucideIcon;
  text: () => string;
}

/** Copies a text, and says that it has. */
export function CopyButton({ label, icon: Icon, text }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  return (
    <button
      type="button"
      className="text-button small"
      onClick={() => void navigator.clipboard.writeText(text()).then(() => setCopied(true))}
    >
      <Icon size={14} aria-hidden /> {isCopied ? 'Copied' : label}
    </button>
  );
}
