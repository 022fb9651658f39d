// Why nothing can be read as the preferences stand, beside the one that can mend it.
import type { ChoicesView, RunningPreference } from '../backend';
import { Icon } from '../shared/Icon';
import { useApp } from '../state/react';

export function useMender(): RunningPreference | null {
  return useApp(({ running }) => running?.plan.mendedBy ?? null);
}

/** With null it stands where no single preference can mend it. */
export function Refusal({ preference }: { preference: RunningPreference | keyof ChoicesView | null }) {
  const refusal = useApp(({ running }) => running?.plan.refusal ?? null);
  const mends = useMender();
  if (refusal === null || mends !== preference) return null;
  return (
    <div className="note note-bad" role="alert" data-testid="refusal">
      <Icon name="warning" />
      <p>
        <b>Contracts cannot be read as it is set now.</b> {refusal}
      </p>
    </div>
  );
}
