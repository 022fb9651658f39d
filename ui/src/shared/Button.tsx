// A button with words.
import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';
import './Button.css';

interface ButtonProps {
  children: ReactNode;
  onClick?: () => void;
  kind?: 'plain' | 'primary' | 'quiet' | 'danger';
  icon?: IconName;
  title?: string;
  testId?: string;
  disabled?: boolean;
  submit?: boolean;
  /** What is read aloud where the words alone do not say what is meant. */
  label?: string;
  /** A dialog that opens has the focus on it. */
  focusFirst?: boolean;
}

export function Button({
  children,
  onClick,
  kind = 'plain',
  icon,
  title,
  testId,
  disabled,
  submit,
  label,
  focusFirst,
}: ButtonProps) {
  return (
    <button
      type={submit ? 'submit' : 'button'}
      className={`button button-${kind}`}
      onClick={onClick}
      title={title}
      aria-label={label}
      data-focus-first={focusFirst}
      data-testid={testId}
      disabled={disabled}
    >
      {icon && <Icon name={icon} size={17} />}
      {children}
    </button>
  );
}
