declare module 'kinesalite' {
  import type { Server } from 'node:http';

  /** A server that speaks the Kinesis API and keeps its streams in memory. */
  export default function kinesalite(options: { createStreamMs?: number }): Server;
}
