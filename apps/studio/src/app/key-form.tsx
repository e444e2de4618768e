import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import style from './key-form.module.css';

/** Asks for a key of the server. It is kept in this page's memory and nowhere else. */
export function KeyForm({ onKey }: { readonly onKey: (key: string) => void }) {
  const [key, setKey] = useState('');
  return (
    <form
      className={style['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim()) onKey(key.trim());
      }}
    >
      <input
        type="password"
        aria-label="API key"
        placeholder="API key"
        autoComplete="off"
        spellCheck={false}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <Button type="submit" look="main" disabled={key.trim() === ''}>
        Use it
      </Button>
    </form>
  );
}
