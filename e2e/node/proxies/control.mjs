// What attacks ask of the proxies before the stores.

export class Proxies {
  /** @param url where they take orders */
  constructor(url) {
    this.url = url;
  }

  async #order(name, order = {}) {
    const response = await fetch(`${this.url}/${name}`, { method: 'POST', body: JSON.stringify(order) });
    const answer = await response.json();
    if (!response.ok) {
      throw new Error(`the proxies do not ${name}: ${answer.error}`);
    }
    return answer;
  }

  /** @param rules see RedisProxy.rules */
  redis(rules = {}) {
    return this.#order('redis', rules);
  }

  /**
   * @param away whether it is not to be reached
   * @param poison {marker, key}: an entry with that text kills the owner of the key before it is stored
   */
  mongo({ away, poison } = {}) {
    return this.#order('mongo', { away, poison });
  }

  /**
   * Kills the writer of a key when it has come that far: 'inserted', 'applied', 'published', 'replied',
   * 'before deleting'.
   *
   * @param flush whether Redis forgets everything at that moment
   * @return {killed}, which is absent when it never came so far
   */
  strike(at, key, { flush = false, within = 10_000 } = {}) {
    return this.#order('strike', { at, key, flush, within });
  }

  /** {lost: how often each rule was used, kills: who died of poison} */
  about() {
    return this.#order('about');
  }
}
