/** How many photos a caller may still have this month; absent where nobody counts. */
export type CreditsOf = (callerId: string) => number | undefined;

/** What the account of a caller without a monthly budget says, so that clients which check it first go on. */
export const UNCOUNTED_CREDITS = 1_000_000;

/** The body of `GET /v1.0/account`: one photo is one credit, and all credits are a subscription's. */
export function accountOf(credits: number | undefined) {
  const left = credits ?? UNCOUNTED_CREDITS;
  return {
    data: {
      attributes: {
        credits: { total: left, subscription: left, payg: 0, enterprise: 0 },
        api: { free_calls: 0, sizes: 'all' },
      },
    },
  };
}
