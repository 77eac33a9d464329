const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const dayAndYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });

const DAY = 86_400_000;

export const timeOf = (iso: string) => time.format(new Date(iso));
export const momentOf = (iso: string) => full.format(new Date(iso));
export const dayKey = (iso: string) => new Date(iso).toDateString();

export function dayOf(iso: string, now = new Date()): string {
  const then = new Date(iso);
  if (then.toDateString() === now.toDateString()) {
    return 'Today';
  }
  if (then.toDateString() === new Date(now.getTime() - DAY).toDateString()) {
    return 'Yesterday';
  }
  return (then.getFullYear() === now.getFullYear() ? day : dayAndYear).format(then);
}

/** As short as a list wants it. */
export function shortOf(iso: string, now = new Date()): string {
  const then = new Date(iso);
  if (then.toDateString() === now.toDateString()) {
    return time.format(then);
  }
  return then.toDateString() === new Date(now.getTime() - DAY).toDateString()
    ? 'Yesterday'
    : date.format(then);
}

export function agoOf(iso: string, now = new Date()): string {
  const minutes = Math.floor((now.getTime() - new Date(iso).getTime()) / 60_000);
  if (minutes < 1) {
    return 'just now';
  }
  if (minutes < 60) {
    return `${minutes} min ago`;
  }
  return minutes < 24 * 60
    ? `${Math.floor(minutes / 60)} h ago`
    : `on ${date.format(new Date(iso))}`;
}

export function sizeOf(bytes: number): string {
  if (bytes < 1024) {
    return `${bytes} B`;
  }
  return bytes < 1024 * 1024
    ? `${(bytes / 1024).toFixed(0)} kB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** "Ann is typing", "Ann and Bob are typing", "Ann, Bob and 2 others are typing". */
export function typingOf(names: readonly string[]): string {
  const [first, second] = names;
  if (!first) {
    return '';
  }
  if (!second) {
    return `${first} is typing`;
  }
  if (names.length === 2) {
    return `${first} and ${second} are typing`;
  }
  const others = names.length - 2;
  return `${first}, ${second} and ${others} ${others === 1 ? 'other' : 'others'} are typing`;
}

export const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/** A browser and a system by the line that names them. */
export function deviceOf(userAgent: string): string {
  const system =
    /(iPhone|iPad|Android|Windows|Mac OS X|CrOS|Linux)/
      .exec(userAgent)?.[1]
      ?.replace('Mac OS X', 'macOS') ?? '';
  const browser =
    /(Edg|OPR|Firefox|Chrome|Safari)\//
      .exec(userAgent)?.[1]
      ?.replace('Edg', 'Edge')
      .replace('OPR', 'Opera') ?? '';
  if (browser && system) {
    return `${browser} on ${system}`;
  }
  return browser || system || userAgent.slice(0, 60) || 'Unknown device';
}

export function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters =
    words.length > 1 ? (words[0]?.[0] ?? '') + (words[1]?.[0] ?? '') : name.slice(0, 2);
  return letters.toUpperCase();
}

/** One of 8 colours, always the same for an id (FNV-1a). */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) {
    hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 13) % 8;
}
