import { Component, createRef } from 'preact';
import type { ComponentChildren } from 'preact';
import { Rows } from '../core/rows';

interface Props<T> {
  label: string;
  items: readonly T[];
  keyOf: (item: T) => string;
  row: (item: T, index: number) => ComponentChildren;
  /** Whether the last item is the last there is: then the list stays at its end. */
  isComplete: boolean;
  /** An item to be shown; a new object each time. */
  jump: { readonly id: string } | undefined;
  onStart: () => void;
  onEnd: () => void;
  onEndShown: (isShown: boolean) => void;
}

/** An edge of a row, and how far below the upper edge of the screen it is. */
type Anchor =
  'end' | { readonly key: string; readonly edge: 'top' | 'bottom'; readonly offset: number };

const GUESS = 64;
const OVERSCAN = 700;
const EDGE = 900;
const AT_END = 48;
const MOST_TRIES = 5;

/**
 * A list that has only those rows in the page that are seen or nearly so. What is on the screen stays
 * where it is while rows come, go and grow above it or below: one visible row is the anchor, or the
 * end is. Rows are measured before they are painted.
 */
export class VirtualList<T> extends Component<Props<T>, { turn: number }> {
  override state = { turn: 0 };
  readonly #scroller = createRef<HTMLDivElement>();
  readonly #runway = createRef<HTMLDivElement>();
  readonly #block = createRef<HTMLOListElement>();
  readonly #rows = new Rows(GUESS);
  readonly #observer = new ResizeObserver(() => this.#settle());
  readonly #observed = new Set<Element>();
  #items: readonly T[] | undefined;
  #anchor: Anchor = 'end';
  #known = 0;
  #start = 0;
  #end = 0;
  #endShown = false;
  #tries = 0;

  override componentDidMount(): void {
    if (this.#scroller.current) {
      this.#observer.observe(this.#scroller.current);
    }
    if (this.props.jump) {
      this.#jump(this.props.jump.id);
    }
    this.#settle();
  }

  override componentDidUpdate(before: Props<T>): void {
    if (this.props.jump && this.props.jump !== before.jump) {
      this.#jump(this.props.jump.id);
    }
    this.#settle();
  }

  override componentWillUnmount(): void {
    this.#observer.disconnect();
    this.props.onEndShown(false);
  }

  /** For whoever wants to be at the end again. */
  toEnd = (): void => {
    this.#anchor = 'end';
    this.#redraw();
  };

