/** The events of a program: each detail-type with the type of its detail. */
export type EventTypes = Readonly<Record<string, unknown>>;

/** What a test puts: an entry of PutEvents, its detail as a value rather than as text. */
export type TestEntry<E extends object> = {
  readonly [Type in keyof E & string]: {
    readonly source: string;
    readonly detailType: Type;
    readonly detail: E[Type];
    /** Name or ARN; left out, the default event bus. */
    readonly eventBusName?: string;
    readonly resources?: readonly string[];
    /** Left out, the time of the bus's clock. */
    readonly time?: Date;
  };
}[keyof E & string];

/** An event as targets and patterns see it. */
export type TestEvent<E extends object> = {
  readonly [Type in keyof E & string]: {
    readonly version: string;
    readonly id: string;
    readonly 'detail-type': Type;
    readonly source: string;
    readonly account: string;
    readonly time: string;
    readonly region: string;
    readonly resources: readonly string[];
    readonly detail: E[Type];
    readonly 'replay-name'?: string;
  };
}[keyof E & string];
