/**
 * ChatterBox's Socket.IO events, for `Socket<ServerToClientEvents, ClientToServerEvents>` of
 * socket.io-client. Times are ISO-8601 in UTC with milliseconds; a field marked `?` is absent when
 * it has no value.
 *
 * Made by ./chatterbox docs from the records of the services: change those, not this file.
 */

/** Reacts to a message with an emoji. Twice is once. */
export interface AddReaction {
  /** The conversation's id. */
  conversationId: string;
  /** The message's id. */
  messageId: string;
  /** One of 👍 ❤️ 😂 😮 😢 🙏 🎉 🔥 by default. */
  emoji: string;
}

/** The assistant's answer is whole, or was stopped. */
export interface AiComplete {
  /** The conversation's id. */
  conversationId: string;
  /** The run of the assistant. */
  runId: string;
  /** The answer's id; absent when it was stopped before its first part. */
  messageId?: string;
  /** The whole answer: exactly the joined parts. */
  content: string;
  /** What it took. */
  usage: AiUsage;
  /** Whether it was stopped. */
  stopped: boolean;
}

/** The assistant cannot answer, or its provider failed. */
export interface AiError {
  /** The conversation's id. */
  conversationId: string;
  /** The run; absent when there is none, as with `AI_DISABLED`. */
  runId?: string;
  /** What was shown until then is kept as this message. */
  messageId?: string;
  /** What kind of failure it is. */
  code: ErrorCode;
  /** For people, in English. */
  message: string;
  /** After how many milliseconds to try again. */
  retryAfterMs?: number;
}

/** Asks the assistant. The question goes out as a message; the answer streams. */
export interface AiMessage {
  /** The conversation's id. */
  conversationId: string;
  /** The text, without white space at its ends. */
  content: string;
  /**
   * Made by the client, unique per sender and conversation or room. A repeat answers the first
   * result and is sent to nobody again.
   */
  clientMessageId?: string;
}

/** What `ai-message` is acknowledged with. */
export interface AiMessageAnswer {
  success: true;
  /** The message as the caller sees it. */
  message: Message;
  /** The run; absent when the `clientMessageId` was an ordinary message before. */
  runId?: string;
}

/** Stops the run of a conversation, which keeps the partial answer. */
export interface AiStop {
  /** The conversation's id. */
  conversationId: string;
  /** The run of the assistant. */
  runId?: string;
}

/** What `ai-stop` is acknowledged with. */
export interface AiStopAnswer {
  success: true;
  /** `false` when nothing was running. */
  stopped: boolean;
}

/** The next part of the assistant's answer. */
export interface AiStream {
  /** The conversation's id. */
  conversationId: string;
  /** The run of the assistant. */
  runId: string;
  /** 0, 1, 2 … */
  index: number;
  /** The new part of the answer. */
  content: string;
  /** All so far, for who has not heard it. */
  fullContent?: string;
}

/** Tokens of one assistant run, as the provider counted them. */
export interface AiUsage {
  /** Tokens of the question and what goes with it. */
  promptTokens: number;
  /** Tokens of the answer. */
  completionTokens: number;
  /** Both together. */
  totalTokens: number;
}

/** A file that the message carries. */
export interface Attachment {
  /** The file's id. */
  _id: string;
  /** The name it was uploaded under. */
  originalName: string;
  /** What it is, told by its content. */
  mimetype: string;
  /** In bytes. */
  size: number;
  /** The signed address of its bytes, good for an hour; absent when the file was deleted. */
  url?: string;
  /** The signed address of a small copy of an image, good for an hour. */
  thumbnailUrl?: string;
  /** True when it is gone; then it has no address any more. */
  deleted?: boolean;
}

/** Authenticates the socket, or renews it with a fresh token of the same user. */
export interface Auth {
  /** An access token. */
  token: string;
}

/** What `auth` is acknowledged with. */
export interface AuthAnswer {
  success: true;
  /** The user's id. */
  userId: string;
}

/** The socket is authenticated. Comes after every connect with a good token, recovered or not. */
export interface Authenticated {
  /** The user's id. */
  userId: string;
  /** The name, as it was when written. */
  username: string;
  /** The socket's id. */
  socketId: string;
  /** When the token expires. */
  expiresAt: Timestamp;
}

