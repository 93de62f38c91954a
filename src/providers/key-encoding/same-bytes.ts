/** Whether two public values are equal. Secrets are compared by `timingSafeEqual` of node:crypto. */
export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
