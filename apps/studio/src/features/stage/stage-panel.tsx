import { CameraSection } from './camera-section.tsx';
import { DepthSection } from './depth-section.tsx';
import { LookSection } from './look-section.tsx';

/** What stands on the stage, how the camera goes, and the brush for the depth. */
export function StagePanel() {
  return (
    <>
      <LookSection />
      <CameraSection />
      <DepthSection />
    </>
  );
}