/** A conversation as one of its participants sees it. */
export interface Conversation {
  /** Its own id. */
  _id: string;
  /** `direct`: two people; `group`: any number. */
  type: 'direct' | 'group';
  /** A group's name; `null` of a direct conversation. */
  name: string | null;
  /** A few words about it. */
  description: string | null;
  /** Who is in it. */
  participants: Participant[];
  /** The id of the user who made it. */
  createdBy: string;
  /** When it was made. */
  createdAt: Timestamp;
  /** The last message; `null` when there is none. */
  lastMessage: Message | null;
  /** The `seq` of the last message, 0 without one. */
  lastSeq: number;
  /** How many messages after the caller's read pointer are not his own. */
  unread: number;
}

export type ConversationUpdated = RoleChange | ParticipantChange | TitleChange;

/** Empties a message, which keeps its place. For its author or an admin. */
export interface DeleteMessage {
  /** The conversation's id. */
  conversationId: string;
  /** The message's id. */
  messageId: string;
}

/** The event is done; there is nothing to add. */
export interface DoneAnswer {
  success: true;
}

/** Gives one's own message another content. */
export interface EditMessage {
  /** The conversation's id. */
  conversationId: string;
  /** The message's id. */
  messageId: string;
  /** The text, without white space at its ends. */
  content: string;
}

/**
 * The codes of every refusal, as clients see them, with the HTTP status of the REST half.
 *
 * `UNAVAILABLE`: The outcome is *not known*: sending again with the same `clientMessageId` is safe.
 *
 * `UNKNOWN_EVENT`: Sockets only; the status is never sent.
 */
export type ErrorCode = 'VALIDATION_ERROR' | 'UNAUTHORIZED' | 'TOKEN_EXPIRED' | 'FORBIDDEN' | 'NOT_FOUND' | 'ROOM_NOT_FOUND' | 'CONFLICT' | 'PAYLOAD_TOO_LARGE' | 'UNSUPPORTED_MEDIA_TYPE' | 'RATE_LIMITED' | 'AI_DISABLED' | 'AI_PROVIDER_ERROR' | 'UNAVAILABLE' | 'SERVER_ERROR' | 'UNKNOWN_EVENT';

/** The token expires within 60 seconds. Send `auth` with a fresh one. */
export interface Expiring {
  /** When the token expires. */
  expiresAt: Timestamp;
}

/**
 * The event, or the call, is refused or has failed. `UNAVAILABLE` means that the outcome is not
 * known.
 */
export interface Failed {
  success: false;
  error: Failure;
}

/** `error` in a failed acknowledgement: `{code, message, retryAfterMs?}`. */
export interface Failure {
  /** What kind of failure it is. */
  code: ErrorCode;
  /** For people, in English. */
  message: string;
  /** After how many milliseconds to try again. */
  retryAfterMs?: number;
}

/** The first message of which this one is a copy. */
export interface ForwardedFrom {
  /** The message's id. */
  messageId: string;
  /** Who wrote it. */
  sender: User;
}

/** Asks for the presence of up to 100 people. */
export interface GetPresence {
  /** Ids of users. */
  userIds: string[];
}

/** A sign of life, which keeps presence from becoming `away`. Send one every 30 seconds. */
export interface Heartbeat {
}

/** What `heartbeat` is acknowledged with. */
export interface HeartbeatAnswer {
  success: true;
  /** The server's clock. */
  serverTime: Timestamp;
}

/** Hears a conversation's messages from here on. Answers with what was missed. */
export interface JoinConversation {
  /** The conversation's id. */
  conversationId: string;
  /** Answer with what comes after this number (at most 200 messages), instead of the last 50. */
  afterSeq?: number;
}

/** What `join-conversation` is acknowledged with. */
export interface JoinConversationAnswer {
  success: true;
  /** The conversation as the caller sees it. */
  conversation: Conversation;
  /** In the order of `seq`. */
  messages: Message[];
  /**
   * With `afterSeq`: whether to ask again with the last `seq`. Without: whether there are older
   * messages.
   */
  hasMore: boolean;
}

