/** Runs a command line that begins with `events`, and ends the process. */
import { eventsMain } from './events-main.ts';
import { runProcess } from './process-io.ts';

runProcess(eventsMain);
