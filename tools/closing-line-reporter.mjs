// Ends a run with one plain line, `N passed, N failed`, and `, N skipped` where there are any. A file that can't be loaded is a
// failure. With KEYSLOT_CI set a skipped test is one too: there nothing may be missing.
export default class ClosingLineReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    const skipped = new Map();
    for (const module of modules) {
      if (module.state() === 'failed' && module.errors().length > 0) count.failed += 1;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') count.passed += 1;
        else if (result.state === 'failed') count.failed += 1;
        else {
          count.skipped += 1;
          const why = result.note ?? 'no reason given';
          skipped.set(why, (skipped.get(why) ?? 0) + 1);
        }
      }
    }
    if (process.env.KEYSLOT_CI && count.skipped > 0) process.exitCode = 1;
    for (const [why, n] of skipped) process.stdout.write(`skipped ${n}: ${why}\n`);
    process.stdout.write(`${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ''}\n`);
  }
}
