import { useState } from 'react';

interface PixelInputProps {
  readonly id: string;
  readonly value: number;
  /** Larger numbers become this one. */
  readonly most: number;
  readonly onChange: (pixels: number) => void;
  readonly disabled: boolean;
}

/** A number of pixels. While it is typed it may be anything; it counts when the field is left or Enter is pressed. */
export function PixelInput({ id, value, most, onChange, disabled }: PixelInputProps) {
  const [typed, setTyped] = useState<string>();
  const settle = () => {
    const pixels = Math.round(Number(typed));
    if (typed !== undefined && pixels >= 1) onChange(Math.min(most, pixels));
    setTyped(undefined);
  };
  return (
    <input
      id={id}
      type="number"
      inputMode="numeric"
      min={1}
      max={most}
      step={1}
      value={typed ?? value}
      disabled={disabled}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
      }}
    />
  );
}
