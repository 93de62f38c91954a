import { action } from '../action.js';
import type { JsonFlags } from '../flags.js';
export interface DemoFlags extends JsonFlags {
  readonly keep?: boolean;
}
export const demo = action(async (context, flags: DemoFlags) => {
  context.process.stderr.write('soon\n');
});
