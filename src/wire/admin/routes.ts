import type { AdminRoute } from './admin-route.ts';
import { moveClock, readClock } from './clock.ts';
import { event } from './event.ts';
import { explain } from './explain.ts';
import { exportArchive } from './export-archive.ts';
import { getFailed, listFailed } from './failed.ts';
import { getReplay } from './get-replay.ts';
import { health } from './health.ts';
import { importArchive } from './import-archive.ts';
import { metrics } from './metrics.ts';
import { putServiceEvent } from './put-service-event.ts';
import { cancelRedrive, getRedrive, listRedrives, startRedrive } from './redrive.ts';
import { rehearseReplay } from './rehearse-replay.ts';
import { startReplay } from './start-replay.ts';
import { status } from './status.ts';
import { tail } from './tail.ts';

/** Busbar's own API: every address under `/_busbar/`. `docs/admin-api.md` shows each by example. */
export const adminRoutes: readonly AdminRoute[] = [
  health,
  status,
  event,
  tail,
  explain,
  listFailed,
  getFailed,
  startRedrive,
  listRedrives,
  getRedrive,
  cancelRedrive,
  metrics,
  readClock,
  moveClock,
  exportArchive,
  importArchive,
  startReplay,
  getReplay,
  rehearseReplay,
  putServiceEvent,
];
