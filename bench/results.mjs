// Results for `./chatterbox bench --report`, as bench/README.md describes them.
import { writeFileSync } from 'node:fs';

/** The values of one bench, written when it ends. */
export class Results {
  #began = Date.now();
  #about;
  #measures = new Map();

  /** @param about {bench, title, about} */
  constructor(about) {
    this.#about = about;
  }

  /** @param measure {name, unit, better?: 'more' or 'less', chart?} and what a series reached */
  add(series, measure, value) {
    const key = `${measure.chart}: ${measure.name}: ${measure.unit}`;
    if (!this.#measures.has(key)) {
      this.#measures.set(key, { ...measure, values: {} });
    }
    this.#measures.get(key).values[series] = Math.round(value * 1000) / 1000;
  }

  /** Does nothing without a file's name. */
  write(file) {
    if (!file) {
      return;
    }
    const whole = {
      ...this.#about,
      command: process.env.CHATTERBOX_COMMAND ?? '',
      seconds: Math.round((Date.now() - this.#began) / 1000),
      machine: JSON.parse(process.env.CHATTERBOX_MACHINE ?? '{}'),
      measures: [...this.#measures.values()],
    };
    writeFileSync(file, `${JSON.stringify(whole, null, 2)}\n`);
  }
}
