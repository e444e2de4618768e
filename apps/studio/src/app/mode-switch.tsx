import { Segmented } from '../ui/segmented.tsx';
import { useStudio, useStudioState } from './studio-context.ts';

/** Where the network runs: one switch. */
export function ModeSwitch() {
  const studio = useStudio();
  const mode = useStudioState((state) => state.mode);
  return (
    <Segmented
      label="Where the network runs"
      choices={[
        { value: 'device', label: 'This device', hint: 'Nothing of the photo leaves this device' },
        {
          value: 'server',
          label: 'Server',
          hint: 'A small copy of the photo goes to this server and is forgotten',
        },
      ]}
      value={mode}
      onChange={(next) => void studio.setMode(next)}
    />
  );
}
