/**
 * ChatterBox's Socket.IO events, for `Socket<ServerToClientEvents, ClientToServerEvents>` of
 * socket.io-client. Times are ISO-8601 in UTC with milliseconds; a field marked `?` is absent when it
 * has no value.
 */

export type ErrorCode =
  | 'VALIDATION_ERROR'
  | 'UNAUTHORIZED'
  | 'TOKEN_EXPIRED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'ROOM_NOT_FOUND'
  | 'CONFLICT'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'RATE_LIMITED'
  | 'AI_DISABLED'
  | 'AI_PROVIDER_ERROR'
  | 'UNAVAILABLE'
  | 'SERVER_ERROR'
  | 'UNKNOWN_EVENT';

export interface Failure {
  code: ErrorCode;
  message: string;
  retryAfterMs?: number;
}

/** What an acknowledgement says: `UNAVAILABLE` means not known, so send again with the same id. */
export type Answer<T = object> = ({ success: true } & T) | { success: false; error: Failure };

/** The last argument of an event whose answer is wanted. */
export type Acknowledge<T = object> = (answer: Answer<T>) => void;

export interface User {
  _id: string;
  username: string;
}

export type Status = 'online' | 'away' | 'busy' | 'offline';

export interface Presence {
  userId: string;
  status: Status;
  lastSeen: string | null;
}

export interface Attachment {
  _id: string;
  originalName: string;
  mimetype: string;
  size: number;
  /** Signed, good for an hour; absent when the file was deleted. */
  url?: string;
  /** Of images. */
  thumbnailUrl?: string;
  deleted?: boolean;
}

export interface Reaction {
  emoji: string;
  userIds: string[];
}

export interface Message {
  _id: string;
  conversationId: string;
  /** 1, 2, 3 … in each conversation, without holes. */
  seq: number;
  sender: User;
  content: string;
  type: 'text' | 'ai' | 'system';
  attachments: Attachment[];
  reactions: Reaction[];
  /** Ids of the participants that are named as `@username`. */
  mentions: string[];
  replyTo?: string;
  forwardedFrom?: { messageId: string; sender: User };
  /** To the sender's own sockets only. */
  clientMessageId?: string;
  createdAt: string;
  editedAt?: string;
  deletedAt?: string;
}

export interface RoomMessage {
  _id: string;
  roomName: string;
  seq: number;
  sender: User;
  content: string;
  clientMessageId?: string;
  createdAt: string;
}

export interface Room {
  _id: string;
  name: string;
  description: string | null;
  userCount: number;
  lastSeq: number;
  createdAt: string;
}

export type Role = 'admin' | 'member';

export interface Participant extends User {
  avatar: string | null;
  role: Role;
  joinedAt: string;
}

export interface Conversation {
  _id: string;
  type: 'direct' | 'group';
  name: string | null;
  description: string | null;
  participants: Participant[];
  createdBy: string;
  createdAt: string;
  lastMessage: Message | null;
  lastSeq: number;
  unread: number;
}

/** Of a conversation or of a room. */
export type Place =
  | { conversationId: string; roomName?: undefined }
  | { roomName: string; conversationId?: undefined };

interface Changed {
  conversationId: string;
  by: string;
  at: string;
}

export type ConversationUpdated =
  | (Changed & { change: 'participant-added'; user: User; conversation?: Conversation })
  | (Changed & { change: 'participant-removed'; user: User })
  | (Changed & { change: 'role-changed'; user: User; role: Role })
  | (Changed & { change: 'renamed'; name: string; description: string | null });

