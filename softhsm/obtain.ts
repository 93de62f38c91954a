/** One call that answers with a usable SoftHSM2, whatever it takes. */
import { fetchSoftHsm, findFetched, type Report } from './fetch.js';
import { fetchFolders, findInstalled, preferredFetchFolder, type SoftHsm } from './locate.js';

export interface ObtainOptions {
  /** Hears, line by line, what takes time. */
  readonly report?: Report;
}

/**
 * SOFTHSM2_MODULE, else an installed SoftHSM2, else one fetched before; undefined when there is none.
 * @throws PROVIDER_NOT_AVAILABLE when SOFTHSM2_MODULE names a file that is not there
 */
export function findSoftHsm(): SoftHsm | undefined {
  const installed = findInstalled();
  if (installed !== undefined) return installed;
  for (const folder of fetchFolders()) {
    const fetched = findFetched(folder);
    if (fetched !== undefined) return fetched;
  }
  return undefined;
}

let underWay: Promise<SoftHsm> | undefined;

/**
 * Finds SoftHSM2, or fetches it from the distribution's packages without root into `.softhsm` of this package, or into the user's
 * cache where that can't be written.
 * @throws PROVIDER_NOT_AVAILABLE whose message holds the command to run by hand
 */
export async function obtainSoftHsm(options: ObtainOptions = {}): Promise<SoftHsm> {
  const found = findSoftHsm();
  if (found !== undefined) return found;
  underWay ??= fetchSoftHsm(preferredFetchFolder(), options.report).finally(() => {
    underWay = undefined;
  });
  return await underWay;
}
