import { Suspense } from 'react';
import { useStudioState } from './studio-context.ts';
import { ToolTabs } from './tool-tabs.tsx';
import { TOOLS } from './tools.tsx';
import { WorkProgress } from './work-progress.tsx';
import style from './workbench.module.css';

/** The tools, the view of the chosen one and its panel. */
export function Workbench() {
  const chosen = useStudioState(({ tool }) => tool);
  const hasLayers = useStudioState(({ layers }) => layers !== undefined);
  const tool = TOOLS.find(({ id }) => id === chosen);
  return (
    <div className={style['workbench']}>
      <ToolTabs />
      <main className={style['view']}>
        <WorkProgress />
        <Suspense>{hasLayers && tool && <tool.View />}</Suspense>
      </main>
      <aside className={style['panel']} aria-label={tool?.label}>
        <Suspense>{hasLayers && tool && <tool.Panel />}</Suspense>
      </aside>
    </div>
  );
}
