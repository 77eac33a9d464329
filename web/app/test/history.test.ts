import { describe, expect, it } from 'vitest';
import type { Picture, Row } from '../src/ops/frames';
import { History } from '../src/ops/history';

const totals = {
  connections: 0,
  events: 0,
  deliveries: 0,
  backlog: 0,
  outboundBytes: 0,
  slowConsumers: 0,
  gapsRepaired: 0,
  dead: 0,
};

function gateway(name: string, connections: number, state: Row['state'] = 'UP'): Row {
  const none = { silentMillis: 0, failing: [], events: 0, deliveries: 0, backlog: 0, heapBytes: 0 };
  return { name, service: 'gateway', state, connections, cpu: 0, ...none };
}

function picture(second: number, processes: Row[], more: object = {}): Picture {
  const at = new Date(second * 1000).toISOString();
  return { type: 'picture', at, totals: { ...totals, ...more }, processes };
}

describe('the history of figures', () => {
  it('keeps one value for each time and forgets the oldest', () => {
    const history = new History(3);
    for (let second = 1; second <= 5; second++) {
      history.add(picture(second, [], { events: second * 10 }));
    }
    expect(history.times).toEqual([3, 4, 5]);
    expect(history.of('events')).toEqual([30, 40, 50]);
    expect(history.last('events')).toBe(50);
  });

  it('keeps a gateway that came late beside the times that were before', () => {
    const history = new History(10);
    history.add(picture(1, [gateway('a', 5)]));
    history.add(picture(2, [gateway('a', 6), gateway('b', 1)]));
    expect(history.of('connections a')).toEqual([5, 6]);
    expect(history.of('connections b')).toEqual([null, 1]);
  });

  it('has no value for a gateway that is down or gone, nor for what was not measured', () => {
    const history = new History(3);
    history.add(picture(1, [gateway('a', 5), gateway('b', 1)]));
    history.add(picture(2, [gateway('a', 5, 'DOWN')], { ackP50: 4 }));
    history.add(picture(3, [gateway('a', 7), gateway('b', 2)]));
    expect(history.of('connections a')).toEqual([5, null, 7]);
    expect(history.of('connections b')).toEqual([1, null, 2]);
    expect(history.of('ackP50')).toEqual([null, 4, null]);
    history.add(picture(4, []));
    expect(history.of('connections b')).toEqual([null, 2, null]);
  });
});
