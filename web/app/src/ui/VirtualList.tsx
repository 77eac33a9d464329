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

type Anchor = 'end' | { readonly key: string; readonly offset: number };

const GUESS = 64;
const OVERSCAN = 700;
const EDGE = 900;
const AT_END = 48;

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

  override componentDidMount(): void {
    if (this.#scroller.current) {
      this.#observer.observe(this.#scroller.current);
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
      const key = this.#rows.key(this.#rows.at(scroller.scrollTop + 1));
      const top = key === undefined ? undefined : this.#rows.topOf(key);
      if (key !== undefined && top !== undefined) {
        this.#anchor = { key, offset: top - scroller.scrollTop };
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
    const top = this.#rows.topOf(this.#anchor.key);
    return top === undefined
      ? Math.min(this.#known, most)
      : Math.min(Math.max(0, top - this.#anchor.offset), most);
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
    if (!isCovered) {
      this.#redraw();
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
    if (this.#rows.topOf(id) !== undefined) {
      const height = this.#scroller.current?.clientHeight ?? 0;
      this.#anchor = { key: id, offset: height * 0.35 };
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
