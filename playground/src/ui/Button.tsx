import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, Ref } from 'react';

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: LucideIcon;
  /** For screen readers, and as a tooltip. */
  label: string;
  size?: number;
  filled?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button with only an icon. */
export function IconButton({
  icon: Icon,
  label,
  size = 18,
  filled = false,
  className = '',
  ...rest
}: IconButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} className={`icon-button ${className}`} {...rest}>
      <Icon size={size} strokeWidth={1.75} aria-hidden fill={filled ? 'currentColor' : 'none'} />
    </button>
  );
}

interface TextButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'plain' | 'primary' | 'danger';
  ref?: Ref<HTMLButtonElement>;
}

export function TextButton({ kind = 'plain', className = '', ...rest }: TextButtonProps) {
  return <button type="button" className={`text-button ${kind} ${className}`} {...rest} />;
}
