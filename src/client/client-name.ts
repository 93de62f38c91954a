/** What the client calls itself in its hello, for the daemon's log. */
export function clientName(): string {
  return `keyslot-node ${process.versions.node}`;
}
