/**
 * Where the rows of a long list are: heights that were measured, and a guess for the others.
 * Positions are sums over all rows, made anew only when rows or heights have changed.
 */
export class Rows {
  readonly #heights = new Map<string, number>();
  readonly #guess: number;
  #keys: readonly string[] = [];
  #index = new Map<string, number>();
  #tops: Float64Array = new Float64Array(1);

  constructor(guess: number) {
    this.#guess = guess;
  }

  set(keys: readonly string[]): void {
    this.#keys = keys;
    this.#index = new Map(keys.map((key, i) => [key, i]));
    this.#sum();
  }

  /** @returns whether anything has moved */
  measured(heights: Iterable<readonly [string, number]>): boolean {
    let moved = false;
    for (const [key, height] of heights) {
      if (height > 0 && Math.abs((this.#heights.get(key) ?? this.#guess) - height) > 0.25) {
        moved = true;
      }
      if (height > 0) {
        this.#heights.set(key, height);
      }
    }
    if (moved) {
      this.#sum();
    }
    return moved;
  }

  get count(): number {
    return this.#keys.length;
  }

  get height(): number {
    return this.#tops[this.#keys.length] ?? 0;
  }

  top(index: number): number {
    return this.#tops[Math.min(Math.max(index, 0), this.#keys.length)] ?? 0;
  }

  indexOf(key: string): number | undefined {
    return this.#index.get(key);
  }

  key(index: number): string | undefined {
    return this.#keys[index];
  }

  /** The row at this height. */
  at(y: number): number {
    let low = 0;
    let high = this.#keys.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.top(middle) <= y) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return Math.max(low, 0);
  }

  #sum(): void {
    const tops = new Float64Array(this.#keys.length + 1);
    this.#keys.forEach((key, i) => {
      tops[i + 1] = (tops[i] ?? 0) + (this.#heights.get(key) ?? this.#guess);
    });
    this.#tops = tops;
  }
}
