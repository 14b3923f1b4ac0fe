import { createHash } from 'node:crypto';
import type { LeasedDelivery } from '../../domain/delivery.ts';

/**
 * Names a delivery towards services that do once what is asked twice under one name: 64 hexadecimal characters, the
 * same for each attempt, others for another delivery of the same event.
 */
export function deliveryToken({ id, owner, targetId, event }: LeasedDelivery): string {
  return createHash('sha256')
    .update(JSON.stringify([event.id, id, owner, targetId]))
    .digest('hex');
}
