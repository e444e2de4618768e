import { Suspense, useEffect, useRef } from 'react';
import { Glimpse } from './glimpse.tsx';
import { PanelSheet } from './panel-sheet.tsx';
import { useStudioState } from './studio-context.ts';
import { ToolBoundary } from './tool-boundary.tsx';
import { ToolTabs } from './tool-tabs.tsx';
import { TOOLS } from './tools.tsx';
import { useToolParts } from './use-tool-parts.ts';
import { WorkProgress } from './work-progress.tsx';
import style from './workbench.module.css';

/** The tools, the view of the chosen one and its panel. */
export function Workbench() {
  const chosen = useStudioState(({ tool }) => tool);
  const hasLayers = useStudioState(({ layers }) => layers !== undefined);
  const { parts, renew } = useToolParts();
  const view = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another tool, what was focused may be gone
  useEffect(() => {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body) {
      view.current?.focus({ preventScroll: true });
    }
  }, [chosen]);
  const tool = TOOLS.find(({ id }) => id === chosen);
  const shown = hasLayers ? parts.get(chosen) : undefined;
  const boundary = { name: tool?.label ?? '', onReload: () => renew(chosen) };
  return (
    <div className={style['workbench']}>
      <ToolTabs />
      <main ref={view} className={style['view']} tabIndex={-1} aria-label={tool?.label}>
        <WorkProgress />
        {!shown && <Glimpse />}
        <ToolBoundary key={chosen} {...boundary}>
          <Suspense>{shown && <shown.View />}</Suspense>
        </ToolBoundary>
      </main>
      <PanelSheet label={`${tool?.label}: settings`}>
        <ToolBoundary key={chosen} {...boundary}>
          <Suspense>{shown && <shown.Panel />}</Suspense>
        </ToolBoundary>
      </PanelSheet>
    </div>
  );
}
