// A button with a pictogram; its name is read aloud and shown as a hint.
import { Icon, type IconName } from './Icon';
import './IconButton.css';

interface IconButtonProps {
  icon: IconName;
  label: string;
  onClick: () => void;
  pressed?: boolean;
  expanded?: boolean;
  small?: boolean;
  disabled?: boolean;
  testId?: string;
  /** -1 where the Tab key passes it by. */
  tabIndex?: number;
}

export function IconButton({
  icon,
  label,
  onClick,
  pressed,
  expanded,
  small,
  disabled,
  testId,
  tabIndex,
}: IconButtonProps) {
  return (
    <button
      type="button"
      className={small ? 'icon-button icon-button-small' : 'icon-button'}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      onClick={onClick}
      disabled={disabled}
      tabIndex={tabIndex}
      data-testid={testId}
    >
      <Icon name={icon} size={small ? 15 : 18} />
    </button>
  );
}
