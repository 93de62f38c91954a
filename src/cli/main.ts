#!/usr/bin/env node
/** `keyslot`, the command line of operators. */
import { processContext } from './process-context.js';
import { runCli } from './run.js';

// Ends here also when somebody still holds standard input open.
process.exit(await runCli(process.argv.slice(2), processContext()));
