/** Runs the command line of this process and ends it. The whole program begins here. */
import { main } from './main.ts';
import { runProcess } from './process-io.ts';

runProcess(main);
