import { milliseconds } from '../../domain/duration.ts';
import type { AdminContext } from './admin-context.ts';
import { AdminError } from './admin-error.ts';
import { type AdminRoute, json } from './admin-route.ts';

const PATH = '/_busbar/clock';

/** What time it is on the bus, and when the next thing falls due. */
export const readClock: AdminRoute = {
  method: 'GET',
  path: PATH,
  action: 'GetClock',
  answer: async (_request, context) => json(clockNow(context)),
};

/** Moves a clock that is moved by hand; answers when all that fell due on the way has been seen to. */
export const moveClock: AdminRoute = {
  method: 'POST',
  path: PATH,
  action: 'MoveClock',
  async answer({ body }, context) {
    const { clockMover } = context;
    if (clockMover === undefined) {
      throw new AdminError(
        409,
        "The clock of this bus is the machine's: only one started with --clock hand can be moved.",
      );
    }
    const move = readMove(body);
    try {
      if ('advance' in move) await clockMover.advance(milliseconds(move.advance));
      else if ('to' in move) await clockMover.to(move.to);
      else await clockMover.next();
    } catch (error) {
      if (error instanceof RangeError) throw new AdminError(400, error.message);
      throw error;
    }
    return json(clockNow(context));
  },
};

function clockNow({ clock, clockMover }: AdminContext): object {
  const nextDue = clockMover?.nextDue();
  return {
    kind: clockMover === undefined ? 'system' : 'hand',
    now: new Date(clock.now()).toISOString(),
    nextDue: nextDue === undefined ? undefined : new Date(nextDue).toISOString(),
  };
}

type Move = { readonly advance: string | number } | { readonly to: number } | { readonly next: true };

const FORMS = 'Say { "advance": "24h" }, { "to": "2026-01-02T03:04:05Z" } or { "next": true }.';

function readMove(body: string): Move {
  const request = parsed(body);
  const [[name, value] = ['', undefined], ...others] = Object.entries(request);
  if (others.length > 0) throw new AdminError(400, `A clock is moved in one way at a time. ${FORMS}`);
  if (name === 'next' && value === true) return { next: true };
  if (name === 'advance' && (typeof value === 'string' || typeof value === 'number'))
    return { advance: value };
  const to = name === 'to' && typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(to)) return { to };
  throw new AdminError(400, `That moves no clock: ${JSON.stringify(request)}. ${FORMS}`);
}

function parsed(body: string): object {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // told below
  }
  throw new AdminError(400, `The body must be a JSON object. ${FORMS}`);
}
