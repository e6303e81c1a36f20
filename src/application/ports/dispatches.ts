/** A letter that somebody should look after: a bell that was rung, and not answered to the end yet. */
export interface Due {
  readonly organisation: string;
  readonly incident: string;
  readonly notice: string;
  /** How often it was rung; whoever has answered says which ring he means. */
  readonly rung: number;
}

/**
 * The bells of letters under way, for all workers on one store, and how many mails they have taken of a window of time
 * together. A cache of the truth: reconciling rings for every letter that is being sent.
 */
export interface Dispatches {
  ring(of: Omit<Due, 'rung'>): Promise<void>;
  due(organisation: string): Promise<readonly Due[]>;
  /** Nothing more is to be done, if nobody has rung since. */
  answered(due: Due): Promise<void>;
  /**
   * Takes a share of what may leave in a window of time.
   * @param window its name: the same for every worker, rising
   * @returns how many of those wanted may leave now
   */
  take(
    of: Omit<Due, 'rung'>,
    window: number,
    share: { readonly wanted: number; readonly limit: number },
  ): Promise<number>;
}
