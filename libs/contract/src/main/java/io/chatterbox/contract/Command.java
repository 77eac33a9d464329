package io.chatterbox.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks the record of one command. The gateway's routing table is built from these, so a new event
/// needs no line in the gateway.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Command {

  /// The Socket.IO event name.
  String event();

  /// The field of the payload that names the key; empty: the caller's own id is the key.
  String key() default "";

  /// What the key names.
  Key.Kind kind();

  /// What a successful command does to the sending socket's subscriptions.
  Effect effect() default Effect.NONE;

  /// Whether only services may send it: to a client it is an unknown event.
  boolean internal() default false;

  /// Whether it only reads: handled beside the writer loop, in no order with changes.
  boolean asks() default false;

  /// What a command does to the sending socket's subscriptions at the gateway.
  enum Effect {
    NONE,
    /// The socket hears the key's channel from the `rev` of the reply on.
    JOIN,
    /// The socket no longer hears the key's channel.
    LEAVE
  }
}
