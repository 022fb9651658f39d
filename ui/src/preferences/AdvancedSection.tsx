// What few people need to change; it stays as open as it was left, and opens where it holds what must be mended.
import { useState } from 'react';
import { Icon } from '../shared/Icon';
import { BatchField } from './BatchField';
import { MemoryField } from './MemoryField';
import { useMender } from './Refusal';
import { RunningChoice } from './RunningChoice';
import { ThreadsField } from './ThreadsField';

const KEPT = 'proviso-advanced-open';

export function AdvancedSection() {
  const [open, setOpen] = useState(() => localStorage.getItem(KEPT) === 'true');
  const mends = useMender();
  const needed = mends !== null;
  const [wasNeeded, setWasNeeded] = useState(false);
  if (needed !== wasNeeded) {
    setWasNeeded(needed);
    if (needed) setOpen(true);
  }
  return (
    <details
      className="preference advanced"
      data-testid="advanced"
      open={open}
      onToggle={(event) => {
        const now = event.currentTarget.open;
        if (now === open) return;
        setOpen(now);
        localStorage.setItem(KEPT, String(now));
      }}
    >
      <summary>
        <Icon name="chevron" size={14} />
        <h3>Advanced</h3>
        <span>device, numbers, cores and memory</span>
      </summary>
      <RunningChoice
        preference="device"
        legend="Device"
        hint="The part of the computer that does the reading."
      />
      <RunningChoice
        preference="precision"
        legend="Numbers"
        hint="The model is a long calculation. Coarser numbers make it faster and smaller, and can cost a little accuracy."
      />
      <BatchField />
      <ThreadsField />
      <MemoryField />
    </details>
  );
}
