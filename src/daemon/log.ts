/** The daemon's log: JSON lines or text on standard error, four levels. What is logged never holds data, keys or PINs. */
import { type DestinationStream, destination, type Logger, pino } from 'pino';

export type Log = Pick<Logger, 'error' | 'warn' | 'info' | 'debug'>;
export interface LogOptions {
  readonly format: 'json' | 'text';
  readonly level: 'error' | 'warn' | 'info' | 'debug';
}

const descriptor = 2;

export function createLog(options: LogOptions): Log {
  const out = destination({ fd: descriptor, sync: true });
  return pino(
    { level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    options.format === 'json' ? out : asText(out),
  );
}

/** `2026-11-24T10:00:00.000Z info  serving path=/run/keyslot/keyslot.sock` */
function asText(out: DestinationStream): DestinationStream {
  return {
    write(line: string) {
      const { time, level, msg, ...rest } = JSON.parse(line) as Record<string, unknown>;
      const fields = Object.entries(rest).map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
      out.write(`${String(time)} ${String(level).padEnd(5)} ${String(msg)}${fields.join('')}\n`);
    },
  };
}
