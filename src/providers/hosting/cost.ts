/** Classes of cost: what shares a host fairly, and how long silence may last before a host counts as hung. */

export const costClasses = ['short', 'ecdsa', 'rsa', 'slow'] as const;
export type CostClass = (typeof costClasses)[number];

/** Most requests of a class that are outstanding at a host at once, so that a slow class always leaves room for the faster ones. */
export const outstandingByClass: Readonly<Record<CostClass, number>> = { short: 16, ecdsa: 12, rsa: 8, slow: 2 };
/** Most requests outstanding at a host; the rest wait in the daemon, so that only started ones can have an unknown outcome. */
export const outstandingTotal = 16;
/** Most requests of one caller outstanding at a host, given-up ones included. */
export const outstandingByCaller = 12;

/** Milliseconds of silence after which a host is replaced. */
export interface HangLimits {
  readonly call: number;
  readonly generate: number;
}
export function hangLimit(limits: HangLimits, cost: CostClass): number {
  return cost === 'slow' ? limits.generate : limits.call;
}
