import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { IconName } from './icons';
import { Icon } from './icons';

const ROOM = 300;

/** A button that opens a menu: arrows move in it, Escape and a click elsewhere close it. */
export function Menu({
  icon,
  label,
  kind = '',
  onClose,
  children,
}: {
  icon: IconName;
  label: string;
  kind?: string;
  onClose?: () => void;
  children: (close: () => void) => ComponentChildren;
}) {
  const [isOpen, setOpen] = useState(false);
  const [isBelow, setBelow] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const closed = useRef(onClose);
  closed.current = onClose;
  // near the upper edge there is more room below
  const open = () => {
    setBelow((button.current?.getBoundingClientRect().top ?? 0) < ROOM);
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    closed.current?.();
  };

  useEffect(() => {
    if (!isOpen) {
      return;
    }
    const items = () => [...(root.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    items()[0]?.focus();
    const elsewhere = (event: Event) => {
      if (!root.current?.contains(event.target as globalThis.Node)) {
        setOpen(false);
        closed.current?.();
      }
    };
    const keys = (event: KeyboardEvent) => {
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (event.key === 'Escape') {
        event.stopPropagation();
        setOpen(false);
        closed.current?.();
        button.current?.focus();
      } else if (step) {
        event.preventDefault();
        const all = items();
        const at = all.indexOf(document.activeElement as HTMLElement);
        all[(at + step + all.length) % all.length]?.focus();
      }
    };
    const element = root.current;
    document.addEventListener('pointerdown', elsewhere);
    element?.addEventListener('keydown', keys);
    return () => {
      document.removeEventListener('pointerdown', elsewhere);
      element?.removeEventListener('keydown', keys);
    };
  }, [isOpen]);

  return (
    <span class={isOpen ? 'menu open' : 'menu'} ref={root}>
      <button
        ref={button}
        type="button"
        class="icon-button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => (isOpen ? close() : open())}
      >
        <Icon name={icon} />
      </button>
      {isOpen && (
        <span class={`popup ${kind} ${isBelow ? 'below' : ''}`} role="menu" aria-label={label}>
          {children(() => {
            close();
            button.current?.focus();
          })}
        </span>
      )}
    </span>
  );
}
