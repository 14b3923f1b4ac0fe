/** A program as it might be yours: it puts an event when an order is placed, and ships what has been paid. */
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

/** The events of this program, by detail-type. */
export interface OrderEvents {
  readonly 'Order placed': { readonly orderId: string; readonly total: number };
  readonly 'Order paid': { readonly orderId: string };
}

export async function placeOrder(
  client: EventBridgeClient,
  order: { readonly orderId: string; readonly total: number },
): Promise<void> {
  await client.send(
    new PutEventsCommand({
      Entries: [{ Source: 'shop', DetailType: 'Order placed', Detail: JSON.stringify(order) }],
    }),
  );
}

/** A Lambda function: ships an order that was paid. */
export function shipper(ship: (orderId: string) => Promise<void>) {
  return async (event: { readonly detail: OrderEvents['Order paid'] }): Promise<void> => {
    await ship(event.detail.orderId);
  };
}
