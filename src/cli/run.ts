/** Runs the command line of this process and ends it. The bundle begins here. */
import { main } from './main.ts';
import { processIo } from './process-io.ts';

const { io, isFlushed } = processIo();
main(process.argv.slice(2), io).then((exitCode) => {
  process.exitCode = exitCode;
  // Taking down what is left takes longer than leaving it.
  if (isFlushed()) process.exit();
});
