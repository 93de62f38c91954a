#!/usr/bin/env node
/** `keyslot`, the command line of operators. */
import { interruption } from './context.js';
import { processContext } from './process-context.js';
import { runCli } from './run.js';

const context = processContext();
const status = await runCli(process.argv.slice(2), context);
await context.delivered();
// Output that could not be written is told by now.
await new Promise((resolve) => setImmediate(resolve));
const interrupted = interruption(context.signal);
if (interrupted !== undefined) context.leave(interrupted);
// Ends here also when somebody still holds standard input open.
process.exit(status);
