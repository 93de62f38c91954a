/** What stands where a secret would be. */
export const redacted = '[REDACTED]';
