import { MonitorSmartphone, Server } from 'lucide-react';
import { Segmented } from '../ui/segmented.tsx';
import { useStudio, useStudioState } from './studio-context.ts';
import { useIsNarrow } from './use-is-narrow.ts';

/** Where the network runs: one switch. */
export function ModeSwitch() {
  const studio = useStudio();
  const mode = useStudioState((state) => state.mode);
  const isNarrow = useIsNarrow();
  return (
    <Segmented
      label="Where the network runs"
      isCompact={isNarrow}
      choices={[
        {
          value: 'device',
          label: 'This device',
          icon: <MonitorSmartphone size={18} />,
          hint: 'This device: nothing of the photo leaves it',
        },
        {
          value: 'server',
          label: 'Server',
          icon: <Server size={18} />,
          hint: 'Server: a small copy of the photo goes there and is forgotten',
        },
      ]}
      value={mode}
      onChange={(next) => void studio.setMode(next)}
    />
  );
}
