import type { AdminRoute } from './admin-route.ts';
import { moveClock, readClock } from './clock.ts';
import { health } from './health.ts';
import { status } from './status.ts';

/** Busbar's own API: every address under `/_busbar/`. `docs/admin-api.md` shows each by example. */
export const adminRoutes: readonly AdminRoute[] = [health, status, readClock, moveClock];
