import type { Picture } from './frames';

export type Values = (number | null)[];

/** The figures of the last minutes, each beside the times: what the plots draw. */
export class History {
  readonly #most: number;
  readonly times: number[] = [];
  readonly #series = new Map<string, Values>();

  constructor(most: number) {
    this.#most = most;
  }

  add(picture: Picture): void {
    this.times.push(Date.parse(picture.at) / 1000);
    const { totals } = picture;
    this.#put('events', totals.events);
    this.#put('deliveries', totals.deliveries);
    this.#put('ackP50', totals.ackP50 ?? null);
    this.#put('ackP99', totals.ackP99 ?? null);
    this.#put('backlog', totals.backlog);
    this.#put('outboundBytes', totals.outboundBytes);
    this.#put('slowConsumers', totals.slowConsumers);
    this.#put('gapsRepaired', totals.gapsRepaired);
    for (const { name, service, state, connections } of picture.processes) {
      if (service === 'gateway') {
        this.#put(`connections ${name}`, state === 'DOWN' ? null : connections);
      }
    }
    if (this.times.length > this.#most) {
      this.times.shift();
      this.#series.forEach((values, name) => {
        values.shift();
        if (values.length === 0) {
          this.#series.delete(name);
        }
      });
    }
  }

  /** One value for each time; null where there was none. */
  of(name: string): Values {
    const values = this.#series.get(name) ?? [];
    return this.times.map((_, i) => values[i] ?? null);
  }

  last(name: string): number | null {
    return this.of(name).at(-1) ?? null;
  }

  #put(name: string, value: number | null): void {
    let values = this.#series.get(name);
    if (!values) {
      values = [];
      this.#series.set(name, values);
    }
    // it was not told for a while
    while (values.length < this.times.length - 1) {
      values.push(null);
    }
    values.push(value);
  }
}
