import type { DeliveryOnTimeline } from '../domain/timeline.ts';

/** What records of attempts at one target, or of deliveries to it, have in common. */
export interface Progress {
  readonly kind: 'attempt' | 'delivery';
  readonly busArn: string;
  readonly ruleArn: string;
  readonly targetId: string;
  readonly targetArn: string | undefined;
}

interface OfTarget {
  readonly attempt: Progress;
  readonly delivery: Progress;
}

// Beyond this many targets the objects are made anew; records keep theirs.
const MOST_TARGETS = 10_000;

/** One object for all records that say it of the same target: said of each, it would be most of a record. */
export class SharedProgress {
  readonly #byOwner = new Map<string, Map<string, OfTarget>>();
  #size = 0;

  /** The objects of a delivery's target as it is configured at the moment. */
  of({ event, owner: ruleArn, targetId }: DeliveryOnTimeline, targetArn: string | undefined): OfTarget {
    const { busArn } = event;
    const known = this.#byOwner.get(ruleArn)?.get(targetId);
    if (known?.attempt.targetArn === targetArn && known?.attempt.busArn === busArn) return known;
    const common = { busArn, ruleArn, targetId, targetArn };
    const made: OfTarget = {
      attempt: { kind: 'attempt', ...common },
      delivery: { kind: 'delivery', ...common },
    };
    this.#keep(made);
    return made;
  }

  #keep(made: OfTarget): void {
    if (this.#size >= MOST_TARGETS) {
      this.#byOwner.clear();
      this.#size = 0;
    }
    const { ruleArn, targetId } = made.attempt;
    let ofOwner = this.#byOwner.get(ruleArn);
    if (ofOwner === undefined) {
      ofOwner = new Map();
      this.#byOwner.set(ruleArn, ofOwner);
    }
    if (!ofOwner.has(targetId)) this.#size += 1;
    ofOwner.set(targetId, made);
  }
}
