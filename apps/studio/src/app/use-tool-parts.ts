import { useState } from 'react';
import type { ToolId } from '../engine/state.ts';
import { TOOLS, type ToolParts } from './tools.tsx';

/** The parts of all tools, kept as long as the page; `renew` makes those of one tool anew after a failure. */
export function useToolParts(): {
  readonly parts: ReadonlyMap<ToolId, ToolParts>;
  readonly renew: (id: ToolId) => void;
} {
  const [parts, setParts] = useState(
    () => new Map(TOOLS.map(({ id, parts: make }) => [id, make()])),
  );
  const renew = (id: ToolId) => {
    const tool = TOOLS.find((one) => one.id === id);
    if (tool) setParts((before) => new Map(before).set(id, tool.parts()));
  };
  return { parts, renew };
}
