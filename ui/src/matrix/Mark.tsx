// A small thing to press inside a head of the grid, for the mouse; the keys that its hint names do the same.
import { Icon, type IconName } from '../shared/Icon';

/** What a press in a head does. */
export type Act = 'pin' | 'hide' | 'select';

export function Mark({ act, icon, title, on }: { act: Act; icon: IconName; title: string; on?: boolean }) {
  return (
    <span className="matrix-mark" aria-hidden="true" title={title} data-act={act} data-on={on || undefined}>
      <Icon name={icon} size={15} />
    </span>
  );
}