/** Hears a room's messages from here on. Answers with who is inside and what was missed. */
export interface JoinRoom {
  /** The room's name. */
  roomName: string;
  /** Answer with what comes after this number (at most 200 messages), instead of the last 50. */
  afterSeq?: number;
}

/** What `join-room` is acknowledged with. */
export interface JoinRoomAnswer {
  success: true;
  /** The room. */
  room: Room;
  /** Who is inside, at most 100, the caller included. */
  users: Occupant[];
  /** In the order of `seq`. */
  messages: RoomMessage[];
  /**
   * With `afterSeq`: whether to ask again with the last `seq`. Without: whether there are older
   * messages.
   */
  hasMore: boolean;
}

/** Unsubscribes this socket; membership stays. */
export interface LeaveConversation {
  /** The conversation's id. */
  conversationId: string;
}

/** Hears a room no longer. */
export interface LeaveRoom {
  /** The room's name. */
  roomName: string;
}

/** Moves one's read pointer forward, by ids of messages or up to a number. */
export type MarkRead =
  | { conversationId: string; messageIds: string[]; upToSeq?: undefined }
  | { conversationId: string; messageIds?: undefined; upToSeq: number };

/** A message of a conversation, the same in acknowledgements, events and history. */
export interface Message {
  /** Its own id. */
  _id: string;
  /** The conversation's id. */
  conversationId: string;
  /** 1, 2, 3 … in each conversation and room, without holes. */
  seq: number;
  /** Who wrote it. */
  sender: User;
  /** The text, without white space at its ends. */
  content: string;
  /** Its kind. */
  type: MessageType;
  /** Files that come along. */
  attachments: Attachment[];
  /** Who reacted with what. */
  reactions: Reaction[];
  /** Ids of the participants who are named as `@username`. */
  mentions: string[];
  /** The id of the message of the same conversation that it answers. */
  replyTo?: string;
  /** The first message of which this one is a copy. */
  forwardedFrom?: ForwardedFrom;
  /** What the sender called it; to his own sockets only. */
  clientMessageId?: string;
  /** When it was made. */
  createdAt: Timestamp;
  /** When it was edited last. */
  editedAt?: Timestamp;
  /** When it was deleted; a deleted message keeps its place with empty content. */
  deletedAt?: Timestamp;
}

/** What `add-reaction` is acknowledged with. */
export interface MessageAnswer {
  success: true;
  /** The message as the caller sees it. */
  message: Message;
}

/** A message was deleted. */
export interface MessageDeleted {
  /** The conversation's id. */
  conversationId: string;
  /** The message's id. */
  messageId: string;
  /** 1, 2, 3 … in each conversation and room, without holes. */
  seq: number;
  /** When. */
  deletedAt: Timestamp;
  /** The id of the user who did it. */
  by: string;
}

/** A message has another content, or lost a file. */
export interface MessageEdited {
  /** The conversation's id. */
  conversationId: string;
  /** The message as the caller sees it. */
  message: Message;
}

export type MessageType = 'text' | 'ai' | 'system';

/** Somebody has read up to a number. Also to the reader's other devices. */
export interface MessagesRead {
  /** The conversation's id. */
  conversationId: string;
  /** The user's id. */
  userId: string;
  /** As they were given; empty when `upToSeq` was. */
  messageIds: string[];
  /** Up to which `seq` everything is read. */
  upToSeq: number;
  /** When. */
  readAt: Timestamp;
}

/** What `notification` spells. */
export interface Notification {
  /** Its kind. */
  type: 'new_message';
  /** The conversation's id. */
  conversationId: string;
  /** The message as the caller sees it. */
  message: Message;
}

/** Somebody in a room. */
export interface Occupant {
  /** The user's id. */
  _id: string;
  /** The name, as it was when written. */
  username: string;
  /** What he is. */
  status: Status;
}

/** Somebody went offline, 5 seconds after his last socket had gone. */
export interface Offline {
  /** The user's id. */
  userId: string;
  /** What he is. */
  status: 'offline';
  /** When he last went offline; `null` when never. */
  lastSeen: Timestamp | null;
}

