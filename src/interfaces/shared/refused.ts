/** A request that the edge itself refuses, before any use case: the status and the key of its words (errors.*). */
export class Refused extends Error {
  readonly status: number;
  readonly key: string;
  readonly values: Readonly<Record<string, unknown>>;

  constructor(status: number, key: string, values: Readonly<Record<string, unknown>> = {}) {
    super(key);
    this.status = status;
    this.key = key;
    this.values = values;
  }
}
