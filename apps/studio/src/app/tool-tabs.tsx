import { useStudio, useStudioState } from './studio-context.ts';
import style from './tool-tabs.module.css';
import { TOOLS } from './tools.tsx';

/** The tools, one of them chosen. */
export function ToolTabs() {
  const studio = useStudio();
  const chosen = useStudioState(({ tool }) => tool);
  return (
    <nav className={style['tabs']} aria-label="Tools">
      {TOOLS.map(({ id, label, icon, key }) => (
        <button
          key={id}
          type="button"
          aria-current={id === chosen ? 'page' : undefined}
          aria-keyshortcuts={key}
          title={`${label} (${key})`}
          onClick={() => studio.setTool(id)}
        >
          {icon}
          <span>{label}</span>
        </button>
      ))}
    </nav>
  );
}