/** Somebody who shares a conversation or a joined room with the user came online. */
export interface Online {
  /** The user's id. */
  userId: string;
  /** What he is. */
  status: 'online';
}

/** A participant. */
export interface Participant {
  /** The user's id. */
  _id: string;
  /** The name, as it was when written. */
  username: string;
  /** The signed address of a picture, good for an hour; `null` without one. */
  avatar: string | null;
  /** `admin` or `member`. */
  role: Role;
  /** Since when. */
  joinedAt: Timestamp;
}

/** Somebody came in or went. */
export interface ParticipantChange {
  /** The conversation's id. */
  conversationId: string;
  /** What has changed. */
  change: 'participant-added' | 'participant-removed';
  /** The id of the user who did it. */
  by: string;
  /** When. */
  at: Timestamp;
  /** Who. */
  user: User;
  /** How it looks to the added person; to nobody else. */
  conversation?: Conversation;
}

/** Somebody came into a room, once per user, not per device. */
export interface Passing {
  /** The room's name. */
  roomName: string;
  /** Who. */
  user: User;
}

/** Says that one has stopped typing. */
export type Place =
  | { conversationId: string; roomName?: undefined }
  | { conversationId?: undefined; roomName: string };

/** A user's presence as asked for. */
export interface Presence {
  /** The user's id. */
  userId: string;
  /** `online`, `away`, `busy` or `offline`. */
  status: Status;
  /** When he last went offline; `null` when never seen. */
  lastSeen: Timestamp | null;
}

/** What `get-presence` is acknowledged with. */
export interface PresenceAnswer {
  success: true;
  /** In the order asked; doubles and unknown ids are left out. */
  presence: Presence[];
}

/** Who has reacted to a message with this emoji, in the order in which they did. */
export interface Reaction {
  /** One of 👍 ❤️ 😂 😮 😢 🙏 🎉 🔥 by default. */
  emoji: string;
  /** Ids of users. */
  userIds: string[];
}

/** Somebody reacted to a message. */
export interface ReactionChange {
  /** The conversation's id. */
  conversationId: string;
  /** The message's id. */
  messageId: string;
  /** One of 👍 ❤️ 😂 😮 😢 🙏 🎉 🔥 by default. */
  emoji: string;
  /** The user's id. */
  userId: string;
}

/** An event without acknowledgement was refused. The connection lives on. */
export interface RefusedEvent {
  /** What kind of failure it is. */
  code: ErrorCode;
  /** For people, in English. */
  message: string;
  /** The name of the event that was refused. */
  event: string;
  /** After how many milliseconds to try again. */
  retryAfterMs?: number;
}

/** Takes one's own reaction back. */
export interface RemoveReaction {
  /** The conversation's id. */
  conversationId: string;
  /** The message's id. */
  messageId: string;
  /** One of 👍 ❤️ 😂 😮 😢 🙏 🎉 🔥 by default. */
  emoji: string;
}

export type Role = 'admin' | 'member';

/**
 * Who is in a conversation, or what it is called, has changed. To all sockets of all participants.
 */
export interface RoleChange {
  /** The conversation's id. */
  conversationId: string;
  /** What has changed. */
  change: 'role-changed';
  /** The id of the user who did it. */
  by: string;
  /** When. */
  at: Timestamp;
  /** Who. */
  user: User;
  /** `admin` or `member`. */
  role: Role;
}

/** A room as anybody sees it. */
export interface Room {
  /** The room's id, which is its name too. */
  _id: string;
  /** The room's name, which is its id too. */
  name: string;
  /** A few words about it. */
  description: string | null;
  /** How many people are inside. */
  userCount: number;
  /** The `seq` of the last message, 0 without one. */
  lastSeq: number;
  /** When it was made. */
  createdAt: Timestamp;
}

/** A message of a room, the same in acknowledgements, events and history. */
export interface RoomMessage {
  /** Its own id. */
  _id: string;
  /** The room's name. */
  roomName: string;
  /** 1, 2, 3 … in each conversation and room, without holes. */
  seq: number;
  /** Who wrote it. */
  sender: User;
  /** The text, without white space at its ends. */
  content: string;
  /** What the sender called it; to his own sockets only. */
  clientMessageId?: string;
  /** When it was made. */
  createdAt: Timestamp;
}

