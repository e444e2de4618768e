import type { Size } from '@diorama/core';
import { useEffect, useLayoutEffect, useState } from 'react';
import { ViewCamera } from './view-camera.ts';

/** A camera for a photo, which ends with the component. Give the same to several viewports and they move as one. */
export function useViewCamera({ width, height }: Size): ViewCamera {
  const [camera] = useState(() => new ViewCamera({ width, height }));
  useLayoutEffect(() => camera.setPhotoSize({ width, height }), [camera, width, height]);
  useEffect(() => () => camera.dispose(), [camera]);
  return camera;
}