export interface ClientToServerEvents {
  auth: (payload: { token: string }, acknowledge?: Acknowledge<{ userId: string }>) => void;
  'join-room': (
    payload: { roomName: string; afterSeq?: number },
    acknowledge?: Acknowledge<{
      room: Room;
      users: (User & { status: Status })[];
      messages: RoomMessage[];
      hasMore: boolean;
    }>,
  ) => void;
  'leave-room': (payload: { roomName: string }, acknowledge?: Acknowledge) => void;
  'send-room-message': (
    payload: { roomName: string; content: string; clientMessageId?: string },
    acknowledge?: Acknowledge<{ message: RoomMessage }>,
  ) => void;
  'join-conversation': (
    payload: { conversationId: string; afterSeq?: number },
    acknowledge?: Acknowledge<{
      conversation: Conversation;
      messages: Message[];
      hasMore: boolean;
    }>,
  ) => void;
  'leave-conversation': (payload: { conversationId: string }, acknowledge?: Acknowledge) => void;
  'send-message': (
    payload: {
      conversationId: string;
      content: string;
      attachments?: string[];
      replyTo?: string;
      clientMessageId?: string;
    },
    acknowledge?: Acknowledge<{ message: Message }>,
  ) => void;
  'edit-message': (
    payload: { conversationId: string; messageId: string; content: string },
    acknowledge?: Acknowledge<{ message: Message }>,
  ) => void;
  'delete-message': (
    payload: { conversationId: string; messageId: string },
    acknowledge?: Acknowledge<{ message: Message }>,
  ) => void;
  'add-reaction': (
    payload: { conversationId: string; messageId: string; emoji: string },
    acknowledge?: Acknowledge<{ message: Message }>,
  ) => void;
  'remove-reaction': (
    payload: { conversationId: string; messageId: string; emoji: string },
    acknowledge?: Acknowledge<{ message: Message }>,
  ) => void;
  typing: (payload: Place, acknowledge?: Acknowledge) => void;
  'stop-typing': (payload: Place, acknowledge?: Acknowledge) => void;
  'mark-read': (
    payload:
      | { conversationId: string; messageIds: string[]; upToSeq?: undefined }
      | { conversationId: string; upToSeq: number; messageIds?: undefined },
    acknowledge?: Acknowledge<{ unread: number }>,
  ) => void;
  heartbeat: (payload: object, acknowledge?: Acknowledge<{ serverTime: string }>) => void;
  'update-status': (
    payload: { status: 'online' | 'away' | 'busy' },
    acknowledge?: Acknowledge<{ status: Status }>,
  ) => void;
  'get-presence': (
    payload: { userIds: string[] },
    acknowledge?: Acknowledge<{ presence: Presence[] }>,
  ) => void;
  'ai-message': (
    payload: { conversationId: string; content: string; clientMessageId?: string },
    acknowledge?: Acknowledge<{ message: Message; runId: string }>,
  ) => void;
  'ai-stop': (
    payload: { conversationId: string; runId?: string },
    acknowledge?: Acknowledge<{ stopped: boolean }>,
  ) => void;
}

export interface ServerToClientEvents {
  authenticated: (data: {
    userId: string;
    username: string;
    socketId: string;
    expiresAt: string;
  }) => void;
  unauthorized: (data: Failure) => void;
  'token-expiring': (data: { expiresAt: string }) => void;
  error: (data: Failure & { event: string }) => void;

  'new-message': (message: Message) => void;
  notification: (data: { type: 'new_message'; conversationId: string; message: Message }) => void;
  'message-edited': (data: { conversationId: string; message: Message }) => void;
  'message-deleted': (data: {
    conversationId: string;
    messageId: string;
    seq: number;
    deletedAt: string;
    by: string;
  }) => void;
  'message-reaction-added': (data: ReactionChange) => void;
  'message-reaction-removed': (data: ReactionChange) => void;
  'messages-read': (data: {
    conversationId: string;
    userId: string;
    messageIds: string[];
    upToSeq: number;
    readAt: string;
  }) => void;
  'conversation-updated': (data: ConversationUpdated) => void;

  'room-message': (message: RoomMessage) => void;
  'user-joined-room': (data: { roomName: string; user: User }) => void;
  'user-left-room': (data: { roomName: string; user: User }) => void;

  'user-typing': (data: Place & { userId: string; username: string }) => void;
  'user-stop-typing': (data: Place & { userId: string; username: string }) => void;
  'presence:online': (data: { userId: string; status: 'online' }) => void;
  'presence:offline': (data: { userId: string; status: 'offline'; lastSeen: string }) => void;
  'presence:status': (data: { userId: string; status: Status }) => void;

  'ai-stream': (data: {
    conversationId: string;
    runId: string;
    index: number;
    content: string;
    /** All so far, to whoever joins during a run. */
    fullContent?: string;
  }) => void;
  'ai-complete': (data: {
    conversationId: string;
    runId: string;
    /** Absent when it was stopped before it said anything. */
    messageId?: string;
    content: string;
    usage: { promptTokens: number; completionTokens: number; totalTokens: number };
    stopped: boolean;
  }) => void;
  'ai-error': (data: {
    conversationId: string;
    runId?: string;
    messageId?: string;
    code: ErrorCode;
    message: string;
  }) => void;
}

export interface ReactionChange {
  conversationId: string;
  messageId: string;
  emoji: string;
  userId: string;
}
