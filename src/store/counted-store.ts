import type { Store } from './store.ts';

/** A store, and how many of its calls are under way. */
export interface CountedStore {
  readonly store: Store;
  /** Calls that have not settled yet. */
  readonly underWay: () => number;
}

/**
 * Counts the calls of a store. Whoever moves the clock by hand has to know when everything that an instant
 * set off is done, and whatever is worth waiting for goes through the store.
 */
export function countCalls(store: Store): CountedStore {
  let underWay = 0;
  const counted = new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: readonly unknown[]) => {
        const answer: unknown = Reflect.apply(member, target, args);
        if (!(answer instanceof Promise)) return answer;
        underWay += 1;
        return answer.finally(() => {
          underWay -= 1;
        });
      };
    },
  });
  return { store: counted, underWay: () => underWay };
}
