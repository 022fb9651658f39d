// Measuring this computer: it goes on when the preferences are closed, and says then how it ended.
import { toErrorView, type Backend, type MeasureProgress } from '../backend';
import type { AppStore } from './appState';

export interface Measuring {
  stage: 'idle' | 'running' | 'done' | 'cancelled' | 'failed';
  progress: MeasureProgress | null;
  /** It was asked to stop and has not done so yet. */
  stopping: boolean;
  /** Why it failed. */
  message: string | null;
}

export const NOT_MEASURING: Measuring = { stage: 'idle', progress: null, stopping: false, message: null };

export interface Measurer {
  measure(): Promise<void>;
  cancelMeasuring(): Promise<void>;
}

export function createMeasurer(
  store: AppStore,
  backend: Backend,
  on: { measured: () => void; unseen: (kind: 'good' | 'bad', title: string, detail: string | null) => void },
): Measurer {
  const change = (to: Partial<Measuring>) =>
    store.setState(({ measuring }) => ({ measuring: { ...measuring, ...to } }));
  const running = () => store.getState().measuring.stage === 'running';
  const seen = () => store.getState().panel === 'preferences';

  return {
    async measure() {
      if (running()) return;
      change({ ...NOT_MEASURING, stage: 'running' });
      try {
        const measurements = await backend.measure((progress) => {
          if (running()) change({ progress });
        });
        store.setState({ measurements, measurementsFault: null });
        change({ ...NOT_MEASURING, stage: 'done' });
        on.measured();
        if (!seen()) on.unseen('good', 'This computer was measured', 'The figures are in the preferences.');
      } catch (reason) {
        const { code, message } = toErrorView(reason);
        if (code === 'cancelled') change({ ...NOT_MEASURING, stage: 'cancelled' });
        else {
          change({ ...NOT_MEASURING, stage: 'failed', message });
          if (!seen()) on.unseen('bad', 'This computer could not be measured', message);
        }
      }
    },
    async cancelMeasuring() {
      if (!running()) return;
      change({ stopping: true });
      try {
        await backend.cancelMeasuring();
      } catch (reason) {
        change({ stopping: false });
        on.unseen('bad', 'The measuring could not be stopped', toErrorView(reason).message);
      }
    },
  };
}