  override render() {
    const { items, keyOf, row, label } = this.props;
    this.#note();
    if (items !== this.#items) {
      this.#items = items;
      this.#rows.set(items.map(keyOf));
    }
    this.#choose();
    const shown = items.slice(this.#start, this.#end);
    return (
      <div
        class="scroller"
        ref={this.#scroller}
        onScroll={this.#scrolled}
        tabIndex={0}
        role="region"
        aria-label={label}
      >
        <div class="runway" ref={this.#runway}>
          <ol class="block" ref={this.#block} aria-label={label}>
            {shown.map((item, i) => (
              <li key={keyOf(item)} data-key={keyOf(item)}>
                {row(item, this.#start + i)}
              </li>
            ))}
          </ol>
        </div>
      </div>
    );
  }

  readonly #scrolled = (): void => {
    this.#note();
    const top = this.#scroller.current?.scrollTop ?? 0;
    const height = this.#scroller.current?.clientHeight ?? 0;
    const drawnFrom = this.#rows.top(this.#start);
    const drawnTo = this.#rows.top(this.#end);
    const isShort =
      (top - drawnFrom < OVERSCAN / 2 && this.#start > 0) ||
      (drawnTo - top - height < OVERSCAN / 2 && this.#end < this.#rows.count);
    if (isShort) {
      this.#redraw();
    }
    this.#report();
  };

  #redraw(): void {
    this.setState(({ turn }) => ({ turn: turn + 1 }));
  }

  /** Somebody has scrolled since the last look: another row is the anchor. */
  #note(): void {
    const scroller = this.#scroller.current;
    if (!scroller || Math.abs(scroller.scrollTop - this.#known) <= 1) {
      return;
    }
    this.#known = scroller.scrollTop;
    if (this.props.isComplete && this.#isAtEnd(scroller)) {
      this.#anchor = 'end';
    } else {
      // the first row tells what is above the others, and moves with it
      const index = Math.max(
        this.#rows.at(scroller.scrollTop + 1),
        Math.min(1, this.#rows.count - 1),
      );
      const key = this.#rows.key(index);
      // what follows an upper row stays when that changes, unless the row is all that is seen
      const isWhole = this.#rows.top(index + 1) < scroller.scrollTop + scroller.clientHeight;
      if (key !== undefined) {
        const y = this.#rows.top(isWhole ? index + 1 : index);
        this.#anchor = { key, edge: isWhole ? 'bottom' : 'top', offset: y - scroller.scrollTop };
      }
    }
  }

  #isAtEnd(scroller: HTMLElement): boolean {
    return scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - AT_END;
  }

  /** Where the list has to be scrolled to. */
  #wanted(): number {
    const height = this.#scroller.current?.clientHeight ?? 0;
    const most = Math.max(0, this.#rows.height - height);
    if (this.#anchor === 'end') {
      return most;
    }
    const index = this.#rows.indexOf(this.#anchor.key);
    if (index === undefined) {
      return Math.min(this.#known, most);
    }
    const y = this.#rows.top(this.#anchor.edge === 'bottom' ? index + 1 : index);
    return Math.min(Math.max(0, y - this.#anchor.offset), most);
  }

  #choose(): void {
    const top = this.#wanted();
    const height = this.#scroller.current?.clientHeight || 900;
    this.#start = this.#rows.count === 0 ? 0 : this.#rows.at(Math.max(0, top - OVERSCAN));
    this.#end = Math.min(this.#rows.count, this.#rows.at(top + height + OVERSCAN) + 1);
  }

  /** Measures what is drawn and puts everything where it belongs, before it is painted. */
  #settle(): void {
    const [scroller, runway, block] = [
      this.#scroller.current,
      this.#runway.current,
      this.#block.current,
    ];
    if (!scroller || !runway || !block) {
      return;
    }
    this.#note();
    this.#observe(block);
    this.#rows.measured(
      [...block.children].map((child) => [
        (child as HTMLElement).dataset['key'] ?? '',
        child.getBoundingClientRect().height,
      ]),
    );
    runway.style.height = `${this.#rows.height}px`;
    block.style.transform = `translateY(${this.#rows.top(this.#start)}px)`;
    const wanted = this.#wanted();
    if (Math.abs(scroller.scrollTop - wanted) > 1) {
      scroller.scrollTop = wanted;
    }
    this.#known = scroller.scrollTop;
    const isCovered =
      this.#rows.top(this.#start) <= this.#known + 1 || this.#start === 0
        ? this.#rows.top(this.#end) >= this.#known + scroller.clientHeight - 1 ||
          this.#end === this.#rows.count
        : false;
    if (isCovered) {
      this.#tries = 0;
    } else if (++this.#tries < MOST_TRIES) {
      this.#redraw();
    } else {
      // heights do not do what they are told: once in a frame, then, so that the page stays alive
      requestAnimationFrame(() => this.#redraw());
    }
    this.#report();
  }

  #observe(block: HTMLElement): void {
    const now = new Set<Element>(block.children);
    this.#observed.forEach((element) => {
      if (!now.has(element)) {
        this.#observer.unobserve(element);
        this.#observed.delete(element);
      }
    });
    now.forEach((element) => {
      if (!this.#observed.has(element)) {
        this.#observer.observe(element);
        this.#observed.add(element);
      }
    });
  }

  #jump(id: string): void {
    if (this.#rows.indexOf(id) !== undefined) {
      const height = this.#scroller.current?.clientHeight ?? 0;
      this.#anchor = { key: id, edge: 'top', offset: height * 0.35 };
      this.#redraw();
    }
  }

  #report(): void {
    const scroller = this.#scroller.current;
    if (!scroller || scroller.clientHeight === 0) {
      return;
    }
    if (scroller.scrollTop < EDGE) {
      this.props.onStart();
    }
    if (scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < EDGE) {
      this.props.onEnd();
    }
    const isShown = this.props.isComplete && this.#isAtEnd(scroller);
    if (isShown !== this.#endShown) {
      this.#endShown = isShown;
      this.props.onEndShown(isShown);
    }
  }
}
