import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import style from './tool-boundary.module.css';

interface ToolBoundaryProps {
  readonly name: string;
  /** Loads what is inside anew. */
  readonly onReload: () => void;
  readonly children: ReactNode;
}

/** Where a tool breaks the page and its photo stay: a line, and a way to have the tool anew. */
export class ToolBoundary extends Component<ToolBoundaryProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render() {
    const { name, onReload, children } = this.props;
    if (!this.state.isBroken) return children;
    return (
      <div className={style['broken']} role="alert">
        <p>{name} stopped working. The photo and what was done to it are still there.</p>
        <Button
          onClick={() => {
            onReload();
            this.setState({ isBroken: false });
          }}
        >
          Reload the tool
        </Button>
      </div>
    );
  }
}
