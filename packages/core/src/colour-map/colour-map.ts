/** Colours for a depth from far to near. */
export const COLOUR_MAP_NAMES = [
  'grey',
  'grey-inverted',
  'turbo',
  'magma',
  'inferno',
  'viridis',
] as const;
export type ColourMapName = (typeof COLOUR_MAP_NAMES)[number];

/** Coefficients of one channel, 0..1 over 0..1, the constant first. */
type Polynomial = readonly number[];
type Channels = readonly [red: Polynomial, green: Polynomial, blue: Polynomial];

/**
 * Turbo by A. Mikhailov (Google, 2019, Apache-2.0), as the polynomials that R. Du fitted to its table and published with
 * it; they are up to some 30 levels off at its ends. Its colours can be told apart best; its lightness rises to the middle
 * and falls again.
 */
const TURBO: Channels = [
  [0.13572138, 4.6153926, -42.66032258, 132.13108234, -152.94239396, 59.28637943],
  [0.09140261, 2.19418839, 4.84296658, -14.18503333, 4.27729857, 2.82956604],
  [0.1066733, 12.64194608, -60.58204836, 110.36276771, -89.90310912, 27.34824973],
];

/**
 * Magma, inferno and viridis by S. van der Walt and N. Smith (matplotlib, 2015, CC0), as the polynomials that M. Zucker
 * fitted to their tables (2019, CC0). Their lightness rises from far to near.
 */
const MAGMA: Channels = [
  [
    -0.002136485053939582, 0.2516605407371642, 8.353717279216625, -27.66873308576866,
    52.17613981234068, -50.76852536473588, 18.65570506591883,
  ],
  [
    -0.000749655052795221, 0.6775232436837668, -3.577719514958484, 14.26473078096533,
    -27.94360607168351, 29.04658282127291, -11.48977351997711,
  ],
  [
    -0.005386127855323933, 2.494026599312351, 0.3144679030132573, -13.64921318813922,
    12.94416944238394, 4.23415299384598, -5.601961508734096,
  ],
];
const INFERNO: Channels = [
  [
    0.0002189403691192265, 0.1065134194856116, 11.60249308247187, -41.70399613139459,
    77.162935699427, -71.31942824499214, 25.13112622477341,
  ],
  [
    0.001651004631001012, 0.5639564367884091, -3.972853965665698, 17.43639888205313,
    -33.40235894210092, 32.62606426397723, -12.24266895238567,
  ],
  [
    -0.01948089843709184, 3.932712388889277, -15.9423941062914, 44.35414519872813,
    -81.80730925738993, 73.20951985803202, -23.07032500287172,
  ],
];
const VIRIDIS: Channels = [
  [
    0.2777273272234177, 0.1050930431085774, -0.3308618287255563, -4.634230498983486,
    6.228269936347081, 4.776384997670288, -5.435455855934631,
  ],
  [
    0.005407344544966578, 1.404613529898575, 0.214847559468213, -5.799100973351585,
    14.17993336680509, -13.74514537774601, 4.645852612178535,
  ],
  [
    0.3340998053353061, 1.384590162594685, 0.09509516302823659, -19.33244095627987,
    56.69055260068105, -65.35303263337234, 26.3124352495832,
  ],
];
const GREY: Channels = [
  [0, 1],
  [0, 1],
  [0, 1],
];
const GREY_INVERTED: Channels = [
  [1, -1],
  [1, -1],
  [1, -1],
];

const CHANNELS: Readonly<Record<ColourMapName, Channels>> = {
  grey: GREY,
  'grey-inverted': GREY_INVERTED,
  turbo: TURBO,
  magma: MAGMA,
  inferno: INFERNO,
  viridis: VIRIDIS,
};

/** A colour map as a table: `entries` colours of 3 bytes, sRGB, the first for the farthest depth. */
export function colourTable(name: ColourMapName, entries = 256): Uint8Array {
  const table = new Uint8Array(entries * 3);
  for (let entry = 0; entry < entries; entry++) {
    const at = entries > 1 ? entry / (entries - 1) : 0;
    CHANNELS[name].forEach((polynomial, channel) => {
      const value = polynomial.reduceRight((sum, coefficient) => sum * at + coefficient, 0);
      table[3 * entry + channel] = Math.round(255 * Math.min(1, Math.max(0, value)));
    });
  }
  return table;
}
