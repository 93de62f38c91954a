#!/usr/bin/env node
/** `keyslotd --config FILE [--ready-fd N]` */
import { fstatSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { exitStatus, KeyslotError } from '../core/errors.js';
import { hardenProcess } from '../native.js';
import { ConfigError, loadConfig } from './config/load.js';
import type { Config } from './config/schema.js';
import { type RunningDaemon, startDaemon } from './daemon.js';
import { createLog, type Log } from './log.js';
import { packageVersion } from './package-version.js';

const usage = `keyslotd: serves cryptographic keys by name to local applications

Usage: keyslotd --config FILE [--ready-fd N]

  --config FILE   the configuration (YAML); keyslot config check FILE tells what is wrong with one
  --ready-fd N    writes one line to this descriptor as soon as it serves
  --version       prints the version
  --help          prints this

Stops cleanly on SIGTERM and SIGINT; a second signal stops at once.
Exit: 0 stopped, 1 failed, 2 usage, 73 another daemon runs, 77 permission, 78 configuration.
`;

/** Longest that a clean stop may take. */
const stopWithin = 10_000;

function fail(message: string, status: number): never {
  process.stderr.write(`keyslotd: ${message}\n`);
  process.exit(status);
}

function options(): { config: string; readyFd: number | undefined } {
  let values: { config?: string; 'ready-fd'?: string; version?: boolean; help?: boolean };
  try {
    ({ values } = parseArgs({
      options: { config: { type: 'string' }, 'ready-fd': { type: 'string' }, version: { type: 'boolean' }, help: { type: 'boolean' } },
    }));
  } catch (error) {
    fail(`${(error as Error).message}\n\n${usage}`, exitStatus.usage);
  }
  if (values.help === true) {
    process.stdout.write(usage);
    process.exit(exitStatus.ok);
  }
  if (values.version === true) {
    process.stdout.write(`keyslotd ${packageVersion()}\n`);
    process.exit(exitStatus.ok);
  }
  if (values.config === undefined) fail(`--config is missing\n\n${usage}`, exitStatus.usage);
  const ready = values['ready-fd'];
  if (ready !== undefined && !/^\d{1,6}$/.test(ready)) fail('--ready-fd must be the number of a descriptor', exitStatus.usage);
  if (ready !== undefined && !isOpen(Number(ready))) fail(`--ready-fd: descriptor ${ready} is not open`, exitStatus.usage);
  return { config: values.config, readyFd: ready === undefined ? undefined : Number(ready) };
}

function isOpen(descriptor: number): boolean {
  try {
    fstatSync(descriptor);
    return true;
  } catch {
    return false;
  }
}

function readConfig(path: string): Config {
  try {
    return loadConfig(path);
  } catch (error) {
    if (error instanceof ConfigError || error instanceof KeyslotError) fail(error.message, exitStatus.configuration);
    throw error;
  }
}

function stopOnSignals(log: Log, stop: () => Promise<void>): () => void {
  let asked = false;
  const ask = () => {
    if (asked) process.exit(exitStatus.failed);
    asked = true;
    setTimeout(() => process.exit(exitStatus.failed), stopWithin).unref();
    log.info({}, 'stopping');
    stop().then(
      () => process.exit(exitStatus.ok),
      () => process.exit(exitStatus.failed),
    );
  };
  process.on('SIGTERM', ask);
  process.on('SIGINT', ask);
  // Node opens its inspector on SIGUSR1 unless somebody handles it.
  process.on('SIGUSR1', () => undefined);
  return ask;
}

/** What the exit says of a daemon that could not start. */
function startStatus(error: KeyslotError): number {
  if (error.code === 'ALREADY_INITIALIZED' || error.code === 'PROVIDER_BUSY') return exitStatus.cannotCreate;
  return error.code === 'ACCESS_DENIED' ? exitStatus.permission : exitStatus.configuration;
}

async function main(): Promise<void> {
  const { config: path, readyFd } = options();
  process.umask(0o077);
  hardenProcess();
  const config = readConfig(path);
  const log = createLog(config.log);
  let running: RunningDaemon | undefined;
  let stopped = false;
  const ask = stopOnSignals(log, async () => {
    stopped = true;
    await running?.stop();
  });
  try {
    running = await startDaemon(config, log, ask);
  } catch (error) {
    if (!(error instanceof KeyslotError)) throw error;
    fail(`${path}: ${error.field === undefined ? '' : `${error.field}: `}${error.message}`, startStatus(error));
  }
  if (stopped) await running.stop();
  if (readyFd !== undefined) tellReady(readyFd, log);
}

/** Whoever waited may be gone; that is no reason not to serve. */
function tellReady(descriptor: number, log: Log): void {
  try {
    writeSync(descriptor, 'ready\n');
  } catch (error) {
    log.warn({ reason: (error as Error).message }, 'nobody could be told at --ready-fd');
  }
}

main().catch((error: unknown) => fail(error instanceof Error ? (error.stack ?? error.message) : 'failed', exitStatus.failed));
