import type { Notice } from '../../../domain/notice/notice.ts';
import { paceOf, windowAt } from '../../../domain/people/pace.ts';
import type { House } from '../../ports/house.ts';

/** Looked at so often, whatever is sent meanwhile: a press on Pause holds within the second. */
const LOOK_MS = 500;

interface Where {
  readonly organisation: string;
  readonly incident: string;
  readonly notice: string;
}

/** Lets mails out as long as nobody has paused or stopped them, and not faster than was said. */
export class Gate {
  private readonly house: Pick<House, 'incidents' | 'dispatches' | 'clock'>;
  private readonly where: Where;
  private looked = 0;
  private open = true;
  private perMinute: number | undefined;

  constructor(house: Pick<House, 'incidents' | 'dispatches' | 'clock'>, where: Where) {
    this.house = house;
    this.where = where;
  }

  /** Whether a letter in this state may go on leaving; one that came back after all were told may be written again. */
  admits({ state, dispatch }: Notice): boolean {
    this.perMinute = dispatch?.perMinute;
    return (state === 'sending' || state === 'told') && !dispatch?.paused && !dispatch?.stopped;
  }

  async isOpen(): Promise<boolean> {
    const now = performance.now();
    if (now - this.looked < LOOK_MS) return this.open;
    this.looked = now;
    const incident = await this.house.incidents.byId(this.where.organisation, this.where.incident);
    const notice = incident?.notices.find(({ id }) => id === this.where.notice);
    this.open = notice !== undefined && this.admits(notice);
    return this.open;
  }

  /** @returns how many of these may leave now, and, where it is not all, after how many seconds the next may */
  async take(wanted: number): Promise<{ readonly now: number; readonly afterSeconds: number }> {
    if (this.perMinute === undefined) return { now: wanted, afterSeconds: 0 };
    const pace = paceOf(this.perMinute);
    const { window, left } = windowAt(pace, this.house.clock.now().epochMilliseconds);
    const share = { wanted, limit: pace.limit };
    return { now: await this.house.dispatches.take(this.where, window, share), afterSeconds: left };
  }

  /** Whether a pace was set: without one nothing need be asked. */
  get isPaced(): boolean {
    return this.perMinute !== undefined;
  }
}
