// A button with words.
import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';
import './Button.css';

interface ButtonProps {
  children: ReactNode;
  onClick?: () => void;
  kind?: 'plain' | 'primary' | 'quiet';
  icon?: IconName;
  title?: string;
  testId?: string;
  disabled?: boolean;
  submit?: boolean;
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
}: ButtonProps) {
  return (
    <button
      type={submit ? 'submit' : 'button'}
      className={`button button-${kind}`}
      onClick={onClick}
      title={title}
      data-testid={testId}
      disabled={disabled}
    >
      {icon && <Icon name={icon} size={17} />}
      {children}
    </button>
  );
}
