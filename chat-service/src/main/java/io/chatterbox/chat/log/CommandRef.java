package io.chatterbox.chat.log;

import io.chatterbox.contract.Key;

/// What makes a command the same command when it comes again.
record CommandRef(Key key, String sender, String commandId) {}
