import type { ReactNode } from 'react';
import style from './view-bar.module.css';
import type { ViewCamera } from './view-camera.ts';
import { ZoomBar } from './zoom-bar.tsx';

interface ViewBarProps {
  readonly camera: ViewCamera;
  /** Beside the zoom. */
  readonly children?: ReactNode;
}

/** The bar under a view. A viewport brings its own, unless its `status` is null since it shares one with another. */
export function ViewBar({ camera, children }: ViewBarProps) {
  return (
    <div className={style['bar']}>
      <div className={style['slot']}>{children}</div>
      <ZoomBar camera={camera} />
    </div>
  );
}
