import type { Conversation, User } from '@chatterbox/events';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Target } from '../core/target';
import { hashOf } from '../core/target';
import type { Item } from '../core/timeline';
import type { Chat } from '../state/chat';

export interface Shell {
  readonly chat: Chat;
  readonly openDialog: (dialog: Dialogs | undefined) => void;
}

export type Dialogs =
  | { kind: 'new-conversation' }
  | { kind: 'new-room' }
  | { kind: 'settings' }
  | { kind: 'add-people'; conversation: Conversation }
  | { kind: 'forward'; item: Item };

export const ShellContext = createContext<Shell | undefined>(undefined);

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (!shell) {
    throw new Error('outside of the shell');
  }
  return shell;
}

export const useChat = () => useShell().chat;

export function go(target: Target | undefined): void {
  location.hash = target ? hashOf(target) : '#/';
}

/** The other one in a direct conversation. */
export function otherIn(one: Conversation, me: string): User & { avatar: string | null } {
  return (
    one.participants.find(({ _id }) => _id !== me) ?? { _id: '', username: 'Nobody', avatar: null }
  );
}

export const nameOf = (one: Conversation, me: string) =>
  one.type === 'direct' ? otherIn(one, me).username : (one.name ?? 'Group');