/** What `send-room-message` is acknowledged with. */
export interface RoomMessageAnswer {
  success: true;
  /** The message as the caller sees it. */
  message: RoomMessage;
}

/** Sends a message to a conversation. */
export interface SendMessage {
  /** The conversation's id. */
  conversationId: string;
  /** The text, without white space at its ends. */
  content: string;
  /** Ids of files that the sender uploaded or may read. */
  attachments?: string[];
  /** The id of a message of the same conversation. */
  replyTo?: string;
  /**
   * Made by the client, unique per sender and conversation or room. A repeat answers the first
   * result and is sent to nobody again.
   */
  clientMessageId?: string;
}

/** Sends to a room that this socket has joined. */
export interface SendRoomMessage {
  /** The room's name. */
  roomName: string;
  /** The text, without white space at its ends. */
  content: string;
  /**
   * Made by the client, unique per sender and conversation or room. A repeat answers the first
   * result and is sent to nobody again.
   */
  clientMessageId?: string;
}

/** What a user may set by hand. `ONLINE` goes back to automatic. */
export type SettableStatus = 'online' | 'away' | 'busy';

export type Status = 'online' | 'away' | 'busy' | 'offline';

/** What `update-status` is acknowledged with. */
export interface StatusAnswer {
  success: true;
  /** What was set. */
  status: Status;
}

/** Somebody's status has changed otherwise. Also to the user's own other devices. */
export interface StatusChange {
  /** The user's id. */
  userId: string;
  /** What he is. */
  status: Status;
}

/** ISO-8601 in UTC with milliseconds. */
export type Timestamp = string;

/**
 * Who is in a conversation, or what it is called, has changed. To all sockets of all participants.
 */
export interface TitleChange {
  /** The conversation's id. */
  conversationId: string;
  /** What has changed. */
  change: 'renamed';
  /** The id of the user who did it. */
  by: string;
  /** When. */
  at: Timestamp;
  /** Its name. */
  name: string;
  /** A few words about it. */
  description: string | null;
}

/** The token is not good, or authority has ended; then the server disconnects. */
export interface Unauthorized {
  /** `UNAUTHORIZED` or `TOKEN_EXPIRED`. */
  code: ErrorCode;
  /** For people, in English. */
  message: string;
}

/** What `mark-read` is acknowledged with. */
export interface UnreadAnswer {
  success: true;
  /** How many messages after the caller's read pointer are not his own. */
  unread: number;
}

/** Sets one's status by hand. */
export interface UpdateStatus {
  /** `online` goes back to automatic. */
  status: SettableStatus;
}

/** A person as named in events and messages: the name as it was when written. */
export interface User {
  /** The user's id. */
  _id: string;
  /** The name, as it was when written. */
  username: string;
}

/** Somebody else has stopped typing, however that ended. */
export type UserTyping =
  | { conversationId: string; roomName?: undefined; userId: string; username: string }
  | { conversationId?: undefined; roomName: string; userId: string; username: string };

/** What an acknowledgement says: `UNAVAILABLE` means not known, so send again with the same id. */
export type Answer<T = object> = ({ success: true } & T) | Failed;

/** The last argument of an event whose answer is wanted. */
export type Acknowledge<T = object> = (answer: Answer<T>) => void;

