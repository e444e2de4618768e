import type { CameraPathKind } from '@diorama/core/scene';
import type { Choice } from '../../ui/segmented.tsx';

/** Ways of a camera, in words. */
export const CAMERA_CHOICES: readonly Choice<CameraPathKind>[] = [
  { value: 'orbit', label: 'Orbit', hint: 'Around in a circle' },
  { value: 'sway', label: 'Sway', hint: 'From side to side' },
  { value: 'zoom', label: 'Zoom', hint: 'In and out' },
  { value: 'dolly', label: 'Dolly', hint: 'Back while zooming in: the background grows' },
];
