import { useLayoutEffect, useState } from 'react';
import { useKeys } from '../app/keys/use-keys.ts';
import { Brush, type BrushOptions } from './brush.ts';

/**
 * A brush for a component, with the keys [ and ] for its radius. Give its `onTool` and `onHover` to a `PhotoViewport`
 * and put a `BrushLayer` into it.
 */
export function useBrush(options: BrushOptions): Brush {
  const [brush] = useState(() => new Brush(options));
  useLayoutEffect(() => {
    brush.options = options;
  });
  useKeys([
    {
      keys: '[',
      label: 'Smaller brush',
      group: 'Brush',
      run: () => brush.resize(-1),
      isRepeated: true,
    },
    {
      keys: ']',
      label: 'Larger brush',
      group: 'Brush',
      run: () => brush.resize(1),
      isRepeated: true,
    },
  ]);
  return brush;
}
