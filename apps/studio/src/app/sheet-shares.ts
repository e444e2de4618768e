/** How much of a phone's height the sheet may take: none, enough for a few controls, or most of it. */
export const SHEET_SHARES = [0, 0.38, 0.64] as const;

/** The share at which a sheet that was let go comes to rest. */
export function settledShare(share: number): number {
  return SHEET_SHARES.reduce((best, one) =>
    Math.abs(one - share) < Math.abs(best - share) ? one : best,
  );
}

/** What a press makes of it: smaller, unless there is nothing left of it. */
export function nextShare(share: number): number {
  return share > 0.2 ? 0 : 0.38;
}
