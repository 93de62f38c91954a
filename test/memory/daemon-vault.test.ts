/** The vault's secrets, looked for in the memory of the running daemon, from outside. `npm run scan:daemon` does the same many times. */
import { describe, expect, test } from 'vitest';
import { scenarios } from './daemon-scenarios.js';
import { mayReadAll, needsRights } from './scan-process.js';

describe('no secret where none may be', { timeout: 120_000 }, () => {
  for (const [name, run] of Object.entries(scenarios)) {
    test(name, async (ctx) => {
      if (!mayReadAll()) ctx.skip(needsRights);
      const looks = await run();
      expect(looks.length).toBeGreaterThan(0);
      for (const { moment, residues } of looks) expect(residues, moment).toEqual([]);
    });
  }
});