export interface ClientToServerEvents {
  /**
   * Reacts to a message with an emoji. Twice is once.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `NOT_FOUND`, `RATE_LIMITED`,
   * `UNAVAILABLE`, `SERVER_ERROR`.
   */
  'add-reaction': (payload: AddReaction, acknowledge?: Acknowledge<MessageAnswer>) => void;
  /**
   * Asks the assistant. The question goes out as a message; the answer streams.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `FORBIDDEN`, `NOT_FOUND`, `CONFLICT`,
   * `RATE_LIMITED`, `AI_DISABLED`, `UNAVAILABLE`, `SERVER_ERROR`.
   */
  'ai-message': (payload: AiMessage, acknowledge?: Acknowledge<AiMessageAnswer>) => void;
  /**
   * Stops the run of a conversation, which keeps the partial answer.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `NOT_FOUND`, `RATE_LIMITED`,
   * `UNAVAILABLE`, `SERVER_ERROR`.
   */
  'ai-stop': (payload: AiStop, acknowledge?: Acknowledge<AiStopAnswer>) => void;
  /**
   * Authenticates the socket, or renews it with a fresh token of the same user.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `TOKEN_EXPIRED`, `RATE_LIMITED`,
   * `UNAVAILABLE`, `SERVER_ERROR`.
   */
  auth: (payload: Auth, acknowledge?: Acknowledge<AuthAnswer>) => void;
  /**
   * Empties a message, which keeps its place. For its author or an admin.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `FORBIDDEN`, `NOT_FOUND`,
   * `RATE_LIMITED`, `UNAVAILABLE`, `SERVER_ERROR`.
   */
  'delete-message': (payload: DeleteMessage, acknowledge?: Acknowledge<MessageAnswer>) => void;
  /**
   * Gives one's own message another content.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `FORBIDDEN`, `NOT_FOUND`,
   * `RATE_LIMITED`, `UNAVAILABLE`, `SERVER_ERROR`.
   */
  'edit-message': (payload: EditMessage, acknowledge?: Acknowledge<MessageAnswer>) => void;
  /**
   * Asks for the presence of up to 100 people.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `RATE_LIMITED`, `UNAVAILABLE`,
   * `SERVER_ERROR`.
   */
  'get-presence': (payload: GetPresence, acknowledge?: Acknowledge<PresenceAnswer>) => void;
  /**
   * A sign of life, which keeps presence from becoming `away`. Send one every 30 seconds.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `RATE_LIMITED`, `UNAVAILABLE`,
   * `SERVER_ERROR`.
   */
  heartbeat: (payload: Heartbeat, acknowledge?: Acknowledge<HeartbeatAnswer>) => void;
  /**
   * Hears a conversation's messages from here on. Answers with what was missed.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `NOT_FOUND`, `RATE_LIMITED`,
   * `UNAVAILABLE`, `SERVER_ERROR`.
   */
  'join-conversation': (payload: JoinConversation, acknowledge?: Acknowledge<JoinConversationAnswer>) => void;
  /**
   * Hears a room's messages from here on. Answers with who is inside and what was missed.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `ROOM_NOT_FOUND`, `RATE_LIMITED`,
   * `UNAVAILABLE`, `SERVER_ERROR`.
   */
  'join-room': (payload: JoinRoom, acknowledge?: Acknowledge<JoinRoomAnswer>) => void;
  /**
   * Unsubscribes this socket; membership stays.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `RATE_LIMITED`, `UNAVAILABLE`,
   * `SERVER_ERROR`.
   */
  'leave-conversation': (payload: LeaveConversation, acknowledge?: Acknowledge<DoneAnswer>) => void;
  /**
   * Hears a room no longer.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `RATE_LIMITED`, `UNAVAILABLE`,
   * `SERVER_ERROR`.
   */
  'leave-room': (payload: LeaveRoom, acknowledge?: Acknowledge<DoneAnswer>) => void;
  /**
   * Moves one's read pointer forward, by ids of messages or up to a number.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `NOT_FOUND`, `RATE_LIMITED`,
   * `UNAVAILABLE`, `SERVER_ERROR`.
   */
  'mark-read': (payload: MarkRead, acknowledge?: Acknowledge<UnreadAnswer>) => void;
  /**
   * Takes one's own reaction back.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `NOT_FOUND`, `RATE_LIMITED`,
   * `UNAVAILABLE`, `SERVER_ERROR`.
   */
  'remove-reaction': (payload: RemoveReaction, acknowledge?: Acknowledge<MessageAnswer>) => void;
  /**
   * Sends a message to a conversation.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `FORBIDDEN`, `NOT_FOUND`,
   * `RATE_LIMITED`, `UNAVAILABLE`, `SERVER_ERROR`.
   */
  'send-message': (payload: SendMessage, acknowledge?: Acknowledge<MessageAnswer>) => void;
  /**
   * Sends to a room that this socket has joined.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `FORBIDDEN`, `ROOM_NOT_FOUND`,
   * `RATE_LIMITED`, `UNAVAILABLE`, `SERVER_ERROR`.
   */
  'send-room-message': (payload: SendRoomMessage, acknowledge?: Acknowledge<RoomMessageAnswer>) => void;
  /**
   * Says that one has stopped typing.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `FORBIDDEN`, `NOT_FOUND`,
   * `ROOM_NOT_FOUND`, `RATE_LIMITED`, `UNAVAILABLE`, `SERVER_ERROR`.
   */
  'stop-typing': (payload: Place, acknowledge?: Acknowledge<DoneAnswer>) => void;
  /**
   * Says that one is typing. Repeat it while that lasts; it ends after six seconds of silence.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `FORBIDDEN`, `NOT_FOUND`,
   * `ROOM_NOT_FOUND`, `RATE_LIMITED`, `UNAVAILABLE`, `SERVER_ERROR`.
   */
  typing: (payload: Place, acknowledge?: Acknowledge<DoneAnswer>) => void;
  /**
   * Sets one's status by hand.
   *
   * May be refused with `VALIDATION_ERROR`, `UNAUTHORIZED`, `RATE_LIMITED`, `UNAVAILABLE`,
   * `SERVER_ERROR`.
   */
  'update-status': (payload: UpdateStatus, acknowledge?: Acknowledge<StatusAnswer>) => void;
}

