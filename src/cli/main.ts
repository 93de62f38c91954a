#!/usr/bin/env node
/** `keyslot`, the command line of operators. */
import { processContext } from './process-context.js';
import { runCli } from './run.js';

const args = process.argv.slice(2);
const context = processContext();
const status = await runCli(args, context);
// A daemon lives on; anything else ends here, also when somebody still holds standard input open.
if (process.argv[1] !== 'keyslotd') process.exit(status);
