/** Messages as clients have sent them: the recorded frames of version 1, one entry a message, which may be several frames. */
import { fileURLToPath } from 'node:url';
import { recordings } from '../protocol/recordings.js';

/** From `dist/test/fuzz`. */
const folder = fileURLToPath(new URL('../../../test/fixtures/protocol/v1', import.meta.url));

export function recordedRequests(): readonly Uint8Array[] {
  const { rows, stream } = recordings(folder, 'requests');
  let at = 0;
  return rows.map(({ length }) => {
    at += length;
    return stream.subarray(at - length, at);
  });
}