export interface ServerToClientEvents {
  /** The assistant's answer is whole, or was stopped. */
  'ai-complete': (data: AiComplete) => void;
  /** The assistant cannot answer, or its provider failed. */
  'ai-error': (data: AiError) => void;
  /** The next part of the assistant's answer. */
  'ai-stream': (data: AiStream) => void;
  /**
   * The socket is authenticated. Comes after every connect with a good token, recovered or not.
   */
  authenticated: (data: Authenticated) => void;
  /**
   * Who is in a conversation, or what it is called, has changed. To all sockets of all
   * participants.
   */
  'conversation-updated': (data: ConversationUpdated) => void;
  /** An event without acknowledgement was refused. The connection lives on. */
  error: (data: RefusedEvent) => void;
  /** A message was deleted. */
  'message-deleted': (data: MessageDeleted) => void;
  /** A message has another content, or lost a file. */
  'message-edited': (data: MessageEdited) => void;
  /** Somebody reacted to a message. */
  'message-reaction-added': (data: ReactionChange) => void;
  /** Somebody took a reaction back. */
  'message-reaction-removed': (data: ReactionChange) => void;
  /** Somebody has read up to a number. Also to the reader's other devices. */
  'messages-read': (data: MessagesRead) => void;
  /** A message of a conversation that this socket has joined, one's own included. */
  'new-message': (data: Message) => void;
  /** A message of a conversation of one's own that this socket has not joined. */
  notification: (data: Notification) => void;
  /** Somebody went offline, 5 seconds after his last socket had gone. */
  'presence:offline': (data: Offline) => void;
  /** Somebody who shares a conversation or a joined room with the user came online. */
  'presence:online': (data: Online) => void;
  /** Somebody's status has changed otherwise. Also to the user's own other devices. */
  'presence:status': (data: StatusChange) => void;
  /** A message of a room that this socket has joined, one's own included. */
  'room-message': (data: RoomMessage) => void;
  /** The token expires within 60 seconds. Send `auth` with a fresh one. */
  'token-expiring': (data: Expiring) => void;
  /** The token is not good, or authority has ended; then the server disconnects. */
  unauthorized: (data: Unauthorized) => void;
  /** Somebody came into a room, once per user, not per device. */
  'user-joined-room': (data: Passing) => void;
  /** Somebody's last socket has left a room. */
  'user-left-room': (data: Passing) => void;
  /** Somebody else has stopped typing, however that ended. */
  'user-stop-typing': (data: UserTyping) => void;
  /** Somebody else is typing. */
  'user-typing': (data: UserTyping) => void;
}
