import type { Colour } from '@diorama/contract';
import type { LayersOptions } from '@diorama/engine';

/** One entry of the list with which rembg's framework refuses a parameter; what was sent is not repeated. */
export interface ParameterFault {
  readonly type: string;
  /** Where it was looked for, and its name. */
  readonly loc: readonly [place: 'body' | 'query', name: string];
  readonly msg: string;
}

/** A parameter's value, wherever the request has it, and where it belongs. */
export interface Parameters {
  readonly get: (name: string) => string | undefined;
  readonly place: 'body' | 'query';
}

/** The models that rembg knows. They are taken for the server's own, unless it has one of that name open. */
export const REMBG_MODELS = [
  'u2net',
  'u2netp',
  'u2net_human_seg',
  'u2net_cloth_seg',
  'u2net_custom',
  'silueta',
  'isnet-general-use',
  'isnet-anime',
  'dis_custom',
  'sam',
  'birefnet-general',
  'birefnet-general-lite',
  'birefnet-portrait',
  'birefnet-dis',
  'birefnet-hrsod',
  'birefnet-cod',
  'birefnet-massive',
  'ben_custom',
  'ben2-base',
  'bria-rmbg',
] as const;

/** The fields of rembg's form besides its file. */
export const REMBG_TEXTS = ['model', 'a', 'af', 'ab', 'ae', 'om', 'ppm', 'bgc', 'extras'] as const;

const TRUE = ['true', '1', 'on', 't', 'y', 'yes'];
const FALSE = ['false', '0', 'off', 'f', 'n', 'no'];

/**
 * What rembg's parameters say; faults where some cannot be. Alpha matting (`a`, `af`, `ab`, `ae`), mask cleaning (`ppm`)
 * and `extras` are held to their ranges and change nothing: every matte here is soft, and clean, already.
 */
export function readRembgOptions(
  parameters: Parameters,
  openModels: readonly string[],
): { readonly options: LayersOptions } | { readonly faults: readonly ParameterFault[] } {
  const { get, place } = parameters;
  const faults: ParameterFault[] = [];
  const refuse = (name: string, type: string, msg: string) =>
    faults.push({ type, loc: [place, name], msg });

  const model = get('model');
  const isOpen = model !== undefined && openModels.includes(model);
  if (model !== undefined && !isOpen && !REMBG_MODELS.some((name) => name === model)) {
    const known = [...new Set([...REMBG_MODELS, ...openModels])].join('|');
    refuse('model', 'string_pattern_mismatch', `String should match pattern '(${known})'`);
  }
  const [, onlyMask] = (['a', 'om', 'ppm'] as const).map((name) => {
    const word = get(name)?.toLowerCase() ?? 'false';
    if (!TRUE.includes(word) && !FALSE.includes(word)) {
      refuse(name, 'bool_parsing', 'Input should be a valid boolean, unable to interpret input');
    }
    return TRUE.includes(word);
  });
  for (const name of ['af', 'ab', 'ae'] as const) {
    const fault = wholeFault(get(name), name === 'ae' ? undefined : 255);
    if (fault !== undefined) refuse(name, fault.type, fault.msg);
  }
  const bgc = get('bgc');
  const colour = bgc === undefined ? undefined : readColour(bgc);
  if (bgc !== undefined && colour === undefined) {
    refuse('bgc', 'value_error', 'Input should be four whole numbers from 0 to 255: r,g,b,a');
  }
  if (faults.length > 0) return { faults };
  return {
    options: {
      layers: [onlyMask ? 'matte' : 'subject'],
      ...(isOpen ? { model } : {}),
      ...(colour === undefined || onlyMask ? {} : { background: { colour } }),
    },
  };
}

function wholeFault(
  text: string | undefined,
  most: number | undefined,
): Pick<ParameterFault, 'type' | 'msg'> | undefined {
  if (text === undefined) return undefined;
  if (!/^ *[+-]?\d{1,18} *$/.test(text)) {
    return {
      type: 'int_parsing',
      msg: 'Input should be a valid integer, unable to parse string as an integer',
    };
  }
  const value = Number(text);
  if (value < 0) {
    return { type: 'greater_than_equal', msg: 'Input should be greater than or equal to 0' };
  }
  if (most === undefined || value <= most) return undefined;
  return { type: 'less_than_equal', msg: `Input should be less than or equal to ${most}` };
}

function readColour(text: string): Colour | undefined {
  const values = text.split(',').map((part) => (/^ *\d{1,3} *$/.test(part) ? Number(part) : 256));
  const [red, green, blue, alpha = 255] = values;
  if (values.length < 3 || values.length > 4 || Math.max(...values) > 255) return undefined;
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  return { red, green, blue, alpha };
}
