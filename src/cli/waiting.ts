/** That a long call is still under way, on a terminal only. */
import type { CliContext } from './context.js';
import { humanTime } from './human.js';

/** Milliseconds before anything is shown, and between two looks. */
const patience = 1000;

/** Runs `work`; after a second a line on standard error tells what it does and for how long. */
export async function waiting<T>(context: CliContext, what: string, silent: boolean, work: () => Promise<T>): Promise<T> {
  const { stderr } = context.process;
  if (silent || !stderr.isTTY) return work();
  const since = performance.now();
  let shown = false;
  const timer = setInterval(() => {
    shown = true;
    const { columns = 80 } = stderr;
    stderr.write(`\r${`${what}: ${humanTime(performance.now() - since)}`.slice(0, columns - 1)}\u001b[K`);
  }, patience);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (shown) stderr.write('\r\u001b[K');
  }
}
